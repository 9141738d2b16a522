// Package teams posts to a workflow of Microsoft Teams, "when a Teams webhook request is
// received", as an Adaptive Card.
//
// The workflow answers 202 as soon as it has begun, and tells nothing afterwards: an
// unknown outcome is a person's to settle, and a message that was taken can still fail to
// show. The card's text is in runs, which know no Markdown; people are mentioned only
// through the card's list of mentions.
package teams
