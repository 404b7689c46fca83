//! What speaks for and against a match, in the reader's words.

use jcore::Cx;
use matching::Reason;

/// Words named at most: more is a list, not a reason.
const WORDS_MAX: usize = 6;

/// What speaks for and against.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) pros: Vec<String>,
    pub(crate) cons: Vec<String>,
}

/// The reasons of a match in words: the shared words in one line, each other reason in a line of its own.
#[must_use]
pub(crate) fn told(cx: &Cx, reasons: &[Reason]) -> Told {
    let mut out = Told::default();
    let mut words: Vec<&str> = Vec::new();
    for reason in reasons {
        match reason {
            Reason::Word { term, .. } => words.push(term),
        }
    }
    words.truncate(WORDS_MAX);
    if !words.is_empty() {
        let list = words.join(&cx.t("matches-list-comma"));
        out.pros.insert(0, cx.ta("matches-why-words", &[("words", list)]));
    }
    out
}
