//! The values that a form's fields can have, and their JSON.

use crate::Indicator;
use kernel::{Email, Ipc, Money, PartialDate, PatentNo, Phone, Region, Sector, Trl, Uscc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One field's value. Its JSON is `{"type": "date", "value": "2020-01"}`, as stored and as exported.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum Value {
    /// A line or paragraphs.
    Text(String),
    /// The code of a choice.
    Code(String),
    /// The codes of choices, in the order of their list.
    Codes(Vec<String>),
    /// Yes or no.
    Bool(bool),
    /// A day, month or year.
    Date(PartialDate),
    /// An amount, a range, or 面议 and the like; in 分.
    Money(Money),
    /// A Chinese patent's number.
    Patent(PatentNo),
    /// A 统一社会信用代码.
    Uscc(Uscc),
    /// An IPC class.
    Ipc(Ipc),
    /// An administrative division.
    Region(Region),
    /// 产业领域.
    Sectors(Vec<Sector>),
    /// A telephone number.
    Phone(Phone),
    /// A mail address.
    Email(Email),
    /// Names of people or organisations.
    Names(Vec<String>),
    /// Quantified technical demands.
    Indicators(Vec<Indicator>),
    /// A whole number.
    Int(i64),
    /// Technology readiness level.
    Trl(Trl),
}

/// The values of a record by field key, as stored and as exported.
pub type Values = BTreeMap<String, Value>;
