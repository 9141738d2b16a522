package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quarterdeck/app"
)

// Command goes to another machine as a file and comes back as one: at every step each of
// the two says the same person commands, or the one who still does.
func TestCommandGoesToAnotherMachineAsAFile(t *testing.T) {
	here := opened(t)
	file := filepath.Join(t.TempDir(), "inc-1.handoff")
	if f := here.refuses(failed, "handoff", "export", file); f.Code != "conflict" || f.Hint == "" {
		t.Errorf("nothing is offered: %+v", f)
	}
	here.qd("log", "/goal errors below 1 %")
	here.qd("handoff", "offer", "fay", "--worry", "the vendor is silent")
	made := ask[handed](here, "handoff", "export", file)
	here.same([]any{len(made.Words), made.Bits}, []any{6, 66}, "the words")

	there := here.elsewhere()
	there.qd("config", "set", "name", "fay")
	v := ask[app.HandoffFileSays](there, "handoff", "open", file)
	there.same([]any{strings.Join(v.Words, " "), v.Offered, v.Commander, v.Taken, v.New == v.Records}, []any{strings.Join(made.Words, " "), "fay", "ana", false, true}, "what is in it")
	there.refuses(failed, "show", "INC-1")
	if f := there.refuses(failed, "handoff", "open", file, "--take", "--words", "abandon ability able about above absent"); f.Field != "words" {
		t.Errorf("other words: %+v", f)
	}
	there.refuses(failed, "show", "INC-1")
	there.has(there.qd("handoff", "open", file, "--take", "--words", strings.Join(made.Words, " ")), "ana commands INC-1, term 1, until fay accepts", "qd handoff accept INC-1 --as fay")
	there.has(there.qd("handoff", "accept", "INC-1", "--as", "fay", "--back", "goal,risk,promise"), "fay takes command (term 2)")
	here.same(ask[incidentView](here, "show").Commander, "ana", "who commands here, until the reply is here")

	reply := filepath.Join(t.TempDir(), "reply.handoff")
	there.qd("handoff", "export", reply)
	here.has(here.qd("handoff", "open", reply, "--take"), "fay commands INC-1, term 2.")
	here.same([]any{ask[incidentView](here, "show").Commander, ask[incidentView](here, "show").Term}, []any{"fay", 2}, "who commands here")
	here.has(here.qd("handoff", "open", reply, "--take"), "0 new ones")
	here.qd("verify")
	there.qd("verify")
}

// Both accept: one of the two commands, the same on both, and each is told of the other.
func TestBothAcceptAndOneCommands(t *testing.T) {
	here := opened(t)
	dir := t.TempDir()
	here.qd("handoff", "offer", "fay")
	here.qd("handoff", "export", filepath.Join(dir, "offer"))
	there := here.elsewhere()
	there.qd("config", "set", "name", "fay")
	there.qd("handoff", "open", filepath.Join(dir, "offer"), "--take")

	here.qd("handoff", "offer", "gus") // ana thought that fay was asleep
	here.qd("handoff", "accept", "--voice")
	there.qd("handoff", "accept", "INC-1", "--as", "fay")
	here.qd("handoff", "export", filepath.Join(dir, "here"))
	there.qd("handoff", "export", filepath.Join(dir, "there"))
	said := []app.HandoffFileSays{
		ask[app.HandoffFileSays](here, "handoff", "open", filepath.Join(dir, "there"), "--take"),
		ask[app.HandoffFileSays](there, "handoff", "open", filepath.Join(dir, "here"), "--take"),
	}
	if said[0].Commander != said[1].Commander || said[0].Term != 2 || said[1].Term != 2 {
		t.Errorf("here %s (%d), there %s (%d)", said[0].Commander, said[0].Term, said[1].Commander, said[1].Term)
	}
	for _, v := range said {
		here.has(v.Says, v.Commander+" commands INC-1, term 2", "took command in the same term on another machine")
	}
	here.same(ask[incidentView](here, "show").Commander, ask[incidentView](there, "show").Commander, "who commands")
}

func TestALockedHandoffFile(t *testing.T) {
	here := opened(t)
	file := filepath.Join(t.TempDir(), "locked")
	here.qd("handoff", "offer", "fay")
	if status, _, err := here.try("correct horse battery\n", "handoff", "export", file, "--locked"); status != done {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil || strings.Contains(string(data), "Checkout") {
		t.Errorf("it is not locked: %v", err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	there := here.elsewhere()
	if f := there.refuses(failed, "handoff", "open", file); f.Field != "passphrase" {
		t.Errorf("without: %+v", f)
	}
	if status, out, err := there.try("correct horse battery", "handoff", "open", file, "--locked", "--take"); status != done || !strings.Contains(out, "until fay accepts") {
		t.Errorf("%s%s", out, err)
	}
	if err := os.WriteFile(file, data[:len(data)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _, _ := there.try("correct horse battery", "handoff", "open", file, "--locked"); status != failed {
		t.Error("half of it was taken")
	}
	there.refuses(failed, "handoff", "open", filepath.Join(t.TempDir(), "none"))
}
