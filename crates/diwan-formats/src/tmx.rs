//! TMX 1.4b, the exchange format of translation memories: a reader and a writer.
//!
//! The reader takes what translators' tools write: any of the Unicode encodings, `xml:lang` or `lang`, several languages a
//! unit, inline codes. Text inside codes (`bpt`, `ept`, `ph`, `it`, `ut`) is the formatting of another program and is left
//! out; highlighted text (`hi`) stays. A file that breaks off gives the units before the break, and says so.
//!
//! Source: *TMX 1.4b Specification*, OSCAR/LISA (2005), now kept by GALA.

use std::io::{self, Read, Write};

use diwan_model::LanguageTag;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The largest file that is read, in bytes.
pub const LARGEST: u64 = 512 << 20;
/// The longest text of one language in a unit, in bytes; what is longer is no sentence.
const LONGEST_SEGMENT: usize = 64 << 10;

/// A translation unit: the same words in two languages or more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unit {
    /// An identifier, where there is one.
    pub id: Option<String>,
    /// Properties of the unit (`prop`): type and words.
    pub properties: Vec<(String, String)>,
    /// A note for people.
    pub note: Option<String>,
    /// Language and words; the original first, where the writer kept that order.
    pub variants: Vec<(LanguageTag, String)>,
}

/// What a file has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    /// The language of the originals, where the header says.
    pub source: Option<LanguageTag>,
    /// The units in order; those with fewer than two languages are left out.
    pub units: Vec<Unit>,
    /// How many units were left out: empty, too long, or in one language.
    pub left_out: u64,
    /// Why the file was not read to its end, where it was not.
    pub broken: Option<String>,
}

/// What can be wrong with a memory.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TmxError {
    /// Reading failed.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// Too large.
    #[error("it is larger than {} MiB", LARGEST >> 20)]
    TooLarge,
    /// Another kind of file.
    #[error("it is no TMX file")]
    NotTmx,
}

/// Reads a memory.
///
/// ```
/// let file = r#"<tmx version="1.4"><header srclang="en"/><body><tu tuid="1"><tuv xml:lang="en"><seg>The <hi>lake</hi></seg></tuv>
///   <tuv xml:lang="fr"><seg>Le lac<ph>{b}</ph></seg></tuv></tu></body></tmx>"#;
/// let memory = diwan_formats::tmx::read(file.as_bytes())?;
/// assert_eq!(memory.units[0].variants[1], ("fr".into(), "Le lac".to_owned()));
/// # Ok::<(), diwan_formats::tmx::TmxError>(())
/// ```
///
/// # Errors
/// [`TmxError::NotTmx`] where there is no `tmx` element, [`TmxError::TooLarge`] above [`LARGEST`].
pub fn read(from: impl Read) -> Result<Memory, TmxError> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(TmxError::TooLarge);
    }
    let text = decode(&bytes);
    let mut reading = Reading::default();
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => reading.take(&event),
            Err(error) => {
                reading.memory.broken = Some(format!("at byte {}: {error}", reader.error_position()));
                break;
            }
        }
    }
    if !reading.is_tmx {
        return Err(TmxError::NotTmx);
    }
    if reading.memory.broken.is_none() && !reading.closed {
        reading.memory.broken = Some("it breaks off before its end".to_owned());
    }
    Ok(reading.memory)
}

fn decode(bytes: &[u8]) -> String {
    let wide = |big: bool, bytes: &[u8]| {
        let units: Vec<u16> = bytes
            .as_chunks::<2>()
            .0
            .iter()
            .map(|pair| if big { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) })
            .collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(false, rest),
        [0xfe, 0xff, rest @ ..] => wide(true, rest),
        [b'<', 0, ..] => wide(false, bytes),
        [0, b'<', ..] => wide(true, bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Where words go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Into {
    #[default]
    Nothing,
    Segment,
    Note,
    Property,
}

#[derive(Default)]
struct Reading {
    memory: Memory,
    is_tmx: bool,
    closed: bool,
    unit: Option<Unit>,
    lang: Option<LanguageTag>,
    words: String,
    kind: String,
    into: Into,
    /// Depth of codes whose text is left out.
    codes: usize,
}

impl Reading {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(start) => self.open(start),
            // An empty element opens and closes at once; only the header says something.
            Event::Empty(start) if start.local_name().as_ref() == "header" => self.open(start),
            Event::End(end) => {
                let name = end.local_name().as_ref().to_owned();
                self.close(&name);
            }
            Event::Text(text) => self.put(&text.xml10_content()),
            Event::CData(text) => self.put(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let name = reference.as_ref().to_owned();
                let known = quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned);
                let character = reference.resolve_char_ref().ok().flatten().map(String::from);
                self.put(&known.or(character).unwrap_or_default());
            }
            _ => {}
        }
    }

    fn open(&mut self, start: &BytesStart<'_>) {
        let attribute = |wanted: &[&str]| {
            start.attributes().flatten().find_map(|a| {
                let name = a.key.as_ref().to_ascii_lowercase();
                let value = || quick_xml::escape::unescape(&a.value).map(|v| v.into_owned()).ok();
                wanted.contains(&name.as_str()).then(value).flatten()
            })
        };
        match start.local_name().as_ref() {
            "tmx" => self.is_tmx = true,
            "header" => {
                self.memory.source =
                    attribute(&["srclang"]).filter(|tag| tag != "*all*").map(|tag| LanguageTag::new(&tag));
            }
            "tu" => self.unit = Some(Unit { id: attribute(&["tuid"]), ..Unit::default() }),
            "tuv" => self.lang = attribute(&["xml:lang", "lang"]).map(|tag| LanguageTag::new(&tag)),
            "seg" => self.begin(Into::Segment),
            "note" if self.unit.is_some() && self.lang.is_none() => self.begin(Into::Note),
            "prop" if self.unit.is_some() && self.lang.is_none() => {
                self.kind = attribute(&["type"]).unwrap_or_default();
                self.begin(Into::Property);
            }
            "bpt" | "ept" | "ph" | "it" | "ut" => self.codes += 1,
            _ => {}
        }
    }

    fn begin(&mut self, into: Into) {
        self.into = into;
        self.words.clear();
        self.codes = 0;
    }

    fn put(&mut self, words: &str) {
        if self.into != Into::Nothing && self.codes == 0 && self.words.len() <= LONGEST_SEGMENT {
            self.words.push_str(words);
        }
    }

    fn close(&mut self, name: &str) {
        let words = || self.words.split_whitespace().collect::<Vec<_>>().join(" ");
        match name {
            "seg" => {
                let words = words();
                let lang = self.lang.clone().filter(LanguageTag::is_language);
                if let (Some(unit), Some(lang)) = (&mut self.unit, lang)
                    && !words.is_empty()
                    && words.len() <= LONGEST_SEGMENT
                {
                    unit.variants.push((lang, words));
                }
                self.into = Into::Nothing;
            }
            "note" if self.into == Into::Note => {
                let words = words();
                if let Some(unit) = &mut self.unit {
                    unit.note = Some(words);
                }
                self.into = Into::Nothing;
            }
            "prop" if self.into == Into::Property => {
                let words = words();
                if let Some(unit) = &mut self.unit {
                    unit.properties.push((std::mem::take(&mut self.kind), words));
                }
                self.into = Into::Nothing;
            }
            "bpt" | "ept" | "ph" | "it" | "ut" => self.codes = self.codes.saturating_sub(1),
            "tuv" => self.lang = None,
            "tu" => match self.unit.take() {
                Some(unit) if unit.variants.len() > 1 => self.memory.units.push(unit),
                _ => self.memory.left_out += 1,
            },
            "tmx" => self.closed = true,
            _ => {}
        }
    }
}

/// Writes a memory, unit by unit.
///
/// ```
/// use diwan_formats::tmx::{self, TmxWriter, Unit};
/// let unit = Unit { variants: vec![("en".into(), "A & B".into()), ("fa".into(), "الف و ب".into())], ..Unit::default() };
/// let mut writer = TmxWriter::new(Vec::new(), Some(&"en".into()), "2026-01-31T09:00:00Z")?;
/// writer.put(&unit)?;
/// let bytes = writer.finish()?;
/// assert_eq!(tmx::read(bytes.as_slice()).unwrap().units, [unit]);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct TmxWriter<W: Write> {
    out: W,
}

impl<W: Write> TmxWriter<W> {
    /// Begins a file. `source`: the language of the originals; `None` where units differ in that. `at`: RFC 3339.
    pub fn new(mut out: W, source: Option<&LanguageTag>, at: &str) -> io::Result<Self> {
        let date: String = at.chars().filter(|c| !matches!(c, '-' | ':')).collect();
        let source = source.map_or("*all*", LanguageTag::as_str);
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">")?;
        writeln!(out, "<tmx version=\"1.4\">")?;
        writeln!(
            out,
            "<header creationtool=\"Diwan\" creationtoolversion=\"{}\" datatype=\"plaintext\" segtype=\"sentence\" \
             adminlang=\"en\" srclang=\"{}\" o-tmf=\"Diwan\" creationdate=\"{}\"/>",
            env!("CARGO_PKG_VERSION"),
            escape(source),
            escape(&date)
        )?;
        writeln!(out, "<body>")?;
        Ok(Self { out })
    }

    /// Writes a unit.
    pub fn put(&mut self, unit: &Unit) -> io::Result<()> {
        match &unit.id {
            Some(id) => writeln!(self.out, "<tu tuid=\"{}\">", escape(id))?,
            None => writeln!(self.out, "<tu>")?,
        }
        if let Some(note) = &unit.note {
            writeln!(self.out, "<note>{}</note>", escape(note))?;
        }
        for (kind, words) in &unit.properties {
            writeln!(self.out, "<prop type=\"{}\">{}</prop>", escape(kind), escape(words))?;
        }
        for (lang, words) in &unit.variants {
            writeln!(
                self.out,
                "<tuv xml:lang=\"{}\"><seg>{}</seg></tuv>",
                escape(lang.as_str()),
                escape(words)
            )?;
        }
        writeln!(self.out, "</tu>")
    }

    /// Ends the file.
    pub fn finish(mut self) -> io::Result<W> {
        writeln!(self.out, "</body>\n</tmx>")?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// What XML can hold, escaped; characters that it cannot hold are left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_translators_tools_write_is_read() {
        let file = "<?xml version=\"1.0\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\"><header srclang=\"EN-US\" \
            o-tmf=\"x\"><prop type=\"a\">b</prop></header><body>\n<tu tuid='7'><prop type=\"x-project\">Lake</prop><note>old</note>\
            <tuv xml:lang=\"EN-US\"><prop type=\"p\">q</prop><seg>The <bpt i=\"1\">&lt;b&gt;</bpt>lake<ept i=\"1\">&lt;/b&gt;</ept> \
            &amp; shore<ph x=\"2\"><sub>no</sub></ph>&#x2026;</seg></tuv><tuv lang=\"fa\"><seg>دریاچه<![CDATA[ و ]]>ساحل</seg></tuv>\
            </tu><tu><tuv xml:lang=\"en\"><seg>alone</seg></tuv></tu></body></tmx>";
        let memory = read(file.as_bytes()).unwrap();
        assert_eq!(memory.source.as_ref().unwrap().primary(), "en");
        assert_eq!((memory.units.len(), memory.left_out, &memory.broken), (1, 1, &None));
        let unit = &memory.units[0];
        assert_eq!(unit.variants[0].1, "The lake & shore…");
        assert_eq!(unit.variants[1], ("fa".into(), "دریاچه و ساحل".to_owned()));
        assert_eq!((unit.note.as_deref(), unit.properties.len()), (Some("old"), 1));
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(file.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(read(wide.as_slice()).unwrap().units, memory.units);
    }

    #[test]
    fn broken_and_other_files_say_so() {
        let file = "<tmx><body><tu><tuv xml:lang='en'><seg>a b</seg></tuv><tuv xml:lang='fr'><seg>c</seg></tuv></tu><tu><tuv";
        let memory = read(file.as_bytes()).unwrap();
        assert!(memory.units.len() == 1 && memory.broken.is_some(), "{memory:?}");
        assert!(matches!(read("<html></html>".as_bytes()), Err(TmxError::NotTmx)));
        assert!(matches!(read("".as_bytes()), Err(TmxError::NotTmx)));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(texts in proptest::collection::vec(("\\PC{1,40}", "[ا-ی\u{200c} <&>\"']{1,40}"), 1..6)) {
            let squeeze = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
            let units: Vec<Unit> = texts.iter().map(|(a, b)| Unit {
                id: Some(a.clone()),
                variants: vec![("en".into(), squeeze(a)), ("fa".into(), squeeze(b))],
                ..Unit::default()
            }).collect();
            let mut writer = TmxWriter::new(Vec::new(), None, "2026-01-31T09:00:00Z").unwrap();
            for unit in &units {
                writer.put(unit).unwrap();
            }
            let memory = read(writer.finish().unwrap().as_slice()).unwrap();
            let wanted: Vec<_> = units.iter().filter(|u| u.variants.iter().all(|(_, s)| !s.is_empty())).map(|u| &u.variants).collect();
            prop_assert_eq!(memory.units.iter().map(|u| &u.variants).collect::<Vec<_>>(), wanted);
        }

        #[test]
        fn any_bytes_are_taken(bytes in proptest::collection::vec(any::<u8>(), 0..400), head in any::<bool>()) {
            let mut all = if head { b"<tmx><body><tu><tuv xml:lang='en'><seg>".to_vec() } else { Vec::new() };
            all.extend(bytes);
            let _ = read(all.as_slice());
        }
    }
}
