//! What is asked of a match, and what is answered.

use std::ops::RangeInclusive;

use kernel::{Day, Fen};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::bands::Band;
use crate::learn::{LEVELS, Why};
use crate::{Facts, Family};

/// A text that looks for what fits it: a need, an offer, or what somebody pasted.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Its title; may be empty.
    pub title: String,
    /// Its text; may be empty.
    pub body: String,
    /// What is known of it.
    pub facts: Facts,
    /// What may be found.
    pub want: Want,
    /// What narrows the result. What falls to a filter is counted in [`Found::left_out`].
    pub filters: Filters,
    /// Matches at most.
    pub limit: usize,
    /// The item itself, where it is in the index.
    pub exclude: Option<Uuid>,
    /// What was said about earlier matches of this same text.
    pub verdicts: Vec<Verdict>,
}

/// What may be found. Empty lists mean all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Want {
    /// Families.
    pub families: Vec<Family>,
    /// Kinds.
    pub kinds: Vec<String>,
}

/// Filters. What is not known of an item does not fit a filter for field, region, maturity or mode; an unknown price or
/// last day fits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// One of these fields.
    pub fields: Vec<String>,
    /// This region: six digits, or the first two or four.
    pub region: Option<String>,
    /// These levels of maturity.
    pub maturity: Option<RangeInclusive<u8>>,
    /// One of these modes.
    pub modes: Vec<String>,
    /// No dearer than this.
    pub price_max: Option<Fen>,
    /// Still standing on this day.
    pub on: Option<Day>,
}

/// What somebody said about a match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The item that was judged.
    pub id: Uuid,
    /// Whether it fits.
    pub is_relevant: bool,
    /// Why, if that was said.
    pub why: Option<Why>,
}

/// What fits, the best first.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Found {
    /// The matches.
    pub items: Vec<Match>,
    /// How many of what would else be among them fell to which filter.
    pub left_out: Vec<LeftOut>,
    /// How many items were compared.
    pub compared: usize,
}

/// Items that fell to a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Which.
    pub filter: Filter,
    /// How many.
    pub count: usize,
}

/// A filter by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Filter {
    /// By field.
    Field,
    /// By region.
    Region,
    /// By maturity.
    Maturity,
    /// By mode.
    Mode,
    /// By price.
    Price,
    /// By last day.
    Validity,
}

/// One match.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Match {
    /// The item.
    pub id: Uuid,
    /// Both scores as one (see [`crate::fuse`]), and what verdicts add to it: 0 for the corpus' mean, near 2 for what is as
    /// good as the best ten.
    pub score: f32,
    /// What that means.
    pub band: Band,
    /// The probabilities of the levels, lowest first: unrelated, same field, usable in part, fits.
    pub probabilities: [f32; LEVELS],
    /// How many standard deviations its words lie above all items'.
    pub lexical_z: f32,
    /// How many its meaning does.
    pub vector_z: f32,
    /// The part of the text's weight that its words cover, about 0 to 1.
    pub coverage: f32,
    /// The cosine of both meanings, less what the corpus has in common.
    pub cosine: f32,
    /// What speaks for and against it.
    pub reasons: Vec<Reason>,
}

/// What speaks for or against a match.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Reason {
    /// Both have this word.
    Word {
        /// The word.
        term: String,
        /// Its share of the words' score, 0 to 1.
        share: f32,
    },
}
