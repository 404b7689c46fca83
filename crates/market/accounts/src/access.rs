//! What the rest of the project asks about organisations and people, and how it makes them.

use std::collections::HashMap;

use db::{Conn, on};
use jcore::{Act, Actor, Fault, Result, Role};
use kernel::{OrgId, Region, UserId};
use serde_json::json;
use uuid::Uuid;

use crate::liaison::Liaison;
use crate::model::{IdentityKind, MemberState, NewOrg, Org, OrgState, Qualification};
use crate::people::{NewUser, User};
use crate::store;

/// An organisation by its id, also a merged one (see [`Org::merged_into`]).
///
/// # Errors
/// Not found, or the store's.
pub async fn org(conn: &mut Conn, id: OrgId) -> Result<Org> {
    store::orgs::get(conn, id).await
}

/// The organisation of an identity; of one that was merged, the organisation that it became part of.
///
/// # Errors
/// The store's.
pub async fn org_by_identity(
    conn: &mut Conn,
    kind: IdentityKind,
    country: &str,
    identity: &str,
) -> Result<Option<Org>> {
    store::orgs::by_identity(conn, kind, country, identity).await
}

/// Organisations by their 统一社会信用代码, merged ones followed to what they became part of.
///
/// # Errors
/// The store's.
pub async fn orgs_by_uscc(conn: &mut Conn, codes: &[&str]) -> Result<HashMap<String, Org>> {
    store::orgs::by_uscc(conn, codes).await
}

/// Organisations of exactly this name (spaces, brackets and case apart), without merged and closed ones.
///
/// # Errors
/// The store's.
pub async fn orgs_by_name(conn: &mut Conn, name: &str) -> Result<Vec<Org>> {
    store::orgs::by_name(conn, name).await
}

/// Finds an organisation by its identity (without one: the only one of the name), or makes one in the state
/// `unclaimed`, which its people can claim later. What the store knows of a found one is left as it is.
///
/// # Errors
/// The store's.
pub async fn ensure_org(act: &mut Act, new: NewOrg) -> Result<Org> {
    if let Some(found) = store::orgs::find(&mut act.conn, &new.identity, &new.name).await? {
        return Ok(found);
    }
    store::orgs::insert(act, &new, OrgState::Unclaimed).await
}

/// Makes organisations that the caller has not found by their identities in this very act, in the state `unclaimed`; they
/// come back in the same order.
///
/// # Errors
/// The store's, also where one is there after all.
pub async fn add_orgs(act: &mut Act, new: impl IntoIterator<Item = &NewOrg>) -> Result<Vec<Org>> {
    let now = act.now.micros();
    let made = |new: &NewOrg| new.org(act.id(), OrgState::Unclaimed, now);
    let orgs: Vec<Org> = new.into_iter().map(made).collect();
    store::orgs::insert_all(act, &orgs).await?;
    Ok(orgs)
}

/// The organisations to which a person is bound by their roles, by name; without merged and closed ones.
///
/// # Errors
/// The store's.
pub async fn orgs_of(conn: &mut Conn, actor: &Actor) -> Result<Vec<Org>> {
    let mut orgs = store::orgs::many(conn, &actor.orgs()).await?;
    orgs.retain(|o| !matches!(o.state, OrgState::Merged | OrgState::Closed));
    Ok(orgs)
}

/// The names of organisations.
///
/// # Errors
/// The store's.
pub async fn org_names(conn: &mut Conn, ids: &[OrgId]) -> Result<HashMap<OrgId, String>> {
    store::orgs::names(conn, ids).await
}

/// The names of people.
///
/// # Errors
/// The store's.
pub async fn user_names(conn: &mut Conn, ids: &[UserId]) -> Result<HashMap<UserId, String>> {
    store::people::names(conn, ids).await
}

/// A person's account.
///
/// # Errors
/// Not found, or the store's.
pub async fn user(conn: &mut Conn, id: UserId) -> Result<User> {
    store::people::get(conn, id).await
}

/// A person's account by mail address, whatever its case.
///
/// # Errors
/// The store's.
pub async fn user_by_email(conn: &mut Conn, email: &str) -> Result<Option<User>> {
    store::people::by_email(conn, email).await
}

/// The active people who hold a role, of one organisation or anywhere: to tell them something.
///
/// # Errors
/// The store's.
pub async fn people_with_role(conn: &mut Conn, role: Role, org: Option<OrgId>) -> Result<Vec<UserId>> {
    store::people::with_role(conn, role, org).await
}

/// The active people whose role is bound to a region in which the given one lies: the bureaus in charge of it.
///
/// # Errors
/// The store's.
pub async fn people_in_charge(
    conn: &mut Conn,
    regions: &kernel::Regions,
    role: Role,
    region: Region,
) -> Result<Vec<UserId>> {
    let mut out = Vec::new();
    for (user, bound) in store::people::with_regional_role(conn, role).await? {
        if regions.is_within(region, &bound) && !out.contains(&user) {
            out.push(user);
        }
    }
    Ok(out)
}

/// The qualifications of an organisation that were not ended, also expired ones (see [`Qualification::holds_on`]).
///
/// # Errors
/// The store's.
pub async fn qualifications_of(conn: &mut Conn, org: OrgId) -> Result<Vec<Qualification>> {
    store::qualifications::of_org(conn, org).await
}

/// The liaison in office of an organisation (R021).
///
/// # Errors
/// The store's.
pub async fn liaison_of(conn: &mut Conn, org: OrgId) -> Result<Option<Liaison>> {
    store::liaisons::in_office(conn, org).await
}

/// Makes an account.
///
/// # Errors
/// A conflict when the mail address is taken; the store's.
pub async fn create_user(act: &mut Act, new: NewUser) -> Result<UserId> {
    let id = store::people::insert(act, &new).await?;
    if let Some(address) = &new.consent_from {
        record_consent(act, id, address).await?;
    }
    act.note("user.created", "user", id.uuid(), json!({ "state": new.state.code() }));
    act.changed("user", id.uuid());
    Ok(id)
}

/// Puts on record that a person agrees to the documents in force.
pub(crate) async fn record_consent(act: &mut Act, user: UserId, address: &str) -> Result<()> {
    let now = act.now.micros();
    for (document, version) in crate::documents::current_documents() {
        let id: Uuid = act.id();
        on!(&mut act.conn, c => sqlx::query("INSERT INTO consent (id, user_id, document, version, at, address) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(id).bind(user.uuid()).bind(document).bind(version).bind(now).bind(address).execute(c).await.map(|_| ()))?;
        act.note(
            "account.consented",
            "user",
            user.uuid(),
            json!({ "document": document, "version": version }),
        );
    }
    Ok(())
}

/// Grants a role; granting what is held already changes nothing. A role within an organisation makes its holder a
/// member too.
///
/// # Errors
/// Refused, when the role needs an organisation or a region and none is given; the store's.
pub async fn grant(act: &mut Act, user: UserId, role: Role, org: Option<OrgId>, region: Option<Region>) -> Result<()> {
    if role.needs_org() && org.is_none() {
        return Err(Fault::issue(
            Some("org"),
            kernel::Issue::error("accounts-role-needs-org"),
        ));
    }
    if role.needs_region() && region.is_none() {
        return Err(Fault::issue(
            Some("region"),
            kernel::Issue::error("accounts-role-needs-region"),
        ));
    }
    if let Some(org) = org {
        belong(act, user, org, role).await?;
    }
    if store::grants::held(&mut act.conn, user, role, org, region).await? {
        return Ok(());
    }
    store::grants::insert(act, user, role, org, region).await?;
    let detail = json!({ "role": role.code(), "org": org, "region": region });
    act.note("user.role-granted", "user", user.uuid(), detail);
    act.changed("user", user.uuid());
    Ok(())
}

/// An organisation that has a manager is in use: it was claimed, or its registration was approved.
pub(crate) async fn open(act: &mut Act, org: &mut Org) -> Result<()> {
    if !matches!(org.state, OrgState::Pending | OrgState::Unclaimed) {
        return Ok(());
    }
    org.state = OrgState::Active;
    store::orgs::update(act, org).await?;
    org.version += 1;
    act.note("org.opened", "org", org.id.uuid(), json!({}));
    Ok(())
}

/// Sees to it that the person is a member of the organisation.
async fn belong(act: &mut Act, user: UserId, org: OrgId, role: Role) -> Result<()> {
    let mut found = store::orgs::get(&mut act.conn, org).await?;
    crate::deeds::in_use(&found)?;
    if role == Role::Manager {
        open(act, &mut found).await?;
    }
    match store::members::between(&mut act.conn, user, org).await? {
        Some(m) if m.state == MemberState::Active.code() => Ok(()),
        Some(m) => store::members::decide(act, m.id, MemberState::Active, role, "")
            .await
            .map(|_| ()),
        None => store::members::insert(act, user, org, MemberState::Active, role, "")
            .await
            .map(|_| ()),
    }
}
