//! Papers follow their entry: when a batch is rolled back its entries go, and nothing of this crate is asked.

use entries::actions::WRITE;
use jcore::{Actor, App, Result, Subject, act};
use serde_json::json;

use crate::store;

/// Papers that one act removes.
const CHUNK: i64 = 100;
/// Acts a turn, so that a turn ends.
const CHUNKS_MAX: usize = 50;

/// Removes papers whose entry is gone.
pub(crate) async fn sweep(app: &App) -> Result<usize> {
    let permit = app.permit(&Actor::system(), WRITE, &Subject::NONE)?;
    let mut done = 0;
    for _ in 0..CHUNKS_MAX {
        let left = store::left_behind(&mut app.read().await?, CHUNK).await?;
        if left.is_empty() {
            break;
        }
        act!(app, permit, |act| {
            for (id, file) in &left {
                store::delete(&mut act, *id).await?;
                app.files.delete(&mut act, (*file).into()).await?;
            }
            act.note("attachment.swept", "attachment", None, json!({ "papers": left.len() }));
            Ok(())
        })?;
        done += left.len();
    }
    Ok(done)
}
