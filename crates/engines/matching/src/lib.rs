//! The matching engine: what a need and an offer have in common, told with reasons; and the search over everything
//! public. No HTTP, no SQL: documents are handed to it, and it finds, ranks and explains them (R127–R131).

pub mod bands;
pub mod corpus;
mod document;
mod engine;
pub mod fuse;
mod index;
pub mod learn;
pub mod measure;
pub mod model;
pub mod query;
pub mod reading;
mod scan;
mod search;
mod sentences;
pub mod table;
pub mod text;

pub use bands::Band;
pub use document::{Document, Facts, Family};
pub use engine::{
    Engine, EngineError, Filter, Filters, Found, LeftOut, MATCHES_MAX, Match, Options, Query, Reason, Rebuild,
    TEXT_CHARS_MAX, Verdict, Want,
};
pub use index::IndexError;
pub use learn::Why;
pub use search::{
    DEPTH_MAX, Facets, Hit, Hits, Marked, PER_PAGE_MAX, QUERY_CHARS_MAX, SUGGESTIONS_MAX, Search, Suggestion,
};
pub use sentences::Sentences;
