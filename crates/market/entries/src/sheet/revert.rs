//! Rows are taken back: what they made is removed, what they changed is as it was, while nobody has judged it.

use db::Conn;
use intake::PutIn;
use jcore::{Act, App, Fault, Result};
use kernel::Issue;
use uuid::Uuid;

use crate::kind::EntryKind;
use crate::life;
use crate::model::Entry;
use crate::projection;
use crate::rules::State;
use crate::store;

/// Which rows can't be taken back: their entry was reviewed, published, written anew, or is gone.
pub(super) async fn bound(app: &App, conn: &mut Conn, rows: &[PutIn<'_>]) -> Result<Vec<(usize, Issue)>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let entries = store::read::many(conn, &ids).await?;
    let mut out = Vec::new();
    for row in rows {
        let issue = match entries.get(&row.id) {
            None => Some(Issue::error("entries-bound-gone")),
            Some(entry) => why_bound(app, entry, row)?,
        };
        out.extend(issue.map(|issue| (row.number, issue)));
    }
    Ok(out)
}

fn why_bound(app: &App, entry: &Entry, row: &PutIn<'_>) -> Result<Option<Issue>> {
    if !matches!(entry.state(), State::Draft | State::Submitted) {
        let words = |lang| {
            app.words
                .get(lang, &format!("entries-state-{}", entry.state().code()), &[])
        };
        let issue = Issue::error("entries-bound").with("state", words(jcore::Lang::Zh));
        return Ok(Some(issue.with("state_en", words(jcore::Lang::En))));
    }
    // Compared, not shown.
    let written = projection::raw_sealed(&app.keys, entry)?;
    let changed = written.unshown() != row.draft;
    Ok(changed.then(|| Issue::error("entries-bound-changed")))
}

/// Takes rows back inside the act.
pub(super) async fn revert(kind: &dyn EntryKind, act: &mut Act, rows: &[PutIn<'_>]) -> Result<()> {
    let made: Vec<Uuid> = rows
        .iter()
        .filter(|row| row.before.is_none())
        .map(|row| row.id)
        .collect();
    store::write::delete(act, &made).await?;
    let changed: Vec<Uuid> = rows
        .iter()
        .filter(|row| row.before.is_some())
        .map(|row| row.id)
        .collect();
    let mut entries = store::read::many(&mut act.conn, &changed).await?;
    for row in rows {
        let Some(before) = row.before else { continue };
        let entry = entries.remove(&row.id).ok_or_else(Fault::stale)?;
        let org = accounts::org(&mut act.conn, entry.org()).await?;
        let composed = life::composed(act, kind, &before.draft, &org, true).await?;
        life::change(act, &entry, &before.draft, &composed).await?;
        let (from, to) = (entry.state(), State::from_code(&before.state).unwrap_or(State::Draft));
        if from != to {
            store::write::put_back(act, entry.id(), to).await?;
            store::events::add(act, entry.id(), Some(from), to, &[]).await?;
        }
    }
    Ok(())
}
