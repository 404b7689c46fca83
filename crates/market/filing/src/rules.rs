//! Who may what, and the pure part: how a unit stands towards the numbers and days of the programme.

use jcore::{Action, Role, Rule, When, Who};
use kernel::Day;
use rulebook::{Cap, CapState, CapWhat, CapWhen, CapWho, DeadlineState, Programme};

/// Looking at what a unit has filed.
pub const SEE: Action = Action("filing.see");
/// Sending a unit's mandate.
pub const FILE: Action = Action("filing.file");
/// Keeping the days on which papers came (R062, R121).
pub const RECEIVE: Action = Action("filing.receive");
/// Accepting or returning a mandate; saying that a unit took part before.
pub const DECIDE: Action = Action("filing.decide");

/// Letting a credit code pass on its licence.
pub const PASS: Action = Action("filing.pass-code");

/// The states in which an offer counts for its unit: handed in, or further on.
pub const COUNTED: [&str; 4] = ["submitted", "accepted", "published", "expired"];

/// The rows of the who-may table.
pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = Vec::new();
    for role in [Role::Liaison, Role::Manager, Role::Member] {
        rules.push(Rule::new(SEE, Who::Role(role), When::OwnOrg));
        rules.push(Rule::new(FILE, Who::Role(role), When::OwnOrg));
    }
    for role in [Role::Bureau, Role::Branch] {
        rules.push(Rule::new(SEE, Who::Role(role), When::OwnRegion));
        rules.push(Rule::new(RECEIVE, Who::Role(role), When::OwnRegion));
    }
    rules.push(Rule::new(DECIDE, Who::Role(Role::Branch), When::OwnRegion));
    rules.push(Rule::new(SEE, Who::Role(Role::UniversityCentre), When::Always));
    for action in [SEE, FILE, RECEIVE, DECIDE, PASS] {
        rules.push(Rule::new(action, Who::Role(Role::Centre), When::Always));
    }
    rules
}

/// What a unit has handed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Patents and achievements.
    pub offers: i64,
    /// Of them, with a national or provincial plan behind (R047).
    pub plan_offers: i64,
    /// Of them, recommended for the roadshow (R048).
    pub roadshow: i64,
    /// Needs.
    pub needs: i64,
}

impl Figures {
    /// The figure that a cap counts; none for caps on other things.
    #[must_use]
    pub fn of(&self, what: CapWhat) -> Option<i64> {
        match what {
            CapWhat::Offers => Some(self.offers),
            CapWhat::PlanOffers => Some(self.plan_offers),
            CapWhat::RoadshowPicks => Some(self.roadshow),
            CapWhat::Needs => Some(self.needs),
            _ => None,
        }
    }
}

/// A line of a unit's quota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The rule's key.
    pub rule: String,
    /// What is counted.
    pub what: CapWhat,
    /// How many there are.
    pub figure: i64,
    /// How many there should be, at least or at most.
    pub target: i64,
    /// Where that stands.
    pub state: CapState,
    /// Whether the rule binds.
    pub hard: bool,
}

/// The numbers that the programme sets for a unit (R045–R049), each with how the unit stands. `undergraduate` is a
/// university under a ministry or the province, `outside` a unit from outside the programme's region.
#[must_use]
pub fn quota(programme: &Programme, figures: &Figures, undergraduate: bool, outside: bool) -> Vec<Line> {
    let holds = |cap: &&Cap| {
        let who = matches!(cap.who, CapWho::Organisation | CapWho::Company);
        let when = match cap.when {
            None => true,
            Some(CapWhen::PublicUndergraduate) => undergraduate,
            Some(CapWhen::Outside) => outside,
        };
        who && when
    };
    let line = |cap: &Cap| {
        let figure = figures.of(cap.what)?;
        Some(Line {
            rule: cap.key.clone(),
            what: cap.what,
            figure,
            target: cap.count,
            state: cap.state(figure),
            hard: cap.hard,
        })
    };
    programme.caps.iter().filter(holds).filter_map(line).collect()
}

/// How a paper stands on one way of handing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It came in time.
    InTime,
    /// It came so many days late.
    Late(i64),
    /// It has not come, and there are so many days left.
    Due(i64),
    /// It has not come, and the day is over for so many days.
    Missing(i64),
}

impl Arrival {
    /// Its code; words are `filing-arrival-CODE`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::InTime => "in-time",
            Self::Late(_) => "late",
            Self::Due(_) => "due",
            Self::Missing(_) => "missing",
        }
    }

    /// The days that its words name.
    #[must_use]
    pub fn days(self) -> i64 {
        match self {
            Self::InTime => 0,
            Self::Late(days) | Self::Due(days) | Self::Missing(days) => days,
        }
    }
}

/// How something stands that came on a day, or did not, by a deadline of the programme; each way by itself, since the
/// file may be in time and the stamped paper late (R062, R120, R121).
#[must_use]
pub fn arrival(programme: &Programme, deadline: &str, came: Option<Day>, today: Day) -> Option<Arrival> {
    let state = programme.deadline_state(deadline, came.unwrap_or(today))?;
    Some(match (came, state) {
        (Some(_), DeadlineState::Past { days }) => Arrival::Late(days),
        (Some(_), _) => Arrival::InTime,
        (None, DeadlineState::Past { days }) => Arrival::Missing(days),
        (None, DeadlineState::Open { days } | DeadlineState::Soon { days }) => Arrival::Due(days),
    })
}

/// Whether a unit owes its mandate: it takes part for the first time and none is accepted (R118, R119).
#[must_use]
pub fn owes_mandate(asked: bool, first_time_only: bool, took_part: bool, accepted: bool) -> bool {
    asked && !accepted && !(first_time_only && took_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jiangsu() -> Programme {
        let text = include_str!("../../../../programmes/jiangsu-2023.toml");
        rulebook::parse(text, kernel::Regions::builtin()).unwrap_or_else(|_| panic!("the shipped programme reads"))
    }

    #[test]
    fn undergraduate_universities_have_quotas() {
        let figures = Figures {
            offers: 28,
            plan_offers: 3,
            roadshow: 12,
            needs: 0,
        };
        let lines = quota(&jiangsu(), &figures, true, false);
        let of = |what| {
            lines
                .iter()
                .find(|line| line.what == what && line.target != 50)
                .map(|line| line.state)
        };
        assert_eq!(of(CapWhat::Offers), Some(CapState::Short { by: 2 }));
        assert_eq!(of(CapWhat::PlanOffers), Some(CapState::Ok));
        assert_eq!(of(CapWhat::RoadshowPicks), Some(CapState::Ok));
        let others = quota(&jiangsu(), &figures, false, false);
        assert_eq!(others.len(), 1, "others have the cap alone: {others:?}");
        assert_eq!((others[0].target, others[0].state), (50, CapState::Ok));
    }

    #[test]
    fn each_way_has_its_own_day() {
        let programme = jiangsu();
        let day = |month, day| kernel::Day::constant(2023, month, day);
        let at = |came, today| arrival(&programme, "submission", came, today);
        assert_eq!(at(Some(day(6, 20)), day(7, 1)), Some(Arrival::InTime));
        assert_eq!(at(Some(day(6, 23)), day(7, 1)), Some(Arrival::Late(3)));
        assert_eq!(at(None, day(6, 14)), Some(Arrival::Due(6)));
        assert_eq!(at(None, day(6, 22)), Some(Arrival::Missing(2)));
        assert_eq!(arrival(&programme, "nothing", None, day(6, 1)), None);
    }

    #[test]
    fn only_who_takes_part_for_the_first_time_owes_it() {
        assert!(owes_mandate(true, true, false, false));
        assert!(!owes_mandate(true, true, true, false));
        assert!(!owes_mandate(true, true, false, true));
        assert!(owes_mandate(true, false, true, false));
        assert!(!owes_mandate(false, false, false, false));
    }
}
