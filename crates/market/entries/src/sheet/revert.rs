//! Rows are taken back: what they made is removed, what they changed is as it was, while nobody has judged it.

use db::Conn;
use intake::PutIn;
use jcore::{Act, App, Result};
use kernel::{EntryId, Issue};

use crate::kind::EntryKind;
use crate::life;
use crate::rules::State;
use crate::store;

/// Which rows can't be taken back: their entry was reviewed, published, or is gone.
pub(super) async fn bound(_app: &App, conn: &mut Conn, rows: &[PutIn<'_>]) -> Result<Vec<(usize, Issue)>> {
    let mut out = Vec::new();
    for row in rows {
        let entry = store::read::get(conn, EntryId::from(row.id)).await?;
        if !matches!(entry.state(), State::Draft | State::Submitted) {
            let issue = Issue::error("entries-bound").with("state", entry.state().code());
            out.push((row.number, issue));
        }
    }
    Ok(out)
}

/// Takes rows back inside the act.
pub(super) async fn revert(kind: &dyn EntryKind, act: &mut Act, rows: &[PutIn<'_>]) -> Result<()> {
    for row in rows {
        let id = EntryId::from(row.id);
        let entry = store::read::get(&mut act.conn, id).await?;
        match row.before {
            None => store::write::delete(act, id).await?,
            Some(before) => {
                let org = accounts::org(&mut act.conn, entry.org()).await?;
                let composed = life::composed(act, kind, before, &org, true);
                life::change(act, &entry, before, &composed).await?;
            }
        }
    }
    Ok(())
}
