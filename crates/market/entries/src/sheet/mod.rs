//! Entries by sheet: any kind of entry as a kind of sheet that the intake takes (R115, R116, R139).
//!
//! A row's organisation is the one of its 统一社会信用代码, made where it is not known yet. Liaisons, managers and members
//! bring in their own organisation's rows, bureaus and branches those of their region, the centre all. The same row twice
//! changes nothing; a changed row changes the entry while nobody has accepted it, and is held after that.

mod ahead;
mod alike;
mod check;
mod commit;
mod revert;

pub(crate) use check::{Known, known};

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use db::Conn;
use forms::{Lookup, Record};
use intake::{BoxFuture, CheckCx, Checker, CommitRow, Outcome, Prepared, PutIn};
use jcore::{Act, Action, Actor, App, Permit, Result, Subject};
use kernel::{Issue, OrgId, Region, Uscc};

use accounts::{Identity, IdentityKind, NewOrg, Org, OrgKind};

use crate::actions::WRITE;
use crate::compose::{Under, Unders};
use crate::kind::{EntryKind, uscc};

/// A kind of entry as a kind of sheet.
pub struct Sheet(Arc<dyn EntryKind>);

impl Sheet {
    /// The sheet of a kind of entry.
    #[must_use]
    pub fn of(kind: Arc<dyn EntryKind>) -> Arc<dyn intake::Kind> {
        Arc::new(Self(kind))
    }
}

impl intake::Kind for Sheet {
    fn key(&self) -> &'static str {
        self.0.plural()
    }

    fn form(&self) -> &'static forms::Form {
        self.0.form()
    }

    fn action(&self) -> Action {
        WRITE
    }

    fn season(&self) -> &'static str {
        self.0.season()
    }

    fn href(&self, id: uuid::Uuid) -> Option<String> {
        Some(format!("{}/{id}", self.0.home()))
    }

    fn beside<'a>(&'a self, cx: CheckCx<'a>, id: uuid::Uuid) -> BoxFuture<'a, Result<Option<forms::Draft>>> {
        Box::pin(alike::beside(cx, self.0.as_ref(), id))
    }

    fn checker<'a>(&'a self, cx: CheckCx<'a>) -> Box<dyn Checker + 'a> {
        Box::new(check::Check::new(self.0.as_ref(), cx))
    }

    fn commit<'a>(&'a self, act: &'a mut Act, row: CommitRow<'a>) -> BoxFuture<'a, Result<Outcome>> {
        Box::pin(commit::commit(self.0.as_ref(), act, row))
    }

    fn commit_all<'a>(&'a self, act: &'a mut Act, rows: &'a [CommitRow<'a>]) -> BoxFuture<'a, Result<Vec<Outcome>>> {
        Box::pin(async move {
            match commit::commit_all(self.0.as_ref(), act, rows).await? {
                Some(outcomes) => Ok(outcomes),
                None => intake::one_by_one(self, act, rows).await,
            }
        })
    }

    fn prepare<'a>(&'a self, app: &'a App, rows: &'a [CommitRow<'a>]) -> BoxFuture<'a, Result<Vec<Option<Prepared>>>> {
        Box::pin(ahead::prepare(self.0.as_ref(), app, rows))
    }

    fn settle<'a>(&'a self, app: &'a App, permit: &'a Permit) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { crate::life::put_marks(app, permit).await.map(|_| ()) })
    }

    fn bound<'a>(
        &'a self,
        app: &'a App,
        conn: &'a mut Conn,
        rows: &'a [PutIn<'a>],
    ) -> BoxFuture<'a, Result<Vec<(usize, Issue)>>> {
        Box::pin(revert::bound(app, conn, rows))
    }

    fn revert<'a>(&'a self, act: &'a mut Act, _actor: &'a Actor, rows: &'a [PutIn<'a>]) -> BoxFuture<'a, Result<()>> {
        Box::pin(revert::revert(self.0.as_ref(), act, rows))
    }
}

/// Whose a record is.
#[derive(Debug, Clone)]
pub(crate) enum Owner {
    /// An organisation that is known.
    Known(Box<Org>),
    /// One that is yet to be made.
    New(NewOrg),
}

impl Owner {
    /// The organisation that is known by a record's code, or the one that the record makes.
    fn of(known: Option<Org>, app: &App, kind: &dyn EntryKind, record: &Record, code: &Uscc) -> Self {
        match known {
            Some(org) => Self::Known(Box::new(org)),
            None => Self::New(new_org(app, kind, record, code)),
        }
    }

    /// What the who-may table is asked about.
    pub(crate) fn subject(&self) -> Subject {
        match self {
            Self::Known(org) => org.subject(),
            Self::New(new) => Subject {
                org: None,
                region: new.region,
                user: None,
            },
        }
    }

    /// The organisation, or what it would be, to check a record against.
    pub(crate) fn org(&self, now: i64) -> Org {
        match self {
            Self::Known(org) => (**org).clone(),
            Self::New(new) => new.org(uuid::Uuid::nil().into(), accounts::OrgState::Unclaimed, now),
        }
    }
}

/// Whose rows are, found together by the codes in them, and the programme for each.
struct Owners {
    orgs: HashMap<String, Org>,
    unders: Unders,
}

impl Owners {
    async fn of_rows(conn: &mut Conn, app: &App, kind: &dyn EntryKind, rows: &[CommitRow<'_>]) -> Result<Self> {
        let codes: BTreeSet<&str> = rows
            .iter()
            .filter_map(|row| uscc(kind, row.record))
            .map(Uscc::as_str)
            .collect();
        let codes: Vec<&str> = codes.into_iter().collect();
        Self::of_codes(conn, app, &codes).await
    }

    async fn of_codes(conn: &mut Conn, app: &App, codes: &[&str]) -> Result<Self> {
        let orgs = accounts::orgs_by_uscc(conn, codes).await?;
        let ids: Vec<OrgId> = orgs.values().map(|org| org.id).collect();
        let unders = Unders::of(conn, app, &ids).await?;
        Ok(Self { orgs, unders })
    }

    /// Whose a record with this code is.
    fn whose(&self, app: &App, kind: &dyn EntryKind, record: &Record, code: &Uscc) -> Owner {
        Owner::of(self.orgs.get(code.as_str()).cloned(), app, kind, record, code)
    }

    /// The programme for an organisation, and what of it is waived for it.
    fn under(&self, org: &Org) -> Under {
        self.unders.under(org.id)
    }
}

/// Finds whose a record is; none while it has no readable code.
pub(crate) async fn owner(conn: &mut Conn, app: &App, kind: &dyn EntryKind, record: &Record) -> Result<Option<Owner>> {
    let Some(code) = uscc(kind, record) else {
        return Ok(None);
    };
    let known = accounts::org_by_identity(conn, IdentityKind::Uscc, "CN", code.as_str()).await?;
    Ok(Some(Owner::of(known, app, kind, record, code)))
}

fn new_org(app: &App, kind: &dyn EntryKind, record: &Record, code: &Uscc) -> NewOrg {
    let keys = kind.keys();
    let name = record.text(keys.name).unwrap_or_default();
    // Without a division of its own in the form, the one where it was registered.
    let registered = || Region::new(code.region_code()).filter(|r| app.regions.get(r).is_some());
    let region = keys
        .region
        .and_then(|key| Lookup::region(record, key))
        .or_else(registered);
    let mut new = NewOrg::new(name, guess(code, name), Identity::Uscc(code.clone())).in_region(region);
    new.park = keys
        .park
        .and_then(|key| record.text(key))
        .unwrap_or_default()
        .to_owned();
    new
}

/// What an organisation is, by the head of its code and its name, until its people say so themselves: 9 is an
/// enterprise, 12 a public institution, 52 a private non-enterprise unit, as new R&D institutions are.
fn guess(code: &Uscc, name: &str) -> OrgKind {
    let academic = ["大学", "学院", "学校"].iter().any(|end| name.ends_with(end));
    match (code.as_str().as_bytes().first(), academic) {
        (Some(b'9'), _) => OrgKind::Company,
        (_, true) => OrgKind::University,
        (Some(b'5'), _) => OrgKind::NewRd,
        _ => OrgKind::Institute,
    }
}

/// Whether an actor may write for an owner.
pub(crate) fn may_write(app: &App, actor: &Actor, owner: &Owner) -> bool {
    app.may(actor, WRITE, &owner.subject())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisations_are_guessed_by_their_codes() {
        let code = |text: &str| Uscc::new(text).unwrap();
        assert_eq!(guess(&code("91320000MA0000007Q"), "甲有限公司"), OrgKind::Company);
        assert_eq!(guess(&code("12320000MA0000007X"), "秣陵理工大学"), OrgKind::University);
        assert_eq!(
            guess(&code("12320000MA0000007X"), "栖霞光电信息研究所"),
            OrgKind::Institute
        );
        assert_eq!(
            guess(&code("52320100MA0000007Y"), "玉峰智能感知产业技术研究院"),
            OrgKind::NewRd
        );
    }
}
