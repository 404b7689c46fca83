//! What a reader found amiss, and how grave it is. An issue carries a code and arguments; the words for people are in
//! Fluent files under `issue-{code}`, so that the same issue can be shown in Chinese and in English (R110).

use serde::{Deserialize, Serialize};

/// How grave an issue is. Ordered: a note is less than a warning, a warning less than an error.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The value is sure; the reader only tells what it did.
    Note,
    /// There is a value, but a person should look at it.
    Warning,
    /// There is no value.
    Error,
}

/// One finding about a value, in a form that can be translated.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Issue {
    /// Kebab-case code, for example `money-no-amount`; the words are under `issue-{code}` of the crate that makes it.
    pub code: &'static str,
    /// How grave it is.
    pub level: Level,
    /// Arguments for the words, by name. `found` is what was written.
    pub args: Vec<(&'static str, String)>,
}

impl Issue {
    /// A finding which leaves no value.
    #[must_use]
    pub fn error(code: &'static str) -> Self {
        Self {
            code,
            level: Level::Error,
            args: Vec::new(),
        }
    }

    /// A finding which leaves a value that a person should look at.
    #[must_use]
    pub fn warning(code: &'static str) -> Self {
        Self {
            code,
            level: Level::Warning,
            args: Vec::new(),
        }
    }

    /// A finding which only tells what was done.
    #[must_use]
    pub fn note(code: &'static str) -> Self {
        Self {
            code,
            level: Level::Note,
            args: Vec::new(),
        }
    }

    /// The same issue with one more argument for its words.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// The argument of this name, if it was given.
    #[must_use]
    pub fn arg(&self, name: &str) -> Option<&str> {
        self.args
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// What a tolerant reader made of a text: a value, or none, and everything there is to say about it. A value with
/// warnings is fine; with an error there is no value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading<T> {
    /// The value, if the text could be read.
    pub value: Option<T>,
    /// What was found on the way.
    pub issues: Vec<Issue>,
}

impl<T> Reading<T> {
    /// A value about which there is nothing to say.
    #[must_use]
    pub fn ok(value: T) -> Self {
        Self {
            value: Some(value),
            issues: Vec::new(),
        }
    }

    /// No value, and why.
    #[must_use]
    pub fn fail(issue: Issue) -> Self {
        Self {
            value: None,
            issues: vec![issue],
        }
    }

    /// A value about which there is something to say.
    #[must_use]
    pub fn with(value: T, issue: Issue) -> Self {
        Self {
            value: Some(value),
            issues: vec![issue],
        }
    }

    /// The same reading with one more issue; an error takes the value away.
    #[must_use]
    pub fn and(mut self, issue: Issue) -> Self {
        if issue.level == Level::Error {
            self.value = None;
        }
        self.issues.push(issue);
        self
    }

    /// Whether there is a value.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.value.is_some()
    }

    /// The same reading of another type.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Reading<U> {
        Reading {
            value: self.value.map(change),
            issues: self.issues,
        }
    }

    /// Whether an issue of this code was found.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        self.issues.iter().any(|issue| issue.code == code)
    }

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
    fn an_error_takes_the_value_away() {
        let reading = Reading::ok(1).and(Issue::warning("a"));
        assert!(reading.is_ok());
        assert_eq!(reading.clone().worst(), Some(Level::Warning));
        let reading = reading.and(Issue::error("b").with("found", "x"));
        assert!(!reading.is_ok() && reading.has("a") && reading.has("b"));
        assert_eq!(reading.issues[1].arg("found"), Some("x"));
        assert_eq!(reading.issues[1].arg("other"), None);
    }

    #[test]
    fn serialises_for_pages() {
        let json = serde_json::to_string(&Issue::warning("money-no-unit").with("found", "12")).unwrap();
        assert_eq!(
            json,
            r#"{"code":"money-no-unit","level":"warning","args":[["found","12"]]}"#
        );
    }
}
