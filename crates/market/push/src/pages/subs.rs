//! “My subscriptions”: the list, one of them with its preview, how one is reached, and what came.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jcore::{Cx, Fault, Form, Result, Shell};
use serde::Deserialize;
use uuid::Uuid;

use super::{Choice, choices, issues, regions, sectors};
use crate::finder::finders;
use crate::items;
use crate::model::{self, PREVIEW_DAYS, Preview, Subscription, Typed};
use crate::reach::{self, Reach, clock};
use crate::rules::{Channel, Event, KINDS, Rhythm};
use crate::store;

/// Pushes that a page shows.
const RECENT_MAX: i64 = 100;

struct Row {
    id: Uuid,
    name: String,
    asks: String,
    rhythm: String,
    channels: String,
    active: bool,
}

#[derive(Template)]
#[template(path = "push_subs.html")]
struct ListPage {
    s: Shell,
    rows: Vec<Row>,
    reach: Reach,
    from: String,
    until: String,
    rhythms: Vec<Choice>,
    secret: Option<String>,
    errors: Vec<String>,
}

/// What a subscription asks for, in words.
pub(crate) fn asks(cx: &Cx, sub: &Subscription) -> String {
    let mut parts: Vec<String> = sub
        .asked
        .kinds
        .iter()
        .map(|k| cx.t(&format!("push-kind-{k}")))
        .collect();
    if parts.is_empty() {
        parts.push(cx.t("push-all-kinds"));
    }
    parts.extend(sub.asked.sectors.iter().map(|s| cx.t(&s.words())));
    parts.extend(sub.asked.region.map(|r| cx.app.regions.full_name(r)));
    if !sub.words.is_empty() {
        let head: String = sub.words.chars().take(40).collect();
        let id = if sub.finder == "words" {
            "push-words-are"
        } else {
            "push-words-near"
        };
        parts.push(cx.ta(id, &[("words", head)]));
    }
    parts.join(" · ")
}

fn row(cx: &Cx, sub: &Subscription) -> Row {
    let channels: Vec<String> = sub
        .channels
        .iter()
        .map(|c| cx.t(&format!("push-channel-{}", c.code())))
        .collect();
    Row {
        id: sub.id,
        name: sub.name.clone(),
        asks: asks(cx, sub),
        rhythm: cx.t(&format!("push-rhythm-{}", sub.rhythm.code())),
        channels: channels.join(" · "),
        active: sub.active,
    }
}

/// The list, after something was refused or with a secret that is shown once.
pub(crate) async fn list_page(
    cx: &Cx,
    status: StatusCode,
    secret: Option<String>,
    errors: Vec<String>,
) -> Result<Response> {
    let subs = model::all_own(&cx.app, &cx.actor).await?;
    let reach = reach::of(&cx.app, &cx.actor).await?;
    cx.page_with(
        status,
        &ListPage {
            s: cx.shell(),
            rows: subs.iter().map(|sub| row(cx, sub)).collect(),
            from: clock(reach.quiet.from),
            until: clock(reach.quiet.until),
            rhythms: choices(
                cx,
                "push-rhythm",
                Rhythm::ALL.iter().map(|r| r.code()),
                &[reach.rhythm.code()],
            ),
            reach,
            secret,
            errors,
        },
    )
}

/// `GET /my/subscriptions`
pub(crate) async fn list(cx: Cx) -> Result<Response> {
    list_page(&cx, StatusCode::OK, None, Vec::new()).await
}

#[derive(Template)]
#[template(path = "push_sub.html")]
struct EditPage {
    s: Shell,
    /// None for a new one.
    id: Option<Uuid>,
    version: i64,
    active: bool,
    name: String,
    words: String,
    kinds: Vec<Choice>,
    sectors: Vec<Choice>,
    regions: Vec<Choice>,
    finders: Vec<Choice>,
    rhythms: Vec<Choice>,
    channels: Vec<Choice>,
    preview: Option<Preview>,
    days: i64,
    errors: Vec<String>,
}

/// A subscription's form as it comes. Lists are repeated names.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct SubForm {
    name: String,
    kind: Vec<String>,
    sector: Vec<String>,
    region: String,
    words: String,
    finder: String,
    rhythm: String,
    channel: Vec<String>,
    deed: String,
    version: i64,
}

impl SubForm {
    fn typed(&self) -> Typed {
        Typed {
            name: self.name.clone(),
            kinds: self.kind.clone(),
            sectors: self.sector.clone(),
            region: self.region.clone(),
            words: self.words.clone(),
            finder: self.finder.clone(),
            rhythm: self.rhythm.clone(),
            channels: self.channel.clone(),
        }
    }
}

fn typed_of(sub: &Subscription) -> Typed {
    Typed {
        name: sub.name.clone(),
        kinds: sub.asked.kinds.clone(),
        sectors: sub.asked.sectors.iter().map(|s| s.code().to_owned()).collect(),
        region: sub.asked.region.map_or_else(String::new, |r| r.to_string()),
        words: sub.words.clone(),
        finder: sub.finder.clone(),
        rhythm: sub.rhythm.code().to_owned(),
        channels: sub.channels.iter().map(|c| c.code().to_owned()).collect(),
    }
}

/// What an edit page is about.
struct About<'a> {
    id: Option<Uuid>,
    version: i64,
    active: bool,
    typed: &'a Typed,
}

async fn edit_page(cx: &Cx, status: StatusCode, about: About<'_>, errors: Vec<String>) -> Result<Response> {
    let typed = about.typed;
    // A preview needs no name: it is what one looks at before there is one.
    let named = Typed {
        name: if typed.name.is_empty() {
            "…".to_owned()
        } else {
            typed.name.clone()
        },
        ..typed.clone()
    };
    let preview = match model::check(&cx.app, &named) {
        Ok(checked) => Some(model::preview(cx, &checked).await?),
        Err(_) => None,
    };
    let kinds: Vec<&str> = typed.kinds.iter().map(String::as_str).collect();
    let channels: Vec<&str> = typed.channels.iter().map(String::as_str).collect();
    let chosen: Vec<kernel::Sector> = typed
        .sectors
        .iter()
        .filter_map(|s| kernel::Sector::from_code(s))
        .collect();
    let finder = if typed.finder.is_empty() {
        "words"
    } else {
        typed.finder.as_str()
    };
    cx.page_with(
        status,
        &EditPage {
            s: cx.shell(),
            id: about.id,
            version: about.version,
            active: about.active,
            name: typed.name.clone(),
            words: typed.words.clone(),
            kinds: choices(cx, "push-kind", KINDS, &kinds),
            sectors: sectors(cx, &chosen),
            regions: regions(cx, &typed.region),
            finders: choices(cx, "push-finder", finders(&cx.app).keys(), &[finder]),
            rhythms: choices(
                cx,
                "push-rhythm",
                Rhythm::ALL.iter().map(|r| r.code()),
                &[typed.rhythm.as_str()],
            ),
            channels: choices(cx, "push-channel", Channel::ALL.iter().map(|c| c.code()), &channels),
            preview,
            days: PREVIEW_DAYS,
            errors,
        },
    )
}

/// What a new subscription begins with: the list that one came from, where the address names it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct NewQuery {
    q: String,
    sector: Vec<String>,
    region: String,
    kind: Vec<String>,
}

/// `GET /my/subscriptions/new`
pub(crate) async fn new(cx: Cx, jcore::Query(query): jcore::Query<NewQuery>) -> Result<Response> {
    // What nobody could have chosen in the form is left out: an old address still begins something.
    let (mut kinds, mut sectors) = (query.kind, query.sector);
    kinds.retain(|kind| KINDS.contains(&kind.as_str()));
    sectors.retain(|code| kernel::Sector::from_code(code).is_some());
    let typed = Typed {
        kinds,
        sectors,
        region: query.region,
        words: query.q,
        rhythm: Rhythm::Now.code().to_owned(),
        channels: vec![Channel::Inbox.code().to_owned(), Channel::Mail.code().to_owned()],
        ..Typed::default()
    };
    let about = About {
        id: None,
        version: 0,
        active: true,
        typed: &typed,
    };
    edit_page(&cx, StatusCode::OK, about, Vec::new()).await
}

/// `POST /my/subscriptions/new`
pub(crate) async fn create(cx: Cx, Form(form): Form<SubForm>) -> Result<Response> {
    let typed = form.typed();
    let about = About {
        id: None,
        version: 0,
        active: true,
        typed: &typed,
    };
    if form.deed == "preview" {
        return edit_page(&cx, StatusCode::OK, about, Vec::new()).await;
    }
    match model::create(&cx.app, &cx.actor, &typed).await {
        Ok(_) => Ok(cx.redirect_saying("/my/subscriptions", &cx.t("push-said-made"))),
        Err(fault) if !fault.fields.is_empty() => {
            edit_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, about, issues(&cx, &fault)).await
        }
        Err(fault) => Err(fault),
    }
}

fn id(text: &str) -> Result<Uuid> {
    text.parse().map_err(|_| Fault::not_found())
}

/// `GET /my/subscriptions/{id}`
pub(crate) async fn edit(cx: Cx, Path(path): Path<String>) -> Result<Response> {
    let sub = model::own(&cx.app, &cx.actor, id(&path)?).await?;
    let typed = typed_of(&sub);
    let about = About {
        id: Some(sub.id),
        version: sub.version,
        active: sub.active,
        typed: &typed,
    };
    edit_page(&cx, StatusCode::OK, about, Vec::new()).await
}

/// `POST /my/subscriptions/{id}`: preview, save, pause, go on, delete.
pub(crate) async fn change(cx: Cx, Path(path): Path<String>, Form(form): Form<SubForm>) -> Result<Response> {
    let sub = model::own(&cx.app, &cx.actor, id(&path)?).await?;
    let (app, actor) = (&cx.app, &cx.actor);
    let typed = form.typed();
    let about = About {
        id: Some(sub.id),
        version: form.version,
        active: sub.active,
        typed: &typed,
    };
    let (done, said) = match form.deed.as_str() {
        "preview" => return edit_page(&cx, StatusCode::OK, about, Vec::new()).await,
        "pause" => (model::set_active(app, actor, &sub, false).await, "push-said-paused"),
        "resume" => (model::set_active(app, actor, &sub, true).await, "push-said-resumed"),
        "delete" => (model::delete(app, actor, &sub).await, "push-said-deleted"),
        _ => (
            model::update(app, actor, &sub, form.version, &typed).await,
            "push-said-saved",
        ),
    };
    match done {
        Ok(()) => Ok(cx.redirect_saying("/my/subscriptions", &cx.t(said))),
        Err(fault) if !fault.fields.is_empty() => {
            edit_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, about, issues(&cx, &fault)).await
        }
        Err(fault) => Err(fault),
    }
}

struct Pushed {
    at: i64,
    event: String,
    title: String,
    path: String,
    channel: String,
    answer: String,
}

#[derive(Template)]
#[template(path = "push_recent.html")]
struct RecentPage {
    s: Shell,
    rows: Vec<Pushed>,
}

/// `GET /my/pushes`: what came last.
pub(crate) async fn recent(cx: Cx) -> Result<Response> {
    let user = model::me(&cx.actor)?.uuid();
    let mut conn = cx.app.read().await?;
    let messages = store::messages::recent(&mut conn, user, RECENT_MAX).await?;
    let ids: Vec<Uuid> = messages.iter().map(|m| m.entry_id).collect();
    let public = store::items::public_rows(&mut conn, &ids, cx.now.micros()).await?;
    drop(conn);
    let mut rows: Vec<Pushed> = Vec::new();
    let mut seen: Vec<(Uuid, String)> = Vec::new();
    for message in &messages {
        // One line an item, whatever ways it came by.
        let key = (message.entry_id, message.event.clone());
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        let found = match public.iter().find(|row| row.id == message.entry_id) {
            Some(row) if message.event != Event::Withdrawn.code() => items::of_row(&cx.app, row)?,
            _ => None,
        };
        rows.push(Pushed {
            at: message.created_at,
            event: cx.t(&format!("push-event-{}", message.event)),
            title: found
                .as_ref()
                .map_or_else(|| cx.t("push-not-public"), |p| p.item.title.clone()),
            path: found.map_or_else(String::new, |p| p.path),
            channel: cx.t(&format!("push-channel-{}", message.channel)),
            answer: if message.answer.is_empty() {
                String::new()
            } else {
                cx.t(&format!("push-answer-{}", message.answer))
            },
        });
    }
    cx.page(&RecentPage { s: cx.shell(), rows })
}
