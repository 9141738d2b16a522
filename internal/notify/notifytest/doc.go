// Package notifytest is the other side of desktop notifications, for tests: a
// private session bus and a notification service on it that shows nothing and
// remembers everything.
//
//	addr := notifytest.Bus(t)
//	t.Setenv("DBUS_SESSION_BUS_ADDRESS", addr) // or into the environment of a child
//	srv, err := notifytest.Serve(addr)
//	...
//	call, err := srv.Wait(ctx, func(c notifytest.Call) bool { return c.Title == "Update due" })
//	err = srv.Invoke(call.ID, "snooze")
//
// The bus is a real dbus-daemon, with a configuration of its own: it starts no
// service on demand, so that a service installed on the machine is never started
// by a test. The service follows the specification, and where real ones differ it
// takes the less friendly way: it tells only the program that showed a bubble what
// became of it, and it gives a new id to who wants to replace a bubble that is gone.
//
// The service answers each call on a goroutine of its own, as the library does
// it: calls of one key are recorded in their order because their sender waits for
// the answers, calls about different things may swap places.
package notifytest
