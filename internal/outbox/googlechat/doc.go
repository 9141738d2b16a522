// Package googlechat posts through a webhook of a Google Chat space.
//
// Each posting carries a request id by which Google answers a repetition with the message
// that it has made already: an unknown outcome may be sent again. What is said stands in
// a card, whose text knows a few tags and no mention; those who were picked are called in
// the text above it.
package googlechat
