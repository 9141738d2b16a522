-- Every word that a person wrote is searched: also what is known at a handover, how a change
-- is taken back, what spoke against a decision. The index finds the
-- beginning of a word by four of its letters, too.
DROP TABLE search;
ALTER TABLE body DROP COLUMN text;
ALTER TABLE body ADD COLUMN text TEXT GENERATED ALWAYS AS (concat_ws(' ', json ->> '$.title', json ->> '$.text', json ->> '$.basis', json ->> '$.tradeoff',
	json ->> '$.summary', json ->> '$.impact', json ->> '$.reason', json ->> '$.thing', json ->> '$.undo', json ->> '$.objections', json ->> '$.expect',
	json ->> '$.worry', json ->> '$.undone', json ->> '$.care', json ->> '$.claimed')) VIRTUAL;
CREATE VIRTUAL TABLE search USING fts5 (text, content = 'body', content_rowid = 'cursor', prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO search (search, rank) VALUES ('automerge', 0);
INSERT INTO search (search, rank) VALUES ('crisismerge', 64);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE word USING fts5vocab (search, 'instance'); -- a view of the index: which words there are
INSERT OR REPLACE INTO meta SELECT 'unindexed', max(cursor) FROM record HAVING max(cursor) > 0; -- it is filled in slices

-- What a search asks of the log besides words, without reading whole incidents.
CREATE INDEX record_fix ON record (incident) WHERE kind IN ('record.amended', 'record.undone', 'record.redacted');
CREATE INDEX record_declared ON record (incident) WHERE kind = 'incident.declared';
