package kit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Kit is a whole process. Order in its lists is the order on screen. Check says
// what is wrong with one; every other room may rely on a kit without problems.
type Kit struct {
	Name       string         `json:"name" yaml:"name"`
	Severities []Severity     `json:"severities" yaml:"severities"` // worst first
	Types      []Type         `json:"types" yaml:"types"`
	Roles      []Role         `json:"roles" yaml:"roles"`
	Audiences  []Audience     `json:"audiences" yaml:"audiences"`
	Checklists []Checklist    `json:"checklists" yaml:"checklists"`
	Templates  []Template     `json:"templates" yaml:"templates"`
	Assessment Assessment     `json:"assessment,omitzero" yaml:"assessment"`
	Declaring  Declaring      `json:"declaring,omitzero" yaml:"declaring"`
	Cost       Cost           `json:"cost,omitzero" yaml:"cost"`
	Need       Need           `json:"need,omitzero" yaml:"need"`
	Playbooks  []Playbook     `json:"playbooks,omitempty" yaml:"playbooks"`
	FollowUps  []FollowUpType `json:"follow_ups,omitempty" yaml:"follow_ups"`
	Cleanup    []Todo         `json:"cleanup,omitempty" yaml:"cleanup"`
	Retro      Retro          `json:"retrospective,omitzero" yaml:"retrospective"`
}

// Severity is a level with what was agreed for it in calm.
type Severity struct {
	ID       string    `json:"id" yaml:"id"` // SEV1 … SEV5
	Name     string    `json:"name" yaml:"name"`
	Meaning  string    `json:"meaning" yaml:"meaning"`
	Command  string    `json:"command" yaml:"command"` // who is called, and when
	Effort   string    `json:"effort" yaml:"effort"`
	Promises []Promise `json:"promises" yaml:"promises"`
	Required []string  `json:"required" yaml:"required"` // roles that must be held by ten minutes after declaration
	Exit     []Exit    `json:"exit" yaml:"exit"`
	Retro    string    `json:"retro" yaml:"retro"`           // what is asked for, in words
	RetroDue int       `json:"retro_days" yaml:"retro_days"` // days after resolved; 0 = commander's choice
}

// Promise is how often an audience hears something. Zero means nothing is promised.
type Promise struct {
	Audience string `json:"audience" yaml:"audience"`
	First    int    `json:"first" yaml:"first"` // minutes from declaration to the first notice
	Every    int    `json:"every" yaml:"every"` // minutes from one update to the next
}

// Exit is a criterion that must hold before the incident counts as resolved.
type Exit struct {
	ID   string `json:"id" yaml:"id"`
	Text string `json:"text" yaml:"text"`
	Soak int    `json:"soak" yaml:"soak"` // minutes that it must have held; 0 = at once
}

// Type is a kind of incident.
type Type struct {
	ID      string     `json:"id" yaml:"id"`
	Name    string     `json:"name" yaml:"name"`
	Private bool       `json:"private" yaml:"private"`       // nothing of it is shown outside the window
	First   string     `json:"first,omitempty" yaml:"first"` // who is called first, and what about
	Add     []Addition `json:"add,omitempty" yaml:"add"`     // items that its checklists have besides
	Exit    []Exit     `json:"exit,omitempty" yaml:"exit"`   // criteria besides the severity's
}

// Addition is items at the end of a checklist.
type Addition struct {
	List  string `json:"list" yaml:"list"` // the checklist's id
	Items []Item `json:"items" yaml:"items"`
}

// Role is a duty that one person holds.
type Role struct {
	ID       string   `json:"id" yaml:"id"`
	Name     string   `json:"name" yaml:"name"`
	Short    string   `json:"short" yaml:"short"`
	Aliases  []string `json:"aliases" yaml:"aliases"`
	Duty     string   `json:"duty" yaml:"duty"`
	First    string   `json:"first" yaml:"first"` // the first five minutes
	Not      string   `json:"not" yaml:"not"`     // what to leave to others
	HandOver string   `json:"hand_over" yaml:"hand_over"`
	Shown    bool     `json:"shown" yaml:"shown"`                 // on the live screen even while nobody holds it
	Critical bool     `json:"critical,omitempty" yaml:"critical"` // somebody must be able to stand in: it should have a deputy
	Many     bool     `json:"many,omitempty" yaml:"many"`         // several people hold it, each for a part: expert:payments
}

// Commander is the id of the role that every kit has: it is held by exactly one person.
const Commander = "commander"

// Audience is a group that is kept informed.
type Audience struct {
	ID      string   `json:"id" yaml:"id"`
	Name    string   `json:"name" yaml:"name"`
	Outside bool     `json:"outside" yaml:"outside"`         // text leaves the company
	Routes  []string `json:"routes,omitempty" yaml:"routes"` // by name, the first choice first; the workspace says where each leads
}

// Phases that a checklist can belong to, in their order. They are frozen, and the
// same as the incident's.
var Phases = []string{"declare", "assess", "communicate", "staff", "investigate", "mitigate", "verify", "resolved", "closed"}

// Checklist is a list for one pause point, of five to nine items. Phase is empty
// for lists that belong to none; the list of the phase resolved is what must be
// true for moving there.
type Checklist struct {
	ID    string `json:"id" yaml:"id"`
	Name  string `json:"name" yaml:"name"`
	Phase string `json:"phase" yaml:"phase"`
	Mode  string `json:"mode" yaml:"mode"` // read-do or do-confirm
	When  string `json:"when" yaml:"when"`
	Items []Item `json:"items" yaml:"items"`
}

// Modes of a checklist.
const (
	ReadDo    = "read-do"
	DoConfirm = "do-confirm"
)

// Item is something to be true and the value that proves it.
type Item struct {
	ID     string `json:"id" yaml:"id"` // unique in the kit: mitigate.undo
	Text   string `json:"text" yaml:"text"`
	Value  string `json:"value" yaml:"value"` // what to write down
	Why    string `json:"why" yaml:"why"`
	Killer bool   `json:"killer" yaml:"killer"` // cannot be passed over without a word
	Proof  string `json:"proof" yaml:"proof"`   // the record proves it: one of Proofs; empty = ticked by a person
	Act    string `json:"act" yaml:"act"`       // what the item opens: one of Acts
}

// Proofs are the predicates by which the record can tick an item. Three need an
// argument after a colon: role:operations names a role,
// first-notice:responders,support names audiences, without spaces, and answer:users
// names a question of the assessment.
var Proofs = []string{
	"title", "commander", "type", "severity", "reassess", "first-notice", "next-times", "role", "span",
	"decision", "exit", "last-notice", "retro", "follow-up", "accepted", "answer", "trend",
}

// Acts are what an item can open.
var Acts = []string{"update", "severity", "roles", "phase", "situation", "log", "decision", "action"}

// Template is the text that an update to one audience starts from.
type Template struct {
	Audience string `json:"audience" yaml:"audience"`
	Moment   string `json:"moment" yaml:"moment"` // one of Moments
	Text     string `json:"text" yaml:"text"`     // with {slots}
}

// Moments at which an update is written.
var Moments = []string{"first", "scope", "progress", "nothing-new", "watching", "severity", "correction", "resolved"}

// Slots that a template may use. A sentence of the text whose slot is empty is
// left out. Times are written out with their zone.
//
//	id, sev, title     the reference, the severity, the title
//	symptom, who       what people see; who is hurt
//	impact, goal       the situation as set
//	doing, workaround  what we do about it; what they can do meanwhile
//	since              when the impact started
//	next, prev         the next update to this audience, and its last one
//	promised           the time that was missed; empty unless this update is late
//	time               of the relief or, once it is resolved, of that
//	start, end         of the impact; duration is between them
//	ic                 who commands
//	met                exit criteria met, of how many
var Slots = []string{
	"id", "sev", "title", "symptom", "who", "impact", "goal", "doing", "workaround", "since", "next", "prev", "ic", "time", "start", "end", "duration", "met", "promised",
}

// Severity finds a level by id; nil when there is none.
func (k *Kit) Severity(id string) *Severity {
	return find(k.Severities, func(s *Severity) bool { return s.ID == id })
}

// Rank is how bad a level is: 0 the worst; len(Severities) when unknown.
func (k *Kit) Rank(id string) int {
	if i := slices.IndexFunc(k.Severities, func(s Severity) bool { return s.ID == id }); i >= 0 {
		return i
	}
	return len(k.Severities)
}

// Type finds an incident type by id; nil when there is none.
func (k *Kit) Type(id string) *Type { return find(k.Types, func(t *Type) bool { return t.ID == id }) }

// Role finds a role by id; nil when there is none. One that many may hold is found by
// the id of a part too, such as expert:payments.
func (k *Kit) Role(id string) *Role {
	base, part, parted := strings.Cut(id, ":")
	return find(k.Roles, func(r *Role) bool { return r.ID == base && (!parted || r.Many && part != "" && validID(part)) })
}

// For is the kit as it holds for incidents of a type: with what the type adds to the
// checklists and to the exit criteria. The answer may be k itself; neither may be changed.
func (k *Kit) For(typeID string) *Kit {
	t := k.Type(typeID)
	if t == nil || len(t.Add) == 0 && len(t.Exit) == 0 {
		return k
	}
	out := *k
	out.Checklists = slices.Clone(k.Checklists)
	for _, a := range t.Add {
		if i := slices.IndexFunc(out.Checklists, func(l Checklist) bool { return l.ID == a.List }); i >= 0 {
			out.Checklists[i].Items = slices.Concat(out.Checklists[i].Items, a.Items)
		}
	}
	out.Severities = slices.Clone(k.Severities)
	for i := range out.Severities {
		s := &out.Severities[i]
		s.Exit = slices.Clone(s.Exit)
		for _, e := range t.Exit {
			if !slices.ContainsFunc(s.Exit, func(have Exit) bool { return have.ID == e.ID }) {
				s.Exit = append(s.Exit, e)
			}
		}
	}
	return &out
}

// Audience finds an audience by id; nil when there is none.
func (k *Kit) Audience(id string) *Audience {
	return find(k.Audiences, func(a *Audience) bool { return a.ID == id })
}

// Checklist finds the list of a phase, or one without a phase by its id; nil when there is none.
func (k *Kit) Checklist(phase string) *Checklist {
	if c := find(k.Checklists, func(c *Checklist) bool { return c.Phase == phase && phase != "" }); c != nil {
		return c
	}
	return find(k.Checklists, func(c *Checklist) bool { return c.ID == phase })
}

// Item finds a checklist item by id; nil when there is none.
func (k *Kit) Item(id string) *Item {
	for i := range k.Checklists {
		if it := find(k.Checklists[i].Items, func(it *Item) bool { return it.ID == id }); it != nil {
			return it
		}
	}
	return nil
}

// Template finds the text for an audience at a moment; nil when there is none.
func (k *Kit) Template(audience, moment string) *Template {
	return find(k.Templates, func(t *Template) bool { return t.Audience == audience && t.Moment == moment })
}

// Promise is what the level promises an audience; the zero value when nothing.
func (s *Severity) Promise(audience string) Promise {
	if s != nil {
		if p := find(s.Promises, func(p *Promise) bool { return p.Audience == audience }); p != nil {
			return *p
		}
	}
	return Promise{Audience: audience}
}

func find[T any](list []T, ok func(*T) bool) *T {
	for i := range list {
		if ok(&list[i]) {
			return &list[i]
		}
	}
	return nil
}

// Encode gives the canonical JSON of the kit and its hash (SHA-256, hex), the
// name under which incidents remember it.
func (k *Kit) Encode() (data []byte, hash string, err error) {
	data, err = json.Marshal(k)
	if err != nil {
		return nil, "", fmt.Errorf("kit: encode %s: %w", k.Name, err)
	}
	sum := sha256.Sum256(data)
	return data, hex.EncodeToString(sum[:]), nil
}

// Decode reads what Encode wrote.
func Decode(data []byte) (*Kit, error) {
	var k Kit
	if err := json.Unmarshal(data, &k); err != nil {
		return nil, fmt.Errorf("kit: decode: %w", err)
	}
	return &k, nil
}
