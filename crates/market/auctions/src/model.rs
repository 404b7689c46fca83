//! Lots and who takes part in them, as the store has them.

use bidding::{Hash, Mode, Paddle, Phase, Relation, Rules, Stage};
use jcore::{App, Fault, Result, Subject, Withheld};
use kernel::text::hex;
use kernel::{Fen, OrgId, Region, Stamp, UserId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where a lot stands before its log begins to say so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LotState {
    /// It is being written, and waits for two officers' approval.
    Draft,
    /// Two officers approved rules and times; it may be announced.
    Reviewed,
    /// It is announced: where it stands is for its log to say.
    Logged,
    /// Given up before it was announced.
    Dropped,
}

impl LotState {
    /// The stored form; words are `lot-state-CODE`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Reviewed => "reviewed",
            Self::Logged => "logged",
            Self::Dropped => "dropped",
        }
    }

    fn from_code(code: &str) -> Self {
        match code {
            "reviewed" => Self::Reviewed,
            "logged" => Self::Logged,
            "dropped" => Self::Dropped,
            _ => Self::Draft,
        }
    }
}

/// Every point of a lot's life with its stored form; words are `lot-phase-CODE`.
pub const PHASES: [(Phase, &str); 19] = [
    (Phase::Draft, "draft"),
    (Phase::Reviewed, "reviewed"),
    (Phase::Announced, "announced"),
    (Phase::Ready, "ready"),
    (Phase::Free, "free"),
    (Phase::Timed, "timed"),
    (Phase::Offers, "offers"),
    (Phase::Unsealing, "unsealing"),
    (Phase::Falling, "falling"),
    (Phase::Listed, "listed"),
    (Phase::Closing, "closing"),
    (Phase::Asking, "asking"),
    (Phase::Provisional, "provisional"),
    (Phase::Publicity, "publicity"),
    (Phase::Confirmed, "confirmed"),
    (Phase::Failed, "failed"),
    (Phase::Terminated, "terminated"),
    (Phase::Defaulted, "defaulted"),
    (Phase::Voided, "voided"),
];

/// The stored forms of the points at which bids are taken or something is decided.
pub const LIVE: [&str; 8] = [
    "free",
    "timed",
    "offers",
    "unsealing",
    "falling",
    "listed",
    "closing",
    "asking",
];
/// Of those before.
pub const COMING: [&str; 2] = ["announced", "ready"];
/// Of those at which there is a buyer.
pub const SOLD: [&str; 3] = ["provisional", "publicity", "confirmed"];
/// Of those at which there is none, at the end.
pub const UNSOLD: [&str; 4] = ["failed", "terminated", "defaulted", "voided"];
/// All after bidding.
pub const ENDED: [&str; 7] = [
    "provisional",
    "publicity",
    "confirmed",
    "failed",
    "terminated",
    "defaulted",
    "voided",
];

/// The stored form of a point in a lot's life.
#[must_use]
pub fn phase_code(phase: Phase) -> &'static str {
    PHASES
        .iter()
        .find(|(known, _)| *known == phase)
        .map_or("draft", |(_, code)| code)
}

/// Reads the stored form; what is none counts as a draft.
#[must_use]
pub fn phase_of(code: &str) -> Phase {
    PHASES
        .iter()
        .find(|(_, known)| *known == code)
        .map_or(Phase::Draft, |(phase, _)| *phase)
}

/// The kind of a mode; words are `lot-mode-CODE`.
#[must_use]
pub fn mode_code(mode: &Mode) -> &'static str {
    match mode {
        Mode::English { .. } => "english",
        Mode::Sealed { .. } => "sealed",
        Mode::Scoring { .. } => "scoring",
        Mode::Dutch { .. } => "dutch",
        Mode::Listed { .. } => "listed",
    }
}

/// What stands in a lot's notice beside its rules. Everything of it is public.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Terms {
    /// What is sold: `transfer`, `exclusive`, `sole`, `ordinary`; words are `lot-deal-CODE`.
    pub deal: String,
    /// A few words about the lot.
    pub about: String,
    /// What the buyer receives, when and how.
    pub delivery: String,
    /// Days after confirmation within which the price is to be paid.
    pub payment_days: i64,
    /// Days on which the lot may be viewed before bidding.
    pub viewing_days: i64,
    /// How and with whom to view.
    pub viewing: String,
    /// What a bidder must be.
    pub qualification: String,
    /// The service fee in hundredths of a percent of the price; none is charged at zero.
    pub fee_bp: i64,
    /// Who pays the fee: `buyer` or `seller`.
    pub fee_payer: String,
    /// The criteria of a scoring lot in words, by key.
    #[serde(default)]
    pub criteria: Vec<(String, String)>,
    /// A keyed fingerprint of the seller's legal representative, against which bidders are held; empty where none was said.
    #[serde(default)]
    pub representative_key: String,
}

impl Terms {
    /// The service fee at a price, down to whole 分.
    #[must_use]
    pub fn fee(&self, price: Fen) -> Fen {
        /// Hundredths of a percent in a whole.
        const WHOLE: i128 = 10_000;
        let fee = i128::from(price.get()) * i128::from(self.fee_bp) / WHOLE;
        Fen::new(i64::try_from(fee).unwrap_or(i64::MAX))
    }
}

/// A lot as stored.
#[derive(Debug, Clone, Default, sqlx::FromRow)]
pub struct Lot {
    /// Its id; in the log, as text.
    pub id: Uuid,
    /// The number that people call it by.
    pub number: String,
    /// The seller.
    pub org_id: Uuid,
    /// Where the seller lies.
    pub region: String,
    /// The programme under which it was made.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// [`LotState`]'s code.
    pub state: String,
    /// The mode's code.
    pub mode: String,
    /// [`Rules`] as JSON.
    pub rules: String,
    /// [`Terms`] as JSON.
    pub terms: String,
    /// The secret reserve, sealed.
    pub(crate) reserve: Option<Vec<u8>>,
    /// The hash of the rules, once they are announced.
    pub rules_hash: String,
    /// The start, in 分.
    pub start_fen: i64,
    /// When registration closes, UTC microseconds, as all instants here.
    pub registers_until: Option<i64>,
    /// When bidding begins.
    pub starts_at: Option<i64>,
    /// Counts the changes.
    pub version: i64,
    /// The lot that this one follows.
    pub origin_id: Option<Uuid>,
    /// How often it is on sale: the first time is 1.
    pub round: i64,
    /// The log's phase, mirrored.
    pub phase: String,
    /// Steps of the log that the mirror has seen.
    pub seq: i64,
    /// The leading or asked price, mirrored, in 分.
    pub price_fen: Option<i64>,
    /// Bids, mirrored.
    pub bids: i64,
    /// Bidders, mirrored.
    pub bidders: i64,
    /// The end of the phase, mirrored.
    pub end_at: Option<i64>,
    /// When it was announced.
    pub announced_at: Option<i64>,
    /// When bidding closed.
    pub closed_at: Option<i64>,
    /// The winner's paddle.
    pub award_paddle: Option<i64>,
    /// The price awarded, in 分.
    pub award_fen: Option<i64>,
    /// Until when the award is on show.
    pub published_until: Option<i64>,
    /// When it was confirmed.
    pub confirmed_at: Option<i64>,
    /// Why it ended without a buyer, in words or as the code of a reason.
    pub ended_why: String,
    /// Who made it.
    pub created_by: Option<Uuid>,
    /// When.
    pub created_at: i64,
    /// When it last changed.
    pub changed_at: i64,
}

impl Lot {
    /// A draft with nothing said yet, on sale for the first time.
    #[must_use]
    pub fn draft(id: Uuid, now: i64) -> Self {
        Self {
            id,
            state: LotState::Draft.code().to_owned(),
            version: 1,
            round: 1,
            phase: phase_code(Phase::Draft).to_owned(),
            created_at: now,
            changed_at: now,
            ..Self::default()
        }
    }

    /// Its name in the log.
    #[must_use]
    pub fn key(&self) -> String {
        self.id.to_string()
    }

    /// Where it stands before its log.
    #[must_use]
    pub fn state(&self) -> LotState {
        LotState::from_code(&self.state)
    }

    /// Where its log stands, by the mirror.
    #[must_use]
    pub fn phase(&self) -> Phase {
        phase_of(&self.phase)
    }

    /// Whether everybody may see it: it is or was announced.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.state() == LotState::Logged
    }

    /// The seller.
    #[must_use]
    pub fn org(&self) -> OrgId {
        self.org_id.into()
    }

    /// What the who-may table is asked about.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject::org(self.org(), Region::new(&self.region))
    }

    /// Its rules.
    ///
    /// # Errors
    /// When the store holds something else.
    pub fn rules(&self) -> Result<Rules> {
        serde_json::from_str(&self.rules).map_err(|e| Fault::internal(format!("rules of lot {}: {e}", self.id)))
    }

    /// What stands beside the rules.
    ///
    /// # Errors
    /// When the store holds something else.
    pub fn terms(&self) -> Result<Terms> {
        serde_json::from_str(&self.terms).map_err(|e| Fault::internal(format!("terms of lot {}: {e}", self.id)))
    }

    /// The start.
    #[must_use]
    pub fn start(&self) -> Fen {
        Fen::new(self.start_fen)
    }

    /// What two officers approve and everybody reads: what is sold, the rules, the times, the terms.
    ///
    /// # Errors
    /// When the store holds something else.
    pub fn notice(&self, items: &[Uuid]) -> Result<LotNotice> {
        Ok(LotNotice {
            number: self.number.clone(),
            title: self.title.clone(),
            seller: self.org_id,
            items: items.to_vec(),
            rules: self.rules()?,
            registers_until: self.registers_until,
            starts: self.starts_at,
            terms: self.terms()?,
        })
    }

    pub(crate) fn reserve_place(id: Uuid) -> String {
        format!("lot.reserve/{id}")
    }

    /// The secret reserve with its salt, for sealing and for opening it in the log at the close.
    pub(crate) fn secret(&self, app: &App) -> Result<Option<Withheld<Reserve>>> {
        let open = |sealed: &Vec<u8>| app.keys.open_json(&Self::reserve_place(self.id), sealed);
        self.reserve.as_ref().map(open).transpose()
    }
}

/// The secret reserve (保留价) with what it is sealed with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reserve {
    /// How much.
    pub amount: Fen,
    /// The salt of its commitment, in hexadecimal.
    pub salt: String,
}

/// A lot's notice: known by its hash, so that who approved, announced or accepted it did so to this and nothing else.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct LotNotice {
    /// The lot's number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The seller.
    pub seller: Uuid,
    /// What is sold.
    pub items: Vec<Uuid>,
    /// The rules.
    pub rules: Rules,
    /// When registration closes.
    pub registers_until: Option<i64>,
    /// When bidding begins.
    pub starts: Option<i64>,
    /// The terms beside the rules.
    pub terms: Terms,
}

impl LotNotice {
    /// What it is known by.
    #[must_use]
    pub fn hash(&self) -> Hash {
        Hash::of_json(b"jiebang.notice", self)
    }
}

/// Who a bidder is: sealed in the store, hidden behind a commitment in the log.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Identity {
    /// The person who acts.
    pub user: Uuid,
    /// Their name.
    pub person: String,
    /// The organisation that they bid for; none: for themselves.
    pub org: Option<Uuid>,
    /// Its name.
    pub org_name: String,
    /// Its credit code or number.
    pub org_code: String,
    /// The legal representative.
    pub representative: String,
    /// A telephone number.
    pub phone: String,
    /// What they say of the qualification asked for.
    pub qualification: String,
    /// What they declared of their relation to the seller and the inventors.
    pub declared: String,
    /// Where a deposit goes back: bank.
    pub bank: String,
    /// The account's holder.
    pub holder: String,
    /// The account's number.
    pub account: String,
    /// The salt of the commitment, in hexadecimal.
    pub salt: String,
}

impl Identity {
    /// The name under which they bid.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.org.is_some() {
            &self.org_name
        } else {
            &self.person
        }
    }

    /// What a full package says of them, and the commitment is made to.
    #[must_use]
    pub fn as_person(&self, paddle: Paddle) -> bidding::evidence::Person {
        let identity = if self.org.is_some() {
            format!("{} {} ({})", self.org_name, self.org_code, self.person)
        } else {
            self.person.clone()
        };
        bidding::evidence::Person {
            paddle: paddle.0,
            salt: self.salt.clone(),
            identity,
        }
    }
}

/// Where a registration stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BidderState {
    /// It waits for an officer.
    Asked,
    /// It was admitted, and the log says so or will at once.
    Admitted,
    /// It was refused with a reason.
    Refused,
}

impl BidderState {
    /// The stored form; words are `lot-bidder-CODE`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Admitted => "admitted",
            Self::Refused => "refused",
        }
    }
}

/// Somebody who takes part, as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Bidder {
    /// Its id.
    pub id: Uuid,
    /// Which lot.
    pub lot_id: Uuid,
    /// The number in the hall.
    pub paddle: i64,
    /// A keyed fingerprint of the person.
    pub user_key: String,
    /// A keyed fingerprint of whom they bid for.
    pub org_key: String,
    /// [`Identity`], sealed.
    pub(crate) body: Vec<u8>,
    /// The commitment to it.
    pub commitment: String,
    /// The relation's code.
    pub relation: String,
    /// The rank among holders of a right of priority.
    pub rank: Option<i64>,
    /// What the bank's remark must say.
    pub pay_code: String,
    /// The hash of the notice that they accepted.
    pub rules_hash: String,
    /// The scan of the mandate.
    pub file_id: Option<Uuid>,
    /// [`BidderState`]'s code.
    pub state: String,
    /// Why it was refused.
    pub reason: String,
    /// Where the deposit stands, mirrored.
    pub stage: String,
    /// When they asked.
    pub asked_at: i64,
    /// When it was decided.
    pub decided_at: Option<i64>,
}

impl Bidder {
    /// The number in the hall.
    #[must_use]
    pub fn paddle(&self) -> Paddle {
        Paddle(u32::try_from(self.paddle).unwrap_or(0))
    }

    /// Where the registration stands.
    #[must_use]
    pub fn state(&self) -> BidderState {
        match self.state.as_str() {
            "admitted" => BidderState::Admitted,
            "refused" => BidderState::Refused,
            _ => BidderState::Asked,
        }
    }

    /// How they stand to the seller.
    #[must_use]
    pub fn relation(&self) -> Relation {
        relation_of(&self.relation)
    }

    pub(crate) fn place(id: Uuid) -> String {
        format!("lot_bidder.body/{id}")
    }

    /// Who they are.
    ///
    /// # Errors
    /// When it does not open.
    pub fn identity(&self, app: &App) -> Result<Withheld<Identity>> {
        app.keys.open_json(&Self::place(self.id), &self.body)
    }
}

/// The stored form of a relation; words are `lot-relation-CODE`.
#[must_use]
pub fn relation_code(relation: Relation) -> &'static str {
    match relation {
        Relation::None => "none",
        Relation::Inventor => "inventor",
        Relation::Holder => "holder",
        Relation::Affiliate => "affiliate",
    }
}

/// Reads the stored form.
#[must_use]
pub fn relation_of(code: &str) -> Relation {
    match code {
        "inventor" => Relation::Inventor,
        "holder" => Relation::Holder,
        "affiliate" => Relation::Affiliate,
        _ => Relation::None,
    }
}

/// The stored form of a deposit's stage; words are `lot-stage-CODE`.
#[must_use]
pub fn stage_code(stage: Stage) -> &'static str {
    match stage {
        Stage::None => "none",
        Stage::Pledged => "pledged",
        Stage::BankSeen => "bank-seen",
        Stage::Confirmed => "confirmed",
        Stage::Locked => "locked",
        Stage::Released => "released",
        Stage::Applied => "applied",
        Stage::Forfeited => "forfeited",
    }
}

/// The fingerprint by which a person's rows are found without saying whose they are.
#[must_use]
pub fn user_key(app: &App, user: UserId) -> String {
    hex(&app.keys.fingerprint(&[b"lot.user", user.uuid().as_bytes()]))
}

/// The fingerprint of whom somebody bids for: an organisation, or else themselves.
#[must_use]
pub fn party_key(app: &App, user: UserId, org: Option<OrgId>) -> String {
    match org {
        Some(org) => hex(&app.keys.fingerprint(&[b"lot.org", org.uuid().as_bytes()])),
        None => hex(&app.keys.fingerprint(&[b"lot.self", user.uuid().as_bytes()])),
    }
}

/// An instant for the log.
#[must_use]
pub fn at(stamp: Stamp) -> bidding::At {
    bidding::At(stamp.micros())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phase_of_a_log_is_before_at_or_after_bidding() {
        for (phase, code) in PHASES {
            let live = phase.is_live() || phase == Phase::Closing;
            assert_eq!(LIVE.contains(&code), live, "{code}");
            assert_eq!(
                ENDED.contains(&code),
                SOLD.contains(&code) || UNSOLD.contains(&code),
                "{code}"
            );
            let places = [&LIVE[..], &COMING, &ENDED]
                .iter()
                .filter(|group| group.contains(&code))
                .count();
            let in_log = !matches!(phase, Phase::Draft | Phase::Reviewed);
            assert_eq!(places, usize::from(in_log), "{code}");
        }
    }
}
