package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/internal/exchange"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// imported is what an import has brought.
type imported struct {
	Incident string `json:"incident"`
	Ref      string `json:"ref"`
	Records  int    `json:"records"` // in the file
	New      int    `json:"new"`     // of these, not here before
	DryRun   bool   `json:"dry_run,omitempty"`

	Files int      `json:"files"`           // attached, in the file
	Lacks []string `json:"lacks,omitempty"` // attached, and not in it
}

func importFile(s *session) *cobra.Command {
	var dry bool
	c := &cobra.Command{Use: "import FILE", Short: "bring in an incident that was exported as json", Args: takes(1, 1),
		Long: "The records are checked first, and come in as they are. What is here already is\nleft alone, so importing twice adds nothing. - reads standard input."}
	c.Flags().BoolVar(&dry, "dry-run", false, "check the file and say what would come in; write nothing")
	return s.reads(c, func(args []string) error {
		b, err := s.bundle(args[0])
		if err != nil {
			return err
		}
		if dry {
			return s.preview(b)
		}
		if err := s.found(); err != nil {
			return err
		}
		if _, err := s.fitting(b); err != nil {
			return err
		}
		kits := map[string][]byte{}
		if b.Kit != nil {
			sum := sha256.Sum256(b.Kit)
			kits[hex.EncodeToString(sum[:])] = b.Kit
		}
		out := imported{Incident: b.Incident.String(), Records: len(b.Records)}
		if out.New, err = s.store.Import(s.ctx, b.Incident, b.Records, kits); err != nil {
			return err
		}
		if err := s.bringFiles(&out, b); err != nil {
			return err
		}
		row, err := s.find(out.Incident)
		if err != nil {
			return err
		}
		if out.Ref, err = s.label(row); err != nil {
			return err
		}
		if s.json {
			return s.print(out)
		}
		s.say("%s: %d new of %s", flat(out.Ref), out.New, count(out.Records, "record"))
		s.sayFiles(out)
		return nil
	})
}

// bringFiles keeps the files of an imported incident, unless they have been redacted here.
// Importing once more brings those that are missing.
func (s *session) bringFiles(out *imported, b exchange.Bundle) error {
	out.Lacks = b.Lacks()
	out.Files = len(b.Files)
	named, err := s.store.Files(s.ctx, b.Incident)
	if err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, f := range named {
		_, err := s.store.File(f.Hash)
		wanted[f.Hash] = err != nil
	}
	for _, f := range b.Files {
		if !wanted[f.Hash] {
			continue
		}
		if _, _, err := s.store.KeepFile(s.ctx, bytes.NewReader(f.Data)); err != nil {
			return err
		}
	}
	return nil
}

func (s *session) sayFiles(out imported) {
	if out.Files > 0 {
		s.say("with %s", count(out.Files, "attached file"))
	}
	if len(out.Lacks) > 0 {
		s.say("not in the file, though attached: %s", flat(strings.Join(out.Lacks, ", ")))
	}
}

// bundle reads an exported incident and checks its records.
func (s *session) bundle(path string) (b exchange.Bundle, err error) {
	in := s.in
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return b, fault.New(fault.Unreachable, "%s cannot be read", path).WithHint("check its name and its rights").WithCause(err)
		}
		defer f.Close()
		in = io.Reader(f)
	}
	if b, err = exchange.Read(in); err != nil {
		return b, err
	}
	if ok, bad, why := incident.Verify(b.Records); !ok {
		return b, fault.New(fault.Refused, "the file has been changed: record %s: %s", bad, why).WithHint("nothing was imported; get the file anew from where it was exported")
	}
	return b, nil
}

// preview says what an import would bring. A folder that is not there stays so.
func (s *session) preview(b exchange.Bundle) error {
	out := imported{Incident: b.Incident.String(), Ref: b.Ref, Records: len(b.Records), New: len(b.Records), DryRun: true}
	out.Lacks = b.Lacks()
	out.Files = len(b.Files)
	err := s.read()
	if err == nil {
		out.New, err = s.fitting(b)
	}
	if err != nil && !errors.Is(err, errNone) {
		return err
	}
	if s.json {
		return s.print(out)
	}
	s.say("%s: %d new of %s would come in; nothing was written", flat(out.Ref), out.New, count(out.Records, "record"))
	s.sayFiles(out)
	return nil
}

// fitting counts the records that are not here yet, and refuses those that do not
// continue the chains that are.
func (s *session) fitting(b exchange.Bundle) (fresh int, err error) {
	have, err := s.store.Records(s.ctx, b.Incident, 0)
	if err != nil {
		return 0, err
	}
	known := map[incident.ID]bool{}
	for i := range have {
		known[have[i].ID] = true
	}
	for i := range b.Records {
		if !known[b.Records[i].ID] {
			have = append(have, b.Records[i])
			fresh++
		}
	}
	if ok, bad, why := incident.Verify(have); !ok {
		return 0, fault.New(fault.Refused, "the file does not fit what is here: record %s: %s", bad, why).
			WithHint("nothing was imported; import it into another folder with --data")
	}
	return fresh, nil
}
