//! Questions that come up at intake and at planning: is this patent asked for, is this cap reached, is it late?

use kernel::{CodeInfo, Day, Fen, Issue, Level, PartialDate, Region, Regions, Sector};
use serde::Serialize;

use crate::codes::{Coded, Op, Owner};
use crate::model::{Cap, KpiRule, Programme};

/// A cap counts as nearly reached from this share of it on, in hundredths: time to tell before it bites.
const NEAR_PERCENT: i64 = 90;
/// A deadline counts as near from so many days before it on: a week is what stamped papers take.
const SOON_DAYS: i64 = 7;

/// Every issue that the checks can make. Where a rule of the programme is hard, the issue is an error instead.
pub const ISSUES: &[CodeInfo] = &[
    CodeInfo {
        code: "patent-granted-early",
        level: Level::Warning,
        example: "2019-12-31",
    },
    CodeInfo {
        code: "patent-grant-unclear",
        level: Level::Note,
        example: "2020",
    },
    CodeInfo {
        code: "patent-not-in-force",
        level: Level::Warning,
        example: "无权",
    },
    CodeInfo {
        code: "achievement-owner-unusual",
        level: Level::Warning,
        example: "企业",
    },
    CodeInfo {
        code: "supplier-unusual",
        level: Level::Warning,
        example: "企业",
    },
    CodeInfo {
        code: "outside-price-low",
        level: Level::Warning,
        example: "50万元",
    },
    CodeInfo {
        code: "sector-not-asked",
        level: Level::Warning,
        example: "现代农业",
    },
];

/// Where a count stands towards its number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase", tag = "state")]
pub enum CapState {
    /// All is well, or the programme sets no such number.
    Ok,
    /// Within the number, but nine tenths of it are used up.
    Near,
    /// More than allowed.
    Over {
        /// By so many.
        by: i64,
    },
    /// Less than asked for.
    Short {
        /// By so many.
        by: i64,
    },
}

impl CapState {
    /// Where a count stands towards a number.
    pub fn of(op: Op, number: i64, count: i64) -> Self {
        let over = count.saturating_sub(number);
        match op {
            Op::Max | Op::Eq if over > 0 => Self::Over { by: over },
            Op::Min | Op::Eq if over < 0 => Self::Short {
                by: over.saturating_neg(),
            },
            Op::Max if count > 0 && count.saturating_mul(100) >= number.saturating_mul(NEAR_PERCENT) => Self::Near,
            _ => Self::Ok,
        }
    }

    /// Whether the rule is kept.
    pub fn kept(self) -> bool {
        matches!(self, Self::Ok | Self::Near)
    }
}

/// Where a day stands towards a deadline.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase", tag = "state")]
pub enum DeadlineState {
    /// There is time.
    Open {
        /// So many days are left.
        days: i64,
    },
    /// A week or less is left; 0 days on the last day.
    Soon {
        /// So many days are left.
        days: i64,
    },
    /// It is too late.
    Past {
        /// So many days.
        days: i64,
    },
}

impl Cap {
    /// Where a count stands towards this cap.
    pub fn state(&self, count: i64) -> CapState {
        CapState::of(self.op, self.count, count)
    }
}

impl KpiRule {
    /// Where a figure, in the rule's unit, stands towards this rule.
    pub fn state(&self, figure: i64) -> CapState {
        CapState::of(self.op, self.value, figure)
    }
}

impl Programme {
    /// Where a count stands towards the cap of this key (R041–R050). A programme without that cap sets no limit.
    pub fn cap_state(&self, key: &str, count: i64) -> CapState {
        self.cap(key).map_or(CapState::Ok, |cap| cap.state(count))
    }

    /// Where a day stands towards the deadline of this key (R055, R062); `None` if the programme has no such deadline.
    pub fn deadline_state(&self, key: &str, day: Day) -> Option<DeadlineState> {
        let last = self.deadline(key)?.last_day();
        let left = i64::from(day.until(last).ok()?.get_days());
        Some(match left {
            ..0 => DeadlineState::Past {
                days: left.saturating_neg(),
            },
            0..=SOON_DAYS => DeadlineState::Soon { days: left },
            _ => DeadlineState::Open { days: left },
        })
    }

    /// Whether a patent was granted late enough (R110). A date without day or month that could lie on either side
    /// draws a note.
    pub fn check_patent_grant(&self, date: PartialDate) -> Option<Issue> {
        let rule = self.eligibility.granted_since.as_ref()?;
        let late_enough = |day: Day| {
            if rule.inclusive {
                day >= rule.day
            } else {
                day > rule.day
            }
        };
        if late_enough(date.first_day()) {
            return None;
        }
        let issue = if late_enough(date.last_day()) {
            Issue::note("patent-grant-unclear")
        } else {
            by_force("patent-granted-early", rule.hard)
        };
        Some(
            issue
                .with("granted", date.to_string())
                .with("since", rule.day.to_string()),
        )
    }

    /// Whether a patent that is in force or not will do (R111).
    pub fn check_in_force(&self, in_force: bool) -> Option<Issue> {
        let rule = self.eligibility.in_force.as_ref()?;
        (!in_force).then(|| by_force("patent-not-in-force", rule.hard))
    }

    /// Whether achievements of such an owner are asked for (R112). The argument `owner` is the code of the kind.
    pub fn check_achievement_owner(&self, owner: Owner) -> Option<Issue> {
        let rule = self.eligibility.achievement_owners.as_ref()?;
        let unusual = !rule.kinds.contains(&owner);
        unusual.then(|| by_force("achievement-owner-unusual", rule.hard).with("owner", owner.code()))
    }

    /// Whether such an organisation may supply patents and achievements (R017).
    pub fn check_supplier(&self, owner: Owner) -> Option<Issue> {
        let rule = self.eligibility.suppliers.as_ref()?;
        let unusual = !rule.kinds.contains(&owner);
        unusual.then(|| by_force("supplier-unusual", rule.hard).with("owner", owner.code()))
    }

    /// Whether an offer from this division is worth enough, if it comes from outside (R095). No price, no issue. The
    /// arguments `price` and `min` are in 万元, `price_full` and `min_full` in yuan with their sign.
    pub fn check_outside_price(&self, from: Region, regions: &Regions, price: Option<Fen>) -> Option<Issue> {
        let rule = self.eligibility.outside_price.as_ref()?;
        let price = price?;
        let low = !regions.is_within(from, self.region) && price < rule.min;
        low.then(|| {
            by_force("outside-price-low", rule.hard)
                .with("price", price.wan())
                .with("min", rule.min.wan())
                .with("price_full", price.to_string())
                .with("min_full", rule.min.to_string())
        })
    }

    /// Whether the year asks for this field (R028). Other fields are welcome, but will be shown nowhere.
    pub fn check_sector(&self, sector: Sector) -> Option<Issue> {
        let asked = self.sectors.contains(&sector);
        (!asked).then(|| Issue::warning("sector-not-asked").with("sector", sector.code()))
    }
}

fn by_force(code: &'static str, hard: bool) -> Issue {
    if hard { Issue::error(code) } else { Issue::warning(code) }
}
