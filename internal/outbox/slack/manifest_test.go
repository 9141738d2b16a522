package slack_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	library "github.com/slack-go/slack"

	"quarterdeck/assets"
	"quarterdeck/internal/outbox/slack"
)

// The manifest that is shipped is one, and asks for what the code needs and no more.
func TestTheManifestAsksForWhatIsNeeded(t *testing.T) {
	dec := json.NewDecoder(bytes.NewReader(assets.SlackManifest))
	dec.DisallowUnknownFields()
	var m library.Manifest
	if err := dec.Decode(&m); err != nil {
		t.Fatal(err)
	}
	asked := slices.Concat(m.OAuthConfig.Scopes.Bot, m.OAuthConfig.Scopes.BotOptional)
	needed := slices.Concat(slack.Needed, slack.Wanted)
	for _, s := range needed {
		if !slices.Contains(asked, s) {
			t.Errorf("it does not ask for %s", s)
		}
	}
	for _, s := range asked {
		if !slices.Contains(needed, s) {
			t.Errorf("it asks for %s, and nothing needs it", s)
		}
	}
	for _, s := range slack.Needed {
		if !slices.Contains(m.OAuthConfig.Scopes.Bot, s) {
			t.Errorf("an administrator could refuse %s, without which nothing works", s)
		}
	}
}
