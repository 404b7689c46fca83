//! What this crate's tests share.

use bidding::Rules;
use kernel::Fen;
use uuid::Uuid;

use crate::model::{Lot, Terms};

/// A draft with a start.
pub(crate) fn lot(start: Fen) -> Lot {
    Lot {
        number: "JB2023-0001".into(),
        org_id: Uuid::from_u128(2),
        region: "320102".into(),
        programme: "jiangsu-2023".into(),
        title: "一种高温合金".into(),
        mode: "english".into(),
        rules: serde_json::to_string(&Rules::english(start)).unwrap(),
        terms: serde_json::to_string(&Terms::default()).unwrap(),
        start_fen: start.get(),
        ..Lot::draft(Uuid::from_u128(1), 0)
    }
}
