//! What somebody asks with a pasted text or a file: read, compared, and forgotten. Nothing of it is kept unless its writer
//! says so.

use entries::browse::{Filter, Params, Section};
use forms::Draft;
use jcore::files::{Allowed, FileType};
use jcore::{Cx, Fault, Multipart, Result};
use kernel::Issue;
use matching::{Query, TEXT_CHARS_MAX, Want};

use crate::analysis::Analysis;
use crate::finding::{filters, offers};

/// Matches that a page shows: who reads further narrows the question.
pub(crate) const SHOWN: usize = 30;
/// Shortest text that says anything, in characters.
pub(crate) const TEXT_CHARS_MIN: usize = 8;
/// Longest title that a first line makes, in characters: a need's own.
const TITLE_CHARS: usize = 60;
/// What may be dropped.
pub(crate) const TAKES: Allowed = Allowed::of(&[FileType::Docx, FileType::Xlsx, FileType::Text]);

/// A question.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    /// The text, as it was pasted or read from the file.
    pub(crate) text: String,
    /// What narrows the answer, as it came.
    pub(crate) params: Params,
}

impl Asked {
    /// From the page's form: the text, and below it what a file says.
    ///
    /// # Errors
    /// Refused with what is wrong with the file.
    pub(crate) async fn read(cx: &Cx, form: &Multipart) -> Result<Self> {
        let first = |key: &str| form.first(key).unwrap_or_default().to_owned();
        let mut text = first("text").trim().to_owned();
        if let Some(file) = form.files.first() {
            cx.app.files.scan(&file.content).await?;
            let files = &cx.app.files;
            let (_, said) = files
                .clean(&file.name, file.content.clone(), TAKES, TEXT_CHARS_MAX)
                .await?;
            if said.trim().is_empty() {
                return Err(Fault::issue(Some("file"), Issue::error("matches-file-empty")));
            }
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(said.trim());
        }
        let params = Params {
            kind: first("kind"),
            sector: first("sector"),
            region: first("region"),
            maturity: first("maturity"),
            mode: first("mode"),
            ..Params::default()
        };
        Ok(Self {
            text: text.chars().take(TEXT_CHARS_MAX).collect(),
            params,
        })
    }

    /// Whether it says enough to be compared.
    ///
    /// # Errors
    /// Refused when it does not.
    pub(crate) fn check(&self) -> Result<()> {
        let length = self.text.chars().filter(|c| c.is_alphanumeric()).count();
        if length >= TEXT_CHARS_MIN {
            return Ok(());
        }
        let issue = Issue::error("matches-text-short").with("min", TEXT_CHARS_MIN.to_string());
        Err(Fault::issue(Some("text"), issue))
    }

    /// The lists that answer, and what narrows them.
    pub(crate) fn narrowed(&self, cx: &Cx) -> (Section, Filter) {
        let section = offers(&cx.app);
        let filter = section.filter(cx, &self.params);
        (section, filter)
    }

    /// What the engine is asked.
    pub(crate) fn query(&self, cx: &Cx, analysis: &Analysis, limit: usize) -> Query {
        let (_, filter) = self.narrowed(cx);
        let (filters, kinds) = filters(&filter, cx.now.date_in_cn());
        Query {
            title: analysis.title.clone(),
            body: analysis.body.clone(),
            facts: analysis.facts.clone(),
            want: Want {
                families: vec![matching::Family::Offer],
                kinds,
            },
            filters,
            limit,
            exclude: None,
            verdicts: Vec::new(),
        }
    }
}

/// A text's title and the rest: its first line, where that is short enough for one.
#[must_use]
pub(crate) fn split(text: &str) -> (String, String) {
    let text = text.trim();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim();
    if first.chars().count() <= TITLE_CHARS {
        return (first.to_owned(), rest.trim().to_owned());
    }
    // No title: its head stands for one, and all of it is the text.
    (first.chars().take(TITLE_CHARS).collect(), text.to_owned())
}

/// A draft of a need from what was asked, for who wants to keep it.
#[must_use]
pub(crate) fn draft(analysis: &Analysis) -> Draft {
    let mut draft = Draft::new();
    let mut add = |key: &str, text: String| {
        if !text.is_empty() {
            draft.insert(key.to_owned(), text);
        }
    };
    add("title", analysis.title.clone());
    let text = if analysis.body.is_empty() {
        &analysis.title
    } else {
        &analysis.body
    };
    let texts = forms_text(text);
    add("background", texts.0);
    add("problem", texts.1);
    add("indicators", analysis.indicators.join("；"));
    add("amount", analysis.budget.clone());
    add("sector", analysis.sectors.join("；"));
    draft
}

/// Longest text of a need's field, in characters.
const FIELD_CHARS: usize = 1_000;

/// A text in two fields: the background, and what is left beyond it, the problem.
fn forms_text(text: &str) -> (String, String) {
    let head: String = text.chars().take(FIELD_CHARS).collect();
    let rest: String = text.chars().skip(FIELD_CHARS).take(FIELD_CHARS).collect();
    if rest.is_empty() {
        // The same text is a start for both; who edits it takes out of each what belongs to the other.
        (head.clone(), head)
    } else {
        (head, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_line_is_a_title() {
        assert_eq!(
            split("齿轮变形控制\n 渗碳淬火后变形大。\n"),
            ("齿轮变形控制".into(), "渗碳淬火后变形大。".into())
        );
        assert_eq!(split("只有一行"), ("只有一行".into(), String::new()));
        let long = "很长的一段话".repeat(20);
        let (title, body) = split(&long);
        assert_eq!((title.chars().count(), body), (TITLE_CHARS, long));
        assert_eq!(split(""), (String::new(), String::new()));
    }

    #[test]
    fn a_long_text_fills_both_fields() {
        let (one, two) = forms_text(&"字".repeat(1500));
        assert_eq!((one.chars().count(), two.chars().count()), (1000, 500));
        assert_eq!(forms_text("短"), ("短".into(), "短".into()));
    }
}
