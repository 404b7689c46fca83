//! The demo: Jiangsu's year 2023 up to the morning of 14 June, made of invented organisations, patents, achievements and
//! needs. The data go the way that real ones go: uploaded, checked, handed in, reviewed, published, each at its own
//! instant of the made-up spring, so that lists, histories and the audit trail look as in use.

mod cast;
mod folder;
mod lots;
mod partners;
mod plans;
mod seed;
mod timeline;

pub(crate) use cast::{CAST, PASSWORD};
pub(crate) use folder::{State, clear, prepare, state};
pub(crate) use lots::simulate;
pub(crate) use seed::seed;
pub(crate) use timeline::first_day;

/// Where the demo's data lie by default.
pub(crate) const DATA_DEFAULT: &str = "jiebang-demo";

/// The workbooks, part of the binary so that the demo runs from anywhere.
pub(crate) mod books {
    /// Organisations.
    pub(crate) const ORGANISATIONS: &str = include_str!("../../../../../demo/organisations.csv");
    /// Liaisons.
    pub(crate) const LIAISONS: &str = include_str!("../../../../../demo/liaisons.csv");
    /// Patents.
    pub(crate) const PATENTS: &str = include_str!("../../../../../demo/patents.csv");
    /// Achievements.
    pub(crate) const ACHIEVEMENTS: &str = include_str!("../../../../../demo/achievements.csv");
    /// Needs.
    pub(crate) const NEEDS: &str = include_str!("../../../../../demo/needs.csv");
}
