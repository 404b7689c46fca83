//! Writing entries and moving them on: drafts, handing in, reviews, publication, expiry (R139, R140, R143).

mod duplicates;
mod jobs;
mod marks;
mod moves;
mod save;
mod tell;
mod word;

pub use duplicates::{Twin, twins};
pub(crate) use jobs::jobs;
pub(crate) use marks::put_marks;
pub(crate) use moves::step_inside;
pub use moves::{accept, publish, recall, renew, reopen, return_with, step, submit, withdraw};
pub use save::{Saved, create, save_draft};
pub(crate) use save::{change, composed, make};
pub use tell::people;
pub(crate) use word::awaits_word;
