//! Taking in sheets and forms: what is declared once as a [`forms::Form`] is a workbook's template, an upload that is
//! read, checked, mended and put in row by row, an API, and a page (R115, R116, R139, R140).
//!
//! - [`Kind`], [`Kinds`]: what can be taken in; each capability above registers its own.
//! - [`upload`] reads and checks a workbook and keeps it; [`commit`] puts its good rows in; [`report`] tells.
//! - [`template_xlsx`] makes the workbook to fill in.
//! - [`page`]: how any form is shown on a page and comes back.

mod kind;
pub mod page;
mod report;

pub use kind::{BoxFuture, CheckCx, Checked, CommitRow, Kind, Kinds, Outcome};
pub use report::{REPORT_ISSUES_MAX, Report, RowIssue};

use std::collections::BTreeMap;

use jcore::App;

static NO_HINTS: BTreeMap<String, String> = BTreeMap::new();

/// The context in which a form's texts are read: this platform's divisions, no units from column heads. In a draft
/// what is missing is no error.
#[must_use]
pub fn context(app: &App, draft: bool) -> forms::Context<'_> {
    forms::Context { regions: &app.regions, unit_hints: &NO_HINTS, draft }
}
