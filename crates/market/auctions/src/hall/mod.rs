//! The hall: today's lots, a lot's room, what everybody sees of it at once, and the officers' console.

use jcore::{Job, Routes, Rule};

/// The hall's routes.
pub(crate) fn routes() -> Routes {
    Routes::new()
}

/// The hall's own rows of the who-may table.
pub(crate) fn rules() -> Vec<Rule> {
    Vec::new()
}

/// The hall's jobs.
pub(crate) fn jobs() -> Vec<Job> {
    Vec::new()
}
