//! The matching engine: what a need and an offer have in common, told with reasons; and the search over everything
//! public. No HTTP, no SQL: documents are handed to it, and it finds, ranks and explains them (R127–R131).

mod document;
pub mod table;
pub mod text;

pub use document::{Document, Facts, Family};
