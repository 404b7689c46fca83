//! An entry as the public sees it, for matching and for messages. Everything a push says comes from here, and this reads the
//! public projection and nothing else (R143): there is no way from here to what is withheld.

use entries::projection::{FieldShown, Shown, project_open};
use entries::{Entry, EntryKind, ListRow, codes_of};
use forms::Values;
use jcore::{App, Result};
use kernel::text::fold;
use kernel::{Region, Sector};

use crate::finder::Item;
use crate::rules::Gist;

/// Fields that are facts in every form which has them.
const FACTS: [&str; 3] = ["modes", "indicators", "due"];

/// What the public sees of an entry.
#[derive(Debug, Clone)]
pub(crate) struct Public {
    pub(crate) item: Item,
    pub(crate) gist: Gist,
    pub(crate) summary: String,
    pub(crate) path: String,
}

struct Raw<'a> {
    id: uuid::Uuid,
    title: &'a str,
    summary: &'a str,
    sector: &'a str,
    region: &'a str,
    org_name: Option<&'a str>,
    withheld: &'a str,
    open: Values,
}

/// An entry; none of a kind that is not known any more.
pub(crate) fn of_entry(app: &App, entry: &Entry) -> Result<Option<Public>> {
    let raw = Raw {
        id: entry.id,
        title: &entry.title,
        summary: &entry.summary,
        sector: &entry.sector,
        region: &entry.region,
        org_name: entry.org_name.as_deref(),
        withheld: &entry.withheld,
        open: entry.open_values()?,
    };
    Ok(kind(app, &entry.kind).map(|kind| public(kind.as_ref(), &raw)))
}

/// A row of a list.
pub(crate) fn of_row(app: &App, row: &ListRow) -> Result<Option<Public>> {
    let raw = Raw {
        id: row.id,
        title: &row.title,
        summary: &row.summary,
        sector: &row.sector,
        region: &row.region,
        org_name: row.org_name.as_deref(),
        withheld: &row.withheld,
        open: row.values()?,
    };
    Ok(kind(app, &row.kind).map(|kind| public(kind.as_ref(), &raw)))
}

fn kind(app: &App, key: &str) -> Option<std::sync::Arc<dyn EntryKind>> {
    entries::kinds(app).get(key).cloned()
}

fn public(kind: &dyn EntryKind, raw: &Raw<'_>) -> Public {
    let shown = project_open(kind, &raw.open, raw.withheld);
    let sectors: Vec<&str> = codes_of(raw.sector).collect();
    Public {
        item: Item {
            id: raw.id,
            kind: kind.key().to_owned(),
            title: raw.title.to_owned(),
            sectors: sectors.iter().filter_map(|code| Sector::from_code(code)).collect(),
            region: Region::new(raw.region),
            text: all_text(kind, &shown, raw.org_name),
        },
        gist: Gist {
            title: raw.title.to_owned(),
            sectors: sectors.into_iter().map(str::to_owned).collect(),
            region: raw.region.to_owned(),
            facts: facts(kind, &shown),
            text: texts(kind, &shown),
        },
        summary: raw.summary.to_owned(),
        path: format!("{}/{}", kind.home(), raw.id),
    }
}

/// Keys of the facts of a kind, in the order of its form.
fn is_fact(kind: &dyn EntryKind, key: &str) -> bool {
    let keys = kind.keys();
    FACTS.contains(&key)
        || key == keys.category
        || key == keys.price
        || keys.maturity == Some(key)
        || keys.plan_level == Some(key)
}

fn written(shown: &Shown) -> impl Iterator<Item = (&'static str, String)> + '_ {
    shown.fields.iter().filter_map(|field| match &field.shown {
        FieldShown::Shown(value) => Some((field.field.key, forms::write(value, field.field))),
        FieldShown::Withheld => None,
    })
}

fn facts(kind: &dyn EntryKind, shown: &Shown) -> Vec<(String, String)> {
    written(shown)
        .filter(|(key, _)| is_fact(kind, key))
        .map(|(key, text)| (key.to_owned(), text))
        .collect()
}

fn texts(kind: &dyn EntryKind, shown: &Shown) -> String {
    let keys = kind.keys();
    let is_text = |key: &str| (keys.texts.contains(&key) || keys.summary.contains(&key)) && !is_fact(kind, key);
    let parts: Vec<String> = written(shown)
        .filter(|(key, _)| is_text(key))
        .map(|(_, text)| fold(&text))
        .collect();
    parts.join("|")
}

fn all_text(kind: &dyn EntryKind, shown: &Shown, org_name: Option<&str>) -> String {
    let quiet = kind.keys().quiet;
    let mut parts: Vec<String> = written(shown)
        .filter(|(key, _)| !quiet.contains(key))
        .map(|(_, text)| fold(&text))
        .collect();
    parts.extend(org_name.map(fold));
    // A stroke between parts, so that no search finds the end of one and the head of the next.
    parts.join("|")
}
