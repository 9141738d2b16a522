// Package slacktest is a Slack workspace for tests: a server that keeps channels,
// messages, pins, bookmarks and people, by the rules of the Web API as far as
// Quarterdeck uses it.
//
// It refuses what Slack refuses: channel names that are none, tokens that it does not
// know, methods without their scope, channels that the app is not in. What goes wrong on
// the way is Fault's: it is given the next posting, and says whether it is kept and what
// comes back.
package slacktest
