//! Expiry and reminders: an entry that nobody confirms leaves the lists, so that they hold no dead offers.

use jcore::{Actor, App, Job, Result, Subject, act};
use serde_json::json;

use super::{moves, tell};
use crate::actions::EXPIRE;
use crate::kind::kinds;
use crate::rules::Move;
use crate::store;

/// Seconds between runs.
const EVERY_SECS: i64 = 300;
/// Seconds between looks for marks that a broken import left.
const MARK_SECS: i64 = 60;
/// Entries an act moves on: well within the time that a write may hold its transaction.
const CHUNK: i64 = 50;
/// Chunks a run takes; what is left waits for the next.
const CHUNKS_MAX: usize = 40;

/// The jobs of this crate.
pub(crate) fn jobs() -> Vec<Job> {
    vec![
        Job::new("entries.expire", EVERY_SECS, |app| async move { expire(&app).await }),
        Job::new("entries.mark", MARK_SECS, |app| async move {
            let permit = app.permit(&Actor::system(), EXPIRE, &Subject::NONE)?;
            super::put_marks(&app, &permit).await
        }),
        Job::new("entries.remind", EVERY_SECS, |app| async move { remind(&app).await }),
    ]
}

/// Moves on what has come to its end.
async fn expire(app: &App) -> Result<usize> {
    let permit = app.permit(&Actor::system(), EXPIRE, &Subject::NONE)?;
    let mut done = 0;
    for _ in 0..CHUNKS_MAX {
        let due = {
            let mut conn = app.read().await?;
            store::read::due(&mut conn, app.now().micros(), CHUNK).await?
        };
        if due.is_empty() {
            break;
        }
        let moved: usize = act!(app, permit, |act| {
            let mut moved = 0;
            for entry in &due {
                let entry = store::read::get(&mut act.conn, entry.id()).await?;
                // Renewed or withdrawn since it was read.
                if Move::Expire.target(entry.state()).is_none() || entry.is_public(act.now.micros()) {
                    continue;
                }
                let org = accounts::org(&mut act.conn, entry.org()).await?;
                moves::step_inside(&mut act, &entry, &org, Move::Expire, &[]).await?;
                moved += 1;
            }
            act.note("entry.swept", "entry", None, json!({ "expired": moved }));
            Ok(moved)
        })?;
        done += moved;
    }
    kinds(app).forget_counts();
    Ok(done)
}

/// Reminds the owners of what ends soon, once.
async fn remind(app: &App) -> Result<usize> {
    let permit = app.permit(&Actor::system(), EXPIRE, &Subject::NONE)?;
    let days = programme::now(app).renewal.remind_days;
    let mut done = 0;
    for _ in 0..CHUNKS_MAX {
        let now = app.now();
        let soon = {
            let mut conn = app.read().await?;
            store::read::to_remind(&mut conn, now.micros(), now.plus_days(days).micros(), CHUNK).await?
        };
        if soon.is_empty() {
            break;
        }
        let told: usize = act!(app, permit, |act| {
            let mut told = 0;
            for entry in &soon {
                if store::write::reminded(&mut act, entry).await? {
                    tell::of_end(&mut act, entry).await?;
                    told += 1;
                }
            }
            act.note("entry.reminded", "entry", None, json!({ "entries": told }));
            Ok(told)
        })?;
        done += told;
        if told == 0 {
            break;
        }
    }
    Ok(done)
}
