package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// hitView is a record that a search found.
type hitView struct {
	Incident  string `json:"incident"`
	Ref       string `json:"ref"`
	Record    string `json:"record"` // where it stands in the timeline
	At        string `json:"at"`
	Kind      string `json:"kind"`
	Actor     string `json:"actor"`
	Snippet   string `json:"snippet"`
	Corrected bool   `json:"corrected,omitempty"` // other words stand there by now
	Undone    bool   `json:"undone,omitempty"`
}

// hits is how many a search answers with, if nothing else is said, and at most.
const hits, hitsMost = 100, 10_000

func search(s *session) *cobra.Command {
	var newest, counting bool
	limit := hits
	c := &cobra.Command{Use: "search QUERY", Short: "find words in every incident, best first", Args: takes(0, 1000),
		Long: "Each word may be the beginning of one; \"words in quotes\" stand together. The\n" +
			"best are looked for among the newest 500 hits.\n\n" +
			"kind:decision, person:ana, service:checkout, incident:INC-7, since:3d,\n" +
			"until:2026-11-20 and on:2026-11 narrow a search, in it or as flags; given twice,\n" +
			"either is found. A time is 2026-11, 2026-11-20, 2026-11-20T14:02, today,\n" +
			"yesterday, or how long ago: 30m, 2h, 3d, 2w; days are those of UTC.",
		Example: "  qd search 'failover kind:decision since:2w'\n  qd search --newest --person ana '\"read only\"'"}
	f := c.Flags()
	given := make([][]string, len(incident.SearchKeys))
	for i, of := range []string{"in this incident, by its `REF`", "of this `KIND`: decision, action, note …", "written by this `PERSON`, or theirs to do", "in incidents declared for this `SERVICE`", "since this `TIME`", "until this `TIME`", "on this `DAY`, in this month or year"} {
		f.StringArrayVar(&given[i], incident.SearchKeys[i], nil, of)
	}
	f.BoolVar(&newest, "newest", false, "the latest written first")
	f.BoolVar(&counting, "count", false, "only say how many there are")
	f.IntVar(&limit, "limit", hits, "answer with at most `N`")
	return s.reads(c, func(args []string) error {
		if limit < 1 || limit > hitsMost {
			return wrong("limit", fmt.Sprintf("give 1 to %d", hitsMost), "%d is no number of hits", limit)
		}
		text := strings.Join(args, " ")
		for i, values := range given {
			for _, v := range values {
				text += " " + incident.Filter{Key: incident.SearchKeys[i], Value: v}.String()
			}
		}
		if strings.TrimSpace(text) == "" {
			return wrong("query", "qd search --help shows how", "what is to be found?")
		}
		q, err := s.ask(text)
		if err != nil {
			return err
		}
		if err := s.prepared(&q); err != nil {
			return err
		}
		if counting {
			return s.count(q)
		}
		q.Newest, q.Limit = newest, limit
		out, err := s.search(q)
		if err != nil {
			return err
		}
		if s.json {
			return s.print(out)
		}
		if len(out) == 0 {
			s.say("nothing found")
		}
		for _, h := range out {
			s.block(wholeSecond(h.At), 23, flat(h.Ref)+": "+flat(h.Snippet)+h.became()+" ["+handle(h.Record)+"]")
		}
		return nil
	})
}

// became is what was done to a hit since, for people.
func (h *hitView) became() string {
	var out string
	if h.Corrected {
		out = " (corrected since)"
	}
	if h.Undone {
		out += " (taken back)"
	}
	return out
}

// ask takes a search apart. What nothing can meet is said aside; a folder without a
// database has nothing to be found.
func (s *session) ask(text string) (q incident.Query, err error) {
	if err := s.read(); errors.Is(err, errNone) {
		return q, nil
	} else if err != nil {
		return q, err
	}
	a, err := s.cockpit.Ask(s.ctx, text, s.clock.Now().UTC())
	if err != nil {
		return q, err
	}
	for i, why := range a.Unmet {
		switch f := a.Filters[i]; {
		case f.Value == "":
			return q, wrong(f.Key, "qd search --help shows how", "%s: what?", f.Key)
		case why != "" && f.Timed():
			return q, fault.Input(f.Key, "%.40s: %s", f, why)
		case why != "":
			fmt.Fprintf(s.stderr, "%.200s: %s\n", flat(f.String()), why)
		}
	}
	return a.Query, nil
}

// helping is how long a search at most puts missing words into the index itself.
const helping = time.Second

// prepared says aside when the index is being made anew and old records are missing in it.
func (s *session) prepared(q *incident.Query) error {
	if s.store == nil || strings.TrimSpace(q.Words) == "" {
		return nil
	}
	for until := s.clock.Now().Add(helping); s.clock.Now().Before(until); {
		if more, err := s.store.Index(s.ctx); err != nil || !more {
			break // what is wrong with writing is no reason not to read
		}
	}
	left, err := s.store.Unindexed(s.ctx)
	if left > 0 {
		fmt.Fprintf(s.stderr, "the search index is being prepared: the oldest %s are not found yet; the cockpit goes on with it while it is open, or qd rebuild\n", count(int(left), "record"))
	}
	return err
}

func (s *session) search(q incident.Query) ([]hitView, error) {
	out := []hitView{}
	if s.store == nil {
		return out, nil
	}
	found, err := s.cockpit.Search(s.ctx, q)
	for i := range found {
		h := &found[i]
		out = append(out, hitView{h.Incident.String(), h.Ref, h.Open.String(), stamp(h.At), string(h.Kind), h.Name, h.Snippet(), h.Corrected, h.Undone})
	}
	return out, err
}

func (s *session) count(q incident.Query) error {
	n := 0
	if s.store != nil {
		var err error
		if n, err = s.cockpit.Count(s.ctx, q); err != nil {
			return err
		}
	}
	if s.json {
		return s.print(struct {
			Count int `json:"count"`
		}{n})
	}
	s.say("%d", n)
	return nil
}
