//! Making one organisation of two, closing one and opening it again: the centre's.

use jcore::notices::Notice;
use jcore::{Cx, Fault, Result, Role, act};
use kernel::Issue;
use serde_json::json;

use crate::model::{Org, OrgState};
use crate::rules::ORG_MERGE;
use crate::store;

/// Most former names an organisation keeps: beyond this nobody would search by them.
const FORMER_NAMES_MAX: usize = 20;

/// Everything of `from` moves to `into`; `from` stays as a pointer, so that its code still leads somewhere.
pub(crate) async fn merge(cx: &Cx, from: &Org, into: &Org, reason: &str) -> Result<()> {
    let permit = cx.permit(ORG_MERGE, &from.subject())?;
    cx.permit(ORG_MERGE, &into.subject())?;
    if from.id == into.id {
        return Err(Fault::issue(Some("org"), Issue::error("accounts-merge-itself")));
    }
    act!(cx.app, permit, |act| {
        let mut source = store::orgs::get(&mut act.conn, from.id).await?;
        let mut target = store::orgs::get(&mut act.conn, into.id).await?;
        for org in [&source, &target] {
            if matches!(org.state, OrgState::Merged) || (org.id == target.id && org.state == OrgState::Closed) {
                return Err(Fault::issue(
                    Some("org"),
                    Issue::error("accounts-org-over").with("name", org.name.clone()),
                ));
            }
        }
        let moved = store::merge::count(&mut act.conn, source.id).await?;
        for entry in store::merge::entries(&mut act.conn, source.id).await? {
            act.changed("entry", entry);
        }
        store::merge::move_all(&mut act, source.id, target.id).await?;
        source.state = OrgState::Merged;
        source.merged_into = Some(target.id);
        store::orgs::update(&mut act, &source).await?;
        for name in source.former_names.iter().chain([&source.name]) {
            if *name != target.name && !target.former_names.contains(name) {
                target.former_names.push(name.clone());
            }
        }
        target.former_names.truncate(FORMER_NAMES_MAX);
        if target.region.is_none() {
            target.region = source.region;
        }
        store::orgs::update(&mut act, &target).await?;
        let detail = json!({ "into": target.id, "reason": reason, "moved": moved });
        act.note("org.merged", "org", source.id.uuid(), detail);
        act.note(
            "org.took-over",
            "org",
            target.id.uuid(),
            json!({ "from": source.id, "moved": moved }),
        );
        for user in store::people::with_role(&mut act.conn, Role::Manager, Some(target.id)).await? {
            act.tell(Notice {
                user,
                key: "org-merged",
                args: vec![("from", source.name.clone()), ("org", target.name.clone())],
                link: Some(format!("/org/{}", target.id)),
                mail: true,
            });
        }
        Ok(())
    })
}

/// Closes an organisation: its people's roles within it end; its work stays where it is.
pub(crate) async fn close(cx: &Cx, org: &Org, reason: &str) -> Result<()> {
    let permit = cx.permit(ORG_MERGE, &org.subject())?;
    act!(cx.app, permit, |act| {
        let mut org = store::orgs::get(&mut act.conn, org.id).await?;
        if matches!(org.state, OrgState::Merged | OrgState::Closed) {
            return Err(Fault::stale());
        }
        org.state = OrgState::Closed;
        store::orgs::update(&mut act, &org).await?;
        for member in store::members::of_org(&mut act.conn, org.id).await? {
            store::members::end(&mut act, member.id, "closed").await?;
            store::grants::end_all(&mut act, member.user(), Some(org.id)).await?;
            act.changed("user", member.user().uuid());
        }
        act.note("org.closed", "org", org.id.uuid(), json!({ "reason": reason }));
        Ok(())
    })
}

/// Opens a closed organisation again; who runs it has to be granted anew.
pub(crate) async fn reopen(cx: &Cx, org: &Org) -> Result<()> {
    let permit = cx.permit(ORG_MERGE, &org.subject())?;
    act!(cx.app, permit, |act| {
        let mut org = store::orgs::get(&mut act.conn, org.id).await?;
        if org.state != OrgState::Closed {
            return Err(Fault::stale());
        }
        org.state = OrgState::Unclaimed;
        store::orgs::update(&mut act, &org).await?;
        act.note("org.reopened", "org", org.id.uuid(), json!({}));
        Ok(())
    })
}
