package main

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
)

// exported is a document that was made.
type exported struct {
	Name string `json:"name"`
	Type string `json:"type"`
	File string `json:"file,omitempty"`
	Text string `json:"text,omitempty"` // empty when it stands in a file

	Lost   []string `json:"lost,omitempty"`   // attached files that are not in it
	Base64 bool     `json:"base64,omitempty"` // Text holds bytes so
}

// formats are the forms of a document.
var formats = []string{"md", "html", "json", "csv", "ics", "pdf"}

func export(s *session) *cobra.Command {
	var format, file string
	var all bool
	c := &cobra.Command{
		Use: "export [REF]", Short: "the incident as a document, a table or a calendar", Args: takes(0, 1),
		Long:    "json holds every record with its hashes: qd import reads it. csv is the\ntimeline, ics the incident with its milestones.",
		Example: "  qd export INC-7 --format html -o inc-7.html\n  qd export --all --format json -o backup",
	}
	c.Flags().StringVar(&format, "format", "md", "`FORMAT`: "+strings.Join(formats, ", "))
	c.Flags().StringVarP(&file, "output", "o", "", "write to `FILE` instead of standard output")
	c.Flags().BoolVar(&all, "all", false, "every incident, each as a file in the folder that --output names")
	return s.reads(c, func(args []string) error {
		if err := choice("format", format, formats...); err != nil {
			return err
		}
		switch {
		case all && len(args) > 0:
			return wrong("all", "leave out one of the two", "--all and %.60q do not go together", args[0])
		case all && (file == "" || file == "-"):
			return wrong("output", "add -o FOLDER", "--all needs a folder to write to")
		}
		if err := s.read(); err != nil {
			return err
		}
		if all {
			return s.exportAll(format, file)
		}
		ref, _ := split(args, 0)
		row, err := s.find(ref)
		if err != nil {
			return err
		}
		doc, err := app.Export(s.ctx, s.store, s.cockpit, row.ID, format, s.now(), app.AllFiles)
		if err != nil {
			return err
		}
		s.lost(doc)
		return s.hand(doc, file, format == "json")
	})
}

// exportAll writes every incident into a folder, which is made when it is missing.
func (s *session) exportAll(format, folder string) error {
	ids, err := s.store.Incidents(s.ctx)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fault.New(fault.Unreachable, "%s cannot be made", folder).WithHint("check its name and the rights of the folder around it").WithCause(err)
	}
	out, taken := []exported{}, map[string]bool{}
	for _, id := range ids {
		doc, err := app.Export(s.ctx, s.store, s.cockpit, id, format, s.now(), app.AllFiles)
		if err != nil {
			return err
		}
		s.lost(doc)
		name := fileName(doc.Name)
		if key := strings.ToLower(name); taken[key] { // two incidents can share a reference
			name = strings.TrimSuffix(name, "."+format) + "-" + id.String() + "." + format
		}
		taken[strings.ToLower(name)] = true
		path := filepath.Join(folder, name)
		text, err := bytesOf(doc)
		if err != nil {
			return err
		}
		if err := keep(path, text); err != nil {
			return err
		}
		out = append(out, exported{Name: name, Type: doc.Type, File: path, Lost: doc.Lost})
	}
	if s.json {
		return s.print(out)
	}
	s.aside("%s written to %s", count(len(out), "incident"), folder)
	return nil
}

// hand gives a document out: into a file, as JSON unless it is JSON itself, or as it is.
func (s *session) hand(doc app.ExportView, file string, own bool) error {
	text, err := bytesOf(doc)
	if err != nil {
		return err
	}
	switch {
	case file != "" && file != "-":
		if err := keep(file, text); err != nil {
			return err
		}
		if s.json {
			return s.print(exported{Name: doc.Name, Type: doc.Type, File: file, Lost: doc.Lost})
		}
		s.aside("written to %s", file)
	case s.json && !own:
		return s.print(exported{Name: doc.Name, Type: doc.Type, Text: doc.Text, Base64: doc.Base64, Lost: doc.Lost})
	case doc.Base64 && s.screen:
		return wrong("output", "add -o FILE", "a %s is nothing for a terminal", doc.Type)
	case doc.Base64:
		s.out.WriteString(text)
	default:
		s.document(text)
	}
	return nil
}

// bytesOf are the bytes of a document.
func bytesOf(doc app.ExportView) (string, error) {
	if !doc.Base64 {
		return doc.Text, nil
	}
	data, err := base64.StdEncoding.DecodeString(doc.Text)
	return string(data), err
}

// lost says which attached files a document does not hold.
func (s *session) lost(doc app.ExportView) {
	if len(doc.Lost) > 0 {
		s.warn(fault.New(fault.NotFound, "%s: not in it is %s", doc.Name, strings.Join(doc.Lost, ", ")).
			WithHint("qd verify says what is missing or changed; what only did not fit is in the folder attachments"))
	}
}

// fileName is a name that stays in its folder, whoever thought the reference up.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.", r) {
			return r
		}
		return '-'
	}, name)
	return strings.TrimLeft(name, ".")
}

// document puts text out byte for byte; on a terminal without what could drive it.
func (s *session) document(text string) {
	if s.screen {
		text = escape(text)
	}
	s.out.WriteString(text)
}

// keep writes a file for this account only.
func keep(path, text string) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err == nil {
		_, err = f.WriteString(text)
		if err == nil && regular(f) {
			err = f.Sync()
		}
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return fault.New(fault.Unreachable, "%s cannot be written", path).WithHint("check the folder, its rights and the disk").WithCause(err)
	}
	return nil
}

// regular reports whether f is a plain file, and no pipe or device.
func regular(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular()
}
