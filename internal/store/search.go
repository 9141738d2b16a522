package store

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"quarterdeck/internal/incident"
)

// newest bounds the ranked set: ranking looks at the newest hits only, so that a
// common word costs no more than a rare one. They are named by the oldest of them: the
// index skips to a number, but would rank every hit there is before it looks into a list.
const newest = 1000

// Search finds records by words, each of which may be the beginning of one, and by
// "phrases in quotes". The newest hits are ranked, best first; at most limit.
// A query without a word in it finds nothing.
func (s *Store) Search(ctx context.Context, query string, limit int) ([]incident.Hit, error) {
	match := terms(query)
	if match == "" {
		return nil, nil
	}
	rows, err := s.rdb.QueryContext(ctx, `WITH hits AS MATERIALIZED (SELECT rowid AS cursor FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT ?2)
		SELECT r.incident, r.id, r.at, snippet(search, 0, '', '', '…', 24) FROM search JOIN record r ON r.cursor = search.rowid
		WHERE search MATCH ?1 AND search.rowid >= (SELECT min(cursor) FROM hits) ORDER BY rank LIMIT ?3`, match, newest, limit)
	if err != nil {
		return nil, s.explain(fmt.Errorf("store: search: %w", err))
	}
	defer rows.Close()
	var out []incident.Hit
	for rows.Next() {
		var h incident.Hit
		var inc, id []byte
		if err := rows.Scan(&inc, &id, &h.At, &h.Snippet); err != nil {
			return nil, s.explain(err)
		}
		h.Incident, h.Record = incident.ID(inc), incident.ID(id)
		out = append(out, h)
	}
	return out, s.explain(rows.Err())
}

// terms turns what a person typed into FTS5's language, in which nothing that was
// typed can be an operator: words become quoted prefixes, quoted text a phrase.
func terms(query string) string {
	var out []string
	for i, part := range strings.Split(query, `"`) {
		if i%2 == 1 {
			if words := split(part); len(words) > 0 {
				out = append(out, `"`+strings.Join(words, " ")+`"`)
			}
			continue
		}
		for _, w := range split(part) {
			out = append(out, `"`+w+`"*`)
		}
	}
	return strings.Join(out, " ")
}

func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) && !unicode.Is(unicode.Co, r)
	})
}
