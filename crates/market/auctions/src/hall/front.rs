//! What the home page shows of the hall: what is live, else what comes next. By the store's mirror, one question: the home
//! page waits for no log.

use jcore::{Cx, Result};

use super::list::kept_card;
use crate::model::{COMING, LIVE};
use crate::store;
use crate::store::lots::Filter;

/// A lot on the home page.
#[derive(Debug, Clone)]
pub struct FrontLot {
    /// Where it leads: the room while it is live, the lot's page before.
    pub href: String,
    /// Its title.
    pub title: String,
    /// The number that people call it by.
    pub number: String,
    /// How it is sold, in words.
    pub mode: String,
    /// Where it stands, in words.
    pub phase: String,
    /// The class of that chip.
    pub class: &'static str,
    /// What the price is: the leading one, the start.
    pub label: String,
    /// How much.
    pub price: String,
    /// What the clock counts to, and how much is left.
    pub left: String,
}

/// Lots for the home page, the live ones first.
///
/// # Errors
/// The store's.
pub async fn front(cx: &Cx, max: usize) -> Result<Vec<FrontLot>> {
    let filter = Filter {
        states: vec!["logged"],
        phases: [&LIVE[..], &COMING].concat(),
        ..Filter::default()
    };
    let mut conn = cx.app.read().await?;
    let lots = store::lots::first_by_phase(&mut conn, &filter, i64::try_from(max).unwrap_or(0)).await?;
    drop(conn);
    let view = |card: super::list::LotCard| FrontLot {
        left: if card.ends > 0 {
            format!("{} {}", card.clock_label, card.clock)
        } else {
            String::new()
        },
        href: card.href,
        title: card.title,
        number: card.number,
        mode: card.chips.join(" "),
        phase: card.phase,
        class: card.class,
        label: card.label,
        price: card.price,
    };
    Ok(lots.iter().map(|lot| view(kept_card(cx, lot))).collect())
}
