//! “Bring them together”: a thread to both sides of a need and an offer, through the platform (撮合, R151).

use entries::Entry;
use jcore::{Actor, App, Fault, FaultKind, Result, act};
use kernel::{EntryId, Issue};
use serde_json::json;
use uuid::Uuid;

use super::scanning::{Text, cleared};
use super::talking::{TEXT_CHARS, message_place};
use super::telling::tell;
use crate::rules::{INTRODUCE, Part, SIDES, State, remind_days};
use crate::store::threads;

/// Threads of a need that go on at once: nobody talks with more seriously, and a company is not to be flooded.
pub const LIVE_MAX: i64 = 20;
/// Shortest first message, in characters: why these two fit.
const FIRST_CHARS_MIN: usize = 10;

/// Opens a thread to both sides of a need and an offer that are public. Both are asked, and neither learns who the other is
/// before both have agreed. Returns its id.
///
/// # Errors
/// Refused for a text that tells who a side is, for two of the same organisation, for too many at once; a conflict when the
/// two talk already; not found for what is not public; denied; the store's.
pub async fn open(app: &App, actor: &Actor, need: EntryId, offer: EntryId, text: Text<'_>) -> Result<Uuid> {
    let mut conn = app.read().await?;
    let (need, offer) = pair(&mut conn, app, need, offer).await?;
    let permit = app.permit(actor, INTRODUCE, &need.subject())?;
    if need.org_id == offer.org_id {
        return Err(Fault::issue(Some("offer"), Issue::error("matches-same-org")));
    }
    let length = text.text.trim().chars().count();
    if !(FIRST_CHARS_MIN..=TEXT_CHARS).contains(&length) {
        let issue = Issue::error("matches-first-length")
            .with("found", length.to_string())
            .with("min", FIRST_CHARS_MIN.to_string())
            .with("max", TEXT_CHARS.to_string());
        return Err(Fault::issue(Some("text"), issue));
    }
    let part = opener_part(actor, &need);
    let text = cleared(&mut conn, app, (&need, &offer), part, text).await?;
    drop(conn);
    let (id, message) = (app.ids.uuid(), app.ids.uuid());
    let body = app.keys.seal(&message_place(message), text.as_bytes());
    let opened: Result<Uuid> = act!(app, permit, |act| {
        if threads::live(&mut act.conn, need.id, offer.id).await?.is_some() {
            return Err(Fault::new(FaultKind::Conflict, "matches-open-already"));
        }
        if threads::live_of_need(&mut act.conn, need.id).await? >= LIVE_MAX {
            let issue = Issue::error("matches-many").with("max", LIVE_MAX.to_string());
            return Err(Fault::issue(Some("need"), issue));
        }
        let new = threads::New {
            id,
            need: need.id,
            offer: offer.id,
            remind_at: act.now.plus_days(remind_days(State::Open).unwrap_or_default()).micros(),
        };
        threads::insert(&mut act, &new).await?;
        threads::say(&mut act, id, message, part, &body).await?;
        let thread = threads::get(&mut act.conn, id).await?;
        tell(
            &mut act,
            "match-asked",
            &thread,
            (&need, &offer),
            &[Part::Need, Part::Offer],
        )
        .await?;
        act.note(
            "match.opened",
            "thread",
            id,
            json!({ "need": need.id, "offer": offer.id }),
        );
        act.changed("thread", id);
        Ok(id)
    });
    // Two opened it at once: whoever was later is told so.
    opened.map_err(|fault| match fault.code {
        "duplicate" => Fault::new(FaultKind::Conflict, "matches-open-already"),
        _ => fault,
    })
}

/// A need and an offer, both public now; not found for anything else, so that nobody learns what is there.
pub(crate) async fn pair(conn: &mut db::Conn, app: &App, need: EntryId, offer: EntryId) -> Result<(Entry, Entry)> {
    let now = app.now().micros();
    let need = entries::entry(conn, need).await?;
    let offer = entries::entry(conn, offer).await?;
    if !need.is_public(now) || !offer.is_public(now) {
        return Err(Fault::not_found());
    }
    if need.kind != NEED || offer.kind == NEED {
        return Err(Fault::issue(Some("offer"), Issue::error("matches-pair")));
    }
    Ok((need, offer))
}

/// The kind of entry that asks; all others are offers.
pub(crate) const NEED: &str = "need";

/// Who somebody is who opens a thread: the need's own people are its side.
fn opener_part(actor: &Actor, need: &Entry) -> Part {
    if speaks_for(actor, need.org_id) {
        Part::Need
    } else {
        Part::Broker
    }
}

/// Whether somebody speaks for an organisation in threads.
pub(crate) fn speaks_for(actor: &Actor, org: Uuid) -> bool {
    let speaks = |grant: &jcore::Grant| SIDES.contains(&grant.role) && grant.org.is_some_and(|o| o.uuid() == org);
    actor.grants.iter().any(speaks)
}
