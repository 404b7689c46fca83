//! What this crate's tests share.

use bidding::Rules;
use kernel::Fen;
use uuid::Uuid;

use crate::model::{Lot, Terms};

/// A draft with a start.
pub(crate) fn lot(start: Fen) -> Lot {
    Lot {
        id: Uuid::from_u128(1),
        number: "JB2023-0001".into(),
        org_id: Uuid::from_u128(2),
        region: "320102".into(),
        programme: "jiangsu-2023".into(),
        title: "一种高温合金".into(),
        state: "draft".into(),
        mode: "english".into(),
        rules: serde_json::to_string(&Rules::english(start)).unwrap(),
        terms: serde_json::to_string(&Terms::default()).unwrap(),
        reserve: None,
        rules_hash: String::new(),
        start_fen: start.get(),
        registers_until: None,
        starts_at: None,
        version: 1,
        origin_id: None,
        round: 1,
        phase: "draft".into(),
        seq: 0,
        price_fen: None,
        bids: 0,
        bidders: 0,
        end_at: None,
        announced_at: None,
        closed_at: None,
        award_paddle: None,
        award_fen: None,
        published_until: None,
        confirmed_at: None,
        ended_why: String::new(),
        created_by: None,
        created_at: 0,
        changed_at: 0,
    }
}
