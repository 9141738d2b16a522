package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/oncall"
	"quarterdeck/internal/workspace"
)

// feedView is a calendar, and how its copy is.
type feedView struct {
	Name     string  `json:"name"`
	From     string  `json:"from"` // a path, or the host of an address
	Schedule string  `json:"schedule"`
	Role     string  `json:"role"`
	Preset   string  `json:"preset"`
	Override bool    `json:"override"`
	Zone     string  `json:"zone"`
	Events   int     `json:"events"`
	Read     *string `json:"read"`    // when the copy was last known to be current
	Changed  *string `json:"changed"` // when it last became another one
	Tried    *string `json:"tried"`
	Next     *string `json:"next"` // when a running cockpit looks at it again
	Held     bool    `json:"held"` // what came was not taken
	Skipped  int     `json:"skipped"`
	Trouble  string  `json:"trouble"`
	Kind     string  `json:"kind"` // of the trouble
	Hint     string  `json:"hint"`
}

func viewFeed(f app.FeedView) feedView {
	return feedView{f.Name, f.From, f.Schedule, f.Role, f.Preset, f.Override, f.Zone, f.Events, maybe(f.Read), maybe(f.Changed), maybe(f.Tried), maybe(f.Next), f.Held, f.Skipped, f.Trouble, f.Kind, f.Hint}
}

func calendarAdd(s *session) *cobra.Command {
	n := oncall.Calendar{}
	var preset string
	var roles map[string]string
	c := &cobra.Command{
		Use: "add NAME FILE-OR-URL", Short: "add a calendar, and read it", Args: takes(2, 2),
		Long: "FILE-OR-URL is a path, an http, https or webcal address, or - to read an address\nfrom standard input, so that it stands in no history; secret:NAME is the secret\nof that name. An address is as good as a password: it is kept in calendars.yaml,\nwhich only you can read, and shown as its host.\n\n" +
			"A source that says no is not added; one that cannot be reached just now is.",
		Example: "  qd calendar add payments https://acme.example.org/feed.ics --role commander\n  qd calendar add swaps ~/swaps.ics --override --schedule payments",
	}
	f := c.Flags()
	f.StringVar(&n.Role, "role", "", "the `ROLE` that its shifts fill: commander, operations …")
	f.StringToStringVar(&roles, "tag", nil, "`TAG=ROLE`: titles marked so ([L1], [Secondary], a schedule's name) fill another role; may be repeated")
	f.StringVar(&n.Schedule, "schedule", "", "the `NAME` of the schedule that it feeds (default: its own)")
	f.BoolVar(&n.Override, "override", false, "its shifts replace those of the schedule's other calendars")
	f.StringVar(&preset, "preset", "", "how its titles are `READ` (default: auto): "+presetWords())
	f.StringVar(&n.Title, "title", "", "a regular `EXPRESSION` with the group person, and perhaps tag and schedule")
	f.StringVar(&n.Person, "person", "", "the `PERSON` who is on in all of it: a personal feed")
	f.StringVar(&n.Zone, "zone", "", "the `ZONE` of times without one (default: what the file says, else UTC)")
	f.StringArrayVar(&n.ByDesign, "by-design", nil, "`WHEN` nobody has to be on: 'Sat-Sun', 'Mon-Fri 18:00-09:00'; may be repeated")
	f.StringArrayVar(&n.Skip, "skip", nil, "a `TITLE` that is no shift; may be repeated")
	f.BoolVar(&n.Shared, "shared", false, "several people at once are meant")
	f.BoolVar(&n.Local, "local", false, "its address may lie in the local network")
	f.DurationVar(&n.Refresh, "refresh", 0, "how `OFTEN` it is asked: 15m, 1h")
	return s.reads(c, func(args []string) error {
		n.Name, n.Preset, n.Roles = strings.TrimSpace(args[0]), oncall.Preset(strings.ToLower(preset)), roles
		if err := s.place(&n, args[1]); err != nil {
			return err
		}
		return s.addCalendar(n)
	})
}

func presetWords() string {
	out := make([]string, len(oncall.Presets))
	for i, p := range oncall.Presets {
		out[i] = string(p)
	}
	return strings.Join(out, ", ")
}

// place says where a calendar comes from.
func (s *session) place(n *oncall.Calendar, from string) error {
	if from == "-" {
		data, err := io.ReadAll(io.LimitReader(s.in, 64<<10))
		if err != nil {
			return fault.New(fault.Unreachable, "standard input cannot be read").WithCause(err)
		}
		if from = strings.TrimSpace(string(data)); !strings.Contains(from, "://") {
			return fault.Input("url", "what came on standard input is no address").WithHint("it begins with https://, http:// or webcal://")
		}
	}
	switch {
	case strings.HasPrefix(from, "secret:"):
		n.Secret = strings.TrimPrefix(from, "secret:")
	case strings.Contains(from, "://"):
		n.URL = from
	default:
		path, err := filepath.Abs(from)
		if err != nil {
			return fmt.Errorf("qd: calendar: %w", err)
		}
		if _, err := os.Stat(path); err != nil {
			return fault.New(fault.NotFound, "%s is not there", path).WithHint("check its name; an address begins with https://, http:// or webcal://")
		}
		n.File = path
	}
	return nil
}

func (s *session) addCalendar(n oncall.Calendar) error {
	if err := s.prepare(); err != nil {
		return err
	}
	taken := func(set *oncall.Settings) bool {
		return slices.ContainsFunc(set.Calendars, func(c oncall.Calendar) bool { return strings.EqualFold(c.Name, n.Name) })
	}
	err := workspace.ChangeCalendars(s.data, func(set *oncall.Settings) error {
		if taken(set) {
			return fault.New(fault.Conflict, "there is a calendar called %s already", n.Name).WithHint("choose another name, or qd calendar remove it first")
		}
		set.Calendars = append(slices.Clone(set.Calendars), n)
		return nil
	})
	if err != nil {
		return err
	}
	rota, err := s.rota()
	if err != nil {
		return err
	}
	trouble := rota.Refresh(s.ctx, n.Name)[n.Name]
	if trouble != nil && !fault.Is(trouble, fault.Unreachable) {
		if err := s.dropCalendar(n.Name, rota); err != nil {
			return err
		}
		return trouble
	}
	if trouble != nil {
		s.warn(trouble)
	}
	return s.sayFeeds(rota, n.Name)
}

func (s *session) dropCalendar(name string, rota *app.Rota) error {
	err := workspace.ChangeCalendars(s.data, func(set *oncall.Settings) error {
		had := len(set.Calendars)
		set.Calendars = slices.DeleteFunc(slices.Clone(set.Calendars), func(c oncall.Calendar) bool { return c.Name == name })
		if len(set.Calendars) == had {
			return app.NoCalendar(name)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return rota.Forget(name)
}

func calendarList(s *session) *cobra.Command {
	return s.reads(&cobra.Command{Use: "list", Short: "the calendars, and how their copies are", Args: takes(0, 0)}, func([]string) error {
		rota, err := s.rota()
		if err != nil {
			return err
		}
		return s.sayFeeds(rota)
	})
}

// sayFeeds shows calendars; without names all of them.
func (s *session) sayFeeds(rota *app.Rota, names ...string) error {
	out := []feedView{}
	for _, f := range rota.Feeds(s.clock.Now()) {
		if len(names) == 0 || slices.Contains(names, f.Name) {
			out = append(out, viewFeed(f))
		}
	}
	if s.json {
		if len(names) == 1 && len(out) == 1 {
			return s.print(out[0])
		}
		return s.print(out)
	}
	if len(out) == 0 {
		s.say("no calendar is kept here; qd calendar add NAME FILE-OR-URL --role ROLE adds one")
	}
	for _, f := range out {
		parts := []string{f.From}
		if f.Role != "" {
			parts = append(parts, "for "+f.Role)
		}
		if f.Override {
			parts = append(parts, "overrides "+f.Schedule)
		}
		if f.Read != nil {
			parts = append(parts, count(f.Events, "event"), "as of "+*f.Read)
		}
		if f.Skipped > 0 {
			parts = append(parts, count(f.Skipped, "line or event")+" skipped")
		}
		s.block(f.Name, 20, strings.Join(parts, " · "))
		if f.Trouble != "" {
			s.block("", 20, "! "+f.Trouble+". "+f.Hint)
		}
	}
	return nil
}

func calendarRefresh(s *session) *cobra.Command {
	var accept bool
	c := &cobra.Command{
		Use: "refresh [NAME]...", Short: "look at calendars now", Args: cobra.ArbitraryArgs,
		Long: "Without a NAME all of them. One that fails keeps its last good copy. One that\nhas lost its shifts keeps it too, until --accept says that this is right.",
	}
	c.Flags().BoolVar(&accept, "accept", false, "take what was held back")
	return s.reads(c, func(args []string) error {
		if accept && len(args) == 0 {
			return wrong("name", c.UseLine(), "--accept needs the name of a calendar")
		}
		rota, err := s.rota()
		if err != nil {
			return err
		}
		for _, name := range args {
			if !slices.ContainsFunc(rota.Settings().Calendars, func(c oncall.Calendar) bool { return c.Name == name }) {
				return app.NoCalendar(name)
			}
		}
		failed := map[string]error{}
		if accept {
			for _, name := range args {
				if err := rota.Accept(s.ctx, name); err != nil {
					return err
				}
			}
		} else {
			failed = rota.Refresh(s.ctx, args...)
		}
		if err := worst(failed); err != nil && s.json {
			return err
		}
		if err := s.sayFeeds(rota, args...); err != nil {
			return err
		}
		return worst(failed)
	})
}

// worst is one fault for several calendars.
func worst(failed map[string]error) error {
	names := slices.Sorted(maps.Keys(failed))
	if len(names) == 0 {
		return nil
	}
	f := fault.Of(failed[names[0]])
	if len(names) == 1 {
		return f
	}
	return fault.New(f.Code, "%d calendars could not be refreshed: %s", len(names), strings.Join(names, ", ")).WithHint("%s", f.Hint)
}

func calendarRemove(s *session) *cobra.Command {
	return s.reads(&cobra.Command{Use: "remove NAME", Short: "forget a calendar, and its copy", Args: takes(1, 1)}, func(args []string) error {
		rota, err := s.rota()
		if err != nil {
			return err
		}
		return s.dropCalendar(args[0], rota)
	})
}

// window is the stretch that a picture shows.
type window struct{ from, to edge }

func (w *window) span(now time.Time) (from, to time.Time, err error) {
	from, to = now, now.AddDate(0, 0, 28)
	if w.from != 0 {
		from = time.UnixMilli(int64(w.from)).UTC()
		to = from.AddDate(0, 0, 28)
	}
	if w.to != 0 {
		to = time.UnixMilli(int64(w.to)).UTC()
	}
	if !from.Before(to) || to.Sub(from) > 400*24*time.Hour {
		return from, to, wrong("to", "at most 400 days, and --to later than --from", "that is no stretch to show")
	}
	return from, to, nil
}
