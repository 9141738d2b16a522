package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/oncall"
	"quarterdeck/internal/workspace"
)

// contactView is somebody whom the team knows.
type contactView struct {
	Name    string   `json:"name"`
	Email   string   `json:"email"`
	Aliases []string `json:"aliases"`
	Phone   string   `json:"phone"`
	Zone    string   `json:"zone"`
	Notes   string   `json:"notes"`
}

func people(s *session) *cobra.Command {
	return group("people", "the people whom the team knows, with how to reach them", peopleList(s), peopleAdd(s), peopleRemove(s))
}

func peopleList(s *session) *cobra.Command {
	return s.reads(&cobra.Command{Use: "list", Short: "everybody, by name", Args: takes(0, 0)}, func([]string) error {
		if err := s.folder(); err != nil {
			return err
		}
		list, err := workspace.ReadPeople(s.data)
		if err != nil {
			return err
		}
		out := []contactView{}
		for _, p := range list {
			out = append(out, contactView{p.Name, p.Email, append([]string{}, p.Aliases...), p.Phone, p.Zone, p.Notes})
		}
		slices.SortStableFunc(out, func(a, b contactView) int { return strings.Compare(a.Name, b.Name) })
		if s.json {
			return s.print(out)
		}
		if len(out) == 0 {
			s.say("nobody is listed; qd people add NAME --email … --phone … adds somebody")
		}
		for _, p := range out {
			parts := []string{}
			for _, part := range append([]string{p.Email, p.Phone, p.Zone}, p.Aliases...) {
				if part != "" {
					parts = append(parts, part)
				}
			}
			s.block(p.Name, 26, strings.Join(parts, " · "))
		}
		return nil
	})
}

func peopleAdd(s *session) *cobra.Command {
	p := oncall.Person{}
	c := &cobra.Command{
		Use: "add NAME", Short: "add somebody, or change what is known of them", Args: takes(1, 1),
		Long:    "Somebody is the same person when the e-mail address is, or the name while one\nof both has no address. Aliases are other names, user names and addresses by\nwhich calendars call them; each stands for one person.",
		Example: "  qd people add 'Ana Lee' --email ana@example.com --alias al \\\n    --phone '+49 30 1234' --zone Europe/Berlin",
	}
	c.Flags().StringVar(&p.Email, "email", "", "e-mail `ADDRESS`")
	c.Flags().StringArrayVar(&p.Aliases, "alias", nil, "another `NAME` of theirs; may be repeated")
	c.Flags().StringVar(&p.Phone, "phone", "", "phone `NUMBER`")
	c.Flags().StringVar(&p.Zone, "zone", "", "time `ZONE` in which they live: Europe/Berlin")
	c.Flags().StringVar(&p.Slack, "slack", "", "the `ID` of their account in Slack, for invitations and mentions: U024BE7LH")
	c.Flags().StringVar(&p.Notes, "notes", "", "`TEXT` for whoever calls them")
	return s.reads(c, func(args []string) error {
		if err := s.prepare(); err != nil {
			return err
		}
		p.Name = strings.TrimSpace(args[0])
		return workspace.ChangePeople(s.data, func(list []oncall.Person) ([]oncall.Person, error) {
			for _, old := range list { // what is not said again stays
				if len(app.PutPerson([]oncall.Person{old}, p)) == 1 {
					p.Email = either(p.Email, old.Email)
					p.Phone = either(p.Phone, old.Phone)
					p.Zone = either(p.Zone, old.Zone)
					p.Notes = either(p.Notes, old.Notes)
					p.Slack = either(p.Slack, old.Slack)
					if p.Aliases == nil {
						p.Aliases = old.Aliases
					}
				}
			}
			return app.PutPerson(list, p), nil
		})
	})
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func peopleRemove(s *session) *cobra.Command {
	c := &cobra.Command{Use: "remove NAME", Short: "remove somebody, by name, address or alias", Args: takes(1, 1), Long: "Incidents go on knowing them: the record is not touched."}
	return s.reads(c, func(args []string) error {
		if err := s.folder(); err != nil {
			return err
		}
		return workspace.ChangePeople(s.data, func(list []oncall.Person) ([]oncall.Person, error) {
			p, err := one(list, args[0])
			if err != nil {
				return nil, err
			}
			if p == nil {
				return nil, fault.New(fault.NotFound, "nobody is called %.60q", args[0]).WithHint("qd people list shows everybody")
			}
			return slices.DeleteFunc(slices.Clone(list), func(x oncall.Person) bool { return x.Name == p.Name && x.Email == p.Email }), nil
		})
	})
}

// one is the person whom a word means; nil when it means nobody who is listed.
func one(list []oncall.Person, word string) (*oncall.Person, error) {
	found := oncall.Find(list, word)
	switch len(found) {
	case 0:
		return nil, nil
	case 1:
		return &found[0], nil
	}
	names := make([]string, len(found))
	for i, p := range found {
		names[i] = p.Name + " <" + p.Email + ">"
	}
	return nil, fault.Input("person", "%.60q may be %s", word, strings.Join(names, " or ")).WithHint("say which, by e-mail address")
}
