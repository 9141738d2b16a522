package main

import (
	"errors"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/store"
	"quarterdeck/internal/workspace"
)

// copied is a copy of the database.
type copied struct {
	File      string  `json:"file"`
	Incidents int     `json:"incidents"`
	Records   int     `json:"records"`
	Until     *string `json:"until"`               // when the latest record in it was written
	SetAside  string  `json:"set_aside,omitempty"` // by a restore: where the database lies that was there

	Files int      `json:"files"`           // attached, that it carries
	Lacks []string `json:"lacks,omitempty"` // attached, and could not be read when it was made
}

func copiedOf(file string, c store.Content) copied {
	return copied{File: file, Incidents: c.Incidents, Records: c.Records, Until: maybe(c.Until), Files: c.Files, Lacks: c.Lacks}
}

func backup(s *session) *cobra.Command {
	c := &cobra.Command{Use: "backup FILE", Short: "copy the database, and see the copies that there are", Args: takes(1, 1),
		Long: "The cockpit may be open. It makes backups by itself, in the data folder: when no\n" +
			"incident is open, every hour while one is and the database is small, and before\n" +
			"an upgrade; ten are kept. FILE is for another disk. It must not exist yet, is\n" +
			"read back once it is written, and qd restore puts it in place again. It carries\n" +
			"attached files; those in the data folder do not, since the files lie beside\n" +
			"them. Settings are files of their own."}
	s.reads(c, s.backUp)
	c.AddCommand(
		s.reads(&cobra.Command{Use: "list", Short: "the copies in the data folder, and what they hold too much", Args: takes(0, 0)}, s.backupList),
		s.reads(&cobra.Command{Use: "purge", Short: "take away the backups that still hold words that were redacted", Args: takes(0, 0),
			Long: "A new backup is made and read back first: it has everything else that they have."}, s.backupPurge),
	)
	return c
}

func (s *session) backUp(args []string) error {
	if args[0] == "" {
		return wrong("file", "name a new file", "no file is named")
	}
	file, err := filepath.Abs(args[0])
	if err != nil {
		return err
	}
	if err := s.read(); err != nil {
		return err
	}
	c, err := s.store.CopyAll(s.ctx, file)
	if err != nil {
		return err
	}
	if s.json {
		return s.print(copiedOf(file, c))
	}
	files := ""
	if c.Files > 0 {
		files = " and " + count(c.Files, "attached file")
	}
	s.say("%s holds %s with %s%s, and has been read back", file, count(c.Incidents, "incident"), count(c.Records, "record"), files)
	if len(c.Lacks) > 0 {
		s.warn(fault.New(fault.NotFound, "not in it, because missing or changed: %s", strings.Join(c.Lacks, ", ")).WithHint("qd verify says which they are"))
	}
	return nil
}

// heldView is a copy in a list.
type heldView struct {
	File     string  `json:"file"`
	At       *string `json:"at"`   // when it was made; null for what was set aside
	Kind     string  `json:"kind"` // schedule, upgrade, aside
	Bytes    int64   `json:"bytes"`
	Redacted int     `json:"redacted"` // records whose words it still has and the database has not
}

func (s *session) backupList([]string) error {
	if err := s.read(); err != nil {
		return err
	}
	held, err := s.store.Held(s.ctx)
	if err != nil {
		return err
	}
	made, err := store.Backups(s.data)
	if err != nil {
		return err
	}
	list := []heldView{}
	for _, h := range held {
		v := heldView{File: h.Path, Kind: "aside", Redacted: h.Redacted}
		for _, b := range made {
			if b.Path != h.Path {
				continue
			}
			v.At, v.Bytes, v.Kind = maybe(b.At.UnixMilli()), b.Size, "schedule"
			if b.Before > 0 {
				v.Kind = "upgrade"
			}
		}
		list = append(list, v)
	}
	if s.json {
		return s.print(list)
	}
	if len(list) == 0 {
		s.say("no copy is in %s; qd backup FILE makes one", s.data)
	}
	for _, v := range list {
		line := v.File
		if v.At != nil {
			line = wholeSecond(*v.At) + "  " + line
		}
		if v.Redacted > 0 {
			line += ": holds the words of " + count(v.Redacted, "redacted record") + "; qd backup purge takes it away"
			if v.Kind == "aside" {
				line = v.File + ": holds the words of " + count(v.Redacted, "redacted record") + "; rm it when you need it no more"
			}
		}
		s.say("%s", line)
	}
	return nil
}

// purged is what a purge has done.
type purged struct {
	Made    string   `json:"made"` // the new backup; empty when none was needed
	Removed []string `json:"removed"`
	Left    []string `json:"left"` // set aside, and still holding such words
}

func (s *session) backupPurge([]string) error {
	if err := s.read(); err != nil {
		return err
	}
	made, removed, left, err := s.store.Purge(s.ctx, s.clock.Now())
	if err != nil {
		return err
	}
	v := purged{Removed: append([]string{}, removed...), Left: append([]string{}, left...)}
	if len(removed) > 0 {
		v.Made = made.Path
	}
	if s.json {
		return s.print(v)
	}
	s.say("taken away: %s", count(len(v.Removed), "backup"))
	if v.Made != "" {
		s.say("the new one is %s", v.Made)
	}
	for _, f := range v.Left {
		s.say("%s was set aside and still holds such words; rm it when you need it no more", f)
	}
	return nil
}

func restore(s *session) *cobra.Command {
	c := &cobra.Command{Use: "restore FILE", Short: "put a backup in the place of the database", Args: takes(1, 1),
		Long: "The cockpit must be closed. FILE is read whole first and not changed. The\n" +
			"database that is there is set aside, whole. What was waiting to be sent in the\n" +
			"backup is held, and asked about: it may have been sent since."}
	return s.reads(c, func(args []string) error {
		file, err := filepath.Abs(args[0])
		if err != nil || args[0] == "" {
			return wrong("file", "name a file that qd backup wrote; qd backup list shows those of the data folder", "no file is named")
		}
		if err := s.prepare(); err != nil {
			return err
		}
		lock, err := workspace.Acquire(s.data)
		if err != nil {
			return heldBy(s.data, err)
		}
		defer lock.Release() //nolint:errcheck // the process ends
		r, err := store.Restore(s.ctx, s.data, file, s.clock.Now())
		if err != nil {
			return err
		}
		if err := s.open(); err != nil { // takes the name under which it is written from now on
			return err
		}
		v := copiedOf(file, r.Content)
		v.SetAside = r.Aside
		if s.json {
			return s.print(v)
		}
		s.say("the database is that of %s: %s with %s", file, count(v.Incidents, "incident"), count(v.Records, "record"))
		if v.Until != nil {
			s.say("its latest record was written at %s", wholeSecond(*v.Until))
		}
		if r.Aside != "" {
			s.say("what was there is %s", r.Aside)
		}
		return nil
	})
}

// heldBy says who has the folder.
func heldBy(dir string, err error) error {
	if errors.Is(err, workspace.ErrHeld) {
		return fault.New(fault.Refused, "a cockpit has %s open", dir).WithHint("quit it, then try again").WithCause(err)
	}
	return err
}

// age is how old something is, in words.
func age(now, at time.Time) string {
	switch d := now.Sub(at); {
	case d < 2*time.Minute:
		return "just now"
	case d < 2*time.Hour:
		return count(int(d.Minutes()), "minute") + " ago"
	case d < 48*time.Hour:
		return count(int(d.Hours()), "hour") + " ago"
	default:
		return count(int(d.Hours()/24), "day") + " ago"
	}
}
