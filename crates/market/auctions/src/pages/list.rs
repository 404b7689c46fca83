//! Lists of lots: today, coming, ended; and results.

use askama::Template;
use axum::response::Response;
use jcore::{Cx, Query, Result, Shell};
use kernel::{OrgId, Stamp};
use serde::Deserialize;

use super::{Amount, phase_chip};
use crate::model::{COMING, ENDED, LIVE, Lot, SOLD};
use crate::rules::coming_days;
use crate::store;
use crate::store::lots::Filter;

/// Lots a page.
const A_PAGE: i64 = 20;
/// The parts of the list; words are `lot-when-KEY`.
const WHEN: [&str; 4] = ["live", "today", "coming", "ended"];

/// What a list is narrowed to.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ListQuery {
    #[serde(default)]
    pub(crate) when: String,
    #[serde(default)]
    pub(crate) mode: String,
    #[serde(default)]
    pub(crate) q: String,
    pub(crate) page: Option<i64>,
}

impl ListQuery {
    pub(crate) fn filter(&self, now: Stamp) -> Filter {
        let mut filter = Filter {
            states: vec!["logged"],
            mode: Some(self.mode.clone()).filter(|mode| !mode.is_empty()),
            text: Some(self.q.trim().to_owned()),
            ..Filter::default()
        };
        match self.when.as_str() {
            "live" => filter.phases = LIVE.to_vec(),
            "today" => {
                let start = Stamp::start_of(now.date_in_cn());
                filter.starts_from = Some(start.micros());
                filter.starts_before = Some(start.plus_days(1).micros());
            }
            "coming" => filter.phases = COMING.to_vec(),
            "ended" => {
                filter.phases = ENDED.to_vec();
                filter.newest = true;
            }
            "sold" => {
                filter.phases = SOLD.to_vec();
                filter.newest = true;
            }
            _ => filter.newest = true,
        }
        filter
    }
}

/// A lot in a list.
pub(crate) struct Row {
    pub(crate) id: uuid::Uuid,
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) seller: String,
    pub(crate) mode: String,
    pub(crate) phase: String,
    pub(crate) chip: &'static str,
    pub(crate) start: Amount,
    pub(crate) price: Option<Amount>,
    pub(crate) starts: String,
    pub(crate) ends: String,
    pub(crate) bids: i64,
    pub(crate) bidders: i64,
    pub(crate) round: i64,
    pub(crate) live: bool,
}

pub(crate) fn row(cx: &Cx, s: &Shell, lot: &Lot, seller: String) -> Row {
    let phase = if lot.is_public() {
        lot.phase.as_str()
    } else {
        lot.state().code()
    };
    Row {
        id: lot.id,
        number: lot.number.clone(),
        title: lot.title.clone(),
        seller,
        mode: cx.t(&format!("lot-mode-{}", lot.mode)),
        phase: cx.t(&format!("lot-phase-{phase}")),
        chip: phase_chip(phase),
        start: Amount::of(lot.start_fen),
        price: lot.price_fen.map(Amount::of),
        starts: lot.starts_at.as_ref().map(|at| s.time(at)).unwrap_or_default(),
        ends: lot.end_at.as_ref().map(|at| s.time(at)).unwrap_or_default(),
        bids: lot.bids,
        bidders: lot.bidders,
        round: lot.round,
        live: LIVE.contains(&phase),
    }
}

/// Lots with their sellers' names.
pub(crate) async fn rows(cx: &Cx, lots: &[Lot]) -> Result<Vec<Row>> {
    let orgs: Vec<OrgId> = lots.iter().map(Lot::org).collect();
    let names = accounts::org_names(&mut cx.app.read().await?, &orgs).await?;
    let s = cx.shell();
    let name = |lot: &Lot| names.get(&lot.org()).cloned().unwrap_or_default();
    Ok(lots.iter().map(|lot| row(cx, &s, lot, name(lot))).collect())
}

#[derive(Template)]
#[template(path = "lot_list.html")]
struct ListPage {
    s: Shell,
    title: String,
    lead: String,
    path: &'static str,
    tabs: Vec<(String, &'static str, bool)>,
    query: ListQuery,
    modes: Vec<(&'static str, String)>,
    rows: Vec<Row>,
    count: i64,
    page: i64,
    pages: i64,
    days: String,
}

/// The modes with their names.
pub(crate) fn modes(cx: &Cx) -> Vec<(&'static str, String)> {
    ["english", "sealed", "scoring", "dutch", "listed"]
        .map(|mode| (mode, cx.t(&format!("lot-mode-{mode}"))))
        .to_vec()
}

/// `GET /lots`
pub(crate) async fn lots(cx: Cx, Query(query): Query<ListQuery>) -> Result<Response> {
    let (title, lead) = (cx.t("nav-lots"), cx.t("lot-list-lead"));
    list(&cx, query, "/lots", title, lead).await
}

/// `GET /results`
pub(crate) async fn results(cx: Cx, Query(query): Query<ListQuery>) -> Result<Response> {
    let query = ListQuery {
        when: if query.when == "sold" {
            "sold".into()
        } else {
            "ended".into()
        },
        ..query
    };
    let (title, lead) = (cx.t("lot-results"), cx.t("lot-results-lead"));
    list(&cx, query, "/results", title, lead).await
}

async fn list(cx: &Cx, query: ListQuery, path: &'static str, title: String, lead: String) -> Result<Response> {
    let page = query.page.unwrap_or(1).max(1);
    let offset = (page - 1).saturating_mul(A_PAGE);
    let filter = query.filter(cx.now);
    let (found, count) = store::lots::list(&mut cx.app.read().await?, &filter, A_PAGE, offset).await?;
    let tab = |when: &'static str| (cx.t(&format!("lot-when-{when}")), when, query.when == when);
    let mut tabs = vec![(cx.t("word-all"), "", query.when.is_empty())];
    tabs.extend(WHEN.map(tab));
    if path == "/results" {
        tabs = ["ended", "sold"].map(tab).to_vec();
    }
    let days = coming_days(&programme::now(&cx.app), cx.now.date_in_cn());
    let answer = ListPage {
        s: cx.shell().phases(),
        title,
        lead,
        path,
        tabs,
        modes: modes(cx),
        rows: rows(cx, &found).await?,
        count,
        page,
        pages: (count + A_PAGE - 1) / A_PAGE,
        days: days
            .map(|day| day.to_string())
            .collect::<Vec<_>>()
            .join(&cx.t("lot-comma")),
        query,
    };
    cx.page(&answer)
}
