package feed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/ical"
	"quarterdeck/internal/outward"
)

// Refresh looks at a feed now, whether it is due or not, and answers with the copy that
// counts from now on. The error is a fault that says what is wrong with the feed, in which
// case the copy is the last good one; it stands in the state as well.
func (k *Keeper) Refresh(ctx context.Context, f Feed, now time.Time) (Copy, error) {
	old, err := k.Copy(f)
	if err != nil && !fault.Is(err, fault.Internal) {
		return old, err
	}
	came, trouble := fetch(ctx, f, old, k.timeout)
	if ctx.Err() != nil { // the look was broken off, the feed is not at fault
		return old, fault.New(fault.Unreachable, "%s was not looked at to the end", f.Name).WithHint("refresh it again")
	}
	at := now.UnixMilli()
	if trouble == nil && !came.same {
		trouble = k.judge(f, old, &came, now)
	}
	next := old
	next.Source, next.Tried = f.source(), at
	switch {
	case trouble != nil:
		next.fail(trouble, at, came.after)
		if came.held != nil {
			next.Held = came.held
		}
	case came.same:
		next.succeed(f, at)
	default:
		if digest(came.data) != old.Hash {
			next.Changed = at
		}
		next.Data, next.Report, next.Hash, next.ETag, next.Modified = came.read, came.report, digest(came.data), came.etag, came.modified
		next.succeed(f, at)
		if err := k.keep(f, copyFile, came.data); err != nil {
			return old, err
		}
	}
	if err := k.keepState(f, next.State); err != nil {
		return old, err
	}
	if trouble != nil {
		return next, trouble.fault(f)
	}
	return next, nil
}

// backoff is how long is waited after the first failure, the second and so on.
var backoff = []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour}

const (
	usual   = 15 * time.Minute // between two looks
	longest = 6 * time.Hour    // that a source may ask for
)

func (s *State) fail(t *Trouble, at int64, after time.Duration) {
	s.Failures++
	wait := backoff[min(s.Failures, len(backoff))-1]
	s.Next = at + max(wait, min(after, longest)).Milliseconds()
	t.Since = at
	if s.Trouble != nil && s.Trouble.Kind == t.Kind {
		t.Since = s.Trouble.Since
	}
	s.Trouble = t
}

func (c *Copy) succeed(f Feed, at int64) {
	c.Good, c.Failures, c.Trouble, c.Held = at, 0, nil, nil
	every := f.Every
	if every <= 0 {
		every = usual
	}
	if c.Data != nil { // the source may ask for less, not for more
		every = max(every, min(c.Data.Refresh, longest))
	}
	c.Next = at + every.Milliseconds()
}

// answer is what a source sent.
type answer struct {
	same           bool // it has what we have
	data           []byte
	etag, modified string
	after          time.Duration // it asks to be left alone so long
	read           *ical.Calendar
	report         *ical.Report
	held           *Held // it came, and must not replace the copy
}

func fetch(ctx context.Context, f Feed, old Copy, timeout time.Duration) (answer, *Trouble) {
	if f.Address.IsZero() {
		return fromFile(f, old)
	}
	return fromAddress(ctx, f, old, timeout)
}

func fromFile(f Feed, old Copy) (answer, *Trouble) {
	data, err := readFile(f.File, MaxBytes)
	switch err {
	case nil:
	case errLong:
		return answer{}, &Trouble{Kind: TooLarge, Text: "the file is longer than 32 MB", Hint: "export only the coming months"}
	case errSpecial:
		return answer{}, &Trouble{Kind: Missing, Text: "that is no ordinary file", Hint: "name a file that ends in .ics"}
	default:
		return answer{}, &Trouble{Kind: Missing, Text: "the file is not there or cannot be read", Hint: "put it back, or remove the calendar and add it from where it is now"}
	}
	return answer{data: data, same: old.Data != nil && digest(data) == old.Hash}, nil
}

// agent says who asks: some sources answer a caller without a name with a web page.
const agent = "Quarterdeck (calendar reader)"

func fromAddress(ctx context.Context, f Feed, old Copy, timeout time.Duration) (answer, *Trouble) {
	at := f.address()
	c := outward.New(outward.Options{Timeout: timeout, MaxBody: MaxBytes, Typed: at, Local: f.Local, Agent: agent,
		Follow: func(_, _ *url.URL) error { return nil }}) // the checks of outward are the policy
	defer c.Close()
	h := http.Header{"Accept": {"text/calendar, text/plain;q=0.5, */*;q=0.1"}}
	if old.Data != nil {
		for name, value := range map[string]string{"If-None-Match": old.ETag, "If-Modified-Since": old.Modified} {
			if value != "" {
				h.Set(name, value)
			}
		}
	}
	r, err := c.Fetch(ctx, outward.Request{URL: at, Header: h})
	if err != nil {
		return answer{}, wire(err)
	}
	a := answer{data: r.Body, etag: word(r.Header.Get("ETag")), modified: word(r.Header.Get("Last-Modified")), after: retryAfter(r.Header)}
	switch {
	case r.Status == http.StatusOK:
		a.same = old.Data != nil && digest(r.Body) == old.Hash && a.etag == old.ETag && a.modified == old.Modified
		return a, nil
	case r.Status == http.StatusNotModified && old.Data != nil:
		a.same = true
		return a, nil
	}
	return a, refusal(r.Status)
}

// word is a header's value, when it may be kept and sent back.
func word(v string) string {
	if len(v) > 1000 {
		return ""
	}
	return v
}

func retryAfter(h http.Header) time.Duration {
	if s, err := strconv.Atoi(h.Get("Retry-After")); err == nil && s > 0 {
		return time.Duration(min(s, 7*24*3600)) * time.Second
	}
	at, err1 := http.ParseTime(h.Get("Retry-After"))
	date, err2 := http.ParseTime(h.Get("Date"))
	if err1 == nil && err2 == nil {
		return at.Sub(date)
	}
	return 0
}

func refusal(status int) *Trouble {
	switch {
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return &Trouble{Kind: Revoked, Text: fmt.Sprintf("it answers %d: not for us", status), Hint: "copy a fresh address from where the calendar is kept, and add it again"}
	case status == http.StatusNotFound, status == http.StatusGone:
		return &Trouble{Kind: Revoked, Text: fmt.Sprintf("it answers %d: there is no such calendar", status), Hint: "copy a fresh address from where the calendar is kept, and add it again"}
	case status == http.StatusTooManyRequests, status >= 500:
		return &Trouble{Kind: Server, Text: fmt.Sprintf("it answers %d: not just now", status), Hint: "it is asked again by itself"}
	case status >= 300 && status < 400:
		return &Trouble{Kind: Astray, Text: fmt.Sprintf("it answers %d and sends us nowhere", status), Hint: "copy a fresh address from where the calendar is kept"}
	}
	return &Trouble{Kind: NotCalendar, Text: fmt.Sprintf("it answers %d and no calendar", status), Hint: "check the address where the calendar is kept"}
}

// wire is what went wrong on the way.
func wire(err error) *Trouble {
	e := outward.Of(err)
	if e == nil {
		return &Trouble{Kind: Offline, Text: "it could not be reached", Hint: "it is asked again by itself"}
	}
	t := &Trouble{Kind: Offline, Text: e.Text, Hint: "check the network; it is asked again by itself"}
	switch e.Kind {
	case outward.BadAddress:
		t.Kind, t.Hint = BadAddress, "check the address: it begins with https://, http:// or webcal://"
	case outward.Guarded:
		t.Kind, t.Hint = Guarded, "if the calendar is in your own network, add it with --local, or type its address as a number"
	case outward.Untrusted:
		t.Kind, t.Hint = Untrusted, "ask who runs it for a valid certificate; save the calendar to a file meanwhile"
	case outward.Late:
		t.Kind = Late
	case outward.TooLong:
		t.Kind, t.Text, t.Hint = TooLarge, "it sends more than 32 MB", "share a calendar with the coming months only"
	case outward.Astray:
		t.Kind, t.Hint = Astray, "open the address in a browser, and add the one that it ends at"
	}
	return t
}

// Get reads a feed once and keeps nothing: the calendar's bytes. The error is a fault.
func Get(ctx context.Context, f Feed) ([]byte, error) {
	came, trouble := fetch(ctx, f, Copy{}, Timeout)
	if trouble != nil {
		return nil, trouble.fault(f)
	}
	return came.data, nil
}

// fault is a trouble as it is told.
func (t *Trouble) fault(f Feed) error {
	code := fault.Refused
	switch t.Kind {
	case Offline, Late, Server, Missing:
		code = fault.Unreachable
	case BadAddress:
		code = fault.Invalid
	}
	name := f.Shown()
	if f.Name != "" {
		name = f.Name + " (" + name + ")"
	}
	return fault.New(code, "%s: %s", name, t.Text).WithHint("%s", t.Hint)
}

// judge reads what came, and says why it must not replace the copy.
func (k *Keeper) judge(f Feed, old Copy, came *answer, now time.Time) *Trouble {
	cal, report, err := ical.Read(bytes.NewReader(came.data), ical.Options{MaxBytes: MaxBytes})
	if err != nil {
		return unread(err)
	}
	came.read, came.report = cal, report
	if old.Data == nil {
		return nil
	}
	t, held := loss(old, cal, report, now)
	if t == nil {
		return nil
	}
	came.held = held
	t.Hint = fmt.Sprintf("if that is right: qd calendar refresh --accept %q; until then the last good copy counts", f.Name)
	if err := k.keep(f, heldFile, came.data); err != nil {
		came.held, t.Hint = nil, "look at the calendar where it is kept; the last good copy counts"
	}
	return t
}

// unread is why what came is no calendar.
func unread(err error) *Trouble {
	t := &Trouble{Kind: NotCalendar, Text: "what came is no calendar", Hint: "check the address where the calendar is kept"}
	var r *ical.Refusal
	if !errors.As(err, &r) {
		return t
	}
	t.Text = r.Text
	switch r.Reason {
	case ical.WebPage:
		t.Kind, t.Hint = WebPage, "the address may have expired or need a sign-in: copy a fresh one from where the calendar is kept"
	case ical.TooLarge, ical.TooDeep, ical.TooMany:
		t.Kind, t.Hint = TooLarge, "share a calendar with the coming months only"
	}
	return t
}

// Accept takes what is held for the copy that counts.
func (k *Keeper) Accept(f Feed, now time.Time) (Copy, error) {
	old, err := k.Copy(f)
	if err != nil && !fault.Is(err, fault.Internal) {
		return old, err
	}
	none := fault.New(fault.Conflict, "%s holds nothing back", f.Name).WithHint("qd calendar list says which calendars do")
	if old.Held == nil {
		return old, none
	}
	data, err := readFile(k.path(f.Name, heldFile), MaxBytes)
	if err != nil {
		return old, none.WithCause(err)
	}
	next := old
	if next.Data, next.Report, err = ical.Read(bytes.NewReader(data), ical.Options{MaxBytes: MaxBytes}); err != nil {
		return old, fault.New(fault.Refused, "what is held of %s cannot be read any more", f.Name).WithHint("refresh it again").WithCause(err)
	}
	at := old.Held.At
	next.Hash, next.ETag, next.Modified, next.Changed = digest(data), "", "", now.UnixMilli()
	next.succeed(f, at)
	if err := k.keep(f, copyFile, data); err != nil {
		return old, err
	}
	if err := k.keepState(f, next.State); err != nil {
		return old, err
	}
	return next, nil
}

// enough shifts are needed to speak of shrinking.
const enough = 5

// loss says that what came has lost its shifts: those to come or those around now are
// gone, or four in five of them. Nil when it has not.
func loss(old Copy, cal *ical.Calendar, report *ical.Report, now time.Time) (*Trouble, *Held) {
	to := now.AddDate(0, 3, 0)
	for _, w := range []struct {
		from time.Time
		what string
	}{{now, "shifts to come"}, {now.AddDate(-1, 0, 0), "shifts"}} {
		had, has := count(old.Data, w.from, to), count(cal, w.from, to)
		h := &Held{now.UnixMilli(), had, has}
		switch {
		case had > 0 && has == 0:
			return &Trouble{Kind: Emptied, Text: fmt.Sprintf("what it sends has no %s any more; the kept copy has %d", w.what, had)}, h
		case had >= enough && has*5 <= had:
			return &Trouble{Kind: Shrunk, Text: fmt.Sprintf("it has shrunk from %d %s to %d", had, w.what, has)}, h
		}
	}
	if old.Report != nil && old.Report.Events > 0 && report.Events == 0 {
		return &Trouble{Kind: Emptied, Text: fmt.Sprintf("what it sends is empty; the kept copy has %d events", old.Report.Events)}, &Held{now.UnixMilli(), old.Report.Events, 0}
	}
	return nil, nil
}

func count(c *ical.Calendar, from, to time.Time) int {
	occ, _ := c.Expand(from, to, nil) // too many are many
	return len(occ)
}
