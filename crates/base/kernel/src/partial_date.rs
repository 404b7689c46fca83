//! A date of which perhaps only the year, or the year and month, is known.

use std::fmt;
use std::str::FromStr;

use crate::time::Day;
use crate::value::{Invalid, serde_as_text};

/// The earliest year of a date in a form; earlier ones are slips (and spreadsheets begin in 1900).
pub const MIN_YEAR: i16 = 1900;
/// The latest year of a date in a form; later ones are slips. A patent lives twenty years, a contract rarely more.
pub const MAX_YEAR: i16 = 2200;

/// A year, a month or a day. Can only be built if the calendar has it; text and JSON are `2020`, `2020-01` or
/// `2020-01-31`. Ordered by its first day, the coarser first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

serde_as_text!(PartialDate);

impl PartialDate {
    /// A date from its parts; none if the calendar has no such date, a day comes without a month, or the year lies
    /// outside [`MIN_YEAR`]..=[`MAX_YEAR`].
    #[must_use]
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        if !(MIN_YEAR..=MAX_YEAR).contains(&year) || (day.is_some() && month.is_none()) {
            return None;
        }
        Day::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Self { year, month, day })
    }

    /// A whole day; none if its year is out of range.
    #[must_use]
    pub fn from_day(day: Day) -> Option<Self> {
        Self::new(day.year(), Some(day.month()), Some(day.day()))
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month 1–12, if known.
    #[must_use]
    pub fn month(self) -> Option<i8> {
        self.month
    }

    /// The day of the month, if known.
    #[must_use]
    pub fn day(self) -> Option<i8> {
        self.day
    }

    /// Whether the day is known.
    #[must_use]
    pub fn is_full(self) -> bool {
        self.day.is_some()
    }

    /// The first day that it may mean.
    #[must_use]
    pub fn first_day(self) -> Day {
        Day::constant(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day that it may mean.
    #[must_use]
    pub fn last_day(self) -> Day {
        match self.day {
            Some(_) => self.first_day(),
            None => Day::constant(self.year, self.month.unwrap_or(12), 1).last_of_month(),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        const INVALID: Invalid = Invalid { what: "date" };
        // Lengths are fixed, so that `2020-1` and `2020-01` aren't two texts for one value.
        if !text.is_ascii() || !matches!(text.len(), 4 | 7 | 10) {
            return Err(INVALID);
        }
        let mut parts = text.split('-');
        let mut next = |width: usize| match parts.next() {
            None => Ok(None),
            Some(part) if part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit()) => {
                part.parse::<i16>().map(Some).map_err(|_| INVALID)
            }
            Some(_) => Err(INVALID),
        };
        let (year, month, day) = (next(4)?.ok_or(INVALID)?, next(2)?, next(2)?);
        let small = |part: Option<i16>| part.map(i8::try_from).transpose().map_err(|_| INVALID);
        Self::new(year, small(month)?, small(day)?).ok_or(INVALID)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn spans_what_it_may_mean() {
        let february: PartialDate = "2020-02".parse().unwrap();
        assert_eq!(
            (february.first_day(), february.last_day()),
            (date(2020, 2, 1), date(2020, 2, 29))
        );
        let year: PartialDate = "2021".parse().unwrap();
        assert_eq!(
            (year.first_day(), year.last_day()),
            (date(2021, 1, 1), date(2021, 12, 31))
        );
        assert!(!year.is_full());
        let day: PartialDate = "2020-01-31".parse().unwrap();
        assert_eq!(
            (day.first_day(), day.last_day()),
            (date(2020, 1, 31), date(2020, 1, 31))
        );
        assert_eq!(PartialDate::from_day(date(2020, 1, 31)), Some(day));
    }

    #[test]
    fn refuses_what_the_calendar_lacks() {
        for bad in [
            "2023-02-29",
            "2023-13",
            "2023-00",
            "1899",
            "2201",
            "2023-1",
            "23-01-01",
            "",
            "2023-",
            "2023-+1",
        ] {
            assert!(bad.parse::<PartialDate>().is_err(), "{bad}");
        }
        assert_eq!(PartialDate::new(2023, None, Some(1)), None);
    }
}
