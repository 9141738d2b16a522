package main

import (
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/oncall"
	"quarterdeck/internal/workspace"
)

// pictureView is what the calendars say about a stretch of time.
type pictureView struct {
	From      string     `json:"from"`
	To        string     `json:"to"`
	Schedules []laneView `json:"schedules"` // by schedule, then role
	Load      []loadView `json:"load"`      // the longest first
	Problems  []string   `json:"problems"`
}

type laneView struct {
	Schedule string        `json:"schedule"`
	Role     string        `json:"role"`
	Zone     string        `json:"zone"`
	Shifts   []turnView    `json:"shifts"`
	Gaps     []stretchView `json:"gaps"`
	ByDesign []stretchView `json:"by_design"`
	Overlaps []overlapView `json:"overlaps"`
	Horizon  *string       `json:"horizon"` // behind it nothing is known
}

type turnView struct {
	Person   string `json:"person"`
	Start    string `json:"start"`
	End      string `json:"end"`
	Override bool   `json:"override"`
	Title    string `json:"title"`
}

type stretchView struct {
	Start string `json:"start"`
	End   string `json:"end"`
}

type overlapView struct {
	Start   string   `json:"start"`
	End     string   `json:"end"`
	Persons []string `json:"persons"`
}

type loadView struct {
	Person  string `json:"person"`
	Minutes int    `json:"minutes"`
	Nights  int    `json:"nights"`
	Weekend int    `json:"weekend_days"`
	Shifts  int    `json:"shifts"`
}

func calendarShow(s *session) *cobra.Command {
	w := window{}
	c := &cobra.Command{
		Use: "show", Short: "shifts, gaps, overlaps and load of a stretch of time", Args: takes(0, 0),
		Long: "Load counts each hour once, in however many schedules somebody is on. A night\nis one in which they are on for an hour or more between 22:00 and 06:00 of their\nown day, by their zone in people.yaml, else by the schedule's.",
	}
	c.Flags().Var(&w.from, "from", "from this `TIME` on (default: now)")
	c.Flags().Var(&w.to, "to", "up to this `TIME` (default: four weeks later)")
	return s.reads(c, func([]string) error {
		from, to, err := w.span(s.clock.Now())
		if err != nil {
			return err
		}
		rota, err := s.rota()
		if err != nil {
			return err
		}
		v := picture(rota.Between(from, to), from, to)
		if s.json {
			return s.print(v)
		}
		s.sayPicture(v)
		return nil
	})
}

func picture(r *oncall.Roster, from, to time.Time) pictureView {
	out := pictureView{From: stamp(from.UnixMilli()), To: stamp(to.UnixMilli()), Schedules: []laneView{}, Load: []loadView{}, Problems: append([]string{}, r.Problems...)}
	for i := range r.Lanes {
		l := &r.Lanes[i]
		v := laneView{l.Schedule, l.Role, l.Zone.String(), []turnView{}, spans(l.Gaps(from, to)), spans(l.Quiet(from, to)), []overlapView{}, moment(l.Horizon)}
		for _, t := range l.Turns {
			if t.End.After(from) && t.Start.Before(to) {
				v.Shifts = append(v.Shifts, turnView{t.Who.Name, stamp(t.Start.UnixMilli()), stamp(t.End.UnixMilli()), t.Shift.Override, t.Shift.Title})
			}
		}
		for _, o := range l.Overlaps {
			if !o.End.After(from) || !o.Start.Before(to) {
				continue
			}
			names := []string{}
			for _, w := range o.Who {
				names = append(names, w.Name)
			}
			v.Overlaps = append(v.Overlaps, overlapView{stamp(o.Start.UnixMilli()), stamp(o.End.UnixMilli()), names})
		}
		out.Schedules = append(out.Schedules, v)
	}
	for _, l := range r.Loads(from, to) {
		out.Load = append(out.Load, loadView{l.Who.Name, int(l.Hours / time.Minute), l.Nights, l.Days, l.Turns})
	}
	return out
}

func spans(list []oncall.Span) []stretchView {
	out := make([]stretchView, len(list))
	for i, x := range list {
		out[i] = stretchView{stamp(x.Start.UnixMilli()), stamp(x.End.UnixMilli())}
	}
	return out
}

func (s *session) sayPicture(v pictureView) {
	for _, l := range v.Schedules {
		head := l.Schedule
		if l.Role != "" {
			head += " (" + l.Role + ")"
		}
		s.styled(bold, func() { s.say("%s", head) })
		for _, t := range l.Shifts {
			text := t.Person
			if t.Override {
				text += " (override)"
			}
			s.block("  "+t.Start+" "+t.End, 44, text)
		}
		for _, g := range l.Gaps {
			s.block("  "+g.Start+" "+g.End, 44, "NOBODY")
		}
		for _, o := range l.Overlaps {
			s.block("  "+o.Start+" "+o.End, 44, "claimed by "+strings.Join(o.Persons, " and "))
		}
		if l.Horizon != nil {
			s.say("  nothing is known after %s", *l.Horizon)
		}
	}
	for _, l := range v.Load {
		s.block(l.Person, 26, span(int64(l.Minutes)*60_000)+" on call, "+count(l.Nights, "night")+", "+count(l.Weekend, "weekend day"))
	}
	for _, p := range v.Problems {
		s.aside("%s", p)
	}
}

func overrides(s *session) *cobra.Command {
	return group("override", "somebody in the place of others, for a while", overrideAdd(s), overrideList(s), overrideRemove(s), overrideExport(s))
}

// overrideView is an override made here.
type overrideView struct {
	ID       string `json:"id"`
	Schedule string `json:"schedule"`
	Role     string `json:"role"`
	Person   string `json:"person"`
	From     string `json:"from"`
	To       string `json:"to"`
	Note     string `json:"note"`
}

func overrideAdd(s *session) *cobra.Command {
	o := oncall.Override{}
	w := window{}
	c := &cobra.Command{
		Use: "add SCHEDULE PERSON", Short: "put a person in the place of others", Args: takes(2, 2),
		Example: "  qd override add payments dee --to 2026-11-21T08:00:00Z",
	}
	c.Flags().Var(&w.from, "from", "from this `TIME` on (default: now)")
	c.Flags().Var(&w.to, "to", "up to this `TIME`")
	c.Flags().StringVar(&o.Role, "role", "", "only for this `ROLE` of the schedule")
	c.Flags().StringVar(&o.Note, "note", "", "`WHY`")
	return s.reads(c, func(args []string) error {
		if w.to == 0 {
			return wrong("to", "--to 2026-11-21T08:00:00Z", "until when?")
		}
		rota, err := s.rota()
		if err != nil {
			return err
		}
		o.Schedule = args[0]
		if !slices.ContainsFunc(rota.Roster().Lanes, func(l oncall.Lane) bool { return l.Schedule == o.Schedule }) {
			return fault.New(fault.NotFound, "there is no schedule %.60q", o.Schedule).WithHint("qd oncall shows them")
		}
		p, err := one(rota.People(), args[1])
		if err != nil {
			return err
		}
		if o.Person = strings.TrimSpace(args[1]); p != nil {
			o.Person = p.Name
		}
		o.From, o.To = s.clock.Now(), time.UnixMilli(int64(w.to)).UTC()
		if w.from != 0 {
			o.From = time.UnixMilli(int64(w.from)).UTC()
		}
		return workspace.ChangeCalendars(s.data, func(set *oncall.Settings) error { return app.PutOverride(set, o) })
	})
}

func overrideList(s *session) *cobra.Command {
	return s.reads(&cobra.Command{Use: "list", Short: "the overrides made here, by time", Args: takes(0, 0)}, func([]string) error {
		rota, err := s.rota()
		if err != nil {
			return err
		}
		out := []overrideView{}
		for _, o := range rota.Settings().Overrides {
			out = append(out, overrideView{o.ID, o.Schedule, o.Role, o.Person, stamp(o.From.UnixMilli()), stamp(o.To.UnixMilli()), o.Note})
		}
		slices.SortStableFunc(out, func(a, b overrideView) int { return strings.Compare(a.From, b.From) })
		if s.json {
			return s.print(out)
		}
		for _, o := range out {
			s.block(o.ID, 38, strings.TrimSpace(o.Person+" for "+o.Schedule+" from "+o.From+" to "+o.To+" "+o.Note))
		}
		return nil
	})
}

func overrideRemove(s *session) *cobra.Command {
	return s.reads(&cobra.Command{Use: "remove ID", Short: "take an override away", Args: takes(1, 1)}, func(args []string) error {
		if err := s.folder(); err != nil {
			return err
		}
		return workspace.ChangeCalendars(s.data, func(set *oncall.Settings) error { return app.CutOverride(set, args[0]) })
	})
}

func overrideExport(s *session) *cobra.Command {
	c := &cobra.Command{Use: "export FILE", Short: "all of them as an .ics file", Args: takes(1, 1), Long: "It can be imported where the calendars are kept. FILE may be - for standard\noutput."}
	return s.reads(c, func(args []string) error {
		rota, err := s.rota()
		if err != nil {
			return err
		}
		text, err := rota.ExportOverrides()
		if err != nil {
			return err
		}
		if args[0] == "-" {
			s.out.WriteString(text)
			return nil
		}
		if err := os.WriteFile(args[0], []byte(text), 0o600); err != nil {
			return fault.New(fault.Unreachable, "%s cannot be written", args[0]).WithHint("check the folder and the disk").WithCause(err)
		}
		return nil
	})
}
