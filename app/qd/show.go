package main

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/cadence"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/workspace"
)

// incidentView is an incident for scripts. Lists are never null; a time that is not
// known is null.
type incidentView struct {
	ID          string                         `json:"id"`
	Ref         string                         `json:"ref"`
	Title       string                         `json:"title"`
	Severity    string                         `json:"severity"`
	Phase       string                         `json:"phase"`
	Drill       bool                           `json:"drill"`
	Commander   string                         `json:"commander"`
	Roles       []roleView                     `json:"roles"` // those that are held, in the kit's order
	Milestones  map[incident.Milestone]*string `json:"milestones"`
	Promises    []promiseView                  `json:"promises"` // the earliest due first
	URL         string                         `json:"url"`      // of the chat channel
	Type        string                         `json:"type"`
	Provisional bool                           `json:"provisional"` // the severity has not been judged yet
	Security    bool                           `json:"security"`
	Backfill    bool                           `json:"backfill"`
	Since       string                         `json:"phase_since"`
	Term        int                            `json:"term"` // of command
	Approximate []incident.Milestone           `json:"approximate"`
	Details     detailView                     `json:"details"`
	Impact      string                         `json:"impact"`
	Goal        string                         `json:"goal"`
	Cause       string                         `json:"cause"`
	Unfilled    []string                       `json:"unfilled"` // roles that the severity asks for
	Actions     []actionView                   `json:"actions"`  // open ones, the earliest due first
	Questions   []questionView                 `json:"questions"`
	Changes     []changeView                   `json:"changes"`    // in flight
	Decisions   []decisionView                 `json:"decisions"`  // to be checked, the earliest first
	Hypotheses  []hypothesisView               `json:"hypotheses"` // in the order in which they came up
	Checklist   []itemView                     `json:"checklist"`  // of the phase
	Criteria    []itemView                     `json:"criteria"`   // for the exit
	Playbooks   []runningView                  `json:"playbooks"`  // those with a step still open
	Measures    []measureView                  `json:"measures"`   // temporary ones that still stand
	Links       []linkView                     `json:"links"`
	Into        string                         `json:"into"` // the incident in which it goes on; empty: it stands by itself
	Audiences   []audienceView                 `json:"audiences"`
	FollowUps   int                            `json:"follow_ups"`
	Retro       *retroView                     `json:"retrospective"`
	Records     int                            `json:"records"`
	Ringing     *bool                          `json:"ringing,omitempty"` // whether what is due will ring
	Alarms      alarmsView                     `json:"alarms"`            // what this machine annunciated so far
}

// alarmsView counts annunciations beside what a calm incident keeps to.
type alarmsView struct {
	Total    int         `json:"total"`
	Advisory int         `json:"advisory"`
	Caution  int         `json:"caution"`
	Warning  int         `json:"warning"`
	Minutes  int         `json:"minutes"`
	PerTen   json.Number `json:"per_ten_minutes"`
	Targets  struct {
		PerTen   json.Number `json:"per_ten_minutes_at_most"`
		Advisory int         `json:"advisory_percent_at_least"`
		Warning  int         `json:"warning_percent_at_most"`
	} `json:"targets"`
}

func (s *session) alarms(l *cockpit.Live) (v alarmsView, err error) {
	a, err := app.AlarmsOf(s.ctx, s.store, l.State)
	v = alarmsView{Total: a.Total, Advisory: a.Advisory, Caution: a.Caution, Warning: a.Warning, Minutes: a.Minutes, PerTen: json.Number(a.PerTen)}
	v.Targets.PerTen, v.Targets.Advisory, v.Targets.Warning = json.Number(a.MostPerTen), a.LeastAdvisory, a.MostWarning
	return v, err
}

type roleView struct {
	Role   string `json:"role"`
	Name   string `json:"name"`
	Holder string `json:"holder"`
	Since  string `json:"since"`
}

type promiseView struct {
	Audience string `json:"audience"`
	Due      string `json:"due"`
	First    bool   `json:"first"` // nobody of the audience has heard anything yet
	at       int64
}

type actionView struct {
	ID    string  `json:"id"`
	Owner string  `json:"owner"`
	Text  string  `json:"text"`
	Due   *string `json:"due"`
	Back  *string `json:"read_back"` // when its owner repeated it
	at    int64
}

// decisionView is a decision that is to be checked.
type decisionView struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Expect string `json:"expect"`
	Check  string `json:"check"`
	at     int64
}

type questionView struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	At   string `json:"at"`
}

// itemView is a checklist item or an exit criterion.
type itemView struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	State string `json:"state"`
	Word  string `json:"word"` // what shows it, or why not
}

// runningView is a playbook that is worked through.
type runningView struct {
	ID    string     `json:"id"`
	Name  string     `json:"name"`
	Steps []itemView `json:"steps"`
}

// linkView is a link to another incident.
type linkView struct {
	Incident string `json:"incident"`
	Ref      string `json:"ref"`
	How      string `json:"how"`
	Text     string `json:"text"`
}

type audienceView struct {
	Audience string `json:"audience"`
	Told     int    `json:"told"`
	At       string `json:"at"` // when it was last told
	State    string `json:"state"`
	Text     string `json:"text"`
}

type retroView struct {
	Owner string `json:"owner"`
	Time  string `json:"time"`
}

// detailView is what was said at the declaration.
type detailView struct {
	Summary      string   `json:"summary"`
	Source       string   `json:"source"`
	Reporter     string   `json:"reporter"`
	Thread       string   `json:"thread"`
	Video        string   `json:"video"`
	Environments []string `json:"environments"`
	Regions      []string `json:"regions"`
	Services     []string `json:"services"`
	Invited      []string `json:"invited"`
}

func show(s *session) *cobra.Command {
	c := &cobra.Command{Use: "show [REF]", Short: "where the incident stands", Args: takes(0, 1)}
	return s.reads(c, func(args []string) error {
		row, _, err := s.shown(args, 0)
		if err != nil {
			return err
		}
		return s.look(row.ID, s.glance)
	})
}

// look shows an incident: whole as JSON, or as people puts it out.
func (s *session) look(id incident.ID, people func(*cockpit.Live, *incidentView)) error {
	row, err := s.find(id.String())
	if err != nil {
		return err
	}
	ref, err := s.label(row)
	if err != nil {
		return err
	}
	return s.cockpit.View(s.ctx, id, func(l *cockpit.Live) error {
		v := viewOf(l)
		v.Ref, v.Ringing = ref, s.ringing(l)
		if v.Alarms, err = s.alarms(l); err != nil {
			return err
		}
		if s.json {
			return s.print(v)
		}
		people(l, v)
		s.sayRinging(v.Ringing)
		return nil
	})
}

// ringing reports whether what is due in an incident rings; nil when nothing is due.
// One that was imported stays silent until somebody acts in it here.
func (s *session) ringing(l *cockpit.Live) *bool {
	for _, d := range cadence.Deadlines(l.State, l.Kit) {
		switch d.Kind {
		case cadence.Promise, cadence.Action, cadence.Measure, cadence.Command:
			rings := l.Mine && workspace.Held(s.data)
			return &rings
		}
	}
	return nil
}
