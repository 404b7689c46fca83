//! Files that people upload: sealed in a file store (a folder by default), their names sealed in the database.

use std::sync::Arc;

use bytes::Bytes;
use db::{Conn, on};
use futures_util::{Stream, StreamExt};
use kernel::FileId;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::clean::{Allowed, Cleaned, FileType, clean, text};
use super::scan::{NoScanner, Scanner};
use crate::{Act, App, Fault, Result, Sight, Withheld};

/// The largest file taken: a year's workbook of one unit is well under 1 MB, a scan of a sealed form under 10 MB.
pub const MAX_FILE_BYTES: usize = 20 * 1024 * 1024;

/// Files that are cleaned at once: each takes a core, and a hostile one some hundred megabytes.
const CLEANED_AT_ONCE: usize = 2;

/// The file store, and who looks through what comes into it.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    scanner: Arc<dyn Scanner>,
    /// How many files may be cleaned at once.
    cleaning: Arc<Semaphore>,
}

impl std::fmt::Debug for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Files")
    }
}

/// A file's row.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct FileRow {
    /// Its id.
    pub id: Uuid,
    /// The organisation it belongs to.
    pub org_id: Option<Uuid>,
    /// Its sealed name.
    pub name: Vec<u8>,
    /// Its media type.
    pub media: String,
    /// Bytes.
    pub size: i64,
    /// What it belongs to.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: Option<Uuid>,
    /// When it came.
    pub created_at: i64,
}

impl Files {
    /// A folder on this machine.
    ///
    /// # Errors
    /// When the folder cannot be made or opened.
    pub fn folder(path: &std::path::Path) -> Result<Self> {
        std::fs::create_dir_all(path).map_err(|e| Fault::internal(format!("{}: {e}", path.display())))?;
        let store = LocalFileSystem::new_with_prefix(path).map_err(|e| Fault::internal(e.to_string()))?;
        Ok(Self {
            store: Arc::new(store),
            scanner: Arc::new(NoScanner),
            cleaning: Arc::new(Semaphore::new(CLEANED_AT_ONCE)),
        })
    }

    /// With a virus scanner.
    #[must_use]
    pub fn with_scanner(self, scanner: Arc<dyn Scanner>) -> Self {
        Self { scanner, ..self }
    }

    /// Who looks through files.
    #[must_use]
    pub fn scanner(&self) -> &dyn Scanner {
        self.scanner.as_ref()
    }

    /// [`clean`]s a file on a thread for such work, and reads its text as far as `text_chars`. Others wait their turn.
    ///
    /// # Errors
    /// Why it is not taken: the field is `file`.
    pub async fn clean(
        &self,
        name: &str,
        bytes: Bytes,
        allowed: Allowed,
        text_chars: usize,
    ) -> Result<(Cleaned, String)> {
        let turn = self.cleaning.clone().acquire_owned().await;
        let name = name.to_owned();
        let work = move || {
            // Held until the work is done, also when nobody waits for it any more.
            let _turn = turn;
            let cleaned = clean(&name, &bytes, &allowed)?;
            let text = text(cleaned.kind, &cleaned.content, text_chars);
            Ok((cleaned, text))
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|e| Fault::internal(format!("cleaning a file: {e}")))?
    }

    /// The [`text`] of a cleaned file, read on a thread for such work.
    ///
    /// # Errors
    /// When the thread ends.
    pub async fn text(&self, kind: FileType, content: Vec<u8>, chars_max: usize) -> Result<String> {
        tokio::task::spawn_blocking(move || text(kind, &content, chars_max))
            .await
            .map_err(|e| Fault::internal(format!("reading a file: {e}")))
    }

    fn path(id: FileId) -> Path {
        Path::from(id.to_string())
    }

    /// Keeps a file: the content is written first, the row within the act, so a failed act leaves only an orphan behind.
    ///
    /// # Errors
    /// Too large, or the store's.
    pub async fn put(&self, act: &mut Act, file: NewFile<'_>) -> Result<FileId> {
        if file.content.len() > MAX_FILE_BYTES {
            return Err(Fault::too_large(MAX_FILE_BYTES));
        }
        let id: FileId = act.id();
        let app = act.app().clone();
        let sealed = app.keys.seal(&format!("file/{id}"), file.content);
        self.store
            .put(&Self::path(id), PutPayload::from(Bytes::from(sealed)))
            .await
            .map_err(|e| Fault::internal(format!("file store: {e}")))?;
        let name = app.keys.seal(&format!("file.name/{id}"), file.name.as_bytes());
        let hash: [u8; 32] = Sha256::digest(file.content).into();
        let size = i64::try_from(file.content.len()).unwrap_or(i64::MAX);
        let (now, user) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
        on!(&mut act.conn, c => sqlx::query(
            "INSERT INTO file (id, org_id, name, media, size, sha256, subject_kind, subject_id, created_at, created_by) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
            .bind(id.uuid()).bind(file.org).bind(&name).bind(file.media).bind(size).bind(hash.to_vec())
            .bind(file.subject_kind).bind(file.subject_id).bind(now).bind(user).execute(c).await.map(|_| ()))
        .map_err(db::Error::from)?;
        Ok(id)
    }

    /// A file's row.
    ///
    /// # Errors
    /// Not found, or the store's.
    pub async fn row(&self, conn: &mut Conn, id: FileId) -> Result<FileRow> {
        Ok(on!(conn, c => sqlx::query_as(
            "SELECT id, org_id, name, media, size, subject_kind, subject_id, created_at FROM file WHERE id = $1")
            .bind(id.uuid()).fetch_one(c).await)
        .map_err(db::Error::from)?)
    }

    /// A file's name, for who may see it.
    ///
    /// # Errors
    /// When it does not open.
    pub fn name(&self, app: &App, row: &FileRow, sight: &Sight) -> Result<String> {
        let plain = app.keys.open(&format!("file.name/{}", row.id), &row.name)?;
        Ok(Withheld::new(String::from_utf8_lossy(&plain).into_owned()).into_revealed(sight))
    }

    /// A file's content, for who may see it.
    ///
    /// # Errors
    /// Not found, or it does not open.
    pub async fn content(&self, app: &App, id: FileId, _sight: &Sight) -> Result<Vec<u8>> {
        let got = self.store.get(&Self::path(id)).await.map_err(|_| Fault::not_found())?;
        let sealed = got
            .bytes()
            .await
            .map_err(|e| Fault::internal(format!("file store: {e}")))?;
        app.keys.open(&format!("file/{id}"), &sealed)
    }

    /// Deletes a file in the act: its row goes with the act, its content a minute after, by a job. A file that is no
    /// longer there is no fault. Rows that refer to it are to be deleted before.
    ///
    /// # Errors
    /// The store's.
    pub async fn delete(&self, act: &mut Act, id: FileId) -> Result<()> {
        let now = act.now.micros();
        on!(&mut act.conn, c => sqlx::query("DELETE FROM file WHERE id = $1").bind(id.uuid()).execute(c).await.map(|_| ()))?;
        on!(&mut act.conn, c => sqlx::query("INSERT INTO file_gone (id, at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING")
            .bind(id.uuid()).bind(now).execute(c).await.map(|_| ()))?;
        Ok(())
    }

    /// Removes content from the store; what is not there is removed.
    pub(super) async fn remove(&self, id: FileId) -> Result<()> {
        match self.store.delete(&Self::path(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(e) => Err(Fault::internal(format!("file store: {e}"))),
        }
    }

    /// The ids of all content in the store. What bears another name than an id is not ours.
    pub(super) fn list(&self) -> impl Stream<Item = Result<Uuid>> + '_ {
        self.store.list(None).filter_map(|found| async move {
            match found {
                Ok(meta) => meta.location.filename().and_then(|name| name.parse().ok()).map(Ok),
                Err(e) => Some(Err(Fault::internal(format!("file store: {e}")))),
            }
        })
    }
}

/// A file that comes in.
#[derive(Debug)]
pub struct NewFile<'a> {
    /// The organisation it belongs to.
    pub org: Option<Uuid>,
    /// Its name as sent.
    pub name: &'a str,
    /// Its media type.
    pub media: &'a str,
    /// Its content.
    pub content: &'a [u8],
    /// What it belongs to.
    pub subject_kind: &'a str,
    /// Which one.
    pub subject_id: Option<Uuid>,
}
