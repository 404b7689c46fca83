//! From what was typed to what is looked up.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::forms::{self, INITIALS_MAX, NUMBER_MIN, Syllables};
use super::listed::Listed;
use super::words::{Words, family_code};
use super::{QUERY_CHARS_MAX, Search};
use crate::index::{Key, Snapshot};
use crate::text::{Analyser, is_han};

/// Parts of a query that are looked at; what comes after them is left.
const UNITS_MAX: usize = 16;
/// Terms of one part that are looked up.
const TERMS_MAX: usize = 12;
/// A word of Latin letters this long is also found with one letter wrong.
const FUZZY_LETTERS_MIN: usize = 5;
/// The automaton of one wrong letter is made for words up to here.
const FUZZY_LETTERS_MAX: usize = 32;
/// Letters that may be initials: more than these are nobody's shorthand.
const INITIALS_TYPED_MAX: usize = 12;
/// Digits that make a whole query look like a number.
const NUMBER_DIGITS_MIN: usize = 4;

/// What a hit in each place is worth beside BM25.
mod worth {
    pub(super) const TITLE: f32 = 3.0;
    pub(super) const BODY: f32 = 1.0;
    pub(super) const FUZZY: f32 = 0.4;
    /// The very characters, one after the other, in a name.
    pub(super) const PAIRS: f32 = 6.0;
    pub(super) const SOUNDS: f32 = 1.0;
    pub(super) const INITIALS: f32 = 0.5;
    /// A number says exactly what is meant.
    pub(super) const NUMBER: f32 = 50.0;
}

/// A part of what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unit {
    /// Chinese characters.
    Han(String),
    /// Latin letters and digits, in lower case.
    Latin(String),
}

/// The parts of what was typed.
pub(super) fn units(text: &str) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    let mut is_open = false;
    for c in text.chars().take(QUERY_CHARS_MAX) {
        let is_word = c.is_alphanumeric();
        if !is_word {
            is_open = false;
            continue;
        }
        match (is_han(c), out.last_mut()) {
            (true, Some(Unit::Han(run))) if is_open => run.push(c),
            (false, Some(Unit::Latin(run))) if is_open => run.extend(c.to_lowercase()),
            (true, _) => out.push(Unit::Han(c.to_string())),
            (false, _) => out.push(Unit::Latin(c.to_lowercase().collect())),
        }
        is_open = true;
    }
    out.truncate(UNITS_MAX);
    out
}

/// Makes queries.
pub(super) struct Maker<'a> {
    pub(super) words: &'a Words,
    pub(super) snapshot: &'a Snapshot,
    pub(super) analyser: &'a Analyser,
    pub(super) syllables: &'a Syllables,
}

type Part = Box<dyn Query>;

fn any(mut parts: Vec<Part>) -> Part {
    match parts.len() {
        0 => Box::new(EmptyQuery),
        1 => parts.remove(0),
        _ => Box::new(BooleanQuery::union(parts)),
    }
}

fn all(mut parts: Vec<Part>) -> Part {
    match parts.len() {
        0 => Box::new(EmptyQuery),
        1 => parts.remove(0),
        _ => Box::new(BooleanQuery::intersection(parts)),
    }
}

fn worth(part: Part, score: f32) -> Part {
    Box::new(ConstScoreQuery::new(part, score))
}

impl Maker<'_> {
    /// The whole query: every part must be found when `is_strict`, else more than half of them. With nothing typed,
    /// everything.
    pub(super) fn make(&self, search: &Search, text: &str, is_strict: bool) -> Part {
        let units = units(text);
        let mut clauses: Vec<(Occur, Part)> = self
            .filters(search)
            .into_iter()
            .map(|part| (Occur::Must, part))
            .collect();
        if units.is_empty() {
            clauses.push((Occur::Must, worth(Box::new(tantivy::query::AllQuery), 1.0)));
            return Box::new(BooleanQuery::new(clauses));
        }
        let mut parts: Vec<(Occur, Part)> = Vec::new();
        let needed = if is_strict { units.len() } else { units.len() / 2 + 1 };
        for unit in &units {
            parts.push((Occur::Should, self.unit(unit)));
        }
        let words = BooleanQuery::with_minimum_required_clauses(parts, needed);
        let whole = match self.whole_number(text) {
            Some(number) => any(vec![Box::new(words), number]),
            None => Box::new(words),
        };
        clauses.push((Occur::Must, whole));
        Box::new(BooleanQuery::new(clauses))
    }

    /// What is being typed: all parts in a name, the last one perhaps not yet whole.
    pub(super) fn typing(&self, text: &str) -> Part {
        let units = units(text);
        let last = units.len().saturating_sub(1);
        let parts = units.iter().enumerate().map(|(at, unit)| match unit {
            Unit::Han(run) => any(vec![
                worth(self.pairs(run), worth::PAIRS),
                worth(self.same_sound(run), worth::SOUNDS),
            ]),
            Unit::Latin(word) => self.name_in_latin(word, at == last),
        });
        all(parts.collect())
    }

    fn name_in_latin(&self, word: &str, is_open: bool) -> Part {
        let title = Term::from_field_text(self.words.fields.title, word);
        let mut parts: Vec<Part> = vec![if is_open {
            Box::new(FuzzyTermQuery::new_prefix(title, 0, true))
        } else {
            self.term(title)
        }];
        if word.bytes().filter(u8::is_ascii_digit).count() >= NUMBER_MIN {
            parts.push(self.number(word));
        }
        if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            // The last syllable may lack some letters yet: what stands before it is enough.
            let whole = (1..=word.len())
                .rev()
                .map(|len| self.syllables.cuts(&word[..len]))
                .find(|cuts| !cuts.is_empty());
            parts.extend(whole.iter().flatten().map(|cut| self.sounds(cut)));
            if (2..=INITIALS_TYPED_MAX).contains(&word.len()) {
                parts.push(self.initials(word));
            }
        }
        any(parts)
    }

    /// What narrows the result.
    fn filters(&self, search: &Search) -> Vec<Part> {
        let mut out = Vec::new();
        let mut one_of = |codes: Vec<String>| {
            if !codes.is_empty() {
                let parts = codes.iter().map(|code| self.term(self.words.code(code))).collect();
                out.push(worth(any(parts), 0.0));
            }
        };
        one_of(
            search
                .families
                .iter()
                .map(|family| family_code(*family).to_owned())
                .collect(),
        );
        one_of(search.kinds.iter().map(|kind| format!("k{kind}")).collect());
        one_of(search.fields.iter().map(|field| format!("f{field}")).collect());
        one_of(search.modes.iter().map(|mode| format!("m{mode}")).collect());
        one_of(
            search
                .region
                .iter()
                .map(|region| format!("r{}", region_part(region)))
                .collect(),
        );
        if let Some(levels) = &search.maturity {
            one_of(
                levels
                    .clone()
                    .take(LEVELS_MAX)
                    .map(|level| format!("t{level}"))
                    .collect(),
            );
        }
        out
    }

    fn term(&self, term: Term) -> Part {
        Box::new(TermQuery::new(term, IndexRecordOption::Basic))
    }

    /// One word in title or body.
    fn word(&self, term: &str) -> Part {
        let title = Term::from_field_text(self.words.fields.title, term);
        let title: Part = Box::new(TermQuery::new(title, IndexRecordOption::WithFreqs));
        let text = Listed::having(self.snapshot, Key::of(term));
        any(vec![
            Box::new(BoostQuery::new(title, worth::TITLE)),
            worth(Box::new(text), worth::BODY),
        ])
    }

    /// All words of a part.
    fn words(&self, text: &str) -> Part {
        let mut terms = Vec::new();
        self.analyser.visit(text, |term| {
            if terms.len() < TERMS_MAX && !terms.iter().any(|known| known == term) {
                terms.push(term.to_owned());
            }
        });
        all(terms.iter().map(|term| self.word(term)).collect())
    }

    fn unit(&self, unit: &Unit) -> Part {
        match unit {
            Unit::Han(run) => self.han(run),
            Unit::Latin(word) => self.latin(word),
        }
    }

    fn han(&self, run: &str) -> Part {
        let mut parts = vec![self.words(run), worth(self.pairs(run), worth::PAIRS)];
        if run.chars().nth(1).is_some() {
            parts.push(worth(self.same_sound(run), worth::SOUNDS));
        }
        any(parts)
    }

    /// The characters as they stand, one after the other, in a name.
    fn pairs(&self, run: &str) -> Part {
        let chars: Vec<char> = run.chars().collect();
        if chars.len() < 2 {
            return self.beginning(&forms::pair(run));
        }
        let pairs = chars
            .windows(2)
            .map(|pair| forms::pair(&pair.iter().collect::<String>()));
        all(pairs.map(|pair| self.term(self.words.form(&pair))).collect())
    }

    /// Characters that sound the same, one after the other, in a name.
    fn same_sound(&self, run: &str) -> Part {
        let read: Vec<_> = run.chars().map(forms::sounds).collect();
        if let [one] = &read[..] {
            return any(one
                .iter()
                .map(|sound| self.term(self.words.form(&forms::sound(sound))))
                .collect());
        }
        let pairs = read.windows(2).map(|pair| {
            let both = pair[0]
                .iter()
                .flat_map(|a| pair[1].iter().map(move |b| format!("{a} {b}")));
            any(both
                .map(|pair| self.term(self.words.form(&forms::sound(&pair))))
                .collect())
        });
        all(pairs.collect())
    }

    fn latin(&self, word: &str) -> Part {
        let mut parts = vec![self.words(word)];
        let letters = word.chars().count();
        let is_letters = word.bytes().all(|byte| byte.is_ascii_lowercase());
        if word.bytes().filter(u8::is_ascii_digit).count() >= NUMBER_MIN {
            parts.push(self.number(word));
        }
        if is_letters {
            parts.extend(self.syllables.cuts(word).iter().map(|cut| self.sounds(cut)));
            if (2..=INITIALS_TYPED_MAX).contains(&letters) {
                parts.push(self.initials(word));
            }
        }
        if (FUZZY_LETTERS_MIN..=FUZZY_LETTERS_MAX).contains(&letters) && word.chars().all(char::is_alphabetic) {
            parts.push(self.fuzzy(word));
        }
        any(parts)
    }

    fn sounds(&self, cut: &[String]) -> Part {
        let all_pairs = match cut {
            [one] => self.beginning(&forms::sound(one)),
            _ => all(cut
                .windows(2)
                .map(|pair| self.term(self.words.form(&forms::sound(&pair.join(" ")))))
                .collect()),
        };
        worth(all_pairs, worth::SOUNDS)
    }

    fn initials(&self, letters: &str) -> Part {
        let len = letters.len().min(INITIALS_MAX);
        let parts =
            (0..=letters.len() - len).map(|at| self.term(self.words.form(&forms::initials(&letters[at..at + len]))));
        worth(all(parts.collect()), worth::INITIALS)
    }

    /// One letter wrong.
    fn fuzzy(&self, word: &str) -> Part {
        let term = Term::from_field_text(self.words.fields.latin, word);
        worth(Box::new(FuzzyTermQuery::new(term, 1, true)), worth::FUZZY)
    }

    /// All forms that begin so.
    fn beginning(&self, form: &str) -> Part {
        Box::new(FuzzyTermQuery::new_prefix(self.words.form(form), 0, true))
    }

    /// A number from its beginning, in any way of writing it.
    fn number(&self, text: &str) -> Part {
        let keys = forms::number_keys(text);
        let long = keys.iter().filter(|key| key.len() >= NUMBER_MIN);
        worth(
            any(long.map(|key| self.beginning(&forms::number(key))).collect()),
            worth::NUMBER,
        )
    }

    /// All that was typed as one number, for `ZL 2020 1 0123456.7`.
    fn whole_number(&self, text: &str) -> Option<Part> {
        let is_number = text.bytes().filter(u8::is_ascii_digit).count() >= NUMBER_DIGITS_MIN
            && text.chars().all(|c| c.is_ascii() && !c.is_control());
        is_number.then(|| self.number(text))
    }
}

/// Levels of maturity there are; a range of more is cut.
const LEVELS_MAX: usize = 16;

/// A region's code as the index has its beginnings: of two, four or six digits.
fn region_part(region: &str) -> &str {
    let digits = region.trim_end_matches("00");
    let len = match digits.len() {
        0..=2 => 2,
        3..=4 => 4,
        _ => 6,
    };
    region.get(..len).unwrap_or(region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_runs_of_one_script() {
        let han = |run: &str| Unit::Han(run.into());
        let latin = |run: &str| Unit::Latin(run.into());
        assert_eq!(units("锂电池 LiFePO4"), [han("锂电池"), latin("lifepo4")]);
        assert_eq!(units("5G基站，天线"), [latin("5g"), han("基站"), han("天线")]);
        assert!(units(" ，。!?").is_empty());
        assert_eq!(units(&"电 ".repeat(500)).len(), UNITS_MAX);
    }

    #[test]
    fn a_region_is_asked_for_by_its_beginning() {
        assert_eq!(region_part("320000"), "32");
        assert_eq!(region_part("320500"), "3205");
        assert_eq!(region_part("320506"), "320506");
        assert_eq!(region_part("32"), "32");
        assert_eq!(region_part(""), "");
    }
}
