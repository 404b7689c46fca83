//! A year's programme as data: everything that a plan states, with its place in the plan and its force.

mod calendar;
mod fairs;
mod rules;

use std::fmt;

use kernel::{Region, Sector};
use serde::Serialize;

pub use calendar::{Bidding, Channel, Deadline, Holidays, Window};
pub use fairs::{Count, FairKind, Focus, Hosts, KpiRule, Pilot, When};
pub use kernel::Day;
pub use rules::{
    Applications, Cap, Criterion, Document, Duty, Eligibility, GrantedSince, InForce, Market, OutsidePrice, Owners,
    RegionTag, Renewal,
};

use crate::codes::SeasonKey;

/// A name in both languages.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Name {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Name {
    /// The name for a reader of this language; whatever isn't `en` reads Chinese.
    pub fn get(&self, lang: &str) -> &str {
        if lang == "en" { &self.en } else { &self.zh }
    }
}

/// Where in the plan a rule stands: its number and the plan's own short phrase, e.g. `R056 宣传征集（3月-6月）`.
/// A rule that the plan states twice stands once, with both places.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Source(pub Vec<String>);

impl Source {
    /// Whether one of the places begins with this number, such as `R110`.
    pub fn cites(&self, number: &str) -> bool {
        self.0.iter().any(|place| place.split(' ').next() == Some(number))
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("；"))
    }
}

/// A season of the year (R022).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Season {
    /// Which of the two.
    pub key: SeasonKey,
    /// What this programme calls it.
    pub name: Name,
    /// Where the plan says so.
    pub source: Source,
}

/// A year's programme, read by [`crate::parse`] and free of contradictions that it can see.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Programme {
    /// Stable key, e.g. `jiangsu-2023`.
    pub key: String,
    /// What the programme is called.
    pub name: Name,
    /// The year that all its days lie in.
    pub year: i16,
    /// Whose programme it is; offers from elsewhere count as from outside (R095).
    pub region: Region,
    /// Who runs it (R001).
    pub organiser: Name,
    /// Under whose guidance it runs (R004).
    pub guides: Vec<Name>,
    /// What the platform is called on its pages.
    pub platform: Name,
    /// The seasons of the year, at least one.
    pub seasons: Vec<Season>,
    /// The industrial fields that count in this year (R028).
    pub sectors: Vec<Sector>,
    /// Where the plan lists the fields.
    pub sectors_source: Source,
    /// Phases of the year (R051–R067), in the order of the file.
    pub windows: Vec<Window>,
    /// Days by which something must be done (R055, R062).
    pub deadlines: Vec<Deadline>,
    /// On which days bidding takes place (R060), if the year has any.
    pub bidding: Option<Bidding>,
    /// Public holidays and what they do to bidding days.
    pub holidays: Holidays,
    /// Kinds of fair with their numbers and KPIs (R023–R027, R068–R091).
    pub fair_kinds: Vec<FairKind>,
    /// Caps and quotas (R041–R050).
    pub caps: Vec<Cap>,
    /// What may be offered and by whom (R095, R110–R112).
    pub eligibility: Eligibility,
    /// Papers to be handed in (R043, R115–R119, R139, R142).
    pub documents: Vec<Document>,
    /// Duties without a number.
    pub duties: Vec<Duty>,
    /// How applications to host are judged (R044), if the plan says so.
    pub applications: Option<Applications>,
    /// Groups of divisions with a name (R033).
    pub region_tags: Vec<RegionTag>,
    /// Technology markets elsewhere that cooperate (R016).
    pub markets: Vec<Market>,
    /// How long an entry stays open.
    pub renewal: Renewal,
}

impl Programme {
    /// The season of this key, if the year has it.
    pub fn season(&self, key: SeasonKey) -> Option<&Season> {
        self.seasons.iter().find(|season| season.key == key)
    }

    /// The kind of fair of this key.
    pub fn fair_kind(&self, key: &str) -> Option<&FairKind> {
        self.fair_kinds.iter().find(|kind| kind.key == key)
    }

    /// The cap or quota of this key.
    pub fn cap(&self, key: &str) -> Option<&Cap> {
        self.caps.iter().find(|cap| cap.key == key)
    }

    /// The deadline of this key.
    pub fn deadline(&self, key: &str) -> Option<&Deadline> {
        self.deadlines.iter().find(|deadline| deadline.key == key)
    }

    /// The document of this key.
    pub fn document(&self, key: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.key == key)
    }

    /// The named group of divisions of this key.
    pub fn region_tag(&self, key: &str) -> Option<&RegionTag> {
        self.region_tags.iter().find(|tag| tag.key == key)
    }
}
