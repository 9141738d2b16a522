package main

import (
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/exchange"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/ical"
	"quarterdeck/internal/incident"
)

// imported is what an import has brought.
type imported struct {
	Format   string           `json:"format"`
	Incident string           `json:"incident"`
	Ref      string           `json:"ref"`
	Records  int              `json:"records"` // in the file
	New      int              `json:"new"`     // of these, not here before
	DryRun   bool             `json:"dry_run,omitempty"`
	Title    string           `json:"title,omitempty"`
	Channels []string         `json:"channels,omitempty"` // of a Slack archive
	Columns  []app.ColumnView `json:"columns,omitempty"`  // and what they are taken for
	People   []string         `json:"people,omitempty"`
	Left     []app.LeftView   `json:"left,omitempty"`     // what is not taken over
	Problems []string         `json:"problems,omitempty"` // what could not be read
	Aside    string           `json:"aside,omitempty"`    // the attached file with the fields that are not taken over
	Files    int              `json:"files"`              // attached, in the file
	Lacks    []string         `json:"lacks,omitempty"`    // attached, and not in it
}

func importFile(s *session) *cobra.Command {
	var dry bool
	var format, channel, ref, title, columns, people, days, zone, day string
	c := &cobra.Command{Use: "import FILE", Short: "bring in an incident, a Slack export, a table, a timeline", Args: takes(1, 1),
		Long: "An incident that was exported as json comes in as it is, once its records have\n" +
			"been proved. Everything else becomes a new incident, entered after the fact, or\n" +
			"goes into the one that --incident names: nothing of it is sent or rings.\n" +
			"Importing twice adds nothing; what has been added to the file since comes in.\n" +
			"--dry-run says what would come. Fields that are not taken over are named, and\n" +
			"kept as an attached file. - reads standard input.",
		Example: "  qd import inc-7.json\n  qd import export.zip --channel incident-7 --dry-run\n  qd import log.csv --map 'time=When,text=What happened' --incident INC-7"}
	f := c.Flags()
	f.BoolVar(&dry, "dry-run", false, "say what would come in; write nothing")
	f.StringVar(&format, "format", "", "`FORMAT`: "+app.FormatJSON+", "+strings.Join(exchange.Formats, ", ")+" (default: as the file looks)")
	f.StringVar(&channel, "channel", "", "of a Slack export: the `CHANNEL`")
	f.StringVar(&ref, "incident", "", "`REF` of the incident that it goes into (default: a new one)")
	f.StringVar(&title, "title", "", "`TITLE` of a new one")
	f.StringVar(&columns, "map", "", "of a table, which column holds what: `FIELD=COLUMN,…` with "+strings.Join(exchange.Fields, ", "))
	f.StringVar(&people, "people", "", "who is who: `NAME=PERSON,…`")
	f.StringVar(&days, "days", "", "how 3/4/2026 is meant: `dmy` or mdy")
	f.StringVar(&zone, "zone", "", "`ZONE` of times that name none (default: UTC)")
	f.StringVar(&day, "day", "", "`DAY` of times that name none, 2026-03-02")
	return s.writes(c, func(args []string) error {
		m := &app.Import{Dry: dry, Title: title, Options: exchange.Options{Format: format, Name: args[0], Channel: channel, Days: days, Zone: time.UTC}}
		var err error
		if format != "" {
			if err := choice("format", format, append([]string{app.FormatJSON}, exchange.Formats...)...); err != nil {
				return err
			}
		}
		if days != "" {
			if err := choice("days", days, "dmy", "mdy"); err != nil {
				return err
			}
		}
		if m.Columns, err = pairs("map", columns); err != nil {
			return err
		}
		if m.Options.People, err = pairs("people", people); err != nil {
			return err
		}
		if zone != "" {
			if m.Zone = ical.Zone(zone); m.Zone == nil {
				return wrong("zone", "use a name such as Europe/Berlin or UTC", "%.40q is no time zone", zone)
			}
		}
		if day != "" {
			if m.Day, err = time.ParseInLocation("2006-01-02", day, m.Zone); err != nil {
				return wrong("day", "write it as 2026-03-02", "%.40q is no day", day)
			}
		}
		data, err := s.bytes(args[0])
		if err != nil {
			return err
		}
		return s.bring(m, ref, data)
	})
}

// pairs reads a list of NAME=VALUE.
func pairs(flag, text string) (map[string]string, error) {
	out := map[string]string{}
	for part := range strings.SplitSeq(text, ",") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		name, value, ok := strings.Cut(part, "=")
		if !ok || strings.TrimSpace(name) == "" || strings.TrimSpace(value) == "" {
			return nil, wrong(flag, "write NAME=VALUE, with commas between", "--%s: %.60q is no pair", flag, part)
		}
		out[strings.TrimSpace(name)] = strings.TrimSpace(value)
	}
	return out, nil
}

// bring imports a file, or says what importing it would bring. A folder that is not there
// stays so.
func (s *session) bring(m *app.Import, ref string, data []byte) (err error) {
	if m.Dry {
		err = s.read()
	} else {
		err = s.found()
	}
	if errors.Is(err, errNone) {
		return s.bringNowhere(m, data)
	}
	if err != nil {
		return err
	}
	m.Store, m.Cockpit, m.Now = s.store, s.cockpit, s.now()
	if ref != "" {
		row, err := s.find(ref)
		if err != nil {
			return err
		}
		m.Into = row.ID
	}
	if m.Actor, err = s.actor(m.Into); err != nil {
		return err
	}
	m.Known = s.known()
	v, err := m.Run(s.ctx, data)
	if err == nil && v.Needs != nil {
		err = wrong(v.Needs.Field, v.Needs.Hint+" with --"+v.Needs.Field, "%s", v.Needs.Message)
	}
	if err != nil {
		return err
	}
	if v.Done {
		row, err := s.find(v.Incident)
		if err != nil {
			return err
		}
		if v.Ref, err = s.label(row); err != nil {
			return err
		}
	}
	return s.sayImported(v, m.Dry)
}

// bringNowhere says what an import would bring where there is nothing yet.
func (s *session) bringNowhere(m *app.Import, data []byte) error {
	dir, err := os.MkdirTemp("", "quarterdeck-import-")
	if err != nil {
		return fault.New(fault.Unreachable, "no folder for a moment can be made").WithHint("check the disk").WithCause(err)
	}
	defer os.RemoveAll(dir) //nolint:errcheck // nothing is in it
	at := s.data
	s.data = dir
	defer func() { s.data = at }()
	if err := s.found(); err != nil {
		return err
	}
	m.Store, m.Cockpit, m.Now, m.Actor = s.store, s.cockpit, s.now(), person{}
	v, err := m.Run(s.ctx, data)
	if err == nil && v.Needs != nil {
		err = wrong(v.Needs.Field, v.Needs.Hint+" with --"+v.Needs.Field, "%s", v.Needs.Message)
	}
	if err != nil {
		return err
	}
	return s.sayImported(v, true)
}

func (s *session) sayImported(v app.ImportView, dry bool) error {
	out := imported{Format: v.Format, Incident: v.Incident, Ref: v.Ref, Records: v.Records, New: v.New, DryRun: dry, Title: v.Title, Columns: v.Columns, Left: v.Left, Problems: v.Problems, Aside: v.Aside, Files: v.Files, Lacks: slices.Clip(v.Lacks)}
	for _, p := range v.People {
		out.People = append(out.People, p.As)
	}
	chosen := v.Channel != "" || len(v.Channels) < 2
	if !chosen {
		out.Channels = v.Channels
		if !dry {
			return wrong("channel", "add --channel NAME: "+strings.Join(v.Channels, ", "), "the archive holds the messages of %s", count(len(v.Channels), "channel"))
		}
	}
	if s.json {
		return s.print(out)
	}
	if !chosen {
		s.say("the archive holds the channels %s; choose one with --channel", flat(strings.Join(v.Channels, ", ")))
		return nil
	}
	name := out.Ref
	if name == "" {
		name = "a new incident, “" + out.Title + "”"
	}
	what := "record"
	if v.Format != app.FormatJSON {
		what = "message"
	}
	if dry {
		s.say("%s: %d new of %s would come in; nothing was written", flat(name), out.New, count(out.Records, what))
	} else {
		s.say("%s: %d new of %s", flat(name), out.New, count(out.Records, what))
	}
	s.sayLeft(out, v, dry)
	return nil
}

// sayLeft says what is not taken over, and what is amiss.
func (s *session) sayLeft(out imported, v app.ImportView, dry bool) {
	if dry {
		for _, l := range v.Lines[:min(len(v.Lines), 5)] {
			if v.Format != app.FormatJSON {
				s.block(wholeSecond(stamp(l.At)), 23, flat(l.Actor)+": "+short(l.Text))
			}
		}
	}
	var columns []string
	for _, c := range out.Columns {
		columns = append(columns, c.Name+" = "+c.Field)
	}
	if len(columns) > 0 && dry {
		s.say("columns: %s", flat(strings.Join(columns, ", ")))
	}
	if len(out.People) > 0 && dry {
		s.say("people: %s", flat(strings.Join(out.People, ", ")))
	}
	for _, l := range out.Left {
		s.say("not taken over: %s (%d)", flat(l.What), l.Count)
	}
	if out.Aside != "" {
		s.say("fields that are not taken over are kept in the attached file %s", flat(out.Aside))
	}
	for _, p := range out.Problems {
		s.say("amiss: %s", flat(p))
	}
	if out.Files > 0 {
		s.say("with %s", count(out.Files, "attached file"))
	}
	if len(out.Lacks) > 0 {
		s.say("not in the file, though attached: %s", flat(strings.Join(out.Lacks, ", ")))
	}
}

// bytes reads a file whole, as far as an import may be.
func (s *session) bytes(path string) ([]byte, error) {
	in, _, err := s.file(path)
	if err != nil {
		return nil, err
	}
	defer in.Close() //nolint:errcheck // it was only read
	data, err := io.ReadAll(io.LimitReader(in, exchange.MaxSize+1))
	if err != nil {
		return nil, fault.New(fault.Unreachable, "%s cannot be read to its end", path).WithHint("check the disk").WithCause(err)
	}
	if len(data) > exchange.MaxSize {
		return nil, fault.New(fault.Invalid, "%s is larger than %s", path, incident.Size(exchange.MaxSize)).WithHint("no incident is that large: choose the file of one incident")
	}
	return data, nil
}
