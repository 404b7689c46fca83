//! Many rows on their way into the store: one thread reads the next while the store takes the last.

use std::sync::Arc;

use jcore::{App, Fault, Permit, Result, act};
use serde_json::json;
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::kind::{CheckCx, Checked, Kind};
use crate::read::{RowReader, SheetOpen};
use crate::store::{self, NewRow};
use crate::stored::{BatchState, Body};

/// Rows that are read and checked together: enough that one query serves many, few enough that a sheet of any length
/// takes the same memory.
pub(crate) const READ_ROWS: usize = 512;
/// Chunks that are read ahead.
const AHEAD: usize = 2;

/// Reads a sheet's rows on a thread of their own, a chunk at a time.
pub(crate) fn read(app: &App, kind: &Arc<dyn Kind>, sheet: SheetOpen) -> mpsc::Receiver<Vec<Checked>> {
    let (send, receive) = mpsc::channel(AHEAD);
    let (app, form) = (app.clone(), kind.form());
    tokio::task::spawn_blocking(move || {
        let mut reader = RowReader::default();
        let mut chunk = Vec::with_capacity(READ_ROWS);
        for row in sheet.rows {
            chunk.push(reader.row(form, row, &sheet.mapping, sheet.date1904, &app));
            // Who receives has given up: nobody waits for the rest.
            if chunk.len() == READ_ROWS && send.blocking_send(std::mem::take(&mut chunk)).is_err() {
                return;
            }
        }
        if !chunk.is_empty() {
            let _ = send.blocking_send(chunk);
        }
    });
    receive
}

/// Seals rows and keeps them, as they come.
async fn keep_rows(app: App, permit: Permit, batch: Uuid, mut rows: mpsc::Receiver<Vec<Checked>>) -> Result<()> {
    while let Some(chunk) = rows.recv().await {
        let seal = |row: &Checked| NewRow::seal(&app.keys, app.ids.uuid(), row.number, &Body::of(row));
        let sealed: Vec<NewRow> = chunk.iter().map(seal).collect::<Result<_>>()?;
        drop(chunk);
        for part in sealed.chunks(crate::CHUNK_ROWS) {
            act!(app, permit, |act| {
                store::insert_rows(&mut act.conn, batch, part).await?;
                act.note("intake.rows", "intake", batch, json!({ "rows": part.len() }));
                Ok(())
            })?;
        }
    }
    Ok(())
}

/// Where rows go.
#[derive(Clone, Copy)]
pub(crate) struct Into<'a> {
    pub(crate) app: &'a App,
    pub(crate) permit: &'a Permit,
    pub(crate) kind: &'a Arc<dyn Kind>,
    pub(crate) cx: CheckCx<'a>,
    pub(crate) batch: Uuid,
}

impl Into<'_> {
    /// Checks a sheet's rows and keeps them, then opens the batch. Until then it is `reading`, so that a break in
    /// between shows. Gives how many they were.
    pub(crate) async fn keep(&self, sheet: SheetOpen) -> Result<usize> {
        let mut rows = read(self.app, self.kind, sheet);
        let mut checker = self.kind.checker(self.cx);
        // While these rows are checked, those before are kept.
        let (send, checked) = mpsc::channel(AHEAD);
        let keeping = tokio::spawn(keep_rows(self.app.clone(), self.permit.clone(), self.batch, checked));
        let mut count = 0;
        while let Some(mut chunk) = rows.recv().await {
            checker.check(&mut chunk).await?;
            count += chunk.len();
            // Keeping has failed: it says below why.
            if send.send(chunk).await.is_err() {
                break;
            }
        }
        drop(send);
        keeping
            .await
            .map_err(|e| Fault::internal(format!("keeping rows: {e}")))??;
        Ok(count)
    }

    /// Opens the batch, with how many rows it has.
    pub(crate) async fn open(&self, about: &[u8], rows: usize) -> Result<()> {
        let rows = i64::try_from(rows).map_err(|_| Fault::bad_request("too many rows"))?;
        act!(self.app, self.permit, |act| {
            let now = act.now;
            store::set_about(&mut act.conn, self.batch, about, rows, now).await?;
            store::set_state(&mut act.conn, self.batch, BatchState::Open, now).await?;
            act.note("intake.read", "intake", self.batch, json!({ "rows": rows }));
            act.changed("intake", self.batch);
            Ok(())
        })
    }
}
