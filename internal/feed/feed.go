package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"
	"time"

	"quarterdeck/internal/outward"
	"quarterdeck/internal/secret/token"
)

// Feed is a calendar to be fetched, from a file or from an address.
type Feed struct {
	Name    string        // names its copy
	File    string        // a full path; or
	Address token.Token   // http, https or webcal
	Local   bool          // the name in Address may lead into the local network
	Every   time.Duration // between two looks; 0 = 15 minutes
}

// The bounds.
const (
	MaxBytes = 32 << 20 // of a calendar, unpacked
	Timeout  = 20 * time.Second
)

// Shown is where a feed comes from, as far as it may be seen: the path of a file, or the
// host of an address.
func (f Feed) Shown() string {
	if f.Address.IsZero() {
		return f.File
	}
	u, err := url.Parse(f.Address.Reveal())
	if err != nil || u.Host == "" {
		return "…"
	}
	return u.Host + "/…"
}

// address is what is asked: webcal is https, and http for an address on this machine or
// its network, where nobody has certificates.
func (f Feed) address() string {
	text := f.Address.Reveal()
	scheme, rest, ok := strings.Cut(text, "://")
	switch strings.ToLower(scheme) {
	case "webcal", "webcals":
	default:
		return text
	}
	u, err := url.Parse("https://" + rest)
	if ok && err == nil && outward.Home(u) && !strings.EqualFold(scheme, "webcals") {
		return "http://" + rest
	}
	return "https://" + rest
}

// source names where a feed comes from without saying it.
func (f Feed) source() string { return digest([]byte(f.File + "\x00" + f.Address.Reveal())) }

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:16])
}
