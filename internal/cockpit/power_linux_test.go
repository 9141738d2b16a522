package cockpit_test

import (
	"encoding/binary"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"quarterdeck/internal/store"
)

// powerEnv names the folder to a child process that writes so often while its writes
// are traced.
const powerEnv = "QUARTERDECK_POWER_TEST"

// TestChildWritesTraced is the child of TestTorturePowerCutsLoseNothingAcknowledged.
func TestChildWritesTraced(t *testing.T) {
	dir := os.Getenv(powerEnv)
	if dir == "" {
		return // not asked for
	}
	trace, err := os.OpenFile(os.Getenv("QUARTERDECK_TRACE"), os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer trace.Close()
	w := newWorker(t, dir, "INC-1")
	for i := range powerWrites {
		kind, promise := w.work(i)
		if kind == "backup" {
			continue // files of their own, which are synced before they get their names
		}
		entry := binary.LittleEndian.AppendUint64([]byte("a-"), 0)
		entry = binary.LittleEndian.AppendUint64(entry, uint64(len(promise)))
		if _, err := trace.Write(append(entry, promise...)); err != nil {
			t.Fatal(err)
		}
	}
}

// op is one entry of a trace: written, synced, truncated, unlinked, or acknowledged.
type op struct {
	what, file byte
	at         int64
	data       []byte
}

func readTrace(t *testing.T, path string) (ops []op) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for len(data) > 0 {
		n := int64(binary.LittleEndian.Uint64(data[10:]))
		ops = append(ops, op{data[0], data[1], int64(binary.LittleEndian.Uint64(data[2:])), data[18 : 18+n]})
		data = data[18+n:]
	}
	return ops
}

// platter is what a disk holds: each file's bytes, nil where there is none. What was
// synced is safe; of what was written since, anything may have reached it.
type platter struct {
	safe  map[byte][]byte
	loose []op
}

func (p *platter) see(o op) {
	switch o.what {
	case 'w', 't':
		p.loose = append(p.loose, o)
	case 's':
		p.loose = slices.DeleteFunc(p.loose, func(l op) bool {
			if l.file == o.file {
				p.safe[l.file] = apply(p.safe[l.file], l, nil)
			}
			return l.file == o.file
		})
	case 'u':
		p.loose = slices.DeleteFunc(p.loose, func(l op) bool { return l.file == o.file })
		p.safe[o.file] = nil
	}
}

const sector = 512

// apply carries out a write, or those of its sectors that reach the disk.
func apply(b []byte, o op, reaches func() bool) []byte {
	if o.what == 't' {
		if int64(len(b)) > o.at {
			return b[:o.at:o.at]
		}
		return append(b, make([]byte, o.at-int64(len(b)))...)
	}
	if need := int(o.at) + len(o.data); len(b) < need {
		b = append(b, make([]byte, need-len(b))...)
	}
	for from := 0; from < len(o.data); {
		to := min(len(o.data), (int(o.at)+from)/sector*sector+sector-int(o.at))
		if reaches == nil || reaches() {
			copy(b[int(o.at)+from:], o.data[from:to])
		}
		from = to
	}
	return b
}

// cut is the disk after the power went: of what was not synced, nothing, everything,
// some writes or some sectors have reached it.
func (p *platter) cut(how int, random *rand.Rand) map[byte][]byte {
	after := map[byte][]byte{}
	for file, b := range p.safe {
		after[file] = slices.Clone(b)
	}
	coin := func() bool { return random.IntN(2) == 0 }
	for _, l := range p.loose {
		switch {
		case how == 1, how == 2 && coin():
			after[l.file] = apply(after[l.file], l, nil)
		case how == 3:
			after[l.file] = apply(after[l.file], l, coin)
		}
	}
	return after
}

// The power goes at random moments of a process that does every kind of write: what was
// acknowledged is on the disk, whatever became of the rest.
func TestTorturePowerCutsLoseNothingAcknowledged(t *testing.T) {
	dir, trace := t.TempDir(), filepath.Join(t.TempDir(), "trace")
	d := sit(t, dir)
	d.declare("the power goes")
	if err := d.store.Close(); err != nil {
		t.Fatal(err)
	}
	begin, err := os.ReadFile(filepath.Join(dir, store.FileName))
	if err != nil {
		t.Fatal(err)
	}
	shim := filepath.Join(t.TempDir(), "trace.so")
	if said, err := exec.Command("cc", "-O1", "-shared", "-fPIC", "-o", shim, "testdata/trace.c", "-ldl", "-lpthread").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	c := exec.Command(os.Args[0], "-test.run", "^TestChildWritesTraced$")
	c.Env = append(os.Environ(), powerEnv+"="+dir, "QUARTERDECK_TRACE="+trace, "LD_PRELOAD="+shim)
	if said, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	ops := readTrace(t, trace)
	count := map[byte]int{}
	for _, o := range ops {
		count[o.what]++
	}
	if count['a'] < powerWrites*8/10 || count['s'] < count['a']/2 || count['w'] < count['s'] {
		t.Fatalf("the trace is not one: %d acknowledged, %d synced, %d written", count['a'], count['s'], count['w'])
	}
	seed := uint64(os.Getpid())
	random := rand.New(rand.NewPCG(seed, 2))
	t.Logf("seed %d: %d writes to the disk, %d syncs, %d acknowledgements", seed, count['w'], count['s'], count['a'])
	cuts := make([]int, powerCuts)
	for i := range cuts {
		cuts[i] = random.IntN(len(ops) + 1)
	}
	slices.Sort(cuts)
	p := &platter{safe: map[byte][]byte{'d': begin}}
	promises := map[string]bool{}
	at, lost := 0, 0
	for i, cut := range cuts {
		for ; at < cut; at++ {
			if o := ops[at]; o.what == 'a' {
				promises[string(o.data)] = true
			} else {
				p.see(o)
			}
		}
		if wrong := promised(t, disk(t, p.cut(i%4, random)), promises); len(wrong) > 0 {
			lost++
			t.Errorf("cut %d of %d operations, %s reached the disk: %s", cut, len(ops),
				[]string{"nothing unsynced", "everything", "some writes", "some sectors"}[i%4], strings.Join(wrong, "\n"))
		}
		if lost > 5 {
			t.FailNow()
		}
	}
	t.Logf("%d power cuts, %d promises at the end, none broken", len(cuts), len(promises))
}

// disk is a folder with what a power cut has left.
func disk(t *testing.T, files map[byte][]byte) string {
	t.Helper()
	dir, err := os.MkdirTemp(t.TempDir(), "cut")
	if err != nil {
		t.Fatal(err)
	}
	for kind, tail := range map[byte]string{'d': "", 'w': "-wal", 'j': "-journal"} {
		if files[kind] == nil {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, store.FileName+tail), files[kind], 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
