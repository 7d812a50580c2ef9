//! Furniture of sites in the archive: learnt after pages came in, known when others are read.

use std::collections::{BTreeMap, BTreeSet};

use diwan_extract::furniture::{self, Example, Side, SiteFurniture};
use diwan_model::CaptureHash;
use diwan_store::{NewFurniture, Store};
use rayon::prelude::*;

use crate::{intake, pipeline};

/// Pages of a site that are looked at: more tell nothing new.
const SAMPLE: usize = 40;

/// What is known of each site, by host.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sites(BTreeMap<String, SiteFurniture>);

impl Sites {
    /// What the archive knows, people's word before the machine's.
    pub(crate) fn of(store: &Store) -> anyhow::Result<Self> {
        let mut out = Self::default();
        for line in store.furniture(None)?.into_iter().filter(|line| line.furniture) {
            if let Some(side) = Side::parse(&line.side) {
                out.0.entry(line.host).or_default().insert(side, line.key);
            }
        }
        Ok(out)
    }

    /// The site of an address.
    pub(crate) fn site(&self, address: Option<&str>) -> Option<&SiteFurniture> {
        self.0.get(&furniture::host(address?)?)
    }
}

/// Learns from the pages of these hosts. Which of them are known otherwise than before, and by how many lines.
pub(crate) fn learn(store: &mut Store, hosts: &BTreeSet<String>) -> anyhow::Result<BTreeMap<String, usize>> {
    let mut out = BTreeMap::new();
    if hosts.is_empty() {
        return Ok(out);
    }
    // The newest capture of each address: a page that was captured again and again is one page.
    let mut pages: BTreeMap<String, BTreeMap<String, CaptureHash>> = BTreeMap::new();
    for (hash, address) in store.page_addresses()? {
        if let Some(host) = furniture::host(&address).filter(|host| hosts.contains(host)) {
            pages.entry(host).or_default().insert(address, hash);
        }
    }
    for (host, pages) in pages {
        if pages.len() < furniture::MIN_PAGES {
            continue;
        }
        let hashes = spread(pages.into_values().collect());
        let mut read = Vec::new();
        for hash in &hashes {
            if let (Some(bytes), Some(reading)) = (store.capture_bytes(*hash)?, store.reading(*hash)?) {
                read.push((*hash, bytes, reading.capture));
            }
        }
        // Pages are read without what was learnt before, so that it must be earned anew.
        let pages: Vec<_> = read
            .par_iter()
            .map(|(hash, bytes, capture)| {
                (*hash, pipeline::page(bytes, capture), pipeline::read(bytes, capture.clone(), None))
            })
            .collect();
        let examples: Vec<Example<'_>> =
            pages.iter().map(|(_, page, reading)| Example { page, reading }).collect();
        let lines: Vec<NewFurniture> = furniture::learn(&examples)
            .into_iter()
            .filter_map(|line| {
                let example = pages.get(line.example)?.0;
                Some(NewFurniture {
                    side: line.side.as_str(),
                    key: line.key,
                    text: line.text,
                    pages: line.pages,
                    example,
                })
            })
            .collect();
        if store.put_furniture(&host, examples.len(), &lines, intake::METHOD)? {
            out.insert(host, lines.len());
        }
    }
    Ok(out)
}

/// At most [`SAMPLE`] of them, evenly from the first to the last.
fn spread(all: Vec<CaptureHash>) -> Vec<CaptureHash> {
    let n = all.len();
    if n <= SAMPLE {
        return all;
    }
    (0..SAMPLE).filter_map(|k| all.get(k * n / SAMPLE).copied()).collect()
}
