package exchange

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// carrying is a bundle with two files of three that its records name.
func carrying(t testing.TB) Bundle {
	t.Helper()
	b := bundle(t)
	prev, n := b.Records[len(b.Records)-1].Hash, b.Records[len(b.Records)-1].N
	for i, name := range []string{"shot.png", "log.txt", "lost.bin"} {
		data := []byte("the bytes of " + name)
		sum := sha256.Sum256(data)
		kind, v, body, err := incident.Encode(&incident.FileAttached{Name: name, Size: int64(len(data)), Hash: hex.EncodeToString(sum[:])})
		if err != nil {
			t.Fatal(err)
		}
		last := b.Records[len(b.Records)-1]
		n++
		r := incident.Record{ID: number(uint64(9000 + i)), Incident: b.Incident, Writer: last.Writer, N: n, HLC: last.HLC + 1, At: last.At, RecordedAt: last.RecordedAt, Kind: kind, V: v, Salt: make([]byte, 16), Body: body}
		r.Seal(prev)
		prev = r.Hash
		b.Records = append(b.Records, r)
		if name != "lost.bin" {
			b.Files = append(b.Files, File{hex.EncodeToString(sum[:]), data})
		}
	}
	return b
}

func TestFilesTravelWithTheirIncident(t *testing.T) {
	b := carrying(t)
	text := written(t, b)
	got, err := Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if lacks := got.Lacks(); len(lacks) != 1 || lacks[0] != "lost.bin" {
		t.Errorf("lacks %q", lacks)
	}
	if len(got.Files) != 2 || !bytes.Equal(got.Files[0].Data, b.Files[0].Data) || got.Files[1].Hash != b.Files[1].Hash {
		t.Errorf("%+v", got.Files)
	}
	if again := written(t, got); again != text {
		t.Error("written again it is another file")
	}
}

func TestAChangedFileIsFound(t *testing.T) {
	text := written(t, carrying(t))
	at := strings.Index(text, `"base64":"`) + len(`"base64":"`)
	for name, broken := range map[string]string{
		"a changed byte":  text[:at] + "A" + text[at+1:],
		"no base64":       text[:at] + "!" + text[at+1:],
		"another hash":    strings.Replace(text, `"sha256":"`+carrying(t).Files[0].Hash, `"sha256":"`+strings.Repeat("0", 64), 1),
		"cut off":         text[:at+3],
		"no list":         strings.Replace(text, `"files":[`, `"files":{[`, 1),
		"no end":          strings.TrimSuffix(text, "\n]}\n"),
		"something after": text + "x",
	} {
		if _, err := Read(strings.NewReader(broken)); !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Refused) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFilesThatNoRecordNamesAreLeftOut(t *testing.T) {
	b := carrying(t)
	data := []byte("smuggled in")
	sum := sha256.Sum256(data)
	b.Files = append(b.Files, File{hex.EncodeToString(sum[:]), data})
	b.Records[len(b.Records)-2].Body, b.Records[len(b.Records)-2].Salt = nil, nil // redacted
	if b.Lacks(); len(b.Files) != 1 || b.Files[0].Hash != carrying(t).Files[0].Hash {
		t.Errorf("%d files are left", len(b.Files))
	}
}
