//! Rows are mended in the browser and checked again.

use std::collections::BTreeMap;
use std::sync::Arc;

use forms::{Draft, Form};
use jcore::{Actor, App, Fault, FaultKind, Result, Sight, act};
use kernel::{BatchId, OrgId};
use serde_json::json;
use uuid::Uuid;

use crate::access::Opened;
use crate::kind::Settled;
use crate::read::{RowReader, settle};
use crate::store::{self, NewRow, RowRow, Which};
use crate::stored::{BatchState, Body, RowState};
use crate::upload::CHUNK_ROWS;
use crate::{CheckCx, Checked, Kind, access};

/// Rows of a batch up to which mending one checks all that are not in yet again: an error like “the same as row 12”
/// goes when row 12 changes. Larger batches have a button for it, since it takes seconds.
pub const RECHECK_ROWS_MAX: usize = 500;
/// Rows that a whole check looks at together: it sees a batch of any length in parts.
const CHECK_ROWS: i64 = 1_000;

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
    /// What its sender says about it, the texts stay.
    Settle(Settled),
}

/// A row that was opened.
pub(crate) struct Held {
    pub(crate) id: Uuid,
    state: String,
    pub(crate) number: usize,
    pub(crate) body: Body,
    /// What its sender says about it now.
    settled: Option<Settled>,
}

fn opened_row(app: &App, row: &RowRow, sight: &Sight) -> Result<Held> {
    Ok(Held {
        id: row.id,
        state: row.state.clone(),
        number: row.number(),
        body: row.body(&app.keys, sight)?,
        settled: None,
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
    let mut before = before;
    if let Change::Settle(settled) = &change {
        before.settled = Some(settled.clone());
    }
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
        Change::Whole(_) | Change::Settle(_) => Vec::new(),
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

/// Checks all rows that are not in yet again: what they were checked against may have changed. Gives how many have
/// errors.
///
/// # Errors
/// As [`mend`].
pub(crate) async fn check_again(app: &App, actor: &Actor, batch: BatchId) -> Result<usize> {
    let opened = access::open_to_change(app, actor, batch).await?;
    let desk = Desk::new(app, actor, &opened)?;
    let mut checker = desk.kind.checker(desk.cx());
    let (mut after, mut held) = (0, 0);
    loop {
        let found = store::rows(&mut app.read().await?, batch, Which::Open, after, CHECK_ROWS).await?;
        let Some(last) = found.last() else { break };
        after = last.number;
        let rows: Vec<Held> = found
            .iter()
            .map(|row| opened_row(app, row, &opened.sight))
            .collect::<Result<_>>()?;
        let mut checked = desk.read(&rows, &BTreeMap::new());
        checker.check(&mut checked).await?;
        held += checked.iter().filter(|row| row.record.has_errors()).count();
        let detail = json!({ "rows": rows.len() });
        desk.write(batch, &rows, &checked, "intake.checked", detail).await?;
    }
    Ok(held)
}

/// Writes another text in all held rows that say the same in a field, and checks them again. Gives how many.
///
/// # Errors
/// As [`mend`]; a bad request for a field that the form has not.
pub(crate) async fn replace(
    app: &App,
    actor: &Actor,
    batch: BatchId,
    field: &str,
    from: &str,
    to: &str,
) -> Result<usize> {
    let opened = access::open_to_change(app, actor, batch).await?;
    let desk = Desk::new(app, actor, &opened)?;
    let field = desk
        .form()
        .field(field)
        .ok_or_else(|| Fault::bad_request("no such field"))?;
    let all = desk.others(batch, Uuid::nil()).await?;
    let says = |row: &Held| row.body.draft.get(field.key).map_or("", String::as_str).trim() == from.trim();
    let is_held = |row: &Held| row.state == RowState::Held.code();
    let texts = BTreeMap::from([(field.key.to_owned(), to.to_owned())]);
    let change = Change::Fields { texts, alike: true };
    let units = &opened.about.mapping.units;
    let mut changes = BTreeMap::new();
    for row in all.iter().filter(|row| is_held(row) && says(row)) {
        changes.insert(row.id, desk.changed(&row.body.draft, &change, units));
    }
    let small = all.len() <= RECHECK_ROWS_MAX;
    let rows: Vec<Held> = all
        .into_iter()
        .filter(|row| small || changes.contains_key(&row.id))
        .collect();
    let checked = desk.check(&rows, &changes).await?;
    let detail = json!({ "field": field.key, "rows": changes.len() });
    desk.write(batch, &rows, &checked, "intake.replaced", detail).await?;
    Ok(changes.len())
}

/// The texts of a row.
///
/// # Errors
/// Not found; the store's.
pub(crate) async fn draft_of(app: &App, opened: &Opened, number: usize) -> Result<Draft> {
    let at = i64::try_from(number).map_err(|_| Fault::not_found())?;
    let row = store::row(&mut app.read().await?, opened.row.batch(), at).await?;
    Ok(opened_row(app, &row, &opened.sight)?.body.draft)
}

/// Leaves a row out, or takes it up again: left out, it waits for nothing and does not go in.
///
/// # Errors
/// As [`mend`].
pub(crate) async fn leave(app: &App, actor: &Actor, batch: BatchId, number: usize, out: bool) -> Result<()> {
    let opened = access::open_to_change(app, actor, batch).await?;
    let at = i64::try_from(number).map_err(|_| Fault::not_found())?;
    let row = store::row(&mut app.read().await?, batch, at).await?;
    if row.state == RowState::In.code() {
        return Err(Fault::new(FaultKind::Conflict, "intake-row-in"));
    }
    let body = row.body(&app.keys, &opened.sight)?;
    let mut changed = NewRow::seal(&app.keys, row.id, row.number(), &body)?;
    if out {
        changed.state = RowState::Left;
    }
    let permit = app.permit(actor, access::USE, &opened.subject)?;
    act!(app, permit, |act| {
        store::update_row(&mut act.conn, &changed).await?;
        act.note(
            "intake.left",
            "intake",
            batch.uuid(),
            json!({ "row": number, "out": out }),
        );
        act.changed("intake", batch.uuid());
        Ok(())
    })
}

/// A row as it reads now, for the page that shows all of it.
///
/// # Errors
/// Not found; the store's.
pub(crate) async fn look(app: &App, actor: &Actor, opened: &Opened, number: usize) -> Result<Looked> {
    let desk = Desk::new(app, actor, opened)?;
    let at = i64::try_from(number).map_err(|_| Fault::not_found())?;
    let row = store::row(&mut app.read().await?, opened.row.batch(), at).await?;
    let held = opened_row(app, &row, &opened.sight)?;
    let body = held.body.clone();
    let is_in = row.state == RowState::In.code();
    let mut row_now = if is_in {
        // Checked again, it would be found to repeat itself.
        RowReader::default().checked(desk.form(), held.number, held.body.draft, app)
    } else {
        let mut rows = desk.check(&[held], &BTreeMap::new()).await?;
        rows.pop().ok_or_else(Fault::not_found)?
    };
    if is_in {
        row_now.found.clone_from(&body.found);
        row_now.settled.clone_from(&body.settled);
    }
    Ok(Looked {
        row: row_now,
        body,
        state: row.state,
    })
}

/// A row as it is stored and as it reads now.
#[derive(Debug)]
pub(crate) struct Looked {
    pub(crate) row: Checked,
    pub(crate) body: Body,
    pub(crate) state: String,
}

/// What mending needs to know.
pub(crate) struct Desk<'a> {
    app: &'a App,
    actor: &'a Actor,
    opened: &'a Opened,
    kind: Arc<dyn Kind>,
    org: Option<OrgId>,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(app: &'a App, actor: &'a Actor, opened: &'a Opened) -> Result<Self> {
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
            Change::Settle(_) => draft.clone(),
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
        let all = i64::try_from(crate::ROWS_MAX).unwrap_or(i64::MAX);
        let rows = store::rows(&mut self.app.read().await?, batch, Which::Open, 0, all).await?;
        let others = rows.iter().filter(|row| row.id != without);
        others
            .map(|row| opened_row(self.app, row, &self.opened.sight))
            .collect()
    }

    /// A stored row, opened.
    pub(crate) fn opened_row(&self, row: &RowRow) -> Result<Held> {
        opened_row(self.app, row, &self.opened.sight)
    }

    /// Adds rows behind the last.
    pub(crate) async fn add(&self, batch: BatchId, drafts: Vec<Draft>) -> Result<()> {
        if drafts.is_empty() {
            return Ok(());
        }
        let last = store::last_number(&mut self.app.read().await?, batch.uuid()).await?;
        let last = usize::try_from(last).unwrap_or_default();
        let mut reader = RowReader::default();
        let read = |(at, draft)| reader.checked(self.form(), last + 1 + at, draft, self.app);
        let mut rows: Vec<Checked> = drafts.into_iter().enumerate().map(read).collect();
        self.kind.checker(self.cx()).check(&mut rows).await?;
        let seal = |row: &Checked| NewRow::seal(&self.app.keys, self.app.ids.uuid(), row.number, &Body::of(row));
        let sealed: Vec<NewRow> = rows.iter().map(seal).collect::<Result<_>>()?;
        let count = self.opened.row.row_count + i64::try_from(sealed.len()).unwrap_or(0);
        let about = self
            .app
            .keys
            .seal_json(&store::about_place(batch.uuid()), &self.opened.about)?;
        let permit = self.app.permit(self.actor, access::USE, &self.opened.subject)?;
        for chunk in sealed.chunks(CHUNK_ROWS) {
            act!(self.app, permit, |act| {
                store::insert_rows(&mut act.conn, batch.uuid(), chunk).await?;
                let now = act.now;
                store::set_about(&mut act.conn, batch.uuid(), &about, count, now).await?;
                act.note("intake.rows", "intake", batch.uuid(), json!({ "rows": chunk.len() }));
                act.changed("intake", batch.uuid());
                Ok(())
            })?;
        }
        Ok(())
    }

    fn cx(&self) -> CheckCx<'_> {
        CheckCx {
            app: self.app,
            actor: self.actor,
            org: self.org,
        }
    }

    /// The rows read anew, those that change as changed, in the order of the file.
    fn read(&self, rows: &[Held], changes: &BTreeMap<Uuid, Draft>) -> Vec<Checked> {
        let mut reader = RowReader::default();
        let read = |row: &Held| {
            let draft = changes.get(&row.id).unwrap_or(&row.body.draft).clone();
            let mut checked = reader.checked(self.form(), row.number, draft, self.app);
            let settled = row.settled.as_ref().unwrap_or(&row.body.settled);
            checked.settled.clone_from(settled);
            checked
        };
        let mut out: Vec<Checked> = rows.iter().map(read).collect();
        out.sort_by_key(|row| row.number);
        out
    }

    /// The rows read anew and checked against the store.
    pub(crate) async fn check(&self, rows: &[Held], changes: &BTreeMap<Uuid, Draft>) -> Result<Vec<Checked>> {
        let mut out = self.read(rows, changes);
        self.kind.checker(self.cx()).check(&mut out).await?;
        Ok(out)
    }

    /// Writes the rows that came out otherwise than they are stored.
    pub(crate) async fn write(
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
            let body = row.body.anew(now);
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
        if let Some(file) = opened.row.file_id
            && store::let_go_of_file(&mut act.conn, batch.uuid(), file).await?
        {
            app.files.delete(&mut act, file.into()).await?;
        }
        act.note("intake.discarded", "intake", batch.uuid(), json!({ "rows": rows }));
        act.changed("intake", batch.uuid());
        Ok(())
    })
}
