package main

import (
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

func playbooks(s *session) *cobra.Command {
	return group("playbook", "steps that bring a service back",
		s.reads(&cobra.Command{Use: "list [REF]", Short: "the playbooks, those for the incident's services first", Args: takes(0, 1),
			Long: "Without an incident they are those of the kit in force."}, s.playbookList),
		s.writes(&cobra.Command{Use: "start [REF] PLAYBOOK", Short: "copy a playbook's steps into the incident, as a checklist", Args: takes(1, 2),
			Long: "qd check ticks its steps. One that is out of date, or that nobody else has\napproved, is started all the same, and the record says so."}, s.playbookStart),
	)
}

// playbookView is a playbook for scripts.
type playbookView struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Services []string `json:"services"`
	Owner    string   `json:"owner"`
	Verified string   `json:"verified_on"` // the day; empty = never
	Approved string   `json:"approved_by"`
	Expires  string   `json:"expires"`
	Warnings []string `json:"warnings"`
	Fits     bool     `json:"fits"` // it is for the incident's services, or for any
	Steps    []string `json:"steps"`
	Running  *string  `json:"running"` // the list that it was started as, while a step is open
}

func (s *session) playbookList(args []string) error {
	if err := s.read(); err != nil {
		return err
	}
	out := []playbookView{}
	if len(args) == 0 {
		rows, err := s.store.Open(s.ctx)
		if err != nil {
			return err
		}
		if len(rows) != 1 {
			return s.sayPlaybooks(s.playbooksOf(out, s.cockpit.Kit(), nil, nil))
		}
		args = []string{rows[0].ID.String()}
	}
	row, err := s.find(args[0])
	if err != nil {
		return err
	}
	err = s.cockpit.View(s.ctx, row.ID, func(l *cockpit.Live) error {
		out = s.playbooksOf(out, l.Kit, l.State.Declared.Services, l.State)
		return nil
	})
	if err != nil {
		return err
	}
	return s.sayPlaybooks(out)
}

func (s *session) playbooksOf(out []playbookView, k *kit.Kit, services []string, st *incident.State) []playbookView {
	own, others := k.PlaybooksFor(services)
	for i, p := range append(own, others...) {
		v := playbookView{ID: p.ID, Name: p.Name, Services: names(p.Services), Owner: p.Owner, Verified: p.Verified, Approved: p.Approved, Expires: p.Expires,
			Warnings: names(p.Warnings(s.now())), Fits: i < len(own), Steps: []string{}}
		for _, step := range p.Steps {
			v.Steps = append(v.Steps, step.Text)
		}
		if st != nil {
			for _, l := range st.Running(k) {
				if strings.HasPrefix(l.When, "Playbook "+p.ID+",") || l.When == "Playbook "+p.ID {
					id := l.ID
					v.Running = &id
				}
			}
		}
		out = append(out, v)
	}
	return out
}

func (s *session) sayPlaybooks(list []playbookView) error {
	if s.json {
		return s.print(list)
	}
	if len(list) == 0 {
		s.say("the kit has no playbooks")
	}
	for _, p := range list {
		text := p.Name + ", " + count(len(p.Steps), "step")
		switch {
		case len(p.Services) > 0:
			text += ", for " + strings.Join(p.Services, ", ")
		default:
			text += ", for any service"
		}
		text += "; owner: " + p.Owner
		for _, w := range p.Warnings {
			text += "\ncareful: " + w
		}
		s.block(p.ID, 20, text)
	}
	return nil
}

func (s *session) playbookStart(args []string) error {
	ref, rest := split(args, 1)
	return s.ordered(ref, &incident.StartPlaybook{Book: rest[0]})
}
