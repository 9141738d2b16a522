package app

import (
	"slices"
	"strings"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/oncall"
)

// Whom is the name of the person whom a word means: by people.yaml's names, aliases and
// addresses, else the word itself. One that stands for several people is refused, and so
// is an address that nobody has.
func Whom(people []oncall.Person, word string) (string, error) {
	found := oncall.Find(people, word)
	switch len(found) {
	case 0:
		name := strings.TrimPrefix(strings.TrimSpace(word), "@")
		if strings.Contains(name, "@") {
			return "", fault.Input("person", "nobody in people.yaml has the address %.60q", word).WithHint("add them to people.yaml with their name, or give a name")
		}
		return name, nil
	case 1:
		return found[0].Name, nil
	}
	names := make([]string, len(found))
	for i, p := range found {
		names[i] = p.Name + " <" + p.Email + ">"
	}
	return "", fault.Input("person", "%.60q may be %s", word, strings.Join(names, " or ")).WithHint("say which, by e-mail address")
}

// Called are the other names by which people.yaml knows whoever bears a name, so that
// somebody who was written down as bob, before the file said who bob is, is not two
// people. A name that means several people is nobody's.
func Called(people []oncall.Person, name string) []string {
	found := oncall.Find(people, name)
	if len(found) != 1 {
		return nil
	}
	var out []string
	for _, n := range append([]string{found[0].Name}, found[0].Aliases...) {
		n = strings.TrimPrefix(strings.TrimSpace(n), "@")
		if who := oncall.Find(people, n); n != "" && !strings.EqualFold(n, name) && len(who) == 1 && who[0].Name == found[0].Name {
			out = append(out, n)
		}
	}
	return out
}

// ReadLine reads a line typed by actor, with its owner by the name that people.yaml has
// for them; names are those that the incident knows, which come first where only a first
// name is typed. A problem is what would be refused about the owner; the line then stands
// as it was typed.
func ReadLine(text string, now int64, zone *time.Location, actor string, names []string, people []oncall.Person) (l incident.Line, problem error) {
	l = incident.ParseLine(text, now, zone, names, called(people))
	if l.Kind != incident.LineAction || strings.EqualFold(l.Owner, actor) {
		return l, nil
	}
	name, err := Whom(people, l.Owner)
	if err != nil {
		return l, err
	}
	l.Owner = name
	return l, nil
}

// called are the words by which people are called: names and aliases, but no addresses.
func called(people []oncall.Person) []string {
	var out []string
	for _, p := range people {
		for _, word := range append([]string{p.Name}, p.Aliases...) {
			word = strings.TrimPrefix(word, "@")
			if word != "" && !strings.Contains(word, "@") && !slices.ContainsFunc(out, func(o string) bool { return strings.EqualFold(o, word) }) {
				out = append(out, word)
			}
		}
	}
	return out
}
