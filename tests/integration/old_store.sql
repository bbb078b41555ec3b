-- The database of version 0.1 before it had revisions, as that program made it, with one talk in it.
CREATE TABLE talks (
	id VARCHAR(64) NOT NULL,
	user VARCHAR(200) NOT NULL,
	created DATETIME NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX ix_talks_user ON talks (user);
CREATE TABLE turns (
	talk VARCHAR(64) NOT NULL,
	number INTEGER NOT NULL,
	utterance TEXT NOT NULL,
	reply TEXT NOT NULL,
	act VARCHAR(16) NOT NULL,
	focus JSON NOT NULL,
	at DATETIME NOT NULL,
	PRIMARY KEY (talk, number)
);
CREATE TABLE events (
	seq INTEGER NOT NULL,
	talk VARCHAR(64) NOT NULL,
	user VARCHAR(200) NOT NULL,
	turn INTEGER NOT NULL,
	type VARCHAR(16) NOT NULL,
	payload JSON NOT NULL,
	PRIMARY KEY (seq)
);
CREATE INDEX events_by_user ON events (user, seq);
INSERT INTO talks VALUES ('t1', 'ann', '2026-11-24 10:46:11.982188');
INSERT INTO turns VALUES ('t1', 1, 'hi', 'hello', 'chat', '["a"]', '2026-11-24 10:46:12.012840');
INSERT INTO events VALUES (1, 't1', 'ann', 1, 'Shown', '{"turn": 1, "items": ["a", "b"]}');
