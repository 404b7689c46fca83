//! The pages: bringing a sheet in, the batches, the repair of one, the workbooks to fill in.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jcore::{Cx, Fault, FaultKind, Form, Lang, Multipart, Query, Result, Shell};
use kernel::{BatchId, OrgId};
use serde::Deserialize;
use uuid::Uuid;

use crate::access::{self, Opened};
use crate::mend::{self, Change};
use crate::page::{FormView, draft_from_form};
use crate::report::Counts;
use crate::store::{self, Filter, Which};
use crate::stored::{BatchState, RowState};
use crate::template::kind_name;
use crate::view::{self, BatchView, GridView};
use crate::{Kinds, commit, template_xlsx, upload};

/// Batches a page.
const BATCHES_A_PAGE: i64 = 20;
/// Rows a page of the grid: what a person mends before pausing.
const ROWS_A_PAGE: i64 = 50;
/// The media type of a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A choice of the upload form.
struct Pick {
    value: String,
    text: String,
    template: String,
    selected: bool,
}

/// Pages of a list.
struct Pager {
    page: i64,
    pages: i64,
    prev: Option<String>,
    next: Option<String>,
}

impl Pager {
    fn new(page: i64, count: i64, a_page: i64, href: impl Fn(i64) -> String) -> Self {
        let pages = (count.max(1) + a_page - 1) / a_page.max(1);
        let prev = (page > 1).then(|| href(page - 1));
        let next = (page < pages).then(|| href(page + 1));
        Self {
            page,
            pages,
            prev,
            next,
        }
    }
}

#[derive(Template)]
#[template(path = "intake_list.html")]
struct ListPage {
    s: Shell,
    kinds: Vec<Pick>,
    orgs: Vec<Pick>,
    org_optional: bool,
    error: Option<String>,
    all_kinds: Vec<Pick>,
    states: Vec<Pick>,
    batches: Vec<BatchView>,
    count: i64,
    filtered: bool,
    pager: Pager,
}

/// What the list is narrowed to.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ListQuery {
    kind: Option<String>,
    state: Option<String>,
    page: Option<i64>,
}

/// `GET /intake`
pub(crate) async fn list(cx: Cx, Query(query): Query<ListQuery>) -> Result<Response> {
    list_page(&cx, &query, None, StatusCode::OK).await
}

async fn list_page(cx: &Cx, query: &ListQuery, error: Option<String>, status: StatusCode) -> Result<Response> {
    let blank = |text: &&str| !text.is_empty();
    let kind = query.kind.as_deref().filter(blank);
    let state = query.state.as_deref().filter(blank);
    let page = query.page.unwrap_or(1).max(1);
    let mut conn = cx.app.read().await?;
    let (rows, count) = match access::whose(&cx.app, &cx.actor) {
        Some(whose) => {
            let offset = (page - 1).saturating_mul(BATCHES_A_PAGE);
            store::batches(&mut conn, &whose, &Filter { kind, state }, BATCHES_A_PAGE, offset).await?
        }
        None => (Vec::new(), 0),
    };
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let tallies = store::tallies(&mut conn, &ids).await?;
    drop(conn);
    let mut batches = Vec::with_capacity(rows.len());
    for row in &rows {
        // Each name is opened by the right to its own batch.
        let subject = jcore::Subject {
            org: row.org(),
            region: row.region(),
            user: row.user(),
        };
        if let Some(sight) = cx.sight(access::USE, &subject) {
            batches.push(view::batch_view(cx, row, &sight, &tallies)?);
        }
    }
    let orgs = sender_orgs(cx).await?;
    let address = |page: i64| {
        let (kind, state) = (kind.unwrap_or_default(), state.unwrap_or_default());
        cx.href(&format!("/intake?kind={kind}&state={state}&page={page}"))
    };
    let answer = ListPage {
        s: cx.shell(),
        kinds: kind_options(cx, kind),
        org_optional: cx.may(access::USE, &jcore::Subject::NONE),
        orgs,
        error,
        all_kinds: all_kinds(cx, kind),
        states: states(cx, state),
        batches,
        count,
        filtered: kind.is_some() || state.is_some(),
        pager: Pager::new(page, count, BATCHES_A_PAGE, address),
    };
    cx.page_with(status, &answer)
}

fn option(value: &str, text: String, chosen: Option<&str>) -> Pick {
    Pick {
        value: value.to_owned(),
        text,
        template: String::new(),
        selected: chosen == Some(value),
    }
}

/// The kinds that this person may bring in, each with its workbook.
fn kind_options(cx: &Cx, chosen: Option<&str>) -> Vec<Pick> {
    let one = |kind: &std::sync::Arc<dyn crate::Kind>| Pick {
        template: cx.href(&format!("/templates/{}.xlsx", kind.key())),
        ..option(kind.key(), kind_name(&cx.app, kind.key(), cx.lang), chosen)
    };
    access::kinds_for(&cx.app, &cx.actor).into_iter().map(one).collect()
}

fn all_kinds(cx: &Cx, chosen: Option<&str>) -> Vec<Pick> {
    let kinds = cx.app.extra::<Kinds>().map(Kinds::all).unwrap_or_default();
    kinds
        .iter()
        .map(|kind| option(kind.key(), kind_name(&cx.app, kind.key(), cx.lang), chosen))
        .collect()
}

fn states(cx: &Cx, chosen: Option<&str>) -> Vec<Pick> {
    let one = |state: BatchState| option(state.code(), cx.t(&format!("intake-state-{}", state.code())), chosen);
    BatchState::ALL.into_iter().map(one).collect()
}

/// The organisations that this person may send for, when there is a choice.
async fn sender_orgs(cx: &Cx) -> Result<Vec<Pick>> {
    let orgs = cx.actor.orgs();
    if orgs.len() < 2 {
        return Ok(Vec::new());
    }
    let names = store::org_names(&mut cx.app.read().await?, &orgs).await?;
    Ok(names
        .into_iter()
        .map(|(id, name)| option(&id.to_string(), name, None))
        .collect())
}

/// `POST /intake`
pub(crate) async fn send(cx: Cx, form: Multipart) -> Result<Response> {
    let kind = form.first("kind").unwrap_or_default().to_owned();
    let org = match form.first("org").map(str::trim).filter(|org| !org.is_empty()) {
        Some(org) => Some(org.parse::<OrgId>().map_err(|_| Fault::not_found())?),
        None => access::default_org(&cx.app, &cx.actor, &kind)?,
    };
    let taken = match form.files.first() {
        Some(file) => upload(&cx.app, &cx.actor, &kind, org, &file.name, &file.content).await,
        None => Err(Fault::new(FaultKind::Refused, "intake-no-file")),
    };
    match taken {
        Ok(batches) => match batches.as_slice() {
            [one] => Ok(cx.redirect(&format!("/intake/{one}"))),
            many => {
                let said = cx.ta("intake-said-sheets", &[("n", many.len().to_string())]);
                Ok(cx.redirect_saying("/intake", &said))
            }
        },
        Err(fault) if fault.code.starts_with("intake-") => {
            let said = format!(
                "{}：{}",
                fault.title(&cx.app.words, cx.lang),
                fault.text(&cx.app.words, cx.lang)
            );
            let query = ListQuery {
                kind: Some(kind),
                ..ListQuery::default()
            };
            list_page(&cx, &query, Some(said), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(fault) => Err(fault),
    }
}

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
const TABS: [(&str, Which); 5] = [
    ("held", Which::In(RowState::Held)),
    ("warned", Which::Warned),
    ("ready", Which::In(RowState::Ready)),
    ("in", Which::In(RowState::In)),
    ("all", Which::All),
];

fn id_of(text: &str) -> Result<BatchId> {
    text.parse().map_err(|_| Fault::not_found())
}

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
    drop(conn);
    let is_open = opened.row.state == BatchState::Open.code();
    let grid = view::grid(&cx, &opened, &rows, is_open)?;
    let warned = usize::try_from(warned).unwrap_or_default();
    let address = |page: i64| cx.href(&format!("/intake/{batch}?show={show}&page={page}"));
    let pager = Pager::new(page, count, ROWS_A_PAGE, address);
    let answer = batch_page(
        &cx,
        &opened,
        counts,
        tabs(&cx, batch, &counts, warned, show),
        grid,
        pager,
        show,
    )?;
    cx.page(&answer)
}

fn batch_page(
    cx: &Cx,
    opened: &Opened,
    counts: Counts,
    tabs: Vec<Tab>,
    grid: GridView,
    pager: Pager,
    show: &'static str,
) -> Result<BatchPage> {
    let row = &opened.row;
    let mapping = &opened.about.mapping;
    let form = access::kind(&cx.app, &row.kind)?.form();
    let label = |key: &String| {
        form.field(key)
            .map_or_else(|| key.clone(), |field| crate::page::label(cx, form, field))
    };
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
        counts,
        is_open: row.state == BatchState::Open.code(),
        is_reading: row.state == BatchState::Reading.code(),
        missing: mapping.missing.iter().map(label).collect(),
        unknown: mapping.unknown.clone(),
        tabs,
        show,
        grid,
        page: pager.page,
        pager,
    })
}

fn tabs(cx: &Cx, batch: BatchId, counts: &Counts, warned: usize, show: &str) -> Vec<Tab> {
    let all = counts.held + counts.ready + counts.is_in();
    let count = |name: &str| match name {
        "held" => counts.held,
        "warned" => warned,
        "ready" => counts.ready,
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
}

/// `POST /intake/{id}/commit`
pub(crate) async fn commit_rows(cx: Cx, Path(id): Path<String>, Form(form): Form<CommitForm>) -> Result<Response> {
    let batch = id_of(&id)?;
    let before = crate::report(&cx.app, &cx.actor, batch).await?;
    let report = commit(&cx.app, &cx.actor, batch, form.mode == "submit", &|_, _| {}).await?;
    let n = |now: usize, was: usize| now.saturating_sub(was).to_string();
    let args = [
        ("new", n(report.new, before.new)),
        ("changed", n(report.changed, before.changed)),
        ("same", n(report.same, before.same)),
        ("held", report.held.to_string()),
    ];
    Ok(cx.redirect_saying(&format!("/intake/{batch}"), &cx.ta("intake-said-committed", &args)))
}

#[derive(Template)]
#[template(path = "intake_row.html")]
struct RowPage {
    s: Shell,
    batch: Uuid,
    number: usize,
    name: String,
    is_open: bool,
    form: FormView,
}

/// `GET /intake/{id}/rows/{number}`
pub(crate) async fn row(cx: Cx, Path((id, number)): Path<(String, usize)>) -> Result<Response> {
    let opened = access::open(&cx.app, &cx.actor, id_of(&id)?).await?;
    let (checked, state) = mend::look(&cx.app, &cx.actor, &opened, number).await?;
    let is_open = opened.row.state == BatchState::Open.code() && state != RowState::In.code();
    row_page(&cx, &opened, &checked, is_open, StatusCode::OK)
}

fn row_page(cx: &Cx, opened: &Opened, row: &crate::Checked, is_open: bool, status: StatusCode) -> Result<Response> {
    let form = access::kind(&cx.app, &opened.row.kind)?.form();
    let path = format!("/intake/{}/rows/{}", opened.row.id, row.number);
    let answer = RowPage {
        s: cx.shell(),
        batch: opened.row.id,
        number: row.number,
        name: opened.about.file.clone(),
        is_open,
        form: FormView::new(cx, form, &row.draft, Some(&row.record)).to(path),
    };
    cx.page_with(status, &answer)
}

/// `POST /intake/{id}/rows/{number}`: from the grid some fields, from the row's own page (`whole`) all of them.
pub(crate) async fn mend_row(
    cx: Cx,
    Path((id, number)): Path<(String, usize)>,
    fields: Form<Vec<(String, String)>>,
) -> Result<Response> {
    let batch = id_of(&id)?;
    let opened = access::open(&cx.app, &cx.actor, batch).await?;
    let form = access::kind(&cx.app, &opened.row.kind)?.form();
    let is_whole = fields.first("whole").is_some();
    let change = if is_whole {
        Change::Whole(draft_from_form(form, &fields.0))
    } else {
        from_grid(form, &fields)
    };
    let mended = mend::mend(&cx.app, &cx.actor, batch, number, change).await?;
    if is_whole && !mended.is_good() {
        return row_page(&cx, &opened, &mended.row, true, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let words = match (mended.is_good(), mended.others) {
        (false, _) => "intake-said-still-held",
        (true, 0) => "intake-said-mended",
        (true, _) => "intake-said-mended-alike",
    };
    let said = cx.ta(words, &[("row", number.to_string()), ("n", mended.others.to_string())]);
    let page = fields
        .first("page")
        .and_then(|page| page.parse::<i64>().ok())
        .unwrap_or(1);
    let back = if mended.is_good() {
        format!("/intake/{batch}?show=held&page={page}")
    } else {
        format!("/intake/{batch}?show=held&page={page}#r{number}")
    };
    Ok(cx.redirect_saying(&back, &said))
}

/// The fields of one row of the grid; a button `fix` takes an offered answer, as `KEY=ANSWER`.
fn from_grid(form: &'static forms::Form, fields: &Form<Vec<(String, String)>>) -> Change {
    let known = fields.0.iter().filter(|(key, _)| form.field(key).is_some());
    let mut texts: BTreeMap<String, String> = known.cloned().collect();
    if let Some((key, answer)) = fields.first("fix").and_then(|fix| fix.split_once('='))
        && form.field(key).is_some()
    {
        texts.insert(key.to_owned(), answer.to_owned());
    }
    Change::Fields {
        texts,
        alike: fields.first("alike").is_some(),
    }
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

/// `GET /templates/{kind}`, with or without `.xlsx`
pub(crate) async fn template(cx: Cx, Path(key): Path<String>) -> Result<Response> {
    let key = key.strip_suffix(".xlsx").unwrap_or(&key);
    let kind = access::kind(&cx.app, key)?.clone();
    let (app, lang) = (cx.app.clone(), cx.lang);
    let work = move || template_xlsx(&app, kind.as_ref(), lang);
    let book = tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| Fault::internal(format!("template: {e}")))??;
    let name = match cx.lang {
        Lang::Zh => format!("{}.xlsx", kind_name(&cx.app, key, cx.lang)),
        Lang::En => format!("{key}.xlsx"),
    };
    Ok(cx.download(&name, XLSX, book))
}
