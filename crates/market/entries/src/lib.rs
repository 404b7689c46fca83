//! What every need and every offer shares: its life from draft to publication, its redaction, lists, queue and desk.
//!
//! - [`EntryKind`], [`Kinds`]: what one kind brings; `offers` and `needs` implement it.
//! - [`rules`]: states and moves, pure.
//! - [`create`], [`save_draft`], [`submit`], [`return_with`], [`accept`], [`publish`], [`withdraw`], [`renew`] …: the life.
//! - [`projection`]: what a reader sees; the only place that opens withheld values (R143).
//! - [`browse`]: public lists and their export.
//! - [`Sheet`]: a kind as a sheet for the intake (R139).
//! - [`figures`]: for the home page.

pub mod actions;
mod alike;
pub mod api;
pub mod browse;
mod compose;
mod figures;
mod gate;
mod kind;
mod leaks;
mod life;
mod model;
mod near;
pub mod pages;
pub mod projection;
pub mod rules;
mod sheet;
mod show;
mod store;
#[cfg(test)]
mod testing;

pub use browse::RowView;
pub use figures::{Counts, Figures, count, figures};
pub use gate::{Gate, Gates};
pub use kind::{EntryKind, Keys, Kinds, Look, SUMMARY_MAX, WORDS_MAX, kinds};
pub use leaks::{Leak, LeakKind, Names, leaks_beside, leaks_in};
pub use life::{
    Saved, Twin, accept, create, people, publish, recall, renew, reopen, return_with, save_draft, step, submit, twins,
    withdraw,
};
pub use model::{Entry, Event, Facets, ListRow, WorkRow, coded, codes_of};
pub use rulebook::{Owner, Programme};
pub use sheet::Sheet;
pub use show::{
    EDIT_PANELS, EntryView, FieldText, HistoryRow, IndicatorRow, Powers, REVIEW_PANELS, ReasonText, SHOW_PANELS,
    SectionText,
};

use jcore::{Capability, NavItem};

/// One entry, for capabilities after this one; what a reader may see of it is [`projection`]'s to say.
///
/// # Errors
/// Not found, or the store's.
pub async fn entry(conn: &mut db::Conn, id: kernel::EntryId) -> jcore::Result<Entry> {
    store::read::get(conn, id).await
}

/// Those of these entries that are public at an instant, as the public sees them, in the order of the ids.
///
/// # Errors
/// The store's.
pub async fn public_rows(conn: &mut db::Conn, ids: &[uuid::Uuid], now: i64) -> jcore::Result<Vec<ListRow>> {
    store::list::public(conn, ids, now).await
}

/// The ids of entries that are public at an instant, from one on in their own order: for who goes through all of them.
///
/// # Errors
/// The store's.
pub async fn public_ids(
    conn: &mut db::Conn,
    after: Option<uuid::Uuid>,
    now: i64,
    limit: i64,
) -> jcore::Result<Vec<uuid::Uuid>> {
    store::list::public_ids(conn, after, now, limit).await
}

/// This capability, for the web crate.
#[must_use]
pub fn capability() -> Capability {
    let link = |key, href, order, action| NavItem {
        key,
        href,
        order,
        action,
    };
    Capability {
        key: "entries",
        routes: pages::routes().merge(api::work::routes()),
        rules: actions::rules(),
        words: vec![(include_str!("../words/zh.ftl"), include_str!("../words/en.ftl"))],
        nav: vec![
            link("desk", "/desk", 100, actions::DESK),
            link("my-needs", "/my/needs", 110, actions::WRITE),
            link("my-offers", "/my/offers", 111, actions::WRITE),
            link("queue", "/centre/queue", 150, actions::QUEUE),
        ],
        panels: Vec::new(),
        jobs: life::jobs(),
        api: api::work::document(),
    }
}
