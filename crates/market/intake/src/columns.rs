//! A sender corrects what the columns of a sheet were taken for, before a row is in; it is remembered for the next
//! sheet (R115, R139).

use jcore::{Actor, App, Fault, FaultKind, Result, act};
use kernel::{BatchId, FileId};
use serde_json::json;

use crate::CheckCx;
use crate::access::{self, Opened};
use crate::read::{Reader, Said, SheetOpen, head_key};
use crate::rows;
use crate::store::{self, Which};
use crate::stored::{About, BatchState, RowState, StoredMapping};
use crate::upload::{grids, habit_owner, habits};

/// Reads a batch's file again with its columns as its sender says, and puts the rows in the place of those that were
/// read before. What was mended in them is lost, and the page says so before.
///
/// # Errors
/// Not found; denied; a conflict when the batch is not open or rows of it are in; no rows under such a header; the
/// store's.
pub(crate) async fn say(app: &App, actor: &Actor, batch: BatchId, said: Said) -> Result<usize> {
    let opened = access::open_to_change(app, actor, batch).await?;
    unmixed(app, batch).await?;
    let sheet = reread(app, actor, &opened, said).await?;
    let kind = access::kind(app, &opened.row.kind)?.clone();
    let permit = app.permit(actor, kind.action(), &opened.subject)?;
    let about = About {
        file: opened.about.file.clone(),
        sheet: opened.about.sheet.clone(),
        mapping: sheet.mapping.clone(),
    };
    let (id, org) = (opened.row.id, opened.row.org());
    let sealed = app.keys.seal_json(&store::about_place(id), &about)?;
    let changed = changed(&opened.about.mapping, &about.mapping);
    act!(app, permit, |act| {
        store::delete_open_rows(&mut act.conn, id).await?;
        let now = act.now;
        store::set_state(&mut act.conn, id, BatchState::Reading, now).await?;
        if let Some(owner) = habit_owner(actor, org) {
            for (head, field) in &changed {
                if let Some(key) = head_key(app, kind.key(), head) {
                    let habit = app.ids.uuid();
                    store::keep_habit(&mut act.conn, habit, owner, kind.key(), &key, field, now).await?;
                }
            }
        }
        let fields: Vec<&String> = changed.iter().map(|(_, field)| field).collect();
        act.note("intake.columns", "intake", id, json!({ "fields": fields }));
        act.changed("intake", id);
        Ok(())
    })?;
    let into = rows::Into {
        app,
        permit: &permit,
        kind: &kind,
        cx: CheckCx { app, actor, org },
        batch: id,
    };
    let rows = into.keep(sheet).await?;
    into.open(&sealed, rows).await?;
    Ok(rows)
}

/// Columns as they would be guessed under a header at another place, for the form to show.
///
/// # Errors
/// As [`say`].
pub(crate) async fn guess(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    header_row: usize,
    header_rows: usize,
) -> Result<StoredMapping> {
    let said = Said {
        sheet: opened.about.mapping.sheet,
        header_row,
        header_rows,
        columns: Vec::new(),
    };
    let habits = habits(app, actor, opened.row.org(), &opened.row.kind).await?;
    let grids = file_grids(app, opened).await?;
    let kind = access::kind(app, &opened.row.kind)?.clone();
    let app = app.clone();
    let work = move || {
        let reader = Reader {
            app: &app,
            kind: kind.key(),
            form: kind.form(),
            habits: &habits,
        };
        let columns = reader.guess_at(&grids, said.sheet, said.header_row, said.header_rows);
        reader
            .open_as_said(grids, &Said { columns, ..said })
            .map(|sheet| sheet.mapping)
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| Fault::internal(format!("reading a file: {e}")))?
}

/// Whether no row of the batch is in: columns of rows that are in can't be anything else any more.
async fn unmixed(app: &App, batch: BatchId) -> Result<()> {
    let is_in = Which::In(RowState::In);
    let (_, count) = store::rows_page(&mut app.read().await?, batch, is_in, 0, 0).await?;
    if count == 0 {
        Ok(())
    } else {
        Err(Fault::new(FaultKind::Conflict, "intake-columns-late"))
    }
}

async fn file_grids(app: &App, opened: &Opened) -> Result<Vec<sheets::Grid>> {
    let file = opened.row.file_id.ok_or_else(Fault::not_found)?;
    let content = app.files.content(app, FileId::from(file), &opened.sight).await?;
    Ok(grids(app, &opened.about.file, &content).await?.0)
}

async fn reread(app: &App, actor: &Actor, opened: &Opened, said: Said) -> Result<SheetOpen> {
    let habits = habits(app, actor, opened.row.org(), &opened.row.kind).await?;
    let grids = file_grids(app, opened).await?;
    let kind = access::kind(app, &opened.row.kind)?.clone();
    let app = app.clone();
    let work = move || {
        let reader = Reader {
            app: &app,
            kind: kind.key(),
            form: kind.form(),
            habits: &habits,
        };
        reader.open_as_said(grids, &said)
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| Fault::internal(format!("reading a file: {e}")))?
}

/// The heads whose columns are something else now, with what: empty for nothing.
fn changed(before: &StoredMapping, now: &StoredMapping) -> Vec<(String, String)> {
    let field = |mapping: &StoredMapping, head: &str| {
        let at = mapping.heads.iter().position(|own| own == head);
        at.and_then(|at| mapping.columns.get(at)).cloned().flatten()
    };
    let heads = now.heads.iter().filter(|head| !head.is_empty());
    let differs = heads.filter(|head| field(before, head) != field(now, head));
    differs
        .map(|head| (head.clone(), field(now, head).unwrap_or_default()))
        .collect()
}
