//! Quantified technical demands of a need or claims of an achievement (§3.3 技术指标表: name, comparison, target, unit, present value).

mod number;
mod part;
mod read;

use serde::{Deserialize, Serialize};
use std::fmt;

pub(crate) use read::read;

/// Longest name and longest present value, in characters: a demand is a line, not a paragraph.
pub(crate) const NAME_MAX: usize = 60;
/// Longest unit, in characters: `mg/(kg·d)` has nine, a counted thing such as `条示范生产线` a few.
pub(crate) const UNIT_MAX: usize = 24;
/// Most indicators of one record: a contest with more can't be judged.
pub(crate) const COUNT_MAX: usize = 40;

/// How a result compares with the target.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// ≥
    Ge,
    /// ≤
    Le,
    /// >
    Gt,
    /// <
    Lt,
    /// =
    Eq,
    /// From `value` to `value_max`.
    Range,
    /// `value` ± `value_max`; without a nominal value, `value` is the tolerance: `±0.05`.
    PlusMinus,
}

impl Comparison {
    /// The sign that is written; a range has none.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Ge => "≥",
            Comparison::Le => "≤",
            Comparison::Gt => ">",
            Comparison::Lt => "<",
            Comparison::Eq => "=",
            Comparison::Range => "",
            Comparison::PlusMinus => "±",
        }
    }
}

/// One quantified demand (R126, R140). Those that the reader gives are written by `Display` in a notation that reads back to the same.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Indicator {
    /// What is measured, e.g. `齿向变形`, with conditions in brackets.
    pub name: String,
    /// How the result compares with the target.
    pub comparison: Comparison,
    /// The target as decimal text, in `unit`.
    pub value: String,
    /// The upper end of a range, or the tolerance about a nominal value; decimal text.
    pub value_max: Option<String>,
    /// The unit as written; empty for a plain number.
    pub unit: String,
    /// Where things stand today, as written.
    pub present: Option<String>,
}

impl Indicator {
    /// Reads one or several indicators of a text that a form's [`crate::Kind::Indicators`] takes. A field's reader says more: which part
    /// it can't read, and why.
    pub fn read_all(text: &str) -> Option<Vec<Indicator>> {
        read(text).value
    }

    /// Whether it is written as it reads: false for one put together by hand with, say, a number in words.
    pub fn is_canonical(&self) -> bool {
        read::canonical(self)
    }
}

impl fmt::Display for Indicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.name)?;
        match (self.comparison, &self.value_max) {
            (Comparison::Range, Some(max)) => write!(f, "{}–{max}", self.value)?,
            (Comparison::PlusMinus, Some(tolerance)) => write!(f, "{}±{tolerance}", self.value)?,
            (comparison, _) => write!(f, "{}{}", comparison.sign(), self.value)?,
        }
        if !self.unit.is_empty() {
            write!(f, " {}", self.unit)?;
        }
        match &self.present {
            Some(present) => write!(f, "（现状 {present}）"),
            None => Ok(()),
        }
    }
}

/// Several indicators as one text, as [`Indicator::read_all`] reads them.
pub(crate) fn write(indicators: &[Indicator]) -> String {
    indicators
        .iter()
        .map(Indicator::to_string)
        .collect::<Vec<_>>()
        .join("；")
}

#[cfg(test)]
mod tests;
