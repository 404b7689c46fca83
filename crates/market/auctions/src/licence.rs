//! Open licences (专利开放许可) as pure rules: what stands against a declaration, each legal rule with the day from which it
//! holds, and the steps of who takes one (专利法 50–52, 实施细则 85–88).

use kernel::{Day, Fen, Issue};
use serde::{Deserialize, Serialize};

/// Articles 50 to 52 of the Patent Law hold from this day.
pub(crate) const LAW_FROM: Day = Day::constant(2021, 6, 1);
/// Rules 85 to 88 of the implementing regulations, as of 2023, hold from this day.
pub(crate) const RULES_FROM: Day = Day::constant(2024, 1, 20);
/// A fixed fee is as a rule not above this: 2,000 万元.
pub(crate) const FIXED_FEN_MAX: i64 = 2_000_000_000;
/// A share of net sales is as a rule not above this, in hundredths of a percent.
pub(crate) const SALES_BP_MAX: i64 = 2000;
/// A share of profit is as a rule not above this, in hundredths of a percent.
pub(crate) const PROFIT_BP_MAX: i64 = 4000;

/// How a licence is paid for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Base {
    /// A fixed fee alone.
    Fixed,
    /// A share of net sales.
    Sales,
    /// A share of profit.
    Profit,
}

impl Base {
    /// All, in the order of the page.
    pub(crate) const ALL: [Self; 3] = [Self::Fixed, Self::Sales, Self::Profit];

    /// The stored form; words are `licence-base-CODE`.
    #[must_use]
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::Sales => "sales",
            Self::Profit => "profit",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|base| base.code() == code)
    }
}

/// The one set of terms for everybody who takes the licence.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct LicenceTerms {
    /// How it is paid for.
    pub(crate) base: Base,
    /// The fixed fee, or the entry fee beside a share; zero for none.
    pub(crate) fee: Fen,
    /// The share, in hundredths of a percent.
    pub(crate) share_bp: i64,
    /// How and when the fee is paid.
    pub(crate) payment: String,
    /// Until when the licence lasts.
    pub(crate) until: Day,
    /// What else the declaration says.
    pub(crate) more: String,
}

/// What the owner declares of the patent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Standing {
    /// A utility model or a design: asks for the evaluation report (专利法 50).
    pub(crate) needs_report: bool,
    /// The evaluation report is there.
    pub(crate) has_report: bool,
    /// An exclusive or sole licence stands.
    pub(crate) exclusive: bool,
    /// The patent is in a suspended procedure (中止).
    pub(crate) suspended: bool,
    /// Annuities are unpaid.
    pub(crate) unpaid: bool,
    /// It is pledged.
    pub(crate) pledged: bool,
    /// The pledgee consents.
    pub(crate) consented: bool,
}

/// A legal rule, what it cites and since when it holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Law {
    /// The code of the issue that it makes.
    pub(crate) code: &'static str,
    /// What it cites.
    pub(crate) cites: &'static str,
    /// The first day on which it holds.
    pub(crate) from: Day,
}

/// The rules that may stand against a declaration.
pub(crate) const LAWS: [Law; 5] = [
    Law {
        code: "licence-report",
        cites: "专利法 50",
        from: LAW_FROM,
    },
    Law {
        code: "licence-exclusive",
        cites: "专利法实施细则 86(1)",
        from: RULES_FROM,
    },
    Law {
        code: "licence-suspended",
        cites: "专利法实施细则 86(2)",
        from: RULES_FROM,
    },
    Law {
        code: "licence-unpaid",
        cites: "专利法实施细则 86(3)",
        from: RULES_FROM,
    },
    Law {
        code: "licence-pledged",
        cites: "专利法实施细则 86(4)",
        from: RULES_FROM,
    },
];

/// What stands against a declaration on a day: an error by a rule that holds on it, a warning by one that will.
#[must_use]
pub(crate) fn against(standing: Standing, day: Day) -> Vec<Issue> {
    let stands = |code: &str| match code {
        "licence-report" => standing.needs_report && !standing.has_report,
        "licence-exclusive" => standing.exclusive,
        "licence-suspended" => standing.suspended,
        "licence-unpaid" => standing.unpaid,
        "licence-pledged" => standing.pledged && !standing.consented,
        _ => false,
    };
    let issue = |law: &Law| {
        let issue = if day >= law.from {
            Issue::error(law.code)
        } else {
            Issue::warning(law.code)
        };
        issue.with("cites", law.cites).with("from", law.from.to_string())
    };
    LAWS.iter().filter(|law| stands(law.code)).map(issue).collect()
}

/// What is unusual about a fee: told, never refused (“as a rule”).
#[must_use]
pub(crate) fn unusual(terms: &LicenceTerms) -> Vec<Issue> {
    let mut out = Vec::new();
    if terms.fee.get() > FIXED_FEN_MAX {
        out.push(Issue::warning("licence-fee-high").with("most", Fen::new(FIXED_FEN_MAX).to_string()));
    }
    let most = match terms.base {
        Base::Fixed => 0,
        Base::Sales => SALES_BP_MAX,
        Base::Profit => PROFIT_BP_MAX,
    };
    if terms.base != Base::Fixed && terms.share_bp > most {
        out.push(Issue::warning("licence-share-high").with("most", (most / 100).to_string()));
    }
    out
}

/// Where an open licence stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum LicenceState {
    /// Declared to the patent office.
    Declared,
    /// The patent office announced it for a day to come.
    Announced,
    /// Anyone may take it.
    Open,
    /// Withdrawn: no new licences; those given stand (专利法 50).
    Withdrawn,
}

impl LicenceState {
    /// Its code; words are `licence-state-CODE`.
    #[must_use]
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Announced => "announced",
            Self::Open => "open",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// By what is stored: the announcement's day and the withdrawal's, seen from a day.
    #[must_use]
    pub(crate) fn of(announced: Option<Day>, withdrawn: Option<Day>, today: Day) -> Self {
        match (announced, withdrawn) {
            (_, Some(day)) if day <= today => Self::Withdrawn,
            (None, _) => Self::Declared,
            (Some(day), _) if day > today => Self::Announced,
            (Some(_), _) => Self::Open,
        }
    }
}

/// Where somebody stands who takes an open licence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TakeState {
    /// They gave written notice to the owner.
    Notified,
    /// They paid.
    Paid,
    /// They are licensed.
    Licensed,
    /// The licence is on file with the patent office.
    Filed,
}

impl TakeState {
    /// Its code; words are `licence-take-CODE`.
    #[must_use]
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Notified => "notified",
            Self::Paid => "paid",
            Self::Licensed => "licensed",
            Self::Filed => "filed",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub(crate) fn from_code(code: &str) -> Self {
        match code {
            "paid" => Self::Paid,
            "licensed" => Self::Licensed,
            "filed" => Self::Filed,
            _ => Self::Notified,
        }
    }

    /// What comes next; nothing after the filing.
    #[must_use]
    pub(crate) fn next(self) -> Option<Self> {
        match self {
            Self::Notified => Some(Self::Paid),
            Self::Paid => Some(Self::Licensed),
            Self::Licensed => Some(Self::Filed),
            Self::Filed => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Level;

    fn day(year: i16, month: i8, day: i8) -> Day {
        Day::constant(year, month, day)
    }

    fn codes(standing: Standing, on: Day) -> Vec<(&'static str, Level)> {
        against(standing, on)
            .into_iter()
            .map(|issue| (issue.code, issue.level))
            .collect()
    }

    #[test]
    fn each_legal_rule_binds_from_its_day() {
        let pledged = Standing {
            pledged: true,
            ..Standing::default()
        };
        assert_eq!(codes(pledged, day(2024, 1, 19)), [("licence-pledged", Level::Warning)]);
        assert_eq!(codes(pledged, day(2024, 1, 20)), [("licence-pledged", Level::Error)]);
        let consented = Standing {
            consented: true,
            ..pledged
        };
        assert!(codes(consented, day(2024, 2, 1)).is_empty());
        let model = Standing {
            needs_report: true,
            ..Standing::default()
        };
        assert_eq!(codes(model, day(2023, 6, 1)), [("licence-report", Level::Error)]);
    }

    #[test]
    fn fees_beyond_the_usual_are_told() {
        let terms = |base, fee, share_bp| LicenceTerms {
            base,
            fee: Fen::new(fee),
            share_bp,
            payment: String::new(),
            until: day(2030, 1, 1),
            more: String::new(),
        };
        assert!(unusual(&terms(Base::Fixed, FIXED_FEN_MAX, 0)).is_empty());
        assert_eq!(unusual(&terms(Base::Fixed, FIXED_FEN_MAX + 1, 0)).len(), 1);
        assert!(unusual(&terms(Base::Sales, 0, 2000)).is_empty());
        assert_eq!(unusual(&terms(Base::Sales, 0, 2001)).len(), 1);
        assert!(unusual(&terms(Base::Profit, 0, 4000)).is_empty());
    }

    #[test]
    fn a_licence_opens_on_its_day_and_closes_by_withdrawal() {
        let today = day(2024, 3, 1);
        let of = |announced, withdrawn| LicenceState::of(announced, withdrawn, today);
        assert_eq!(of(None, None), LicenceState::Declared);
        assert_eq!(of(Some(day(2024, 3, 2)), None), LicenceState::Announced);
        assert_eq!(of(Some(today), None), LicenceState::Open);
        assert_eq!(of(Some(day(2024, 1, 1)), Some(today)), LicenceState::Withdrawn);
        assert_eq!(of(Some(day(2024, 1, 1)), Some(day(2024, 3, 2))), LicenceState::Open);
        let mut state = TakeState::Notified;
        let mut steps = 0;
        while let Some(next) = state.next() {
            (state, steps) = (next, steps + 1);
        }
        assert_eq!((state, steps), (TakeState::Filed, 3));
    }
}
