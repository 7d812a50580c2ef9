-- The ledger. `machine` is a fact as it was read (JSON), or as a person entered it; what people decided about it lies in
-- `decision` under the kind `fact`. The id depends on the statement, the type, the words and the first sentence, not on
-- the run, so that a decision outlives reading again. `found` = 0: the last reading does not have it any more, but people
-- decided about it.
CREATE TABLE fact (
  id TEXT PRIMARY KEY NOT NULL,
  statement TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('machine', 'person')),
  machine TEXT NOT NULL,
  found INTEGER NOT NULL CHECK (found IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_statement ON fact (statement);

-- Entries of the diary that people write. Never changed: a new one takes the place of an old one.
CREATE TABLE diary (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  day TEXT NOT NULL,
  text TEXT NOT NULL CHECK (text <> ''),
  lang TEXT,
  statement TEXT,
  who TEXT NOT NULL CHECK (who <> ''),
  at TEXT NOT NULL,
  replaces INTEGER REFERENCES diary (id)
) STRICT;
CREATE INDEX diary_day ON diary (day);
