package token_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"quarterdeck/internal/secret/token"
)

const secret = "xoxb-11-the-secret"

// holder is somebody else's struct: fmt looks into it without asking its fields.
type holder struct {
	Open   token.Token
	hidden token.Token
	Many   []token.Token
	Named  map[string]token.Token
	Far    *token.Token
}

type sheet struct{ T token.Token }

func TestNothingPrintsASecret(t *testing.T) {
	tok := token.New(secret)
	h := holder{tok, tok, []token.Token{tok}, map[string]token.Token{"a": tok}, &tok}
	if h.hidden.Reveal() != secret {
		t.Fatal("the holder holds nothing")
	}
	var logged bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&logged, nil), slog.NewJSONHandler(&logged, nil)} {
		slog.New(handler).Info("x", "token", tok, "pointer", &tok, "holder", h, "in a group", slog.GroupValue(slog.Any("t", tok)))
	}
	asJSON, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	asKey, err := json.Marshal(map[token.Token]int{tok: 1})
	if err != nil {
		t.Fatal(err)
	}
	asXML, err := xml.Marshal(sheet{tok})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{"log": logged.String(), "json": string(asJSON), "json key": string(asKey), "xml": string(asXML),
		"error": fmt.Errorf("no: %w, %v", errors.New("x"), tok).Error(), "join": fmt.Sprint(tok, &tok, h)}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%p", "%t", "%T", "%-40s", "%.3s", "%U", "%b"} {
		seen[verb] = fmt.Sprintf(verb+" "+verb+" "+verb+" "+verb, tok, &tok, h, &h)
	}
	hexed := fmt.Sprintf("%x", secret)
	for where, text := range seen {
		if strings.Contains(text, "-secret") || strings.Contains(strings.ToLower(text), hexed) || strings.Contains(text, "xoxb") {
			t.Errorf("%s shows it: %s", where, text)
		}
	}
	if !strings.Contains(seen["%v"], token.Mask) || !strings.Contains(seen["json"], token.Mask) {
		t.Errorf("nothing stands for it: %s, %s", seen["%v"], seen["json"])
	}
}

func TestASecretIsReadFromNoFile(t *testing.T) {
	var h struct{ T token.Token }
	if err := json.Unmarshal([]byte(`{"T":"abc"}`), &h); err == nil || !h.T.IsZero() {
		t.Errorf("json: %v", err)
	}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(token.New(secret)); err == nil || strings.Contains(b.String(), "secret") {
		t.Errorf("gob: %v", err)
	}
}

func TestTokensAreComparedByWhatTheyAre(t *testing.T) {
	a, b, other, none := token.New(secret), token.New(secret), token.New("else"), token.New("")
	switch {
	case !a.Equal(b), a.Equal(other), a.Equal(none), !none.Equal(token.Token{}):
		t.Error("Equal")
	case a.IsZero(), !none.IsZero():
		t.Error("IsZero")
	case a.Reveal() != secret, none.Reveal() != "", none.String() != "":
		t.Error("Reveal")
	}
}
