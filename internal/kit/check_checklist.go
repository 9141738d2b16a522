package kit

import (
	"fmt"
	"slices"
	"strings"
)

// checklists checks the lists. One is found by its phase or, without one, by its
// id, so an id that is a phase's name belongs to that phase.
func (c *checker) checklists() {
	c.size("checklists", len(c.kit.Checklists), maxEntries)
	ids, phases, items := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i, l := range c.kit.Checklists {
		at := fmt.Sprintf("checklists[%d]", i)
		c.id(at+".id", l.ID, ids)
		c.text(at+".name", l.Name, maxName, true)
		c.text(at+".when", l.When, maxProse, false)
		c.oneOf(at+".mode", "mode", l.Mode, []string{ReadDo, DoConfirm})
		if l.Phase != "" {
			c.oneOf(at+".phase", "phase", l.Phase, Phases)
			if phases[l.Phase] {
				c.add(at+".phase", "keep one list for each phase", "the phase %q has two lists", l.Phase)
			}
			phases[l.Phase] = true
		}
		if l.ID != l.Phase && slices.Contains(Phases, l.ID) {
			c.add(at+".id", "give the list another id, or set its phase to "+l.ID, "the id %q is the name of a phase", l.ID)
		}
		c.size(at+".items", len(l.Items), MaxItems)
		for j, it := range l.Items {
			c.item(fmt.Sprintf("%s.items[%d]", at, j), it, items)
		}
	}
}

func (c *checker) item(at string, it Item, seen map[string]bool) {
	c.id(at+".id", it.ID, seen)
	c.text(at+".text", it.Text, maxLine, true)
	c.text(at+".value", it.Value, maxLine, false)
	c.text(at+".why", it.Why, maxProse, false)
	if it.Act != "" {
		c.oneOf(at+".act", "act", it.Act, Acts)
	}
	if it.Proof != "" {
		c.proof(at+".proof", it.Proof)
	}
}

// proof checks the predicate and what follows its colon.
func (c *checker) proof(where, proof string) {
	name, arg, colon := strings.Cut(proof, ":")
	switch name {
	case "role":
		if arg == "" {
			c.add(where, "name the role after a colon, such as role:operations", "the proof does not say which role")
			return
		}
		c.role(where, arg)
	case "answer":
		if arg == "" {
			c.add(where, "name a question after a colon, such as answer:users", "the proof does not say which answer")
			return
		}
		c.criterion(where, arg)
	case "first-notice":
		if arg == "" {
			c.add(where, "name audiences after a colon, such as first-notice:support", "the proof does not say whose first notice")
			return
		}
		for id := range strings.SplitSeq(arg, ",") {
			c.audience(where, id)
		}
	default:
		c.oneOf(where, "proof", name, Proofs)
		if colon && slices.Contains(Proofs, name) {
			c.add(where, "leave out the colon and what follows", "the proof %s takes nothing after a colon", name)
		}
	}
}

func (c *checker) templates() {
	c.size("templates", len(c.kit.Templates), maxEntries)
	seen := map[string]bool{}
	for i, t := range c.kit.Templates {
		at := fmt.Sprintf("templates[%d]", i)
		c.audience(at+".audience", t.Audience)
		c.oneOf(at+".moment", "moment", t.Moment, Moments)
		if key := t.Audience + " " + t.Moment; seen[key] {
			c.add(at+".moment", "keep one text for each audience and moment", "%s already have a text for the moment %q", t.Audience, t.Moment)
		} else {
			seen[key] = true
		}
		c.text(at+".text", t.Text, maxText, true)
		c.slots(at+".text", t.Text)
	}
}

// slots checks what stands between braces.
func (c *checker) slots(where, text string) {
	for rest := text; ; {
		i := strings.IndexAny(rest, "{}")
		if i < 0 {
			return
		}
		end := strings.IndexAny(rest[i+1:], "{}")
		if rest[i] == '}' || end < 0 || rest[i+1+end] == '{' {
			c.add(where, "write a slot as {next}; braces have no other use", "a brace in the text has no partner")
			return
		}
		c.oneOf(where, "slot", rest[i+1:i+1+end], Slots)
		rest = rest[i+1+end+1:]
	}
}
