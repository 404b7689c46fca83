//! A room: which lot, where it is kept, and who is looking.

use std::sync::Arc;

use bidding::Paddle;
use jcore::{Cx, Fault, Result};
use uuid::Uuid;

use super::floor::Floor;
use super::halls;
use crate::machine::auctions;
use crate::model::{BidderState, Lot, user_key};
use crate::store;

/// What a room says of its lot beside where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Card {
    /// The number that people call it by.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Words for chips: the kind of sale, the mode.
    pub chips: Vec<String>,
}

/// A room.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Where the lot is kept.
    pub floor: Floor,
    /// The address under which the room lies, as `/lots/ID`.
    pub base: String,
    /// What it says.
    pub card: Card,
    /// The reader's paddle.
    pub me: Option<Paddle>,
    /// Whether the reader asked to take part and waits for an answer.
    pub asked: bool,
    /// The lot as stored; none for a mock one.
    pub lot: Option<Arc<Lot>>,
}

impl Place {
    /// Whether it is a mock lot.
    pub(crate) fn is_mock(&self) -> bool {
        matches!(self.floor, Floor::Mock(_))
    }
}

/// The room of a lot in the store, to who is looking.
///
/// # Errors
/// Not found: also for a lot that is not announced yet.
pub(crate) async fn real(cx: &Cx, lot: &str) -> Result<Place> {
    let id: Uuid = lot.parse().map_err(|_| Fault::not_found())?;
    let mut conn = cx.app.read().await?;
    let lot = store::lots::get(&mut conn, id).await?;
    if !lot.is_public() {
        return Err(Fault::not_found());
    }
    let mine = match cx.actor.user {
        Some(user) => store::bidders::mine(&mut conn, id, &user_key(&cx.app, user)).await?,
        None => None,
    };
    drop(conn);
    let log = auctions(&cx.app)?.clone();
    let state = mine.as_ref().map(crate::model::Bidder::state);
    Ok(Place {
        floor: Floor::Real(log, id),
        base: format!("/lots/{id}"),
        card: card(cx, &lot)?,
        me: mine
            .filter(|_| state == Some(BidderState::Admitted))
            .map(|bidder| bidder.paddle()),
        asked: state == Some(BidderState::Asked),
        lot: Some(Arc::new(lot)),
    })
}

fn card(cx: &Cx, lot: &Lot) -> Result<Card> {
    let terms = lot.terms()?;
    let mut chips = Vec::new();
    if !terms.deal.is_empty() {
        chips.push(cx.t(&format!("lot-deal-{}", terms.deal)));
    }
    chips.push(cx.t(&format!("lot-mode-{}", lot.mode)));
    Ok(Card {
        number: lot.number.clone(),
        title: lot.title.clone(),
        chips,
    })
}

/// The room of a mock hall, to who is looking.
///
/// # Errors
/// Not found.
pub(crate) fn mock(cx: &Cx, room: &str) -> Result<Place> {
    let halls = halls(&cx.app)?;
    let (kind, mock, me) = halls
        .mocks()
        .enter(&cx.app, room, &identity(cx))
        .ok_or_else(Fault::not_found)?;
    Ok(Place {
        floor: Floor::Mock(Box::new(mock)),
        base: format!("/training/{room}"),
        card: Card {
            number: cx.t(&format!("hall-mock-number-{}", kind.code())),
            title: cx.t(&format!("hall-mock-title-{}", kind.code())),
            chips: vec![cx.t(&format!("lot-mode-{}", kind.mode()))],
        },
        me,
        asked: false,
        lot: None,
    })
}

/// By what a mock hall knows somebody again: the person, or else the browser.
pub(crate) fn identity(cx: &Cx) -> String {
    match cx.actor.user {
        Some(user) => user.to_string(),
        None => cx.csrf.to_string(),
    }
}
