package app

import (
	"context"
	"path/filepath"
	"sync"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/feed"
	"quarterdeck/internal/oncall"
	"quarterdeck/internal/secret/token"
	"quarterdeck/internal/workspace"
)

// Secrets gives addresses that are kept by name.
type Secrets interface {
	Get(ctx context.Context, name string) (token.Token, error)
}

// Rota is the on-call calendars of a data folder, and the people: the files that say
// which, their copies, and what these add up to. It is safe for concurrent use; nothing
// in it waits for the network but Refresh.
type Rota struct {
	dir     string
	clock   clock.Clock
	secrets Secrets
	keeper  *feed.Keeper

	mu       sync.Mutex // what follows
	settings oncall.Settings
	people   []oncall.Person
	seen     [3]workspace.Edition // of calendars.yaml, people.yaml and the folder of copies
	loaded   bool
	copies   map[string]feed.Copy // by the calendar's name
	hidden   map[string]error     // addresses that could not be had
	shown    map[string]string    // of calendars with a secret address, its host
	roster   *oncall.Roster
	made     int64 // when the roster was made
}

// OpenRota makes the rota of a folder. It reads nothing yet.
func OpenRota(dir string, clk clock.Clock, secrets Secrets) *Rota {
	return &Rota{dir: dir, clock: clk, secrets: secrets, keeper: feed.In(filepath.Join(dir, copiesFolder)), copies: map[string]feed.Copy{}}
}

const copiesFolder = "calendars"

// Reload reads what has changed on disk: the two files and the copies. It reports whether
// anything has. A file that cannot be read leaves what was in force, and the error, which
// names its line, says so.
func (r *Rota) Reload(ctx context.Context) (changed bool, calendars, people error) {
	seen := [3]workspace.Edition{
		workspace.EditionOf(r.dir, workspace.CalendarsFile), workspace.EditionOf(r.dir, workspace.PeopleFile), workspace.EditionOf(r.dir, copiesFolder),
	}
	r.mu.Lock()
	first, was := !r.loaded, r.seen
	r.mu.Unlock()
	if !first && seen[0].Same(was[0]) && seen[1].Same(was[1]) && seen[2].Same(was[2]) {
		return false, nil, nil
	}
	settings, calendars := workspace.ReadCalendars(r.dir)
	them, people := workspace.ReadPeople(r.dir)
	r.mu.Lock()
	if calendars == nil {
		r.settings = settings
	}
	if people == nil {
		r.people = them
	}
	settings, old := r.settings, r.copies
	r.mu.Unlock()
	feeds, hidden := r.feeds(ctx, settings)
	copies := make(map[string]feed.Copy, len(feeds))
	same := seen[0].Same(was[0]) && seen[1].Same(was[1]) // then only copies can make another roster
	for _, f := range feeds {
		if c, had := old[f.Name]; had && c.Source != "" {
			if s := r.keeper.State(f); s.Source == c.Source && s.Hash == c.Hash {
				c.State = s
				copies[f.Name] = c
				continue
			}
		}
		same = false
		c, err := r.keeper.Copy(f)
		if err != nil && c.Trouble == nil {
			fl := fault.Of(err)
			c.Trouble = &feed.Trouble{Kind: feed.Missing, Text: fl.Message, Hint: fl.Hint}
		}
		copies[f.Name] = c
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen, r.loaded, r.copies, r.hidden = seen, true, copies, hidden
	if !same {
		r.roster = nil
	}
	return true, calendars, people
}

// feeds are the calendars as feeds, and why an address could not be had.
func (r *Rota) feeds(ctx context.Context, s oncall.Settings) (feeds []feed.Feed, hidden map[string]error) {
	hidden = map[string]error{}
	shown := map[string]string{}
	for i := range s.Calendars {
		f, err := FeedOf(ctx, r.dir, &s.Calendars[i], r.secrets)
		if err != nil {
			hidden[f.Name] = err
		} else if s.Calendars[i].Secret != "" {
			shown[f.Name] = f.Shown()
		}
		feeds = append(feeds, f)
	}
	r.mu.Lock()
	r.shown = shown
	r.mu.Unlock()
	return feeds, hidden
}

// hosts are where calendars with a secret address come from, as far as it may be seen.
func (r *Rota) hosts() map[string]string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.shown
}

// FeedOf is a calendar as a feed.
func FeedOf(ctx context.Context, dir string, c *oncall.Calendar, secrets Secrets) (feed.Feed, error) {
	f := feed.Feed{Name: c.Name, File: c.File, Address: token.New(c.URL), Local: c.Local, Every: c.Refresh}
	if f.File != "" && !filepath.IsAbs(f.File) {
		f.File = filepath.Join(dir, f.File)
	}
	if c.Secret == "" {
		return f, nil
	}
	if secrets == nil {
		return f, fault.New(fault.Refused, "the address of %s is a secret, and nobody keeps secrets here", c.Name)
	}
	t, err := secrets.Get(ctx, c.Secret)
	f.Address = t
	return f, err
}

// Settings are the calendars and overrides in force.
func (r *Rota) Settings() oncall.Settings {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.settings
}

// People are those whom the team knows.
func (r *Rota) People() []oncall.Person {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.people
}

// The roster that is kept ready reaches from five weeks ago to three months ahead, and is
// made anew each day.
const (
	behind = 35 * 24 * time.Hour
	ahead  = 95 * 24 * time.Hour
	anew   = 24 * time.Hour
)

// Roster is what the calendars say around now. It is shared: nobody changes it.
func (r *Rota) Roster() *oncall.Roster {
	now := r.clock.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	age := clock.Milli(now) - r.made
	if r.roster == nil || age < 0 || age > anew.Milliseconds() {
		r.roster, r.made = r.make(now.Add(-behind), now.Add(ahead)), clock.Milli(now)
	}
	return r.roster
}

// Between is what the calendars say about any stretch of time.
func (r *Rota) Between(from, to time.Time) *oncall.Roster {
	if now := r.Roster(); !from.Before(now.Start) && !to.After(now.End) {
		return now
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.make(from, to)
}

// Around is what the calendars say around an instant.
func (r *Rota) Around(t time.Time) *oncall.Roster {
	if now := r.Roster(); t.Add(-behind/5).After(now.Start) && t.Add(ahead/3).Before(now.End) {
		return now
	}
	return r.Between(t.Add(-behind), t.Add(ahead))
}

// make makes a roster; the caller holds mu.
func (r *Rota) make(from, to time.Time) *oncall.Roster {
	sources := make([]oncall.Source, len(r.settings.Calendars))
	for i := range r.settings.Calendars {
		c := r.settings.Calendars[i]
		sources[i] = oncall.Source{Calendar: c, Data: r.copies[c.Name].Data}
	}
	return oncall.New(sources, r.settings.Overrides, r.people, from, to)
}

// Copies are the copies of all calendars, and why an address could not be had, by name.
func (r *Rota) Copies() (copies map[string]feed.Copy, hidden map[string]error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.copies, r.hidden
}

// Due are the calendars that are to be looked at now: those whose time has come, and while
// an incident is open those that have not been looked at for five minutes.
func (r *Rota) Due(busy bool) []string {
	now := clock.Milli(r.clock.Now())
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []string
	for i := range r.settings.Calendars {
		name := r.settings.Calendars[i].Name
		s := r.copies[name].State
		soon := busy && s.Failures == 0 && now-s.Tried >= (5*time.Minute).Milliseconds()
		if s.Next <= now || soon || s.Tried > now { // the clock was set back
			out = append(out, name)
		}
	}
	return out
}

// at once is how many feeds are asked at a time.
const atOnce = 4

// Refresh looks at calendars now; without names at all of them. The errors are by name.
func (r *Rota) Refresh(ctx context.Context, names ...string) map[string]error {
	feeds, hidden := r.feeds(ctx, r.Settings())
	wanted := map[string]bool{}
	for _, n := range names {
		wanted[n] = true
	}
	out := map[string]error{}
	for name, err := range hidden {
		if len(names) == 0 || wanted[name] {
			out[name] = err
		}
	}
	r.mu.Lock()
	r.hidden = hidden
	r.mu.Unlock()
	var all sync.WaitGroup
	turn := make(chan struct{}, atOnce)
	for _, f := range feeds {
		if len(names) > 0 && !wanted[f.Name] || out[f.Name] != nil {
			continue
		}
		all.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			err := r.refresh(ctx, f)
			r.mu.Lock()
			defer r.mu.Unlock()
			if err != nil {
				out[f.Name] = err
			}
		})
	}
	all.Wait()
	return out
}

func (r *Rota) refresh(ctx context.Context, f feed.Feed) (err error) {
	defer guard(&err) // a calendar comes from anywhere
	c, err := r.keeper.Refresh(ctx, f, r.clock.Now())
	r.take(f.Name, c)
	return err
}

// Accept takes what is held of a calendar for the copy that counts.
func (r *Rota) Accept(ctx context.Context, name string) error {
	settings := r.Settings()
	for i := range settings.Calendars {
		if c := &settings.Calendars[i]; c.Name == name {
			f, err := FeedOf(ctx, r.dir, c, r.secrets)
			if err != nil {
				return err
			}
			kept, err := r.keeper.Accept(f, r.clock.Now())
			if err == nil {
				r.take(name, kept)
			}
			return err
		}
	}
	return NoCalendar(name)
}

// NoCalendar is the fault of a name that no calendar bears.
func NoCalendar(name string) error {
	return fault.New(fault.NotFound, "there is no calendar %.60q", name).WithHint("qd calendar list shows them")
}

func (r *Rota) take(name string, c feed.Copy) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if old := r.copies[name]; old.Hash != c.Hash || old.Data == nil != (c.Data == nil) {
		r.roster = nil
	}
	copies := make(map[string]feed.Copy, len(r.copies))
	for n, old := range r.copies { // those who have asked for them go on reading theirs
		copies[n] = old
	}
	copies[name] = c
	r.copies = copies
}

// Forget removes the copy of a calendar.
func (r *Rota) Forget(name string) error { return r.keeper.Forget(name) }
