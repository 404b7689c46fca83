//! Workbooks and CSV in and out, usable alone: no HTTP, no SQL, no clock.
//!
//! *In*: bytes → [`Grid`]s of raw cells ([`read`]) → where the columns are ([`map_columns`]) → the rows of data with
//! their row numbers in the file ([`rows`]). What a cell *means* is for the caller's readers; here it stays the text
//! that a person saw. Files come from anyone, so every reader works within [`Limits`] and answers a [`Refusal`] with
//! words, never a panic and never an allocation that the file alone decides.
//!
//! *Out*: [`template`]s with drop-downs, exports ([`export_xlsx`], [`export_csv`]) that no office program takes for
//! formulas, and the uploaded rows with what is wrong beside them ([`annotated`]), which can be mended and come back:
//! [`mark()`] says of what they are, [`Row::origin`] which rows they were.
//!
//! The shapes of sheets that people really send, and that are handled here: title rows above the header, a header of
//! two rows, merged cells, units in the heads, totals and signatures below, 同上 and 〃, an example row left in,
//! GB18030 and UTF-16 text, `.xls`, `.et`, 1904 dates, files under a password (R115, R139).

mod cell;
mod formats;
mod heads;
mod limits;
mod mapping;
mod mark;
mod read;
mod refusal;
mod rows;
mod write;

pub use cell::{Cell, Grid, letters};
pub use heads::{ISSUE_HEADS, ROW_HEADS};
pub use limits::{CELLS_MAX, Limits, SHEETS_MAX, TEXT_BYTES_MAX, UNPACKED_BYTES_MAX};
pub use mapping::{
    ColumnSpec, Contents, Fit, FoundBy, HEADER_SEARCH_ROWS, Mapping, SAMPLES_MAX, Sample, map_columns, map_columns_by,
};
pub use mark::mark;
pub use read::read;
pub use refusal::{Found, REFUSALS, Refusal};
pub use rows::{Row, rows, rows_iter};
pub use write::{
    Annotated, AnnotatedRow, AnnotatedWords, TEMPLATE_ROWS, TemplateColumn, WriteError, annotated, export_csv,
    export_xlsx, template,
};

/// The Chinese words for every refusal: Fluent, `refusal-{code}`.
pub const WORDS_ZH: &str = include_str!("../words/zh.ftl");
/// The English words for every refusal: Fluent, `refusal-{code}`.
pub const WORDS_EN: &str = include_str!("../words/en.ftl");
