package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"quarterdeck/app"
)

// manual prints every command as one page for man; packages carry it.
func manual(s *session) *cobra.Command {
	c := &cobra.Command{Use: "man", Short: "all of this as a manual page: qd man | man -l -", Args: takes(0, 0), Hidden: true}
	c.RunE = func(c *cobra.Command, _ []string) error {
		var p page
		p.write(c.Root())
		_, err := s.out.WriteString(p.String())
		return err
	}
	return c
}

// page is a manual page in the making, in the language of roff.
type page struct{ strings.Builder }

func (p *page) write(root *cobra.Command) {
	fmt.Fprintf(p, ".TH QD 1 \"\" %q \"User Commands\"\n", "quarterdeck "+app.Version)
	p.head("NAME")
	p.text("qd - " + root.Short)
	p.head("SYNOPSIS")
	fmt.Fprint(p, ".B qd\n.I COMMAND\n.RI [ ARGUMENT\\ ...\\& ]\n.RI [ FLAG\\ ...\\& ]\n")
	p.head("DESCRIPTION")
	p.text(root.Long)
	p.head("COMMANDS")
	for _, g := range root.Groups() {
		for _, c := range root.Commands() {
			if c.GroupID == g.ID && !c.Hidden && c.Name() != "help" && c.Name() != "completion" {
				p.command(c)
			}
		}
	}
	p.command(sub(root, "completion"))
	p.head("FLAGS OF EVERY COMMAND")
	p.flags(root.PersistentFlags())
	p.item("-h, --help", "help for the command")
	p.head("EXIT STATUS")
	p.item("0", "done")
	p.item("1", "refused or failed")
	p.item("2", "called wrongly")
	p.head("ENVIRONMENT")
	p.item("QUARTERDECK_DATA", "the data folder, when --data does not name one; otherwise quarterdeck in $XDG_DATA_HOME, which usually is ~/.local/share")
	p.item("NO_COLOR", "when it is set, nothing is coloured")
	p.head("SEE ALSO")
	fmt.Fprint(p, ".BR quarterdeck (1)\n")
}

// command writes a command, or the commands that it holds.
func (p *page) command(c *cobra.Command) {
	if c.HasSubCommands() {
		for _, s := range c.Commands() {
			if c.Name() != "completion" || s.Name() != "powershell" {
				p.command(s)
			}
		}
		return
	}
	line := strings.TrimSuffix(c.UseLine(), " [flags]")
	fmt.Fprintf(p, ".SS %s\n", roff(line))
	p.text(strings.ToUpper(c.Short[:1]) + c.Short[1:] + ".")
	if c.Parent().Name() == "completion" {
		return // its long text is the library's, about setting shells up
	}
	if c.Long != "" {
		p.text(c.Long)
	}
	if c.HasExample() {
		fmt.Fprint(p, ".PP\n")
		p.lines(c.Example)
	}
	p.flags(c.LocalNonPersistentFlags())
}

func (p *page) flags(set *pflag.FlagSet) {
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" || f.Name == "version" {
			return
		}
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		value, usage := pflag.UnquoteUsage(f)
		p.item(strings.TrimSpace(name+" "+value), usage)
	})
}

func (p *page) head(title string) { fmt.Fprintf(p, ".SH %s\n", title) }

func (p *page) item(name, text string) {
	fmt.Fprintf(p, ".TP\n.B %s\n%s\n", roff(name), roff(text))
}

// text writes paragraphs; an empty line is between two. One with indented lines is a
// table and keeps them.
func (p *page) text(s string) {
	for i, para := range strings.Split(strings.TrimSpace(s), "\n\n") {
		if i > 0 {
			fmt.Fprint(p, ".PP\n")
		}
		if strings.HasPrefix(para, "  ") || strings.Contains(para, "\n  ") {
			p.lines(para)
			continue
		}
		fmt.Fprintln(p, roff(strings.Join(strings.Fields(para), " ")))
	}
}

// lines writes text as it stands.
func (p *page) lines(s string) {
	fmt.Fprint(p, ".EX\n")
	for l := range strings.Lines(s) {
		fmt.Fprintln(p, roff(strings.TrimSuffix(l, "\n")))
	}
	fmt.Fprint(p, ".EE\n")
}

// roff makes text that means nothing to roff; a dash stays one that can be copied.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	return s
}
