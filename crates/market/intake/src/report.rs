//! What a batch came to, as the API and the command line tell it.

use kernel::BatchId;
use serde::Serialize;
use utoipa::ToSchema;

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
