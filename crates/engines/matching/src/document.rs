//! What the engine knows of a public item.

use kernel::{Day, Fen};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What kind of thing a document is, as far as the engine treats it in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// A technical need (技术需求).
    Need,
    /// Something on offer: a patent or an achievement (供给).
    Offer,
    /// A lot in the hall (标的).
    Lot,
    /// An organisation, a person or a place: found by search, never matched.
    Party,
    /// A page of text: news, a case, help. Found by search, never matched.
    Page,
}

/// A public item as the engine keeps it. All of it may be shown to anyone: nothing withheld is ever put in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Its id in the store.
    pub id: Uuid,
    /// How it is treated.
    pub family: Family,
    /// Its kind as the market names it: `need`, `patent`, `achievement`.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Its text: all public texts, one after the other, a line each.
    pub body: String,
    /// What is known of it beside its text.
    pub facts: Facts,
}

/// What is known of an item beside its text. Empty means unknown, never "none".
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Fields (产业领域), by their codes.
    pub fields: Vec<String>,
    /// Region, by its six-digit code.
    pub region: Option<String>,
    /// Technology readiness level, 1 to 9.
    pub maturity: Option<u8>,
    /// Ways of transfer or of working together, by their codes.
    pub modes: Vec<String>,
    /// The least price or budget.
    pub price_min: Option<Fen>,
    /// The highest price or budget.
    pub price_max: Option<Fen>,
    /// The last day on which it stands.
    pub until: Option<Day>,
    /// IPC subclasses, as in `H01M`.
    pub ipc: Vec<String>,
    /// Numbers by which people ask for it: patent, publication and contract numbers, codes.
    pub numbers: Vec<String>,
    /// The owner's name, where the owner lets it be shown.
    pub owner: Option<String>,
}
