//! The rules of one lot, frozen and hashed when it is announced. Every number has a range, and a profile may narrow it.

use kernel::{Fen, Issue};
use serde::{Deserialize, Serialize};

use crate::hash::Hash;

/// The version of these rules' form, for readers of old logs.
pub const RULES_VERSION: u16 = 1;
/// Shortest and longest timed window, in seconds: shorter is a race of machines, longer tires people out.
pub const WINDOW_SECS: (i64, i64) = (60, 600);
/// Shortest free period that a judicial-like sale may have, in seconds: a day.
pub const JUDICIAL_FREE_SECS: i64 = 24 * 3600;
/// Longest free period, in seconds: a month.
pub const FREE_SECS_MAX: i64 = 31 * 24 * 3600;
/// Least and most that a deposit may be, in percent of the start.
pub const DEPOSIT_PERCENT: (i64, i64) = (5, 20);
/// Most steps that one bid may climb.
pub const STEPS_MAX: i64 = 10;
/// Tiers of a step by price.
pub const TIERS_MAX: usize = 10;
/// Criteria of a scoring lot.
pub const CRITERIA_MAX: usize = 12;
/// The sum that a scoring lot's weights must have.
pub const WEIGHTS_SUM: i64 = 100;
/// Most that a lot on sale again may be cheaper, in percent.
pub const RELIST_CUT_PERCENT_MAX: i64 = 20;
/// Least notice before bidding, in days, in a profile for state-owned sellers with a high price.
pub const STATE_NOTICE_DAYS: i64 = 20;

/// By whose customs a lot is sold: which ranges its parameters may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// The platform's own.
    Default,
    /// As in judicial sales: a free period of a day at least.
    Judicial,
    /// A state-owned seller: twenty days of notice, and a publicity period of working days.
    StateOwned,
}

/// From a price on, one step is so much.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tier {
    /// The price from which it holds.
    pub from: Fen,
    /// One step (加价幅度).
    pub step: Fen,
}

/// How a lot is sold.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Mode {
    /// 增价: a free period, then timed windows that every leading bid begins anew.
    English {
        /// The free period, in seconds.
        free_secs: i64,
        /// A timed window, in seconds.
        window_secs: i64,
        /// Seconds after the first timed window begins at which one sealed round ends the lot; none without a cap.
        cap_secs: Option<i64>,
    },
    /// 一次报价: sealed offers, opened together.
    Sealed {
        /// Seconds in which offers come.
        open_secs: i64,
        /// Seconds of the run-off among equals.
        runoff_secs: i64,
    },
    /// 权重报价: sealed prices, and scores that were committed to before the prices are opened.
    Scoring {
        /// Seconds in which offers come.
        open_secs: i64,
        /// The price's weight, in percent.
        price_weight: i64,
        /// The other criteria with their weights, in percent.
        criteria: Vec<Criterion>,
    },
    /// 降价: the price falls step by step until somebody takes it.
    Dutch {
        /// One step down.
        step: Fen,
        /// Seconds that a price stands.
        dwell_secs: i64,
        /// The lowest price; nobody at it: the lot fails.
        floor: Fen,
    },
    /// 挂牌: on offer at a price until a day; several takers go on into a round of their own.
    Listed {
        /// Seconds that it is on offer.
        open_secs: i64,
        /// The round among several takers.
        then: Then,
        /// That round's seconds: the window of an English one, the time for sealed offers.
        round_secs: i64,
    },
}

/// The round that follows a listing with several takers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Then {
    /// Timed windows.
    English,
    /// Sealed offers.
    Sealed,
}

/// A criterion of a scoring lot.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Criterion {
    /// Its key.
    pub key: String,
    /// Its weight, in percent.
    pub weight: i64,
}

/// When a bid must be confirmed by its bidder once more, since it climbs unusually high.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Guard {
    /// More steps than this.
    pub steps: i64,
    /// Or more than this, in percent of the price.
    pub percent: i64,
}

/// How holders of a right of priority (优先购买权) use it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Priority {
    /// Nobody has one.
    None,
    /// In the hall, by matching the leading price, as often as they like.
    Hall,
    /// After the close each is asked in the order of rank, for so many seconds.
    Ask {
        /// Seconds a holder.
        secs: i64,
    },
}

/// Days of publicity (公示) before an award is confirmed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Publicity {
    /// So many.
    pub days: i64,
    /// Of working days.
    pub working: bool,
}

/// All rules of a lot.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rules {
    /// The version of this form: [`RULES_VERSION`].
    pub version: u16,
    /// The profile.
    pub profile: Profile,
    /// How it is sold.
    pub mode: Mode,
    /// The start (起拍价); for a Dutch lot the highest price, for a listing the price asked.
    pub start: Fen,
    /// Steps by price; the first from zero.
    pub tiers: Vec<Tier>,
    /// Most steps that one bid may climb.
    pub steps_max: i64,
    /// When a bid must be confirmed once more.
    pub guard: Guard,
    /// The deposit (保证金).
    pub deposit: Fen,
    /// Fewest bidders with a valid bid.
    pub bidders_min: u32,
    /// What the secret reserve (保留价) was sealed to ([`crate::hash::commit_reserve`]); none without a reserve.
    pub reserve: Option<Hash>,
    /// Rights of priority.
    pub priority: Priority,
    /// Days of notice before bidding.
    pub notice_days: i64,
    /// Days of publicity before confirmation.
    pub publicity: Publicity,
    /// Seconds of notice before a paused lot goes on.
    pub resume_notice_secs: i64,
    /// Seconds after which a lot that was not resumed is terminated.
    pub pause_secs_max: i64,
    /// Whether an officer confirms the hammer (落槌确认) between the close and the award; left out of the JSON where not, so
    /// that rules from before it was known keep their hashes.
    #[serde(default, skip_serializing_if = "crate::log::is_false")]
    pub hammer: bool,
}

impl Rules {
    /// The platform's English auction from a start, with its usual parameters: a free hour, windows of five minutes, steps
    /// and deposit in whole yuan.
    #[must_use]
    pub fn english(start: Fen) -> Self {
        Self::of(
            start,
            Mode::English {
                free_secs: 3600,
                window_secs: 300,
                cap_secs: None,
            },
        )
    }

    /// Usual parameters around a mode.
    #[must_use]
    pub fn of(start: Fen, mode: Mode) -> Self {
        Self {
            version: RULES_VERSION,
            profile: Profile::Default,
            mode,
            start,
            tiers: vec![Tier {
                from: Fen::new(0),
                step: percent(start, 1),
            }],
            steps_max: STEPS_MAX,
            guard: Guard { steps: 3, percent: 20 },
            deposit: percent(start, 10),
            bidders_min: 1,
            reserve: None,
            priority: Priority::None,
            notice_days: 7,
            publicity: Publicity { days: 5, working: true },
            resume_notice_secs: 600,
            pause_secs_max: 5 * 24 * 3600,
            hammer: false,
        }
    }

    /// What is wrong with these rules; nothing wrong, and they may be announced.
    #[must_use]
    pub fn check(&self) -> Vec<Issue> {
        let mut out = Vec::new();
        let mut must = |holds: bool, code: &'static str| {
            if !holds {
                out.push(Issue::error(code));
            }
        };
        must(self.version == RULES_VERSION, "bidding-rules-version");
        must(self.start.get() > 0, "bidding-rules-start");
        must(self.tiers_hold(), "bidding-rules-tiers");
        must((1..=STEPS_MAX).contains(&self.steps_max), "bidding-rules-steps");
        must(self.guard.steps >= 1 && self.guard.percent >= 1, "bidding-rules-guard");
        must(self.deposit_holds(), "bidding-rules-deposit");
        must(self.bidders_min >= 1, "bidding-rules-bidders");
        must(self.notice_days >= self.notice_least(), "bidding-rules-notice");
        must(self.publicity.days >= 1, "bidding-rules-publicity");
        must(
            self.resume_notice_secs >= 0 && self.pause_secs_max > 0,
            "bidding-rules-pause",
        );
        must(
            !matches!(self.priority, Priority::Ask { secs } if secs < 1),
            "bidding-rules-priority",
        );
        out.extend(self.check_mode());
        out
    }

    fn check_mode(&self) -> Vec<Issue> {
        let positive = |secs: i64| (1..=FREE_SECS_MAX).contains(&secs);
        let (holds, code) = match &self.mode {
            Mode::English {
                free_secs,
                window_secs,
                cap_secs,
            } => {
                let least = if self.profile == Profile::Judicial {
                    JUDICIAL_FREE_SECS
                } else {
                    1
                };
                let free = (least..=FREE_SECS_MAX).contains(free_secs);
                let window = (WINDOW_SECS.0..=WINDOW_SECS.1).contains(window_secs);
                let cap = cap_secs.is_none_or(|cap| cap >= *window_secs);
                (free && window && cap, "bidding-rules-english")
            }
            Mode::Sealed { open_secs, runoff_secs } => {
                (positive(*open_secs) && positive(*runoff_secs), "bidding-rules-sealed")
            }
            Mode::Scoring {
                open_secs,
                price_weight,
                criteria,
            } => {
                let sum = criteria
                    .iter()
                    .try_fold(*price_weight, |sum, c| sum.checked_add(c.weight));
                let each = *price_weight >= 1 && criteria.iter().all(|c| c.weight >= 1);
                let few = (1..=CRITERIA_MAX).contains(&criteria.len());
                (
                    positive(*open_secs) && sum == Some(WEIGHTS_SUM) && each && few,
                    "bidding-rules-scoring",
                )
            }
            Mode::Dutch {
                step,
                dwell_secs,
                floor,
            } => {
                let prices = floor.get() > 0 && *floor < self.start && step.get() > 0;
                (prices && positive(*dwell_secs), "bidding-rules-dutch")
            }
            Mode::Listed {
                open_secs, round_secs, ..
            } => (positive(*open_secs) && positive(*round_secs), "bidding-rules-listed"),
        };
        if holds { Vec::new() } else { vec![Issue::error(code)] }
    }

    fn tiers_hold(&self) -> bool {
        let first = self.tiers.first().is_some_and(|tier| tier.from.get() == 0);
        let rising = self
            .tiers
            .windows(2)
            .all(|two| matches!(two, [a, b] if a.from < b.from));
        let steps = self.tiers.iter().all(|tier| tier.step.get() > 0);
        first && rising && steps && self.tiers.len() <= TIERS_MAX
    }

    fn deposit_holds(&self) -> bool {
        let share = |percent: i64| self.start.checked_mul(percent).map(|fen| fen.get() / 100);
        match (share(DEPOSIT_PERCENT.0), share(DEPOSIT_PERCENT.1)) {
            (Some(least), Some(most)) => (least..=most).contains(&self.deposit.get()),
            _ => false,
        }
    }

    fn notice_least(&self) -> i64 {
        match self.profile {
            Profile::StateOwned => STATE_NOTICE_DAYS,
            Profile::Default | Profile::Judicial => 1,
        }
    }

    /// One step at a price.
    #[must_use]
    pub fn step_at(&self, price: Fen) -> Fen {
        let tier = self.tiers.iter().rev().find(|tier| tier.from <= price);
        tier.or_else(|| self.tiers.first())
            .map_or(Fen::new(1), |tier| tier.step)
    }

    /// A timed window, in seconds: what every bidder has after the last bid, match or resumption.
    #[must_use]
    pub fn window_secs(&self) -> i64 {
        match self.mode {
            Mode::English { window_secs, .. } => window_secs,
            Mode::Sealed { open_secs, .. } | Mode::Scoring { open_secs, .. } => open_secs,
            Mode::Dutch { dwell_secs, .. } => dwell_secs,
            Mode::Listed { round_secs, .. } => round_secs,
        }
    }

    /// What the rules are known by, once they are announced.
    #[must_use]
    pub fn hash(&self) -> Hash {
        Hash::of_json(b"jiebang.rules", self)
    }
}

/// A share of a sum, down to whole yuan, at least one.
fn percent(of: Fen, percent: i64) -> Fen {
    const YUAN: i64 = 100;
    let fen = of.checked_mul(percent).map_or(0, |fen| fen.get() / 100);
    Fen::new((fen / YUAN * YUAN).max(YUAN))
}
