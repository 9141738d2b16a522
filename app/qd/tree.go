package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"quarterdeck/app"
)

// commands are all there are, as help groups them.
var commands = []struct {
	title string
	makes []func(*session) *cobra.Command
}{
	{"Write down:", []func(*session) *cobra.Command{note, log, attach, action, changes, decision, hypothesis, answer, amend, undo, redact}},
	{"Command:", []func(*session) *cobra.Command{declare, phase, severity, role, team, handoff, intermission, check, update, channels, outboxes, promise, exit, milestone, lookBack}},
	{"Bring back, and link:", []func(*session) *cobra.Command{playbooks, soak, measures, link, duplicate, merge}},
	{"Look:", []func(*session) *cobra.Command{list, show, timeline, history, search, export, onCall, calendars}},
	{"Learn:", []func(*session) *cobra.Command{cleanup, followUps, invite, metrics, cost, effort, write}},
	{"Keep house:", []func(*session) *cobra.Command{importFile, backup, restore, verify, doctor, rebuild, config, people, overrides, routes, kits, secrets}},
}

// tree makes the commands for one run.
func tree(s *session) *cobra.Command {
	root := &cobra.Command{
		Use: "qd", Short: "Quarterdeck in a shell",
		Long: "qd writes into the log of an incident and reads from it, beside an open cockpit\n" +
			"or without one.\n\n" +
			"REF is an incident's reference (INC-7) or its id; with one open incident it may\n" +
			"be left out. RECORD is a record's id, or its handle as qd timeline shows it.\n" +
			"TEXT may be - to read it from standard input. Flags may stand anywhere; -- ends\n" +
			"them. Times are RFC 3339: 2026-11-20T14:02:00Z.",
		Version: app.Version, SilenceErrors: true, SilenceUsage: true, Args: cobra.ArbitraryArgs,
	}
	root.RunE = func(c *cobra.Command, args []string) error {
		switch {
		case len(args) > 0:
			return unknown(c, args[0])
		case s.json:
			return wrong("command", "qd --help lists the commands", "no command is given")
		}
		return c.Help()
	}
	root.SetVersionTemplate("qd {{.Version}}\n")
	root.SetOut(&s.out)
	root.SetErr(s.stderr)
	root.SetFlagErrorFunc(flagError)
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), "Flags.FlagUsages ", fmt.Sprintf("Flags.FlagUsagesWrapped %d ", columns)) + "\n")
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
	root.PersistentFlags().StringVar(&s.data, "data", "", "the data `FOLDER` (default: $QUARTERDECK_DATA, else the account's own)")
	root.PersistentFlags().BoolVar(&s.drill, "drill", false, "among the drills, which have a database of their own")
	root.PersistentFlags().BoolVar(&s.json, "json", s.json, "answer with one JSON document; errors too, on stderr")
	for _, g := range commands {
		root.AddGroup(&cobra.Group{ID: g.title, Title: g.title})
		for _, makes := range g.makes {
			c := makes(s)
			c.GroupID = g.title
			c.Flags().SortFlags = false
			root.AddCommand(c)
		}
	}
	root.AddCommand(manual(s)) // for packages; nobody needs to see it in a list
	last := commands[len(commands)-1].title
	root.SetHelpCommandGroupID(last)
	root.SetCompletionCommandGroupID(last)
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	return root
}

// group is a command that only holds others.
func group(use, short string, subs ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Args: cobra.ArbitraryArgs}
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) > 0 {
			return unknown(c, args[0])
		}
		return wrong("command", c.CommandPath()+" --help lists them", "%s needs one of its commands", c.CommandPath())
	}
	c.AddCommand(subs...)
	return c
}

// takes bounds how many arguments a command has.
func takes(least, most int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return wrong("", c.UseLine(), "%s: something is missing", c.CommandPath())
		case len(args) > most:
			return wrong("", c.UseLine()+"; put words that belong together in quotes", "%s: %.60q is one too many", c.CommandPath(), args[most])
		}
		return nil
	}
}

// flagError words what the parser of flags says.
func flagError(c *cobra.Command, err error) error {
	hint := c.UseLine() + "; put -- before a text that begins with a dash"
	if c.HasParent() {
		hint = c.CommandPath() + " --help lists its flags; put -- before a text that begins with a dash"
	}
	field := ""
	switch e := err.(type) {
	case *pflag.InvalidValueError:
		field = e.GetFlag().Name
		return wrong(field, e.Unwrap().Error(), "--%s: %.60q is not understood", field, e.GetValue())
	case *pflag.ValueRequiredError:
		field = e.GetFlag().Name
	case *pflag.NotExistError:
		field = e.GetSpecifiedName()
	}
	return wrong(field, hint, "%s", err)
}

// knows reports whether there is a command of that name.
func knows(root *cobra.Command, name string) bool {
	return sub(root, name) != nil || strings.HasPrefix(name, cobra.ShellCompRequestCmd)
}

func sub(c *cobra.Command, name string) *cobra.Command {
	for _, s := range c.Commands() {
		if s.Name() == name || s.HasAlias(name) {
			return s
		}
	}
	return nil
}

// hoist moves the words that name a command to the front, since the library takes
// what follows a flag without a value in front of them for that flag's value.
func hoist(root *cobra.Command, args []string) []string {
	alone := map[string]bool{"help": true, "h": true, "version": true, "v": true}
	note := func(f *pflag.Flag) { alone[f.Name] = alone[f.Name] || f.NoOptDefVal != "" }
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		c.LocalFlags().VisitAll(note)
		for _, s := range c.Commands() {
			walk(s)
		}
	}
	walk(root)
	args = literal(args, alone)
	front, rest, at := []string{}, []string{}, root
	for i := 0; i < len(args); i++ {
		a := args[i]
		if a == "--" || at == nil || !at.HasSubCommands() {
			rest = append(rest, args[i:]...)
			break
		}
		if !strings.HasPrefix(a, "-") || a == "-" {
			front, at = append(front, a), sub(at, a)
			continue
		}
		rest = append(rest, a)
		long := strings.HasPrefix(a, "--")
		name, _, valued := strings.Cut(strings.TrimLeft(a, "-"), "=")
		if valued = valued || !long && len(name) > 1; !valued && !alone[name] && i+1 < len(args) {
			i++
			rest = append(rest, args[i])
		}
	}
	return append(front, rest...)
}

// literal moves what begins with a dash and a digit behind a "--": no flag begins so,
// and the log line's "-10m text" does. Values of flags stay where they are; alone
// names the flags that take none.
func literal(args []string, alone map[string]bool) []string {
	var out, texts []string
	for i := 0; i < len(args); i++ {
		a := args[i]
		switch {
		case a == "--":
			return slices.Concat(out, []string{"--"}, texts, args[i+1:])
		case len(a) > 1 && a[0] == '-' && a[1] >= '0' && a[1] <= '9':
			texts = append(texts, a)
			continue
		}
		out = append(out, a)
		name, _, valued := strings.Cut(strings.TrimLeft(a, "-"), "=")
		if flag := strings.HasPrefix(a, "-") && a != "-"; flag && !valued && !alone[name] && i+1 < len(args) && (strings.HasPrefix(a, "--") || len(name) == 1) {
			i++
			out = append(out, args[i])
		}
	}
	if len(texts) > 0 {
		out = append(append(out, "--"), texts...)
	}
	return out
}
