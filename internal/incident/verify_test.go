package incident_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"quarterdeck/internal/incident"
)

// chains are the records of two writers in one incident and of one in another, with a
// redacted note and its amendment.
func chains(t *testing.T) []incident.Record {
	t.Helper()
	d := declared(t)
	note := d.must(&incident.AddNote{Text: "the password is swordfish"})
	text := "the password is x"
	fix := d.must(&incident.Amend{Record: note, Text: &text})
	d.writer = number(0x02)
	d.must(&incident.AddNote{Text: "from elsewhere"})
	d.append(d.now, &incident.RecordRedacted{Record: note.ID, Reason: "a password"})
	d.writer = number(0x01)
	d.must(&incident.AddNote{Text: "the last"})
	for i := range d.recs {
		if id := d.recs[i].ID; id == note.ID || id == fix.ID {
			d.recs[i].Salt, d.recs[i].Body = nil, nil
		}
	}
	other := empty(t)
	other.id, other.minted = number(0x2d), 0x9000
	other.state = incident.NewState(other.id)
	other.must(&incident.Declare{Declared: incident.Declared{Ref: "INC-2", Title: "x"}})
	return append(d.recs, other.recs...)
}

func TestVerify(t *testing.T) {
	recs := chains(t)
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 { // in any order
		r.Shuffle(len(recs), func(i, j int) { recs[i], recs[j] = recs[j], recs[i] })
		if ok, bad, why := incident.Verify(recs); !ok || !bad.IsZero() || why != "" {
			t.Fatalf("%v %s %q", ok, bad, why)
		}
	}
	if ok, _, _ := incident.Verify(nil); !ok {
		t.Error("nothing cannot be wrong")
	}
}

// Whatever is changed in a record, it is found, and it is that record that is named.
func TestVerifyNamesWhatWasChanged(t *testing.T) {
	recs := chains(t)
	for name, change := range map[string]func(*incident.Record){
		"id": func(r *incident.Record) { r.ID[0] ^= 1 }, "hlc": func(r *incident.Record) { r.HLC++ }, "at": func(r *incident.Record) { r.At++ },
		"zone": func(r *incident.Record) { r.TZ++ }, "recorded": func(r *incident.Record) { r.RecordedAt-- }, "actor": func(r *incident.Record) { r.Actor[3]++ },
		"kind": func(r *incident.Record) { r.Kind += "x" }, "version": func(r *incident.Record) { r.V++ }, "digest": func(r *incident.Record) { r.Digest[0] ^= 1 },
		"hash": func(r *incident.Record) { r.Hash[5] ^= 1 }, "prev": func(r *incident.Record) { r.Prev[9] ^= 1 },
		"salt": func(r *incident.Record) {
			r.Salt = append([]byte("x"), r.Salt...)
			r.Body = append([]byte{}, r.Body...)
		},
		"body": func(r *incident.Record) { r.Body = append(slices.Clone(r.Body), ' ') }, "no body": func(r *incident.Record) { r.Salt, r.Body = nil, nil },
	} {
		for i := range recs {
			if recs[i].Body == nil && (name == "salt" || name == "body" || name == "no body") {
				continue // nothing is left of it that could be changed, or it may be gone
			}
			if name == "no body" && recs[i].Kind == "record.amended" {
				continue
			}
			c := copied(recs)
			change(&c[i])
			ok, bad, why := incident.Verify(c)
			if ok || why == "" {
				t.Errorf("%s of record %d: not found", name, i)
				continue
			}
			if name == "no body" && c[i].Kind == "record.redacted" { // then what it took is gone without a reason, and comes first
				continue
			}
			if bad != c[i].ID {
				t.Errorf("%s of record %d: named %s instead of %s: %s", name, i, bad, c[i].ID, why)
			}
		}
	}
}

func TestVerifyNamesWhatIsMissingOrDoubled(t *testing.T) {
	recs := chains(t)
	for i := range recs {
		c := slices.Delete(copied(recs), i, i+1)
		ok, bad, why := incident.Verify(c)
		next := slices.IndexFunc(recs, func(r incident.Record) bool {
			return r.Incident == recs[i].Incident && r.Writer == recs[i].Writer && r.N == recs[i].N+1
		})
		switch {
		case recs[i].Kind == "record.redacted":
			if ok {
				t.Error("words are gone, and so is the reason: not found")
			}
		case next < 0:
			if !ok {
				t.Errorf("the end of a chain cannot be missed: %s", why)
			}
		case ok || bad != recs[next].ID || !strings.Contains(why, "missing before it"):
			t.Errorf("without record %d: %v %s %q", i, ok, bad, why)
		}
		c = append(copied(recs), recs[i])
		if ok, bad, why = incident.Verify(c); ok || bad != recs[i].ID || !strings.Contains(why, "two records") {
			t.Errorf("record %d twice: %v %s %q", i, ok, bad, why)
		}
	}
}

// A chain forged from the middle on does not hang on the record before it.
func TestVerifyFindsAnotherHistory(t *testing.T) {
	recs := chains(t)
	c := copied(recs)
	i := slices.IndexFunc(c, func(r incident.Record) bool {
		return r.N == 3 && r.Writer == number(0x01) && r.Incident == recs[0].Incident
	})
	c[i].Body = []byte(`{"text":"another"}`)
	c[i].Salt = []byte("another salt....")
	c[i].Seal(c[i].Prev)
	if ok, bad, why := incident.Verify(c); ok || c[i+1].ID != bad {
		t.Errorf("%v %s %q", ok, bad, why)
	}
	c = copied(recs)
	c[0].Seal([]byte("no root"))
	if ok, bad, _ := incident.Verify(c); ok || bad != c[0].ID {
		t.Error("a chain must begin at its root")
	}
}

func copied(recs []incident.Record) []incident.Record {
	out := slices.Clone(recs)
	for i := range out {
		r := &out[i]
		r.Prev, r.Digest, r.Hash, r.Salt, r.Body = slices.Clone(r.Prev), slices.Clone(r.Digest), slices.Clone(r.Hash), slices.Clone(r.Salt), slices.Clone(r.Body)
	}
	return out
}
