//! Auctions (网络竞价): lots from accepted offers, their days, bidders, deposits and halls, and what follows a close; and
//! open licences (开放许可) (R059–R061, R106, R147).
//!
//! - [`Auctions`], [`auctions`]: the running sequencer, which decides lots by their logs.
//! - [`model`]: lots and bidders beside the log.
//! - [`rules`]: who may what, bidding days, conflicts.
//! - `deeds`: making, approving, announcing, registering, deposits, and what follows a close.
//! - `hall`: the hall and a lot's room.

pub mod bank;
pub(crate) mod deeds;
pub(crate) mod form;
mod hall;
mod machine;
pub mod model;
pub mod rules;
pub(crate) mod store;
#[cfg(test)]
mod testing;

use jcore::{Capability, NavItem, Routes};
use utoipa::OpenApi;

pub use hall::Halls;
pub use machine::{Auctions, auctions, refusal};
pub use model::{Bidder, Identity, Lot, LotNotice, LotState, Terms};

/// The API's description.
#[derive(OpenApi)]
#[openapi()]
struct Api;

/// This capability, for the web crate.
#[must_use]
pub fn capability() -> Capability {
    let link = |key, href, order, action| NavItem {
        key,
        href,
        order,
        action,
    };
    let mut api = Api::openapi();
    api.merge(hall::openapi());
    Capability {
        key: "auctions",
        routes: Routes::new().merge(hall::routes()),
        rules: [rules::rules(), hall::rules()].concat(),
        words: vec![
            (include_str!("../words/zh.ftl"), include_str!("../words/en.ftl")),
            (
                include_str!("../words/hall/zh.ftl"),
                include_str!("../words/hall/en.ftl"),
            ),
            (bidding::WORDS_ZH, bidding::WORDS_EN),
        ],
        nav: Vec::new(),
        panels: Vec::new(),
        jobs: hall::jobs(),
        api,
    }
}
