//! Administrative divisions (行政区划): six-digit codes and the table that gives them names. The table built in holds
//! the provinces of China, all of Jiangsu, the cities of Zhejiang and the counties of Ningbo; an operator elsewhere
//! brings a table of their own ([`Regions::from_csv`]).

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::text;
use crate::value::{Invalid, serde_as_text};

/// Most rows of a table of divisions; China has some 3,400 down to the counties.
const MAX_DIVISIONS: usize = 10_000;
/// The fewest characters of a short name: 南京 for 南京市, but no 丰 for 丰县.
const MIN_SHORT_CHARS: usize = 2;
/// What is left off a name in talk. A longer ending stands before one that it ends with.
const SUFFIXES: &[&str] = &[
    "壮族自治区",
    "回族自治区",
    "维吾尔自治区",
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "地区",
    "省",
    "市",
    "区",
    "县",
];

/// The code of a division: six digits, of which the first two are the province's and the first four the city's. Text
/// and JSON are the digits. Whether the table has it is for [`Regions`] to say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region {
    code: [u8; 6],
}

serde_as_text!(Region);

impl Region {
    /// A region by its code; none if it isn't six digits beginning with 1–8 (the provinces' numbers).
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        let code: [u8; 6] = code.as_bytes().try_into().ok()?;
        (code.iter().all(u8::is_ascii_digit) && (b'1'..=b'8').contains(&code[0])).then_some(Self { code })
    }

    /// The six digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // The code is ASCII by construction.
        std::str::from_utf8(&self.code).unwrap_or("")
    }

    /// The province that it lies in, or is.
    #[must_use]
    pub fn province(self) -> Self {
        let [a, b, ..] = self.code;
        Self {
            code: [a, b, b'0', b'0', b'0', b'0'],
        }
    }

    /// The city that it lies in, or is; for a province, the province itself.
    #[must_use]
    pub fn city(self) -> Self {
        let [a, b, c, d, ..] = self.code;
        Self {
            code: [a, b, c, d, b'0', b'0'],
        }
    }

    /// Province, city or county, as the zeros of the code tell.
    #[must_use]
    pub fn level(self) -> DivisionLevel {
        if self == self.province() {
            DivisionLevel::Province
        } else if self == self.city() {
            DivisionLevel::City
        } else {
            DivisionLevel::County
        }
    }
}

impl AsRef<str> for Region {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Region({})", self.as_str())
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Region {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        Self::new(text).ok_or(Invalid { what: "region code" })
    }
}

/// The tier of a division.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DivisionLevel {
    /// 省、自治区、直辖市、特别行政区
    Province,
    /// 设区市
    City,
    /// 县、市、区
    County,
}

/// One row of the table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Division {
    /// Its code.
    pub code: Region,
    /// Its full name, without those above it: `鼓楼区`.
    pub name: String,
    /// Its tier.
    pub level: DivisionLevel,
    /// Whether the code is one that statisticians made for a development zone. Such a zone is no county-level division.
    pub pseudo: bool,
    /// The division that it lies in; none for a province.
    pub parent: Option<Region>,
}

/// Why a table of divisions was refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line} of the table of divisions: {reason}")]
pub struct RegionsError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: &'static str,
}

/// The table of divisions.
#[derive(Clone, Default, Debug)]
pub struct Regions {
    by_code: BTreeMap<Region, Division>,
}

impl Regions {
    /// The table built in.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Regions> = OnceLock::new();
        // A test reads the embedded table, so that it can't be refused here.
        BUILTIN.get_or_init(|| Self::from_csv(include_str!("../data/regions.csv")).unwrap_or_default())
    }

    /// A table from lines of `code,name,parent,pseudo` under a heading line; `pseudo` is 0 or 1, `parent` is empty for
    /// a province.
    ///
    /// # Errors
    /// [`RegionsError`] with the first line that is malformed, repeats a code, or names a parent that no line has.
    pub fn from_csv(csv: &str) -> Result<Self, RegionsError> {
        let mut by_code = BTreeMap::new();
        let mut lines = Vec::new();
        for (at, line) in csv.trim_start_matches('\u{feff}').lines().enumerate().skip(1) {
            let line_no = at + 1;
            if line.trim().is_empty() {
                continue;
            }
            if by_code.len() >= MAX_DIVISIONS {
                return Err(RegionsError {
                    line: line_no,
                    reason: "too many divisions",
                });
            }
            let division = parse_line(line).map_err(|reason| RegionsError { line: line_no, reason })?;
            lines.push((line_no, division.parent));
            if by_code.insert(division.code, division).is_some() {
                return Err(RegionsError {
                    line: line_no,
                    reason: "the code came before",
                });
            }
        }
        let orphan = lines
            .iter()
            .find(|(_, parent)| parent.is_some_and(|parent| !by_code.contains_key(&parent)));
        match orphan {
            Some((line, _)) => Err(RegionsError {
                line: *line,
                reason: "no line has the parent's code",
            }),
            None => Ok(Self { by_code }),
        }
    }

    /// The division of a code.
    #[must_use]
    pub fn get(&self, code: impl AsRef<str>) -> Option<&Division> {
        self.by_code.get(&Region::new(code.as_ref())?)
    }

    /// All divisions in the order of their codes.
    pub fn iter(&self) -> impl Iterator<Item = &Division> {
        self.by_code.values()
    }

    /// The divisions of this name, full (南京市) or short (南京), in the order of their codes.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Vec<&Division> {
        let name = text::without_spaces(&text::normalise(name));
        self.iter()
            .filter(|division| division.name == name || short_name(&division.name) == Some(&name))
            .collect()
    }

    /// The name with those above it: `江苏省徐州市鼓楼区`; the code itself if the table lacks it.
    #[must_use]
    pub fn full_name(&self, code: impl AsRef<str>) -> String {
        let code = code.as_ref();
        let mut names = Vec::new();
        let mut next = Region::new(code);
        // A code is three tiers deep; a table with a circle among its parents must not hold us.
        for _ in 0..4 {
            let Some(division) = next.and_then(|code| self.by_code.get(&code)) else {
                break;
            };
            names.push(division.name.as_str());
            next = division.parent;
        }
        if names.is_empty() {
            code.to_owned()
        } else {
            names.into_iter().rev().collect()
        }
    }

    /// The cities of a province.
    #[must_use]
    pub fn cities_of(&self, province: impl AsRef<str>) -> Vec<&Division> {
        self.children_of(province.as_ref(), DivisionLevel::City)
    }

    /// The county-level rows of a city, statistical zones among them (see [`Division::pseudo`]).
    #[must_use]
    pub fn counties_of(&self, city: impl AsRef<str>) -> Vec<&Division> {
        self.children_of(city.as_ref(), DivisionLevel::County)
    }

    fn children_of(&self, parent: &str, level: DivisionLevel) -> Vec<&Division> {
        let Some(parent) = Region::new(parent) else {
            return Vec::new();
        };
        self.iter()
            .filter(|division| division.parent == Some(parent) && division.level == level)
            .collect()
    }

    /// Whether the one division is the other or lies in it. Codes that the table lacks lie in nothing.
    #[must_use]
    pub fn is_within(&self, code: impl AsRef<str>, ancestor: impl AsRef<str>) -> bool {
        let Some(ancestor) = Region::new(ancestor.as_ref()) else {
            return false;
        };
        let mut next = Region::new(code.as_ref());
        for _ in 0..4 {
            let Some(division) = next.and_then(|code| self.by_code.get(&code)) else {
                return false;
            };
            if division.code == ancestor {
                return true;
            }
            next = division.parent;
        }
        false
    }

    /// Whether the code is that of a true county, city or district at county level; a statistical zone is none, and
    /// doesn't count where a rule caps counties.
    #[must_use]
    pub fn county_level_official(&self, code: impl AsRef<str>) -> bool {
        self.get(code)
            .is_some_and(|division| division.level == DivisionLevel::County && !division.pseudo)
    }
}

/// One line of a table.
fn parse_line(line: &str) -> Result<Division, &'static str> {
    let parts: Vec<&str> = line.split(',').map(str::trim).collect();
    let &[code, name, parent, pseudo] = parts.as_slice() else {
        return Err("not four parts");
    };
    let code = Region::new(code).ok_or("the code is not six digits")?;
    let parent = match parent {
        "" => None,
        parent => Some(Region::new(parent).ok_or("the parent's code is not six digits")?),
    };
    if name.is_empty() {
        return Err("no name");
    }
    if parent.is_none() != (code.level() == DivisionLevel::Province) || parent == Some(code) {
        return Err("a province has no parent, every other division has one");
    }
    let pseudo = match pseudo {
        "0" => false,
        "1" => true,
        _ => return Err("pseudo is neither 0 nor 1"),
    };
    Ok(Division {
        code,
        name: name.to_owned(),
        level: code.level(),
        pseudo,
        parent,
    })
}

/// The name as it is said in talk, without 省, 市, 区 …; none if it is as long, or too short to tell.
pub(crate) fn short_name(name: &str) -> Option<&str> {
    let short = SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix))?;
    (short.chars().count() >= MIN_SHORT_CHARS).then_some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_table_is_whole() {
        let regions = Regions::from_csv(include_str!("../data/regions.csv")).unwrap();
        let count = |level| regions.iter().filter(|division| division.level == level).count();
        assert_eq!(count(DivisionLevel::Province), 34);
        assert_eq!(count(DivisionLevel::City), 13 + 11);
        let in_jiangsu = |division: &&Division| division.code.province().as_str() == "320000";
        let counties: Vec<_> = regions
            .iter()
            .filter(in_jiangsu)
            .filter(|division| division.level == DivisionLevel::County)
            .collect();
        assert_eq!(counties.len(), 104);
        assert_eq!(counties.iter().filter(|division| division.pseudo).count(), 9);
        assert_eq!(
            counties
                .iter()
                .filter(|division| regions.county_level_official(division.code))
                .count(),
            95
        );
        assert_eq!(regions.cities_of("320000").len(), 13);
        assert_eq!(regions.counties_of("330200").len(), 10);
        for (city, official) in [
            ("320100", 11),
            ("320200", 7),
            ("320300", 10),
            ("320500", 9),
            ("321300", 5),
        ] {
            assert_eq!(
                regions.counties_of(city).iter().filter(|county| !county.pseudo).count(),
                official,
                "{city}"
            );
        }
    }

    #[test]
    fn names_lead_to_codes_and_back() {
        let regions = Regions::builtin();
        assert_eq!(regions.full_name("320302"), "江苏省徐州市鼓楼区");
        assert_eq!(regions.full_name("330203"), "浙江省宁波市海曙区");
        assert_eq!(regions.full_name("999999"), "999999");
        let codes = |name| {
            regions
                .by_name(name)
                .iter()
                .map(|division| division.code.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(codes("鼓楼区"), ["320106", "320302"]);
        assert_eq!(codes("南京"), ["320100"]);
        assert_eq!(codes("内蒙古"), ["150000"]);
        assert_eq!(codes("丰"), [""; 0]);
        assert_eq!(regions.get("320576").map(|division| division.pseudo), Some(true));
        assert!(!regions.county_level_official("320576"));
    }

    #[test]
    fn knows_what_lies_in_what() {
        let regions = Regions::builtin();
        assert!(regions.is_within("320106", "320100") && regions.is_within("320106", "320000"));
        assert!(regions.is_within("320106", "320106") && !regions.is_within("320106", "320300"));
        assert!(!regions.is_within("320199", "320100") && !regions.is_within("320106", "x"));
        let region = Region::new("320106").unwrap();
        assert_eq!(
            (region.city().as_str(), region.province().as_str()),
            ("320100", "320000")
        );
    }

    #[test]
    fn refuses_broken_tables() {
        let error = |csv: &str| Regions::from_csv(csv).unwrap_err().line;
        assert_eq!(error("code,name,parent,pseudo\n320000,江苏省,,0\n320000,江苏省,,0"), 3);
        assert_eq!(error("h\n320106,鼓楼区,320100,0"), 2);
        assert_eq!(error("h\n320000,江苏省,,2"), 2);
        assert_eq!(error("h\n320000,江苏省"), 2);
        assert_eq!(error("h\n320100,南京市,,0"), 2);
        assert_eq!(error("h\n32000x,江苏省,,0"), 2);
        assert!(Region::new("020106").is_none() && Region::new("32010６").is_none());
    }
}
