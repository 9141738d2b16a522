package app

import (
	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outbox/discord"
	"quarterdeck/internal/outbox/googlechat"
	"quarterdeck/internal/outbox/hand"
	"quarterdeck/internal/outbox/mail"
	"quarterdeck/internal/outbox/mattermost"
	"quarterdeck/internal/outbox/slack"
	"quarterdeck/internal/outbox/statuspage"
	"quarterdeck/internal/outbox/teams"
	"quarterdeck/internal/outbox/webhook"
)

// media are the ways of leaving, by their names in routes.yaml. A new one is a room below
// outbox and a line here.
var media = map[string]outbox.Opener{
	slack.Name:   slack.Open,
	"mail":       mail.Open,
	"teams":      teams.Open,
	"discord":    discord.Open,
	"mattermost": mattermost.Open,
	"googlechat": googlechat.Open,
	"webhook":    webhook.Open,
	"statuspage": statuspage.Open,
	"hand":       hand.Open,
}
