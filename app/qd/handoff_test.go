package main

import "testing"

// Until it is accepted the one who offered commands; accepted by voice, somebody vouches.
func TestCommandIsHandedOver(t *testing.T) {
	sh := opened(t)
	sh.refuses(failed, "handoff", "accept")
	sh.qd("handoff", "offer", "fay", "--worry", "the vendor is silent")
	before := ask[incidentView](sh, "show")
	sh.refuses(failed, "handoff", "accept", "--as", "gus") // it was not offered to them
	sh.has(sh.qd("handoff", "accept", "INC-1", "--voice", "--back", "goal,promise"), "fay takes command", "not said back: risk")
	after := ask[incidentView](sh, "show")
	sh.same([]any{before.Commander == "fay", after.Commander, after.Term}, []any{false, "fay", 2}, "who commands")
	sh.refuses(failed, "handoff", "claim", "--as", "gus")
	sh.qd("handoff", "claim", "--as", "gus", "--reason", "three calls, no answer")
	sh.same(ask[incidentView](sh, "show").Commander, "gus", "who commands")
	sh.qd("handoff", "offer", "fay")
	sh.has(sh.qd("handoff", "decline", "--as", "fay", "--reason", "on another one"), "Command was declined", "on another one")
}
