package story_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/exchange"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/kit/load"
	"quarterdeck/internal/store"
	"quarterdeck/internal/story"
)

// played is a story as it lies in its database.
type played struct {
	story.Played
	state         *incident.State
	kit           *kit.Kit
	declaredUnder []byte // the kit as the database keeps it
	records       []incident.Record
	entries       []*incident.Entry
}

// whole are the stories played from end to end, each once for all tests.
var whole = map[string]func() (played, error){}

func TestMain(m *testing.M) {
	root, err := os.MkdirTemp("", "story")
	for _, name := range story.Names() {
		whole[name] = sync.OnceValues(func() (played, error) {
			if err != nil {
				return played{}, err
			}
			return playIn(filepath.Join(root, name), name, story.Options{})
		})
	}
	m.Run()
	if err := os.RemoveAll(root); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

// full is a story from end to end. Nothing in it may be changed.
func full(t *testing.T, name string) played {
	t.Helper()
	p, err := whole[name]()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// play plays a story into a database of its own.
func play(t *testing.T, name string, o story.Options) played {
	t.Helper()
	p, err := playIn(t.TempDir(), name, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// playIn plays a story into a real database and reads what is there afterwards.
func playIn(dir, name string, o story.Options) (p played, err error) {
	ctx := context.Background()
	s, err := story.Named(name)
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	if err == nil {
		p.Played, err = story.Play(ctx, dir, s, o)
	}
	if err != nil {
		return p, err
	}
	if p.kit, err = load.Default(); err != nil {
		return p, err
	}
	db, err := store.Open(ctx, dir)
	if err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if p.state, _, err = db.State(ctx, p.Incident); err != nil {
		return p, err
	}
	if p.declaredUnder, err = db.Kit(ctx, p.state.Declared.Kit); err != nil {
		return p, err
	}
	if p.records, err = db.Records(ctx, p.Incident, 0); err != nil {
		return p, err
	}
	line := incident.NewTimeline()
	line.Add(p.records...)
	p.entries = line.Entries()
	return p, nil
}

// shown are the rows that a timeline for people has.
func (p *played) shown() []*incident.Entry {
	var out []*incident.Entry
	for _, e := range p.entries {
		if !compose.Silent(e) {
			out = append(out, e)
		}
	}
	return out
}

// row finds the one shown entry whose words hold a text.
func (p *played) row(t *testing.T, words string) (*incident.Entry, compose.Sentence) {
	t.Helper()
	var found *incident.Entry
	for _, e := range p.shown() {
		if strings.Contains(compose.Line(e, p.state, p.kit).Text, words) {
			if found != nil {
				t.Fatalf("two rows say %q", words)
			}
			found = e
		}
	}
	if found == nil {
		t.Fatalf("no row says %q", words)
	}
	return found, compose.Line(found, p.state, p.kit)
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestEveryStoryHolds(t *testing.T) {
	for _, name := range story.Names() {
		t.Run(name, func(t *testing.T) {
			p := full(t, name)
			if ok, bad, reason := incident.Verify(p.records); !ok {
				t.Errorf("record %s: %s", bad, reason)
			}
			if kept, folded := asJSON(t, p.state), asJSON(t, incident.Fold(p.Incident, p.records)); kept != folded {
				t.Errorf("the log adds up to\n%s\nbut the database keeps\n%s", folded, kept)
			}
			if p.state.Phase != incident.PhaseClosed {
				t.Errorf("it ends in %s", p.state.Phase)
			}
			if open := len(p.state.OpenActions()) + len(p.state.OpenQuestions()); open != 0 {
				t.Errorf("%d actions and questions stay open", open)
			}
		})
	}
}

func TestExportedStoryFoldsToTheSame(t *testing.T) {
	for _, name := range story.Names() {
		t.Run(name, func(t *testing.T) {
			p := full(t, name)
			var file bytes.Buffer
			out := exchange.Bundle{Incident: p.Incident, Ref: p.state.Declared.Ref, ExportedAt: clock.Milli(p.Now), Kit: p.declaredUnder, Records: p.records}
			if err := exchange.Write(&file, out); err != nil {
				t.Fatal(err)
			}
			in, err := exchange.Read(&file)
			if err != nil {
				t.Fatal(err)
			}
			if ok, bad, reason := incident.Verify(in.Records); !ok {
				t.Errorf("record %s: %s", bad, reason)
			}
			if got, want := asJSON(t, incident.Fold(in.Incident, in.Records)), asJSON(t, p.state); got != want {
				t.Errorf("the file adds up to\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestMarkdownOfAStoryIsWellFormed(t *testing.T) {
	for _, name := range story.Names() {
		t.Run(name, func(t *testing.T) {
			p := full(t, name)
			text := compose.Markdown(compose.Document{State: p.state, Kit: p.kit, Entries: p.entries, Made: clock.Milli(p.Now)})
			lines := strings.Split(text, "\n")
			if want := "# " + p.state.Declared.Ref + " "; !strings.HasPrefix(lines[0], want) {
				t.Errorf("it begins with %q, want %q", lines[0], want)
			}
			headings, rows, columns := map[string]int{}, 0, 0
			for i, l := range lines {
				switch {
				case strings.HasPrefix(l, "## "):
					headings[l]++
					rows = 0
				case !strings.HasPrefix(l, "|"):
					rows = 0
				default:
					n := cells(l)
					if rows++; rows == 1 {
						columns = n
					}
					if n != columns {
						t.Errorf("line %d has %d columns, its table %d: %s", i+1, n, columns, l)
					}
					if rows == 2 && strings.Trim(l, "|- ") != "" {
						t.Errorf("line %d should close the head of its table: %s", i+1, l)
					}
				}
			}
			for _, h := range []string{"Milestones", "Roles", "Decisions", "Updates", "Actions", "Questions", "Exit criteria", "Follow-ups", "Timeline"} {
				if headings["## "+h] != 1 {
					t.Errorf("%d headings %q, want one", headings["## "+h], h)
				}
			}
			_, timeline, _ := strings.Cut(text, "## Timeline")
			if got, want := strings.Count(timeline, "\n|")-2, len(p.shown()); got != want {
				t.Errorf("the timeline has %d rows, want %d", got, want)
			}
		})
	}
}

// cells counts the columns of a table row; an escaped bar is text.
func cells(line string) int {
	line = strings.ReplaceAll(line, `\\`, "")
	return strings.Count(strings.ReplaceAll(line, `\|`, ""), "|") - 1
}

func TestShiftedStoryIsTheSameAtAnotherTime(t *testing.T) {
	const by = 5 * 365 * 24 * time.Hour
	plain, moved := full(t, "gitlab-2017"), play(t, "gitlab-2017", story.Options{Shift: by})
	if len(plain.records) != len(moved.records) {
		t.Fatalf("%d records, want %d", len(moved.records), len(plain.records))
	}
	for i := range plain.records {
		a, b := plain.records[i], moved.records[i]
		if b.At-a.At != by.Milliseconds() || b.RecordedAt-a.RecordedAt != by.Milliseconds() {
			t.Errorf("record %d (%s) moved by %d and %d ms, want %d", i, a.Kind, b.At-a.At, b.RecordedAt-a.RecordedAt, by.Milliseconds())
		}
	}
	for m, s := range plain.state.Times {
		if got := moved.state.Times[m].Time - s.Time; got != by.Milliseconds() {
			t.Errorf("%s moved by %d ms, want %d", m, got, by.Milliseconds())
		}
	}
	if got := moved.state.Retro.Time - plain.state.Retro.Time; got != by.Milliseconds() {
		t.Errorf("the retrospective moved by %d ms", got)
	}
}

func TestNobodyIsNamedButByRole(t *testing.T) {
	p := full(t, "gitlab-2017")
	for _, name := range p.state.Names() {
		if !strings.HasPrefix(name, "engineer ") && name != "chief executive" && name != "scribe" {
			t.Errorf("%q is no role", name)
		}
	}
}
