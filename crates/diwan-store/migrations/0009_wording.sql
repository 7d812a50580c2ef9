-- What sentences are found by: for each shown sentence a sample of the hashes of its pairs of words (diwan_wording::near).
-- `sketched` says which versions are filed, by which method.
CREATE TABLE sketched (
  version INTEGER PRIMARY KEY REFERENCES version (id) ON DELETE CASCADE,
  method TEXT NOT NULL
) STRICT;
CREATE TABLE sketch (
  hash INTEGER NOT NULL,
  version INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
  n INTEGER NOT NULL CHECK (n > 0),
  PRIMARY KEY (hash, version, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX sketch_version ON sketch (version);

-- Formulas as they were last made; their names last while sentences come and go. `state` says of what they were made: while
-- it is the same nothing is made anew. They may be thrown away, but for the names.
CREATE TABLE wording_state (
  name TEXT PRIMARY KEY NOT NULL,
  state TEXT NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE formula_sentence (
  sentence TEXT NOT NULL,
  formula TEXT NOT NULL,
  PRIMARY KEY (sentence, formula)
) STRICT, WITHOUT ROWID;
