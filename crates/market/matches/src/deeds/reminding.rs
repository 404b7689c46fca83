//! Reminders: a side that was asked and is silent, and whoever brought two sides together of whom nothing is heard.

use jcore::{Actor, App, Result, Subject, act};
use serde_json::json;

use super::telling::tell;
use crate::rules::{Part, REMIND, REMINDERS_MAX, SideState, State, remind_days};
use crate::store::threads;

/// Threads a run speaks of; what is left waits for the next.
const THREADS_A_RUN: i64 = 50;

/// Reminds of what is due. Returns of how many threads.
///
/// # Errors
/// The store's.
pub async fn remind(app: &App) -> Result<usize> {
    let permit = app.permit(&Actor::system(), REMIND, &Subject::NONE)?;
    let due = threads::due(&mut app.read().await?, app.now().micros(), THREADS_A_RUN).await?;
    let mut done = 0;
    for thread in due {
        let told: bool = act!(app, permit, |act| {
            let need = entries::entry(&mut act.conn, thread.need()).await?;
            let offer = entries::entry(&mut act.conn, thread.offer()).await?;
            let count = thread.reminders + 1;
            let days = remind_days(thread.state()).filter(|_| count < REMINDERS_MAX);
            let next = days.map(|days| act.now.plus_days(days).micros());
            if !threads::reminded(&mut act, &thread, next).await? {
                act.note("match.reminded", "thread", thread.id, json!({ "told": false }));
                return Ok(false);
            }
            if thread.state() == State::Both {
                tell(&mut act, "match-outcome", &thread, (&need, &offer), &[Part::Broker]).await?;
            } else {
                let sides = threads::sides(&mut act.conn, thread.id).await?;
                let silent = sides.iter().filter(|side| side.state() == SideState::Asked);
                let silent: Vec<Part> = silent.map(|side| Part::from_code(&side.side)).collect();
                tell(&mut act, "match-waits", &thread, (&need, &offer), &silent).await?;
                if next.is_none() {
                    tell(&mut act, "match-silent", &thread, (&need, &offer), &[Part::Broker]).await?;
                }
            }
            act.note("match.reminded", "thread", thread.id, json!({ "times": count }));
            Ok(true)
        })?;
        done += usize::from(told);
    }
    Ok(done)
}
