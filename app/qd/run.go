package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
)

// The exit statuses.
const (
	done   = 0
	failed = 1
	misuse = 2
)

// run carries out one command line, without the program's name, and answers with the
// exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer, clk clock.Clock) int {
	s := &session{ctx: context.Background(), clock: clk, in: stdin, stderr: stderr, json: asksJSON(args), people: map[string]person{}}
	s.screen = terminal(stdout)
	s.colour = s.screen && os.Getenv("NO_COLOR") == ""
	err := s.obey(args)
	if e := s.close(); e != nil {
		err = errors.Join(err, e)
	}
	if _, e := stdout.Write(s.out.Bytes()); e != nil && err == nil {
		err = fault.New(fault.Unreachable, "it is done, and what it says cannot be shown").WithCause(e)
	}
	if err == nil {
		return done
	}
	return s.report(err)
}

// obey finds the command that is meant and runs it.
func (s *session) obey(args []string) error {
	root := tree(s)
	args = hoist(root, args)
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") && !knows(root, args[0]) {
		return unknown(root, args[0])
	}
	root.SetArgs(args)
	err := root.ExecuteContext(s.ctx)
	var u usage
	if err != nil && !s.began && !errors.As(err, &u) {
		return wrong("", "qd --help lists the commands", "%s", err)
	}
	return err
}

// report says what went wrong and answers with the exit status.
func (s *session) report(err error) int {
	f := fault.Of(err)
	if s.json {
		c := *f
		if c.Code == fault.Internal {
			c.Message = f.Error()
		}
		s.complain(&c)
	} else {
		fmt.Fprintln(s.stderr, "qd:", escape(f.Error()))
		if f.Hint != "" {
			fmt.Fprintln(s.stderr, "   ", escape(f.Hint))
		}
	}
	if u := (usage{}); errors.As(err, &u) {
		return misuse
	}
	return failed
}

// complain puts a fault on stderr as JSON.
func (s *session) complain(f *fault.Error) {
	data, err := encode(f)
	if err != nil {
		data = []byte(`{"code":"internal","message":"something broke here","hint":"","field":""}` + "\n")
	}
	_, _ = s.stderr.Write(data) // there is no other place to say that stderr is gone
}

// usage is a command line that cannot be understood.
type usage struct{ fault *fault.Error }

// Error implements error.
func (u usage) Error() string { return u.fault.Error() }

// Unwrap gives the fault.
func (u usage) Unwrap() error { return u.fault }

// wrong is a usage error about a flag or an argument.
func wrong(field, hint, format string, args ...any) error {
	return usage{fault.Input(field, format, args...).WithHint("%s", hint)}
}

// asksJSON looks for --json before anything is parsed, since a line that cannot be
// parsed is answered in JSON too.
func asksJSON(args []string) bool {
	if i := slices.Index(args, "--"); i >= 0 {
		args = args[:i]
	}
	return slices.Contains(args, "--json") || slices.Contains(args, "--json=true")
}

// unknown says that there is no such command.
func unknown(c *cobra.Command, word string) error {
	hint := c.CommandPath() + " --help lists the commands"
	c.SuggestionsMinimumDistance = 2
	if like := c.SuggestionsFor(word); len(like) > 0 {
		hint = "did you mean " + strings.Join(like, " or ") + "? " + hint
	}
	return wrong("command", hint, "there is no command %s %.60q", c.CommandPath(), word)
}
