package compose

import (
	"fmt"
	"regexp"
	"strings"
)

// A promise of the end is an expectation, a word for being over and a time, in one
// sentence and in one of two orders. Alone, none of them is one: "the next update
// comes by 15:00", "it was fixed at 14:10", "payments should work again".
const (
	expecting = `(?:will|['’]ll|shall|should|expect\w*|hope\w*|aim\w*|plan to|planned to|going to|estimat\w*|likely|anticipat\w*)`
	ending    = `(?:fix(?:ed)?|resolv\w*|restor\w*|recover\w*|back|solv\w*|solution|done|finish\w*|complet\w*|available|working|work again|normal|repair\w*|up again|over with)`
	when      = `(?:(?:in|within|by|before|at|around|about)\s+(?:(?:about|around|roughly|the|next|an?|another|~)\s*)*(?:\d{1,2}[:.h]\d{2}|\d+\s*(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|days?)\b|few (?:minutes|hours)|couple of (?:minutes|hours)|half an? hour|hour\b|minute\b|noon|midnight|tonight|tomorrow|end of|morning|evening|lunch)|shortly\b|soon\b|momentarily\b|tonight\b|tomorrow\b|any minute\b)`
)

var (
	over = []*regexp.Regexp{
		regexp.MustCompile(`(?i)(?:\b|['’])` + expecting + `\b[^.;!?]{0,60}?\b` + ending + `\b[^.;!?]{0,40}?\b(` + when + `)`),
		regexp.MustCompile(`(?i)\b(` + when + `)[^.;!?]{0,30}?(?:\b|['’])` + expecting + `\b[^.;!?]{0,40}?\b` + ending + `\b`),
		regexp.MustCompile(`(?i)\b` + ending + `\W{1,3}(?:very |pretty )?(soon\b|shortly\b|momentarily\b)`),
		regexp.MustCompile(`\b(ETA|ETR|[Ee]stimated (?:time|fix|end|recovery|resolution)|time to (?:fix|recovery|resolution))\b`),
	}
	noneYet = regexp.MustCompile(`(?i)\b(?:no|without|not have|cannot give|can't give)\s+(?:an?\s+)?(?:ETA|ETR|estimate)`)
	// telling is about the next news, not about the end.
	telling = regexp.MustCompile(`(?i)\b(?:update|post|tell|inform|report|write|share|know|hear|announce|watch|check)\w*\b`)
)

// estimate finds a promise of when it will be over: the one thing that nobody knows.
func estimate(text string) []string {
	for _, s := range sentences(text) {
		for _, form := range over {
			m := form.FindStringSubmatch(s)
			if m == nil || telling.MatchString(m[0]) || noneYet.MatchString(s) {
				continue
			}
			return []string{fmt.Sprintf("It promises an end (“%s”). Nobody knows it; promise the next update instead.", strings.TrimSpace(m[1]))}
		}
	}
	return nil
}
