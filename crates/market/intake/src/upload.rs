//! A file comes in: read, mapped, checked, and kept with its rows sealed.

use std::sync::Arc;

use jcore::{Actor, App, Fault, NewFile, Permit, Result, act};
use kernel::{BatchId, FileId, OrgId};
use serde_json::json;
use sheets::Grid;
use uuid::Uuid;

use crate::again::{self, Refilled};
use crate::read::{self, Habits, Reader, SheetOpen};
use crate::rows;
use crate::store::{self, NewBatch};
use crate::stored::About;
use crate::{CheckCx, Kind, access};

/// Rows that one act writes: its transaction makes others wait, on SQLite every other writer.
pub const CHUNK_ROWS: usize = 256;
/// Characters of a file's name that are kept.
const NAME_CHARS: usize = 120;
/// The media type of what is kept: what the browser claims decides nothing.
const MEDIA: &str = "application/octet-stream";

/// What became of a file that was sent.
#[derive(Debug)]
pub enum Sent {
    /// New batches, one for each sheet that answers the form.
    New(Vec<BatchId>),
    /// It was a batch's annotated workbook, mended: its rows went back into that batch.
    Again(BatchId, Refilled),
}

/// Takes a file in, whether it is new or an annotated workbook that comes back (R139).
///
/// # Errors
/// As [`upload`].
pub async fn send(
    app: &App,
    actor: &Actor,
    kind: &str,
    org: Option<OrgId>,
    file_name: &str,
    bytes: &[u8],
) -> Result<Sent> {
    let name = clean_name(file_name);
    let kind = access::kind(app, kind)?.clone();
    let subject = access::sender(app, actor, org).await?;
    let permit = app.permit(actor, kind.action(), &subject)?;
    let (grids, mark) = grids(app, &name, bytes).await?;
    if let Some(batch) = mark.and_then(|mark| mark.parse::<BatchId>().ok())
        && let Some(opened) = again::batch_of(app, actor, batch, kind.key()).await?
    {
        let refilled = again::refill(app, actor, opened, grids).await?;
        return Ok(Sent::Again(batch, refilled));
    }
    let sender = Sender {
        app,
        actor,
        permit,
        kind,
        org,
    };
    sender.take(&name, bytes, grids).await.map(Sent::New)
}

/// Takes an annotated workbook back into the batch that it is sent to, whatever its mark says.
///
/// # Errors
/// As [`send`]; the workbook has other columns than the batch.
pub(crate) async fn send_again(
    app: &App,
    actor: &Actor,
    opened: crate::access::Opened,
    file_name: &str,
    bytes: &[u8],
) -> Result<(BatchId, Refilled)> {
    let (grids, _) = grids(app, &clean_name(file_name), bytes).await?;
    let batch = opened.row.batch();
    Ok((batch, again::refill(app, actor, opened, grids).await?))
}

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
    let (grids, _) = grids(app, &name, bytes).await?;
    let sender = Sender {
        app,
        actor,
        permit,
        kind,
        org,
    };
    sender.take(&name, bytes, grids).await
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

/// A file's sheets and its mark, read on a thread for such work: a large workbook takes a second of one core.
pub(crate) async fn grids(app: &App, name: &str, bytes: &[u8]) -> Result<(Vec<Grid>, Option<String>)> {
    app.files.scan(bytes).await?;
    let (app, name, bytes) = (app.clone(), name.to_owned(), bytes.to_vec());
    let work = move || {
        let grids = read::grids(&name, &bytes, &app.words)?;
        let mark = sheets::mark(&grids, &bytes);
        Ok((grids, mark))
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| Fault::internal(format!("reading a file: {e}")))?
}

/// The sheets that answer a kind's form, on a thread for such work.
pub(crate) async fn open_sheets(
    app: &App,
    kind: &Arc<dyn Kind>,
    habits: Habits,
    grids: Vec<Grid>,
) -> Result<Vec<SheetOpen>> {
    let (app, kind) = (app.clone(), kind.clone());
    let work = move || {
        let reader = Reader {
            app: &app,
            kind: kind.key(),
            form: kind.form(),
            habits: &habits,
        };
        reader.open(grids)
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| Fault::internal(format!("reading a file: {e}")))?
}

/// Whose habits count: the organisation's for which is sent, else the person's.
pub(crate) fn habit_owner(actor: &Actor, org: Option<OrgId>) -> Option<Uuid> {
    org.map(OrgId::uuid).or(actor.user.map(|user| user.uuid()))
}

/// What a sender said before about columns.
pub(crate) async fn habits(app: &App, actor: &Actor, org: Option<OrgId>, kind: &str) -> Result<Habits> {
    let Some(owner) = habit_owner(actor, org) else {
        return Ok(Habits::default());
    };
    let rows = store::habits(&mut app.read().await?, owner, kind).await?;
    Ok(Habits(rows.into_iter().collect()))
}

/// Who sends what.
struct Sender<'a> {
    app: &'a App,
    actor: &'a Actor,
    permit: Permit,
    kind: Arc<dyn Kind>,
    org: Option<OrgId>,
}

impl Sender<'_> {
    async fn take(&self, name: &str, bytes: &[u8], grids: Vec<Grid>) -> Result<Vec<BatchId>> {
        let habits = habits(self.app, self.actor, self.org, self.kind.key()).await?;
        let sheets = open_sheets(self.app, &self.kind, habits, grids).await?;
        let mut file = None;
        let mut batches = Vec::with_capacity(sheets.len());
        for sheet in sheets {
            let (batch, kept) = self.keep(name, bytes, file, sheet).await?;
            file = Some(kept);
            batches.push(batch);
        }
        Ok(batches)
    }

    /// Keeps one sheet: the file (once), the batch, and its rows in chunks.
    async fn keep(
        &self,
        name: &str,
        bytes: &[u8],
        file: Option<FileId>,
        sheet: SheetOpen,
    ) -> Result<(BatchId, FileId)> {
        let id = self.app.ids.uuid();
        let about = About {
            file: name.to_owned(),
            sheet: sheet.name.clone(),
            mapping: sheet.mapping.clone(),
        };
        let about = self.app.keys.seal_json(&store::about_place(id), &about)?;
        let file = self.begin(id, name, bytes, file, &about, sheet.most).await?;
        let into = rows::Into {
            app: self.app,
            permit: &self.permit,
            kind: &self.kind,
            cx: CheckCx {
                app: self.app,
                actor: self.actor,
                org: self.org,
            },
            batch: id,
        };
        let rows = into.keep(sheet).await?;
        into.open(&about, rows).await?;
        Ok((id.into(), file))
    }

    async fn begin(
        &self,
        id: Uuid,
        name: &str,
        bytes: &[u8],
        file: Option<FileId>,
        about: &[u8],
        most: usize,
    ) -> Result<FileId> {
        let count = i64::try_from(most).unwrap_or(i64::MAX);
        act!(self.app, self.permit, |act| {
            let file = match file {
                Some(file) => file,
                None => self.app.files.put(&mut act, self.new_file(name, bytes, id)).await?,
            };
            let batch = NewBatch {
                id,
                kind: self.kind.key(),
                org: self.org,
                file: file.uuid(),
                about,
                rows: count,
            };
            let user = act.permit().user();
            let now = act.now;
            store::insert_batch(&mut act.conn, &batch, user, now).await?;
            act.note(
                "intake.uploaded",
                "intake",
                id,
                json!({ "kind": self.kind.key(), "rows": count }),
            );
            act.changed("intake", id);
            Ok(file)
        })
    }

    fn new_file<'b>(&self, name: &'b str, bytes: &'b [u8], batch: Uuid) -> NewFile<'b> {
        NewFile {
            org: self.org.map(OrgId::uuid),
            name,
            media: MEDIA,
            content: bytes,
            subject_kind: "intake",
            subject_id: Some(batch),
        }
    }
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
