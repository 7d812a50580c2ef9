-- Alignments of versions, what was learnt from them, translators' memories, and findings between versions.

-- Two versions of one statement, sentence by sentence. `digest` is the SHA-256 of both texts: where it and `method` are
-- the same nothing is computed again. `machine` is what the machine found, a JSON array of [first sentence, how many,
-- first, how many, confidence]; the rows of `bead` are what is shown, people's decisions over it. `compared` is the method
-- that looked for findings between the two; NULL where that has to be done (again).
CREATE TABLE alignment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  statement INTEGER NOT NULL REFERENCES statement (id),
  source TEXT NOT NULL,
  target TEXT NOT NULL CHECK (target <> source),
  digest TEXT NOT NULL,
  method TEXT NOT NULL,
  lexicon INTEGER NOT NULL,
  machine TEXT NOT NULL,
  compared TEXT,
  at TEXT NOT NULL,
  UNIQUE (statement, source, target)
) STRICT;

-- Sentences are counted from 1. An empty side has the number of the sentence before which it stands.
CREATE TABLE bead (
  alignment INTEGER NOT NULL REFERENCES alignment (id) ON DELETE CASCADE,
  n INTEGER NOT NULL CHECK (n > 0),
  source_first INTEGER NOT NULL CHECK (source_first > 0),
  source_count INTEGER NOT NULL CHECK (source_count >= 0),
  target_first INTEGER NOT NULL CHECK (target_first > 0),
  target_count INTEGER NOT NULL CHECK (target_count >= 0),
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  decision INTEGER REFERENCES decision (id),
  PRIMARY KEY (alignment, n),
  CHECK (source_count + target_count > 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX bead_source ON bead (alignment, source_first);

-- Each state of the lexicon learnt for two languages; `word_pair` holds the newest.
CREATE TABLE lexicon (
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  method TEXT NOT NULL,
  pairs INTEGER NOT NULL,
  learnt_from TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (source, target, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE word_pair (
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  word TEXT NOT NULL,
  rendering TEXT NOT NULL,
  weight REAL NOT NULL,
  PRIMARY KEY (source, target, word, rendering)
) STRICT, WITHOUT ROWID;

-- Units of translators' memories, as they came in.
CREATE TABLE memory (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  text TEXT NOT NULL,
  rendering TEXT NOT NULL,
  origin TEXT NOT NULL,
  at TEXT NOT NULL,
  UNIQUE (source, target, text, rendering)
) STRICT;

-- Where a translation departs from the text it renders. The fingerprint depends on the statement, the languages, the kind
-- and the words quoted, not on the run. `quotes` is a JSON array of {lang, n, line, text}.
CREATE TABLE version_finding (
  fingerprint TEXT PRIMARY KEY NOT NULL,
  alignment INTEGER NOT NULL REFERENCES alignment (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  severity INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 3),
  message TEXT NOT NULL,
  quotes TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX version_finding_alignment ON version_finding (alignment);
