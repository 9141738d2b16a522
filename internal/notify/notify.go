package notify

import (
	"context"
	"time"
)

// Name is the application's name as a service shows it; Entry names its desktop
// file, by which a desktop finds its icon and its notification settings.
const (
	Name  = "Quarterdeck"
	Entry = "quarterdeck"
)

// limit is how long one call may take in all.
const limit = time.Second

// Default is the action of a click on the bubble itself.
const Default = "default"

// Urgency says how much a message may disturb. The numbers are the service's own.
type Urgency uint8

const (
	// Low may be shown quietly or only be listed.
	Low Urgency = iota
	// Normal goes away by itself, after the time that the desktop is set to.
	Normal
	// Critical stays until somebody presses or closes it, or it is withdrawn.
	Critical
)

// Action is one button: ID comes back in Press, Label is its text (at most 40
// characters are shown). An action with the ID Default only names the click on
// the bubble, which is offered in any case.
type Action struct{ ID, Label string }

// Message is one notification about one deadline.
type Message struct {
	// Key says what it is about. A later message with the same key takes the
	// place of the earlier one on the screen. It never leaves the program.
	Key string
	// Title and Body are plain text from anywhere: they are cut (120 and 400
	// characters), control characters go, writing-direction marks stay, and
	// they are escaped where the service renders markup. Body may have lines.
	Title, Body string
	Urgency     Urgency
	// Actions are at most four buttons, shown where the service can.
	Actions []Action
	// Sound is a name of the XDG sound naming specification. Empty asks for
	// silence, so that a desktop does not add a sound of its own.
	Sound string
}

// Press is a button that somebody pressed: Key of the message, ID of the action.
type Press struct{ Key, Action string }

// Status is what the last real call to the desktop taught.
type Status struct {
	// Desktop: the service, or a program in its place, took the last call.
	Desktop bool
	// Reason says in words for people why not, or what is missing. Empty when
	// everything works.
	Reason string
	// Server is the service's name and version, empty when unknown.
	Server string
}

// Notifier shows messages. It is safe for concurrent use.
type Notifier interface {
	// Show puts m on the screen, in place of an earlier message with its key.
	// Nil means that the service took it, or that a later Show or Withdraw of
	// the same key overtook it, which then reports for both. Otherwise it is a
	// fault: invalid (no key, more than four actions, an action without an
	// ID), refused (the service said no, or dropped it by its own rules) or
	// unreachable. It returns after at most a second, or when ctx ends.
	Show(ctx context.Context, m Message) error
	// Withdraw takes the message with the key off the screen; no such message
	// is no error. Faults and limit are those of Show.
	Withdraw(ctx context.Context, key string) error
	// Presses delivers what was pressed, in order. A press that is repeated
	// before it was received arrives once. Closed by Close.
	Presses() <-chan Press
	// Status never calls out.
	Status() Status
	// Shown names the bubble of a key: its id and the service's instance. To be
	// kept outside by who wants to Adopt it after a restart.
	Shown(key string) (id uint32, server string, ok bool)
	// Adopt tells of the bubble that an earlier process of this program left, so
	// that the next message with the key replaces it and Withdraw closes it. It
	// is honoured only if that instance of the service still runs, and if
	// nothing was shown for the key yet. Whether presses on the old bubble
	// arrive before it is replaced depends on the service: most tell only the
	// process that showed it.
	Adopt(key string, id uint32, server string)
	// Close hangs up. Bubbles stay where they are. Calling it again is harmless.
	Close() error
}

// Open never fails and never blocks: without a desktop it is a notifier that says
// so in its Status. It asks the desktop once in the background, and lives until
// Close or until ctx ends.
func Open(ctx context.Context) Notifier { return open(ctx) }
