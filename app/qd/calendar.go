package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/feed"
	"quarterdeck/internal/ical"
	"quarterdeck/internal/secret/token"
)

func calendars(s *session) *cobra.Command {
	return group("calendar", "on-call calendars: who is on call is qd oncall",
		calendarAdd(s), calendarList(s), calendarRefresh(s), calendarRemove(s), calendarShow(s), expand(s))
}

// occurrenceView is one stretch of time of a calendar.
type occurrenceView struct {
	Start   string `json:"start"`
	End     string `json:"end"`
	Summary string `json:"summary"`
	UID     string `json:"uid"`
	AllDay  bool   `json:"all_day"`
	// The days of an all-day one, in its own zone; the second is exclusive.
	StartDate string `json:"start_date,omitempty"`
	EndDate   string `json:"end_date,omitempty"`
	Status    string `json:"status"`
	Location  string `json:"location"`
	Zone      string `json:"zone"`
	// RecurrenceID is the start that the series gives it; empty when it does not repeat.
	RecurrenceID string `json:"recurrence_id"`
	Line         int    `json:"line"` // of the event in the file
}

// noteView is a remark about a calendar file.
type noteView struct {
	Kind        string `json:"kind"` // lost, choice, cut, mended or ignored
	Line        int    `json:"line"` // 0 = the file as a whole
	Component   string `json:"component"`
	Event       string `json:"event"`
	What        string `json:"what"`
	Consequence string `json:"consequence"`
}

type expandFlags struct {
	from, to edge
	zone     string
	report   bool
}

func expand(s *session) *cobra.Command {
	f := &expandFlags{}
	c := &cobra.Command{
		Use: "expand FILE-OR-URL", Short: "what a calendar file says, with everything that repeats", Args: takes(1, 1),
		Long: "Lists what overlaps the time from --from up to --to, by start. - reads standard\ninput; an address is asked once, and nothing is kept. Cancelled events are left\nout. What was not understood, and which of two readings was taken, is said on\nstderr.",
	}
	c.Flags().Var(&f.from, "from", "from this `TIME` on")
	c.Flags().Var(&f.to, "to", "up to this `TIME`, which does not count")
	c.Flags().StringVar(&f.zone, "zone", "", "`ZONE` of dates and of times without one, unless the file says (default: UTC)")
	c.Flags().BoolVar(&f.report, "report", false, "say every remark about the file; with --json as a list on stderr")
	return s.reads(c, func(args []string) error { return s.expand(args[0], f) })
}

func (s *session) expand(arg string, f *expandFlags) error {
	switch {
	case f.from == 0:
		return wrong("from", "--from 2026-11-20T00:00:00Z", "from when?")
	case f.to == 0:
		return wrong("to", "--to 2026-12-20T00:00:00Z", "until when?")
	case f.to <= f.from:
		return wrong("to", "--to is later than --from", "the time ends before it begins")
	}
	zone := time.UTC
	if f.zone != "" {
		if zone = ical.Zone(f.zone); zone == nil {
			return wrong("zone", "a name such as Europe/Berlin or America/New_York", "there is no zone %.60q", f.zone)
		}
	}
	in, err := s.calendarFile(arg)
	if err != nil {
		return err
	}
	defer in.Close()
	cal, report, err := ical.Read(in, ical.Options{})
	if err != nil {
		return refusedCalendar(err)
	}
	found, err := cal.Expand(time.UnixMilli(int64(f.from)), time.UnixMilli(int64(f.to)), zone)
	out := make([]occurrenceView, len(found))
	for i := range found {
		out[i] = occurrence(&found[i])
	}
	if e := s.sayOccurrences(out); e != nil {
		return e
	}
	if e := s.sayReport(report, f.report); e != nil {
		return e
	}
	if err != nil {
		return refusedCalendar(err)
	}
	return nil
}

// calendarFile opens what holds a calendar.
func (s *session) calendarFile(arg string) (io.ReadCloser, error) {
	if arg == "-" {
		return io.NopCloser(s.in), nil
	}
	if i := strings.Index(arg, "://"); i > 0 {
		data, err := feed.Get(s.ctx, feed.Feed{Address: token.New(arg)})
		return io.NopCloser(bytes.NewReader(data)), err
	}
	f, err := os.Open(arg)
	if err != nil {
		return nil, fault.New(fault.Unreachable, "%s cannot be read", arg).WithHint("check its name and its rights").WithCause(err)
	}
	return f, nil
}

// refusedCalendar gives the refusal of a calendar a code.
func refusedCalendar(err error) error {
	var no *ical.Refusal
	if !errors.As(err, &no) {
		return err
	}
	f := fault.New(fault.Refused, "%s", no.Text).WithHint("nothing in it is used; look whether it is the right file")
	switch no.Reason {
	case ical.Unreadable:
		return fault.New(fault.Unreachable, "%s", no.Text).WithHint("try again").WithCause(no.Unwrap())
	case ical.WebPage:
		return f.WithHint("the address wants you to sign in: ask for the calendar's secret address, which needs no sign-in")
	case ical.TooMany:
		return f.WithHint("ask for a shorter time; if that does not help, share a calendar with the coming months only")
	}
	return f
}

func occurrence(o *ical.Occurrence) occurrenceView {
	v := occurrenceView{
		Start: stamp(o.Start.UnixMilli()), End: stamp(o.End.UnixMilli()), Summary: o.Summary, UID: o.UID, AllDay: o.AllDay,
		Status: o.Status, Location: o.Location, Zone: o.Start.Location().String(), Line: o.Line,
	}
	if o.AllDay {
		v.StartDate, v.EndDate = o.Start.Format(time.DateOnly), o.End.Format(time.DateOnly)
	}
	if !o.RecurrenceID.IsZero() {
		v.RecurrenceID = stamp(o.RecurrenceID.UnixMilli())
	}
	return v
}

func (s *session) sayOccurrences(out []occurrenceView) error {
	if s.json {
		return s.print(out)
	}
	if len(out) == 0 {
		s.say("nothing in that time")
	}
	for _, v := range out {
		summary := flat(v.Summary)
		if summary == "" {
			summary = "(without a title)"
		}
		if v.AllDay {
			summary += " (all day in " + v.Zone + ")"
		}
		if v.Status == "TENTATIVE" {
			summary += " (tentative)"
		}
		s.block(v.Start+" "+v.End, 42, summary)
	}
	return nil
}

// sayReport puts what was remarked about a file on stderr. Unasked it says what changes the
// answer, to people only.
func (s *session) sayReport(r *ical.Report, all bool) error {
	if s.json {
		if !all {
			return nil
		}
		out := make([]noteView, len(r.Notes))
		for i, n := range r.Notes {
			out[i] = noteView{string(n.Kind), n.Line, n.Component, n.Event, n.What, n.Consequence}
		}
		data, err := encode(out)
		if err == nil {
			_, err = s.stderr.Write(data)
		}
		return err
	}
	const few = 10
	said, kept := 0, r.More
	for _, n := range r.Notes {
		if !all && (said >= few || n.Kind == ical.Mended || n.Kind == ical.Ignored) {
			kept++
			continue
		}
		said++
		s.aside("%s", noteText(n))
	}
	if kept > 0 && (said > 0 || all) {
		more := "; --report says them"
		if all {
			more = ""
		}
		s.aside("%s more%s", count(kept, "remark"), more)
	}
	return nil
}

func noteText(n ical.Note) string {
	where := "the file"
	if n.Line > 0 {
		where = "line " + strconv.Itoa(n.Line)
	}
	if n.Component != "" {
		where += ", " + n.Component
	}
	if n.Event != "" {
		where += " " + flat(n.Event)
	}
	text := where + ": " + n.What
	if n.Consequence != "" {
		text += ": " + n.Consequence
	}
	return text
}
