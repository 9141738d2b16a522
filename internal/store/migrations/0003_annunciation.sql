-- What a commander had to notice, and when. This machine's own: none of it travels.

CREATE TABLE annunciation (
	key      TEXT    NOT NULL,
	rule     TEXT    NOT NULL,
	look     TEXT    NOT NULL,
	incident BLOB    NOT NULL,
	at       INTEGER NOT NULL,
	cleared  INTEGER NOT NULL,                 -- 0 = it is lit
	again    INTEGER NOT NULL,                 -- how often it came back and counted as the same
	seen     INTEGER NOT NULL,                 -- when it was acknowledged
	PRIMARY KEY (key, rule, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX annunciation_incident ON annunciation (incident, at);
CREATE INDEX annunciation_cleared ON annunciation (cleared);
