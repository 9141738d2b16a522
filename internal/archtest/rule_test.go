package archtest

import "strings"

// rule says which kinds a kind may import, and why not the others: because names the
// reason for one kind, otherwise for the rest.
type rule struct {
	may       []kind
	because   map[kind]string
	otherwise string
}

const (
	downward = "it would turn the house upside down: rooms that know less are imported by those that know more"
	unseen   = "it declares the small interface that it needs, and the wiring brings somebody who satisfies it"
)

var rules = map[kind]rule{
	leaf:   {otherwise: "a leaf imports no room, so that every room may import it"},
	timing: {otherwise: "the clock imports no room, so that every room that waits may import it"},
	page:   {otherwise: "the built page is data"},
	core: {
		may:       []kind{leaf},
		because:   map[kind]string{timing: "time is an argument: the same records fold to the same state at any hour"},
		otherwise: "the core knows no room but leaves: what an incident is depends on nobody who uses it",
	},
	pure: {
		may: []kind{leaf, core},
		because: map[kind]string{
			timing:  "time is an argument: a pure room answers the same to the same question",
			pure:    "pure rooms stand beside each other; what two of them need belongs into the core or a leaf",
			adapter: "a pure room reads no file and no network; it is given what it needs",
		},
		otherwise: downward,
	},
	waiting: {
		may:       []kind{leaf, timing, core, pure},
		because:   map[kind]string{adapter: unseen, useCase: unseen},
		otherwise: downward,
	},
	useCase: {
		may:       []kind{leaf, timing, core, pure},
		because:   map[kind]string{adapter: unseen, waiting: "it carries out orders and never waits; who waits calls it"},
		otherwise: downward,
	},
	adapter: {
		may: []kind{leaf, timing, core, pure},
		because: map[kind]string{
			adapter: "adapters do not know each other: replacing one touches one folder",
			useCase: "the use-cases do not know their adapters by name, nor the adapters them",
		},
		otherwise: downward,
	},
	wiring: {
		may:       []kind{leaf, timing, core, pure, waiting, useCase, adapter},
		because:   map[kind]string{face: "the faces know the API, not the API its faces"},
		otherwise: downward,
	},
	face: {
		may: []kind{leaf, timing, core, pure, wiring, page},
		because: map[kind]string{
			face:    "faces are exchangeable",
			adapter: "a face translates; what it needs of the world the wiring brings",
			useCase: "a face calls the API once; the order of steps is not its business",
			waiting: "a face calls the API once; who waits is not its business",
		},
		otherwise: downward,
	},
	entry: {may: []kind{leaf, face, page}, otherwise: "the entry is a dozen lines: everything is in its face"},
	proof: {
		may: []kind{leaf, timing, core, pure, waiting, useCase, adapter, proof},
		because: map[kind]string{
			wiring: "tests that span rooms drive the built app from outside, or the use-cases below it",
			face:   "tests of a whole face drive what is built",
			entry:  "tests of a whole face drive what is built",
			page:   "tests of a whole face drive what is built",
		},
	},
}

var kinds = []kind{leaf, timing, core, pure, waiting, useCase, adapter, wiring, face, entry, page, proof}

// reason is why a kind must not import another; empty when it may.
func (from kind) reason(to kind) string {
	r := rules[from]
	for _, k := range r.may {
		if k == to {
			return ""
		}
	}
	if why := r.because[to]; why != "" {
		return why
	}
	switch to {
	case proof:
		return "what serves tests is not shipped"
	case entry:
		return "a program is not a library"
	}
	return r.otherwise
}

// worldly are the parts of the standard library by which a room would touch the world.
var worldly = []string{"os", "net", "syscall", "database/sql", "math/rand", "crypto/rand", "log", "io/ioutil", "testing", "plugin"}

// touchesWorld reports whether a package of the standard library is one of worldly.
func touchesWorld(path string) bool {
	for _, w := range worldly {
		if (path == w || strings.HasPrefix(path, w+"/")) && path != "net/url" && path != "net/mail" && path != "net/netip" {
			return true
		}
	}
	return false
}

// reading are the names of package time that read the clock or wait for it.
var reading = map[string]bool{
	"Now": true, "Since": true, "Until": true, "After": true, "AfterFunc": true, "NewTimer": true, "NewTicker": true, "Tick": true, "Sleep": true,
}

// mayReadTime are test files in which real time passes, and why it must.
func mayReadTime(dir, file string) string {
	switch {
	case dir == "internal/clock":
		return "this is the clock"
	case dir == "internal/e2e" && strings.HasSuffix(file, "_test.go"):
		return "real processes are waited for"
	case strings.HasSuffix(file, "bench_test.go"):
		return "a benchmark measures"
	}
	return ""
}

// ending are calls that print, or end the process, by package and name; a name that ends in
// a star stands for all that begin so.
var ending = map[string][]string{
	"fmt": {"Print*"},
	"os":  {"Exit"},
	"log": {"Fatal*", "Panic*", "Print*"},
}

const (
	whyTime   = "only internal/clock reads the time: everything else is told it, or can be tested without waiting"
	whyEnding = "a library returns its failure: only programs print, and only they end the process"
)
