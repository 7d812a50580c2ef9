-- What stands round the text on the pages of a site, as it was learnt last.
CREATE TABLE site_furniture (
  host TEXT NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('head', 'tail')),
  key TEXT NOT NULL,
  text TEXT NOT NULL,
  pages INTEGER NOT NULL,
  of_pages INTEGER NOT NULL,
  example TEXT NOT NULL REFERENCES capture (sha256),
  method TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (host, side, key)
) STRICT, WITHOUT ROWID;

-- What people say of such a line; the newest row of a line counts, and none is ever changed.
CREATE TABLE furniture_decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  host TEXT NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('head', 'tail')),
  key TEXT NOT NULL,
  text TEXT NOT NULL,
  furniture INTEGER NOT NULL CHECK (furniture IN (0, 1)),
  who TEXT NOT NULL CHECK (who <> ''),
  why TEXT,
  at TEXT NOT NULL
) STRICT;
