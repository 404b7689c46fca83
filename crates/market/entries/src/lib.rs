//! What every need and every offer shares: its life from draft to publication, its redaction, lists, queue and desk.
//!
//! - [`EntryKind`], [`Kinds`]: what one kind brings; `offers` and `needs` implement it.
//! - [`rules`]: states and moves, pure.
//! - [`create`], [`save_draft`], [`submit`], [`return_with`], [`accept`], [`publish`], [`withdraw`], [`renew`] …: the life.
//! - [`projection`]: what a reader sees; the only place that opens withheld values (R143).
//! - [`browse`]: public lists and their export.
//! - [`Sheet`]: a kind as a sheet for the intake (R139).
//! - [`figures`], [`figures_now`], [`newest`]: for the home page.

pub mod actions;
pub mod browse;
mod compose;
mod figures;
mod kind;
mod leaks;
mod life;
mod model;
pub mod projection;
pub mod rules;
mod sheet;
mod store;

pub use figures::{Figures, NEWEST, figures, figures_now, newest};
pub use kind::{EntryKind, Keys, Kinds, Look, SUMMARY_MAX, WORDS_MAX, kinds};
pub use life::{
    Saved, Twin, accept, create, publish, recall, renew, reopen, return_with, save_draft, step, submit, twins, withdraw,
};
pub use model::{Entry, Event, Facets, ListRow, WorkRow, coded, codes_of};
pub use rulebook::{Owner, Programme};
pub use sheet::Sheet;
