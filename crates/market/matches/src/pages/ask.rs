//! `/match`: paste a need or drop a file, and see at once what fits and why; without an account, and kept nowhere.

use accounts::{Gate, Guard};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use entries::browse::{FilterGroup, groups};
use jcore::{Cx, Fault, FaultKind, Multipart, Result, Shell, Subject};
use kernel::{EntryId, OrgId};
use matching::TEXT_CHARS_MAX;
use uuid::Uuid;

use super::compare::{Table, table};
use super::errors;
use crate::analysis::{Analysis, analyse};
use crate::asking::{Asked, SHOWN, TAKES, draft};
use crate::finding::{Fit, find, fits};
use crate::index::Matcher;

/// Items that are set side by side at least and at most: a page has room for four columns.
const COMPARED: std::ops::RangeInclusive<usize> = 2..=4;
/// The filters of this page, of those that a list has.
const FILTERS: [&str; 5] = ["kind", "sector", "region", "maturity", "mode"];

/// The matches of a band.
pub(crate) struct BandView {
    pub(crate) code: &'static str,
    pub(crate) text: String,
    pub(crate) fits: Vec<Fit>,
}

/// Matches that are shown at least where there are so many, however little they have in common with what is asked.
const SHOWN_LEAST: usize = 6;

/// Matches by their bands, the best first. What has little in common is left out, except where hardly anything has more.
pub(crate) fn bands(cx: &Cx, fits: Vec<Fit>) -> Vec<BandView> {
    let mut out: Vec<BandView> = Vec::new();
    for (at, fit) in fits.into_iter().enumerate() {
        if fit.band == "none" && at >= SHOWN_LEAST {
            continue;
        }
        match out.iter_mut().find(|band| band.code == fit.band) {
            Some(band) => band.fits.push(fit),
            None => out.push(BandView {
                code: fit.band,
                text: cx.t(&format!("matches-band-{}", fit.band)),
                fits: vec![fit],
            }),
        }
    }
    out
}

#[derive(Template)]
#[template(path = "matches_ask.html")]
struct AskPage {
    s: Shell,
    text: String,
    text_max: usize,
    takes: String,
    groups: Vec<FilterGroup>,
    asked: bool,
    /// Whether the index is still being made.
    is_making: bool,
    analysis: Option<Analysis>,
    bands: Vec<BandView>,
    count: usize,
    compared: usize,
    left_out: Vec<String>,
    table: Option<Table>,
    picked: Vec<Uuid>,
    may_keep: bool,
    errors: Vec<String>,
}

impl AskPage {
    /// Whether a match was chosen to be compared.
    fn is_picked(&self, id: &Uuid) -> bool {
        self.picked.contains(id)
    }
}

fn blank(cx: &Cx, asked: &Asked) -> AskPage {
    let (section, filter) = asked.narrowed(cx);
    let mut filters = groups(cx, &section, &filter);
    filters.retain(|group| FILTERS.contains(&group.name));
    AskPage {
        s: cx.shell(),
        text: asked.text.clone(),
        text_max: TEXT_CHARS_MAX,
        takes: TAKES.endings(),
        groups: filters,
        asked: false,
        is_making: false,
        analysis: None,
        bands: Vec::new(),
        count: 0,
        compared: 0,
        left_out: Vec::new(),
        table: None,
        picked: Vec::new(),
        may_keep: keeps_for(cx).is_some(),
        errors: Vec::new(),
    }
}

/// The organisation for which the reader can keep a need.
fn keeps_for(cx: &Cx) -> Option<OrgId> {
    let may = |org: &OrgId| cx.may(entries::actions::WRITE, &Subject::org(*org, None));
    cx.actor.orgs().into_iter().find(may)
}

/// `GET /match`
pub(crate) async fn show(cx: Cx) -> Result<Response> {
    cx.page(&blank(&cx, &Asked::default()))
}

/// `POST /match`
pub(crate) async fn ask(cx: Cx, form: Multipart) -> Result<Response> {
    Guard::of(&cx.app)?.pass(Gate::Match, &cx.address, cx.now)?;
    let asked = match Asked::read(&cx, &form).await {
        Ok(asked) => asked,
        Err(fault) => return refused(&cx, &typed(&form), fault),
    };
    if let Err(fault) = asked.check() {
        return refused(&cx, &asked, fault);
    }
    let analysis = analyse(&cx, &asked.text).await?;
    if form.first("do") == Some("keep") {
        return keep(&cx, &analysis).await;
    }
    // Asked first: made in between, it has found all.
    let is_making = Matcher::of(&cx.app)?.is_making(&cx.app).await?;
    let found = find(&cx.app, asked.query(&cx, &analysis, SHOWN)).await?;
    let fits = fits(&cx, &found, analysis.asking()).await?;
    let picked: Vec<&str> = form
        .fields
        .iter()
        .filter(|(key, _)| key == "pick")
        .map(|(_, id)| id.as_str())
        .collect();
    match form.first("do") {
        Some("xlsx") => return super::export::xlsx(&cx, &fits),
        Some("csv") => return Ok(super::export::csv(&cx, &fits)),
        _ => {}
    }
    let mut page = blank(&cx, &asked);
    page.asked = true;
    page.is_making = is_making;
    page.compared = found.compared;
    page.left_out = found
        .left_out
        .iter()
        .map(|left| {
            let code = serde_json::to_value(left.filter).ok();
            let code = code
                .as_ref()
                .and_then(|code| code.as_str())
                .unwrap_or_default()
                .to_owned();
            cx.ta(&format!("matches-left-out-{code}"), &[("n", left.count.to_string())])
        })
        .collect();
    if form.first("do") == Some("compare") {
        let chosen: Vec<&Fit> = fits
            .iter()
            .filter(|fit| picked.contains(&fit.row.id.to_string().as_str()))
            .collect();
        if COMPARED.contains(&chosen.len()) {
            page.table = Some(table(&cx, &chosen));
        } else {
            page.errors = vec![cx.ta("matches-compare-how-many", &[("found", chosen.len().to_string())])];
        }
        page.picked = chosen.iter().map(|fit| fit.row.id).collect();
    }
    page.bands = bands(&cx, fits);
    page.count = page.bands.iter().map(|band| band.fits.len()).sum();
    page.analysis = Some(analysis);
    let status = if page.errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    cx.page_with(status, &page)
}

/// What was typed, where the file could not be read.
fn typed(form: &Multipart) -> Asked {
    Asked {
        text: form.first("text").unwrap_or_default().to_owned(),
        ..Asked::default()
    }
}

fn refused(cx: &Cx, asked: &Asked, fault: Fault) -> Result<Response> {
    if fault.kind != FaultKind::Refused {
        return Err(fault);
    }
    let mut page = blank(cx, asked);
    let status = fault.kind.status();
    page.errors = errors(cx, fault)?;
    cx.page_with(status, &page)
}

/// Keeps what was asked as a draft of a need, for who asks for it.
async fn keep(cx: &Cx, analysis: &Analysis) -> Result<Response> {
    let Some(org) = keeps_for(cx) else {
        let kind = if cx.actor.user.is_some() {
            FaultKind::Denied
        } else {
            FaultKind::SignIn
        };
        return Err(match kind {
            FaultKind::SignIn => Fault::new(kind, "sign-in"),
            _ => Fault::new(kind, "denied"),
        });
    };
    let saved = entries::create(&cx.app, &cx.actor, crate::deeds::opening::NEED, org, &draft(analysis)).await?;
    let id: EntryId = saved.id;
    Ok(cx.redirect_saying(&format!("/entries/{id}/edit"), &cx.t("matches-said-kept")))
}
