//! From a document to what the index keeps of it.

use super::Engine;
use crate::Document;
use crate::index::{Key, Prepared};
use crate::search::BETWEEN;
use crate::text::Analyser;

/// The terms of a normalised text: their keys with how often, and all of them in a row for the search box.
fn terms(analyser: &Analyser, text: &str) -> (Vec<(Key, u32)>, String) {
    let mut keys: Vec<Key> = Vec::with_capacity(text.len() / 4);
    let mut words = String::with_capacity(text.len() * 2);
    analyser.visit_normal(text, &mut |term: &str| {
        keys.push(Key::of(term));
        words.push_str(term);
        words.push(BETWEEN);
    });
    (counted(keys), words)
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
    pub(super) fn prepare(&self, document: &Document) -> Prepared {
        let analyser = &self.0.analyser;
        let plain_title = analyser.normalise(&document.title);
        let plain_body = analyser.normalise(&document.body);
        let (title, mut title_words) = terms(analyser, &plain_title);
        let (body, body_words) = terms(analyser, &plain_body);
        if let Some(owner) = &document.facts.owner {
            title_words.push_str(&terms(analyser, &analyser.normalise(owner)).1);
        }
        Prepared {
            vector: self.0.table.embed(&plain_title, &plain_body).0,
            document: document.clone(),
            title,
            body,
            title_words,
            body_words,
        }
    }
}
