//! The closed lists of a programme file: what a season, a comparison, a cap or a figure can be called.
//! Each code has words in both languages under the id that [`Coded::word`] gives.

use serde::{Serialize, Serializer};

/// A code of a closed list, as it stands in a programme file.
pub trait Coded: Copy + 'static {
    /// All codes of the list in their order of telling.
    const ALL: &'static [Self];
    /// The list's name, which begins the fluent ids of its codes.
    const LIST: &'static str;
    /// The code as written in a programme file, kebab-case.
    fn code(self) -> &'static str;
    /// The fluent id of the code's words, e.g. `rule-op-min`.
    fn word(self) -> String {
        format!("{}-{}", Self::LIST, self.code())
    }
    /// The code that this text names, if any.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }
}

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident $list:literal { $($(#[$one_doc:meta])* $one:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $($(#[$one_doc])* $one,)+ }
        impl Coded for $name {
            const ALL: &'static [Self] = &[$(Self::$one,)+];
            const LIST: &'static str = $list;
            fn code(self) -> &'static str {
                match self { $(Self::$one => $code,)+ }
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }
    };
}

codes! {
    /// The two seasons that a year can have (R022).
    SeasonKey "rule-season" {
        /// 拍卖季: patents and achievements are shown and sold.
        Auction = "auction",
        /// 挑战季: needs are posted and answered.
        Challenge = "challenge",
    }
}

codes! {
    /// How a figure is held against its number.
    Op "rule-op" {
        /// At least (不少于, 不低于).
        Min = "min",
        /// At most (不超过, 控制在…以内).
        Max = "max",
        /// Exactly.
        Eq = "eq",
    }
}

codes! {
    /// What a figure counts.
    Unit "rule-unit" {
        /// Companies or offices (家).
        Firm = "firm",
        /// Items, projects, cases (项).
        Item = "item",
        /// Needs (条).
        Need = "need",
        /// People (人).
        Person = "person",
        /// Copies of a report (份).
        Copy = "copy",
        /// Hundredths of a whole (%); the figure lies within 0 and 100.
        Percent = "percent",
    }
}

codes! {
    /// Whom a KPI is counted for, where it isn't the fair as a whole.
    Per "rule-per" {
        /// Each host of the fair by itself (R087, R090).
        Host = "host",
    }
}

codes! {
    /// Who stands under a cap or a quota.
    CapWho "rule-who" {
        /// A prefecture-level city (设区市).
        City = "city",
        /// A county-level division (县、市、区); statistical pseudo-divisions are none.
        County = "county",
        /// An organisation that recommends offers.
        Organisation = "organisation",
        /// A company that posts needs.
        Company = "company",
        /// A single fair.
        Fair = "fair",
        /// A research team that answers needs.
        Team = "team",
    }
}

codes! {
    /// What a cap or a quota counts, within one year's programme.
    CapWhat "rule-what" {
        /// Fairs of which it is the lead host.
        LeadFairs = "lead-fairs",
        /// Fairs of which it is a host in any role.
        HostedFairs = "hosted-fairs",
        /// Patents and achievements recommended, together.
        Offers = "offers",
        /// Those of them that came out of a national or provincial plan's project.
        PlanOffers = "plan-offers",
        /// Those of them recommended for the roadshow.
        RoadshowPicks = "roadshow-picks",
        /// People who attend on the day.
        Attendees = "attendees",
        /// Needs posted.
        Needs = "needs",
        /// Answers given to needs.
        Answers = "answers",
    }
}

codes! {
    /// Whom a cap is limited to.
    CapWhen "rule-when" {
        /// Undergraduate universities under a ministry or the province (部省属本科高校, R046).
        PublicUndergraduate = "public-undergraduate",
        /// Universities and institutes from outside the programme's region.
        Outside = "outside",
    }
}

codes! {
    /// Kinds of owner that supply patents and achievements (R017).
    Owner "rule-owner" {
        /// University (高校).
        University = "university",
        /// Research institute (科研院所).
        Institute = "institute",
        /// New-type research and development institution (新型研发机构).
        NewRd = "new-rd",
        /// State-owned enterprise (国有企业).
        StateFirm = "state-firm",
        /// Any other enterprise.
        Firm = "firm",
    }
}

codes! {
    /// What a document goes with.
    Subject "rule-subject" {
        /// One row a patent.
        Patent = "patent",
        /// One row an achievement.
        Achievement = "achievement",
        /// One row a need.
        Need = "need",
        /// An organisation's liaison.
        Liaison = "liaison",
        /// An organisation that takes part.
        Organisation = "organisation",
        /// An answer to a need.
        Answer = "answer",
        /// A live contest: each need owner, each team, each expert.
        Contest = "contest",
        /// An application to host a fair.
        Application = "application",
    }
}

codes! {
    /// By which way papers are handed in; each way's day of receipt is recorded (R062, R121).
    ChannelKind "rule-channel" {
        /// Stamped papers by post or by hand.
        Paper = "paper",
        /// Files.
        Electronic = "electronic",
    }
}

codes! {
    /// What happens to a bidding day that falls on a public holiday.
    HolidayPolicy "rule-holiday-policy" {
        /// It falls out.
        Skip = "skip",
        /// It is held all the same.
        Hold = "hold",
        /// It moves to the next working day that is free.
        Move = "move",
    }
}

codes! {
    /// Where public holidays and make-up working days come from.
    HolidaySource "rule-holiday-source" {
        /// The State Council's yearly notices, as built in.
        Cn = "cn",
        /// None but what the file lists.
        None = "none",
    }
}

codes! {
    /// Duties that a plan states without a number.
    DutyKey "rule-duty" {
        /// Intentions and deals reached offline are reported on the platform (R146).
        OfflineReports = "offline-reports",
        /// What a need's owner wants hidden is hidden before it is published (R143).
        Withhold = "withhold",
        /// A public contest needs the consent of the need's owner and of the team (R144).
        ContestConsent = "contest-consent",
        /// Every organisation that supplies offers names exactly one liaison (R021).
        OneLiaison = "one-liaison",
        /// Every host of a fair names a liaison (R020).
        HostLiaison = "host-liaison",
        /// Boards are pushed to every university that could answer (R129).
        PushAll = "push-all",
        /// A need that found no answer isn't dropped (R138).
        KeepUnsolved = "keep-unsolved",
    }
}

codes! {
    /// Days of the week.
    Weekday "rule-weekday" {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
}

impl Weekday {
    /// The weekday of a calendar day.
    pub fn of(day: kernel::Day) -> Self {
        match day.weekday() {
            jiff::civil::Weekday::Monday => Self::Monday,
            jiff::civil::Weekday::Tuesday => Self::Tuesday,
            jiff::civil::Weekday::Wednesday => Self::Wednesday,
            jiff::civil::Weekday::Thursday => Self::Thursday,
            jiff::civil::Weekday::Friday => Self::Friday,
            jiff::civil::Weekday::Saturday => Self::Saturday,
            jiff::civil::Weekday::Sunday => Self::Sunday,
        }
    }
}

/// A figure that a KPI can ask for. Whoever holds the records behind it supplies it under this code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Metric {
    /// Code in programme files; its words are `metric-{code}`.
    pub code: &'static str,
    /// What it counts; a rule that names another unit is a mistake.
    pub unit: Unit,
}

/// Every figure that the platform can count for a fair (§1.5 of the plan's analysis, R068–R091).
pub const METRICS: &[Metric] = &[
    Metric {
        code: "firms-served",
        unit: Unit::Firm,
    },
    Metric {
        code: "roadshow-projects",
        unit: Unit::Item,
    },
    Metric {
        code: "attendees",
        unit: Unit::Person,
    },
    Metric {
        code: "media-outlets",
        unit: Unit::Firm,
    },
    Metric {
        code: "summary-reports",
        unit: Unit::Copy,
    },
    Metric {
        code: "typical-cases",
        unit: Unit::Item,
    },
    Metric {
        code: "yearly-show-projects",
        unit: Unit::Item,
    },
    Metric {
        code: "offers-published",
        unit: Unit::Item,
    },
    Metric {
        code: "offers-from-plans",
        unit: Unit::Item,
    },
    Metric {
        code: "roadshow-major-achievements",
        unit: Unit::Item,
    },
    Metric {
        code: "valid-needs",
        unit: Unit::Need,
    },
    Metric {
        code: "cross-region-firms",
        unit: Unit::Firm,
    },
    Metric {
        code: "answers-received",
        unit: Unit::Item,
    },
    Metric {
        code: "intentions",
        unit: Unit::Item,
    },
    Metric {
        code: "deals",
        unit: Unit::Item,
    },
    Metric {
        code: "town-corps-coverage",
        unit: Unit::Percent,
    },
    Metric {
        code: "brokerages",
        unit: Unit::Firm,
    },
    Metric {
        code: "cross-region-share",
        unit: Unit::Percent,
    },
    Metric {
        code: "units-invited",
        unit: Unit::Firm,
    },
    Metric {
        code: "host-showings",
        unit: Unit::Item,
    },
    Metric {
        code: "cases-field",
        unit: Unit::Item,
    },
    Metric {
        code: "cases-people",
        unit: Unit::Item,
    },
    Metric {
        code: "cases-cross-region",
        unit: Unit::Item,
    },
];

/// The figure of this code.
pub fn metric(code: &str) -> Option<&'static Metric> {
    METRICS.iter().find(|metric| metric.code == code)
}
