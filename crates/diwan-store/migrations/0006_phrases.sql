-- Phrases and formulas that someone watches. A row stays when the watch ends; `ended` says when.
CREATE TABLE watched_phrase (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  phrase TEXT NOT NULL CHECK (phrase <> ''),
  lang TEXT NOT NULL,
  series TEXT,
  who TEXT NOT NULL CHECK (who <> ''),
  at TEXT NOT NULL,
  ended TEXT
) STRICT;

-- What was told already: in this statement the phrase was kept, changed or gone.
CREATE TABLE watched_told (
  watch INTEGER NOT NULL REFERENCES watched_phrase (id),
  statement TEXT NOT NULL,
  fate TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (watch, statement, fate)
) STRICT, WITHOUT ROWID;
