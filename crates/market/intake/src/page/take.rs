//! What a page sends back, as a draft.

use forms::{Draft, Form, Kind};

use super::indicators::{self, Parts};

/// Behind the key of a division's field: the line for those that the drop-down lacks.
pub const OTHER_SUFFIX: &str = "_other";
/// Behind the key of a division's field: what the drop-down showed.
pub const WAS_SUFFIX: &str = "_was";

/// The draft of a form that a page sent. Fields of several boxes come as repeated names; indicators as rows of
/// `ind_name`, `ind_cmp`, `ind_value`, `ind_unit`, `ind_present`, which go before a text under the field's own name;
/// a division as the drop-down or the line beside it. Fields that are blank are not in the draft, and other names are
/// left alone.
#[must_use]
pub fn draft_from_form(form: &'static Form, pairs: &[(String, String)]) -> Draft {
    let mut draft = Draft::new();
    for field in form.fields() {
        let text = match field.kind {
            Kind::Codes(_) | Kind::Sector => all(pairs, field.key).collect::<Vec<_>>().join("；"),
            Kind::Indicators => {
                let rows = indicator_rows(&indicators::prefix(form, field.key), pairs);
                if rows.is_empty() {
                    first(pairs, field.key).to_owned()
                } else {
                    rows
                }
            }
            Kind::Region => region(pairs, field.key).to_owned(),
            _ => first(pairs, field.key).to_owned(),
        };
        if !text.trim().is_empty() {
            // Browsers end lines with CRLF; drafts of sheets and pages are compared as texts.
            draft.insert(field.key.to_owned(), text.replace("\r\n", "\n"));
        }
    }
    draft
}

/// All values under a name that say something.
fn all<'a>(pairs: &'a [(String, String)], key: &str) -> impl Iterator<Item = &'a str> {
    let values = pairs
        .iter()
        .filter(move |(name, _)| name == key)
        .map(|(_, value)| value.trim());
    values.filter(|value| !value.is_empty())
}

fn first<'a>(pairs: &'a [(String, String)], key: &str) -> &'a str {
    pairs
        .iter()
        .find(|(name, _)| name == key)
        .map_or("", |(_, value)| value.as_str())
}

/// The drop-down when it was touched, else the line when something is written there, else the drop-down.
fn region<'a>(pairs: &'a [(String, String)], key: &str) -> &'a str {
    let chosen = first(pairs, key);
    let other = first(pairs, &format!("{key}{OTHER_SUFFIX}"));
    let touched = chosen != first(pairs, &format!("{key}{WAS_SUFFIX}"));
    if other.trim().is_empty() || (touched && !chosen.is_empty()) {
        chosen
    } else {
        other
    }
}

fn indicator_rows(prefix: &str, pairs: &[(String, String)]) -> String {
    let column = |name: &str| -> Vec<&str> {
        let key = format!("{prefix}_{name}");
        pairs
            .iter()
            .filter(|(name, _)| *name == key)
            .map(|(_, value)| value.as_str())
            .collect()
    };
    let (names, cmps, values) = (column("name"), column("cmp"), column("value"));
    let (units, presents) = (column("unit"), column("present"));
    let count = [&names, &values, &units, &presents]
        .iter()
        .map(|column| column.len())
        .max()
        .unwrap_or(0);
    let at = |column: &[&str], row: usize| column.get(row).copied().unwrap_or_default().to_owned();
    let row = |row: usize| {
        indicators::compose(&Parts {
            name: at(&names, row),
            cmp: at(&cmps, row),
            value: at(&values, row),
            unit: at(&units, row),
            present: at(&presents, row),
        })
    };
    (0..count).filter_map(row).collect::<Vec<_>>().join("；")
}
