//! Is everything there, whole, and as it was?

use diwan_model::CaptureHash;
use serde::Serialize;

use crate::{Counts, Result, Store, custody};

/// Something wrong with the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Damage {
    /// What: `capture-missing`, `capture-altered`, `database`, `custody-broken`, `exchange-altered`, `count`.
    pub kind: &'static str,
    /// One sentence.
    pub message: String,
}

/// What was checked, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Whether nothing is wrong.
    pub ok: bool,
    /// How much there is.
    pub counts: Counts,
    /// Captures whose bytes were hashed anew.
    pub captures_hashed: u64,
    /// Entries of the custody log that fit the chain.
    pub custody_entries: u64,
    /// The hash of the last entry that fits; who writes it down can tell later that nothing before it changed.
    pub custody_head: String,
    /// Captures that lie on the disk without a row: a page whose adding was cut off. Adding it again completes it.
    pub unfinished: Vec<CaptureHash>,
    /// What is wrong.
    pub damage: Vec<Damage>,
}

impl Store {
    /// Hashes every capture anew, checks the database, walks the custody chain, and counts. `progress` is called with
    /// each capture hashed and how many there are.
    pub fn verify(&self, mut progress: impl FnMut(u64, u64)) -> Result<Verification> {
        let mut damage = Vec::new();
        self.check_database(&mut damage)?;
        let (custody_entries, custody_head, broken) = custody::check(&self.connection)?;
        if let Some(seq) = broken {
            damage.push(Damage {
                kind: "custody-broken",
                message: format!("entry {seq} of the custody log does not fit the one before it"),
            });
        }
        let known: Vec<CaptureHash> = self
            .connection
            .prepare("SELECT sha256 FROM capture ORDER BY sha256")?
            .query_map([], |row| row.get::<_, String>(0))?
            .filter_map(|hash| hash.ok()?.parse().ok())
            .collect();
        let (on_disk, strangers) = self.captures.list()?;
        for path in strangers {
            damage.push(Damage {
                kind: "stranger",
                message: format!("`{}` is among the captures and is none", path.display()),
            });
        }
        let mut hashed = 0;
        let total = u64::try_from(on_disk.len()).unwrap_or(u64::MAX);
        for hash in &on_disk {
            let path = self.captures.path(*hash);
            match self.captures.bytes(*hash)? {
                Some(bytes) if CaptureHash::of(&bytes) == *hash => {}
                _ => damage.push(Damage {
                    kind: "capture-altered",
                    message: format!("the bytes of `{}` are not those that came in", path.display()),
                }),
            }
            hashed += 1;
            progress(hashed, total);
        }
        for hash in known.iter().filter(|hash| on_disk.binary_search(hash).is_err()) {
            damage.push(Damage {
                kind: "capture-missing",
                message: format!("the bytes of capture {hash} are missing"),
            });
        }
        let counts = self.counts()?;
        self.check_counts(&mut damage)?;
        Ok(Verification {
            ok: damage.is_empty(),
            counts,
            captures_hashed: hashed,
            custody_entries,
            custody_head,
            unfinished: on_disk.into_iter().filter(|hash| known.binary_search(hash).is_err()).collect(),
            damage,
        })
    }

    fn check_database(&self, damage: &mut Vec<Damage>) -> Result<()> {
        let mut add = |message: String| damage.push(Damage { kind: "database", message });
        let mut check = self.connection.prepare("PRAGMA integrity_check")?;
        for line in check.query_map([], |row| row.get::<_, String>(0))? {
            let line = line?;
            if line != "ok" {
                add(format!("the database: {line}"));
            }
        }
        let mut check = self.connection.prepare("PRAGMA foreign_key_check")?;
        for table in check.query_map([], |row| row.get::<_, String>(0))? {
            add(format!("a row of `{}` points at nothing", table?));
        }
        Ok(())
    }

    /// Relations between tables that must always hold, each as a count of rows that break it.
    fn check_counts(&self, damage: &mut Vec<Damage>) -> Result<()> {
        let rules = [
            (
                "captures without an entry in the intake log",
                "SELECT count(*) FROM capture WHERE sha256 NOT IN (SELECT capture FROM intake WHERE capture IS NOT NULL)",
            ),
            (
                "pages logged as added without a reading",
                "SELECT count(*) FROM intake WHERE outcome = 'added' AND capture NOT IN (SELECT capture FROM reading)",
            ),
            (
                "languages of a statement without a version that is shown",
                "SELECT count(*) FROM (SELECT 1 FROM version GROUP BY statement, lang HAVING sum(shown) <> 1)",
            ),
            (
                "versions of a statement that was merged into another",
                "SELECT count(*) FROM version JOIN statement ON statement.id = version.statement WHERE merged_into IS NOT NULL",
            ),
            (
                "intake entries without an entry in the custody log",
                "SELECT abs((SELECT count(*) FROM intake) - (SELECT count(*) FROM custody WHERE event = 'intake'))",
            ),
            (
                "decisions without an entry in the custody log",
                "SELECT abs((SELECT count(*) FROM decision) - (SELECT count(*) FROM custody WHERE event = 'decision'))",
            ),
            (
                "readings without their parts: the number of versions differs",
                "SELECT count(*) FROM reading AS r WHERE (SELECT count(*) FROM version WHERE capture = r.capture) <>
                   (SELECT coalesce(sum(json_array_length(s.value, '$.versions')), 0)
                    FROM json_each(r.json, '$.statements') AS s)",
            ),
        ];
        let altered = crate::origin::altered(&self.connection)?;
        if altered > 0 {
            let message =
                format!("{altered} exchanges with servers are not those that the custody log knows");
            damage.push(Damage { kind: "exchange-altered", message });
        }
        for (what, sql) in rules {
            let n: i64 = self.connection.query_row(sql, [], |row| row.get(0))?;
            if n > 0 {
                damage.push(Damage { kind: "count", message: format!("{n} {what}") });
            }
        }
        Ok(())
    }
}
