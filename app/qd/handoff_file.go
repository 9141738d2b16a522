package main

import (
	"os"
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/exchange"
	"quarterdeck/internal/fault"
)

// handed is a handoff file that was written.
type handed struct {
	File  string   `json:"file"`
	Words []string `json:"words"`
	Bits  int      `json:"bits"`
	Says  string   `json:"says"`
	Lacks []string `json:"lacks,omitempty"`
}

func handoffExport(s *session) *cobra.Command {
	var locked bool
	c := &cobra.Command{
		Use: "export [REF] FILE", Short: "write the signed file for another machine", Args: takes(1, 2),
		Long: "The file holds the incident and the open offer, signed by a key that is made for\n" +
			"it. Read its six words aloud to whoever opens it: they say 66 bits of the key,\n" +
			"and another file has others. After the acceptance the same command writes the\n" +
			"reply that tells the first machine who commands.",
		Example: "  qd handoff offer INC-7 fay && qd handoff export INC-7 inc-7.handoff\n  printf %s \"$PASSPHRASE\" | qd handoff export inc-7.handoff --locked",
	}
	c.Flags().BoolVar(&locked, "locked", false, "lock it with a passphrase, which is read from standard input")
	return s.reads(c, func(args []string) error {
		row, rest, err := s.shown(args, 1)
		if err != nil {
			return err
		}
		passphrase, err := s.passphrase(locked)
		if err != nil {
			return err
		}
		v, err := app.ExportHandoff(s.ctx, s.store, row.ID, passphrase, s.now(), app.AllFiles)
		if err != nil {
			return err
		}
		if err := keep(rest[0], v.Text); err != nil {
			return err
		}
		if s.json {
			return s.print(handed{rest[0], v.Words, v.Bits, v.Says, v.Lacks})
		}
		s.say("%s", v.Says)
		s.say("written to %s; its key, read aloud:", rest[0])
		s.styled(bold, func() { s.say("  %s", strings.Join(v.Words, " ")) })
		if len(v.Lacks) > 0 {
			s.say("too large for it: %s", flat(strings.Join(v.Lacks, ", ")))
		}
		return nil
	})
}

func handoffOpen(s *session) *cobra.Command {
	var locked, take bool
	var words string
	c := &cobra.Command{
		Use: "open FILE", Short: "check a handoff file, and with --take bring it in", Args: takes(1, 1),
		Long: "It says what is in the file, and the six words of its key: compare them with\n" +
			"those that are read to you. Nothing is written until --take. Then whoever takes\n" +
			"over accepts here, with qd handoff accept.",
		Example: "  qd handoff open inc-7.handoff\n  qd handoff open inc-7.handoff --take --words 'six words as they were read'\n  qd handoff accept INC-7 --as fay --back goal,risk,promise",
	}
	f := c.Flags()
	f.BoolVar(&take, "take", false, "bring the incident in")
	f.StringVar(&words, "words", "", "the six `WORDS` as they were read aloud; others are refused")
	f.BoolVar(&locked, "locked", false, "it is locked: the passphrase is read from standard input")
	return s.reads(c, func(args []string) error {
		passphrase, err := s.passphrase(locked)
		if err != nil {
			return err
		}
		in, err := os.Open(args[0])
		if err != nil {
			return fault.New(fault.Unreachable, "%s cannot be read", args[0]).WithHint("check its name and its rights").WithCause(err)
		}
		defer in.Close()
		h, err := exchange.ReadHandoff(in, passphrase)
		if err != nil {
			return err
		}
		if strings.TrimSpace(words) != "" && !exchange.SameWords(words, h.Key) {
			return app.OtherWords(h)
		}
		if err := s.found(); err != nil {
			return err
		}
		show := app.PreviewHandoff
		if take {
			show = app.TakeHandoff
		}
		v, err := show(s.ctx, s.store, h)
		if err != nil {
			return err
		}
		if s.json {
			return s.print(v)
		}
		s.sayHandoff(v)
		return nil
	})
}

func (s *session) sayHandoff(v app.HandoffFileSays) {
	s.styled(bold, func() { s.say("%s  %s  %s", flat(v.Ref), v.Severity, flat(v.Title)) })
	s.block("Made", labels, when(v.Made))
	s.block("Key", labels, strings.Join(v.Words, " "))
	s.block("Records", labels, count(v.Records, "record")+", "+count(v.New, "new one"))
	s.say("%s", flat(v.Says))
	switch {
	case !v.Taken:
		s.say("nothing was written; compare the words, then add --take")
	case v.Offered != "":
		s.say("%s takes over with: qd handoff accept %s --as %s --back goal,risk,promise", flat(v.Offered), flat(v.Ref), flat(v.Offered))
	}
}

// passphrase is what locks a file, from standard input; empty when it is not locked.
func (s *session) passphrase(locked bool) (string, error) {
	if !locked {
		return "", nil
	}
	text, err := s.text("-")
	if err != nil {
		return "", err
	}
	if text = strings.TrimRight(text, "\r\n"); text == "" {
		return "", fault.Input("passphrase", "standard input holds no passphrase").WithHint("for example: read -rs P; printf %%s \"$P\" | qd handoff …")
	}
	return text, nil
}
