//! What is kept of a batch: where it comes from, and each row's sealed body.

use std::collections::BTreeMap;

use forms::{Draft, Record};
use jcore::{Lang, Words};
use kernel::{Issue, Level};
use serde::{Deserialize, Serialize};

use crate::kind::{Before, Checked, Found, Settled};

/// What a batch was read from: sealed, since files and sheets are named after people, and a head may be misread data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct About {
    /// The file's name as sent.
    pub(crate) file: String,
    /// The sheet's name.
    pub(crate) sheet: String,
    /// Where its columns are.
    pub(crate) mapping: StoredMapping,
}

/// Where a sheet's columns are, as found at the upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredMapping {
    /// The sheet's place in its workbook.
    pub(crate) sheet: usize,
    /// The first row of the header, counted from zero; where there is none, the first of the data.
    #[serde(default)]
    pub(crate) header_row: usize,
    /// How many rows the header has.
    #[serde(default)]
    pub(crate) header_rows: usize,
    /// The columns' heads as they stand in the sheet.
    pub(crate) heads: Vec<String>,
    /// The field of each column, where it has one.
    pub(crate) columns: Vec<Option<String>>,
    /// How each is known: `head`, `like`, `contents`, `hand`, or `habit` where the sender said so before.
    #[serde(default)]
    pub(crate) found: Vec<Option<String>>,
    /// Some texts of each column, for who checks the guess.
    #[serde(default)]
    pub(crate) samples: Vec<Vec<String>>,
    /// Heads that no field knows.
    pub(crate) unknown: Vec<String>,
    /// Fields that must be there and have no column.
    pub(crate) missing: Vec<String>,
    /// Units by field, from the heads.
    pub(crate) units: BTreeMap<String, String>,
}

/// A row's sealed body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Body {
    /// What was written, and mended since.
    pub(crate) draft: Draft,
    /// What is wrong with it, or was guessed.
    pub(crate) issues: Vec<StoredIssue>,
    /// What stood in the cells that were mended, as they came: blank ones, too.
    #[serde(default, skip_serializing_if = "Draft::is_empty")]
    pub(crate) was: Draft,
    /// What its sender settled about it.
    #[serde(default)]
    pub(crate) settled: Settled,
    /// What the check found there already.
    #[serde(default)]
    pub(crate) found: Found,
    /// What was written at the thing that it changed, once it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<Before>,
}

/// An issue as stored: its code may be one that a later version no longer makes, so it is text here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredIssue {
    /// The field; none for the row as a whole.
    pub(crate) field: Option<String>,
    /// The words' code.
    pub(crate) code: String,
    /// How grave it is.
    pub(crate) level: Level,
    /// The words' arguments.
    pub(crate) args: Vec<(String, String)>,
}

impl StoredIssue {
    /// An issue at a field.
    pub(crate) fn of(field: Option<&str>, issue: &Issue) -> Self {
        Self {
            field: field.map(str::to_owned),
            code: issue.code.to_owned(),
            level: issue.level,
            args: issue
                .args
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
        }
    }

    /// In words.
    pub(crate) fn text(&self, words: &Words, lang: Lang) -> String {
        let args: Vec<(&str, String)> = self
            .args
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        words.get(lang, &format!("issue-{}", self.code), &args)
    }

    /// An argument.
    pub(crate) fn arg(&self, name: &str) -> Option<&str> {
        self.args
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

impl Body {
    /// A row as it was read and checked.
    pub(crate) fn of(row: &Checked) -> Self {
        Self {
            draft: row.draft.clone(),
            issues: issues(&row.record),
            was: Draft::new(),
            settled: row.settled.clone(),
            found: row.found.clone(),
            before: None,
        }
    }

    /// The row as it reads after it was mended or checked again: what came first in a cell stays known.
    pub(crate) fn anew(&self, row: &Checked) -> Self {
        let mut body = Self::of(row);
        body.was.clone_from(&self.was);
        for key in self.draft.keys().chain(row.draft.keys()) {
            let (before, now) = (self.draft.get(key), row.draft.get(key));
            if before != now && !body.was.contains_key(key) {
                body.was.insert(key.clone(), before.cloned().unwrap_or_default());
            }
        }
        // A cell that says again what came is not mended.
        let now = |key: &String| row.draft.get(key).cloned().unwrap_or_default();
        body.was.retain(|key, came| *came != now(key));
        body
    }

    /// Whether a person is to look at something before it goes in, and has not said why it may.
    pub(crate) fn wants_reason(&self) -> bool {
        let warned = self.issues.iter().any(|issue| issue.level == Level::Warning);
        warned && self.settled.reason.is_none()
    }

    /// How many errors and warnings it has.
    pub(crate) fn counts(&self) -> (i64, i64) {
        let count = |level| self.issues.iter().filter(|issue| issue.level == level).count();
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        (number(count(Level::Error)), number(count(Level::Warning)))
    }

    /// Where such a row stands: held back by an error, or ready.
    pub(crate) fn state(&self) -> RowState {
        if self.counts().0 > 0 {
            RowState::Held
        } else {
            RowState::Ready
        }
    }

    /// The issues at a field (or of the whole row), the gravest first.
    pub(crate) fn at<'a>(&'a self, field: Option<&str>) -> Vec<&'a StoredIssue> {
        let mut out: Vec<&StoredIssue> = self
            .issues
            .iter()
            .filter(|issue| issue.field.as_deref() == field)
            .collect();
        out.sort_by_key(|issue| std::cmp::Reverse(issue.level));
        out
    }
}

/// The issues of a record, as stored.
fn issues(record: &Record) -> Vec<StoredIssue> {
    let all = record.all_issues();
    all.map(|(field, issue)| StoredIssue::of(field, issue)).collect()
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowState {
    /// Has errors and waits to be mended.
    Held,
    /// Waits for the commit.
    Ready,
    /// Is in.
    In,
    /// Was left out by its sender.
    Left,
}

impl RowState {
    /// As stored.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Ready => "ready",
            Self::In => "in",
            Self::Left => "left",
        }
    }
}

/// Where a batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BatchState {
    /// Its rows are being written; stays so when that was broken off.
    Reading,
    /// Has rows to mend or to commit.
    Open,
    /// All its rows are in.
    Done,
    /// Thrown away; rows that were in before stay in.
    Discarded,
}

impl BatchState {
    /// All states, in the order of a batch's life.
    pub(crate) const ALL: [Self; 4] = [Self::Reading, Self::Open, Self::Done, Self::Discarded];

    /// As stored; words are `intake-state-CODE`.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Open => "open",
            Self::Done => "done",
            Self::Discarded => "discarded",
        }
    }
}
