//! Public lists: filtered, sorted and counted from an index that holds all that is asked for; only the rows of the page
//! are read by their ids.

use std::collections::HashMap;

use db::{Arg, Conn, Select};
use jcore::Result;
use uuid::Uuid;

use crate::browse::{Filter, Mark, PriceBand, Sort};
use crate::model::ListRow;
use crate::store::{like, within_region};

/// The ids of a page, and how many there are in all.
pub(crate) struct Found {
    pub ids: Vec<Uuid>,
    pub count: i64,
}

const IDS: &str = "SELECT id FROM entry";
const COUNT: &str = "SELECT count(*) FROM entry";

/// The conditions of a filter.
fn conditions(filter: &Filter, now: i64) -> Select {
    let mut select = Select::new(IDS);
    select.and("state = 'published'", &[]);
    match filter.kinds.as_slice() {
        [one] => {
            select.and("kind = ?", &[(*one).into()]);
        }
        kinds => {
            let kinds: Vec<Arg> = kinds.iter().map(|k| (*k).into()).collect();
            select.and_in("kind", &kinds);
        }
    }
    // The job that moves entries on runs every few minutes; a list is right to the second. The sum keeps SQLite, which
    // knows nothing of the data, from taking the index by expiry instead of the one that holds all that is asked for.
    select.and("expires_at + 0 > ?", &[now.into()]);
    for word in &filter.words {
        select.and("words LIKE ? ESCAPE '\\'", &[like(word).into()]);
    }
    let within = |code: &str| Arg::from(format!("%;{code};%"));
    if let Some(sector) = filter.sector {
        select.and("sector LIKE ?", &[within(sector.code())]);
    }
    if let Some(region) = filter.region {
        select.and("region LIKE ?", &[within_region(region).into()]);
    }
    if let Some(category) = &filter.category {
        select.and("category = ?", &[category.as_str().into()]);
    }
    if let Some((low, high)) = filter.trl {
        select.and("trl >= ? AND trl <= ?", &[low.into(), high.into()]);
    }
    if let Some(mode) = &filter.mode {
        select.and("modes LIKE ?", &[within(mode)]);
    }
    if let Some(level) = &filter.plan_level {
        select.and("plan_level = ?", &[level.as_str().into()]);
    }
    match filter.price {
        Some(PriceBand::Negotiable) => {
            select.and("price_kind = 'negotiable'", &[]);
        }
        Some(band) => {
            let (low, high) = band.bounds();
            select.and("price_max >= ? AND price_min < ?", &[low.into(), high.into()]);
        }
        None => {}
    }
    if let Some(marked) = filter.mark {
        select.and(
            "region <> '' AND region NOT LIKE ?",
            &[within_region(marked.home).into()],
        );
        if marked.mark == Mark::Large {
            select.and("price_min >= ?", &[marked.min.get().into()]);
        }
    }
    if let Some(since) = filter.since {
        select.and("published_at >= ?", &[now.saturating_sub(since.micros()).into()]);
    }
    select
}

/// The ids of a page in its order, and the count.
pub(crate) async fn find(conn: &mut Conn, filter: &Filter, now: i64, limit: i64, offset: i64) -> Result<Found> {
    let select = conditions(filter, now);
    if !filter.words.is_empty() {
        return by_words(conn, filter, select, limit, offset).await;
    }
    let count = select.with_head(COUNT).number(conn).await?;
    let mut select = select;
    let page = [limit.into(), offset.into()];
    // What has no price stands behind, whichever way prices run.
    match filter.sort {
        Sort::Newest => select.end("ORDER BY published_at DESC, id DESC LIMIT ? OFFSET ?", &page),
        Sort::Cheapest => select.end(CHEAPEST, &page),
        Sort::Dearest => select.end(DEAREST, &page),
        Sort::Deadline => select.end(DEADLINE, &page),
    };
    let rows: Vec<(Uuid,)> = if count > offset {
        select.all(conn).await?
    } else {
        Vec::new()
    };
    Ok(Found {
        ids: rows.into_iter().map(|(id,)| id).collect(),
        count,
    })
}

const CHEAPEST: &str = "ORDER BY CASE WHEN price_min IS NULL THEN 1 ELSE 0 END, price_min, id LIMIT ? OFFSET ?";
const DEAREST: &str = "ORDER BY CASE WHEN price_min IS NULL THEN 1 ELSE 0 END, price_min DESC, id LIMIT ? OFFSET ?";
const DEADLINE: &str = "ORDER BY expires_at + 0, id LIMIT ? OFFSET ?";

/// The same for a search. Looking through the words is what it costs, so page and count come from one pass; and the sum
/// in the order keeps SQLite from walking through the days and fetching each row for its words.
async fn by_words(conn: &mut Conn, filter: &Filter, select: Select, limit: i64, offset: i64) -> Result<Found> {
    let mut page = select.with_head("SELECT id, count(*) OVER () FROM entry");
    let args = [limit.into(), offset.into()];
    match filter.sort {
        Sort::Newest => page.end("ORDER BY published_at + 0 DESC, id DESC LIMIT ? OFFSET ?", &args),
        Sort::Cheapest => page.end(CHEAPEST, &args),
        Sort::Dearest => page.end(DEAREST, &args),
        Sort::Deadline => page.end(DEADLINE, &args),
    };
    let rows: Vec<(Uuid, i64)> = page.all(conn).await?;
    let count = match rows.first() {
        Some((_, count)) => *count,
        // Beyond the last page: the count is still told.
        None if offset > 0 => select.with_head(COUNT).number(conn).await?,
        None => 0,
    };
    Ok(Found {
        ids: rows.into_iter().map(|(id, _)| id).collect(),
        count,
    })
}

/// The ids of the last published of each kind: an index gives them without counting or sorting.
pub(crate) async fn newest(conn: &mut Conn, filter: &Filter, now: i64, limit: i64) -> Result<Vec<Uuid>> {
    let mut found: Vec<(Uuid, i64)> = Vec::new();
    for kind in &filter.kinds {
        let mut select = conditions(
            &Filter {
                kinds: vec![*kind],
                ..filter.clone()
            },
            now,
        )
        .with_head("SELECT id, published_at FROM entry");
        select.end("ORDER BY published_at DESC, id DESC LIMIT ?", &[limit.into()]);
        found.extend(select.all::<(Uuid, i64)>(conn).await?);
    }
    found.sort_by_key(|(id, at)| (std::cmp::Reverse(*at), std::cmp::Reverse(*id)));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found.into_iter().map(|(id, _)| id).collect())
}

/// Rows by their ids, in the order of the ids.
pub(crate) async fn rows(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<ListRow>> {
    rows_where(conn, ids, None).await
}

/// The same of those alone that are public at an instant.
pub(crate) async fn public(conn: &mut Conn, ids: &[Uuid], now: i64) -> Result<Vec<ListRow>> {
    rows_where(conn, ids, Some(now)).await
}

async fn rows_where(conn: &mut Conn, ids: &[Uuid], public_at: Option<i64>) -> Result<Vec<ListRow>> {
    /// Ids a query takes.
    const PART: usize = 500;
    let mut by_id: HashMap<Uuid, ListRow> = HashMap::with_capacity(ids.len());
    for part in ids.chunks(PART) {
        let mut select = Select::new(
            "SELECT id, kind, title, summary, open, withheld, sector, region, category, trl, modes, org_name, published_at, \
             expires_at FROM entry",
        );
        let args: Vec<Arg> = part.iter().map(|id| (*id).into()).collect();
        select.and_in("id", &args);
        if let Some(now) = public_at {
            select.and(
                "state = 'published' AND (expires_at IS NULL OR expires_at > ?)",
                &[now.into()],
            );
        }
        let rows: Vec<ListRow> = select.all(conn).await?;
        by_id.extend(rows.into_iter().map(|r| (r.id, r)));
    }
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
}

/// The ids of what is public at an instant, in their own order, after one.
pub(crate) async fn public_ids(conn: &mut Conn, after: Option<Uuid>, now: i64, limit: i64) -> Result<Vec<Uuid>> {
    let mut select = Select::new(IDS);
    select.and(
        "state = 'published' AND (expires_at IS NULL OR expires_at > ?)",
        &[now.into()],
    );
    if let Some(after) = after {
        select.and("id > ?", &[after.into()]);
    }
    select.end("ORDER BY id LIMIT ?", &[limit.into()]);
    let rows: Vec<(Uuid,)> = select.all(conn).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// How many published entries each kind, division and set of fields has, for the home page: read in the order of an index.
pub(crate) async fn tally(conn: &mut Conn) -> Result<Vec<(String, String, String, i64)>> {
    let select = {
        let mut s = Select::new("SELECT kind, region, sector, count(*) FROM entry");
        s.and("state = 'published'", &[])
            .end("GROUP BY kind, region, sector", &[]);
        s
    };
    Ok(select.all(conn).await?)
}

/// How many of a kind were published since an instant.
pub(crate) async fn published_since(conn: &mut Conn, kind: &str, since: i64) -> Result<i64> {
    let mut select = Select::new(COUNT);
    select.and(
        "state = 'published' AND kind = ? AND published_at >= ?",
        &[kind.into(), since.into()],
    );
    Ok(select.number(conn).await?)
}

/// How many organisations have something public.
pub(crate) async fn organisations(conn: &mut Conn) -> Result<i64> {
    // By the index on (org_id, state, kind): nothing is sorted to tell one organisation from the next.
    let mut select = Select::new("SELECT count(*) FROM (SELECT org_id FROM entry");
    select
        .and("state = 'published'", &[])
        .end("GROUP BY org_id) AS orgs", &[]);
    Ok(select.number(conn).await?)
}
