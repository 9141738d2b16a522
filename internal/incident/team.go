package incident

import (
	"quarterdeck/internal/fault"
)

// TeamJoined says to whom a person reports: to a lead, or to the commander again.
type TeamJoined struct {
	Person ID `json:"person"`
	Lead   ID `json:"lead,omitzero"` // zero = the commander
}

// ActionReadBack says that the owner of an action has repeated it: it has arrived.
type ActionReadBack struct {
	Action ID `json:"action"`
}

// Kind implements Event.
func (*TeamJoined) Kind() Kind { return "team.joined" }

// Kind implements Event.
func (*ActionReadBack) Kind() Kind { return "action.readback" }

// JoinTeam says to whom a person reports. Nobody as the lead is the commander.
type JoinTeam struct {
	Person Person
	Lead   Person
}

func (d *JoinTeam) decide(c *context) ([]Event, error) {
	p, err := c.person("person", d.Person)
	if err != nil {
		return nil, err
	}
	if p.ID == c.Command.Holder {
		return nil, fault.Input("person", "%s commands and reports to nobody here", p.Name)
	}
	if d.Lead == (Person{}) || d.Lead.ID == c.Command.Holder && !d.Lead.ID.IsZero() {
		if c.Teams[p.ID].IsZero() {
			return nil, fault.New(fault.Conflict, "%s reports to the commander already", p.Name)
		}
		return append(c.named(p), &TeamJoined{Person: p.ID}), nil
	}
	lead, err := c.person("lead", d.Lead)
	if err != nil {
		return nil, err
	}
	switch {
	case lead.ID == p.ID:
		return nil, fault.Input("lead", "nobody leads themselves")
	case c.Teams[p.ID] == lead.ID:
		return nil, fault.New(fault.Conflict, "%s reports to %s already", p.Name, lead.Name)
	case !c.Teams[lead.ID].IsZero():
		return nil, fault.Input("lead", "%s reports to %s", lead.Name, c.Name(c.Teams[lead.ID])).WithHint("a lead reports to the commander: two levels are enough for an incident")
	case !c.leads(lead.ID):
		return nil, fault.Input("lead", "%s holds no role", lead.Name).WithHint("give the lead a role first, such as operations")
	}
	out := append(c.named(p), c.named(lead)...)
	for _, member := range c.Team(p.ID) { // whose lead joins a team is led by that one's lead
		out = append(out, &TeamJoined{member, lead.ID})
	}
	return append(out, &TeamJoined{p.ID, lead.ID}), nil
}

// leads reports whether somebody holds a role and so can lead.
func (s *State) leads(id ID) bool {
	for _, h := range s.Roles {
		if h.Person == id && !id.IsZero() {
			return true
		}
	}
	return false
}

// Team are the people who report to a lead, by id, in order.
func (s *State) Team(lead ID) []ID {
	var out []ID
	for p, l := range s.Teams {
		if l == lead && !lead.IsZero() {
			out = append(out, p)
		}
	}
	sortIDs(out)
	return out
}

// ReadBackAction notes that an action's owner has repeated it.
type ReadBackAction struct{ Action ID }

func (d *ReadBackAction) decide(c *context) ([]Event, error) {
	if err := c.openAction(d.Action); err != nil {
		return nil, err
	}
	for _, a := range c.Actions {
		if a.ID == d.Action && a.ReadBack != 0 {
			return nil, fault.New(fault.Conflict, "%s has repeated it already", c.Name(a.Owner))
		}
	}
	return []Event{&ActionReadBack{d.Action}}, nil
}
