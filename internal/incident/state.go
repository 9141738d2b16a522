package incident

import (
	"cmp"
	"maps"
	"slices"
)

// State is what an incident's records add up to. It is made by Fold and Advance
// only, and it is kept as JSON beside the log as a cache.
type State struct {
	ID       ID       `json:"id"`
	Declared Declared `json:"declared"` // as amended
	TZ       int      `json:"tz"`       // minutes east of UTC where it was declared

	Severity    string      `json:"severity"`
	Provisional bool        `json:"provisional"` // the severity has not been judged yet
	SeveritySet Mark        `json:"severity_set"`
	Raised      Mark        `json:"raised"`               // when the severity last became worse
	Levels      []Level     `json:"levels"`               // every severity in force, in fold order
	Assessment  *Assessment `json:"assessment,omitempty"` // the last answers given

	Phase      Phase               `json:"phase"`
	PhaseSince int64               `json:"phase_since"`
	Reopened   int64               `json:"reopened,omitempty"` // when it last went back from its end
	Times      map[Milestone]Stamp `json:"times"`

	People   map[ID]string    `json:"people"`
	Roles    map[string]Held  `json:"roles"`    // without the commander
	Asked    map[string]Held  `json:"asked"`    // who was asked for an open role, and has not said yes
	Covered  map[string]int64 `json:"covered"`  // until when the commander covers an open role
	Deputies map[string]Held  `json:"deputies"` // who stands in, by role
	Command  Tenure           `json:"command"`

	Situation map[string]Mark `json:"situation"`
	Actions   []Action        `json:"actions"`
	Questions []Question      `json:"questions"`
	Decisions []Decision      `json:"decisions"`

	Changes      []Change     `json:"changes,omitempty"`
	Hypotheses   []Hypothesis `json:"hypotheses,omitempty"`
	Intermission Intermission `json:"intermission,omitzero"` // the last answer
	Teams        map[ID]ID    `json:"teams,omitempty"`       // the lead to whom a person reports; nobody = the commander
	Crowded      int64        `json:"crowded,omitempty"`     // since when more than MaxSpan report to the commander; 0 = they do not

	FollowUps []FollowUp          `json:"follow_ups"`
	Checks    map[string]Check    `json:"checks"`
	Exits     map[string]Check    `json:"exits"`
	Audiences map[string]Audience `json:"audiences"`
	Updates   map[ID]Update       `json:"updates"`          // requested and not yet confirmed
	Posts     map[ID]Post         `json:"posts,omitempty"`  // likewise, of what is no update
	Channel   Channel             `json:"channel,omitzero"` // the incident's own
	Rungs     map[string]string   `json:"rungs,omitempty"`  // the route that an audience was switched to
	Marked    map[string]bool     `json:"marked,omitempty"` // messages that were taken in, by their ids there
	Snoozes   map[string]Silence  `json:"snoozes"`          // by deadline
	Retro     *Retro              `json:"retro,omitempty"`
	Review    Review              `json:"review,omitzero"`
	Soaks     map[string]Soak     `json:"soaks,omitempty"`     // by criterion
	Measures  []Measure           `json:"measures,omitempty"`  // temporary ones, in fold order
	Playbooks []Playbook          `json:"playbooks,omitempty"` // those started, in fold order
	Ties      []Tie               `json:"ties,omitempty"`      // to other incidents, the latest last
	Shared    *Shared             `json:"shared,omitempty"`    // what was learnt has been given on
	Impact    *Impact             `json:"impact,omitempty"`    // as it was judged last
	Waived    map[string]Check    `json:"waived,omitempty"`    // parts of the clean-up that are left undone
	Crew      map[ID]int64        `json:"crew,omitempty"`      // who took part, and when they were back at other work; 0 = not yet

	// Awaited are records that a correction names and that have not come yet.
	Awaited []ID `json:"awaited,omitempty"`

	Entries int   `json:"entries"` // records folded
	LastAt  int64 `json:"last_at"` // when the latest of them was written
	Last    Pos   `json:"last"`
}

// Mark is a text with its time and author.
type Mark struct {
	Text string `json:"text,omitempty"`
	At   int64  `json:"at"`
	By   ID     `json:"by"`
}

// Level is a severity from the time at which it was set.
type Level struct {
	At       int64  `json:"at"`
	Severity string `json:"severity"`
}

// Stamp is a milestone's time. A corrected time is not moved by later events; it goes
// when the incident goes back behind the phase that it belongs to.
type Stamp struct {
	Time      int64 `json:"time"`
	Approx    bool  `json:"approx,omitempty"`
	Corrected bool  `json:"corrected,omitempty"`
	By        ID    `json:"by,omitzero"` // the record whose own time it is
}

// Held is who holds a role, since when.
type Held struct {
	Person ID    `json:"person"`
	Since  int64 `json:"since"`
	Until  int64 `json:"until,omitempty"` // of a deputy: when that ends; 0 = it does not
}

// Tenure is who commands. The term grows with every acceptance.
type Tenure struct {
	Holder   ID    `json:"holder"`
	Since    int64 `json:"since"`
	Term     int   `json:"term"`
	Offered  ID    `json:"offered,omitzero"` // to whom command is offered, while it is open
	Asked    int64 `json:"asked,omitempty"`
	Handover       // of the open offer
}

// Action is one person's task.
type Action struct {
	ID      ID     `json:"id"`
	Text    string `json:"text"`
	Owner   ID     `json:"owner"`
	At      int64  `json:"at"`
	Due     int64  `json:"due,omitempty"` // end of the time box; 0 = none
	Closed  int64  `json:"closed,omitempty"`
	Dropped bool   `json:"dropped,omitempty"`
	Result  string `json:"result,omitempty"`
	// ReadBack is when its owner repeated it, or took it on themselves; 0 = not yet.
	ReadBack int64 `json:"read_back,omitempty"`
}

// Question is open until Answer is not empty.
type Question struct {
	ID     ID     `json:"id"`
	Text   string `json:"text"`
	At     int64  `json:"at"`
	Answer string `json:"answer,omitempty"`
}

// Check is a person's word on an item or a criterion.
type Check struct {
	State string `json:"state"`
	Text  string `json:"text,omitempty"`
	At    int64  `json:"at"`
	By    ID     `json:"by"`
}

// Audience is what was last said to one, and what was promised.
type Audience struct {
	Told    int         `json:"told"` // updates that left
	At      int64       `json:"at"`   // when the last one left
	Text    string      `json:"text"`
	State   PublicState `json:"state"`
	Promise Promise     `json:"promise"`
}

// Promise is a time told to an audience. Due 0 means that none stands.
type Promise struct {
	Due  int64 `json:"due"`
	From int64 `json:"from"` // when it was given; the interval is Due - From
}

// Update is one that was written and has not left yet.
type Update struct {
	UpdateRequested
	At   int64 `json:"at"`
	Gone int   `json:"gone,omitempty"` // of its messages, those that will not leave
}

// Post is something else that was asked for and has not left yet.
type Post struct {
	PostRequested
	At int64 `json:"at"`
}

// Channel is where the incident is talked about.
type Channel struct {
	Route  string `json:"route"`
	Remote string `json:"remote"` // its id there
	Link   string `json:"link"`
	Name   string `json:"name"`
}

// Silence is the last silence asked for on a deadline.
type Silence struct {
	ID    ID    `json:"id"`
	Until int64 `json:"until"`
	Count int   `json:"count"`
	Why   bool  `json:"why"` // the reason has been given
}

// Retro is the planned retrospective.
type Retro struct {
	Owner   ID     `json:"owner"`
	Time    int64  `json:"time"`
	Minutes int    `json:"minutes,omitempty"`
	Place   string `json:"place,omitempty"`
	Invited []ID   `json:"invited,omitempty"`
}

// NewState is an incident of which nothing is known yet.
func NewState(id ID) *State {
	return &State{
		ID: id, Times: map[Milestone]Stamp{}, People: map[ID]string{}, Roles: map[string]Held{},
		Asked: map[string]Held{}, Covered: map[string]int64{}, Deputies: map[string]Held{},
		Situation: map[string]Mark{}, Checks: map[string]Check{}, Exits: map[string]Check{},
		Audiences: map[string]Audience{}, Updates: map[ID]Update{}, Posts: map[ID]Post{}, Rungs: map[string]string{}, Marked: map[string]bool{}, Snoozes: map[string]Silence{},
	}
}

// Open reports whether the incident is declared, not yet resolved, and goes on by itself.
func (s *State) Open() bool { return s.Phase != "" && !s.Phase.Over() && s.Aside() == nil }

// Name is a person's name; an id without one answers "someone".
func (s *State) Name(id ID) string {
	if n := s.People[id]; n != "" {
		return n
	}
	return "someone"
}

// Holder is who holds a role; the zero value when nobody does. It knows the commander's too.
func (s *State) Holder(role string) Held {
	if role == "commander" {
		return Held{Person: s.Command.Holder, Since: s.Command.Since}
	}
	return s.Roles[role]
}

// Deputy is who stands in for the holder of a role at a time; the zero value when nobody
// does, or not any more.
func (s *State) Deputy(role string, at int64) Held {
	h := s.Deputies[role]
	if h.Until != 0 && at >= h.Until {
		return Held{}
	}
	return h
}

// OpenActions are the actions that are not closed, the earliest due first, those without a time box last.
func (s *State) OpenActions() []Action {
	var open []Action
	for i := range s.Actions {
		if s.Actions[i].Closed == 0 {
			open = append(open, s.Actions[i])
		}
	}
	slices.SortStableFunc(open, func(a, b Action) int {
		return cmp.Or(cmp.Compare(boolInt(a.Due == 0), boolInt(b.Due == 0)), cmp.Compare(a.Due, b.Due))
	})
	return open
}

// OpenQuestions are those without an answer, the oldest first.
func (s *State) OpenQuestions() []Question {
	return slices.DeleteFunc(slices.Clone(s.Questions), func(q Question) bool { return q.Answer != "" })
}

// Span is how many people report to the commander: those who hold a role or an open
// action and are in nobody's team. A team counts while its lead holds a role.
func (s *State) Span() int { return len(s.Reports()) }

// Reports are the people who report to the commander, by id, in order.
func (s *State) Reports() []ID {
	seen := map[ID]bool{}
	for _, h := range s.Roles {
		seen[h.Person] = true
	}
	for i := range s.Actions {
		if s.Actions[i].Closed == 0 {
			seen[s.Actions[i].Owner] = true
		}
	}
	delete(seen, s.Command.Holder)
	delete(seen, ID{}) // the owner of an action whose words are gone
	out := make([]ID, 0, len(seen))
	for p := range seen {
		if lead := s.Teams[p]; lead.IsZero() || lead == s.Command.Holder || !s.leads(lead) {
			out = append(out, p)
		}
	}
	sortIDs(out)
	return out
}

func sortIDs(list []ID) { slices.SortFunc(list, ID.Compare) }

// Names are the names of the incident's people, sorted, each once.
func (s *State) Names() []string { return slices.Compact(slices.Sorted(maps.Values(s.People))) }

// Person finds a person of the incident by name, letter case ignored; zero when
// unknown. Of several people with one name it is always the same.
func (s *State) Person(name string) ID {
	var found ID
	for id, n := range s.People {
		if sameName(n, name) && (found.IsZero() || id.Compare(found) < 0) {
			found = id
		}
	}
	return found
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
