//! What follows from the logs: mirrors for lists, deposits to go back, the reserve's opening, the award's publicity, and
//! who is to be told. Every step can be made again; what was done is not done twice.

use bidding::{At, Command, Event, Movement, Phase, Step};
use jcore::{Act, Actor, App, Fault, FaultKind, Result, act};
use kernel::Stamp;
use serde_json::json;
use uuid::Uuid;

use super::{registering, scoring};
use crate::auctions;
use crate::machine::Auctions;
use crate::model::{Bidder, BidderState, Lot, phase_code, stage_code};
use crate::rules::{FOLLOW, after_working_days};
use crate::store;
use crate::store::lots::Mirror;

/// Hours within which a deposit goes back (bidding rules: at most 24).
const REFUND_HOURS: i64 = 24;
/// Steps that are read at once.
const STEPS_MAX: usize = 10_000;

/// Follows every lot whose log may say something new.
pub(crate) async fn follow(app: &App) -> Result<usize> {
    let lots = store::lots::followed(&mut app.read().await?).await?;
    let mut done = 0;
    for lot in lots {
        match follow_lot(app, lot.id).await {
            Ok(moved) => done += usize::from(moved),
            // One lot's trouble keeps no other from being followed; it comes round again.
            Err(fault) => tracing::error!(lot = %lot.number, %fault, "a lot was not followed"),
        }
    }
    Ok(done)
}

/// Follows one lot; whether something was new.
pub(crate) async fn follow_lot(app: &App, id: Uuid) -> Result<bool> {
    let lot = store::lots::get(&mut app.read().await?, id).await?;
    let logs = auctions(app)?;
    if logs.state(id).await?.is_none() {
        logs.open(id, &lot.rules()?).await?;
    }
    drive(app, logs, &lot).await?;
    let Some(update) = logs.state(id).await? else {
        return Ok(false);
    };
    let seq = i64::try_from(update.state.seq).unwrap_or(i64::MAX);
    if seq <= lot.seq {
        return Ok(false);
    }
    let after = u64::try_from(lot.seq).unwrap_or(0);
    let steps = logs.steps(id, after, STEPS_MAX).await?;
    // The state may be ahead of the steps that were read; what comes later is read the next time.
    let steps: Vec<Step> = steps.into_iter().filter(|step| step.seq <= update.state.seq).collect();
    let read = steps.last().map_or(after, |step| step.seq);
    let state = &update.state;
    let mirror = Mirror {
        phase: phase_code(state.phase),
        seq: i64::try_from(read).unwrap_or(i64::MAX),
        price_fen: price(state).map(kernel::Fen::get),
        bids: i64::try_from(state.bids).unwrap_or(i64::MAX),
        bidders: i64::try_from(state.bidders.len()).unwrap_or(i64::MAX),
        end_at: (state.phase.is_live() && state.paused.is_none()).then_some(state.end.0),
        award: state.award.map(|(paddle, price)| (i64::from(paddle.0), price.get())),
        published_until: state.published_until.map(|at| at.0),
    };
    keep(app, &lot, &mirror, &steps).await
}

/// What a list shows as the price; nothing of sealed offers before they are opened.
fn price(state: &bidding::State) -> Option<kernel::Fen> {
    match state.phase {
        Phase::Falling | Phase::Listed => Some(state.asked),
        Phase::Offers | Phase::Unsealing => None,
        _ => state.award.map(|(_, price)| price).or_else(|| state.price()),
    }
}

/// What somebody else did meanwhile (another node, or a request beside this job) the log refuses to do again.
fn unless_done(done: Result<()>) -> Result<()> {
    match done {
        Err(fault) if fault.kind == FaultKind::Refused => Ok(()),
        other => other,
    }
}

/// What the platform itself owes the log: admitted bidders, the reserve at the close, the publicity of an award.
async fn drive(app: &App, logs: &Auctions, lot: &Lot) -> Result<()> {
    let Some(update) = logs.state(lot.id).await? else {
        return Ok(());
    };
    let state = &update.state;
    if state.phase == Phase::Announced {
        for bidder in store::bidders::of_lot(&mut app.read().await?, lot.id).await? {
            if bidder.state() == BidderState::Admitted && !state.bidders.contains_key(&bidder.paddle()) {
                unless_done(registering::enter(app, lot, &bidder).await)?;
            }
        }
    }
    if state.phase == Phase::Closing
        && state.awaits_reserve()
        && let Some(reserve) = lot.secret(app)?
    {
        // At the close the log itself makes it public.
        let reserve = reserve.unshown().clone();
        let command = Command::OpenReserve {
            amount: reserve.amount,
            salt: reserve.salt,
        };
        unless_done(logs.order(lot.id, command).await.map(|_| ()))?;
        // The award follows at the next look at the clock.
        logs.send(lot.id, Command::Tick).await?;
    }
    if state.phase == Phase::Unsealing && state.paused.is_none() {
        unless_done(open_offers(app, logs, lot, state).await)?;
    }
    let Some(update) = logs.state(lot.id).await? else {
        return Ok(());
    };
    let state = &update.state;
    if let Some(command) = scoring::opening(app, lot, state).await? {
        unless_done(logs.order(lot.id, command).await.map(|_| ()))?;
        logs.send(lot.id, Command::Tick).await?;
    }
    let provisional = logs
        .state(lot.id)
        .await?
        .is_some_and(|u| u.state.phase == Phase::Provisional);
    if provisional {
        let until = publicity_end(app, &lot.rules()?, app.now());
        unless_done(logs.order(lot.id, Command::Publish { until }).await.map(|_| ()))?;
    }
    Ok(())
}

/// Opens all sealed offers after their deadline, at once and in the log; of a scoring lot when the scores are sealed, since
/// nobody is to give them knowing a price. An officer can do the same on the console.
async fn open_offers(app: &App, logs: &Auctions, lot: &Lot, state: &bidding::State) -> Result<()> {
    let is_scoring = matches!(state.rules.mode, bidding::Mode::Scoring { .. });
    let waits = state
        .offers
        .values()
        .any(|offer| offer.amount.is_none() && !offer.spoiled);
    if !waits || (is_scoring && state.scores.is_none()) {
        return Ok(());
    }
    let floor = crate::hall::Floor::Real(logs.clone(), lot.id);
    let (opened, spoiled) = crate::hall::open_all(app, &floor).await?;
    let permit = app.permit(&Actor::system(), FOLLOW, &lot.subject())?;
    act!(app, permit, |act| {
        let detail = json!({ "opened": opened, "spoiled": spoiled });
        act.note("hall.opened", "lot", lot.id, detail);
        Ok(())
    })?;
    logs.send(lot.id, Command::Tick).await.map(|_| ())
}

/// The end of an award's publicity: the midnight after its last day, by working days where the rules say so.
pub(crate) fn publicity_end(app: &App, rules: &bidding::Rules, now: Stamp) -> At {
    let programme = programme::now(app);
    let today = now.date_in_cn();
    let days = rules.publicity.days;
    let end = if rules.publicity.working {
        let last = after_working_days(&programme, today, days);
        Stamp::start_of(last).plus_days(1)
    } else {
        Stamp::start_of(today).plus_days(days.saturating_add(1))
    };
    // Never less than whole days from now, which is what the log asks for.
    At(end.micros().max(now.plus_days(days).micros()))
}

/// Writes what is new. Bids alone change the mirror, which anyone may make again; a change of phase or of a deposit is an
/// act with its note.
async fn keep(app: &App, lot: &Lot, mirror: &Mirror, steps: &[Step]) -> Result<bool> {
    let moved = mirror.phase != lot.phase
        || steps
            .iter()
            .flat_map(|step| &step.events)
            .any(|event| matches!(event, Event::Deposited { .. }));
    if !moved {
        let mut conn = app.db.write().await?;
        let done = store::lots::mirror(&mut conn, lot.id, mirror).await?;
        conn.commit().await?;
        return Ok(done);
    }
    let permit = app.permit(&Actor::system(), FOLLOW, &lot.subject())?;
    let outcome = act!(app, permit, |act| {
        if !store::lots::mirror(&mut act.conn, lot.id, mirror).await? {
            return Err(Fault::stale());
        }
        for step in steps {
            for event in &step.events {
                happened(&mut act, lot, step, event).await?;
            }
        }
        let detail = json!({ "from": lot.phase, "to": mirror.phase, "seq": mirror.seq });
        act.note("lot.followed", "lot", lot.id, detail);
        act.changed("lot", lot.id);
        Ok(true)
    });
    match outcome {
        // Another node, or a request beside this job, followed it meanwhile.
        Err(fault) if fault.code == "stale" => Ok(false),
        other => other,
    }
}

async fn happened(act: &mut Act, lot: &Lot, step: &Step, event: &Event) -> Result<()> {
    let at = step.at.0;
    match event {
        Event::Deposited {
            bidder,
            movement,
            amount,
        } => {
            let paddle = i64::from(bidder.0);
            let to = stage_after(*movement);
            store::bidders::stage(act, lot.id, paddle, stage_code(to)).await?;
            if *movement == Movement::Release
                && let Some(bidder) = store::bidders::by_paddle(&mut act.conn, lot.id, paddle).await?
            {
                let due = Stamp::from_micros(at).plus_secs(REFUND_HOURS * 3600);
                store::bank::owe(act, lot.id, bidder.id, amount.get(), due.micros()).await?;
            }
        }
        Event::Awarded { bidder, .. } => {
            store::lots::ended(act, lot.id, Some(at), None, None).await?;
            for one in store::bidders::of_lot(&mut act.conn, lot.id).await? {
                let key = if one.paddle() == *bidder { "lot-won" } else { "lot-lost" };
                tell_admitted(act, lot, &one, key)?;
            }
        }
        Event::Confirmed => {
            store::lots::ended(act, lot.id, Some(at), Some(at), None).await?;
            tell_winner(act, lot, "lot-confirmed").await?;
        }
        Event::Failed { why } => ended_without(act, lot, at, why.code()).await?,
        Event::Terminated { reason } => ended_without(act, lot, at, reason).await?,
        Event::Defaulted { reason } | Event::Voided { reason } => {
            store::lots::ended(act, lot.id, Some(at), None, Some(reason)).await?;
            tell_winner(act, lot, "lot-undone").await?;
        }
        _ => {}
    }
    Ok(())
}

/// Where a deposit stands after a movement.
fn stage_after(movement: Movement) -> bidding::Stage {
    use bidding::Stage;
    match movement {
        Movement::Pledge => Stage::Pledged,
        Movement::BankSees => Stage::BankSeen,
        Movement::Confirm => Stage::Confirmed,
        Movement::Lock => Stage::Locked,
        Movement::Release => Stage::Released,
        Movement::Apply => Stage::Applied,
        Movement::Forfeit => Stage::Forfeited,
    }
}

async fn ended_without(act: &mut Act, lot: &Lot, at: i64, why: &str) -> Result<()> {
    store::lots::ended(act, lot.id, Some(at), None, Some(why)).await?;
    for bidder in store::bidders::of_lot(&mut act.conn, lot.id).await? {
        tell_admitted(act, lot, &bidder, "lot-ended")?;
    }
    Ok(())
}

fn tell_admitted(act: &mut Act, lot: &Lot, bidder: &Bidder, key: &'static str) -> Result<()> {
    if bidder.state() == BidderState::Admitted {
        registering::tell(act, bidder, lot, key, "")?;
    }
    Ok(())
}

async fn tell_winner(act: &mut Act, lot: &Lot, key: &'static str) -> Result<()> {
    let Some(paddle) = lot.award_paddle else { return Ok(()) };
    if let Some(bidder) = store::bidders::by_paddle(&mut act.conn, lot.id, paddle).await? {
        registering::tell(act, &bidder, lot, key, "")?;
    }
    Ok(())
}
