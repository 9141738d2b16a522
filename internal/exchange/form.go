package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"unicode/utf8"

	"quarterdeck/internal/incident"
)

// Format and Version name what Write writes. A reader refuses a newer version.
const (
	Format  = "quarterdeck.incident"
	Version = 2
)

// Bundle is one incident with what is needed to understand it.
type Bundle struct {
	ExportedAt int64 // ms UTC
	Incident   incident.ID
	Ref        string
	Kit        []byte // canonical JSON of the kit in force; nil when it is not at hand
	Records    []incident.Record
	Files      []File // that records name; those that are not here are missing, and nothing else is
}

// hexBytes are bytes in hexadecimal.
type hexBytes []byte

// MarshalText implements encoding.TextMarshaler.
func (h hexBytes) MarshalText() ([]byte, error) {
	return hex.AppendEncode(nil, h), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (h *hexBytes) UnmarshalText(text []byte) error {
	b, err := hex.DecodeString(string(text))
	*h = b
	return err
}

// recordForm is a record in the file. A body that is no valid text, which only a
// foreign hand can have written, stands in hexadecimal.
type recordForm struct {
	ID         incident.ID   `json:"id"`
	Incident   incident.ID   `json:"incident"`
	Writer     incident.ID   `json:"writer"`
	N          int64         `json:"n"`
	HLC        int64         `json:"hlc"`
	At         int64         `json:"at"`
	TZ         int           `json:"tz"`
	RecordedAt int64         `json:"recorded_at"`
	Actor      incident.ID   `json:"actor"`
	Kind       incident.Kind `json:"kind"`
	V          int           `json:"v"`
	Prev       hexBytes      `json:"prev"`
	Digest     hexBytes      `json:"digest"`
	Hash       hexBytes      `json:"hash"`
	Sig        hexBytes      `json:"sig,omitempty"`
	Salt       hexBytes      `json:"salt,omitempty"`
	Body       *string       `json:"body,omitempty"` // missing once redacted
	BodyHex    hexBytes      `json:"body_hex,omitempty"`
}

func formOf(r *incident.Record) recordForm {
	f := recordForm{
		ID: r.ID, Incident: r.Incident, Writer: r.Writer, N: r.N, HLC: r.HLC, At: r.At, TZ: r.TZ, RecordedAt: r.RecordedAt, Actor: r.Actor,
		Kind: r.Kind, V: r.V, Prev: r.Prev, Digest: r.Digest, Hash: r.Hash, Sig: r.Sig, Salt: r.Salt,
	}
	switch {
	case r.Body == nil:
	case utf8.Valid(r.Body):
		body := string(r.Body)
		f.Body = &body
	default:
		f.BodyHex = r.Body
	}
	return f
}

func (f *recordForm) record() incident.Record {
	r := incident.Record{
		ID: f.ID, Incident: f.Incident, Writer: f.Writer, N: f.N, HLC: f.HLC, At: f.At, TZ: f.TZ, RecordedAt: f.RecordedAt, Actor: f.Actor,
		Kind: f.Kind, V: f.V, Prev: some(f.Prev), Digest: some(f.Digest), Hash: some(f.Hash), Sig: some(f.Sig), Salt: some(f.Salt),
	}
	switch {
	case f.Body != nil:
		r.Body = []byte(*f.Body)
	case len(f.BodyHex) > 0:
		r.Body = f.BodyHex
	}
	return r
}

// some is bytes as a record has them: none is nil.
func some(b []byte) []byte {
	if len(b) == 0 {
		return nil
	}
	return b
}

// kitForm is the kit in the file.
type kitForm struct {
	Hash string `json:"hash"` // SHA-256 of JSON, hexadecimal
	JSON string `json:"json"`
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
