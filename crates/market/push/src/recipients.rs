//! Who gets something, and by which ways.

use accounts::UserState;
use db::Conn;
use jcore::{App, Lang, Result};
use kernel::UserId;
use uuid::Uuid;

use crate::config::outside;
use crate::hook::Hook;
use crate::rules::{Channel, Lack, Quiet, Rhythm};
use crate::store::people::{self, PersonRow};

/// Somebody who can be told something: a person with an account, or a liaison who has none and is known by a mail address.
#[derive(Clone)]
pub(crate) struct Recipient {
    /// The account's id, or the liaison's.
    pub(crate) id: Uuid,
    /// Whether it is an account.
    pub(crate) is_user: bool,
    /// The mail address; empty where there is none.
    pub(crate) email: String,
    pub(crate) lang: Lang,
    pub(crate) quiet: Quiet,
    pub(crate) rhythm: Rhythm,
    /// Whether they want no mails.
    pub(crate) off: bool,
    pub(crate) openid: Option<String>,
    pub(crate) hook: Option<Hook>,
}

/// Where a person's WeChat id is sealed.
pub(crate) fn openid_place(user: Uuid) -> String {
    format!("push_person.openid/{user}")
}

/// Where a person's webhook is sealed.
pub(crate) fn hook_place(user: Uuid) -> String {
    format!("push_person.hook/{user}")
}

impl Recipient {
    /// The ways by which they can be reached now.
    pub(crate) fn ways(&self) -> Vec<Channel> {
        let mut out = Vec::new();
        if self.is_user {
            out.push(Channel::Inbox);
        }
        if !self.email.is_empty() && !self.off {
            out.push(Channel::Mail);
        }
        if self.openid.is_some() {
            out.push(Channel::Wechat);
        }
        if self.hook.is_some() {
            out.push(Channel::Hook);
        }
        out
    }

    /// Why no way reaches them outside the platform; none where one does.
    pub(crate) fn lack(&self) -> Option<Lack> {
        if self.ways().iter().any(|way| way.reaches_out()) {
            return None;
        }
        Some(if self.off && !self.email.is_empty() {
            Lack::Unsubscribed
        } else {
            Lack::NoAddress
        })
    }
}

/// A person with an account; none where it is closed or not in use yet.
pub(crate) async fn user(conn: &mut Conn, app: &App, id: Uuid) -> Result<Option<Recipient>> {
    let user = match accounts::user(conn, UserId::from(id)).await {
        Ok(user) => user,
        Err(fault) if fault.kind == jcore::FaultKind::NotFound => return Ok(None),
        Err(fault) => return Err(fault),
    };
    if !matches!(user.state, UserState::Active | UserState::Invited) {
        return Ok(None);
    }
    let row = people::person(conn, id).await?;
    let (quiet, rhythm) = row
        .as_ref()
        .map_or((Quiet::USUAL, Rhythm::Now), |row| (quiet(row), rhythm(row)));
    let mut out = Recipient {
        id,
        is_user: true,
        email: user.email,
        lang: user.lang,
        quiet,
        rhythm,
        off: people::is_off(conn, id).await?,
        openid: None,
        hook: None,
    };
    // Sending to where its owner asked is what these are for, no showing.
    if let Some(sealed) = row.as_ref().and_then(|row| row.hook.as_ref()) {
        out.hook = Some(app.keys.open_json::<Hook>(&hook_place(id), sealed)?.unshown().clone());
    }
    if let Some(sealed) = row.as_ref().and_then(|row| row.openid.as_ref())
        && outside(app).is_some_and(|o| o.wechat().is_some())
    {
        out.openid = Some(
            app.keys
                .open_json::<String>(&openid_place(id), sealed)?
                .unshown()
                .clone(),
        );
    }
    Ok(Some(out))
}

pub(crate) fn quiet(row: &PersonRow) -> Quiet {
    Quiet {
        from: row.quiet_from,
        until: row.quiet_until,
    }
}

pub(crate) fn rhythm(row: &PersonRow) -> Rhythm {
    Rhythm::from_code(&row.rhythm).unwrap_or(Rhythm::Now)
}

/// The liaison in office of an organisation, or what is lacking.
pub(crate) async fn liaison(conn: &mut Conn, app: &App, org: Uuid) -> Result<Result<Recipient, Lack>> {
    let Some(liaison) = accounts::liaison_of(conn, org.into()).await? else {
        return Ok(Err(Lack::NoLiaison));
    };
    let account = match liaison.user {
        Some(id) => user(conn, app, id.uuid()).await?,
        None => None,
    };
    let found = match account {
        Some(found) => found,
        None => Recipient {
            id: liaison.id,
            is_user: false,
            // Writing to the address that was given for this purpose is no showing.
            email: liaison.person(app)?.unshown().email.clone(),
            lang: Lang::Zh,
            quiet: Quiet::USUAL,
            rhythm: Rhythm::Now,
            off: people::is_off(conn, liaison.id).await?,
            openid: None,
            hook: None,
        },
    };
    Ok(match found.lack() {
        Some(lack) => Err(lack),
        None => Ok(found),
    })
}

/// Whoever a message is for; none where they are gone: an account that was closed, a liaison no longer in office.
pub(crate) async fn of_message(conn: &mut Conn, app: &App, id: Uuid, is_user: bool) -> Result<Option<Recipient>> {
    if is_user {
        return user(conn, app, id).await;
    }
    match people::org_of_liaison(conn, id).await? {
        Some((org, true)) => Ok(liaison(conn, app, org).await?.ok().filter(|r| r.id == id)),
        _ => Ok(None),
    }
}
