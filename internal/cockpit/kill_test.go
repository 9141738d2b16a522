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
)

// childEnv names the folder to a child process that writes until it is killed, and
// with which kind of write it begins.
const childEnv = "QUARTERDECK_KILL_TEST"

// TestChildWritesUntilKilled is the child of TestTortureKillsLoseNothingAcknowledged.
func TestChildWritesUntilKilled(t *testing.T) {
	dir, first, ok := strings.Cut(os.Getenv(childEnv), "|")
	if !ok {
		return // not asked for
	}
	w := newWorker(t, dir, "INC-1")
	_, promise := w.work(0)
	fmt.Fprintln(os.Stdout, "acknowledged note:"+promise)
	var i int
	if _, err := fmt.Sscan(first, &i); err != nil {
		t.Fatal(err)
	}
	for ; ; i++ {
		kind, promise := w.work(i)
		fmt.Fprintln(os.Stdout, "acknowledged "+kind+":"+promise)
	}
}

// Every kind of write is killed in its middle, at random moments: what was acknowledged
// is there, and nothing contradicts itself.
func TestTortureKillsLoseNothingAcknowledged(t *testing.T) {
	seed := uint64(os.Getpid())
	random := rand.New(rand.NewPCG(seed, 1))
	t.Logf("seed %d", seed)
	tried, records := map[string]int{}, 0
	var dir string
	var promises map[string]bool
	for k := range kills {
		if k%50 == 0 { // a new database now and then, so that checking it stays quick
			dir, promises = t.TempDir(), map[string]bool{}
			d := sit(t, dir)
			d.declare("killed again and again")
			if err := d.store.Close(); err != nil {
				t.Fatal(err)
			}
		}
		// The moment lies between two acknowledgements: while that write is on its way.
		got := writeUntilKilled(t, dir, random.IntN(len(kinds)), 1+random.IntN(2*len(kinds)), random.IntN(3000))
		for _, line := range got {
			kind, promise, _ := strings.Cut(line, ":")
			tried[kind]++
			promises[promise] = true
		}
		records += len(got)
		if k%5 == 4 || k == kills-1 {
			if wrong := promised(t, dir, promises); len(wrong) > 0 {
				t.Fatalf("after %d kills: %s", k+1, strings.Join(wrong, "\n"))
			}
		}
	}
	t.Logf("%d kills, %d writes acknowledged, none lost: %v", kills, records, tried)
}

// writeUntilKilled lets a child write, beginning with a kind, kills it some
// microseconds after so many acknowledgements, and answers with what it had acknowledged.
func writeUntilKilled(t *testing.T, dir string, first, after, micros int) []string {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run", "^TestChildWritesUntilKilled$")
	c.Env = append(os.Environ(), fmt.Sprintf("%s=%s|%d", childEnv, dir, first))
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
		if promise, ok := strings.CutPrefix(lines.Text(), "acknowledged "); ok {
			got = append(got, promise)
		} else {
			t.Log(lines.Text())
		}
		if len(got) == after {
			spin(micros)
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

// spun keeps the compiler from leaving out what spin does.
var spun int

// spin passes about so many microseconds by counting: a test does not sleep.
func spin(micros int) {
	for range micros * 500 {
		spun++
	}
}
