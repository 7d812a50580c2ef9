-- The archive as it was first laid out.
-- Times are RFC 3339 in UTC with seconds; hashes are 64 lower-case hexadecimal digits.

-- Bytes that came in. The bytes lie in captures/; a row never changes.
CREATE TABLE capture (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
  media_type TEXT NOT NULL,
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  address TEXT,
  source TEXT,
  declared_encoding TEXT,
  at TEXT NOT NULL
) STRICT;

-- Each time something was handed in, whatever became of it.
CREATE TABLE intake (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL,
  address TEXT,
  capture TEXT REFERENCES capture (sha256),
  at TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('added', 'unchanged', 'refused')),
  reason TEXT
) STRICT;
CREATE INDEX intake_capture ON intake (capture);
CREATE INDEX intake_source ON intake (source);

-- What the machine read from a capture, whole, by which version of the method. Replaced when it is read again.
CREATE TABLE reading (
  capture TEXT PRIMARY KEY NOT NULL REFERENCES capture (sha256),
  method TEXT NOT NULL,
  at TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What a body said on one occasion. `record` is the machine's (JSON); the columns beside it are what is shown,
-- a person's decisions over the machine's values. AUTOINCREMENT: a number, and so a code, is never given twice.
CREATE TABLE statement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  code TEXT NOT NULL UNIQUE,
  record TEXT NOT NULL,
  title TEXT,
  lang TEXT,
  date TEXT,
  issuer TEXT,
  office TEXT,
  type TEXT,
  place TEXT,
  merged_into INTEGER REFERENCES statement (id),
  at TEXT NOT NULL
) STRICT;
CREATE INDEX statement_date ON statement (date);
CREATE INDEX statement_merged ON statement (merged_into) WHERE merged_into IS NOT NULL;

-- A statement's text in one language, as one capture gives it: statement `part`, version `position` of its reading.
-- Addresses are normalised, `alternates` (a JSON array) too; `record` is what its page says of the statement (JSON); `authority_read` what the page says,
-- `authority` what is shown. `shown` = 1 for one version of each language; it `replaces` the one before it.
CREATE TABLE version (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  statement INTEGER NOT NULL REFERENCES statement (id),
  lang TEXT NOT NULL,
  capture TEXT NOT NULL REFERENCES capture (sha256),
  part INTEGER NOT NULL,
  position INTEGER NOT NULL,
  authority TEXT NOT NULL,
  authority_read TEXT NOT NULL,
  title TEXT,
  own_address TEXT,
  original_address TEXT,
  alternates TEXT NOT NULL DEFAULT '[]',
  record TEXT NOT NULL,
  disclaimer_line INTEGER,
  begin_line INTEGER,
  end_line INTEGER,
  shown INTEGER NOT NULL CHECK (shown IN (0, 1)),
  replaces INTEGER REFERENCES version (id),
  at TEXT NOT NULL,
  UNIQUE (capture, part, position)
) STRICT;
CREATE UNIQUE INDEX version_shown ON version (statement, lang) WHERE shown = 1;
CREATE INDEX version_statement ON version (statement);
CREATE INDEX version_own ON version (own_address) WHERE own_address IS NOT NULL;
CREATE INDEX version_original ON version (original_address) WHERE original_address IS NOT NULL;

-- `block`, `start`, `end`: bytes of a block of the reading.
CREATE TABLE sentence (
  version INTEGER NOT NULL REFERENCES version (id),
  n INTEGER NOT NULL CHECK (n > 0),
  line INTEGER NOT NULL,
  text TEXT NOT NULL,
  block INTEGER,
  start INTEGER,
  "end" INTEGER,
  PRIMARY KEY (version, n)
) STRICT, WITHOUT ROWID;

-- Something inconsistent. The fingerprint depends on the capture, the kind and the words quoted, not on the run,
-- so that a decision on it outlives reading again.
CREATE TABLE finding (
  fingerprint TEXT PRIMARY KEY NOT NULL,
  capture TEXT NOT NULL REFERENCES capture (sha256),
  origin TEXT NOT NULL CHECK (origin IN ('reading', 'linking')),
  kind TEXT NOT NULL,
  severity INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 3),
  message TEXT NOT NULL,
  quotes TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_capture ON finding (capture);

-- Everything that a person decides. The newest that is not undone counts.
CREATE TABLE decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  subject_kind TEXT NOT NULL,
  subject_key TEXT NOT NULL,
  field TEXT NOT NULL,
  action TEXT NOT NULL,
  value TEXT,
  who TEXT NOT NULL CHECK (who <> ''),
  at TEXT NOT NULL,
  why TEXT,
  undoes INTEGER REFERENCES decision (id)
) STRICT;
CREATE INDEX decision_subject ON decision (subject_kind, subject_key, field);

-- Everything that happened, each entry bound to the one before it by its hash.
CREATE TABLE custody (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  event TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

-- Small facts about the archive itself.
CREATE TABLE meta (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO meta (name, value) VALUES ('revision', '0');

-- What is written once stays.
CREATE TRIGGER capture_stays BEFORE UPDATE ON capture BEGIN SELECT RAISE (ABORT, 'a capture never changes'); END;
CREATE TRIGGER capture_kept BEFORE DELETE ON capture BEGIN SELECT RAISE (ABORT, 'a capture is never removed'); END;
CREATE TRIGGER intake_stays BEFORE UPDATE ON intake BEGIN SELECT RAISE (ABORT, 'the intake log is append-only'); END;
CREATE TRIGGER intake_kept BEFORE DELETE ON intake BEGIN SELECT RAISE (ABORT, 'the intake log is append-only'); END;
CREATE TRIGGER decision_stays BEFORE UPDATE ON decision BEGIN SELECT RAISE (ABORT, 'a decision never changes'); END;
CREATE TRIGGER decision_kept BEFORE DELETE ON decision BEGIN SELECT RAISE (ABORT, 'a decision is never removed'); END;
CREATE TRIGGER custody_stays BEFORE UPDATE ON custody BEGIN SELECT RAISE (ABORT, 'the custody log is append-only'); END;
CREATE TRIGGER custody_kept BEFORE DELETE ON custody BEGIN SELECT RAISE (ABORT, 'the custody log is append-only'); END;
CREATE TRIGGER statement_kept BEFORE DELETE ON statement BEGIN SELECT RAISE (ABORT, 'a code is never given twice'); END;
CREATE TRIGGER code_stays BEFORE UPDATE OF code ON statement WHEN OLD.code <> '' BEGIN SELECT RAISE (ABORT, 'a code never changes'); END;
