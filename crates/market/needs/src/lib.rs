//! Technical needs (技术需求): the form, what makes a need sound, and its public pages and API.

mod api;
mod form;
mod kind;
mod lists;
mod pages;
mod quality;
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

/// This capability, for the web crate.
#[must_use]
pub fn capability() -> jcore::Capability {
    jcore::Capability {
        key: "needs",
        routes: pages::routes().merge(api::routes()),
        // The who-may table of entries holds for every kind.
        rules: Vec::new(),
        words: vec![(include_str!("../words/zh.ftl"), include_str!("../words/en.ftl"))],
        nav: vec![jcore::NavItem {
            key: "needs",
            href: "/needs",
            order: 10,
            action: entries::actions::BROWSE,
        }],
        panels: Vec::new(),
        jobs: Vec::new(),
        api: api::document(),
    }
}
