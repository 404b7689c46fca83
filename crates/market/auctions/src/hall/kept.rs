//! A lot in words by the store's mirror: for what is over, and where a log can't be had.

use bidding::Phase;
use jcore::Cx;

use super::view::number;
use crate::model::{Lot, SOLD};

/// What a mirrored price is: words of its label.
#[must_use]
pub(crate) fn price_label(phase: Phase) -> &'static str {
    match phase {
        Phase::Provisional | Phase::Publicity => "hall-price-awarded",
        Phase::Confirmed => "hall-price-sold",
        Phase::Falling => "hall-price-falling",
        Phase::Listed => "hall-price-listed",
        phase if phase.is_live() || phase == Phase::Closing => "hall-price-now",
        _ => "hall-price-last",
    }
}

/// The instant that a lot's clock counts to, in microseconds; none where nothing runs.
#[must_use]
pub(crate) fn ends_at(lot: &Lot) -> Option<i64> {
    match lot.phase() {
        Phase::Announced | Phase::Ready => lot.starts_at,
        Phase::Publicity => lot.published_until,
        phase if phase.is_live() => lot.end_at,
        _ => None,
    }
}

/// Who is to buy.
#[must_use]
pub(crate) fn lead(cx: &Cx, lot: &Lot) -> String {
    let paddle = lot.award_paddle.filter(|_| SOLD.contains(&lot.phase.as_str()));
    let paddle = paddle.and_then(|paddle| u32::try_from(paddle).ok());
    paddle.map_or_else(String::new, |paddle| {
        cx.ta("hall-lead-number", &[("paddle", number(paddle))])
    })
}

/// How many took part: bids where they are many, and who was admitted.
#[must_use]
pub(crate) fn count(cx: &Cx, lot: &Lot) -> String {
    let who = ("who", lot.bidders.to_string());
    match lot.mode.as_str() {
        "english" => cx.ta("hall-count-kept", &[("n", lot.bids.to_string()), who]),
        _ => cx.ta("hall-count-admitted", &[who]),
    }
}
