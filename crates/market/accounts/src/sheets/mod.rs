//! What this crate takes in by sheet: liaisons and organisations.

mod liaisons;
mod organisations;

use std::sync::Arc;

/// The kinds of sheets of this crate, for [`intake::Kinds`].
#[must_use]
pub fn kinds() -> Vec<Arc<dyn intake::Kind>> {
    vec![Arc::new(liaisons::Liaisons), Arc::new(organisations::Organisations)]
}

/// The level of an issue's absence: whether a record may still be written.
fn blocked(record: &forms::Record, key: &str) -> bool {
    record
        .cells
        .get(key)
        .is_some_and(|c| c.worst() == Some(kernel::Level::Error))
}
