package main

import (
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

func attach(s *session) *cobra.Command {
	var text, name string
	var at instant
	c := &cobra.Command{
		Use: "attach [REF] FILE", Short: "put a file into the log", Args: takes(1, 2),
		Long: "The file is kept beside the database under the hash of its bytes, which the\n" +
			"record names; one may have " + incident.Size(incident.MaxFile) + ". It is exported, backed up by qd backup, and\n" +
			"proved by qd verify; qd redact takes its bytes away. - reads standard input.",
		Example: "  qd attach INC-7 graph.png --text 'errors since 14:02'\n  journalctl -u web -n 5000 | qd attach - --name web.log",
	}
	f := c.Flags()
	f.Var(&at, "at", "when it happened, if not now")
	f.StringVar(&text, "text", "", "`TEXT`: what it shows")
	f.StringVar(&name, "name", "", "another `NAME` for it")
	return s.writes(c, func(args []string) error {
		ref, rest := split(args, 1)
		in, called, err := s.file(rest[0])
		if err != nil {
			return err
		}
		defer in.Close() //nolint:errcheck // it was only read
		if name == "" {
			name = called
		}
		var d *incident.AttachFile
		var data []byte
		w, err := s.order(ref, int64(at), func(incident.ID) (cmd incident.Command, err error) {
			d, data, err = app.Attachment(s.ctx, s.store, name, text, in)
			return d, err
		})
		if err != nil {
			return err
		}
		if err := app.Attached(s.ctx, s.store, d, data); err != nil {
			return err
		}
		return s.confirm(w)
	})
}

// file opens a file to be read, - for standard input, and says what it is called.
func (s *session) file(path string) (in fs.File, name string, err error) {
	if path == "-" {
		return standard{s}, "standard input.txt", nil
	}
	f, err := os.Open(path)
	if err == nil {
		var info fs.FileInfo
		if info, err = f.Stat(); err == nil && info.IsDir() {
			_ = f.Close() // nothing was read
			return nil, "", fault.Input("file", "%s is a folder", path).WithHint("name one file; an archive of it is one")
		}
	}
	if err != nil {
		return nil, "", fault.New(fault.Unreachable, "%s cannot be read", path).WithHint("check its name and its rights").WithCause(err)
	}
	return f, filepath.Base(path), nil
}

// standard is standard input as a file.
type standard struct{ s *session }

func (f standard) Read(p []byte) (int, error)        { return f.s.in.Read(p) }
func (standard) Close() error                        { return nil }
func (standard) Stat() (info fs.FileInfo, err error) { return nil, fs.ErrInvalid }
