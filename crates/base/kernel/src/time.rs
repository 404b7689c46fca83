//! Time: an instant ([`Stamp`]), a civil day ([`Day`]) and the clocks. The clock is a parameter everywhere, so that a
//! test or a demo can stand at any day of the programme's year.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use crate::value::{Invalid, serde_as_text};

/// A day of the civil calendar, without a time zone.
pub type Day = jiff::civil::Date;

const MICROS_PER_SEC: i64 = 1_000_000;
const SECS_PER_DAY: i64 = 86_400;

/// The time zone of the programme: Asia/Shanghai. China has kept UTC+8 without summer time since 1991, before any
/// instant recorded here, so a fixed offset is exact and needs no time zone database on the machine.
fn china() -> TimeZone {
    TimeZone::fixed(Offset::constant(8))
}

/// An instant, in microseconds since 1970-01-01T00:00Z. JSON shows it in RFC 3339.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Stamp(i64);

serde_as_text!(Stamp);

impl Stamp {
    /// The instant this many microseconds after the epoch; kept within the years −9999 to 9999.
    #[must_use]
    pub fn from_micros(micros: i64) -> Self {
        // Whole seconds, since the calendar's last microsecond is no round number of nanoseconds.
        let first = Timestamp::MIN.as_second().saturating_mul(MICROS_PER_SEC);
        let last = Timestamp::MAX.as_second().saturating_mul(MICROS_PER_SEC);
        Self(micros.clamp(first, last))
    }

    /// The first instant of a day in China.
    #[must_use]
    pub fn start_of(day: Day) -> Self {
        Self::in_china(day.at(0, 0, 0, 0))
    }

    /// The instant at which clocks in China show this civil time.
    #[must_use]
    pub fn in_china(civil: DateTime) -> Self {
        // Only the last hours of the calendar's range can't be shifted; they stand for the end of it.
        let at = china().to_timestamp(civil).unwrap_or(Timestamp::MAX);
        Self::from_micros(at.as_microsecond())
    }

    /// Microseconds since the epoch, as stored.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0
    }

    /// The instant this many seconds later (earlier if negative).
    #[must_use]
    pub fn plus_secs(self, secs: i64) -> Self {
        Self::from_micros(self.0.saturating_add(secs.saturating_mul(MICROS_PER_SEC)))
    }

    /// The instant this many days of 24 hours later (earlier if negative).
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        self.plus_secs(days.saturating_mul(SECS_PER_DAY))
    }

    /// Whole seconds from `earlier` to this instant; negative if it lies later.
    #[must_use]
    pub fn secs_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).div_euclid(MICROS_PER_SEC)
    }

    /// The civil date and time in China.
    #[must_use]
    pub fn civil_in_cn(self) -> DateTime {
        china().to_datetime(self.timestamp())
    }

    /// The day in China.
    #[must_use]
    pub fn date_in_cn(self) -> Day {
        self.civil_in_cn().date()
    }

    /// Date, hour and minute in China, the same in every language: `2023-06-14 14:06`.
    #[must_use]
    pub fn format_cn(self) -> String {
        let civil = self.civil_in_cn();
        format!("{} {:02}:{:02}", civil.date(), civil.hour(), civil.minute())
    }

    fn timestamp(self) -> Timestamp {
        // The value was clamped to this range when it was made.
        Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(f)
    }
}

impl FromStr for Stamp {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let at: Timestamp = text.parse().map_err(|_| Invalid {
            what: "instant in RFC 3339",
        })?;
        Ok(Self::from_micros(at.as_microsecond()))
    }
}

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Stamp;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Stamp {
        (**self).now()
    }
}

/// The machine's clock.
#[derive(Clone, Copy, Default, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place where the machine's time enters; all else takes a Clock"
    )]
    fn now(&self) -> Stamp {
        Stamp::from_micros(Timestamp::now().as_microsecond())
    }
}

/// A clock that was set to another instant and runs on from there: a demo can stand in June 2023.
#[derive(Clone)]
pub struct ShiftedClock {
    base: Arc<dyn Clock>,
    offset_micros: i64,
}

impl ShiftedClock {
    /// A clock that shows `start` now, and goes on at the pace of `base`.
    #[must_use]
    pub fn starting(base: Arc<dyn Clock>, start: Stamp) -> Self {
        let offset_micros = start.micros().saturating_sub(base.now().micros());
        Self { base, offset_micros }
    }

    /// How far ahead of its base the clock is, in microseconds; negative if behind.
    #[must_use]
    pub fn offset_micros(&self) -> i64 {
        self.offset_micros
    }
}

impl fmt::Debug for ShiftedClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShiftedClock")
            .field("offset_micros", &self.offset_micros)
            .finish_non_exhaustive()
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Stamp {
        Stamp::from_micros(self.base.now().micros().saturating_add(self.offset_micros))
    }
}

/// A clock that stands still until it is moved: for tests.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that shows this instant.
    #[must_use]
    pub fn new(start: Stamp) -> Self {
        Self(AtomicI64::new(start.micros()))
    }

    /// Shows this instant from now on.
    pub fn set(&self, to: Stamp) {
        self.0.store(to.micros(), Ordering::SeqCst);
    }

    /// Moves on by this much (back if negative).
    pub fn advance(&self, by: SignedDuration) {
        let micros = i64::try_from(by.as_micros()).unwrap_or(if by.is_negative() { i64::MIN } else { i64::MAX });
        self.set(Stamp::from_micros(self.now().micros().saturating_add(micros)));
    }

    /// Moves on by this many seconds (back if negative).
    pub fn advance_secs(&self, secs: i64) {
        self.advance(SignedDuration::from_secs(secs));
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Stamp {
        Stamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn china_is_eight_hours_ahead() {
        let stamp: Stamp = "2023-06-14T06:06:00Z".parse().unwrap();
        assert_eq!(stamp.format_cn(), "2023-06-14 14:06");
        assert_eq!(
            "2023-06-14T16:00:00Z".parse::<Stamp>().unwrap().date_in_cn(),
            date(2023, 6, 15)
        );
        assert_eq!(Stamp::start_of(date(2023, 6, 15)).to_string(), "2023-06-14T16:00:00Z");
    }

    #[test]
    fn json_is_rfc_3339() {
        let stamp = Stamp::from_micros(1_686_722_760_000_001);
        let json = serde_json::to_string(&stamp).unwrap();
        assert_eq!(json, "\"2023-06-14T06:06:00.000001Z\"");
        assert_eq!(serde_json::from_str::<Stamp>(&json).unwrap(), stamp);
        assert!(serde_json::from_str::<Stamp>("\"yesterday\"").is_err());
    }

    #[test]
    fn arithmetic_saturates_at_the_calendars_end() {
        let last = Stamp::from_micros(i64::MAX);
        assert_eq!(last.plus_days(i64::MAX), last);
        assert_eq!(last.date_in_cn().year(), 9999);
        let first = Stamp::from_micros(i64::MIN).plus_secs(i64::MIN);
        assert_eq!(first.date_in_cn().year(), -9999);
        assert_eq!(
            Stamp::from_micros(0).plus_days(2).secs_since(Stamp::from_micros(0)),
            172_800
        );
    }

    #[test]
    fn clocks_stand_and_shift() {
        let base = Arc::new(ManualClock::new(Stamp::from_micros(0)));
        let shifted = ShiftedClock::starting(base.clone(), Stamp::start_of(date(2023, 6, 14)));
        assert_eq!(shifted.now().format_cn(), "2023-06-14 00:00");
        base.advance_secs(3600);
        assert_eq!(shifted.now().format_cn(), "2023-06-14 01:00");
        base.set(Stamp::from_micros(-5));
        assert_eq!(base.now().micros(), -5);
        assert!(SystemClock.now() > Stamp::start_of(date(2023, 1, 1)));
    }
}
