package slack

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outward"
	"quarterdeck/internal/secret/token"
)

// Name is the medium's name in routes.
const Name = "slack"

// Limit is how long an update may be, in characters; Slack takes more and then fails by
// rules of its own, some of them on the sum of all blocks.
const Limit = 2500

// patience is how long one call takes at most.
const patience = 10 * time.Second

// home is Slack's own address.
const home = "https://slack.com/api/"

// Medium is one route into a Slack workspace.
type Medium struct {
	base    string
	target  string
	team    string // the workspace that it must be; empty = any
	token   token.Token
	client  *outward.Client
	timeout time.Duration

	mu       sync.Mutex // what follows
	who      *slack.AuthTestResponse
	asking   bool
	channels map[string]string // ids by name
	names    map[string]string // of people, by id
	joined   map[string]bool
	readings map[string]int            // of a channel for what is marked
	threads  map[string]string         // the latest answer read, by thread
	puzzled  map[string]outbox.Outcome // messages answered by an error that nobody knows, by key
}

// Open makes the medium of a route: its Target is a channel (an id or #name), its Secret
// a bot token. Also knows "team", the id of the workspace that it must be.
func Open(r outbox.Route) (outbox.Medium, error) { return open(r, patience) }

func open(r outbox.Route, timeout time.Duration) (*Medium, error) {
	if r.Secret.IsZero() {
		return nil, fault.Input("secret", "the route %s has no token", r.Name).WithHint("install the app from the manifest and keep its bot token as the route's secret")
	}
	base := r.APIURL
	if base == "" {
		base = home
	}
	if !strings.HasSuffix(base, "/") {
		base += "/"
	}
	return &Medium{
		base: base, target: r.Target, team: r.Also["team"], token: r.Secret, client: outbox.Client(base, timeout), timeout: timeout,
		channels: map[string]string{}, names: map[string]string{}, joined: map[string]bool{}, threads: map[string]string{}, readings: map[string]int{},
		puzzled: map[string]outbox.Outcome{},
	}, nil
}

// Capabilities implements outbox.Medium.
func (m *Medium) Capabilities() outbox.Capabilities {
	return outbox.Capabilities{
		Medium: Name, Reads: true, Edits: true, Limit: Limit, Measure: "characters", Timeout: m.timeout,
		Posts: []string{StepChannel, StepTopic, StepPurpose, StepInvite, StepMessage, StepPin, StepBookmark, StepEdit, StepArchive},
	}
}

// identity is as whom the token acts, asked once.
func (m *Medium) identity(ctx context.Context) (*slack.AuthTestResponse, outbox.Outcome) {
	m.mu.Lock()
	who := m.who
	m.mu.Unlock()
	if who != nil {
		return who, outbox.Outcome{Result: outbox.Posted}
	}
	out, _ := m.call(ctx, time.Time{}, func(ctx context.Context, api *slack.Client) (err error) {
		who, err = api.AuthTestContext(ctx)
		return err
	})
	if out.Result != outbox.Posted {
		if out.Result == outbox.Unknown {
			out.Result = outbox.NotPosted // asking who one is changes nothing
		}
		return nil, out
	}
	if m.team != "" && who.TeamID != m.team {
		return nil, outbox.Outcome{Result: outbox.Refused, Why: "the token is for another workspace than this route's", Hint: "give the route the token of its own workspace"}
	}
	m.mu.Lock()
	m.who = who
	m.mu.Unlock()
	return who, outbox.Outcome{Result: outbox.Posted}
}

// link is where a message can be seen; empty while we do not know in which workspace.
func (m *Medium) link(channel, ts string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.who == nil || !strings.HasPrefix(m.who.URL, "http") || channel == "" {
		return ""
	}
	link := strings.TrimSuffix(m.who.URL, "/") + "/archives/" + channel
	if ts != "" {
		link += "/p" + strings.ReplaceAll(ts, ".", "")
	}
	return link
}

var channelID = regexp.MustCompile(`^[CGD][A-Z0-9]*[0-9][A-Z0-9]*$`)

// channel finds a channel's id. Where it cannot be looked up the name is the answer:
// Slack takes it too, and answers with the id.
func (m *Medium) channel(ctx context.Context, target string) (string, outbox.Outcome) {
	known := outbox.Outcome{Result: outbox.Posted}
	if channelID.MatchString(target) {
		return target, known
	}
	name := strings.TrimPrefix(target, "#")
	m.mu.Lock()
	id := m.channels[name]
	m.mu.Unlock()
	if id != "" || name == "" {
		return id, known
	}
	brief, cancel := context.WithTimeout(ctx, m.timeout/2) // the rest of the time is for what is to be said
	defer cancel()
	found, out := m.find(brief, name)
	switch {
	case out.Result == outbox.Posted && found != nil:
		return m.know(name, found.ID), known
	case out.Result == outbox.NotPosted && brief.Err() == nil:
		return "", out
	}
	return "#" + name, known
}

func (m *Medium) know(name, id string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.channels[strings.TrimPrefix(name, "#")] = id
	return id
}

// forget is a channel that is not there any more under the id that we know.
func (m *Medium) forget(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	maps.DeleteFunc(m.channels, func(_, known string) bool { return known == id })
}

// find looks a channel up by its name; nil when there is none. Not finding out is
// NotPosted when it may work later.
func (m *Medium) find(ctx context.Context, name string) (*slack.Channel, outbox.Outcome) {
	types := []string{"public_channel", "private_channel"}
	for cursor, page := "", 0; page < 50; page++ {
		var list []slack.Channel
		var next string
		var failed error
		out, _ := m.call(ctx, time.Time{}, func(ctx context.Context, api *slack.Client) error {
			list, next, failed = api.GetConversationsContext(ctx, &slack.GetConversationsParameters{Types: types, Limit: 500, Cursor: cursor, ExcludeArchived: false})
			return failed
		})
		if code(failed) == "missing_scope" && len(types) == 2 { // without the right to see private ones
			types, cursor = types[:1], ""
			continue
		}
		if out.Result == outbox.Unknown {
			out.Result = outbox.NotPosted
		}
		if out.Result != outbox.Posted {
			return nil, out
		}
		if i := slices.IndexFunc(list, func(c slack.Channel) bool { return c.Name == name || c.NameNormalized == name }); i >= 0 {
			return &list[i], out
		}
		if next == "" || next == cursor { // the end, or a list that turns in a circle
			return nil, out
		}
		cursor = next
	}
	return nil, outbox.Outcome{Result: outbox.Refused, Why: "the workspace has too many channels to look through", Hint: "give the route the channel's id"}
}

// join enters a public channel, so that its history can be read; false when it cannot be.
func (m *Medium) join(ctx context.Context, channel string) bool {
	out, _ := m.call(ctx, time.Time{}, func(ctx context.Context, api *slack.Client) error {
		_, _, _, err := api.JoinConversationContext(ctx, channel)
		return err
	})
	m.mu.Lock()
	defer m.mu.Unlock()
	m.joined[channel] = out.Result == outbox.Posted
	return m.joined[channel]
}

// Check implements outbox.Medium: whether the token is in force, what it may do, and
// whether the route's channel can be written to and read.
func (m *Medium) Check(ctx context.Context) outbox.Report {
	m.mu.Lock()
	m.who = nil
	m.mu.Unlock()
	who, out := m.identity(ctx)
	if who == nil {
		return outbox.Report{Why: out.Why, Hint: orElse(out.Hint, "check the network and the token, then try again")}
	}
	r := outbox.Report{Works: true, Who: fmt.Sprintf("%s in %s", who.User, who.Team)}
	m.scopes(&r, who.Header.Get("X-Oauth-Scopes"))
	if len(r.Missing) > 0 {
		r.Works, r.Why, r.Hint = false, "the app lacks "+strings.Join(r.Missing, ", "), "install the app anew from the manifest"
		return r
	}
	if m.target == "" {
		return r
	}
	id, out := m.channel(ctx, m.target)
	if out.Result != outbox.Posted || !channelID.MatchString(id) {
		r.Works, r.Why, r.Hint = false, orElse(out.Why, "the channel "+m.target+" is not found"), "check the route's channel; invite the app into a private one"
		return r
	}
	if f := m.history(ctx, id, time.Time{}, time.Time{}, func(*slack.Message) bool { return true }); f.Why != "" {
		r.Works, r.Why, r.Hint = false, f.Why, f.Hint
	}
	return r
}

// Needed are the scopes without which nothing is right, Wanted those for what can be
// done without.
var (
	Needed = []string{"chat:write", "channels:read", "channels:history"}
	Wanted = []string{"channels:manage", "channels:join", "pins:write", "bookmarks:read", "bookmarks:write",
		"groups:read", "groups:write", "groups:history", "users:read", "users:read.email", "usergroups:read", "reactions:read"}
)

// scopes sorts what the token may do. A server that does not say is believed to allow it.
func (m *Medium) scopes(r *outbox.Report, header string) {
	for s := range strings.SplitSeq(header, ",") {
		if s = word(strings.TrimSpace(s)); s != "" {
			r.Had = append(r.Had, s)
		}
	}
	if len(r.Had) == 0 {
		return
	}
	slices.Sort(r.Had)
	for _, s := range Needed {
		if !slices.Contains(r.Had, s) {
			r.Missing = append(r.Missing, s)
		}
	}
	for _, s := range Wanted {
		if !slices.Contains(r.Had, s) {
			r.Wanting = append(r.Wanting, s)
		}
	}
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
