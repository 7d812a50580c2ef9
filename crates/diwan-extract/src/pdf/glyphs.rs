//! The glyphs of a PDF and where they stand. The library that interprets pages is behind [`GlyphSource`], so that another
//! can take its place where a measurement says so (see `docs/documents.md`).
//!
//! A page can ask for any amount of work: forms that draw forms, a million words for one sign. What is asked for is counted, and
//! a page that asks for too much is left where it stands, with what was drawn until then.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use hayro_cmap::BfString;
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use hayro_syntax::object::{self, Dict};
use hayro_syntax::page::Page;
use hayro_syntax::{LoadPdfError, Pdf};
use icu_normalizer::ComposingNormalizerBorrowed;
use kurbo::{Affine, BezPath, Point, Rect};

/// The most pages that are read.
const MAX_PAGES: usize = 5_000;
/// The most glyphs of a document that are read.
const MAX_GLYPHS: usize = 10_000_000;
/// The most glyphs of a page; a page of a newspaper has thirty thousand.
const MAX_GLYPHS_OF_PAGE: usize = 60_000;
/// The most bytes of text of a page.
const MAX_TEXT_OF_PAGE: usize = 4 << 20;
/// The most things that a page draws or marks; maps have a few hundred thousand.
const MAX_ACTS_OF_PAGE: usize = 3_000_000;
/// Marked content within marked content.
const MAX_MARKED: usize = 1_000;
/// A glyph is drawn a thousandth of its font's size a unit.
const UNITS: f64 = 1000.0;

/// A piece of text that stands at one place: a glyph, or the glyphs for which the document itself gives the words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unit {
    /// Its letters, in the order of reading.
    pub(crate) text: String,
    /// Whether the document gave the words (`/ActualText`), so that brackets are the ones meant, not the ones seen.
    pub(crate) told: bool,
    /// From its left to its right edge, in points from the left of the page.
    pub(crate) left: f64,
    pub(crate) right: f64,
    /// Its base line, in points from the top of the page.
    pub(crate) base: f64,
    /// The size of its font, in points.
    pub(crate) size: f64,
}

/// One page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    /// Height in points.
    pub(crate) height: f64,
    /// In the order in which they are drawn.
    pub(crate) units: Vec<Unit>,
    /// Pictures drawn on it.
    pub(crate) pictures: usize,
    /// Glyphs of which no letter is known.
    pub(crate) unknown: usize,
    /// Whether it asked for too much and was not read to its end.
    pub(crate) cut: bool,
}

/// What a PDF says of itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct About {
    /// How many pages it has.
    pub(crate) pages: usize,
    /// `/Info` and the catalogue: name and value.
    pub(crate) evidence: Vec<(&'static str, String)>,
    /// `/Lang` of the catalogue.
    pub(crate) lang: Option<String>,
}

/// Why a PDF gives no pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotRead {
    /// It is locked by a password.
    Locked,
    /// It is broken beyond repair.
    Broken,
    /// A little of it unpacks to very much.
    Swells,
}

/// What comes out of a PDF, in this order: what it says of itself, then page after page.
#[derive(Debug)]
pub(crate) enum Piece {
    About(About),
    Page(Sheet),
}

/// Whatever interprets PDF pages.
pub(crate) trait GlyphSource {
    /// Gives the pieces of a document one after the other, until `stop` is set or they have all come.
    fn pieces(&self, bytes: &[u8], stop: &AtomicBool, take: &mut dyn FnMut(Piece)) -> Result<(), NotRead>;
}

/// The interpreter `hayro`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hayro;

impl GlyphSource for Hayro {
    fn pieces(&self, bytes: &[u8], stop: &AtomicBool, take: &mut dyn FnMut(Piece)) -> Result<(), NotRead> {
        // The interpreter is a large library, and a document that breaks it must not stop the rest.
        let pdf = catch_unwind(AssertUnwindSafe(|| Pdf::new(bytes.to_vec())));
        let pdf = pdf.map_err(|_| NotRead::Broken)?.map_err(|error| match error {
            LoadPdfError::Decryption(_) => NotRead::Locked,
            LoadPdfError::Invalid => NotRead::Broken,
        })?;
        let known = catch_unwind(AssertUnwindSafe(|| (about(&pdf), pdf.pages())));
        let (about, pages) = known.map_err(|_| NotRead::Broken)?;
        take(Piece::About(about));
        let mut cache = InterpreterCache::new();
        let mut glyphs = 0;
        for page in pages.iter().take(MAX_PAGES) {
            if glyphs > MAX_GLYPHS || stop.load(Ordering::Relaxed) {
                break;
            }
            let (sheet, whole) = one(page, &pdf, &cache, stop);
            glyphs += sheet.units.len();
            if !whole {
                // What is kept between pages may have been left in the middle of something.
                cache = InterpreterCache::new();
            }
            take(Piece::Page(sheet));
        }
        Ok(())
    }
}

fn about(pdf: &Pdf) -> About {
    let told = pdf.metadata();
    let mut out = About { pages: pdf.pages().len(), lang: catalogue_language(pdf), ..About::default() };
    for (name, value) in
        [("pdf:title", &told.title), ("pdf:author", &told.author), ("pdf:producer", &told.producer)]
    {
        out.evidence.extend(value.as_deref().map(words).filter(|v| !v.is_empty()).map(|v| (name, v)));
    }
    if let Some(at) = &told.creation_date {
        let date = format!("{:04}-{:02}-{:02}", at.year, at.month, at.day);
        out.evidence.push(("pdf:created", date));
    }
    out
}

/// A page, and whether the interpreter came to its end.
fn one<'a>(page: &Page<'a>, pdf: &'a Pdf, cache: &InterpreterCache<'a>, stop: &AtomicBool) -> (Sheet, bool) {
    let mut collector = Collector { sheet: Sheet::default(), marked: Vec::new(), acts: 0, text: 0, stop };
    let drawn = catch_unwind(AssertUnwindSafe(|| {
        let (_, height) = page.render_dimensions();
        collector.sheet.height = f64::from(height);
        let turned = page.initial_transform(true).as_coeffs();
        let window = Rect::new(0.0, 0.0, 1.0, 1.0);
        let mut context =
            Context::new(Affine::new(turned), window, cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut collector);
    }));
    let mut sheet = collector.sheet;
    sheet.cut = drawn.is_err();
    // A program that tells the words of a run wherever its signs would say others (browsers do) means what they say elsewhere.
    if sheet.units.iter().any(|unit| unit.told) {
        sheet.units.iter_mut().for_each(|unit| unit.told = true);
    }
    (sheet, drawn.is_ok())
}

fn catalogue_language(pdf: &Pdf) -> Option<String> {
    let root = pdf.xref().root_id();
    let root = pdf.xref().get::<Dict<'_>>(root)?;
    root.get::<object::String<'_>>("Lang").map(|lang| words(lang.as_bytes()))
}

/// A text string of a PDF: UTF-16 with a mark, UTF-8 with a mark, else (in practice) Latin.
fn words(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0,
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0,
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    };
    text.trim_matches('\0').to_owned()
}

/// Marked content that is open: the words it stands for, and the box of what was drawn in it.
#[derive(Debug, Default)]
struct Marked {
    words: Option<String>,
    held: Option<Unit>,
}

struct Collector<'s> {
    sheet: Sheet,
    marked: Vec<Marked>,
    /// What the page asked for until now, and the bytes of text that it gave.
    acts: usize,
    text: usize,
    stop: &'s AtomicBool,
}

/// Thrown through the interpreter, which has no other way to be ended within a page.
struct Enough;

impl Collector<'_> {
    /// Counts something that the page asks for; ends the page where it is too much.
    fn count(&mut self) {
        self.acts += 1;
        let much = self.acts > MAX_ACTS_OF_PAGE
            || self.text > MAX_TEXT_OF_PAGE
            || self.sheet.units.len() > MAX_GLYPHS_OF_PAGE;
        if much || (self.acts.is_multiple_of(64) && self.stop.load(Ordering::Relaxed)) {
            resume_unwind(Box::new(Enough));
        }
    }

    /// Keeps a unit, or makes the box of the words that it is a part of wider.
    fn keep(&mut self, unit: Unit) {
        let open = self.marked.iter_mut().find(|m| m.words.is_some());
        let Some(open) = open else {
            self.sheet.units.push(unit);
            return;
        };
        match &mut open.held {
            None => open.held = Some(unit),
            Some(held) => {
                // The base line is that of what takes room, not of a mark above it.
                if unit.right - unit.left > held.right - held.left {
                    held.base = unit.base;
                    held.size = unit.size;
                }
                // A mark has no room of its own, and stands anywhere over its letter.
                if held.right - held.left < 1e-6 {
                    (held.left, held.right) = (unit.left, unit.right);
                } else if unit.right - unit.left > 1e-6 {
                    held.left = held.left.min(unit.left);
                    held.right = held.right.max(unit.right);
                }
            }
        }
    }
}

impl Device<'_> for Collector<'_> {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {
        self.count();
    }

    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'_>, _: &DrawMode) {
        self.count();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count();
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.count();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
        self.count();
    }

    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.count();
        self.sheet.pictures += 1;
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.count();
            let width = match &**glyph {
                Glyph::Outline(glyph) => glyph.advance_width(),
                Glyph::Type3(glyph) => glyph.advance_width(),
            };
            let place = props.transform * glyph.transform();
            let (from, to) = (place * Point::ZERO, place * Point::new(f64::from(width.unwrap_or(0.0)), 0.0));
            let size = (place * Point::new(0.0, UNITS)).distance(from);
            let told = self.marked.iter().any(|m| m.words.is_some());
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(s)) => s,
                None => String::new(),
            };
            self.text += text.len();
            if text.is_empty() && !told {
                self.sheet.unknown += 1;
                continue;
            }
            if !(from.x.is_finite() && to.x.is_finite() && from.y.is_finite() && size.is_finite()) {
                continue;
            }
            self.keep(Unit {
                text: plain(&text),
                told: false,
                left: from.x.min(to.x),
                right: from.x.max(to.x),
                base: from.y,
                size,
            });
        }
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        self.count();
        let told = properties.and_then(|p| p.get::<object::String<'_>>("ActualText"));
        let words = told.map(|text| words(text.as_bytes()));
        self.text += words.as_ref().map_or(0, String::len);
        if self.marked.len() >= MAX_MARKED {
            resume_unwind(Box::new(Enough));
        }
        self.marked.push(Marked { words, held: None });
    }

    fn end_marked_content(&mut self) {
        let Some(Marked { words: Some(words), held: Some(mut unit) }) = self.marked.pop() else { return };
        unit.text = plain(&words);
        unit.told = true;
        self.keep(unit);
    }
}

/// Letters in the forms that they have within a word (U+FB50…, U+FE70…) and ligatures become the letters themselves.
fn plain(text: &str) -> String {
    let shaped = |c: char| matches!(c, '\u{FB00}'..='\u{FB4F}' | '\u{FB50}'..='\u{FD3D}' | '\u{FD50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    if !text.contains(shaped) {
        return text.to_owned();
    }
    let normalizer = ComposingNormalizerBorrowed::new_nfkc();
    let mut out = String::new();
    for c in text.chars() {
        if shaped(c) {
            // A mark drawn alone is written over a space or a tatweel: the mark is meant.
            let letters = normalizer.normalize(c.encode_utf8(&mut [0; 4])).into_owned();
            let alone = letters.chars().count() > 1 && letters.starts_with([' ', '\u{640}']);
            out.push_str(if alone { letters.trim_start_matches([' ', '\u{640}']) } else { &letters });
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_letters_become_letters() {
        assert_eq!(plain("\u{FEFB}"), "لا");
        assert_eq!(plain("\u{FE94}"), "ة");
        assert_eq!(plain("\u{FE7D}"), "\u{651}");
        assert_eq!(plain("ﬁn"), "fin");
        assert_eq!(plain("٣"), "٣");
    }

    #[test]
    fn text_strings_are_read_in_their_encodings() {
        assert_eq!(words(&[0xFE, 0xFF, 0x06, 0x41]), "ف");
        assert_eq!(words(b"Caf\xE9"), "Café");
        assert_eq!(words(&[]), "");
    }
}
