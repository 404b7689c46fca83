//! The words of a query as the index knows them: which are asked for, and what each weighs.

use crate::fuse::Balance;
use crate::index::{Key, Postings, Snapshot};
use crate::query;
use crate::text::Analyser;

/// A word of a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    pub(super) term: String,
    key: Key,
    /// Its rarity times what it weighs in the query.
    weight: f32,
}

/// The words, and how long texts are on average.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Terms {
    pub(super) asked: Vec<Asked>,
    /// All their weight: what a document of middling length would have that has each once.
    pub(super) whole: f32,
    mean: f32,
}

impl Terms {
    /// The best words of a title and a text, both normalised.
    pub(super) fn of(analyser: &Analyser, snapshot: &Snapshot, title: &str, body: &str) -> Self {
        let held = snapshot.held();
        let weights = query::weigh(analyser, Balance::of(snapshot.terms_mean), title, body);
        let best = query::best(weights, |term| {
            let with = snapshot.count(Key::of(term));
            (with > 0).then(|| query::idf(held, with))
        });
        let whole = best.iter().map(|(_, weight)| weight).sum();
        let asked = best.into_iter().map(|(term, weight)| Asked {
            key: Key::of(&term),
            term,
            weight,
        });
        Self {
            asked: asked.collect(),
            whole,
            mean: snapshot.terms_mean,
        }
    }

    /// Adds all words' BM25 to the sums of a segment's documents.
    pub(super) fn add(&self, postings: &Postings, sums: &mut [f32]) {
        for asked in &self.asked {
            postings.add(asked.key, asked.weight, self.mean, sums);
        }
    }

    /// What each word adds for one document.
    pub(super) fn shares(&self, postings: &Postings, local: u16) -> Vec<f32> {
        let of = |asked: &Asked| postings.one(asked.key, local, asked.weight, self.mean);
        self.asked.iter().map(of).collect()
    }

    /// The part of the query's weight that a score is.
    pub(super) fn coverage(&self, lexical: f32) -> f32 {
        if self.whole > 0.0 { lexical / self.whole } else { 0.0 }
    }
}
