//! The queue: what waits for a review or for publication, oldest first; and decisions on many at once.

use axum::response::Response;
use jcore::{Cx, Fault, Form, Query, Result, Role, Shell};
use kernel::{EntryId, Region, Sector};
use serde::Deserialize;

use super::mine::Pages;
use super::rows::{WorkView, views};
use crate::actions::{ACCEPT, PUBLISH};
use crate::browse::{FilterGroup, Opt, PAGE_ROWS};
use crate::kind::kinds;
use crate::life;
use crate::rules::{Move, State};
use crate::store;
use crate::store::work::Queue;

/// Entries decided at once: a page of the queue, five times over.
pub(crate) const BULK_MAX: usize = 100;
/// Waiting times that the page filters by, in days.
const AGES: [i64; 3] = [3, 7, 14];

/// The query of the page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct QueueQuery {
    state: String,
    kind: String,
    region: String,
    sector: String,
    age: String,
    q: String,
    page: String,
}

#[derive(askama::Template)]
#[template(path = "entries_queue.html")]
struct QueuePage {
    s: Shell,
    rows: Vec<WorkView>,
    count: i64,
    groups: Vec<FilterGroup>,
    q: String,
    list: Pages,
    filtered: bool,
    accepts: bool,
    publishes: bool,
    bulk_max: usize,
}

/// What this reader looks after: all, the divisions they are bound to, or the universities.
pub(crate) fn scope(cx: &Cx) -> Queue {
    if cx.actor.has(Role::Centre) {
        return Queue::default();
    }
    let bound = cx
        .actor
        .grants
        .iter()
        .filter(|g| matches!(g.role, Role::Bureau | Role::Branch));
    let within: Vec<Region> = bound.filter_map(|g| g.region).collect();
    if within.is_empty() && cx.actor.has(Role::UniversityCentre) {
        return Queue {
            academic: true,
            ..Queue::default()
        };
    }
    Queue {
        within: Some(within),
        ..Queue::default()
    }
}

fn filter(cx: &Cx, query: &QueueQuery) -> Queue {
    let days: Option<i64> = query.age.parse().ok().filter(|d| AGES.contains(d));
    let words = kernel::text::fold(&query.q);
    Queue {
        state: State::from_code(&query.state).filter(|s| matches!(s, State::Submitted | State::Accepted)),
        kind: kinds(&cx.app).get(&query.kind).map(|k| k.key().to_owned()),
        region: Region::new(&query.region),
        sector: Sector::from_code(&query.sector),
        before: days.map(|d| cx.now.plus_days(-d).micros()),
        words: (!words.is_empty()).then_some(words),
        ..scope(cx)
    }
}

pub(crate) async fn show(cx: Cx, Query(query): Query<QueueQuery>) -> Result<Response> {
    let filter = filter(&cx, &query);
    let at = Pages::asked(&query.page);
    let mut conn = cx.app.read().await?;
    let (rows, count) = store::work::queue_page(&mut conn, &filter, PAGE_ROWS, (at - 1) * PAGE_ROWS).await?;
    let rows = views(&cx, &mut conn, rows, |row| format!("/centre/queue/{}", row.id)).await?;
    drop(conn);
    cx.page(&QueuePage {
        rows,
        count,
        groups: groups(&cx, &query),
        q: query.q.clone(),
        list: Pages::new(&cx, &address(&query), count, at),
        filtered: address(&query) != PATH,
        accepts: cx.app.rules.reaches(&cx.actor, ACCEPT).is_ok(),
        publishes: cx.app.rules.reaches(&cx.actor, PUBLISH).is_ok(),
        bulk_max: BULK_MAX,
        s: cx.shell(),
    })
}

const PATH: &str = "/centre/queue";

fn address(query: &QueueQuery) -> String {
    let pairs = [
        ("state", &query.state),
        ("kind", &query.kind),
        ("region", &query.region),
        ("sector", &query.sector),
        ("age", &query.age),
        ("q", &query.q),
    ];
    let mut out = form_urlencoded::Serializer::new(String::new());
    out.extend_pairs(pairs.into_iter().filter(|(_, v)| !v.is_empty()));
    let out = out.finish();
    if out.is_empty() {
        PATH.to_owned()
    } else {
        format!("{PATH}?{out}")
    }
}

fn groups(cx: &Cx, query: &QueueQuery) -> Vec<FilterGroup> {
    let opt = |value: &str, text: String, chosen: &str| Opt {
        selected: value == chosen,
        value: value.to_owned(),
        text,
    };
    let states = [State::Submitted, State::Accepted]
        .map(|s| opt(s.code(), cx.t(&format!("entries-state-{}", s.code())), &query.state));
    let of_kinds = kinds(&cx.app);
    let of_kinds = of_kinds
        .all()
        .iter()
        .map(|k| opt(k.key(), cx.t(&format!("entries-kind-{}", k.key())), &query.kind));
    let sectors = Sector::ALL
        .into_iter()
        .map(|s| opt(s.code(), cx.t(&s.words()), &query.sector));
    let ages = AGES.map(|d| {
        opt(
            &d.to_string(),
            cx.ta("entries-age", &[("n", d.to_string())]),
            &query.age,
        )
    });
    let home = programme::now(&cx.app).region;
    let below = match cx.app.regions.cities_of(home) {
        cities if cities.is_empty() => cx.app.regions.counties_of(home),
        cities => cities,
    };
    let regions = below
        .iter()
        .map(|d| opt(d.code.as_str(), d.name.clone(), &query.region));
    let group = |name: &'static str, options: Vec<Opt>| FilterGroup {
        name,
        label: cx.t(&format!("entries-filter-{name}")),
        options,
    };
    vec![
        group("state", states.into()),
        group("kind", of_kinds.collect()),
        group("region", regions.collect()),
        group("sector", sectors.collect()),
        group("age", ages.into()),
    ]
}

/// Decides on the chosen entries, one by one, so that one that can't be moved holds up none but itself.
pub(crate) async fn bulk(cx: Cx, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response> {
    let wish = pairs.iter().find(|(k, _)| k == "do").map_or("", |(_, v)| v.as_str());
    let by = match wish {
        "accept" => Move::Accept,
        "publish" => Move::Publish,
        _ => return Err(Fault::bad_request("no decision")),
    };
    let chosen = pairs
        .iter()
        .filter(|(k, _)| k == "entry")
        .filter_map(|(_, v)| pick(v))
        .take(BULK_MAX);
    let (mut done, mut left) = (0_usize, 0_usize);
    for (id, version) in chosen {
        match life::step(&cx.app, &cx.actor, id, version, by, &[]).await {
            Ok(()) => done += 1,
            Err(fault) if fault.kind == jcore::FaultKind::Internal => return Err(fault),
            Err(fault) => {
                tracing::debug!(entry = %id, fault = %fault, "left out of a decision on many");
                left += 1;
            }
        }
    }
    let said = cx.ta(
        &format!("entries-bulk-{}", by.code()),
        &[("done", done.to_string()), ("left", left.to_string())],
    );
    Ok(cx.redirect_saying(PATH, &said))
}

/// `ID:VERSION`, as the boxes of the page have it.
fn pick(text: &str) -> Option<(EntryId, i64)> {
    let (id, version) = text.split_once(':')?;
    Some((id.parse().ok()?, version.parse().ok()?))
}
