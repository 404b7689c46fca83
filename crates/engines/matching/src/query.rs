//! A need as a query: which of its terms are asked for, and what each weighs.

use std::collections::{BTreeMap, HashMap};

use crate::fuse::Balance;
use crate::text::Analyser;

/// Most terms that are asked for; each is a list to be read. Half of them cost 0.01 nDCG on our own benchmark and 0.02 of
/// the first best place on the public one; more than these bring nothing on either.
pub const TERMS_MAX: usize = 96;
/// What standing in the need's body counts beside standing in its title, where documents are titles.
pub const BODY_WEIGHT: f32 = 0.5;
/// How fast a term's count saturates (BM25's k1).
///
/// A document's title and body are one text: as two fields, of which the body counts 0.3, they are 0.02 nDCG worse on our own
/// benchmark, by title alone and by all of a need; the public one has no bodies of offers.
pub const SATURATION: f32 = 1.2;
/// How much a long text's counts are worth less (BM25's b).
pub const LENGTH_DISCOUNT: f32 = 0.75;

/// What a term of a need counts where documents are whole texts, wherever it stands and however often: on our own benchmark
/// worth 0.03 nDCG where needs are told at length. Beside titles it costs 0.01 to 0.02 on the public one.
const ONCE: f32 = 1.0;

/// What each term of a need weighs, before how rare it is in the corpus at hand. Beside titles one in the need's title counts
/// 1 however often it stands there, and in its body [`BODY_WEIGHT`] with the logarithm of how often; beside whole texts each
/// counts the same. Both texts normalised.
#[must_use]
pub fn weigh(analyser: &Analyser, balance: Balance, title: &str, body: &str) -> HashMap<String, f32> {
    let mut weights: HashMap<String, f32> = HashMap::new();
    analyser.visit_normal(title, &mut |term: &str| {
        weights.insert(term.to_owned(), 1.0);
    });
    // In order, so that the sums do not depend on a hash's seed.
    let mut counts: BTreeMap<String, u16> = BTreeMap::new();
    analyser.visit_normal(body, &mut |term: &str| {
        let count = counts.entry(term.to_owned()).or_default();
        *count = count.saturating_add(1);
    });
    for (term, count) in counts {
        *weights.entry(term).or_default() += BODY_WEIGHT * (1.0 + f32::from(count).ln());
    }
    for weight in weights.values_mut() {
        *weight = balance.between(*weight, ONCE);
    }
    weights
}

/// The [`TERMS_MAX`] terms with the most weight times rarity, with that product, best first; those that no document has
/// are left out. `idf` gives none for a term that no document has.
#[must_use]
pub fn best(weights: HashMap<String, f32>, idf: impl Fn(&str) -> Option<f32>) -> Vec<(String, f32)> {
    let mut asked: Vec<(String, f32)> = weights
        .into_iter()
        .filter_map(|(term, weight)| idf(&term).map(|idf| (term, weight * idf)))
        .collect();
    asked.sort_unstable_by(|(one, a), (other, b)| b.total_cmp(a).then_with(|| one.cmp(other)));
    asked.truncate(TERMS_MAX);
    asked
}

/// How rare a term is: BM25's idf, that of Lucene, never below zero.
#[must_use]
pub fn idf(documents: usize, with_term: usize) -> f32 {
    let (documents, with_term) = (documents as f32, with_term as f32);
    (1.0 + (documents - with_term + 0.5).max(0.0) / (with_term + 0.5)).ln()
}

/// BM25's share of one term: its count in a text of this length, beside the mean length; 0 to `SATURATION + 1`.
#[must_use]
pub fn saturated(count: f32, length: f32, mean_length: f32) -> f32 {
    let relative = if mean_length > 0.0 { length / mean_length } else { 1.0 };
    count * (SATURATION + 1.0) / (count + SATURATION * (1.0 - LENGTH_DISCOUNT + LENGTH_DISCOUNT * relative))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beside_titles_the_title_counts_more_than_the_body() {
        let analyser = Analyser::new();
        let weights = weigh(&analyser, Balance::of(10.0), "光伏", "逆变器的逆变器和光伏");
        assert!((weights["光伏"] - 1.0 - BODY_WEIGHT).abs() < 1e-6, "{weights:?}");
        assert!(
            (weights["逆变器"] - BODY_WEIGHT * (1.0 + 2_f32.ln())).abs() < 1e-6,
            "{weights:?}"
        );
        // Beside whole texts each word once.
        let weights = weigh(&analyser, Balance::of(100.0), "光伏", "逆变器的逆变器和光伏");
        assert!(
            weights.values().all(|weight| (weight - 1.0).abs() < 1e-6),
            "{weights:?}"
        );
    }

    #[test]
    fn only_the_best_terms_are_asked_for() {
        let weights = (0..100).map(|n| (format!("t{n:02}"), 1.0 + n as f32)).collect();
        let asked = best(weights, |term| (term != "t99").then_some(2.0));
        assert_eq!(asked.len(), TERMS_MAX);
        assert_eq!(asked[0], ("t98".to_owned(), 198.0));
    }

    #[test]
    fn rare_terms_and_short_texts_weigh_more() {
        assert!(idf(1000, 1) > idf(1000, 10));
        assert!(idf(10, 10) > 0.0 && idf(10, 20) >= 0.0);
        assert!(saturated(1.0, 5.0, 10.0) > saturated(1.0, 20.0, 10.0));
        assert!(saturated(2.0, 10.0, 10.0) > saturated(1.0, 10.0, 10.0));
        assert!(saturated(1.0, 0.0, 0.0).is_finite());
    }
}
