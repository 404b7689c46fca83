//! One's own account: profile, password, sessions, tokens, stand-ins.

use jcore::notices::Notice;
use jcore::{Cx, Fault, FaultKind, Lang, Permit, Result, Subject, act, login};
use kernel::{Day, Issue, SessionId, Stamp, UserId};
use serde_json::json;
use uuid::Uuid;

use crate::rules::USE;
use crate::store;

/// Days for which an API token may hold.
pub(crate) const TOKEN_DAYS: &[i64] = &[30, 90, 180, 365];
/// API tokens that a person may have at once.
const TOKENS_MAX: usize = 20;
/// Days for which somebody may stand in: longer absences need a grant of their own.
pub(crate) const STAND_IN_DAYS_MAX: i64 = 90;

/// The signed-in person at a browser. An API token opens no account pages: who steals one must not become its owner.
pub(crate) fn me(cx: &Cx) -> Result<UserId> {
    match cx.actor.user {
        Some(user) if !cx.actor.machine => Ok(user),
        Some(_) => Err(Fault::new(FaultKind::Denied, "denied")),
        None => Err(Fault::new(FaultKind::SignIn, "sign-in")),
    }
}

fn permit(cx: &Cx) -> Result<(UserId, Permit)> {
    let me = me(cx)?;
    Ok((me, cx.permit(USE, &Subject::user(me))?))
}

pub(crate) async fn set_profile(cx: &Cx, name: &str, lang: Lang) -> Result<()> {
    let (me, permit) = permit(cx)?;
    act!(cx.app, permit, |act| {
        store::people::set_profile(&mut act, me, name, lang).await?;
        act.note("account.changed", "user", me.uuid(), json!({}));
        Ok(())
    })
}

/// Changes the password; all other sessions end.
pub(crate) async fn set_password(cx: &Cx, current: &str, password: &str) -> Result<()> {
    let (me, permit) = permit(cx)?;
    crate::guard::Guard::of(&cx.app)?.pass(crate::guard::Gate::SignIn, &cx.address, cx.now)?;
    let user = store::people::get(&mut cx.app.read().await?, me).await?;
    if !crate::password::fits(&cx.app, current, user.password.as_deref()).await? {
        return Err(Fault::issue(Some("current"), Issue::error("accounts-password-wrong")));
    }
    let hash = crate::password::hash_password(&cx.app, password).await?;
    act!(cx.app, permit, |act| {
        store::people::set_password(&mut act, me, hash.as_str()).await?;
        login::end_all(&mut act.conn, me, cx.actor.session).await?;
        act.note("account.password-changed", "user", me.uuid(), json!({}));
        act.tell(Notice {
            user: me,
            key: "password-changed",
            args: Vec::new(),
            link: Some("/account".into()),
            mail: true,
        });
        Ok(())
    })
}

/// Ends one session, or all but the present one.
pub(crate) async fn end_sessions(cx: &Cx, which: Option<Uuid>) -> Result<()> {
    let (me, permit) = permit(cx)?;
    act!(cx.app, permit, |act| {
        let ended = match which {
            Some(id) => login::end(&mut act.conn, me, SessionId::from(id)).await?,
            None => login::end_all(&mut act.conn, me, cx.actor.session).await?,
        };
        act.note("account.sessions-ended", "user", me.uuid(), json!({ "count": ended }));
        Ok(())
    })
}

/// Makes an API token and gives it back: it is shown once and never again.
pub(crate) async fn add_token(cx: &Cx, name: &str, days: i64) -> Result<String> {
    let (me, permit) = permit(cx)?;
    let token = format!("jb_{}", cx.app.ids.token());
    act!(cx.app, permit, |act| {
        let now = act.now.micros();
        if store::own::tokens(&mut act.conn, me, now).await?.len() >= TOKENS_MAX {
            return Err(Fault::issue(
                Some("name"),
                Issue::error("accounts-tokens-many").with("max", TOKENS_MAX.to_string()),
            ));
        }
        let until = act.now.plus_days(days).micros();
        let id = store::own::add_token(&mut act, me, &token, name, until).await?;
        act.note(
            "account.token-made",
            "user",
            me.uuid(),
            json!({ "token": id, "days": days }),
        );
        Ok(())
    })?;
    Ok(token)
}

pub(crate) async fn end_token(cx: &Cx, id: Uuid) -> Result<()> {
    let (me, permit) = permit(cx)?;
    act!(cx.app, permit, |act| {
        if !store::own::end_token(&mut act, me, id).await? {
            return Err(Fault::not_found());
        }
        act.note("account.token-ended", "user", me.uuid(), json!({ "token": id }));
        Ok(())
    })
}

/// Lets a colleague of the same organisation stand in, from the first to the last day.
pub(crate) async fn stand_in(cx: &Cx, email: &str, from: Day, until: Day, reason: &str) -> Result<()> {
    let (me, permit) = permit(cx)?;
    let refuse = |field: &'static str, code: &'static str| Fault::issue(Some(field), Issue::error(code));
    let today = cx.now.date_in_cn();
    let last = Stamp::start_of(until).plus_days(1);
    if until < from || until < today {
        return Err(refuse("until", "accounts-days-order"));
    }
    if last.secs_since(Stamp::start_of(from)) > STAND_IN_DAYS_MAX * 24 * 3600 {
        let issue = Issue::error("accounts-days-many").with("max", STAND_IN_DAYS_MAX.to_string());
        return Err(Fault::issue(Some("until"), issue));
    }
    let Ok(email) = crate::deeds::email(email) else {
        return Err(refuse("to", "accounts-no-colleague"));
    };
    act!(cx.app, permit, |act| {
        let Some((to, _)) = store::own::colleague(&mut act.conn, me, email.as_str()).await? else {
            return Err(Fault::issue(Some("to"), Issue::error("accounts-no-colleague")));
        };
        let span = (Stamp::start_of(from).micros(), last.micros());
        let id = store::own::add_delegation(&mut act, me, to, span, reason).await?;
        act.note(
            "account.stand-in-named",
            "user",
            me.uuid(),
            json!({ "delegation": id, "to": to, "from": from, "until": until }),
        );
        act.tell(Notice {
            user: to,
            key: "stand-in-named",
            args: vec![
                ("who", cx.actor.name.clone()),
                ("from", from.to_string()),
                ("until", until.to_string()),
                ("reason", reason.to_owned()),
            ],
            link: Some("/account".into()),
            mail: true,
        });
        Ok(())
    })
}

pub(crate) async fn end_stand_in(cx: &Cx, id: Uuid) -> Result<()> {
    let (me, permit) = permit(cx)?;
    act!(cx.app, permit, |act| {
        let now = act.now.micros();
        let row = store::own::delegations(&mut act.conn, me, now)
            .await?
            .into_iter()
            .find(|d| d.id == id);
        let Some(row) = row else { return Err(Fault::not_found()) };
        if !store::own::end_delegation(&mut act, me, id).await? {
            return Err(Fault::not_found());
        }
        act.note("account.stand-in-ended", "user", me.uuid(), json!({ "delegation": id }));
        let other = if row.from_user == me.uuid() {
            row.to_user
        } else {
            row.from_user
        };
        act.tell(Notice {
            user: other.into(),
            key: "stand-in-ended",
            args: vec![("who", cx.actor.name.clone())],
            link: Some("/account".into()),
            mail: false,
        });
        Ok(())
    })
}

/// Marks the inbox as read.
pub(crate) async fn read_inbox(cx: &Cx) -> Result<()> {
    let (me, permit) = permit(cx)?;
    act!(cx.app, permit, |act| {
        let now = act.now;
        jcore::notices::mark_read(&mut act.conn, me, now).await?;
        act.note("account.inbox-read", "user", me.uuid(), json!({}));
        Ok(())
    })
}
