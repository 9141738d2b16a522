// Package mattermost posts through an incoming webhook of Mattermost.
//
// Mattermost folds nothing and lets a webhook read nothing back: an unknown outcome is a
// person's to settle. Its webhooks know no list of who may be mentioned, so every sign
// that would mention somebody or link somewhere has a sign of no width beside it.
package mattermost
