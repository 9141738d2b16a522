package story

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/clock"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// facts are the values of the state that can be expected, by word.
var facts = map[string]func(s *incident.State) string{
	"phase":     func(s *incident.State) string { return string(s.Phase) },
	"severity":  func(s *incident.State) string { return s.Severity },
	"commander": func(s *incident.State) string { return s.Name(s.Command.Holder) },
	"term":      func(s *incident.State) string { return strconv.Itoa(s.Command.Term) },
	"actions":   func(s *incident.State) string { return strconv.Itoa(len(s.OpenActions())) },
	"questions": func(s *incident.State) string { return strconv.Itoa(len(s.OpenQuestions())) },
	"followups": func(s *incident.State) string { return strconv.Itoa(len(s.FollowUps)) },
}

// due is an expectation about a deadline.
var due = regexp.MustCompile(`^(promise|action|role|command|duty|assess)(?: (.+?))? (?:(none|nominal|advisory|caution|warning)|(late|in) (\S+))$`)

// expect reads what must hold.
func (r *reader) expect(text string) (deed, error) {
	word, rest, _ := strings.Cut(text, " ")
	if m := due.FindStringSubmatch(text); m != nil {
		return r.deadline(m)
	}
	if fact, ok := facts[word]; ok && rest != "" {
		return holds(word, rest, func(s *incident.State) string { return fact(s) }), nil
	}
	switch head, name := colon(rest); {
	case word == "role" && name != "":
		return holds(text, name, func(s *incident.State) string {
			if h := s.Holder(head); !h.Person.IsZero() {
				return s.Name(h.Person)
			}
			return "nobody"
		}), nil
	case word == "told":
		audience, n, ok := strings.Cut(rest, " ")
		return when(ok, holds(text, n, func(s *incident.State) string { return strconv.Itoa(s.Audiences[audience].Told) })), nil
	case word == "cleanup" && rest != "":
		return func(_ context.Context, p *player) error {
			return p.look(func(l *cockpit.Live) error {
				if got := strconv.Itoa(cleanup(l)); got != rest {
					return unmet("%s parts of the clean-up are open", got)
				}
				return nil
			})
		}, nil
	case word == "next" && rest != "":
		return next(rest), nil
	}
	return nil, bad("%q cannot be expected", text).WithHint(
		"phase, severity, commander, term, actions, questions, followups, cleanup, role ID: NAME, told AUDIENCE N, next ACT, or a deadline: promise customers late 1h20m")
}

// holds compares a value of the state.
func holds(what, want string, value func(*incident.State) string) deed {
	return func(_ context.Context, p *player) error {
		return p.look(func(l *cockpit.Live) error {
			if got := value(l.State); got != want {
				return unmet("%s is %q", what, got)
			}
			return nil
		})
	}
}

// next compares what is to be done first.
func next(want string) deed {
	return func(_ context.Context, p *player) error {
		return p.look(func(l *cockpit.Live) error {
			a := cadence.Acts(l.State, l.Kit, clock.Milli(p.clock.Now()))[0]
			if got := strings.TrimSpace(string(a.Kind) + " " + a.Subject); got != want {
				return unmet("the next act is %s", got)
			}
			return nil
		})
	}
}

// deadline reads an expectation about one: its kind, its subject, and what holds.
func (r *reader) deadline(m []string) (deed, error) {
	kind, subject, word := cadence.Kind(m[1]), strings.Trim(m[2], `"`), m[3]
	want, err := optional(m[5])
	if err != nil {
		return nil, err
	}
	return func(_ context.Context, p *player) error {
		return p.look(func(l *cockpit.Live) error {
			now := clock.Milli(p.clock.Now())
			ds := cadence.Deadlines(l.State, l.Kit)
			i := slices.IndexFunc(ds, func(d cadence.Deadline) bool { return d.Kind == kind && about(l.State, d, subject) })
			switch {
			case i < 0 && word == "none":
				return nil
			case i < 0:
				return unmet("nothing of the kind is due")
			case word == "none":
				return unmet("one is due, and %s", standing(ds[i].Due, now))
			case word != "" && string(ds[i].Look(now)) != word:
				return unmet("it looks %s, and %s", ds[i].Look(now), standing(ds[i].Due, now))
			case word == "" && standing(ds[i].Due, now) != m[4]+" "+minutes(want):
				return unmet("it is %s", standing(ds[i].Due, now))
			}
			return nil
		})
	}, nil
}

// about reports whether a deadline is about what a script calls subject.
func about(s *incident.State, d cadence.Deadline, subject string) bool {
	if d.Kind != cadence.Action {
		return subject == "" || d.Subject == subject
	}
	return slices.ContainsFunc(s.Actions, func(a incident.Action) bool {
		return a.ID.String() == d.Subject && strings.Contains(a.Text, subject)
	})
}

// standing says how a time lies to now, in minutes rounded down.
func standing(due, now int64) string {
	word, ms := "in", due-now
	if now >= due {
		word, ms = "late", now-due
	}
	return word + " " + minutes(time.Duration(ms)*time.Millisecond)
}

// minutes writes a length of time as scripts do.
func minutes(d time.Duration) string {
	h, m := d/time.Hour, d%time.Hour/time.Minute
	switch {
	case h == 0:
		return strconv.Itoa(int(m)) + "m"
	case m == 0:
		return strconv.Itoa(int(h)) + "h"
	}
	return strconv.Itoa(int(h)) + "h" + strconv.Itoa(int(m)) + "m"
}

// unmet is an expectation that does not hold.
func unmet(format string, args ...any) error {
	return fault.New(fault.Conflict, format, args...).WithHint("correct the story if it is wrong; else the cockpit is")
}
