//! The workbooks to fill in.

use forms::{Field, Form, Kind as FieldKind, Must};
use jcore::{App, Fault, Lang, Result};
use kernel::{Sector, Trl};
use sheets::TemplateColumn;

use crate::page::kind_hint;
use crate::{Kind, page};

/// Widths of columns in characters of Latin digits, by how much people write there.
mod width {
    pub(super) const SHORT: f64 = 12.0;
    pub(super) const MIDDLE: f64 = 22.0;
    pub(super) const LONG: f64 = 36.0;
    pub(super) const TEXT: f64 = 48.0;
}

/// The workbook of a kind: its columns with notes, drop-downs and an example row, and a page of help (R115). The
/// English one differs in heads and words only; both are read alike.
///
/// # Errors
/// An internal fault when the workbook cannot be written.
pub fn template_xlsx(app: &App, kind: &dyn Kind, lang: Lang) -> Result<Vec<u8>> {
    let title = kind_name(app, kind.key(), lang);
    let columns: Vec<TemplateColumn> = kind
        .form()
        .fields()
        .map(|field| column(app, kind.form(), field, lang))
        .collect();
    let words = |id: &str| app.words.get(lang, id, &[]);
    let mut help = vec![words("intake-template-help"), title.clone()];
    help.extend((1..=4).map(|n| words(&format!("intake-template-help-{n}"))));
    if !kind.season().is_empty() {
        let link = format!("{}/help#{}", app.settings.base_url, kind.season());
        help.push(app.words.get(lang, "intake-template-help-more", &[("link", link)]));
    }
    help.push(String::new());
    sheets::template(&title, &title, &columns, &help, &words("intake-template-example"))
        .map_err(|e| Fault::internal(format!("template: {e}")))
}

/// The name of a kind in words; its key where there are none.
pub(crate) fn kind_name(app: &App, key: &str, lang: Lang) -> String {
    let id = page::word_id(&["intake-kind", key]);
    if app.words.has(lang, &id) {
        app.words.get(lang, &id, &[])
    } else {
        key.to_owned()
    }
}

fn column(app: &App, form: &'static Form, field: &'static Field, lang: Lang) -> TemplateColumn {
    let head = match lang {
        Lang::Zh => field.head_zh(),
        Lang::En => field.head_en(),
    };
    TemplateColumn {
        head: head.to_owned(),
        note: note(app, form, field, lang),
        required: field.must == Must::Yes,
        choices: choices(app, field, lang),
        text_format: !matches!(field.kind, FieldKind::Int { .. }),
        width: width_of(field.kind),
        example: field
            .examples
            .first()
            .map_or_else(String::new, |example| (*example).to_owned()),
    }
}

fn width_of(kind: FieldKind) -> f64 {
    match kind {
        FieldKind::YesNo | FieldKind::Int { .. } | FieldKind::Trl | FieldKind::Date { .. } => width::SHORT,
        FieldKind::Text { .. } | FieldKind::Indicators => width::TEXT,
        FieldKind::Line { max } if max > 40 => width::LONG,
        FieldKind::Orgs => width::LONG,
        _ => width::MIDDLE,
    }
}

/// What stands at a column's head when the pointer rests there.
fn note(app: &App, form: &'static Form, field: &'static Field, lang: Lang) -> String {
    let words = |id: &str, args: &[(&str, String)]| app.words.get(lang, id, args);
    let hint = format!("{}.hint", page::word_id(&["form", form.key, field.key]));
    let mut lines = Vec::new();
    if app.words.has(lang, &hint) {
        lines.push(words(&hint, &[]));
    } else if let Some(id) = kind_hint(field.kind) {
        lines.push(words(id, &[]));
    }
    match field.kind {
        FieldKind::Text { min, max } => {
            lines.push(words(
                "intake-hint-length",
                &[("min", min.to_string()), ("max", max.to_string())],
            ));
        }
        FieldKind::Int { min, max } => {
            lines.push(words(
                "intake-hint-int",
                &[("min", min.to_string()), ("max", max.to_string())],
            ));
        }
        // A drop-down holds one choice a cell; several are written, so they have to be named.
        FieldKind::Codes(list) => {
            let names: Vec<&str> = list.codes.iter().map(|choice| name(choice, lang)).collect();
            lines.push(words("intake-hint-codes", &[("choices", names.join("；"))]));
        }
        FieldKind::Sector => {
            let names: Vec<&str> = Sector::ALL.iter().map(|sector| sector.name_zh()).collect();
            lines.push(words("intake-hint-codes", &[("choices", names.join("；"))]));
        }
        _ => {}
    }
    lines.join("\n")
}

fn name(choice: &forms::Choice, lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => choice.name_zh(),
        Lang::En => choice.name_en(),
    }
}

fn choices(app: &App, field: &'static Field, lang: Lang) -> Vec<String> {
    match field.kind {
        FieldKind::Code(list) => list.codes.iter().map(|choice| name(choice, lang).to_owned()).collect(),
        FieldKind::YesNo => ["word-yes", "word-no"]
            .iter()
            .map(|id| app.words.get(lang, id, &[]))
            .collect(),
        FieldKind::Trl => (Trl::MIN..=Trl::MAX)
            .filter_map(Trl::new)
            .map(|level| level.to_string())
            .collect(),
        _ => Vec::new(),
    }
}
