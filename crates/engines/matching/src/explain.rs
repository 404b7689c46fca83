//! Why an offer is shown for a need: what speaks for it and what against it, as data. Pages tell it in words.

use std::collections::HashSet;

use kernel::{Day, Fen, Region, Regions};
use serde::Serialize;

use crate::Document;
use crate::table::{Table, Vector};
use crate::text::Analyser;

/// Most shared words that are told.
const WORDS_TOLD: usize = 8;
/// Sentences of a text that are compared.
const SENTENCES_MAX: usize = 24;
/// Characters of a sentence below which it is a heading, above which it is cut off.
const SENTENCE_CHARS: std::ops::RangeInclusive<usize> = 6..=120;
/// The cosine from which two sentences say something alike.
const ALIKE_MIN: f32 = 0.35;
/// Readiness from which something can be put to use without research of one's own.
const MATURE: u8 = 7;
/// Readiness below which it is a matter of the laboratory.
const EARLY: u8 = 4;

/// How far two regions are from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Distance {
    /// One county.
    County,
    /// One city.
    City,
    /// One province.
    Province,
    /// Different provinces.
    Far,
}

/// A reason. Those of which a part is unknown are not given: silence is no reason against.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Reason {
    /// Both have these words; each with its share of the words' score.
    Words {
        /// Term and share, largest first.
        terms: Vec<(String, f32)>,
    },
    /// These sentences say something alike.
    Sentences {
        /// The need's.
        need: String,
        /// The offer's.
        offer: String,
        /// How near they are, 0 to 1.
        cosine: f32,
    },
    /// Fields that both are in.
    Fields {
        /// Their codes.
        codes: Vec<String>,
    },
    /// They are in different fields.
    OtherFields {
        /// The offer's.
        codes: Vec<String>,
    },
    /// Patent classes that both are in.
    Ipc {
        /// Their subclasses, as `H01M`.
        classes: Vec<String>,
    },
    /// The price lies within the budget.
    WithinBudget {
        /// The least price.
        price: Fen,
        /// The highest budget.
        budget: Fen,
    },
    /// The price begins above the budget.
    BeyondBudget {
        /// The least price.
        price: Fen,
        /// The highest budget.
        budget: Fen,
    },
    /// Readiness: for, when it can be put to use; against, when it is a matter of the laboratory.
    Maturity {
        /// TRL 1 to 9.
        level: u8,
    },
    /// How far apart they are: for within one city, against beyond the province.
    Distance {
        /// How far.
        distance: Distance,
    },
    /// Ways of working together that both want.
    Modes {
        /// Their codes.
        codes: Vec<String>,
    },
    /// No way of working together that both want.
    OtherModes {
        /// The offer's.
        codes: Vec<String>,
    },
    /// It stands no longer.
    Lapsed {
        /// The last day on which it stood.
        until: Day,
    },
}

/// What speaks for a match, and what against it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Reasons {
    /// For, most telling first.
    pub in_favour: Vec<Reason>,
    /// Against.
    pub against: Vec<Reason>,
}

/// Tells why.
#[derive(Debug, Clone)]
pub struct Explainer {
    analyser: Analyser,
    table: Table,
}

impl Explainer {
    /// With what reads texts.
    #[must_use]
    pub fn new(analyser: Analyser, table: Table) -> Self {
        Self { analyser, table }
    }

    /// The reasons for and against an offer. `shares` are the terms that both have, with what each adds to the score.
    #[must_use]
    pub fn explain(&self, need: &Document, offer: &Document, shares: &[(String, f32)], today: Day) -> Reasons {
        let mut reasons = Reasons::default();
        let words = told(shares);
        if !words.is_empty() {
            reasons.in_favour.push(Reason::Words { terms: words });
        }
        reasons.in_favour.extend(self.sentences(need, offer));
        by_sets(need, offer, &mut reasons);
        by_price(need, offer, &mut reasons);
        by_place(need, offer, &mut reasons);
        if let Some(level) = offer.facts.maturity {
            let reason = Reason::Maturity { level };
            if level >= MATURE {
                reasons.in_favour.push(reason);
            } else if level < EARLY {
                reasons.against.push(reason);
            }
        }
        if let Some(until) = offer.facts.until.filter(|until| *until < today) {
            reasons.against.push(Reason::Lapsed { until });
        }
        reasons
    }

    /// The two sentences that are nearest to each other, where any are near.
    fn sentences(&self, need: &Document, offer: &Document) -> Option<Reason> {
        let theirs = self.vectors(&offer.body);
        let mut best: Option<(f32, &str, &str)> = None;
        for (mine, vector) in self.vectors(&need.body) {
            for (other, other_vector) in &theirs {
                let cosine = vector.cosine(other_vector);
                if cosine >= best.map_or(ALIKE_MIN, |(best, ..)| best) {
                    best = Some((cosine, mine, other));
                }
            }
        }
        best.map(|(cosine, need, offer)| Reason::Sentences {
            need: need.to_owned(),
            offer: offer.to_owned(),
            cosine,
        })
    }

    fn vectors<'t>(&self, text: &'t str) -> Vec<(&'t str, Vector)> {
        text.split(['。', '；', ';', '\n', '！', '？'])
            .map(str::trim)
            .filter(|sentence| SENTENCE_CHARS.contains(&sentence.chars().count()))
            .take(SENTENCES_MAX)
            .map(|sentence| (sentence, self.table.embed_text(&self.analyser.normalise(sentence))))
            .collect()
    }
}

/// The words with the largest shares, which add to 1 over all of them.
fn told(shares: &[(String, f32)]) -> Vec<(String, f32)> {
    let sum: f32 = shares.iter().map(|(_, share)| share.max(0.0)).sum();
    let mut words: Vec<(String, f32)> = shares
        .iter()
        .filter(|(_, share)| *share > 0.0)
        .map(|(term, share)| (term.clone(), share / sum))
        .collect();
    words.sort_by(|(one, a), (other, b)| b.total_cmp(a).then_with(|| one.cmp(other)));
    words.truncate(WORDS_TOLD);
    words
}

fn shared(one: &[String], other: &[String]) -> Vec<String> {
    let other: HashSet<&String> = other.iter().collect();
    one.iter().filter(|code| other.contains(code)).cloned().collect()
}

fn by_sets(need: &Document, offer: &Document, reasons: &mut Reasons) {
    let (need, offer) = (&need.facts, &offer.facts);
    let fields = shared(&need.fields, &offer.fields);
    if !fields.is_empty() {
        reasons.in_favour.push(Reason::Fields { codes: fields });
    } else if !need.fields.is_empty() && !offer.fields.is_empty() {
        reasons.against.push(Reason::OtherFields {
            codes: offer.fields.clone(),
        });
    }
    let classes = shared(&need.ipc, &offer.ipc);
    if !classes.is_empty() {
        reasons.in_favour.push(Reason::Ipc { classes });
    }
    let modes = shared(&need.modes, &offer.modes);
    if !modes.is_empty() {
        reasons.in_favour.push(Reason::Modes { codes: modes });
    } else if !need.modes.is_empty() && !offer.modes.is_empty() {
        reasons.against.push(Reason::OtherModes {
            codes: offer.modes.clone(),
        });
    }
}

fn by_price(need: &Document, offer: &Document, reasons: &mut Reasons) {
    let budget = need.facts.price_max.or(need.facts.price_min);
    let price = offer.facts.price_min.or(offer.facts.price_max);
    if let (Some(price), Some(budget)) = (price, budget) {
        if price <= budget {
            reasons.in_favour.push(Reason::WithinBudget { price, budget });
        } else {
            reasons.against.push(Reason::BeyondBudget { price, budget });
        }
    }
}

fn by_place(need: &Document, offer: &Document, reasons: &mut Reasons) {
    let region = |document: &Document| document.facts.region.as_deref().and_then(Region::new);
    let (Some(one), Some(other)) = (region(need), region(offer)) else {
        return;
    };
    let distance = distance(one, other, Regions::builtin());
    let reason = Reason::Distance { distance };
    match distance {
        Distance::County | Distance::City => reasons.in_favour.push(reason),
        Distance::Far => reasons.against.push(reason),
        Distance::Province => {}
    }
}

/// How far two regions are from each other. Codes of which one is within the other are as near as the wider one is wide.
#[must_use]
pub fn distance(one: Region, other: Region, regions: &Regions) -> Distance {
    if one.province() != other.province() {
        return Distance::Far;
    }
    // Counties that a province governs itself share no city, though their codes begin alike.
    let is_county = |region: Region| region != region.city() && region != region.province();
    if one == other && is_county(one) {
        return Distance::County;
    }
    let same_city = one.city() == other.city() && one != one.province() && other != other.province();
    if same_city && (regions.get(one.city().as_str()).is_some() || one == other) {
        Distance::City
    } else {
        Distance::Province
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Facts, Family};
    use uuid::Uuid;

    fn document(body: &str, facts: Facts) -> Document {
        Document {
            id: Uuid::nil(),
            family: Family::Offer,
            kind: "patent".into(),
            title: "电池隔膜".into(),
            body: body.into(),
            facts,
        }
    }

    fn explain(need: Facts, offer: Facts) -> Reasons {
        let explainer = Explainer::new(Analyser::new(), Table::shipped().unwrap());
        let shares = [
            ("隔膜".to_owned(), 3.0),
            ("电池".to_owned(), 1.0),
            ("的".to_owned(), 0.0),
        ];
        explainer.explain(
            &document("隔膜受热收缩，电池会短路。我们有三条产线。", need),
            &document("高温下隔膜收缩小，防止电池短路。已获奖两次以上。", offer),
            &shares,
            kernel::Stamp::from_micros(1_717_200_000_000_000).date_in_cn(),
        )
    }

    #[test]
    fn what_is_unknown_is_no_reason() {
        let reasons = explain(Facts::default(), Facts::default());
        assert!(reasons.against.is_empty());
        let [Reason::Words { terms }, Reason::Sentences { need, offer, .. }] = reasons.in_favour.as_slice() else {
            panic!("{reasons:?}");
        };
        assert_eq!(terms, &[("隔膜".to_owned(), 0.75), ("电池".to_owned(), 0.25)]);
        assert!(need.contains("短路") && offer.contains("短路"));
    }

    #[test]
    fn each_fact_speaks_for_or_against() {
        let need = Facts {
            fields: vec!["NE".into()],
            region: Some("320115".into()),
            modes: vec!["licence".into()],
            price_max: Some(Fen::new(100)),
            ipc: vec!["H01M".into()],
            ..Facts::default()
        };
        let good = Facts {
            maturity: Some(8),
            price_min: Some(Fen::new(90)),
            until: Some(kernel::Stamp::from_micros(1_717_200_000_000_000).date_in_cn()),
            region: Some("320106".into()),
            ..need.clone()
        };
        let reasons = explain(need.clone(), good);
        assert!(reasons.against.is_empty(), "{:?}", reasons.against);
        assert_eq!(reasons.in_favour.len(), 8, "{:?}", reasons.in_favour);
        let bad = Facts {
            fields: vec!["AGR".into()],
            region: Some("440106".into()),
            maturity: Some(2),
            modes: vec!["sale".into()],
            price_min: Some(Fen::new(110)),
            until: Some(kernel::Stamp::from_micros(1_717_100_000_000_000).date_in_cn()),
            ..Facts::default()
        };
        assert_eq!(explain(need, bad).against.len(), 6);
    }

    #[test]
    fn places_are_near_by_their_divisions() {
        let far = |one, other| {
            distance(
                Region::new(one).unwrap(),
                Region::new(other).unwrap(),
                Regions::builtin(),
            )
        };
        assert_eq!(far("320115", "320115"), Distance::County);
        assert_eq!(far("320115", "320106"), Distance::City);
        assert_eq!(far("320115", "320500"), Distance::Province);
        assert_eq!(far("320000", "320000"), Distance::Province);
        assert_eq!(far("320115", "440100"), Distance::Far);
    }
}
