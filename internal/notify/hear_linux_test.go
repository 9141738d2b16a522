package notify

import (
	"testing"

	"github.com/godbus/dbus/v5"
)

// Another program on the bus, or a broken service, may send anything.
func TestMalformedMessagesChangeNothing(t *testing.T) {
	b := &bus{shown: map[string]bubble{}}
	d := newDesk(b, nil, nil, nil)
	d.line, d.owner, d.known = &line{bus: "guid"}, ":1.5", true
	d.slots["k"] = &slot{}
	d.place("k", bubble{7, d.instance()})

	bodies := [][]any{
		nil, {}, {uint32(7)}, {"7", "write"}, {int64(7), "write"}, {uint32(7), 9}, {uint32(7), ""}, {uint32(7), "a b"},
		{uint32(8), "write"}, {[]string{service}, map[string]any{}, struct{}{}}, {service, 1, 2}, {nil, nil, nil},
	}
	for _, member := range []string{"ActionInvoked", "NotificationClosed", "ActivationToken", ""} {
		for _, body := range bodies {
			if id, ok := get[uint32](body); member == "NotificationClosed" && ok && id == 7 {
				continue // its reason does not matter
			}
			d.hearSignal(d.owner, service+"."+member, body)
		}
	}
	for _, body := range append(bodies, []any{"org.freedesktop.Other", ":1.5", ""}) {
		if first, ok := get[string](body); !ok || first != service {
			d.hearSignal(driver, driver+".NameOwnerChanged", body)
		}
	}
	d.hearSignal("", service+".ActionInvoked", []any{uint32(7), "write"})
	for _, kind := range []dbus.Type{dbus.TypeMethodReply, dbus.TypeError, dbus.TypeSignal, 99} {
		d.hear(&dbus.Message{Type: kind})
		d.hear(&dbus.Message{Type: kind, Headers: map[dbus.HeaderField]dbus.Variant{dbus.FieldReplySerial: dbus.MakeVariant("1")}})
	}
	if len(d.pressed) != 0 || d.owner != ":1.5" || d.slots["k"] == nil || d.slots["k"].bubble.id != 7 {
		t.Errorf("pressed %v, owner %q, slots %v", d.pressed, d.owner, d.slots)
	}
}

func TestMalformedAnswers(t *testing.T) {
	for name, body := range map[string][]any{"nothing": nil, "a word": {"1"}, "another number": {int32(1)}} {
		b := &bus{shown: map[string]bubble{}}
		d := newDesk(b, nil, nil, nil)
		w := &wish{key: "k", msg: &Message{Key: "k"}, done: make(chan error, 1), open: true}
		d.slots["k"] = &slot{flying: &call{wish: w}}
		d.hearAnswer(d.slots["k"].flying, body, "")
		if <-w.done == nil {
			t.Errorf("%s was taken for a bubble", name)
		}
		d.hearProbe(&call{probe: information}, body, "")
		d.hearProbe(&call{probe: capabilities}, body, "")
		if d.markup || d.buttons || d.server != "" {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

func get[T any](body []any) (first T, ok bool) {
	if len(body) > 0 {
		first, ok = body[0].(T)
	}
	return first, ok
}
