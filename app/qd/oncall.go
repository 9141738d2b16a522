package main

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/oncall"
	"quarterdeck/internal/workspace"
)

// onCallView is somebody who is on call.
type onCallView struct {
	Schedule  string        `json:"schedule"`
	Role      string        `json:"role"`
	Person    *onCallPerson `json:"person"` // null with --gaps: nobody
	Start     *string       `json:"start"`
	End       *string       `json:"end"`
	Next      *onCallNext   `json:"next"`
	Until     *string       `json:"until"` // until they, or nobody, stop being on: turns that follow each other are one
	State     string        `json:"state"` // on, gap, by_design, no_data
	Contested bool          `json:"contested"`
	Override  bool          `json:"override"`
	Title     string        `json:"title"`
	Calendar  string        `json:"calendar"`
	Read      *string       `json:"read"` // when the calendar was last known to say so
}

type onCallPerson struct {
	Name  string `json:"name"`
	Email string `json:"email"`
	Phone string `json:"phone"`
	Zone  string `json:"zone"`
	Known bool   `json:"known"`
}

type onCallNext struct {
	Person string `json:"person"`
	Start  string `json:"start"`
}

func onCall(s *session) *cobra.Command {
	var at instant
	var gaps bool
	c := &cobra.Command{
		Use: "oncall", Short: "who is on call, until when, and who is next", Args: takes(0, 0),
		Long: "By schedule, then role. It reads the kept copies and asks no calendar: that is\nqd calendar refresh. The next one is somebody else, when one is known. Schedules\nin which nobody is on are shown to people; with --json they are left out unless\n--gaps is given.",
	}
	c.Flags().Var(&at, "at", "at this `TIME` (default: now)")
	c.Flags().BoolVar(&gaps, "gaps", false, "with --json too: schedules in which nobody is on, with person null")
	return s.reads(c, func([]string) error {
		rota, err := s.rota()
		if err != nil {
			return err
		}
		t := s.clock.Now()
		if at != 0 {
			t = time.UnixMilli(int64(at)).UTC()
		}
		if y := t.Year(); y < 1970 || y > 2200 {
			return wrong("at", "between 1970 and 2200", "calendars do not reach that far")
		}
		out := s.onCallAt(rota, t)
		if s.json {
			if !gaps {
				out = slices.DeleteFunc(out, func(v onCallView) bool { return v.Person == nil })
			}
			return s.print(out)
		}
		s.sayOnCall(out, rota, t)
		return nil
	})
}

// rota reads the calendars and people of the folder. What cannot be read is said, and
// refused when nothing else is there.
func (s *session) rota() (*app.Rota, error) {
	if err := s.folder(); err != nil {
		return nil, err
	}
	kept, err := app.OpenSecrets(s.data, s.clock)
	if err != nil {
		s.warn(err)
	}
	r := app.OpenRota(s.data, s.clock, kept)
	_, calendars, people := r.Reload(s.ctx)
	if calendars != nil {
		return r, calendars
	}
	if people != nil {
		s.warn(people)
	}
	return r, nil
}

func (s *session) onCallAt(rota *app.Rota, t time.Time) []onCallView {
	roster := rota.Around(t)
	copies, _ := rota.Copies()
	out := []onCallView{}
	for i := range roster.Lanes {
		l := &roster.Lanes[i]
		a := l.At(t)
		v := onCallView{Schedule: l.Schedule, Role: l.Role, State: string(a.Word), Contested: a.Contested, Until: moment(a.Until)}
		if a.Next != nil {
			v.Next = &onCallNext{a.Next.Who.Name, stamp(a.Next.Start.UnixMilli())}
		}
		if len(a.On) == 0 {
			v.End = v.Until
			if a.Previous != nil {
				v.Start = moment(a.Previous.End)
			}
			out = append(out, v)
		}
		for _, turn := range a.On {
			w := turn.Who
			v.Person = &onCallPerson{w.Name, w.Email, w.Phone, w.Zone, w.Known}
			v.Start, v.End, v.Override, v.Title, v.Calendar = moment(turn.Start), moment(turn.End), turn.Shift.Override, turn.Shift.Title, turn.Shift.Calendar
			v.Read = maybe(copies[turn.Shift.Calendar].Good)
			out = append(out, v)
		}
	}
	slices.SortStableFunc(out, func(a, b onCallView) int {
		return cmp.Or(strings.Compare(a.Schedule, b.Schedule), strings.Compare(a.Role, b.Role), strings.Compare(a.name(), b.name()))
	})
	return out
}

func (v *onCallView) name() string {
	if v.Person == nil {
		return ""
	}
	return v.Person.Name
}

// moment is an instant, or nil when it is not known.
func moment(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return maybe(t.UnixMilli())
}

func (s *session) sayOnCall(out []onCallView, rota *app.Rota, t time.Time) {
	if len(rota.Settings().Calendars) == 0 && len(out) == 0 {
		s.say("no calendar is kept here; qd calendar add NAME FILE-OR-URL --role ROLE adds one")
	}
	for i := range out {
		v := &out[i]
		head := v.Schedule
		if v.Role != "" {
			head += " (" + v.Role + ")"
		}
		text := absent[oncall.Word(v.State)]
		if v.Person != nil {
			text = v.Person.Name
			if v.Person.Phone != "" {
				text += " " + v.Person.Phone
			}
			if v.Contested {
				text += ", contested"
			}
			if v.Override {
				text += ", by an override"
			}
		}
		if v.Until != nil {
			text += " until " + *v.Until
		}
		if v.Next != nil {
			text += "; next " + v.Next.Person
			if v.Until == nil || v.Next.Start != *v.Until {
				text += " from " + v.Next.Start
			}
		}
		s.block(head, 30, text)
	}
	for _, f := range rota.Feeds(s.clock.Now()) {
		if f.Trouble != "" {
			s.aside("%s: %s; its copy is of %s", f.Name, f.Trouble, when(f.Read))
		}
	}
}

// absent says why nobody is on.
var absent = map[oncall.Word]string{
	oncall.Nobody: "NOBODY", oncall.ByDesign: "nobody, by design", oncall.NoData: "nothing is known: the calendar ends before",
}

func when(ms int64) string {
	if ms == 0 {
		return "no time: there is none yet"
	}
	return second(ms)
}

// meant is the person whom a word means: by people.yaml their own name, else the word.
// It answers too with what a calendar says of them for a role now, if anything.
func (s *session) meant(word string, role func(lane string) bool) (name string, shift *incident.Shift, err error) {
	rota, err := s.rota()
	if err != nil { // a calendar that cannot be read assigns nobody else
		s.warn(err)
		if rota == nil {
			return word, nil, nil
		}
	}
	name, err = app.Whom(rota.People(), word)
	if err != nil {
		return "", nil, err
	}
	return name, rota.OnDutyFor(role, name), nil
}

// whom is the name of the person whom a word means, by people.yaml alone. One that cannot
// be read knows nobody, and is warned of.
func (s *session) whom(word string) (string, error) { return app.Whom(s.known(), word) }

// known are the people of people.yaml.
func (s *session) known() []oncall.Person {
	people, err := workspace.ReadPeople(s.data)
	if err != nil {
		s.warn(err)
	}
	return people
}
