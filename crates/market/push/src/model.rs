//! Subscriptions, as their owners see and write them.

use entries::codes_of;
use jcore::{Actor, App, Cx, Fault, FieldFault, Result, Subject, act};
use kernel::{Issue, Region, Sector, UserId};
use serde_json::json;
use uuid::Uuid;

use crate::finder::{Item, finders};
use crate::items;
use crate::rules::{Asked, Channel, FOLLOW, KINDS, Rhythm, fits};
use crate::store::subs::SubRow;
use crate::store::{self};

/// Subscriptions a person may have: beyond it a list is no help to anybody.
pub(crate) const SUBSCRIPTIONS_MAX: usize = 50;
/// Longest name, in characters.
const NAME_MAX: usize = 60;
/// Longest search, in characters: a paragraph, since a finder by content takes one.
const SEARCH_MAX: usize = 2_000;
/// Days that a preview looks back.
pub(crate) const PREVIEW_DAYS: i64 = 30;
/// Items that a preview looks through: more were not published in a month anywhere.
const PREVIEW_MAX: i64 = 5_000;
/// Items that a preview shows.
const PREVIEW_SHOWN: usize = 8;

/// A subscription.
#[derive(Debug, Clone)]
pub(crate) struct Subscription {
    pub(crate) id: Uuid,
    pub(crate) user: UserId,
    pub(crate) name: String,
    pub(crate) asked: Asked,
    pub(crate) words: String,
    pub(crate) finder: String,
    pub(crate) rhythm: Rhythm,
    pub(crate) channels: Vec<Channel>,
    pub(crate) active: bool,
    pub(crate) version: i64,
}

impl From<&SubRow> for Subscription {
    fn from(row: &SubRow) -> Self {
        Self {
            id: row.id,
            user: row.user_id.into(),
            name: row.name.clone(),
            asked: Asked {
                kinds: codes_of(&row.kinds).map(str::to_owned).collect(),
                sectors: codes_of(&row.sectors).filter_map(Sector::from_code).collect(),
                region: Region::new(&row.region),
            },
            words: row.words.clone(),
            finder: row.finder.clone(),
            rhythm: Rhythm::from_code(&row.rhythm).unwrap_or(Rhythm::Now),
            channels: codes_of(&row.channels).filter_map(Channel::from_code).collect(),
            active: row.state == "active",
            version: row.version,
        }
    }
}

/// What a form or the API says of a subscription.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed {
    pub(crate) name: String,
    pub(crate) kinds: Vec<String>,
    pub(crate) sectors: Vec<String>,
    pub(crate) region: String,
    pub(crate) words: String,
    pub(crate) finder: String,
    pub(crate) rhythm: String,
    pub(crate) channels: Vec<String>,
}

/// A subscription as it would be kept.
#[derive(Debug, Clone)]
pub(crate) struct Checked {
    pub(crate) name: String,
    pub(crate) asked: Asked,
    pub(crate) words: String,
    pub(crate) finder: String,
    pub(crate) rhythm: Rhythm,
    pub(crate) channels: Vec<Channel>,
}

/// Reads what was typed.
///
/// # Errors
/// Refused with an issue by field.
pub(crate) fn check(app: &App, typed: &Typed) -> Result<Checked> {
    let mut faults = Vec::new();
    let mut bad = |field: &str, issue: Issue| {
        faults.push(FieldFault {
            field: Some(field.to_owned()),
            issue,
        });
    };
    let name = kernel::text::normalise(&typed.name);
    if name.is_empty() {
        bad("name", Issue::error("push-name-missing"));
    } else if name.chars().count() > NAME_MAX {
        bad("name", Issue::error("push-too-long").with("max", NAME_MAX.to_string()));
    }
    let words = typed.words.trim().to_owned();
    if words.chars().count() > SEARCH_MAX {
        bad(
            "words",
            Issue::error("push-too-long").with("max", SEARCH_MAX.to_string()),
        );
    }
    if typed.kinds.iter().any(|kind| !KINDS.contains(&kind.as_str())) {
        bad("kinds", Issue::error("push-choice"));
    }
    let sectors: Option<Vec<Sector>> = typed.sectors.iter().map(|code| Sector::from_code(code)).collect();
    if sectors.is_none() {
        bad("sectors", Issue::error("push-choice"));
    }
    let region = Region::new(&typed.region).filter(|region| app.regions.get(region).is_some());
    if region.is_none() && !typed.region.is_empty() {
        bad("region", Issue::error("push-choice"));
    }
    let rhythm = Rhythm::from_code(&typed.rhythm);
    if rhythm.is_none() {
        bad("rhythm", Issue::error("push-choice"));
    }
    let channels: Option<Vec<Channel>> = typed.channels.iter().map(|code| Channel::from_code(code)).collect();
    if channels.as_ref().is_none_or(Vec::is_empty) {
        bad("channels", Issue::error("push-channel-missing"));
    }
    let finder = finders(app)
        .keys()
        .find(|key| *key == typed.finder || typed.finder.is_empty())
        .map(str::to_owned);
    if finder.is_none() {
        bad("finder", Issue::error("push-choice"));
    }
    match (faults.is_empty(), sectors, rhythm, channels, finder) {
        (true, Some(sectors), Some(rhythm), Some(channels), Some(finder)) => Ok(Checked {
            name,
            asked: Asked {
                kinds: typed.kinds.clone(),
                sectors,
                region,
            },
            words,
            finder,
            rhythm,
            channels,
        }),
        _ => Err(Fault::refused(faults)),
    }
}

fn row(id: Uuid, user: UserId, version: i64, active: bool, checked: &Checked) -> SubRow {
    SubRow {
        id,
        user_id: user.uuid(),
        name: checked.name.clone(),
        kinds: entries::coded(checked.asked.kinds.iter().map(String::as_str)),
        sectors: entries::coded(checked.asked.sectors.iter().map(|s| s.code())),
        region: checked.asked.region.map_or_else(String::new, |r| r.to_string()),
        words: checked.words.clone(),
        finder: checked.finder.clone(),
        rhythm: checked.rhythm.code().to_owned(),
        channels: entries::coded(checked.channels.iter().map(|c| c.code())),
        state: if active { "active" } else { "paused" }.to_owned(),
        version,
    }
}

/// Whose account it is.
///
/// # Errors
/// Asks to sign in.
pub(crate) fn me(actor: &Actor) -> Result<UserId> {
    actor
        .user
        .ok_or_else(|| Fault::new(jcore::FaultKind::SignIn, "sign-in"))
}

/// One's own subscription.
///
/// # Errors
/// Not found, also where it is somebody else's.
pub(crate) async fn own(app: &App, actor: &Actor, id: Uuid) -> Result<Subscription> {
    let mut conn = app.read().await?;
    let sub = Subscription::from(&store::subs::get(&mut conn, id).await?);
    if app.may(actor, FOLLOW, &Subject::user(sub.user)) {
        Ok(sub)
    } else {
        Err(Fault::not_found())
    }
}

/// One's own subscriptions.
///
/// # Errors
/// The store's.
pub(crate) async fn all_own(app: &App, actor: &Actor) -> Result<Vec<Subscription>> {
    let mut conn = app.read().await?;
    let rows = store::subs::of_user(&mut conn, me(actor)?.uuid()).await?;
    Ok(rows.iter().map(Subscription::from).collect())
}

/// Makes a subscription.
///
/// # Errors
/// Refused with issues; when there are too many; the store's.
pub(crate) async fn create(app: &App, actor: &Actor, typed: &Typed) -> Result<Uuid> {
    let user = me(actor)?;
    let permit = app.permit(actor, FOLLOW, &Subject::user(user))?;
    let checked = check(app, typed)?;
    act!(app, permit, |act| {
        if store::subs::of_user(&mut act.conn, user.uuid()).await?.len() >= SUBSCRIPTIONS_MAX {
            return Err(Fault::issue(
                None,
                Issue::error("push-too-many").with("max", SUBSCRIPTIONS_MAX.to_string()),
            ));
        }
        let id: Uuid = act.id();
        store::subs::insert(&mut act, &row(id, user, 1, true, &checked)).await?;
        act.note(
            "push.subscribed",
            "subscription",
            id,
            json!({ "rhythm": checked.rhythm.code() }),
        );
        Ok(id)
    })
}

/// Writes a subscription anew.
///
/// # Errors
/// Refused with issues; stale; the store's.
pub(crate) async fn update(app: &App, actor: &Actor, sub: &Subscription, version: i64, typed: &Typed) -> Result<()> {
    let permit = app.permit(actor, FOLLOW, &Subject::user(sub.user))?;
    let checked = check(app, typed)?;
    act!(app, permit, |act| {
        if !store::subs::update(&mut act, &row(sub.id, sub.user, version, sub.active, &checked)).await? {
            return Err(Fault::stale());
        }
        act.note(
            "push.resubscribed",
            "subscription",
            sub.id,
            json!({ "rhythm": checked.rhythm.code() }),
        );
        Ok(())
    })
}

/// Pauses a subscription or lets it go on.
///
/// # Errors
/// Stale, the store's.
pub(crate) async fn set_active(app: &App, actor: &Actor, sub: &Subscription, active: bool) -> Result<()> {
    let permit = app.permit(actor, FOLLOW, &Subject::user(sub.user))?;
    let checked = Checked {
        name: sub.name.clone(),
        asked: sub.asked.clone(),
        words: sub.words.clone(),
        finder: sub.finder.clone(),
        rhythm: sub.rhythm,
        channels: sub.channels.clone(),
    };
    act!(app, permit, |act| {
        if !store::subs::update(&mut act, &row(sub.id, sub.user, sub.version, active, &checked)).await? {
            return Err(Fault::stale());
        }
        if !active {
            store::subs::drop_waiting(&mut act, sub.id).await?;
        }
        act.note("push.paused", "subscription", sub.id, json!({ "active": active }));
        Ok(())
    })
}

/// Removes a subscription.
///
/// # Errors
/// The store's.
pub(crate) async fn delete(app: &App, actor: &Actor, sub: &Subscription) -> Result<()> {
    let permit = app.permit(actor, FOLLOW, &Subject::user(sub.user))?;
    act!(app, permit, |act| {
        store::subs::delete(&mut act, sub.id).await?;
        act.note("push.unsubscribed", "subscription", sub.id, json!({}));
        Ok(())
    })
}

/// What a subscription would have brought.
#[derive(Debug, Clone, Default)]
pub(crate) struct Preview {
    /// How many items in the last [`PREVIEW_DAYS`] days.
    pub(crate) count: usize,
    /// The newest of them: title, path, when published.
    pub(crate) items: Vec<(String, String, i64)>,
}

/// Looks what a subscription would have brought in the last days.
///
/// # Errors
/// The store's.
pub(crate) async fn preview(cx: &Cx, checked: &Checked) -> Result<Preview> {
    let app = &cx.app;
    let kinds: Vec<&str> = if checked.asked.kinds.is_empty() {
        KINDS.to_vec()
    } else {
        checked.asked.kinds.iter().map(String::as_str).collect()
    };
    let since = cx.now.plus_days(-PREVIEW_DAYS).micros();
    let rows = {
        let mut conn = app.read().await?;
        store::items::published_since(&mut conn, &kinds, since, cx.now.micros(), PREVIEW_MAX).await?
    };
    let finders = finders(app);
    let finder = finders.get(&checked.finder);
    let mut asked = Vec::new();
    for row in &rows {
        let Some(public) = items::of_row(app, row)? else {
            continue;
        };
        let item = &public.item;
        if fits(&checked.asked, &app.regions, &item.kind, &item.sectors, item.region) {
            asked.push((row, public));
        }
    }
    let found = if checked.words.is_empty() {
        vec![true; asked.len()]
    } else {
        let all: Vec<&Item> = asked.iter().map(|(_, public)| &public.item).collect();
        finder.fits(app, &checked.words, &all).await?
    };
    let mut out = Preview::default();
    for ((row, public), _) in asked.iter().zip(found).filter(|(_, fits)| *fits) {
        let item = &public.item;
        out.count += 1;
        if out.items.len() < PREVIEW_SHOWN {
            let at = row.published_at.unwrap_or_default();
            out.items.push((item.title.clone(), public.path.clone(), at));
        }
    }
    Ok(out)
}
