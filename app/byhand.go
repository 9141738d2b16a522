package app

import (
	"context"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/outbox/hand"
)

// MailView is an update ready to be sent by a person with a program of their own.
type MailView struct {
	Mailto string `json:"mailto"` // opens a mail program with it; empty when it is too long for that
	Name   string `json:"name"`   // of the file
	EML    string `json:"eml"`    // the file that mail programs open as a draft
	Why    string `json:"why"`    // why there is no mailto
}

// MailUpdate is an update as a mail for a person to send: it leaves nothing, and records
// nothing. What gives a secret away is refused like an update that does.
func (a *API) MailUpdate(in UpdateInput) (v MailView, err error) {
	defer guard(&err)
	d, err := in.command()
	if err != nil {
		return v, err
	}
	err = a.leaving(in.Incident, "", func(ctx context.Context, b *Backend, o cockpit.Order) error {
		if err := b.outgoing.harmless(ctx, o, d, in.Despite); err != nil {
			return err
		}
		return b.cockpit.View(ctx, o.Incident, func(l *cockpit.Live) error {
			now := b.clock.Now()
			content := contentOf(l, d, clock.Milli(now))
			if v.Mailto, err = hand.Mailto(content, nil); err != nil {
				v.Why = fault.Of(err).Message
			}
			eml, err := hand.EML(content, "", nil, now)
			v.Name, v.EML = l.State.Declared.Ref+"-"+d.Audience+".eml", string(eml)
			return err
		})
	})
	return v, err
}
