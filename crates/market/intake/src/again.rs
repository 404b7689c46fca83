//! An annotated workbook that was mended in an office program comes back into its batch (R139).

use std::collections::BTreeMap;

use forms::Draft;
use jcore::{Actor, App, Fault, FaultKind, Result};
use kernel::BatchId;
use serde::Serialize;
use serde_json::json;
use sheets::{Grid, Mapping};
use utoipa::ToSchema;

use crate::access::{self, Opened};
use crate::mend::{Desk, Held};
use crate::read::{self, specs};
use crate::store::{self, Which};
use crate::stored::{BatchState, RowState};

/// What a workbook that came back brought, in rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Refilled {
    /// Mended.
    pub mended: usize,
    /// As they were.
    pub unchanged: usize,
    /// New ones, with numbers after the last.
    pub added: usize,
    /// In already, so what they say now was not taken.
    pub ignored: usize,
}

/// The open batch that a mark names, where this actor may work on it and it is of this kind; none otherwise, since a
/// mark is no proof of anything.
///
/// # Errors
/// The store's.
pub(crate) async fn batch_of(app: &App, actor: &Actor, batch: BatchId, kind: &str) -> Result<Option<Opened>> {
    match access::open(app, actor, batch).await {
        Ok(opened) => {
            let fits = opened.row.kind == kind && opened.row.state == BatchState::Open.code();
            Ok(fits.then_some(opened))
        }
        Err(fault) if fault.kind == FaultKind::NotFound => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// A row of the workbook that came back.
struct Back {
    origin: Option<usize>,
    draft: Draft,
}

/// Takes a workbook's rows back into a batch: by their numbers in the first file, wherever they stand now. Rows that
/// are in stay as they are, rows without a number are added, rows that are not there any more stay as they were.
///
/// # Errors
/// No header, or not the batch's columns; the store's.
pub(crate) async fn refill(app: &App, actor: &Actor, opened: Opened, grids: Vec<Grid>) -> Result<Refilled> {
    let batch = opened.row.batch();
    let desk = Desk::new(app, actor, &opened)?;
    let back = rows_back(app, &opened, grids)?;
    let all = i64::try_from(crate::ROWS_MAX).unwrap_or(i64::MAX);
    let stored = store::rows(&mut app.read().await?, batch, Which::All, 0, all).await?;
    let mut open: BTreeMap<usize, Held> = BTreeMap::new();
    let mut closed: BTreeMap<usize, Draft> = BTreeMap::new();
    for row in &stored {
        let held = desk.opened_row(row)?;
        if row.state == RowState::In.code() {
            closed.insert(held.number, held.body.draft);
        } else {
            open.insert(held.number, held);
        }
    }
    let mut told = Refilled::default();
    let mut changes = BTreeMap::new();
    let mut added = Vec::new();
    for row in back {
        let number = row.origin.unwrap_or_default();
        if let Some(held) = open.get(&number) {
            if held.body.draft == row.draft || changes.contains_key(&held.id) {
                told.unchanged += 1;
            } else {
                changes.insert(held.id, row.draft);
                told.mended += 1;
            }
        } else if let Some(is_in) = closed.get(&number) {
            told.ignored += usize::from(*is_in != row.draft);
            told.unchanged += usize::from(*is_in == row.draft);
        } else {
            added.push(row.draft);
        }
    }
    told.added = added.len();
    let rows: Vec<Held> = open.into_values().collect();
    let checked = desk.check(&rows, &changes).await?;
    let detail = json!({ "mended": told.mended, "added": told.added, "ignored": told.ignored });
    desk.write(batch, &rows, &checked, "intake.refilled", detail).await?;
    desk.add(batch, added).await?;
    Ok(told)
}

/// The rows of the sheet that holds the batch's columns.
fn rows_back(app: &App, opened: &Opened, grids: Vec<Grid>) -> Result<Vec<Back>> {
    let form = access::kind(app, &opened.row.kind)?.form();
    let specs = specs(form);
    let stored = &opened.about.mapping;
    let found = grids
        .into_iter()
        .filter(|grid| !grid.hidden && !grid.is_own())
        .find_map(|grid| {
            let row = (0..grid.rows.len().min(sheets::HEADER_SEARCH_ROWS)).find(|row| {
                let heads = (0..stored.heads.len()).filter(|col| says(&grid, *row, *col, stored));
                stored.heads.iter().any(|head| !head.is_empty()) && heads.count() == stored.heads.len()
            })?;
            let mapping = Mapping::at(&grid, row, 1, &specs, None).with_columns(&stored.columns, &specs);
            Some((grid, mapping))
        });
    let Some((grid, mapping)) = found else {
        return Err(Fault::new(FaultKind::Refused, "intake-again-columns"));
    };
    let date1904 = grid.date1904;
    let back = |row: sheets::Row| Back {
        origin: row.origin,
        // Units of the heads were written behind the figures when the batch was read.
        draft: read::settle(form, row.values, &BTreeMap::new(), date1904, &app.regions),
    };
    Ok(sheets::rows_iter(grid, &mapping).map(back).collect())
}

/// Whether a cell says the head of a batch's column; one without a head was given its number.
fn says(grid: &Grid, row: usize, col: usize, stored: &crate::stored::StoredMapping) -> bool {
    let text = kernel::text::fold(&grid.cell(row, col).text());
    let head = stored.heads.get(col).map_or("", String::as_str);
    let head = if head.is_empty() {
        format!("#{}", col + 1)
    } else {
        head.to_owned()
    };
    text == kernel::text::fold(&head)
}
