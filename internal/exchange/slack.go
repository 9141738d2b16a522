package exchange

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// slackChannel is a conversation in channels.json, groups.json, mpims.json or dms.json.
type slackChannel struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type slackUser struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	RealName string `json:"real_name"`
	Profile  struct {
		DisplayName string `json:"display_name"`
		RealName    string `json:"real_name"`
	} `json:"profile"`
}

// slackMessage is what is understood of a message.
type slackMessage struct {
	Type     string `json:"type"`
	Subtype  string `json:"subtype"`
	TS       string `json:"ts"`
	User     string `json:"user"`
	Username string `json:"username"`
	BotID    string `json:"bot_id"`
	Text     string `json:"text"`
	ThreadTS string `json:"thread_ts"`
	Topic    string `json:"topic"`
	Purpose  string `json:"purpose"`
	Name     string `json:"name"`
	Edited   *struct {
		TS string `json:"ts"`
	} `json:"edited"`
	Files []struct {
		Name  string `json:"name"`
		Title string `json:"title"`
		Size  int64  `json:"size"`
		Mode  string `json:"mode"`
	} `json:"files"`
	UserProfile struct {
		RealName    string `json:"real_name"`
		DisplayName string `json:"display_name"`
	} `json:"user_profile"`
	BotProfile struct {
		Name string `json:"name"`
	} `json:"bot_profile"`
	Attachments []struct {
		Fallback string `json:"fallback"`
		Text     string `json:"text"`
		Title    string `json:"title"`
		Pretext  string `json:"pretext"`
		Fields   []struct {
			Title string `json:"title"`
			Value string `json:"value"`
		} `json:"fields"`
	} `json:"attachments"`
	Blocks  json.RawMessage `json:"blocks"`
	Message json.RawMessage `json:"message"` // of message_changed, what it became
}

// understood are the fields that slackMessage takes over, or that say nothing more.
var understood = map[string]bool{"type": true, "subtype": true, "ts": true, "user": true, "username": true, "text": true, "thread_ts": true, "topic": true, "purpose": true, "name": true, "edited": true,
	"user_profile": true, "bot_profile": true, "bot_id": true, "parent_user_id": true, "reply_count": true, "reply_users": true, "reply_users_count": true, "replies": true, "latest_reply": true, "is_locked": true, "subscribed": true,
	"client_msg_id": true, "team": true, "user_team": true, "source_team": true, "upload": true, "display_as_bot": true, "old_name": true}

// noise are messages about the channel that nobody wrote.
var noise = map[string]string{"channel_join": "people joining", "group_join": "people joining", "channel_leave": "people leaving", "group_leave": "people leaving", "tombstone": "deleted messages", "message_deleted": "deleted messages",
	"channel_archive": "the channel being archived", "channel_unarchive": "the channel being archived", "channel_convert_to_private": "the channel made private", "bot_add": "apps being added", "bot_remove": "apps being removed", "pinned_item": "pins", "unpinned_item": "pins", "reminder_add": "reminders"}

func (r *reader) slack(data []byte) error {
	a, err := openArchive(data)
	if err != nil {
		return err
	}
	var all []slackChannel
	found := false
	for _, name := range []string{"channels.json", "groups.json", "mpims.json", "dms.json"} {
		var list []slackChannel
		ok, err := a.read(name, &list)
		if err != nil {
			return err
		}
		found = found || ok
		all = append(all, list...)
	}
	if !found {
		return fault.New(fault.Invalid, "the archive is no Slack export: it has no channels.json").WithHint("choose the .zip that Slack gives under Settings, Import/Export Data")
	}
	var users []slackUser
	if _, err := a.read("users.json", &users); err != nil {
		return err
	}
	folders := map[string][]string{}
	for name := range a.files {
		if dir, file := path.Split(name); dir != "" && strings.HasSuffix(file, ".json") {
			in := folderOf(strings.TrimSuffix(dir, "/"))
			folders[in] = append(folders[in], name)
		}
	}
	for _, c := range all {
		if _, has := folders[folderOf(cmp.Or(c.Name, c.ID))]; has {
			r.Source.Channels = append(r.Source.Channels, cmp.Or(c.Name, c.ID))
		}
	}
	slices.Sort(r.Source.Channels)
	want := strings.TrimPrefix(r.Channel, "#")
	if want == "" && len(r.Source.Channels) == 1 {
		want = r.Source.Channels[0]
	}
	if want == "" {
		if len(r.Source.Channels) == 0 {
			return fault.New(fault.Invalid, "the archive holds no messages").WithHint("export the days of the incident")
		}
		return nil // somebody has to choose
	}
	i := slices.IndexFunc(all, func(c slackChannel) bool { return strings.EqualFold(folderOf(c.Name), folderOf(want)) || c.ID == want })
	if i < 0 || len(folders[folderOf(cmp.Or(all[i].Name, all[i].ID))]) == 0 {
		return fault.Input("channel", "the archive has no messages of a channel %.60q", want).WithHint("it has %s", fewNames(r.Source.Channels))
	}
	r.Source.Channel = cmp.Or(all[i].Name, all[i].ID)
	r.Source.Title, r.Source.Key = "#"+r.Source.Channel, keyOf(Slack, cmp.Or(all[i].ID, all[i].Name))
	daysOf := folders[folderOf(r.Source.Channel)]
	slices.Sort(daysOf)
	return r.messages(a, daysOf, slackNames{users: slackPeople(users), channels: all})
}

// folderOf is a channel's name as its folder has it: an archive that was packed again on
// another system writes the same letters in another way.
func folderOf(name string) string { return norm.NFC.String(name) }

func fewNames(all []string) string {
	if len(all) > 12 {
		return strings.Join(all[:12], ", ") + fmt.Sprintf(" and %d more", len(all)-12)
	}
	return strings.Join(all, ", ")
}

// slackNames turns ids into names.
type slackNames struct {
	users    map[string]string
	channels []slackChannel
}

func slackPeople(users []slackUser) map[string]string {
	out := map[string]string{}
	for _, u := range users {
		out[u.ID] = cmp.Or(u.Profile.RealName, u.RealName, u.Profile.DisplayName, u.Name, u.ID)
	}
	return out
}

// told is what the messages before have said.
type told struct {
	parents map[string]string // how a thread begins, by its time
	words   map[string]string // of messages, by their keys
}

func (r *reader) messages(a *archive, dayFiles []string, names slackNames) error {
	before := told{map[string]string{}, map[string]string{}}
	for _, name := range dayFiles {
		var raw []json.RawMessage
		if _, err := a.read(name, &raw); err != nil {
			return err
		}
		type message struct {
			where  string
			at     int64
			fields map[string]json.RawMessage
		}
		var day []message
		for n, text := range raw {
			m := message{where: fmt.Sprintf("%s, message %d", name, n+1)}
			if json.Unmarshal(text, &m.fields) != nil || m.fields == nil {
				r.problem("%s is not as Slack writes messages", m.where)
				continue
			}
			var ts string
			if json.Unmarshal(m.fields["ts"], &ts) == nil {
				m.at, _ = slackTime(ts)
			}
			day = append(day, m)
		}
		slices.SortStableFunc(day, func(a, b message) int { return cmp.Compare(a.at, b.at) }) // a thread begins before it is answered
		for _, m := range day {
			if err := r.message(m.where, m.fields, names, before); err != nil {
				return err
			}
		}
	}
	return nil
}

// message takes one over.
func (r *reader) message(where string, fields map[string]json.RawMessage, names slackNames, before told) error {
	whole, err := json.Marshal(fields)
	if err != nil {
		return fmt.Errorf("exchange: %s: %w", where, err)
	}
	var m slackMessage
	if err := json.Unmarshal(whole, &m); err != nil {
		r.problem("%s is not as Slack writes messages", where)
		return nil
	}
	if m.Subtype == "message_changed" && len(m.Message) > 0 {
		var became map[string]json.RawMessage
		if json.Unmarshal(m.Message, &became) != nil || became == nil || string(became["subtype"]) == `"message_changed"` {
			r.problem("%s is not as Slack writes messages", where)
			return nil
		}
		return r.message(where, became, names, before)
	}
	if what, ok := noise[m.Subtype]; ok {
		r.leave(what)
		return nil
	}
	at, ok := slackTime(m.TS)
	if !ok {
		r.problem("%s has no time: %.40q", where, m.TS)
		return nil
	}
	text := r.words(&m, names)
	if text == "" {
		r.leave("entries without a text")
		return nil
	}
	if before.parents[m.TS] == "" {
		before.parents[m.TS] = text
	}
	if m.ThreadTS != "" && m.ThreadTS != m.TS {
		text = "In reply to “" + opening(before.parents[m.ThreadTS], m.ThreadTS) + "”: " + text
	}
	if m.Edited != nil {
		r.leave("earlier words of edited messages, which the archive does not hold")
	}
	key := "slack " + m.TS + " " + cmp.Or(m.User, m.BotID)
	if said, twice := before.words[key]; twice && said != text { // two apps at once, or a message and what it became
		key += " " + keyOf(text)
	} else {
		before.words[key] = text
	}
	n := len(r.Source.Lines)
	err = r.add(Line{Key: key, At: at, Author: cmp.Or(names.users[m.User], m.UserProfile.RealName, m.UserProfile.DisplayName, m.Username, m.BotProfile.Name, m.User, m.BotID), Text: text})
	if err != nil || len(r.Source.Lines) == n {
		return err
	}
	for _, f := range sortedFields(fields) {
		if !understood[f] {
			r.keep(key, f, withoutKeys(fields[f]))
		}
	}
	return nil
}

// words are what a message says, with what is attached to it.
func (r *reader) words(m *slackMessage, names slackNames) string {
	text := names.plain(m.Text)
	switch m.Subtype {
	case "channel_topic", "group_topic":
		text = "Topic of the channel: " + cmp.Or(names.plain(m.Topic), "none")
	case "channel_purpose", "group_purpose":
		text = "Purpose of the channel: " + cmp.Or(names.plain(m.Purpose), "none")
	}
	if strings.TrimSpace(text) == "" { // apps may write into blocks alone
		text = strings.TrimSpace(names.blocks(m.Blocks))
	}
	more := func(part string) {
		if part = strings.TrimSpace(part); part != "" && !strings.Contains(text, part) {
			text = strings.TrimSpace(text + "\n" + part)
		}
	}
	for _, x := range m.Attachments {
		part := names.plain(cmp.Or(x.Text, x.Fallback))
		if head := names.plain(cmp.Or(x.Pretext, x.Title)); head != "" && !strings.Contains(part, head) {
			part = strings.TrimSpace(head + "\n" + part)
		}
		more(part)
		for _, f := range x.Fields {
			more(strings.TrimSuffix(names.plain(f.Title)+": "+names.plain(f.Value), ": "))
		}
	}
	for _, f := range m.Files {
		name := cmp.Or(f.Name, f.Title, f.Mode, "without a name")
		if f.Size > 0 {
			name += ", " + incident.Size(f.Size)
		}
		text = strings.TrimSpace(text + "\nFile in Slack: " + name)
		r.leave("the bytes of files, which the archive does not hold")
	}
	return strings.TrimSpace(text)
}

// blocks is the text of Block Kit's blocks, a line each (Block Kit, "Reference: blocks").
func (n slackNames) blocks(raw json.RawMessage) string {
	var all []any
	if json.Unmarshal(raw, &all) != nil {
		return ""
	}
	lines := make([]string, len(all))
	for i := range all {
		lines[i] = n.block(all[i])
	}
	return strings.Join(lines, "\n")
}

func (n slackNames) block(v any) string {
	switch v := v.(type) {
	case []any:
		var out strings.Builder
		for _, part := range v {
			out.WriteString(n.block(part))
			if m, ok := part.(map[string]any); ok && (m["type"] == "mrkdwn" || m["type"] == "plain_text" || m["type"] == "rich_text_section") {
				out.WriteByte('\n')
			}
		}
		return out.String()
	case map[string]any:
		is := func(field string) string { s, _ := v[field].(string); return s }
		switch is("type") {
		case "user":
			return "@" + cmp.Or(n.users[is("user_id")], is("user_id"))
		case "link":
			return cmp.Or(is("text"), is("url"))
		case "emoji":
			return ":" + is("name") + ":"
		case "text": // of rich text, as it is
			return is("text")
		case "mrkdwn", "plain_text":
			return n.plain(is("text"))
		}
		var out []string
		for _, field := range []string{"title", "text", "fields", "elements"} {
			if part := strings.TrimRight(n.block(v[field]), "\n"); part != "" {
				out = append(out, part)
			}
		}
		return strings.Join(out, "\n")
	}
	return ""
}

func sortedFields(fields map[string]json.RawMessage) []string {
	out := make([]string, 0, len(fields))
	for f := range fields {
		out = append(out, f)
	}
	slices.Sort(out)
	return out
}

// slackTime reads a ts: seconds with six places, which also name the message.
func slackTime(ts string) (ms int64, ok bool) {
	sec, frac, _ := strings.Cut(ts, ".")
	s, err := strconv.ParseInt(sec, 10, 64)
	if err != nil || s <= 0 || s > 1<<40 || len(frac) > 9 {
		return 0, false
	}
	n, err := strconv.ParseInt((frac + "000")[:3], 10, 64)
	if err != nil || n < 0 {
		return 0, false
	}
	return s*1000 + n, true
}

// opening is how a thread begins, in few words; when it began, where the beginning is not
// in the archive.
func opening(text, ts string) string {
	if text == "" {
		if ms, ok := slackTime(ts); ok {
			return "a message of " + time.UnixMilli(ms).UTC().Format("2006-01-02 15:04Z")
		}
		return "an earlier message"
	}
	text = strings.Join(strings.Fields(text), " ")
	if all := []rune(text); len(all) > 60 {
		return string(all[:59]) + "…"
	}
	return text
}

// marked is what stands between < and > in a message (Formatting text, "Retrieving messages").
var marked = regexp.MustCompile(`<([^<>]*)>`)

// plain is a message as people read it: mentions by their names, links as text, entities
// as the characters that they stand for.
func (n slackNames) plain(text string) string {
	text = marked.ReplaceAllStringFunc(text, func(m string) string {
		body, label, labelled := strings.Cut(m[1:len(m)-1], "|")
		switch {
		case strings.HasPrefix(body, "@"):
			return "@" + cmp.Or(n.users[body[1:]], label, body[1:])
		case strings.HasPrefix(body, "#"):
			i := slices.IndexFunc(n.channels, func(c slackChannel) bool { return c.ID == body[1:] })
			if i >= 0 {
				return "#" + cmp.Or(n.channels[i].Name, label, body[1:])
			}
			return "#" + cmp.Or(label, body[1:])
		case strings.HasPrefix(body, "!subteam^"):
			return "@" + strings.TrimPrefix(cmp.Or(label, "a group"), "@")
		case strings.HasPrefix(body, "!date^"):
			return cmp.Or(label, "a date")
		case strings.HasPrefix(body, "!"):
			return "@" + cmp.Or(strings.TrimPrefix(label, "@"), body[1:])
		case strings.HasPrefix(body, "mailto:"):
			return cmp.Or(label, strings.TrimPrefix(body, "mailto:"))
		case labelled && label != "" && label != body && "http://"+label != body && "https://"+label != body:
			return label + " (" + body + ")"
		}
		return body
	})
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
}

// withoutKeys takes the keys out of addresses that are put aside: an archive's links to
// files let anybody in who has them.
func withoutKeys(raw json.RawMessage) json.RawMessage {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return raw
	}
	out, err := json.Marshal(stripped(v))
	if err != nil {
		return json.RawMessage(`null`)
	}
	return out
}

func stripped(v any) any {
	switch v := v.(type) {
	case string:
		if u, err := url.Parse(v); err == nil && u.Host != "" && (u.RawQuery != "" || u.User != nil) {
			u.RawQuery, u.User, u.Fragment = "", nil, ""
			return u.String()
		}
		return v
	case []any:
		for i := range v {
			v[i] = stripped(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = stripped(v[k])
		}
	}
	return v
}
