//! The words of a query as the index knows them: which are asked for, and what each weighs.

use crate::index::{Key, Postings, Snapshot};
use crate::query;
use crate::text::Analyser;

/// A word of a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    pub(super) term: String,
    key: Key,
    /// Its weight in titles and in bodies: idf times what it weighs in the query.
    title: f32,
    body: f32,
}

/// The words, and how long texts are on average.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Terms {
    pub(super) asked: Vec<Asked>,
    /// All their weight: what a document would have that has each in a title.
    pub(super) whole: f32,
    title_mean: f32,
    body_mean: f32,
}

impl Terms {
    /// The best words of a title and a text, both normalised.
    pub(super) fn of(analyser: &Analyser, snapshot: &Snapshot, title: &str, body: &str) -> Self {
        let held = snapshot.held();
        let weights = query::weigh(analyser, title, body);
        let best = query::best(weights.clone(), |term| {
            let (titles, bodies) = snapshot.counts(Key::of(term));
            (titles + bodies > 0).then(|| query::idf(held, titles.max(bodies)))
        });
        let whole = best.iter().map(|(_, weight)| weight).sum();
        let asked = best.into_iter().map(|(term, _)| {
            let key = Key::of(&term);
            let (titles, bodies) = snapshot.counts(key);
            let weight = weights.get(&term).copied().unwrap_or_default();
            Asked {
                term,
                key,
                title: weight * query::idf(held, titles),
                body: weight * query::idf(held, bodies) * query::BODY_FIELD,
            }
        });
        Self {
            asked: asked.collect(),
            whole,
            title_mean: snapshot.title_mean,
            body_mean: snapshot.body_mean,
        }
    }

    /// Adds all words' BM25 to the sums of a segment's documents.
    pub(super) fn add(&self, title: &Postings, body: &Postings, sums: &mut [f32]) {
        for asked in &self.asked {
            title.add(asked.key, asked.title, self.title_mean, sums);
            body.add(asked.key, asked.body, self.body_mean, sums);
        }
    }

    /// What each word adds for one document.
    pub(super) fn shares(&self, title: &Postings, body: &Postings, local: u16) -> Vec<f32> {
        let of = |asked: &Asked| {
            title.one(asked.key, local, asked.title, self.title_mean)
                + body.one(asked.key, local, asked.body, self.body_mean)
        };
        self.asked.iter().map(of).collect()
    }

    /// The part of the query's weight that a score is.
    pub(super) fn coverage(&self, lexical: f32) -> f32 {
        if self.whole > 0.0 { lexical / self.whole } else { 0.0 }
    }
}
