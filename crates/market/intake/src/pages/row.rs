//! One row: what was written, what it reads as, what is wrong, what is there already, and what its sender says about it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jcore::{Cx, Form, Result, Shell};
use serde::Deserialize;
use uuid::Uuid;

use super::id_of;
use crate::REASON_CHARS_MAX;
use crate::access::{self, Opened};
use crate::kind::{Again, CheckCx, Settled};
use crate::mend::{self, Change, Looked};
use crate::page::{FormView, draft_from_form, label};
use crate::stored::{BatchState, RowState};

/// Things alike that a page shows side by side.
const BESIDE_MAX: usize = 3;

/// A cell whose text is another than it was: mended, or changing what is there.
struct Differs {
    label: String,
    before: String,
    now: String,
}

/// A thing that is alike, beside the row.
struct Beside {
    title: String,
    percent: u8,
    href: Option<String>,
    /// What to send to make the row a change of it; none where it can't be.
    merge: Option<Uuid>,
    lines: Vec<(String, String, String, bool)>,
}

#[derive(Template)]
#[template(path = "intake_row.html")]
struct RowPage {
    s: Shell,
    batch: Uuid,
    number: usize,
    name: String,
    is_open: bool,
    is_left: bool,
    is_in: bool,
    again: &'static str,
    changes: Vec<Differs>,
    mended: Vec<Differs>,
    beside: Vec<Beside>,
    wants_reason: bool,
    reason: String,
    reason_max: usize,
    form: FormView,
}

/// `GET /intake/{id}/rows/{number}`
pub(crate) async fn row(cx: Cx, Path((id, number)): Path<(String, usize)>) -> Result<Response> {
    let opened = access::open(&cx.app, &cx.actor, id_of(&id)?).await?;
    let looked = mend::look(&cx.app, &cx.actor, &opened, number).await?;
    row_page(&cx, &opened, &looked, StatusCode::OK).await
}

async fn row_page(cx: &Cx, opened: &Opened, looked: &Looked, status: StatusCode) -> Result<Response> {
    let form = access::kind(&cx.app, &opened.row.kind)?.form();
    let row = &looked.row;
    let path = format!("/intake/{}/rows/{}", opened.row.id, row.number);
    let is_in = looked.state == RowState::In.code();
    let is_left = looked.state == RowState::Left.code();
    let text = |key: &str| row.draft.get(key).cloned().unwrap_or_default();
    let differs = |(key, before): (&String, &String)| {
        let field = form.field(key)?;
        Some(Differs {
            label: label(cx, form, field),
            before: before.clone(),
            now: text(key),
        })
    };
    let changes = match &row.found.again {
        Again::Changes { cells, .. } if !is_in => cells
            .iter()
            .filter_map(|(key, before)| differs((key, before)))
            .collect(),
        _ => Vec::new(),
    };
    let answer = RowPage {
        s: cx.shell(),
        batch: opened.row.id,
        number: row.number,
        name: opened.about.file.clone(),
        is_open: opened.row.state == BatchState::Open.code() && !is_in && !is_left,
        is_left: is_left && opened.row.state == BatchState::Open.code(),
        is_in,
        again: row.found.again.code(),
        changes,
        mended: looked.body.was.iter().filter_map(differs).collect(),
        beside: if is_in {
            Vec::new()
        } else {
            beside(cx, opened, looked).await?
        },
        wants_reason: looked.body.wants_reason() || row.settled.reason.is_some(),
        reason: row.settled.reason.clone().unwrap_or_default(),
        reason_max: REASON_CHARS_MAX,
        form: FormView::new(cx, form, &row.draft, Some(&row.record)).to(path),
    };
    cx.page_with(status, &answer)
}

/// The things that the row is alike, each with its texts beside the row's.
async fn beside(cx: &Cx, opened: &Opened, looked: &Looked) -> Result<Vec<Beside>> {
    let kind = access::kind(&cx.app, &opened.row.kind)?;
    let form = kind.form();
    let mut out = Vec::new();
    for alike in looked.row.found.alike.iter().take(BESIDE_MAX) {
        let texts = match (alike.id, alike.row) {
            (Some(id), _) => {
                let check = CheckCx {
                    app: &cx.app,
                    actor: &cx.actor,
                    org: opened.row.org(),
                };
                kind.beside(check, id).await?
            }
            (None, Some(number)) => Some(mend::draft_of(&cx.app, opened, number).await?),
            (None, None) => None,
        };
        let texts = texts.unwrap_or_default();
        let line = |field: &'static forms::Field| {
            let mine = looked.row.draft.get(field.key).cloned().unwrap_or_default();
            let theirs = texts.get(field.key).cloned().unwrap_or_default();
            let shown = !theirs.is_empty();
            let differs = kernel::text::fold(&mine) != kernel::text::fold(&theirs);
            shown.then(|| (label(cx, form, field), mine, theirs, differs))
        };
        let title = if alike.title.is_empty() {
            alike
                .row
                .map_or_else(String::new, |row| cx.ta("intake-row-n", &[("row", row.to_string())]))
        } else {
            alike.title.clone()
        };
        out.push(Beside {
            title,
            percent: alike.percent,
            href: alike.id.and_then(|id| kind.href(id)).map(|path| cx.href(&path)),
            merge: alike.id.filter(|_| alike.merges),
            lines: form.fields().filter_map(line).collect(),
        });
    }
    Ok(out)
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
        let looked = mend::look(&cx.app, &cx.actor, &opened, number).await?;
        return row_page(&cx, &opened, &looked, StatusCode::UNPROCESSABLE_ENTITY).await;
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

/// What a sender says about a row.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct SettleForm {
    /// `keep` with a reason, `merge` into a thing, `leave` out, `take` up again.
    #[serde(default)]
    deed: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    merge: String,
}

/// `POST /intake/{id}/rows/{number}/settle`
pub(crate) async fn settle(
    cx: Cx,
    Path((id, number)): Path<(String, usize)>,
    Form(form): Form<SettleForm>,
) -> Result<Response> {
    let batch = id_of(&id)?;
    let words = match form.deed.as_str() {
        "leave" | "take" => {
            mend::leave(&cx.app, &cx.actor, batch, number, form.deed == "leave").await?;
            if form.deed == "leave" {
                "intake-said-left"
            } else {
                "intake-said-taken"
            }
        }
        _ => {
            let reason: String = form.reason.trim().chars().take(REASON_CHARS_MAX).collect();
            let settled = Settled {
                merge: Some(form.merge.as_str())
                    .filter(|_| form.deed == "merge")
                    .and_then(|id| id.parse().ok()),
                reason: Some(reason).filter(|reason| !reason.is_empty()),
            };
            mend::mend(&cx.app, &cx.actor, batch, number, Change::Settle(settled)).await?;
            "intake-said-settled"
        }
    };
    let said = cx.ta(words, &[("row", number.to_string())]);
    Ok(cx.redirect_saying(&format!("/intake/{batch}/rows/{number}"), &said))
}
