//! A look at a file that keeps nothing: what the upload would find.

use jcore::{Actor, App, Lang, Result};
use kernel::OrgId;
use uuid::Uuid;

use crate::kind::{Again, Checked};
use crate::read::SheetOpen;
use crate::report::{Report, columns};
use crate::rows;
use crate::stored::{BatchState, Body, RowState};
use crate::upload::{clean_name, grids, habits, open_sheets};
use crate::{CheckCx, Kind, access};

/// Reads and checks a workbook as [`crate::upload`] does, and reports sheet by sheet without writing anything: `new`,
/// `changed` and `same` are what the ready rows would come to. The batch of these reports is nil.
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
    let (grids, _) = grids(app, &clean_name(file_name), bytes).await?;
    let habits = habits(app, actor, org, kind.key()).await?;
    let mut reports = Vec::new();
    for sheet in open_sheets(app, &kind, habits, grids).await? {
        let mut report = empty(kind.as_ref(), &sheet, lang);
        let mut rows = rows::read(app, &kind, sheet);
        let mut checker = kind.checker(CheckCx { app, actor, org });
        while let Some(mut chunk) = rows.recv().await {
            checker.check(&mut chunk).await?;
            chunk.iter().for_each(|row| add(app, lang, &mut report, row));
        }
        reports.push(report);
    }
    Ok(reports)
}

/// Counts a row where it would end, with its issues.
fn add(app: &App, lang: Lang, report: &mut Report, row: &Checked) {
    let body = Body::of(row);
    report.rows += 1;
    match (body.state(), &row.found.again) {
        (RowState::Held, _) => report.held += 1,
        (_, again) => {
            report.ready += 1;
            match again {
                Again::New => report.new += 1,
                Again::Same(_) => report.same += 1,
                Again::Changes { .. } => report.changed += 1,
            }
        }
    }
    report.add(app, lang, row.number, false, &body);
}

fn empty(kind: &dyn Kind, sheet: &SheetOpen, lang: Lang) -> Report {
    Report {
        batch: Uuid::nil().into(),
        kind: kind.key().to_owned(),
        sheet: sheet.name.clone(),
        state: BatchState::Reading.code().to_owned(),
        rows: 0,
        new: 0,
        changed: 0,
        same: 0,
        held: 0,
        ready: 0,
        left: 0,
        missing_columns: columns(kind.form(), &sheet.mapping.missing, lang),
        unknown_columns: sheet.mapping.unknown.clone(),
        errors: Vec::new(),
        warnings: Vec::new(),
        more: 0,
    }
}
