//! A thread while it goes on: messages, agreeing, declining, its end.

use entries::Entry;
use jcore::{Actor, App, Fault, FaultKind, Permit, Result, act};
use kernel::Issue;
use serde_json::json;
use uuid::Uuid;

use super::opening::speaks_for;
use super::scanning::{Text, cleared};
use super::telling::{others, tell};
use crate::model::{Party, Thread};
use crate::rules::{ClosedAs, Part, SideState, State, THREAD, closing_reasons, remind_days, state_of};
use crate::store::threads;

/// Longest message, in characters.
pub const TEXT_CHARS: usize = 2_000;
/// Messages of a thread: who has more to say has met by then.
pub const MESSAGES_MAX: i64 = 500;
/// Longest name, contact and note, in characters.
const SHORT_CHARS: usize = 100;

/// What a message's seal is bound to.
pub(crate) fn message_place(id: Uuid) -> String {
    format!("match_message.body/{id}")
}

/// What the seal of who speaks for a side is bound to.
pub(crate) fn party_place(thread: Uuid, side: Part) -> String {
    format!("match_side.party/{thread}/{}", side.code())
}

/// What the seal of a note is bound to.
pub(crate) fn note_place(thread: Uuid) -> String {
    format!("match_thread.note/{thread}")
}

/// A thread, as one who takes part in it has it before them.
#[derive(Debug)]
pub struct Inside {
    /// The thread.
    pub thread: Thread,
    /// Who the reader is in it.
    pub part: Part,
    /// The need.
    pub need: Entry,
    /// The offer.
    pub offer: Entry,
    permit: Permit,
}

impl Inside {
    /// Both entries.
    pub(crate) fn pair(&self) -> (&Entry, &Entry) {
        (&self.need, &self.offer)
    }

    fn goes_on(&self) -> Result<State> {
        match self.thread.state() {
            State::Closed => Err(closed()),
            state => Ok(state),
        }
    }
}

fn closed() -> Fault {
    Fault::new(FaultKind::Conflict, "matches-closed")
}

/// Opens a thread for who takes part in it; not found for others.
///
/// # Errors
/// Not found; the store's.
pub async fn enter(app: &App, actor: &Actor, id: Uuid) -> Result<Inside> {
    let mut conn = app.read().await?;
    let thread = threads::get(&mut conn, id).await?;
    let (part, subject) = if speaks_for(actor, thread.need_org) {
        (Part::Need, Thread::side(thread.need_org))
    } else if speaks_for(actor, thread.offer_org) {
        (Part::Offer, Thread::side(thread.offer_org))
    } else {
        (Part::Broker, thread.opener())
    };
    let permit = app.permit(actor, THREAD, &subject).map_err(|_| Fault::not_found())?;
    let need = entries::entry(&mut conn, thread.need()).await?;
    let offer = entries::entry(&mut conn, thread.offer()).await?;
    Ok(Inside {
        thread,
        part,
        need,
        offer,
        permit,
    })
}

/// Says something in a thread. Before both sides have agreed, what tells who a side is keeps it from being sent.
///
/// # Errors
/// Refused with what was found; a conflict when the thread is over; not found; the store's.
pub async fn say(app: &App, actor: &Actor, id: Uuid, text: Text<'_>) -> Result<()> {
    let inside = enter(app, actor, id).await?;
    inside.goes_on()?;
    let length = text.text.trim().chars().count();
    if !(1..=TEXT_CHARS).contains(&length) {
        let issue = Issue::error("matches-length")
            .with("found", length.to_string())
            .with("max", TEXT_CHARS.to_string());
        return Err(Fault::issue(Some("text"), issue));
    }
    let text = if inside.thread.shows_names() {
        text.text.trim().to_owned()
    } else {
        cleared(&mut app.read().await?, app, inside.pair(), inside.part, text).await?
    };
    let message = app.ids.uuid();
    let body = app.keys.seal(&message_place(message), text.as_bytes());
    act!(app, inside.permit, |act| {
        if threads::count_messages(&mut act.conn, id).await? >= MESSAGES_MAX {
            let issue = Issue::error("matches-messages").with("max", MESSAGES_MAX.to_string());
            return Err(Fault::issue(Some("text"), issue));
        }
        let thread = threads::get(&mut act.conn, id).await?;
        move_on(&mut act, &thread, thread.state()).await?;
        threads::say(&mut act, id, message, inside.part, &body).await?;
        tell(&mut act, "match-said", &thread, inside.pair(), &others(inside.part)).await?;
        act.note(
            "match.said",
            "thread",
            id,
            json!({ "part": inside.part.code(), "message": message }),
        );
        act.changed("thread", id);
        Ok(())
    })
}

/// Moves a thread on; a conflict when it is over.
async fn move_on(act: &mut jcore::Act, thread: &Thread, state: State) -> Result<()> {
    let remind_at = remind_days(state).map(|days| act.now.plus_days(days).micros());
    if thread.state() == State::Closed || !threads::moved(act, thread.id, state, remind_at).await? {
        return Err(closed());
    }
    Ok(())
}

fn short(field: &'static str, text: &str) -> Result<String> {
    let text: String = text.trim().chars().take(SHORT_CHARS).collect();
    if text.is_empty() {
        return Err(Fault::issue(Some(field), Issue::error("matches-empty")));
    }
    Ok(text)
}

/// Agrees to be known to the other side, as this person. When both have agreed each sees who the other is. Returns whether
/// both have.
///
/// # Errors
/// Refused without a name and a contact; denied for who is no side; a conflict when the side has decided or the thread is
/// over; not found; the store's.
pub async fn agree(app: &App, actor: &Actor, id: Uuid, party: &Party) -> Result<bool> {
    let inside = enter(app, actor, id).await?;
    inside.goes_on()?;
    let side = side(&inside)?;
    let party = Party {
        person: short("person", &party.person)?,
        contact: short("contact", &party.contact)?,
    };
    let sealed = app.keys.seal_json(&party_place(id, side), &party)?;
    act!(app, inside.permit, |act| {
        if !threads::decide(&mut act, id, side, SideState::Agreed, "", Some(&sealed)).await? {
            return Err(Fault::new(FaultKind::Conflict, "matches-decided"));
        }
        let thread = threads::get(&mut act.conn, id).await?;
        let sides = threads::sides(&mut act.conn, id).await?;
        let said = |part: Part| {
            let row = sides.iter().find(|row| row.side == part.code());
            row.map_or(SideState::Asked, crate::model::Side::state)
        };
        let state = state_of(said(Part::Need), said(Part::Offer));
        move_on(&mut act, &thread, state).await?;
        act.note("match.agreed", "thread", id, json!({ "side": side.code() }));
        let both = state == State::Both;
        let key = if both { "match-named" } else { "match-agreed" };
        if both {
            act.note(
                "match.named",
                "thread",
                id,
                json!({ "need": thread.need_id, "offer": thread.offer_id }),
            );
        }
        tell(&mut act, key, &thread, inside.pair(), &others(side)).await?;
        act.changed("thread", id);
        Ok(both)
    })
}

/// The side that somebody speaks for; denied for who brought the sides together.
fn side(inside: &Inside) -> Result<Part> {
    match inside.part {
        Part::Broker => Err(Fault::new(FaultKind::Denied, "denied")),
        side => Ok(side),
    }
}

fn known_reason(reason: &str) -> Result<&'static str> {
    let known = closing_reasons().into_iter().find(|code| *code == reason.trim());
    known.ok_or_else(|| Fault::issue(Some("reason"), Issue::error("matches-reason-none")))
}

/// Declines to be known to the other side: the thread ends, and neither learns who the other was.
///
/// # Errors
/// Refused without a reason; denied for who is no side; a conflict when the side has decided or the thread is over; not
/// found; the store's.
pub async fn decline(app: &App, actor: &Actor, id: Uuid, reason: &str) -> Result<()> {
    let inside = enter(app, actor, id).await?;
    inside.goes_on()?;
    let side = side(&inside)?;
    let reason = known_reason(reason)?;
    act!(app, inside.permit, |act| {
        if !threads::decide(&mut act, id, side, SideState::Declined, reason, None).await? {
            return Err(Fault::new(FaultKind::Conflict, "matches-decided"));
        }
        if !threads::close(&mut act, id, ClosedAs::Declined, reason, None).await? {
            return Err(closed());
        }
        tell(&mut act, "match-declined", &inside.thread, inside.pair(), &others(side)).await?;
        act.note(
            "match.declined",
            "thread",
            id,
            json!({ "side": side.code(), "reason": reason }),
        );
        act.changed("thread", id);
        Ok(())
    })
}

/// How a thread is ended.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ending<'a> {
    /// `intention` or `nothing`.
    pub outcome: &'a str,
    /// Why nothing came of it.
    pub reason: &'a str,
    /// What else is to be said.
    pub note: &'a str,
}

/// Ends a thread with its outcome: whoever brought the sides together at any time, a side once names are shown.
///
/// # Errors
/// Refused for an outcome that cannot be, or without a reason where nothing came of it; denied; a conflict when it is over;
/// not found; the store's.
pub async fn close(app: &App, actor: &Actor, id: Uuid, ending: Ending<'_>) -> Result<()> {
    let inside = enter(app, actor, id).await?;
    let state = inside.goes_on()?;
    if inside.part != Part::Broker && state != State::Both {
        return Err(Fault::new(FaultKind::Denied, "denied"));
    }
    let outcome = ClosedAs::said(ending.outcome.trim(), state)
        .ok_or_else(|| Fault::issue(Some("outcome"), Issue::error("matches-outcome")))?;
    let reason = match outcome {
        ClosedAs::Intention => "",
        _ => known_reason(ending.reason)?,
    };
    let note: String = ending.note.trim().chars().take(TEXT_CHARS).collect();
    let note = (!note.is_empty()).then(|| app.keys.seal(&note_place(id), note.as_bytes()));
    act!(app, inside.permit, |act| {
        if !threads::close(&mut act, id, outcome, reason, note.as_deref()).await? {
            return Err(closed());
        }
        tell(
            &mut act,
            "match-closed",
            &inside.thread,
            inside.pair(),
            &others(inside.part),
        )
        .await?;
        act.note(
            "match.closed",
            "thread",
            id,
            json!({ "outcome": outcome.code(), "reason": reason }),
        );
        act.changed("thread", id);
        Ok(())
    })
}
