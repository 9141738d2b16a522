package store

import (
	"context"
	"fmt"
	"path/filepath"

	"quarterdeck/internal/incident"
)

// dropped are the bodies that the redactions of an incident name and that are still
// here: of the records themselves, and of corrections that repeat their words.
const dropped = `WITH gone AS MATERIALIZED (
	SELECT unhex(replace(b.json ->> '$.record', '-', '')) AS id FROM record r JOIN body b ON b.cursor = r.cursor
	WHERE r.incident = ?1 AND r.kind = 'record.redacted')
SELECT b.cursor, b.text, r.kind, r.id, coalesce(CASE WHEN r.kind = 'file.attached' THEN b.json ->> '$.hash' END, '') FROM record r JOIN body b ON b.cursor = r.cursor
WHERE r.incident = ?1 AND (r.id IN (SELECT id FROM gone) OR r.kind = 'record.amended' AND b.json ->> '$.text' IS NOT NULL
	AND unhex(replace(b.json ->> '$.record', '-', '')) IN (SELECT id FROM gone))`

// longEnough is from how many bytes on a draft that holds redacted words goes with
// them: a shorter text stands in many drafts by chance.
const longEnough = 8

// redact drops what the redactions of the incident name: the index row with the old
// words, the body with its salt, drafts that hold the words, what
// waits to leave with them, and, once that is on disk, a file that was attached. The record's digest stays, so
// that the chain still verifies. It does nothing when no redaction was written.
func (t *batch) redact() error {
	if !t.gone {
		return nil
	}
	type target struct {
		cursor   int64
		text     string
		kind, id string
		file     string // the hash of one that goes with it
	}
	var all []target
	rows, err := t.s.wdb.QueryContext(t.ctx, dropped, t.Incident[:])
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var d target
		var id []byte
		if err := rows.Scan(&d.cursor, &d.text, &d.kind, &id, &d.file); err != nil {
			return err
		}
		d.id = string(id)
		all = append(all, d)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, d := range all {
		if err := t.drop(d.cursor, d.text); err != nil {
			return fmt.Errorf("drop the words of %s: %w", incident.ID([]byte(d.id)), err)
		}
		if d.file != "" { // its bytes go once this is on disk
			if _, err := t.s.wdb.ExecContext(t.ctx, "INSERT OR REPLACE INTO meta VALUES (?, '1')", unfiled+d.file); err != nil {
				return err
			}
		}
		if d.kind != string((*incident.PersonNamed)(nil).Kind()) {
			continue
		}
		if err := t.s.names(t.ctx); err != nil {
			return err
		}
	}
	if len(all) == 0 {
		return nil
	}
	_, err = t.s.wdb.ExecContext(t.ctx, "INSERT OR REPLACE INTO meta VALUES ('scrub', '1')")
	return err
}

func (t *batch) drop(cursor int64, text string) error {
	left, err := markOf(t.ctx, t.s.wdb)
	if err != nil {
		return err
	}
	if text != "" && cursor > left { // before the body, whose text the index has to be told to forget if it has it
		if _, err := t.s.wdb.ExecContext(t.ctx, "INSERT INTO search (search, rowid, text) VALUES ('delete', ?, ?)", cursor, text); err != nil {
			return err
		}
	}
	if _, err := t.s.wdb.ExecContext(t.ctx, "INSERT OR IGNORE INTO redaction VALUES (?)", cursor); err != nil {
		return err
	}
	if _, err := t.s.wdb.ExecContext(t.ctx, `DELETE FROM draft WHERE EXISTS (SELECT 1 FROM body b, json_each(b.json) w WHERE b.cursor = ?1 AND w.type = 'text'
		AND w.key IN ('title', 'text', 'basis', 'tradeoff', 'summary', 'impact', 'reason', 'thing', 'undo', 'objections', 'expect', 'worry', 'undone', 'care', 'claimed')
		AND (draft.text = w.value OR length(CAST(w.value AS BLOB)) >= ?2 AND instr(draft.text, w.value) > 0))`, cursor, longEnough); err != nil {
		return err
	}
	// What has not left does not leave any more, unless it is under way already.
	for _, q := range []string{
		"UPDATE outbox SET state = 'cancelled', why = 'its words were redacted' WHERE state IN ('queued', 'held', 'failed') AND record = (SELECT id FROM record WHERE cursor = ?)",
		"UPDATE outbox SET text = '', payload = x'', by_hand = '' WHERE text <> '' AND record = (SELECT id FROM record WHERE cursor = ?)",
	} {
		if _, err := t.s.wdb.ExecContext(t.ctx, q, cursor); err != nil {
			return err
		}
	}
	_, err = t.s.wdb.ExecContext(t.ctx, "DELETE FROM body WHERE cursor = ?", cursor)
	return err
}

// scrub empties the write-ahead log once after a redaction: it may still hold pages
// with the words. While another process reads, it is left to the next time.
func (s *Store) scrub(ctx context.Context) error {
	var due bool
	if err := s.wdb.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM meta WHERE key = 'scrub')").Scan(&due); err != nil || !due {
		return err
	}
	var busy, frames, done int
	if err := s.wdb.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &done); err != nil || busy != 0 {
		return err
	}
	_, err := s.wdb.ExecContext(ctx, "DELETE FROM meta WHERE key = 'scrub'")
	return err
}

// Copies are files beside the database that were set aside by it and still hold a
// record's words: nothing that is redacted here is redacted in them.
func (s *Store) Copies(ctx context.Context, record incident.ID) ([]string, error) {
	files, err := copies(filepath.Dir(s.path))
	if err != nil {
		return nil, err
	}
	var out []string
	for _, f := range files {
		if holds(ctx, f, record[:]) > 0 {
			out = append(out, f)
		}
	}
	return out, nil
}
