package mail

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/outbox"
)

// medium is one server with one sender.
type medium struct {
	server  server
	from    *mail.Address
	replyTo *mail.Address
	to      []string
	timeout time.Duration
}

// Open is the outbox.Opener of routes by mail. APIURL is smtp://HOST:PORT, which begins
// TLS by STARTTLS, or smtps://HOST:PORT, which speaks it at once; from is the sender;
// user, with Secret as the password, is for servers that ask; reply_to is where answers go.
// Target is whom it goes to, addresses parted by commas; each gets a message of its own.
func Open(r outbox.Route) (outbox.Medium, error) { return open(r, outbox.Timeout) }

func open(r outbox.Route, timeout time.Duration) (*medium, error) {
	if err := outbox.Only(r, "from", "user", "reply_to"); err != nil {
		return nil, err
	}
	srv, err := serverOf(r, timeout)
	if err != nil {
		return nil, err
	}
	m := &medium{server: srv, timeout: timeout}
	if m.to, err = recipients(r); err != nil {
		return nil, err
	}
	if m.from, err = mail.ParseAddress(r.Also["from"]); err != nil {
		return nil, fault.Input("from", "the route %s has no sender", r.Name).WithHint("give it from: \"Incidents <incidents@your.company>\"")
	}
	if text := r.Also["reply_to"]; text != "" {
		if m.replyTo, err = mail.ParseAddress(text); err != nil {
			return nil, fault.Input("reply_to", "reply_to is no address in the route %s", r.Name).WithHint("give it one address, or take it out")
		}
	}
	return m, nil
}

// recipients are a route's addresses, each once.
func recipients(r outbox.Route) (out []string, err error) {
	if strings.TrimSpace(r.Target) == "" {
		return nil, fault.Input("to", "the route %s leads to nobody", r.Name).WithHint("give it to: and an address, or several")
	}
	list, err := mail.ParseAddressList(r.Target)
	if err != nil {
		return nil, fault.Input("to", "the route %s has an address that is none", r.Name).WithHint("write name@company.example, or Name <name@company.example>, parted by commas")
	}
	for _, a := range list {
		if !slices.ContainsFunc(out, func(have string) bool { return strings.EqualFold(have, a.Address) }) {
			out = append(out, a.Address)
		}
	}
	return out, nil
}

// Targets implements outbox.Many.
func (m *medium) Targets() []string { return m.to }

// Capabilities implements outbox.Medium.
func (m *medium) Capabilities() outbox.Capabilities {
	return outbox.Capabilities{Medium: "mail", Again: 1, Timeout: m.timeout}
}

// letter is what is kept until it is sent.
type letter struct {
	Subject string `json:"subject"`
	Body    string `json:"body"`
	Thread  string `json:"thread"` // of the headers; no name, no id of ours
}

// Render implements outbox.Medium.
func (m *medium) Render(c outbox.Content) (outbox.Rendered, error) {
	l, notes := write(c)
	data, err := json.Marshal(l)
	if err != nil {
		return outbox.Rendered{}, fmt.Errorf("mail: render: %w", err)
	}
	return outbox.Rendered{Payload: data, Subject: outbox.Line(subject(c)), Text: text(c), Length: len(data), Notes: notes}, nil
}

// subject stays the same for all of a stream: several programs keep a thread together by it.
func subject(c outbox.Content) string {
	s := strings.Trim(outbox.Line(c.Ref)+": "+outbox.Line(c.Title), ": ")
	if s == "" {
		return "Incident update"
	}
	return s
}

// longSubject is how long a subject may be, in characters.
const longSubject = 200

func text(c outbox.Content) string {
	w := c.Words()
	head := strings.Trim(strings.TrimSpace(outbox.Line(c.Severity))+" "+w.State, " ")
	return strings.Trim(strings.Join([]string{head, w.Text, w.Foot}, "\n\n"), "\n")
}

func write(c outbox.Content) (letter, []string) {
	var notes []string
	about := []rune(outbox.Dead(subject(c)))
	if len(about) > longSubject {
		about = append(about[:longSubject-1], '…')
		notes = append(notes, "the subject is cut off at 200 characters")
	}
	if len(c.Mentions) > 0 {
		notes = append(notes, "nobody is mentioned in mail")
	}
	sum := sha256.Sum256([]byte(c.Thread))
	return letter{string(about), outbox.Dead(text(c)) + "\n", hex.EncodeToString(sum[:16])}, notes
}

// Send implements outbox.Medium.
func (m *medium) Send(ctx context.Context, msg outbox.Message) outbox.Outcome {
	var l letter
	if err := json.Unmarshal(msg.Payload, &l); err != nil {
		return outbox.Outcome{Result: outbox.Refused, Why: "what is kept of this message cannot be read", Hint: "write it once more"}
	}
	to := msg.Target
	if to == "" && len(m.to) == 1 {
		to = m.to[0]
	}
	out, err := m.message(l, to, msg.Key, msg.Now)
	if err != nil {
		return outbox.Outcome{Result: outbox.Refused, Why: "the message has no address that can be used", Hint: "mend the address in the route"}
	}
	ctx, cancel := context.WithTimeout(ctx, m.timeout)
	defer cancel()
	return m.server.send(ctx, out)
}

// Reconcile implements outbox.Medium; a mailbox is its owner's.
func (*medium) Reconcile(context.Context, outbox.Message) outbox.Finding { return outbox.Finding{} }

// Check implements outbox.Medium: it greets the server, and logs in where there is a user.
func (m *medium) Check(ctx context.Context) outbox.Report {
	ctx, cancel := context.WithTimeout(ctx, m.timeout)
	defer cancel()
	if out := m.server.greet(ctx); out != nil {
		hint := out.Hint
		if hint == "" {
			hint = "see whether the network is there, and whether the server's address is right"
		}
		return outbox.Report{Why: out.Why, Hint: hint}
	}
	return outbox.Report{Works: true, Who: m.from.Address + " at " + m.server.host}
}
