package story

import (
	"context"
	"strings"
	"time"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// writes is an act that gives the cockpit an order.
func writes(command func(*player) (incident.Command, error)) deed {
	return func(ctx context.Context, p *player) error {
		cmd, err := command(p)
		if err != nil {
			return err
		}
		actor, err := p.person(p.act.actor)
		if err != nil {
			return err
		}
		_, err = p.cockpit.Do(ctx, cockpit.Order{Incident: p.id, Actor: actor, At: p.back(), Command: cmd})
		return err
	}
}

// always is writes for an order that is the same whenever it is given.
func always(cmd incident.Command) deed {
	return writes(func(*player) (incident.Command, error) { return cmd, nil })
}

func (r *reader) declare(text string) (deed, error) {
	level, title, ok := strings.Cut(text, " ")
	about := r.About
	return when(ok, func(ctx context.Context, p *player) error {
		actor, err := p.person(p.act.actor)
		if err != nil {
			return err
		}
		p.id, err = p.cockpit.Declare(ctx, incident.ID{}, actor, p.back(), incident.Declare{
			Declared: incident.Declared{Title: title, Summary: about, Severity: level},
		})
		return err
	}), nil
}

// ending ends an action.
func ending(dropped bool) func(*reader, string) (deed, error) {
	return func(_ *reader, text string) (deed, error) {
		words, result := colon(text)
		return given(words, writes(func(p *player) (incident.Command, error) {
			id, err := p.action(words)
			return &incident.CloseAction{Action: id, Dropped: dropped, Result: result}, err
		})), nil
	}
}

func (r *reader) extend(text string) (deed, error) {
	words, more := colon(text)
	d, err := length(more)
	return writes(func(p *player) (incident.Command, error) {
		id, err := p.action(words)
		return &incident.ExtendAction{Action: id, Minutes: int(d / time.Minute)}, err
	}), err
}

func (r *reader) answer(text string) (deed, error) {
	words, reply := colon(text)
	return given(reply, writes(func(p *player) (incident.Command, error) {
		id, err := p.question(words)
		return &incident.AnswerQuestion{Question: id, Text: reply}, err
	})), nil
}

func (r *reader) advance(text string) (deed, error) {
	d, err := length(text)
	return func(_ context.Context, p *player) error { p.clock.Advance(d); return nil }, err
}

func (r *reader) restart(text string) (deed, error) {
	return when(text == "", func(ctx context.Context, p *player) error { return p.restart(ctx) }), nil
}

func (r *reader) halfway(text string) (deed, error) {
	return when(text == "", func(context.Context, *player) error { return nil }), nil
}

// refuse reads an act that the cockpit must refuse by its rules.
func (r *reader) refuse(text string) (deed, error) {
	if text == "" {
		return nil, nil
	}
	a, err := r.act(text)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, p *player) error {
		err := a.do(ctx, p)
		switch {
		case err == nil:
			return bad("it was not refused").WithHint("the rule that forbids it is gone, or the story says too much")
		case fault.Is(err, fault.Invalid), fault.Is(err, fault.Conflict), fault.Is(err, fault.Refused), fault.Is(err, fault.NotFound):
			return nil
		}
		return err
	}, nil
}

// action finds the one open action whose text has the words.
func (p *player) action(words string) (incident.ID, error) {
	return p.one("open action", words, func(s *incident.State, found func(incident.ID, string)) {
		for _, a := range s.OpenActions() {
			found(a.ID, a.Text)
		}
	})
}

// question finds the one open question whose text has the words.
func (p *player) question(words string) (incident.ID, error) {
	return p.one("open question", words, func(s *incident.State, found func(incident.ID, string)) {
		for _, q := range s.OpenQuestions() {
			found(q.ID, q.Text)
		}
	})
}

// one finds the only thing that has the words.
func (p *player) one(what, words string, list func(*incident.State, func(incident.ID, string))) (id incident.ID, err error) {
	n, all := 0, []string{}
	err = p.look(func(l *cockpit.Live) error {
		list(l.State, func(at incident.ID, text string) {
			all = append(all, text)
			if strings.Contains(text, words) {
				id, n = at, n+1
			}
		})
		return nil
	})
	if err == nil && n != 1 {
		err = bad("%d times an %s says %q", n, what, words).WithHint("choose words of one of these: %s", strings.Join(all, " | "))
	}
	return id, err
}
