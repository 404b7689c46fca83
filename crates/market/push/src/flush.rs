//! Putting messages together: what is due for one person by one channel becomes one message of the outbox, whoever asked for
//! its items. And the way back: what became of it.

use entries::ListRow;
use jcore::notices::{self, Notice};
use jcore::{Actor, App, Fault, FaultKind, Permit, Result, Subject, act};
use kernel::UserId;
use serde_json::json;
use uuid::Uuid;

use crate::compose::{self, Piece};
use crate::recipients::{self, Recipient};
use crate::rules::{Channel, Event, Lack, WORK};
use crate::store::messages::{self, MessageRow};
use crate::store::{self, targets};
use crate::{follow, items};

/// Messages a run takes; what is left waits for the next.
const MESSAGES: i64 = 4_000;
/// Items of one message: more make a mail that nobody reads to its end, and a write that holds its transaction for long.
const ITEMS_MAX: usize = 100;
/// Items that get an inbox notice of their own; more become one notice together.
const OWN_NOTICES_MAX: usize = 5;
/// Seconds that what is due waits while changes are still being followed, so that items published together come together,
/// whichever node plans them: long against a run of the follower, short for somebody who wants to know at once.
const GATHER_SECS: i64 = 60;
/// Outcomes that a run takes.
const OUTCOMES: i64 = 500;

/// Puts together what is due. Returns how many messages it made.
pub(crate) async fn run(app: &App) -> Result<usize> {
    let permit = app.permit(&Actor::system(), WORK, &Subject::NONE)?;
    let due = {
        let mut conn = app.read().await?;
        let until = if follow::is_behind(&mut conn).await? {
            app.now().plus_secs(-GATHER_SECS)
        } else {
            app.now()
        };
        messages::due(&mut conn, until.micros(), MESSAGES).await?
    };
    let mut made = 0;
    for group in due.chunk_by(|a, b| a.recipient == b.recipient && a.channel == b.channel) {
        for part in group.chunks(ITEMS_MAX) {
            match send(app, &permit, part).await {
                Ok(n) => made += n,
                // Another node was quicker: nothing is left to do.
                Err(fault) if fault.kind == FaultKind::Conflict => {}
                Err(fault) => return Err(fault),
            }
        }
    }
    Ok(made)
}

fn ids(rows: &[&MessageRow]) -> Vec<Uuid> {
    rows.iter().map(|row| row.id).collect()
}

/// One person's messages by one channel.
async fn send(app: &App, permit: &Permit, rows: &[MessageRow]) -> Result<usize> {
    let Some(first) = rows.first() else { return Ok(0) };
    let Some(channel) = Channel::from_code(&first.channel) else {
        return Ok(0);
    };
    let all: Vec<&MessageRow> = rows.iter().collect();
    let to = {
        let mut conn = app.read().await?;
        recipients::of_message(&mut conn, app, first.recipient, first.is_user).await?
    };
    let Some(to) = to.filter(|to| to.ways().contains(&channel)) else {
        return drop_for(app, permit, &all).await;
    };
    let now = app.now();
    let until = to.quiet.after(now);
    if channel.rings() && until > now {
        act!(app, permit, |act| {
            messages::hold(&mut act, &ids(&all), until.micros(), "quiet").await?;
            act.note("push.held", "push", None, json!({ "messages": all.len() }));
            Ok(())
        })?;
        return Ok(0);
    }
    let public = {
        let mut conn = app.read().await?;
        let entries: Vec<Uuid> = rows.iter().map(|row| row.entry_id).collect();
        store::items::public_rows(&mut conn, &entries, now.micros()).await?
    };
    let (mut pieces, mut stale) = (Vec::new(), Vec::new());
    for row in &all {
        match piece(app, row, &public)? {
            Some(piece) => pieces.push((*row, piece)),
            None => stale.push(*row),
        }
    }
    if !stale.is_empty() {
        act!(app, permit, |act| {
            messages::moved(&mut act, &ids(&stale), "dropped", None).await?;
            act.note("push.dropped", "push", None, json!({ "messages": stale.len() }));
            Ok(())
        })?;
    }
    if pieces.is_empty() {
        return Ok(0);
    }
    hand_over(app, permit, &to, channel, &pieces).await?;
    Ok(1)
}

/// What a message says of one item: from its public row, or that it was taken out; none where it is not public any more.
fn piece(app: &App, row: &MessageRow, public: &[ListRow]) -> Result<Option<Piece>> {
    let event = Event::from_code(&row.event).unwrap_or(Event::Published);
    if event == Event::Withdrawn {
        return Ok(Some(Piece::withdrawn(row)));
    }
    let Some(found) = public.iter().find(|p| p.id == row.entry_id) else {
        return Ok(None);
    };
    Ok(items::of_row(app, found)?.map(|public| Piece::of(row, event, public)))
}

/// The way is closed: nothing goes, and the register says why.
async fn drop_for(app: &App, permit: &Permit, rows: &[&MessageRow]) -> Result<usize> {
    let lacks = {
        let mut conn = app.read().await?;
        let mut out = Vec::new();
        for row in rows {
            let lack = match row.org_id {
                Some(org) => recipients::liaison(&mut conn, app, org).await?.err(),
                None => None,
            };
            out.push(lack);
        }
        out
    };
    act!(app, permit, |act| {
        messages::moved(&mut act, &ids(rows), "dropped", None).await?;
        for (row, lack) in rows.iter().zip(&lacks) {
            if let (Some(org), Some(lack)) = (row.org_id, lack) {
                targets::set(&mut act, row.entry_id, org, "missing", lack.code(), None).await?;
            }
            // Another liaison than the one that it was meant for: the organisation is caught up with.
            if let (Some(org), None) = (row.org_id, lack) {
                act.changed("org", org);
            }
        }
        act.note("push.dropped", "push", None, json!({ "messages": rows.len() }));
        Ok(())
    })?;
    Ok(0)
}

/// Puts a message into the outbox, or into the inbox, and its rows along with it in one transaction.
async fn hand_over(
    app: &App,
    permit: &Permit,
    to: &Recipient,
    channel: Channel,
    pieces: &[(&MessageRow, Piece)],
) -> Result<()> {
    let rows: Vec<&MessageRow> = pieces.iter().map(|(row, _)| *row).collect();
    let all = ids(&rows);
    let parts: Vec<&Piece> = pieces.iter().map(|(_, piece)| piece).collect();
    act!(app, permit, |act| {
        let now = act.now;
        let outbox = match channel {
            Channel::Inbox => {
                for notice in inbox(to, &parts) {
                    act.tell(notice);
                }
                None
            }
            Channel::Mail => {
                let mail = compose::mail(app, to, &parts);
                Some(notices::queue_mail(&mut act.conn, app, now, &mail).await?)
            }
            Channel::Wechat => {
                let Some(letter) = compose::wechat(app, to, &parts, now) else {
                    return Err(Fault::internal("no WeChat id"));
                };
                Some(notices::queue(&mut act.conn, app, now, channel.code(), &letter).await?)
            }
            Channel::Hook => {
                let Some(letter) = compose::hook(app, to, &parts, now)? else {
                    return Err(Fault::internal("no webhook"));
                };
                Some(notices::queue(&mut act.conn, app, now, channel.code(), &letter).await?)
            }
        };
        let state = if outbox.is_some() { "queued" } else { "sent" };
        if messages::moved(&mut act, &all, state, outbox).await? != all.len() as u64 {
            // Somebody moved one of them meanwhile: nothing of this goes.
            return Err(Fault::stale());
        }
        act.note(
            "push.composed",
            "push",
            outbox,
            json!({ "channel": channel.code(), "items": all.len() }),
        );
        Ok(())
    })
}

/// Notices of a few items, each by itself; of many, one.
fn inbox(to: &Recipient, parts: &[&Piece]) -> Vec<Notice> {
    let user = UserId::from(to.id);
    let notice = |key, args, link| Notice {
        user,
        key,
        args,
        link: Some(link),
        mail: false,
    };
    let (gone, there): (Vec<&&Piece>, Vec<&&Piece>) = parts.iter().partition(|p| p.event == Event::Withdrawn);
    let mut out = Vec::new();
    if there.len() > OWN_NOTICES_MAX {
        let args = vec![("n", there.len().to_string()), ("title", there[0].title.clone())];
        out.push(notice("push-many", args, "/my/pushes".to_owned()));
    } else {
        out.extend(there.iter().map(|piece| {
            let key = if piece.event == Event::Changed {
                "push-changed"
            } else {
                "push-item"
            };
            notice(key, vec![("title", piece.title.clone())], piece.path.clone())
        }));
    }
    if !gone.is_empty() {
        out.push(notice(
            "push-withdrawn",
            vec![("n", gone.len().to_string())],
            "/my/pushes".to_owned(),
        ));
    }
    out
}

/// Keeps what became of messages that were handed to the outbox. Returns how many it settled.
pub(crate) async fn settle(app: &App) -> Result<usize> {
    let outcomes = {
        let mut conn = app.read().await?;
        messages::outcomes(&mut conn, OUTCOMES).await?
    };
    if outcomes.is_empty() {
        return Ok(0);
    }
    let permit = app.permit(&Actor::system(), WORK, &Subject::NONE)?;
    for outcome in &outcomes {
        act!(app, permit, |act| {
            messages::settled(&mut act, outcome.outbox_id, &outcome.state).await?;
            if outcome.state == "sent" {
                targets::pushed_by(&mut act, outcome.outbox_id, &outcome.channel).await?;
            } else {
                let lack = if outcome.refused { Lack::Bounced } else { Lack::Failed };
                targets::failed_by(&mut act, outcome.outbox_id, lack.code()).await?;
            }
            act.note(
                "push.settled",
                "push",
                outcome.outbox_id,
                json!({ "state": outcome.state }),
            );
            Ok(())
        })?;
    }
    Ok(outcomes.len())
}
