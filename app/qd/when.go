package main

import (
	"errors"
	"fmt"
	"time"
)

// stamp is an instant (ms UTC) as it goes out: RFC 3339 in UTC, with milliseconds
// when there are any.
func stamp(ms int64) string {
	t := time.UnixMilli(ms).UTC()
	if ms%1000 != 0 {
		return t.Format("2006-01-02T15:04:05.000Z")
	}
	return t.Format("2006-01-02T15:04:05Z")
}

// second is an instant for people: to the second.
func second(ms int64) string { return stamp(ms - (ms%1000+1000)%1000) }

// maybe is an instant, or nil when there is none.
func maybe(ms int64) *string {
	if ms == 0 {
		return nil
	}
	t := stamp(ms)
	return &t
}

// span is a length of time in words.
func span(ms int64) string {
	d := time.Duration(ms) * time.Millisecond
	switch {
	case d < 0:
		return span(-ms)
	case d < time.Minute:
		return fmt.Sprintf("%d s", d/time.Second)
	case d < time.Hour:
		return fmt.Sprintf("%d min", d/time.Minute)
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h %02d min", d/time.Hour, d%time.Hour/time.Minute)
	}
	return fmt.Sprintf("%d days", d/(24*time.Hour))
}

// due is a deadline for people, as seen at now.
func due(ms, now int64) string {
	if ms < now {
		return fmt.Sprintf("%s, %s late", second(ms), span(now-ms))
	}
	return fmt.Sprintf("%s, in %s", second(ms), span(ms-now))
}

var errTime = errors.New("a time is written 2026-11-20T14:02:00Z")

// parseTime reads RFC 3339 as ms UTC; it is never 0, which would mean that none was given.
func parseTime(text string) (int64, error) {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return 0, errTime
	}
	if ms := t.UnixMilli(); ms != 0 {
		return ms, nil
	}
	return 1, nil
}

// instant is a flag that holds a time, ms UTC; 0 = not given.
type instant int64

// Set implements pflag.Value.
func (v *instant) Set(text string) error {
	ms, err := parseTime(text)
	*v = instant(ms)
	return err
}

// String implements pflag.Value.
func (v *instant) String() string {
	if *v == 0 {
		return ""
	}
	return stamp(int64(*v))
}

// Type implements pflag.Value.
func (v *instant) Type() string { return "TIME" }

// edge is a flag where a period begins or ends, ms UTC: a time, or a date for its midnight
// in UTC; 0 = not given.
type edge int64

// Set implements pflag.Value.
func (v *edge) Set(text string) error {
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		*v = edge(day.UnixMilli())
		return nil
	}
	if (*instant)(v).Set(text) != nil {
		return errors.New("a period begins and ends at a date (2026-11-20, midnight in UTC) or at a time (2026-11-20T14:02:00Z)")
	}
	return nil
}

// String implements pflag.Value.
func (v *edge) String() string { return (*instant)(v).String() }

// Type implements pflag.Value.
func (v *edge) Type() string { return "TIME" }

// ahead is a flag or an argument that holds a time to come: how long from now, or when.
type ahead struct {
	in    time.Duration
	at    int64
	given bool
}

// Set implements pflag.Value.
func (v *ahead) Set(text string) (err error) {
	v.given = true
	if v.in, err = time.ParseDuration(text); err == nil {
		return nil
	}
	if v.at, err = parseTime(text); err != nil {
		return errors.New("give how long from now (30m, 1h30m), or a time (2026-11-20T14:02:00Z)")
	}
	return nil
}

// String implements pflag.Value.
func (v *ahead) String() string {
	switch {
	case !v.given:
		return ""
	case v.at != 0:
		return stamp(v.at)
	}
	return v.in.String()
}

// Type implements pflag.Value.
func (v *ahead) Type() string { return "TIME" }

// from is the instant that is meant at now, ms UTC; 0 = not given.
func (v *ahead) from(now int64) int64 {
	if !v.given || v.at != 0 {
		return v.at
	}
	return now + v.in.Milliseconds()
}

// timeArg reads an argument that is a time.
func timeArg(field, text string, v interface{ Set(string) error }) error {
	if err := v.Set(text); err != nil {
		return wrong(field, err.Error(), "%.60q is no time", text)
	}
	return nil
}
