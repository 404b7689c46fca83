//! 产业领域: the eight sectors of the programme and “other” (domain §4.2, R110).

use std::fmt;
use std::str::FromStr;

use crate::value::{Invalid, serde_as_text};

/// A sector of industry. Text and JSON are its code; the words are under `sector-{code in lower case}`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Sector {
    /// 新一代信息技术
    It,
    /// 人工智能
    Ai,
    /// 生物技术
    Bio,
    /// 新能源
    Ne,
    /// 新材料
    Nm,
    /// 高端装备
    Eq,
    /// 绿色环保
    Env,
    /// 现代农业
    Agr,
    /// 其他
    Other,
}

serde_as_text!(Sector);

impl Sector {
    /// All sectors, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::It,
        Self::Ai,
        Self::Bio,
        Self::Ne,
        Self::Nm,
        Self::Eq,
        Self::Env,
        Self::Agr,
        Self::Other,
    ];

    /// `IT`, `AI`, `BIO`, `NE`, `NM`, `EQ`, `ENV`, `AGR` or `OTHER`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::It => "IT",
            Self::Ai => "AI",
            Self::Bio => "BIO",
            Self::Ne => "NE",
            Self::Nm => "NM",
            Self::Eq => "EQ",
            Self::Env => "ENV",
            Self::Agr => "AGR",
            Self::Other => "OTHER",
        }
    }

    /// The sector of this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sector| sector.code() == code)
    }

    /// The Chinese name, as sheets have it.
    #[must_use]
    pub fn name_zh(self) -> &'static str {
        match self {
            Self::It => "新一代信息技术",
            Self::Ai => "人工智能",
            Self::Bio => "生物技术",
            Self::Ne => "新能源",
            Self::Nm => "新材料",
            Self::Eq => "高端装备",
            Self::Env => "绿色环保",
            Self::Agr => "现代农业",
            Self::Other => "其他",
        }
    }

    /// The id of its words: `sector-it` …
    #[must_use]
    pub fn words(self) -> String {
        format!("sector-{}", self.code().to_ascii_lowercase())
    }
}

impl fmt::Display for Sector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Sector {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        Self::from_code(text).ok_or(Invalid { what: "sector" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_back() {
        for sector in Sector::ALL {
            assert_eq!(Sector::from_code(sector.code()), Some(sector));
            assert_eq!(
                serde_json::to_string(&sector).unwrap(),
                format!("\"{}\"", sector.code())
            );
            assert!(crate::WORDS_ZH.contains(&format!("{} = {}", sector.words(), sector.name_zh())));
        }
        assert_eq!(Sector::from_code("it"), None);
    }
}
