//! Lists at work: an organisation's entries, the queue, the desk's counts.

use db::{Arg, Conn, Select, on};
use jcore::Result;
use kernel::{OrgId, Region, UserId};

use crate::model::WorkRow;
use crate::rules::State;

const ROWS: &str = "SELECT id, kind, org_id, state, version, title, sector, region, score, changed_at, submitted_at, expires_at FROM entry";
const COUNT: &str = "SELECT count(*) FROM entry";

/// Whose entries, in which states.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mine {
    pub orgs: Vec<OrgId>,
    pub author: Option<UserId>,
    pub kinds: Vec<&'static str>,
    pub state: Option<State>,
}

fn mine(filter: &Mine) -> Select {
    let mut select = Select::new(ROWS);
    let kinds: Vec<Arg> = filter.kinds.iter().map(|k| (*k).into()).collect();
    select.and_in("kind", &kinds);
    match (filter.orgs.is_empty(), filter.author) {
        // Bureaus and the centre belong to no company: theirs is what they wrote themselves.
        (true, Some(author)) => {
            select.and("author_id = ?", &[author.uuid().into()]);
        }
        _ => {
            let orgs: Vec<Arg> = filter.orgs.iter().map(|o| o.uuid().into()).collect();
            select.and_in("org_id", &orgs);
        }
    }
    if let Some(state) = filter.state {
        select.and("state = ?", &[state.code().into()]);
    }
    select
}

/// A page of own entries, last changed first, and how many there are.
pub(crate) async fn my_page(conn: &mut Conn, filter: &Mine, limit: i64, offset: i64) -> Result<(Vec<WorkRow>, i64)> {
    let mut select = mine(filter);
    let count = select.with_head(COUNT).number(conn).await?;
    select.end(
        "ORDER BY changed_at DESC, id DESC LIMIT ? OFFSET ?",
        &[limit.into(), offset.into()],
    );
    Ok((select.all(conn).await?, count))
}

/// How many own entries each state has.
pub(crate) async fn my_counts(conn: &mut Conn, filter: &Mine) -> Result<Vec<(String, i64)>> {
    let mut select = mine(filter).with_head("SELECT state, count(*) FROM entry");
    select.end("GROUP BY state", &[]);
    Ok(select.all(conn).await?)
}

/// Own entries that end by an instant, soonest first.
pub(crate) async fn my_expiring(conn: &mut Conn, filter: &Mine, until: i64, limit: i64) -> Result<Vec<WorkRow>> {
    let mut select = mine(&Mine {
        state: Some(State::Published),
        ..filter.clone()
    });
    select
        .and("expires_at <= ?", &[until.into()])
        .end("ORDER BY expires_at, id LIMIT ?", &[limit.into()]);
    Ok(select.all(conn).await?)
}

/// What of the queue is looked at.
#[derive(Debug, Clone, Default)]
pub(crate) struct Queue {
    /// Only within these divisions; none for all.
    pub within: Option<Vec<Region>>,
    /// Only of universities and institutes (R002).
    pub academic: bool,
    pub state: Option<State>,
    pub kind: Option<String>,
    pub region: Option<Region>,
    pub sector: Option<kernel::Sector>,
    /// Handed in before this instant.
    pub before: Option<i64>,
    pub words: Option<String>,
}

fn queue(filter: &Queue) -> Select {
    /// Divisions that one person may be bound to: a bureau has one, a branch a few.
    const WITHIN_MAX: usize = 4;
    let mut select = Select::new(ROWS);
    match filter.state {
        Some(state) => select.and("state = ?", &[state.code().into()]),
        None => select.and("state IN ('submitted', 'accepted')", &[]),
    };
    if let Some(within) = &filter.within {
        let mut args: Vec<Arg> = within
            .iter()
            .take(WITHIN_MAX)
            .map(|r| super::within_region(*r).into())
            .collect();
        if args.is_empty() {
            select.and("1 = 0", &[]);
        } else {
            // A fixed number of marks keeps the fragment static; repeating one changes nothing.
            let last = args.last().cloned().unwrap_or(Arg::Bool(false));
            args.resize(WITHIN_MAX, last);
            select.and(
                "(region LIKE ? OR region LIKE ? OR region LIKE ? OR region LIKE ?)",
                &args,
            );
        }
    }
    if filter.academic {
        select.and(
            "org_id IN (SELECT id FROM organisation WHERE kind IN ('university', 'institute', 'new-rd'))",
            &[],
        );
    }
    if let Some(kind) = &filter.kind {
        select.and("kind = ?", &[kind.as_str().into()]);
    }
    if let Some(region) = filter.region {
        select.and("region LIKE ?", &[super::within_region(region).into()]);
    }
    if let Some(sector) = filter.sector {
        select.and("sector LIKE ?", &[format!("%;{};%", sector.code()).into()]);
    }
    if let Some(before) = filter.before {
        select.and("submitted_at <= ?", &[before.into()]);
    }
    if let Some(words) = &filter.words {
        select.and("words LIKE ? ESCAPE '\\'", &[super::like(words).into()]);
    }
    select
}

/// A page of the queue, oldest first, and how many there are.
pub(crate) async fn queue_page(
    conn: &mut Conn,
    filter: &Queue,
    limit: i64,
    offset: i64,
) -> Result<(Vec<WorkRow>, i64)> {
    let mut select = queue(filter);
    let count = select.with_head(COUNT).number(conn).await?;
    select.end(
        "ORDER BY submitted_at, id LIMIT ? OFFSET ?",
        &[limit.into(), offset.into()],
    );
    Ok((select.all(conn).await?, count))
}

/// How many wait by state, kind.
pub(crate) async fn queue_counts(conn: &mut Conn, filter: &Queue) -> Result<Vec<(String, String, i64)>> {
    let mut select = queue(filter).with_head("SELECT state, kind, count(*) FROM entry");
    select.end("GROUP BY state, kind", &[]);
    Ok(select.all(conn).await?)
}

/// When the oldest that waits for a review was handed in.
pub(crate) async fn oldest(conn: &mut Conn, filter: &Queue) -> Result<Option<i64>> {
    let filter = Queue {
        state: Some(State::Submitted),
        ..filter.clone()
    };
    let mut select = queue(&filter).with_head("SELECT submitted_at FROM entry");
    select.end("ORDER BY submitted_at LIMIT 1", &[]);
    let rows: Vec<(Option<i64>,)> = select.all(conn).await?;
    Ok(rows.into_iter().next().and_then(|(at,)| at))
}

/// The kinds of the entries that a person has returned to them, newest first.
pub(crate) async fn returned(conn: &mut Conn, filter: &Mine, limit: i64) -> Result<Vec<WorkRow>> {
    let mut select = mine(&Mine {
        state: Some(State::Returned),
        ..filter.clone()
    });
    select.end("ORDER BY changed_at DESC, id DESC LIMIT ?", &[limit.into()]);
    Ok(select.all(conn).await?)
}

/// The last reasons of an entry, sealed, with their event.
pub(crate) async fn last_return(conn: &mut Conn, entry: uuid::Uuid) -> Result<Option<crate::model::Event>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT id, at, actor_id, from_state, to_state, reasons, note FROM entry_event \
         WHERE entry_id = $1 AND to_state = 'returned' ORDER BY at DESC, id DESC LIMIT 1")
        .bind(entry).fetch_optional(c).await)?)
}
