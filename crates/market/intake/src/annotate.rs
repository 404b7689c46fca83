//! The workbook goes back with what is wrong written into it, for those who rather mend in their own program.

use std::collections::BTreeMap;

use jcore::{Actor, App, Fault, Lang, Result};
use kernel::{BatchId, FileId, Level};
use sheets::{AnnotatedRow, Grid};

use crate::access::{self, Opened};
use crate::read;
use crate::store::{self, RowRow, Which};
use crate::stored::{Body, RowState, StoredMapping};

/// Rows that a workbook holds at most; no batch has more.
const ROWS_MAX: i64 = crate::ROWS_MAX as i64;

/// The rows of a batch as they came (mended ones as mended), with a column that says what is wrong (R139); with
/// `only_held`, the rows that wait to be mended. Gives the name for the download and the workbook.
///
/// # Errors
/// Not found; the store's; an internal fault when the workbook cannot be written.
pub async fn annotated(
    app: &App,
    actor: &Actor,
    batch: BatchId,
    only_held: bool,
    lang: Lang,
) -> Result<(String, Vec<u8>)> {
    let opened = access::open(app, actor, batch).await?;
    let which = if only_held {
        Which::In(RowState::Held)
    } else {
        Which::All
    };
    let rows = store::rows(&mut app.read().await?, batch, which, 0, ROWS_MAX).await?;
    let open_body = |row: &RowRow| row.body(&app.keys, &opened.sight).map(|body| (row.clone(), body));
    let rows: Vec<(RowRow, Body)> = rows.iter().map(open_body).collect::<Result<_>>()?;
    let name = opened.about.file.clone();
    let content = content(app, &opened).await?;
    let (app, sheet, mapping) = (app.clone(), opened.about.sheet.clone(), opened.about.mapping.clone());
    let (file, mark) = (name.clone(), batch.to_string());
    let work = move || {
        // The file was read when it came; should a later version refuse it, the mapped columns are still there.
        let grids = sheets::read(&file, &content, &read::limits()).unwrap_or_default();
        let sent: Vec<AnnotatedRow> = rows
            .iter()
            .map(|(row, body)| annotate(&app, lang, &mapping, grids.get(mapping.sheet), row, body))
            .collect();
        let heads = heads(&mapping);
        let words = sheets::AnnotatedWords::by(|id| app.words.get(lang, id, &[]));
        let content = sheets::Annotated {
            sheet: &sheet,
            heads: &heads,
            words: &words,
            mark: &mark,
            rows: &sent,
        };
        sheets::annotated(&content).map_err(|e| Fault::internal(format!("workbook: {e}")))
    };
    let book = tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| Fault::internal(format!("workbook: {e}")))??;
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
    // A text file's sheet is named after the file.
    let name = if opened.about.sheet == stem {
        format!("{stem}-annotated.xlsx")
    } else {
        format!("{stem}-{}.xlsx", opened.about.sheet)
    };
    Ok((name, book))
}

/// The rows of a batch under the heads of the kind's template, as they read now: to be kept, handed on, or sent again,
/// which changes nothing (R139). Rows that were left out are not among them. Gives the name for the download and the
/// workbook.
///
/// # Errors
/// Not found; the store's; an internal fault when the workbook cannot be written.
pub async fn exported(app: &App, actor: &Actor, batch: BatchId, lang: Lang) -> Result<(String, Vec<u8>)> {
    let opened = access::open(app, actor, batch).await?;
    let kind = access::kind(app, &opened.row.kind)?.clone();
    let stored = store::rows(&mut app.read().await?, batch, Which::All, 0, ROWS_MAX).await?;
    let fields: Vec<&'static forms::Field> = kind.form().fields().collect();
    let mut rows = Vec::with_capacity(stored.len());
    for row in stored.iter().filter(|row| row.state != RowState::Left.code()) {
        let body = row.body(&app.keys, &opened.sight)?;
        let text = |field: &&'static forms::Field| body.draft.get(field.key).cloned().unwrap_or_default();
        rows.push(fields.iter().map(text).collect::<Vec<String>>());
    }
    let title = crate::template::kind_name(app, kind.key(), lang);
    let head = |field: &&'static forms::Field| match lang {
        Lang::Zh => field.head_zh().to_owned(),
        Lang::En => field.head_en().to_owned(),
    };
    let heads: Vec<String> = fields.iter().map(head).collect();
    let name = format!("{title}.xlsx");
    let work =
        move || sheets::export_xlsx(&title, &heads, &rows).map_err(|e| Fault::internal(format!("workbook: {e}")));
    let book = tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| Fault::internal(format!("workbook: {e}")))??;
    Ok((name, book))
}

async fn content(app: &App, opened: &Opened) -> Result<Vec<u8>> {
    let file = opened.row.file_id.ok_or_else(Fault::not_found)?;
    app.files.content(app, FileId::from(file), &opened.sight).await
}

/// A head for every column; one without gets its number, or reading the sheet again would lose it.
fn heads(mapping: &StoredMapping) -> Vec<String> {
    let head = |(at, head): (usize, &String)| {
        if head.is_empty() {
            format!("#{}", at + 1)
        } else {
            head.clone()
        }
    };
    mapping.heads.iter().enumerate().map(head).collect()
}

fn annotate(
    app: &App,
    lang: Lang,
    mapping: &StoredMapping,
    grid: Option<&Grid>,
    row: &RowRow,
    body: &Body,
) -> AnnotatedRow {
    let at = row.number().saturating_sub(1);
    let cell = |col: usize| match mapping.columns.get(col).and_then(Option::as_ref) {
        Some(key) => body.draft.get(key).cloned().unwrap_or_default(),
        None => grid.map_or_else(String::new, |grid| grid.cell(at, col).text()),
    };
    let column: BTreeMap<&str, usize> = mapping
        .columns
        .iter()
        .enumerate()
        .filter_map(|(at, key)| Some((key.as_deref()?, at)))
        .collect();
    let is_in = row.state == RowState::In.code();
    let shown = body
        .issues
        .iter()
        .filter(|issue| issue.level != Level::Note && !(is_in && issue.level == Level::Error));
    let issue = |issue: &crate::stored::StoredIssue| {
        let at = issue.field.as_deref().and_then(|field| column.get(field)).copied();
        (at, issue.text(&app.words, lang), issue.level == Level::Error)
    };
    let mut issues: Vec<_> = shown.map(issue).collect();
    if is_in {
        issues.insert(0, (None, app.words.get(lang, "intake-row-is-in", &[]), false));
    }
    AnnotatedRow {
        number: Some(row.number()),
        cells: (0..mapping.heads.len()).map(cell).collect(),
        issues,
    }
}
