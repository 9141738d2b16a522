package store

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// words are what is looked for: each entry one or more words that stand together.
type words []phrase

type phrase struct {
	words []string // as typed
	plain []string // as they are compared
	whole bool     // not only the beginning of a word
}

// wordsOf takes a query apart: words, each the beginning of one, and "phrases in quotes".
// A single Latin letter or digit begins too many words to mean any but itself.
func wordsOf(query string) words {
	var out words
	for i, part := range strings.Split(query, `"`) {
		found := slices.DeleteFunc(split(part), func(w string) bool { return plainly(w) == "" }) // an accent alone is no word of the index
		if i%2 == 1 {
			if len(found) > 0 {
				out = append(out, phraseOf(true, found...))
			}
			continue
		}
		for _, w := range found {
			out = append(out, phraseOf(len(w) == 1, w))
		}
	}
	return out
}

func phraseOf(whole bool, words ...string) phrase {
	p := phrase{words: words, whole: whole}
	for _, w := range words {
		p.plain = append(p.plain, plainly(w))
	}
	return p
}

// match is the words in FTS5's language, in which nothing that was typed can be an
// operator: words become quoted prefixes, quoted text a phrase. ends are the words that
// begin as one of them does, where they are known: they are named instead.
func (w words) match(ends map[string][]string) string {
	var out []string
	for _, p := range w {
		m := `"` + strings.Join(p.words, " ") + `"`
		if all := ends[p.words[0]]; !p.whole && len(all) > 0 {
			m = `("` + strings.Join(all, `" OR "`) + `")`
		} else if !p.whole {
			m += "*"
		}
		out = append(out, m)
	}
	return strings.Join(out, " AND ")
}

// indexed is up to how many letters the index finds the beginning of a word at once.
// Behind that it collects every hit there is before it answers with the first one,
// unless the words are named.
const indexed, endsMost = 4, 48

// ends looks up the words of the index that begin as those of a search do. Beginnings of
// too many words are left as they are, and so are words that are not plain letters and
// digits.
func (s *Store) ends(ctx context.Context, w words) (map[string][]string, error) {
	var out map[string][]string
	for _, p := range w {
		begin := p.plain[0]
		if p.whole || len(begin) <= indexed || strings.Trim(begin, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			continue
		}
		found, err := s.beginning(ctx, begin)
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = map[string][]string{}
		}
		if len(found) <= endsMost {
			out[p.words[0]] = found
		}
	}
	return out, nil
}

// beginning are the words of the index that begin as one does, in order; one more than
// endsMost where there are more. Each is the first one behind the one before.
func (s *Store) beginning(ctx context.Context, begin string) ([]string, error) {
	rows, err := s.rdb.QueryContext(ctx, `WITH RECURSIVE t (w) AS (
			SELECT (SELECT term FROM word WHERE term >= ?1 LIMIT 1)
			UNION ALL SELECT (SELECT term FROM word WHERE term >= t.w || char(0) LIMIT 1) FROM t WHERE substr(t.w, 1, length(?1)) = ?1
			LIMIT ?2)
		SELECT w FROM t WHERE substr(w, 1, length(?1)) = ?1`, begin, endsMost+1)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var w string
		if err := rows.Scan(&w); err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, rows.Err()
}

// Of a hit's text so many words are shown, and so many of them before the first that
// was looked for.
const excerptWords, excerptBefore = 24, 6

// excerpt is the part of a text around the first words that were looked for; every
// second part is some of them. Both ends that are cut say so.
func (w words) excerpt(text string) []string {
	all := tokens(make([]token, 0, 2*excerptWords), text, w)
	hit := make([]bool, len(all))
	first := -1
	for i := range all {
		for j := range w {
			p := &w[j]
			if !p.at(text, all[i:]) {
				continue
			}
			if first < 0 {
				first = i
			}
			for k := range p.plain {
				hit[i+k] = true
			}
		}
	}
	from := max(0, min(first-excerptBefore, len(all)-excerptWords))
	to := min(len(all), from+excerptWords)
	out := []string{""}
	if from > 0 {
		out[0] = "…"
	}
	at := 0
	if from > 0 {
		at = all[from].start
	}
	for i := from; i < to; i++ {
		if !hit[i] {
			continue
		}
		end := i
		for end+1 < to && hit[end+1] {
			end++
		}
		out[len(out)-1] += text[at:all[i].start]
		out = append(out, text[all[i].start:all[end].end], "")
		at, i = all[end].end, end
	}
	if to < len(all) {
		out[len(out)-1] += text[at:all[to-1].end] + "…"
	} else {
		out[len(out)-1] += text[at:]
	}
	return out
}

// endsAt reports whether the last of the tokens completes one of the words.
func (w words) endsAt(text string, all []token) bool {
	for i := range w {
		if n := len(all) - len(w[i].plain); n >= 0 && w[i].at(text, all[n:]) {
			return true
		}
	}
	return false
}

// at reports whether a phrase stands where the tokens begin.
func (p *phrase) at(text string, all []token) bool {
	if len(all) < len(p.plain) {
		return false
	}
	for j, w := range p.plain {
		if !all[j].is(text, w, p.whole) {
			return false
		}
	}
	return true
}

// token is where a word of a text stands, in bytes.
type token struct {
	start, end int
	other      bool // it has letters that are not ASCII
}

// is reports whether a token is a word as the index compares it, or begins so.
func (t token) is(text, plain string, whole bool) bool {
	if !t.other && text[t.start]|0x20 != plain[0] && text[t.start] != plain[0] {
		return false // as nearly all
	}
	if t.other {
		if whole {
			return plainly(text[t.start:t.end]) == plain
		}
		return strings.HasPrefix(plainly(text[t.start:t.end]), plain)
	}
	if n := t.end - t.start; n < len(plain) || whole && n > len(plain) {
		return false
	}
	for i := range len(plain) {
		if c := text[t.start+i]; c != plain[i] && ('A' > c || c > 'Z' || c+'a'-'A' != plain[i]) {
			return false
		}
	}
	return true
}

// tokens appends the words of a text, as many as an excerpt for some words can need: those
// up to so many behind the first that was looked for. All of them where nothing is.
func tokens(out []token, text string, of words) []token {
	start, left, other := -1, -1, false
	add := func(end int) bool {
		out = append(out, token{start, end, other})
		start, other = -1, false
		if of == nil {
			return false
		}
		if left < 0 && of.endsAt(text, out) {
			left = excerptWords + excerptBefore
		}
		left = max(left-1, -1)
		return left == 0
	}
	for i, size := 0, 1; i < len(text); i += size {
		in, wide := false, text[i] >= utf8.RuneSelf
		if size = 1; wide {
			var r rune
			r, size = utf8.DecodeRuneInString(text[i:])
			in = inWord(r)
		} else {
			in = asciiWord[text[i]]
		}
		switch {
		case in:
			if start < 0 {
				start = i
			}
			other = other || wide
		case start >= 0 && add(i):
			return out
		}
	}
	if start >= 0 {
		add(len(text))
	}
	return out
}

func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !inWord(r) })
}

// asciiWord is inWord of the characters that most texts consist of.
var asciiWord = func() (out [utf8.RuneSelf]bool) {
	for r := range out {
		out[r] = inWord(rune(r))
	}
	return out
}()

// inWord reports whether the index takes a character for part of a word, as its
// tokenizer does (https://sqlite.org/fts5.html#unicode61_tokenizer).
func inWord(r rune) bool {
	if r < 0x80 {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Co, r)
}

// plainly is a word as the index compares it: small, without accents.
func plainly(w string) string {
	ascii := true
	for i := range len(w) {
		ascii = ascii && w[i] < 0x80
	}
	if ascii {
		return strings.ToLower(w)
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(w))
}
