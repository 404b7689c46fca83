//! Proxies (代理出价): a bidder's ceiling, sealed at rest; the platform bids one step at a time for them while they are
//! outbid, and each such bid is a bid of the log, marked as made by the proxy.

use bidding::{Hash, Paddle};
use jcore::{App, Cx, Result, Withheld};
use kernel::Fen;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::floor::Floor;
use super::place::Place;
use super::store::{self, Proxy};
use crate::rules::BID;

/// A ceiling with the salt of its commitment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Ceiling {
    /// The most that is bid for them.
    pub amount: Fen,
    /// In hexadecimal.
    pub salt: String,
}

impl Ceiling {
    /// What the ceiling is sealed to; shown to its bidder.
    pub(crate) fn commitment(&self, lot: Uuid, paddle: Paddle) -> Hash {
        Hash::of(
            b"jiebang.ceiling",
            &[
                lot.to_string().as_bytes(),
                &paddle.0.to_le_bytes(),
                &self.amount.get().to_le_bytes(),
                self.salt.as_bytes(),
            ],
        )
    }
}

fn place_of(lot: Uuid, paddle: i64) -> String {
    format!("lot_proxy.ceiling/{lot}/{paddle}")
}

/// Opens a ceiling.
pub(crate) fn open(app: &App, lot: Uuid, proxy: &Proxy) -> Result<Withheld<Ceiling>> {
    app.keys.open_json(&place_of(lot, proxy.paddle), &proxy.ceiling)
}

/// The reader's own ceiling with what it is sealed to.
///
/// # Errors
/// The store's.
pub(crate) async fn mine(cx: &Cx, place: &Place, me: Paddle) -> Result<Option<(Fen, String)>> {
    let Floor::Real(_, lot) = &place.floor else {
        return Ok(None);
    };
    let Some(user) = cx.actor.user else { return Ok(None) };
    let Some(sight) = cx.sight(BID, &jcore::Subject::user(user)) else {
        return Ok(None);
    };
    let mut conn = cx.app.read().await?;
    let Some(proxy) = store::proxy(&mut conn, *lot, me.0).await? else {
        return Ok(None);
    };
    let ceiling = open(&cx.app, *lot, &proxy)?.into_revealed(&sight);
    Ok(Some((ceiling.amount, proxy.commitment)))
}
