package workspace

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestAProcessIsKnownToHaveEnded(t *testing.T) {
	own := Process()
	if own == "" || Ended(own) {
		t.Fatalf("this process, %q, has ended", own)
	}
	c := exec.Command("sleep", "60")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	its := mark(c.Process.Pid)
	if its == "" || Ended(its) {
		t.Errorf("%q has ended while it runs", its)
	}
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // it was killed
	if !Ended(its) {
		t.Errorf("%q has not ended after it was killed", its)
	}
	part := strings.Split(own, "/")
	again := strings.Join(append(part[:3:3], "1"), "/") // its number was given to another one
	if !Ended(again) {
		t.Error("a number that was given out again passes for the first to have it")
	}
	for _, unknown := range []string{"", "x", "a/b/c/d", "other-start/" + strings.Join(part[1:], "/"), part[0] + "/pid:[1]/" + strings.Join(part[2:], "/"), part[0] + "/" + part[1] + "/-1/2"} {
		if Ended(unknown) {
			t.Errorf("%q is said to have ended, and nobody knows", unknown)
		}
	}
	if got := mark(os.Getpid()); got != own {
		t.Errorf("the mark changes: %q", got)
	}
}
