package kit

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Playbook is how a service is brought back, step by step. Days are written 2026-11-21.
type Playbook struct {
	ID       string   `json:"id" yaml:"id"` // the name of its file
	Name     string   `json:"name" yaml:"name"`
	Services []string `json:"services,omitempty" yaml:"services"` // none = any service
	Owner    string   `json:"owner" yaml:"owner"`
	Verified string   `json:"verified,omitempty" yaml:"verified-on"` // the day on which somebody last worked through it; empty = never
	Approved string   `json:"approved,omitempty" yaml:"approved-by"` // by somebody other than its owner; empty = by nobody
	Expires  string   `json:"expires,omitempty" yaml:"expires"`      // the day from which it counts as out of date
	Intro    string   `json:"intro,omitempty" yaml:"intro"`          // what stands before the steps
	Steps    []Step   `json:"steps" yaml:"steps"`
}

// Step is one thing to do.
type Step struct {
	Text string `json:"text" yaml:"text"`
	More string `json:"more,omitempty" yaml:"more"` // how, in further lines
}

// MaxSteps is how many steps a playbook has at most. One that needs more is two.
const MaxSteps = 30

// day reads a day as it is written; the zero time when it is none.
func day(text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Warnings say why a playbook should be read with care at a time in ms UTC: it was never
// worked through, it is out of date, nobody but its owner has approved it.
func (p *Playbook) Warnings(now int64) []string {
	var out []string
	if p.Verified == "" {
		out = append(out, "nobody has worked through it yet")
	}
	if end := day(p.Expires); !end.IsZero() && now >= end.UnixMilli() {
		out = append(out, fmt.Sprintf("out of date since %s, last verified %s", p.Expires, p.Verified))
	}
	if p.Approved == "" {
		out = append(out, "nobody but its owner has approved it")
	}
	return out
}

// For reports whether the playbook is for one of these services: by name, letter case
// ignored. One that names no service is for any.
func (p *Playbook) For(services []string) bool {
	return len(p.Services) == 0 || p.Named(services)
}

// Named reports whether the playbook names one of these services itself.
func (p *Playbook) Named(services []string) bool {
	return slices.ContainsFunc(p.Services, func(s string) bool {
		return slices.ContainsFunc(services, func(o string) bool { return strings.EqualFold(strings.TrimSpace(o), s) })
	})
}

// Playbook finds a playbook by id; nil when there is none.
func (k *Kit) Playbook(id string) *Playbook {
	return find(k.Playbooks, func(p *Playbook) bool { return p.ID == id })
}

// PlaybooksFor are the playbooks for these services: those that name one of them first,
// then those for any service, in the kit's order. Those for other services come last.
func (k *Kit) PlaybooksFor(services []string) (own, others []*Playbook) {
	for i := range k.Playbooks {
		if p := &k.Playbooks[i]; p.Named(services) {
			own = append(own, p)
		}
	}
	for i := range k.Playbooks {
		switch p := &k.Playbooks[i]; {
		case p.Named(services):
		case len(p.Services) == 0:
			own = append(own, p)
		default:
			others = append(others, p)
		}
	}
	return own, others
}

// playbooks checks the playbooks.
func (c *checker) playbooks() {
	if len(c.kit.Playbooks) > maxEntries {
		c.size("playbooks", len(c.kit.Playbooks), maxEntries)
	}
	seen := map[string]bool{}
	for i, p := range c.kit.Playbooks {
		at := fmt.Sprintf("playbooks[%d]", i)
		c.id(at+".id", p.ID, seen)
		c.text(at+".name", p.Name, maxName, true)
		for j, s := range p.Services {
			c.text(fmt.Sprintf("%s.services[%d]", at, j), s, maxName, true)
		}
		c.text(at+".owner", p.Owner, maxName, true)
		c.text(at+".approved-by", p.Approved, maxName, false)
		if p.Approved != "" && strings.EqualFold(strings.TrimSpace(p.Approved), strings.TrimSpace(p.Owner)) {
			c.add(at+".approved-by", "have somebody else read it, or leave the line out until somebody has", "%s owns the playbook and approves it too", p.Owner)
		}
		c.day(at+".verified-on", p.Verified)
		c.day(at+".expires", p.Expires)
		switch verified, ends := day(p.Verified), day(p.Expires); {
		case p.Verified != "" && p.Expires == "":
			c.add(at+".verified-on", "add a line such as expires: "+verified.AddDate(0, 6, 0).Format(time.DateOnly), "nothing says until when that holds")
		case !verified.IsZero() && !ends.IsZero() && !ends.After(verified):
			c.add(at+".expires", "give a later day", "it expires on %s, before it was verified on %s", p.Expires, p.Verified)
		}
		c.text(at+".intro", p.Intro, maxText, false)
		if len(p.Steps) == 0 {
			c.add(at+".steps", "write the steps as a list: 1. first, 2. next", "the playbook has no steps")
		} else {
			c.size(at+".steps", len(p.Steps), MaxSteps)
		}
		for j, s := range p.Steps {
			at := fmt.Sprintf("%s.steps[%d]", at, j)
			c.text(at, s.Text, maxLine, true)
			c.text(at, s.More, maxText, false)
		}
	}
}

// day checks how a day is written.
func (c *checker) day(where, text string) {
	if text != "" && day(text).IsZero() {
		c.add(where, "write it as 2026-11-21", "%q is no day", text)
	}
}
