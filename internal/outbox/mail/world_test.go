package mail

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"math/big"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"quarterdeck/internal/outbox/outboxtest"
)

// post is a mail server: a real one, with a mailbox that folds messages of one Message-ID
// and with what can go wrong in a conversation.
type post struct {
	server *smtp.Server
	url    string
	dead   string

	mu      sync.Mutex
	fault   outboxtest.Fault
	kept    map[string]*mail.Message // by Message-ID
	bodies  map[string]string
	to      []string
	posts   int
	logins  int
	secured int // conversations under TLS
	refuses string
	release chan struct{}
	under   sync.WaitGroup
}

// newPost listens until the test ends. With TLS it asks for a log-in.
func newPost(t *testing.T, secure *tls.Config, implicit bool) *post {
	t.Helper()
	p := &post{fault: outboxtest.None, kept: map[string]*mail.Message{}, bodies: map[string]string{}, release: make(chan struct{})}
	p.server = smtp.NewServer(p)
	p.server.Domain, p.server.TLSConfig, p.server.ErrorLog = "mail.test", secure, quiet{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.dead = "smtp://" + gone.Addr().String()
	if err := gone.Close(); err != nil {
		t.Fatal(err)
	}
	p.url = "smtp://" + l.Addr().String()
	if implicit {
		p.url = "smtps://" + l.Addr().String()
		l = tls.NewListener(l, secure)
	}
	done := make(chan error, 1)
	go func() { done <- p.server.Serve(l) }()
	t.Cleanup(func() {
		p.Settle()
		for _, err := range []error{p.server.Close(), l.Close()} { // one closes what the other may have closed
			if err != nil && !errors.Is(err, net.ErrClosed) {
				t.Error(err)
			}
		}
		if err := <-done; err != nil && !errors.Is(err, smtp.ErrServerClosed) && !errors.Is(err, net.ErrClosed) {
			t.Error(err)
		}
	})
	return p
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// talk is one conversation.
type talk struct {
	*post
	conn  *smtp.Conn
	known bool
}

func (p *post) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &talk{post: p, conn: c}, nil
}

func (c *talk) AuthMechanisms() []string { return []string{sasl.Plain} }

func (c *talk) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "quarterdeck" || password != "the-secret" {
			return smtp.ErrAuthFailed
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.logins++
		c.known = true
		return nil
	}), nil
}

func (c *talk) Mail(string, *smtp.MailOptions) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, secure := c.conn.TLSConnectionState(); secure {
		c.secured++
	}
	if c.fault == outboxtest.Gateway {
		c.fault = outboxtest.None
		return &smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 3, 2}, Message: "not now"}
	}
	if c.server.TLSConfig != nil && !c.known {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (c *talk) Rcpt(to string, _ *smtp.RcptOptions) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if to == c.refuses {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user here"}
	}
	c.to = append(c.to, to)
	return nil
}

func (c *talk) Reset()        {}
func (c *talk) Logout() error { return nil }

func (c *talk) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	c.mu.Lock()
	c.posts++
	f, release := c.fault, c.release
	c.fault = outboxtest.None
	c.under.Add(1)
	c.mu.Unlock()
	defer c.under.Done()
	switch f {
	case outboxtest.DropBefore:
		return c.conn.Conn().Close()
	case outboxtest.DropAfter, outboxtest.ResetAfter, outboxtest.Truncated:
		c.keep(data)
		if f == outboxtest.Truncated {
			_, _ = c.conn.Conn().Write([]byte("250-taken\r\n25"))
		}
		if tcp, ok := c.conn.Conn().(*net.TCPConn); ok && f == outboxtest.ResetAfter {
			_ = tcp.SetLinger(0)
		}
		return c.conn.Conn().Close()
	case outboxtest.HangBefore:
		<-release
		return errors.New("gone")
	case outboxtest.HangAfter:
		c.keep(data)
		<-release
		return errors.New("gone")
	case outboxtest.LateStore:
		<-release
		c.keep(data)
		return nil
	case outboxtest.FailBefore:
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "try later"}
	case outboxtest.Forbidden:
		return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "not from you"}
	}
	c.keep(data)
	return nil
}

func (c *talk) keep(data []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	m, err := mail.ReadMessage(strings.NewReader(string(data)))
	if err != nil {
		return
	}
	body, err := io.ReadAll(m.Body)
	if err != nil {
		return
	}
	id := m.Header.Get("Message-Id")
	c.kept[id], c.bodies[id] = m, string(body)
}

// URL implements outboxtest.World.
func (p *post) URL() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fault == outboxtest.NoListener {
		p.fault = outboxtest.None
		return p.dead
	}
	return p.url
}

// Break implements outboxtest.World. What is HTTP's own does not happen here.
func (p *post) Break(f outboxtest.Fault) bool {
	switch f {
	case outboxtest.HTML, outboxtest.Slow, outboxtest.SlowDate, outboxtest.SlowNothing, outboxtest.SlowRubbish, outboxtest.Redirect, outboxtest.FailAfter:
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fault = f
	return true
}

// Settle implements outboxtest.World.
func (p *post) Settle() {
	p.mu.Lock()
	close(p.release)
	p.release = make(chan struct{})
	p.mu.Unlock()
	p.under.Wait()
	p.Posts() // what arrives later is counted afterwards
}

// Copies implements outboxtest.World.
func (p *post) Copies(key string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept["<obx-"+key+"@quarterdeck.invalid>"] != nil {
		return 1
	}
	return 0
}

// Posts implements outboxtest.World.
func (p *post) Posts() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.posts
}

// certificate makes one for 127.0.0.1, and who trusts it.
func certificate(t *testing.T, now time.Time) (*tls.Config, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mail.test"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	if c, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(c)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}, pool
}
