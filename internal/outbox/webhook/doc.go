// Package webhook posts to a receiver of somebody's own as Standard Webhooks say it
// (https://www.standardwebhooks.com): JSON, with an id, a time and a signature.
//
// The id is the same at every attempt, and receivers are told to drop what they have seen:
// an unknown outcome may be sent again. What is sent is data and not a text for a screen:
// the receiver escapes it for whatever it shows it on.
package webhook
