//! From what was typed to everything that is stored: reading, checks, redaction, facets, fingerprint, score.

use std::collections::HashMap;
use std::sync::Arc;

use db::Conn;
use forms::{Draft, Record, Split};
use jcore::{App, Result};
use kernel::{Day, EntryId, Issue, Level, OrgId, Stamp};
use rulebook::{Owner, Programme};

use accounts::{IdentityKind, Org, OrgKind};

use crate::alike::{self, Seed};
use crate::kind::{self, EntryKind, Look};
use crate::leaks::LeakKind;
use crate::model::Facets;
use crate::{leaks, projection};

/// Bytes of a fingerprint that are kept: enough that two things never share one.
const DUP_BYTES: usize = 16;
/// Those of them that are the owner's: enough to keep its entries together.
const OWNER_BYTES: usize = 4;

/// An entry put together from its draft.
#[derive(Debug, Clone)]
pub(crate) struct Composed {
    /// The record with all issues.
    pub record: Record,
    /// Open and withheld values.
    pub split: Split,
    /// What lists filter and sort by.
    pub facets: Facets,
    /// By which the same thing is found; empty while it can't be told.
    pub dup_key: String,
    /// 0–100.
    pub score: i64,
    /// Days that it stays public.
    pub valid_days: i64,
    /// By which things that say nearly the same are found.
    pub marks: Vec<i64>,
}

/// Puts an entry together. In a draft what is missing is no error.
pub(crate) fn compose(
    app: &App,
    kind: &dyn EntryKind,
    raw: &Draft,
    org: &Org,
    under: &Under,
    now: Stamp,
    draft: bool,
) -> Composed {
    let mut record = forms::read(kind.form(), raw, &intake::context(app, draft));
    intake::let_pass(app, kind.form(), &mut record);
    compose_read(app, kind, record, org, under, now)
}

/// The same of a record that was read already.
pub(crate) fn compose_read(
    app: &App,
    kind: &dyn EntryKind,
    mut record: Record,
    org: &Org,
    under: &Under,
    now: Stamp,
) -> Composed {
    let form = kind.form();
    let look = look(app, under, Some(org), now.date_in_cn());
    check(kind, &look, &mut record, Some(org));
    let split = forms::split(form, record.values());
    let facets = kind::facets(kind, &split.open, &org.name, org.region);
    Composed {
        dup_key: dup_key(app, kind, &record),
        score: i64::from(kind.score(&record)),
        valid_days: kind.valid_days(&record, &under.programme),
        marks: alike::marks(&app.keys, kind, Seed::new(&app.keys, kind), &record),
        facets,
        split,
        record,
    }
}

/// The programme in force, and what of it is waived for an organisation.
#[derive(Debug, Clone)]
pub(crate) struct Under {
    pub programme: Arc<Programme>,
    pub waived: Vec<String>,
}

impl Under {
    /// With nothing waived.
    pub(crate) fn plain(app: &App) -> Self {
        Self {
            programme: programme::now(app),
            waived: Vec::new(),
        }
    }

    /// Whether both are the same: the very programme, loaded once, and the same waived.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.programme, &other.programme) && self.waived == other.waived
    }

    /// For an organisation.
    pub(crate) async fn of(conn: &mut Conn, app: &App, org: OrgId) -> Result<Self> {
        Ok(Unders::of(conn, app, &[org]).await?.under(org))
    }
}

/// The programme in force, and what of it is waived for each of some organisations.
#[derive(Debug)]
pub(crate) struct Unders {
    programme: Arc<Programme>,
    waived: HashMap<OrgId, Vec<String>>,
}

impl Unders {
    /// For organisations.
    pub(crate) async fn of(conn: &mut Conn, app: &App, orgs: &[OrgId]) -> Result<Self> {
        let programme = programme::now(app);
        let waived = programme::waived_rules(conn, &programme.key, orgs).await?;
        Ok(Self { programme, waived })
    }

    /// For one of them; one that is yet to be made has nothing waived.
    pub(crate) fn under(&self, org: OrgId) -> Under {
        Under {
            programme: self.programme.clone(),
            waived: self.waived.get(&org).cloned().unwrap_or_default(),
        }
    }
}

/// What a check may look at.
pub(crate) fn look<'a>(app: &'a App, under: &'a Under, org: Option<&Org>, today: Day) -> Look<'a> {
    Look {
        programme: &under.programme,
        waived: &under.waived,
        regions: &app.regions,
        today,
        owner: org.and_then(|org| owner(org.kind)),
        region: org.and_then(|org| org.region),
    }
}

/// The kind of supplier that the programme's rules speak of; none for bodies that supply nothing.
pub(crate) fn owner(kind: OrgKind) -> Option<Owner> {
    match kind {
        OrgKind::University => Some(Owner::University),
        OrgKind::Institute => Some(Owner::Institute),
        OrgKind::NewRd => Some(Owner::NewRd),
        OrgKind::StateOwned => Some(Owner::StateFirm),
        OrgKind::Company => Some(Owner::Firm),
        _ => None,
    }
}

/// All checks on a record: the kind's own, what every kind shares, and leaks.
pub(crate) fn check(kind: &dyn EntryKind, look: &Look<'_>, record: &mut Record, org: Option<&Org>) {
    kind.check(look, record);
    waive(look.waived, record);
    for sector in forms::Lookup::sectors(record, "sector").to_vec() {
        if let Some(issue) = look.programme.check_sector(sector) {
            record.issues.push((Some("sector"), issue));
        }
    }
    if let Some(org) = org {
        check_owner(kind, record, org);
    }
    leaks::check(kind, record, org.map_or("", |o| o.name.as_str()), look.regions);
}

/// What a waived rule forbids is a warning, with a note that it is waived.
fn waive(waived: &[String], record: &mut Record) {
    let mut notes = Vec::new();
    for (key, issue) in &mut record.issues {
        if issue.level == Level::Error && waived.iter().any(|rule| rule == issue.code) {
            issue.level = Level::Warning;
            notes.push((*key, Issue::note("entries-waived")));
        }
    }
    record.issues.extend(notes);
}

/// Whether the organisation named in the record is the one that the entry belongs to.
fn check_owner(kind: &dyn EntryKind, record: &mut Record, org: &Org) {
    let keys = kind.keys();
    let own = org
        .identity
        .as_deref()
        .filter(|_| org.identity_kind == IdentityKind::Uscc);
    let said = kind::uscc(kind, record);
    if let (Some(own), Some(said)) = (own, said)
        && said.as_str() != own
    {
        let issue = Issue::error("entries-other-org")
            .with("name", org.name.clone())
            .with("code", own.to_owned());
        record.issues.push((Some(keys.uscc), issue));
        return;
    }
    let same = |name: &str| {
        let name = kernel::text::fold(name);
        std::iter::once(&org.name)
            .chain(&org.former_names)
            .any(|n| kernel::text::fold(n) == name)
    };
    if let Some(name) = record.text(keys.name)
        && !same(name)
    {
        let issue = Issue::warning("entries-name-differs").with("name", org.name.clone());
        record.issues.push((Some(keys.name), issue));
    }
}

/// The keyed fingerprint of what makes two entries the same thing: the store can compare it and tells nothing by it. It
/// begins with that of the owner, where one belongs to it, so that a unit's sheet goes into one place of the index and not
/// all over it; whose an entry is stands beside it in the row.
pub(crate) fn dup_key(app: &App, kind: &dyn EntryKind, record: &Record) -> String {
    let Some(parts) = kind.same(record) else {
        return String::new();
    };
    let print = |name: &[u8], parts: &[String], bytes: usize| {
        let mut all: Vec<&[u8]> = vec![name, kind.key().as_bytes()];
        all.extend(parts.iter().map(|p| p.as_bytes()));
        let print = app.keys.fingerprint(&all);
        kernel::text::hex(print.get(..bytes).unwrap_or(&print))
    };
    match parts.as_slice() {
        [_, .., owner] => {
            let owner = print(b"entry.owner", std::slice::from_ref(owner), OWNER_BYTES);
            owner + &print(b"entry.dup", &parts, DUP_BYTES - OWNER_BYTES)
        }
        _ => print(b"entry.dup", &parts, DUP_BYTES),
    }
}

/// Whether handing in waits for its owner's word that the public version is as they want it: something is withheld, or an
/// open text may tell what should not be public (R143).
pub(crate) fn wants_word(composed: &Composed) -> bool {
    let told = |issue: &Issue| issue.level == Level::Warning && LeakKind::is_told_by(issue.code);
    !composed.split.withheld.is_empty() || composed.record.all_issues().any(|(_, issue)| told(issue))
}

/// The sealed parts and the open JSON of an entry.
#[derive(Debug, Clone)]
pub(crate) struct SealedParts {
    pub open: String,
    pub sealed: Vec<u8>,
    pub raw: Vec<u8>,
    pub withheld: String,
}

/// Seals what a composed entry withholds.
pub(crate) fn seal(app: &App, id: EntryId, composed: &Composed, raw: &Draft) -> Result<SealedParts> {
    let open = serde_json::to_string(&composed.split.open).map_err(|e| jcore::Fault::internal(e.to_string()))?;
    Ok(SealedParts {
        open,
        sealed: projection::seal_values(&app.keys, id, &composed.split.sealed)?,
        raw: projection::seal_raw(&app.keys, id, raw)?,
        withheld: composed.split.withheld.join(","),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_waived_warns() {
        let issues = || {
            vec![
                (Some("granted"), Issue::error("patent-granted-early")),
                (None, Issue::error("offers-secret")),
            ]
        };
        let levels = |waived: &[String]| {
            let mut record = Record {
                issues: issues(),
                ..Record::default()
            };
            waive(waived, &mut record);
            record
                .issues
                .into_iter()
                .map(|(key, issue)| (key, issue.code, issue.level))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            levels(&[]),
            [
                (Some("granted"), "patent-granted-early", Level::Error),
                (None, "offers-secret", Level::Error)
            ]
        );
        assert_eq!(
            levels(&["patent-granted-early".to_owned()]),
            [
                (Some("granted"), "patent-granted-early", Level::Warning),
                (None, "offers-secret", Level::Error),
                (Some("granted"), "entries-waived", Level::Note),
            ]
        );
    }
}
