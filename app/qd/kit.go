package main

import (
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/assess"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/kit/load"
)

func kits(s *session) *cobra.Command {
	return group("kit", "your team's own process as a folder of files",
		s.reads(&cobra.Command{Use: "init DIR", Short: "write the built-in kit into a new folder, to change it there", Args: takes(1, 1)}, s.kitInit),
		s.reads(&cobra.Command{Use: "check DIR", Short: "name each mistake in a kit, with its line and its remedy", Args: takes(1, 1),
			Long: "Ends with 1 when there is one. With --json it is a list, empty without mistakes."}, s.kitCheck),
		s.reads(&cobra.Command{Use: "weigh [DIR]", Short: "what the questions weigh, and on what people differ", Args: takes(0, 1),
			Long: "Without DIR it is the built-in kit. People answer in its assessment.yaml."}, s.kitWeigh),
	)
}

// kitWritten is a kit that was written out.
type kitWritten struct {
	Folder string `json:"folder"`
	Files  int    `json:"files"`
}

func (s *session) kitInit(args []string) error {
	dir, err := s.kitFolder(args[0])
	if err != nil {
		return err
	}
	files, err := load.Init(dir)
	if err != nil {
		return err
	}
	if s.json {
		return s.print(kitWritten{dir, files})
	}
	s.say("the kit is in %s: %s", dir, count(files, "file"))
	s.say("next: change them (README.md says what they mean), then")
	s.say("    qd kit check %s", quoted(dir))
	s.say("    qd config set kit %s", quoted(dir))
	return nil
}

// kitFolder is the full path of a folder that was typed, counted from where it was typed.
func (s *session) kitFolder(arg string) (string, error) {
	if arg == "" {
		return "", wrong("dir", "name a folder; . is the one you are in", "no folder is named")
	}
	dir, err := filepath.Abs(arg)
	if err != nil {
		return "", fault.New(fault.Unreachable, "the folder you are in cannot be found").WithHint("write the folder's full path").WithCause(err)
	}
	return dir, nil
}

// quoted is a path as a shell takes it.
func quoted(path string) string {
	if !strings.ContainsFunc(path, func(r rune) bool { return strings.ContainsRune(" '\"\\$`&;|<>()*?[]#~!{}\t\n", r) }) {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// weighing is what people's comparisons of the questions come to.
type weighing struct {
	Weights []weight  `json:"weights"` // in the kit's order; they add up to 1
	Ratio   float64   `json:"ratio"`   // of consistency, of all people together; below 0.10
	Judges  []opinion `json:"judges"`
	Spread  []dispute `json:"spread"` // on what they differ, the widest first
}

type weight struct {
	Question string  `json:"question"`
	Weight   float64 `json:"weight"`
}

// opinion is one person's answers by themselves.
type opinion struct {
	Name    string   `json:"name"`
	Ratio   float64  `json:"ratio"`
	Weights []weight `json:"weights"`
}

// dispute is a pair on which people differ.
type dispute struct {
	More  string  `json:"more"`
	Than  string  `json:"than"`
	Least float64 `json:"least"`
	Most  float64 `json:"most"`
}

func (s *session) kitWeigh(args []string) error {
	dir := ""
	if len(args) > 0 {
		var err error
		if dir, err = s.kitFolder(args[0]); err != nil {
			return err
		}
	}
	in, err := app.ReadKit(dir)
	if err != nil {
		return err
	}
	a := &in.Kit.Assessment
	ids := assess.Criteria(a)
	w := assess.Weigh(ids, a.Judges)
	out := weighing{weightsOf(ids, w.Weights), w.Ratio, []opinion{}, []dispute{}}
	for _, j := range w.Judges {
		out.Judges = append(out.Judges, opinion{j.Name, j.Ratio, weightsOf(ids, j.Weights)})
	}
	for _, d := range w.Spread {
		out.Spread = append(out.Spread, dispute{d.More, d.Than, d.Least, d.Most})
	}
	if s.json {
		return s.print(out)
	}
	for _, x := range out.Weights {
		s.say("%s %.3f", pad(x.Question, 12), x.Weight)
	}
	s.say("consistency ratio %.3f, of %s; below %.2f is wanted", w.Ratio, count(len(w.Judges), "judge"), assess.Limit)
	for _, j := range w.Judges {
		s.say("%s ratio %.3f", pad(j.Name, 12), j.Ratio)
	}
	for _, d := range w.Spread {
		s.say("they differ: %s", d)
	}
	return nil
}

func weightsOf(ids []string, w []float64) []weight {
	out := []weight{}
	for i, id := range ids {
		out = append(out, weight{id, w[i]})
	}
	return out
}

// mistake is one in a kit.
type mistake struct {
	File    string `json:"file"` // in the kit's folder
	Line    int    `json:"line"` // 0 = the file as a whole
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

func (s *session) kitCheck(args []string) error {
	dir, err := s.kitFolder(args[0])
	if err != nil {
		return err
	}
	k, problems, err := load.Folder(dir)
	if err != nil {
		return err
	}
	found := make([]mistake, len(problems))
	for i, p := range problems {
		found[i] = mistakeOf(p)
		if !s.json {
			s.say("%s: %s\n    %s", p.Where, p.Message, p.Hint)
		}
	}
	if s.json {
		if err := s.print(found); err != nil {
			return err
		}
	}
	if n := len(found); n > 0 {
		return fault.New(fault.Invalid, "the kit in %s has %s", dir, count(n, "mistake")).WithHint("mend what is named, and check again")
	}
	if s.json {
		return nil
	}
	return s.sound(k)
}

func mistakeOf(p kit.Problem) mistake {
	m := mistake{File: p.Where, Message: p.Message, Hint: p.Hint}
	if i := strings.LastIndexByte(p.Where, ':'); i >= 0 {
		if line, err := strconv.Atoi(p.Where[i+1:]); err == nil {
			m.File, m.Line = p.Where[:i], line
		}
	}
	return m
}

// sound shows a kit without mistakes.
func (s *session) sound(k *kit.Kit) error {
	_, hash, err := k.Encode()
	if err != nil {
		return err
	}
	items := 0
	for _, l := range k.Checklists {
		items += len(l.Items)
	}
	s.say("%s: no mistakes", k.Name)
	s.say("%s %s", pad("hash", 11), hash)
	for _, c := range []struct {
		what string
		n    int
	}{
		{"severities", len(k.Severities)}, {"types", len(k.Types)}, {"roles", len(k.Roles)}, {"audiences", len(k.Audiences)},
		{"checklists", len(k.Checklists)}, {"items", items}, {"templates", len(k.Templates)},
	} {
		s.say("%s %d", pad(c.what, 11), c.n)
	}
	return nil
}
