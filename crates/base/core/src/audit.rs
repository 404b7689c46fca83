//! The audit trail: appended with every write, chained in batches beside it.
//!
//! Each entry keeps a salted commitment to its detail. Batches hash the entries into a Merkle root and chain the roots, so
//! that a changed, lost or added entry shows; a person's data can still be erased (detail and salt go, the commitment
//! stays) and the chain checks. No write waits for the chain: a job closes batches over what is committed.

use db::{Conn, Holds, Rows, on};
use kernel::Stamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::act::Note;
use crate::{App, Permit, Result};

/// Entries a batch takes at most: some milliseconds of hashing.
pub const BATCH_MAX: i64 = 2_000;
/// Bytes of a salt: enough that a detail cannot be guessed from its commitment.
const SALT_BYTES: usize = 16;

/// An entry as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Entry {
    /// Its id (ordered by time).
    pub id: Uuid,
    /// When, UTC microseconds.
    pub at: i64,
    /// Who; none is the platform itself.
    pub actor: Option<Uuid>,
    /// For whom they acted.
    pub on_behalf: Option<Uuid>,
    /// The permitted action.
    pub action: String,
    /// What happened.
    pub key: String,
    /// To what kind of thing.
    pub subject_kind: String,
    /// To which one.
    pub subject_id: Option<Uuid>,
    /// Details as JSON; none once erased.
    pub detail: Option<String>,
    /// The commitment's salt; none once erased.
    pub salt: Option<Vec<u8>>,
    /// SHA-256 of salt and detail.
    pub commitment: Vec<u8>,
    /// The batch it lies in, once closed.
    pub batch: Option<i64>,
    /// Its place there.
    pub position: Option<i64>,
}

#[derive(Debug, sqlx::FromRow)]
struct Batch {
    no: i64,
    at: i64,
    size: i64,
    root: Vec<u8>,
    prev: Vec<u8>,
    hash: Vec<u8>,
}

const COLUMNS: &str = "SELECT id, at, actor, on_behalf, action, key, subject_kind, subject_id, detail, salt, commitment, batch, position FROM audit_entry";

pub(crate) async fn append(conn: &mut Conn, app: &App, now: Stamp, permit: &Permit, notes: &[Note]) -> Result<()> {
    let new: Vec<NewEntry> = notes.iter().map(|note| NewEntry::of(app, note)).collect();
    let mut rows = Rows::of([
        ("id", Holds::Id),
        ("key", Holds::Text),
        ("subject_kind", Holds::Text),
        ("subject_id", Holds::Id),
        ("detail", Holds::Text),
        ("salt", Holds::Bytes),
        ("commitment", Holds::Bytes),
    ])
    .all("at", now.micros())
    .all("actor", permit.user.map(|u| u.uuid()))
    .all("on_behalf", permit.on_behalf.map(|u| u.uuid()))
    .all("action", permit.action.0);
    for (note, new) in notes.iter().zip(&new) {
        rows.push([
            new.id.into(),
            note.key.into(),
            note.subject_kind.into(),
            note.subject_id.into(),
            new.detail.as_str().into(),
            new.salt.as_slice().into(),
            new.commitment.as_slice().into(),
        ]);
    }
    rows.insert(conn, "audit_entry", "").await?;
    Ok(())
}

/// What is made for a note when it is written.
struct NewEntry {
    id: Uuid,
    detail: String,
    salt: [u8; SALT_BYTES],
    commitment: [u8; 32],
}

impl NewEntry {
    fn of(app: &App, note: &Note) -> Self {
        let detail = note.detail.to_string();
        let salt = app.ids.bytes::<SALT_BYTES>();
        Self {
            id: app.ids.uuid(),
            commitment: commit_to(&salt, &detail),
            detail,
            salt,
        }
    }
}

fn commit_to(salt: &[u8], detail: &str) -> [u8; 32] {
    Sha256::new()
        .chain_update(salt)
        .chain_update(detail.as_bytes())
        .finalize()
        .into()
}

fn leaf(e: &Entry) -> [u8; 32] {
    let mut h = Sha256::new();
    h.update([0u8]);
    h.update(e.id.as_bytes());
    h.update(e.at.to_be_bytes());
    for id in [e.actor, e.on_behalf, e.subject_id] {
        h.update(id.unwrap_or_default().as_bytes());
    }
    for text in [&e.action, &e.key, &e.subject_kind] {
        h.update((text.len() as u64).to_be_bytes());
        h.update(text.as_bytes());
    }
    h.update(&e.commitment);
    h.finalize().into()
}

fn root(mut level: Vec<[u8; 32]>) -> [u8; 32] {
    while level.len() > 1 {
        level = level
            .chunks(2)
            .map(|pair| match pair {
                [a, b] => Sha256::new()
                    .chain_update([1u8])
                    .chain_update(a)
                    .chain_update(b)
                    .finalize()
                    .into(),
                [a] => *a,
                _ => [0; 32],
            })
            .collect();
    }
    level.first().copied().unwrap_or([0; 32])
}

fn batch_hash(no: i64, at: i64, size: i64, root: &[u8], prev: &[u8]) -> [u8; 32] {
    Sha256::new()
        .chain_update([2u8])
        .chain_update(no.to_be_bytes())
        .chain_update(at.to_be_bytes())
        .chain_update(size.to_be_bytes())
        .chain_update(root)
        .chain_update(prev)
        .finalize()
        .into()
}

/// Closes a batch over the entries that are committed and in none yet. Returns how many it took.
///
/// # Errors
/// The store's.
pub async fn close_batch(app: &App) -> Result<usize> {
    let mut conn = app.db.write().await?;
    let sql = const_format(COLUMNS, " WHERE batch IS NULL ORDER BY id LIMIT $1");
    let entries: Vec<Entry> =
        on!(&mut conn, c => sqlx::query_as(sqlx::AssertSqlSafe(sql.clone())).bind(BATCH_MAX).fetch_all(c).await)
            .map_err(db::Error::from)?;
    if entries.is_empty() {
        return Ok(0);
    }
    let last: Option<Batch> = on!(&mut conn, c => sqlx::query_as(
        "SELECT no, at, size, root, prev, hash FROM audit_batch ORDER BY no DESC LIMIT 1").fetch_optional(c).await)
    .map_err(db::Error::from)?;
    let (no, prev) = last.map_or((1, vec![0; 32]), |b| (b.no + 1, b.hash));
    let (at, size) = (app.now().micros(), i64::try_from(entries.len()).unwrap_or(i64::MAX));
    let top = root(entries.iter().map(leaf).collect());
    let hash = batch_hash(no, at, size, &top, &prev);
    // Two nodes closing at once meet at the primary key; the later one finds nothing left at its next try.
    on!(&mut conn, c => sqlx::query("INSERT INTO audit_batch (no, at, size, root, prev, hash) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(no).bind(at).bind(size).bind(top.to_vec()).bind(&prev).bind(hash.to_vec()).execute(c).await.map(|_| ()))
    .map_err(db::Error::from)?;
    for (position, entry) in entries.iter().enumerate() {
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        on!(&mut conn, c => sqlx::query("UPDATE audit_entry SET batch = $1, position = $2 WHERE id = $3")
            .bind(no).bind(position).bind(entry.id).execute(c).await.map(|_| ()))
        .map_err(db::Error::from)?;
    }
    conn.commit().await?;
    Ok(entries.len())
}

/// What a check of the whole chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Batches that hold together.
    pub batches: i64,
    /// Entries in them.
    pub entries: i64,
    /// The first thing that does not fit, in a few words; none when all is well.
    pub broken: Option<String>,
}

/// Recomputes the whole chain.
///
/// # Errors
/// The store's.
pub async fn verify(app: &App) -> Result<Verdict> {
    let mut conn = app.read().await?;
    let batches: Vec<Batch> =
        on!(&mut conn, c => sqlx::query_as("SELECT no, at, size, root, prev, hash FROM audit_batch ORDER BY no").fetch_all(c).await)
            .map_err(db::Error::from)?;
    let mut verdict = Verdict {
        batches: 0,
        entries: 0,
        broken: None,
    };
    let mut prev = vec![0; 32];
    for batch in batches {
        let sql = const_format(COLUMNS, " WHERE batch = $1 ORDER BY position");
        let entries: Vec<Entry> =
            on!(&mut conn, c => sqlx::query_as(sqlx::AssertSqlSafe(sql.clone())).bind(batch.no).fetch_all(c).await)
                .map_err(db::Error::from)?;
        let broken = entries.iter().find(|e| match (&e.salt, &e.detail) {
            (Some(salt), Some(detail)) => commit_to(salt, detail)[..] != e.commitment[..],
            _ => false,
        });
        if let Some(entry) = broken {
            verdict.broken = Some(format!(
                "batch {}: entry {} does not fit its commitment",
                batch.no, entry.id
            ));
            return Ok(verdict);
        }
        let top = root(entries.iter().map(leaf).collect());
        let fits = batch.prev == prev
            && top[..] == batch.root[..]
            && i64::try_from(entries.len()) == Ok(batch.size)
            && batch_hash(batch.no, batch.at, batch.size, &top, &prev)[..] == batch.hash[..];
        if !fits {
            verdict.broken = Some(format!(
                "batch {}: its entries or its place in the chain were changed",
                batch.no
            ));
            return Ok(verdict);
        }
        verdict.batches += 1;
        verdict.entries += batch.size;
        prev = batch.hash;
    }
    Ok(verdict)
}

/// Erases the detail of the entries about a subject; the chain still checks.
///
/// # Errors
/// The store's.
pub async fn erase(conn: &mut Conn, subject_kind: &str, subject_id: Uuid) -> Result<u64> {
    Ok(on!(conn, c => sqlx::query("UPDATE audit_entry SET detail = NULL, salt = NULL WHERE subject_kind = $1 AND subject_id = $2")
        .bind(subject_kind).bind(subject_id).execute(c).await.map(|d| d.rows_affected()))
    .map_err(db::Error::from)?)
}

/// The newest entries, of everything or of one subject, before an id.
///
/// # Errors
/// The store's.
pub async fn list(
    conn: &mut Conn,
    subject: Option<(&str, Uuid)>,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Entry>> {
    let mut select = db::Select::new(COLUMNS);
    if let Some((kind, id)) = subject {
        select.and("subject_kind = ? AND subject_id = ?", &[kind.into(), id.into()]);
    }
    if let Some(before) = before {
        select.and("id < ?", &[before.into()]);
    }
    select.end("ORDER BY id DESC LIMIT ?", &[limit.into()]);
    Ok(select.all(conn).await?)
}

fn const_format(head: &str, tail: &str) -> String {
    let mut sql = String::with_capacity(head.len() + tail.len());
    sql.push_str(head);
    sql.push_str(tail);
    sql
}
