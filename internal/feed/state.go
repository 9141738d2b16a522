package feed

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/ical"
)

// Kind says what is wrong with a feed.
type Kind string

const (
	Offline     Kind = "offline"      // nobody answers, or the name is not known
	Late        Kind = "late"         // it takes too long
	Server      Kind = "server"       // it says that it cannot just now
	Revoked     Kind = "revoked"      // it says that there is no such calendar, or not for us
	WebPage     Kind = "web_page"     // a page came, most likely for signing in
	NotCalendar Kind = "not_calendar" // something else came
	TooLarge    Kind = "too_large"
	Guarded     Kind = "guarded"   // it leads to where nobody has allowed it to
	Untrusted   Kind = "untrusted" // its certificate is not accepted
	Astray      Kind = "astray"    // it redirects without end, or to where it must not
	BadAddress  Kind = "address"   // there is no such address
	Missing     Kind = "missing"   // there is no such file, or it cannot be read
	Emptied     Kind = "emptied"   // what came has no shifts to come, and the last copy has
	Shrunk      Kind = "shrunk"    // what came has lost most of its shifts to come
)

// Trouble is why the last look gave nothing new.
type Trouble struct {
	Kind  Kind   `json:"kind"`
	Text  string `json:"text"`  // a sentence
	Hint  string `json:"hint"`  // what to do
	Since int64  `json:"since"` // ms UTC, of the first look that failed so
}

// Held is what came and was not taken.
type Held struct {
	At  int64 `json:"at"`
	Had int   `json:"had"` // shifts to come in the copy
	Has int   `json:"has"` // shifts to come in what came
}

// State is what is known about a copy. Times are ms UTC, 0 = never.
type State struct {
	Source   string   `json:"source"` // names the address without saying it
	Hash     string   `json:"hash"`   // of the copy
	ETag     string   `json:"etag,omitempty"`
	Modified string   `json:"modified,omitempty"`
	Good     int64    `json:"good"`    // when the copy was last known to be what the source has
	Changed  int64    `json:"changed"` // when it last became another one
	Tried    int64    `json:"tried"`
	Next     int64    `json:"next"` // not to be asked before
	Failures int      `json:"failures,omitempty"`
	Trouble  *Trouble `json:"trouble,omitempty"`
	Held     *Held    `json:"held,omitempty"`
}

// Copy is the last good copy of a feed, and what is known about it.
type Copy struct {
	State
	Data   *ical.Calendar // nil: there is none
	Report *ical.Report   // of reading Data
}

// Keeper keeps copies in a folder.
type Keeper struct {
	dir     string
	timeout time.Duration
}

// In is the keeper of a folder, which need not be there yet.
func In(dir string) *Keeper { return &Keeper{dir, Timeout} }

// Within is a keeper of the same folder that waits no longer than so for a source.
func (k *Keeper) Within(d time.Duration) *Keeper { return &Keeper{k.dir, d} }

// path is where something about a feed is kept.
func (k *Keeper) path(name, what string) string {
	plain := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(name))
	return filepath.Join(k.dir, plain[:min(len(plain), 40)]+"-"+digest([]byte(name))[:8]+what)
}

const (
	copyFile  = ".ics"
	heldFile  = ".held.ics"
	stateFile = ".json"
)

// State is what is known about a feed, without reading its copy.
func (k *Keeper) State(f Feed) State {
	var s State
	data, err := readFile(k.path(f.Name, stateFile), 64<<10)
	if err != nil || json.Unmarshal(data, &s) != nil || s.Source != f.source() {
		return State{Source: f.source()} // a state that cannot be read costs one look
	}
	return s
}

// Copy reads the last good copy. Without one Data is nil.
func (k *Keeper) Copy(f Feed) (Copy, error) {
	c := Copy{State: k.State(f)}
	data, err := readFile(k.path(f.Name, copyFile), MaxBytes)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return c, nil
	case err != nil:
		return c, fault.New(fault.Unreachable, "the kept copy of %s cannot be read", f.Name).WithHint("check the rights of the folder calendars in the data folder").WithCause(err)
	}
	if c.Hash == "" { // it belongs to another address
		return c, nil
	}
	if h := digest(data); h != c.Hash { // another process has just written it, or ended before it had written all
		c.Hash, c.ETag, c.Modified = h, "", ""
	}
	c.Data, c.Report, err = ical.Read(bytes.NewReader(data), ical.Options{MaxBytes: MaxBytes})
	if err != nil {
		c.Data = nil
		return c, fault.New(fault.Internal, "the kept copy of %s is damaged", f.Name).WithHint("qd calendar refresh fetches it anew").WithCause(err)
	}
	return c, nil
}

// Forget removes everything that is kept about a feed.
func (k *Keeper) Forget(name string) error {
	var errs []error
	for _, what := range []string{copyFile, heldFile, stateFile} {
		if err := os.Remove(k.path(name, what)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return fault.New(fault.Unreachable, "the kept copy of %s cannot be removed", name).WithHint("remove it from the folder calendars in the data folder").WithCause(err)
	}
	return nil
}

func (k *Keeper) keepState(f Feed, s State) error {
	data, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return fmt.Errorf("feed: encode state: %w", err)
	}
	return k.keep(f, stateFile, data)
}

// keep writes a file whole.
func (k *Keeper) keep(f Feed, what string, data []byte) error {
	err := os.MkdirAll(k.dir, 0o700)
	if err == nil {
		err = writeFile(k.path(f.Name, what), data)
	}
	if err != nil {
		return fault.New(fault.Unreachable, "the copy of %s cannot be kept", f.Name).WithHint("check the disk, and the rights of the data folder").WithCause(err)
	}
	return nil
}

func writeFile(path string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*") // 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if _, err = f.Write(data); err == nil {
		err = f.Sync()
	}
	if err = cmp.Or(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
