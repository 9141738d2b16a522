// Package notify shows pop-ups on the desktop and hears which button was pressed.
//
// On Linux it speaks to the desktop's own notification service over the session
// bus; it owns that library. Where there is no such service, and on every other
// system, the bare pop-up program of the system is asked (it owns that library
// too): no buttons, no replacing, no withdrawing.
//
// # Words
//
// A message is about one deadline, named by its key. A bubble is what stands on
// the screen for a key; there is at most one. The service is the program that
// owns org.freedesktop.Notifications, an instance of it is named by the bus's id
// and the program's unique name on that bus. A press is a click on a button of a
// bubble, or on the bubble itself.
//
// # What it promises
//
// No call takes longer than a second, whatever the service does. Messages of one
// key arrive in the order of their Show; of those that wait only the newest is
// kept, and no key waits for another one. An error means that nobody has
// confirmed the bubble, so the caller has to raise the alarm by another road. The
// other direction is weaker: a service may accept a message and show nothing (do
// not disturb, paused, a locked screen), and it does not tell.
//
// # What it refuses
//
// It decides nothing about deadlines, repeats nothing by itself and keeps nothing
// on disk. It never starts a bus. It plays no sound: it names one for the service.
//
// # A service that is silent
//
// The call stays on the wire after its second is over, since it cannot be taken
// back. When the answer comes after all, the bubble is known and can be replaced;
// a newer message of the key, or a withdrawal, that gave up meanwhile is then
// carried out, so that no outdated words remain on the screen. When the service
// dies instead, what gave up is forgotten. A call that stays open although the
// service answered a later one counts as lost: the key goes on without it, and
// should its bubble appear in the end it is taken down.
package notify
