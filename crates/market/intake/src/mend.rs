//! Rows are mended in the browser and checked again.

use std::collections::BTreeMap;
use std::sync::Arc;

use forms::{Draft, Form};
use jcore::{Actor, App, Fault, FaultKind, Result, Sight, act};
use kernel::{BatchId, OrgId};
use serde_json::json;
use uuid::Uuid;

use crate::access::Opened;
use crate::read::{checked, settle};
use crate::store::{self, NewRow, RowRow, Which};
use crate::stored::{BatchState, Body, RowState};
use crate::upload::CHUNK_ROWS;
use crate::{CheckCx, Checked, Kind, access};

/// Rows of a batch up to which mending one checks all that are not in yet again: an error like “the same as row 12”
/// goes when row 12 changes. Larger batches have a button for it, since it takes seconds.
pub const RECHECK_ROWS_MAX: usize = 500;
/// Rows that a whole check looks at; no batch has more.
const ROWS_MAX: i64 = 10_000;

/// What mending did.
#[derive(Debug)]
pub(crate) struct Mended {
    /// The row, as it reads now.
    pub(crate) row: Checked,
    /// How many other rows were mended in the same way.
    pub(crate) others: usize,
}

impl Mended {
    /// Whether the row is good now.
    pub(crate) fn is_good(&self) -> bool {
        !self.row.record.has_errors()
    }
}

/// How a row is to be mended.
#[derive(Debug)]
pub(crate) enum Change {
    /// These fields, the others stay; with `alike`, also in the other held rows that say the same there.
    Fields {
        /// New texts by field.
        texts: BTreeMap<String, String>,
        /// Whether rows that say the same are mended as well.
        alike: bool,
    },
    /// All of it.
    Whole(Draft),
}

/// A row that was opened.
struct Held {
    id: Uuid,
    state: String,
    number: usize,
    body: Body,
}

fn opened_row(app: &App, row: &RowRow, sight: &Sight) -> Result<Held> {
    Ok(Held {
        id: row.id,
        state: row.state.clone(),
        number: row.number(),
        body: row.body(&app.keys, sight)?,
    })
}

/// Mends a row and checks it again (R139).
///
/// # Errors
/// Not found; a conflict when the batch is not open or the row is in; denied; the store's.
pub(crate) async fn mend(app: &App, actor: &Actor, batch: BatchId, number: usize, change: Change) -> Result<Mended> {
    let opened = access::open_to_change(app, actor, batch).await?;
    let desk = Desk::new(app, actor, &opened)?;
    let at = i64::try_from(number).map_err(|_| Fault::not_found())?;
    let row = store::row(&mut app.read().await?, batch, at).await?;
    if row.state == RowState::In.code() {
        return Err(Fault::new(FaultKind::Conflict, "intake-row-in"));
    }
    let before = opened_row(app, &row, &opened.sight)?;
    let units = &opened.about.mapping.units;
    let mut changes: BTreeMap<Uuid, Draft> = BTreeMap::new();
    changes.insert(before.id, desk.changed(&before.body.draft, &change, units));
    let mut rows = vec![before];
    let small = usize::try_from(opened.row.row_count).is_ok_and(|n| n <= RECHECK_ROWS_MAX);
    let alike = matches!(change, Change::Fields { alike: true, .. });
    if small || alike {
        let others = desk.others(batch, rows[0].id).await?;
        for other in &others {
            if alike && desk.is_alike(&rows[0].body.draft, &other.body.draft, &change) {
                changes.insert(other.id, desk.changed(&other.body.draft, &change, units));
            }
        }
        rows.extend(
            others
                .into_iter()
                .filter(|other| small || changes.contains_key(&other.id)),
        );
    }
    let mended = changes.len();
    let checked = desk.check(&rows, &changes).await?;
    let fields: Vec<&String> = match &change {
        Change::Fields { texts, .. } => texts.keys().collect(),
        Change::Whole(_) => Vec::new(),
    };
    let detail = json!({ "row": number, "fields": fields, "rows": mended });
    desk.write(batch, &rows, &checked, "intake.mended", detail).await?;
    let row = checked
        .into_iter()
        .find(|row| row.number == number)
        .ok_or_else(Fault::not_found)?;
    Ok(Mended {
        row,
        others: mended - 1,
    })
}

/// Checks all rows that are not in yet again: what they were checked against may have changed.
///
/// # Errors
/// As [`mend`].
pub(crate) async fn check_again(app: &App, actor: &Actor, batch: BatchId) -> Result<usize> {
    let opened = access::open_to_change(app, actor, batch).await?;
    let desk = Desk::new(app, actor, &opened)?;
    let rows = desk.others(batch, Uuid::nil()).await?;
    let checked = desk.check(&rows, &BTreeMap::new()).await?;
    let detail = json!({ "rows": rows.len() });
    desk.write(batch, &rows, &checked, "intake.checked", detail).await?;
    Ok(checked.iter().filter(|row| row.record.has_errors()).count())
}

/// A row as it reads now, for the page that shows all of it.
///
/// # Errors
/// Not found; the store's.
pub(crate) async fn look(app: &App, actor: &Actor, opened: &Opened, number: usize) -> Result<(Checked, String)> {
    let desk = Desk::new(app, actor, opened)?;
    let at = i64::try_from(number).map_err(|_| Fault::not_found())?;
    let row = store::row(&mut app.read().await?, opened.row.batch(), at).await?;
    let held = opened_row(app, &row, &opened.sight)?;
    if row.state == RowState::In.code() {
        // Checked again, it would be found to repeat itself.
        let row_now = checked(desk.form(), held.number, held.body.draft, &app.regions);
        return Ok((row_now, row.state));
    }
    let mut rows = desk.check(&[held], &BTreeMap::new()).await?;
    Ok((rows.pop().ok_or_else(Fault::not_found)?, row.state))
}

/// What mending needs to know.
struct Desk<'a> {
    app: &'a App,
    actor: &'a Actor,
    opened: &'a Opened,
    kind: Arc<dyn Kind>,
    org: Option<OrgId>,
}

impl<'a> Desk<'a> {
    fn new(app: &'a App, actor: &'a Actor, opened: &'a Opened) -> Result<Self> {
        let kind = access::kind(app, &opened.row.kind)?.clone();
        Ok(Self {
            app,
            actor,
            opened,
            kind,
            org: opened.row.org(),
        })
    }

    fn form(&self) -> &'static Form {
        self.kind.form()
    }

    /// The draft after a change. What is typed under a column “万元” means 万元, as in the sheet.
    fn changed(&self, draft: &Draft, change: &Change, units: &BTreeMap<String, String>) -> Draft {
        match change {
            Change::Whole(whole) => whole.clone(),
            Change::Fields { texts, .. } => {
                let known = texts.iter().filter(|(key, _)| self.form().field(key).is_some());
                let texts = known.map(|(key, text)| (key.clone(), text.clone())).collect();
                let mut out = draft.clone();
                out.extend(settle(self.form(), texts, units, false, &self.app.regions));
                out.retain(|_, text| !text.trim().is_empty());
                out
            }
        }
    }

    /// Whether another row says the same as this one did in every field that changes.
    fn is_alike(&self, before: &Draft, other: &Draft, change: &Change) -> bool {
        let Change::Fields { texts, .. } = change else {
            return false;
        };
        let differs = |key: &&String| texts.get(*key) != before.get(*key);
        let mut keys = texts.keys().filter(differs).peekable();
        keys.peek().is_some() && keys.all(|key| before.get(key) == other.get(key))
    }

    /// All rows that are not in yet, without one.
    async fn others(&self, batch: BatchId, without: Uuid) -> Result<Vec<Held>> {
        let rows = store::rows(&mut self.app.read().await?, batch, Which::Open, 0, ROWS_MAX).await?;
        let others = rows.iter().filter(|row| row.id != without);
        others
            .map(|row| opened_row(self.app, row, &self.opened.sight))
            .collect()
    }

    /// The rows read anew, those that change as changed, and checked against the store.
    async fn check(&self, rows: &[Held], changes: &BTreeMap<Uuid, Draft>) -> Result<Vec<Checked>> {
        let read = |row: &Held| {
            let draft = changes.get(&row.id).unwrap_or(&row.body.draft).clone();
            checked(self.form(), row.number, draft, &self.app.regions)
        };
        let mut out: Vec<Checked> = rows.iter().map(read).collect();
        out.sort_by_key(|row| row.number);
        self.kind
            .check(
                CheckCx {
                    app: self.app,
                    actor: self.actor,
                    org: self.org,
                },
                &mut out,
            )
            .await?;
        Ok(out)
    }

    /// Writes the rows that came out otherwise than they are stored.
    async fn write(
        &self,
        batch: BatchId,
        rows: &[Held],
        checked: &[Checked],
        note: &'static str,
        detail: serde_json::Value,
    ) -> Result<()> {
        let by_number: BTreeMap<usize, &Checked> = checked.iter().map(|row| (row.number, row)).collect();
        let mut changed = Vec::new();
        for row in rows {
            let Some(now) = by_number.get(&row.number) else {
                continue;
            };
            let body = Body::of(&now.draft, &now.record);
            if body != row.body || body.state().code() != row.state {
                changed.push(NewRow::seal(&self.app.keys, row.id, row.number, &body)?);
            }
        }
        let permit = self.app.permit(self.actor, access::USE, &self.opened.subject)?;
        let chunks: Vec<&[NewRow]> = if changed.is_empty() {
            vec![&[]]
        } else {
            changed.chunks(CHUNK_ROWS).collect()
        };
        for chunk in chunks {
            act!(self.app, permit, |act| {
                for row in chunk {
                    store::update_row(&mut act.conn, row).await?;
                }
                act.note(note, "intake", batch.uuid(), detail.clone());
                act.changed("intake", batch.uuid());
                Ok(())
            })?;
        }
        Ok(())
    }
}

/// Throws a batch away: what people wrote in rows that never went in is deleted; rows that are in stay in.
///
/// # Errors
/// Not found; a conflict when nothing of it is open; the store's.
pub async fn discard(app: &App, actor: &Actor, batch: BatchId) -> Result<()> {
    let opened = access::open(app, actor, batch).await?;
    if ![BatchState::Reading.code(), BatchState::Open.code()].contains(&opened.row.state.as_str()) {
        return Err(Fault::new(FaultKind::Conflict, "intake-not-open"));
    }
    let permit = app.permit(actor, access::USE, &opened.subject)?;
    act!(app, permit, |act| {
        let rows = store::delete_open_rows(&mut act.conn, batch.uuid()).await?;
        let now = act.now;
        store::set_state(&mut act.conn, batch.uuid(), BatchState::Discarded, now).await?;
        act.note("intake.discarded", "intake", batch.uuid(), json!({ "rows": rows }));
        act.changed("intake", batch.uuid());
        Ok(())
    })
}
