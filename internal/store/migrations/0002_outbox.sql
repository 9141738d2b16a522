-- The work queue of what is to leave. It is no second truth: that something was asked
-- for, and what became of it in the end, are records.

CREATE TABLE outbox (
	id          BLOB    PRIMARY KEY,
	incident    BLOB    NOT NULL,
	record      BLOB    NOT NULL REFERENCES record (id),
	actor       BLOB    NOT NULL,
	audience    TEXT    NOT NULL,
	route       TEXT    NOT NULL,
	target      TEXT    NOT NULL,
	what        TEXT    NOT NULL,
	stream      TEXT    NOT NULL,
	seq         INTEGER NOT NULL,
	key         TEXT    NOT NULL UNIQUE,
	text        TEXT    NOT NULL,
	payload     BLOB    NOT NULL,
	by_hand     TEXT    NOT NULL,
	needs       BLOB    NOT NULL,
	keep        INTEGER NOT NULL,
	merges      INTEGER NOT NULL,
	lapses      INTEGER NOT NULL,
	created     INTEGER NOT NULL,

	writer      BLOB    NOT NULL,
	state       TEXT    NOT NULL CHECK (state IN ('queued', 'sending', 'unknown', 'held', 'failed', 'sent', 'superseded', 'cancelled')),
	attempts    INTEGER NOT NULL,
	misses      INTEGER NOT NULL,
	not_before  INTEGER NOT NULL,
	stale_after INTEGER NOT NULL,
	first_try   INTEGER NOT NULL,
	last_try    INTEGER NOT NULL,
	settles     INTEGER NOT NULL,
	remote      TEXT    NOT NULL,
	link        TEXT    NOT NULL,
	why         TEXT    NOT NULL,
	hint        TEXT    NOT NULL,
	changed     INTEGER NOT NULL,
	UNIQUE (stream, seq)
) STRICT;
CREATE INDEX outbox_incident ON outbox (incident, created);
CREATE INDEX outbox_open ON outbox (created, seq) WHERE state NOT IN ('sent', 'superseded', 'cancelled');

-- What leaves was fixed when it was asked for. Only a redaction takes its words away.
CREATE TRIGGER outbox_fixed BEFORE UPDATE OF id, incident, record, audience, route, target, what, stream, seq, key, text, payload ON outbox
WHEN new.text <> '' OR length(new.payload) > 0 OR new.key <> old.key OR new.record <> old.record
BEGIN SELECT raise(ABORT, 'outbox: what was asked for is fixed'); END;
CREATE TRIGGER outbox_over BEFORE UPDATE OF state ON outbox
WHEN old.state IN ('sent', 'superseded', 'cancelled')
BEGIN SELECT raise(ABORT, 'outbox: what is over stays over'); END;

-- Who sends: one at a time.
CREATE TABLE lease (
	name   TEXT    PRIMARY KEY,
	holder TEXT    NOT NULL,
	until  INTEGER NOT NULL
) STRICT;

CREATE TABLE route_health (
	route TEXT    PRIMARY KEY,
	works INTEGER NOT NULL,
	at    INTEGER NOT NULL,
	since INTEGER NOT NULL,
	why   TEXT    NOT NULL,
	hint  TEXT    NOT NULL
) STRICT;

-- Grows with every change of the queue, so that a face sees that it should look.
CREATE TABLE outbox_mark (n INTEGER NOT NULL) STRICT;
INSERT INTO outbox_mark VALUES (0);
CREATE TRIGGER outbox_inserted AFTER INSERT ON outbox BEGIN UPDATE outbox_mark SET n = n + 1; END;
CREATE TRIGGER outbox_updated AFTER UPDATE ON outbox BEGIN UPDATE outbox_mark SET n = n + 1; END;
