package story

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit/load"
	"quarterdeck/internal/store"
)

// Options say how a story is played.
type Options struct {
	Shift time.Duration // is added to every time in the script
	Half  bool          // stop where the script says halfway; expectations after it are not looked at
}

// Played is what a play left behind.
type Played struct {
	Incident  incident.ID
	Commander incident.Person
	Now       time.Time // where the story stopped, shifted
}

// Play plays a script into the data folder dir, which must exist and be open nowhere
// else. Every record is on disk when it returns, also when it returns an error, which
// names the script's line.
func Play(ctx context.Context, dir string, s *Script, o Options) (done Played, err error) {
	p := &player{script: s, options: o, dir: dir, clock: clock.NewFake(s.first().Add(o.Shift))}
	p.clock.SetZone(s.Zone)
	defer func() { err = errors.Join(err, p.close()) }()
	if err := p.open(ctx); err != nil {
		return done, err
	}
	if err := p.play(ctx); err != nil {
		return done, err
	}
	done = Played{Incident: p.id, Now: p.clock.Now()}
	err = p.look(func(l *cockpit.Live) error {
		done.Commander = incident.Person{ID: l.State.Command.Holder, Name: l.State.Name(l.State.Command.Holder)}
		return nil
	})
	return done, err
}

// player is a story while it is played.
type player struct {
	script  *Script
	options Options
	dir     string
	clock   *clock.Fake
	store   *store.Store
	cockpit *cockpit.Cockpit

	id     incident.ID
	moment *moment
	act    *act
}

// open opens the database. What it opened is closed by close, also after an error.
func (p *player) open(ctx context.Context) (err error) {
	if p.store, err = store.Open(ctx, p.dir); err != nil {
		return err
	}
	k, err := load.Default()
	if err != nil {
		return err
	}
	p.cockpit, err = cockpit.New(p.store, p.clock, k, store.NewID)
	return err
}

func (p *player) close() error {
	if p.store == nil {
		return nil
	}
	s := p.store
	p.store = nil
	return s.Close()
}

func (p *player) play(ctx context.Context) error {
	for _, p.moment = range p.script.moments {
		if err := p.arrive(); err != nil {
			return err
		}
		for _, p.act = range p.moment.acts {
			if p.act.half && p.options.Half {
				return nil
			}
			if err := p.act.do(ctx, p); err != nil {
				f := fault.Of(err)
				return fault.New(f.Code, "%s:%d: %s: %s", p.script.Name, p.act.line, p.act.text, f.Error()).WithHint("%s", f.Hint)
			}
		}
	}
	return nil
}

// arrive lets time pass up to the moment.
func (p *player) arrive() error {
	if p.moment.earlier {
		return nil
	}
	gap := p.moment.at.Add(p.options.Shift).Sub(p.clock.Now())
	if gap < 0 {
		return p.script.fail(p.moment.line, "the story has gone %s past it", -gap).WithHint("advance less before it")
	}
	p.clock.Advance(gap)
	return nil
}

// restart closes the database and opens it again. What is read back must be what was
// in memory, and what the log alone adds up to.
func (p *player) restart(ctx context.Context) error {
	before, err := p.folded()
	if err != nil {
		return err
	}
	if err := p.close(); err != nil {
		return err
	}
	if err := p.open(ctx); err != nil {
		return err
	}
	after, err := p.folded()
	if err != nil {
		return err
	}
	recs, err := p.store.Records(ctx, p.id, 0)
	if err != nil {
		return err
	}
	fresh, err := json.Marshal(incident.Fold(p.id, recs))
	if err != nil {
		return err
	}
	if before != after || after != string(fresh) {
		return fault.New(fault.Internal, "the incident reads otherwise after it").WithHint("compare what was in memory: %s with what was read: %s and with the log: %s", before, after, fresh)
	}
	return nil
}

func (p *player) folded() (text string, err error) {
	err = p.look(func(l *cockpit.Live) error {
		data, err := json.Marshal(l.State)
		text = string(data)
		return err
	})
	return text, err
}

// look looks at the incident as it stands.
func (p *player) look(look func(*cockpit.Live) error) error {
	if p.id.IsZero() {
		return bad("no incident has been declared").WithHint("declare one first: declare SEV2 TITLE")
	}
	return p.cockpit.View(context.Background(), p.id, look)
}

// person is who a name means; nobody for none.
func (p *player) person(name string) (incident.Person, error) {
	return p.cockpit.Person(context.Background(), p.id, name)
}

// back is when the act happened, ms UTC, if before it is written; else 0.
func (p *player) back() int64 {
	if !p.moment.earlier {
		return 0
	}
	return p.shifted(p.moment.at)
}

// shifted is a time of the script as it is recorded, ms UTC.
func (p *player) shifted(at time.Time) int64 { return clock.Milli(at.Add(p.options.Shift)) }

// ahead is a promised time, ms UTC; 0 when none is.
func (p *player) ahead(d time.Duration) int64 {
	if d == 0 {
		return 0
	}
	return clock.Milli(p.clock.Now().Add(d))
}
