package main

import (
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
)

func routes(s *session) *cobra.Command {
	return group("route", "the ways out: list, test, switch",
		s.reads(&cobra.Command{Use: "list", Short: "the routes, and how they were when last used", Args: takes(0, 0)}, s.routeList),
		s.reads(&cobra.Command{Use: "test NAME", Short: "try a route without posting anything", Args: takes(1, 1)}, s.routeTest),
		s.routeSwitch(),
		s.reads(&cobra.Command{
			Use: "manifest", Short: "what makes the app in Slack", Args: takes(0, 0),
			Long:    "Prints the app's manifest. At api.slack.com/apps choose Create New App, From a\nmanifest, and paste it; install the app, and keep its bot token:\n  qd secret set NAME   and then write secret: NAME in routes.yaml.",
			Example: "  qd route manifest >manifest.json",
		}, s.routeManifest),
	)
}

func (s *session) routeList([]string) error {
	if err := s.found(); err != nil {
		return err
	}
	if bad := s.outgoing.Ways.Trouble(); bad != nil { // "no routes" would be another thing
		return bad
	}
	list, err := s.outgoing.Routes(s.ctx, s.cockpit.Kit())
	if err != nil {
		return err
	}
	if s.json {
		return s.print(list)
	}
	if len(list) == 0 {
		s.say("no routes: everything leaves by hand. routes.yaml in %s would hold them", s.data)
	}
	for _, r := range list {
		text := r.Medium + " " + r.Target
		if len(r.Audiences) > 0 {
			text += " for " + strings.Join(r.Audiences, ", ")
		}
		switch {
		case r.Tried == 0:
			text += "\nnever used"
		case r.Works:
			text += "\nworked at " + wholeSecond(stamp(r.Tried))
		default:
			text += "\nfailed at " + wholeSecond(stamp(r.Tried)) + ": " + r.Why
		}
		s.block(r.Name, 20, text)
	}
	return nil
}

func (s *session) routeManifest([]string) error {
	s.document(app.SlackManifest())
	s.aside("paste it at api.slack.com/apps: Create New App, From a manifest; then install the app and keep its bot token with qd secret set NAME")
	return nil
}

func (s *session) routeTest(args []string) error {
	if err := s.found(); err != nil {
		return err
	}
	v, err := s.outgoing.Test(s.ctx, args[0])
	if err != nil {
		return err
	}
	if s.json {
		err = s.print(v)
	} else {
		s.testShown(v)
	}
	if err == nil && !v.Works {
		err = fault.New(fault.Refused, "%s does not work: %s", v.Route, v.Why).WithHint("%s", v.Hint)
	}
	return err
}

func (s *session) testShown(v app.TestView) {
	if v.Works {
		s.say("%s works, as %s", v.Route, v.Who)
	}
	for _, l := range []struct {
		label string
		list  []string
	}{{"may", v.Had}, {"lacks", v.Missing}, {"would like", v.Wanting}} {
		if len(l.list) > 0 {
			s.block(l.label, 11, strings.Join(l.list, ", "))
		}
	}
}

func (s *session) routeSwitch() *cobra.Command {
	var reason string
	c := &cobra.Command{Use: "switch [REF] AUDIENCE [ROUTE]", Short: "reach an audience by another route", Args: takes(1, 3)}
	c.Flags().StringVar(&reason, "reason", "", "`WHY`")
	return s.writes(c, func(args []string) error {
		if err := s.read(); err != nil {
			return err
		}
		ref, rest := "", args
		if len(args) == 3 || len(args) == 2 && s.cockpit.Kit().Audience(args[0]) == nil {
			ref, rest = args[0], args[1:]
		}
		row, err := s.find(ref)
		if err != nil {
			return err
		}
		actor, err := s.actor(row.ID)
		if err != nil {
			return err
		}
		to := ""
		if len(rest) == 2 {
			to = rest[1]
		}
		w, err := s.switched(row, actor, rest[0], to, reason)
		if err != nil {
			return err
		}
		return s.confirm(w)
	})
}
