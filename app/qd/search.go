package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/internal/incident"
)

// hitView is a record that a search found.
type hitView struct {
	Incident string `json:"incident"`
	Ref      string `json:"ref"`
	Record   string `json:"record"`
	At       string `json:"at"`
	Snippet  string `json:"snippet"`
}

// hits is how many a search answers with.
const hits = 100

func search(s *session) *cobra.Command {
	c := &cobra.Command{Use: "search QUERY", Short: "find words in every incident, best first", Args: takes(1, 1000),
		Long: "Each word may be the beginning of one; \"words in quotes\" stand together."}
	return s.reads(c, func(args []string) error {
		out, err := s.search(strings.Join(args, " "))
		if err != nil {
			return err
		}
		if s.json {
			return s.print(out)
		}
		if len(out) == 0 {
			s.say("nothing found")
		}
		for _, h := range out {
			s.block(wholeSecond(h.At), 23, flat(h.Ref)+": "+flat(h.Snippet)+" ["+handle(h.Record)+"]")
		}
		return nil
	})
}

func (s *session) search(query string) ([]hitView, error) {
	out := []hitView{}
	if err := s.read(); errors.Is(err, errNone) {
		return out, nil
	} else if err != nil {
		return out, err
	}
	found, err := s.store.Search(s.ctx, query, hits)
	if err != nil {
		return out, err
	}
	refs := map[incident.ID]string{}
	for _, h := range found {
		if _, seen := refs[h.Incident]; !seen {
			row, err := s.find(h.Incident.String())
			if err != nil {
				return out, err
			}
			if refs[h.Incident], err = s.label(row); err != nil {
				return out, err
			}
		}
		out = append(out, hitView{h.Incident.String(), refs[h.Incident], h.Record.String(), stamp(h.At), h.Snippet})
	}
	return out, nil
}
