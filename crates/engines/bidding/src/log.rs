//! What a lot's log is made of: commands as they were given, and the events that they came to.

use kernel::Fen;
use serde::{Deserialize, Serialize};

use crate::hash::Hash;
use crate::ledger::Movement;
use crate::why::Why;

/// An instant: microseconds of UTC since 1970.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct At(pub i64);

impl At {
    /// So many seconds later; stops at the end of time.
    #[must_use]
    pub fn plus_secs(self, secs: i64) -> Self {
        Self(self.0.saturating_add(secs.saturating_mul(1_000_000)))
    }

    /// How many microseconds lie between an earlier instant and this; below zero if it is later.
    #[must_use]
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A bidder's number in the hall (号牌): who it is, only the parties and the operators know.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Paddle(pub u32);

/// An operator or officer, by a number that the record of the lot resolves.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Officer(pub u32);

/// A client's own key for a command: given twice, it is answered as the first time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(pub u64);

/// How a bidder stands to the seller, as declared and checked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Not at all.
    None,
    /// An inventor of the thing sold, or a company of theirs: equal terms first (民法典 847).
    Inventor,
    /// A holder of a right of priority for another reason: a co-owner, a shareholder.
    Holder,
    /// The seller, or one of its group: may not bid.
    Affiliate,
}

/// What two officers decide together.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Grave {
    /// The lot stands still.
    Pause {
        /// Why, for everyone to read.
        reason: String,
    },
    /// The lot ends without a buyer.
    Terminate {
        /// Why, for everyone to read.
        reason: String,
    },
    /// The award is undone.
    Void {
        /// Why, for everyone to read.
        reason: String,
    },
}

/// Why a lot stood still by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// The store failed.
    Storage,
    /// The clock of the wall and the monotonic one went apart.
    Clock,
    /// Bids could not be put in order for a while.
    Gap,
    /// The process was away and came back.
    Restart,
}

/// What is asked of a lot.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Command {
    /// Time has passed.
    Tick,
    /// An officer finds rules and times right; two different ones are needed.
    Approve {
        /// Who.
        by: Officer,
    },
    /// The rules are frozen and published, with the times.
    Announce {
        /// Who.
        by: Officer,
        /// Registration closes.
        registers_until: At,
        /// Bidding begins.
        starts: At,
    },
    /// Somebody takes part.
    Register {
        /// Their number.
        bidder: Paddle,
        /// A commitment to who they are.
        who: Hash,
        /// How they stand to the seller.
        relation: Relation,
        /// Their rank among holders of priority, one first; none without the right.
        rank: Option<u8>,
    },
    /// A deposit moves.
    Deposit {
        /// Whose.
        bidder: Paddle,
        /// How.
        movement: Movement,
        /// How much.
        amount: Fen,
    },
    /// A bid.
    Bid {
        /// Whose.
        bidder: Paddle,
        /// How much.
        amount: Fen,
        /// The client's key.
        key: Key,
        /// Made by their proxy.
        #[serde(default, skip_serializing_if = "is_false")]
        auto: bool,
        /// They confirmed an unusually high one.
        #[serde(default, skip_serializing_if = "is_false")]
        confirmed: bool,
    },
    /// A holder of priority takes the lead at the leading price.
    Match {
        /// Whose.
        bidder: Paddle,
        /// The client's key.
        key: Key,
    },
    /// A sealed offer, known by its hash until it is opened; a later one takes its place.
    Seal {
        /// Whose.
        bidder: Paddle,
        /// [`crate::hash::commit_offer`].
        offer: Hash,
        /// The client's key.
        key: Key,
    },
    /// A sealed offer is opened.
    Open {
        /// Whose.
        bidder: Paddle,
        /// How much it says.
        amount: Fen,
        /// What it was sealed with, in hexadecimal.
        nonce: String,
    },
    /// A sealed offer can't be read.
    Spoil {
        /// Whose.
        bidder: Paddle,
    },
    /// The scores of a scoring lot are sealed.
    SealScores {
        /// [`crate::hash::commit_scores`].
        scores: Hash,
    },
    /// The scores are opened: for each bidder one figure, 0–100, a criterion.
    OpenScores {
        /// Bidders and figures in hundredths of a point.
        scores: Vec<(Paddle, Vec<i64>)>,
        /// What they were sealed with, in hexadecimal.
        salt: String,
    },
    /// A bidder takes a falling price.
    Accept {
        /// Whose.
        bidder: Paddle,
        /// The step whose price they saw.
        step: u32,
        /// The client's key.
        key: Key,
    },
    /// A bidder takes a listed price.
    Take {
        /// Whose.
        bidder: Paddle,
        /// The client's key.
        key: Key,
    },
    /// The secret reserve is opened.
    OpenReserve {
        /// How much it is.
        amount: Fen,
        /// What it was sealed with, in hexadecimal.
        salt: String,
    },
    /// An officer confirms the hammer: what was bid, by whom and at what price stands as the log has it.
    Hammer {
        /// Who.
        by: Officer,
    },
    /// A holder of priority answers whether they take the lot at its price.
    Answer {
        /// Whose.
        bidder: Paddle,
        /// Whether.
        takes: bool,
    },
    /// An officer asks for something grave; it happens when another seconds it.
    Propose {
        /// Who.
        by: Officer,
        /// What.
        grave: Grave,
    },
    /// Another officer agrees.
    Second {
        /// Who.
        by: Officer,
    },
    /// A paused lot is to go on, after its notice.
    Resume {
        /// Who.
        by: Officer,
        /// Why it may, for everyone to read.
        reason: String,
    },
    /// Something is wrong with the machine.
    Unhealthy {
        /// What.
        trouble: Trouble,
    },
    /// The award stands unless somebody objects until then.
    Publish {
        /// The end of the publicity, by working days where the rules say so.
        until: At,
    },
    /// The award is final.
    Confirm {
        /// Who.
        by: Officer,
    },
    /// The winner does not buy (悔拍).
    Default {
        /// Who says so.
        by: Officer,
        /// Why, for everyone to read.
        reason: String,
    },
    /// The seller takes the lot back, before it is live.
    Withdraw {
        /// Who.
        by: Officer,
        /// Why, for everyone to read.
        reason: String,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
pub(crate) fn is_false(value: &bool) -> bool {
    !value
}

/// What became of a command.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Event {
    /// Refused; nothing else changes.
    Refused {
        /// Why.
        why: Why,
    },
    /// An officer approved.
    Approved {
        /// Who.
        by: Officer,
        /// Whether that was the second.
        reviewed: bool,
    },
    /// The rules are frozen.
    Announced {
        /// Their hash.
        rules: Hash,
        /// Registration closes.
        registers_until: At,
        /// Bidding begins.
        starts: At,
    },
    /// A bidder takes part.
    Registered {
        /// Their number.
        bidder: Paddle,
        /// Their rank among holders of priority.
        rank: Option<u8>,
    },
    /// A deposit moved.
    Deposited {
        /// Whose.
        bidder: Paddle,
        /// How.
        movement: Movement,
        /// How much.
        amount: Fen,
    },
    /// Registration is over.
    Readied,
    /// Bidding began; the first phase ends then.
    Started {
        /// The end of the phase.
        end: At,
    },
    /// The free period is over; timed windows run.
    Timed {
        /// The end of the window.
        end: At,
    },
    /// A bid leads; the lot ends then, unless another comes.
    Led {
        /// Whose.
        bidder: Paddle,
        /// At what price.
        price: Fen,
        /// The end of the phase.
        end: At,
        /// By the right of priority.
        #[serde(default, skip_serializing_if = "is_false")]
        matched: bool,
    },
    /// A sealed offer came.
    Sealed {
        /// Whose.
        bidder: Paddle,
        /// By what it is known.
        offer: Hash,
    },
    /// Sealed offers are over; they are opened now.
    Unsealing,
    /// A sealed offer was opened.
    Opened {
        /// Whose.
        bidder: Paddle,
        /// How much it says.
        amount: Fen,
    },
    /// A sealed offer could not be read.
    Spoiled {
        /// Whose.
        bidder: Paddle,
    },
    /// One more sealed round, among these.
    Round {
        /// Who takes part.
        among: Vec<Paddle>,
        /// Offers must be above this; the same as this or above in a run-off.
        above: Fen,
        /// Its end.
        end: At,
    },
    /// The scores are sealed.
    ScoresSealed {
        /// To what.
        scores: Hash,
    },
    /// The scores are open.
    ScoresOpened {
        /// Bidders with their sums, in hundredths of a point times weight.
        sums: Vec<(Paddle, i64)>,
    },
    /// The price fell.
    Fell {
        /// Which step, the start being 0.
        step: u32,
        /// The price.
        price: Fen,
        /// How long it stands.
        end: At,
    },
    /// A bidder took a listed price.
    Taken {
        /// Whose.
        bidder: Paddle,
    },
    /// No more bids; what remains is to open the reserve.
    Closing,
    /// The reserve is known.
    ReserveOpened {
        /// How much it is.
        amount: Fen,
        /// Whether the price reached it.
        met: bool,
    },
    /// An officer confirmed the hammer.
    Hammered {
        /// Who.
        by: Officer,
    },
    /// Holders of priority are asked in their order.
    Asked {
        /// Who is asked.
        bidder: Paddle,
        /// Until when.
        until: At,
    },
    /// There is a buyer, provisionally.
    Awarded {
        /// Who.
        bidder: Paddle,
        /// At what price.
        price: Fen,
    },
    /// The award is on show.
    Published {
        /// Until when.
        until: At,
    },
    /// The award is final.
    Confirmed,
    /// No buyer (流拍).
    Failed {
        /// Why.
        why: Why,
    },
    /// The winner did not buy (悔拍).
    Defaulted {
        /// Why.
        reason: String,
    },
    /// The award was undone.
    Voided {
        /// Why.
        reason: String,
    },
    /// Ended without a buyer by decision (终结).
    Terminated {
        /// Why.
        reason: String,
    },
    /// Something grave was asked for.
    Proposed {
        /// By whom.
        by: Officer,
        /// What.
        grave: Grave,
    },
    /// The lot stands still.
    Paused {
        /// Why, in words, where officers decided so.
        reason: Option<String>,
        /// What is wrong with the machine, where it paused by itself.
        trouble: Option<Trouble>,
    },
    /// The lot will go on then.
    Resuming {
        /// When.
        at: At,
        /// Why it may.
        reason: String,
    },
    /// The lot goes on; everyone has a complete window.
    Resumed {
        /// The end of the phase.
        end: At,
    },
}

/// One line of a lot's log.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Step {
    /// Its place, from 1 without a gap.
    pub seq: u64,
    /// When it was put in order; never before the step before it.
    pub at: At,
    /// What was asked.
    pub command: Command,
    /// What it came to, in order.
    pub events: Vec<Event>,
}

impl Step {
    /// Why it was refused, if it was.
    #[must_use]
    pub fn refused(&self) -> Option<&Why> {
        match self.events.as_slice() {
            [Event::Refused { why }] => Some(why),
            _ => None,
        }
    }
}
