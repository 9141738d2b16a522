package app

import (
	"context"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/secret"
	"quarterdeck/internal/store"
	"quarterdeck/internal/workspace"
)

// reread takes in settings that another process has written.
func (b *Backend) reread() {
	b.changing.Lock()
	defer b.changing.Unlock()
	now := workspace.SettingsEdition(b.Data)
	if b.read != nil && b.read.Same(now) {
		return
	}
	s, err := workspace.ReadSettings(b.Data)
	if _, bad := incident.ParseID(s.Person); bad != nil {
		err = fault.New(fault.Invalid, "settings.yaml in %s names a person by %.40q, which is not an id", b.Data, s.Person).
			WithHint("say your name once more; it will be written anew")
		s.Name, s.Person = "", ""
	}
	b.read = &now
	if order, bad := secret.Order(s.Secrets); bad == nil {
		b.secrets.Use(order)
	} else if err == nil {
		err = bad
	}
	if err != nil && s.Kit == "" {
		s.Kit = b.inForce().Folder // broken settings take nobody's kit away
	}
	s, err = Remembered(context.Background(), b.store, s, err)
	if err == nil || b.named() == "" { // what cannot be read changes nothing that was in force
		b.mu.Lock()
		b.settings = s
		b.mu.Unlock()
	}
	b.fault("settings", err)
	b.stream.station()
}

// Remembered keeps who sits here by settings that could be read, and gives settings that
// could not be, for the reason bad, the person who sat here last; bad then says so.
func Remembered(ctx context.Context, st *store.Store, s workspace.Settings, bad error) (workspace.Settings, error) {
	if bad == nil {
		id, err := incident.ParseID(s.Person)
		if err != nil || id.IsZero() || s.Name == "" || st.ReadOnly() != nil {
			return s, nil
		}
		return s, st.KeepPerson(ctx, incident.Person{ID: id, Name: s.Name})
	}
	p, err := st.LastPerson(ctx)
	if err != nil || p.Name == "" || s.Name != "" {
		return s, bad
	}
	s.Name, s.Person = p.Name, p.ID.String()
	f := fault.Of(bad)
	return s, fault.New(f.Code, "%s", f.Message).WithHint("%s; until then you are %s, as before", f.Hint, p.Name).WithCause(f.Unwrap())
}

// named is the name in force; empty until it has been asked.
func (b *Backend) named() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.settings.Name
}

// keepSettings writes settings; the caller holds changing.
func (b *Backend) keepSettings(s workspace.Settings) error {
	if err := workspace.WriteSettings(b.Data, s); err != nil {
		return err
	}
	now := workspace.SettingsEdition(b.Data)
	b.read = &now
	b.mu.Lock()
	b.settings = s
	b.mu.Unlock()
	b.fault("settings", nil)
	b.stream.station()
	return nil
}
