package oncall

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Who is on call: somebody whom the team knows, or the words of a title that name nobody
// whom it knows.
type Who struct {
	Name   string // as people.yaml has it, else as the title has it
	Email  string
	Phone  string
	Zone   string
	Known  bool   // people.yaml has them
	Title  string // the words that were read
	person int    // their place in people.yaml; -1 = not there
	key    string // the same for the same person
}

// Same reports whether both are one person.
func (w Who) Same(other Who) bool { return w.key == other.key }

// directory finds people by what calendars call them.
type directory struct {
	people  []Person
	byEmail map[string]int
	byName  map[string]int
	byAlias map[string]int
	nameOf  map[string]string // of those unknown: an address to the name that stood beside it
}

// several marks a word that stands for more than one person, and so for nobody.
const several = -2

func newDirectory(people []Person) *directory {
	d := &directory{people, map[string]int{}, map[string]int{}, map[string]int{}, map[string]string{}}
	put := func(m map[string]int, word string, i int) {
		switch old, taken := m[word]; {
		case word == "" || taken && old == i:
		case taken:
			m[word] = several
		default:
			m[word] = i
		}
	}
	for i, p := range people {
		put(d.byEmail, fold(p.Email), i)
		put(d.byName, fold(p.Name), i)
		for _, a := range p.Aliases {
			if isEmail(a) {
				put(d.byEmail, fold(a), i)
			}
			put(d.byAlias, fold(strings.TrimPrefix(a, "@")), i)
		}
	}
	return d
}

// find finds somebody by address, then by name, then by alias; -1 = nobody.
func (d *directory) find(name, email string) int {
	name = strings.TrimPrefix(name, "@")
	for _, e := range []string{email, name} {
		if i, ok := d.byEmail[fold(e)]; ok && i >= 0 {
			return i
		}
	}
	for _, m := range []map[string]int{d.byName, d.byAlias} {
		for _, n := range []string{fold(name), fold(turned(name)), fold(email)} {
			if i, ok := m[n]; ok && i >= 0 {
				return i
			}
		}
	}
	return -1
}

// who is the person that a title and an attendee name.
func (d *directory) who(name, email string) Who {
	w := Who{Name: name, Email: email, Title: name, person: d.find(name, email)}
	if isEmail(name) && email == "" {
		w.Email = name
	}
	if w.person >= 0 {
		p := d.people[w.person]
		w.Known, w.Name, w.Phone, w.Zone, w.key = true, p.Name, p.Phone, p.Zone, "#"+fold(p.Name)+"\x00"+fold(p.Email)
		w.Email = cmp.Or(p.Email, w.Email)
		return w
	}
	if w.Name == "" {
		w.Name = email
	}
	w.key = fold(turned(w.Name))
	if isEmail(w.Name) {
		w.key = cmp.Or(d.nameOf[fold(w.Name)], fold(w.Name))
	} else if w.Email != "" {
		d.nameOf[fold(w.Email)] = w.key
	}
	return w
}

// Find finds somebody by address, name or alias. A word that stands for several people is
// answered with all of them.
func Find(people []Person, word string) []Person {
	word = strings.TrimPrefix(strings.TrimSpace(word), "@")
	key, back := fold(word), fold(turned(word))
	matches := []func(Person) bool{
		func(p Person) bool {
			return fold(p.Email) == key || slices.ContainsFunc(p.Aliases, func(a string) bool { return isEmail(a) && fold(a) == key })
		},
		func(p Person) bool { return fold(p.Name) == key || fold(p.Name) == back },
		func(p Person) bool {
			return slices.ContainsFunc(p.Aliases, func(a string) bool { return fold(strings.TrimPrefix(a, "@")) == key })
		},
	}
	if key == "" {
		return nil
	}
	for _, is := range matches {
		var found []Person
		for _, p := range people {
			if is(p) {
				found = append(found, p)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// turned is "First Last" for "Last, First".
func turned(name string) string {
	last, first, ok := strings.Cut(name, ",")
	if !ok || strings.Contains(first, ",") || strings.TrimSpace(first) == "" {
		return name
	}
	return strings.TrimSpace(first) + " " + strings.TrimSpace(last)
}

func isEmail(text string) bool {
	at := strings.LastIndexByte(text, '@')
	return at > 0 && at < len(text)-1 && !strings.ContainsFunc(text, unicode.IsSpace) && !strings.ContainsAny(text, "<>,;:\"()")
}

// fold is a word as it is compared: without case, accents, and what cannot be seen.
func fold(word string) string {
	var b strings.Builder
	gap := false
	for _, r := range word {
		switch {
		case unicode.IsSpace(r):
			gap = b.Len() > 0
			continue
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), unicode.IsControl(r):
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		r = unicode.ToLower(r)
		if plain, ok := accents[r]; ok {
			b.WriteString(plain)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// accents are the letters of Latin scripts that are written with one character and stand
// for a plainer one.
var accents = func() map[rune]string {
	m := map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ı': "i", 'ħ': "h", 'ŧ': "t", '’': "'", '‘': "'", '‐': "-", '‑': "-"}
	for plain, with := range map[string]string{
		"a": "àáâãäåāăąǎạảấầẩẫậắằẳẵặ", "c": "çćĉċč", "d": "ď", "e": "èéêëēĕėęěẹẻẽếềểễệ", "g": "ĝğġģ", "h": "ĥ", "i": "ìíîïĩīĭįǐịỉ", "j": "ĵ", "k": "ķ",
		"l": "ĺļľŀ", "n": "ñńņňŉ", "o": "òóôõöōŏőǒọỏốồổỗộơớờởỡợ", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťț", "u": "ùúûüũūŭůűųǔụủưứừửữự", "w": "ŵ", "y": "ýÿŷỳỵỷỹ", "z": "źżž",
	} {
		for _, r := range with {
			m[r] = plain
		}
	}
	return m
}()
