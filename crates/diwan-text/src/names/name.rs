//! A name of one or more words, compiled for comparison.

use super::knowledge::{Knowledge, Role, knowledge};
use super::letters::Alphabet;
use super::terms::{Concept, Meaning, TermKind, Token};
use super::weights::Room;
use super::word::Word;

/// No name has more words that matter; what is longer is a sentence and compared by its beginning.
const MOST_PARTS: usize = 8;

/// The most that a name is like another of which it is only a part ("Godfrey" – "John Godfrey").
const CONTAINED: f32 = 0.8;

/// How well an initial agrees with a word that begins like it.
const INITIAL: f32 = 0.9;

/// A name, ready for comparison with others: parts, particles and titles told apart, words in their alphabets.
///
/// ```
/// use diwan_text::names::{Name, SAME_NAME};
/// let blinken = Name::new("Antony J. Blinken");
/// assert!(blinken.similarity(&Name::new("أنتوني بلينكن")) >= SAME_NAME);
/// assert!(blinken.similarity(&Name::new("أنتوني غوتيريش")) < SAME_NAME);
/// ```
#[derive(Debug, Clone)]
pub struct Name {
    parts: Vec<Part>,
    /// All words as one, where there is more than one or may be.
    whole: Option<Word>,
    /// For scripts that are not read: the letters in lower case.
    plain: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) word: Word,
    role: Role,
    /// What it says, if it is known: a part that says one of these is the same.
    pub(crate) concepts: Vec<Concept>,
    /// The given names that it is a settled spelling of.
    given: &'static [u16],
}

/// How alike two settled spellings of one given name are in two alphabets, at least; sound decides between several.
const SETTLED: f32 = 0.995;

/// What a particle or a title takes off that only one of two names has: they tell otherwise equal names apart.
const LONE_PARTICLE: f32 = 0.01;

/// Two parts that say different things are alike by their spelling, but no more than this.
const OTHER_CONCEPT: f32 = 0.3;

impl Part {
    fn similarity(&self, other: &Self, room: &mut Room) -> f32 {
        if self.concepts.is_empty() || other.concepts.is_empty() {
            let settled = self.word.alphabet != other.word.alphabet
                && self.given.iter().any(|name| other.given.contains(name));
            let by_sound = self.word.similarity(&other.word, room);
            return if settled { SETTLED + (1.0 - SETTLED) * by_sound } else { by_sound };
        }
        if self.concepts.iter().any(|c| other.concepts.contains(c)) {
            return 1.0;
        }
        self.word.similarity(&other.word, room).min(OTHER_CONCEPT)
    }
}

/// A printed word of a name.
pub(crate) struct Printed {
    pub(crate) folded: String,
    pub(crate) alphabet: Alphabet,
    initial: bool,
    /// Begins with an alef that bears a hamza or madda: no article.
    pub(crate) hamza: bool,
    /// Ends in alef maqsura, which is read as alef (منى) or, where ya is typed so, as ya.
    maqsura: bool,
    /// Only links others: a particle, an article, a preposition.
    pub(crate) link: bool,
}

impl Name {
    /// Compiles a name as printed, in any script.
    pub fn new(name: &str) -> Self {
        let printed = split(knowledge(), name);
        let mut plain = String::new();
        if printed.is_empty() {
            plain = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        }
        let mut parts = parts(&printed);
        // A name of light words only ("The State") is made of them.
        let carries = |p: &Part| p.role == Role::Core || p.role == Role::Distinct && !p.concepts.is_empty();
        if !parts.iter().any(carries) {
            parts.iter_mut().filter(|p| p.role == Role::Light).for_each(|p| p.role = Role::Core);
        }
        parts.truncate(MOST_PARTS);
        let whole = printed.first().map(|first| {
            let same = printed.iter().filter(|p| p.alphabet == first.alphabet && !p.initial);
            Word::new(&same.map(|p| p.folded.as_str()).collect::<String>(), first.alphabet, None, first.hamza)
        });
        Self { parts, whole: whole.filter(|w| !w.folded().is_empty()), plain }
    }

    /// How likely two printed names are the same name, from 0 to 1; the same in both directions.
    pub fn similarity(&self, other: &Self) -> f32 {
        self.similarity_in(other, &mut Room::default())
    }

    pub(crate) fn similarity_in(&self, other: &Self, room: &mut Room) -> f32 {
        let (Some(mine), Some(theirs)) = (&self.whole, &other.whole) else {
            return if self.whole.is_none() && other.whole.is_none() {
                plain(&self.plain, &other.plain)
            } else {
                0.0
            };
        };
        let by_parts = by_parts(&self.parts, &other.parts, room);
        // Parts may be written together in one spelling and apart in the other.
        let together = if self.parts.len() == other.parts.len() {
            if mine.alphabet == theirs.alphabet && mine.folded() == theirs.folded() { 1.0 } else { 0.0 }
        } else {
            mine.similarity(theirs, room)
        };
        by_parts.max(together).clamp(0.0, 1.0)
    }

    /// The words that carry the name, without article, folded.
    pub(crate) fn core_parts(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|p| matches!(p.role, Role::Core | Role::Distinct))
    }

    /// All words as one.
    pub(crate) fn whole(&self) -> Option<&Word> {
        self.whole.as_ref()
    }

    /// The letters of a name in a script that is not read.
    pub(crate) fn plain(&self) -> &str {
        &self.plain
    }
}

/// The words of a printed name, folded.
pub(crate) fn split(known: &Knowledge, name: &str) -> Vec<Printed> {
    let mut words = Vec::new();
    let mut folded = String::new();
    let mut alphabet = None;
    let mut hamza = false;
    let mut last = None;
    let mut end = |folded: &mut String,
                   alphabet: &mut Option<Alphabet>,
                   (hamza, last): (bool, Option<char>),
                   dot: bool| {
        if let (false, Some(alphabet)) = (folded.is_empty(), alphabet.take()) {
            let letters = folded.chars().count();
            let initial = letters == 1 || dot && letters == 2 && alphabet == Alphabet::Latin;
            let maqsura = last == Some('ى');
            let link = known.is_link(folded) && (maqsura || !known.is_alef_link(folded));
            words.push(Printed { folded: std::mem::take(folded), alphabet, initial, hamza, maqsura, link });
        }
        folded.clear();
    };
    for c in name.chars() {
        let before = folded.len();
        match known.fold_char(c, &mut folded) {
            Some(found) => {
                if alphabet.is_some_and(|a| a != found) {
                    // Two scripts in one word are two words.
                    let tail = folded.get(before..).unwrap_or("").to_owned();
                    folded.truncate(before);
                    end(&mut folded, &mut alphabet, (hamza, last), false);
                    folded.push_str(&tail);
                }
                if alphabet.is_none() {
                    hamza = matches!(c, 'أ' | 'إ' | 'آ');
                }
                alphabet = Some(found);
                last = Some(c);
            }
            None if silent(c) => {}
            None => end(&mut folded, &mut alphabet, (hamza, last), c == '.'),
        }
    }
    end(&mut folded, &mut alphabet, (hamza, last), false);
    // A preposition does not stand last: أحمد على is Ahmad Ali, as it is typed in Egypt.
    let several = words.len() > 1;
    if let Some(last) = words.last_mut().filter(|w| several && w.link && known.is_alef_link(&w.folded)) {
        last.link = false;
    }
    words
}

/// Characters inside a word that are no letters: vowel marks, tatweel, joiners, hamza, apostrophes.
fn silent(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0610}'..='\u{061A}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}'
        | '\u{06D6}'..='\u{06ED}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}' | '\u{00AD}' | 'ء' | '\'' | '’' | '‘' | 'ʼ' | 'ʿ' | 'ʾ' | 'ʻ' | '`' | '´' | '′')
}

fn parts(printed: &[Printed]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut rest = printed;
    while !rest.is_empty() {
        let used = match term(rest) {
            Some((used, said)) => {
                // One body by two of its names: Daesh/ISIS.
                let again = |p: &Part| {
                    parts.last().is_some_and(|l| !p.concepts.is_empty() && l.concepts == p.concepts)
                };
                let said: Vec<Part> = said.into_iter().filter(|p| !again(p)).collect();
                parts.extend(said);
                used
            }
            None => {
                let (used, part) = word_part(rest);
                parts.extend(part);
                used
            }
        };
        rest = rest.get(used.max(1)..).unwrap_or(&[]);
    }
    parts
}

/// A known phrase at the beginning: how many words, and its parts.
fn term(rest: &[Printed]) -> Option<(usize, Vec<Part>)> {
    let known = knowledge();
    let first = rest.first()?;
    if first.link && !known.is_article(&first.folded) {
        return None;
    }
    let (mut tokens, mut ends): (Vec<Token<'_>>, Vec<usize>) = (Vec::new(), Vec::new());
    for (k, word) in rest.iter().enumerate().take(3 * MOST_PARTS) {
        if word.alphabet != first.alphabet {
            break;
        }
        if !word.link {
            tokens.push((&word.folded, word.alphabet, word.hamza));
            ends.push(k + 1);
        }
    }
    let (length, meaning) = known.term(&tokens)?;
    let words: Vec<&str> = tokens.iter().take(length).map(|t| t.0).collect();
    let used = length.checked_sub(1).and_then(|last| ends.get(last))?;
    Some((*used, said(&words, first, &meaning)))
}

/// The parts of a known phrase: one, or one for each of several concepts that it says in one.
fn said(words: &[&str], first: &Printed, meaning: &Meaning) -> Vec<Part> {
    let known = knowledge();
    let role = match meaning.kind() {
        TermKind::Distinct => Role::Distinct,
        TermKind::Light => Role::Light,
        TermKind::Proper => Role::Core,
        TermKind::Word if words.len() == 1 => words.first().map_or(Role::Core, |w| known.role(w)),
        TermKind::Word => Role::Core,
    };
    let part = |folded: &str, role: Role, concepts: Vec<Concept>| Part {
        word: Word::new(folded, first.alphabet, None, first.hamza),
        role,
        concepts,
        given: &[],
    };
    if meaning.all.is_empty() {
        return vec![part(&words.concat(), role, meaning.any.clone())];
    }
    let apart = words.len() == meaning.all.len();
    let whole = words.concat();
    let all = meaning.all.iter().enumerate();
    all.map(|(k, concept)| {
        let folded = words.get(k).filter(|_| apart).copied().unwrap_or(&whole);
        let distinct = known.terms().kind(*concept) == TermKind::Distinct;
        part(folded, if distinct { Role::Distinct } else { Role::Core }, vec![*concept])
    })
    .collect()
}

/// The first word as a part, with the words that are read as one with it, articles between them left out:
/// Abd al-Rahman.
fn word_part(rest: &[Printed]) -> (usize, Option<Part>) {
    let known = knowledge();
    let mut words = rest.iter().peekable();
    let Some(word) = words.next() else { return (1, None) };
    let mut used = 1;
    let mut folded = word.folded.clone();
    let mut maqsura = word.maqsura;
    let mut bare = None;
    let follows = |next: Option<&&Printed>| next.is_some_and(|n| n.alphabet == word.alphabet && !n.initial);
    if known.is_joined(&folded) && follows(words.peek()) {
        while let Some(next) = words.next_if(|n| n.alphabet == word.alphabet && !n.initial) {
            used += 1;
            folded.push_str(&next.folded);
            maqsura = next.maqsura;
            if !known.is_article(&next.folded) {
                break;
            }
        }
    } else if known.is_article(&folded)
        && follows(words.peek())
        && let Some(next) = words.next()
    {
        used += 1;
        folded.push_str(&next.folded);
        maqsura = next.maqsura;
        bare = Some(next.folded.clone());
    }
    let role = if word.initial && bare.is_none() && folded.len() == word.folded.len() {
        Role::Initial
    } else if !word.link && known.is_alef_link(&folded) {
        Role::Core
    } else {
        known.role(bare.as_deref().unwrap_or(&folded))
    };
    let given = known.given(bare.as_deref().unwrap_or(&folded));
    let mut word = Word::new(&folded, word.alphabet, bare.as_deref(), word.hamza);
    if maqsura {
        word.read_with_final_alef();
    }
    (used, Some(Part { word, role, concepts: Vec::new(), given }))
}

fn by_parts(mine: &[Part], theirs: &[Part], room: &mut Room) -> f32 {
    let carried = |parts: &[Part]| -> Vec<usize> {
        let carries = |p: &Part| matches!(p.role, Role::Core | Role::Distinct);
        parts.iter().enumerate().filter(|(_, p)| carries(p)).map(|(k, _)| k).collect()
    };
    let (a, b) = (carried(mine), carried(theirs));
    // The name with fewer parts is laid out over the other; equal numbers give the same sum either way.
    let ((few, few_at), (many, many_at)) =
        if a.len() <= b.len() { ((mine, a), (theirs, b)) } else { ((theirs, b), (mine, a)) };
    if few_at.is_empty() {
        return 0.0;
    }
    let (mut few_words, mut many_words) = (pick(few, &few_at), pick(many, &many_at));
    // One order for both directions, so that sums and ties come out the same.
    if few_words.len() == many_words.len()
        && many_words.iter().map(|p| p.word.folded()).lt(few_words.iter().map(|p| p.word.folded()))
    {
        std::mem::swap(&mut few_words, &mut many_words);
    }
    let table: Vec<Vec<f32>> =
        few_words.iter().map(|f| many_words.iter().map(|m| f.similarity(m, room)).collect()).collect();
    let assigned = assign(&table, many_words.len());
    let (mut sum, mut all, mut weakest) = (0.0, 0.0, 1.0f32);
    let mut used = vec![false; many_words.len()];
    for ((word, line), to) in few_words.iter().zip(&table).zip(&assigned) {
        let likeness = to.and_then(|k| line.get(k)).copied().unwrap_or(0.0);
        let other = to.and_then(|k| many_words.get(k)).map_or(0.0, |p| p.word.weight());
        let weight = word.word.weight() + other;
        sum += weight * likeness;
        all += weight;
        weakest = weakest.min(likeness);
        if let Some(u) = to.and_then(|k| used.get_mut(k)) {
            *u = true;
        }
    }
    let light = |parts: &[Part]| parts.iter().filter(|p| p.role == Role::Light).count().min(3);
    let lone = LONE_PARTICLE * light(few).abs_diff(light(many)) as f32;
    let covered = if all > 0.0 { (sum / all * weakest).sqrt() * (1.0 - lone) } else { 0.0 };
    if few_words.len() == many_words.len() {
        return covered;
    }
    // What is left over must not make another name of it, nor contradict the initials of the shorter one.
    let left: Vec<&Part> =
        many_at.iter().zip(&used).filter(|(_, used)| !**used).filter_map(|(k, _)| many.get(*k)).collect();
    if left.iter().any(|p| p.role == Role::Distinct) {
        return covered * 0.4;
    }
    let initials: Vec<&Part> = few.iter().filter(|p| p.role == Role::Initial).collect();
    let agreeing = initials.iter().filter(|i| left.iter().any(|l| begins_like(&i.word, &l.word))).count();
    if !initials.is_empty() && agreeing == 0 {
        return covered * 0.5;
    }
    if agreeing >= left.len() { covered * INITIAL } else { covered * CONTAINED }
}

fn pick<'a>(parts: &'a [Part], at: &[usize]) -> Vec<&'a Part> {
    at.iter().filter_map(|k| parts.get(*k)).collect()
}

/// The assignment with the greatest sum: for each line the column that it got.
fn assign(table: &[Vec<f32>], columns: usize) -> Vec<Option<usize>> {
    let full = 1usize << columns.min(MOST_PARTS);
    let mut best = vec![f32::NEG_INFINITY; full];
    let mut choices: Vec<Vec<u8>> = Vec::new();
    if let Some(first) = best.first_mut() {
        *first = 0.0;
    }
    for line in table {
        let mut next = vec![f32::NEG_INFINITY; full];
        let mut choice = vec![u8::MAX; full];
        for (used, so_far) in best.iter().enumerate().filter(|(_, s)| s.is_finite()) {
            for (column, likeness) in line.iter().enumerate().filter(|(c, _)| used >> c & 1 == 0) {
                let with = used | 1 << column;
                if let (Some(value), Some(way)) = (next.get_mut(with), choice.get_mut(with)) {
                    // Squares: one sure part and one strange one are better than two half likenesses.
                    if so_far + likeness * likeness > *value {
                        *value = so_far + likeness * likeness;
                        *way = column as u8;
                    }
                }
            }
        }
        best = next;
        choices.push(choice);
    }
    let mut state = 0;
    let mut top = f32::NEG_INFINITY;
    for (used, value) in best.iter().enumerate() {
        if *value > top {
            (state, top) = (used, *value);
        }
    }
    let mut assigned = Vec::new();
    for choice in choices.iter().rev() {
        match choice.get(state) {
            Some(column) if *column != u8::MAX => {
                assigned.push(Some(usize::from(*column)));
                state &= !(1 << column);
            }
            _ => assigned.push(None),
        }
    }
    assigned.reverse();
    assigned
}

/// Whether a word may begin with the letter of an initial.
fn begins_like(initial: &Word, word: &Word) -> bool {
    if initial.alphabet == word.alphabet {
        return word.variants.iter().any(|v| v.folded.chars().next() == initial.folded().chars().next());
    }
    let first = |w: &Word| w.bare().chars().next().map(String::from).unwrap_or_default();
    let (latin, arabic) = if initial.alphabet == Alphabet::Latin {
        (initial.folded().to_owned(), first(word))
    } else {
        (first(word), initial.folded().to_owned())
    };
    knowledge().latin_arabic.word_score(&latin, &arabic) > 0.0
}

/// The likeness of two names in a script that is not read: the share of letters that need no change.
fn plain(a: &str, b: &str) -> f32 {
    if a == b {
        return 1.0;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(64).collect(), b.chars().take(64).collect());
    let mut line: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        for (y, cell) in b.iter().zip(line.iter_mut().skip(1)) {
            let here = (corner + usize::from(x != y)).min(left + 1).min(*cell + 1);
            corner = *cell;
            *cell = here;
            left = here;
        }
        if let Some(first) = line.first_mut() {
            *first = i + 1;
        }
    }
    let changes = line.last().copied().unwrap_or(0);
    0.9 * (1.0 - changes as f32 / a.len().max(b.len()).max(1) as f32)
}
