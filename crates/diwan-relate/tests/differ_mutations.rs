//! Aligned pairs, one thing changed in each: is it found, and is nothing found where nothing was changed?
//!
//! The pairs are statements written for this archive and, where `DIWAN_SHARED` has them, translated news. One number,
//! date, name or negation of the translation is changed, or a sentence dropped, in some 500 of them.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]
#![allow(clippy::print_stdout, reason = "its figures are worth reading")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use diwan_model::{Authority, LanguageTag, PartialDate};
use diwan_relate::align::{Lexicon, Pair, align_with};
use diwan_relate::differ::{ComparedVersion, Difference, DifferenceKind, Usage, differ};
use diwan_testing::statements::statement;
use diwan_text::dates::{DateOptions, find_dates};
use diwan_text::names::{SAME_NAME, similarity};
use diwan_text::numbers::find_numbers;
use diwan_text::words::{WordKind, words_in};

struct Set {
    name: &'static str,
    /// Where its texts are from.
    kind: &'static str,
    from: LanguageTag,
    to: LanguageTag,
    pairs: Vec<Pair>,
    lexicon: Lexicon,
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

/// Statements of our own, each with sentences that say no.
fn written(from: &str, to: &str) -> Vec<Pair> {
    let no = |lang: &str, k: u64| match (lang, k % 3) {
        ("en", 0) => "The members did not approve the budget of the secretariat.",
        ("en", 1) => "The coastal States have not ratified the protocol.",
        ("en", _) => "The report does not name the persons responsible.",
        ("fr", 0) => "Les membres n’ont pas approuvé le budget du secrétariat.",
        ("fr", 1) => "Les États riverains n’ont pas ratifié le protocole.",
        ("fr", _) => "Le rapport ne nomme pas les responsables.",
        ("ar", 0) => "لم يوافق الأعضاء على ميزانية الأمانة.",
        ("ar", 1) => "لم تصدق الدول المشاطئة على البروتوكول.",
        ("ar", _) => "لا يذكر التقرير أسماء المسؤولين.",
        (_, 0) => "اعضا بودجه دبیرخانه را تصویب نکردند.",
        (_, 1) => "دولت‌های ساحلی پروتکل را تصویب نکرده‌اند.",
        (_, _) => "گزارش از افراد مسئول نام نمی‌برد.",
    };
    (0..60)
        .map(|number| {
            let side = |lang: &str| {
                let mut lines: Vec<String> = statement(number, lang).lines().map(str::to_owned).collect();
                lines.insert(1 + number as usize % 4, no(lang, number).to_owned());
                lines
            };
            Pair { source: side(from), target: side(to) }
        })
        .collect()
}

fn news(langs: &str) -> Vec<Pair> {
    let folder = shared().join(format!("bench/align/ntrex/dev/{langs}/clean"));
    let (from, to) = langs.split_once('-').unwrap();
    let Ok(list) = fs::read_dir(&folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = list.flatten().map(|e| e.path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == from));
    files.sort();
    let lines =
        |path: PathBuf| fs::read_to_string(path).unwrap().trim_end().lines().map(str::to_owned).collect();
    files.iter().map(|f| Pair { source: lines(f.clone()), target: lines(f.with_extension(to)) }).collect()
}

fn shared() -> PathBuf {
    std::env::var_os("DIWAN_SHARED")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")), PathBuf::from)
}

/// Real pages in two languages, by sentences.
fn pages(from: &str, to: &str) -> Vec<Pair> {
    let files = match (from, to) {
        ("en", "ar") => ("sentences_seed-004-en.tsv", "sentences_seed-004-ar.tsv"),
        ("ar", "fa") => ("sentences_seed-001.tsv", "sentences_seed-000.tsv"),
        _ => return Vec::new(),
    };
    let read = |file: &str| -> Option<Vec<String>> {
        let text = fs::read_to_string(shared().join("gold").join(file)).ok()?;
        Some(text.lines().skip(1).filter_map(|l| l.split('\t').nth(5)).map(str::to_owned).collect())
    };
    read(files.0).zip(read(files.1)).map(|(source, target)| Pair { source, target }).into_iter().collect()
}

fn sets() -> Vec<Set> {
    let mut out = Vec::new();
    for (name, from, to) in
        [("en-ar", "en", "ar"), ("en-fa", "en", "fa"), ("en-fr", "en", "fr"), ("ar-fa", "ar", "fa")]
    {
        let sources = [
            ("news", news(&format!("{from}-{to}"))),
            ("pages", pages(from, to)),
            ("written", written(from, to)),
        ];
        for (kind, pairs) in sources {
            if pairs.is_empty() {
                println!("skipped: {kind} {name}, DIWAN_SHARED has no such set");
                continue;
            }
            let (from, to) = (LanguageTag::new(from), LanguageTag::new(to));
            let mut lexicon = Lexicon::seed(&from, &to);
            let learnt = align_with(&pairs, &from, &to, &lexicon).1;
            lexicon.grow(&learnt);
            out.push(Set { name, kind, from, to, pairs, lexicon });
        }
    }
    out
}

fn compare(set: &Set, pair: &Pair) -> Vec<Difference> {
    let beads = align_with(std::slice::from_ref(pair), &set.from, &set.to, &set.lexicon).0.remove(0);
    let issued = Some(PartialDate::day(2018, 10, 2));
    let source = ComparedVersion {
        lang: &set.from,
        authority: Authority::Authoritative,
        issued,
        sentences: &pair.source,
    };
    let target = ComparedVersion {
        lang: &set.to,
        authority: Authority::CourtesyTranslation,
        issued,
        sentences: &pair.target,
    };
    differ(&source, &target, &beads, &Usage::default())
}

fn splice(text: &str, start: usize, end: usize, with: &str) -> String {
    format!("{}{with}{}", &text[..start], &text[end..])
}

/// A sentence of the translation with one thing changed; none where it has nothing of the kind.
fn mutate(kind: &str, set: &Set, source: &str, target: &str, dice: &mut Dice) -> Option<String> {
    let options = DateOptions { lang: set.to.clone(), issued: None };
    match kind {
        "number" => {
            let there: Vec<f64> = find_numbers(source, &set.from).iter().map(|n| n.value).collect();
            let number = find_numbers(target, &set.to).into_iter().find(|n| {
                n.span.of(target).chars().any(char::is_numeric) && there.contains(&n.value) && n.value >= 10.0
            })?;
            let printed = number.span.of(target);
            // The first digit becomes another one.
            let (at, digit) = printed.char_indices().find(|(_, c)| c.is_numeric())?;
            // "00 metres" is no number that a slip makes.
            if digit.to_digit(10) == Some(0) || matches!(digit, '٠' | '۰') {
                return None;
            }
            let zero = match digit {
                '٠'..='٩' => '٠',
                '۰'..='۹' => '۰',
                _ => '0',
            };
            let old = digit as u32 - zero as u32;
            let new = char::from_u32(zero as u32 + 1 + (old + dice.below(7) as u32) % 9)?;
            if new == digit {
                return None;
            }
            let start = number.span.start() + at;
            Some(splice(target, start, start + digit.len_utf8(), &new.to_string()))
        }
        "date" => {
            let here = DateOptions { lang: set.from.clone(), issued: None };
            let theirs: Vec<_> = find_dates(source, &here).into_iter().map(|d| d.value).collect();
            let date = find_dates(target, &options)
                .into_iter()
                .find(|d| theirs.contains(&d.value) && d.value.single().is_some_and(|d| d.day.is_some()))?;
            let printed = date.span.of(target);
            let day = words_in(printed, &set.to).into_iter().find(|w| w.kind == WordKind::Number)?;
            let old: String = day.span.of(printed).to_owned();
            let new = if old == "17" || old == "۱۷" { "18" } else { "17" };
            Some(splice(
                target,
                date.span.start() + day.span.start(),
                date.span.start() + day.span.end(),
                new,
            ))
        }
        "name" => {
            let name = diwan_text::names::find_names(source, &set.from)
                .into_iter()
                .map(|n| n.span.of(source).to_owned())
                .find(|n| n.split_whitespace().count() == 2)?;
            let last = name.split_whitespace().last()?.to_owned();
            let first = name.split_whitespace().next()?.to_owned();
            let words: Vec<_> =
                words_in(target, &set.to).into_iter().filter(|w| w.kind == WordKind::Word).collect();
            let alike =
                |name: &str, at: usize| words.get(at).map_or(0.0, |w| similarity(name, w.span.of(target)));
            let at = (1..words.len())
                .find(|k| alike(&last, *k) > SAME_NAME && alike(&first, k - 1) > SAME_NAME)?;
            let others: [&str; 2] = match set.to.primary() {
                "ar" => ["غولدشتاين", "بيرغامو"],
                "fa" => ["وینترفلد", "برگامو"],
                _ => ["Hochstetter", "Bergamo"],
            };
            // The name is changed into another one, not into one that sounds like it.
            let other =
                others.into_iter().min_by(|a, b| similarity(&last, a).total_cmp(&similarity(&last, b)))?;
            Some(splice(target, words[at].span.start(), words[at].span.end(), other))
        }
        "negation" => {
            let lower = format!(" {} ", source.to_lowercase().replace(['.', ','], " "));
            let says_no = match set.from.primary() {
                "ar" => [" لم ", " لا ", " لن ", " ليس "].iter().any(|w| lower.contains(w)),
                _ => lower.contains(" not ") && !lower.contains(" not only "),
            };
            // "Still" is said with a negation in Arabic, and is none.
            if !says_no || [" لا يزال", " لا تزال", " لا سيما", " لا بد"].iter().any(|w| lower.contains(w))
            {
                return None;
            }
            let drop: &[&str] = match set.to.primary() {
                "ar" => &["لم ", "لا ", "لن "],
                "fr" => &["n’ont pas ", " ne ", "n’est pas ", "n’a pas "],
                _ => &["ن"],
            };
            if set.to.primary() == "fa" {
                let word = words_in(target, &set.to).into_iter().find(|w| {
                    let text = w.span.of(target);
                    text.starts_with("نمی")
                        || text.starts_with("نکرد")
                        || text.starts_with("نشد")
                        || text.starts_with("نبود")
                })?;
                return Some(splice(target, word.span.start(), word.span.start() + 'ن'.len_utf8(), ""));
            }
            let (at, cue) = drop.iter().find_map(|cue| Some((target.find(*cue)?, *cue)))?;
            let with = match cue {
                "n’ont pas " => "ont ",
                "n’est pas " => "est ",
                "n’a pas " => "a ",
                _ if at == 0 => "",
                _ if cue.starts_with(' ') => " ",
                _ => "",
            };
            let (before, after) = (&target[..at], &target[at + cue.len()..]);
            // "Ne" goes with the "pas" that follows it.
            let after = if cue == " ne " {
                let pas =
                    [" pas ", " pas."].iter().filter_map(|p| after.find(p)).min().filter(|p| *p < 40)?;
                format!("{}{}", &after[..pas], &after[pas + " pas".len()..])
            } else {
                after.to_owned()
            };
            Some(format!("{before}{with}{after}"))
        }
        _ => None,
    }
}

fn kinds(kind: &str) -> &'static [DifferenceKind] {
    use DifferenceKind as K;
    match kind {
        "number" => &[K::NumberDiffers, K::NumberMissing, K::DateDiffers, K::DateMissing],
        "date" => &[K::DateDiffers, K::DateMissing, K::NumberDiffers],
        "name" => &[K::NameDiffers, K::NameMissing, K::NameOtherwise],
        "negation" => &[K::NegationDiffers],
        _ => &[K::SentenceOmitted, K::SentenceAdded],
    }
}

#[test]
fn one_change_is_found_and_untouched_pairs_are_quiet() {
    let mut dice = Dice(11);
    let (mut lines, mut alarms) = (0, 0);
    let mut by_kind: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let mut noise: BTreeMap<&str, u32> = BTreeMap::new();
    for set in sets() {
        for pair in &set.pairs {
            let before = compare(&set, pair);
            lines += pair.source.len();
            // A name in two spellings is one, whoever wrote it: those are finds.
            alarms += before.iter().filter(|d| d.kind != DifferenceKind::NameOtherwise).count();
            for difference in &before {
                *noise.entry(difference.kind.as_str()).or_default() += 1;
                if std::env::var_os("DIWAN_SHOW").is_some() {
                    let words = difference.quotes.iter().map(|q| {
                        let text = if q.side == diwan_relate::differ::ComparedSide::Source {
                            &pair.source
                        } else {
                            &pair.target
                        };
                        let text = &text[q.sentence];
                        format!("«{}» in {text}", q.span.map_or("", |s| s.of(text)))
                    });
                    println!(
                        "ALARM {} {} {} {}",
                        set.kind,
                        set.name,
                        difference.kind.as_str(),
                        words.collect::<Vec<_>>().join(" | ")
                    );
                }
            }
            for kind in ["number", "date", "name", "negation", "drop"] {
                let from = dice.below(pair.target.len());
                let mut changed = pair.clone();
                let mut at = None;
                if kind == "drop" {
                    // Headings and cries are too short to be missed.
                    at = (from..pair.target.len()).find(|k| {
                        pair.source.len() == pair.target.len()
                            && pair.source[*k].split_whitespace().count() >= 6
                    });
                    if let Some(k) = at {
                        changed.target.remove(k);
                    }
                } else if pair.source.len() == pair.target.len() {
                    for k in (from..pair.target.len()).chain(0..from) {
                        if let Some(text) = mutate(kind, &set, &pair.source[k], &pair.target[k], &mut dice) {
                            changed.target[k] = text;
                            at = Some(k);
                            break;
                        }
                    }
                }
                let Some(k) = at else { continue };
                let after = compare(&set, &changed);
                let new = |d: &&Difference| {
                    kinds(kind).contains(&d.kind) && d.quotes.iter().any(|q| q.sentence.abs_diff(k) <= 1)
                };
                let found = after.iter().filter(new).count() > before.iter().filter(new).count();
                let slot = by_kind.entry(kind).or_default();
                slot.0 += u32::from(found);
                slot.1 += 1;
                if !found && std::env::var_os("DIWAN_SHOW").is_some() {
                    println!(
                        "MISSED {kind} {} {}: {} | {}",
                        set.kind,
                        set.name,
                        pair.source[k],
                        changed.target.get(k).map_or("", |t| t)
                    );
                }
            }
        }
    }
    let (found, all) = by_kind.values().fold((0, 0), |n, k| (n.0 + k.0, n.1 + k.1));
    println!(
        "found {found} of {all}: {by_kind:?}; {alarms} alarms in {lines} untouched sentences: {noise:?}"
    );
    assert!(all >= 500 || news("en-fr").is_empty(), "{all}");
    // The bars of docs/findings.md.
    assert!(f64::from(found) >= 0.95 * f64::from(all), "{found} of {all}: {by_kind:?}");
    assert!(alarms as f64 <= 0.02 * lines as f64, "{alarms} alarms in {lines}: {noise:?}");
}
