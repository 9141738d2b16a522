package main

import (
	"cmp"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
)

// followUpView is work for after an incident.
type followUpView struct {
	ID       string  `json:"id"`
	Incident string  `json:"incident"`
	Ref      string  `json:"ref"`
	Text     string  `json:"text"`
	Type     string  `json:"type"`
	Owner    string  `json:"owner"` // empty = nobody yet
	Watcher  string  `json:"watcher"`
	Due      *string `json:"due"`
	Late     bool    `json:"late"`
	Link     string  `json:"link"`
	Proof    string  `json:"proof"`
	State    string  `json:"state"` // open, done, dropped
	Word     string  `json:"word"`  // what shows that it helped, or why it was dropped
	Minutes  int     `json:"minutes"`

	due int64
}

func followUps(s *session) *cobra.Command {
	return group("followup", "work for after the incident: who, until when, what shows it",
		followUpAdd(s), followUpList(s), followUpDone(s), followUpDrop(s), followUpReopen(s), followUpChange(s))
}

// termFlags are the flags that make a follow-up more than a wish.
type termFlags struct {
	kind, owner, watcher, link, proof string
	due                               ahead
}

func (t *termFlags) add(f *pflag.FlagSet) {
	f.StringVar(&t.kind, "type", "", "`TYPE` of the kit, such as detect")
	f.StringVar(&t.owner, "owner", "", "the one `PERSON` who sees to it")
	f.Var(&t.due, "due", "when it is due (default: as long as the kit gives its type)")
	f.StringVar(&t.link, "link", "", "its `ADDRESS` or key in the tracker")
	f.StringVar(&t.watcher, "watcher", "", "`PERSON` who watches over it")
	f.StringVar(&t.proof, "proof", "", "`TEXT`: what will show that it helped")
}

// terms are the flags as an order takes them.
func (t *termFlags) terms(s *session, id incident.ID) (out incident.Terms, err error) {
	out = incident.Terms{Type: t.kind, Link: t.link, Proof: t.proof}
	if t.due.given {
		out.Due = t.due.from(s.now())
	}
	if out.Owner, err = s.called(id, t.owner); err == nil {
		out.Watcher, err = s.called(id, t.watcher)
	}
	return out, err
}

// called finds a person by any of their names; nobody for none.
func (s *session) called(id incident.ID, word string) (person, error) {
	if word == "" {
		return person{}, nil
	}
	name, err := s.whom(word)
	if err != nil {
		return person{}, err
	}
	return s.person(id, name)
}

func followUpAdd(s *session) *cobra.Command {
	var ref, why string
	var t termFlags
	c := &cobra.Command{
		Use: "add TEXT", Short: "write a follow-up down", Args: takes(1, 1000),
		Example: "  qd followup add --incident INC-7 --type detect --owner dee alert on payments",
	}
	f := c.Flags()
	f.StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	t.add(f)
	f.StringVar(&why, "why", "", "from the eighth open one on: `TEXT` on why it is needed too")
	return s.writes(c, func(args []string) error {
		text, err := s.text(args...)
		if err != nil {
			return err
		}
		w, err := s.order(ref, 0, func(id incident.ID) (incident.Command, error) {
			terms, err := t.terms(s, id)
			return &incident.AddFollowUp{Text: text, Terms: terms, Why: why}, err
		})
		if err != nil {
			return err
		}
		return s.confirm(w)
	})
}

func followUpList(s *session) *cobra.Command {
	var all bool
	c := &cobra.Command{Use: "list [REF]", Short: "the open follow-ups of one incident or of all, the first due first", Args: takes(0, 1)}
	c.Flags().BoolVar(&all, "all", false, "also those that are done or dropped")
	return s.reads(c, func(args []string) error {
		if err := s.read(); err != nil {
			return err
		}
		var rows []incident.Row
		if len(args) > 0 {
			row, err := s.find(args[0])
			if err != nil {
				return err
			}
			rows = append(rows, row)
		} else {
			every, err := s.store.Rows(s.ctx, 1<<30)
			if err != nil {
				return err
			}
			rows = slices.DeleteFunc(every, func(r incident.Row) bool { return !all && r.FollowUps == 0 })
			cockpit.Distinguish(rows)
		}
		out := []followUpView{}
		for _, row := range rows {
			err := s.cockpit.View(s.ctx, row.ID, func(l *cockpit.Live) error {
				for _, f := range l.State.FollowUps {
					if all || f.State == incident.FollowUpOpen {
						out = append(out, followUpOf(&f, l.State, row.Ref, s.now()))
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		slices.SortStableFunc(out, func(a, b followUpView) int {
			return cmp.Or(cmp.Compare(rank(a.State), rank(b.State)), cmp.Compare(max(a.due-1, -a.due), max(b.due-1, -b.due)))
		})
		if s.json {
			return s.print(out)
		}
		if len(out) == 0 {
			s.say("no follow-up is open")
		}
		for i := range out {
			s.followUp(&out[i])
		}
		return nil
	})
}

func rank(state string) int {
	return slices.Index([]string{incident.FollowUpOpen, incident.FollowUpDone, incident.FollowUpDropped}, state)
}

func followUpOf(f *incident.FollowUp, st *incident.State, ref string, now int64) followUpView {
	v := followUpView{ID: f.ID.String(), Incident: st.ID.String(), Ref: ref, Text: cmp.Or(f.Text, incident.Gone), Type: f.Type, Due: maybe(f.Due), Late: f.Late(now),
		Link: f.Link, Proof: f.Proof, State: f.State, Word: f.Word, Minutes: f.Minutes, due: f.Due}
	if !f.Owner.IsZero() {
		v.Owner = st.Name(f.Owner)
	}
	if !f.Watcher.IsZero() {
		v.Watcher = st.Name(f.Watcher)
	}
	return v
}

// followUp puts one out for people.
func (s *session) followUp(v *followUpView) {
	text := cmp.Or(v.Owner, "nobody yet") + ": " + v.Text
	for _, part := range []struct{ head, text string }{{"", v.Type}, {"watched over by ", v.Watcher}, {"shown by: ", v.Proof}, {"", v.Link}} {
		if part.text != "" {
			text += "; " + part.head + part.text
		}
	}
	when := v.State
	switch {
	case v.State != incident.FollowUpOpen:
		if v.Word != "" {
			text += " – " + v.Word
		}
	case v.Due == nil:
		when = "no time"
	default:
		when = (*v.Due)[:10]
		if v.Late {
			when += " late"
		}
	}
	put := func() { s.block(pad(v.Ref, 8)+" "+pad(when, 15), 25, text+" ["+handle(v.ID)+"]") }
	if v.Late {
		s.styled(red, put)
		return
	}
	put()
}

// ends makes a command that says what became of a follow-up.
func (s *session) ends(c *cobra.Command, state string, minutes *int, word func(args []string) (string, error)) *cobra.Command {
	var ref string
	c.Flags().StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	return s.writes(c, func(args []string) error {
		text, err := word(args[1:])
		if err != nil {
			return err
		}
		return s.about(ref, args[0], func(r incident.Record) incident.Command {
			return &incident.EndFollowUp{FollowUp: r.ID, State: state, Text: text, Minutes: *minutes}
		})
	})
}

func followUpDone(s *session) *cobra.Command {
	var minutes int
	var proof string
	c := &cobra.Command{Use: "done RECORD", Short: "it is done", Args: takes(1, 1), Example: "  qd followup done 3f9a2c1d --incident INC-7 --proof 'it rang' --minutes 90"}
	c.Flags().StringVar(&proof, "proof", "", "`TEXT`: what shows that it helped")
	c.Flags().IntVar(&minutes, "minutes", 0, "`MINUTES` that its owner spent on it")
	return s.ends(c, incident.FollowUpDone, &minutes, func([]string) (string, error) { return proof, nil })
}

func followUpDrop(s *session) *cobra.Command {
	c := &cobra.Command{Use: "drop RECORD REASON", Short: "it is left, for a reason", Args: takes(2, 1000)}
	return s.ends(c, incident.FollowUpDropped, new(int), func(rest []string) (string, error) { return s.text(rest...) })
}

func followUpReopen(s *session) *cobra.Command {
	c := &cobra.Command{Use: "reopen RECORD", Short: "it is open after all", Args: takes(1, 1)}
	return s.ends(c, incident.FollowUpOpen, new(int), func([]string) (string, error) { return "", nil })
}

func followUpChange(s *session) *cobra.Command {
	var ref string
	var t termFlags
	c := &cobra.Command{Use: "change RECORD", Short: "give it another owner, day, type …; what is not given stays", Args: takes(1, 1)}
	c.Flags().StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	t.add(c.Flags())
	return s.writes(c, func(args []string) error {
		if err := s.read(); err != nil {
			return err
		}
		r, err := s.record(ref, args[0])
		if err != nil {
			return err
		}
		w, err := s.order(r.Incident.String(), 0, func(id incident.ID) (incident.Command, error) {
			terms, err := t.terms(s, id)
			if err != nil {
				return nil, err
			}
			err = s.cockpit.View(s.ctx, id, func(l *cockpit.Live) error {
				i := slices.IndexFunc(l.State.FollowUps, func(f incident.FollowUp) bool { return f.ID == r.ID })
				if i < 0 {
					return nil // the order says so
				}
				was := &l.State.FollowUps[i]
				given := c.Flags().Changed
				if !given("type") {
					terms.Type = was.Type
				}
				if !given("due") {
					terms.Due = was.Due
				}
				if !given("link") {
					terms.Link = was.Link
				}
				if !given("proof") {
					terms.Proof = was.Proof
				}
				if !given("owner") && !was.Owner.IsZero() {
					terms.Owner = person{ID: was.Owner}
				}
				if !given("watcher") && !was.Watcher.IsZero() {
					terms.Watcher = person{ID: was.Watcher}
				}
				return nil
			})
			return &incident.ChangeFollowUp{FollowUp: r.ID, Terms: terms}, err
		})
		if err != nil {
			return err
		}
		return s.confirm(w)
	})
}
