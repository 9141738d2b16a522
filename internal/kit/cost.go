package kit

import "fmt"

// Cost is what an hour of people's work costs. Nothing of it leaves the machine.
type Cost struct {
	Currency string `json:"currency" yaml:"currency"` // three capital letters, ISO 4217
	PerHour  int    `json:"per_hour" yaml:"per_hour"` // minor units (cents), of everybody who has no rate of their own
	Rates    []Rate `json:"rates" yaml:"rates"`
}

// Rate is what an hour in a role costs.
type Rate struct {
	Role    string `json:"role" yaml:"role"`
	PerHour int    `json:"per_hour" yaml:"per_hour"` // minor units
}

// Rate is what an hour in a role costs, in minor units; false when it has no rate of its own.
func (c *Cost) Rate(role string) (int, bool) {
	if r := find(c.Rates, func(r *Rate) bool { return r.Role == role }); r != nil {
		return r.PerHour, true
	}
	return 0, false
}

// maxRate is the dearest hour, in minor units.
const maxRate = 100_000_000

func (c *checker) cost() {
	cost := &c.kit.Cost
	if cost.Currency == "" && cost.PerHour == 0 && len(cost.Rates) == 0 {
		return // a kit of before there were rates
	}
	if len(cost.Currency) != 3 || cost.Currency[0] < 'A' || cost.Currency[0] > 'Z' || cost.Currency[1] < 'A' || cost.Currency[1] > 'Z' || cost.Currency[2] < 'A' || cost.Currency[2] > 'Z' {
		c.add("cost.currency", "write its code of three capital letters, such as EUR", "%q is no currency", cost.Currency)
	}
	c.rate("cost.per_hour", cost.PerHour)
	seen := map[string]bool{}
	for i, r := range cost.Rates {
		at := fmt.Sprintf("cost.rates[%d]", i)
		switch {
		case c.kit.Role(r.Role) == nil:
			c.add(at+".role", "use the id of a role in roles.yaml", "there is no role %q", r.Role)
		case seen[r.Role]:
			c.add(at+".role", "keep one of the two", "the role %q has a rate already", r.Role)
		}
		seen[r.Role] = true
		c.rate(at+".per_hour", r.PerHour)
	}
}

func (c *checker) rate(where string, minor int) {
	if minor < 0 || minor > maxRate {
		c.add(where, fmt.Sprintf("write cents from 0 to %d", maxRate), "%d is no rate for an hour", minor)
	}
}
