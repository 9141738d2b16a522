package app

import (
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/secret"
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
	if err == nil || b.named() == "" { // what cannot be read changes nothing that was in force
		b.mu.Lock()
		b.settings = s
		b.mu.Unlock()
	}
	b.fault("settings", err)
	b.stream.station()
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
