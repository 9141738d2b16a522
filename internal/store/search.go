package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

const (
	// newest bounds the ranked set: ranking looks at the newest hits only, so that a
	// common word costs no more than a rare one. Each is read from the disk.
	newest = 500
	// wordsMost is how many words and phrases one search may hold.
	wordsMost = 32
)

// Search finds records, at most q.Limit of them. The best are looked for among the
// newest 500 hits. A query without a word, or any filter, finds nothing. Faults:
// Invalid for one of too many words.
func (s *Store) Search(ctx context.Context, q incident.Query) ([]incident.Hit, error) {
	l, err := s.look(ctx, q)
	if err != nil || l == nil {
		return nil, err
	}
	found, args := "SELECT "+l.cursor()+" AS cursor, -"+l.cursor()+" AS place "+l.from+" ORDER BY "+l.cursor()+" DESC LIMIT ?", append(l.args, q.Limit)
	if !q.Newest && l.match != "" {
		cursors, err := s.best(ctx, l, q.Limit)
		if err != nil {
			return nil, s.explain(fmt.Errorf("store: rank hits: %w", err))
		}
		found, args = "SELECT value AS cursor, key AS place FROM json_each(?)", []any{numbers(cursors)}
	}
	// What is shown is read of those that are shown alone.
	rows, err := s.rdb.QueryContext(ctx, "SELECT r.incident, r.id, r.kind, r.actor, r.at, b.json FROM ("+found+") f CROSS JOIN record r ON r.cursor = f.cursor CROSS JOIN body b ON b.cursor = f.cursor ORDER BY f.place", args...)
	if err != nil {
		return nil, s.explain(fmt.Errorf("store: search: %w", err))
	}
	defer rows.Close()
	var out []incident.Hit
	for rows.Next() {
		var h incident.Hit
		var inc, id, actor sql.RawBytes
		var body string
		if err := rows.Scan(&inc, &id, &h.Kind, &actor, &h.At, &body); err != nil {
			return nil, s.explain(err)
		}
		copy(h.Incident[:], inc)
		copy(h.Record[:], id)
		copy(h.Actor[:], actor)
		h.Parts = l.words.excerpt(textOf(body))
		out = append(out, h)
	}
	return out, s.explain(rows.Err())
}

// weighed is how many bytes of a body are looked at to rank it.
const weighed = 16 << 10

// best are the cursors of the best among the newest hits of a query, at most so many.
func (s *Store) best(ctx context.Context, l *looked, most int) ([]int64, error) {
	rows, err := s.rdb.QueryContext(ctx, fmt.Sprintf(`SELECT b.cursor, iif(octet_length(b.json) > %d, substr(b.json, 1, %[1]d), b.json)
		FROM (SELECT search.rowid AS cursor %s ORDER BY search.rowid DESC LIMIT %d) f CROSS JOIN body b ON b.cursor = f.cursor`, weighed, l.from, newest), l.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []ranked
	var room []token
	for rows.Next() {
		var cursor int64
		var body string
		if err := rows.Scan(&cursor, &body); err != nil {
			return nil, err
		}
		var r ranked
		r, room = l.words.weigh(cursor, textOf(body), room)
		all = append(all, r)
	}
	return best(all, most), rows.Err()
}

// numbers are cursors as one argument.
func numbers(all []int64) string {
	out := []byte{'['}
	for i, n := range all {
		if i > 0 {
			out = append(out, ',')
		}
		out = strconv.AppendInt(out, n, 10)
	}
	return string(append(out, ']'))
}

// Count is how many records a query finds, all of them.
func (s *Store) Count(ctx context.Context, q incident.Query) (n int, err error) {
	l, err := s.look(ctx, q)
	if err != nil || l == nil {
		return 0, err
	}
	if err := s.rdb.QueryRowContext(ctx, "SELECT count(*) "+l.from, l.args...).Scan(&n); err != nil {
		return 0, s.explain(fmt.Errorf("store: count hits: %w", err))
	}
	return n, nil
}

// looked is a query in SQL.
type looked struct {
	words words
	match string // in FTS5's language; empty = any words
	from  string // FROM and WHERE
	args  []any  // of from
}

func (l *looked) cursor() string {
	if l.match == "" {
		return "r.cursor"
	}
	return "search.rowid"
}

// look turns a query into SQL; nil when it asks for nothing.
func (s *Store) look(ctx context.Context, q incident.Query) (*looked, error) {
	l := &looked{words: wordsOf(q.Words)}
	if len(l.words) > wordsMost {
		return nil, fault.Input("text", "%d words are too many to look for", len(l.words)).WithHint("give at most %d", wordsMost)
	}
	ends, err := s.ends(ctx, l.words)
	if err != nil {
		return nil, s.explain(fmt.Errorf("store: search: %w", err))
	}
	l.match = l.words.match(ends)
	if l.match == "" && (!q.Narrowed() || len(l.words) == 0 && strings.TrimSpace(q.Words) != "") {
		return nil, nil
	}
	var w strings.Builder
	switch {
	case l.match != "" && !q.Narrowed(): // the index answers alone
		w.WriteString("FROM search WHERE search MATCH ?")
		l.args = append(l.args, l.match)
	case l.match != "":
		// The order of the join is ours: the words first.
		w.WriteString("FROM search CROSS JOIN record r ON r.cursor = search.rowid WHERE search MATCH ?")
		l.args = append(l.args, l.match)
	default:
		w.WriteString("FROM record r WHERE EXISTS (SELECT 1 FROM body WHERE cursor = r.cursor AND text <> '')")
	}
	if q.Incidents != nil {
		w.WriteString(" AND r.incident IN (SELECT unhex(value) FROM json_each(?))")
		l.args = append(l.args, list(q.Incidents))
		if l.match != "" && len(q.Incidents) == 1 { // its records lie close to each other
			w.WriteString(" AND search.rowid BETWEEN (SELECT min(cursor) FROM record WHERE incident = ?) AND (SELECT max(cursor) FROM record WHERE incident = ?)")
			l.args = append(l.args, q.Incidents[0][:], q.Incidents[0][:])
		}
	}
	if q.Kinds != nil {
		text, err := json.Marshal(q.Kinds)
		if err != nil {
			return nil, fmt.Errorf("store: search: %w", err)
		}
		w.WriteString(" AND r.kind IN (SELECT value FROM json_each(?))")
		l.args = append(l.args, string(text))
	}
	if q.People != nil {
		w.WriteString(` AND (r.actor IN (SELECT unhex(value) FROM json_each(?)) OR r.kind = 'action.opened' AND
			(SELECT unhex(replace(json ->> '$.owner', '-', '')) FROM body WHERE cursor = r.cursor) IN (SELECT unhex(value) FROM json_each(?)))`)
		l.args = append(l.args, list(q.People), list(q.People))
	}
	if q.From != 0 {
		w.WriteString(" AND r.at >= ?")
		l.args = append(l.args, q.From)
	}
	if q.To != 0 {
		w.WriteString(" AND r.at < ?")
		l.args = append(l.args, q.To)
	}
	l.from = w.String()
	return l, nil
}

// list is ids as one argument: a JSON array of their digits.
func list(ids []incident.ID) string {
	out := make([]string, len(ids))
	for i := range ids {
		out[i] = `"` + hex.EncodeToString(ids[i][:]) + `"`
	}
	return "[" + strings.Join(out, ",") + "]"
}
