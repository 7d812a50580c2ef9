//! The compact model: how common each word is in each language, and how each language spells.
//!
//! Two tables of the same form, one of words and one of letter sequences, each a hash table whose buckets hold
//! all languages of a key side by side, so that one look-up serves them all. A value is a cost in eighths of a
//! nat: the lower, the likelier. The languages are independent of each other; adding one changes no other's figures.
//!
//! Layout of the file, numbers little-endian: `DIWANLM1`, length of the header (u32), the header as text, then per
//! table: bits (u32), number of entries (u32), 2^bits + 1 starts (u32), the entries (u32). An entry is
//! 18 bits of the hash, 6 bits of the language (its number among those of its script), 8 bits of the cost.

/// Eighths of a nat.
pub(crate) type Cost = i32;

/// How many costs make a nat.
pub(crate) const NAT: f32 = 8.0;
/// Most languages of one script.
pub(crate) const MOST_LANGUAGES: usize = 64;
/// Longest letter sequence in the table.
pub(crate) const LONGEST_SEQUENCE: usize = 4;
/// Cost of a letter that a language does not have.
const FOREIGN_LETTER: Cost = 96;
/// Cost of reading a letter after a shorter context than wanted, each step.
pub(crate) const SHORTER_CONTEXT: Cost = 6;
/// The most that one word speaks against a language: names, slips and words of other languages stand everywhere.
const MOST_OF_A_WORD: Cost = 40;
/// A listed word of at most this cost needs no look at its spelling elsewhere.
const COMMON_WORD: Cost = 64;
/// A listed word of at most this cost is looked for in the spelling of languages with short lists only.
const LISTED_WORD: Cost = 112;
/// A language whose words are unlisted at no more than this cost has a short list.
const SHORT_LIST: Cost = 14;
/// Stands before the first and after the last letter of a word.
pub(crate) const EDGE: char = '^';

const MAGIC: &[u8] = b"DIWANLM1";

/// What something costs in each language of one script.
pub(crate) type Costs = [Cost; MOST_LANGUAGES];

/// A set of the languages of one script, one bit each.
pub(crate) type Set = u64;

/// A language of the model.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ModelLanguage {
    /// Its tag.
    pub(crate) tag: String,
    /// Cost before anything is read: the languages of the archive come first.
    pub(crate) prior: Cost,
    /// Cost of a word that is not in its list of words, before its spelling: the better known the language, the dearer.
    pub(crate) unlisted: Cost,
    /// Mean cost of a letter of its own running text.
    pub(crate) usual: f32,
}

/// What a table is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key(u64);

impl Key {
    /// Of a whole word.
    pub(crate) fn word(letters: &[char]) -> Self {
        letters.iter().fold(Chain(0x5851_f42d_4c95_7f2d), |chain, c| chain.then(*c)).key()
    }

    /// Of a letter after its context, in order.
    pub(crate) fn sequence(letters: &[char]) -> Self {
        letters.iter().fold(Chain::SEQUENCE, |chain, c| chain.then(*c)).key()
    }

    fn bucket(self, bits: u32) -> usize {
        usize::try_from(self.0 >> (64 - bits)).unwrap_or(0)
    }

    fn fingerprint(self) -> u32 {
        (self.0 & 0x3_FFFF) as u32
    }
}

/// A key in the making, letter by letter.
#[derive(Debug, Clone, Copy)]
struct Chain(u64);

impl Chain {
    const SEQUENCE: Self = Self(0x1405_7b7e_f767_814f);

    #[inline]
    fn then(self, c: char) -> Self {
        let hash = (self.0 ^ u64::from(u32::from(c))).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self(hash ^ (hash >> 29))
    }

    #[inline]
    fn key(self) -> Key {
        let hash = self.0.wrapping_mul(0xbf58_476d_1ce4_e5b9);
        Key(hash ^ (hash >> 32))
    }
}

/// A hash table from keys to costs by language.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Table {
    bits: u32,
    starts: Vec<u32>,
    entries: Vec<u32>,
}

impl Table {
    /// From (key, language, cost), about four to a bucket.
    pub(crate) fn build(items: &[(Key, usize, Cost)]) -> Self {
        let bits = (items.len() / 4).max(2).ilog2().max(1);
        let mut rows: Vec<(usize, u32)> = items
            .iter()
            .map(|(key, language, cost)| {
                let (language, cost) = (u32::try_from(*language).unwrap_or(63), (*cost).clamp(0, 255));
                (
                    key.bucket(bits),
                    key.fingerprint() << 14 | language << 8 | u32::try_from(cost).unwrap_or(255),
                )
            })
            .collect();
        rows.sort_unstable();
        let mut starts = Vec::with_capacity((1 << bits) + 1);
        for bucket in 0..=(1_usize << bits) {
            starts.push(u32::try_from(rows.partition_point(|(b, _)| *b < bucket)).unwrap_or(u32::MAX));
        }
        Self { bits, starts, entries: rows.into_iter().map(|(_, entry)| entry).collect() }
    }

    /// Language and cost of each entry under `key`, by language, the least cost of each first.
    #[inline]
    pub(crate) fn find(&self, key: Key) -> impl Iterator<Item = (usize, Cost)> {
        let bucket = key.bucket(self.bits);
        let start = self.starts.get(bucket).map_or(0, |n| *n as usize);
        let end = self.starts.get(bucket + 1).map_or(0, |n| *n as usize);
        let fingerprint = key.fingerprint();
        let bucket = self.entries.get(start..end).unwrap_or_default();
        let from = bucket.partition_point(|entry| entry >> 14 < fingerprint);
        bucket
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(move |entry| **entry >> 14 == fingerprint)
            .map(|entry| ((entry >> 8 & 0x3F) as usize, (entry & 0xFF) as Cost))
    }

    fn write(&self, out: &mut Vec<u8>) {
        let entries = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        for n in [self.bits, entries].iter().chain(&self.starts).chain(&self.entries) {
            out.extend_from_slice(&n.to_le_bytes());
        }
    }

    fn read(from: &mut &[u8]) -> Option<Self> {
        let bits = read_number(from)?;
        let entries = read_number(from)? as usize;
        if !(1..=28).contains(&bits) {
            return None;
        }
        let starts = read_numbers(from, (1 << bits) + 1)?;
        let entries = read_numbers(from, entries)?;
        Some(Self { bits, starts, entries })
    }
}

fn read_number(from: &mut &[u8]) -> Option<u32> {
    let (first, rest) = from.split_first_chunk::<4>()?;
    *from = rest;
    Some(u32::from_le_bytes(*first))
}

fn read_numbers(from: &mut &[u8], count: usize) -> Option<Vec<u32>> {
    let (bytes, rest) = from.split_at_checked(count.checked_mul(4)?)?;
    *from = rest;
    Some(bytes.as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b)).collect())
}

/// The languages of one script.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Group {
    /// ISO 15924 code of the script.
    pub(crate) script: String,
    /// The languages in the order of their numbers.
    pub(crate) languages: Vec<ModelLanguage>,
    /// Those of the archive's languages whose lists of words are short.
    pub(crate) scarce: Set,
}

impl Group {
    /// The languages that `wanted` holds for.
    pub(crate) fn set(&self, wanted: impl Fn(&ModelLanguage) -> bool) -> Set {
        self.languages.iter().enumerate().filter(|(_, l)| wanted(l)).fold(0, |set, (k, _)| set | 1 << k)
    }

    /// The language of a number.
    pub(crate) fn get(&self, number: usize) -> Option<&ModelLanguage> {
        self.languages.get(number)
    }
}

/// The whole model.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Model {
    /// What it was made from, for people.
    pub(crate) about: String,
    /// The languages by script.
    pub(crate) groups: Vec<Group>,
    /// Costs of words.
    pub(crate) words: Table,
    /// Costs of the last letter of a sequence after the letters before it.
    pub(crate) sequences: Table,
}

impl Model {
    /// As bytes.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut header = String::new();
        for group in &self.groups {
            for l in &group.languages {
                header.push_str(&format!(
                    "{}\t{}\t{}\t{}\t{}\n",
                    group.script, l.tag, l.prior, l.unlisted, l.usual
                ));
            }
        }
        header.push('\n');
        header.push_str(&self.about);
        let mut out = MAGIC.to_vec();
        out.extend_from_slice(&u32::try_from(header.len()).unwrap_or(0).to_le_bytes());
        out.extend_from_slice(header.as_bytes());
        self.words.write(&mut out);
        self.sequences.write(&mut out);
        out
    }

    /// From bytes; `None` where they are no model.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let length = read_number(&mut rest)? as usize;
        let (header, mut rest) = rest.split_at_checked(length)?;
        let (languages, about) = std::str::from_utf8(header).ok()?.split_once("\n\n")?;
        let mut model = Self { about: about.to_owned(), ..Self::default() };
        for line in languages.lines() {
            let (script, language) = line.split_once('\t')?;
            model.add_language(script, read_language(language)?)?;
        }
        model.words = Table::read(&mut rest)?;
        model.sequences = Table::read(&mut rest)?;
        Some(model)
    }

    /// Adds a language to those of its script and gives its number; `None` where the script is full.
    pub(crate) fn add_language(&mut self, script: &str, language: ModelLanguage) -> Option<usize> {
        if self.group(script).is_none() {
            self.groups.push(Group { script: script.to_owned(), languages: Vec::new(), scarce: 0 });
        }
        let group = self.groups.iter_mut().find(|g| g.script == script)?;
        let scarce = language.prior == 0 && language.unlisted <= SHORT_LIST;
        group.scarce |= u64::from(scarce) << group.languages.len();
        group.languages.push(language);
        (group.languages.len() <= MOST_LANGUAGES).then_some(group.languages.len() - 1)
    }

    /// The languages written in a script.
    pub(crate) fn group(&self, script: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.script == script)
    }

    /// Adds a word to `costs` if it is common in one of the languages of `among`, as [`Self::add_word`] does; otherwise
    /// nothing is added and `None` given.
    #[inline]
    pub(crate) fn add_common(&self, key: Key, among: Set, name: bool, costs: &mut Costs) -> Option<Cost> {
        let mut least = Cost::MAX;
        for (language, cost) in self.words.find(key) {
            if among & 1 << language != 0 {
                least = least.min(cost);
            }
        }
        if least > COMMON_WORD {
            return None;
        }
        let mut open = among;
        for (language, cost) in self.words.find(key) {
            if open & 1 << language != 0
                && let Some(place) = costs.get_mut(language)
            {
                *place += dearer(cost, least, name);
                open &= !(1 << language);
            }
        }
        Some(least)
    }

    /// Adds to `costs` what a word (folded letters) costs more in each language of `among` than in the one where it
    /// costs least, but never more than `MOST_OF_A_WORD`, and halved for what is likely a name; gives that least cost.
    ///
    /// That most is taken off all languages alike, so that nothing need be added where the word is neither listed nor worth
    /// spelling: what is added lies between minus it and nothing.
    pub(crate) fn add_word(
        &self,
        key: Key,
        letters: &[char],
        group: &Group,
        among: Set,
        name: bool,
        costs: &mut Costs,
    ) -> Cost {
        let mut own = [0; MOST_LANGUAGES];
        let mut found: Set = 0;
        let mut least = Cost::MAX;
        for (language, cost) in self.words.find(key) {
            if among & !found & 1 << language != 0
                && let Some(place) = own.get_mut(language)
            {
                *place = cost;
                least = least.min(cost);
                found |= 1 << language;
            }
        }
        // A word that is common somewhere is not looked for in the spelling of the other languages: its cost there is
        // cut anyway. One that is listed at all says little against a language with a short list.
        let unlisted = if least <= COMMON_WORD {
            0
        } else if least <= LISTED_WORD {
            among & !found & group.scarce
        } else {
            among & !found
        };
        if unlisted != 0 {
            // From here on a cost is cut anyway: its spelling need not be read to the end.
            let most = least.saturating_add(MOST_OF_A_WORD);
            let mut spelt = [0; MOST_LANGUAGES];
            self.add_spelling_up_to(most, letters, unlisted, &mut spelt);
            for number in members(unlisted) {
                if let (Some(place), Some(spelt), Some(language)) =
                    (own.get_mut(number), spelt.get(number), group.get(number))
                {
                    *place = spelt + language.unlisted;
                    least = least.min(*place);
                }
            }
        }
        for language in members(found | unlisted) {
            if let (Some(cost), Some(own)) = (costs.get_mut(language), own.get(language)) {
                *cost += dearer(*own, least, name);
            }
        }
        if least == Cost::MAX { 0 } else { least }
    }

    /// Adds the cost of spelling a word letter by letter.
    pub(crate) fn add_spelling(&self, letters: &[char], among: Set, costs: &mut Costs) {
        self.add_spelling_up_to(Cost::MAX, letters, among, costs);
    }

    /// The same; languages in which it has come to `most` are not followed any further.
    fn add_spelling_up_to(&self, most: Cost, letters: &[char], mut among: Set, costs: &mut Costs) {
        // The sequences that end at the letter before, the shortest first; at the beginning, the edge alone.
        let mut chains = [Chain::SEQUENCE; LONGEST_SEQUENCE];
        let mut filled = 0;
        for &letter in [EDGE].iter().chain(letters).chain([&EDGE]) {
            chains.rotate_right(1);
            if let Some(shortest) = chains.first_mut() {
                *shortest = Chain::SEQUENCE;
            }
            chains = chains.map(|chain| chain.then(letter));
            filled = (filled + 1).min(LONGEST_SEQUENCE);
            if filled == 1 {
                continue;
            }
            among &= !self.add_letter(chains.get(..filled).unwrap_or_default(), most, among, costs);
            if among == 0 {
                return;
            }
        }
    }

    /// Adds the cost of a letter after the longest context that is known; gives the languages that came to `most`.
    #[inline]
    fn add_letter(&self, sequences: &[Chain], most: Cost, among: Set, costs: &mut Costs) -> Set {
        let mut open = among;
        let mut done: Set = 0;
        let mut steps = 0;
        for sequence in sequences.iter().rev() {
            for (language, cost) in self.sequences.find(sequence.key()) {
                if open & 1 << language != 0
                    && let Some(place) = costs.get_mut(language)
                {
                    *place += cost + steps;
                    open &= !(1 << language);
                    done |= u64::from(*place >= most) << language;
                }
            }
            if open == 0 {
                return done;
            }
            steps += SHORTER_CONTEXT;
        }
        for language in members(open) {
            if let Some(place) = costs.get_mut(language) {
                *place += FOREIGN_LETTER;
                done |= u64::from(*place >= most) << language;
            }
        }
        done
    }
}

/// The most that a word speaks against a language; what is likely a name speaks half as loud.
pub(crate) fn most_of_a_word(name: bool) -> Cost {
    if name { MOST_OF_A_WORD / 2 } else { MOST_OF_A_WORD }
}

/// What a word of cost `own` speaks against a language, less the most it could.
fn dearer(own: Cost, least: Cost, name: bool) -> Cost {
    let more = own.saturating_sub(least).min(MOST_OF_A_WORD);
    if name { more / 2 - most_of_a_word(true) } else { more - MOST_OF_A_WORD }
}

/// The numbers of a set's languages.
pub(crate) fn members(mut set: Set) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let language = set.trailing_zeros() as usize;
        if set == 0 {
            return None;
        }
        set &= set - 1;
        Some(language)
    })
}

fn read_language(line: &str) -> Option<ModelLanguage> {
    let mut fields = line.split('\t');
    Some(ModelLanguage {
        tag: fields.next()?.to_owned(),
        prior: fields.next()?.parse().ok()?,
        unlisted: fields.next()?.parse().ok()?,
        usual: fields.next()?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gives_back_what_it_holds() {
        let letters = |w: &str| w.chars().collect::<Vec<_>>();
        let items: Vec<_> =
            (0..500).map(|n| (Key::word(&letters(&format!("word{n}"))), n % 3, n as Cost % 256)).collect();
        let table = Table::build(&items);
        for (n, (key, language, cost)) in items.iter().enumerate() {
            assert!(table.find(*key).any(|found| found == (*language, *cost)), "{n}");
        }
        let mut model =
            Model { words: table.clone(), sequences: table, about: "x".into(), ..Model::default() };
        let language = ModelLanguage { tag: "ar".into(), prior: 0, unlisted: 9, usual: 1.5 };
        model.add_language("Arab", language).unwrap();
        assert_eq!(Model::from_bytes(&model.to_bytes()), Some(model));
    }

    #[test]
    fn broken_bytes_are_no_model() {
        assert_eq!(Model::from_bytes(b""), None);
        assert_eq!(Model::from_bytes(b"DIWANLM1\xff\xff\xff\xff"), None);
    }
}
