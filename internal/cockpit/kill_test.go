package cockpit_test

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/store"
)

// childEnv names the folder to a child process that writes until it is killed.
const childEnv = "QUARTERDECK_KILL_TEST"

// TestChildWritesUntilKilled is the child of TestTortureKillsLoseNothingAcknowledged.
func TestChildWritesUntilKilled(t *testing.T) {
	dir, ref, ok := strings.Cut(os.Getenv(childEnv), "|")
	if !ok {
		return // not asked for
	}
	d := sit(t, dir)
	row, err := d.Find(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; ; i++ {
		cmd := []incident.Command{
			&incident.AddNote{Text: fmt.Sprint("note ", i)},
			&incident.OpenAction{Text: fmt.Sprint("do ", i), Owner: d.me, Minutes: 5},
			&incident.MakeDecision{Text: fmt.Sprint("decide ", i), Basis: "what is known"},
		}[i%3]
		recs, err := d.Do(t.Context(), cockpit.Order{Incident: row.ID, Actor: d.me, Command: cmd})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(os.Stdout, "acknowledged", recs[len(recs)-1].ID)
	}
}

func TestTortureKillsLoseNothingAcknowledged(t *testing.T) {
	dir := t.TempDir()
	d := sit(t, dir)
	id := d.declare("killed again and again")
	acknowledged := map[string]bool{}
	for range kills {
		for _, a := range writeUntilKilled(t, dir, 1+rand.IntN(40)) {
			acknowledged[a] = true
		}
	}
	st, err := store.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	recs, err := st.Records(t.Context(), id, 0)
	if err != nil {
		t.Fatal(err)
	}
	prev := incident.Root(id, st.Writer())
	for i, r := range recs {
		delete(acknowledged, r.ID.String())
		if r.N != int64(i+1) || string(r.Prev) != string(prev) || !r.Intact() {
			t.Fatalf("the chain breaks at record %d", i+1)
		}
		prev = r.Hash
	}
	if len(acknowledged) > 0 {
		t.Fatalf("%d acknowledged records are missing", len(acknowledged))
	}
	state, _, err := st.State(t.Context(), id)
	if err != nil || state.Entries != len(recs) {
		t.Fatalf("the cache knows %d of %d records (%v)", state.Entries, len(recs), err)
	}
	t.Logf("%d kills, %d records", kills, len(recs))
}

// writeUntilKilled lets a child write, kills it after so many acknowledgements, and
// answers with what it had acknowledged.
func writeUntilKilled(t *testing.T, dir string, after int) []string {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run", "^TestChildWritesUntilKilled$")
	c.Env = append(os.Environ(), childEnv+"="+dir+"|INC-1")
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	var got []string
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if id, ok := strings.CutPrefix(lines.Text(), "acknowledged "); ok {
			got = append(got, id)
		} else {
			t.Log(lines.Text())
		}
		if len(got) == after {
			if err := c.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := io.Copy(io.Discard, out); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err == nil {
		t.Fatal("the child ended by itself")
	}
	if len(got) < after {
		t.Fatalf("the child acknowledged %d of %d", len(got), after)
	}
	return got
}
