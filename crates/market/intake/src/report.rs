//! What a batch came to, as the API and the command line tell it.

use jcore::{Actor, App, Lang, Result};
use kernel::{BatchId, Level};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::{self, Opened};
use crate::store::{self, Tally, Which};
use crate::stored::{Body, RowState};

/// A batch in figures, with what is wrong row by row (R139).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Report {
    /// The batch; its page is `/intake/{batch}`.
    #[schema(value_type = String)]
    pub batch: BatchId,
    /// The kind of sheet.
    pub kind: String,
    /// The sheet of the workbook.
    pub sheet: String,
    /// `reading`, `open` (waits for repair or commit), `done` or `discarded`.
    pub state: String,
    /// Rows of data in the sheet.
    pub rows: usize,
    /// Rows that became something new.
    pub new: usize,
    /// Rows that changed something known.
    pub changed: usize,
    /// Rows that were there already.
    pub same: usize,
    /// Rows with errors, which wait to be mended.
    pub held: usize,
    /// Good rows that wait for the commit.
    pub ready: usize,
    /// Rows that their sender left out.
    pub left: usize,
    /// Required columns that the sheet lacks, by the template's heads.
    pub missing_columns: Vec<String>,
    /// Column heads that were not recognised; what stands below them is not taken in.
    pub unknown_columns: Vec<String>,
    /// What holds rows back.
    pub errors: Vec<RowIssue>,
    /// What a person should look at.
    pub warnings: Vec<RowIssue>,
    /// Errors and warnings beyond those listed ([`REPORT_ISSUES_MAX`]).
    pub more: usize,
}

/// Errors and warnings that a report lists, each: more than anyone mends by hand, and well under a megabyte.
pub const REPORT_ISSUES_MAX: usize = 2_000;

/// One issue of one row.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RowIssue {
    /// The sheet.
    pub sheet: String,
    /// The row in the file, counted from 1.
    pub row: usize,
    /// The field's key; empty when it concerns the whole row.
    pub column: String,
    /// The issue's code.
    pub code: String,
    /// What was written there.
    pub raw: String,
    /// What is wrong and how to mend it, in the reader's language.
    pub message: String,
}

/// A batch in figures, in Chinese; see [`report_in`].
///
/// # Errors
/// Not found, when there is no such batch for this actor; the store's.
pub async fn report(app: &App, actor: &Actor, batch: BatchId) -> Result<Report> {
    report_in(app, actor, batch, Lang::Zh).await
}

/// A batch in figures, with its errors and warnings in words of a language (R139).
///
/// # Errors
/// As [`report`].
pub async fn report_in(app: &App, actor: &Actor, batch: BatchId, lang: Lang) -> Result<Report> {
    let opened = access::open(app, actor, batch).await?;
    let mut conn = app.read().await?;
    let tallies = store::tallies(&mut conn, &[batch.uuid()]).await?;
    let mut report = empty(app, &opened, &tallies, lang)?;
    let counts = Counts::of(&tallies);
    let mut after = 0;
    // What is beyond the list is counted, not opened.
    while report.lists_less_than(&counts) {
        let rows = store::rows(&mut conn, batch, Which::Flawed, after, ROWS_AT_ONCE).await?;
        let Some(last) = rows.last() else { break };
        after = last.number;
        for row in &rows {
            let body = row.body(&app.keys, &opened.sight)?;
            report.add(app, lang, row.number(), row.state == RowState::In.code(), &body);
        }
    }
    report.more = (counts.errors + counts.warnings).saturating_sub(report.errors.len() + report.warnings.len());
    Ok(report)
}

/// Rows that are opened at once while a report is written.
const ROWS_AT_ONCE: i64 = 500;

fn empty(app: &App, opened: &Opened, tallies: &[Tally], lang: Lang) -> Result<Report> {
    let row = &opened.row;
    let mapping = &opened.about.mapping;
    let form = access::kind(app, &row.kind)?.form();
    let counts = Counts::of(tallies);
    Ok(Report {
        batch: row.batch(),
        kind: row.kind.clone(),
        sheet: opened.about.sheet.clone(),
        state: row.state.clone(),
        rows: usize::try_from(row.row_count).unwrap_or_default(),
        new: counts.new,
        changed: counts.changed,
        same: counts.same,
        held: counts.held,
        ready: counts.ready,
        left: counts.left,
        missing_columns: columns(form, &mapping.missing, lang),
        unknown_columns: mapping.unknown.clone(),
        errors: Vec::new(),
        warnings: Vec::new(),
        more: 0,
    })
}

/// The heads of columns by their keys, in a language.
pub(crate) fn columns(form: &'static forms::Form, keys: &[String], lang: Lang) -> Vec<String> {
    let head = |key: &String| match (form.field(key), lang) {
        (Some(field), Lang::Zh) => field.head_zh().to_owned(),
        (Some(field), Lang::En) => field.head_en().to_owned(),
        (None, _) => key.clone(),
    };
    keys.iter().map(head).collect()
}

/// Rows by where they stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) held: usize,
    pub(crate) ready: usize,
    pub(crate) new: usize,
    pub(crate) changed: usize,
    pub(crate) same: usize,
    pub(crate) left: usize,
    /// Of the ready ones, those that would change something known.
    pub(crate) would_change: usize,
    /// Of the ready ones, those that say what is there.
    pub(crate) would_same: usize,
    /// Errors of rows that are not in.
    pub(crate) errors: usize,
    /// Warnings of all rows.
    pub(crate) warnings: usize,
}

impl Counts {
    /// Of one batch's tallies.
    pub(crate) fn of<'a>(tallies: impl IntoIterator<Item = &'a Tally>) -> Self {
        let mut counts = Self::default();
        for tally in tallies {
            let n = usize::try_from(tally.n).unwrap_or_default();
            counts.warnings += usize::try_from(tally.warnings).unwrap_or_default();
            // What was an error is one no longer once the row is in.
            if tally.state != RowState::In.code() {
                counts.errors += usize::try_from(tally.errors).unwrap_or_default();
            }
            match (tally.state.as_str(), tally.outcome.as_str()) {
                ("held", _) => counts.held += n,
                ("ready", _) => {
                    counts.ready += n;
                    counts.would_change += if tally.again == "changed" { n } else { 0 };
                    counts.would_same += if tally.again == "same" { n } else { 0 };
                }
                ("left", _) => counts.left += n,
                (_, "new") => counts.new += n,
                (_, "changed") => counts.changed += n,
                (_, "same") => counts.same += n,
                _ => {}
            }
        }
        counts
    }

    /// Rows that are in.
    pub(crate) fn is_in(&self) -> usize {
        self.new + self.changed + self.same
    }
}

impl Report {
    /// Whether more issues are to be listed than are.
    fn lists_less_than(&self, counts: &Counts) -> bool {
        self.errors.len() < counts.errors.min(REPORT_ISSUES_MAX)
            || self.warnings.len() < counts.warnings.min(REPORT_ISSUES_MAX)
    }

    /// Adds the issues of a row.
    pub(crate) fn add(&mut self, app: &App, lang: Lang, number: usize, is_in: bool, body: &Body) {
        for issue in &body.issues {
            let list = match issue.level {
                Level::Error => &mut self.errors,
                Level::Warning => &mut self.warnings,
                Level::Note => continue,
            };
            if issue.level == Level::Error && is_in {
                continue;
            }
            if list.len() >= REPORT_ISSUES_MAX {
                continue;
            }
            let column = issue.field.clone().unwrap_or_default();
            list.push(RowIssue {
                sheet: self.sheet.clone(),
                row: number,
                code: issue.code.clone(),
                raw: body.draft.get(&column).cloned().unwrap_or_default(),
                message: issue.text(&app.words, lang),
                column,
            });
        }
    }
}
