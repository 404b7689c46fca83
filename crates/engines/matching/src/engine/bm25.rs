//! The words of a query: which of them are asked for, and what each weighs.

use std::collections::HashMap;

use crate::index::{Key, Postings, Snapshot};
use crate::text::Analyser;

/// Words asked for at most: the rarest. More change no ranking (the public benchmark loses nothing at 24) and read more
/// lists.
pub(super) const TERMS_MAX: usize = 24;
/// What a word in a body weighs beside one in a title, in the query and in the documents.
const BODY: f32 = 0.3;

/// A word of a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    pub(super) term: String,
    pub(super) key: Key,
    /// Its weight in titles and in bodies: idf times what it weighs in the query.
    title: f32,
    body: f32,
}

/// The words, and how long texts are on average.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Terms {
    pub(super) asked: Vec<Asked>,
    title_mean: f32,
    body_mean: f32,
}

fn idf(documents: usize, with: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "counts of documents")]
    let (documents, with) = (documents as f32, with as f32);
    (1.0 + (documents - with + 0.5).max(0.0) / (with + 0.5)).ln()
}

impl Terms {
    /// The best words of a title and a text.
    pub(super) fn of(analyser: &Analyser, snapshot: &Snapshot, title: &str, body: &str) -> Self {
        let mut weights: HashMap<String, f32> = HashMap::new();
        for (text, weight) in [(title, 1.0), (body, BODY)] {
            analyser.visit_normal(text, &mut |term: &str| match weights.get_mut(term) {
                Some(sum) => *sum += weight,
                None => {
                    weights.insert(term.to_owned(), weight);
                }
            });
        }
        let held: usize = snapshot.parts.iter().map(|part| part.segment.len()).sum();
        let mut ranked: Vec<(f32, Asked)> = weights
            .into_iter()
            .filter_map(|(term, weight)| {
                let key = Key::of(&term);
                let (titles, bodies) = snapshot.counts(key);
                let asked = Asked {
                    term,
                    key,
                    title: weight * idf(held, titles),
                    body: weight * BODY * idf(held, bodies),
                };
                (titles + bodies > 0).then(|| (weight * idf(held, titles.max(bodies)), asked))
            })
            .collect();
        ranked.sort_unstable_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.term.cmp(&other.term)));
        ranked.truncate(TERMS_MAX);
        Self {
            asked: ranked.into_iter().map(|(_, asked)| asked).collect(),
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
}
