package main

import (
	"errors"
	"os"

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
}

func export(s *session) *cobra.Command {
	var format, file string
	c := &cobra.Command{
		Use: "export [REF]", Short: "the incident as a document: md, html or json", Args: takes(0, 1),
		Long: "json holds every record with its hashes: qd import reads it.",
	}
	c.Flags().StringVar(&format, "format", "md", "`FORMAT`: md, html or json")
	c.Flags().StringVarP(&file, "output", "o", "", "write to `FILE` instead of standard output")
	return s.reads(c, func(args []string) error {
		if err := choice("format", format, "md", "html", "json"); err != nil {
			return err
		}
		if err := s.read(); err != nil {
			return err
		}
		ref, _ := split(args, 0)
		row, err := s.find(ref)
		if err != nil {
			return err
		}
		doc, err := app.Export(s.ctx, s.store, s.cockpit, row.ID, format, s.now())
		if err != nil {
			return err
		}
		switch {
		case file != "" && file != "-":
			if err := keep(file, doc.Text); err != nil {
				return err
			}
			if s.json {
				return s.print(exported{Name: doc.Name, Type: doc.Type, File: file})
			}
			s.aside("written to %s", file)
		case s.json && format != "json":
			return s.print(exported{Name: doc.Name, Type: doc.Type, Text: doc.Text})
		default:
			s.document(doc.Text)
		}
		return nil
	})
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
