package incident

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"math"
)

// Record is one entry of an incident's log: the envelope, and the body while it
// has not been redacted. Nothing in it changes after it has been appended.
type Record struct {
	ID         ID // UUIDv7
	Incident   ID
	Writer     ID    // the database file that wrote it
	N          int64 // from 1 without gaps, per incident and writer
	HLC        int64 // hybrid logical clock: wall milliseconds << 16 | counter
	At         int64 // when it happened, ms UTC; may be long before RecordedAt
	TZ         int   // minutes east of UTC where it was written
	RecordedAt int64 // when it was written, ms UTC
	Actor      ID    // who wrote it; the name is a record of its own
	Kind       Kind
	V          int    // version of the body's form
	Prev       []byte // hash of this writer's previous record in this incident, or Root
	Digest     []byte // H(salt, body): survives the body
	Hash       []byte // H(Prev, envelope, Digest)
	Sig        []byte // empty until records travel between machines
	Salt       []byte // 16 random bytes; nil once redacted
	Body       []byte // JSON exactly as stored; nil once redacted

	// Cursor is the local order of insertion. It belongs to one database and is in no hash.
	Cursor int64
}

// Root is where a writer's chain in an incident starts: H(incident, writer).
func Root(incident, writer ID) []byte {
	return sum(incident[:], writer[:])
}

// Seal fills in Prev, Digest and Hash. The other fields must be final.
func (r *Record) Seal(prev []byte) {
	r.Prev = prev
	r.Digest = sum(r.Salt, r.Body)
	r.Hash = r.hash()
}

// Intact reports whether the record is what was sealed. A redacted body is not
// looked at: its digest still is.
func (r *Record) Intact() bool {
	if r.Body != nil && string(sum(r.Salt, r.Body)) != string(r.Digest) {
		return false
	}
	return string(r.hash()) == string(r.Hash)
}

func (r *Record) hash() []byte {
	var num [8 * 6]byte
	for i, v := range []int64{r.N, r.HLC, r.At, int64(r.TZ), r.RecordedAt, int64(r.V)} {
		binary.BigEndian.PutUint64(num[8*i:], uint64(v))
	}
	return sum(r.Prev, r.ID[:], r.Incident[:], r.Writer[:], num[:], r.Actor[:], []byte(r.Kind), r.Digest)
}

// sum is SHA-256 over the parts, each preceded by its length so that no two
// different lists of parts read alike.
func sum(parts ...[]byte) []byte {
	h := sha256.New()
	var n [4]byte
	for _, p := range parts {
		binary.BigEndian.PutUint32(n[:], uint32(len(p)))
		h.Write(n[:])
		h.Write(p)
	}
	return h.Sum(nil)
}

// Pos is a place in fold order.
type Pos struct {
	HLC    int64 `json:"hlc"`
	Writer ID    `json:"writer"`
	N      int64 `json:"n"`
}

// Pos is the record's place in fold order.
func (r *Record) Pos() Pos { return Pos{r.HLC, r.Writer, r.N} }

// Compare orders places: by clock, then writer, then number.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(cmp.Compare(p.HLC, q.HLC), p.Writer.Compare(q.Writer), cmp.Compare(p.N, q.N))
}

// NextHLC is the clock for a record written at wall (ms UTC) after one stamped
// last: after it, and at the wall clock when that is ahead. A clock beyond the year
// 6400 counts as that year: a larger number would not fit.
func NextHLC(last, wall int64) int64 {
	return max(min(last, math.MaxInt64-1)+1, min(max(wall, 0), math.MaxInt64>>16)<<16)
}

// Reseal gives a record another place: it follows prev in another chain. The words
// that it had are still what its digest is of.
func (r *Record) Reseal(prev []byte) {
	r.Prev = prev
	r.Hash = r.hash()
}
