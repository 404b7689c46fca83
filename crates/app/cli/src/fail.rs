//! Why a command did not end well, and with which exit code.

use jcore::Fault;

use crate::voice::Voice;

/// The exit code of what was refused or failed.
pub(crate) const REFUSED: u8 = 1;
/// The exit code of a command that was not used rightly.
pub(crate) const WRONG_USE: u8 = 2;

/// Why a command did not end well.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Wrong use, in the reader's words.
    Usage(String),
    /// Refused or failed, in the reader's words.
    Refused(String),
    /// A fault of the application.
    Fault(Box<Fault>),
    /// Everything was said already; only the exit code is left.
    Said,
}

/// What a command gives back.
pub(crate) type Done<T = ()> = Result<T, Failure>;

impl Failure {
    /// The exit code.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Usage(_) => WRONG_USE,
            Self::Refused(_) | Self::Fault(_) | Self::Said => REFUSED,
        }
    }

    /// What is to be said on the error stream.
    pub(crate) fn text(&self, voice: &Voice) -> Option<String> {
        match self {
            Self::Usage(text) | Self::Refused(text) => Some(text.clone()),
            Self::Fault(fault) => Some(fault_text(voice, fault)),
            Self::Said => None,
        }
    }

    /// A file or folder that cannot be used, with the system's reason.
    pub(crate) fn file(voice: &Voice, path: &std::path::Path, error: &std::io::Error) -> Self {
        let args = [("path", path.display().to_string()), ("what", error.to_string())];
        let text = voice.say("cli-file", &args);
        // A file that isn't there was named wrongly; one that can't be read is a trouble of this machine.
        if error.kind() == std::io::ErrorKind::NotFound {
            Self::Usage(text)
        } else {
            Self::Refused(text)
        }
    }
}

/// A fault in words: title, issues by field, and, since whoever stands at the machine runs it, the inner reason.
fn fault_text(voice: &Voice, fault: &Fault) -> String {
    let Some(words) = voice.all() else {
        return fault.to_string();
    };
    let mut lines = vec![fault.title(words, voice.lang)];
    for field in &fault.fields {
        let text = words.issue(voice.lang, &field.issue);
        lines.push(match &field.field {
            Some(name) => format!("  {name}: {text}"),
            None => format!("  {text}"),
        });
    }
    if fault.fields.is_empty() {
        match fault.inner() {
            Some(inner) => lines.push(format!("  {inner}")),
            None => lines.push(format!("  {}", fault.text(words, voice.lang))),
        }
    }
    lines.join("\n")
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(Box::new(fault))
    }
}

impl From<db::Error> for Failure {
    fn from(error: db::Error) -> Self {
        Fault::from(error).into()
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Fault::from(error).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jcore::Lang;
    use kernel::Issue;

    #[test]
    fn faults_are_told_in_both_languages() {
        let fault = Fault::issue(Some("email"), Issue::error("field-missing"));
        let failure = Failure::from(fault);
        assert_eq!(failure.code(), 1);
        for (lang, title) in [(Lang::Zh, "提交的内容需要修改"), (Lang::En, "What you sent needs")] {
            let voice = Voice::new(lang).unwrap();
            let text = failure.text(&voice).unwrap();
            assert!(text.starts_with(title), "{text}");
            assert!(text.contains("\n  email: "), "{text}");
        }
    }

    #[test]
    fn a_missing_file_is_wrong_use() {
        let voice = Voice::new(Lang::En).unwrap();
        let missing = std::io::Error::from(std::io::ErrorKind::NotFound);
        assert_eq!(Failure::file(&voice, std::path::Path::new("a"), &missing).code(), 2);
        let denied = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        assert_eq!(Failure::file(&voice, std::path::Path::new("a"), &denied).code(), 1);
    }
}
