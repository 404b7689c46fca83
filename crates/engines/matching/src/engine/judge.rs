//! What was said of earlier matches of the same text moves the next (see [`crate::learn`]).

use std::collections::HashMap;

use uuid::Uuid;

use super::Engine;
use super::ask::{Match, Query, Verdict};
use crate::bands::{self, Band, Evidence};
use crate::index::{Index, Key, Snapshot};
use crate::learn::{Item, Judged, Memory, Why, expected_level};
use crate::query;
use crate::table::Vector;

/// Verdicts of one text that are heeded: the last ones.
const VERDICTS_MAX: usize = 200;
/// What an item loses that was refused for something that tells nothing of others: its price, its state.
const REFUSED: f32 = 1.0;
/// The levels that a verdict stands for: it fits, another problem of the field, nothing to do with it.
const FITS: f32 = 4.0;
const SAME_FIELD: f32 = 2.0;
const UNRELATED: f32 = 1.0;

/// Weighs matches by verdicts.
pub(super) struct Judge<'a> {
    pub(super) engine: &'a Engine,
    pub(super) index: &'a Index,
    pub(super) snapshot: &'a Snapshot,
    /// The text's vector.
    pub(super) vector: Vector,
}

impl Judge<'_> {
    /// Moves the matches and puts them in their new order. `seen` tells what the texts alone say of an item.
    pub(super) fn weigh(&self, query: &Query, items: &mut [Match], seen: impl Fn(Uuid) -> Option<Match>) {
        let mut last: HashMap<Uuid, &Verdict> = HashMap::new();
        for verdict in query.verdicts.iter().rev().take(VERDICTS_MAX).rev() {
            last.insert(verdict.id, verdict);
        }
        let mut known: Vec<&Verdict> = last.values().copied().collect();
        // In one order, so that sums are the same each time.
        known.sort_unstable_by_key(|verdict| verdict.id);
        let judged = known
            .iter()
            .filter_map(|verdict| self.judged(verdict, &seen(verdict.id)?));
        let memory = Memory::new(judged.collect());
        let ids: Vec<Uuid> = items.iter().map(|item| item.id).collect();
        for (item, one) in items.iter_mut().zip(self.items(&ids)) {
            if let Some(one) = one {
                item.score += memory.says(NEED, &self.vector, &one, None).shift();
            }
            if last
                .get(&item.id)
                .is_some_and(|verdict| level(verdict).is_none() && !verdict.is_relevant)
            {
                item.score -= REFUSED;
            }
            item.probabilities = bands::probabilities(&Evidence {
                fused: item.score,
                coverage: item.coverage,
                cosine: item.cosine,
            });
            item.band = Band::of(&item.probabilities);
        }
        items.sort_by(|one, other| other.score.total_cmp(&one.score).then_with(|| one.id.cmp(&other.id)));
    }

    fn judged(&self, verdict: &Verdict, seen: &Match) -> Option<Judged> {
        Some(Judged {
            need: NEED,
            need_vector: self.vector,
            offer: self.items(&[verdict.id]).pop().flatten()?,
            level: level(verdict)?,
            expected: expected_level(&seen.probabilities),
        })
    }

    /// Items as they are compared with each other: their vectors and the words of their titles.
    fn items(&self, ids: &[Uuid]) -> Vec<Option<Item>> {
        let documents = self.index.words.documents(&self.snapshot.searcher, ids);
        let held = self.snapshot.held();
        let of = |document: crate::Document| {
            let (part, local) = self.snapshot.find(document.id)?;
            let vector = self.snapshot.parts[part].segment.vector(local).try_into().ok()?;
            let mut terms = Vec::new();
            self.engine.0.analyser.visit(&document.title, |term| {
                let key = Key::of(term);
                terms.push((key.bits(), query::idf(held, self.snapshot.count(key))));
            });
            Some(Item::new(Vector(vector), terms))
        };
        documents.into_iter().map(|document| document.and_then(of)).collect()
    }
}

/// The one text there is here.
const NEED: u128 = 0;

/// The level that a verdict stands for; none if it is not about the matter.
fn level(verdict: &Verdict) -> Option<f32> {
    match verdict.why {
        Some(why) if !why.is_of_the_matter() => None,
        Some(Why::OtherProblem) => Some(SAME_FIELD),
        _ if verdict.is_relevant => Some(FITS),
        _ => Some(UNRELATED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_is_a_level_if_it_is_about_the_matter() {
        let of = |is_relevant, why| {
            level(&Verdict {
                id: Uuid::nil(),
                is_relevant,
                why,
            })
        };
        assert_eq!(of(true, None), Some(FITS));
        assert_eq!(of(false, None), Some(UNRELATED));
        assert_eq!(of(false, Some(Why::OtherProblem)), Some(SAME_FIELD));
        assert_eq!(of(false, Some(Why::TooDear)), None);
        assert!((FITS - crate::learn::LEVELS as f32).abs() < 1e-6);
    }
}
