//! Proxies (代理出价): a bidder's ceiling, sealed at rest; the platform bids one step at a time for them while they are
//! outbid, and each such bid is a bid of the log, marked as made by the proxy.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::Path;
use axum::response::Response;
use bidding::sequencer::Reply;
use bidding::{Command, Hash, Key, Paddle, Phase, State};
use jcore::{Actor, App, Cx, Fault, Form, Permit, Result, Subject, Withheld, act};
use kernel::{Fen, Issue};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::amount::bare;
use super::bids::bidder_permit;
use super::floor::{Floor, Given};
use super::halls;
use super::place::{self, Place};
use super::store::{self, Proxy};
use crate::machine::auctions;
use crate::rules::{BID, FOLLOW};
use kernel::text::hex;

/// Milliseconds before a bid that was not placed is made again.
const RETRY_MS: u64 = 200;
/// Milliseconds after which a lot is looked at although nothing was heard of it.
const LOOK_MS: u64 = 2000;

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

/// What a bidder sends for their proxy.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ProxyForm {
    #[serde(default)]
    ceiling: String,
    #[serde(default)]
    end: String,
}

/// `POST /lots/{lot}/proxy`
pub(crate) async fn set(cx: Cx, Path(lot): Path<String>, Form(form): Form<ProxyForm>) -> Result<Response> {
    let place = place::real(&cx, &lot).await?;
    let permit = bidder_permit(&cx, &place)?;
    let (Some(me), Floor::Real(_, id)) = (place.me, &place.floor) else {
        return Err(Fault::not_found());
    };
    let path = format!("{}/room", place.base);
    if !form.end.is_empty() {
        end(&cx.app, &permit, *id, me).await?;
        return Ok(cx.redirect_saying(&path, &cx.t("hall-said-proxy-ended")));
    }
    let state = place.floor.state().await?.state;
    let issue = |issue: Issue| Fault::issue(Some("ceiling"), issue);
    let amount = super::amount::read(&form.ceiling).ok_or_else(|| issue(Issue::error("hall-ceiling")))?;
    let least = if state.lead.is_some_and(|lead| lead.bidder == me) {
        state.price()
    } else {
        state.next_price()
    };
    if let Some(least) = least.filter(|least| amount < *least) {
        return Err(issue(Issue::error("hall-ceiling-low").with("amount", bare(least))));
    }
    keep(&cx.app, &permit, *id, me, amount).await?;
    run(&cx.app, *id, &place.floor);
    Ok(cx.redirect_saying(&path, &cx.t("hall-said-proxy")))
}

async fn keep(app: &App, permit: &Permit, lot: Uuid, me: Paddle, amount: Fen) -> Result<()> {
    let salt = hex(&app.ids.bytes::<16>());
    let ceiling = Ceiling { amount, salt };
    let commitment = ceiling.commitment(lot, me).to_string();
    let sealed = app.keys.seal_json(&place_of(lot, i64::from(me.0)), &ceiling)?;
    act!(app, permit, |act| {
        store::set_proxy(&mut act, lot, me.0, &sealed, &commitment).await?;
        act.note(
            "hall.proxy",
            "lot",
            lot,
            serde_json::json!({ "commitment": commitment }),
        );
        Ok(())
    })
}

async fn end(app: &App, permit: &Permit, lot: Uuid, me: Paddle) -> Result<()> {
    act!(app, permit, |act| {
        store::end_proxy(&mut act, lot, me.0).await?;
        act.note("hall.proxy-ended", "lot", lot, serde_json::json!({}));
        Ok(())
    })
}

/// Sees to it that every lot with proxies is watched for them: after a start, and on every node. Two nodes may bid for the
/// same proxy; the key follows from the bid that it answers, so it is one bid.
///
/// # Errors
/// The store's.
pub(crate) async fn watch_all(app: &App) -> Result<usize> {
    let lots = store::lots_with_proxies(&mut app.read().await?).await?;
    let count = lots.len();
    for lot in lots {
        run(app, lot, &Floor::Real(auctions(app)?.clone(), lot));
    }
    Ok(count)
}

/// The lots whose proxies are watched on this node.
#[derive(Clone, Default)]
pub(crate) struct Running(Arc<Mutex<BTreeSet<Uuid>>>);

impl Running {
    fn begin(&self, lot: Uuid) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(lot)
    }

    fn end(&self, lot: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&lot);
    }
}

fn run(app: &App, lot: Uuid, floor: &Floor) {
    let Ok(halls) = halls(app) else { return };
    let running = halls.proxies().clone();
    if !running.begin(lot) {
        return;
    }
    let (app, floor) = (app.clone(), floor.clone());
    tokio::spawn(async move {
        if let Err(fault) = bid_for(&app, lot, &floor).await {
            tracing::warn!(%fault, %lot, "proxies of a lot stopped and begin again");
        }
        running.end(lot);
    });
}

/// Bids for the proxies of a lot whenever its state changes, until it is over or none is left.
async fn bid_for(app: &App, lot: Uuid, floor: &Floor) -> Result<()> {
    // Asking starts the logs; only then is something heard of them.
    floor.state().await?;
    let mut updates = floor.watch();
    loop {
        let state = floor.state().await?.state;
        let proxies = store::proxies(&mut app.read().await?, lot).await?;
        if proxies.is_empty() {
            return Ok(());
        }
        if is_past(&state) {
            let permit = app.permit(&Actor::system(), FOLLOW, &Subject::NONE)?;
            return act!(app, permit, |act| {
                store::end_proxies(&mut act, lot).await?;
                act.note("hall.proxy-ended", "lot", lot, serde_json::json!({}));
                Ok(())
            });
        }
        let mut ceilings = Vec::with_capacity(proxies.len());
        for proxy in &proxies {
            // To be compared with the price, not to be shown.
            let ceiling = open(app, lot, proxy)?;
            let paddle = Paddle(u32::try_from(proxy.paddle).unwrap_or(0));
            ceilings.push((paddle, ceiling.unshown().amount));
        }
        if let Some((bidder, amount)) = next_bid(&state, &ceilings) {
            let bid = Command::Bid {
                bidder,
                amount,
                key: key_of(&state, bidder),
                auto: true,
                confirmed: false,
            };
            match floor.send(bid).await? {
                Given::Reply(Reply::Answered { answer, .. }) if answer.refused.is_none() => continue,
                // Refused: only a change of the lot can change that.
                Given::Reply(Reply::Answered { .. }) => {}
                // Busy or unknown: the same bid has the same key, so it is made again in a moment.
                _ => {
                    tokio::time::sleep(Duration::from_millis(RETRY_MS)).await;
                    continue;
                }
            }
        }
        // Proxies set on another node, and a phase that began by itself, are seen at the latest now.
        let wait = Duration::from_millis(LOOK_MS);
        if let Ok(Err(_)) = tokio::time::timeout(wait, updates.changed()).await {
            return Ok(());
        }
    }
}

/// Whether a lot takes no more open bids.
fn is_past(state: &State) -> bool {
    state.phase.is_over()
        || matches!(
            state.phase,
            Phase::Closing | Phase::Asking | Phase::Provisional | Phase::Publicity | Phase::Unsealing
        )
}

/// The next bid of a proxy: of the one that was set first among those who are outbid and reach the next price. One step, at
/// the least price.
#[must_use]
fn next_bid(state: &State, ceilings: &[(Paddle, Fen)]) -> Option<(Paddle, Fen)> {
    if !matches!(state.phase, Phase::Free | Phase::Timed) || state.paused.is_some() {
        return None;
    }
    let next = state.next_price()?;
    let lead = state.lead.map(|lead| lead.bidder);
    let able = ceilings.iter().find(|(paddle, ceiling)| {
        Some(*paddle) != lead && *ceiling >= next && state.ledger.is_good(*paddle) && state.is_in_round(*paddle)
    });
    able.map(|(paddle, _)| (*paddle, next))
}

/// The key of a proxy's bid follows from the step that it answers: two nodes, or a second try, make one bid.
fn key_of(state: &State, bidder: Paddle) -> Key {
    let answers = state.lead.map_or(0, |lead| lead.seq);
    let hash = Hash::of(
        b"jiebang.proxy",
        &[state.lot.as_bytes(), &bidder.0.to_le_bytes(), &answers.to_le_bytes()],
    );
    let mut low = [0; 8];
    low.copy_from_slice(hash.0.get(..8).unwrap_or(&[0; 8]));
    Key(u64::from_le_bytes(low) | (1 << 63))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hall::testing::{english, start};

    #[test]
    fn two_proxies_climb_to_a_step_above_the_lower_ceiling() {
        let (mut desk, now) = start(english(600_000), 3);
        let ceilings = [(Paddle(2), Fen::new(65_000_000)), (Paddle(1), Fen::new(70_000_000))];
        let mut bids = 0;
        while let Some((bidder, amount)) = next_bid(desk.state(), &ceilings) {
            let bid = Command::Bid {
                bidder,
                amount,
                key: key_of(desk.state(), bidder),
                auto: true,
                confirmed: false,
            };
            let handled = desk.handle(bid.clone(), now);
            assert!(handled.answer.expect("an answer").refused.is_none());
            assert!(desk.handle(bid, now).steps.is_empty(), "made twice it is one bid");
            bids += 1;
            assert!(bids < 100, "it ends");
        }
        let lead = desk.state().lead.expect("a lead");
        assert_eq!(lead.bidder, Paddle(1), "the higher ceiling leads");
        assert!(
            lead.price.get() > 64_400_000 && lead.price.get() <= 65_600_000,
            "{}",
            lead.price
        );
    }

    #[test]
    fn a_proxy_does_not_bid_against_itself_or_without_a_deposit() {
        let (desk, _) = start(english(600_000), 2);
        assert_eq!(next_bid(desk.state(), &[(Paddle(9), Fen::new(90_000_000))]), None);
        let first = next_bid(desk.state(), &[(Paddle(1), Fen::new(60_000_000))]);
        assert_eq!(
            first,
            Some((Paddle(1), Fen::new(60_000_000))),
            "the first bid is the start"
        );
        assert_eq!(next_bid(desk.state(), &[(Paddle(1), Fen::new(59_999_999))]), None);
    }
}
