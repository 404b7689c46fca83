//! From a document to what the index keeps of it.

use super::Engine;
use crate::Document;
use crate::index::{Key, Prepared};
use crate::lang::Analyse;
use crate::search::joined;

/// The terms of a text: their keys with how often, and all of them in a row for the search box.
pub(super) fn terms(analyser: &dyn Analyse, text: &str) -> (Vec<(Key, u32)>, String) {
    let mut keys: Vec<Key> = Vec::with_capacity(text.len() / 6);
    let mut words = String::with_capacity(text.len() + text.len() / 2);
    analyser.terms(text, &mut |term| {
        keys.push(Key::of(term));
        words.push_str(&joined([term].into_iter()));
    });
    (counted(keys), words)
}

/// Keys with how often each stands there, sorted.
pub(super) fn counted(mut keys: Vec<Key>) -> Vec<(Key, u32)> {
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
        let analyser = &*self.0.analyser;
        let (title, mut title_words) = terms(analyser, &document.title);
        let (body, body_words) = terms(analyser, &document.body);
        if let Some(owner) = &document.facts.owner {
            title_words.push_str(&terms(analyser, owner).1);
        }
        Prepared {
            vector: self.0.embedder.embed(&document.title, &document.body),
            document: document.clone(),
            title,
            body,
            title_words,
            body_words,
        }
    }
}
