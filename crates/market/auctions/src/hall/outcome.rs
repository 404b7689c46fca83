//! What became of a bid, in the reader's language: placed, refused and why, to be confirmed, busy, or unknown.

use bidding::sequencer::Reply;
use bidding::{State, Why};
use jcore::Cx;
use kernel::Fen;

use super::amount::{bare, beside};
use super::floor::Given;
use super::view::number;

/// What became of it.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// It was put in order and accepted.
    Placed {
        /// Where.
        seq: u64,
        /// The price after it.
        price: Option<Fen>,
        /// Whether its bidder leads.
        leads: bool,
    },
    /// It was put in order and refused; nothing else changed.
    Refused {
        /// Where.
        seq: u64,
        /// Why.
        why: Why,
    },
    /// It was not sent: the bidder is to look at it once more.
    Confirm(Fen),
    /// It was not sent: what was typed is no amount.
    Unread,
    /// Nothing was placed: the queue is full.
    Busy,
    /// Nothing was placed: too many at once from here.
    TooMany,
    /// Whether it was placed is not known: to be asked again with the same key.
    Unknown,
}

impl Outcome {
    /// Of the log's reply.
    pub(crate) fn of(given: &Given) -> Self {
        match given {
            Given::Busy | Given::Reply(Reply::Away) => Self::Busy,
            Given::Reply(Reply::Unknown) => Self::Unknown,
            Given::Reply(Reply::Done { seq, refused }) => Self::settled(*seq, *refused, None, false),
            Given::Reply(Reply::Answered { answer, .. }) => {
                Self::settled(answer.seq, answer.refused, answer.price, answer.leads)
            }
        }
    }

    fn settled(seq: u64, refused: Option<Why>, price: Option<Fen>, leads: bool) -> Self {
        match refused {
            Some(why) => Self::Refused { seq, why },
            None => Self::Placed { seq, price, leads },
        }
    }

    /// Its code; words are `hall-outcome-CODE`, with `.text`.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Placed { .. } => "placed",
            Self::Refused { .. } => "refused",
            Self::Confirm(_) => "confirm",
            Self::Unread => "unread",
            Self::Busy => "busy",
            Self::TooMany => "too-many",
            Self::Unknown => "unknown",
        }
    }

    /// Whether the same form is to be sent again, with its key.
    pub(crate) fn is_retry(&self) -> bool {
        matches!(self, Self::Busy | Self::TooMany | Self::Unknown)
    }

    /// Its place in the log, where it has one.
    pub(crate) fn seq(&self) -> Option<u64> {
        match self {
            Self::Placed { seq, .. } | Self::Refused { seq, .. } => Some(*seq),
            _ => None,
        }
    }

    /// Its class.
    pub(crate) fn class(&self) -> &'static str {
        match self {
            Self::Placed { .. } => "",
            Self::Refused { .. } | Self::Unread => "bad",
            _ => "warn",
        }
    }

    /// Its title.
    pub(crate) fn title(&self, cx: &Cx) -> String {
        cx.t(&format!("hall-outcome-{}", self.code()))
    }

    /// What it means and what to do.
    pub(crate) fn text(&self, cx: &Cx) -> String {
        let id = format!("hall-outcome-{}.text", self.code());
        match self {
            Self::Placed { seq, price, leads } => {
                let lead = match (price, leads) {
                    (Some(price), true) => cx.ta("hall-outcome-leads", &[("amount", bare(*price))]),
                    (Some(price), false) => cx.ta("hall-outcome-price", &[("amount", bare(*price))]),
                    (None, _) => String::new(),
                };
                cx.ta(&id, &[("seq", seq.to_string()), ("lead", lead)])
            }
            Self::Refused { seq, why } => cx.ta(&id, &[("seq", seq.to_string()), ("why", why_words(cx, *why))]),
            Self::Confirm(fen) => cx.ta(
                &id,
                &[
                    ("amount", bare(*fen)),
                    ("upper", fen.upper()),
                    ("wan", beside(cx, *fen)),
                ],
            ),
            _ => cx.t(&id),
        }
    }
}

/// Why the engine refused, in words; amounts without sign and needless 分, as the sentences ask for.
#[must_use]
pub(crate) fn why_words(cx: &Cx, why: Why) -> String {
    let args: Vec<(&str, String)> = why
        .arg()
        .map(|(name, value)| {
            let value = value.replace('¥', "");
            (name, value.strip_suffix(".00").map_or(value.clone(), str::to_owned))
        })
        .into_iter()
        .collect();
    cx.ta(&format!("bidding-why-{}", why.code()), &args)
}

/// Words for the script, which fills `{…}` in: so that what script says is what pages say.
pub(crate) fn script_words(cx: &Cx, state: &State) -> serde_json::Value {
    let hole = |name: &'static str| (name, format!("{{{name}}}"));
    let holes = [
        hole("who"),
        hole("amount"),
        hole("until"),
        hole("text"),
        hole("paddle"),
        hole("n"),
    ];
    let mut words = serde_json::Map::new();
    let mut put = |key: &str, id: &str| {
        words.insert(key.to_owned(), cx.ta(id, &holes).into());
    };
    const LINES: [&str; 32] = [
        "announced",
        "started",
        "timed",
        "bid",
        "auto",
        "match",
        "accept",
        "led",
        "sealed",
        "unsealing",
        "opened",
        "spoiled",
        "round",
        "scores-sealed",
        "scores-opened",
        "fell",
        "taken",
        "closing",
        "reserve-met",
        "reserve-unmet",
        "asked",
        "awarded",
        "published",
        "confirmed",
        "failed",
        "terminated",
        "defaulted",
        "voided",
        "paused",
        "paused-self",
        "resuming",
        "resumed",
    ];
    for kind in LINES {
        put(&format!("line-{kind}"), &format!("hall-line-{kind}"));
    }
    for code in ["storage", "clock", "gap", "restart", "other"] {
        put(&format!("trouble-{code}"), &format!("hall-trouble-{code}"));
    }
    for code in ["no-bids", "few-bidders", "reserve-unmet"] {
        put(&format!("why-{code}"), &format!("bidding-why-{code}"));
    }
    for key in [
        "who-you",
        "who-other",
        "who-number",
        "lead-you",
        "lead-other",
        "lead-number",
        "left-days",
        "step-n",
        "ping",
        "price-now",
        "line-lost",
        "line-back",
        "range",
        "step-on",
        "unread",
        "spoken-price",
        "spoken-you",
        "unsure",
        "sending",
        "ask-again",
        "count-bids",
        "count-offers",
        "count-takers",
    ] {
        put(key, &format!("hall-{key}"));
    }
    put("wan", "word-wan");
    words.insert("mode".into(), crate::model::mode_code(&state.rules.mode).into());
    words.into()
}

/// A receipt's name as a file.
#[must_use]
pub(crate) fn receipt_name(lot: &str, paddle: u32, seq: u64) -> String {
    format!("receipt-{lot}-{}-{seq}.json", number(paddle))
}
