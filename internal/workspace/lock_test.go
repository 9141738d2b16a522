package workspace_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/workspace"
)

// hold, in the environment, makes the test binary a backend that has a folder.
const hold = "QUARTERDECK_TEST_HOLD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(hold); dir != "" {
		if err := backend(dir); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// backend has the folder until its standard input ends.
func backend(dir string) error {
	l, err := workspace.Acquire(dir)
	if err != nil {
		return err
	}
	if err := l.Answer(dir, func(word string) string { return "you said " + word }); err != nil {
		return err
	}
	fmt.Println("held")
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	return l.Release()
}

// start starts a backend in another process and waits until it has the folder.
func start(t *testing.T, dir string) (*exec.Cmd, io.Closer) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), hold+"="+dir)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it has ended, or ends now
		_ = cmd.Wait()         // reports that it was waited for already, or killed
	})
	if said, err := bufio.NewReader(out).ReadString('\n'); err != nil || said != "held\n" {
		t.Fatalf("%v %q", err, said)
	}
	return cmd, in
}

func acquire(t *testing.T, dir string) *workspace.Lock {
	t.Helper()
	l, err := workspace.Acquire(dir)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func release(t *testing.T, l *workspace.Lock) {
	t.Helper()
	if err := l.Release(); err != nil {
		t.Error(err)
	}
}

func TestOneBackendAFolder(t *testing.T) {
	dir := t.TempDir()
	if workspace.Held(dir) {
		t.Error("held by nobody")
	}
	cmd, in := start(t, dir)
	if _, err := workspace.Acquire(dir); !errors.Is(err, workspace.ErrHeld) {
		t.Fatalf("a second backend: %v", err)
	}
	if !workspace.Held(dir) {
		t.Error("nobody has it")
	}
	if said, err := workspace.Summon(dir, "show"); err != nil || said != "you said show" {
		t.Errorf("%v %q", err, said)
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	release(t, acquire(t, dir))
	if names, err := filepath.Glob(filepath.Join(dir, "*.sock")); err != nil || len(names) != 0 {
		t.Errorf("%v: left are %q", err, names)
	}
}

func TestTheLockDiesWithItsProcess(t *testing.T) {
	dir := t.TempDir()
	cmd, _ := start(t, dir)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed, which Wait reports
	if workspace.Held(dir) {
		t.Error("a dead backend is counted on")
	}
	l := acquire(t, dir)
	defer release(t, l)
	if err := l.Answer(dir, func(string) string { return "here" }); err != nil {
		t.Fatalf("the socket of the dead is in the way: %v", err)
	}
	if said, err := workspace.Summon(dir, "show"); err != nil || said != "here" {
		t.Errorf("%v %q", err, said)
	}
}

func TestSummonWaitsForABackendThatStarts(t *testing.T) {
	dir := t.TempDir()
	l := acquire(t, dir)
	defer release(t, l)
	said := make(chan string)
	go func() {
		line, err := workspace.Summon(dir, "show")
		if err != nil {
			line = err.Error()
		}
		said <- line
	}()
	if err := l.Answer(dir, func(string) string { return "here" }); err != nil {
		t.Fatal(err)
	}
	if got := <-said; got != "here" {
		t.Error(got)
	}
}

func TestSummonGivesUpOnASilentBackend(t *testing.T) {
	for _, answers := range []string{"nothing", "half a line", "no end"} {
		t.Run(answers, func(t *testing.T) {
			t.Parallel() // each waits for its limit
			dir := t.TempDir()
			silent, err := net.Listen("unix", filepath.Join(dir, "cockpit.sock"))
			if err != nil {
				t.Fatal(err)
			}
			defer silent.Close()
			go func() {
				c, err := silent.Accept()
				if err != nil {
					return // the test is over
				}
				defer c.Close()
				switch answers {
				case "half a line":
					fmt.Fprint(c, "her")
				case "no end":
					for err == nil {
						_, err = fmt.Fprint(c, strings.Repeat("x", 1<<16))
					}
				}
				_, _ = io.Copy(io.Discard, c) // until the other side gives up
			}()
			if _, err := workspace.Summon(dir, "show"); !fault.Is(err, fault.Unreachable) || fault.Of(err).Hint == "" {
				t.Errorf("%v", err)
			}
		})
	}
	t.Run("nobody", func(t *testing.T) {
		t.Parallel()
		if _, err := workspace.Summon(t.TempDir(), "show"); !fault.Is(err, fault.Unreachable) {
			t.Errorf("%v", err)
		}
	})
}

func TestASilentCallerKeepsNobodyOut(t *testing.T) {
	dir := t.TempDir()
	l := acquire(t, dir)
	defer release(t, l)
	if err := l.Answer(dir, func(word string) string { return word }); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		c, err := net.Dial("unix", filepath.Join(dir, "cockpit.sock"))
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
	}
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			word := fmt.Sprint("word ", i)
			if said, err := workspace.Summon(dir, word); err != nil || said != word {
				t.Errorf("%v %q", err, said)
			}
		})
	}
	wg.Wait()
	if info, err := os.Stat(filepath.Join(dir, "cockpit.sock")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", err, info)
	}
}

func TestAFolderWithALongPath(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("long/", 60))
	dir, err := workspace.Prepare(dir)
	if err != nil {
		t.Fatal(err)
	}
	other, err := workspace.Prepare(dir + "/other")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []string{dir, other} {
		l := acquire(t, d)
		if err := l.Answer(d, func(string) string { return filepath.Base(d) }); err != nil {
			t.Fatal(err)
		}
		defer release(t, l)
	}
	for _, d := range []string{dir, other} {
		if said, err := workspace.Summon(d, "show"); err != nil || said != filepath.Base(d) || !workspace.Held(d) {
			t.Errorf("%v %q", err, said)
		}
	}
}
