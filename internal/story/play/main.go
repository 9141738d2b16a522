package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/store"
	"quarterdeck/internal/story"
	"quarterdeck/internal/workspace"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run answers with the exit status: 0 done, 1 failed, 2 wrong usage.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("play", flag.ContinueOnError)
	flags.SetOutput(stderr)
	data := flags.String("data", "", "the data `folder` to write; it must hold no database")
	name := flags.String("story", "gitlab-2017", "which `story`: "+strings.Join(story.Names(), ", ")+", or a file that ends in .story")
	whole := flags.Bool("whole", false, "play to the end instead of stopping halfway")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 2
	}
	if *data == "" || flags.NArg() > 0 {
		fmt.Fprintln(stderr, "usage: play --data FOLDER [--story NAME] [--whole]")
		return 2
	}
	title, err := play(context.Background(), *data, *name, *whole)
	if err != nil {
		f := fault.Of(err)
		fmt.Fprintln(stderr, "play:", f.Error())
		if f.Hint != "" {
			fmt.Fprintln(stderr, f.Hint)
		}
		return 1
	}
	fmt.Fprintf(stdout, "%s: written into %s\n", title, *data)
	return 0
}

// play writes the story and the settings of whoever commands in it.
func play(ctx context.Context, data, name string, whole bool) (title string, err error) {
	s, err := script(name)
	if err != nil {
		return "", err
	}
	dir, err := workspace.Prepare(data)
	if err != nil {
		return "", err
	}
	lock, err := workspace.Acquire(dir)
	if errors.Is(err, workspace.ErrHeld) {
		return "", fault.New(fault.Refused, "a cockpit is open on %s", dir).WithHint("name another folder with --data")
	}
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	if _, err := os.Stat(filepath.Join(dir, store.FileName)); !errors.Is(err, fs.ErrNotExist) {
		return "", fault.New(fault.Refused, "%s holds a database already", dir).WithHint("name an empty folder with --data: a story is not mixed with what really happened")
	}
	now := clock.System().Now()
	stop, half := s.Halfway()
	half = half && !whole
	if !half {
		stop = s.End()
	}
	p, err := story.Play(ctx, dir, s, story.Options{Shift: now.Sub(stop).Truncate(time.Second), Half: half})
	if err != nil {
		return "", err
	}
	return s.Title, workspace.WriteSettings(dir, workspace.Settings{Name: p.Commander.Name, Person: p.Commander.ID.String()})
}

// script reads a story by its name, or from a file.
func script(name string) (*story.Script, error) {
	if !strings.HasSuffix(name, ".story") {
		return story.Named(name)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fault.New(fault.NotFound, "%s cannot be read", name).WithCause(err)
	}
	return story.Parse(filepath.Base(name), string(text))
}
