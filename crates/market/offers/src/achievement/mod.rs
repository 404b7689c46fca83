//! The achievement as a kind of entry: what must hold between its fields and against the programme (R112).

mod form;
#[cfg(test)]
mod tests;

use entries::{EntryKind, Keys, Look};
use forms::{Form, Lookup, Record};
use kernel::Issue;
use kernel::text::fold;

use crate::checks::{self, Found};
pub use form::FORM;

/// A scientific achievement on offer (科技成果).
#[derive(Debug, Clone, Copy, Default)]
pub struct Achievement;

static KEYS: Keys = Keys {
    summary: &["summary"],
    words: &["keywords", "owners"],
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
    texts: &["summary", "ip", "conclusion", "economics", "market", "users", "plan_no"],
    aside: &["price", "modes", "maturity", "sector", "type", "embodiment", "unit"],
    quiet: &["public_price", "public_contact"],
};

/// Keywords that count.
const KEYWORDS_MAX: usize = 3;

impl EntryKind for Achievement {
    fn key(&self) -> &'static str {
        "achievement"
    }

    fn plural(&self) -> &'static str {
        "achievements"
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

    /// The same title of the same first unit, whichever of its units hands it in.
    fn same(&self, record: &Record) -> Option<Vec<String>> {
        Some(vec![fold(record.text("title")?), fold(record.names("owners").first()?)])
    }

    fn check(&self, look: &Look<'_>, record: &mut Record) {
        let found = [
            secret(record),
            keywords(record),
            order(record),
            to_come(look, record),
            owner(look),
            unit_missing(record),
        ];
        record.issues.extend(found.into_iter().flatten());
        checks::shared(look, record);
    }
}

/// What is secret must not come onto an open platform at all; what is internal needs its unit's word (R145).
fn secret(record: &Record) -> Found {
    match record.code("secrecy")? {
        "public" => None,
        "internal" => Some((Some("secrecy"), Issue::warning("offers-internal"))),
        _ => Some((Some("secrecy"), Issue::error("offers-secret"))),
    }
}

fn keywords(record: &Record) -> Found {
    let text = record.text("keywords")?;
    let count = text
        .split(['、', '；', ';', '，', ',', ' '])
        .filter(|w| !w.trim().is_empty())
        .count();
    let many = count > KEYWORDS_MAX;
    many.then(|| {
        let issue = Issue::warning("offers-keywords-many").with("found", count.to_string());
        (Some("keywords"), issue.with("max", KEYWORDS_MAX.to_string()))
    })
}

fn order(record: &Record) -> Found {
    let (began, ended) = (record.date("began")?, record.date("ended")?);
    let wrong = ended.last_day() < began.first_day();
    wrong.then(|| {
        let issue = Issue::error("offers-ended-before").with("began", began.to_string());
        (Some("ended"), issue.with("ended", ended.to_string()))
    })
}

fn to_come(look: &Look<'_>, record: &Record) -> Found {
    let ended = record.date("ended")?;
    let wrong = ended.first_day() > look.today;
    wrong.then(|| {
        (
            Some("ended"),
            Issue::warning("offers-ended-to-come").with("ended", ended.to_string()),
        )
    })
}

fn owner(look: &Look<'_>) -> Found {
    look.programme
        .check_achievement_owner(look.owner?)
        .map(|issue| (Some("owners"), issue))
}

/// Who hands an achievement in should be one of those who made it.
fn unit_missing(record: &Record) -> Found {
    let (owners, unit) = (record.names("owners"), fold(record.text("unit")?));
    let missing = !owners.is_empty() && !owners.iter().any(|o| fold(o) == unit);
    missing.then(|| (Some("owners"), Issue::warning("offers-unit-missing")))
}
