package main

import (
	"strings"
	"testing"
)

func TestTheManualHasEveryCommandAndFlag(t *testing.T) {
	sh := newShell(t)
	out := sh.qd("man")
	if !strings.HasPrefix(out, ".TH QD 1 ") {
		t.Errorf("it begins with %.40q", out)
	}
	root := tree(&session{})
	for _, c := range root.Commands() {
		if !c.Hidden && c.Name() != "help" {
			sh.has(out, ".SS qd "+c.Name())
		}
		for _, d := range c.Commands() {
			if d.Name() != "powershell" {
				sh.has(out, ".SS qd "+c.Name()+" "+roff(d.Name()))
			}
		}
	}
	sh.has(out, `.B \-\-tradeoff TEXT`, `.B \-\-json`, `.B \-o, \-\-output`, `.SH EXIT STATUS`, `.SH SEE ALSO`)
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "'") || strings.Contains(strings.ReplaceAll(line, `\-`, ""), "--") {
			t.Errorf("roff reads this otherwise: %s", line)
		}
	}
	sh.has(roff(`.a \b -c`), `\&.a \eb \-c`)
	if strings.Contains(sh.qd("--help"), "manual page") {
		t.Error("it stands in the list of commands, where nobody needs it")
	}
}
