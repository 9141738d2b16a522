package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"quarterdeck/app"
	"quarterdeck/internal/clock"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/store"
	"quarterdeck/internal/workspace"
)

type person = incident.Person

// session is one run of qd.
type session struct {
	ctx    context.Context
	clock  clock.Clock
	in     io.Reader
	out    bytes.Buffer // what goes to stdout, whole, when the command is done
	stderr io.Writer
	screen bool // stdout is a terminal
	colour bool
	began  bool // the command line was understood

	json  bool
	data  string // the folder; a full path once it is open
	drill bool   // the folder of drills is meant
	as    string // who says it; empty = by the settings

	store     *store.Store
	cockpit   *cockpit.Cockpit
	outgoing  *app.Outgoing
	settings  workspace.Settings
	unsettled error             // why they cannot be read
	people    map[string]person // looked up already, by name in lower case
}

// errNone says that the folder holds nothing yet.
var errNone = fault.New(fault.NotFound, "no incident here yet").
	WithHint("qd declare --title … opens one; --data names another folder")

// folder finds the data folder without making it.
func (s *session) folder() (err error) {
	if s.data == "" {
		if s.data, err = workspace.Default(); err != nil {
			return err
		}
	}
	if s.data, err = filepath.Abs(s.data); err != nil {
		return fmt.Errorf("qd: folder: %w", err)
	}
	if s.drill {
		s.data = workspace.DrillFolder(s.data)
	}
	return nil
}

// read opens the folder when there is a database in it, else answers errNone.
func (s *session) read() error {
	if err := s.folder(); err != nil {
		return err
	}
	path := filepath.Join(s.data, store.FileName)
	switch _, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return errNone
	case err != nil:
		return fault.New(fault.Unreachable, "%s cannot be read", path).WithHint("give yourself the right to read it, or choose another folder with --data").WithCause(err)
	}
	return s.open()
}

// prepare finds the data folder, and makes it when it is missing.
func (s *session) prepare() (err error) {
	if err := s.folder(); err != nil {
		return err
	}
	if s.drill {
		s.data, err = workspace.PrepareDrill(filepath.Dir(s.data))
		return err
	}
	s.data, err = workspace.Prepare(s.data)
	return err
}

// found opens the folder, and makes what is missing.
func (s *session) found() error {
	if err := s.prepare(); err != nil {
		return err
	}
	return s.open()
}

func (s *session) open() (err error) {
	if s.store, err = store.Open(s.ctx, s.data); err != nil {
		return err
	}
	k, err := s.kit()
	if err != nil {
		return err
	}
	if s.cockpit, err = cockpit.New(s.store, s.clock, k.Kit, store.NewID); err != nil {
		return err
	}
	s.cockpit.Drills = workspace.IsDrill(s.data)
	s.cockpit.Called = func(name string) []string { return app.Called(s.known(), name) }
	if s.outgoing, err = app.NewOutgoing(s.data, s.store, s.cockpit, s.clock, s.places(), func(incident.ID) {}); err != nil {
		return err
	}
	if _, err := s.outgoing.Ways.Read(); err != nil {
		s.warn(err) // then everything is by hand
	}
	// Nobody here waits for changes; without this, Do would read the whole log for them.
	return s.cockpit.Watch(s.ctx, func([]cockpit.Change) {})
}

// kit reads the settings, and the kit that they name. Nothing that is wrong with either
// stops a command: the log goes on with what was in force last.
func (s *session) kit() (k app.KitInForce, err error) {
	if k, err = app.LastKit(s.ctx, s.store); err != nil {
		return k, err
	}
	if s.settings, s.unsettled = workspace.ReadSettings(s.data); s.unsettled != nil {
		s.settings.Kit = k.Folder
	}
	if s.settings, err = app.Remembered(s.ctx, s.store, s.settings, s.unsettled); err != nil {
		s.warn(err)
	}
	k, trouble := app.ChooseKit(app.KitFolder(s.data, s.settings.Kit), k)
	if trouble == nil && s.store.ReadOnly() == nil {
		trouble = k.Keep(s.ctx, s.store)
	}
	if trouble != nil {
		s.warn(trouble)
	}
	return k, nil
}

func (s *session) close() error {
	if s.store == nil {
		return nil
	}
	if s.outgoing != nil {
		s.outgoing.Close(s.ctx)
	}
	return s.store.Close()
}

// warn says what is wrong and does not stop the command.
func (s *session) warn(err error) {
	f := fault.Of(err)
	if s.json {
		s.complain(f)
		return
	}
	s.aside("%s\n    %s", f.Message, f.Hint)
}

func (s *session) now() int64 { return clock.Milli(s.clock.Now()) }

// find finds an incident by its reference or id; "" is the one open incident.
func (s *session) find(ref string) (incident.Row, error) {
	row, err := s.cockpit.Find(s.ctx, ref)
	if fault.Is(err, fault.NotFound) && !s.cockpit.Drills && strings.HasPrefix(strings.ToUpper(ref), "DRILL-") {
		return row, fault.New(fault.NotFound, "%s is no incident", ref).WithHint("drills have a database of their own: add --drill")
	}
	return row, err
}

// shown reads what is there and finds the incident that arguments begin with; so many follow it.
func (s *session) shown(args []string, follow int) (row incident.Row, rest []string, err error) {
	if err := s.read(); err != nil {
		return row, nil, err
	}
	ref, rest := split(args, follow)
	row, err = s.find(ref)
	return row, rest, err
}

// ordering reads what is there and finds the incident that ref means and who gives the order.
func (s *session) ordering(ref string) (row incident.Row, actor person, err error) {
	if err = s.read(); err != nil {
		return row, actor, err
	}
	if row, err = s.find(ref); err != nil {
		return row, actor, err
	}
	actor, err = s.actor(row.ID)
	return row, actor, err
}

// label is the reference of an incident, with a suffix where two share it.
func (s *session) label(row incident.Row) (string, error) {
	rows, err := s.store.ByRef(s.ctx, row.Ref)
	cockpit.Distinguish(rows)
	for _, r := range rows {
		if r.ID == row.ID {
			return r.Ref, err
		}
	}
	return row.Ref, err
}

// actor is who gives the order: --as, else the settings, else the account.
func (s *session) actor(id incident.ID) (person, error) {
	if s.as != "" {
		return s.person(id, s.as)
	}
	if known, err := incident.ParseID(s.settings.Person); err == nil && !known.IsZero() && s.settings.Name != "" {
		p := person{ID: known, Name: s.settings.Name}
		s.people[strings.ToLower(p.Name)] = p
		return p, nil
	}
	name := s.settings.Name
	if name == "" && s.unsettled != nil {
		return person{}, fault.Input("as", "the settings cannot be read, so nobody knows who you are").WithHint("add --as NAME, or mend settings.yaml in %s; nothing was written", s.data)
	}
	if name == "" {
		name = app.AccountName()
	}
	if name == "" {
		return person{}, fault.Input("as", "nobody knows who you are").WithHint("add --as NAME, or qd config set name NAME")
	}
	return s.person(id, name)
}

// person finds or makes the person that a name means, the same one each time.
func (s *session) person(id incident.ID, name string) (person, error) {
	key := strings.ToLower(strings.TrimSpace(name))
	if p, ok := s.people[key]; ok {
		return p, nil
	}
	p, err := s.cockpit.Person(s.ctx, id, name)
	if err == nil && !p.ID.IsZero() {
		s.people[key] = p
	}
	return p, err
}
