package cockpit

import (
	"context"

	"quarterdeck/internal/cadence"
)

// Deadlines are those that ring here: of every open incident in which this database
// has written. One that was imported stays silent until somebody acts in it.
func (c *Cockpit) Deadlines(ctx context.Context) ([]cadence.Deadline, error) {
	rows, err := c.log.Open(ctx)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []cadence.Deadline
	for _, r := range rows {
		l, err := c.load(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		if l.Mine {
			out = append(out, cadence.Deadlines(l.State, l.Kit)...)
		}
	}
	return out, nil
}
