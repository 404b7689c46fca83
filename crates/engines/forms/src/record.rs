//! What reading a draft gives: cells with raw text, value and issues; and how code gets at the values.

use crate::{Indicator, Value, Values};
use kernel::{Issue, Level, Money, PartialDate, PatentNo, Region, Sector, Trl, Uscc};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One field as it was filled in: nothing of what people wrote is lost (R139).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cell {
    /// What was written, untouched.
    pub raw: String,
    /// What it was read as; none when blank or when an issue is an error.
    pub value: Option<Value>,
    /// What was guessed, mended or refused.
    pub issues: Vec<Issue>,
}

impl Cell {
    /// The gravest level among the issues.
    pub fn worst(&self) -> Option<Level> {
        self.issues.iter().map(|issue| issue.level).max()
    }
}

/// A form as it was filled in: a cell for each field, also for blank ones.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Record {
    /// The cells by field key; shared, as a sheet's rows mostly say what rows before them said.
    pub cells: BTreeMap<&'static str, Arc<Cell>>,
    /// What concerns several fields or none, with the field to show it at; the form's owner adds these.
    pub issues: Vec<(Option<&'static str>, Issue)>,
}

impl Record {
    /// Whether any issue of a cell or between cells is an error.
    pub fn has_errors(&self) -> bool {
        self.all_issues().any(|(_, issue)| issue.level == Level::Error)
    }

    /// All issues, each with its field: first the cells' in the order of their keys, then those between cells.
    pub fn all_issues(&self) -> impl Iterator<Item = (Option<&'static str>, &Issue)> {
        let cells = self
            .cells
            .iter()
            .flat_map(|(key, cell)| cell.issues.iter().map(|issue| (Some(*key), issue)));
        cells.chain(self.issues.iter().map(|(key, issue)| (*key, issue)))
    }

    /// What was written in a field; empty for a field that the form doesn't have.
    pub fn raw(&self, key: &str) -> &str {
        self.cells.get(key).map_or("", |cell| cell.raw.as_str())
    }

    /// A cell, to be changed in this record alone.
    pub fn cell_mut(&mut self, key: &str) -> Option<&mut Cell> {
        self.cells.get_mut(key).map(Arc::make_mut)
    }

    /// A field's value.
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.cells.get(key)?.value.as_ref()
    }

    /// A line or paragraphs.
    pub fn text(&self, key: &str) -> Option<&str> {
        Lookup::text(self, key)
    }

    /// The code of a choice.
    pub fn code(&self, key: &str) -> Option<&str> {
        Lookup::code(self, key)
    }

    /// The codes of choices; empty when there are none.
    pub fn codes(&self, key: &str) -> &[String] {
        Lookup::codes(self, key)
    }

    /// Whether a yes/no field says yes; no answer is no.
    pub fn yes(&self, key: &str) -> bool {
        Lookup::yes(self, key)
    }

    /// An amount of money.
    pub fn money(&self, key: &str) -> Option<&Money> {
        Lookup::money(self, key)
    }

    /// A date.
    pub fn date(&self, key: &str) -> Option<PartialDate> {
        Lookup::date(self, key)
    }

    /// All values, to be stored; what is blank or unreadable has none.
    pub fn values(&self) -> Values {
        let values = self
            .cells
            .iter()
            .filter_map(|(key, cell)| Some(((*key).to_owned(), cell.value.clone()?)));
        values.collect()
    }
}

/// Typed access to values by field key, alike for a [`Record`] just read and for [`Values`] from the store. A field of another kind
/// gives nothing, as a blank one does.
pub trait Lookup {
    /// A field's value.
    fn get_value(&self, key: &str) -> Option<&Value>;

    /// A line or paragraphs.
    fn text(&self, key: &str) -> Option<&str> {
        if let Value::Text(text) = self.get_value(key)? {
            Some(text)
        } else {
            None
        }
    }

    /// The code of a choice.
    fn code(&self, key: &str) -> Option<&str> {
        if let Value::Code(code) = self.get_value(key)? {
            Some(code)
        } else {
            None
        }
    }

    /// The codes of choices; empty when there are none.
    fn codes(&self, key: &str) -> &[String] {
        if let Some(Value::Codes(codes)) = self.get_value(key) {
            codes
        } else {
            &[]
        }
    }

    /// Whether a yes/no field says yes; no answer is no.
    fn yes(&self, key: &str) -> bool {
        matches!(self.get_value(key), Some(Value::Bool(true)))
    }

    /// An amount of money.
    fn money(&self, key: &str) -> Option<&Money> {
        if let Value::Money(money) = self.get_value(key)? {
            Some(money)
        } else {
            None
        }
    }

    /// A date.
    fn date(&self, key: &str) -> Option<PartialDate> {
        if let Value::Date(date) = self.get_value(key)? {
            Some(*date)
        } else {
            None
        }
    }

    /// A Chinese patent's number.
    fn patent(&self, key: &str) -> Option<&PatentNo> {
        if let Value::Patent(patent) = self.get_value(key)? {
            Some(patent)
        } else {
            None
        }
    }

    /// A 统一社会信用代码.
    fn uscc(&self, key: &str) -> Option<&Uscc> {
        if let Value::Uscc(uscc) = self.get_value(key)? {
            Some(uscc)
        } else {
            None
        }
    }

    /// An administrative division.
    fn region(&self, key: &str) -> Option<Region> {
        if let Value::Region(region) = self.get_value(key)? {
            Some(*region)
        } else {
            None
        }
    }

    /// 产业领域; empty when there are none.
    fn sectors(&self, key: &str) -> &[Sector] {
        if let Some(Value::Sectors(sectors)) = self.get_value(key) {
            sectors
        } else {
            &[]
        }
    }

    /// Names of people or organisations; empty when there are none.
    fn names(&self, key: &str) -> &[String] {
        if let Some(Value::Names(names)) = self.get_value(key) {
            names
        } else {
            &[]
        }
    }

    /// Quantified technical demands; empty when there are none.
    fn indicators(&self, key: &str) -> &[Indicator] {
        if let Some(Value::Indicators(indicators)) = self.get_value(key) {
            indicators
        } else {
            &[]
        }
    }

    /// A whole number.
    fn int(&self, key: &str) -> Option<i64> {
        if let Value::Int(number) = self.get_value(key)? {
            Some(*number)
        } else {
            None
        }
    }

    /// Technology readiness level.
    fn trl(&self, key: &str) -> Option<Trl> {
        if let Value::Trl(trl) = self.get_value(key)? {
            Some(*trl)
        } else {
            None
        }
    }
}

impl Lookup for Record {
    fn get_value(&self, key: &str) -> Option<&Value> {
        self.value(key)
    }
}

impl Lookup for Values {
    fn get_value(&self, key: &str) -> Option<&Value> {
        self.get(key)
    }
}
