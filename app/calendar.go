package app

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/feed"
	"quarterdeck/internal/ical"
	"quarterdeck/internal/oncall"
	"quarterdeck/internal/secret"
	"quarterdeck/internal/secret/token"
	"quarterdeck/internal/workspace"
)

// AddCalendar adds a calendar and looks at it once, which takes as long as its source
// does, at most 20 s. One that gives no calendar is not added; one that cannot be reached
// now is, and says so. What was said about the URL never holds the URL.
func (a *API) AddCalendar(in AddCalendarInput) (v FeedView, err error) {
	defer guard(&err)
	v = FeedView{ByDesign: []string{}, Notes: []string{}}
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	c := oncall.Calendar{Name: strings.TrimSpace(in.Name), Role: strings.TrimSpace(in.Role), Schedule: strings.TrimSpace(in.Schedule), Zone: strings.TrimSpace(in.Zone),
		Override: in.Override, Local: in.Local}
	if err := b.mayAdd(&c); err != nil {
		return v, err
	}
	undo, err := b.source(ctx, &c, in)
	if err != nil {
		return v, err
	}
	err = workspace.ChangeCalendars(b.Data, func(s *oncall.Settings) error {
		if taken(s, c.Name) {
			return alreadyThere(c.Name)
		}
		s.Calendars = append(slices.Clone(s.Calendars), c)
		return nil
	})
	if err = b.rotaChanged(err); err != nil {
		undo()
		return v, err
	}
	if trouble := b.rota.Refresh(ctx, c.Name)[c.Name]; trouble != nil && !fault.Is(trouble, fault.Unreachable) {
		_, err := b.dropCalendar(c.Name)
		if err != nil {
			slog.Warn("a calendar that gave nothing stays", "calendar", c.Name, "error", err)
		}
		undo()
		f := fault.Of(trouble)
		return v, fault.Input(fieldOf(in), "%s", f.Message).WithHint("%s", f.Hint)
	}
	b.showRota()
	for _, f := range b.rota.Feeds(b.clock.Now()) {
		if f.Name == c.Name {
			v = f
		}
	}
	return v, nil
}

// fieldOf is the field that says where a calendar comes from.
func fieldOf(in AddCalendarInput) string {
	switch {
	case in.URL != "":
		return "url"
	case in.Text != "":
		return "text"
	}
	return "file"
}

func taken(s *oncall.Settings, name string) bool {
	return slices.ContainsFunc(s.Calendars, func(c oncall.Calendar) bool { return strings.EqualFold(c.Name, name) })
}

func alreadyThere(name string) error {
	return fault.Input("name", "there is a calendar called %.60s already", name).WithHint("choose another name, or remove that one first")
}

// mayAdd refuses what could not be added wherever it came from.
func (b *Backend) mayAdd(c *oncall.Calendar) error {
	settings := b.rota.Settings()
	switch {
	case c.Name == "":
		return fault.Input("name", "the calendar has no name").WithHint("the schedule's own will do")
	case taken(&settings, c.Name):
		return alreadyThere(c.Name)
	}
	probe := oncall.Settings{Calendars: []oncall.Calendar{*c}}
	probe.Calendars[0].File = "-"
	for _, p := range probe.Check() {
		return fault.Input(p.Path[strings.LastIndex(p.Path, ".")+1:], "%s", p.Message).WithHint("%s", p.Hint)
	}
	return nil
}

// source says where a calendar comes from; undo takes away what that has made.
func (b *Backend) source(ctx context.Context, c *oncall.Calendar, in AddCalendarInput) (undo func(), err error) {
	undo = func() {}
	file, address := strings.TrimSpace(in.File), strings.TrimSpace(in.URL)
	given := 0
	for _, x := range []string{file, address, strings.TrimSpace(in.Text)} {
		if x != "" {
			given++
		}
	}
	switch {
	case given != 1:
		return undo, fault.Input("file", "a calendar comes from one place; %d are given", given).WithHint("give a file, an address, or a list")
	case file != "":
		return undo, placeFile(c, file)
	case address != "":
		return b.placeAddress(ctx, c, address)
	}
	return b.placeText(c, in.Text)
}

func placeFile(c *oncall.Calendar, path string) error {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			path = filepath.Join(home, rest)
		}
	}
	if !filepath.IsAbs(path) {
		return fault.Input("file", "%.80q is not a full path", path).WithHint("begin it with / or ~/")
	}
	if info, err := os.Stat(path); err != nil || info.IsDir() {
		return fault.Input("file", "%.120s is not there, or is a folder", path).WithHint("check its name")
	}
	c.File = filepath.Clean(path)
	return nil
}

// placeAddress keeps an address as a secret; where no place outlives the program it stays
// in the file of calendars, which only its owner may read.
func (b *Backend) placeAddress(ctx context.Context, c *oncall.Calendar, address string) (undo func(), err error) {
	undo = func() {}
	probe := oncall.Settings{Calendars: []oncall.Calendar{{Name: c.Name, URL: address}}}
	for _, p := range probe.Check() {
		return undo, fault.Input("url", "%s", p.Message).WithHint("%s", p.Hint)
	}
	name := "calendar_" + slug(c.Name, '_')
	if _, err := b.secrets.Get(ctx, name); err == nil { // somebody else's
		c.URL = address
		return undo, nil
	}
	kept, err := b.secrets.Set(ctx, name, token.New(address))
	if err != nil || kept.Place == secret.Memory {
		if err == nil {
			if err := b.secrets.Remove(ctx, name); err != nil { // what only this process knows goes with it
				slog.Warn("the address of a calendar is still in memory", "secret", name, "error", err)
			}
		}
		c.URL = address
		return undo, nil
	}
	c.Secret = name
	return func() {
		if err := b.secrets.Remove(ctx, name); err != nil {
			slog.Warn("the address of a calendar that was not added may still be kept", "secret", name, "error", err)
		}
	}, nil
}

// discard removes a file that no calendar names.
func discard(path string) {
	if err := os.Remove(path); err != nil {
		slog.Warn("a file that no calendar needs is still there", "file", path, "error", err)
	}
}

// writtenFolder holds the calendars that were typed or pasted here.
const writtenFolder = "rotas"

// placeText makes a file of what was typed or pasted.
func (b *Backend) placeText(c *oncall.Calendar, text string) (undo func(), err error) {
	undo = func() {}
	data := []byte(text)
	if len(data) > feed.MaxBytes {
		return undo, fault.Input("text", "that is more than %d MiB", feed.MaxBytes>>20).WithHint("is this the right file?")
	}
	if !strings.Contains(strings.ToUpper(text[:min(len(text), 4096)]), "BEGIN:V") {
		if data, err = b.typed(c, text); err != nil {
			return undo, err
		}
	}
	folder := filepath.Join(b.Data, writtenFolder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return undo, fault.New(fault.Unreachable, "the folder for typed calendars cannot be made").WithHint("is the disk full?").WithCause(err)
	}
	base := slug(c.Name, '-')
	for n := 1; n < 1000; n++ {
		name := base + ".ics"
		if n > 1 {
			name = fmt.Sprintf("%s-%d.ics", base, n)
		}
		f, err := os.OpenFile(filepath.Join(folder, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if os.IsExist(err) { // of a calendar that was removed: it stays
			continue
		}
		if err == nil {
			_, err = f.Write(data)
			err = cmp.Or(err, f.Sync(), f.Close())
		}
		path := filepath.Join(folder, name)
		if err != nil {
			discard(path) // it is not whole
			return undo, fault.New(fault.Unreachable, "the calendar cannot be written to disk").WithHint("is the disk full?").WithCause(err)
		}
		c.File = writtenFolder + "/" + name
		return func() { discard(path) }, nil
	}
	return undo, fault.Input("name", "too many calendars were called so").WithHint("choose another name")
}

// typed is a typed list as a calendar's bytes.
func (b *Backend) typed(c *oncall.Calendar, text string) ([]byte, error) {
	zone := b.clock.Zone()
	if c.Zone != "" {
		zone = ical.Zone(c.Zone) // mayAdd has looked
	} else if name := zoneName(zone); ical.Zone(name) != nil {
		c.Zone = name
	}
	list, wrong := oncall.ReadList(text, zone, b.clock.Now())
	if len(wrong) > 0 {
		p := wrong[0]
		where := ""
		if p.Path != "text" {
			where = p.Path + ": "
		}
		more := ""
		if len(wrong) > 1 {
			more = fmt.Sprintf(" (and %d more lines)", len(wrong)-1)
		}
		return nil, fault.Input("text", "%s%s%s", where, p.Message, more).WithHint("%s", p.Hint)
	}
	var buf bytes.Buffer
	if err := ical.Write(&buf, oncall.Written(c.Name, list, b.clock.Now())); err != nil {
		return nil, fmt.Errorf("app: write a calendar: %w", err)
	}
	return buf.Bytes(), nil
}

// slug is a name as a file and a secret may have it.
func slug(name string, sign rune) string {
	var out strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			out.WriteRune(r)
		case out.Len() > 0 && !strings.HasSuffix(out.String(), string(sign)):
			out.WriteRune(sign)
		}
	}
	s := out.String()
	return cmp.Or(strings.Trim(s[:min(len(s), 40)], string(sign)), "calendar")
}

// RemoveCalendar forgets a calendar, its copy and the secret that AddCalendar has kept for
// it. A file that it was read from stays where it is.
func (a *API) RemoveCalendar(name string) (err error) {
	defer guard(&err)
	ctx, b, err := a.ready()
	if err != nil {
		return err
	}
	if name == "" {
		return fault.Input("calendar", "no calendar is named").WithHint("say which one to remove")
	}
	c, err := b.dropCalendar(name)
	if err == nil && c.Secret != "" && c.Secret == "calendar_"+slug(c.Name, '_') {
		if err := b.secrets.Remove(ctx, c.Secret); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return err
}

func (b *Backend) dropCalendar(name string) (gone oncall.Calendar, err error) {
	err = workspace.ChangeCalendars(b.Data, func(s *oncall.Settings) error {
		i := slices.IndexFunc(s.Calendars, func(c oncall.Calendar) bool { return c.Name == name })
		if i < 0 {
			return fault.New(fault.NotFound, "there is no calendar %.60q", name).WithHint("look at the list again")
		}
		gone = s.Calendars[i]
		s.Calendars = slices.Delete(slices.Clone(s.Calendars), i, i+1)
		return nil
	})
	if err = b.rotaChanged(err); err != nil {
		return gone, err
	}
	return gone, b.rota.Forget(name)
}

// UnmuteGap takes a stretch that is by design back, as MuteGap was given it, or as the
// calendar has it.
func (a *API) UnmuteGap(in MuteInput) (err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return err
	}
	if in.Schedule == "" {
		return fault.Input("schedule", "no schedule is named").WithHint("say whose gap is meant")
	}
	text := strings.TrimSpace(in.Text)
	if text == "" {
		text = once(in.From, in.To, b.rota.zone(in.Schedule))
	}
	err = workspace.ChangeCalendars(b.Data, func(s *oncall.Settings) error {
		for i := range s.Calendars {
			c := &s.Calendars[i]
			if j := slices.Index(c.ByDesign, text); c.Feeds() == in.Schedule && j >= 0 {
				c.ByDesign = slices.Delete(slices.Clone(c.ByDesign), j, j+1)
				return nil
			}
		}
		return fault.New(fault.NotFound, "nothing of that is by design in %.60q", in.Schedule).WithHint("look at the picture again")
	})
	return b.rotaChanged(err)
}

// once is one stretch as by_design names it. It ends at a whole minute, so that nothing of
// a gap is left.
func once(from, to int64, in *time.Location) string {
	end := time.UnixMilli(to)
	if end.Truncate(time.Minute) != end {
		end = end.Truncate(time.Minute).Add(time.Minute)
	}
	return time.UnixMilli(from).In(in).Format(dated) + " to " + end.In(in).Format(dated)
}
