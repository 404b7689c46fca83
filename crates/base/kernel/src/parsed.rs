//! The readers by name, and what they made of a text in one shape for all: for scripts that ask what a text says
//! without knowing our types. The shapes are stable; keys may be added, never renamed.

use serde::Serialize;

use crate::issue::{Issue, Level, Reading};
use crate::money::{Money, MoneyKind};
use crate::patent::PatentKind;
use crate::read;
use crate::region::{Region, Regions};

/// A reader that can be asked for by name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Reader {
    /// [`read::money`]
    Money,
    /// [`read::date`]
    Date,
    /// [`read::patent`]
    Patent,
    /// [`read::uscc`]
    Uscc,
    /// [`read::region`]
    Region,
    /// [`read::sectors`]
    Field,
    /// [`read::ipc`]
    Ipc,
    /// [`read::phone`]
    Phone,
    /// [`read::contract_no`]
    ContractNo,
}

impl Reader {
    /// All of them, in the order of the help.
    pub const ALL: [Self; 9] = [
        Self::Money,
        Self::Date,
        Self::Patent,
        Self::Uscc,
        Self::Region,
        Self::Field,
        Self::Ipc,
        Self::Phone,
        Self::ContractNo,
    ];

    /// Its name: `money`, `contract-no` …
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Date => "date",
            Self::Patent => "patent",
            Self::Uscc => "uscc",
            Self::Region => "region",
            Self::Field => "field",
            Self::Ipc => "ipc",
            Self::Phone => "phone",
            Self::ContractNo => "contract-no",
        }
    }

    /// The reader of this name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reader| reader.key() == key)
    }

    /// Reads a text.
    #[must_use]
    pub fn read(self, text: &str, beside: &Beside<'_>) -> Parsed {
        match self {
            Self::Money => plain(text, read::money(text, beside.unit), |money| money_parts(&money)),
            Self::Date => plain(text, read::date(text), |date| {
                ParsedValue::Date(DateParts {
                    year: date.year(),
                    month: date.month(),
                    day: date.day(),
                })
            }),
            Self::Patent => plain(text, read::patent(text, beside.stated), |patent| {
                ParsedValue::Patent(PatentParts {
                    number: patent.to_string(),
                    kind: patent.kind(),
                    pct: patent.pct(),
                })
            }),
            Self::Uscc => plain(text, read::uscc(text), |code| {
                ParsedValue::Uscc(UsccParts { code: code.to_string() })
            }),
            Self::Region => region(text, beside.regions),
            Self::Field => field(text),
            Self::Ipc => plain(text, read::ipc(text), |ipc| {
                ParsedValue::Ipc(IpcParts {
                    section: ipc.section().to_string(),
                    class: ipc.class().to_owned(),
                    subclass: ipc.subclass().to_string(),
                    group: ipc.group().map(str::to_owned),
                })
            }),
            Self::Phone => plain(text, read::phone(text), |phone| {
                ParsedValue::Phone(PhoneParts {
                    number: phone.number().to_owned(),
                    extension: phone.extension().map(str::to_owned),
                })
            }),
            Self::ContractNo => plain(text, read::contract_no(text), |number| {
                ParsedValue::ContractNo(ContractNoParts {
                    digits: number.as_str().len(),
                    number: number.to_string(),
                })
            }),
        }
    }
}

/// What stands beside a text in a sheet and helps to read it.
#[derive(Clone, Copy, Debug)]
pub struct Beside<'a> {
    /// The unit that the column's head gives to bare numbers of money: `万元`.
    pub unit: Option<&'a str>,
    /// The kind of patent stated in the column beside the number.
    pub stated: Option<PatentKind>,
    /// The table of divisions.
    pub regions: &'a Regions,
}

/// What a reader made of a text.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Parsed {
    /// The text as it was given.
    pub raw: String,
    /// Whether it could be read, and says one thing only. A value with warnings is `ok`; an error and a name that
    /// stands for several things are not.
    pub ok: bool,
    /// The value. Without `ok` there is none, but for a region or a field of several candidates: then it holds these.
    pub value: Option<ParsedValue>,
    /// Everything that was found.
    pub issues: Vec<Issue>,
}

/// A value in parts. Which parts there are goes with the reader.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(untagged)]
pub enum ParsedValue {
    /// Of [`Reader::Money`].
    Money(MoneyParts),
    /// Of [`Reader::Date`].
    Date(DateParts),
    /// Of [`Reader::Patent`].
    Patent(PatentParts),
    /// Of [`Reader::Uscc`].
    Uscc(UsccParts),
    /// Of [`Reader::Region`], one division.
    Region(RegionParts),
    /// Of [`Reader::Region`], a name that several divisions have.
    Candidates(Candidates),
    /// Of [`Reader::Field`].
    Field(FieldParts),
    /// Of [`Reader::Ipc`].
    Ipc(IpcParts),
    /// Of [`Reader::Phone`].
    Phone(PhoneParts),
    /// Of [`Reader::ContractNo`].
    ContractNo(ContractNoParts),
}

/// A statement of money in parts. Amounts are in minor units of the stated currency (分 of yuan, cents of dollars; 1/100
/// for every currency) and are not converted. Every key is always there; what a kind does not have is null:
///
/// | kind | `min_fen` | `max_fen` | `open` | `entry_fen`, `rate_percent` |
/// |---|---|---|---|---|
/// | exact, approx | the amount | the same amount | false | null |
/// | range | lower end | upper end | whether the lower end is left out | null |
/// | min | the bound | null | whether the bound is left out (大于) | null |
/// | max | null | the bound | whether the bound is left out (低于) | null |
/// | negotiable, unknown | null | null | false | null |
/// | royalty | null | null | false | the fee if there is one; the rate |
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct MoneyParts {
    /// What kind of statement it is.
    pub kind: MoneyKind,
    /// The lower end.
    pub min_fen: Option<i64>,
    /// The upper end.
    pub max_fen: Option<i64>,
    /// Whether the bound itself is left out.
    pub open: bool,
    /// ISO 4217 code.
    pub currency: String,
    /// What the amount is for: `year`, `month`, `piece` …
    pub per: Option<String>,
    /// The entry fee of a royalty.
    pub entry_fen: Option<i64>,
    /// The rate of a royalty in percent: a number with at most four decimals.
    pub rate_percent: Option<Rate>,
    /// What the rate is taken of: `销售额`, `净销售额`, `利润` …
    pub rate_base: Option<String>,
}

/// A rate in percent, as a JSON number. A decimal of at most four places comes out as it was written.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
#[serde(untagged)]
pub enum Rate {
    /// `3`
    Whole(u32),
    /// `2.5`
    Decimal(f64),
}

/// A date in parts; what was not stated is null.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct DateParts {
    /// The year.
    pub year: i16,
    /// The month 1–12.
    pub month: Option<i8>,
    /// The day 1–31.
    pub day: Option<i8>,
}

/// A patent number in parts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PatentParts {
    /// `ZL202010123456.2`
    pub number: String,
    /// What it protects.
    pub kind: PatentKind,
    /// Whether the application came through the PCT.
    pub pct: bool,
}

/// A unified social credit code.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct UsccParts {
    /// The 18 characters.
    pub code: String,
}

/// A division.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RegionParts {
    /// Six digits.
    pub code: Region,
    /// Its name with those above it: `江苏省南京市鼓楼区`.
    pub name: String,
}

/// The divisions that a name can mean.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Candidates {
    /// Two or more.
    pub candidates: Vec<RegionParts>,
}

/// Fields (产业领域).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FieldParts {
    /// `IT`, `NE` …, each once, in the order of the text.
    pub codes: Vec<&'static str>,
}

/// A class of the IPC in parts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct IpcParts {
    /// A–H
    pub section: String,
    /// Two digits.
    pub class: String,
    /// A letter.
    pub subclass: String,
    /// Main group and subgroup: `17/30`.
    pub group: Option<String>,
}

/// A telephone number in parts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PhoneParts {
    /// `13800000000`, `025-84791234`
    pub number: String,
    /// What is dialled behind a switchboard.
    pub extension: Option<String>,
}

/// A registration number of a technology contract.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ContractNoParts {
    /// The number.
    pub number: String,
    /// How many digits it has: 16, or 14 of the old form.
    pub digits: usize,
}

/// What a reader without further questions made.
fn plain<T>(text: &str, reading: Reading<T>, parts: impl FnOnce(T) -> ParsedValue) -> Parsed {
    Parsed {
        raw: text.to_owned(),
        ok: reading.is_ok(),
        value: reading.value.map(parts),
        issues: reading.issues,
    }
}

fn money_parts(money: &Money) -> ParsedValue {
    ParsedValue::Money(MoneyParts {
        kind: money.kind,
        min_fen: money.min_fen,
        max_fen: money.max_fen,
        open: money.open,
        currency: money.currency.clone(),
        per: money.per.clone(),
        entry_fen: money.entry_fen,
        rate_percent: money.rate_percent.as_deref().and_then(rate),
        rate_base: money.rate_base.clone(),
    })
}

/// A rate is a canonical decimal above 0 and at most 100 with four places; the nearest double prints as that decimal.
fn rate(text: &str) -> Option<Rate> {
    match text.parse() {
        Ok(whole) => Some(Rate::Whole(whole)),
        Err(_) => text.parse().ok().map(Rate::Decimal),
    }
}

/// A name that several divisions have is not ok, and gives them to choose from.
fn region(text: &str, regions: &Regions) -> Parsed {
    let parts = |code: Region| RegionParts {
        code,
        name: regions.full_name(code),
    };
    let reading = read::region(text, regions);
    let mut parsed = plain(text, reading, |code| ParsedValue::Region(parts(code)));
    if parsed.issues.iter().any(|issue| issue.code == "region-ambiguous") {
        let candidates: Vec<RegionParts> = read::region_candidates(text, regions).into_iter().map(parts).collect();
        parsed.value = (candidates.len() > 1).then_some(ParsedValue::Candidates(Candidates { candidates }));
    }
    parsed
}

/// A name that stands for two fields is not ok: a person has to choose among the codes given.
fn field(text: &str) -> Parsed {
    let reading = read::sectors(text);
    let asks = reading.has("sector-ambiguous");
    let mut parsed = plain(text, reading, |sectors| {
        ParsedValue::Field(FieldParts {
            codes: sectors.into_iter().map(crate::Sector::code).collect(),
        })
    });
    parsed.ok &= !asks;
    parsed
}

impl Parsed {
    /// The gravest level among the issues.
    #[must_use]
    pub fn worst(&self) -> Option<Level> {
        self.issues.iter().map(|issue| issue.level).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_are_found_by_name() {
        for reader in Reader::ALL {
            assert_eq!(Reader::from_key(reader.key()), Some(reader));
        }
        assert_eq!(Reader::from_key("sector"), None);
    }

    #[test]
    fn rates_print_as_written() {
        for text in ["3", "0.5", "2.25", "0.0001", "99.9999", "100"] {
            assert_eq!(serde_json::to_string(&rate(text).unwrap()).unwrap(), text);
        }
    }
}
