//! Where pairs of need and university stand now: the register, with what is on its way told in more detail.

use std::collections::HashMap;

use db::Conn;
use jcore::Result;
use kernel::Stamp;
use uuid::Uuid;

use crate::store::messages;
use crate::store::targets::{self, Of, Scope, TargetRow};

/// A pair as it stands.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub(crate) row: TargetRow,
    /// `pushed`, `due` or `missing`.
    pub(crate) state: &'static str,
    /// Why it is not pushed: a lack, or what it waits for (`quiet`, `digest`, `waiting`, `sending`); empty when pushed.
    pub(crate) why: String,
    /// Until when it waits, UTC microseconds.
    pub(crate) until: Option<i64>,
}

/// Pairs of a need, of a university, or all.
///
/// # Errors
/// The store's.
pub(crate) async fn standing(
    conn: &mut Conn,
    now: Stamp,
    scope: Scope,
    of: Of,
    limit: i64,
    offset: i64,
) -> Result<Vec<Standing>> {
    let rows = targets::pairs(conn, scope, of, limit, offset).await?;
    let mut due: Vec<Uuid> = rows
        .iter()
        .filter(|row| row.state == "due")
        .map(|row| row.entry_id)
        .collect();
    due.sort_unstable();
    due.dedup();
    let mut waits: HashMap<(Uuid, Uuid), (String, String, i64)> = HashMap::new();
    for part in due.chunks(db::ROWS_A_STATEMENT) {
        for (entry, org, state, held, at) in messages::waiting(conn, part).await? {
            waits.insert((entry, org), (state, held, at));
        }
    }
    let told = |row: TargetRow| {
        let wait = waits.get(&(row.entry_id, row.org_id));
        let (state, why, until) = match row.state.as_str() {
            "pushed" => ("pushed", String::new(), None),
            "due" => {
                let (why, until) = why_due(wait, now);
                ("due", why.to_owned(), until)
            }
            _ => ("missing", row.reason.clone(), None),
        };
        Standing { row, state, why, until }
    };
    Ok(rows.into_iter().map(told).collect())
}

fn why_due(wait: Option<&(String, String, i64)>, now: Stamp) -> (&'static str, Option<i64>) {
    match wait {
        Some((state, _, _)) if state == "queued" => ("sending", None),
        Some((_, held, at)) if *at > now.micros() => (if held == "digest" { "digest" } else { "quiet" }, Some(*at)),
        _ => ("waiting", None),
    }
}
