//! Texts as terms: normalised, cut into words as search wants them, names of one thing made one.
//!
//! A text goes through [`Analyser::normalise`] (full-width forms, Traditional characters, case, units), is parted into
//! runs of Chinese and runs of Latin letters and digits, and each run gives terms: words of jieba's dictionary and of
//! our own trade dictionary with the shorter words inside them, Latin words by their stem. What a trade calls by
//! several names gets one term. New words are not guessed: a hidden Markov model finds other borders in a title than
//! in a body, and what it joins no other text has; on the public benchmark leaving it out is better by 0.006 nDCG and
//! twice as fast.

mod latin;
mod normal;
mod synonyms;

use std::borrow::Cow;
use std::sync::Arc;

use jieba_rs::Jieba;
pub(crate) use kernel::text::is_han;
use rustc_hash::FxHashSet;

use normal::Normaliser;
use synonyms::Synonyms;

/// Told apart where the code changes what terms a text has.
const VERSION: &str = "2";
/// Function words, one a line: they are in every text and tell nothing of it.
const STOP_WORDS: &str = include_str!("../../data/stop.txt");
/// Words of the trades that jieba's dictionary lacks, one a line.
const TRADE_WORDS: &str = include_str!("../../data/trade.txt");
/// How often a word of our own is taken to occur in jieba's count: enough to stay whole beside its parts.
const TRADE_FREQUENCY: usize = 2_000;
/// What stands between words of one name in Latin letters: `lithium-ion battery`, `PM2.5`.
const JOINERS: [char; 7] = [' ', '-', '.', '/', '+', '_', '&'];
/// Longest Latin word that becomes a term, in bytes; what is longer is no word but data.
const LATIN_MAX: usize = 64;

/// A term: what is counted, looked up and shown as matched.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term(Box<str>);

impl Term {
    /// The term as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Term {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<Term> for String {
    fn from(term: Term) -> Self {
        term.0.into()
    }
}

/// Makes terms of texts. Costs some tens of megabytes and a third of a second to make, and nothing to clone.
#[derive(Debug, Clone)]
pub struct Analyser(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    jieba: Jieba,
    normaliser: Normaliser,
    synonyms: Synonyms,
    stop: FxHashSet<&'static str>,
}

impl Default for Analyser {
    fn default() -> Self {
        Self::new()
    }
}

impl Analyser {
    /// Reads the dictionaries that are compiled in.
    #[must_use]
    pub fn new() -> Self {
        let normaliser = Normaliser::new();
        let synonyms = Synonyms::new(&normaliser);
        let mut jieba = Jieba::new();
        let mut add = |word: &str| {
            if !jieba.has_word(word) {
                jieba.add_word(word, Some(TRADE_FREQUENCY), None);
            }
        };
        lines(TRADE_WORDS).for_each(&mut add);
        synonyms.chinese().for_each(&mut add);
        Self(Arc::new(Parts {
            jieba,
            normaliser,
            synonyms,
            stop: lines(STOP_WORDS).collect(),
        }))
    }

    /// A number that changes when the dictionaries do: an index made with other ones is to be made anew.
    #[must_use]
    pub fn identity(&self) -> u32 {
        let mut sum = crc32fast::Hasher::new();
        for part in [VERSION, STOP_WORDS, TRADE_WORDS, synonyms::FILE] {
            sum.update(part.as_bytes());
        }
        sum.finalize()
    }

    /// The text as the analysis sees it: full-width forms made plain, Traditional characters Simplified, lower case,
    /// units and small figures in one writing. Doing it again changes nothing.
    #[must_use]
    pub fn normalise(&self, text: &str) -> String {
        self.0.normaliser.normalise(text)
    }

    /// The terms of a text in its order, each as often as it occurs.
    #[must_use]
    pub fn terms(&self, text: &str) -> Vec<Term> {
        let mut terms = Vec::new();
        self.visit(text, |term| terms.push(Term(term.into())));
        terms
    }

    /// As [`Self::terms`], without keeping them: for the index, which counts.
    pub fn visit(&self, text: &str, mut take: impl FnMut(&str)) {
        self.visit_normal(&self.normalise(text), &mut take);
    }

    /// The terms of a text that is already normalised.
    pub fn visit_normal(&self, text: &str, take: &mut impl FnMut(&str)) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let script = Script::of(first);
            let end = rest
                .char_indices()
                .find(|(_, c)| Script::of(*c) != script && !(script == Script::Letters && JOINERS.contains(c)))
                .map_or(rest.len(), |(at, _)| at);
            let (run, after) = rest.split_at(end);
            match script {
                Script::Han => self.han(run, take),
                Script::Letters => self.letters(run, take),
                Script::None => {}
            }
            rest = after;
        }
    }

    fn han(&self, run: &str, take: &mut impl FnMut(&str)) {
        let tokens = self.0.jieba.cut_for_search(run, false);
        // The words inside a word come before it. They keep their own name: 立方 in 立方氮化硼 is no 立方米.
        let mut is_inside = vec![false; tokens.len()];
        let mut begin = run.len();
        for (token, is_inside) in tokens.iter().zip(&mut is_inside).rev() {
            *is_inside = token.byte_end > begin;
            begin = begin.min(token.byte_start);
        }
        for (token, is_inside) in tokens.iter().zip(is_inside) {
            if self.0.stop.contains(token.word) {
                continue;
            }
            let name = if is_inside {
                None
            } else {
                self.0.synonyms.canonical(token.word)
            };
            take(name.unwrap_or(token.word));
        }
    }

    fn letters(&self, run: &str, take: &mut impl FnMut(&str)) {
        let words: Vec<Cow<'_, str>> = run
            .split(JOINERS)
            .filter(|word| !word.is_empty() && word.len() <= LATIN_MAX)
            .map(latin::stem)
            .collect();
        let mut at = 0;
        while at < words.len() {
            // A name of several words that the trades have another name for: the longest that begins here.
            let longest = synonyms::LATIN_WORDS_MAX.min(words.len() - at);
            let several = (2..=longest)
                .rev()
                .find_map(|n| Some((n, self.0.synonyms.canonical(&words[at..at + n].join(" "))?)));
            if let Some((n, canonical)) = several {
                take(canonical);
                words[at..at + n].iter().for_each(|word| self.latin(word, take));
                at += n;
            } else {
                self.latin(&words[at], take);
                at += 1;
            }
        }
    }

    fn latin(&self, word: &str, take: &mut impl FnMut(&str)) {
        if let Some(canonical) = self.0.synonyms.canonical(word) {
            take(canonical);
        } else if !self.0.stop.contains(word) && !latin::is_small_number(word) {
            take(word);
        }
    }
}

/// What a character belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Chinese characters.
    Han,
    /// Letters of other scripts, and digits.
    Letters,
    /// Everything else: borders.
    None,
}

impl Script {
    fn of(c: char) -> Self {
        if is_han(c) {
            Self::Han
        } else if c.is_alphanumeric() {
            Self::Letters
        } else {
            Self::None
        }
    }
}

/// The lines of a data file without empty ones and comments.
pub(crate) fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// A text without spaces between Chinese characters, for titles that a source has cut into words.
#[must_use]
pub fn closed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let is_between =
            c == ' ' && out.chars().next_back().is_some_and(is_han) && rest.peek().copied().is_some_and(is_han);
        if !is_between {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests;
