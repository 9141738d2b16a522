package statuspage

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outward"
	"quarterdeck/internal/secret/token"
)

const (
	usual    = "https://api.statuspage.io/v1"
	unnamed  = "Service incident"
	limit    = 25_000 // characters of an update
	longName = 255    // characters of an incident's name
)

// medium is one page.
type medium struct {
	base       string // of the page's incidents
	page       string
	key        token.Token
	components []string
	name       string // of an incident whose title stays inside
	quiet      bool
	client     *outward.Client
	timeout    time.Duration
}

// Open is the outbox.Opener of routes by Statuspage. Target is the page's id, Secret an
// API key; components lists ids, parted by commas, notify: no tells no subscriber, and name is what an incident is
// called whose title is not for outsiders.
func Open(r outbox.Route) (outbox.Medium, error) { return open(r, outbox.Timeout) }

func open(r outbox.Route, timeout time.Duration) (outbox.Medium, error) {
	if err := outbox.Only(r, "components", "notify", "name"); err != nil {
		return nil, err
	}
	base, err := outbox.Base(r, usual)
	if err != nil {
		return nil, err
	}
	notify := strings.ToLower(r.Also["notify"])
	switch {
	case r.Target == "":
		return nil, fault.Input("channel", "the route %s does not say which page", r.Name).WithHint("give the page's id as its channel; it stands on the page's API settings")
	case r.Secret.IsZero():
		return nil, fault.Input("secret", "the route %s has no API key", r.Name).WithHint("keep one with qd secret set NAME, and name it as the route's secret")
	case !slices.Contains([]string{"", "yes", "no", "true", "false"}, notify):
		return nil, fault.Input("notify", "notify is yes or no in the route %s", r.Name).WithHint("write yes or no")
	}
	path := strings.TrimSuffix(base.Path, "/")
	if !strings.HasSuffix(path, "/v1") {
		path += "/v1"
	}
	m := &medium{page: r.Target, key: r.Secret, timeout: timeout, name: cmp.Or(outbox.Line(r.Also["name"]), unnamed), quiet: notify == "no" || notify == "false"}
	m.base = base.Scheme + "://" + base.Host + path + "/pages/" + url.PathEscape(r.Target)
	m.client = outbox.Client(m.base, timeout)
	for id := range strings.SplitSeq(r.Also["components"], ",") {
		if id = strings.TrimSpace(id); id != "" {
			m.components = append(m.components, id)
		}
	}
	return m, nil
}

// Capabilities implements outbox.Medium.
func (m *medium) Capabilities() outbox.Capabilities {
	return outbox.Capabilities{Medium: "statuspage", Reads: true, Limit: limit, Measure: "characters", Timeout: m.timeout, Outside: true}
}

// update is what is kept until it is sent.
type update struct {
	Name   string `json:"name"`
	Status string `json:"status"`
	Body   string `json:"body"`
	Thread string `json:"thread"`
}

// states are those of a page's incident; they are the public states.
var states = []string{"investigating", "identified", "monitoring", "resolved"}

// Render implements outbox.Medium.
func (m *medium) Render(c outbox.Content) (outbox.Rendered, error) {
	if !slices.Contains(states, c.State) {
		return outbox.Rendered{}, fault.Input("phase", "a status page needs a state, and %.40q is none", c.State).WithHint("choose investigating, identified, monitoring or resolved")
	}
	w := c.Words()
	var notes []string
	name, body := flat(outbox.Line(c.Title)), flat(strings.TrimSpace(w.Text+"\n\n"+w.Foot))
	if c.Corrects != "" {
		body = "Correction: " + body
	}
	if name == "" {
		name = flat(m.name)
		notes = append(notes, "on the page it is called “"+m.name+"”; a name given to it there stays")
	}
	if utf8.RuneCountInString(name) > longName {
		name = string([]rune(name)[:longName-1]) + "…"
		notes = append(notes, "the title is cut off at 255 characters")
	}
	if len(c.Mentions) > 0 {
		notes = append(notes, "nobody is mentioned on a status page")
	}
	length := utf8.RuneCountInString(body)
	if err := outbox.Fits(length, limit, "characters", "a status page"); err != nil {
		return outbox.Rendered{}, err
	}
	data, err := json.Marshal(update{name, c.State, body, c.Thread})
	if err != nil {
		return outbox.Rendered{}, fmt.Errorf("statuspage: render: %w", err)
	}
	text := strings.TrimSpace(cmp.Or(outbox.Line(c.Title), m.name) + "\n" + w.State + "\n\n" + w.Text + "\n\n" + w.Foot)
	return outbox.Rendered{Payload: data, Subject: cmp.Or(outbox.Line(c.Title), m.name), Text: text, Length: length, Notes: notes}, nil
}

// flat is a text without links, tags and entities. The page may or may not read HTML: a
// sign of no width takes the meaning from a tag and harms no text.
func flat(text string) string {
	return strings.NewReplacer("<", "<"+outbox.Nil, "&", "&"+outbox.Nil).Replace(outbox.Dead(text))
}

// listed is an incident as the page lists it.
type listed struct {
	ID       string                     `json:"id"`
	Link     string                     `json:"shortlink"`
	Metadata map[string]json.RawMessage `json:"metadata"`
}

// ours is what stands in an incident's metadata under the name quarterdeck.
type ours struct {
	Thread string `json:"thread"`
	Keys   string `json:"keys"` // of the updates that are on the page, parted by blanks, the last at the end
}

const (
	metadata = "quarterdeck"
	keysKept = 20 // of the last updates: only those under way are ever looked for
)

func (l *listed) ours() (o ours) {
	if json.Unmarshal(l.Metadata[metadata], &o) != nil { // somebody else's
		return ours{}
	}
	return o
}

func (l *listed) has(key string) bool { return slices.Contains(strings.Fields(l.ours().Keys), key) }

// call asks the page. The body is nil for a question.
func (m *medium) call(ctx context.Context, method, path string, body []byte) (outward.Reply, *outbox.Outcome) {
	h := http.Header{"Authorization": {"OAuth " + m.key.Reveal()}, "Accept": {"application/json"}}
	if body != nil {
		h.Set("Content-Type", "application/json")
	}
	return outbox.Call(ctx, m.client, outward.Request{Method: method, URL: m.base + path, Header: h, Body: body})
}

// calm is the status by which this service says "too many" beside 429.
const calm = 420

func judged(a outward.Reply, now time.Time) outbox.Outcome {
	if a.Status == calm {
		a.Status = http.StatusTooManyRequests
	}
	return outbox.Judged(a, now)
}

// list reads the page's last hundred incidents, whatever their state.
func (m *medium) list(ctx context.Context, now time.Time) ([]listed, *outbox.Outcome) {
	reply, out := m.call(ctx, http.MethodGet, "/incidents?limit=100", nil)
	if out != nil {
		return nil, out
	}
	if o := judged(reply, now); o.Result != outbox.Posted {
		return nil, &o
	}
	var all []listed
	if json.Unmarshal(reply.Body, &all) != nil {
		return nil, &outbox.Outcome{Why: "something else than Statuspage answers", Hint: "see whether this network asks for a log-in"}
	}
	return all, nil
}

// Send implements outbox.Medium. It first looks what is on the page: until it posts,
// every failure leaves the page as it is.
func (m *medium) Send(ctx context.Context, msg outbox.Message) outbox.Outcome {
	ctx, cancel := context.WithTimeout(ctx, m.timeout)
	defer cancel()
	var u update
	if err := json.Unmarshal(msg.Payload, &u); err != nil {
		return outbox.Outcome{Result: outbox.Refused, Why: "what is kept of this update cannot be read", Hint: "write it once more"}
	}
	all, out := m.list(ctx, msg.Now)
	if out != nil {
		if out.Result == outbox.Unknown {
			out.Result = outbox.NotPosted
		}
		return *out
	}
	if i := slices.IndexFunc(all, func(l listed) bool { return l.has(msg.Key) }); i >= 0 {
		return outbox.Outcome{Result: outbox.Posted, Remote: all[i].ID, Link: link(all[i].Link)}
	}
	method, path, at := http.MethodPost, "/incidents", listed{}
	if i := slices.IndexFunc(all, func(l listed) bool { return u.Thread != "" && l.ours().Thread == u.Thread }); i >= 0 {
		at = all[i]
		method, path = http.MethodPatch, "/incidents/"+url.PathEscape(at.ID)
	}
	body, err := m.body(u, at, msg.Key)
	if err != nil {
		return outbox.Outcome{Result: outbox.Refused, Why: "this update cannot be encoded", Hint: "write it once more"}
	}
	reply, out := m.call(ctx, method, path, body)
	if out != nil {
		return *out
	}
	if o := judged(reply, msg.Now); o.Result != outbox.Posted {
		return o
	}
	var kept listed
	if json.Unmarshal(reply.Body, &kept) != nil || kept.ID == "" {
		return outbox.Outcome{Why: "Statuspage did not say that it kept the update"}
	}
	return outbox.Outcome{Result: outbox.Posted, Remote: kept.ID, Link: link(kept.Link)}
}

// body is what creates an incident or adds to the one at hand. Of that one, the name that
// somebody may have given it stays, and what is not ours in its metadata.
func (m *medium) body(u update, at listed, key string) ([]byte, error) {
	keys := append(strings.Fields(at.ours().Keys), key)
	keys = keys[max(0, len(keys)-keysKept):]
	mine, err := json.Marshal(ours{u.Thread, strings.Join(keys, " ")})
	if err != nil {
		return nil, err
	}
	meta := map[string]json.RawMessage{metadata: mine}
	for name, value := range at.Metadata {
		if name != metadata {
			meta[name] = value
		}
	}
	fields := map[string]any{"status": u.Status, "body": u.Body, "deliver_notifications": !m.quiet, "metadata": meta}
	if at.ID == "" {
		fields["name"] = u.Name
		if len(m.components) > 0 {
			fields["component_ids"] = m.components
		}
	}
	return json.Marshal(map[string]any{"incident": fields})
}

// link is an address that may be shown: the page's own answers are somebody else's.
func link(text string) string {
	if u, err := url.Parse(text); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || len(text) > 300 {
		return ""
	}
	return text
}

// Reconcile implements outbox.Medium.
func (m *medium) Reconcile(ctx context.Context, msg outbox.Message) outbox.Finding {
	all, out := m.list(ctx, msg.Now)
	if out != nil {
		return outbox.Finding{Why: out.Why, Hint: out.Hint}
	}
	for i := range all {
		if all[i].has(msg.Key) {
			return outbox.Finding{Found: true, Clean: true, Remote: all[i].ID, Link: link(all[i].Link)}
		}
	}
	return outbox.Finding{Clean: true}
}

// Check implements outbox.Medium.
func (m *medium) Check(ctx context.Context) outbox.Report {
	reply, out := m.call(ctx, http.MethodGet, "", nil)
	if out == nil {
		o := judged(reply, time.Time{})
		out = &o
	}
	var page struct {
		Name string `json:"name"`
	}
	hint := out.Hint
	if hint == "" {
		hint = "see whether the network is there, and whether the page's id is right"
	}
	switch {
	case out.Result != outbox.Posted:
		return outbox.Report{Why: out.Why, Hint: hint}
	case json.Unmarshal(reply.Body, &page) != nil:
		return outbox.Report{Why: "something else than Statuspage answers", Hint: "see whether this network asks for a log-in"}
	}
	return outbox.Report{Works: true, Who: strings.TrimSpace("the page " + outbox.Line(page.Name))}
}
