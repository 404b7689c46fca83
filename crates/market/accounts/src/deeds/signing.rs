//! Signing in and out. What a wrong password, an unknown address and a locked account answer is the same, and takes the
//! same work.

use jcore::{Cx, Lang, Result, Subject, act, login};
use kernel::UserId;
use serde_json::json;
use subtle::ConstantTimeEq;

use crate::deeds;
use crate::guard::{Gate, Guard};
use crate::model::UserState;
use crate::people::User;
use crate::rules::{ENTER, USE};
use crate::store;
use crate::store::links::Purpose;

/// Wrong passwords in a row before sign-in is locked.
pub(crate) const FAILURES_MAX: i64 = 5;
/// How long it is locked: long enough that guessing is hopeless, short enough to wait for.
pub(crate) const LOCK_SECS: i64 = 15 * 60;
/// How long a consent page may lie open before the password is asked again.
const TICKET_SECS: i64 = 15 * 60;

/// What came of a try.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Signed in: the cookie's token.
    In(String),
    /// The password fits, but the documents in force wait for consent: a ticket for that page.
    Consent(String),
    /// Unknown address, wrong password, or locked: nobody learns which.
    Wrong,
    /// The password fits, but the account is not in use.
    Not(UserState),
}

/// Tries a mail address and password.
pub(crate) async fn sign_in(cx: &Cx, email: &str, password: &str) -> Result<Outcome> {
    Guard::of(&cx.app)?.pass(Gate::SignIn, &cx.address, cx.now)?;
    let user = match deeds::email(email) {
        Ok(email) => store::people::by_email(&mut cx.app.read().await?, email.as_str()).await?,
        Err(_) => None,
    };
    let stored = user.as_ref().and_then(|u| u.password.as_deref());
    let fits = crate::password::fits(&cx.app, password, stored).await?;
    match user {
        Some(user) if fits && !user.locked_at(cx.now.micros()) => admit(cx, &user).await,
        user => {
            failed(cx, user.as_ref()).await?;
            Ok(Outcome::Wrong)
        }
    }
}

async fn admit(cx: &Cx, user: &User) -> Result<Outcome> {
    if user.state != UserState::Active {
        return Ok(Outcome::Not(user.state));
    }
    let consented = store::own::has_consented(&mut cx.app.read().await?, user.id).await?;
    if !consented {
        return Ok(Outcome::Consent(ticket(
            cx,
            user.id,
            cx.now.plus_secs(TICKET_SECS).micros(),
        )));
    }
    begin(cx, user.id, false).await.map(Outcome::In)
}

/// Counts a failure; the last one locks and sends the way back by mail.
async fn failed(cx: &Cx, user: Option<&User>) -> Result<()> {
    let permit = cx.permit(ENTER, &Subject::NONE)?;
    act!(cx.app, permit, |act| {
        let id = user.map(|u| u.id.uuid());
        if let Some(user) = user.filter(|u| !u.locked_at(act.now.micros()))
            && store::people::count_failure(&mut act, user.id).await? >= FAILURES_MAX
        {
            let until = act.now.plus_secs(LOCK_SECS).micros();
            store::people::lock(&mut act, user.id, until).await?;
            act.note("account.locked", "user", id, json!({}));
            if user.state == UserState::Active {
                locked_mail(&mut act, user).await?;
            }
        }
        act.note("account.sign-in-failed", "user", id, json!({}));
        Ok(())
    })
}

async fn locked_mail(act: &mut jcore::Act, user: &User) -> Result<()> {
    let token = store::links::make(act, user.id, Purpose::Reset).await?;
    let args = [
        ("name", user.name.clone()),
        ("minutes", (LOCK_SECS / 60).to_string()),
        ("link", format!("{}/reset/{token}", act.app().settings.base_url)),
    ];
    deeds::mail(act, &user.email, user.lang, "accounts-mail-locked", &args).await
}

/// Begins a session, always a new one; the browser's former session ends.
pub(crate) async fn begin(cx: &Cx, user: UserId, consents: bool) -> Result<String> {
    let permit = cx.permit(ENTER, &Subject::NONE)?;
    act!(cx.app, permit, |act| {
        if consents {
            crate::access::record_consent(&mut act, user, &cx.address).await?;
        }
        store::people::lock(&mut act, user, 0).await?;
        if let (Some(former), Some(session)) = (cx.actor.user, cx.actor.session) {
            login::end(&mut act.conn, former, session).await?;
        }
        let (_, token) = login::begin(&mut act.conn, &cx.app, user, &cx.address, &cx.agent).await?;
        act.note("account.signed-in", "user", user.uuid(), json!({}));
        Ok(token)
    })
}

/// Ends the browser's session.
pub(crate) async fn sign_out(cx: &Cx) -> Result<()> {
    let (Some(user), Some(session)) = (cx.actor.user, cx.actor.session) else {
        return Ok(());
    };
    let permit = cx.permit(USE, &Subject::user(user))?;
    act!(cx.app, permit, |act| {
        login::end(&mut act.conn, user, session).await?;
        act.note("account.signed-out", "user", user.uuid(), json!({}));
        Ok(())
    })
}

/// The session cookie; an empty token takes it away.
pub(crate) fn cookie(cx: &Cx, token: &str) -> String {
    let secure = if cx.app.settings.secure_cookies { "; Secure" } else { "" };
    let age = if token.is_empty() { 0 } else { login::LIFE_SECS };
    format!(
        "{}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}",
        login::COOKIE
    )
}

/// Proof that the password was given just now, for the consent page: tied to the person, the time and the browser.
fn ticket(cx: &Cx, user: UserId, until: i64) -> String {
    let mark = cx.app.keys.fingerprint(&[
        b"consent-ticket",
        user.to_string().as_bytes(),
        &until.to_be_bytes(),
        cx.csrf.as_bytes(),
    ]);
    format!("{user}.{until}.{}", kernel::text::hex(&mark))
}

/// Whose ticket it is, while it holds.
pub(crate) fn ticket_owner(cx: &Cx, text: &str) -> Option<UserId> {
    let mut parts = text.split('.');
    let user: UserId = parts.next()?.parse().ok()?;
    let until: i64 = parts.next()?.parse().ok()?;
    let good = ticket(cx, user, until);
    (until > cx.now.micros() && bool::from(good.as_bytes().ct_eq(text.as_bytes()))).then_some(user)
}

/// Sends a link for a new password, if the address is known: the answer is the same either way.
pub(crate) async fn forgot(cx: &Cx, text: &str) -> Result<()> {
    Guard::of(&cx.app)?.pass(Gate::Forgot, &cx.address, cx.now)?;
    let user = match deeds::email(text) {
        Ok(email) => store::people::by_email(&mut cx.app.read().await?, email.as_str()).await?,
        Err(_) => None,
    };
    let permit = cx.permit(ENTER, &Subject::NONE)?;
    act!(cx.app, permit, |act| {
        match &user {
            Some(user) => way_back(&mut act, user).await?,
            // The same sealing work as for a known address, so that the time tells nothing.
            None => drop(cx.app.keys.seal_json(
                "nobody",
                &cx.app.words.get(
                    Lang::Zh,
                    "accounts-mail-reset.body",
                    &[("name", String::new()), ("link", String::new())],
                ),
            )?),
        }
        act.note(
            "account.link-asked",
            "user",
            user.as_ref().map(|u| u.id.uuid()),
            json!({}),
        );
        Ok(())
    })
}

async fn way_back(act: &mut jcore::Act, user: &User) -> Result<()> {
    match user.state {
        UserState::Active | UserState::Pending => deeds::mail_link(act, user, Purpose::Reset, &[]).await,
        UserState::Invited => deeds::mail_link(act, user, Purpose::Invite, &[("org", String::new())]).await,
        UserState::Unconfirmed => deeds::mail_link(act, user, Purpose::Confirm, &[]).await,
        UserState::Refused | UserState::Closed => Ok(()),
    }
}

/// Whose link for a password it is.
pub(crate) async fn link_owner(cx: &Cx, token: &str) -> Result<Option<User>> {
    let mut conn = cx.app.read().await?;
    let purposes = [Purpose::Reset, Purpose::Invite];
    let Some(id) = store::links::owner(&mut conn, token, &purposes, cx.now.micros()).await? else {
        return Ok(None);
    };
    let user = store::people::get(&mut conn, id).await?;
    Ok(Some(user).filter(|u| matches!(u.state, UserState::Active | UserState::Pending | UserState::Invited)))
}

/// Sets the password by a link: unlocks, and ends every session. False when the link was used meanwhile.
pub(crate) async fn reset(cx: &Cx, token: &str, user: &User, password: &str) -> Result<bool> {
    let hash = crate::password::hash_password(&cx.app, password).await?;
    let permit = cx.permit(ENTER, &Subject::NONE)?;
    act!(cx.app, permit, |act| {
        act.note("account.password-reset", "user", user.id.uuid(), json!({}));
        if !store::links::spend(&mut act, token).await? {
            return Ok(false);
        }
        store::people::set_password(&mut act, user.id, hash.as_str()).await?;
        if user.state == UserState::Invited {
            store::people::set_state(&mut act, user.id, UserState::Active).await?;
        }
        login::end_all(&mut act.conn, user.id, None).await?;
        store::links::forget(&mut act, user.id).await?;
        Ok(true)
    })
}
