// Package discord posts through a webhook of a Discord channel.
//
// It waits for Discord to say that the message is kept. Discord folds nothing and lets a
// webhook read nothing back, so an unknown outcome is a person's to settle. Nobody is
// ever mentioned but those who were picked, nothing is unfolded from a link.
package discord
