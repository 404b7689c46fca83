//! Where a lot stands: everything that its log says so far.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Fen;

use crate::hash::Hash;
use crate::ledger::Ledger;
use crate::log::{At, Grave, Officer, Paddle};
use crate::rules::{Mode, Rules};

/// A point in a lot's life.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// Rules and times are being written.
    Draft,
    /// Two officers approved.
    Reviewed,
    /// The rules are frozen; bidders register.
    Announced,
    /// Registration is over; bidding is to begin.
    Ready,
    /// English, free period.
    Free,
    /// English, timed windows.
    Timed,
    /// Sealed offers come in.
    Offers,
    /// Sealed offers are opened.
    Unsealing,
    /// The price falls.
    Falling,
    /// On offer at a price.
    Listed,
    /// No more bids.
    Closing,
    /// Holders of priority are asked.
    Asking,
    /// There is a buyer, provisionally.
    Provisional,
    /// The award is on show.
    Publicity,
    /// Sold.
    Confirmed,
    /// No buyer.
    Failed,
    /// Ended by decision.
    Terminated,
    /// The winner did not buy.
    Defaulted,
    /// The award was undone.
    Voided,
}

impl Phase {
    /// Whether bids of some kind are taken, or a holder is asked.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(
            self,
            Self::Free | Self::Timed | Self::Offers | Self::Unsealing | Self::Falling | Self::Listed | Self::Asking
        )
    }

    /// Whether the log is at its end.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(
            self,
            Self::Confirmed | Self::Failed | Self::Terminated | Self::Defaulted | Self::Voided
        )
    }
}

/// A bidder.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bidder {
    /// The rank among holders of priority.
    pub rank: Option<u8>,
    /// Whether they made a valid bid or took part in a round.
    pub took_part: bool,
}

/// Who leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lead {
    /// Who.
    pub bidder: Paddle,
    /// At what price.
    pub price: Fen,
    /// By which step of the log.
    pub seq: u64,
    /// By the right of priority.
    pub matched: bool,
}

/// A sealed offer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Offer {
    /// What it is known by.
    pub hash: Hash,
    /// When it came, as a place in the log.
    pub seq: u64,
    /// What it says, once it is opened.
    pub amount: Option<Fen>,
    /// Whether it can't be read.
    pub spoiled: bool,
}

/// A round among some bidders.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Round {
    /// Who takes part; none for everybody.
    pub among: Option<BTreeSet<Paddle>>,
    /// The least that is valid.
    pub least: Fen,
    /// Whether it decides between equals, so that the earlier of equals wins.
    pub is_runoff: bool,
}

/// A lot that stands still.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paused {
    /// Since when.
    pub at: At,
    /// Microseconds that its phase had left.
    pub left: i64,
    /// When it goes on.
    pub resumes: Option<At>,
}

/// Where a lot stands.
#[derive(Clone, Debug)]
pub struct State {
    /// The lot's id.
    pub lot: String,
    /// Its rules.
    pub rules: Rules,
    /// The point in its life.
    pub phase: Phase,
    /// Steps in its log.
    pub seq: u64,
    /// The instant of the last.
    pub at: At,
    /// Who approved.
    pub approvals: Vec<Officer>,
    /// When registration closes.
    pub registers_until: At,
    /// When bidding begins.
    pub starts: At,
    /// When the phase ends, unless something is bid.
    pub end: At,
    /// Since when timed windows run.
    pub timed_from: Option<At>,
    /// Who takes part.
    pub bidders: BTreeMap<Paddle, Bidder>,
    /// Who leads.
    pub lead: Option<Lead>,
    /// Accepted bids.
    pub bids: u64,
    /// The round under way.
    pub round: Round,
    /// Sealed offers.
    pub offers: BTreeMap<Paddle, Offer>,
    /// To what the scores are sealed.
    pub scores: Option<Hash>,
    /// The scores' weighted sums, once they are open.
    pub sums: Option<BTreeMap<Paddle, i64>>,
    /// The step of a falling price.
    pub fall: u32,
    /// The price that is asked: of a falling or a listed lot.
    pub asked: Fen,
    /// Who took a listed price, in order.
    pub takers: Vec<Paddle>,
    /// Whether the reserve was met, once it is open.
    pub reserve_met: Option<bool>,
    /// Who confirmed the hammer.
    pub hammered: Option<Officer>,
    /// Who of the holders is asked now.
    pub asking: Option<Paddle>,
    /// Holders who were asked.
    pub answered: BTreeSet<Paddle>,
    /// Who is to buy.
    pub award: Option<(Paddle, Fen)>,
    /// Until when the award is on show.
    pub published_until: Option<At>,
    /// What an officer proposed.
    pub proposed: Option<(Officer, Grave)>,
    /// Whether it stands still.
    pub paused: Option<Paused>,
    /// Deposits.
    pub ledger: Ledger,
}

impl State {
    /// A lot of which nothing is known but its id and rules.
    #[must_use]
    pub fn new(lot: impl Into<String>, rules: Rules) -> Self {
        let start = rules.start;
        Self {
            lot: lot.into(),
            rules,
            phase: Phase::Draft,
            seq: 0,
            at: At(0),
            approvals: Vec::new(),
            registers_until: At(0),
            starts: At(0),
            end: At(0),
            timed_from: None,
            bidders: BTreeMap::new(),
            lead: None,
            bids: 0,
            round: Round {
                among: None,
                least: start,
                is_runoff: false,
            },
            offers: BTreeMap::new(),
            scores: None,
            sums: None,
            fall: 0,
            asked: start,
            takers: Vec::new(),
            reserve_met: None,
            hammered: None,
            asking: None,
            answered: BTreeSet::new(),
            award: None,
            published_until: None,
            proposed: None,
            paused: None,
            ledger: Ledger::default(),
        }
    }

    /// The leading price.
    #[must_use]
    pub fn price(&self) -> Option<Fen> {
        self.lead.map(|lead| lead.price)
    }

    /// The next price that may be bid, in English rounds.
    #[must_use]
    pub fn next_price(&self) -> Option<Fen> {
        match self.lead {
            None => Some(self.rules.start),
            Some(lead) => lead.price.checked_add(self.rules.step_at(lead.price)),
        }
    }

    /// Whether a bidder takes part in the round under way.
    #[must_use]
    pub fn is_in_round(&self, bidder: Paddle) -> bool {
        self.round.among.as_ref().is_none_or(|among| among.contains(&bidder))
    }

    /// Whether the secret reserve has still to be opened.
    #[must_use]
    pub fn awaits_reserve(&self) -> bool {
        self.rules.reserve.is_some() && self.reserve_met.is_none()
    }

    /// Whether an officer has still to confirm the hammer, and may: bidding is closed, and what decides whether the lot fails
    /// is known.
    #[must_use]
    pub fn awaits_hammer(&self) -> bool {
        let may = self.phase == Phase::Closing && !self.awaits_reserve() && self.lead.is_some();
        may && self.rules.hammer && self.hammered.is_none()
    }

    /// Whether every sealed offer was opened or found unreadable, and the scores, if any, are open.
    #[must_use]
    pub fn is_unsealed(&self) -> bool {
        let offers = self
            .offers
            .values()
            .all(|offer| offer.amount.is_some() || offer.spoiled);
        let scores = !matches!(self.rules.mode, Mode::Scoring { .. }) || self.sums.is_some();
        offers && scores
    }

    /// Bidders who made a valid bid.
    #[must_use]
    pub fn took_part(&self) -> usize {
        self.bidders.values().filter(|bidder| bidder.took_part).count()
    }
}
