package story

import (
	"context"
	"time"

	"quarterdeck/internal/fault"
)

// Script is a story as read.
type Script struct {
	Name   string // of the file, for errors
	Title  string
	About  string
	Zone   *time.Location
	Start  time.Time // T+0:00; zero in a story that names its dates
	People []string  // everybody who appears

	moments []*moment
}

// moment is a point in the story's time with what was done at it.
type moment struct {
	line    int
	at      time.Time // of between: given by space
	between bool
	earlier bool // at lies before the story's present, which does not move
	approx  bool
	acts    []*act
}

// act is one line that does something.
type act struct {
	line  int
	text  string // as written
	actor string
	marks bool // its record can say that its time is approximate
	order bool // it writes a record
	half  bool
	do    deed
}

// deed carries an act out.
type deed func(ctx context.Context, p *player) error

// fail is an error about a line of the script.
func (s *Script) fail(line int, format string, args ...any) *fault.Error {
	args = append([]any{s.Name, line}, args...)
	return fault.New(fault.Invalid, "%s:%d: "+format, args...)
}

// Halfway is the story's time at which a demonstration stops; ok is false when the
// script names none.
func (s *Script) Halfway() (at time.Time, ok bool) {
	now := time.Time{}
	for _, m := range s.moments {
		if !m.earlier {
			now = m.at
		}
		for _, a := range m.acts {
			if a.half {
				return now, true
			}
		}
	}
	return now, false
}

// first is when the story begins.
func (s *Script) first() time.Time {
	for _, m := range s.moments {
		if !m.earlier {
			return m.at
		}
	}
	return time.Time{}
}

// End is the story's time at its end, if it lets no more pass than its moments say.
func (s *Script) End() (at time.Time) {
	for _, m := range s.moments {
		if !m.earlier {
			at = m.at
		}
	}
	return at
}

// settle gives every moment its time and checks their order.
func (s *Script) settle() error {
	var last *moment
	var open []*moment // between, waiting for the dated moment after them
	for _, m := range s.moments {
		switch {
		case m.between && last == nil:
			return s.fail(m.line, "nothing dated stands before it").WithHint("begin with a moment that has a time")
		case m.between:
			open = append(open, m)
		case m.earlier && last == nil:
			return s.fail(m.line, "nothing is being written yet").WithHint("begin with the moment at which it was written down")
		case m.earlier && m.at.After(last.at):
			return s.fail(m.line, "it does not lie before the moment at line %d", last.line).WithHint("leave \"earlier\" out, or correct the time")
		case m.earlier:
		case last != nil && m.at.Before(last.at):
			return s.fail(m.line, "it lies before the moment at line %d", last.line).WithHint("write \"earlier\" in front of it, or put it where it belongs")
		default:
			spread(open, last, m)
			last, open = m, nil
		}
	}
	if len(open) > 0 {
		return s.fail(open[0].line, "nothing dated comes after it").WithHint("end with a moment that has a time; it needs no acts")
	}
	return s.honest()
}

// spread spaces moments evenly between two dated ones, in whole seconds.
func spread(open []*moment, from, to *moment) {
	for i, m := range open {
		gap := to.at.Sub(from.at) * time.Duration(i+1) / time.Duration(len(open)+1)
		m.at = from.at.Add(gap.Truncate(time.Second))
	}
}

// honest refuses a time that is not known and would be recorded as if it were.
func (s *Script) honest() error {
	for _, m := range s.moments {
		if !m.approx {
			continue
		}
		marked, bare := false, (*act)(nil)
		for _, a := range m.acts {
			marked = marked || a.marks
			if a.order && !a.marks && bare == nil {
				bare = a
			}
		}
		if bare != nil && !marked {
			return s.fail(bare.line, "%q cannot say that its time is approximate", bare.text).
				WithHint("put a note beside it, or move it to a moment whose time is known")
		}
	}
	return nil
}
