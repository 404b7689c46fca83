//! Naming a liaison (R020, R021): one in office an organisation; a change ends the former, with the reason on record.

use jcore::{Act, App, Cx, Fault, Result, Role, act};
use kernel::{Issue, UserId};
use serde_json::json;
use uuid::Uuid;

use crate::deeds::belonging::invited;
use crate::liaison::{Liaison, Person};
use crate::model::{Org, OrgState, UserState};
use crate::rules::LIAISON_SET;
use crate::store;

/// What a naming came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    /// Somebody new is in office.
    New(Uuid),
    /// The same person, with other data.
    Changed(Uuid),
    /// Everything was so already; nothing was written.
    Same(Uuid),
}

/// From a form's record.
pub(crate) fn person(record: &forms::Record) -> Person {
    use forms::{Lookup, Value};
    let text = |key: &str| Lookup::text(record, key).unwrap_or_default().to_owned();
    let phone = |key: &str| match record.value(key) {
        Some(Value::Phone(phone)) => phone.to_string(),
        _ => String::new(),
    };
    let email = match record.value("email") {
        Some(Value::Email(email)) => email.to_string(),
        _ => String::new(),
    };
    Person {
        name: text("name"),
        department: text("department"),
        position: text("position"),
        mobile: phone("mobile"),
        phone: phone("phone"),
        email,
        wechat: text("wechat"),
    }
}

/// Names an organisation's liaison, in the caller's act. An account of the same mail address gets the role.
pub(crate) async fn name(act: &mut Act, org: &Org, person: &Person, reason: &str) -> Result<Named> {
    if matches!(org.state, OrgState::Merged | OrgState::Closed) {
        return Err(Fault::issue(
            Some("org"),
            Issue::error("accounts-org-over").with("name", org.name.clone()),
        ));
    }
    let app = act.app().clone();
    let user = account_of(act, person).await?;
    let former = store::liaisons::in_office(&mut act.conn, org.id).await?;
    let named = match &former {
        Some(l) if l.person_key == person.key(&app) || same_address(&app, l, person)? => {
            // Comparing shows nothing to anybody.
            if l.person(&app)?.unshown() == person && l.user == user {
                return Ok(Named::Same(l.id));
            }
            store::liaisons::update(act, l.id, user, person).await?;
            act.note("liaison.updated", "org", org.id.uuid(), json!({ "liaison": l.id }));
            Named::Changed(l.id)
        }
        _ => {
            if let Some(l) = &former {
                retire(act, org, l, user, reason).await?;
            }
            let id = store::liaisons::insert(act, org.id, user, person).await?;
            act.note(
                "liaison.named",
                "org",
                org.id.uuid(),
                json!({ "liaison": id, "former": former.as_ref().map(|l| l.id) }),
            );
            Named::New(id)
        }
    };
    if let Some(user) = user {
        crate::access::grant(act, user, Role::Liaison, Some(org.id), None).await?;
    }
    act.changed("org", org.id.uuid());
    Ok(named)
}

/// The same mail address is the same person too: a new mobile number is no new liaison.
fn same_address(app: &App, former: &Liaison, person: &Person) -> Result<bool> {
    // Comparing shows nothing to anybody.
    let known = former.person(app)?;
    Ok(!person.email.is_empty() && known.unshown().email == person.email && known.unshown().name == person.name)
}

async fn account_of(act: &mut Act, person: &Person) -> Result<Option<UserId>> {
    if person.email.is_empty() {
        return Ok(None);
    }
    let user = store::people::by_email(&mut act.conn, &person.email).await?;
    Ok(user
        .filter(|u| matches!(u.state, UserState::Active | UserState::Invited))
        .map(|u| u.id))
}

/// Ends the former's office and their role; a membership that was only for the office ends too.
async fn retire(act: &mut Act, org: &Org, former: &Liaison, next: Option<UserId>, reason: &str) -> Result<()> {
    store::liaisons::end(act, former.id, reason).await?;
    let Some(user) = former.user.filter(|u| Some(*u) != next) else {
        return Ok(());
    };
    for grant in store::grants::of_org(&mut act.conn, org.id).await? {
        if grant.user == user && grant.role == Role::Liaison.code() {
            store::grants::end(act, grant.id).await?;
        }
    }
    if let Some(member) = store::members::between(&mut act.conn, user, org.id).await?
        && member.role == Role::Liaison.code()
    {
        store::members::end(act, member.id, "liaison").await?;
    }
    act.changed("user", user.uuid());
    Ok(())
}

/// Names a liaison on a page or by the API.
pub(crate) async fn set(cx: &Cx, org: &Org, person: &Person, reason: &str) -> Result<Named> {
    let permit = cx.permit(LIAISON_SET, &org.subject())?;
    let named = act!(cx.app, permit, |act| {
        let named = name(&mut act, org, person, reason).await?;
        if let Named::Same(id) = named {
            act.note("liaison.confirmed", "org", org.id.uuid(), json!({ "liaison": id }));
        }
        Ok(named)
    })?;
    Ok(named)
}

/// Sends the liaison in office an invitation to an account, to the mail address that was given for them.
pub(crate) async fn invite(cx: &Cx, org: &Org) -> Result<()> {
    let permit = cx.permit(LIAISON_SET, &org.subject())?;
    act!(cx.app, permit, |act| {
        let Some(liaison) = store::liaisons::in_office(&mut act.conn, org.id).await? else {
            return Err(Fault::not_found());
        };
        let person = liaison.person(act.app())?;
        // Writing to the address that was given for this purpose is no showing.
        let person = person.unshown();
        let email = crate::deeds::email(&person.email)
            .map_err(|_| Fault::issue(None, Issue::error("accounts-liaison-no-mail")))?;
        let user = invited(&mut act, &email, &person.name, cx.lang, &org.name).await?;
        store::liaisons::tie(&mut act, liaison.id, user.id).await?;
        crate::access::grant(&mut act, user.id, Role::Liaison, Some(org.id), None).await?;
        act.note(
            "liaison.invited",
            "org",
            org.id.uuid(),
            json!({ "liaison": liaison.id }),
        );
        Ok(())
    })
}
