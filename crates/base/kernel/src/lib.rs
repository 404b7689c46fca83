//! The values that every crate of the exchange speaks: money, time, ids, regions, patent numbers and their like,
//! each of which can only be built valid; and the tolerant readers ([`read`]) which turn what people write in sheets
//! and pages into such values, with an [`Issue`] for everything that was guessed, mended or refused.
//!
//! The crate does no I/O, holds no SQL and knows no HTTP. Its words for people are in `words/{zh,en}.ftl`.

mod contact;
mod contract_no;
mod id;
mod ids;
mod ipc;
mod issue;
mod money;
pub mod parsed;
mod partial_date;
mod patent;
pub mod read;
mod region;
mod registry;
mod sector;
pub mod text;
mod time;
mod trl;
mod uscc;
mod value;

pub use contact::{Email, Phone};
pub use contract_no::ContractNo;
pub use id::{BatchId, EntryId, FileId, OrgId, SessionId, TokenId, UserId};
pub use ids::Ids;
pub use ipc::Ipc;
pub use issue::{Issue, Level, Reading};
pub use money::{Fen, MAX_FEN, Money, MoneyKind};
pub use partial_date::{MAX_YEAR, MIN_YEAR, PartialDate};
pub use patent::{PatentKind, PatentNo, patent_check};
pub use region::{Division, DivisionLevel, Region, Regions, RegionsError};
pub use registry::{CodeInfo, ISSUES};
pub use sector::Sector;
pub use time::{Clock, Day, ManualClock, ShiftedClock, Stamp, SystemClock};
pub use trl::Trl;
pub use uscc::{Uscc, uscc_check, uscc_org_check};
pub use value::Invalid;

/// The kernel's words in Chinese (Fluent): `issue-{code}`, `sector-{code}`, `patent-kind-{kind}`.
pub const WORDS_ZH: &str = include_str!("../words/zh.ftl");
/// The kernel's words in English (Fluent), the same ids as [`WORDS_ZH`].
pub const WORDS_EN: &str = include_str!("../words/en.ftl");
