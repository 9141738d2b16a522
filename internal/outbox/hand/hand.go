package hand

import (
	"bytes"
	"context"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"net/url"
	"strings"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/outbox"
)

// medium is a person.
type medium struct{ target string }

// Open is the outbox.Opener of routes by hand. Target is whom it goes to, for the person.
func Open(r outbox.Route) (outbox.Medium, error) {
	if err := outbox.Only(r); err != nil {
		return nil, err
	}
	return medium{r.Target}, nil
}

// Capabilities implements outbox.Medium.
func (medium) Capabilities() outbox.Capabilities {
	return outbox.Capabilities{Medium: "hand", Timeout: time.Second}
}

// Render implements outbox.Medium: the text to copy.
func (medium) Render(c outbox.Content) (outbox.Rendered, error) {
	text := Copy(c)
	return outbox.Rendered{Payload: []byte(text), Subject: Subject(c), Text: c.Words().All(), Length: len(text)}, nil
}

// Send implements outbox.Medium: nothing leaves by itself.
func (medium) Send(context.Context, outbox.Message) outbox.Outcome {
	return outbox.Outcome{Result: outbox.Refused, Why: "this route is taken by hand", Hint: "copy the text, send it, and say that it was sent by hand"}
}

// Reconcile implements outbox.Medium.
func (medium) Reconcile(context.Context, outbox.Message) outbox.Finding { return outbox.Finding{} }

// Check implements outbox.Medium.
func (m medium) Check(context.Context) outbox.Report {
	return outbox.Report{Works: true, Who: strings.TrimSpace("you, by hand " + outbox.Line(m.target))}
}

// Copy is the text for a clipboard. Wherever it is pasted, it names nobody and links nowhere.
func Copy(c outbox.Content) string { return outbox.Dead(c.Words().All()) }

// Subject is the subject of a message about a content, in one line.
func Subject(c outbox.Content) string {
	s := strings.Trim(outbox.Line(c.Ref)+": "+outbox.Line(c.Title), ": ")
	if s == "" {
		s = "Incident update"
	}
	if r := []rune(s); len(r) > 200 {
		s = string(r[:199]) + "…"
	}
	return outbox.Dead(s)
}

// The bounds of a mailto address: longer ones are cut off by several programs.
const (
	most   = 30   // recipients
	length = 8000 // bytes
)

// Mailto is an address that opens a mail program with the message ready. Recipients see
// nothing of each other. The fault is Invalid when it is more than an address carries.
func Mailto(c outbox.Content, recipients []string) (string, error) {
	if len(recipients) > most {
		return "", fault.Input("recipients", "%d recipients are more than a mail program takes this way", len(recipients)).WithHint("save the message as a file, or copy it")
	}
	to, err := addresses(recipients)
	if err != nil {
		return "", err
	}
	q := "subject=" + percent(Subject(c)) + "&body=" + percent(strings.ReplaceAll(Copy(c), "\n", "\r\n"))
	var bcc []string
	for _, a := range to {
		bcc = append(bcc, percent(a.Address))
	}
	if len(bcc) > 0 {
		q = "bcc=" + strings.Join(bcc, ",") + "&" + q
	}
	out := "mailto:?" + q
	if len(out) > length {
		return "", fault.Input("text", "the text is more than a mail program takes this way").WithHint("save the message as a file, or copy it")
	}
	return out, nil
}

// percent escapes for the query of a mailto address (RFC 6068), where a plus is a plus.
func percent(text string) string {
	return strings.NewReplacer("+", "%20", "~", "%7E").Replace(url.QueryEscape(text))
}

// EML is the message as a file (RFC 5322) that mail programs open to be sent. now is
// wall time; from may be empty.
func EML(c outbox.Content, from string, recipients []string, now time.Time) ([]byte, error) {
	to, err := addresses(recipients)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	head := func(name, value string) { fmt.Fprintf(&b, "%s: %s\r\n", name, value) }
	if from != "" {
		a, err := mail.ParseAddress(from)
		if err != nil {
			return nil, fault.Input("from", "%.60q is no address", from).WithHint("write name@company.example")
		}
		head("From", a.String())
	}
	for i, a := range to {
		sep := ",\r\n"
		if i == 0 {
			b.WriteString("Bcc:")
		}
		if i == len(to)-1 {
			sep = "\r\n"
		}
		b.WriteString(" " + a.String() + sep)
	}
	head("Subject", fold(Subject(c)))
	head("Date", now.UTC().Format(time.RFC1123Z))
	head("X-Unsent", "1") // opens as a draft
	head("MIME-Version", "1.0")
	head("Content-Type", "text/plain; charset=utf-8")
	head("Content-Transfer-Encoding", "quoted-printable")
	b.WriteString("\r\n")
	w := quotedprintable.NewWriter(&b)
	if _, err := w.Write([]byte(strings.ReplaceAll(Copy(c), "\n", "\r\n") + "\r\n")); err != nil {
		return nil, fmt.Errorf("hand: write message: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("hand: write message: %w", err)
	}
	return b.Bytes(), nil
}

// fold encodes a header's text; its encoded words stand on lines of their own.
func fold(text string) string {
	return strings.ReplaceAll(mime.QEncoding.Encode("utf-8", text), "?= =?", "?=\r\n =?")
}

func addresses(list []string) (out []*mail.Address, err error) {
	for _, text := range list {
		a, err := mail.ParseAddress(text)
		if err != nil {
			return nil, fault.Input("recipients", "%.60q is no address", text).WithHint("write name@company.example")
		}
		out = append(out, a)
	}
	return out, nil
}
