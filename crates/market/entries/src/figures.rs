//! Figures for the home page: what is public, by kind, city and field (R148, R160).

use std::collections::BTreeMap;
use std::sync::Arc;

use db::Conn;
use jcore::{App, Result};
use kernel::{Region, Stamp};

use crate::browse::Filter;
use crate::kind::kinds;
use crate::model::{ListRow, codes_of};
use crate::store;

/// Newest entries that the home page shows of each.
pub const NEWEST: i64 = 6;
/// How long figures may be shown before they are counted again. A change on this node shows at once.
const FRESH_SECS: i64 = 15;

/// What is public.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    /// Entries by the key of their kind.
    pub kinds: BTreeMap<String, i64>,
    /// By kind, and in it by the code of the city.
    pub cities: BTreeMap<String, BTreeMap<String, i64>>,
    /// By kind, and in it by field of industry; an entry of two fields counts in both.
    pub sectors: BTreeMap<String, BTreeMap<String, i64>>,
}

impl Figures {
    /// Entries of a kind.
    #[must_use]
    pub fn of(&self, kind: &str) -> i64 {
        self.kinds.get(kind).copied().unwrap_or(0)
    }

    /// Technical needs.
    #[must_use]
    pub fn needs(&self) -> i64 {
        self.of("need")
    }

    /// Patents and achievements.
    #[must_use]
    pub fn offers(&self) -> i64 {
        self.of("patent") + self.of("achievement")
    }

    /// Needs of a city.
    #[must_use]
    pub fn needs_in(&self, city: Region) -> i64 {
        self.cities.get("need").and_then(|c| c.get(city.as_str())).copied().unwrap_or(0)
    }
}

/// Counts what is public, in one query that an index answers.
///
/// # Errors
/// The store's.
pub async fn figures(conn: &mut Conn) -> Result<Figures> {
    let mut out = Figures::default();
    for (kind, region, sector, n) in store::list::tally(conn).await? {
        *out.kinds.entry(kind.clone()).or_default() += n;
        let city = Region::new(&region).map_or(region, |r| r.city().to_string());
        *out.cities.entry(kind.clone()).or_default().entry(city).or_default() += n;
        let sectors = out.sectors.entry(kind).or_default();
        for code in codes_of(&sector) {
            *sectors.entry(code.to_owned()).or_default() += n;
        }
    }
    Ok(out)
}

/// The figures, counted at most every few seconds.
///
/// # Errors
/// The store's.
pub async fn figures_now(app: &App) -> Result<Arc<Figures>> {
    let kinds = kinds(app);
    let now = app.now();
    if let Some(figures) = kinds.kept_figures(now, FRESH_SECS) {
        return Ok(figures);
    }
    let mut conn = app.read().await?;
    let figures = Arc::new(figures(&mut conn).await?);
    kinds.keep_figures(now, figures.clone());
    Ok(figures)
}

/// The last published entries of these kinds, for the home page; show them by [`crate::browse::rows`].
///
/// # Errors
/// The store's.
pub async fn newest(conn: &mut Conn, kinds: &[&'static str], now: Stamp, limit: i64) -> Result<Vec<ListRow>> {
    let filter = Filter { kinds: kinds.to_vec(), page: 1, ..Filter::default() };
    let ids = store::list::newest(conn, &filter, now.micros(), limit).await?;
    store::list::rows(conn, &ids).await
}
