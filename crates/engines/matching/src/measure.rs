//! Scoring given pairs of needs and offers, with or without verdicts on others: what `jiebang match score` and the test on
//! our own benchmark stand on.

use std::collections::BTreeMap;

use crate::bands::{self, Evidence};
use crate::corpus::{Corpus, Scores};
use crate::learn::{Item, Judged, LEVELS, Memory, Ordinal, expected_level};
use crate::table::Vector;

/// Verdicts from which on a model is fitted on them; with fewer they move scores by [`crate::learn::Says::shift`].
pub const FIT_MIN: usize = 300;

/// A need as it was written.
#[derive(Debug, Clone, Copy)]
pub struct Need<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its text.
    pub body: &'a str,
}

/// A pair that was judged: the places of need and offer, and the level, 1 to 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// The need's place.
    pub need: usize,
    /// The offer's place in the corpus.
    pub offer: usize,
    /// The level.
    pub level: u8,
}

/// What a pair scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scored {
    /// The higher, the better; comparable among a need's offers.
    pub score: f32,
    /// The probabilities of the levels, lowest first.
    pub probabilities: [f32; LEVELS],
}

/// A pair by its texts.
#[derive(Debug, Clone, Copy)]
struct Seen {
    evidence: Evidence,
    /// Both kinds of score on their scales.
    parts: [f32; 2],
}

impl Seen {
    fn features(&self) -> Vec<f32> {
        let Evidence {
            fused,
            coverage,
            cosine,
        } = self.evidence;
        vec![fused, self.parts[0], self.parts[1], coverage, cosine]
    }
}

/// Scores pairs (places of need and offer) in their order. A pair out of range scores lowest.
#[must_use]
pub fn score(corpus: &Corpus, needs: &[Need<'_>], pairs: &[(usize, usize)], verdicts: &[Given]) -> Vec<Scored> {
    let seen = see(corpus, needs, pairs);
    if verdicts.is_empty() {
        return seen
            .iter()
            .map(|one| Scored {
                score: one.evidence.fused,
                probabilities: bands::probabilities(&one.evidence),
            })
            .collect();
    }
    let judged_pairs: Vec<(usize, usize)> = verdicts.iter().map(|given| (given.need, given.offer)).collect();
    let judged_seen = see(corpus, needs, &judged_pairs);
    let levels: Vec<u8> = verdicts.iter().map(|given| given.level).collect();
    let by_text = if verdicts.len() >= FIT_MIN {
        let rows: Vec<Vec<f32>> = judged_seen.iter().map(Seen::features).collect();
        Ordinal::fit(&rows, &levels)
    } else {
        None
    };
    let expected = |seen: &Seen| {
        expected_level(&match &by_text {
            Some(model) => model.probabilities(&seen.features()),
            None => bands::probabilities(&seen.evidence),
        })
    };
    let vectors: Vec<Vector> = needs.iter().map(|need| corpus.vector(need.title, need.body)).collect();
    let items = corpus.items();
    let item = |at: usize| items.get(at);
    let judged: Vec<Judged> = verdicts
        .iter()
        .zip(&judged_seen)
        .filter_map(|(given, seen)| {
            Some(Judged {
                need: given.need as u128,
                need_vector: *vectors.get(given.need)?,
                offer: item(given.offer)?.clone(),
                level: f32::from(given.level),
                expected: expected(seen),
            })
        })
        .collect();
    let memory = Memory::new(judged);
    let says = |need: usize, offer: usize, except| {
        let vector = vectors.get(need).unwrap_or(&Vector::ZERO);
        item(offer).map_or_else(Default::default, |item| memory.says(need as u128, vector, item, except))
    };
    let row = |seen: &Seen, says: &crate::learn::Says| {
        let mut row = seen.features();
        row.push(expected(seen));
        row.extend(says.features());
        row
    };
    let model = by_text.as_ref().and_then(|_| {
        let rows: Vec<Vec<f32>> = verdicts
            .iter()
            .zip(&judged_seen)
            .enumerate()
            .map(|(at, (given, seen))| row(seen, &says(given.need, given.offer, Some(at))))
            .collect();
        Ordinal::fit(&rows, &levels)
    });
    pairs
        .iter()
        .zip(&seen)
        .map(|((need, offer), seen)| {
            let says = says(*need, *offer, None);
            match &model {
                Some(model) => {
                    let probabilities = model.probabilities(&row(seen, &says));
                    Scored {
                        score: expected_level(&probabilities),
                        probabilities,
                    }
                }
                None => {
                    let mut evidence = seen.evidence;
                    evidence.fused += says.shift();
                    Scored {
                        score: evidence.fused,
                        probabilities: bands::probabilities(&evidence),
                    }
                }
            }
        })
        .collect()
}

/// What the texts say of pairs, in their order; of one out of range the least.
#[must_use]
pub fn evidence(corpus: &Corpus, needs: &[Need<'_>], pairs: &[(usize, usize)]) -> Vec<Evidence> {
    see(corpus, needs, pairs).iter().map(|seen| seen.evidence).collect()
}

/// What the texts say of pairs, in their order. Each need is compared with the whole corpus once.
fn see(corpus: &Corpus, needs: &[Need<'_>], pairs: &[(usize, usize)]) -> Vec<Seen> {
    let lowest = Seen {
        evidence: Evidence {
            fused: f32::MIN,
            ..Evidence::default()
        },
        parts: [0.0; 2],
    };
    let mut out = vec![lowest; pairs.len()];
    let mut of_need: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, (need, _)) in pairs.iter().enumerate() {
        of_need.entry(*need).or_default().push(at);
    }
    for (need, places) in of_need {
        let Some(need) = needs.get(need) else {
            continue;
        };
        let scores: Scores = corpus.scores(need.title, need.body);
        let (lexical, vector) = scores.scales();
        for at in places {
            let offer = pairs[at].1;
            if let (Some(l), Some(v)) = (scores.lexical.get(offer), scores.vector.get(offer)) {
                let parts = [lexical.at(*l), vector.at(*v)];
                out[at] = Seen {
                    evidence: Evidence {
                        fused: scores.balance.together(parts[0], parts[1]),
                        coverage: scores.coverage[offer],
                        cosine: *v,
                    },
                    parts,
                };
            }
        }
    }
    out
}

impl Corpus {
    /// The documents as they are compared with each other.
    #[must_use]
    pub fn items(&self) -> Vec<Item> {
        let (terms, rarity) = self.title_terms();
        self.vectors()
            .iter()
            .zip(terms)
            .map(|(vector, terms)| {
                let weighted = terms.iter().map(|term| (u64::from(*term), rarity[*term as usize]));
                Item::new(*vector, weighted)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Table;
    use crate::text::Analyser;

    const NEEDS: [Need<'_>; 2] = [
        Need {
            title: "锂电池陶瓷隔膜",
            body: "",
        },
        Need {
            title: "水稻虫害防治",
            body: "",
        },
    ];

    fn corpus() -> Corpus {
        Corpus::new(
            Analyser::new(),
            Table::shipped().unwrap(),
            [
                ("一种抗虫水稻的选育方法", ""),
                ("锂离子电池隔膜及其制备方法", ""),
                ("陶瓷涂覆隔膜", ""),
                ("稻田诱虫灯", ""),
            ],
        )
    }

    #[test]
    fn pairs_keep_their_order_and_none_breaks_it() {
        let scored = score(&corpus(), &NEEDS, &[(0, 1), (0, 3), (1, 3), (7, 0), (0, 9)], &[]);
        assert_eq!(scored.len(), 5);
        assert!(scored[0].score > scored[1].score && scored[2].score > scored[1].score);
        assert_eq!((scored[3].score, scored[4].score), (f32::MIN, f32::MIN));
    }

    #[test]
    fn a_verdict_moves_its_like() {
        let before = score(&corpus(), &NEEDS, &[(0, 2)], &[])[0].score;
        let said = |level| Given {
            need: 0,
            offer: 1,
            level,
        };
        let after = |level| score(&corpus(), &NEEDS, &[(0, 2)], &[said(level)])[0].score;
        assert!(after(1) < before && before < after(4));
    }
}
