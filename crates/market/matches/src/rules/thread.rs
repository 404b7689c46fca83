//! How a thread moves, and what may be told in it before both sides have agreed. Pure.

use kernel::{Issue, Level};

use super::Reason;

/// Where a thread stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Neither side has agreed yet.
    Open,
    /// One side has agreed; names are withheld.
    One,
    /// Both have agreed; each sees who the other is.
    Both,
    /// Over, with an outcome.
    Closed,
}

impl State {
    /// All, in the order of a life.
    pub const ALL: [Self; 4] = [Self::Open, Self::One, Self::Both, Self::Closed];

    /// As stored; words are under `matches-state-CODE`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::One => "one",
            Self::Both => "both",
            Self::Closed => "closed",
        }
    }

    /// Reads the stored form. What nobody wrote is closed: nothing can be done to it.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|state| state.code() == code)
            .unwrap_or(Self::Closed)
    }

    /// The class of its chip on a page.
    #[must_use]
    pub fn chip(self) -> &'static str {
        match self {
            Self::Open => "info",
            Self::One => "wait",
            Self::Both => "ok",
            Self::Closed => "",
        }
    }
}

/// What a side has said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SideState {
    /// It was asked.
    Asked,
    /// It wants to be known to the other.
    Agreed,
    /// It does not.
    Declined,
}

impl SideState {
    /// As stored; words are under `matches-side-CODE`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Agreed => "agreed",
            Self::Declined => "declined",
        }
    }

    /// Reads the stored form; what nobody wrote has not agreed.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        match code {
            "agreed" => Self::Agreed,
            "declined" => Self::Declined,
            _ => Self::Asked,
        }
    }
}

/// Where a thread stands by what its sides said. One that declines ends it.
#[must_use]
pub fn state_of(need: SideState, offer: SideState) -> State {
    use SideState::{Agreed, Declined};
    match (need, offer) {
        (Declined, _) | (_, Declined) => State::Closed,
        (Agreed, Agreed) => State::Both,
        (Agreed, _) | (_, Agreed) => State::One,
        _ => State::Open,
    }
}

/// Days of silence after which a side that was asked is reminded: long enough for an office to ask its head.
const ASKED_DAYS: i64 = 3;
/// Days of silence between sides that know each other, after which who brought them together is asked how it went.
const TALKING_DAYS: i64 = 14;
/// Reminders without any answer: more is no help, it is for whoever brought them together to end it.
pub const REMINDERS_MAX: i64 = 3;

/// Days of silence after which somebody is reminded of a thread in this state; none of one that is over.
#[must_use]
pub fn remind_days(state: State) -> Option<i64> {
    match state {
        State::Open | State::One => Some(ASKED_DAYS),
        State::Both => Some(TALKING_DAYS),
        State::Closed => None,
    }
}

/// How a thread ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosedAs {
    /// Both intend to go on: 意向.
    Intention,
    /// Nothing came of it: 未成.
    Nothing,
    /// A side did not want to be known.
    Declined,
}

impl ClosedAs {
    /// As stored; words are under `matches-outcome-CODE`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Intention => "intention",
            Self::Nothing => "nothing",
            Self::Declined => "declined",
        }
    }

    /// What a person may say when closing a thread: an intention only between sides that know each other.
    #[must_use]
    pub fn said(code: &str, state: State) -> Option<Self> {
        match code {
            "intention" if state == State::Both => Some(Self::Intention),
            "nothing" if state != State::Closed => Some(Self::Nothing),
            _ => None,
        }
    }
}

/// The codes of reasons for declining or for an end without result: the eight of a verdict, no answer, and others. Words
/// are under `matches-reason-CODE`.
#[must_use]
pub fn closing_reasons() -> Vec<&'static str> {
    let eight = Reason::ALL.into_iter().map(Reason::code);
    eight.chain(["silent", "other"]).collect()
}

/// Who somebody is in a thread. Words are under `matches-part-CODE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Whoever brings the sides together.
    Broker,
    /// The side of the need.
    Need,
    /// The side of the offer.
    Offer,
}

impl Part {
    /// As stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Broker => "broker",
            Self::Need => "need",
            Self::Offer => "offer",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        match code {
            "need" => Self::Need,
            "offer" => Self::Offer,
            _ => Self::Broker,
        }
    }
}

/// Something in a message by which a side can be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The issue's code, as the scan of entries gives it.
    pub code: &'static str,
    /// What was found.
    pub found: String,
    /// Whose it is; none for what can be anybody's, a telephone number say.
    pub of: Option<Part>,
}

/// Codes of what can be anybody's.
const ANYBODYS: [&str; 3] = ["entries-text-phone", "entries-text-mail", "entries-text-web"];

impl Finding {
    /// From an issue of the scan of one side's entry; none where it tells nothing that is withheld (a name that its owner
    /// shows to everyone).
    #[must_use]
    pub fn of(issue: &Issue, side: Part) -> Option<Self> {
        if issue.level == Level::Note {
            return None;
        }
        Some(Self {
            code: issue.code,
            found: issue.arg("found").unwrap_or_default().to_owned(),
            of: (!ANYBODYS.contains(&issue.code)).then_some(side),
        })
    }

    /// Whether the sender may send it all the same: its own, or what can be anybody's. Nobody tells the other's.
    #[must_use]
    pub fn may_be_sent_by(&self, sender: Part) -> bool {
        self.of.is_none_or(|side| side == sender)
    }
}

/// What stands against a message. Empty: it may be sent.
#[must_use]
pub fn tells(findings: Vec<Finding>, sender: Part, confirmed: bool) -> Vec<Finding> {
    if findings
        .iter()
        .all(|finding| confirmed && finding.may_be_sent_by(sender))
    {
        Vec::new()
    } else {
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_back() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), state);
        }
        assert_eq!(State::from_code("gone"), State::Closed);
        for side in [SideState::Asked, SideState::Agreed, SideState::Declined] {
            assert_eq!(SideState::from_code(side.code()), side);
        }
        for part in [Part::Broker, Part::Need, Part::Offer] {
            assert_eq!(Part::from_code(part.code()), part);
        }
    }

    #[test]
    fn names_are_shown_when_both_agree_and_only_then() {
        use SideState::{Agreed, Asked, Declined};
        assert_eq!(state_of(Asked, Asked), State::Open);
        assert_eq!(state_of(Agreed, Asked), State::One);
        assert_eq!(state_of(Asked, Agreed), State::One);
        assert_eq!(state_of(Agreed, Agreed), State::Both);
        for other in [Asked, Agreed, Declined] {
            assert_eq!(state_of(Declined, other), State::Closed);
            assert_eq!(state_of(other, Declined), State::Closed);
        }
    }

    #[test]
    fn an_intention_needs_both() {
        assert_eq!(ClosedAs::said("intention", State::Both), Some(ClosedAs::Intention));
        assert_eq!(ClosedAs::said("intention", State::One), None);
        assert_eq!(ClosedAs::said("nothing", State::Open), Some(ClosedAs::Nothing));
        assert_eq!(ClosedAs::said("nothing", State::Closed), None);
        assert_eq!(
            ClosedAs::said("declined", State::Open),
            None,
            "a side declines, nobody for it"
        );
        assert_eq!(closing_reasons().len(), 10);
        assert!(remind_days(State::Closed).is_none() && remind_days(State::One) < remind_days(State::Both));
    }

    #[test]
    fn nobody_tells_the_others_name() {
        let owner = |side| Finding::of(&Issue::error("entries-names-owner").with("found", "某某"), side);
        let phone = Finding::of(&Issue::warning("entries-text-phone").with("found", "1"), Part::Need);
        let (need, phone) = (owner(Part::Need).unwrap(), phone.unwrap());
        assert_eq!(phone.of, None);
        assert!(tells(vec![need.clone(), phone.clone()], Part::Need, true).is_empty());
        assert_eq!(tells(vec![need.clone(), phone.clone()], Part::Need, false).len(), 2);
        assert_eq!(tells(vec![need.clone()], Part::Offer, true).len(), 1);
        assert_eq!(tells(vec![need], Part::Broker, true).len(), 1);
        assert!(tells(vec![phone], Part::Broker, true).is_empty());
        assert!(tells(Vec::new(), Part::Broker, false).is_empty());
        let shown = Issue {
            level: Level::Note,
            ..Issue::error("entries-names-owner")
        };
        assert_eq!(Finding::of(&shown, Part::Need), None, "what everyone sees is no secret");
    }
}
