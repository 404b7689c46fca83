//! Files that people upload: sealed in a file store (a folder by default), their names sealed in the database.

use std::sync::Arc;

use bytes::Bytes;
use db::{Conn, on};
use kernel::FileId;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{Act, App, Fault, Result, Sight, Withheld};

/// The largest file taken: a year's workbook of one unit is well under 1 MB, a scan of a sealed form under 10 MB.
pub const MAX_FILE_BYTES: usize = 20 * 1024 * 1024;

/// The file store.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
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
        Ok(Self { store: Arc::new(store) })
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
