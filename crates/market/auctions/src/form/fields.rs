//! The fields of a lot's form: keys, kinds, parts of the page, and what they begin with.

use super::Typed;

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// A line.
    Line,
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// An amount of money.
    Money,
    /// An instant, by the minute, in China.
    When,
    /// One of these codes; words are `lot-KEY-CODE`.
    Choice(&'static [&'static str]),
}

/// A field: words are `lot-f-KEY` and, where there is a hint, `lot-h-KEY`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// Its key.
    pub(crate) key: &'static str,
    /// How it is filled in.
    pub(crate) input: Input,
    /// The part of the form that it belongs to; words are `lot-part-KEY`.
    pub(crate) part: &'static str,
    /// Whether something must be said.
    pub(crate) must: bool,
    /// What it begins with.
    pub(crate) usual: &'static str,
}

const fn field(part: &'static str, key: &'static str, input: Input, must: bool, usual: &'static str) -> Field {
    Field {
        key,
        input,
        part,
        must,
        usual,
    }
}

/// The fields, in the order of the page.
pub(crate) const FIELDS: [Field; 43] = [
    field("what", "title", Input::Line, true, ""),
    field(
        "what",
        "deal",
        Input::Choice(&["transfer", "exclusive", "sole", "ordinary"]),
        true,
        "transfer",
    ),
    field("what", "about", Input::Text, false, ""),
    field("what", "delivery", Input::Text, true, ""),
    field("what", "payment_days", Input::Number, true, "10"),
    field("what", "viewing_days", Input::Number, true, "2"),
    field("what", "viewing", Input::Text, false, ""),
    field("what", "qualification", Input::Text, false, ""),
    field("what", "representative", Input::Line, false, ""),
    field("what", "fee", Input::Line, true, "0"),
    field("what", "fee_payer", Input::Choice(&["buyer", "seller"]), true, "buyer"),
    field(
        "price",
        "profile",
        Input::Choice(&["default", "judicial", "state-owned"]),
        true,
        "default",
    ),
    field("price", "start", Input::Money, true, ""),
    field("price", "reserve", Input::Money, false, ""),
    field("price", "step", Input::Money, false, ""),
    field("price", "tiers", Input::Text, false, ""),
    field("price", "steps", Input::Number, true, "10"),
    field("price", "guard_steps", Input::Number, true, "3"),
    field("price", "guard_percent", Input::Number, true, "20"),
    field("price", "deposit", Input::Number, true, "10"),
    field("price", "bidders_min", Input::Number, true, "1"),
    field(
        "mode",
        "mode",
        Input::Choice(&["english", "sealed", "scoring", "dutch", "listed"]),
        true,
        "english",
    ),
    field("mode", "free", Input::Number, false, "60"),
    field("mode", "window", Input::Number, false, "300"),
    field("mode", "cap", Input::Number, false, ""),
    field("mode", "open", Input::Number, false, "60"),
    field("mode", "runoff", Input::Number, false, "10"),
    field("mode", "price_weight", Input::Number, false, "60"),
    field("mode", "criteria", Input::Text, false, ""),
    field("mode", "dutch_step", Input::Money, false, ""),
    field("mode", "dwell", Input::Number, false, "60"),
    field("mode", "floor", Input::Money, false, ""),
    field("mode", "then", Input::Choice(&["english", "sealed"]), false, "english"),
    field("mode", "round", Input::Number, false, "300"),
    field(
        "rights",
        "priority",
        Input::Choice(&["none", "hall", "ask"]),
        true,
        "none",
    ),
    field("rights", "ask", Input::Number, false, "180"),
    field("rights", "hammer", Input::Choice(&["none", "officer"]), true, "none"),
    field("rights", "publicity", Input::Number, true, "5"),
    field(
        "rights",
        "publicity_days",
        Input::Choice(&["working", "plain"]),
        true,
        "working",
    ),
    field("times", "notice", Input::Number, true, "7"),
    field("times", "registers_until", Input::When, true, ""),
    field("times", "starts", Input::When, true, ""),
    field("times", "pause_days", Input::Number, true, "5"),
];

/// The parts of the form, in order.
pub(crate) const PARTS: [&str; 5] = ["what", "price", "mode", "rights", "times"];

/// A form with what its fields begin with.
#[must_use]
pub(crate) fn usual() -> Typed {
    FIELDS
        .iter()
        .map(|field| (field.key.to_owned(), field.usual.to_owned()))
        .collect()
}
