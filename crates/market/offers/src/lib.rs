//! Offers: patents (专利) and achievements (科技成果), their forms, what makes them sound, and their public pages and API.

mod achievement;
mod api;
mod checks;
mod lists;
mod pages;
mod parts;
mod patent;
#[cfg(test)]
mod testing;

use std::sync::Arc;

pub use achievement::{Achievement, FORM as ACHIEVEMENT_FORM};
pub use lists::{EMBODIMENT, EVALUATION, LEGAL, MODES, NOVELTY, PATENT_TYPE, PLAN, SECRECY, TYPE};
pub use patent::{FORM as PATENT_FORM, Patent};

/// The kinds of entry of this crate.
#[must_use]
pub fn entry_kinds() -> Vec<Arc<dyn entries::EntryKind>> {
    vec![Arc::new(Patent), Arc::new(Achievement)]
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
        key: "offers",
        routes: pages::routes().merge(api::routes()),
        // The who-may table of entries holds for every kind.
        rules: Vec::new(),
        words: vec![(include_str!("../words/zh.ftl"), include_str!("../words/en.ftl"))],
        nav: vec![jcore::NavItem {
            key: "offers",
            href: "/offers",
            order: 20,
            action: entries::actions::BROWSE,
        }],
        panels: Vec::new(),
        jobs: Vec::new(),
        api: api::document(),
    }
}
