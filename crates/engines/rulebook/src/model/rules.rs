//! Caps and quotas, eligibility, documents and duties.

use kernel::{Fen, Region};
use serde::Serialize;

use super::{Day, Name, Source};
use crate::codes::{CapWhat, CapWhen, CapWho, DutyKey, Op, Owner, SeasonKey, Subject};

/// A cap or a quota (R041–R050).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Cap {
    /// Stable key, e.g. `offers-per-organisation`.
    pub key: String,
    /// Who stands under it.
    pub who: CapWho,
    /// What is counted.
    pub what: CapWhat,
    /// How the count is held against the number.
    pub op: Op,
    /// The number.
    pub count: i64,
    /// Whom it is limited to; none for all.
    pub when: Option<CapWhen>,
    /// Whether it binds; a soft cap warns and may be waived.
    pub hard: bool,
    /// Where the plan says so.
    pub source: Source,
}

/// What may be offered and by whom.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Eligibility {
    /// Since when a patent must have been granted (R110).
    pub granted_since: Option<GrantedSince>,
    /// Whether a patent must be in force (R111).
    pub in_force: Option<InForce>,
    /// Whose achievements are asked for (R112).
    pub achievement_owners: Option<Owners>,
    /// Who may supply patents and achievements (R017).
    pub suppliers: Option<Owners>,
    /// What offers from outside the programme's region should be worth (R095).
    pub outside_price: Option<OutsidePrice>,
}

/// Since when a patent must have been granted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct GrantedSince {
    /// The day; a parameter of the year, such as 2020-01-01 for 2023.
    pub day: Day,
    /// Whether a grant on the day itself will do.
    pub inclusive: bool,
    /// Whether an earlier grant is refused.
    pub hard: bool,
    /// Where the plan says so.
    pub source: Source,
}

/// A patent must be in force.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct InForce {
    /// Whether one that isn't is refused.
    pub hard: bool,
    /// Where the plan says so.
    pub source: Source,
}

/// Kinds of owner.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Owners {
    /// The kinds.
    pub kinds: Vec<Owner>,
    /// Whether other kinds are refused.
    pub hard: bool,
    /// Where the plan says so.
    pub source: Source,
}

/// What offers from outside should be worth at least.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct OutsidePrice {
    /// The asking price.
    pub min: Fen,
    /// Whether cheaper ones are refused.
    pub hard: bool,
    /// Where the plan says so.
    pub source: Source,
}

/// A paper to be handed in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Document {
    /// Stable key, e.g. `mandate`.
    pub key: String,
    /// What it is called.
    pub name: Name,
    /// What it goes with; `for` in the file.
    #[serde(rename = "for")]
    pub subject: Subject,
    /// The season that it belongs to; none for all.
    pub season: Option<SeasonKey>,
    /// Whether only who takes part for the first time hands it in (R119).
    pub first_time_only: bool,
    /// Whether nothing goes on without it.
    pub hard: bool,
    /// Where the plan says so.
    pub source: Source,
}

/// A duty without a number.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Duty {
    /// Which.
    pub key: DutyKey,
    /// Whether it binds.
    pub hard: bool,
    /// Where the plan says so.
    pub source: Source,
}

/// How applications to host a fair are judged.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Applications {
    /// What is looked at (R044).
    pub criteria: Vec<Criterion>,
    /// Where the plan says so.
    pub source: Source,
}

/// One thing that is looked at in an application.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Criterion {
    /// Stable key, e.g. `groundwork`.
    pub key: String,
    /// What it is called.
    pub name: Name,
}

/// A group of divisions with a name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RegionTag {
    /// Stable key, e.g. `subei`.
    pub key: String,
    /// What it is called.
    pub name: Name,
    /// The divisions, each within the programme's region.
    pub regions: Vec<Region>,
    /// Where the plan says so.
    pub source: Source,
}

/// A technology market elsewhere that cooperates.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Market {
    /// Stable key, e.g. `shanghai`.
    pub key: String,
    /// What it is called.
    pub name: Name,
    /// Where it is.
    pub region: Region,
    /// Where the plan says so.
    pub source: Source,
}

/// How long an entry stays open before its owner has to renew it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Renewal {
    /// Days.
    pub days: i64,
    /// The owner is reminded so many days before.
    pub remind_days: i64,
}

impl Default for Renewal {
    /// Half a year, with a fortnight's notice.
    fn default() -> Self {
        Self {
            days: 180,
            remind_days: 14,
        }
    }
}
