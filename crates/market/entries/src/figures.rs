//! Figures for the home page: what is public, by kind, place and field, and what came last (R148, R160).

use std::collections::BTreeMap;
use std::sync::Arc;

use db::Conn;
use jcore::{App, Cx, Result};
use kernel::Stamp;

use crate::browse::{Filter, RowView, Section, rows};
use crate::kind::kinds;
use crate::model::codes_of;
use crate::store;

/// How long counts may be shown before they are counted again. A change on this node shows at once.
const FRESH_SECS: i64 = 15;
/// Days of a week.
const WEEK_DAYS: i64 = 7;
/// The kinds of offer.
const OFFERS: [&str; 2] = ["patent", "achievement"];
/// The kind of need.
const NEEDS: [&str; 1] = ["need"];

/// Counts of what is public.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Technical needs.
    pub needs: i64,
    /// Patents and achievements.
    pub offers: i64,
    /// Needs published within a week.
    pub this_week: i64,
    /// Organisations with something public.
    pub organisations: i64,
    /// Needs by field of industry; a need of two fields counts in both.
    pub by_sector: BTreeMap<String, i64>,
    /// Needs by the code of the division in which they lie.
    pub by_place: BTreeMap<String, i64>,
}

/// What the home page shows.
#[derive(Debug, Clone)]
pub struct Figures {
    /// Counts.
    pub counts: Arc<Counts>,
    /// The last needs.
    pub newest_needs: Vec<RowView>,
    /// The last offers.
    pub newest_offers: Vec<RowView>,
}

impl std::ops::Deref for Figures {
    type Target = Counts;
    fn deref(&self) -> &Counts {
        &self.counts
    }
}

/// Counts what is public: three queries that indexes answer.
///
/// # Errors
/// The store's.
pub async fn count(conn: &mut Conn, now: Stamp) -> Result<Counts> {
    let mut out = Counts::default();
    for (kind, region, sector, n) in store::list::tally(conn).await? {
        if kind != NEEDS[0] {
            out.offers += n;
            continue;
        }
        out.needs += n;
        *out.by_place.entry(region).or_default() += n;
        for code in codes_of(&sector) {
            *out.by_sector.entry(code.to_owned()).or_default() += n;
        }
    }
    out.this_week = store::list::published_since(conn, NEEDS[0], now.plus_days(-WEEK_DAYS).micros()).await?;
    out.organisations = store::list::organisations(conn).await?;
    Ok(out)
}

/// The counts, made at most every few seconds.
async fn counts(conn: &mut Conn, app: &App, now: Stamp) -> Result<Arc<Counts>> {
    let kinds = kinds(app);
    if let Some(kept) = kinds.kept_counts(now, FRESH_SECS) {
        return Ok(kept);
    }
    let counts = Arc::new(count(conn, now).await?);
    kinds.keep_counts(now, counts.clone());
    Ok(counts)
}

/// What the home page shows: counts, and the newest needs and offers, so many of each.
///
/// # Errors
/// The store's.
pub async fn figures(cx: &Cx, newest: usize) -> Result<Figures> {
    let mut conn = cx.app.read().await?;
    let counts = counts(&mut conn, &cx.app, cx.now).await?;
    let newest_needs = last(cx, &mut conn, "/needs", &NEEDS, newest).await?;
    let newest_offers = last(cx, &mut conn, "/offers", &OFFERS, newest).await?;
    Ok(Figures {
        counts,
        newest_needs,
        newest_offers,
    })
}

async fn last(
    cx: &Cx,
    conn: &mut Conn,
    path: &'static str,
    keys: &[&'static str],
    limit: usize,
) -> Result<Vec<RowView>> {
    let all = kinds(&cx.app);
    let section = Section {
        path,
        kinds: keys.iter().filter_map(|key| all.get(key).cloned()).collect(),
    };
    let filter = Filter {
        kinds: section.keys(),
        page: 1,
        ..Filter::default()
    };
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let ids = store::list::newest(conn, &filter, cx.now.micros(), limit).await?;
    let stored = store::list::rows(conn, &ids).await?;
    rows(cx, &section, &stored)
}
