package main

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/workspace"
)

// deliveryView is a row of the outbox for scripts.
type deliveryView struct {
	ID       string `json:"id"`
	Incident string `json:"incident"` // its reference
	Audience string `json:"audience"`
	Route    string `json:"route"`
	State    string `json:"state"` // queued, sending, unknown, held, failed, sent, superseded, cancelled
	Attempts int    `json:"attempts"`
	Text     string `json:"text"`
	RemoteID string `json:"remote_id"`
	Error    string `json:"error"`
	Hint     string `json:"hint"`
	What     string `json:"what"`
	says     string // in words, of what is no update
	Target   string `json:"target"`
	Link     string `json:"link"`
	Created  string `json:"created"`
	ByHand   string `json:"by_hand"`
}

func outboxes(s *session) *cobra.Command {
	var ref string
	var all bool
	ls := s.reads(&cobra.Command{Use: "list [REF]", Short: "what is to leave and what has left, the latest first", Args: takes(0, 1),
		Long: "Rows are named by their handle, in brackets, or their id. Without REF it lists\nwhat every incident has to send; --all adds what is over."},
		func(args []string) error {
			ref, _ = split(args, 0)
			return s.outboxList(ref, all || ref != "")
		})
	ls.Flags().BoolVar(&all, "all", false, "what is over too")
	return group("outbox", "what is to leave: list, hold, send, drop, sent-by-hand", ls,
		s.decides("hold ROW", "keep a row back until it is sent or dropped", app.Hold),
		s.decides("send ROW", "send a row that is held or has failed", app.SendRow),
		s.decides("drop ROW", "give a row up", app.Drop),
		s.decides("recall ROW", "take a row back that has not begun to leave", app.RecallRow),
		s.decides("sent-by-hand ROW", "say that you have sent it, or seen that it is there", app.SentByHand),
	)
}

func (s *session) outboxList(ref string, all bool) error {
	if err := s.read(); err != nil {
		return err
	}
	rows, err := s.store.LatestDeliveries(s.ctx, 500)
	if err != nil {
		return err
	}
	var only incident.ID
	if ref != "" {
		row, err := s.find(ref)
		if err != nil {
			return err
		}
		only = row.ID
	}
	views := []deliveryView{}
	for _, d := range rows {
		if (all || d.Open()) && (only.IsZero() || d.Incident == only) {
			v, err := s.delivery(d)
			if err != nil {
				return err
			}
			views = append(views, v)
		}
	}
	if s.json {
		return s.print(views)
	}
	if len(views) == 0 {
		s.say("nothing is to leave")
	}
	for _, v := range views {
		s.deliveryRow(v)
	}
	return nil
}

func (s *session) delivery(d incident.Delivery) (deliveryView, error) {
	v := deliveryView{ID: d.ID.String(), Audience: d.Audience, Route: d.Route, State: string(d.State), Attempts: d.Attempts, Text: d.Text, RemoteID: d.Remote,
		Error: d.Why, Hint: d.Hint, What: d.What, Target: d.Target, Link: d.Link, Created: stamp(d.Created), ByHand: d.ByHand, says: app.StepInWords(d)}
	if v.State == "" { // it was written just now
		v.State = string(incident.DeliveryQueued)
	}
	st, _, err := s.store.State(s.ctx, d.Incident)
	if err == nil {
		v.Incident, err = s.label(st.Row())
	}
	return v, err
}

func (s *session) deliveryRow(v deliveryView) {
	what := "to " + v.Audience + " by " + v.Route
	if v.Audience == "" {
		what = v.says + " by " + v.Route
	}
	text := fmt.Sprintf("%s %s: %s [%s]", v.Incident, what, short(flat(v.Text)), handle(v.ID))
	if v.Error != "" {
		text += "\n" + v.Error
		if v.Hint != "" {
			text += "; " + v.Hint
		}
	}
	s.block(v.State, 11, text)
}

// decides is a command that decides about a row.
func (s *session) decides(use, short string, what app.Decision) *cobra.Command {
	var how, remote string
	c := &cobra.Command{Use: use, Short: short, Args: takes(1, 1)}
	if what == app.SentByHand {
		c.Flags().StringVar(&how, "how", "", "by what it went (`HOW`): phone, mail …")
		c.Flags().StringVar(&remote, "remote", "", "its `ID` there, such as a channel's, for what waits for it")
	}
	wait := what == app.SendRow
	if wait {
		c.Flags().Bool("no-wait", false, "do not wait until it is sent")
	}
	return s.writes(c, func(args []string) error {
		if err := s.read(); err != nil {
			return err
		}
		row, err := s.deliveryOf(args[0])
		if err != nil {
			return err
		}
		actor, err := s.actor(row.Incident)
		if err != nil {
			return err
		}
		d, err := s.outgoing.Decide(s.ctx, actor, row.ID, what, how, remote)
		if err != nil {
			return err
		}
		if no, _ := c.Flags().GetBool("no-wait"); wait && !no {
			if rows, err := s.leave([]incident.Delivery{d}); err != nil {
				return err
			} else if len(rows) == 1 {
				d = rows[0]
			}
		}
		v, err := s.delivery(d)
		if err != nil {
			return err
		}
		if s.json {
			err = s.print(v)
		} else {
			s.deliveryRow(v)
			s.pending([]incident.Delivery{d})
		}
		if err == nil && wait {
			err = stuck([]incident.Delivery{d})
		}
		return err
	})
}

// deliveryOf finds a row by its id, or by its handle.
func (s *session) deliveryOf(text string) (incident.Delivery, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if id, err := incident.ParseID(text); err == nil && !id.IsZero() {
		return s.store.Delivery(s.ctx, id)
	}
	rows, err := s.store.LatestDeliveries(s.ctx, 10_000)
	if err != nil {
		return incident.Delivery{}, err
	}
	var found []incident.Delivery
	for _, d := range rows {
		if len(text) >= shortest && strings.HasSuffix(d.ID.String(), text) {
			found = append(found, d)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return incident.Delivery{}, fault.New(fault.NotFound, "there is no row %.60q in the outbox", text).WithHint("qd outbox list --all shows each row's handle in brackets")
}

// Bounds of waiting for what leaves.
const (
	patience = 30 * time.Second
	step     = 100 * time.Millisecond
)

// leave waits until rows have left or need a person, for half a minute. Where no cockpit
// is open on the folder it sends them itself.
func (s *session) leave(rows []incident.Delivery) ([]incident.Delivery, error) {
	end := s.clock.Now().Add(patience)
	for {
		if !workspace.Held(s.data) {
			if err := s.outgoing.Pass(s.ctx); err != nil {
				return rows, err
			}
			s.outgoing.Wait()
		}
		open := false
		for i := range rows {
			d, err := s.store.Delivery(s.ctx, rows[i].ID)
			if err != nil {
				return rows, err
			}
			rows[i] = d
			open = open || d.State == incident.DeliveryQueued || d.State == incident.DeliverySending || d.State == incident.DeliveryUnknown
		}
		if !open || !s.clock.Now().Before(end) {
			return rows, nil
		}
		if err := s.clock.Wait(s.ctx, step); err != nil {
			return rows, err
		}
	}
}

// pending says what has not left within the time that was waited, and who goes on.
func (s *session) pending(rows []incident.Delivery) {
	if s.json {
		return
	}
	goesOn := "no cockpit is open on this folder to go on: open one, or decide with qd outbox"
	if workspace.Held(s.data) {
		goesOn = "the open cockpit goes on"
	}
	said := map[string]bool{} // one line for all that go the same way
	for _, d := range rows {
		var line string
		switch d.State {
		case incident.DeliveryUnknown:
			line = fmt.Sprintf("it is not known whether it arrived by %s; %s", d.Route, goesOn)
		case incident.DeliveryQueued, incident.DeliverySending:
			line = fmt.Sprintf("it has not left by %s yet; %s", d.Route, goesOn)
		}
		if line != "" && !said[line] {
			said[line] = true
			s.aside("%s", line)
		}
	}
}

// stuck is the fault of rows that need a person.
func stuck(rows []incident.Delivery) error {
	for _, d := range rows {
		switch d.State {
		case incident.DeliveryFailed:
			return fault.New(fault.Refused, "%s refused it: %s", d.Route, d.Why).WithHint("%s; then qd outbox send %[2]s tries it again. Or do it by hand and say so with qd outbox sent-by-hand %[2]s", cmp.Or(d.Hint, "mend what it says"), handle(d.ID.String()))
		case incident.DeliveryHeld:
			return fault.New(fault.Unreachable, "it is held: %s", d.Why).WithHint("%s: qd outbox send, drop or sent-by-hand %s", d.Hint, handle(d.ID.String()))
		case incident.DeliverySuperseded, incident.DeliveryCancelled:
			return fault.New(fault.Conflict, "it was not sent: %s", d.State).WithHint("qd outbox list --all shows what was")
		}
	}
	return nil
}
