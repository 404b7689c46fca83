//! From a document to what the index keeps of it.

use super::Engine;
use crate::Document;
use crate::index::{Key, Prepared};
use crate::search::{BETWEEN, Words};

/// Fewest letters of a Latin word that is looked for with one of them wrong, less one.
const LATIN_MIN: usize = 4;
/// Bytes of a text that make a term, about: two Chinese characters.
const BYTES_A_TERM: usize = 6;

/// Puts a term at the end of a row of them.
fn add_word(row: &mut String, term: &str) {
    row.push_str(term);
    row.push(BETWEEN);
}

/// The Latin words of a normalised text as they are written: a name that the trades have in Chinese, too, keeps its own
/// letters here.
fn add_latin(text: &str, out: &mut String) {
    let words = text.split(|c: char| !c.is_ascii_alphabetic());
    for word in words.filter(|word| word.len() >= LATIN_MIN) {
        add_word(out, word);
    }
}

/// Keys with how often each stands there, sorted.
fn counted(mut keys: Vec<Key>) -> Vec<(Key, u32)> {
    keys.sort_unstable();
    let mut out: Vec<(Key, u32)> = Vec::with_capacity(keys.len());
    for key in keys {
        match out.last_mut() {
            Some((last, count)) if *last == key => *count += 1,
            _ => out.push((key, 1)),
        }
    }
    out
}

impl Engine {
    /// Reads a document.
    pub(super) fn prepare<'a>(&self, words: &Words, document: &'a Document) -> Prepared<'a> {
        let analyser = &self.0.analyser;
        let plain_title = analyser.normalise(&document.title);
        let plain_body = analyser.normalise(&document.body);
        let (mut title_words, mut latin_words) = (String::new(), String::new());
        let mut keys: Vec<Key> = Vec::with_capacity((plain_title.len() + plain_body.len()) / BYTES_A_TERM);
        analyser.visit_normal(&plain_title, &mut |term: &str| {
            keys.push(Key::of(term));
            add_word(&mut title_words, term);
        });
        analyser.visit_normal(&plain_body, &mut |term: &str| keys.push(Key::of(term)));
        if let Some(owner) = &document.facts.owner {
            analyser.visit(owner, |term| add_word(&mut title_words, term));
        }
        add_latin(&plain_title, &mut latin_words);
        add_latin(&plain_body, &mut latin_words);
        Prepared {
            vector: self.0.table.embed(&plain_title, &plain_body).0,
            entry: words.entry(document, &title_words, &latin_words),
            document,
            terms: counted(keys),
        }
    }
}
