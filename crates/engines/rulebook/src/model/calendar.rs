//! The year's calendar: phases, deadlines, bidding days and holidays.

use serde::Serialize;

use super::{Day, Name, Source};
use crate::codes::{ChannelKind, HolidayPolicy, HolidaySource, SeasonKey, Weekday};

/// A phase of the year.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Window {
    /// Stable key, e.g. `collect`.
    pub key: String,
    /// The season that it belongs to; none for the programme as a whole.
    pub season: Option<SeasonKey>,
    /// What it is called.
    pub name: Name,
    /// First day.
    pub from: Day,
    /// Last day, itself within the phase; none where the phase has no end (常态化, 长期).
    pub to: Option<Day>,
    /// Whether what belongs into the phase is refused outside of it; otherwise it is only warned of.
    pub hard: bool,
    /// Where the plan says so.
    pub source: Source,
}

impl Window {
    /// Whether the day lies within the phase.
    pub fn holds(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// A day by which something must be done. It may lie before the end of the phase that it belongs to (R055): both count.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Deadline {
    /// Stable key, e.g. `submission`.
    pub key: String,
    /// The season that it belongs to; none for all.
    pub season: Option<SeasonKey>,
    /// What has to be done.
    pub name: Name,
    /// The day.
    pub day: Day,
    /// Whether the day itself is still in time.
    pub inclusive: bool,
    /// Ways of handing in, each with its own day of receipt (R121); empty where nothing is handed in.
    pub channels: Vec<Channel>,
    /// Whether being late shuts out; otherwise it is only warned of.
    pub hard: bool,
    /// Where the plan says so.
    pub source: Source,
}

impl Deadline {
    /// The last day that is in time.
    pub fn last_day(&self) -> Day {
        if self.inclusive {
            self.day
        } else {
            self.day.yesterday().unwrap_or(self.day)
        }
    }
}

/// A way of handing papers in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Channel {
    /// On paper or as files.
    pub kind: ChannelKind,
    /// Whereto.
    pub to: Name,
}

/// On which days bidding takes place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Bidding {
    /// Key of the phase that the days lie in; it has an end.
    pub window: String,
    /// Days of the week, in the week's order.
    pub weekdays: Vec<Weekday>,
    /// Whether bidding on another day is refused.
    pub hard: bool,
    /// Where the plan says so.
    pub source: Source,
}

/// Public holidays.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Holidays {
    /// Where they come from.
    pub source: HolidaySource,
    /// Further days off, beyond the source.
    pub extra: Vec<Day>,
    /// Days that are worked although the source or the weekend would have them off.
    pub workdays: Vec<Day>,
    /// What a holiday does to a bidding day.
    pub policy: HolidayPolicy,
}
