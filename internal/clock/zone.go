package clock

import (
	"os"
	"strings"
	"sync"
	"time"
)

// zoned is the machine's time zone as a file says it. A process reads it once, at its
// start; a cockpit runs for weeks and may travel, so what the file is now is looked at
// again.
type zoned struct {
	file   string        // usually a link into the folder of all zones
	stale  time.Duration // how old the last look may be
	mu     sync.Mutex
	looked time.Duration // awake time of the last look
	seen   string        // what the file was then
	zone   *time.Location
}

// at is the zone at an awake time. A file that cannot be read changes nothing.
func (z *zoned) at(awake time.Duration) *time.Location {
	z.mu.Lock()
	defer z.mu.Unlock()
	if z.zone != nil && awake-z.looked < z.stale {
		return z.zone
	}
	z.looked = awake
	seen := z.look()
	switch {
	case z.zone == nil:
		z.zone = time.Local
	case seen != "" && seen != z.seen:
		if loc := z.read(); loc != nil {
			z.zone = loc
		}
	}
	if seen != "" {
		z.seen = seen
	}
	return z.zone
}

// look is what tells one zone file from another: where it leads, when it was written.
func (z *zoned) look() string {
	info, err := os.Stat(z.file)
	if err != nil {
		return ""
	}
	to, _ := os.Readlink(z.file) // a file that is no link leads nowhere
	return to + " " + info.ModTime().String()
}

// read is the zone that the file holds; nil when it holds none.
func (z *zoned) read() *time.Location {
	if to, err := os.Readlink(z.file); err == nil {
		if _, name, ok := strings.Cut(to, "zoneinfo/"); ok {
			if loc, err := time.LoadLocation(name); err == nil {
				return loc
			}
		}
	}
	data, err := os.ReadFile(z.file)
	if err != nil {
		return nil
	}
	loc, err := time.LoadLocationFromTZData("Local", data)
	if err != nil {
		return nil
	}
	return loc
}

var machine = &zoned{file: "/etc/localtime", stale: time.Second}

// Zone is what the variable TZ says, which holds for a process's whole life, or else what
// the machine's zone is now.
func (r real) Zone() *time.Location {
	if _, set := os.LookupEnv("TZ"); set {
		return time.Local
	}
	return machine.at(r.Awake())
}
