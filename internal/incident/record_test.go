package incident_test

import (
	"bytes"
	"math"
	"slices"
	"testing"

	"quarterdeck/internal/incident"
)

func sealed() incident.Record {
	r := incident.Record{
		ID: number(1), Incident: number(2), Writer: number(3), N: 4, HLC: 5 << 16, At: 6, TZ: -210, RecordedAt: 7, Actor: number(8),
		Kind: "note.added", V: 1, Salt: []byte("0123456789abcdef"), Body: []byte(`{"text":"hello"}`),
	}
	r.Seal(incident.Root(r.Incident, r.Writer))
	return r
}

// Whatever is changed about a sealed record is noticed.
func TestAChangeIsNoticed(t *testing.T) {
	flip := func(b []byte) []byte { b = slices.Clone(b); b[len(b)/2] ^= 1; return b }
	changes := map[string]func(*incident.Record){
		"id":                func(r *incident.Record) { r.ID[9] ^= 1 },
		"incident":          func(r *incident.Record) { r.Incident[0] ^= 0x80 },
		"writer":            func(r *incident.Record) { r.Writer[15] ^= 1 },
		"n":                 func(r *incident.Record) { r.N++ },
		"hlc":               func(r *incident.Record) { r.HLC ^= 1 },
		"at":                func(r *incident.Record) { r.At ^= 1 << 40 },
		"tz":                func(r *incident.Record) { r.TZ = 210 },
		"recorded_at":       func(r *incident.Record) { r.RecordedAt = -r.RecordedAt },
		"actor":             func(r *incident.Record) { r.Actor = incident.ID{} },
		"kind":              func(r *incident.Record) { r.Kind = "note.adder" },
		"v":                 func(r *incident.Record) { r.V = 2 },
		"prev":              func(r *incident.Record) { r.Prev = flip(r.Prev) },
		"prev gone":         func(r *incident.Record) { r.Prev = nil },
		"digest":            func(r *incident.Record) { r.Digest = flip(r.Digest) },
		"hash":              func(r *incident.Record) { r.Hash = flip(r.Hash) },
		"hash cut":          func(r *incident.Record) { r.Hash = r.Hash[:31] },
		"hash gone":         func(r *incident.Record) { r.Hash = nil },
		"salt":              func(r *incident.Record) { r.Salt = flip(r.Salt) },
		"salt gone":         func(r *incident.Record) { r.Salt = nil },
		"body":              func(r *incident.Record) { r.Body = flip(r.Body) },
		"body emptied":      func(r *incident.Record) { r.Body = []byte{} },
		"body spaced":       func(r *incident.Record) { r.Body = append([]byte(" "), r.Body...) },
		"salt moved over":   func(r *incident.Record) { r.Body, r.Salt = append([]byte("f"), r.Body...), r.Salt[:15] },
		"fields exchanged":  func(r *incident.Record) { r.ID, r.Incident = r.Incident, r.ID },
		"numbers exchanged": func(r *incident.Record) { r.At, r.RecordedAt = r.RecordedAt, r.At },
	}
	for name, change := range changes {
		r := sealed()
		change(&r)
		if r.Intact() {
			t.Errorf("%s: not noticed", name)
		}
	}
	r := sealed()
	if !r.Intact() {
		t.Error("an untouched record counts as changed")
	}
	r.Cursor, r.Sig = 99, []byte("later")
	if !r.Intact() {
		t.Error("the cursor belongs to one database, and a signature comes after the hash")
	}
}

// Every bit of the envelope and the body counts.
func TestEveryBitCounts(t *testing.T) {
	for i := range len(sealed().Body) * 8 {
		r := sealed()
		r.Body = slices.Clone(r.Body)
		r.Body[i/8] ^= 1 << (i % 8)
		if r.Intact() {
			t.Fatalf("bit %d of the body", i)
		}
	}
	for i := range 64 {
		for name, field := range map[string]func(*incident.Record) *int64{
			"n": func(r *incident.Record) *int64 { return &r.N }, "hlc": func(r *incident.Record) *int64 { return &r.HLC },
			"at": func(r *incident.Record) *int64 { return &r.At }, "recorded_at": func(r *incident.Record) *int64 { return &r.RecordedAt },
		} {
			r := sealed()
			*field(&r) ^= 1 << i
			if r.Intact() {
				t.Fatalf("bit %d of %s", i, name)
			}
		}
	}
}

func TestARedactedRecordVerifies(t *testing.T) {
	r := sealed()
	r.Body, r.Salt = nil, nil
	if !r.Intact() {
		t.Error("the chain breaks where the words are gone")
	}
	r.Digest[0] ^= 1
	if r.Intact() {
		t.Error("the digest of what is gone can be changed")
	}
}

func TestTheChain(t *testing.T) {
	d := declared(t)
	for range 5 {
		d.must(&incident.AddNote{Text: "same words"})
	}
	prev := incident.Root(d.id, d.writer)
	seen := map[string]bool{}
	for i := range d.recs {
		r := &d.recs[i]
		if !bytes.Equal(r.Prev, prev) || !r.Intact() || r.N != int64(i+1) || len(r.Hash) != 32 || seen[string(r.Hash)] {
			t.Errorf("record %d does not follow", i)
		}
		prev, seen[string(r.Hash)] = r.Hash, true
	}
	if bytes.Equal(incident.Root(number(1), number(2)), incident.Root(number(2), number(1))) {
		t.Error("two chains begin alike")
	}
}

func TestNextHLC(t *testing.T) {
	for _, tt := range []struct {
		name             string
		last, wall, want int64
	}{
		{"the wall clock is ahead", 5, noon, noon << 16},
		{"the same millisecond", noon << 16, noon, noon<<16 + 1},
		{"the wall clock is behind", noon << 16, noon - hour, noon<<16 + 1},
		{"the first one", 0, noon, noon << 16},
		{"at the start of time", 0, 0, 1},
		{"before it", 0, -hour, 1},
		{"the year 9999", noon << 16, year9999, math.MaxInt64 >> 16 << 16},
		{"and the one after", math.MaxInt64 >> 16 << 16, year9999, math.MaxInt64>>16<<16 + 1},
		{"back from there", math.MaxInt64>>16<<16 + 1, noon, math.MaxInt64>>16<<16 + 2},
		{"where it ends", math.MaxInt64, noon, math.MaxInt64},
	} {
		if got := incident.NextHLC(tt.last, tt.wall); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}

func TestFoldOrder(t *testing.T) {
	pos := []incident.Pos{
		{HLC: 1, Writer: number(9), N: 9}, {HLC: 2, Writer: number(1), N: 7}, {HLC: 2, Writer: number(1), N: 8}, {HLC: 2, Writer: number(2), N: 1}, {HLC: 3},
	}
	for i := range pos {
		for j := range pos {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := pos[i].Compare(pos[j]); got != want {
				t.Errorf("%v and %v: %d", pos[i], pos[j], got)
			}
		}
	}
}

func TestID(t *testing.T) {
	id := incident.ID{0x01, 0x9a, 0xff, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}
	const text = "019aff00-0102-0304-0506-0708090a0b0c"
	if id.String() != text {
		t.Errorf("%s", id)
	}
	for _, ok := range []string{text, "019AFF00-0102-0304-0506-0708090A0B0C"} {
		if got, err := incident.ParseID(ok); err != nil || got != id {
			t.Errorf("%q: %v, %v", ok, got, err)
		}
	}
	if got, err := incident.ParseID(""); err != nil || !got.IsZero() || got.String() != "" {
		t.Errorf("nothing: %v, %v", got, err)
	}
	for _, bad := range []string{"x", text[:35], text + "0", "019aff00_0102-0304-0506-0708090a0b0c", "019aff0g-0102-0304-0506-0708090a0b0c", repeat("x", 1<<20), "\x00", repeat("ж", 18)} {
		got, err := incident.ParseID(bad)
		if !got.IsZero() {
			t.Errorf("%.20q is read as %v", bad, got)
		}
		refusal(t, err, "invalid", "id")
		var id incident.ID
		if id.UnmarshalText([]byte(bad)) == nil {
			t.Errorf("%.20q is taken from JSON", bad)
		}
	}
}
