package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"quarterdeck/internal/incident"
)

// wreck is a damaged database, read record by record. Records were inserted under
// numbers without gaps, so that one that cannot be read is one that is lost.
type wreck struct {
	db   *sql.DB
	into *Store

	chains  map[chainOf]end // of the new database, as far as it goes
	touched map[incident.ID]bool
	saved   int
	lost    []lostRecord
}

// chainOf names a chain.
type chainOf struct{ incident, writer incident.ID }

// end is the last record of a chain.
type end struct {
	n    int64
	hash []byte
}

// lostRecord is what is known of one that cannot be read.
type lostRecord struct {
	cursor        int64
	incident      incident.ID // zero when not even that is known
	n             int64       // its number there; 0 when not known
	after, before int64       // it was written between these, ms UTC; 0 = not known
}

// salvage brings what can be read of a damaged database into a new one, which holds a
// backup of it already and is nobody's yet.
func salvage(ctx context.Context, path string, into *Store, base Content) (*wreck, error) {
	db, _ := pool(path, reading, "", 1)
	defer db.Close()
	w := &wreck{db: db, into: into, chains: map[chainOf]end{}, touched: map[incident.ID]bool{}}
	last, err := w.last(ctx)
	if err != nil {
		return nil, err // not a single table can be read
	}
	into.mu.Lock()
	defer into.mu.Unlock()
	err = into.transaction(ctx, func() error {
		if err := w.ends(ctx); err != nil {
			return err
		}
		if err := w.records(ctx, base, last); err != nil {
			return err
		}
		if err := w.tables(ctx); err != nil {
			return err
		}
		for id := range w.touched {
			again := &batch{Batch: incident.Batch{Incident: id}, s: into, ctx: ctx, gone: true} // a backup may be older than a redaction
			if err := again.redact(); err != nil {
				return err
			}
			if err := into.refold(ctx, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(w.lost) > 0 {
		w.identify(ctx)
	}
	return w, nil
}

// last is the highest number that a record was ever given, as far as anything still says.
func (w *wreck) last(ctx context.Context) (int64, error) {
	var most int64
	var errs []error
	for _, q := range []string{
		"SELECT coalesce(max(cursor), 0) FROM record", "SELECT coalesce(max(cursor), 0) FROM folded", "SELECT coalesce(max(cursor), 0) FROM body",
		"SELECT coalesce(max(cursor), 0) FROM record INDEXED BY sqlite_autoindex_record_2 WHERE n > 0",
	} {
		var n int64
		if err := w.db.QueryRowContext(ctx, q).Scan(&n); err != nil {
			errs = append(errs, err)
			continue
		}
		most = max(most, n)
	}
	if len(errs) == 4 {
		return 0, errors.Join(errs...)
	}
	return most, nil
}

// ends reads where the chains of the new database end.
func (w *wreck) ends(ctx context.Context) error {
	rows, err := w.into.wdb.QueryContext(ctx, "SELECT incident, writer, max(n), hash FROM record GROUP BY incident, writer")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var inc, writer []byte
		var e end
		if err := rows.Scan(&inc, &writer, &e.n, &e.hash); err != nil {
			return err
		}
		w.chains[chainOf{incident.ID(inc), incident.ID(writer)}] = e
	}
	return rows.Err()
}

// records saves those behind base. One that follows its chain stays as it is; one
// behind a hole is written again, as it was but for its place, by the new writer.
func (w *wreck) records(ctx context.Context, base Content, last int64) error {
	t := &batch{s: w.into, ctx: ctx}
	before := base.Until
	var waiting []int // lost ones that no later record has bounded yet
	for cursor := base.Last + 1; cursor <= last; cursor++ {
		recs, err := records(ctx, w.db, "WHERE r.cursor = ?", cursor)
		if err != nil || len(recs) == 0 || !recs[0].Intact() {
			w.lost = append(w.lost, lostRecord{cursor: cursor, after: before})
			waiting = append(waiting, len(w.lost)-1)
			continue
		}
		r := recs[0]
		for _, i := range waiting {
			w.lost[i].before = r.RecordedAt
		}
		before, waiting = r.RecordedAt, nil
		if err := w.put(t, r); err != nil {
			return fmt.Errorf("salvage record %d: %w", cursor, err)
		}
	}
	return nil
}

func (w *wreck) put(t *batch, r incident.Record) error {
	chain := chainOf{r.Incident, r.Writer}
	at, ok := w.chains[chain]
	if !ok {
		at.hash = incident.Root(r.Incident, r.Writer)
	}
	if r.N != at.n+1 || string(r.Prev) != string(at.hash) {
		chain.writer = w.into.writer
		if at, ok = w.chains[chain]; !ok {
			at = end{0, incident.Root(r.Incident, chain.writer)}
		}
		r.Writer, r.N, r.Sig = chain.writer, at.n+1, nil
		r.Reseal(at.hash)
	}
	if err := t.write(&r); err != nil {
		return err
	}
	w.chains[chain] = end{r.N, r.Hash}
	w.touched[r.Incident] = true
	w.saved++
	return nil
}

// tables copies the rows of the machine's own tables that can be read: they are newer
// than those of a backup.
func (w *wreck) tables(ctx context.Context) error {
	names, err := texts(ctx, w.into.wdb, `SELECT l.name FROM pragma_table_list l WHERE schema = 'main' AND type = 'table' AND wr = 0
		AND l.name NOT LIKE 'sqlite%' AND l.name NOT IN ('meta', 'record', 'body', 'redaction', 'incident', 'folded', 'person', 'lease')
		AND EXISTS (SELECT 1 FROM pragma_table_info(l.name) WHERE pk > 0)`)
	if err != nil {
		return err
	}
	for _, name := range names {
		columns, err := texts(ctx, w.into.wdb, "SELECT name FROM pragma_table_info(?)", name)
		if err != nil {
			return err
		}
		for i := range columns {
			columns[i] = `"` + columns[i] + `"`
		}
		list := strings.Join(columns, ", ")
		for _, order := range []string{"", " DESC"} { // from both ends, up to a page that cannot be read
			if w.table(ctx, name, list, len(columns), order) == nil {
				break
			}
		}
	}
	return nil
}

// table copies one; a row that the new database refuses is left behind.
func (w *wreck) table(ctx context.Context, name, list string, n int, order string) error {
	rows, err := w.db.QueryContext(ctx, fmt.Sprintf(`SELECT %s FROM %q ORDER BY rowid%s`, list, name, order))
	if err != nil {
		return err
	}
	defer rows.Close()
	put := fmt.Sprintf(`INSERT OR REPLACE INTO %q (%s) VALUES (?%s)`, name, list, strings.Repeat(", ?", n-1))
	for rows.Next() {
		values, into := make([]any, n), make([]any, n)
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		_, _ = w.into.wdb.ExecContext(ctx, put, values...) // it may rest on a record that is lost
	}
	return rows.Err()
}

func texts(ctx context.Context, q querier, query string, args ...any) ([]string, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// identify finds out which records the lost ones were, from an index that knows their
// incident and number and lies in other pages than they do.
func (w *wreck) identify(ctx context.Context) {
	at := map[int64]*lostRecord{}
	for i := range w.lost {
		at[w.lost[i].cursor] = &w.lost[i]
	}
	for _, order := range []string{"ORDER BY incident, writer, n", "ORDER BY incident DESC, writer DESC, n DESC"} {
		err := func() error {
			rows, err := w.db.QueryContext(ctx, "SELECT cursor, incident, n FROM record INDEXED BY sqlite_autoindex_record_2 "+order)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var cursor, n int64
				var inc []byte
				if err := rows.Scan(&cursor, &inc, &n); err != nil {
					return err
				}
				if l := at[cursor]; l != nil && len(inc) == len(l.incident) {
					l.incident, l.n = incident.ID(inc), n
				}
			}
			return rows.Err()
		}()
		if err == nil {
			return
		}
	}
}

// losses are the lost records of each incident, those of none known last.
func (w *wreck) losses(refs map[incident.ID]string) []Loss {
	by := map[incident.ID]*Loss{}
	for _, l := range w.lost {
		sum := by[l.incident]
		if sum == nil {
			sum = &Loss{Ref: refs[l.incident], From: math.MaxInt64, After: l.after}
			by[l.incident] = sum
		}
		sum.Count++
		sum.From, sum.To = min(sum.From, l.n), max(sum.To, l.n)
		sum.After, sum.Before = min(sum.After, l.after), l.before
	}
	out := slices.Collect(maps.Values(by))
	result := make([]Loss, len(out))
	for i, l := range out {
		result[i] = *l
	}
	slices.SortFunc(result, func(a, b Loss) int { return strings.Compare(b.Ref, a.Ref) })
	return result
}
