//! What the columns of a sheet were taken for, and the form to say otherwise.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jcore::{Cx, Fault, FaultKind, Form, Query, Result, Shell};
use serde::Deserialize;
use uuid::Uuid;

use super::id_of;
use crate::access::{self, Opened};
use crate::columns;
use crate::page::label;
use crate::read::Said;
use crate::report::Counts;
use crate::store;
use crate::stored::{BatchState, StoredMapping};

/// The lowest row in which a header is looked for when a person names it.
const HEADER_ROW_MAX: usize = 100;

/// A field that a column can be.
struct Pick {
    key: &'static str,
    text: String,
    selected: bool,
}

/// A column of the sheet.
struct Column {
    at: usize,
    head: String,
    letters: String,
    samples: Vec<String>,
    /// How it is known, in words; empty where it is not taken.
    by: String,
    /// Whether that is a guess.
    is_guess: bool,
    picks: Vec<Pick>,
}

#[derive(Template)]
#[template(path = "intake_columns.html")]
struct ColumnsPage {
    s: Shell,
    id: Uuid,
    name: String,
    sheet: String,
    header_row: usize,
    header_rows: usize,
    row_max: usize,
    columns: Vec<Column>,
    missing: Vec<String>,
    may: bool,
    mended: bool,
}

/// Another place of the header.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct HeaderQuery {
    /// The header's first row, from 1 as the sheet counts.
    row: Option<usize>,
    /// How many rows it has.
    rows: Option<usize>,
}

/// `GET /intake/{id}/columns`
pub(crate) async fn show(cx: Cx, Path(id): Path<String>, Query(query): Query<HeaderQuery>) -> Result<Response> {
    let opened = access::open(&cx.app, &cx.actor, id_of(&id)?).await?;
    let mapping = match query.row.filter(|row| (1..=HEADER_ROW_MAX).contains(row)) {
        Some(row) => {
            let rows = query.rows.unwrap_or(1).min(2);
            columns::guess(&cx.app, &cx.actor, &opened, row - 1, rows).await?
        }
        None => opened.about.mapping.clone(),
    };
    let answer = page(&cx, &opened, &mapping).await?;
    cx.page(&answer)
}

async fn page(cx: &Cx, opened: &Opened, mapping: &StoredMapping) -> Result<ColumnsPage> {
    let form = access::kind(&cx.app, &opened.row.kind)?.form();
    let tallies = store::tallies(&mut cx.app.read().await?, &[opened.row.id]).await?;
    let counts = Counts::of(&tallies);
    let field_label = |key: &String| {
        form.field(key)
            .map_or_else(|| key.clone(), |field| label(cx, form, field))
    };
    let column = |at: usize| {
        let taken = mapping.columns.get(at).cloned().flatten();
        let by = mapping.found.get(at).cloned().flatten();
        Column {
            at,
            head: mapping.heads.get(at).cloned().unwrap_or_default(),
            letters: sheets::letters(at),
            samples: mapping.samples.get(at).cloned().unwrap_or_default(),
            by: by
                .as_ref()
                .map(|by| cx.t(&format!("intake-by-{by}")))
                .unwrap_or_default(),
            is_guess: by.is_some_and(|by| matches!(by.as_str(), "like" | "contents" | "habit")),
            picks: form
                .fields()
                .map(|field| Pick {
                    key: field.key,
                    text: label(cx, form, field),
                    selected: taken.as_deref() == Some(field.key),
                })
                .collect(),
        }
    };
    let is_open = opened.row.state == BatchState::Open.code();
    Ok(ColumnsPage {
        s: cx.shell(),
        id: opened.row.id,
        name: opened.about.file.clone(),
        sheet: opened.about.sheet.clone(),
        header_row: mapping.header_row + 1,
        header_rows: mapping.header_rows,
        row_max: HEADER_ROW_MAX,
        columns: (0..mapping.columns.len()).map(column).collect(),
        missing: mapping.missing.iter().map(field_label).collect(),
        may: is_open && counts.is_in() == 0,
        mended: counts.held + counts.ready + counts.left > 0,
    })
}

/// `POST /intake/{id}/columns`: `column-N` names the field of column N, or is empty.
pub(crate) async fn say(cx: Cx, Path(id): Path<String>, fields: Form<Vec<(String, String)>>) -> Result<Response> {
    let batch = id_of(&id)?;
    let opened = access::open(&cx.app, &cx.actor, batch).await?;
    let form = access::kind(&cx.app, &opened.row.kind)?.form();
    let number = |name: &str| fields.first(name).and_then(|text| text.trim().parse::<usize>().ok());
    let header_row = number("row").filter(|row| (1..=HEADER_ROW_MAX).contains(row));
    let header_row = header_row.ok_or_else(|| Fault::bad_request("no header row"))?;
    let mut said: Vec<Option<String>> = Vec::new();
    for (name, value) in &fields.0 {
        let Some(at) = name.strip_prefix("column-").and_then(|at| at.parse::<usize>().ok()) else {
            continue;
        };
        if at != said.len() {
            return Err(Fault::bad_request("columns out of order"));
        }
        said.push(form.field(value).map(|field| field.key.to_owned()));
    }
    if let Some(twice) = twice(&said) {
        let name = form
            .field(&twice)
            .map_or(twice.clone(), |field| label(&cx, form, field));
        return Err(Fault::new(FaultKind::Refused, "intake-columns-twice").with("field", name));
    }
    let said = Said {
        sheet: opened.about.mapping.sheet,
        header_row: header_row - 1,
        header_rows: number("rows").unwrap_or(1).min(2),
        columns: said,
    };
    let rows = columns::say(&cx.app, &cx.actor, batch, said).await?;
    let text = cx.ta("intake-said-columns", &[("n", rows.to_string())]);
    Ok(cx.redirect_saying(&format!("/intake/{batch}"), &text))
}

/// A field that two columns are said to be.
fn twice(columns: &[Option<String>]) -> Option<String> {
    let mut seen = std::collections::BTreeSet::new();
    columns.iter().flatten().find(|key| !seen.insert(*key)).cloned()
}

#[cfg(test)]
mod tests {
    use super::twice;

    #[test]
    fn a_field_is_one_column() {
        let some = |key: &str| Some(key.to_owned());
        assert_eq!(twice(&[some("a"), None, None, some("b")]), None);
        assert_eq!(twice(&[some("a"), some("b"), some("a")]), some("a"));
    }
}
