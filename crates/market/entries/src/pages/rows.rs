//! Rows of lists at work, in the reader's words.

use std::collections::HashMap;

use db::Conn;
use jcore::{Cx, Result};
use kernel::OrgId;

use crate::actions::{SEE, SEE_UNIVERSITY};
use crate::browse::{place, sector_name};
use crate::kind::kinds;
use crate::model::{WorkRow, codes_of};
use crate::rules::{State, days_left};
use crate::show::title;

/// A row of my entries or the queue.
#[derive(Debug, Clone)]
pub(crate) struct WorkView {
    pub id: String,
    pub version: i64,
    pub title: String,
    pub kind: String,
    pub state: String,
    pub chip: &'static str,
    pub sectors: Vec<String>,
    pub place: String,
    /// The organisation, for who may see whose it is.
    pub org: String,
    pub score: i64,
    pub changed_at: i64,
    /// Days that it has waited for its review.
    pub waits: i64,
    /// Days that are left of what is public.
    pub days_left: Option<i64>,
    /// Where its reader goes on with it.
    pub href: String,
}

/// Rows in words; `to` gives the path at which the reader goes on.
pub(crate) async fn views(
    cx: &Cx,
    conn: &mut Conn,
    rows: Vec<WorkRow>,
    to: impl Fn(&WorkRow) -> String,
) -> Result<Vec<WorkView>> {
    let sees = |row: &WorkRow| {
        let subject = row.subject();
        cx.may(SEE, &subject) || cx.may(SEE_UNIVERSITY, &subject)
    };
    let mut orgs: Vec<OrgId> = rows.iter().filter(|r| sees(r)).map(|r| r.org_id.into()).collect();
    orgs.sort_unstable();
    orgs.dedup();
    let names = accounts::org_names(conn, &orgs).await?;
    Ok(rows
        .into_iter()
        .map(|row| view(cx, &names, &row, cx.href(&to(&row))))
        .collect())
}

fn view(cx: &Cx, names: &HashMap<OrgId, String>, row: &WorkRow, href: String) -> WorkView {
    let now = cx.now.micros();
    let state = row.state();
    let waits = row
        .submitted_at
        .filter(|_| matches!(state, State::Submitted | State::Accepted));
    WorkView {
        id: row.id.to_string(),
        version: row.version,
        title: title(cx, &row.title),
        kind: cx.t(&format!("entries-kind-{}", row.kind)),
        state: cx.t(&format!("entries-state-{}", state.code())),
        chip: state.chip(),
        sectors: codes_of(&row.sector).map(|c| sector_name(cx, c)).collect(),
        place: place(cx, &row.region),
        org: names.get(&row.org_id.into()).cloned().unwrap_or_default(),
        score: row.score,
        changed_at: row.changed_at,
        waits: waits.map_or(0, |at| now.saturating_sub(at).div_euclid(86_400 * 1_000_000).max(0)),
        days_left: row
            .expires_at
            .filter(|_| state == State::Published)
            .map(|until| days_left(now, until)),
        href,
    }
}

/// Where its owner goes on with an entry: writing while it is open, looking at it otherwise.
pub(crate) fn own_path(cx: &Cx, row: &WorkRow) -> String {
    if row.state().is_open() {
        return format!("/entries/{}/edit", row.id);
    }
    let home = kinds(&cx.app).get(&row.kind).map_or("/entries", |k| k.home());
    format!("{home}/{}", row.id)
}
