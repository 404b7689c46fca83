//! The patent as a kind of entry: what must hold between its fields and against the programme (R110, R111).

mod form;
#[cfg(test)]
mod tests;

use entries::{EntryKind, Keys, Look};
use forms::{Form, Lookup, Record, Value};
use kernel::{Issue, PatentKind};

use crate::checks::{self, Found};
pub use form::FORM;

/// A patent on offer (专利).
#[derive(Debug, Clone, Copy, Default)]
pub struct Patent;

static KEYS: Keys = Keys {
    summary: &["summary"],
    words: &["number", "owners", "ipc", "products"],
    category: "type",
    maturity: Some("maturity"),
    plan_level: Some("plan_level"),
    price: "price",
    roadshow: Some("roadshow"),
    region: None,
    name: "unit",
    uscc: "uscc",
    park: None,
    shows_name: None,
    days: None,
    texts: &["summary", "products", "plan_no"],
    aside: &[
        "price", "modes", "maturity", "sector", "number", "type", "legal", "unit",
    ],
    quiet: &["public_price", "public_contact"],
};

/// Years that a patent lasts from its filing, by its kind; a design filed before June 2021 lasts ten, and is given the
/// benefit of the doubt.
const YEARS: [(PatentKind, i16); 3] = [
    (PatentKind::Invention, 20),
    (PatentKind::Utility, 10),
    (PatentKind::Design, 15),
];

impl EntryKind for Patent {
    fn key(&self) -> &'static str {
        "patent"
    }

    fn plural(&self) -> &'static str {
        "patents"
    }

    fn home(&self) -> &'static str {
        "/offers"
    }

    fn season(&self) -> &'static str {
        "auction"
    }

    fn form(&self) -> &'static Form {
        &FORM
    }

    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    /// A patent is its number, whoever offers it.
    fn same(&self, record: &Record) -> Option<Vec<String>> {
        Some(vec![record.patent("number")?.digits().to_owned()])
    }

    fn check(&self, look: &Look<'_>, record: &mut Record) {
        locarno(record);
        let found = [
            kind_differs(record),
            year_differs(record),
            grant_before_filing(record),
            grant_to_come(look, record),
            term_over(look, record),
            consent(record),
            owner_missing(record),
            early(look, record),
            in_force(look, record),
        ];
        record.issues.extend(found.into_iter().flatten());
        checks::shared(look, record);
    }
}

/// Designs are sorted by the Locarno classes, not by the IPC: `14-02` is taken as it is.
fn locarno(record: &mut Record) {
    if record.code("type") != Some("design") {
        return;
    }
    let Some(cell) = record.cell_mut("ipc") else {
        return;
    };
    let text = kernel::text::normalise(&cell.raw).replace('/', "-");
    let is_class = match text.split_once('-') {
        Some((class, sub)) => [class, sub]
            .iter()
            .all(|p| p.len() == 2 && p.bytes().all(|b| b.is_ascii_digit())),
        None => false,
    };
    if is_class {
        cell.value = Some(Value::Text(text));
        cell.issues = vec![Issue::note("offers-locarno")];
    }
}

/// The number's fifth digit tells the kind.
fn kind_differs(record: &Record) -> Found {
    let (said, number) = (PatentKind::from_code(record.code("type")?)?, record.patent("number")?);
    let differs = said != number.kind();
    differs.then(|| {
        let issue = Issue::error("offers-kind-differs").with("number", number.to_string());
        (Some("type"), issue.with("kind", number.kind().code()))
    })
}

/// The number begins with the year of filing; one that came through the PCT was filed abroad before.
fn year_differs(record: &Record) -> Found {
    let (number, filed) = (record.patent("number")?, record.date("filed")?);
    let differs = !number.pct() && number.year() != filed.year();
    differs.then(|| {
        let issue = Issue::warning("offers-year-differs").with("year", number.year().to_string());
        (Some("filed"), issue.with("filed", filed.to_string()))
    })
}

fn grant_before_filing(record: &Record) -> Found {
    let (filed, granted) = (record.date("filed")?, record.date("granted")?);
    let wrong = granted.last_day() <= filed.first_day();
    wrong.then(|| {
        let issue = Issue::error("offers-grant-before-filing").with("filed", filed.to_string());
        (Some("granted"), issue.with("granted", granted.to_string()))
    })
}

fn grant_to_come(look: &Look<'_>, record: &Record) -> Found {
    let granted = record.date("granted")?;
    let wrong = granted.first_day() > look.today;
    wrong.then(|| {
        (
            Some("granted"),
            Issue::error("offers-grant-to-come").with("granted", granted.to_string()),
        )
    })
}

fn term_over(look: &Look<'_>, record: &Record) -> Found {
    let (number, filed) = (record.patent("number")?, record.date("filed")?);
    let (_, years) = YEARS.into_iter().find(|(kind, _)| *kind == number.kind())?;
    let end = i32::from(filed.year()) + i32::from(years);
    let today = look.today;
    let over = (i32::from(today.year()), today.month(), today.day())
        >= (end, filed.first_day().month(), filed.first_day().day());
    over.then(|| {
        let issue = Issue::warning("offers-term-over").with("filed", filed.to_string());
        (Some("legal"), issue.with("years", years.to_string()))
    })
}

/// A co-owner may grant an ordinary licence alone; everything else needs the others (专利法 §14; an open licence, too).
fn consent(record: &Record) -> Found {
    let more = record.names("owners").len() > 1;
    let beyond = record.codes("modes").iter().any(|mode| mode != "licence");
    let lacking = more && beyond && !record.yes("co_owners_agree");
    lacking.then(|| (Some("co_owners_agree"), Issue::error("offers-co-owners")))
}

/// Who hands a patent in should own it, or have the owner's word.
fn owner_missing(record: &Record) -> Found {
    let (owners, unit) = (record.names("owners"), record.text("unit")?);
    let unit = kernel::text::fold(unit);
    let missing = !owners.is_empty() && !owners.iter().any(|o| kernel::text::fold(o) == unit);
    missing.then(|| (Some("owners"), Issue::warning("offers-owner-missing")))
}

fn early(look: &Look<'_>, record: &Record) -> Found {
    let granted = record.date("granted")?;
    look.programme
        .check_patent_grant(granted)
        .map(|issue| (Some("granted"), issue))
}

fn in_force(look: &Look<'_>, record: &Record) -> Found {
    let in_force = matches!(record.code("legal")?, "valid" | "pledged" | "licensed");
    look.programme
        .check_in_force(in_force)
        .map(|issue| (Some("legal"), issue))
}
