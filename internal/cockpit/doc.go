// Package cockpit is the use-cases: carry out an order, look at an incident, follow
// what others write.
//
// It knows the order of steps and nothing else: load the state, let the incident
// decide, append, and only then tell. When the incident moved on meanwhile it decides
// again, up to five times, then answers conflict. Everybody who writes goes through
// Do; everybody who reads looks through View, under one lock, so that nobody sees
// half a change.
//
// The package declares the small interfaces that it needs and imports no adapter.
package cockpit
