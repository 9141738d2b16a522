package main

import (
	"github.com/spf13/cobra"

	"quarterdeck/internal/incident"
)

func action(s *session) *cobra.Command {
	var ref, result string
	var minutes int
	c := &cobra.Command{
		Use: "action RECORD done|drop|extend|read-back", Short: "end an action, give it more time, note that its owner repeated it", Args: takes(2, 2),
		Example: "  qd action 3f9a2c1d done --result 'cache is empty'\n  qd action 3f9a2c1d extend --minutes 5",
	}
	f := c.Flags()
	f.StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	f.StringVar(&result, "result", "", "`TEXT`: what came of it")
	f.IntVar(&minutes, "minutes", incident.DefaultBox, "with extend: the time box from now, in `MINUTES`")
	return s.writes(c, func(args []string) error {
		if err := choice("state", args[1], "done", "drop", "extend", "read-back"); err != nil {
			return err
		}
		return s.about(ref, args[0], func(r incident.Record) incident.Command {
			if args[1] == "read-back" {
				return &incident.ReadBackAction{Action: r.ID}
			}
			if args[1] == "extend" {
				return &incident.ExtendAction{Action: r.ID, Minutes: minutes}
			}
			return &incident.CloseAction{Action: r.ID, Dropped: args[1] == "drop", Result: result}
		})
	})
}

func answer(s *session) *cobra.Command {
	var ref string
	c := &cobra.Command{Use: "answer RECORD TEXT", Short: "answer a question", Args: takes(2, 1000)}
	c.Flags().StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	return s.writes(c, func(args []string) error {
		text, err := s.text(args[1:]...)
		if err != nil {
			return err
		}
		return s.about(ref, args[0], func(r incident.Record) incident.Command {
			return &incident.AnswerQuestion{Question: r.ID, Text: text}
		})
	})
}

// about carries out a command on what an earlier record opened, and shows what it did.
func (s *session) about(ref, text string, prepare func(incident.Record) incident.Command) error {
	if err := s.read(); err != nil {
		return err
	}
	r, err := s.record(ref, text)
	if err != nil {
		return err
	}
	return s.ordered(r.Incident.String(), prepare(r))
}
