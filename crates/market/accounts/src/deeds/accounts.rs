//! People's accounts as the centre and the administrator run them: inviting, roles, unlocking, closing.

use db::Conn;
use jcore::notices::Notice;
use jcore::{Cx, Fault, FaultKind, Result, Role, Subject, act, login};
use kernel::{Email, Issue, OrgId, Region, UserId};
use serde_json::json;
use uuid::Uuid;

use crate::deeds::belonging::{invited, part};
use crate::model::{MemberState, UserState};
use crate::rules::{USER_EDIT, USER_GRANT, may_grant};
use crate::store;

fn may(cx: &Cx, role: Role) -> Result<()> {
    if may_grant(&cx.actor, role) {
        Ok(())
    } else {
        Err(Fault::new(FaultKind::Denied, "denied"))
    }
}

/// Makes an account (or takes the one of the address) and gives it a first role.
pub(crate) async fn invite(
    cx: &Cx,
    email: &Email,
    name: &str,
    role: Role,
    org: Option<OrgId>,
    region: Option<Region>,
) -> Result<UserId> {
    may(cx, role)?;
    let permit = cx.permit(USER_GRANT, &Subject::NONE)?;
    cx.permit(USER_EDIT, &Subject::NONE)?;
    act!(cx.app, permit, |act| {
        let org_name = match org {
            Some(org) => store::orgs::get(&mut act.conn, org).await?.name,
            None => String::new(),
        };
        let user = invited(&mut act, email, name, cx.lang, &org_name).await?;
        crate::access::grant(&mut act, user.id, role, org, region).await?;
        act.note("user.invited", "user", user.id.uuid(), json!({ "role": role.code() }));
        Ok(user.id)
    })
}

/// Grants a role to an account in use.
pub(crate) async fn grant(cx: &Cx, user: UserId, role: Role, org: Option<OrgId>, region: Option<Region>) -> Result<()> {
    may(cx, role)?;
    let permit = cx.permit(USER_GRANT, &Subject::NONE)?;
    act!(cx.app, permit, |act| {
        let person = store::people::get(&mut act.conn, user).await?;
        if !matches!(person.state, UserState::Active | UserState::Invited) {
            return Err(Fault::issue(Some("role"), Issue::error("accounts-user-not-active")));
        }
        if store::grants::held(&mut act.conn, user, role, org, region).await? {
            return Err(Fault::issue(Some("role"), Issue::error("accounts-role-held")));
        }
        crate::access::grant(&mut act, user, role, org, region).await?;
        act.tell(Notice {
            user,
            key: "role-granted",
            args: Vec::new(),
            link: Some("/account".into()),
            mail: true,
        });
        Ok(())
    })
}

/// Ends a role.
pub(crate) async fn end_grant(cx: &Cx, user: UserId, id: Uuid) -> Result<()> {
    let permit = cx.permit(USER_GRANT, &Subject::NONE)?;
    let grant = store::grants::get(&mut cx.app.read().await?, id).await?;
    if grant.user != user {
        return Err(Fault::not_found());
    }
    if let Some(role) = Role::from_code(&grant.role) {
        may(cx, role)?;
    }
    act!(cx.app, permit, |act| {
        if grant.role == Role::Admin.code() {
            keeps_an_admin(&mut act.conn, user).await?;
        }
        if !store::grants::end(&mut act, id).await? {
            return Err(Fault::stale());
        }
        act.note(
            "user.role-ended",
            "user",
            user.uuid(),
            json!({ "role": grant.role, "org": grant.org.as_ref().map(|o| o.0), "region": grant.region }),
        );
        act.changed("user", user.uuid());
        act.tell(Notice {
            user,
            key: "role-ended",
            args: Vec::new(),
            link: Some("/account".into()),
            mail: true,
        });
        Ok(())
    })
}

/// Refuses to take the last administrator away.
async fn keeps_an_admin(conn: &mut Conn, leaver: UserId) -> Result<()> {
    if store::people::with_role(conn, Role::Admin, None).await? == [leaver] {
        return Err(Fault::issue(None, Issue::error("accounts-last-admin")));
    }
    Ok(())
}

/// Lifts the lock after wrong passwords.
pub(crate) async fn unlock(cx: &Cx, user: UserId) -> Result<()> {
    let permit = cx.permit(USER_EDIT, &Subject::NONE)?;
    act!(cx.app, permit, |act| {
        store::people::lock(&mut act, user, 0).await?;
        act.note("user.unlocked", "user", user.uuid(), json!({}));
        Ok(())
    })
}

/// Closes an account: sessions, tokens, roles, memberships and stand-ins end. What the person did stays on record.
pub(crate) async fn close(cx: &Cx, user: UserId, reason: &str) -> Result<()> {
    let permit = cx.permit(USER_EDIT, &Subject::NONE)?;
    act!(cx.app, permit, |act| {
        let person = store::people::get(&mut act.conn, user).await?;
        if person.state == UserState::Closed {
            return Err(Fault::stale());
        }
        let roles = store::grants::of_user(&mut act.conn, user).await?;
        for role in roles
            .iter()
            .filter(|g| g.ended_at.is_none())
            .filter_map(|g| Role::from_code(&g.role))
        {
            may(cx, role)?;
        }
        keeps_an_admin(&mut act.conn, user).await?;
        for member in store::members::of_user(&mut act.conn, user).await? {
            let org = store::orgs::get(&mut act.conn, member.org()).await?;
            if member.state == MemberState::Active.code() {
                part(&mut act, &org, &member, "closed").await?;
            } else if member.state == MemberState::Asked.code() {
                store::members::decide(&mut act, member.id, MemberState::Refused, Role::Member, "closed").await?;
            }
        }
        store::grants::end_all(&mut act, user, None).await?;
        login::end_all(&mut act.conn, user, None).await?;
        store::own::end_tokens(&mut act, user).await?;
        store::own::end_delegations(&mut act, user).await?;
        store::links::forget(&mut act, user).await?;
        store::people::set_state(&mut act, user, UserState::Closed).await?;
        act.note("user.closed", "user", user.uuid(), json!({ "reason": reason }));
        Ok(())
    })
}

/// Opens a closed account again, without roles.
pub(crate) async fn reopen(cx: &Cx, user: UserId) -> Result<()> {
    let permit = cx.permit(USER_EDIT, &Subject::NONE)?;
    act!(cx.app, permit, |act| {
        let person = store::people::get(&mut act.conn, user).await?;
        if person.state != UserState::Closed {
            return Err(Fault::stale());
        }
        let state = if person.password.is_some() {
            UserState::Active
        } else {
            UserState::Invited
        };
        store::people::set_state(&mut act, user, state).await?;
        act.note("user.reopened", "user", user.uuid(), json!({}));
        Ok(())
    })
}

/// Sends an invited person the link again.
pub(crate) async fn invite_again(cx: &Cx, user: UserId) -> Result<()> {
    let permit = cx.permit(USER_EDIT, &Subject::NONE)?;
    act!(cx.app, permit, |act| {
        let person = store::people::get(&mut act.conn, user).await?;
        if person.state != UserState::Invited {
            return Err(Fault::stale());
        }
        let purpose = crate::store::links::Purpose::Invite;
        crate::deeds::mail_link(&mut act, &person, purpose, &[("org", String::new())]).await?;
        act.note("user.invited-again", "user", user.uuid(), json!({}));
        Ok(())
    })
}
