//! What is kept of a batch: where it comes from, and each row's sealed body.

use std::collections::BTreeMap;

use forms::{Draft, Record};
use jcore::{Lang, Words};
use kernel::{Issue, Level};
use serde::{Deserialize, Serialize};

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
    /// The first row of data, counted from zero: all above is title and header.
    pub(crate) first_row: usize,
    /// The columns' heads as they stand in the sheet.
    pub(crate) heads: Vec<String>,
    /// The field of each column, where it has one.
    pub(crate) columns: Vec<Option<String>>,
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
    pub(crate) fn of(draft: &Draft, record: &Record) -> Self {
        let issues = record
            .all_issues()
            .map(|(field, issue)| StoredIssue::of(field, issue))
            .collect();
        Self {
            draft: draft.clone(),
            issues,
        }
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

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowState {
    /// Has errors and waits to be mended.
    Held,
    /// Waits for the commit.
    Ready,
    /// Is in.
    In,
}

impl RowState {
    /// As stored.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Ready => "ready",
            Self::In => "in",
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
