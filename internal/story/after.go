package story

import (
	"strings"
	"time"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
)

// What is done after "resolved".

func (r *reader) judged(text string) (deed, error) {
	who, what := colon(text)
	return given(who, always(&incident.JudgeImpact{Who: who, What: what})), nil
}

func (r *reader) shared(text string) (deed, error) {
	with, link := colon(text)
	return given(with, always(&incident.ShareRetro{With: with, Link: link})), nil
}

func (r *reader) cancel(text string) (deed, error) {
	return given(text, always(&incident.CancelRetro{Reason: text})), nil
}

func (r *reader) waive(text string) (deed, error) {
	item, reason := colon(text)
	return given(reason, always(&incident.WaiveCleanup{Item: item, Reason: reason})), nil
}

func (r *reader) back(name string) (deed, error) {
	if err := r.known(name); err != nil {
		return nil, err
	}
	return writes(func(p *player) (incident.Command, error) {
		who, err := p.person(name)
		return &incident.ResumeWork{Person: who}, err
	}), nil
}

// effort says how long a part of the work took somebody.
func (r *reader) effort(text string) (deed, error) {
	head, long := colon(text)
	phase, name, ok := strings.Cut(head, " ")
	if !ok {
		return nil, nil
	}
	if err := r.known(name); err != nil {
		return nil, err
	}
	d, err := length(long)
	return writes(func(p *player) (incident.Command, error) {
		who, err := p.person(name)
		return &incident.AnswerEffort{Phase: phase, Person: who, Minutes: int(d / time.Minute)}, err
	}), err
}

// followUp adds one with its terms.
func (r *reader) followUp(text string) (deed, error) {
	head, words := colon(text)
	kind, name, ok := strings.Cut(head, " ")
	if !ok || words == "" {
		return nil, nil
	}
	if err := r.known(name); err != nil {
		return nil, err
	}
	return writes(func(p *player) (incident.Command, error) {
		who, err := p.person(name)
		return &incident.AddFollowUp{Text: words, Approx: p.moment.approx, Terms: incident.Terms{Type: kind, Owner: who}}, err
	}), nil
}

// finished ends the one open follow-up that has the words.
func (r *reader) finished(text string) (deed, error) {
	words, proof := colon(text)
	return given(words, writes(func(p *player) (incident.Command, error) {
		id, err := p.one("open follow-up", words, func(s *incident.State, found func(incident.ID, string)) {
			for _, f := range s.OpenFollowUps() {
				found(f.ID, f.Text)
			}
		})
		return &incident.EndFollowUp{FollowUp: id, State: incident.FollowUpDone, Text: proof}, err
	})), nil
}

// cleanup expects how many parts of the clean-up are open.
func cleanup(l *cockpit.Live) int {
	n := 0
	for _, t := range l.State.Cleanup(l.Kit) {
		if t.Open() {
			n++
		}
	}
	return n
}
