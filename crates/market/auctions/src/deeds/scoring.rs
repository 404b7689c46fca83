//! Scores of a scoring lot (权重报价): sealed by an officer before a price is opened, opened together with the prices.

use std::collections::BTreeMap;

use bidding::{Command, Mode, Paddle, Phase, commit_scores};
use jcore::{Actor, App, Fault, FieldFault, Result, act};
use kernel::Issue;
use kernel::text::hex;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{following, not_now};
use crate::auctions;
use crate::model::Lot;
use crate::rules::SCORE;
use crate::store;

/// Bytes of the salt of a commitment.
const SALT_BYTES: usize = 16;
/// The highest score, in hundredths of a point.
const SCORE_MAX: i64 = 10_000;

/// A sheet of scores with what it is sealed with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Sheet {
    /// Bidders and figures in hundredths of a point, by the order of the criteria.
    pub(crate) scores: Vec<(Paddle, Vec<i64>)>,
    /// The salt, in hexadecimal.
    pub(crate) salt: String,
}

pub(crate) fn place(lot: Uuid) -> String {
    format!("lot_scores.body/{lot}")
}

/// The field of a bidder's score by a criterion.
pub(crate) fn field(paddle: Paddle, criterion: &str) -> String {
    format!("s-{}-{criterion}", paddle.0)
}

/// Who is to be scored, and by what: all bidders whose deposit is good.
pub(crate) async fn asked(app: &App, lot: &Lot) -> Result<(Vec<Paddle>, Vec<String>, bool)> {
    let Mode::Scoring { criteria, .. } = lot.rules()?.mode else {
        return Err(Fault::not_found());
    };
    let update = auctions(app)?.state(lot.id).await?.ok_or_else(Fault::not_found)?;
    let state = &update.state;
    let good = state
        .bidders
        .keys()
        .copied()
        .filter(|paddle| state.ledger.is_good(*paddle));
    let open = matches!(state.phase, Phase::Offers | Phase::Unsealing) && state.scores.is_none();
    let keys = criteria.into_iter().map(|criterion| criterion.key).collect();
    Ok((good.collect(), keys, open))
}

/// Seals the scores of every bidder by every criterion, 0–100 with up to two decimals.
///
/// # Errors
/// Refused with what is wrong, at each figure; a conflict before and after the time for it; denied; the store's.
pub(crate) async fn seal(app: &App, actor: &Actor, lot: Uuid, typed: &BTreeMap<String, String>) -> Result<()> {
    let lot = store::lots::get(&mut app.read().await?, lot).await?;
    let permit = app.permit(actor, SCORE, &lot.subject())?;
    let (paddles, criteria, open) = asked(app, &lot).await?;
    if !open || paddles.is_empty() {
        return Err(not_now());
    }
    let mut faults = Vec::new();
    let mut scores = Vec::with_capacity(paddles.len());
    for paddle in paddles {
        let mut figures = Vec::with_capacity(criteria.len());
        for criterion in &criteria {
            let key = field(paddle, criterion);
            let found = typed.get(&key).map(String::as_str).unwrap_or_default().trim();
            match crate::form::percent_bp(found).filter(|score| (0..=SCORE_MAX).contains(score)) {
                Some(score) => figures.push(score),
                None => faults.push(FieldFault {
                    field: Some(key),
                    issue: Issue::error("lot-score").with("found", found),
                }),
            }
        }
        scores.push((paddle, figures));
    }
    if !faults.is_empty() {
        return Err(Fault::refused(faults));
    }
    let salt = app.ids.bytes::<SALT_BYTES>();
    let commitment = commit_scores(&scores, &salt);
    let sheet = Sheet {
        scores,
        salt: hex(&salt),
    };
    let body = app.keys.seal_json(&place(lot.id), &sheet)?;
    // The sheet is kept first: a commitment in the log whose sheet is lost could never be opened.
    act!(app, permit, |act| {
        store::lots::keep_scores(&mut act, lot.id, &body).await?;
        act.note(
            "lot.scored",
            "lot",
            lot.id,
            json!({ "commitment": commitment.to_string() }),
        );
        act.changed("lot", lot.id);
        Ok(())
    })?;
    auctions(app)?
        .order(lot.id, Command::SealScores { scores: commitment })
        .await?;
    following::follow_lot(app, lot.id).await.map(|_| ())
}

/// The command that opens the scores, where they are sealed and every price is open.
pub(crate) async fn opening(app: &App, lot: &Lot, state: &bidding::State) -> Result<Option<Command>> {
    let prices_open = state
        .offers
        .values()
        .all(|offer| offer.amount.is_some() || offer.spoiled);
    let due = state.phase == Phase::Unsealing && state.scores.is_some() && state.sums.is_none() && prices_open;
    if !due {
        return Ok(None);
    }
    let Some(body) = store::lots::scores(&mut app.read().await?, lot.id).await? else {
        return Ok(None);
    };
    // The prices are open: the log itself makes the scores public now.
    let sheet = app.keys.open_json::<Sheet>(&place(lot.id), &body)?.unshown().clone();
    Ok(Some(Command::OpenScores {
        scores: sheet.scores,
        salt: sheet.salt,
    }))
}
