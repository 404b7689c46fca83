//! Technical needs (技术需求): the form, what makes a need sound, and its public pages and API.

mod form;
mod kind;
mod lists;
#[cfg(test)]
mod testing;

use std::sync::Arc;

pub use form::{DAYS, FORM};
pub use kind::Need;
pub use lists::{CATEGORY, MODES, SOURCE, TAGS};

/// The kinds of entry of this crate.
#[must_use]
pub fn entry_kinds() -> Vec<Arc<dyn entries::EntryKind>> {
    vec![Arc::new(Need)]
}

/// The kinds of sheet of this crate.
#[must_use]
pub fn kinds() -> Vec<Arc<dyn intake::Kind>> {
    entry_kinds().into_iter().map(entries::Sheet::of).collect()
}
