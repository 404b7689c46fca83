//! What this crate takes in by sheet: liaisons and organisations.

mod liaisons;
mod organisations;

use std::sync::Arc;

use intake::PutIn;
use kernel::Issue;

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

/// Rows of organisations and liaisons are not taken back with their batch: others refer to an organisation from the moment
/// that it is known, and who was liaison stays on record (R021). They are mended on the organisation's page.
fn stays(rows: &[PutIn<'_>]) -> Vec<(usize, Issue)> {
    rows.iter()
        .map(|row| (row.number, Issue::error("accounts-sheet-stays")))
        .collect()
}
