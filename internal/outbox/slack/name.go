package slack

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// Presets are the channel names that teams mostly want.
var Presets = []string{"inc_{name}_{2jan2006}", "{date}-{time}-{name}"}

// longest is how long a channel's name may be, and longestTitle how much of it the
// incident's name takes at most.
const (
	longest      = 80
	longestTitle = 60
)

// parts are what a template may hold.
var parts = []string{"{name}", "{ref}", "{2jan2006}", "{date}", "{time}"}

// ChannelName makes the name of an incident's channel by Slack's rules: small letters,
// digits, - and _, at most 80. when is in the zone in which people count. problem says
// what a person should know of the template; the name is right all the same.
func ChannelName(template, title, ref string, when time.Time) (name, problem string) {
	if strings.TrimSpace(template) == "" {
		template = Presets[0]
	}
	words := strings.NewReplacer("{ref}", slug(ref, longestTitle), "{2jan2006}", strings.ToLower(when.Format("2Jan2006")),
		"{date}", when.Format("2006-01-02"), "{time}", when.Format("1504"))
	frame := words.Replace(template)
	if left := frame; strings.ContainsAny(strings.ReplaceAll(left, "{name}", ""), "{}") {
		problem = fmt.Sprintf("the template knows %s; what else stands in braces is left out", strings.Join(parts, ", "))
	}
	if !strings.Contains(template, "{name}") && !strings.Contains(template, "{ref}") && !strings.Contains(template, "{time}") {
		problem = "the template gives incidents of a day the same name; a number is put behind it"
	}
	fixed := len(clean(strings.ReplaceAll(frame, "{name}", "")))
	room := min(longestTitle, max(longest-fixed, 0))
	s := slug(title, room)
	if s == "" {
		s = slug(ref, room) // a title without a letter that Slack takes
	}
	name = clean(strings.ReplaceAll(frame, "{name}", s))
	if name = strings.Trim(name[:min(len(name), longest)], "-_"); name == "" {
		name = orElse(slug(ref, longest), "incident")
	}
	return name, problem
}

// suffixed is a name with a number behind it.
func suffixed(name string, n int) string {
	tail := fmt.Sprintf("-%d", n)
	return strings.TrimRight(name[:min(len(name), longest-len(tail))], "-_") + tail
}

// slug is a text as a part of a name.
func slug(s string, most int) string {
	s = strings.Trim(clean(s), "-_")
	if len(s) > most {
		cut := s[:most]
		if i := strings.LastIndexAny(cut, "-_"); i > most/2 {
			cut = cut[:i] // whole words
		}
		s = cut
	}
	return strings.Trim(s, "-_")
}

// latin are letters that have a spelling in plain ones.
var latin = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "æ", "ae", "ø", "o", "å", "a", "à", "a", "á", "a", "â", "a", "ã", "a", "ç", "c",
	"è", "e", "é", "e", "ê", "e", "ë", "e", "ì", "i", "í", "i", "î", "i", "ï", "i", "ñ", "n", "ò", "o", "ó", "o", "ô", "o", "õ", "o", "ù", "u", "ú", "u", "û", "u",
	"ý", "y", "ÿ", "y", "œ", "oe", "ł", "l", "š", "s", "ś", "s", "ž", "z", "ź", "z", "ż", "z", "č", "c", "ć", "c", "ř", "r", "ě", "e", "ů", "u", "ą", "a", "ę", "e", "ń", "n")

// clean keeps what a name may hold; everything between becomes one dash.
func clean(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range latin.Replace(strings.ToLower(s)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' || r == '-':
			if gap && b.Len() > 0 && r != '-' && r != '_' {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case r == '\'' || r == '’' || unicode.Is(unicode.Mn, r):
		default:
			gap = true
		}
	}
	return b.String()
}
