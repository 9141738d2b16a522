package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outward"
	"quarterdeck/internal/secret/token"
)

// server is how one is reached.
type server struct {
	host     string
	port     int
	implicit bool // TLS from the first byte
	near     bool // on this machine: it may do without TLS
	user     string
	password token.Token
	timeout  time.Duration
	roots    *x509.CertPool // nil = the system's
}

func serverOf(r outbox.Route, timeout time.Duration) (server, error) {
	s := server{user: r.Also["user"], password: r.Secret, timeout: timeout}
	text := r.APIURL
	if text != "" && !strings.Contains(text, "://") {
		text = "smtp://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" || u.User != nil {
		return s, fault.Input("api_url", "the route %s does not say which server sends its mail", r.Name).
			WithHint("give it api_url: smtp://mail.your.company:587, or smtps://… for TLS from the first byte; user and secret stand apart")
	}
	s.host, s.implicit, s.port = u.Hostname(), u.Scheme == "smtps", 587
	if s.implicit {
		s.port = 465
	}
	if p := u.Port(); p != "" {
		if s.port, err = strconv.Atoi(p); err != nil || s.port < 1 || s.port > 65535 {
			return s, fault.Input("api_url", "the route %s names a port that there is not", r.Name).WithHint("587 and 465 are usual")
		}
	}
	s.near = outward.Home(u)
	if s.user != "" && s.password.IsZero() {
		return s, fault.Input("secret", "the route %s has a user and no password", r.Name).WithHint("keep it with qd secret set NAME, and name it as the route's secret")
	}
	return s, nil
}

// message makes what is sent to one address.
func (m *medium) message(l letter, to, key string, now time.Time) (*gomail.Msg, error) {
	out := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	out.SetMessageIDWithValue("obx-" + key + "@quarterdeck.invalid")
	if err := out.From(m.from.String()); err != nil {
		return nil, err
	}
	if err := out.To(to); err != nil {
		return nil, err
	}
	if m.replyTo != nil {
		if err := out.ReplyTo(m.replyTo.String()); err != nil {
			return nil, err
		}
	}
	root := "<thread-" + l.Thread + "@quarterdeck.invalid>"
	out.SetGenHeader(gomail.HeaderInReplyTo, root)
	out.SetGenHeader(gomail.HeaderReferences, root)
	out.SetGenHeader("Auto-Submitted", "auto-generated")
	out.SetDateWithValue(now)
	out.Subject(l.Subject)
	out.SetBodyString(gomail.TypeTextPlain, l.Body)
	return out, nil
}

// client is for one conversation, which ends with ctx.
func (s server) client(ctx context.Context) (*gomail.Client, error) {
	opts := []gomail.Option{
		gomail.WithPort(s.port), gomail.WithTimeout(s.timeout), gomail.WithHELO("quarterdeck.invalid"), gomail.WithoutNoop(), gomail.WithoutRset(),
		gomail.WithTLSConfig(&tls.Config{ServerName: s.host, MinVersion: tls.VersionTLS12, RootCAs: s.roots}),
		gomail.WithDialContextFunc(func(_ context.Context, network, addr string) (net.Conn, error) { return s.dial(ctx, network, addr) }),
	}
	switch {
	case s.implicit:
		opts = append(opts, gomail.WithSSL())
	case s.near:
		opts = append(opts, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	default:
		opts = append(opts, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.user != "" {
		opts = append(opts, gomail.WithOpportunisticSMTPAuth(logIns...), gomail.WithUsername(s.user), gomail.WithPassword(s.password.Reveal()))
	}
	return gomail.NewClient(s.host, opts...)
}

// logIns are the ways of logging in, the best first. The last two show the password to the
// server, which the library allows under TLS and to this machine alone.
var logIns = []gomail.SMTPAuthType{gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthSCRAMSHA1, gomail.SMTPAuthCramMD5, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin}

// dial connects. The connection ends with ctx, whatever the library waits for on it.
func (s server) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	conn, err := new(net.Dialer).DialContext(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { _ = conn.Close() })
	if !s.implicit {
		return conn, nil
	}
	secure := tls.Client(conn, &tls.Config{ServerName: s.host, MinVersion: tls.VersionTLS12, RootCAs: s.roots})
	if err := secure.HandshakeContext(ctx); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return secure, nil
}

// open greets the server and logs in. Nothing of a message has left by then.
func (s server) open(ctx context.Context) (*gomail.Client, *smtp.Client, *outbox.Outcome) {
	c, err := s.client(ctx)
	if err != nil {
		return nil, nil, &outbox.Outcome{Result: outbox.Refused, Why: "the server cannot be used as the route says", Hint: "mend the route's api_url and user"}
	}
	conn, err := c.DialToSMTPClientWithContext(ctx)
	if err != nil {
		out := s.early(err)
		return nil, nil, &out
	}
	return c, conn, nil
}

func (s server) greet(ctx context.Context) *outbox.Outcome {
	_, conn, out := s.open(ctx)
	if out == nil {
		_ = conn.Quit() // it has answered; how it says good-bye changes nothing
	}
	return out
}

func (s server) send(ctx context.Context, msg *gomail.Msg) outbox.Outcome {
	c, conn, out := s.open(ctx)
	if out != nil {
		return *out
	}
	defer func() { _ = conn.Quit() }() // what the server took, it has taken
	err := c.SendWithSMTPClient(conn, msg)
	if err == nil || msg.IsDelivered() {
		return outbox.Outcome{Result: outbox.Posted, Remote: msg.GetMessageID()}
	}
	return s.late(err)
}

// early is what went wrong before a message began: it was not sent.
func (s server) early(err error) outbox.Outcome {
	code := codeOf(err)
	var cert *tls.CertificateVerificationError
	switch {
	case code == 421 || code == 0 && isNet(err):
		return outbox.Outcome{Result: outbox.NotPosted, Why: "no connection to " + s.host, Hint: "see whether the network is there"}
	case errors.As(err, &cert):
		return outbox.Outcome{Result: outbox.Refused, Why: "the certificate of " + s.host + " is not accepted", Hint: "see whether the server's name is right, and whether this network is yours"}
	case code == 534 || code == 535 || code == 530:
		return outbox.Outcome{Result: outbox.Refused, Why: s.said(code, err), Hint: "give the route a user and a password that are in force"}
	case code >= 500:
		return outbox.Outcome{Result: outbox.Refused, Why: s.said(code, err), Hint: "ask those who run the mail server"}
	case code >= 400:
		return outbox.Outcome{Result: outbox.NotPosted, After: temporary, Why: s.said(code, err)}
	case !broke(err):
		return outbox.Outcome{Result: outbox.Refused, Why: s.host + " offers no encryption, or no way of logging in that can be used", Hint: "see whether the port is right; smtps:// is for TLS from the first byte"}
	}
	return outbox.Outcome{Result: outbox.NotPosted, Why: "no conversation with " + s.host + ": it broke off before the message"}
}

// broke reports whether the other side hung up, or speaks something else than SMTP.
func broke(err error) bool {
	var p textproto.ProtocolError
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &p)
}

// temporary is how long a server that says "not now" is left alone; greylists want minutes.
const temporary = time.Minute

// late is what went wrong in the conversation about a message. Until its last line has
// gone, the server has none (RFC 5321, section 4.1.1.4); once that has, only its word counts.
func (s server) late(err error) outbox.Outcome {
	var e *gomail.SendError
	if !errors.As(err, &e) {
		return outbox.Outcome{Why: "the conversation with " + s.host + " broke"}
	}
	code := codeOf(err)
	if code == 0 {
		code = e.ErrorCode()
	}
	switch {
	case code >= 500 && code < 600:
		hint := "ask those who run the mail server"
		if e.Reason == gomail.ErrSMTPRcptTo {
			hint = "mend the address in the route"
		}
		return outbox.Outcome{Result: outbox.Refused, Why: s.said(code, err), Hint: hint}
	case code >= 400 && code < 500:
		return outbox.Outcome{Result: outbox.NotPosted, After: temporary, Why: s.said(code, err)}
	}
	switch e.Reason {
	case gomail.ErrSMTPDataClose, gomail.ErrSMTPReset:
		return outbox.Outcome{Why: s.host + " did not say whether it took the message"}
	case gomail.ErrGetSender, gomail.ErrGetRcpts, gomail.ErrNoUnencoded:
		return outbox.Outcome{Result: outbox.Refused, Why: "the message has no address that can be used", Hint: "mend the address in the route"}
	case gomail.ErrSMTPMailFrom, gomail.ErrSMTPRcptTo, gomail.ErrSMTPData, gomail.ErrWriteContent, gomail.ErrConnCheck:
		return outbox.Outcome{Result: outbox.NotPosted, Why: "the conversation with " + s.host + " broke off before the message was complete"}
	}
	return outbox.Outcome{Why: "the conversation with " + s.host + " broke"}
}

// said is a server's answer in words. Its own text stays out: it may repeat what was sent.
func (s server) said(code int, err error) string {
	var e *gomail.SendError
	if errors.As(err, &e) && e.EnhancedStatusCode() != "" {
		return fmt.Sprintf("%s refused (%d, %s)", s.host, code, e.EnhancedStatusCode())
	}
	return fmt.Sprintf("%s refused (%d)", s.host, code)
}

func codeOf(err error) int {
	var t *textproto.Error
	if errors.As(err, &t) {
		return t.Code
	}
	return 0
}

func isNet(err error) bool {
	var n net.Error
	return errors.As(err, &n) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}
