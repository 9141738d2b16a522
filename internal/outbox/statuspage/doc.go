// Package statuspage keeps an incident of an Atlassian Statuspage up to date: the first
// update of a stream creates one, the later ones add to it, each with one of the page's
// four states.
//
// What was posted is known by a key in the incident's metadata, which is read back before
// each posting and whenever an outcome is unknown: an update is on the page once.
//
// A page's readers are the public. Its text is nothing but text: it names nobody, links
// nowhere and holds no tags.
package statuspage
