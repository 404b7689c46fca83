//! One batch: its figures, its rows, and what can be done with them.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jcore::{Cx, Form, Multipart, Query, Result, Shell};
use kernel::BatchId;
use serde::Deserialize;
use uuid::Uuid;

use super::{Pager, XLSX, id_of, said_again};
use crate::access::{self, Opened};
use crate::commit::CommitOptions;
use crate::mend;
use crate::report::Counts;
use crate::store::{self, Which};
use crate::stored::{BatchState, RowState};
use crate::template::kind_name;
use crate::view::{self, GridView, GroupView};
use crate::{REASON_CHARS_MAX, commit, revert, revertible};

/// Rows a page of the grid: what a person mends before pausing.
const ROWS_A_PAGE: i64 = 50;

/// A tab of the rows.
struct Tab {
    text: String,
    href: String,
    count: usize,
    current: bool,
}

#[derive(Template)]
#[template(path = "intake_batch.html")]
struct BatchPage {
    s: Shell,
    id: Uuid,
    name: String,
    sheet: String,
    kind: String,
    org: Option<String>,
    at: i64,
    state: String,
    chip: &'static str,
    rows: i64,
    columns: usize,
    counts: Counts,
    is_open: bool,
    is_reading: bool,
    warned: usize,
    /// Whether columns may still be corrected: no row is in.
    maps: bool,
    /// Columns that were guessed.
    guessed: usize,
    groups: Vec<GroupView>,
    reason_max: usize,
    missing: Vec<String>,
    unknown: Vec<String>,
    tabs: Vec<Tab>,
    show: &'static str,
    grid: GridView,
    page: i64,
    pager: Pager,
}

/// Which rows are shown.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ShowQuery {
    show: Option<String>,
    page: Option<i64>,
}

/// What the tabs are called, in order.
const TABS: [(&str, Which); 8] = [
    ("held", Which::In(RowState::Held)),
    ("warned", Which::Warned),
    ("ready", Which::In(RowState::Ready)),
    ("changed", Which::Again("changed")),
    ("same", Which::Again("same")),
    ("left", Which::In(RowState::Left)),
    ("in", Which::In(RowState::In)),
    ("all", Which::All),
];

/// `GET /intake/{id}`
pub(crate) async fn show(cx: Cx, Path(id): Path<String>, Query(query): Query<ShowQuery>) -> Result<Response> {
    let opened = access::open(&cx.app, &cx.actor, id_of(&id)?).await?;
    let (batch, page) = (opened.row.batch(), query.page.unwrap_or(1).max(1));
    let mut conn = cx.app.read().await?;
    let counts = Counts::of(&store::tallies(&mut conn, &[batch.uuid()]).await?);
    let (_, warned) = store::rows_page(&mut conn, batch, Which::Warned, 0, 0).await?;
    let first = if counts.held > 0 {
        "held"
    } else if counts.ready > 0 {
        "ready"
    } else {
        "all"
    };
    let asked = query.show.as_deref().unwrap_or(first);
    let (show, which) = TABS
        .into_iter()
        .find(|(name, _)| *name == asked)
        .unwrap_or(("all", Which::All));
    let offset = (page - 1).saturating_mul(ROWS_A_PAGE);
    let (rows, count) = store::rows_page(&mut conn, batch, which, ROWS_A_PAGE, offset).await?;
    let groups = if show == "held" {
        view::groups(&cx, &opened, &mut conn).await?
    } else {
        Vec::new()
    };
    drop(conn);
    let is_open = opened.row.state == BatchState::Open.code();
    let grid = view::grid(&cx, &opened, &rows, is_open)?;
    let warned = usize::try_from(warned).unwrap_or_default();
    let address = |page: i64| cx.href(&format!("/intake/{batch}?show={show}&page={page}"));
    let pager = Pager::new(page, count, ROWS_A_PAGE, address);
    let parts = Parts {
        counts,
        warned,
        groups,
        grid,
        pager,
        show,
    };
    let answer = batch_page(&cx, &opened, parts)?;
    cx.page(&answer)
}

/// What a batch's page is put together from.
struct Parts {
    counts: Counts,
    warned: usize,
    groups: Vec<GroupView>,
    grid: GridView,
    pager: Pager,
    show: &'static str,
}

fn batch_page(cx: &Cx, opened: &Opened, parts: Parts) -> Result<BatchPage> {
    let row = &opened.row;
    let mapping = &opened.about.mapping;
    let form = access::kind(&cx.app, &row.kind)?.form();
    let label = |key: &String| {
        form.field(key)
            .map_or_else(|| key.clone(), |field| crate::page::label(cx, form, field))
    };
    let Parts {
        counts,
        warned,
        groups,
        grid,
        pager,
        show,
    } = parts;
    let is_open = row.state == BatchState::Open.code();
    let guessed = mapping
        .found
        .iter()
        .flatten()
        .filter(|by| !matches!(by.as_str(), "head" | "hand"));
    Ok(BatchPage {
        s: cx.shell(),
        id: row.id,
        name: opened.about.file.clone(),
        sheet: opened.about.sheet.clone(),
        kind: kind_name(&cx.app, &row.kind, cx.lang),
        org: row.org_name.clone(),
        at: row.created_at,
        state: cx.t(&format!("intake-state-{}", row.state)),
        chip: view::chip(&row.state, counts.held),
        rows: row.row_count,
        columns: mapping.columns.iter().flatten().count(),
        tabs: tabs(cx, row.batch(), &counts, warned, show),
        counts,
        is_open,
        is_reading: row.state == BatchState::Reading.code(),
        warned,
        maps: is_open && counts.is_in() == 0,
        guessed: guessed.count(),
        groups,
        reason_max: REASON_CHARS_MAX,
        missing: mapping.missing.iter().map(label).collect(),
        unknown: mapping.unknown.clone(),
        show,
        grid,
        page: pager.page,
        pager,
    })
}

fn tabs(cx: &Cx, batch: BatchId, counts: &Counts, warned: usize, show: &str) -> Vec<Tab> {
    let all = counts.held + counts.ready + counts.left + counts.is_in();
    let count = |name: &str| match name {
        "held" => counts.held,
        "warned" => warned,
        "ready" => counts.ready,
        "changed" => counts.would_change,
        "same" => counts.would_same,
        "left" => counts.left,
        "in" => counts.is_in(),
        _ => all,
    };
    let tab = |(name, _): (&'static str, Which)| Tab {
        text: cx.t(&format!("intake-tab-{name}")),
        href: cx.href(&format!("/intake/{batch}?show={name}")),
        count: count(name),
        current: name == show,
    };
    TABS.into_iter()
        .map(tab)
        .filter(|tab| tab.count > 0 || tab.current)
        .collect()
}

/// What a commit asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct CommitForm {
    /// `submit` hands the rows in; anything else keeps them as drafts.
    #[serde(default)]
    mode: String,
    /// Why rows go in of which a person should look at something.
    #[serde(default)]
    reason: String,
}

/// `POST /intake/{id}/commit`
pub(crate) async fn commit_rows(cx: Cx, Path(id): Path<String>, Form(form): Form<CommitForm>) -> Result<Response> {
    let batch = id_of(&id)?;
    let before = crate::report(&cx.app, &cx.actor, batch).await?;
    let report = {
        let options = CommitOptions {
            submit: form.mode == "submit",
            reason: Some(form.reason),
        };
        commit(&cx.app, &cx.actor, batch, options, &|_, _| {}).await?
    };
    let n = |now: usize, was: usize| now.saturating_sub(was).to_string();
    let args = [
        ("new", n(report.new, before.new)),
        ("changed", n(report.changed, before.changed)),
        ("same", n(report.same, before.same)),
        ("held", report.held.to_string()),
    ];
    let mut said = cx.ta("intake-said-committed", &args);
    if report.ready > 0 {
        said.push_str(&cx.ta("intake-said-unexcused", &[("n", report.ready.to_string())]));
    }
    Ok(cx.redirect_saying(&format!("/intake/{batch}"), &said))
}

/// Nothing but the token.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Bare {}

/// `POST /intake/{id}/check`
pub(crate) async fn check(cx: Cx, Path(id): Path<String>, Form(Bare {}): Form<Bare>) -> Result<Response> {
    let batch = id_of(&id)?;
    let held = mend::check_again(&cx.app, &cx.actor, batch).await?;
    let said = cx.ta("intake-said-checked", &[("n", held.to_string())]);
    Ok(cx.redirect_saying(&format!("/intake/{batch}"), &said))
}

/// `POST /intake/{id}/discard`
pub(crate) async fn discard(cx: Cx, Path(id): Path<String>, Form(Bare {}): Form<Bare>) -> Result<Response> {
    mend::discard(&cx.app, &cx.actor, id_of(&id)?).await?;
    Ok(cx.redirect_saying("/intake", &cx.t("intake-said-discarded")))
}

/// Which rows the annotated workbook holds.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct AnnotatedQuery {
    only: Option<String>,
}

/// `GET /intake/{id}/annotated`
pub(crate) async fn annotated(cx: Cx, Path(id): Path<String>, Query(query): Query<AnnotatedQuery>) -> Result<Response> {
    let only_held = query.only.as_deref() == Some("held");
    let (name, book) = crate::annotated(&cx.app, &cx.actor, id_of(&id)?, only_held, cx.lang).await?;
    Ok(cx.download(&name, XLSX, book))
}

/// `GET /intake/{id}/export`
pub(crate) async fn export(cx: Cx, Path(id): Path<String>) -> Result<Response> {
    let (name, book) = crate::exported(&cx.app, &cx.actor, id_of(&id)?, cx.lang).await?;
    Ok(cx.download(&name, XLSX, book))
}

/// What is replaced in all rows that say the same.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ReplaceForm {
    field: String,
    from: String,
    to: String,
}

/// `POST /intake/{id}/replace`
pub(crate) async fn replace(cx: Cx, Path(id): Path<String>, Form(form): Form<ReplaceForm>) -> Result<Response> {
    let batch = id_of(&id)?;
    let n = mend::replace(&cx.app, &cx.actor, batch, &form.field, &form.from, &form.to).await?;
    let args = [("n", n.to_string()), ("from", form.from), ("to", form.to)];
    let said = cx.ta("intake-said-replaced", &args);
    Ok(cx.redirect_saying(&format!("/intake/{batch}?show=held"), &said))
}

/// `POST /intake/{id}/again`: the annotated workbook, mended.
pub(crate) async fn again(cx: Cx, Path(id): Path<String>, form: Multipart) -> Result<Response> {
    let batch = id_of(&id)?;
    let opened = access::open_to_change(&cx.app, &cx.actor, batch).await?;
    let Some(file) = form.files.first() else {
        return Err(jcore::Fault::new(jcore::FaultKind::Refused, "intake-no-file"));
    };
    let (_, told) = crate::upload::send_again(&cx.app, &cx.actor, opened, &file.name, &file.content).await?;
    Ok(cx.redirect_saying(&format!("/intake/{batch}"), &said_again(&cx, told)))
}

#[derive(Template)]
#[template(path = "intake_revert.html")]
struct RevertPage {
    s: Shell,
    id: Uuid,
    name: String,
    told: crate::Reverted,
}

/// `GET /intake/{id}/revert`: what taking the batch back would do, or what stands against it.
pub(crate) async fn revert_page(cx: Cx, Path(id): Path<String>) -> Result<Response> {
    let batch = id_of(&id)?;
    let opened = access::open(&cx.app, &cx.actor, batch).await?;
    let told = revertible(&cx.app, &cx.actor, batch, cx.lang).await?;
    cx.page(&RevertPage {
        s: cx.shell(),
        id: opened.row.id,
        name: opened.about.file.clone(),
        told,
    })
}

/// `POST /intake/{id}/revert`
pub(crate) async fn take_back(cx: Cx, Path(id): Path<String>, Form(Bare {}): Form<Bare>) -> Result<Response> {
    let batch = id_of(&id)?;
    let told = revert(&cx.app, &cx.actor, batch, cx.lang).await?;
    if !told.bound.is_empty() {
        return Ok(cx.redirect(&format!("/intake/{batch}/revert")));
    }
    let args = [
        ("removed", told.removed.to_string()),
        ("restored", told.restored.to_string()),
    ];
    Ok(cx.redirect_saying(&format!("/intake/{batch}"), &cx.ta("intake-said-reverted", &args)))
}
