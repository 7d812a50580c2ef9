-- Where captures come from: what servers were asked and answered, what lists say of pages, what is watched, how far large
-- files were read, and where refused things can be had again.

-- One request and its response. Heads are text, each line ended by CR LF. `body` where it is no capture of its own.
CREATE TABLE exchange (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  capture TEXT REFERENCES capture (sha256),
  address TEXT NOT NULL,
  at TEXT,
  request TEXT NOT NULL,
  response TEXT NOT NULL,
  status INTEGER NOT NULL,
  peer TEXT,
  body BLOB,
  digest TEXT,
  origin TEXT NOT NULL CHECK (origin IN ('fetched', 'archive')),
  -- Exchanges of one way to a page, redirects before the page itself, have the same number.
  journey INTEGER NOT NULL
) STRICT;
CREATE INDEX exchange_capture ON exchange (capture) WHERE capture IS NOT NULL;
CREATE INDEX exchange_digest ON exchange (digest) WHERE digest IS NOT NULL AND capture IS NOT NULL;
CREATE INDEX exchange_address ON exchange (address);
CREATE INDEX exchange_journey ON exchange (journey);

-- What a list that named a page says of it.
CREATE TABLE note (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  capture TEXT NOT NULL REFERENCES capture (sha256),
  source TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (capture, source, name, value)
) STRICT;

-- Where something that was refused can be had again (JSON).
CREATE TABLE refusal (
  source TEXT PRIMARY KEY NOT NULL,
  locator TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How far a large file was read by a run that did not end.
CREATE TABLE progress (
  file TEXT PRIMARY KEY NOT NULL,
  place INTEGER NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Addresses that are asked again and again.
CREATE TABLE watch (
  address TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('unknown', 'page', 'feed', 'sitemap')),
  every_seconds INTEGER NOT NULL CHECK (every_seconds > 0),
  etag TEXT,
  last_modified TEXT,
  capture TEXT REFERENCES capture (sha256),
  checked_at TEXT,
  changed_at TEXT,
  failures INTEGER NOT NULL DEFAULT 0,
  said TEXT,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER exchange_stays BEFORE UPDATE ON exchange BEGIN SELECT RAISE (ABORT, 'an exchange never changes'); END;
CREATE TRIGGER exchange_kept BEFORE DELETE ON exchange BEGIN SELECT RAISE (ABORT, 'an exchange is never removed'); END;

-- A fetched feed or sitemap is kept as evidence and is no page: a fourth outcome.
CREATE TABLE intake_with_lists (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL,
  address TEXT,
  capture TEXT REFERENCES capture (sha256),
  at TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('added', 'unchanged', 'refused', 'list')),
  reason TEXT
) STRICT;
INSERT INTO intake_with_lists SELECT seq, source, address, capture, at, outcome, reason FROM intake ORDER BY seq;
DROP TABLE intake;
ALTER TABLE intake_with_lists RENAME TO intake;
CREATE INDEX intake_capture ON intake (capture);
CREATE INDEX intake_source ON intake (source);
CREATE TRIGGER intake_stays BEFORE UPDATE ON intake BEGIN SELECT RAISE (ABORT, 'the intake log is append-only'); END;
CREATE TRIGGER intake_kept BEFORE DELETE ON intake BEGIN SELECT RAISE (ABORT, 'the intake log is append-only'); END;
