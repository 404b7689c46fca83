//! Who may what with lots, and the pure part: bidding days, numbers, what relates a bidder to a seller.

use bidding::Relation;
use jcore::{Action, Role, Rule, When, Who};
use kernel::Day;
use rulebook::Programme;

/// Looking at what is announced.
pub const SEE: Action = Action("lot.see");
/// Making lots and changing drafts.
pub const MAKE: Action = Action("lot.make");
/// The centre's queue of lots.
pub const DESK: Action = Action("lot.desk");
/// Finding rules and times right; two officers must.
pub const APPROVE: Action = Action("lot.approve");
/// Announcing, withdrawing before bidding.
pub const ANNOUNCE: Action = Action("lot.announce");
/// Asking to take part.
pub const REGISTER: Action = Action("lot.register");
/// Bidding for an organisation.
pub const BID_FOR: Action = Action("lot.bid-for");
/// Admitting bidders, who they are being shown for it.
pub const ADMIT: Action = Action("lot.admit");
/// Bidding, one's own pledge, one's own receipts.
pub const BID: Action = Action("lot.bid");
/// Asking a question, watching a lot.
pub const ASK: Action = Action("lot.ask");
/// Answering questions on a lot.
pub const ANSWER: Action = Action("lot.answer");
/// The deposit ledger: bank statements, confirmations, refunds.
pub const LEDGER: Action = Action("lot.ledger");
/// The hall's console: pause, terminate, resume.
pub const OFFICE: Action = Action("lot.office");
/// From the award to its confirmation, or its undoing.
pub const AWARD: Action = Action("lot.award");
/// Scoring the bidders of a scoring lot.
pub const SCORE: Action = Action("lot.score");
/// One's own bids and registrations.
pub const MY: Action = Action("lot.my");
/// The platform's own: following logs, reminding.
pub const FOLLOW: Action = Action("lot.follow");
/// Looking at open licences.
pub const LICENCE_SEE: Action = Action("licence.see");
/// Declaring and withdrawing an open licence.
pub const LICENCE_DECLARE: Action = Action("licence.declare");
/// Keeping what the patent office announced (R003).
pub const LICENCE_KEEP: Action = Action("licence.keep");
/// Taking an open licence by notice.
pub const LICENCE_TAKE: Action = Action("licence.take");

/// The roles that act for their own organisation.
const OWN: [Role; 3] = [Role::Liaison, Role::Manager, Role::Member];

/// The rows of the who-may table.
pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = vec![
        Rule::new(SEE, Who::Anyone, When::Always),
        Rule::new(LICENCE_SEE, Who::Anyone, When::Always),
        Rule::new(BID, Who::SignedIn, When::Own),
        Rule::new(LICENCE_KEEP, Who::Role(Role::IpCentre), When::Always),
    ];
    for action in [REGISTER, ASK, MY, LICENCE_TAKE] {
        rules.push(Rule::new(action, Who::SignedIn, When::Always));
    }
    for action in [MAKE, ANSWER, BID_FOR, LICENCE_DECLARE] {
        rules.extend(OWN.map(|role| Rule::new(action, Who::Role(role), When::OwnOrg)));
    }
    // FOLLOW has a row so that the table lists it; the system does it.
    for action in [
        MAKE,
        DESK,
        APPROVE,
        ANNOUNCE,
        ADMIT,
        ANSWER,
        LEDGER,
        OFFICE,
        AWARD,
        SCORE,
        FOLLOW,
        LICENCE_DECLARE,
        LICENCE_KEEP,
    ] {
        rules.push(Rule::new(action, Who::Role(Role::Centre), When::Always));
    }
    rules
}

/// Paddles have three digits: easily read, called out and remembered.
pub const PADDLES: std::ops::RangeInclusive<u32> = 101..=999;

/// Whether bidding may take place on a day; if not, the next two days on which it may (R060). A programme without bidding
/// days leaves every day free.
///
/// # Errors
/// The next possible days, at most two.
pub fn bidding_day(programme: &Programme, day: Day) -> Result<(), Vec<Day>> {
    if programme.bidding.is_none() {
        return Ok(());
    }
    let days: Vec<Day> = possible_days(programme);
    if days.binary_search(&day).is_ok() {
        return Ok(());
    }
    /// Days that a refusal names.
    const NAMED: usize = 2;
    Err(days.into_iter().filter(|other| *other > day).take(NAMED).collect())
}

/// The days on which bidding takes place, in order.
#[must_use]
pub fn possible_days(programme: &Programme) -> Vec<Day> {
    let held = programme.bidding_days();
    let mut days: Vec<Day> = held.iter().filter_map(rulebook::BiddingDay::takes_place).collect();
    days.sort_unstable();
    days
}

/// Bidding days that a page names.
const COMING_DAYS: usize = 3;

/// The next days on which bidding takes place, today among them.
pub(crate) fn coming_days(programme: &Programme, today: Day) -> impl Iterator<Item = Day> + use<> {
    let days = possible_days(programme).into_iter();
    days.filter(move |day| *day >= today).take(COMING_DAYS)
}

/// The last day of so many working days after a day (公示期), by the programme's calendar.
#[must_use]
pub fn after_working_days(programme: &Programme, from: Day, days: i64) -> Day {
    let mut day = from;
    let mut left = days;
    while left > 0 {
        let Ok(next) = day.tomorrow() else { return day };
        day = next;
        if programme.is_working_day(day) {
            left -= 1;
        }
    }
    day
}

/// What is known of a party, to be held against another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// The organisation's or person's id, as text.
    pub id: String,
    /// The credit code.
    pub code: String,
    /// The legal representative.
    pub representative: String,
}

/// Why a bidder is of the seller's group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// It is the seller.
    Same,
    /// The same credit code.
    Code,
    /// The same legal representative.
    Representative,
    /// Declared as parent, subsidiary or sister.
    Group,
}

impl Conflict {
    /// Its code; words are `lot-conflict-CODE`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Code => "code",
            Self::Representative => "representative",
            Self::Group => "group",
        }
    }
}

/// Whether a bidder is the seller or of its group: the same body, credit code or legal representative, or declared so.
#[must_use]
pub fn conflict(seller: &Party, bidder: &Party, declared_group: bool) -> Option<Conflict> {
    let same = |a: &str, b: &str| {
        let (a, b) = (kernel::text::fold(a), kernel::text::fold(b));
        !a.is_empty() && a == b
    };
    if same(&seller.id, &bidder.id) {
        Some(Conflict::Same)
    } else if same(&seller.code, &bidder.code) {
        Some(Conflict::Code)
    } else if same(&seller.representative, &bidder.representative) {
        Some(Conflict::Representative)
    } else if declared_group {
        Some(Conflict::Group)
    } else {
        None
    }
}

/// How a bidder stands to the seller in the log.
#[must_use]
pub fn relation(conflict: Option<Conflict>, inventor: bool, holder: bool) -> Relation {
    match (conflict, inventor, holder) {
        (Some(_), _, _) => Relation::Affiliate,
        (None, true, _) => Relation::Inventor,
        (None, false, true) => Relation::Holder,
        (None, false, false) => Relation::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jiangsu() -> Programme {
        let text = include_str!("../../../../programmes/jiangsu-2023.toml");
        rulebook::parse(text, kernel::Regions::builtin()).unwrap_or_else(|_| panic!("the shipped programme reads"))
    }

    fn day(month: i8, day: i8) -> Day {
        Day::constant(2023, month, day)
    }

    #[test]
    fn bidding_takes_place_on_wednesdays_and_fridays_that_are_no_holidays() {
        let programme = jiangsu();
        let days = programme.bidding_days();
        assert_eq!(days.len(), 69);
        assert_eq!(days.iter().filter(|d| d.holiday).count(), 6);
        assert_eq!(bidding_day(&programme, day(6, 28)), Ok(()));
        assert_eq!(
            bidding_day(&programme, day(6, 20)),
            Err(vec![day(6, 21), day(6, 28)]),
            "the 23rd is the Dragon Boat Festival"
        );
        assert_eq!(bidding_day(&programme, day(12, 20)), Err(Vec::new()));
    }

    #[test]
    fn publicity_counts_working_days() {
        let programme = jiangsu();
        assert_eq!(
            after_working_days(&programme, day(6, 21), 5),
            day(6, 29),
            "over the festival, with its make-up day"
        );
        assert_eq!(after_working_days(&programme, day(7, 5), 5), day(7, 12));
    }

    #[test]
    fn groups_are_known_by_code_representative_or_word() {
        let party = |id: &str, code: &str, representative: &str| Party {
            id: id.into(),
            code: code.into(),
            representative: representative.into(),
        };
        let seller = party("1", "91320582MATQ70WX57", "王立");
        assert_eq!(conflict(&seller, &seller, false), Some(Conflict::Same));
        let code = party("2", " 91320582matq70wx57", "李强");
        assert_eq!(conflict(&seller, &code, false), Some(Conflict::Code));
        let person = party("2", "", "王 立");
        assert_eq!(conflict(&seller, &person, false), Some(Conflict::Representative));
        let other = party("2", "", "");
        assert_eq!(conflict(&seller, &other, false), None);
        assert_eq!(conflict(&seller, &other, true), Some(Conflict::Group));
        assert_eq!(relation(Some(Conflict::Code), true, true), Relation::Affiliate);
        assert_eq!(relation(None, true, true), Relation::Inventor);
    }
}
