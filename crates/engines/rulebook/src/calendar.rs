//! What day it is in the programme: phases, holidays and bidding days.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use chinese_holiday::{DayKind, Ymd, chinese_holiday};
use kernel::Day;
use serde::Serialize;

use crate::codes::{HolidayPolicy, HolidaySource, Weekday};
use crate::model::{Programme, Window};

/// The years for which the built-in table has the State Council's notices.
pub(crate) const CALENDAR_YEARS: RangeInclusive<i16> = 2004..=2026;
/// The table's last day; the days after it belong to the next year's notice, and are told by the weekday.
const CALENDAR_LAST: (i16, i8, i8) = (2026, 12, 25);

/// Where a day stands towards a phase.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// The phase is over.
    Past,
    /// The day lies within the phase.
    Now,
    /// The phase has yet to begin.
    Coming,
}

/// A day on which bidding is planned (R060).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct BiddingDay {
    /// The day by the week's rule.
    pub day: Day,
    /// Whether it falls on a public holiday.
    pub holiday: bool,
    /// Whether bidding takes place on this very day.
    pub held: bool,
    /// The day that it takes place on instead.
    pub moved_to: Option<Day>,
}

impl BiddingDay {
    /// The day on which bidding takes place, if it does at all.
    pub fn takes_place(&self) -> Option<Day> {
        if self.held { Some(self.day) } else { self.moved_to }
    }
}

impl Programme {
    /// The phase of this key.
    pub fn window(&self, key: &str) -> Option<&Window> {
        self.windows.iter().find(|window| window.key == key)
    }

    /// The phases that this day lies in, in the order of the file.
    pub fn open_windows(&self, day: Day) -> Vec<&Window> {
        self.windows.iter().filter(|window| window.holds(day)).collect()
    }

    /// Every phase with where this day stands towards it. A phase without an end is never past.
    pub fn phase_state(&self, day: Day) -> Vec<(&Window, Phase)> {
        let phase = |window: &Window| match window.to {
            _ if day < window.from => Phase::Coming,
            Some(to) if to < day => Phase::Past,
            _ => Phase::Now,
        };
        self.windows.iter().map(|window| (window, phase(window))).collect()
    }

    /// Whether the day is a public holiday. A plain weekend is none.
    pub fn is_holiday(&self, day: Day) -> bool {
        if self.holidays.workdays.contains(&day) {
            return false;
        }
        self.holidays.extra.contains(&day)
            || self
                .notice(day)
                .is_some_and(|kind| kind.is_holiday() && kind != DayKind::NormalHoliday)
    }

    /// Whether offices work on the day: no holiday, and no weekend unless it is worked to make up for one.
    pub fn is_working_day(&self, day: Day) -> bool {
        if self.holidays.workdays.contains(&day) {
            return true;
        }
        if self.is_holiday(day) {
            return false;
        }
        match self.notice(day) {
            Some(kind) => kind.is_workday(),
            None => !matches!(Weekday::of(day), Weekday::Saturday | Weekday::Sunday),
        }
    }

    /// Every day on which bidding is planned, in order, with what a holiday does to it (R060). Two days never move
    /// to the same one, and none moves beyond the end of its phase: such a day falls out.
    pub fn bidding_days(&self) -> Vec<BiddingDay> {
        let Some(bidding) = &self.bidding else {
            return Vec::new();
        };
        let Some(window) = self.window(&bidding.window) else {
            return Vec::new();
        };
        let Some(last) = window.to else { return Vec::new() };
        let planned: Vec<Day> = days(window.from, last)
            .filter(|day| bidding.weekdays.contains(&Weekday::of(*day)))
            .collect();
        let mut taken: BTreeSet<Day> = planned.iter().copied().collect();
        planned
            .into_iter()
            .map(|day| self.bidding_day(day, last, &mut taken))
            .collect()
    }

    fn bidding_day(&self, day: Day, last: Day, taken: &mut BTreeSet<Day>) -> BiddingDay {
        let holiday = self.is_holiday(day);
        let held = !holiday || self.holidays.policy == HolidayPolicy::Hold;
        let mut moved_to = None;
        if !held && self.holidays.policy == HolidayPolicy::Move {
            moved_to = days(day, last).find(|other| self.is_working_day(*other) && !taken.contains(other));
            taken.extend(moved_to);
        }
        BiddingDay {
            day,
            holiday,
            held,
            moved_to,
        }
    }

    /// What the State Council's notice makes of the day; `None` where the programme doesn't follow it, or it says nothing.
    fn notice(&self, day: Day) -> Option<DayKind> {
        let known = CALENDAR_YEARS.contains(&day.year()) && (day.year(), day.month(), day.day()) <= CALENDAR_LAST;
        if self.holidays.source != HolidaySource::Cn || !known {
            return None;
        }
        let year = u16::try_from(day.year()).ok()?;
        let month = u8::try_from(day.month()).ok()?;
        let number = u8::try_from(day.day()).ok()?;
        Some(chinese_holiday(Ymd::new(year, month, number)))
    }
}

/// The days from `first` to `last`, both counted.
fn days(first: Day, last: Day) -> impl Iterator<Item = Day> {
    std::iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(move |day| *day <= last)
}
