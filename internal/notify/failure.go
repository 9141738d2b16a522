package notify

import (
	"context"
	"errors"

	"quarterdeck/internal/fault"
)

const (
	untried   = "Desktop notifications have not been tried yet."
	noBus     = "There is no session bus here, so the desktop cannot show notifications."
	deafBus   = "The session bus cannot be reached, so the desktop cannot show notifications."
	mute      = "The notification service does not answer."
	absent    = "No notification service runs on this desktop."
	dropped   = "The notification service dropped the message by its own rules."
	refused   = "The notification service refused the message."
	crowded   = "Too many notifications wait for the notification service."
	shut      = "Desktop notifications are closed."
	makeshift = "No notification service runs on this desktop: pop-ups come without buttons and cannot be replaced."
	simple    = "Pop-ups come without buttons on this system and cannot be replaced."
)

// failure is a fault with the hint that every failure of the desktop has.
func failure(code fault.Code, words string, cause error) *fault.Error {
	f := fault.New(code, "%s", words).WithHint("Alarms are still shown and sounded in the window.")
	if cause != nil {
		f = f.WithCause(cause)
	}
	return f
}

// overdue is why a call that got no answer ended: the caller's wish or the limit.
func overdue(caller context.Context, words string) *fault.Error {
	if err := caller.Err(); errors.Is(err, context.Canceled) {
		return failure(fault.Unreachable, "The notification was given up before the desktop answered.", err)
	}
	return failure(fault.Unreachable, words, context.DeadlineExceeded)
}

// check finds what no service could make sense of. These are errors of the program.
func (m Message) check() error {
	if m.Key == "" {
		return fault.Input("key", "a notification needs a key")
	}
	if len(m.Actions) > maxActions {
		return fault.Input("actions", "a notification has at most %d actions", maxActions)
	}
	for _, a := range m.Actions {
		if !plainID(a.ID) {
			return fault.Input("actions", "an action needs an ID of up to %d letters, digits, dots or dashes", maxID)
		}
	}
	if m.Urgency > Critical {
		return fault.Input("urgency", "there is no urgency %d", m.Urgency)
	}
	return nil
}

// plainID reports whether id can travel as an action's name.
func plainID(id string) bool {
	for _, r := range id {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '.' && r != '-' && r != '_' {
			return false
		}
	}
	return id != "" && len(id) <= maxID
}
