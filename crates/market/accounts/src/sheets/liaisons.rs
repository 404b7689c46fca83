//! The sheet of liaisons (R117): one row an organisation, 高校院所 above all.

use std::collections::BTreeMap;

use db::Conn;
use forms::{Form, Lookup};
use intake::{Before, BoxFuture, CheckCx, Checked, Checker, CommitRow, Kind, Outcome, PutIn};
use jcore::{Act, Action, Actor, App, Fault, FaultKind, Result};
use kernel::Issue;

use super::{blocked, stays};
use crate::declared::LIAISON;
use crate::deeds::liaisons::{Named, name, person};
use crate::model::{Identity, NewOrg, Org, OrgKind, OrgState};
use crate::rules::{LIAISON_IMPORT, LIAISON_SET, ORG_ADD};
use crate::store;

/// Liaisons by sheet.
pub(super) struct Liaisons;

impl Kind for Liaisons {
    fn key(&self) -> &'static str {
        "liaisons"
    }

    fn form(&self) -> &'static Form {
        &LIAISON
    }

    fn action(&self) -> Action {
        LIAISON_IMPORT
    }

    fn season(&self) -> &'static str {
        ""
    }

    fn checker<'a>(&'a self, cx: CheckCx<'a>) -> Box<dyn Checker + 'a> {
        Box::new(Check {
            cx,
            seen: BTreeMap::new(),
        })
    }

    fn commit<'a>(&'a self, act: &'a mut Act, row: CommitRow<'a>) -> BoxFuture<'a, Result<Outcome>> {
        Box::pin(commit(act, row))
    }

    fn bound<'a>(
        &'a self,
        _app: &'a App,
        _conn: &'a mut Conn,
        rows: &'a [PutIn<'a>],
    ) -> BoxFuture<'a, Result<Vec<(usize, Issue)>>> {
        Box::pin(async move { Ok(stays(rows)) })
    }

    fn revert<'a>(&'a self, _act: &'a mut Act, _actor: &'a Actor, _rows: &'a [PutIn<'a>]) -> BoxFuture<'a, Result<()>> {
        Box::pin(async { Err(Fault::new(FaultKind::Conflict, "accounts-sheet-stays")) })
    }
}

fn identity(record: &forms::Record) -> Identity {
    Lookup::uscc(record, "uscc").map_or(Identity::None, |code| Identity::Uscc(code.clone()))
}

/// What an organisation is, by its name: only what a name says beyond doubt.
fn kind_by_name(name: &str) -> Option<OrgKind> {
    if ["大学", "学院", "高等专科学校"].iter().any(|end| name.ends_with(end)) {
        return Some(OrgKind::University);
    }
    ["研究所", "研究院", "科学院", "研究中心"]
        .iter()
        .any(|end| name.ends_with(end))
        .then_some(OrgKind::Institute)
}

/// A check of one batch.
struct Check<'a> {
    cx: CheckCx<'a>,
    /// The row in which an organisation stood first.
    seen: BTreeMap<String, usize>,
}

impl Checker for Check<'_> {
    fn check<'b>(&'b mut self, rows: &'b mut [Checked]) -> BoxFuture<'b, Result<()>> {
        Box::pin(check(self.cx, &mut self.seen, rows))
    }
}

async fn check(cx: CheckCx<'_>, seen: &mut BTreeMap<String, usize>, rows: &mut [Checked]) -> Result<()> {
    let mut conn = cx.app.read().await?;
    for row in rows {
        if blocked(&row.record, "org") || blocked(&row.record, "uscc") {
            continue;
        }
        let Some(name) = row.record.text("org").map(str::to_owned) else {
            continue;
        };
        let issue = match find(&mut conn, &row.record, &name).await? {
            Some(org) => known(&cx, &org),
            None => unknown(&cx, &row.record, &name),
        };
        row.record.issues.extend(issue.map(|issue| (Some("org"), issue)));
        let key = identity(&row.record)
            .text()
            .unwrap_or_else(|| kernel::text::fold(&name));
        if let Some(first) = seen.insert(key, row.number) {
            let issue = Issue::error("accounts-liaison-twice")
                .with("row", first.to_string())
                .with("name", name);
            row.record.issues.push((Some("org"), issue));
        }
    }
    Ok(())
}

async fn find(conn: &mut Conn, record: &forms::Record, name: &str) -> Result<Option<Org>> {
    store::orgs::find(conn, &identity(record), name).await
}

fn known(cx: &CheckCx<'_>, org: &Org) -> Option<Issue> {
    if cx.org.is_some_and(|own| own != org.id) || !cx.app.may(cx.actor, LIAISON_SET, &org.subject()) {
        return Some(Issue::error("accounts-liaison-not-yours").with("name", org.name.clone()));
    }
    (org.state == OrgState::Closed).then(|| Issue::error("accounts-org-over").with("name", org.name.clone()))
}

fn unknown(cx: &CheckCx<'_>, record: &forms::Record, name: &str) -> Option<Issue> {
    let may_add = cx.org.is_none() && cx.app.may(cx.actor, ORG_ADD, &jcore::Subject::NONE);
    let Some(kind) = kind_by_name(name).filter(|_| may_add && Lookup::uscc(record, "uscc").is_some()) else {
        return Some(Issue::error("accounts-liaison-org-unknown").with("name", name));
    };
    let (zh, en) = crate::declared::ORG_KINDS
        .choice(kind.code())
        .map_or(("", ""), |c| (c.name_zh(), c.name_en()));
    Some(
        Issue::warning("accounts-liaison-org-new")
            .with("name", name)
            .with("kind", zh)
            .with("kind_en", en),
    )
}

async fn commit(act: &mut Act, row: CommitRow<'_>) -> Result<Outcome> {
    let Some(org_name) = row.record.text("org") else {
        return Err(Fault::bad_request("a row without organisation"));
    };
    let held = |code: &'static str| {
        Ok(Outcome::Held(vec![(
            Some("org"),
            Issue::error(code).with("name", org_name),
        )]))
    };
    let org = match find(&mut act.conn, row.record, org_name).await? {
        Some(org) => org,
        None => {
            let (Some(kind), Identity::Uscc(code)) = (kind_by_name(org_name), identity(row.record)) else {
                return held("accounts-liaison-org-unknown");
            };
            act.app().permit(row.actor, ORG_ADD, &jcore::Subject::NONE)?;
            let new = NewOrg::new(org_name, kind, Identity::Uscc(code));
            store::orgs::insert(act, &new, OrgState::Unclaimed).await?
        }
    };
    if row.org.is_some_and(|own| own != org.id) || act.app().permit(row.actor, LIAISON_SET, &org.subject()).is_err() {
        return held("accounts-liaison-not-yours");
    }
    match name(act, &org, &person(row.record), "sheet").await {
        Ok(Named::New(id)) => Ok(Outcome::New(id)),
        Ok(Named::Changed(id)) => Ok(Outcome::Changed(id, Before::default())),
        Ok(Named::Same(id)) => Ok(Outcome::Same(id)),
        Err(fault) if fault.kind == FaultKind::Refused => held("accounts-org-over"),
        Err(fault) => Err(fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_universities_and_institutes() {
        assert_eq!(kind_by_name("江苏示例大学"), Some(OrgKind::University));
        assert_eq!(kind_by_name("示例职业技术学院"), Some(OrgKind::University));
        assert_eq!(kind_by_name("示例光学研究所"), Some(OrgKind::Institute));
        assert_eq!(kind_by_name("示例大学科技园有限公司"), None);
    }
}
