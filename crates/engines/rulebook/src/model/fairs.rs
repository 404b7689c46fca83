//! Kinds of fair (专场) with how many a year may hold, who may host them and what they must reach.

use kernel::Region;
use serde::Serialize;

use super::{Name, Source};
use crate::codes::{Op, Per, SeasonKey, Unit};

/// A kind of fair (R023).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FairKind {
    /// Stable key, e.g. `industry`.
    pub key: String,
    /// What it is called.
    pub name: Name,
    /// The seasons in which such a fair can be held.
    pub seasons: Vec<SeasonKey>,
    /// How many such fairs the year holds (R024–R027).
    pub count: Count,
    /// Whether the number binds; 拟组织 doesn't.
    pub hard: bool,
    /// Where the plan says so.
    pub source: Source,
    /// Who must be among the hosts.
    pub hosts: Option<Hosts>,
    /// Where such fairs are tried out (R010).
    pub pilot: Option<Pilot>,
    /// Which named groups of divisions such fairs address (R033).
    pub focus: Option<Focus>,
    /// What such a fair must reach, the rules for all kinds first.
    pub kpis: Vec<KpiRule>,
}

impl FairKind {
    /// The rules that hold for a fair of this kind in this season, with or without the torch express
    /// (火炬科技成果直通车, R036).
    pub fn kpis_for(&self, season: SeasonKey, torch_express: bool) -> Vec<&KpiRule> {
        self.kpis
            .iter()
            .filter(|rule| rule.when.holds(season, torch_express))
            .collect()
    }
}

/// How many a year holds; both ends count, and an end that is none sets no bound.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Count {
    /// At least so many.
    pub min: Option<i64>,
    /// At most so many.
    pub max: Option<i64>,
}

/// Who must be among the hosts of a fair.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Hosts {
    /// So many science offices of different divisions at least (R032).
    pub offices_min: i64,
    /// Whether a talent office must be among them (R034).
    pub talent_office: bool,
    /// Whether it binds.
    pub hard: bool,
    /// Where the plan says so.
    pub source: Source,
}

/// The divisions in which a kind of fair is tried out; a host from elsewhere is warned or refused.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Pilot {
    /// The divisions.
    pub regions: Vec<Region>,
    /// Whether a host from elsewhere is refused.
    pub hard: bool,
    /// Where the plan says so.
    pub source: Source,
}

/// The named groups of divisions that a kind of fair addresses.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Focus {
    /// Keys of region tags.
    pub tags: Vec<String>,
    /// Whether a fair elsewhere is refused.
    pub hard: bool,
    /// Where the plan says so.
    pub source: Source,
}

/// When a rule holds; an empty condition holds always.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct When {
    /// Only in this season.
    pub season: Option<SeasonKey>,
    /// Only for a fair that hosts the torch express (R036, R076).
    pub torch_express: bool,
}

impl When {
    /// Whether the rule holds for such a fair.
    pub fn holds(self, season: SeasonKey, torch_express: bool) -> bool {
        self.season.is_none_or(|only| only == season) && (torch_express || !self.torch_express)
    }
}

/// A figure that a fair must reach.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct KpiRule {
    /// Stable key within the programme, e.g. `industry-offers`.
    pub code: String,
    /// Code of the figure, one of [`crate::METRICS`].
    pub metric: &'static str,
    /// How the figure is held against the number.
    pub op: Op,
    /// The number, in the unit.
    pub value: i64,
    /// What the number counts.
    pub unit: Unit,
    /// For whom it is counted, if not for the fair as a whole.
    pub per: Option<Per>,
    /// When it holds.
    pub when: When,
    /// Whether the rule holds for fairs of every kind.
    pub common: bool,
    /// Whether it binds; a soft rule warns and may be waived.
    pub hard: bool,
    /// Where the plan says so.
    pub source: Source,
}
