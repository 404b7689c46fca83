//! What a row comes to, worked out before the act that writes it: composed, checked and sealed while the rows before go
//! in. The act asks again what it was worked out from, and works it out anew where that has changed.

use intake::{CommitRow, Prepared};
use jcore::{App, Result};
use kernel::{Day, EntryId};

use accounts::Org;

use super::Owners;
use crate::compose::{Composed, SealedParts, Under, compose_read, seal};
use crate::kind::{EntryKind, uscc};

/// Rows after which others have their turn: composing takes some 0.05 ms a row.
const TURN_ROWS: usize = 16;

/// A row that was worked out ahead.
pub(super) struct Ahead {
    pub(super) id: EntryId,
    pub(super) composed: Composed,
    pub(super) parts: SealedParts,
    org: Org,
    under: Under,
    day: Day,
}

impl Ahead {
    /// What was worked out of a row, if it still holds for this owner under this programme on this day.
    pub(super) fn of<'a>(row: &CommitRow<'a>, org: &Org, under: &Under, day: Day) -> Option<&'a Self> {
        let ahead = row.prepared?.downcast_ref::<Self>()?;
        let same_owner = ahead.org.name == org.name
            && ahead.org.former_names == org.former_names
            && ahead.org.kind == org.kind
            && ahead.org.identity_kind == org.identity_kind
            && ahead.org.identity == org.identity
            && ahead.org.region == org.region;
        (same_owner && ahead.under.is_same(under) && ahead.day == day).then_some(ahead)
    }
}

/// Works out rows whose owner can be told.
pub(super) async fn prepare(kind: &dyn EntryKind, app: &App, rows: &[CommitRow<'_>]) -> Result<Vec<Option<Prepared>>> {
    let mut conn = app.read().await?;
    let owners = Owners::of_rows(&mut conn, app, kind, rows).await?;
    let now = app.now();
    let mut out = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        if at % TURN_ROWS == TURN_ROWS - 1 {
            tokio::task::yield_now().await;
        }
        let Some(code) = uscc(kind, row.record) else {
            out.push(None);
            continue;
        };
        let org = owners.whose(app, kind, row.record, code).org(now.micros());
        let under = owners.under(&org);
        let composed = compose_read(app, kind, row.record.clone(), &org, &under, now);
        let id = EntryId::from(app.ids.uuid());
        let parts = seal(app, id, &composed, row.draft)?;
        let ahead = Ahead {
            id,
            composed,
            parts,
            org,
            under,
            day: now.date_in_cn(),
        };
        out.push(Some(Box::new(ahead) as Prepared));
    }
    Ok(out)
}
