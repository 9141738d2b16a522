package incident

import "quarterdeck/internal/fault"

// Bounds of what belongs to a follow-up.
const (
	maxLink    = 500
	maxYears   = 5 * 366 * day // ms ahead that a due time may lie
	manyAreFew = 7             // follow-ups of one incident that get done

	day = int64(24 * 3600_000)
)

// Terms are what makes a follow-up more than a wish, as an order gives them.
type Terms struct {
	Type    string
	Owner   Person // zero = nobody yet
	Due     int64  // ms UTC; 0 = none, or for a new one as long as the kit gives its type
	Link    string
	Watcher Person
	Proof   string
}

// AddFollowUp notes work for afterwards.
type AddFollowUp struct {
	Text   string
	Approx bool
	Terms
	Why string // asked for the eighth that is planned with its terms: of many, few are done. A bare line is taken as it is
}

func (d *AddFollowUp) decide(c *context) ([]Event, error) {
	t, err := clean("text", d.Text, MaxText)
	if err != nil {
		return nil, err
	}
	if open := len(c.OpenFollowUps()); c.Phase.Over() && d.Terms != (Terms{}) && open >= manyAreFew && tidy(d.Why) == "" {
		return nil, fault.Input("why", "%d follow-ups are open; of more than %d few are done", open, manyAreFew).WithHint("say why this one is needed too, or drop one first")
	}
	why, err := cleanOptional("why", d.Why, maxWords)
	if err != nil {
		return nil, err
	}
	order := d.Terms
	if f := c.kit.FollowUp(d.Type); f != nil && order.Due == 0 {
		order.Due = c.now.Wall + int64(f.Days)*day
	}
	terms, people, err := c.terms(order, 0)
	if err != nil {
		return nil, err
	}
	return append(people, &FollowUpAdded{t, d.Approx, terms, why}), nil
}

// terms checks what an order says of a follow-up. was is its due time so far: one that is
// late may stay so.
func (c *context) terms(d Terms, was int64) (t FollowUpTerms, named []Event, err error) {
	if d.Type != "" && c.kit.FollowUp(d.Type) == nil {
		return t, nil, fault.Input("type", "the kit knows no type of follow-up %.40q", d.Type).WithHint("one of %s", names(c.kit.FollowUpTypes()))
	}
	if d.Due != 0 && d.Due != was && (d.Due < c.now.Wall-day || d.Due > c.now.Wall+maxYears) {
		return t, nil, fault.Input("due", "a follow-up cannot be due on %s", stamp(d.Due)).WithHint("give a day from today on, within five years")
	}
	t = FollowUpTerms{Type: d.Type, Due: d.Due}
	for _, p := range []struct {
		field string
		who   Person
		into  *ID
	}{{"owner", d.Owner, &t.Owner}, {"watcher", d.Watcher, &t.Watcher}} {
		if p.who == (Person{}) {
			continue
		}
		who, err := c.person(p.field, p.who)
		if err != nil {
			return t, nil, err
		}
		*p.into = who.ID
		named = append(named, c.named(who)...)
	}
	if t.Link, err = cleanLineOptional("link", d.Link, maxLink); err != nil {
		return t, nil, err
	}
	t.Proof, err = cleanOptional("proof", d.Proof, maxWords)
	return t, named, err
}

// ChangeFollowUp gives a follow-up other terms: all of them, as they are from now on.
type ChangeFollowUp struct {
	FollowUp ID
	Terms
}

func (d *ChangeFollowUp) decide(c *context) ([]Event, error) {
	f, err := c.followUpOf(d.FollowUp)
	if err != nil {
		return nil, err
	}
	out, named, err := c.terms(d.Terms, f.Due)
	if err != nil {
		return nil, err
	}
	if out == f.FollowUpTerms {
		return nil, fault.New(fault.Conflict, "it says so already")
	}
	return append(named, &FollowUpChanged{d.FollowUp, out}), nil
}

// EndFollowUp says that a follow-up is done, dropped for a reason, or open after all.
type EndFollowUp struct {
	FollowUp ID
	State    string
	Text     string // what shows that it helped, or why it is dropped
	Minutes  int    // that its owner spent on it; 0 = not said
}

func (d *EndFollowUp) decide(c *context) ([]Event, error) {
	f, err := c.followUpOf(d.FollowUp)
	if err != nil {
		return nil, err
	}
	text, err := cleanOptional("text", d.Text, maxWords)
	switch {
	case err != nil:
		return nil, err
	case d.State != FollowUpDone && d.State != FollowUpDropped && d.State != FollowUpOpen:
		return nil, fault.Input("state", "%.40q is no state of a follow-up", d.State).WithHint("one of done, dropped, open")
	case d.State == f.State:
		return nil, fault.New(fault.Conflict, "it is %s already", d.State)
	case d.State == FollowUpDropped && text == "":
		return nil, fault.Input("text", "dropping a follow-up needs a reason").WithHint("say why it is left, so that nobody wonders later")
	case d.Minutes < 0 || d.Minutes > maxEffort:
		return nil, fault.Input("minutes", "%d minutes cannot be", d.Minutes).WithHint("give 0 to %d minutes", maxEffort)
	}
	return []Event{&FollowUpEnded{d.FollowUp, d.State, text, d.Minutes}}, nil
}

func (c *context) followUpOf(id ID) (*FollowUp, error) {
	for i := range c.FollowUps {
		if c.FollowUps[i].ID == id {
			return &c.FollowUps[i], nil
		}
	}
	return nil, fault.New(fault.NotFound, "there is no such follow-up")
}
