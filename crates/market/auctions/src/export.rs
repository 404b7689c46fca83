//! A lot's full package: real names beside paddles, for the parties and for auditors. That it was made is noted.

use bidding::evidence::Person;
use jcore::{Actor, App, Fault, FaultKind, Result, Subject, act};
use uuid::Uuid;

use crate::model::BidderState;
use crate::rules::ADMIT;
use crate::store;

/// Who the bidders of a lot are, as the commitments in its log hold them.
///
/// # Errors
/// Denied to who may not know them; an identity that does not open.
pub async fn people(app: &App, actor: &Actor, lot: Uuid) -> Result<Vec<Person>> {
    let denied = || Fault::new(FaultKind::Denied, "denied");
    let sight = app.sight(actor, ADMIT, &Subject::NONE).ok_or_else(denied)?;
    let permit = app.permit(actor, ADMIT, &Subject::NONE)?;
    let bidders = store::bidders::of_lot(&mut app.read().await?, lot).await?;
    let mut out = Vec::new();
    for bidder in bidders.iter().filter(|bidder| bidder.state() == BidderState::Admitted) {
        let identity = bidder.identity(app)?;
        out.push(identity.reveal(&sight).as_person(bidder.paddle()));
    }
    act!(app, permit, |act| {
        act.note("lot.exported", "lot", lot, serde_json::json!({ "people": out.len() }));
        Ok(())
    })?;
    Ok(out)
}
