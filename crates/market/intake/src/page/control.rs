//! Which input a field gets.

use forms::{Field, Form, Kind, List, Value};
use jcore::{Cx, Lang};
use kernel::{Sector, Trl};

use super::indicators::{self, IndicatorRow};
use super::region::{RegionView, region_view};
use super::{word_id, words_if};

/// The kinds of input.
#[derive(Debug, Clone)]
pub enum Control {
    /// One line.
    Line(Line),
    /// Paragraphs.
    Text(Text),
    /// One of several: a drop-down. The first choice is the empty one.
    Select(Vec<Choice>),
    /// Any of several: boxes to tick, with the same name.
    Checks(Vec<Choice>),
    /// Yes or no: two round buttons.
    YesNo(Vec<Choice>),
    /// Rows of indicators.
    Indicators(Vec<IndicatorRow>),
    /// A division: a drop-down by city and a line for others.
    Region(RegionView),
}

/// One line of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// `type` of the input.
    pub kind: &'static str,
    /// Which keyboard a phone shows.
    pub inputmode: &'static str,
    /// What a browser may fill in by itself.
    pub autocomplete: &'static str,
    /// Longest text in characters; none where the reader cuts what people put around it.
    pub max: Option<usize>,
    /// An example in grey.
    pub placeholder: String,
    /// Codes and numbers: no spelling check, no capital letters by the phone.
    pub code: bool,
}

/// Paragraphs of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Shortest in characters.
    pub min: usize,
    /// Longest in characters.
    pub max: usize,
    /// Lines to show at first.
    pub rows: usize,
}

/// A choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The id of its input.
    pub id: String,
    /// What is sent.
    pub value: String,
    /// What people read.
    pub text: String,
    /// Whether it is chosen.
    pub selected: bool,
}

impl Control {
    /// The input of a field that holds this text.
    pub(crate) fn of(cx: &Cx, form: &'static Form, field: &'static Field, raw: &str) -> Self {
        match field.kind {
            Kind::Text { min, max } => Self::Text(text(min, max)),
            Kind::Code(list) => Self::Select(select(cx, field, raw, list_choices(cx, field, list, raw))),
            Kind::Codes(list) => Self::Checks(with_unread(cx, field, raw, list_choices(cx, field, list, raw))),
            Kind::YesNo => Self::YesNo(yes_no(cx, field, raw)),
            Kind::Indicators => Self::Indicators(indicators::rows(cx, form, field, raw)),
            Kind::Region => Self::Region(region_view(cx, raw)),
            Kind::Sector => Self::Checks(with_unread(cx, field, raw, sectors(cx, field, raw))),
            Kind::Trl => Self::Select(select(cx, field, raw, levels(cx, field, raw))),
            kind => Self::Line(line(field, kind)),
        }
    }
}

/// What a field's text reads as, for pre-selecting; a draft's leniency, since a form that is shown is still open.
pub(crate) fn read_now(cx: &Cx, field: &'static Field, raw: &str) -> Option<Value> {
    forms::read_cell(field, raw, &crate::context(&cx.app, true)).value
}

/// A choice's name in the reader's words: `list-LIST-CODE`, else its declared name.
pub(crate) fn choice_name(cx: &Cx, list: &List, choice: &forms::Choice) -> String {
    let declared = match cx.lang {
        Lang::Zh => choice.name_zh(),
        Lang::En => choice.name_en(),
    };
    words_if(cx, &word_id(&["list", list.key, choice.code])).unwrap_or_else(|| declared.to_owned())
}

fn text(min: usize, max: usize) -> Text {
    // A line of the page holds some forty Chinese characters; nobody wants to scroll in a box of two lines.
    let rows = (max / 80).clamp(3, 12);
    Text { min, max, rows }
}

fn list_choices(cx: &Cx, field: &'static Field, list: &'static List, raw: &str) -> Vec<Choice> {
    let value = read_now(cx, field, raw);
    let chosen = |code: &str| match &value {
        Some(Value::Code(one)) => one == code,
        Some(Value::Codes(many)) => many.iter().any(|one| one == code),
        _ => false,
    };
    let choice = |choice: &forms::Choice| Choice {
        id: format!("f-{}-{}", field.key, choice.code),
        // The Chinese name is what sheets and drafts hold, so that all three notations are one.
        value: choice.name_zh().to_owned(),
        text: choice_name(cx, list, choice),
        selected: chosen(choice.code),
    };
    first_is_target(field, list.codes.iter().map(choice).collect())
}

fn sectors(cx: &Cx, field: &'static Field, raw: &str) -> Vec<Choice> {
    let chosen = match read_now(cx, field, raw) {
        Some(Value::Sectors(sectors)) => sectors,
        _ => Vec::new(),
    };
    let choice = |sector: Sector| Choice {
        id: format!("f-{}-{}", field.key, sector.code().to_ascii_lowercase()),
        value: sector.name_zh().to_owned(),
        text: sector_name(cx, sector),
        selected: chosen.contains(&sector),
    };
    first_is_target(field, Sector::ALL.into_iter().map(choice).collect())
}

/// A sector in the reader's words.
pub(crate) fn sector_name(cx: &Cx, sector: Sector) -> String {
    words_if(cx, &sector.words()).unwrap_or_else(|| sector.name_zh().to_owned())
}

fn levels(cx: &Cx, field: &'static Field, raw: &str) -> Vec<Choice> {
    let chosen = match read_now(cx, field, raw) {
        Some(Value::Trl(level)) => Some(level),
        _ => None,
    };
    let choice = |level: Trl| Choice {
        id: format!("f-{}-{}", field.key, level.get()),
        value: level.to_string(),
        text: trl_name(cx, level),
        selected: chosen == Some(level),
    };
    (Trl::MIN..=Trl::MAX).filter_map(Trl::new).map(choice).collect()
}

/// A readiness level with what it means.
pub(crate) fn trl_name(cx: &Cx, level: Trl) -> String {
    cx.ta(
        "intake-trl",
        &[
            ("level", level.get().to_string()),
            ("means", cx.t(&format!("intake-trl-{}", level.get()))),
        ],
    )
}

fn yes_no(cx: &Cx, field: &'static Field, raw: &str) -> Vec<Choice> {
    let chosen = match read_now(cx, field, raw) {
        Some(Value::Bool(yes)) => Some(yes),
        _ => None,
    };
    let choice = |yes: bool, code: &str, value: &str, words: &str| Choice {
        id: format!("f-{}-{code}", field.key),
        value: value.to_owned(),
        text: cx.t(words),
        selected: chosen == Some(yes),
    };
    let both = vec![
        choice(true, "yes", "是", "word-yes"),
        choice(false, "no", "否", "word-no"),
    ];
    first_is_target(field, both)
}

/// The first input of a group has the field's own id, so that the error summary leads to it.
fn first_is_target(field: &Field, mut choices: Vec<Choice>) -> Vec<Choice> {
    if let Some(first) = choices.first_mut() {
        first.id = format!("f-{}", field.key);
    }
    choices
}

/// A drop-down: nothing chosen stands first; a text that is no choice stays as one, or it would be lost by looking.
fn select(cx: &Cx, field: &'static Field, raw: &str, choices: Vec<Choice>) -> Vec<Choice> {
    let option = |value: &str, text: String, selected| Choice {
        id: String::new(),
        value: value.to_owned(),
        text,
        selected,
    };
    let mut out = vec![option("", cx.t("intake-choose"), false)];
    out.extend(unread(cx, raw, &choices).map(|text| option(raw.trim(), text, true)));
    out.extend(choices.into_iter().map(|choice| Choice {
        id: format!("f-{}-o", field.key),
        ..choice
    }));
    out
}

/// Boxes to tick, with what was written and is no choice as a ticked box of its own.
fn with_unread(cx: &Cx, field: &'static Field, raw: &str, mut choices: Vec<Choice>) -> Vec<Choice> {
    if let Some(text) = unread(cx, raw, &choices) {
        let id = format!("f-{}-raw", field.key);
        choices.push(Choice {
            id,
            value: raw.trim().to_owned(),
            text,
            selected: true,
        });
    }
    choices
}

fn unread(cx: &Cx, raw: &str, choices: &[Choice]) -> Option<String> {
    let raw = raw.trim();
    let none = raw.is_empty() || choices.iter().any(|choice| choice.selected);
    (!none).then(|| cx.ta("intake-as-written", &[("text", raw.to_owned())]))
}

fn line(field: &'static Field, kind: Kind) -> Line {
    let plain = Line {
        kind: "text",
        inputmode: "text",
        autocomplete: "off",
        max: None,
        placeholder: String::new(),
        code: false,
    };
    let example = || {
        field
            .examples
            .first()
            .map_or_else(String::new, |example| (*example).to_owned())
    };
    match kind {
        Kind::Line { max } => Line {
            max: Some(max),
            ..plain
        },
        Kind::Date { month_ok } => {
            let placeholder = if month_ok { "2023-06" } else { "2023-06-14" };
            Line {
                placeholder: placeholder.to_owned(),
                code: true,
                ..plain
            }
        }
        Kind::Money | Kind::Names | Kind::Orgs => Line {
            placeholder: example(),
            ..plain
        },
        Kind::Patent | Kind::Uscc | Kind::Ipc => Line {
            placeholder: example(),
            code: true,
            ..plain
        },
        Kind::Phone => Line {
            kind: "tel",
            inputmode: "tel",
            autocomplete: "tel",
            code: true,
            ..plain
        },
        Kind::Email => Line {
            kind: "email",
            inputmode: "email",
            autocomplete: "email",
            code: true,
            ..plain
        },
        Kind::Int { .. } => Line {
            inputmode: "numeric",
            code: true,
            ..plain
        },
        _ => plain,
    }
}

/// What there is to say about a kind of field for which the form's own words have no hint.
pub(crate) fn kind_hint(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Date { month_ok: true } => "intake-hint-month",
        Kind::Date { month_ok: false } => "intake-hint-date",
        Kind::Money => "intake-hint-money",
        Kind::Patent => "intake-hint-patent",
        Kind::Uscc => "intake-hint-uscc",
        Kind::Ipc => "intake-hint-ipc",
        Kind::Names => "intake-hint-names",
        Kind::Orgs => "intake-hint-orgs",
        Kind::Indicators => "intake-hint-indicators",
        _ => return None,
    })
}
