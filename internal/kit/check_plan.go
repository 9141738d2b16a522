package kit

import "fmt"

// severities checks the levels. Their ids are SEV1 to SEV5 everywhere, so that a
// level means the same on every screen; a kit may have fewer, not others. Two is
// the least: a new incident starts at SEV2 until somebody has judged it.
func (c *checker) severities() {
	list := c.kit.Severities
	c.size("severities", len(list), 5)
	if len(list) == 1 {
		c.add("severities", "add SEV2, at which new incidents start", "the list has one level")
	}
	for i, s := range list {
		at := fmt.Sprintf("severities[%d]", i)
		if want := fmt.Sprintf("SEV%d", i+1); s.ID != want && i < 5 {
			c.add(at+".id", "number them SEV1, SEV2 and so on, the worst first", "the id is %q where %s belongs", s.ID, want)
		}
		c.text(at+".name", s.Name, maxName, true)
		c.text(at+".meaning", s.Meaning, maxProse, true)
		c.text(at+".command", s.Command, maxProse, false)
		c.text(at+".effort", s.Effort, maxProse, false)
		c.text(at+".retro", s.Retro, maxLine, false)
		c.number(at+".retro_days", s.RetroDue, MaxDays, "days")
		c.promises(at+".promises", s.Promises)
		c.required(at+".required", s.Required)
		c.exits(at+".exit", s.Exit)
	}
}

// promises may be none at all.
func (c *checker) promises(where string, list []Promise) {
	seen := map[string]bool{}
	for i, p := range list {
		at := fmt.Sprintf("%s[%d]", where, i)
		c.audience(at+".audience", p.Audience)
		if seen[p.Audience] {
			c.add(at+".audience", "keep one promise for each audience", "the audience %q stands twice", p.Audience)
		}
		seen[p.Audience] = true
		c.number(at+".first", p.First, MaxMinutes, "minutes")
		c.number(at+".every", p.Every, MaxMinutes, "minutes")
	}
}

func (c *checker) required(where string, list []string) {
	seen := map[string]bool{}
	for i, id := range list {
		at := fmt.Sprintf("%s[%d]", where, i)
		c.role(at, id)
		if seen[id] {
			c.add(at, "name it once", "the role %q stands twice", id)
		}
		seen[id] = true
	}
}

func (c *checker) exits(where string, list []Exit) {
	c.size(where, len(list), maxEntries)
	seen := map[string]bool{}
	for i, e := range list {
		at := fmt.Sprintf("%s[%d]", where, i)
		c.id(at+".id", e.ID, seen)
		c.text(at+".text", e.Text, maxLine, true)
		c.number(at+".soak", e.Soak, MaxMinutes, "minutes")
	}
}

func (c *checker) types() {
	c.size("types", len(c.kit.Types), maxEntries)
	seen := map[string]bool{}
	for i, t := range c.kit.Types {
		at := fmt.Sprintf("types[%d]", i)
		c.id(at+".id", t.ID, seen)
		c.text(at+".name", t.Name, maxName, true)
		c.text(at+".first", t.First, maxProse, false)
		c.additions(at+".add", t.Add)
		if len(t.Exit) > 0 {
			c.exits(at+".exit", t.Exit)
		}
	}
	for _, id := range []string{"service", "security"} {
		if c.kit.Type(id) == nil {
			c.add("types", "add a type with the id "+id, "there is no type %q, which an incident is declared under by itself", id)
		}
	}
}

// additions checks what a type adds to the checklists. Together they still fit one screen.
func (c *checker) additions(where string, list []Addition) {
	lists := map[string]bool{}
	items := map[string]bool{}
	for _, l := range c.kit.Checklists {
		for _, it := range l.Items {
			items[it.ID] = true
		}
	}
	for i, a := range list {
		at := fmt.Sprintf("%s[%d]", where, i)
		ref(c, at+".list", "checklist", a.List, c.kit.Checklists, func(l Checklist) string { return l.ID })
		if lists[a.List] {
			c.add(at+".list", "put the items together", "the checklist %q stands twice", a.List)
		}
		lists[a.List] = true
		most := MaxItems
		if l := find(c.kit.Checklists, func(l *Checklist) bool { return l.ID == a.List }); l != nil {
			most = max(1, MaxItems-len(l.Items)) // a list that is too long by itself is named for itself
		}
		c.size(at+".items", len(a.Items), most)
		for j, it := range a.Items {
			c.item(fmt.Sprintf("%s.items[%d]", at, j), it, items)
		}
	}
}

// declaring checks the rules by which something is an incident.
func (c *checker) declaring() {
	d := &c.kit.Declaring
	signs := map[string]bool{}
	for i, s := range d.Signs {
		at := fmt.Sprintf("declaring.signs[%d]", i)
		c.id(at+".id", s.ID, signs)
		c.text(at+".text", s.Text, maxLine, true)
	}
	rules := map[string]bool{}
	for i, r := range d.Rules {
		at := fmt.Sprintf("declaring.rules[%d]", i)
		c.id(at+".id", r.ID, rules)
		c.text(at+".name", r.Name, maxLine, true)
		if len(r.All)+len(r.Any) == 0 {
			c.add(at, "name signs under all or any", "the rule asks for nothing")
		}
		for word, list := range map[string][]string{"all": r.All, "any": r.Any} {
			for j, id := range list {
				ref(c, fmt.Sprintf("%s.%s[%d]", at, word, j), "sign", id, d.Signs, func(s Sign) string { return s.ID })
			}
		}
	}
}

// drafts checks what declarations begin with.
func (c *checker) drafts() {
	list := c.kit.Declaring.Drafts
	if len(list) > 0 {
		c.size("declaring.templates", len(list), maxEntries)
	}
	seen := map[string]bool{}
	for i, t := range list {
		at := fmt.Sprintf("declaring.templates[%d]", i)
		c.id(at+".id", t.ID, seen)
		c.text(at+".name", t.Name, maxName, true)
		if t.Type != "" {
			ref(c, at+".type", "type", t.Type, c.kit.Types, func(t Type) string { return t.ID })
		}
		if t.Severity != "" {
			ref(c, at+".severity", "severity", t.Severity, c.kit.Severities, func(s Severity) string { return s.ID })
		}
		if t.Source != "" {
			c.oneOf(at+".source", "source", t.Source, Sources)
		}
		for _, f := range []struct{ key, text string }{{".title", t.Title}, {".summary", t.Summary}, {".impact", t.Impact}, {".video", t.Video}} {
			c.text(at+f.key, f.text, maxLine, false)
		}
		for _, f := range []struct {
			key  string
			list []string
		}{{".environments", t.Environments}, {".regions", t.Regions}, {".services", t.Services}, {".invite", t.Invited}} {
			if len(f.list) > 0 {
				c.size(at+f.key, len(f.list), maxEntries)
			}
			for j, name := range f.list {
				c.text(fmt.Sprintf("%s%s[%d]", at, f.key, j), name, maxName, true)
			}
		}
	}
}

// roles checks the roles. An id or alias names one role only: either may be typed
// for it.
func (c *checker) roles() {
	c.size("roles", len(c.kit.Roles), maxEntries)
	seen := map[string]bool{}
	for i, r := range c.kit.Roles {
		at := fmt.Sprintf("roles[%d]", i)
		c.id(at+".id", r.ID, seen)
		c.text(at+".name", r.Name, maxName, true)
		c.text(at+".short", r.Short, maxName, true)
		c.text(at+".duty", r.Duty, maxProse, false)
		c.text(at+".first", r.First, maxProse, false)
		c.text(at+".not", r.Not, maxProse, false)
		c.text(at+".hand_over", r.HandOver, maxProse, false)
	}
	for i, r := range c.kit.Roles {
		for j, a := range r.Aliases {
			c.id(fmt.Sprintf("roles[%d].aliases[%d]", i, j), a, seen)
		}
	}
	if c.kit.Role(Commander) == nil {
		c.add("roles", "add a role with the id "+Commander, "nobody can command: there is no role %q", Commander)
	}
	if c.kit.Role("operations") == nil {
		c.add("roles", "add a role with the id operations", "there is no role %q, which whoever responds first is given", "operations")
	}
}

func (c *checker) audiences() {
	c.size("audiences", len(c.kit.Audiences), maxEntries)
	seen := map[string]bool{}
	for i, a := range c.kit.Audiences {
		at := fmt.Sprintf("audiences[%d]", i)
		c.id(at+".id", a.ID, seen)
		c.text(at+".name", a.Name, maxName, true)
		if len(a.Routes) > 0 {
			c.size(at+".routes", len(a.Routes), maxRoutes)
		}
		once := map[string]bool{}
		for j, r := range a.Routes {
			c.id(fmt.Sprintf("%s.routes[%d]", at, j), r, once)
		}
	}
}

// maxRoutes is how many rungs an audience's ladder has at most.
const maxRoutes = 8
