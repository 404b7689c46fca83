//! The sheet of organisations: companies of a region, universities, bureaus, parks.

use std::collections::BTreeMap;

use db::Conn;
use forms::Form;
use intake::{Before, BoxFuture, CheckCx, Checked, Checker, CommitRow, Kind, Outcome, PutIn};
use jcore::{Act, Action, Actor, App, Fault, FaultKind, Result, Subject};
use kernel::Issue;

use super::{blocked, stays};
use crate::declared::ORGANISATION;
use crate::deeds::orgs::{Declared, Put, declared, put};
use crate::model::{Org, OrgState};
use crate::rules::{ORG_ADD, ORG_CLASSIFY, ORG_EDIT, ORG_IMPORT};
use crate::store;

/// Organisations by sheet.
pub(super) struct Organisations;

impl Kind for Organisations {
    fn key(&self) -> &'static str {
        "organisations"
    }

    fn form(&self) -> &'static Form {
        &ORGANISATION
    }

    fn action(&self) -> Action {
        ORG_IMPORT
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
        if ["name", "kind", "uscc", "region"]
            .iter()
            .any(|key| blocked(&row.record, key))
        {
            continue;
        }
        let Some(new) = declared(&row.record) else { continue };
        let known = store::orgs::find(&mut conn, &new.org.identity, &new.org.name).await?;
        if let Some(issue) = objection(cx.app, cx.actor, &new, known.as_ref()) {
            row.record.issues.push(issue);
        } else if let Some(known) = known.filter(|k| k.name != new.org.name) {
            let issue = Issue::warning("accounts-org-renamed").with("former", known.name);
            row.record.issues.push((Some("name"), issue));
        }
        let key = new
            .org
            .identity
            .text()
            .unwrap_or_else(|| kernel::text::fold(&new.org.name));
        if let Some(first) = seen.insert(key, row.number) {
            let issue = Issue::error("accounts-org-twice")
                .with("row", first.to_string())
                .with("name", new.org.name);
            row.record.issues.push((Some("name"), issue));
        }
    }
    Ok(())
}

/// Why the sender may not write this row, if so.
fn objection(app: &App, actor: &Actor, new: &Declared, known: Option<&Org>) -> Option<(Option<&'static str>, Issue)> {
    if let Some(known) = known {
        if known.state == OrgState::Closed {
            return Some((
                Some("name"),
                Issue::error("accounts-org-over").with("name", known.name.clone()),
            ));
        }
        if !app.may(actor, ORG_EDIT, &known.subject()) {
            return Some((
                Some("region"),
                Issue::error("accounts-org-elsewhere").with("name", known.name.clone()),
            ));
        }
        // Once people run an organisation, its kind and its move to another region are the centre's to decide.
        let moves = new.org.region.is_some_and(|r| known.region.is_some_and(|k| k != r)) || known.kind != new.org.kind;
        if moves && known.state == OrgState::Active && !app.may(actor, ORG_CLASSIFY, &known.subject()) {
            return Some((
                Some("kind"),
                Issue::error("accounts-org-settled").with("name", known.name.clone()),
            ));
        }
    }
    let there = Subject {
        region: new.org.region,
        ..Subject::NONE
    };
    let elsewhere = !app.may(actor, ORG_ADD, &there);
    elsewhere.then(|| {
        (
            Some("region"),
            Issue::error("accounts-org-elsewhere").with("name", new.org.name.clone()),
        )
    })
}

async fn commit(act: &mut Act, row: CommitRow<'_>) -> Result<Outcome> {
    let Some(new) = declared(row.record) else {
        return Err(Fault::bad_request("a row without name or kind"));
    };
    let known = store::orgs::find(&mut act.conn, &new.org.identity, &new.org.name).await?;
    let app = act.app().clone();
    if let Some(issue) = objection(&app, row.actor, &new, known.as_ref()) {
        return Ok(Outcome::Held(vec![issue]));
    }
    Ok(match put(act, &new).await? {
        Put::New(id) => Outcome::New(id.uuid()),
        Put::Changed(id) => Outcome::Changed(id.uuid(), Before::default()),
        Put::Same(id) => Outcome::Same(id.uuid()),
    })
}
