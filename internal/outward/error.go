package outward

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
)

// Kind says what kind of failure it was.
type Kind string

const (
	// BadAddress: what was given is no address that can be asked.
	BadAddress Kind = "address"
	// Guarded: the address belongs to this machine, its network or a metadata service.
	Guarded Kind = "guarded"
	// Offline: the name is not known or nobody answers there.
	Offline Kind = "offline"
	// Untrusted: the other side's certificate is not accepted.
	Untrusted Kind = "untrusted"
	// Late: the exchange took longer than it may.
	Late Kind = "late"
	// TooLong: the body is longer than it may be.
	TooLong Kind = "long"
	// Astray: redirects that go in a circle, too far, or to where the caller does not follow.
	Astray Kind = "astray"
	// Broken: the connection ended early, or what came is no HTTP.
	Broken Kind = "broken"
	// Ended: the caller's context ended.
	Ended Kind = "ended"
)

// Error is an exchange that failed. Its text and its causes hold no more of the
// address than the host.
type Error struct {
	Kind Kind
	Host string // as asked for, with the port when one was given; empty when there is none
	Text string // a part of a sentence: "no such host"
	Sent bool   // the request, or a part of it, had left: the other side may have acted on it

	cause error
}

// Error implements error.
func (e *Error) Error() string {
	if e.Host == "" {
		return e.Text
	}
	return e.Host + ": " + e.Text
}

// Unwrap gives the cause, without addresses.
func (e *Error) Unwrap() error { return e.cause }

// Of finds the Error in err's chain; nil when there is none.
func Of(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}

// failure is what went wrong in an exchange with a host, by the error's type.
func failure(host string, sent bool, err error) *Error {
	if e := Of(err); e != nil { // ours, through the library
		c := *e
		c.Host, c.Sent = host, sent
		return &c
	}
	e := &Error{Kind: Broken, Host: host, Sent: sent, Text: "the connection broke before the answer was complete", cause: err}
	var (
		dns  *net.DNSError
		op   *net.OpError
		late interface{ Timeout() bool }
		cert *tls.CertificateVerificationError
		rec  tls.RecordHeaderError
		name x509.HostnameError
		auth x509.UnknownAuthorityError
	)
	switch {
	case errors.Is(err, context.Canceled):
		e.Kind, e.Text = Ended, "was not waited for"
	case errors.As(err, &dns) && dns.IsNotFound:
		e.Kind, e.Text = Offline, "no such host"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &late) && late.Timeout():
		e.Kind, e.Text = Late, "took too long to answer"
	case errors.As(err, &dns):
		e.Kind, e.Text = Offline, "the name could not be looked up"
	case errors.As(err, &cert), errors.As(err, &name), errors.As(err, &auth):
		e.Kind, e.Text = Untrusted, fmt.Sprintf("its certificate is not accepted (%v)", err)
	case errors.As(err, &rec), errors.Is(err, http.ErrSchemeMismatch):
		e.Kind, e.Text = Untrusted, "it does not speak TLS"
	case errors.As(err, &op) && op.Op == "dial":
		e.Kind, e.Text = Offline, "nobody answers there"
	}
	return e
}
