//! My needs and my offers: what my organisations have, by state.

use axum::response::Response;
use jcore::{Cx, Query, Result, Shell};
use serde::Deserialize;

use super::rows::{WorkView, own_path, views};
use crate::browse::{PAGE_ROWS, PAGES_MAX};
use crate::kind::kinds;
use crate::rules::State;
use crate::store;
use crate::store::work::Mine;

/// The query of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct MineQuery {
    state: String,
    page: String,
}

struct Tab {
    text: String,
    count: i64,
    href: String,
    current: bool,
}

struct NewLink {
    text: String,
    href: String,
    template: String,
}

#[derive(askama::Template)]
#[template(path = "entries_mine.html")]
struct MinePage {
    s: Shell,
    title: String,
    tabs: Vec<Tab>,
    rows: Vec<WorkView>,
    new: Vec<NewLink>,
    list: Pages,
}

/// Pages of a list, for its pager.
#[derive(Debug, Clone)]
pub(crate) struct Pages {
    pub page: i64,
    pub pages: i64,
    pub prev: Option<String>,
    pub next: Option<String>,
}

impl Pages {
    /// Of so many rows; `path` has its query, to which the page is added.
    pub(crate) fn new(cx: &Cx, path: &str, count: i64, page: i64) -> Self {
        let pages = ((count + PAGE_ROWS - 1) / PAGE_ROWS).clamp(1, PAGES_MAX);
        let joint = if path.contains('?') { '&' } else { '?' };
        let at = |page: i64| cx.href(&format!("{path}{joint}page={page}"));
        Self {
            page,
            pages,
            prev: (page > 1).then(|| at(page - 1)),
            next: (page < pages).then(|| at(page + 1)),
        }
    }

    /// The page that an address asks for.
    pub(crate) fn asked(text: &str) -> i64 {
        text.parse().unwrap_or(1).clamp(1, PAGES_MAX)
    }
}

/// What counts as mine: the organisations to which I am bound, else what I wrote myself.
pub(crate) fn mine(cx: &Cx, kinds: Vec<&'static str>) -> Mine {
    Mine {
        orgs: cx.actor.orgs(),
        author: cx.actor.user,
        kinds,
        state: None,
    }
}

/// The kinds of a list of mine.
fn kinds_at(cx: &Cx, home: &str) -> Vec<std::sync::Arc<dyn crate::EntryKind>> {
    kinds(&cx.app)
        .all()
        .iter()
        .filter(|k| k.home() == home)
        .cloned()
        .collect()
}

pub(crate) async fn needs(cx: Cx, Query(query): Query<MineQuery>) -> Result<Response> {
    page(&cx, "/needs", "/my/needs", "entries-my-needs", &query).await
}

pub(crate) async fn offers(cx: Cx, Query(query): Query<MineQuery>) -> Result<Response> {
    page(&cx, "/offers", "/my/offers", "entries-my-offers", &query).await
}

async fn page(cx: &Cx, home: &str, path: &str, title: &str, query: &MineQuery) -> Result<Response> {
    let of = kinds_at(cx, home);
    let mut filter = mine(cx, of.iter().map(|k| k.key()).collect());
    let mut conn = cx.app.read().await?;
    let counts = store::work::my_counts(&mut conn, &filter).await?;
    filter.state = State::from_code(&query.state);
    let at = Pages::asked(&query.page);
    let (rows, count) = store::work::my_page(&mut conn, &filter, PAGE_ROWS, (at - 1) * PAGE_ROWS).await?;
    let rows = views(cx, &mut conn, rows, |row| own_path(cx, row)).await?;
    drop(conn);
    let here = if filter.state.is_some() {
        format!("{path}?state={}", query.state)
    } else {
        path.to_owned()
    };
    cx.page(&MinePage {
        title: cx.t(title),
        tabs: tabs(cx, path, &counts, filter.state),
        rows,
        new: of
            .iter()
            .map(|k| NewLink {
                text: cx.t(&format!("entries-new-{}", k.key())),
                href: cx.href(&format!("/entries/new/{}", k.key())),
                template: cx.href(&format!("/templates/{}", k.plural())),
            })
            .collect(),
        list: Pages::new(cx, &here, count, at),
        s: cx.shell(),
    })
}

fn tabs(cx: &Cx, path: &str, counts: &[(String, i64)], chosen: Option<State>) -> Vec<Tab> {
    let of = |state: State| {
        counts
            .iter()
            .find(|(code, _)| code == state.code())
            .map_or(0, |(_, n)| *n)
    };
    let all = Tab {
        text: cx.t("word-all"),
        count: counts.iter().map(|(_, n)| n).sum(),
        href: cx.href(path),
        current: chosen.is_none(),
    };
    let tab = |state: State| Tab {
        text: cx.t(&format!("entries-state-{}", state.code())),
        count: of(state),
        href: cx.href(&format!("{path}?state={}", state.code())),
        current: chosen == Some(state),
    };
    let shown = State::ALL
        .into_iter()
        .filter(|s| of(*s) > 0 || chosen == Some(*s))
        .map(tab);
    std::iter::once(all).chain(shown).collect()
}
