//! A look at a file that keeps nothing: what the upload would find.

use jcore::{Actor, App, Lang, Result};
use kernel::OrgId;
use uuid::Uuid;

use crate::read::SheetRead;
use crate::report::{Report, columns};
use crate::stored::{BatchState, Body, RowState};
use crate::upload::{clean_name, read_file};
use crate::{CheckCx, Kind, access};

/// Reads and checks a workbook as [`crate::upload`] does, and reports sheet by sheet without writing anything. The batch
/// of these reports is nil.
///
/// # Errors
/// As [`crate::upload`].
pub async fn preview(
    app: &App,
    actor: &Actor,
    kind: &str,
    org: Option<OrgId>,
    file_name: &str,
    bytes: &[u8],
    lang: Lang,
) -> Result<Vec<Report>> {
    let kind = access::kind(app, kind)?.clone();
    let subject = access::sender(app, actor, org).await?;
    app.permit(actor, kind.action(), &subject)?;
    let mut sheets = read_file(app, &kind, &clean_name(file_name), bytes).await?;
    let mut reports = Vec::with_capacity(sheets.len());
    for sheet in &mut sheets {
        kind.check(CheckCx { app, actor, org }, &mut sheet.rows).await?;
        reports.push(report(app, kind.as_ref(), sheet, lang));
    }
    Ok(reports)
}

fn report(app: &App, kind: &dyn Kind, sheet: &SheetRead, lang: Lang) -> Report {
    let mut report = Report {
        batch: Uuid::nil().into(),
        kind: kind.key().to_owned(),
        sheet: sheet.name.clone(),
        state: BatchState::Reading.code().to_owned(),
        rows: sheet.rows.len(),
        new: 0,
        changed: 0,
        same: 0,
        held: 0,
        ready: 0,
        missing_columns: columns(kind.form(), &sheet.mapping.missing, lang),
        unknown_columns: sheet.mapping.unknown.clone(),
        errors: Vec::new(),
        warnings: Vec::new(),
        more: 0,
    };
    for row in &sheet.rows {
        let body = Body::of(&row.draft, &row.record);
        match body.state() {
            RowState::Held => report.held += 1,
            _ => report.ready += 1,
        }
        report.add(app, lang, row.number, false, &body);
    }
    report
}
