//! `/work/matches`: the brokers' desk. Published needs, and for one of them the best matches that nobody has judged yet:
//! through them with the keyboard, each with a verdict or on the way to a thread.

use std::collections::HashMap;

use askama::Template;
use axum::response::Response;
use entries::browse::{FilterGroup, ListView, Params, Section, list};
use jcore::{Cx, Query, Result, Shell};
use kernel::EntryId;
use serde::Deserialize;
use uuid::Uuid;

use super::Choice;
use crate::deeds::opening::NEED;
use crate::own::{Chosen, matches_of};
use crate::rules::{INTRODUCE, JUDGE, Reason};
use crate::store::verdicts;

/// Matches that the desk shows of a need.
const SHOWN: usize = 12;
/// Filters of the list of needs.
const FILTERS: [&str; 2] = ["sector", "region"];

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct DeskQuery {
    need: String,
    q: String,
    sector: String,
    region: String,
    page: String,
}

/// A need of the list.
struct NeedLine {
    title: String,
    href: String,
    judged: i64,
    current: bool,
    facts: String,
}

#[derive(Template)]
#[template(path = "matches_desk.html")]
struct DeskPage {
    s: Shell,
    q: String,
    groups: Vec<FilterGroup>,
    list: ListView,
    needs: Vec<NeedLine>,
    chosen: Option<Chosen>,
    next: Option<String>,
    reasons: Vec<Choice>,
    levels: Vec<(i64, String)>,
    may_introduce: bool,
    back: &'static str,
}

/// The levels in words, the best last, as the keys stand on a keyboard.
pub(crate) fn levels(cx: &Cx) -> Vec<(i64, String)> {
    crate::rules::LEVELS
        .map(|n| (n, cx.t(&format!("matches-level-{n}"))))
        .collect()
}

/// The eight reasons in words.
pub(crate) fn eight(cx: &Cx) -> Vec<Choice> {
    let reasons = Reason::ALL.into_iter().map(Reason::code);
    reasons
        .map(|code| (code, cx.t(&format!("matches-reason-{code}"))))
        .collect()
}

/// `GET /work/matches`
pub(crate) async fn show(cx: Cx, Query(query): Query<DeskQuery>) -> Result<Response> {
    let kinds = entries::kinds(&cx.app);
    let section = Section {
        path: "/work/matches",
        kinds: kinds.get(NEED).cloned().into_iter().collect(),
    };
    let params = Params {
        q: query.q.clone(),
        sector: query.sector.clone(),
        region: query.region.clone(),
        page: query.page.clone(),
        ..Params::default()
    };
    let mut list = list(&cx, &section, &params).await?;
    list.groups.retain(|group| FILTERS.contains(&group.name));
    let ids: Vec<Uuid> = list.rows.iter().map(|row| row.id).collect();
    let counts = verdicts::counts(&mut cx.app.read().await?, &ids).await?;
    let counts: HashMap<Uuid, i64> = counts.into_iter().collect();
    let asked = query.need.parse::<EntryId>().ok().map(EntryId::uuid);
    let current = asked.or_else(|| ids.first().copied());
    let at = |id: &Uuid| {
        let mut pairs = vec![("need", id.to_string())];
        for (key, value) in [
            ("q", &query.q),
            ("sector", &query.sector),
            ("region", &query.region),
            ("page", &query.page),
        ] {
            if !value.is_empty() {
                pairs.push((key, value.clone()));
            }
        }
        let query: Vec<String> = pairs
            .iter()
            .map(|(key, value)| format!("{key}={}", super::search::encoded(value)))
            .collect();
        cx.href(&format!("/work/matches?{}", query.join("&")))
    };
    let line = |row: &entries::RowView| NeedLine {
        title: row.title.clone(),
        href: at(&row.id),
        judged: counts.get(&row.id).copied().unwrap_or_default(),
        current: current == Some(row.id),
        facts: [row.sectors.join(" "), row.place.clone()].join(" ").trim().to_owned(),
    };
    let place = ids.iter().position(|id| current == Some(*id));
    let next = place.and_then(|place| ids.get(place + 1)).map(at);
    let chosen = match current {
        Some(id) => chosen(&cx, id).await?,
        None => None,
    };
    let may_introduce = cx.may(INTRODUCE, &jcore::Subject::NONE);
    cx.page(&DeskPage {
        s: cx.shell(),
        q: query.q.clone(),
        groups: std::mem::take(&mut list.groups),
        needs: list.rows.iter().map(line).collect(),
        list,
        chosen,
        next,
        reasons: eight(&cx),
        levels: levels(&cx),
        may_introduce,
        back: "/work/matches",
    })
}

/// A public need with its matches that nobody has judged and nobody brings together.
async fn chosen(cx: &Cx, id: Uuid) -> Result<Option<Chosen>> {
    if !cx.may(JUDGE, &jcore::Subject::NONE) {
        return Ok(None);
    }
    matches_of(cx, id, SHOWN, true).await
}
