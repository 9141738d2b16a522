package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/store"
	"quarterdeck/internal/workspace"
)

// What a check finds.
const (
	wellState = "ok"
	warnState = "warn" // it works, and may not when it matters
	badState  = "bad"
)

// finding is what a check has found, and what to do about it.
type finding struct {
	Check string `json:"check"`
	State string `json:"state"`
	Says  string `json:"says"`
	Do    string `json:"do"` // empty when nothing need be done
}

// diagnosis is what the doctor says.
type diagnosis struct {
	OK     bool      `json:"ok"` // nothing is bad
	Checks []finding `json:"checks"`
}

func doctor(s *session) *cobra.Command {
	c := &cobra.Command{Use: "doctor", Short: "look everything over that a bad night would need", Args: takes(0, 0),
		Long: "Looks at the folder, the disk, the database, the chains, the backups, the kit\n" +
			"and the desktop's notifications, and says what to do. It changes nothing of the\n" +
			"record. Ends with 1 when something is bad."}
	return s.reads(c, func([]string) error {
		if err := s.folder(); err != nil {
			return err
		}
		d := diagnosis{OK: true}
		for _, look := range []func() []finding{
			s.lookFolder, s.lookDisk, s.lookCockpit, s.lookDatabase, s.lookBackups, s.lookAside, s.lookKit, s.lookRoutes, s.lookDesktop,
		} {
			d.Checks = append(d.Checks, look()...)
		}
		var bad int
		for _, f := range d.Checks {
			if f.State == badState {
				bad, d.OK = bad+1, false
			}
		}
		if s.json {
			if err := s.print(d); err != nil {
				return err
			}
		} else {
			s.sayFindings(d.Checks)
		}
		if bad > 0 {
			return fault.New(fault.Refused, "%s", count(bad, "thing")+" must be mended").WithHint("each says how, under do")
		}
		return nil
	})
}

func (s *session) sayFindings(all []finding) {
	for _, f := range all {
		put := func() { s.block(pad(f.State, 4)+" "+pad(f.Check, 13), 19, f.Says) }
		if f.State == badState {
			s.styled(red, put)
		} else {
			put()
		}
		if f.Do != "" {
			s.block("", 19, "do: "+f.Do)
		}
	}
}

func well(check, format string, args ...any) []finding {
	return []finding{{check, wellState, fmt.Sprintf(format, args...), ""}}
}

// ill is a finding made of an error.
func ill(check, state string, err error) []finding {
	f := fault.Of(err)
	says := f.Message
	if f.Code == fault.Internal {
		says = f.Error()
	}
	return []finding{{check, state, says, f.Hint}}
}

// lookFolder looks at the data folder and who may read it.
func (s *session) lookFolder() []finding {
	info, err := os.Stat(s.data)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return well("folder", "%s is not there yet; the first start makes it", s.data)
	case err != nil:
		return ill("folder", badState, fault.New(fault.Unreachable, "%s cannot be looked at", s.data).WithHint("give yourself the right to, or name another with --data").WithCause(err))
	case !info.IsDir():
		return []finding{{"folder", badState, s.data + " is no folder", "name another with --data"}}
	}
	var open []string
	if runtime.GOOS != "windows" {
		if info.Mode().Perm()&0o077 != 0 {
			open = append(open, s.data)
		}
		files, err := os.ReadDir(s.data)
		if err != nil {
			return ill("folder", badState, fault.New(fault.Unreachable, "%s cannot be read", s.data).WithHint("give yourself the right to, or name another with --data").WithCause(err))
		}
		for _, e := range files {
			if fi, err := e.Info(); err == nil && fi.Mode().Perm()&0o077 != 0 && fi.Mode()&(os.ModeSocket|os.ModeSymlink) == 0 {
				open = append(open, filepath.Join(s.data, e.Name()))
			}
		}
	}
	if len(open) > 0 {
		return []finding{{"folder", warnState, fmt.Sprintf("other accounts may read %s", open[0]), "chmod -R go-rwx " + quoted(s.data)}}
	}
	return well("folder", "%s, for this account only", s.data)
}

// scarce is how much room is too little for comfort, in bytes.
const scarce = 512 << 20

// lookDisk looks at the kind of file system and its room.
func (s *session) lookDisk() []finding {
	if _, err := os.Stat(s.data); err != nil {
		return nil
	}
	if err := store.Local(s.data); err != nil {
		return ill("disk", badState, err)
	}
	free, err := store.Free(s.data)
	if err != nil {
		return ill("disk", badState, err)
	}
	room := fmt.Sprintf("%d MB are free", free>>20)
	switch {
	case free < store.Ballast:
		return []finding{{"disk", badState, room, "free some space now: a full disk saves nothing"}}
	case free < scarce:
		return []finding{{"disk", warnState, room, "free some space"}}
	case store.Spent(s.data) && workspace.Held(s.data):
		return []finding{{"disk", warnState, room + "; the reserve for a full disk is not laid by", "leave the cockpit open; it lays it by within seconds"}}
	}
	return well("disk", "%s, on this machine", room)
}

// lookCockpit looks whether anything would ring.
func (s *session) lookCockpit() []finding {
	if workspace.Held(s.data) {
		return well("cockpit", "it is open, and rings")
	}
	return []finding{{"cockpit", warnState, "no cockpit is open: nothing rings", "start quarterdeck"}}
}

// lookDatabase opens the database, writes to it, and reads all of it.
func (s *session) lookDatabase() []finding {
	if err := s.read(); errors.Is(err, errNone) {
		return well("database", "there is none yet; the first incident makes it")
	} else if err != nil {
		return ill("database", badState, err)
	}
	out := []finding{}
	if err := s.store.ReadOnly(); err != nil {
		out = append(out, ill("database", badState, err)...)
	} else if err := s.store.Probe(s.ctx); err != nil {
		out = append(out, ill("database", badState, err)...)
	} else {
		out = append(out, well("database", "%s can be written", s.store.Path())...)
	}
	if err := s.store.Check(s.ctx); err != nil {
		out = append(out, ill("pages", badState, err)...)
	} else {
		out = append(out, well("pages", "every page, index and the search index are sound")...)
	}
	return append(out, s.lookChains()...)
}

func (s *session) lookChains() []finding {
	ids, err := s.store.Incidents(s.ctx)
	if err != nil {
		return ill("record", badState, err)
	}
	n := 0
	for _, id := range ids {
		recs, err := s.store.Records(s.ctx, id, 0)
		if err != nil {
			return ill("record", badState, err)
		}
		n += len(recs)
		if ok, bad, why := incident.Verify(recs); !ok {
			return []finding{{"record", badState, fmt.Sprintf("it is not as it was written: %s: %s", bad, why), "keep the file; compare with a backup, and qd restore the one that qd verify finds in order"}}
		}
	}
	return well("record", "it is as it was written: %s, %s", count(len(ids), "incident"), count(n, "record"))
}

// lookBackups looks how old the last one is, and whether it is good.
func (s *session) lookBackups() []finding {
	if s.store == nil {
		return nil
	}
	all, err := store.Backups(s.data)
	if err != nil {
		return ill("backups", badState, err)
	}
	last, err := s.store.LastAt(s.ctx)
	if err != nil || last == 0 {
		return nil // nothing to lose yet
	}
	const do = "leave the cockpit open, which makes them, or qd backup FILE"
	if len(all) == 0 {
		return []finding{{"backups", warnState, "there is none", do}}
	}
	if _, err := store.Inspect(s.ctx, all[0].Path); err != nil {
		return ill("backups", badState, err)
	}
	says := fmt.Sprintf("%s; the last is from %s and has been read", count(len(all), "backup"), age(s.clock.Now(), all[0].At))
	if behind := last - all[0].At.UnixMilli(); behind > 24*3600_000 {
		return []finding{{"backups", warnState, says + "; records are newer by more than a day", do}}
	}
	return well("backups", "%s", says)
}

// lookAside looks for damaged databases that nobody has dealt with.
func (s *session) lookAside() []finding {
	files, err := store.Aside(s.data)
	if err != nil {
		return ill("damage", badState, err)
	}
	if len(files) == 0 {
		return nil
	}
	f := files[len(files)-1]
	says := store.Lost(f)
	if says == "" {
		says = "a damaged database lies as " + f
	}
	return []finding{{"damage", warnState, says, "move " + quoted(f) + " out of the folder when it is dealt with"}}
}

// lookKit looks at the settings and the kit that they name.
func (s *session) lookKit() []finding {
	set, err := workspace.ReadSettings(s.data)
	if err != nil {
		return ill("settings", badState, err)
	}
	out := well("settings", "in order")
	if set.Name == "" {
		out = []finding{{"settings", warnState, "nobody's name is set", "qd config set name NAME"}}
	}
	k, err := app.ReadKit(app.KitFolder(s.data, set.Kit))
	if err != nil {
		return append(out, ill("kit", badState, err)...)
	}
	if k.Folder == "" {
		return append(out, well("kit", "the built-in one")...)
	}
	return append(out, well("kit", "%q, from %s", k.Kit.Name, k.Folder)...)
}

// lookRoutes looks whether updates could leave by themselves.
func (s *session) lookRoutes() []finding {
	r, err := workspace.ReadRoutes(s.data)
	switch {
	case err != nil:
		return ill("routes", badState, err)
	case len(r.Routes) == 0:
		return well("routes", "none: everything leaves by hand")
	}
	return well("routes", "%s in %s; qd route test NAME tries one", count(len(r.Routes), "route"), workspace.RoutesFile)
}

// lookDesktop looks whether a bubble would be seen.
func (s *session) lookDesktop() []finding {
	works, reason := app.Desktop(s.ctx)
	switch {
	case works && reason == "":
		return well("desktop", "it shows notifications")
	case works:
		return []finding{{"desktop", warnState, reason, "alarms still show and sound in the window"}}
	}
	return []finding{{"desktop", warnState, reason, "start a notification service of your desktop; until then keep the window in sight: alarms show and sound there"}}
}
