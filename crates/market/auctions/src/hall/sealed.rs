//! Offers under seal (一次报价). The log has the commitment alone; what opens it lies beside, sealed with the platform's key
//! and bound to its lot and hash. That protects against who reads the store, a backup or the log. It does not protect
//! against who holds the platform's key or changes the program: the room says so. Offers are opened together and in the log
//! after the deadline, by the job that follows lots or, where that does not run, by an officer's hand; the engine refuses an
//! opening before it.

use bidding::{Command, Hash, Paddle, Phase, State, commit_offer};
use jcore::{App, Permit, Result, act};
use kernel::Fen;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::floor::Floor;
use super::mock::Mock;
use super::store;
use kernel::text::hex;

/// Bytes of an offer's nonce.
const NONCE_BYTES: usize = 32;

/// What opens an offer.
#[derive(Serialize, Deserialize)]
struct Opens {
    amount: Fen,
    nonce: String,
}

fn place(lot: Uuid, hash: &str) -> String {
    format!("lot_offer.body/{lot}/{hash}")
}

/// Seals an offer: keeps what opens it, and gives the commitment for the log. What opens it is durable before the log can
/// say that it came.
///
/// # Errors
/// The store's.
pub(crate) async fn seal(app: &App, permit: &Permit, floor: &Floor, paddle: Paddle, amount: Fen) -> Result<Hash> {
    let lot = match floor {
        Floor::Mock(mock) => return Ok(of_mock(app, mock, paddle, amount)),
        Floor::Real(_, lot) => *lot,
    };
    let (offer, nonce) = commit(app, &floor.key(), paddle, amount);
    let hash = offer.to_string();
    let body = app.keys.seal_json(&place(lot, &hash), &Opens { amount, nonce })?;
    act!(app, permit, |act| {
        store::keep_offer(&mut act, lot, &hash, paddle.0, &body).await?;
        act.note("hall.sealed", "lot", lot, serde_json::json!({ "hash": hash }));
        Ok(())
    })?;
    Ok(offer)
}

fn commit(app: &App, lot: &str, paddle: Paddle, amount: Fen) -> (Hash, String) {
    let nonce = app.ids.bytes::<NONCE_BYTES>();
    (commit_offer(lot, paddle.0, amount, &nonce), hex(&nonce))
}

/// Seals an offer in a mock hall.
pub(crate) fn of_mock(app: &App, mock: &Mock, paddle: Paddle, amount: Fen) -> Hash {
    let (offer, nonce) = commit(app, &mock.lot, paddle, amount);
    mock.keep_offer(offer, amount, nonce);
    offer
}

/// The openings of a mock lot's offers.
pub(crate) fn openings_of_mock(mock: &Mock, state: &State) -> Vec<Command> {
    let waiting = state
        .offers
        .iter()
        .filter(|(_, offer)| offer.amount.is_none() && !offer.spoiled);
    let opens = waiting.map(|(bidder, offer)| match mock.offer(offer.hash) {
        Some((amount, nonce)) => Command::Open {
            bidder: *bidder,
            amount,
            nonce,
        },
        None => Command::Spoil { bidder: *bidder },
    });
    opens.collect()
}

/// Opens every offer that waits, all at once; returns how many were opened, and how many could not be read.
///
/// # Errors
/// The store's; a fault of kind conflict where nothing is to be opened now.
pub(crate) async fn open_all(app: &App, floor: &Floor) -> Result<(usize, usize)> {
    let Floor::Real(_, lot) = floor else {
        return Ok((0, 0));
    };
    let state = floor.state().await?.state;
    if state.phase != Phase::Unsealing {
        return Err(crate::machine::refusal(bidding::Why::NotNow));
    }
    let (mut opened, mut spoiled) = (0, 0);
    for (bidder, offer) in &state.offers {
        if offer.amount.is_some() || offer.spoiled {
            continue;
        }
        let command = opening(app, *lot, *bidder, offer.hash).await?;
        match &command {
            Command::Spoil { .. } => spoiled += 1,
            _ => opened += 1,
        }
        floor.send(command).await?;
    }
    Ok((opened, spoiled))
}

/// The opening of one offer; where what opens it is gone or changed, the log is told that it can't be read.
async fn opening(app: &App, lot: Uuid, bidder: Paddle, hash: Hash) -> Result<Command> {
    let hash = hash.to_string();
    let mut conn = app.read().await?;
    let body = store::offer(&mut conn, lot, &hash).await?;
    drop(conn);
    let opens = body.and_then(|body| app.keys.open_json::<Opens>(&place(lot, &hash), &body).ok());
    Ok(match opens {
        Some(opens) => {
            // It goes into the log, where everybody sees it from now on: that is the opening.
            let opens = opens.unshown();
            Command::Open {
                bidder,
                amount: opens.amount,
                nonce: opens.nonce.clone(),
            }
        }
        None => Command::Spoil { bidder },
    })
}
