// Package browser is the cockpit in a browser: the same page and the same bound API
// over HTTP and server-sent events, on loopback.
//
// It is for a machine without a display and for tests of what is shipped. Only who
// opened a one-time link gets in: the link's key is good once and becomes a cookie
// that scripts cannot read. Every request must name this server as its Host, and every
// call must come from its own page (Origin). Nothing is served from elsewhere, and the
// page may load nothing from elsewhere.
package browser
