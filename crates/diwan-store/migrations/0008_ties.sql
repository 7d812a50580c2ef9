-- What ties versions beyond addresses: what they say, and what people decided.

-- What a shown version is compared by (its features, opaque here), and the inverted index over them. Features mean the same
-- in any language. A profile's number is never given twice: what the index still holds of a profile that is gone is passed over.
CREATE TABLE link_profile (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL UNIQUE REFERENCES version (id) ON DELETE CASCADE,
  method TEXT NOT NULL,
  profile BLOB NOT NULL
) STRICT;
CREATE TABLE link_posting (
  feature INTEGER NOT NULL,
  profile INTEGER NOT NULL,
  PRIMARY KEY (feature, profile)
) STRICT, WITHOUT ROWID;

-- The versions of one part of a page that belong to a statement by what they say (`content`) or because a person said so
-- (`person`), or that were taken out of it by a person (`address`: its page ties them). `origin` is the statement that they are
-- otherwise; whether they are in now depends on decisions. `evidence` is a JSON array of [kind, text].
CREATE TABLE joined (
  capture TEXT NOT NULL REFERENCES capture (sha256),
  part INTEGER NOT NULL,
  statement INTEGER NOT NULL REFERENCES statement (id),
  origin INTEGER NOT NULL REFERENCES statement (id),
  method TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  evidence TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (capture, part, statement)
) STRICT, WITHOUT ROWID;
