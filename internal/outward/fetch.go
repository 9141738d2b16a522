package outward

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// Request is what Fetch asks.
type Request struct {
	Method string // empty = GET
	URL    string
	Header http.Header
	Body   []byte
}

// Reply is a whole answer, whatever its status.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
	Moved  []string // statuses and hosts of the redirects on the way: "302 example.org"
}

// hops is how many redirects are followed at most.
const hops = 5

// Fetch asks and reads the whole answer. It follows redirects of GET and HEAD as far as
// Options.Follow agrees; what came with the request beyond Accept, Accept-Language and
// User-Agent goes on only within one scheme, host and port. A redirect that is not
// followed because there is no Follow is a Reply; one that is refused is an *Error.
func (c *Client) Fetch(ctx context.Context, r Request) (Reply, error) {
	if r.Method == "" {
		r.Method = http.MethodGet
	}
	ctx, cancel := context.WithTimeout(ctx, c.opts.Timeout)
	defer cancel()
	u, err := url.Parse(r.URL)
	if err != nil { // its text repeats the address
		return Reply{}, &Error{Kind: BadAddress, Text: "that address cannot be read"}
	}
	header, seen, out := r.Header.Clone(), map[string]bool{}, Reply{}
	for {
		seen[u.String()] = true
		rep, err := c.once(ctx, r.Method, u, header, r.Body)
		rep.Moved = out.Moved
		if err != nil {
			return Reply{}, err
		}
		out = rep
		to, moved := location(u, rep)
		if !moved || c.opts.Follow == nil || r.Method != http.MethodGet && r.Method != http.MethodHead {
			return out, nil
		}
		if err := c.follows(u, to, seen, len(out.Moved)); err != nil {
			return out, err
		}
		out.Moved = append(out.Moved, strconv.Itoa(rep.Status)+" "+to.Host)
		if origin(to) != origin(u) {
			header = publicly(header)
		} else if to.User == nil {
			to.User = u.User
		}
		u = to
	}
}

func (c *Client) once(ctx context.Context, method string, u *url.URL, header http.Header, content []byte) (Reply, error) {
	req, err := http.NewRequestWithContext(ctx, method, "", bytes.NewReader(content))
	if err != nil {
		return Reply{}, &Error{Kind: BadAddress, Text: "that cannot be asked"}
	}
	req.URL, req.Host = u, u.Host
	if header != nil {
		req.Header = header
	}
	resp, err := c.Do(req)
	if err != nil {
		return Reply{}, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return Reply{}, failure(u.Host, true, err)
	}
	return Reply{Status: resp.StatusCode, Header: resp.Header, Body: data}, nil
}

// location is where an answer sends the caller.
func location(from *url.URL, r Reply) (*url.URL, bool) {
	switch r.Status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, false
	}
	text := r.Header.Get("Location")
	if text == "" {
		return nil, false
	}
	to, err := from.Parse(text)
	if err != nil {
		to = &url.URL{} // which check refuses
	}
	return to, true
}

// follows refuses a redirect that must not be followed.
func (c *Client) follows(from, to *url.URL, seen map[string]bool, already int) error {
	astray := func(text string) error { return &Error{Kind: Astray, Host: from.Host, Text: text, Sent: true} }
	switch {
	case seen[to.String()]:
		return astray("it redirects in a circle")
	case already >= hops:
		return astray("it redirects again and again")
	case from.Scheme == "https" && to.Scheme == "http":
		return astray("it redirects from https to http")
	}
	err := c.check(to)
	if err == nil {
		err = c.opts.Follow(from, to)
	}
	var e *Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e):
		return &Error{Kind: e.Kind, Host: from.Host, Text: strings.TrimSpace("it redirects elsewhere: " + e.Error()), Sent: true}
	}
	return &Error{Kind: Astray, Host: from.Host, Text: "it redirects to " + to.Host, Sent: true, cause: err}
}

// publicly is a header without what another host has no business to see.
func publicly(h http.Header) http.Header {
	out := http.Header{}
	for _, name := range []string{"Accept", "Accept-Language", "User-Agent"} {
		if v := h.Values(name); len(v) > 0 {
			out[name] = v
		}
	}
	return out
}

// body is an answer's body up to a length.
type body struct {
	io.ReadCloser
	host string
	left int64
	end  context.CancelFunc
}

// Close implements io.Closer.
func (b *body) Close() error {
	defer b.end()
	return b.ReadCloser.Close()
}

// Read implements io.Reader.
func (b *body) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, b.tooLong()
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.ReadCloser.Read(p)
	b.left -= int64(n)
	if b.left < 0 {
		return n - 1, b.tooLong()
	}
	if err != nil && err != io.EOF {
		err = failure(b.host, true, err)
	}
	return n, err
}

func (b *body) tooLong() error {
	return &Error{Kind: TooLong, Host: b.host, Text: "what it sends is too long", Sent: true}
}
