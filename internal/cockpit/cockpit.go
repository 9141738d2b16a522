package cockpit

import (
	"context"
	"fmt"
	"sync"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// Log keeps records. Its methods are safe for concurrent use and answer with faults.
type Log interface {
	// Append is durable when it returns; incident.ErrMoved asks to decide again.
	Append(ctx context.Context, b incident.Batch) ([]incident.Record, *incident.State, error)
	// State is an incident folded over all of its records, and the cursor of the last one.
	State(ctx context.Context, id incident.ID) (*incident.State, int64, error)
	Records(ctx context.Context, id incident.ID, after int64) ([]incident.Record, error)
	Record(ctx context.Context, id incident.ID) (incident.Record, error)
	// Since reads what was inserted after a cursor, whoever wrote it.
	Since(ctx context.Context, after int64, limit int) ([]incident.Record, error)
	Last(ctx context.Context) (int64, error)
	Open(ctx context.Context) ([]incident.Row, error)
	ByRef(ctx context.Context, ref string) ([]incident.Row, error)
	NextRef(ctx context.Context, prefix string) (string, error)
	Mine(ctx context.Context, id incident.ID) (bool, error)
	Person(ctx context.Context, name string) (incident.Person, error)
	Kit(ctx context.Context, hash string) ([]byte, error)
	Search(ctx context.Context, q incident.Query) ([]incident.Hit, error)
	Count(ctx context.Context, q incident.Query) (int, error)
	Row(ctx context.Context, id incident.ID) (incident.Row, error)
	Corrections(ctx context.Context, id incident.ID) ([]incident.Record, error)
	Everybody(ctx context.Context) ([]incident.Person, error)
	Serving(ctx context.Context, service string) ([]incident.ID, error)
}

// Cockpit carries out orders on one log.
type Cockpit struct {
	log   Log
	clock clock.Clock
	newID func() (incident.ID, error)

	// Called, when set before first use, are the other names of whoever bears a name.
	Called func(name string) []string

	Drills bool // set before first use: every incident of this log is a drill

	mu      sync.Mutex // what follows
	kit     *kit.Kit   // in force for new incidents
	kitData []byte
	kitHash string
	live    map[incident.ID]*Live
	kits    map[string]*kit.Kit // by hash, those that were looked up
	cursor  int64               // up to which changes have been told
	tell    func([]Change)
}

// Live is one incident in memory. It is looked at inside View only.
type Live struct {
	State    *incident.State
	Kit      *kit.Kit
	Timeline *incident.Timeline // nil until somebody looks at it
	Mine     bool               // this database has written in it
	cursor   int64
}

// Change is what was appended to one incident, for those who watch.
type Change struct {
	Incident incident.ID
	Records  []incident.Record
}

// New makes a cockpit for a log. k is the kit in force for new incidents; newID mints UUIDv7s.
func New(log Log, clk clock.Clock, k *kit.Kit, newID func() (incident.ID, error)) (*Cockpit, error) {
	c := &Cockpit{log: log, clock: clk, newID: newID, live: map[incident.ID]*Live{}, tell: func([]Change) {}}
	if err := c.SetKit(k); err != nil {
		return nil, err
	}
	return c, nil
}

// Kit is the kit in force for new incidents.
func (c *Cockpit) Kit() *kit.Kit {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.kit
}

// SetKit puts another kit in force for new incidents. Those that are there keep the one
// that they were declared under. k must have no problems and never change.
func (c *Cockpit) SetKit(k *kit.Kit) error {
	data, hash, err := k.Encode()
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kit, c.kitData, c.kitHash = k, data, hash
	c.kits = map[string]*kit.Kit{hash: k} // the others are in the log, under their hashes
	return nil
}

// View lets look at an incident while nothing changes. look must not keep what it
// sees, nor call the cockpit. The fault is NotFound.
func (c *Cockpit) View(ctx context.Context, id incident.ID, look func(*Live) error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	l, err := c.load(ctx, id)
	if err != nil {
		return err
	}
	return look(l)
}

// ViewTimeline is View with the incident's timeline loaded.
func (c *Cockpit) ViewTimeline(ctx context.Context, id incident.ID, look func(*Live) error) error {
	return c.View(ctx, id, func(l *Live) error {
		if l.Timeline == nil {
			recs, err := c.log.Records(ctx, id, 0)
			if err != nil {
				return err
			}
			l.Timeline = incident.NewTimeline()
			l.Timeline.Add(recs...)
		}
		return look(l)
	})
}

// kept is how many incidents stay in memory.
const kept = 64

// load answers with the incident in memory, reading it when it is not there. The
// caller holds the lock.
func (c *Cockpit) load(ctx context.Context, id incident.ID) (*Live, error) {
	if l, ok := c.live[id]; ok {
		return l, nil
	}
	st, cursor, err := c.log.State(ctx, id)
	if err != nil {
		return nil, err
	}
	k, err := c.kitOf(ctx, st.Declared.Kit)
	if err != nil {
		return nil, err
	}
	k = k.For(st.Declared.Type)
	mine, err := c.log.Mine(ctx, id)
	if err != nil {
		return nil, err
	}
	for other, l := range c.live {
		if len(c.live) < kept {
			break
		}
		if !l.State.Open() {
			delete(c.live, other)
		}
	}
	l := &Live{State: st, Kit: k, Mine: mine, cursor: cursor}
	c.live[id] = l
	return l, nil
}

// kitOf finds the kit that an incident was declared under. One whose kit is not
// here is read with the kit in force: late knowledge beats none.
func (c *Cockpit) kitOf(ctx context.Context, hash string) (*kit.Kit, error) {
	if k, ok := c.kits[hash]; ok {
		return k, nil
	}
	data, err := c.log.Kit(ctx, hash)
	if fault.Is(err, fault.NotFound) {
		return c.kit, nil
	}
	if err != nil {
		return nil, err
	}
	k, err := kit.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("cockpit: kit %.12s: %w", hash, err)
	}
	c.kits[hash] = k
	return k, nil
}
