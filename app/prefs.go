package app

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/notify"
	"quarterdeck/internal/workspace"
)

// SetPrefs changes settings. The first name given makes this machine's person; Named
// says whom another one means.
func (a *API) SetPrefs(in PrefsInput) (err error) {
	defer guard(&err)
	return a.change(func(ctx context.Context, b *Backend, s *workspace.Settings) error {
		if in.Name != "" {
			if *s, err = Named(ctx, b.cockpit, *s, in.Name); err != nil {
				return err
			}
		}
		if in.Kit != nil {
			if err := UsableKit(b.Data, strings.TrimSpace(*in.Kit)); err != nil {
				f := fault.Of(err)
				return fault.Input("kit", "%s", f.Message).WithHint("%s", f.Hint)
			}
			s.Kit = strings.TrimSpace(*in.Kit)
		}
		if in.Local != nil {
			s.Local = *in.Local
		}
		return Screened(s, in.Theme, in.Font, in.Size, in.Volume)
	})
}

// Screened changes how the screen looks and sounds; empty and 0 leave it as it is. A
// fault names the field and what it may be.
func Screened(s *workspace.Settings, theme, font string, size, volume int) error {
	if err := oneOf(&s.Theme, "theme", theme, workspace.Themes); err != nil {
		return err
	}
	if err := oneOf(&s.Font, "font", font, workspace.Fonts); err != nil {
		return err
	}
	if err := between(&s.Size, "size", size, workspace.SizeLeast, workspace.SizeMost); err != nil {
		return err
	}
	return between(&s.Volume, "volume", volume, workspace.VolumeLeast, 100)
}

func oneOf(to *string, field, value string, known []string) error {
	if value == "" {
		return nil
	}
	if !slices.Contains(known, value) {
		return fault.Input(field, "%.40q is no %s", value, field).WithHint("one of %s", strings.Join(known, ", "))
	}
	*to = value
	return nil
}

func between(to *int, field string, value, least, most int) error {
	if value == 0 {
		return nil
	}
	if value < least || value > most {
		return fault.Input(field, "a %s of %d %% is out of bounds", field, value).WithHint("%d to %d", least, most)
	}
	*to = value
	return nil
}

// change changes the settings under their lock, and writes them.
func (a *API) change(to func(context.Context, *Backend, *workspace.Settings) error) error {
	ctx, b, err := a.ready()
	if err != nil {
		return err
	}
	b.changing.Lock()
	defer b.changing.Unlock()
	b.mu.Lock()
	s := b.settings
	b.mu.Unlock()
	if err := to(ctx, b, &s); err != nil {
		return err
	}
	return b.keepSettings(s)
}

// A chosen chord has a plain name for what it does; whether a chord may be had is the
// page's affair, which knows the keyboard.
var (
	keyID    = regexp.MustCompile(`^[a-z][a-z0-9-]{0,40}(/[!-~]{1,40})?$`)
	keyChord = regexp.MustCompile(`^((Mod|Alt|Shift)\+){0,3}(\S|[A-Z][A-Za-z0-9]{1,19})$`)
)

// SetKeys keeps every chord that is not the usual one, in place of those kept before.
func (a *API) SetKeys(in KeysInput) (err error) {
	defer guard(&err)
	if len(in.Keys) > 500 {
		return fault.Input("keys", "there are not that many keys")
	}
	keys := map[string]string{}
	for _, k := range in.Keys {
		if !keyID.MatchString(k.ID) || k.Chord != "" && !keyChord.MatchString(k.Chord) {
			return fault.Input("keys", "%.60q: %.60q is no chord", k.ID, k.Chord).WithHint("such as update: Mod+Shift+U")
		}
		keys[k.ID] = k.Chord
	}
	return a.change(func(_ context.Context, _ *Backend, s *workspace.Settings) error {
		s.Keys = keys
		return nil
	})
}

// TryAlarm sounds and shows a caution that is none, so that whoever sits here knows
// what an alarm will be like. The error says why the desktop showed nothing.
func (a *API) TryAlarm() (err error) {
	defer guard(&err)
	ctx, b, err := a.ready()
	if err != nil {
		return err
	}
	silent := b.alerts().Silent != 0
	if !silent {
		b.stream.say(Notify{Ring: &RingView{Look: string(cadence.Caution)}})
	}
	if b.notifier == nil {
		return fault.New(fault.Unreachable, "there is no desktop to show it").WithHint("the page sounds, and its title carries the alarm")
	}
	m := notify.Message{Key: "try", Title: "A test from Quarterdeck", Body: "This is what an alarm looks like. Nothing is due.", Urgency: notify.Normal}
	if !silent {
		m.Sound = soundCaution
	}
	return b.notifier.Show(ctx, m)
}

// Named gives settings a name and the person that it means. A name that the record
// knows is that person: who takes over at this machine does not turn what their
// predecessor said into their own. One that nobody bears is another name of whoever
// sits here.
func Named(ctx context.Context, c *cockpit.Cockpit, s workspace.Settings, name string) (workspace.Settings, error) {
	name, err := incident.CleanName("name", name)
	if err != nil {
		return s, err
	}
	p, err := c.Known(ctx, name)
	if err != nil {
		return s, err
	}
	if p.ID.IsZero() && s.Person == "" {
		p, err = c.Person(ctx, incident.ID{}, name)
	}
	if !p.ID.IsZero() {
		s.Person = p.ID.String()
	}
	s.Name = name
	return s, err
}
