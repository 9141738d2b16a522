package slacktest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Token is the bot token that a new workspace knows.
const Token = "xoxb-1-test-of-the-workspace"

// AllScopes are what the app of a new workspace may do.
var AllScopes = []string{"chat:write", "channels:manage", "channels:read", "channels:join", "channels:history", "pins:write", "bookmarks:read", "bookmarks:write",
	"groups:read", "groups:write", "groups:history", "users:read", "users:read.email", "usergroups:read", "reactions:read"}

// Server is a workspace.
type Server struct {
	now    func() time.Time
	server *httptest.Server

	mu       sync.Mutex // what follows
	Scopes   []string
	Channels map[string]*Channel
	Users    map[string]User
	Groups   map[string][]string // members by the group's id
	Handles  map[string]string   // groups' ids by handle
	Calls    map[string]int      // by method
	PageSize int                 // of a history; 0 = as asked
	faults   map[string][]Fault  // by method, the first is next
	draw     func(method string) Fault
	late     []pending
	seq      int
}

// User is a person.
type User struct{ ID, Name, Email string }

// Channel is a conversation.
type Channel struct {
	ID, Name, Topic, Purpose, Creator string
	Private, Archived                 bool
	Created                           int64
	Members                           []string
	Messages                          []*Message
	Pins                              []string
	Bookmarks                         [][2]string // title, link
}

// Message is one in a channel.
type Message struct {
	TS, User, Text, Thread string
	Metadata               json.RawMessage
	Blocks                 json.RawMessage
	Reactions              []string
	Edits                  int
	visible                time.Time
}

// pending is a message that is kept later.
type pending struct {
	at time.Time
	do func() []byte
}

// Bot is the app's own user.
const Bot = "U0BOT"

// New starts a workspace with the channels #support (C0SUPPORT1), #customers
// (C0CUSTOM1) and #general (C0GENERAL1), the app in all of them. now is its clock; nil = one that stands
// at 14:00:30 UTC on 20 November 2026.
func New(t testing.TB, now func() time.Time) *Server {
	s := &Server{now: now, Scopes: slices.Clone(AllScopes), Channels: map[string]*Channel{}, Users: map[string]User{}, Groups: map[string][]string{},
		Handles: map[string]string{}, Calls: map[string]int{}, faults: map[string][]Fault{}}
	if now == nil {
		s.now = func() time.Time { return time.Date(2026, 11, 20, 14, 0, 30, 0, time.UTC) }
	}
	for id, name := range map[string]string{"C0SUPPORT1": "support", "C0CUSTOM1": "customers", "C0GENERAL1": "general"} {
		s.Channels[id] = &Channel{ID: id, Name: name, Creator: "U1", Members: []string{Bot, "U1"}, Topic: "x"}
	}
	for _, u := range []User{{"U1", "Ana Lind", "ana@example.com"}, {"U2", "Ben Okafor", "ben@example.com"}, {"U3", "Chloé Petit", "chloe@example.com"}} {
		s.Users[u.ID] = u
	}
	s.Groups["S1"], s.Handles["oncall"] = []string{"U2", "U3"}, "S1"
	s.server = httptest.NewServer(http.HandlerFunc(s.ServeHTTP))
	t.Cleanup(func() {
		s.server.CloseClientConnections()
		s.server.Close()
	})
	return s
}

// URL is the base address of its API.
func (s *Server) URL() string { return s.server.URL + "/api/" }

// Look lets a test look at the workspace, or change it, while nothing else does.
func (s *Server) Look(look func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ripen()
	look()
}

// Copies is how many messages with a key there are in all channels.
func (s *Server) Copies(key string) int {
	n := 0
	s.Look(func() {
		for _, c := range s.Channels {
			for _, m := range c.Messages {
				if strings.Contains(string(m.Metadata), key) {
					n++
				}
			}
		}
	})
	return n
}

// Texts are the messages of a channel that are there, in their order.
func (s *Server) Texts(channel string) (out []string) {
	s.Look(func() {
		for _, m := range s.Channels[channel].Messages {
			out = append(out, m.Text)
		}
	})
	return out
}

// Called is how often a method was called.
func (s *Server) Called(method string) (n int) {
	s.Look(func() { n = s.Calls[method] })
	return n
}

// scopeOf is what a method needs; the first that the app has will do.
var scopeOf = map[string][]string{
	"chat.postMessage": {"chat:write"}, "chat.update": {"chat:write"}, "conversations.create": {"channels:manage", "groups:write"}, "conversations.invite": {"channels:manage"},
	"conversations.setTopic": {"channels:manage"}, "conversations.setPurpose": {"channels:manage"}, "conversations.archive": {"channels:manage"},
	"conversations.join": {"channels:join"}, "conversations.history": {"channels:history"}, "conversations.replies": {"channels:history"}, "conversations.list": {"channels:read"},
	"pins.add": {"pins:write"}, "bookmarks.add": {"bookmarks:write"}, "bookmarks.list": {"bookmarks:read"}, "users.info": {"users:read"},
	"users.lookupByEmail": {"users:read.email"}, "usergroups.list": {"usergroups:read"}, "usergroups.users.list": {"usergroups:read"},
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	v, err := url.ParseQuery(string(body))
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	for k, list := range r.URL.Query() {
		v[k] = append(v[k], list...)
	}
	method := strings.TrimPrefix(r.URL.Path, "/api/")
	s.mu.Lock()
	s.Calls[method]++
	f := s.next(method)
	s.mu.Unlock()
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if token == "" {
		token = v.Get("token")
	}
	keep := func() []byte { // the lock is held
		data, err := json.Marshal(s.carryOut(method, token, v))
		if err != nil {
			return nil
		}
		return data
	}
	s.spoil(f, w, r, func() []byte {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.ripen()
		return keep()
	}, keep)
}

type answer map[string]any

func no(code string) answer { return answer{"ok": false, "error": code} }

// carryOut does what a method does; the lock is held.
func (s *Server) carryOut(method, token string, v url.Values) answer {
	if token != Token {
		return no("invalid_auth")
	}
	if need := scopeOf[method]; len(need) > 0 && !slices.ContainsFunc(need, func(n string) bool { return slices.Contains(s.Scopes, n) }) {
		return answer{"ok": false, "error": "missing_scope", "needed": need[0], "provided": strings.Join(s.Scopes, ",")}
	}
	switch method {
	case "auth.test":
		return answer{"ok": true, "url": "https://example.slack.com/", "team": "Example", "user": "quarterdeck", "team_id": "T1", "user_id": Bot, "bot_id": "B1"}
	case "conversations.create":
		return s.create(v)
	case "conversations.list":
		return s.list(v)
	case "users.info":
		u, ok := s.Users[v.Get("user")]
		if !ok {
			return no("user_not_found")
		}
		return answer{"ok": true, "user": answer{"id": u.ID, "name": strings.ToLower(u.Name), "real_name": u.Name}}
	case "users.lookupByEmail":
		for _, u := range s.Users {
			if u.Email == v.Get("email") {
				return answer{"ok": true, "user": answer{"id": u.ID, "name": u.Name}}
			}
		}
		return no("users_not_found")
	case "usergroups.list":
		list := []answer{}
		for h, id := range s.Handles {
			list = append(list, answer{"id": id, "handle": h})
		}
		return answer{"ok": true, "usergroups": list}
	case "usergroups.users.list":
		return answer{"ok": true, "users": s.Groups[v.Get("usergroup")]}
	}
	id := v.Get("channel")
	if id == "" {
		id = v.Get("channel_id")
	}
	c := s.Channels[id]
	if name, ok := strings.CutPrefix(id, "#"); ok {
		for _, x := range s.Channels {
			if x.Name == name {
				c = x
			}
		}
	}
	if c == nil {
		return no("channel_not_found")
	}
	in := slices.Contains(c.Members, Bot)
	switch {
	case method == "conversations.join" && c.Private:
		return no("method_not_supported_for_channel_type")
	case method == "conversations.join" && c.Archived, c.Archived && method == "conversations.archive":
		return no(map[bool]string{true: "already_archived", false: "is_archived"}[method == "conversations.archive"])
	case method == "conversations.join":
		c.Members = append(c.Members, Bot)
		return answer{"ok": true, "channel": s.view(c)}
	case !in && c.Private:
		return no("channel_not_found")
	case !in:
		return no("not_in_channel")
	case c.Archived && method != "conversations.history":
		return no("is_archived")
	}
	return s.inside(method, c, v)
}

var nameRule = regexp.MustCompile(`^[a-z0-9_-]{1,80}$`)

func (s *Server) create(v url.Values) answer {
	name := v.Get("name")
	switch {
	case len(name) > 80:
		return no("invalid_name_maxlength")
	case !nameRule.MatchString(name):
		return no("invalid_name_specials")
	}
	for _, c := range s.Channels {
		if c.Name == name {
			return no("name_taken")
		}
	}
	s.seq++
	c := &Channel{ID: fmt.Sprintf("C0NEW%03d", s.seq), Name: name, Creator: Bot, Private: v.Get("is_private") == "true", Created: s.now().Unix(), Members: []string{Bot}}
	s.Channels[c.ID] = c
	return answer{"ok": true, "channel": s.view(c)}
}

func (s *Server) view(c *Channel) answer {
	return answer{"id": c.ID, "name": c.Name, "name_normalized": c.Name, "creator": c.Creator, "created": c.Created, "is_private": c.Private, "is_archived": c.Archived,
		"is_member": slices.Contains(c.Members, Bot), "topic": answer{"value": c.Topic}, "purpose": answer{"value": c.Purpose}}
}

func (s *Server) list(v url.Values) answer {
	if strings.Contains(v.Get("types"), "private_channel") && !slices.Contains(s.Scopes, "groups:read") {
		return answer{"ok": false, "error": "missing_scope", "needed": "groups:read"}
	}
	var ids []string
	for id, c := range s.Channels {
		if !c.Private || slices.Contains(c.Members, Bot) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	from := slices.Index(ids, v.Get("cursor")) + 1
	to, next := min(from+2, len(ids)), ""
	list := []answer{}
	for _, id := range ids[from:to] {
		list = append(list, s.view(s.Channels[id]))
		next = id
	}
	if to == len(ids) {
		next = ""
	}
	return answer{"ok": true, "channels": list, "response_metadata": answer{"next_cursor": next}}
}
