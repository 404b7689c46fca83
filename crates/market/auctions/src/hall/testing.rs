//! Lots for unit tests.

use bidding::{At, Desk, Rules};
use kernel::Fen;

/// An instant of June 2023.
pub(crate) const NOW: At = At(1_686_722_400_000_000);

/// Ascending rules from a start in yuan.
pub(crate) fn english(yuan: i64) -> Rules {
    Rules::english(Fen::new(yuan * 100))
}

/// A lot that has begun, with so many bidders whose deposits are good; and the instant.
pub(crate) fn start(rules: Rules, bidders: u32) -> (Desk, At) {
    let (desk, _) = super::mock::rehearsed("lot", &rules, bidders, NOW);
    (desk, NOW)
}
