// Package token is a secret on its way through the program: a value that prints as ***
// in every form that Go, JSON, YAML and the log know, and that is got at in one way only,
// by the method Reveal.
//
// It refuses to be read back from any of them: a secret comes from where secrets are
// kept and from nowhere else. The package imports nothing of ours.
package token
