//! The threads of who reads.

use askama::Template;
use axum::response::Response;
use jcore::{Cx, Result, Role, Shell};
use uuid::Uuid;

use crate::deeds::opening::speaks_for;
use crate::model::Thread;
use crate::rules::{Part, SIDES};
use crate::store::threads::{self, Whose};

/// A line of the list.
pub(crate) struct Line {
    pub(crate) id: Uuid,
    pub(crate) need: String,
    pub(crate) offer: String,
    pub(crate) state: String,
    pub(crate) chip: &'static str,
    pub(crate) part: String,
    pub(crate) outcome: String,
    pub(crate) moved_at: i64,
}

#[derive(Template)]
#[template(path = "matches_threads.html")]
struct ListPage {
    s: Shell,
    going: Vec<Line>,
    over: Vec<Line>,
}

/// The threads in which somebody takes part, last moved first: the centre sees all.
///
/// # Errors
/// The store's.
pub(crate) async fn mine(cx: &Cx) -> Result<Vec<Thread>> {
    let mut conn = cx.app.read().await?;
    if cx.actor.has(Role::Centre) {
        return threads::list(&mut conn, &Whose::All).await;
    }
    let speaks = cx.actor.grants.iter().filter(|grant| SIDES.contains(&grant.role));
    let orgs: Vec<Uuid> = speaks.filter_map(|grant| grant.org).map(|org| org.uuid()).collect();
    let mut out = if orgs.is_empty() {
        Vec::new()
    } else {
        threads::list(&mut conn, &Whose::Orgs(orgs)).await?
    };
    if let Some(user) = cx.actor.user {
        for thread in threads::list(&mut conn, &Whose::Opener(user.uuid())).await? {
            if out.iter().all(|known| known.id != thread.id) {
                out.push(thread);
            }
        }
    }
    out.sort_by_key(|thread| (std::cmp::Reverse(thread.moved_at), thread.id));
    Ok(out)
}

/// Who the reader is in a thread.
pub(crate) fn part_of(cx: &Cx, thread: &Thread) -> Part {
    if speaks_for(&cx.actor, thread.need_org) {
        Part::Need
    } else if speaks_for(&cx.actor, thread.offer_org) {
        Part::Offer
    } else {
        Part::Broker
    }
}

pub(crate) fn line(cx: &Cx, thread: &Thread) -> Line {
    let state = thread.state();
    Line {
        id: thread.id,
        need: thread.need_title.clone(),
        offer: thread.offer_title.clone(),
        state: cx.t(&format!("matches-state-{}", state.code())),
        chip: state.chip(),
        part: cx.t(&format!("matches-part-{}", part_of(cx, thread).code())),
        outcome: match thread.outcome.as_str() {
            "" => String::new(),
            code => cx.t(&format!("matches-outcome-{code}")),
        },
        moved_at: thread.moved_at,
    }
}

/// `GET /threads`
pub(crate) async fn list(cx: Cx) -> Result<Response> {
    let (over, going): (Vec<Thread>, Vec<Thread>) = mine(&cx)
        .await?
        .into_iter()
        .partition(|thread| thread.closed_at.is_some());
    cx.page(&ListPage {
        s: cx.shell(),
        going: going.iter().map(|thread| line(&cx, thread)).collect(),
        over: over.iter().map(|thread| line(&cx, thread)).collect(),
    })
}
