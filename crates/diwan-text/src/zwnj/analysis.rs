//! How a Persian word is made: stem, compound, endings, and where a ZWNJ belongs between them.
//!
//! A word is taken apart only as far as its parts are known; what is not known stays as printed. The one exception is
//! the plural ها, so regular that it is seen behind unknown words too.

use super::lexicon::{Lexicon, joins};

/// How deep endings and compounds are looked for in one another.
const DEEPEST: u8 = 4;

/// Where (in bytes) a ZWNJ belongs in `word`; `None`: the word is not known. A known word without one gives `[]`.
pub(super) fn analyse(lexicon: &Lexicon, word: &str) -> Option<Vec<usize>> {
    Reader { lexicon }.read(word, 0)
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
}

type Joints = Option<Vec<usize>>;

fn letters(word: &str) -> usize {
    word.chars().count()
}

/// The joints of a first part, and one at its end where it joins.
fn and_end(mut joints: Vec<usize>, first: &str) -> Vec<usize> {
    if first.chars().last().is_some_and(joins) {
        joints.push(first.len());
    }
    joints
}

impl Reader<'_> {
    fn read(&self, word: &str, depth: u8) -> Joints {
        if depth > DEEPEST || letters(word) < 2 || letters(word) > 40 {
            return None;
        }
        if self.lexicon.whole.contains(word) {
            return Some(Vec::new());
        }
        if let Some(joints) = self.lexicon.fixed.get(word) {
            return Some(joints.clone());
        }
        if let Some(joints) = self.verb(word) {
            return Some(joints);
        }
        if self.is_known(word) {
            return Some(Vec::new());
        }
        self.perfect(word)
            .or_else(|| self.plural(word, depth))
            .or_else(|| self.behind_h(word, depth))
            .or_else(|| self.comparative(word, depth))
            .or_else(|| self.possessive(word, depth))
            .or_else(|| self.compound(word, depth))
            .or_else(|| self.joined_ending(word, depth))
    }

    /// A noun or adjective, bare, with an ending that is written joined, or with a prefix that is.
    fn is_known(&self, word: &str) -> bool {
        let base = |w: &str| self.lexicon.nouns.contains(w) || self.lexicon.silent_h.contains(w);
        if base(word) || self.is_participle(word) {
            return true;
        }
        let ending = |e: &str| {
            word.strip_suffix(e).is_some_and(|b| {
                !b.ends_with(['ی', 'ه']) && (self.lexicon.nouns.contains(b) || self.lexicon.whole.contains(b))
            })
        };
        if self.lexicon.joined.iter().any(|e| ending(e)) {
            return true;
        }
        ["با", "نا", "پر", "غیر", "خود", "باز", "فرا", "ابر", "زیر", "سر", "ضد", "دو", "چند", "نیم"]
            .iter()
            .any(|prefix| word.strip_prefix(prefix).is_some_and(|w| letters(w) > 2 && base(w)))
    }

    /// شده, نشده, گرفته: past stem and ه.
    fn is_participle(&self, word: &str) -> bool {
        let Some(stem) = word.strip_suffix('ه') else { return false };
        let past = &self.lexicon.past;
        past.contains(stem) || stem.strip_prefix('ن').is_some_and(|s| past.contains(s))
    }

    /// می and نمی before a verb's form, perhaps behind a preverb (بر|می|گردد: the preverb stays joined).
    fn verb(&self, word: &str) -> Joints {
        let preverbs = self.lexicon.preverbs.iter().filter_map(|p| word.strip_prefix(p.as_str()));
        for rest in std::iter::once(word).chain(preverbs) {
            for prefix in ["نمی", "می"] {
                if let Some(form) = rest.strip_prefix(prefix)
                    && self.is_verb_form(form)
                {
                    return Some(vec![word.len() - form.len()]);
                }
            }
        }
        None
    }

    fn is_verb_form(&self, form: &str) -> bool {
        let present = |stem: &str| {
            self.lexicon.present.contains(stem)
                || stem.strip_suffix('ی').is_some_and(|s| s.ends_with(['ا', 'آ', 'و']) && self.lexicon.present.contains(s))
                // The hamza's seat goes when a prefix stands before it: می|اندازد, می|افتد.
                || stem.strip_prefix('ی').is_some_and(|s| self.lexicon.present.contains(format!("ا{s}").as_str()))
        };
        let ending = |list: &[&str], known: &dyn Fn(&str) -> bool| {
            list.iter().any(|e| form.strip_suffix(e).is_some_and(known))
        };
        let past = |stem: &str| self.lexicon.past.contains(stem);
        matches!(form, "توان" | "باید" | "بایست" | "بایستی" | "شاید")
            || ending(&["یم", "ید", "ند", "م", "ی", "د", "دش", "ندش"], &present)
            || ending(&["", "یم", "ید", "ند", "م", "ی"], &past)
            || (letters(form) > 2 && form.strip_suffix('ه').is_some_and(past))
    }

    /// شده|اند, بوده|است: a participle and what is left of the verb to be.
    fn perfect(&self, word: &str) -> Joints {
        ["است", "اند", "ایم", "اید", "ام"].iter().find_map(|tail| {
            let base = word.strip_suffix(tail)?;
            (letters(base) > 2 && self.is_participle(base)).then(|| vec![base.len()])
        })
    }

    /// ها and its endings; and ه|ای, which looks the same when its ZWNJ is lost.
    fn plural(&self, word: &str, depth: u8) -> Joints {
        const TAILS: &[&str] =
            &["", "ی", "یی", "یم", "یت", "یش", "یمان", "یتان", "یشان", "شان", "مان", "تان", "ست", "یند"];
        for tail in TAILS {
            let Some(base) = word.strip_suffix(tail).and_then(|w| w.strip_suffix("ها")) else { continue };
            if letters(base) < 2 {
                continue;
            }
            let known = self.read(base, depth + 1);
            if *tail == "ی" {
                let singular = format!("{base}ه");
                let is_word = self.lexicon.silent_h.contains(&singular) || self.is_participle(&singular);
                // شاعران is a plural already, so this is شاعرانه‌ای.
                let twice = base.strip_suffix("ان").is_some_and(|b| self.lexicon.nouns.contains(b))
                    && !self.lexicon.nouns.contains(base)
                    && !self.lexicon.whole.contains(base);
                if twice && letters(base) > 4 {
                    return Some(vec![singular.len()]);
                }
                let only = known.is_none() && base.ends_with("ند") && !base.ends_with("مند");
                if only || (is_word && (known.is_none() || self.lexicon.prefer_h.contains(&singular))) {
                    return Some(vec![singular.len()]);
                }
                if known.is_none()
                    && let Some(joints) = self.read(&singular, depth + 1).filter(|j| !j.is_empty())
                {
                    return Some(and_end(joints, &singular));
                }
            }
            match known {
                Some(joints) => return Some(and_end(joints, base)),
                None if depth == 0 && letters(base) > 2 && *tail != "ست" => {
                    return Some(and_end(Vec::new(), base));
                }
                None => {}
            }
        }
        None
    }

    /// Endings that stand apart behind silent ه: ای, اند, ام, اش …
    fn behind_h(&self, word: &str, depth: u8) -> Joints {
        for tail in ["ایم", "اید", "اند", "ایست", "است", "ای", "ام", "ات", "اش", "یی"]
        {
            let Some(base) = word.strip_suffix(tail).filter(|b| b.ends_with('ه') && letters(b) > 2) else {
                continue;
            };
            if tail == "است" && !self.is_participle(base) {
                continue;
            }
            if let Some(joints) = self.read(base, depth + 1) {
                return Some(and_end(joints, base));
            }
            if tail == "اند" && depth == 0 {
                return Some(vec![base.len()]);
            }
        }
        None
    }

    /// تر and ترین behind an adjective.
    fn comparative(&self, word: &str, depth: u8) -> Joints {
        for tail in ["ترین", "تر", "تری"] {
            let Some(base) = word.strip_suffix(tail).filter(|b| letters(b) > 1) else { continue };
            if let Some(joints) = self.read(base, depth + 1) {
                return Some(and_end(joints, base));
            }
            if tail == "ترین" && letters(base) > 2 && depth == 0 {
                return Some(and_end(Vec::new(), base));
            }
        }
        None
    }

    /// مان, تان, شان stand apart behind ه and ی; so does اش.
    fn possessive(&self, word: &str, depth: u8) -> Joints {
        for tail in ["مان", "تان", "شان", "اش"] {
            let Some(base) = word.strip_suffix(tail).filter(|b| b.ends_with(['ه', 'ی']) && letters(b) > 2)
            else {
                continue;
            };
            if let Some(joints) = self.read(base, depth + 1) {
                return Some(and_end(joints, base));
            }
            if base.ends_with("انه") && letters(base) > 5 {
                return Some(vec![base.len()]);
            }
        }
        None
    }

    fn compound(&self, word: &str, depth: u8) -> Joints {
        let l = self.lexicon;
        for first in &l.before_al {
            if let Some(rest) = word.strip_prefix(first.as_str())
                && rest.strip_prefix("ال").is_some_and(|r| letters(r) > 2)
            {
                return Some(and_end(Vec::new(), first));
            }
        }
        if let Some(rest) = word.strip_prefix("بی")
            && l.after_bi.contains(rest)
        {
            return Some(vec!["بی".len()]);
        }
        let pair = |firsts: &[String], seconds: &std::collections::HashSet<String>| {
            firsts
                .iter()
                .find(|f| word.strip_prefix(f.as_str()).is_some_and(|r| seconds.contains(r)))
                .cloned()
        };
        if let Some(first) = pair(&l.numerals, &l.counted).or_else(|| pair(&l.directions, &l.sides)) {
            return Some(and_end(Vec::new(), &first));
        }
        for (at, _) in word.char_indices().skip(2) {
            let (first, second) = (word.get(..at)?, word.get(at..)?);
            let apart = l.seconds.contains(second)
                || (first.ends_with(['ه', 'ی']) && letters(first) > 2 && l.weak_seconds.contains(second));
            if apart && let Some(joints) = self.read(first, depth + 1) {
                return Some(and_end(joints, first));
            }
        }
        None
    }

    /// An ending written joined to a word that itself has a ZWNJ: ناپذیر|ی, گذار|ان.
    fn joined_ending(&self, word: &str, depth: u8) -> Joints {
        for tail in &self.lexicon.joined {
            let Some(base) = word.strip_suffix(tail.as_str()).filter(|b| letters(b) > 3) else { continue };
            if let Some(joints) = self.read(base, depth + 1).filter(|j| !j.is_empty()) {
                return Some(joints);
            }
        }
        None
    }
}
