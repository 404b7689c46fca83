//! Public lists: filtered, sorted and counted from an index that holds all that is asked for; only the rows of the page
//! are read by their ids.

use std::collections::HashMap;

use db::{Arg, Conn, Select};
use jcore::Result;
use uuid::Uuid;

use crate::browse::{Filter, PriceBand, Sort};
use crate::model::ListRow;
use crate::store::like;

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
    // The job that moves entries on runs every few minutes; a list is right to the second.
    select.and("expires_at > ?", &[now.into()]);
    for word in &filter.words {
        select.and("words LIKE ? ESCAPE '\\'", &[like(word).into()]);
    }
    let within = |code: &str| Arg::from(format!("%;{code};%"));
    if let Some(sector) = filter.sector {
        select.and("sector LIKE ?", &[within(sector.code())]);
    }
    if let Some(region) = filter.region {
        let code = region.to_string();
        select.and("region LIKE ?", &[format!("{}%", code.trim_end_matches("00")).into()]);
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
    if let Some(since) = filter.since {
        select.and("published_at >= ?", &[now.saturating_sub(since.micros()).into()]);
    }
    select
}

/// The ids of a page in its order, and the count.
pub(crate) async fn find(conn: &mut Conn, filter: &Filter, now: i64, limit: i64, offset: i64) -> Result<Found> {
    let select = conditions(filter, now);
    let count = select.with_head(COUNT).number(conn).await?;
    let mut select = select;
    let page = [limit.into(), offset.into()];
    // What has no price stands behind, whichever way prices run.
    match filter.sort {
        Sort::Newest => select.end("ORDER BY published_at DESC, id DESC LIMIT ? OFFSET ?", &page),
        Sort::Cheapest => {
            select.end("ORDER BY CASE WHEN price_min IS NULL THEN 1 ELSE 0 END, price_min, id LIMIT ? OFFSET ?", &page)
        }
        Sort::Dearest => {
            select.end("ORDER BY CASE WHEN price_min IS NULL THEN 1 ELSE 0 END, price_min DESC, id LIMIT ? OFFSET ?", &page)
        }
        Sort::Deadline => select.end("ORDER BY expires_at, id LIMIT ? OFFSET ?", &page),
    };
    let rows: Vec<(Uuid,)> = if count > offset { select.all(conn).await? } else { Vec::new() };
    Ok(Found { ids: rows.into_iter().map(|(id,)| id).collect(), count })
}

/// Rows by their ids, in the order of the ids.
pub(crate) async fn rows(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<ListRow>> {
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
        let rows: Vec<ListRow> = select.all(conn).await?;
        by_id.extend(rows.into_iter().map(|r| (r.id, r)));
    }
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
}

/// How many published entries each kind, division and set of fields has, for the home page: read in the order of an index.
pub(crate) async fn tally(conn: &mut Conn) -> Result<Vec<(String, String, String, i64)>> {
    let select = {
        let mut s = Select::new("SELECT kind, region, sector, count(*) FROM entry");
        s.and("state = 'published'", &[]).end("GROUP BY kind, region, sector", &[]);
        s
    };
    Ok(select.all(conn).await?)
}
