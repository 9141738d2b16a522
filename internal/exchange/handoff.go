package exchange

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha512"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"filippo.io/age"
	"filippo.io/age/armor"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// HandoffFormat and HandoffVersion name what WriteHandoff writes.
//
// The file is a line of JSON that says what it is and by which key it is signed, a line
// with the Ed25519 signature in hexadecimal, and the incident as Write writes it. The
// signature covers the SHA-512 of a word of our own, the first line and everything
// behind the second. The key is made for one file and forgotten; whom it belongs to
// nobody can know from the file: the words of the key are read aloud.
//
// With a passphrase all of it is encrypted with age (scrypt), as text.
const (
	HandoffFormat  = "quarterdeck.handoff"
	HandoffVersion = 1
)

// Handoff is an incident on its way to another machine.
type Handoff struct {
	Bundle
	Key ed25519.PublicKey // by which the file was signed; ReadHandoff fills it in
}

// Words are the key as six words to read aloud.
func (h *Handoff) Words() []string { return KeyWords(h.Key) }

type handoffHead struct {
	Format  string      `json:"format"`
	Version int         `json:"version"`
	Made    int64       `json:"made_at"`
	Ref     string      `json:"ref"`
	ID      incident.ID `json:"incident"`
	Key     hexBytes    `json:"key"`
}

// Bounds of what a file may ask for.
const (
	maxHead       = 4 << 10 // bytes of its first line
	minPassphrase = 8       // characters
	scryptWork    = 16      // as a power of two: a quarter of a second and 64 MiB
	hardestWork   = 18      // that a file from elsewhere may ask for: a second and 256 MiB
)

// signed is the word of our own before what is signed, so that no signature for another
// purpose is one for this.
const signed = "quarterdeck.handoff/1\n"

// WriteHandoff writes a bundle, signed by a key that random makes for it, encrypted unless
// the passphrase is empty. It answers with the key. Errors: Invalid for a passphrase that
// is too short, else the writer's.
func WriteHandoff(w io.Writer, b Bundle, passphrase string, random io.Reader) (ed25519.PublicKey, error) {
	if passphrase != "" && utf8.RuneCountInString(passphrase) < minPassphrase {
		return nil, fault.Input("passphrase", "a passphrase of %d characters is guessed", utf8.RuneCountInString(passphrase)).WithHint("take at least %d, better four words", minPassphrase)
	}
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(random, seed); err != nil {
		return nil, fmt.Errorf("exchange: a key for the handoff: %w", err)
	}
	key := ed25519.NewKeyFromSeed(seed)
	pub := key.Public().(ed25519.PublicKey)
	head, err := json.Marshal(handoffHead{HandoffFormat, HandoffVersion, b.ExportedAt, b.Ref, b.Incident, hexBytes(pub)})
	if err != nil {
		return nil, fmt.Errorf("exchange: encode the head of a handoff: %w", err)
	}
	var body bytes.Buffer
	if err := Write(&body, b); err != nil {
		return nil, err
	}
	sum := digest(head, body.Bytes())
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s\n%x\n", head, ed25519.Sign(key, sum))
	out.Write(body.Bytes())
	if passphrase == "" {
		_, err = w.Write(out.Bytes())
	} else {
		err = encrypt(w, out.Bytes(), passphrase)
	}
	if err != nil {
		return nil, fmt.Errorf("exchange: write the handoff of %s: %w", b.Ref, err)
	}
	return pub, nil
}

func digest(head, body []byte) []byte {
	sum := sha512.New()
	io.WriteString(sum, signed)
	sum.Write(head)
	io.WriteString(sum, "\n")
	sum.Write(body)
	return sum.Sum(nil)
}

func encrypt(w io.Writer, data []byte, passphrase string) error {
	to, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return err
	}
	to.SetWorkFactor(scryptWork)
	text := armor.NewWriter(w)
	in, err := age.Encrypt(text, to)
	if err != nil {
		return err
	}
	if _, err := in.Write(data); err != nil {
		return err
	}
	return errors.Join(in.Close(), text.Close())
}

// ReadHandoff reads what WriteHandoff wrote and checks its signature. Whoever reads it
// still has to have the words of the key read aloud: a whole other file has a key, too.
// The error is a fault: Invalid with the field passphrase when it is missing or wrong,
// Invalid for what is no such file, Refused for one that was changed or cut off,
// Unreachable when r fails.
func ReadHandoff(r io.Reader, passphrase string) (Handoff, error) {
	in := bufio.NewReader(&bounded{r: r, left: MaxSize})
	plain, err := opened(in, passphrase)
	if err != nil {
		return Handoff{}, err
	}
	data, err := io.ReadAll(plain)
	switch {
	case errors.Is(err, errTooLarge):
		return Handoff{}, damaged(err, "")
	case err != nil && plain != in: // age tells a cut from a failing disk by nothing
		return Handoff{}, changed("it was cut off or changed on its way").WithCause(err)
	case err != nil:
		return Handoff{}, damaged(err, "")
	}
	return parseHandoff(data)
}

// opened is what stands in the file, decrypted where it was encrypted.
func opened(in *bufio.Reader, passphrase string) (io.Reader, error) {
	mark, err := in.Peek(len(armor.Header))
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, damaged(err, "")
	}
	if string(mark) != armor.Header {
		return in, nil
	}
	if passphrase == "" {
		return nil, fault.Input("passphrase", "the file is locked with a passphrase").WithHint("ask whoever made it, aloud")
	}
	key, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, fault.Input("passphrase", "that is no passphrase").WithCause(err)
	}
	key.SetMaxWorkFactor(hardestWork)
	plain, err := age.Decrypt(armor.NewReader(in), key)
	if none := new(age.NoIdentityMatchError); errors.As(err, &none) {
		return nil, fault.Input("passphrase", "the passphrase does not open the file").WithHint("type it again, as it was read out").WithCause(err)
	}
	if err != nil {
		return nil, changed("it was cut off or changed on its way, or something else locked it").WithCause(err)
	}
	return plain, nil
}

func changed(why string) *fault.Error {
	return fault.New(fault.Refused, "the handoff file does not hold: %s", why).WithHint("nothing was imported; have it made and sent again")
}

func parseHandoff(data []byte) (Handoff, error) {
	head, rest, ok := bytes.Cut(data, []byte("\n"))
	var h handoffHead
	if len(head) > maxHead || json.Unmarshal(head, &h) != nil || h.Format != HandoffFormat {
		return Handoff{}, fault.New(fault.Invalid, "that is no handoff file").WithHint("choose the file that was made by handing command over; qd import reads what was exported as JSON")
	}
	if h.Version > HandoffVersion {
		return Handoff{}, fault.New(fault.Invalid, "the file is of version %d; this Quarterdeck reads up to %d", h.Version, HandoffVersion).WithHint("open it with a newer Quarterdeck")
	}
	line, body, cut := bytes.Cut(rest, []byte("\n"))
	var sig hexBytes
	if !ok || !cut || sig.UnmarshalText(line) != nil || len(sig) != ed25519.SignatureSize || len(h.Key) != ed25519.PublicKeySize {
		return Handoff{}, changed("its signature is missing")
	}
	if !ed25519.Verify(ed25519.PublicKey(h.Key), digest(head, body), sig) {
		return Handoff{}, changed("its signature is not of what it says; it was cut off or changed on its way")
	}
	b, err := Read(bytes.NewReader(body))
	if err != nil {
		return Handoff{}, err
	}
	if b.Incident != h.ID || b.Ref != h.Ref {
		return Handoff{}, changed("its first line is about another incident")
	}
	if ok, bad, why := incident.Verify(b.Records); !ok {
		return Handoff{}, changed(fmt.Sprintf("record %s: %s", bad, why))
	}
	return Handoff{Bundle: b, Key: ed25519.PublicKey(h.Key)}, nil
}

// SameWords reports whether typed words are those of a key: the first four letters of
// each tell them apart.
func SameWords(typed string, key ed25519.PublicKey) bool {
	got, want := strings.Fields(strings.ToLower(typed)), KeyWords(key)
	if len(got) != len(want) {
		return false
	}
	for i := range want {
		if n := min(4, len(want[i])); len(got[i]) < n || got[i][:n] != want[i][:n] {
			return false
		}
	}
	return true
}
