-- The log, its bodies, the caches folded from it, and this machine's own tables.

CREATE TABLE meta (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE kit (
	hash TEXT PRIMARY KEY,
	data BLOB NOT NULL
) STRICT;

CREATE TABLE record (
	cursor      INTEGER PRIMARY KEY,          -- order of insertion, local
	id          BLOB    NOT NULL UNIQUE,
	incident    BLOB    NOT NULL,
	writer      BLOB    NOT NULL,
	n           INTEGER NOT NULL,
	hlc         INTEGER NOT NULL,
	at          INTEGER NOT NULL,
	tz          INTEGER NOT NULL,
	recorded_at INTEGER NOT NULL,
	actor       BLOB    NOT NULL,
	kind        TEXT    NOT NULL,
	v           INTEGER NOT NULL,
	prev        BLOB    NOT NULL,
	digest      BLOB    NOT NULL,
	hash        BLOB    NOT NULL,
	sig         BLOB    NOT NULL,
	UNIQUE (incident, writer, n)
) STRICT;

CREATE TABLE body (
	cursor INTEGER PRIMARY KEY REFERENCES record (cursor),
	salt   BLOB NOT NULL,
	json   TEXT NOT NULL,
	text   TEXT GENERATED ALWAYS AS (concat_ws(' ', json ->> '$.title', json ->> '$.text', json ->> '$.basis', json ->> '$.tradeoff',
		json ->> '$.summary', json ->> '$.impact', json ->> '$.reason')) VIRTUAL
) STRICT;

-- A redaction names the one body that may go.
CREATE TABLE redaction (cursor INTEGER PRIMARY KEY REFERENCES record (cursor)) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (text, content = 'body', content_rowid = 'cursor', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO search (search, rank) VALUES ('automerge', 0);
INSERT INTO search (search, rank) VALUES ('crisismerge', 64);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER record_next BEFORE INSERT ON record
WHEN new.n <> 1 + coalesce((SELECT max(n) FROM record WHERE incident = new.incident AND writer = new.writer), 0)
BEGIN SELECT raise(ABORT, 'record: not the next number'); END;
CREATE TRIGGER record_update BEFORE UPDATE ON record BEGIN SELECT raise(ABORT, 'record: append only'); END;
CREATE TRIGGER record_delete BEFORE DELETE ON record BEGIN SELECT raise(ABORT, 'record: append only'); END;
CREATE TRIGGER body_update BEFORE UPDATE ON body BEGIN SELECT raise(ABORT, 'body: append only'); END;
CREATE TRIGGER body_delete BEFORE DELETE ON body
WHEN NOT EXISTS (SELECT 1 FROM redaction WHERE cursor = old.cursor)
BEGIN SELECT raise(ABORT, 'body: append only'); END;

-- Caches: dropped and rebuilt from the log by one command.
CREATE TABLE incident (
	id       BLOB    PRIMARY KEY,
	ref      TEXT    NOT NULL,
	open     INTEGER NOT NULL,
	declared INTEGER NOT NULL,
	hlc      INTEGER NOT NULL,                 -- the highest of its records
	row      TEXT    NOT NULL                  -- incident.Row
) STRICT;
CREATE TABLE folded (                          -- apart, so that a note rewrites no long row
	id     BLOB    PRIMARY KEY,
	cursor INTEGER NOT NULL,                   -- up to which state is folded
	state  TEXT    NOT NULL                    -- incident.State
) STRICT;
CREATE INDEX incident_ref ON incident (ref);
CREATE INDEX incident_list ON incident (open DESC, declared DESC);

CREATE TABLE person (
	id   BLOB PRIMARY KEY,
	name TEXT NOT NULL COLLATE NOCASE
) STRICT;
CREATE INDEX person_name ON person (name);

-- This machine's own.
CREATE TABLE draft (
	place   TEXT PRIMARY KEY,
	text    TEXT    NOT NULL,
	changed INTEGER NOT NULL
) STRICT;
CREATE TABLE ring (
	deadline TEXT    PRIMARY KEY,
	rung     INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	bubble   INTEGER NOT NULL DEFAULT 0,       -- the notification on screen, to replace it after a restart
	server   TEXT    NOT NULL DEFAULT ''
) STRICT;
