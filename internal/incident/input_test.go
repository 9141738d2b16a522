package incident_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// What people paste has one outcome: it is kept as text, without what cannot be seen
// and without what makes other text read differently.
func TestTextAsItIsKept(t *testing.T) {
	tests := []struct{ name, typed, kept string }{
		{"markup", `<img src=x onerror="alert(1)">&amp;**b** <!channel>`, `<img src=x onerror="alert(1)">&amp;**b** <!channel>`},
		{"control characters", "a\x00b\x07c\x1b[31md\x7fe\u0090f", "abc[31mdef"},
		{"line ends", "a\r\nb\rc\nd\u2028e\u2029f\vg\fh\u0085i", "a\nb\nc\nd\ne\nf\ng\nh\ni"},
		{"tabs", "\ta\tb\t", "a\tb"},
		{"right-to-left text", "שלום \u200fעולם\u200f 5xx", "שלום \u200fעולם\u200f 5xx"},
		{"overrides", "user \u202egnp.exe\u202c said \u2066hi\u2069", "user gnp.exe said hi"},
		{"emoji with joiners", "👩\u200d🚒 at work", "👩\u200d🚒 at work"},
		{"invalid UTF-8", "a\xff\xfeb\xc3", "a\uFFFDb\uFFFD"},
		{"a surrogate half", "\xed\xa0\x80", "\uFFFD"},
		{"SQL", "'); DROP TABLE record;--", "'); DROP TABLE record;--"},
		{"a template", "{{.Secret}} ${HOME} %s %d {next}", "{{.Secret}} ${HOME} %s %d {next}"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := declared(t)
			r := d.must(&incident.AddNote{Text: tt.typed})
			if got := r.Event().(*incident.NoteAdded).Text; got != tt.kept {
				t.Errorf("kept %q, want %q", got, tt.kept)
			}
		})
	}
}

func TestWhatCannotBeSeenIsNothing(t *testing.T) {
	for _, typed := range []string{"", " ", "\n\t\r", "\x00", "\x00\x01\x1f", "\u200b", "\u200f\u200e", "\u202e", "\ufeff", "\u2028", "\u00a0", "\u00ad\u2060", "\u200d \u200d"} {
		declared(t).refused(&incident.AddNote{Text: typed}, fault.Invalid, "text")
		if l := incident.ParseLine(typed, noon, nil, nil); l.Kind != incident.LineEmpty {
			t.Errorf("%q is read as %+v", typed, l)
		}
		if _, err := incident.CleanName("person", typed); err == nil {
			t.Errorf("%q is a name", typed)
		}
		// As a reason it is none.
		declared(t).refused(&incident.SetSeverity{Severity: "SEV3", Reason: typed}, fault.Invalid, "reason")
	}
}

func TestCleanName(t *testing.T) {
	tests := []struct{ typed, kept string }{
		{"Ana", "Ana"}, {"  Ana\n María\tde  la Cruz ", "Ana María de la Cruz"}, {"Анна", "Анна"}, {"O'Brien", "O'Brien"},
		{"ana\u202egnp", "anagnp"}, {"<b>", "<b>"}, {repeat("ж", 80), repeat("ж", 80)},
	}
	for _, tt := range tests {
		if got, err := incident.CleanName("person", tt.typed); err != nil || got != tt.kept {
			t.Errorf("CleanName(%q) = %q, %v", tt.typed, got, err)
		}
	}
	_, err := incident.CleanName("person", repeat("x", 81))
	refusal(t, err, fault.Invalid, "person")
}

// garbage is what ends up in a field when somebody's clipboard, or somebody's script,
// has a bad day.
var garbage = []string{
	"<script>alert(1)</script>", "\x00", "a\x00b\x1b[2J", "\u202e\u2066txet", "ש\u200fל", "\xff\xfe\xc3\x28", "",
	strings.Repeat("x", 70_000), strings.Repeat("ж\n", 30_000), strings.Repeat("\x00", 5000), strings.Repeat("%s", 1000), "..\\../etc",
}

// Whatever stands in whichever field of whichever command: it is refused with a short
// sentence and a field, or kept as clean text within the bounds.
func TestGarbageInEveryField(t *testing.T) {
	for _, cmd := range everyCommand() {
		d := declared(t)
		for _, g := range garbage {
			numbers := []int64{0, -1, noon, year9999, 1 << 62, -1 << 62}
			if len(g) > 10_000 {
				numbers = numbers[2:3]
			}
			for _, n := range numbers {
				stuff(reflect.ValueOf(cmd).Elem(), g, n)
				if _, ok := cmd.(*incident.Declare); ok {
					d = empty(t)
				}
				recs, err := d.try(cmd)
				if err != nil {
					f := fault.Of(err)
					if f.Code == fault.Internal || len(f.Message) > 1100 || len(f.Hint) > 1100 || f.Code == fault.Invalid && f.Field == "" {
						t.Errorf("%T %.20q: %.2000v", cmd, g, err)
					}
					continue
				}
				for i := range recs {
					clean(t, &recs[i])
				}
				d = declared(t)
			}
		}
	}
}

// A pasted megabyte is refused at once, with what to do instead.
func TestAMegabyte(t *testing.T) {
	for _, text := range []string{strings.Repeat("a b\n", 1<<18), strings.Repeat("\x00", 1<<20) + strings.Repeat("x", 1<<17)} {
		for _, cmd := range []incident.Command{&incident.AddNote{Text: text}, &incident.MakeDecision{Text: "x", Basis: text}, &incident.SendUpdate{Audience: "support", State: "investigating", Text: text}} {
			_, err := declared(t).try(cmd)
			if f := fault.Of(err); f == nil || f.Code != fault.Invalid || f.Hint == "" {
				t.Errorf("%T: %v", cmd, err)
			}
		}
		if l := incident.ParseLine("!"+text, noon, time.UTC, people); l.Kind != incident.LineDecision || l.Check() == nil {
			t.Errorf("typed, it is a %s", l.Kind)
		}
	}
}

// stuff puts a text and a number into every field of a command.
func stuff(v reflect.Value, text string, n int64) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[incident.Record]() {
			v.Set(reflect.ValueOf(incident.Record{ID: number(7), Kind: "note.added", V: 1, Body: []byte(`{"text":"x"}`)}))
			return
		}
		for i := range v.NumField() {
			if name := v.Type().Field(i).Name; name != "Ref" && name != "Kit" { // those two are given by the program
				stuff(v.Field(i), text, n)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		stuff(v.Elem(), text, n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		stuff(v.Index(0), text, n)
	case reflect.Array:
		v.SetZero()
		v.Index(15).SetUint(7)
	case reflect.String:
		v.SetString(text)
	case reflect.Int, reflect.Int64:
		v.SetInt(n)
	}
}

// clean checks the texts of a record's body.
func clean(t *testing.T, r *incident.Record) {
	t.Helper()
	if !utf8.Valid(r.Body) || !json.Valid(r.Body) {
		t.Errorf("%s: the body is no valid JSON", r.Kind)
	}
	if len(r.Body) > 8*incident.MaxText {
		t.Errorf("%s: a body of %d bytes", r.Kind, len(r.Body))
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, x := range v {
				walk(x)
			}
		case []any:
			for _, x := range v {
				walk(x)
			}
		case string:
			if i := strings.IndexFunc(v, func(c rune) bool { return c != '\n' && c != '\t' && unicode.IsControl(c) || c == '\u202e' }); i >= 0 {
				t.Errorf("%s: %.40q", r.Kind, v[i:])
			}
		}
	}
	var body any
	if err := json.Unmarshal(r.Body, &body); err != nil {
		t.Error(err)
	}
	walk(body)
}

func TestEveryCommandIsTested(t *testing.T) {
	var have, want []string
	for _, c := range everyCommand() {
		have = append(have, reflect.TypeOf(c).Elem().Name())
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Name.Name == "decide" && f.Recv != nil {
				want = append(want, f.Recv.List[0].Type.(*ast.StarExpr).X.(*ast.Ident).Name)
			}
		}
	}
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		t.Errorf("everyCommand has %q\nthe package has %q", have, want)
	}
}

func TestTimesThatNoClockShows(t *testing.T) {
	note := &incident.AddNote{Text: "x"}
	for _, tt := range []struct {
		name string
		at   int64
		ok   bool
	}{
		{"a minute ahead", noon + minute, true}, {"more than a minute ahead", noon + minute + 1, false}, {"the year 9999", year9999, false},
		{"2000", 946_684_800_000, true}, {"1999", 946_684_799_999, false}, {"before 1970", -1, false}, {"as far as it goes", 1<<63 - 1, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := declared(t)
			_, err := d.at(tt.at, note)
			if tt.ok != (err == nil) {
				t.Fatal(err)
			}
			if !tt.ok {
				refusal(t, err, fault.Invalid, "at")
			}
		})
	}
}

// A machine whose clock is wrong still keeps the log: at the start of time after a
// dead battery, or in the year 9999.
func TestAWrongClockStopsNobody(t *testing.T) {
	for _, now := range []int64{0, minute, year9999, 1 << 50} {
		d := empty(t)
		d.now = now
		d.must(&incident.Declare{Declared: incident.Declared{Ref: "INC-1", Title: "x"}})
		d.must(&incident.AddNote{Text: "x"})
		d.must(&incident.SetSeverity{Severity: "SEV1"})
		d.now = noon // and when it has been set
		d.must(&incident.MovePhase{Phase: incident.PhaseVerify})
		d.must(&incident.AddNote{Text: "y"})
		if d.state.Entries != len(d.recs) || d.state.Phase != incident.PhaseVerify {
			t.Errorf("begun at %d: %s", now, asJSON(t, d.state))
		}
	}
}
