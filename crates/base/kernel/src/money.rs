//! Money. Amounts are whole 分 ([`Fen`]), never floating point; what people state about a price is a [`Money`]: an
//! amount, a range, a bound, a royalty, or that it is still to be talked about (domain §3.10). Nothing stated is never
//! counted as zero.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::value::Invalid;

mod state;
mod upper;

pub(crate) use state::{BASES, CURRENCIES, PERS, is_rate};

/// Fen in a yuan.
const FEN_PER_YUAN: i64 = 100;
/// Fen in a 万元 (ten thousand yuan).
const FEN_PER_WAN: i64 = 10_000 * FEN_PER_YUAN;

/// The greatest amount that a person may state: 1,000 亿元. All technology contracts of a province in a year come to a
/// few thousand 亿元, so one amount beyond this is a slip of the unit.
pub const MAX_FEN: i64 = 100_000_000_000 * FEN_PER_YUAN;

/// An amount in 分 (1/100 yuan; 1/100 of the unit for other currencies). May be negative, as a difference.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(i64);

impl Fen {
    /// This many fen.
    #[must_use]
    pub const fn new(fen: i64) -> Self {
        Self(fen)
    }

    /// This many yuan; nothing if it is beyond what 64 bits hold.
    #[must_use]
    pub fn from_yuan(yuan: i64) -> Option<Self> {
        yuan.checked_mul(FEN_PER_YUAN).map(Self)
    }

    /// The number of fen.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The sum, unless it overflows.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference, unless it overflows.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The multiple, unless it overflows.
    #[must_use]
    pub fn checked_mul(self, factor: i64) -> Option<Self> {
        self.0.checked_mul(factor).map(Self)
    }

    /// The amount in 万元, rounded half away from zero to two decimals, without needless zeros: `123.46`, `50`.
    #[must_use]
    pub fn wan(&self) -> String {
        const FEN_PER_CENTIWAN: u64 = (FEN_PER_WAN / 100) as u64;
        let hundredths = (self.0.unsigned_abs() + FEN_PER_CENTIWAN / 2) / FEN_PER_CENTIWAN;
        let sign = if self.0 < 0 && hundredths > 0 { "-" } else { "" };
        format!("{sign}{}", decimal_text(hundredths, 2))
    }

    /// The amount in capital numerals, as cheques and contracts have it: `壹佰贰拾叁万肆仟伍佰陆拾柒元整`.
    #[must_use]
    pub fn upper(&self) -> String {
        upper::upper(self.0)
    }
}

impl fmt::Display for Fen {
    /// `¥1,234,567.00`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fen = self.0.unsigned_abs();
        let yuan = (fen / 100).to_string();
        let mut grouped = String::with_capacity(yuan.len() + yuan.len() / 3);
        for (at, digit) in yuan.chars().enumerate() {
            if at > 0 && (yuan.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}¥{grouped}.{:02}", fen % 100)
    }
}

/// A number given in units of 10^-`places`, as a decimal without needless zeros.
fn decimal_text(scaled: u64, places: u32) -> String {
    let unit = 10_u64.pow(places);
    let (whole, rest) = (scaled / unit, scaled % unit);
    if rest == 0 {
        return whole.to_string();
    }
    let rest = format!("{rest:0width$}", width = places as usize);
    format!("{whole}.{}", rest.trim_end_matches('0'))
}

/// What kind of statement about money it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MoneyKind {
    /// One amount.
    Exact,
    /// From one amount to another.
    Range,
    /// At least, or more than, an amount.
    Min,
    /// At most, or less than, an amount.
    Max,
    /// About an amount.
    Approx,
    /// To be negotiated (面议).
    Negotiable,
    /// Not stated, or not settled yet.
    Unknown,
    /// A share of what the buyer earns, with or without an entry fee.
    Royalty,
}

/// What a person states about a price or a budget. Where it is stored, the raw text is kept beside it by the caller.
/// Deserialising checks that the parts agree with the kind; code that fills the fields by hand should use the
/// constructors.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "state::Unchecked")]
pub struct Money {
    /// What kind of statement it is; it decides which of the other parts are there.
    pub kind: MoneyKind,
    /// The lower end, in fen: of `exact`, `approx` (both ends are the amount), `range` and `min`.
    pub min_fen: Option<i64>,
    /// The upper end, in fen: of `exact`, `approx`, `range` and `max`.
    pub max_fen: Option<i64>,
    /// Whether the bound itself is left out (大于, 低于); of a range, its lower end.
    pub open: bool,
    /// ISO 4217 code, `CNY` unless another is named.
    pub currency: String,
    /// The period or piece that the amount is for: `year`, `quarter`, `month`, `time`, `piece`, `set`, `unit`, `mu`, `kg`,
    /// `ton`.
    pub per: Option<String>,
    /// The entry fee of a royalty, in fen.
    pub entry_fen: Option<i64>,
    /// The rate of a royalty in percent, as a decimal.
    pub rate_percent: Option<String>,
    /// What the rate is taken of: `销售额`, `净销售额`, `利润` …
    pub rate_base: Option<String>,
}

impl Money {
    fn bare(kind: MoneyKind) -> Self {
        Self {
            kind,
            min_fen: None,
            max_fen: None,
            open: false,
            currency: "CNY".to_owned(),
            per: None,
            entry_fen: None,
            rate_percent: None,
            rate_base: None,
        }
    }

    /// Exactly this amount, in yuan.
    #[must_use]
    pub fn exact(amount: Fen) -> Self {
        Self {
            min_fen: Some(amount.get()),
            max_fen: Some(amount.get()),
            ..Self::bare(MoneyKind::Exact)
        }
    }

    /// About this amount, in yuan.
    #[must_use]
    pub fn approx(amount: Fen) -> Self {
        Self {
            kind: MoneyKind::Approx,
            ..Self::exact(amount)
        }
    }

    /// From one amount to another. Ends in the wrong order are put right; equal ends make an exact amount.
    #[must_use]
    pub fn range(one: Fen, other: Fen) -> Self {
        if one == other {
            return Self::exact(one);
        }
        Self {
            min_fen: Some(one.min(other).get()),
            max_fen: Some(one.max(other).get()),
            ..Self::bare(MoneyKind::Range)
        }
    }

    /// At least this amount; more than it, if `open`.
    #[must_use]
    pub fn min(amount: Fen, open: bool) -> Self {
        Self {
            min_fen: Some(amount.get()),
            open,
            ..Self::bare(MoneyKind::Min)
        }
    }

    /// At most this amount; less than it, if `open`.
    #[must_use]
    pub fn max(amount: Fen, open: bool) -> Self {
        Self {
            max_fen: Some(amount.get()),
            open,
            ..Self::bare(MoneyKind::Max)
        }
    }

    /// To be negotiated.
    #[must_use]
    pub fn negotiable() -> Self {
        Self::bare(MoneyKind::Negotiable)
    }

    /// Not stated.
    #[must_use]
    pub fn unknown() -> Self {
        Self::bare(MoneyKind::Unknown)
    }

    /// The amount to count and sort by, in fen: the lower end, else the upper, else the entry fee. None where no
    /// amount is stated, which is not the same as zero.
    #[must_use]
    pub fn lead_fen(&self) -> Option<Fen> {
        self.min_fen.or(self.max_fen).or(self.entry_fen).map(Fen::new)
    }

    /// Checks that the parts agree with the kind and lie within [`MAX_FEN`].
    ///
    /// # Errors
    /// [`Invalid`] if they don't.
    pub fn check(&self) -> Result<(), Invalid> {
        if state::is_consistent(self) {
            Ok(())
        } else {
            Err(Invalid {
                what: "statement of money",
            })
        }
    }
}

impl fmt::Display for Money {
    /// The canonical notation, which [`crate::read::money`] reads back to the same: `50万元-100万元`, `大于200万元`,
    /// `约30万元`, `5,000元/年`, `入门费10万元+销售额3%`, `面议`, `待定`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&state::write(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fen_writes_itself() {
        assert_eq!(Fen::new(123_456_700).to_string(), "¥1,234,567.00");
        assert_eq!(Fen::new(5).to_string(), "¥0.05");
        assert_eq!(Fen::new(-100_000).to_string(), "-¥1,000.00");
        assert_eq!(Fen::new(i64::MIN).to_string(), "-¥92,233,720,368,547,758.08");
        assert_eq!(Fen::new(123_456_700).wan(), "123.46");
        assert_eq!(Fen::new(50_000_000).wan(), "50");
        assert_eq!(Fen::new(51_000_000).wan(), "51");
        assert_eq!(Fen::new(1_050_000).wan(), "1.05");
        assert_eq!(Fen::new(-1).wan(), "0");
        assert_eq!(Fen::new(i64::MIN).wan(), "-9223372036854.78");
    }

    #[test]
    fn arithmetic_refuses_to_overflow() {
        assert_eq!(Fen::from_yuan(3).unwrap().checked_add(Fen::new(1)), Some(Fen::new(301)));
        assert_eq!(Fen::from_yuan(i64::MAX), None);
        assert_eq!(Fen::new(i64::MAX).checked_add(Fen::new(1)), None);
        assert_eq!(Fen::new(i64::MIN).checked_sub(Fen::new(1)), None);
        assert_eq!(Fen::new(7).checked_mul(3), Some(Fen::new(21)));
        assert_eq!(Fen::new(i64::MAX).checked_mul(2), None);
    }

    #[test]
    fn nothing_stated_is_not_zero() {
        assert_eq!(Money::negotiable().lead_fen(), None);
        assert_eq!(Money::unknown().lead_fen(), None);
        assert_eq!(Money::range(Fen::new(9), Fen::new(3)).lead_fen(), Some(Fen::new(3)));
    }

    #[test]
    fn json_is_checked() {
        let json = serde_json::to_string(&Money::min(Fen::new(300), true)).unwrap();
        assert!(json.contains(r#""kind":"min""#));
        assert_eq!(
            serde_json::from_str::<Money>(&json).unwrap(),
            Money::min(Fen::new(300), true)
        );
        assert!(serde_json::from_str::<Money>(&json.replace("300", "-300")).is_err());
        assert!(serde_json::from_str::<Money>(&json.replace("\"min\"", "\"range\"")).is_err());
        assert!(serde_json::from_str::<Money>(&json.replace("CNY", "???")).is_err());
    }
}
