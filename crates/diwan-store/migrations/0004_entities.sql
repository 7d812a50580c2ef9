-- Mentions as they were read, and the authority records made of them.

-- Who and what a version names. `key` is equal for equal entities of one page; `entity` is the record it belongs to, NULL
-- until records were made. A mention inside another has its number in `inside`.
CREATE TABLE mention (
  version INTEGER NOT NULL REFERENCES version (id),
  n INTEGER NOT NULL CHECK (n > 0),
  inside INTEGER,
  line INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  sentence INTEGER,
  text TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  form TEXT NOT NULL,
  part TEXT NOT NULL,
  role TEXT,
  confidence REAL NOT NULL,
  entity INTEGER REFERENCES entity (id),
  PRIMARY KEY (version, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_entity ON mention (entity);

-- Authority records. An id is never given twice; `record` is the machine's with decisions over it (JSON). `live` = 0 where
-- no mention belongs to it any more.
CREATE TABLE entity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  record TEXT NOT NULL,
  statements INTEGER NOT NULL,
  live INTEGER NOT NULL CHECK (live IN (0, 1))
) STRICT;

-- Which record a key belongs to: so records keep their ids when they are made again.
CREATE TABLE entity_key (
  key TEXT PRIMARY KEY NOT NULL,
  entity INTEGER NOT NULL REFERENCES entity (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_key_entity ON entity_key (entity);

-- Spellings to find a record by, in strong form.
CREATE TABLE entity_name (
  name TEXT NOT NULL,
  entity INTEGER NOT NULL REFERENCES entity (id),
  PRIMARY KEY (name, entity)
) STRICT, WITHOUT ROWID;

INSERT INTO meta (name, value) VALUES ('entities', '');
