//! How any declared form is shown on a page, and how what comes back from the page becomes a draft (R115, R116, R139, R140).
//!
//! A page that shows a form has a template field `form: FormView` beside `s: Shell`, lists `../intake/templates` in
//! its crate's `askama.toml`, and writes:
//!
//! ```html
//! {% include "form_open.html" %}{# <form …> with the CSRF token and the autosave hook #}
//! {% include "fields.html" %}{# the error summary, then all sections with their fields #}
//! <p class="actions"><button class="btn main">…</button></p>
//! </form>
//! ```
//!
//! The handler takes `jcore::Form<Vec<(String, String)>>` and gives the pairs to [`draft_from_form`]. A page works
//! without script; the hooks for one are `data-autosave` on the form, `data-count` on long texts and `data-rows` on
//! the rows of indicators.

mod control;
mod indicators;
mod region;
mod show;
mod take;

use forms::{Draft, Field, Form, Must, Record, Secrecy};
use jcore::{Cx, Lang};
use kernel::{Issue, Level};

pub use control::{Choice, Control, Line, Text};
pub(crate) use control::{kind_hint, read_now};
pub use indicators::{IndicatorRow, MIN_ROWS};
pub use region::{FindHome, Home, RegionGroup, RegionView};
pub use show::{show_money, show_value};
pub use take::{OTHER_SUFFIX, WAS_SUFFIX, draft_from_form};

/// A form as a page shows it: everything in the reader's words.
#[derive(Debug, Clone)]
pub struct FormView {
    /// The form's key.
    pub key: &'static str,
    /// Where `form_open.html` sends the form: a path without the language.
    pub action: String,
    /// Where a script may keep the draft while people type: `data-autosave` of the form.
    pub autosave: Option<String>,
    /// The parts.
    pub sections: Vec<SectionView>,
    /// The error summary: what has to be mended, each with the place that it leads to.
    pub errors: Vec<ErrorLink>,
    /// Warnings and notes that concern the whole form.
    pub notes: Vec<IssueView>,
}

/// A part of a form.
#[derive(Debug, Clone)]
pub struct SectionView {
    /// Its key.
    pub key: &'static str,
    /// Its heading.
    pub title: String,
    /// What to know before filling it in.
    pub hint: Option<String>,
    /// Its fields.
    pub fields: Vec<FieldView>,
}

/// A field.
#[derive(Debug, Clone)]
pub struct FieldView {
    /// Its key, which is the name of its input.
    pub key: &'static str,
    /// The id of its (first) input: `f-KEY`.
    pub id: String,
    /// What is asked for.
    pub label: String,
    /// How to fill it in.
    pub hint: Option<String>,
    /// Whether it has to be filled in.
    pub required: bool,
    /// How long a text may be.
    pub limit: Option<String>,
    /// When it has to be filled in, if that depends on another answer.
    pub required_when: Option<String>,
    /// Who will see it, if not everybody.
    pub secrecy: Option<String>,
    /// The input.
    pub control: Control,
    /// What was typed.
    pub value: String,
    /// What is wrong with it, or was guessed.
    pub issues: Vec<IssueView>,
    /// Whether one of the issues is an error.
    pub bad: bool,
    /// The ids of hint and messages for `aria-describedby`; empty when there are none.
    pub described_by: String,
}

/// An issue in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueView {
    /// The words.
    pub text: String,
    /// `error`, `warning` or `note`.
    pub level: &'static str,
}

impl IssueView {
    /// The CSS class of the message at a field.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self.level {
            "error" => "err",
            "warning" => "warnmsg",
            _ => "hint",
        }
    }
}

/// A line of the error summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorLink {
    /// The id of the field's input; none for what concerns the whole form.
    pub to: Option<String>,
    /// What is wrong.
    pub text: String,
}

/// The input by its kind, for templates: exactly one of these gives something.
impl FieldView {
    /// Whether the field has several inputs, and so needs a `fieldset` around them.
    #[must_use]
    pub fn is_group(&self) -> bool {
        matches!(
            self.control,
            Control::Checks(_) | Control::YesNo(_) | Control::Indicators(_) | Control::Region(_)
        )
    }

    /// Whether there is anything to say before the input.
    #[must_use]
    pub fn has_hint(&self) -> bool {
        [&self.hint, &self.limit, &self.required_when, &self.secrecy]
            .iter()
            .any(|text| text.is_some())
    }

    /// One line.
    #[must_use]
    pub fn line(&self) -> Option<&Line> {
        if let Control::Line(line) = &self.control {
            Some(line)
        } else {
            None
        }
    }

    /// Paragraphs.
    #[must_use]
    pub fn text(&self) -> Option<&Text> {
        if let Control::Text(text) = &self.control {
            Some(text)
        } else {
            None
        }
    }

    /// A drop-down.
    #[must_use]
    pub fn select(&self) -> Option<&[Choice]> {
        if let Control::Select(choices) = &self.control {
            Some(choices)
        } else {
            None
        }
    }

    /// Boxes to tick.
    #[must_use]
    pub fn checks(&self) -> Option<&[Choice]> {
        if let Control::Checks(choices) = &self.control {
            Some(choices)
        } else {
            None
        }
    }

    /// Yes or no.
    #[must_use]
    pub fn yes_no(&self) -> Option<&[Choice]> {
        if let Control::YesNo(choices) = &self.control {
            Some(choices)
        } else {
            None
        }
    }

    /// Rows of indicators.
    #[must_use]
    pub fn indicators(&self) -> Option<&[IndicatorRow]> {
        if let Control::Indicators(rows) = &self.control {
            Some(rows)
        } else {
            None
        }
    }

    /// A division.
    #[must_use]
    pub fn region(&self) -> Option<&RegionView> {
        if let Control::Region(region) = &self.control {
            Some(region)
        } else {
            None
        }
    }
}

impl FormView {
    /// A form with what was typed so far. With a record, its issues are shown; without one (a fresh form), none are.
    #[must_use]
    pub fn new(cx: &Cx, form: &'static Form, draft: &Draft, record: Option<&Record>) -> Self {
        let section = |section: &'static forms::Section| {
            let id = word_id(&["section", form.key, section.key]);
            SectionView {
                key: section.key,
                title: words_or(cx, &id, section.key),
                hint: words_if(cx, &format!("{id}.hint")),
                fields: section
                    .fields
                    .iter()
                    .map(|field| field_view(cx, form, field, draft, record))
                    .collect(),
            }
        };
        let sections: Vec<SectionView> = form.sections.iter().map(section).collect();
        let (whole, notes) = whole_form(cx, record);
        let errors = whole.into_iter().map(|text| ErrorLink { to: None, text });
        let of_fields = sections.iter().flat_map(|section| &section.fields).flat_map(|field| {
            let errors = field.issues.iter().filter(|issue| issue.level == "error");
            errors.map(|issue| ErrorLink {
                to: Some(field.id.clone()),
                text: named(cx, &field.label, &issue.text),
            })
        });
        let errors = errors.chain(of_fields).collect();
        Self {
            key: form.key,
            action: String::new(),
            autosave: None,
            sections,
            errors,
            notes,
        }
    }

    /// Sent to this path by `form_open.html`.
    #[must_use]
    pub fn to(mut self, path: impl Into<String>) -> Self {
        self.action = path.into();
        self
    }

    /// With an address at which a script keeps the draft: it sends the same fields there by POST.
    #[must_use]
    pub fn autosave(mut self, url: impl Into<String>) -> Self {
        self.autosave = Some(url.into());
        self
    }

    /// Without the fields for which `keep` says no: a page that shows only a part of a form.
    #[must_use]
    pub fn only(mut self, keep: impl Fn(&str) -> bool) -> Self {
        for section in &mut self.sections {
            section.fields.retain(|field| keep(field.key));
        }
        self.sections.retain(|section| !section.fields.is_empty());
        self
    }

    /// The field with this key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&FieldView> {
        self.sections
            .iter()
            .flat_map(|section| &section.fields)
            .find(|field| field.key == key)
    }
}

/// What is wrong with the whole form: errors for the summary, the rest as notes.
fn whole_form(cx: &Cx, record: Option<&Record>) -> (Vec<String>, Vec<IssueView>) {
    let (mut errors, mut notes) = (Vec::new(), Vec::new());
    for (_, issue) in record
        .iter()
        .flat_map(|record| &record.issues)
        .filter(|(field, _)| field.is_none())
    {
        let view = issue_view(cx, issue);
        if issue.level == Level::Error {
            errors.push(view.text)
        } else {
            notes.push(view)
        }
    }
    (errors, notes)
}

fn field_view(
    cx: &Cx,
    form: &'static Form,
    field: &'static Field,
    draft: &Draft,
    record: Option<&Record>,
) -> FieldView {
    let value = draft.get(field.key).cloned().unwrap_or_default();
    let issues: Vec<IssueView> = issues_of(field.key, record)
        .map(|issue| issue_view(cx, issue))
        .collect();
    let id = format!("f-{}", field.key);
    let hint = hint(cx, form, field);
    let required_when = required_when(cx, form, field);
    let secrecy = secrecy(cx, form, field);
    let limit = limit(cx, field);
    let mut described = Vec::new();
    if [&hint, &limit, &required_when, &secrecy]
        .iter()
        .any(|text| text.is_some())
    {
        described.push(format!("{id}-hint"));
    }
    described.extend((1..=issues.len()).map(|at| {
        if at == 1 {
            format!("{id}-err")
        } else {
            format!("{id}-err-{at}")
        }
    }));
    FieldView {
        key: field.key,
        label: label(cx, form, field),
        hint,
        required: field.must == Must::Yes,
        limit,
        required_when,
        secrecy,
        control: Control::of(cx, form, field, &value),
        value,
        bad: issues.iter().any(|issue| issue.level == "error"),
        issues,
        described_by: described.join(" "),
        id,
    }
}

/// The issues of a field: its cell's, then those that cross-field checks show at it.
fn issues_of<'a>(key: &'static str, record: Option<&'a Record>) -> impl Iterator<Item = &'a Issue> {
    let cell = record
        .and_then(|record| record.cells.get(key))
        .into_iter()
        .flat_map(|cell| &cell.issues);
    let others = record.into_iter().flat_map(|record| &record.issues);
    cell.chain(
        others
            .filter(move |(field, _)| *field == Some(key))
            .map(|(_, issue)| issue),
    )
}

fn issue_view(cx: &Cx, issue: &Issue) -> IssueView {
    IssueView {
        text: cx.app.words.issue(cx.lang, issue),
        level: level_class(issue.level),
    }
}

/// The CSS class of a level.
#[must_use]
pub(crate) fn level_class(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

/// A field's label in the reader's words: `form-FORM-FIELD`, else its column head.
#[must_use]
pub fn label(cx: &Cx, form: &'static Form, field: &Field) -> String {
    let head = match cx.lang {
        Lang::Zh => field.head_zh(),
        Lang::En => field.head_en(),
    };
    words_or(cx, &word_id(&["form", form.key, field.key]), head)
}

/// The hint of `form-FORM-FIELD.hint`, else what there is to say about the kind of field.
fn hint(cx: &Cx, form: &'static Form, field: &Field) -> Option<String> {
    let own = words_if(cx, &format!("{}.hint", word_id(&["form", form.key, field.key])));
    own.or_else(|| control::kind_hint(field.kind).map(|id| cx.t(id)))
}

/// How long a text may be: a number that a person can act on, unlike a box that stops taking letters.
fn limit(cx: &Cx, field: &Field) -> Option<String> {
    let number = |n: usize| n.to_string();
    match field.kind {
        forms::Kind::Text { min: 0 | 1, max } => Some(cx.ta("intake-hint-max", &[("max", number(max))])),
        forms::Kind::Text { min, max } => {
            Some(cx.ta("intake-hint-length", &[("min", number(min)), ("max", number(max))]))
        }
        forms::Kind::Int { min, max } => {
            Some(cx.ta("intake-hint-int", &[("min", min.to_string()), ("max", max.to_string())]))
        }
        _ => None,
    }
}

fn required_when(cx: &Cx, form: &'static Form, field: &Field) -> Option<String> {
    let Must::When(key, values) = field.must else {
        return None;
    };
    let other = form.field(key)?;
    let name = |value: &&str| match (other.list().and_then(|list| Some((list, list.choice(value)?))), *value) {
        (Some((list, choice)), _) => control::choice_name(cx, list, choice),
        (None, "yes") => cx.t("word-yes"),
        (None, "no") => cx.t("word-no"),
        (None, value) => value.to_owned(),
    };
    let values: Vec<String> = values.iter().map(name).collect();
    let args = [
        ("field", label(cx, form, other)),
        ("values", values.join(&cx.t("intake-list-or"))),
    ];
    Some(cx.ta("intake-field-required-when", &args))
}

fn secrecy(cx: &Cx, form: &'static Form, field: &Field) -> Option<String> {
    match field.secrecy {
        Secrecy::Open => None,
        Secrecy::Always => Some(cx.t("intake-field-withheld")),
        Secrecy::Choice(by) => {
            let by = form.field(by)?;
            Some(cx.ta("intake-field-by-choice", &[("field", label(cx, form, by))]))
        }
    }
}

/// A line of the error summary: the field's name before what is wrong, unless the words begin with it.
fn named(cx: &Cx, label: &str, text: &str) -> String {
    if text.contains(label) {
        return text.to_owned();
    }
    cx.ta(
        "intake-error-line",
        &[("field", label.to_owned()), ("text", text.to_owned())],
    )
}

/// A Fluent id from its parts: keys are snake_case, ids have hyphens.
pub(crate) fn word_id(parts: &[&str]) -> String {
    parts.join("-").replace('_', "-").to_ascii_lowercase()
}

/// Words, if there are any under this id.
pub(crate) fn words_if(cx: &Cx, id: &str) -> Option<String> {
    cx.app.words.has(cx.lang, id).then(|| cx.t(id))
}

/// Words, or another text where there are none.
pub(crate) fn words_or(cx: &Cx, id: &str, other: &str) -> String {
    words_if(cx, id).unwrap_or_else(|| other.to_owned())
}
