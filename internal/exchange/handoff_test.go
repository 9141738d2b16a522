package exchange

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"strings"
	"testing"

	"quarterdeck/internal/fault"
)

func handoff(t testing.TB, passphrase string) ([]byte, ed25519.PublicKey) {
	t.Helper()
	var buf bytes.Buffer
	key, err := WriteHandoff(&buf, bundle(t), passphrase, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes(), key
}

// What was handed over comes back whole, with the words that were read aloud.
func TestAHandoffComesBack(t *testing.T) {
	for _, passphrase := range []string{"", "correct horse battery"} {
		data, key := handoff(t, passphrase)
		if passphrase != "" && (bytes.Contains(data, []byte("INC-7")) || bytes.Contains(data, []byte("Checkout"))) {
			t.Error("a locked file says what it is about")
		}
		h, err := ReadHandoff(bytes.NewReader(data), passphrase)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(h.Records, bundle(t).Records) || h.Ref != "INC-7" || !h.Key.Equal(key) {
			t.Errorf("%s came back with %d records", h.Ref, len(h.Records))
		}
		if w := h.Words(); !reflect.DeepEqual(w, KeyWords(key)) || !SameWords(strings.ToUpper(strings.Join(w, "  ")), key) {
			t.Errorf("the words are %v", w)
		}
	}
}

// Every bit of the file counts: wherever it is changed or cut off, it is refused, with a reason.
func TestAHandoffThatWasChangedIsRefused(t *testing.T) {
	data, _ := handoff(t, "")
	step := max(1, len(data)/400)
	for i := 0; i < len(data); i += step {
		bad := bytes.Clone(data)
		bad[i] ^= 1
		_, err := ReadHandoff(bytes.NewReader(bad), "")
		if f := fault.Of(err); f == nil || f.Code != fault.Refused && f.Code != fault.Invalid || f.Hint == "" {
			t.Fatalf("byte %d: %v", i, err)
		}
		_, err = ReadHandoff(bytes.NewReader(data[:i]), "")
		if f := fault.Of(err); f == nil || f.Code == fault.Internal || f.Code == fault.Unreachable || f.Hint == "" {
			t.Fatalf("cut at %d: %v", i, err)
		}
	}
	if _, err := ReadHandoff(bytes.NewReader(append(bytes.Clone(data), ' ')), ""); fault.Of(err).Code != fault.Refused {
		t.Errorf("something behind it: %v", err)
	}
}

func TestALockedHandoff(t *testing.T) {
	data, _ := handoff(t, "correct horse battery")
	for typed, field := range map[string]string{"": "passphrase", "wrong horse": "passphrase"} {
		if _, err := ReadHandoff(bytes.NewReader(data), typed); fault.Of(err).Field != field {
			t.Errorf("%q: %v", typed, err)
		}
	}
	for i := 0; i < len(data); i += len(data) / 5 {
		bad := bytes.Clone(data)
		bad[i] ^= 4
		for _, d := range [][]byte{bad, data[:i]} {
			_, err := ReadHandoff(bytes.NewReader(d), "correct horse battery")
			if f := fault.Of(err); f == nil || f.Code == fault.Internal || f.Code == fault.Unreachable || f.Hint == "" {
				t.Errorf("byte %d of %d: %v", i, len(d), err)
			}
		}
	}
	if _, err := WriteHandoff(&bytes.Buffer{}, bundle(t), "short", rand.Reader); fault.Of(err).Field != "passphrase" {
		t.Errorf("a short passphrase: %v", err)
	}
}

// Somebody who swaps the file has another key, and so other words.
func TestAnotherKeyHasOtherWords(t *testing.T) {
	_, one := handoff(t, "")
	_, two := handoff(t, "")
	if reflect.DeepEqual(KeyWords(one), KeyWords(two)) {
		t.Error("two keys have the same words")
	}
	words := KeyWords(one)
	for _, typed := range []string{"", strings.Join(words[:5], " "), strings.Join(KeyWords(two), " "), strings.Join(append(words, "zoo"), " ")} {
		if SameWords(typed, one) {
			t.Errorf("%q passes", typed)
		}
	}
	if short := strings.Join([]string{words[0][:min(4, len(words[0]))], words[1], words[2], words[3], words[4], words[5]}, " "); !SameWords(short, one) {
		t.Errorf("%q does not pass", short)
	}
}

// The list is the published one, and four letters tell its words apart.
func TestTheWordList(t *testing.T) {
	sum := sha256.Sum256([]byte(wordList))
	if hex.EncodeToString(sum[:]) != "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda" || len(list) != 1<<wordBits {
		t.Errorf("%d words, %x", len(list), sum)
	}
	seen := map[string]bool{}
	for _, w := range list {
		if w = w[:min(4, len(w))]; seen[w] {
			t.Errorf("%q twice", w)
		}
		seen[w] = true
	}
}

// FuzzReadHandoff: whatever is in the file, reading it ends with a reason, and what was
// not signed is never taken.
func FuzzReadHandoff(f *testing.F) {
	var buf bytes.Buffer // the same in each of the processes that fuzz
	if _, err := WriteHandoff(&buf, bundle(f), "", strings.NewReader(strings.Repeat("k", ed25519.SeedSize))); err != nil {
		f.Fatal(err)
	}
	data := buf.Bytes()
	f.Add(data, "")
	f.Add(data[:len(data)/2], "")
	f.Add([]byte("-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n"), "correct horse battery")
	f.Add([]byte(`{"format":"quarterdeck.handoff","version":1,"key":""}`+"\n\n{}"), "")
	f.Add([]byte("{}\n"), "x")
	f.Fuzz(func(t *testing.T, data []byte, passphrase string) {
		h, err := ReadHandoff(bytes.NewReader(data), passphrase)
		if err != nil {
			if fl := fault.Of(err); fl.Code == fault.Internal || fl.Hint == "" {
				t.Fatalf("%v", err)
			}
			return
		}
		if len(h.Key) != ed25519.PublicKeySize || len(h.Records) == 0 {
			t.Fatal("taken without a key or without records")
		}
	})
}
