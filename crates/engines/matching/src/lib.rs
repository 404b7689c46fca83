//! The matching engine: what a need and an offer have in common, told with reasons; and the search over everything
//! public. No HTTP, no SQL: documents are handed to it, and it finds, ranks and explains them (R127–R131).

pub mod bands;
pub mod corpus;
mod document;
pub mod fuse;
pub mod learn;
pub mod measure;
pub mod query;
pub mod table;
pub mod text;

pub use document::{Document, Facts, Family};
