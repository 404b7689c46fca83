//! Who belongs to an organisation: asking, deciding, inviting, roles, leaving.

use jcore::notices::Notice;
use jcore::{Act, Cx, Fault, Lang, Result, Role, Subject, act};
use kernel::{Email, Issue, UserId};
use serde_json::json;
use uuid::Uuid;

use crate::deeds::registering::{first_role, tell_reviewers};
use crate::deeds::{self, in_use};
use crate::model::{MemberState, Org, OrgState, UserState};
use crate::people::{NewUser, User};
use crate::rules::{JOIN, MEMBER_MANAGE, MEMBER_REVIEW, ORG_ROLES};
use crate::store;
use crate::store::links::Purpose;
use crate::store::members::Member;

/// A signed-in person asks to belong to an organisation.
pub(crate) async fn ask(cx: &Cx, me: UserId, org: &Org, title: &str) -> Result<()> {
    let permit = cx.permit(JOIN, &Subject::user(me))?;
    act!(cx.app, permit, |act| {
        if store::members::between(&mut act.conn, me, org.id).await?.is_some() {
            return Err(Fault::issue(
                Some("org"),
                Issue::error("accounts-member-already").with("name", org.name.clone()),
            ));
        }
        if matches!(org.state, OrgState::Merged | OrgState::Closed) {
            return Err(Fault::issue(
                Some("org"),
                Issue::error("accounts-org-over").with("name", org.name.clone()),
            ));
        }
        let role = first_role(&mut act.conn, org.id).await?;
        store::members::insert(&mut act, me, org.id, MemberState::Asked, role, title).await?;
        act.note("member.asked", "org", org.id.uuid(), json!({ "user": me }));
        tell_reviewers(&mut act, org, &cx.actor.name).await
    })
}

/// A decision over who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision<'a> {
    /// Belongs from now on, in this role.
    Approve(Role),
    /// Does not, for this reason.
    Refuse(&'a str),
}

/// Decides over a request. The first decision counts; a later one is a conflict.
pub(crate) async fn decide(cx: &Cx, id: Uuid, decision: Decision<'_>) -> Result<Member> {
    let mut conn = cx.app.read().await?;
    let member = store::members::get(&mut conn, id).await?;
    let org = store::orgs::get(&mut conn, member.org()).await?;
    drop(conn);
    let permit = cx.permit(MEMBER_REVIEW, &org.subject())?;
    if let Decision::Approve(role) = decision
        && !ORG_ROLES.contains(&role)
    {
        return Err(Fault::bad_request("not a role within an organisation"));
    }
    act!(cx.app, permit, |act| {
        let org = store::orgs::get(&mut act.conn, org.id).await?;
        match decision {
            Decision::Approve(role) => approve(&mut act, &member, org, role).await?,
            Decision::Refuse(reason) => refuse(&mut act, &member, org, reason).await?,
        }
        Ok(())
    })?;
    Ok(member)
}

async fn approve(act: &mut Act, member: &Member, mut org: Org, role: Role) -> Result<()> {
    if !store::members::decide(act, member.id, MemberState::Active, role, "").await? {
        return Err(Fault::stale());
    }
    let user = store::people::get(&mut act.conn, member.user()).await?;
    match user.state {
        UserState::Pending => store::people::set_state(act, user.id, UserState::Active).await?,
        UserState::Active => {}
        _ => return Err(Fault::stale()),
    }
    crate::access::open(act, &mut org).await?;
    crate::access::grant(act, user.id, role, Some(org.id), None).await?;
    act.note(
        "member.approved",
        "org",
        org.id.uuid(),
        json!({ "user": user.id, "role": role.code() }),
    );
    act.tell(Notice {
        user: user.id,
        key: "member-approved",
        args: vec![("org", org.name.clone())],
        link: Some(format!("/org/{}", org.id)),
        mail: true,
    });
    Ok(())
}

async fn refuse(act: &mut Act, member: &Member, mut org: Org, reason: &str) -> Result<()> {
    if !store::members::decide(act, member.id, MemberState::Refused, stored_role(member), reason).await? {
        return Err(Fault::stale());
    }
    let others = store::members::of_user(&mut act.conn, member.user()).await?;
    let hopes = others.iter().any(|m| matches!(m.state.as_str(), "asked" | "active"));
    if member.user_state == UserState::Pending.code() && !hopes {
        store::people::set_state(act, member.user(), UserState::Refused).await?;
    }
    // An organisation that only this person knew of goes with the request.
    let left = store::members::of_org(&mut act.conn, org.id).await?;
    if org.state == OrgState::Pending && left.is_empty() {
        org.state = OrgState::Closed;
        store::orgs::update(act, &org).await?;
        act.note("org.closed", "org", org.id.uuid(), json!({ "reason": "refused" }));
    }
    act.note("member.refused", "org", org.id.uuid(), json!({ "user": member.user() }));
    act.tell(Notice {
        user: member.user(),
        key: "member-refused",
        args: vec![("org", org.name.clone()), ("reason", reason.to_owned())],
        link: None,
        mail: true,
    });
    Ok(())
}

pub(crate) fn stored_role(member: &Member) -> Role {
    Role::from_code(&member.role).unwrap_or(Role::Member)
}

/// Invites somebody into an organisation: an account of that address joins at once and is told; without one, an
/// account is made and its owner gets a link. What comes back tells nothing about which.
pub(crate) async fn invite(cx: &Cx, org: &Org, email: &Email, name: &str, title: &str, role: Role) -> Result<()> {
    let permit = cx.permit(MEMBER_MANAGE, &org.subject())?;
    act!(cx.app, permit, |act| {
        in_use(&store::orgs::get(&mut act.conn, org.id).await?)?;
        let user = invited(&mut act, email, name, cx.lang, &org.name).await?;
        if let Some(member) = store::members::between(&mut act.conn, user.id, org.id).await? {
            if member.state == MemberState::Active.code() {
                return Err(Fault::issue(
                    Some("email"),
                    Issue::error("accounts-member-already").with("name", org.name.clone()),
                ));
            }
            store::members::decide(&mut act, member.id, MemberState::Active, role, "").await?;
        } else {
            store::members::insert(&mut act, user.id, org.id, MemberState::Active, role, title).await?;
        }
        crate::access::grant(&mut act, user.id, role, Some(org.id), None).await?;
        act.note(
            "member.invited",
            "org",
            org.id.uuid(),
            json!({ "user": user.id, "role": role.code() }),
        );
        if user.state == UserState::Active {
            act.tell(Notice {
                user: user.id,
                key: "member-added",
                args: vec![("org", org.name.clone()), ("who", cx.actor.name.clone())],
                link: Some(format!("/org/{}", org.id)),
                mail: true,
            });
        }
        Ok(())
    })
}

/// The account of an address, made ready for an invited person.
pub(crate) async fn invited(act: &mut Act, email: &Email, name: &str, lang: Lang, org: &str) -> Result<User> {
    let known = store::people::by_email(&mut act.conn, email.as_str()).await?;
    let id = match known {
        Some(user) if user.state == UserState::Active => return Ok(user),
        Some(user) if user.state == UserState::Closed => {
            return Err(Fault::issue(
                Some("email"),
                Issue::error("accounts-user-closed").with("email", email.as_str()),
            ));
        }
        // Who invites vouches for the person. A confirmed address needs no link; what else waits for review goes on waiting.
        Some(user) if user.state == UserState::Pending => {
            store::people::set_state(act, user.id, UserState::Active).await?;
            return store::people::get(&mut act.conn, user.id).await;
        }
        Some(user) if user.state == UserState::Invited => user.id,
        // Nobody knows who typed this name and password: the link goes to the address, and its owner sets a new one.
        Some(user) => {
            store::people::begin_anew(act, user.id, &NewUser::invited(email.clone(), name, user.lang)).await?;
            user.id
        }
        None => crate::access::create_user(act, NewUser::invited(email.clone(), name, lang)).await?,
    };
    let user = store::people::get(&mut act.conn, id).await?;
    deeds::mail_link(act, &user, Purpose::Invite, &[("org", org.to_owned())]).await?;
    Ok(user)
}

/// Gives a member another role within the organisation.
pub(crate) async fn set_role(cx: &Cx, org: &Org, id: Uuid, role: Role, title: &str) -> Result<()> {
    let permit = cx.permit(MEMBER_MANAGE, &org.subject())?;
    act!(cx.app, permit, |act| {
        let member = in_force(&mut act, org, id).await?;
        if role != Role::Manager {
            keeps_a_manager(&mut act, org, member.user()).await?;
        }
        for grant in store::grants::of_org(&mut act.conn, org.id).await? {
            let within = ORG_ROLES.iter().any(|r| r.code() == grant.role);
            if grant.user == member.user() && within && grant.role != role.code() {
                store::grants::end(&mut act, grant.id).await?;
            }
        }
        store::members::set_role(&mut act, id, role, title).await?;
        crate::access::grant(&mut act, member.user(), role, Some(org.id), None).await?;
        act.note(
            "member.role-changed",
            "org",
            org.id.uuid(),
            json!({ "user": member.user(), "role": role.code() }),
        );
        act.changed("user", member.user().uuid());
        Ok(())
    })
}

async fn in_force(act: &mut Act, org: &Org, id: Uuid) -> Result<Member> {
    let member = store::members::get(&mut act.conn, id).await?;
    if member.org() == org.id && member.state == MemberState::Active.code() {
        Ok(member)
    } else {
        Err(Fault::not_found())
    }
}

/// Refuses to take an organisation's last manager away.
async fn keeps_a_manager(act: &mut Act, org: &Org, leaver: UserId) -> Result<()> {
    let managers = store::people::with_role(&mut act.conn, Role::Manager, Some(org.id)).await?;
    if managers == [leaver] {
        return Err(Fault::issue(
            Some("role"),
            Issue::error("accounts-last-manager").with("name", org.name.clone()),
        ));
    }
    Ok(())
}

/// Ends a membership by who runs the organisation. Grants within it end; sessions and the organisation's work stay.
pub(crate) async fn end(cx: &Cx, org: &Org, id: Uuid, reason: &str) -> Result<()> {
    let permit = cx.permit(MEMBER_MANAGE, &org.subject())?;
    // The centre may leave an organisation without a manager, for instance when its last one has died; a manager may not.
    let by_centre = cx.actor.has(Role::Centre) || cx.actor.has(Role::Admin);
    act!(cx.app, permit, |act| {
        let member = in_force(&mut act, org, id).await?;
        if !by_centre {
            keeps_a_manager(&mut act, org, member.user()).await?;
        }
        part(&mut act, org, &member, reason).await?;
        act.tell(Notice {
            user: member.user(),
            key: "member-ended",
            args: vec![("org", org.name.clone()), ("reason", reason.to_owned())],
            link: None,
            mail: true,
        });
        Ok(())
    })
}

/// A person leaves an organisation.
pub(crate) async fn leave(cx: &Cx, me: UserId, id: Uuid) -> Result<Org> {
    let permit = cx.permit(JOIN, &Subject::user(me))?;
    let mut conn = cx.app.read().await?;
    let member = store::members::get(&mut conn, id).await?;
    if member.user() != me {
        return Err(Fault::not_found());
    }
    let org = store::orgs::get(&mut conn, member.org()).await?;
    drop(conn);
    act!(cx.app, permit, |act| {
        let member = in_force(&mut act, &org, id).await?;
        keeps_a_manager(&mut act, &org, me).await?;
        part(&mut act, &org, &member, "left").await
    })?;
    Ok(org)
}

/// What a parting means: membership and grants end, and the office of liaison where the person held it.
pub(crate) async fn part(act: &mut Act, org: &Org, member: &Member, reason: &str) -> Result<()> {
    if !store::members::end(act, member.id, reason).await? {
        return Err(Fault::stale());
    }
    let grants = store::grants::end_all(act, member.user(), Some(org.id)).await?;
    act.note(
        "member.ended",
        "org",
        org.id.uuid(),
        json!({ "user": member.user(), "grants": grants }),
    );
    act.changed("user", member.user().uuid());
    if let Some(liaison) = store::liaisons::in_office(&mut act.conn, org.id).await?
        && liaison.user == Some(member.user())
    {
        store::liaisons::end(act, liaison.id, reason).await?;
        act.note("liaison.ended", "org", org.id.uuid(), json!({ "liaison": liaison.id }));
        for user in store::people::with_role(&mut act.conn, Role::Manager, Some(org.id)).await? {
            act.tell(Notice {
                user,
                key: "liaison-missing",
                args: vec![("org", org.name.clone())],
                link: Some(format!("/org/{}", org.id)),
                mail: true,
            });
        }
    }
    Ok(())
}
