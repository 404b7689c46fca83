//! What is known of each document of a segment beside its text, packed so that filters run over a million of them.

use std::collections::HashMap;

use kernel::Day;

use super::Alive;
use super::file::{Damage, In, Out};
use crate::{Document, Family};

/// No price, no last day.
pub(crate) const NEVER: i64 = i64::MIN;
/// Different codes (kinds, fields, modes) of one segment; what comes after them can't be filtered by. A market has some
/// dozens.
const CODES_MAX: usize = 1 << 16;
/// Where the kind stands among a document's codes: first.
const KIND: char = 'k';
const FIELD: char = 'f';
const MODE: char = 'm';

/// Facts, a row a document.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Known {
    families: Vec<u8>,
    maturity: Vec<u8>,
    regions: Vec<u32>,
    price_min: Vec<i64>,
    until: Vec<i64>,
    /// The codes' names: what they are of, then the code.
    names: Vec<String>,
    starts: Vec<u32>,
    codes: Vec<u16>,
    /// The way from a name to its number; made anew when a file is read.
    numbers: HashMap<String, u16>,
}

/// A day as a number that sorts as days do.
pub(crate) fn day_number(day: Day) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

/// A region's six digits as a number, shorter ones filled with zeros; 0 for none.
pub(crate) fn region_number(region: &str) -> u32 {
    let digits: String = region.chars().filter(char::is_ascii_digit).take(6).collect();
    format!("{digits:0<6}").parse().unwrap_or(0)
}

/// How a family is kept.
pub(crate) fn family_bit(family: Family) -> u8 {
    match family {
        Family::Need => 1,
        Family::Offer => 1 << 1,
        Family::Lot => 1 << 2,
        Family::Party => 1 << 3,
        Family::Page => 1 << 4,
    }
}

impl Known {
    /// Takes in the next document.
    pub(crate) fn push(&mut self, document: &Document) {
        let facts = &document.facts;
        self.families.push(family_bit(document.family));
        self.maturity.push(facts.maturity.unwrap_or(0));
        self.regions.push(facts.region.as_deref().map_or(0, region_number));
        let price = facts.price_min.or(facts.price_max);
        self.price_min.push(price.map_or(NEVER, kernel::Fen::get));
        self.until.push(facts.until.map_or(NEVER, day_number));
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        self.code(KIND, &document.kind);
        for field in &facts.fields {
            self.code(FIELD, field);
        }
        for mode in &facts.modes {
            self.code(MODE, mode);
        }
        self.starts.push(u32::try_from(self.codes.len()).unwrap_or(u32::MAX));
    }

    fn code(&mut self, of: char, code: &str) {
        let name = format!("{of}{code}");
        if let Some(number) = self.number(name) {
            self.codes.push(number);
        }
    }

    fn number(&mut self, name: String) -> Option<u16> {
        if let Some(number) = self.numbers.get(&name) {
            return Some(*number);
        }
        let number = u16::try_from(self.names.len())
            .ok()
            .filter(|_| self.names.len() < CODES_MAX)?;
        self.names.push(name.clone());
        self.numbers.insert(name, number);
        Some(number)
    }

    /// Takes in a document of another segment.
    fn copy(&mut self, other: &Self, local: usize) {
        self.families.push(other.families[local]);
        self.maturity.push(other.maturity[local]);
        self.regions.push(other.regions[local]);
        self.price_min.push(other.price_min[local]);
        self.until.push(other.until[local]);
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        for code in other.codes_of(local) {
            if let Some(number) = self.number(other.names[usize::from(*code)].clone()) {
                self.codes.push(number);
            }
        }
        self.starts.push(u32::try_from(self.codes.len()).unwrap_or(u32::MAX));
    }

    /// Those of several segments, without what is gone.
    pub(crate) fn merge(parts: &[(&Self, &Alive)]) -> Self {
        let mut out = Self::default();
        for (part, alive) in parts {
            for local in (0..part.len()).filter(|local| alive.has(*local)) {
                out.copy(part, local);
            }
        }
        out
    }

    /// How many documents.
    pub(crate) fn len(&self) -> usize {
        self.families.len()
    }

    /// All families, a bit each.
    pub(crate) fn families(&self) -> &[u8] {
        &self.families
    }

    /// Its maturity; 0 for unknown.
    pub(crate) fn maturity(&self, local: usize) -> u8 {
        self.maturity[local]
    }

    /// Its region; 0 for unknown.
    pub(crate) fn region(&self, local: usize) -> u32 {
        self.regions[local]
    }

    /// Its least price in 分; [`NEVER`] for unknown.
    pub(crate) fn price_min(&self, local: usize) -> i64 {
        self.price_min[local]
    }

    /// Its last day as a number; [`NEVER`] for none.
    pub(crate) fn until(&self, local: usize) -> i64 {
        self.until[local]
    }

    fn codes_of(&self, local: usize) -> &[u16] {
        &self.codes[self.starts[local] as usize..self.starts[local + 1] as usize]
    }

    /// Whether it has one of these codes, by their numbers in this segment.
    pub(crate) fn has_any(&self, local: usize, wanted: &[u16]) -> bool {
        self.codes_of(local).iter().any(|code| wanted.contains(code))
    }

    fn numbers_of(&self, of: char, codes: &[String]) -> Vec<u16> {
        codes
            .iter()
            .filter_map(|code| self.numbers.get(&format!("{of}{code}")).copied())
            .collect()
    }

    /// The numbers of these kinds in this segment.
    pub(crate) fn kinds(&self, kinds: &[String]) -> Vec<u16> {
        self.numbers_of(KIND, kinds)
    }

    /// The numbers of these fields in this segment.
    pub(crate) fn fields(&self, fields: &[String]) -> Vec<u16> {
        self.numbers_of(FIELD, fields)
    }

    /// The numbers of these modes in this segment.
    pub(crate) fn modes(&self, modes: &[String]) -> Vec<u16> {
        self.numbers_of(MODE, modes)
    }

    pub(crate) fn write(&self, out: &mut Out) {
        out.u8s(&self.families);
        out.u8s(&self.maturity);
        out.u32s(&self.regions);
        out.i64s(&self.price_min);
        out.i64s(&self.until);
        out.u8s(serde_json::to_string(&self.names).unwrap_or_default().as_bytes());
        out.u32s(&self.starts);
        out.u16s(&self.codes);
    }

    pub(crate) fn read(file: &mut In<'_>) -> Result<Self, Damage> {
        let mut out = Self {
            families: file.u8s()?,
            maturity: file.u8s()?,
            regions: file.u32s()?,
            price_min: file.i64s()?,
            until: file.i64s()?,
            names: serde_json::from_slice(&file.u8s()?).map_err(|_| Damage::Inconsistent("names of codes"))?,
            starts: file.u32s()?,
            codes: file.u16s()?,
            numbers: HashMap::new(),
        };
        for (number, name) in out.names.iter().enumerate() {
            let number = u16::try_from(number).map_err(|_| Damage::Inconsistent("too many codes"))?;
            out.numbers.insert(name.clone(), number);
        }
        let len = out.families.len();
        let widths = [
            out.maturity.len(),
            out.regions.len(),
            out.price_min.len(),
            out.until.len(),
        ];
        let holds = widths.iter().all(|width| *width == len)
            && out.starts.len() == if len == 0 { 0 } else { len + 1 }
            && out.starts.is_sorted()
            && out.starts.last().is_none_or(|end| *end as usize == out.codes.len())
            && out.codes.iter().all(|code| usize::from(*code) < out.names.len());
        if holds {
            Ok(out)
        } else {
            Err(Damage::Inconsistent("facts"))
        }
    }
}
