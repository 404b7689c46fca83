//! Registering oneself: a person, an organisation by its identity, consent; then the mail address is confirmed, and
//! somebody in charge reviews (R139 asks for organisations that are who they say).

use db::Conn;
use jcore::notices::Notice;
use jcore::{Act, App, Cx, Result, Role, Subject, act};
use kernel::{Email, OrgId, Phone, Region, UserId};
use serde_json::json;

use crate::deeds;
use crate::guard::{Gate, Guard};
use crate::model::{Identity, MemberState, NewOrg, Org, OrgKind, OrgState, UserState};
use crate::password::Hashed;
use crate::people::{NewUser, User};
use crate::rules::ENTER;
use crate::store;
use crate::store::links::Purpose;

/// Unconfirmed accounts that one run of the job forgets at most: each takes a few deletions.
const SWEEP_MAX: i64 = 100;

/// What was registered, read and checked.
#[derive(Debug, Clone)]
pub(crate) struct Registration {
    pub(crate) name: String,
    pub(crate) email: Email,
    pub(crate) phone: Option<Phone>,
    pub(crate) title: String,
    pub(crate) org_name: String,
    pub(crate) org_kind: OrgKind,
    pub(crate) region: Option<Region>,
    /// None for a person acting for themselves: their account's id is not known yet.
    pub(crate) identity: Option<Identity>,
}

/// Registers. Whether the address was known is told to its owner by mail, and to nobody else.
pub(crate) async fn register(cx: &Cx, new: &Registration, password: &str) -> Result<()> {
    Guard::of(&cx.app)?.pass(Gate::Register, &cx.address, cx.now)?;
    // Hashed before the address is looked up, so that the time tells nothing.
    let hash = crate::password::hash_password(&cx.app, password).await?;
    let permit = cx.permit(ENTER, &Subject::NONE)?;
    act!(cx.app, permit, |act| {
        let known = store::people::by_email(&mut act.conn, new.email.as_str()).await?;
        let user = match known {
            Some(user) if !matches!(user.state, UserState::Unconfirmed | UserState::Refused) => {
                act.note("account.registered-known", "user", user.id.uuid(), json!({}));
                return already(&mut act, &user).await;
            }
            Some(user) => {
                store::people::begin_anew(&mut act, user.id, &new_user(cx, new, &hash)).await?;
                crate::access::record_consent(&mut act, user.id, &cx.address).await?;
                user.id
            }
            None => crate::access::create_user(&mut act, new_user(cx, new, &hash)).await?,
        };
        let org = organisation(&mut act, new, user).await?;
        let role = first_role(&mut act.conn, org).await?;
        store::members::insert(&mut act, user, org, MemberState::Asked, role, &new.title).await?;
        let user = store::people::get(&mut act.conn, user).await?;
        deeds::mail_link(&mut act, &user, Purpose::Confirm, &[]).await?;
        act.note("account.registered", "user", user.id.uuid(), json!({ "org": org }));
        Ok(())
    })
}

fn new_user(cx: &Cx, new: &Registration, hash: &Hashed) -> NewUser {
    NewUser {
        email: new.email.clone(),
        name: new.name.clone(),
        password: Some(hash.clone()),
        lang: cx.lang,
        phone: new.phone.clone(),
        state: UserState::Unconfirmed,
        consent_from: Some(cx.address.to_string()),
    }
}

async fn already(act: &mut Act, user: &User) -> Result<()> {
    let link = format!("{}/forgot", act.app().settings.base_url);
    let args = [("name", user.name.clone()), ("link", link)];
    deeds::mail(act, &user.email, user.lang, "accounts-mail-known", &args).await
}

/// The organisation that was registered: a known one is claimed, a new one waits for review.
async fn organisation(act: &mut Act, new: &Registration, user: UserId) -> Result<OrgId> {
    let identity = new.identity.clone().unwrap_or(Identity::Person(user));
    if let Some(text) = identity.text() {
        let found = store::orgs::by_identity(&mut act.conn, identity.kind(), identity.country(), &text).await?;
        if let Some(org) = found {
            return Ok(org.id);
        }
    }
    let new = NewOrg::new(&new.org_name, new.org_kind, identity).in_region(new.region);
    Ok(store::orgs::insert(act, &new, OrgState::Pending).await?.id)
}

/// Who comes first runs the organisation; who comes later joins it. The reviewer decides.
pub(crate) async fn first_role(conn: &mut Conn, org: OrgId) -> Result<Role> {
    Ok(if store::grants::holders(conn, Role::Manager, Some(org)).await? == 0 {
        Role::Manager
    } else {
        Role::Member
    })
}

/// Whose confirmation link it is.
pub(crate) async fn confirmer(cx: &Cx, token: &str) -> Result<Option<User>> {
    let mut conn = cx.app.read().await?;
    let Some(id) = store::links::owner(&mut conn, token, &[Purpose::Confirm], cx.now.micros()).await? else {
        return Ok(None);
    };
    Ok(Some(store::people::get(&mut conn, id).await?).filter(|u| u.state == UserState::Unconfirmed))
}

/// Confirms the address: from now on the registration waits for review, and those who review are told.
pub(crate) async fn confirm(cx: &Cx, token: &str, user: &User) -> Result<bool> {
    let permit = cx.permit(ENTER, &Subject::NONE)?;
    act!(cx.app, permit, |act| {
        act.note("account.confirmed", "user", user.id.uuid(), json!({}));
        if !store::links::spend(&mut act, token).await? {
            return Ok(false);
        }
        store::people::set_state(&mut act, user.id, UserState::Pending).await?;
        let asked = store::members::of_user(&mut act.conn, user.id).await?;
        for member in asked.iter().filter(|m| m.state == MemberState::Asked.code()) {
            let org = store::orgs::get(&mut act.conn, member.org()).await?;
            tell_reviewers(&mut act, &org, &user.name).await?;
        }
        Ok(true)
    })
}

/// Tells those who decide over who belongs to an organisation: its managers; where it has none, the bureaus in charge
/// of its region and the centre.
pub(crate) async fn tell_reviewers(act: &mut Act, org: &Org, who: &str) -> Result<()> {
    let app: App = act.app().clone();
    let mut people = store::people::with_role(&mut act.conn, Role::Manager, Some(org.id)).await?;
    let link = if people.is_empty() {
        "/centre/reviews".to_owned()
    } else {
        format!("/org/{}", org.id)
    };
    if people.is_empty() {
        if let Some(region) = org.region {
            people = crate::access::people_in_charge(&mut act.conn, &app.regions, Role::Bureau, region).await?;
        }
        for user in store::people::with_role(&mut act.conn, Role::Centre, None).await? {
            if !people.contains(&user) {
                people.push(user);
            }
        }
    }
    for user in people {
        act.tell(Notice {
            user,
            key: "member-asked",
            args: vec![("who", who.to_owned()), ("org", org.name.clone())],
            link: Some(link.clone()),
            mail: true,
        });
    }
    Ok(())
}

/// Forgets registrations whose address was not confirmed in time. Idempotent; a job runs it.
pub(crate) async fn sweep(app: App) -> Result<usize> {
    let before = app.now().plus_secs(-Purpose::Confirm.life_secs()).micros();
    let old = store::people::unconfirmed_before(&mut app.read().await?, before, SWEEP_MAX).await?;
    if old.is_empty() {
        return Ok(0);
    }
    let permit = app.permit(&jcore::Actor::system(), ENTER, &Subject::NONE)?;
    act!(app, permit, |act| {
        for id in &old {
            store::people::delete_unconfirmed(&mut act, *id).await?;
        }
        let orgs = store::people::delete_orphans(&mut act).await?;
        act.note(
            "account.swept",
            "user",
            None,
            json!({ "accounts": old.len(), "orgs": orgs }),
        );
        Ok(old.len())
    })
}
