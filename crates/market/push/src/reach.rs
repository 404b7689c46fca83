//! How a person is reached: quiet hours, rhythm of what comes to them as a liaison, webhook, WeChat, and no mails at all.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jcore::{Act, Actor, App, Fault, Permit, Result, Subject, act};
use kernel::{Issue, UserId};
use serde_json::json;
use uuid::Uuid;

use crate::config::outside;
use crate::hook::Hook;
use crate::model::me;
use crate::recipients::{hook_place, openid_place};
use crate::rules::{DAY_MINUTES, FOLLOW, Quiet, Rhythm, WORK};
use crate::store::people::{self, PersonRow};

/// Bytes of a webhook's secret.
const SECRET_BYTES: usize = 32;

/// How a person is reached, as they see it.
pub(crate) struct Reach {
    pub(crate) quiet: Quiet,
    pub(crate) rhythm: Rhythm,
    pub(crate) off: bool,
    /// The webhook's address, without its secret.
    pub(crate) hook: Option<String>,
    pub(crate) wechat: bool,
    /// Whether there is a WeChat account to tie to.
    pub(crate) wechat_there: bool,
}

fn own_permit(app: &App, actor: &Actor) -> Result<(UserId, Permit)> {
    let user = me(actor)?;
    Ok((user, app.permit(actor, FOLLOW, &Subject::user(user))?))
}

/// How one is reached.
///
/// # Errors
/// The store's.
pub(crate) async fn of(app: &App, actor: &Actor) -> Result<Reach> {
    let user = me(actor)?.uuid();
    let mut conn = app.read().await?;
    let row = people::person(&mut conn, user).await?;
    let hook = match row.as_ref().and_then(|row| row.hook.as_ref()) {
        // Shown to nobody but its owner, who typed it.
        Some(sealed) => Some(
            app.keys
                .open_json::<Hook>(&hook_place(user), sealed)?
                .unshown()
                .url
                .clone(),
        ),
        None => None,
    };
    Ok(Reach {
        quiet: row.as_ref().map_or(Quiet::USUAL, crate::recipients::quiet),
        rhythm: row.as_ref().map_or(Rhythm::Now, crate::recipients::rhythm),
        off: people::is_off(&mut conn, user).await?,
        hook,
        wechat: row.as_ref().is_some_and(|row| row.openid.is_some()),
        wechat_there: outside(app).is_some_and(|o| o.wechat().is_some()),
    })
}

/// The row as it is, or as it would be for somebody who has said nothing yet.
async fn row(act: &mut Act, user: Uuid) -> Result<PersonRow> {
    Ok(people::person(&mut act.conn, user).await?.unwrap_or(PersonRow {
        quiet_from: Quiet::USUAL.from,
        quiet_until: Quiet::USUAL.until,
        rhythm: Rhythm::Now.code().to_owned(),
        openid: None,
        hook: None,
    }))
}

/// Reads a time of the day, as in `22:00`.
fn minute(text: &str) -> Option<i64> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
}

/// A minute of the day as people write it.
pub(crate) fn clock(minute: i64) -> String {
    let minute = minute.rem_euclid(DAY_MINUTES);
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Keeps quiet hours, rhythm, and whether mails are wanted.
///
/// # Errors
/// Refused where a time cannot be read; the store's.
pub(crate) async fn save(app: &App, actor: &Actor, from: &str, until: &str, rhythm: &str, mails: bool) -> Result<()> {
    let (user, permit) = own_permit(app, actor)?;
    let time = |field: &'static str, text: &str| {
        minute(text).ok_or_else(|| Fault::issue(Some(field), Issue::error("push-time").with("found", text.to_owned())))
    };
    let (from, until) = (time("quiet_from", from)?, time("quiet_until", until)?);
    let rhythm = Rhythm::from_code(rhythm).ok_or_else(|| Fault::issue(Some("rhythm"), Issue::error("push-choice")))?;
    act!(app, permit, |act| {
        let old = row(&mut act, user.uuid()).await?;
        let new = PersonRow {
            quiet_from: from,
            quiet_until: until,
            rhythm: rhythm.code().to_owned(),
            ..old
        };
        people::put_person(&mut act, user.uuid(), &new).await?;
        switch_mails(&mut act, user.uuid(), mails).await?;
        act.note("push.reach-kept", "user", user.uuid(), json!({ "mails": mails }));
        act.changed("user", user.uuid());
        Ok(())
    })
}

async fn switch_mails(act: &mut Act, recipient: Uuid, mails: bool) -> Result<()> {
    people::set_off(act, recipient, !mails).await?;
    if !mails {
        crate::store::messages::drop_mails(act, recipient).await?;
    }
    Ok(())
}

/// Unsubscribes by a link: no more mails to this recipient. What waits as a mail is dropped, and the register says why.
///
/// # Errors
/// The store's.
pub(crate) async fn unsubscribe(app: &App, recipient: Uuid, is_user: bool, way: &'static str) -> Result<()> {
    let permit = app.permit(&Actor::system(), WORK, &Subject::NONE)?;
    act!(app, permit, |act| {
        switch_mails(&mut act, recipient, false).await?;
        let kind = if is_user { "user" } else { "liaison" };
        act.note("push.off", kind, recipient, json!({ "way": way }));
        if is_user {
            act.changed("user", recipient);
        } else if let Some((org, _)) = people::org_of_liaison(&mut act.conn, recipient).await? {
            act.changed("org", org);
        }
        Ok(())
    })
}

/// Keeps a webhook with a new secret, which is given back to be shown once; an empty address takes it away.
///
/// # Errors
/// Refused where the address is not one that we go to; the store's.
pub(crate) async fn set_hook(app: &App, actor: &Actor, url: &str) -> Result<Option<String>> {
    let (user, permit) = own_permit(app, actor)?;
    let url = url.trim();
    let hook = if url.is_empty() {
        None
    } else {
        let Some(outside) = outside(app) else {
            return Err(Fault::internal(
                "push::Outside is missing from the application's extras",
            ));
        };
        if let Err(refused) = outside.hooks().look(url).await {
            return Err(Fault::issue(Some("url"), Issue::error(refused.issue())));
        }
        Some(Hook {
            url: url.to_owned(),
            secret: URL_SAFE_NO_PAD.encode(app.ids.bytes::<SECRET_BYTES>()),
        })
    };
    act!(app, permit, |act| {
        let old = row(&mut act, user.uuid()).await?;
        let sealed = match &hook {
            Some(hook) => Some(app.keys.seal_json(&hook_place(user.uuid()), hook)?),
            None => None,
        };
        people::put_person(&mut act, user.uuid(), &PersonRow { hook: sealed, ..old }).await?;
        act.note(
            "push.hook-kept",
            "user",
            user.uuid(),
            json!({ "there": hook.is_some() }),
        );
        act.changed("user", user.uuid());
        Ok(())
    })?;
    Ok(hook.map(|hook| hook.secret))
}

/// Ties a person's WeChat, or unties it.
///
/// # Errors
/// The store's.
pub(crate) async fn set_openid(app: &App, actor: &Actor, openid: Option<&str>) -> Result<()> {
    let (user, permit) = own_permit(app, actor)?;
    act!(app, permit, |act| {
        let old = row(&mut act, user.uuid()).await?;
        let sealed = match openid {
            Some(openid) => Some(app.keys.seal_json(&openid_place(user.uuid()), &openid)?),
            None => None,
        };
        people::put_person(&mut act, user.uuid(), &PersonRow { openid: sealed, ..old }).await?;
        act.note(
            "push.wechat-tied",
            "user",
            user.uuid(),
            json!({ "there": openid.is_some() }),
        );
        act.changed("user", user.uuid());
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_lead_back() {
        for text in ["00:00", "07:05", "23:59"] {
            assert_eq!(clock(minute(text).unwrap()), text);
        }
        for text in ["", "7", "24:00", "12:60", "-1:00", "ab:cd"] {
            assert_eq!(minute(text), None, "{text}");
        }
    }
}
