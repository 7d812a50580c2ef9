//! `diwan reread`: kept pages read again.

use std::path::Path;

use clap::Args;
use diwan_model::{Capture, Reading};
use diwan_store::{CaptureRecord, Store};
use rayon::prelude::*;

use crate::{alignment, intake, link, output, progress};

/// Pages read at once.
const CHUNK: usize = 32;

/// Read kept pages again, where they were read by another version of Diwan or could not be read.
///
/// Codes stay, and so does everything that people decided; values and findings of the machine are replaced.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diwan reread\n  diwan reread --all")]
pub(crate) struct RereadCommand {
    /// Every page, whichever version read it.
    #[arg(long)]
    all: bool,
}

impl RereadCommand {
    /// Runs it.
    pub(crate) fn run(self, archive: &Path, quiet: bool) -> anyhow::Result<()> {
        let mut store = Store::open(archive)?;
        let _lock = store.lock()?;
        let mut captures = store.captures()?;
        captures.retain(|capture| self.all || capture.method.as_deref() != Some(intake::METHOD));
        let bar = progress::bar(captures.len() as u64, "reading", quiet);
        let (mut read, mut unread) = (0, 0);
        for chunk in captures.chunks(CHUNK) {
            let mut pages = Vec::new();
            for record in chunk {
                pages.push((capture(record), store.capture_bytes(record.sha256)?.unwrap_or_default()));
            }
            let readings: Vec<_> =
                pages.par_iter().map(|(capture, bytes)| intake::read(bytes, capture)).collect();
            for reading in readings {
                match reading {
                    Ok(reading) => {
                        put(&mut store, &reading)?;
                        read += 1;
                    }
                    // What was read of it before stays.
                    Err(_) => unread += 1,
                }
                bar.inc(1);
            }
        }
        bar.finish_and_clear();
        alignment::bring_up_to_date(&mut store, None, false, &progress::bar(0, "aligning", quiet))?;
        if quiet { Ok(()) } else { output::put(&format!("{read} read again, {unread} cannot be read\n")) }
    }
}

fn capture(record: &CaptureRecord) -> Capture {
    Capture {
        sha256: record.sha256,
        media_type: record.media_type.clone(),
        bytes: record.bytes,
        address: record.address.clone(),
        source: record.source.clone(),
        declared_encoding: record.declared_encoding.clone(),
    }
}

fn put(store: &mut Store, reading: &Reading) -> anyhow::Result<()> {
    let hash = reading.capture.sha256;
    let mut page = store.reopen_page()?;
    let mut present = Vec::new();
    for part in 0..reading.statements.len() {
        present.push(page.placed(hash, part)?.map(|candidate| candidate.code));
    }
    page.take_out(hash)?;
    page.put_reading(reading, intake::METHOD)?;
    link::place_all(&mut page, reading, &present)?;
    page.commit()?;
    Ok(())
}
