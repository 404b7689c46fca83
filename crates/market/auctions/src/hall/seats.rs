//! Who bids under which number: looked up once and kept for a few seconds, so that a bid costs no look into the store.
//! Nobody's paddle changes once they are admitted; what may change, a deposit or a round, the log itself decides.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use bidding::Paddle;
use jcore::{Cx, Fault, FaultKind, Result};
use kernel::UserId;
use uuid::Uuid;

use super::bids::bidder_permit;
use super::floor::Floor;
use super::place;

/// Seconds that a seat is kept: an account that is closed bids no longer than this.
const KEPT_SECS: i64 = 5;
/// Seats kept at most; beyond it those that are old are forgotten.
const SEATS_MAX: usize = 50_000;

/// A bidder's place in a lot.
#[derive(Clone, Debug)]
pub(crate) struct Seat {
    /// Where the lot is kept.
    pub floor: Floor,
    /// Under which number they bid.
    pub paddle: Paddle,
    at: i64,
}

/// The seats that this node knows.
#[derive(Default)]
pub(crate) struct Seats(Mutex<HashMap<(Uuid, UserId), Seat>>);

impl Seats {
    /// The seat of who asks.
    ///
    /// # Errors
    /// Not found; denied to who is not an admitted bidder.
    pub(crate) async fn of(&self, cx: &Cx, lot: &str) -> Result<Seat> {
        let user = cx.actor.user.ok_or_else(|| Fault::new(FaultKind::SignIn, "sign-in"))?;
        let id: Uuid = lot.parse().map_err(|_| Fault::not_found())?;
        if let Some(seat) = self.known((id, user), cx.now.micros()) {
            return Ok(seat);
        }
        let place = place::real(cx, lot).await?;
        bidder_permit(cx, &place)?;
        let paddle = place.me.ok_or_else(Fault::not_found)?;
        let seat = Seat {
            floor: place.floor,
            paddle,
            at: cx.now.micros(),
        };
        let mut seats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seats.len() >= SEATS_MAX {
            seats.retain(|_, seat| is_fresh(seat, cx.now.micros()));
        }
        seats.insert((id, user), seat.clone());
        Ok(seat)
    }

    fn known(&self, key: (Uuid, UserId), now: i64) -> Option<Seat> {
        let seats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seats.get(&key).filter(|seat| is_fresh(seat, now)).cloned()
    }
}

fn is_fresh(seat: &Seat, now: i64) -> bool {
    (0..KEPT_SECS * 1_000_000).contains(&now.saturating_sub(seat.at))
}
