package outward

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// Options are the bounds of a client. The zero value is usable: 20 s an exchange, 10 s to
// connect, 1 MiB of body, public addresses only, no redirects.
type Options struct {
	Timeout time.Duration // of a whole exchange: names, connection, redirects, body; 0 = 20 s
	Connect time.Duration // of names, connection and TLS; 0 = 10 s
	MaxBody int64         // bytes of body, unpacked; 0 = 1 MiB

	// Typed is the address as the commander typed it. When its host is a number or
	// localhost, that host and port may lie on this machine or near it.
	Typed string
	// Local lets the name in Typed lead to this machine or its networks: the commander
	// has said so. It never leads to the link or to a metadata service.
	Local bool

	// Follow decides about each redirect of Fetch; nil follows none. It is asked after
	// the checks of this room: at most five, never from https to http, never in a circle,
	// and no address that may not be asked anyway.
	Follow func(from, to *url.URL) error

	Agent string         // who asks; empty = quarterdeck
	Roots *x509.CertPool // nil = the system's
	Proxy func(*http.Request) (*url.URL, error)
	// Resolver looks names up; nil = the system's. Tests give their own.
	Resolver *net.Resolver
}

// Client asks other machines. It is safe for concurrent use.
type Client struct {
	opts    Options
	http    *http.Transport
	typed   string   // host and port that may be near; empty = none
	literal bool     // it was typed as a number or as localhost
	proxies sync.Map // host and port of the environment's proxies
}

// New makes a client. An address in Typed that cannot be read permits nothing.
func New(o Options) *Client {
	if o.Timeout <= 0 {
		o.Timeout = 20 * time.Second
	}
	if o.Connect <= 0 {
		o.Connect = 10 * time.Second
	}
	if o.MaxBody <= 0 {
		o.MaxBody = 1 << 20
	}
	if o.Agent == "" {
		o.Agent = "quarterdeck"
	}
	if o.Proxy == nil {
		o.Proxy = http.ProxyFromEnvironment
	}
	c := &Client{opts: o}
	if u, err := url.Parse(o.Typed); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" {
		if c.literal = Home(u); c.literal || o.Local {
			c.typed = hostPort(u)
		}
	}
	c.http = &http.Transport{
		Proxy: c.proxy, DialContext: c.dial, ForceAttemptHTTP2: true,
		TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: o.Roots},
		TLSHandshakeTimeout: o.Connect, MaxResponseHeaderBytes: 64 << 10,
		MaxConnsPerHost: 4, MaxIdleConns: 4, IdleConnTimeout: 30 * time.Second,
	}
	return c
}

// Close lets go of connections that are kept for the next exchange.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Do carries out one exchange with the bounds of the client and follows no redirect: the
// caller gets it as the answer that it is. Its form is that of http.Client, for libraries
// that bring their own requests. The error is an *Error; reading the body may give one
// too. The caller closes the body.
func (c *Client) Do(req *http.Request) (*http.Response, error) {
	host := req.URL.Host
	if err := c.check(req.URL); err != nil {
		return nil, err
	}
	var sent atomic.Bool
	ctx, cancel := context.WithTimeout(req.Context(), c.opts.Timeout)
	req = req.Clone(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { sent.Store(true) }}))
	if req.Header == nil {
		req.Header = http.Header{}
	}
	if req.Header.Get("User-Agent") == "" {
		req.Header.Set("User-Agent", c.opts.Agent)
	}
	if u := req.URL.User; u != nil && req.Header.Get("Authorization") == "" {
		word, _ := u.Password()
		req.SetBasicAuth(u.Username(), word)
	}
	resp, err := c.http.RoundTrip(req)
	if err != nil {
		cancel()
		return nil, failure(host, sent.Load(), err)
	}
	resp.Body = &body{ReadCloser: resp.Body, host: host, left: c.opts.MaxBody, end: cancel}
	return resp, nil
}

// check refuses what cannot or must not be asked, as far as the address itself tells.
func (c *Client) check(u *url.URL) error {
	if u == nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return &Error{Kind: BadAddress, Text: "that is no http or https address"}
	}
	if Home(u) && !(c.literal && c.typed == hostPort(u)) {
		return c.guarded(u.Host)
	}
	return nil
}

func (c *Client) guarded(host string) *Error {
	return &Error{Kind: Guarded, Host: host, Text: "leads to this machine, its network or a metadata service, and nobody typed that address"}
}

func (c *Client) proxy(req *http.Request) (*url.URL, error) {
	u, err := c.opts.Proxy(req)
	if err == nil && u != nil {
		c.proxies.Store(hostPort(u), true)
	}
	return u, err
}

// dial connects, and looks at the address once more that the name led to.
func (c *Client) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, c.opts.Connect)
	defer cancel()
	d := net.Dialer{Resolver: c.opts.Resolver, Control: func(_, to string, _ syscall.RawConn) error {
		if _, chosen := c.proxies.Load(addr); chosen {
			return nil
		}
		ip, err := netip.ParseAddrPort(to)
		if err != nil {
			return c.guarded(addr)
		}
		where := Place(ip.Addr())
		switch {
		case where == Public, addr == c.typed && c.literal, addr == c.typed && where == Near:
			return nil
		}
		return c.guarded(addr)
	}}
	return d.DialContext(ctx, network, addr)
}
