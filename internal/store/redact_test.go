package store

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"quarterdeck/internal/incident"
)

const secret = "swordfish-4711"

// where names the files of a folder that hold a text.
func where(t *testing.T, dir, text string) (out []string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(text)) {
			out = append(out, f.Name())
		}
	}
	return out
}

// write appends records to an incident that is there.
func write(t *testing.T, s *Store, inc incident.ID, recs ...incident.Record) []incident.Record {
	t.Helper()
	st, cursor, err := s.State(t.Context(), inc)
	if err != nil {
		t.Fatal(err)
	}
	out, _, err := s.Append(t.Context(), incident.Batch{Incident: inc, Expect: cursor, State: st, Records: recs})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A redaction leaves nothing of the words in any file, and the chain still verifies.
func TestARedactionLeavesNoWordOnDisk(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	inc, _ := declared(t, s, "INC-1")
	leak := note(t, s, inc, "the password is "+secret)
	text := "the password was " + secret
	write(t, s, inc, rec(t, noon+2000, &incident.RecordAmended{Record: leak.ID, Text: &text}))
	impact := write(t, s, inc, rec(t, noon+3000, &incident.SituationSet{Field: "impact", Text: "anybody with " + secret + " can pay"}))[0]
	for place, draft := range map[string]string{"whole": "the password is " + secret, "part": "dear all, the password is " + secret + " now", "other": "nothing of it"} {
		if err := s.KeepDraft(t.Context(), place, draft, noon); err != nil {
			t.Fatal(err)
		}
	}
	if len(where(t, dir, secret)) == 0 {
		t.Fatal("the test looks in the wrong place")
	}
	for _, r := range []incident.Record{leak, impact} {
		write(t, s, inc, rec(t, noon+4000, &incident.RecordRedacted{Record: r.ID, Reason: "a password"}))
	}
	if err := s.Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if hits, err := s.Search(t.Context(), incident.Query{Words: "password swordfish", Limit: 10}); err != nil || len(hits) != 0 {
		t.Errorf("found %v %v", hits, err)
	}
	drafts, err := s.Drafts(t.Context())
	if err != nil || len(drafts) != 1 || drafts[0].Place != "other" {
		t.Errorf("drafts %v %v", drafts, err)
	}
	recs, err := s.Records(t.Context(), inc, 0)
	if err != nil {
		t.Fatal(err)
	}
	if ok, bad, why := incident.Verify(recs); !ok {
		t.Errorf("%s: %s", bad, why)
	}
	if n := slices.IndexFunc(recs, func(r incident.Record) bool { return r.ID == leak.ID }); recs[n].Body != nil || recs[n].Salt != nil {
		t.Error("the body is still there")
	}
	if left := where(t, dir, secret); len(left) > 0 {
		t.Errorf("still in %v", left)
	}
	var words int // of the index, which keeps them in pieces
	if err := s.rdb.QueryRowContext(t.Context(), "SELECT count(*) FROM word WHERE term IN ('swordfish', '4711')").Scan(&words); err != nil || words != 0 {
		t.Errorf("%d of its words are in the index, %v", words, err)
	}
	if _, err := s.wdb.ExecContext(t.Context(), "INSERT INTO search (search) VALUES ('integrity-check')"); err != nil {
		t.Errorf("the index is broken: %v", err)
	}
}

// What comes by import after its redaction, or with it, is dropped all the same.
func TestAnImportedRedactionDropsToo(t *testing.T) {
	from := open(t, t.TempDir())
	inc, _ := declared(t, from, "INC-1")
	note(t, from, inc, "the password is "+secret)
	whole, err := from.Records(t.Context(), inc, 0)
	if err != nil {
		t.Fatal(err)
	}
	leak := whole[len(whole)-1]
	write(t, from, inc, rec(t, noon+4000, &incident.RecordRedacted{Record: leak.ID, Reason: "a password"}))
	after, err := from.Records(t.Context(), inc, 0)
	if err != nil {
		t.Fatal(err)
	}
	after[len(whole)-1] = leak // as somebody exported it before
	dir := t.TempDir()
	to := open(t, dir)
	if n, err := to.Import(t.Context(), inc, after, nil); err != nil || n != len(after) {
		t.Fatalf("%d %v", n, err)
	}
	if err := to.Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left := where(t, dir, secret); len(left) > 0 {
		t.Errorf("still in %v", left)
	}
}

// A file that was set aside before and holds the words is named.
func TestCopiesThatHoldWhatWasRedacted(t *testing.T) {
	s := open(t, t.TempDir())
	inc, _ := declared(t, s, "INC-1")
	if _, err := s.wdb.ExecContext(t.Context(), "VACUUM INTO ?", s.path+".before-8"); err != nil {
		t.Fatal(err)
	}
	leak := note(t, s, inc, "the password is "+secret)
	if _, err := s.wdb.ExecContext(t.Context(), "VACUUM INTO ?", s.path+".before-9"); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Copies(t.Context(), leak.ID); err != nil || !slices.Equal(got, []string{s.path + ".before-9"}) {
		t.Errorf("%v %v", got, err)
	}
}

// What waits to leave with redacted words does not leave; what has left keeps its row
// without them.
func TestARedactionReachesTheOutbox(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	inc, _ := declared(t, s, "INC-1")
	update := write(t, s, inc, rec(t, noon+1000, &incident.UpdateRequested{Audience: "customers", State: incident.Investigating, Text: "we use " + secret}))[0]
	for i, state := range []string{"queued", "sent"} {
		row := id(t)
		if _, err := s.wdb.ExecContext(t.Context(), `INSERT INTO outbox (id, incident, record, actor, audience, route, target, what, stream, seq, key, text, payload, by_hand, needs, keep, merges, lapses,
			created, writer, state, attempts, misses, not_before, stale_after, first_try, last_try, settles, remote, link, why, hint, changed)
			VALUES (?, ?, ?, x'', 'customers', 'r', '', 'update', 's', ?, ?, ?, ?, ?, x'', 0, 0, 0, 0, x'', ?, 0, 0, 0, 0, 0, 0, 0, '', '', '', '', 0)`,
			row[:], inc[:], update.ID[:], i, row.String(), "we use "+secret, []byte("we use "+secret), "say: we use "+secret, state); err != nil {
			t.Fatal(err)
		}
	}
	write(t, s, inc, rec(t, noon+4000, &incident.RecordRedacted{Record: update.ID, Reason: "a password"}))
	if err := s.Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left := where(t, dir, secret); len(left) > 0 {
		t.Errorf("still in %v", left)
	}
	var states string
	if err := s.wdb.QueryRowContext(t.Context(), "SELECT group_concat(state, ' ') FROM (SELECT state FROM outbox ORDER BY seq)").Scan(&states); err != nil || states != "cancelled sent" {
		t.Errorf("the rows are %s %v", states, err)
	}
}
