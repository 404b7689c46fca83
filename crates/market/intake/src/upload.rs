//! A file comes in: read, mapped, checked, and kept with its rows sealed.

use std::sync::Arc;

use jcore::{Actor, App, Fault, NewFile, Permit, Result, act};
use kernel::{BatchId, FileId, OrgId};
use serde_json::json;
use uuid::Uuid;

use crate::read::SheetRead;
use crate::store::{self, NewBatch, NewRow};
use crate::stored::{About, BatchState, Body};
use crate::{CheckCx, Kind, access, read};

/// Rows that one act writes: its transaction makes others wait, on SQLite every other writer.
pub const CHUNK_ROWS: usize = 200;
/// Characters of a file's name that are kept.
const NAME_CHARS: usize = 120;
/// The media type of what is kept: what the browser claims decides nothing.
const MEDIA: &str = "application/octet-stream";

/// Takes a workbook or text table in: reads it, finds its columns, checks every row, and keeps the file and the rows
/// (sealed) for mending and [`crate::commit`]. Each sheet that answers the form becomes a batch (R115, R139).
///
/// # Errors
/// A fault that says in words why the file is not taken; denied; not found for an unknown kind or organisation; the
/// store's.
pub async fn upload(
    app: &App,
    actor: &Actor,
    kind: &str,
    org: Option<OrgId>,
    file_name: &str,
    bytes: &[u8],
) -> Result<Vec<BatchId>> {
    let kind = access::kind(app, kind)?.clone();
    let subject = access::sender(app, actor, org).await?;
    let permit = app.permit(actor, kind.action(), &subject)?;
    let name = clean_name(file_name);
    let mut sheets = read_file(app, &kind, &name, bytes).await?;
    for sheet in &mut sheets {
        kind.check(CheckCx { app, actor, org }, &mut sheet.rows).await?;
    }
    let source = Source {
        kind: kind.key(),
        org,
        name: &name,
        bytes,
    };
    let mut file = None;
    let mut batches = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let (batch, kept) = keep(app, &permit, &source, file, sheet).await?;
        file = Some(kept);
        batches.push(batch);
    }
    Ok(batches)
}

/// The name without folders, cut.
pub(crate) fn clean_name(name: &str) -> String {
    let bare = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let bare: String = bare.chars().filter(|c| !c.is_control()).take(NAME_CHARS).collect();
    if bare.trim().is_empty() {
        "upload".to_owned()
    } else {
        bare.trim().to_owned()
    }
}

/// Reads on a thread for such work: a large workbook takes a second of one core.
pub(crate) async fn read_file(app: &App, kind: &Arc<dyn Kind>, name: &str, bytes: &[u8]) -> Result<Vec<SheetRead>> {
    let (app, form, name, bytes) = (app.clone(), kind.form(), name.to_owned(), bytes.to_vec());
    let work = move || read::file(form, &name, &bytes, &app.regions, &app.words);
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| Fault::internal(format!("reading a file: {e}")))?
}

/// Where rows come from.
struct Source<'a> {
    kind: &'a str,
    org: Option<OrgId>,
    name: &'a str,
    bytes: &'a [u8],
}

/// Keeps one sheet: the file (once), the batch, and its rows in chunks. Until the last chunk is in, the batch is
/// `reading`, so that a break in between shows.
async fn keep(
    app: &App,
    permit: &Permit,
    source: &Source<'_>,
    file: Option<FileId>,
    sheet: SheetRead,
) -> Result<(BatchId, FileId)> {
    let id = app.ids.uuid();
    let seal = |row: &crate::Checked| {
        NewRow::seal(
            &app.keys,
            app.ids.uuid(),
            row.number,
            &Body::of(&row.draft, &row.record),
        )
    };
    let rows: Vec<NewRow> = sheet.rows.iter().map(seal).collect::<Result<_>>()?;
    let about = About {
        file: source.name.to_owned(),
        sheet: sheet.name,
        mapping: sheet.mapping,
    };
    let about = app.keys.seal_json(&store::about_place(id), &about)?;
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let (first, rest) = rows.split_at(rows.len().min(CHUNK_ROWS));
    let file = act!(app, permit, |act| {
        let file = match file {
            Some(file) => file,
            None => app.files.put(&mut act, new_file(source, id)).await?,
        };
        let batch = NewBatch {
            id,
            kind: source.kind,
            org: source.org,
            file: file.uuid(),
            about: &about,
            rows: count,
        };
        let user = act.permit().user();
        let now = act.now;
        store::insert_batch(&mut act.conn, &batch, user, now).await?;
        insert(&mut act, id, first, rest.is_empty()).await?;
        act.note(
            "intake.uploaded",
            "intake",
            id,
            json!({ "kind": source.kind, "rows": count }),
        );
        act.changed("intake", id);
        Ok(file)
    })?;
    let chunks = rest.chunks(CHUNK_ROWS);
    let last = chunks.len().saturating_sub(1);
    for (at, chunk) in chunks.enumerate() {
        act!(app, permit, |act| {
            insert(&mut act, id, chunk, at == last).await?;
            act.note("intake.rows", "intake", id, json!({ "rows": chunk.len() }));
            Ok(())
        })?;
    }
    Ok((id.into(), file))
}

fn new_file<'a>(source: &Source<'a>, batch: Uuid) -> NewFile<'a> {
    NewFile {
        org: source.org.map(OrgId::uuid),
        name: source.name,
        media: MEDIA,
        content: source.bytes,
        subject_kind: "intake",
        subject_id: Some(batch),
    }
}

async fn insert(act: &mut jcore::Act, batch: Uuid, rows: &[NewRow], is_last: bool) -> Result<()> {
    for row in rows {
        store::insert_row(&mut act.conn, batch, row).await?;
    }
    if is_last {
        let now = act.now;
        store::set_state(&mut act.conn, batch, BatchState::Open, now).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::clean_name;

    #[test]
    fn names_lose_folders_and_length() {
        assert_eq!(clean_name("C:\\用户\\需求.xlsx"), "需求.xlsx");
        assert_eq!(clean_name("../../etc/需求.csv"), "需求.csv");
        assert_eq!(clean_name("a\u{7}b"), "ab");
        assert_eq!(clean_name("  "), "upload");
        assert_eq!(clean_name(&"长".repeat(500)).chars().count(), 120);
    }
}
