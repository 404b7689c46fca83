//! A form is declared once and drives everything else: the page, the sheet's columns, the API's schema, the redaction and the export.
//!
//! - [`Form`], [`Section`], [`Field`], [`Kind`], [`Must`], [`Secrecy`], [`List`], [`Choice`]: the declaration, all `'static`;
//!   [`check`] finds a declaration's own mistakes and belongs into a test beside each form.
//! - [`read`]: what people typed ([`Draft`]) → a [`Record`] of cells, each with its raw text, its value and what is wrong with it (R139, R140).
//! - [`recognise`]: which field a column of texts can be, for sheets whose heads nobody knows (R115).
//! - [`write()`]: a value back to the notation of sheets and edit forms; reading it again gives the same value.
//! - [`split`]: what the public sees, what is sealed, and what is withheld (R143).
//! - [`score`]: how complete a record is, 0–100 (R126, R140).
//! - [`json_schema`]: the same declaration for the API's description.
//!
//! Words: an issue's text is the Fluent message `issue-{code}` in [`WORDS_ZH`] and [`WORDS_EN`]; [`ISSUES`] lists the codes made here
//! (codes of the kernel's readers are in `kernel::ISSUES`).

mod brackets;
mod check;
mod choice;
mod clean;
mod declare;
mod indicator;
mod issues;
mod many;
mod memory;
#[cfg(test)]
mod props;
mod read;
mod recognise;
mod record;
mod schema;
pub mod score;
mod split;
#[cfg(test)]
mod testform;
#[cfg(test)]
mod tests;
mod value;
mod write;

pub use check::check;
pub use choice::{find, name_of};
pub use declare::{Choice, Field, Form, Kind, List, Must, Secrecy, Section};
pub use indicator::{Comparison, Indicator};
pub use issues::{ISSUES, WORDS_EN, WORDS_ZH};
pub use memory::Memory;
pub use read::{Context, Draft, missing, read, read_cell};
pub use recognise::{Fit, recognise};
pub use record::{Cell, Lookup, Record};
pub use schema::json_schema;
pub use split::{Split, split};
pub use value::{Value, Values};
pub use write::write;
