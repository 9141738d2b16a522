package compose

import (
	"regexp"
	"strings"

	"quarterdeck/internal/incident"
)

// Cite is a linked moment as it stands in a text: [14:29 Roll back](#a1b2c3d4e5f6).
func Cite(label string, id incident.ID) string {
	label = strings.NewReplacer("[", "(", "]", ")", "\n", " ").Replace(label)
	return "[" + label + "](#" + Anchor(id) + ")"
}

var (
	cited    = regexp.MustCompile(`\[([^\[\]\n]{1,200})\]\(#([0-9a-f]{12})\)`)
	listed   = regexp.MustCompile(`^\s*(?:[-*+•]|\d{1,3}[.)])\s+`)
	headed   = regexp.MustCompile(`^#{1,6}\s+`)
	emphasis = regexp.MustCompile(`\*\*([^*\n]+)\*\*`)
)

// Prose reads a text of a section as it is typed: paragraphs, lists, sub-headings and
// linked moments. Whatever else it holds is text.
func Prose(text string) []Block {
	var out []Block
	var lines []string
	flush := func() {
		if len(lines) > 0 {
			out = append(out, Block{Kind: Para, Runs: runs(strings.Join(lines, "\n"))})
			lines = nil
		}
	}
	for _, l := range strings.Split(harmless(text), "\n") {
		l = strings.TrimRight(l, " ")
		switch {
		case strings.TrimSpace(l) == "":
			flush()
		case headed.MatchString(l):
			flush()
			out = append(out, subhead(headed.ReplaceAllString(l, "")))
		case listed.MatchString(l):
			flush()
			out = append(out, Block{Kind: Item, Runs: runs(listed.ReplaceAllString(l, ""))})
		case len(lines) == 0 && len(out) > 0 && out[len(out)-1].Kind == Item && strings.HasPrefix(l, "  "):
			last := &out[len(out)-1] // the item goes on
			last.Runs = append(last.Runs, runs(" "+strings.TrimSpace(l))...)
		default:
			lines = append(lines, strings.TrimSpace(l))
		}
	}
	flush()
	return out
}

// runs takes the linked moments out of a text.
func runs(text string) []Run {
	text = emphasis.ReplaceAllString(text, "$1")
	var out []Run
	for {
		m := cited.FindStringSubmatchIndex(text)
		if m == nil {
			break
		}
		if m[0] > 0 {
			out = append(out, Run{Text: text[:m[0]]})
		}
		out = append(out, Run{Text: text[m[2]:m[3]], To: text[m[4]:m[5]]})
		text = text[m[1]:]
	}
	if text != "" {
		out = append(out, Run{Text: text})
	}
	return out
}
