//! The SQL of batches and their rows.

use db::{Arg, Conn, Holds, Revision, Rows, Select, on};
use jcore::{Keys, Result, Sight};
use kernel::{BatchId, OrgId, Region, Stamp, UserId};
use uuid::Uuid;

use crate::stored::{About, BatchState, Body, RowState};

/// A batch as stored, with its organisation's name and region for lists and the who-may table.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct BatchRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) org_id: Option<Uuid>,
    pub(crate) org_name: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) user_id: Option<Uuid>,
    pub(crate) file_id: Option<Uuid>,
    pub(crate) about: Vec<u8>,
    pub(crate) state: String,
    pub(crate) row_count: i64,
    pub(crate) created_at: i64,
}

impl BatchRow {
    pub(crate) fn batch(&self) -> BatchId {
        self.id.into()
    }

    pub(crate) fn org(&self) -> Option<OrgId> {
        self.org_id.map(OrgId::from)
    }

    pub(crate) fn user(&self) -> Option<UserId> {
        self.user_id.map(UserId::from)
    }

    pub(crate) fn region(&self) -> Option<Region> {
        self.region.as_deref().and_then(Region::new)
    }

    /// What it was read from, for who may see it.
    pub(crate) fn about(&self, keys: &Keys, sight: &Sight) -> Result<About> {
        Ok(keys
            .open_json::<About>(&about_place(self.id), &self.about)?
            .into_revealed(sight))
    }
}

/// A row as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct RowRow {
    pub(crate) id: Uuid,
    pub(crate) number: i64,
    pub(crate) body: Vec<u8>,
    pub(crate) state: String,
    pub(crate) outcome: String,
    pub(crate) subject_id: Option<Uuid>,
}

impl RowRow {
    /// The row's number in the file.
    pub(crate) fn number(&self) -> usize {
        usize::try_from(self.number).unwrap_or_default()
    }

    /// What was written, for who may see it.
    pub(crate) fn body(&self, keys: &Keys, sight: &Sight) -> Result<Body> {
        Ok(keys
            .open_json::<Body>(&body_place(self.id), &self.body)?
            .into_revealed(sight))
    }
}

/// A row to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewRow {
    pub(crate) id: Uuid,
    pub(crate) number: i64,
    pub(crate) body: Vec<u8>,
    pub(crate) state: RowState,
    pub(crate) errors: i64,
    pub(crate) warnings: i64,
    pub(crate) again: &'static str,
}

impl NewRow {
    /// Seals a row's body under its id.
    pub(crate) fn seal(keys: &Keys, id: Uuid, number: usize, body: &Body) -> Result<Self> {
        let (errors, warnings) = body.counts();
        Ok(Self {
            id,
            number: i64::try_from(number).unwrap_or(i64::MAX),
            body: keys.seal_json(&body_place(id), body)?,
            state: body.state(),
            errors,
            warnings,
            again: body.found.again.code(),
        })
    }
}

/// A batch to be written.
#[derive(Debug)]
pub(crate) struct NewBatch<'a> {
    pub(crate) id: Uuid,
    pub(crate) kind: &'a str,
    pub(crate) org: Option<OrgId>,
    pub(crate) file: Uuid,
    pub(crate) about: &'a [u8],
    pub(crate) rows: i64,
}

pub(crate) fn about_place(batch: Uuid) -> String {
    format!("intake_batch.about/{batch}")
}

fn body_place(row: Uuid) -> String {
    format!("intake_row.body/{row}")
}

const BATCHES: &str = "SELECT b.id, b.kind, b.org_id, o.name AS org_name, o.region AS region, b.user_id, b.file_id, b.about, \
     b.state, b.row_count, b.created_at FROM intake_batch b LEFT JOIN organisation o ON o.id = b.org_id";
const BATCH_COUNT: &str = "SELECT count(*) FROM intake_batch b LEFT JOIN organisation o ON o.id = b.org_id";
const ROWS: &str = "SELECT id, number, body, state, outcome, subject_id FROM intake_row";
const ROW_COUNT: &str = "SELECT count(*) FROM intake_row";

/// One batch.
pub(crate) async fn batch(conn: &mut Conn, id: BatchId) -> Result<BatchRow> {
    let mut select = Select::new(BATCHES);
    select.and("b.id = ?", &[id.uuid().into()]);
    let rows: Vec<BatchRow> = select.all(conn).await?;
    rows.into_iter().next().ok_or_else(jcore::Fault::not_found)
}

/// Whose batches a list shows.
#[derive(Debug, Clone)]
pub(crate) enum Whose {
    /// Everybody's.
    All,
    /// A person's and those of these organisations.
    Of(UserId, Vec<OrgId>),
}

/// Organisations that a person's list looks at: nobody is bound to more than a few.
pub(crate) const LIST_ORGS_MAX: usize = 8;

/// What a list of batches is narrowed to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter<'a> {
    pub(crate) kind: Option<&'a str>,
    pub(crate) state: Option<&'a str>,
}

/// A page of batches, newest first, and how many there are.
pub(crate) async fn batches(
    conn: &mut Conn,
    whose: &Whose,
    filter: &Filter<'_>,
    limit: i64,
    offset: i64,
) -> Result<(Vec<BatchRow>, i64)> {
    let mut select = Select::new(BATCHES);
    if let Whose::Of(user, orgs) = whose {
        // Fragments are fixed texts, so the places for organisations are, too; unused ones repeat the person's id, which
        // is no organisation's.
        let mut args: Vec<Arg> = vec![user.uuid().into()];
        args.extend(orgs.iter().take(LIST_ORGS_MAX).map(|org| Arg::from(org.uuid())));
        args.resize(LIST_ORGS_MAX + 1, user.uuid().into());
        select.and("(b.user_id = ? OR b.org_id IN (?, ?, ?, ?, ?, ?, ?, ?))", &args);
    }
    if let Some(kind) = filter.kind {
        select.and("b.kind = ?", &[kind.into()]);
    }
    match filter.state {
        Some(state) => select.and("b.state = ?", &[state.into()]),
        None => select.and("b.state <> ?", &[BatchState::Discarded.code().into()]),
    };
    let count = select.with_head(BATCH_COUNT).number(conn).await?;
    select.end(
        "ORDER BY b.created_at DESC, b.id DESC LIMIT ? OFFSET ?",
        &[limit.into(), offset.into()],
    );
    Ok((select.all(conn).await?, count))
}

/// Rows of batches by state and outcome, and how many errors and warnings they have.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub(crate) struct Tally {
    pub(crate) batch_id: Uuid,
    pub(crate) state: String,
    pub(crate) outcome: String,
    pub(crate) again: String,
    pub(crate) n: i64,
    pub(crate) errors: i64,
    pub(crate) warnings: i64,
}

/// How many rows of these batches stand where.
pub(crate) async fn tallies(conn: &mut Conn, batches: &[Uuid]) -> Result<Vec<Tally>> {
    let mut select = Select::new(
        "SELECT batch_id, state, outcome, again, count(*) AS n, CAST(sum(errors) AS BIGINT) AS errors, \
         CAST(sum(warnings) AS BIGINT) AS warnings FROM intake_row",
    );
    let ids: Vec<Arg> = batches.iter().map(|id| Arg::from(*id)).collect();
    select
        .and_in("batch_id", &ids)
        .end("GROUP BY batch_id, state, outcome, again", &[]);
    Ok(select.all(conn).await?)
}

/// Which rows are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// All.
    All,
    /// Those that stand here.
    In(RowState),
    /// Those that are not in yet.
    Open,
    /// Good ones of which a person should look at something.
    Warned,
    /// Those about which there is something to report.
    Flawed,
    /// Those not in yet that would change something known, or say the same.
    Again(&'static str),
}

fn rows_where(batch: BatchId, which: Which) -> Select {
    let mut select = Select::new(ROWS);
    select.and("batch_id = ?", &[batch.uuid().into()]);
    match which {
        Which::All => {}
        Which::In(state) => {
            select.and("state = ?", &[state.code().into()]);
        }
        Which::Open => {
            select.and("state IN ('held', 'ready')", &[]);
        }
        Which::Flawed => {
            select.and("(errors > 0 OR warnings > 0)", &[]);
        }
        Which::Warned => {
            select.and("state = 'ready' AND warnings > 0", &[]);
        }
        Which::Again(code) => {
            select.and("state = 'ready' AND again = ?", &[code.into()]);
        }
    }
    select
}

/// Rows in the order of the file, after a row number.
pub(crate) async fn rows(conn: &mut Conn, batch: BatchId, which: Which, after: i64, limit: i64) -> Result<Vec<RowRow>> {
    let mut select = rows_where(batch, which);
    select
        .and("number > ?", &[after.into()])
        .end("ORDER BY number LIMIT ?", &[limit.into()]);
    Ok(select.all(conn).await?)
}

/// A page of rows, and how many there are.
pub(crate) async fn rows_page(
    conn: &mut Conn,
    batch: BatchId,
    which: Which,
    limit: i64,
    offset: i64,
) -> Result<(Vec<RowRow>, i64)> {
    let mut select = rows_where(batch, which);
    let count = select.with_head(ROW_COUNT).number(conn).await?;
    select.end("ORDER BY number LIMIT ? OFFSET ?", &[limit.into(), offset.into()]);
    Ok((select.all(conn).await?, count))
}

/// One row.
pub(crate) async fn row(conn: &mut Conn, batch: BatchId, number: i64) -> Result<RowRow> {
    let mut select = rows_where(batch, Which::All);
    select.and("number = ?", &[number.into()]);
    let rows: Vec<RowRow> = select.all(conn).await?;
    rows.into_iter().next().ok_or_else(jcore::Fault::not_found)
}

/// The region of an organisation, for the who-may table.
pub(crate) async fn org_region(conn: &mut Conn, org: OrgId) -> Result<Option<Region>> {
    let found: Option<(Option<String>,)> = on!(conn, c => sqlx::query_as("SELECT region FROM organisation WHERE id = $1")
        .bind(org.uuid()).fetch_optional(c).await)?;
    let (region,) = found.ok_or_else(jcore::Fault::not_found)?;
    Ok(region.as_deref().and_then(Region::new))
}

/// The names of organisations.
pub(crate) async fn org_names(conn: &mut Conn, orgs: &[OrgId]) -> Result<Vec<(Uuid, String)>> {
    let mut select = Select::new("SELECT id, name FROM organisation");
    let ids: Vec<Arg> = orgs.iter().map(|org| Arg::from(org.uuid())).collect();
    select.and_in("id", &ids).end("ORDER BY name", &[]);
    Ok(select.all(conn).await?)
}

pub(crate) async fn insert_batch(
    conn: &mut Conn,
    batch: &NewBatch<'_>,
    user: Option<UserId>,
    now: Stamp,
) -> Result<()> {
    on!(conn, c => sqlx::query(
        "INSERT INTO intake_batch (id, kind, org_id, user_id, file_id, about, state, row_count, created_at, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)")
        .bind(batch.id).bind(batch.kind).bind(batch.org.map(OrgId::uuid)).bind(user.map(UserId::uuid)).bind(batch.file)
        .bind(batch.about).bind(BatchState::Reading.code()).bind(batch.rows)
        .bind(now.micros()).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Writes new rows by one statement.
pub(crate) async fn insert_rows(conn: &mut Conn, batch: Uuid, rows: &[NewRow]) -> Result<()> {
    let mut many = Rows::of([
        ("id", Holds::Id),
        ("number", Holds::Int),
        ("body", Holds::Bytes),
        ("state", Holds::Text),
        ("errors", Holds::Int),
        ("warnings", Holds::Int),
        ("again", Holds::Text),
    ])
    .all("batch_id", batch);
    for row in rows {
        many.push([
            row.id.into(),
            row.number.into(),
            row.body.as_slice().into(),
            row.state.code().into(),
            row.errors.into(),
            row.warnings.into(),
            row.again.into(),
        ]);
    }
    many.insert(conn, "intake_row", "").await?;
    Ok(())
}

/// Writes what a row was mended to, unless it went in meanwhile.
pub(crate) async fn update_row(conn: &mut Conn, row: &NewRow) -> Result<bool> {
    let changed = on!(conn, c => sqlx::query(
        "UPDATE intake_row SET body = $2, state = $3, errors = $4, warnings = $5, again = $6 WHERE id = $1 AND state <> 'in'")
        .bind(row.id).bind(&row.body).bind(row.state.code()).bind(row.errors).bind(row.warnings).bind(row.again)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

/// Those of some rows that are ready still. Whoever puts them in takes them with [`settle_rows`] in the same act.
pub(crate) async fn still_ready(conn: &mut Conn, rows: &[Uuid]) -> Result<Vec<Uuid>> {
    let args: Vec<Arg> = rows.iter().map(|id| Arg::from(*id)).collect();
    let mut other = Select::new("SELECT id FROM intake_row");
    other.and("state <> 'ready'", &[]).and_in("id", &args);
    let other: Vec<(Uuid,)> = other.all(conn).await?;
    let is_ready = |id: &Uuid| !other.iter().any(|(taken,)| taken == id);
    Ok(rows.iter().copied().filter(is_ready).collect())
}

/// What became of a row that was taken.
#[derive(Debug)]
pub(crate) struct Settled {
    pub(crate) row: Uuid,
    pub(crate) outcome: &'static str,
    pub(crate) subject: Option<Uuid>,
    /// Its body anew, where it says more now.
    pub(crate) body: Option<Vec<u8>>,
}

/// How ready rows are taken.
fn settled(set: &'static str) -> Revision {
    Revision {
        table: "intake_row",
        key: "id",
        set,
        only: "intake_row.state = 'ready'",
    }
}

/// Takes ready rows and writes what became of them. Each goes in once: on PostgreSQL another node may have taken one since
/// it was asked for, and then nothing of the act stands.
///
/// # Errors
/// Stale where a row is ready no more; the store's.
pub(crate) async fn settle_rows(conn: &mut Conn, rows: &[Settled]) -> Result<()> {
    let (anew, as_is): (Vec<&Settled>, Vec<&Settled>) = rows.iter().partition(|row| row.body.is_some());
    let mut many = Rows::of([("id", Holds::Id), ("outcome", Holds::Text), ("subject_id", Holds::Id)]);
    for row in as_is {
        many.push([row.row.into(), row.outcome.into(), row.subject.into()]);
    }
    let mut taken = many
        .update(
            conn,
            &settled("state = 'in', outcome = v.outcome, subject_id = v.subject_id"),
        )
        .await?;
    let mut with_bodies = Rows::of([
        ("id", Holds::Id),
        ("outcome", Holds::Text),
        ("subject_id", Holds::Id),
        ("body", Holds::Bytes),
    ]);
    for row in anew {
        with_bodies.push([
            row.row.into(),
            row.outcome.into(),
            row.subject.into(),
            row.body.as_deref().into(),
        ]);
    }
    let anew = settled("state = 'in', outcome = v.outcome, subject_id = v.subject_id, body = v.body");
    taken += with_bodies.update(conn, &anew).await?;
    if taken == rows.len() as u64 {
        Ok(())
    } else {
        Err(jcore::Fault::stale())
    }
}

/// Rows that were taken back: ready again, with nothing that they became.
pub(crate) async fn untake_rows(conn: &mut Conn, rows: &[NewRow]) -> Result<()> {
    for row in rows {
        on!(conn, c => sqlx::query(
            "UPDATE intake_row SET state = $2, outcome = '', subject_id = NULL, body = $3, again = $4 WHERE id = $1 AND state = 'in'")
            .bind(row.id).bind(row.state.code()).bind(&row.body).bind(row.again).execute(c).await.map(|_| ()))?;
    }
    Ok(())
}

/// Holds a ready row, with why.
pub(crate) async fn hold_row(conn: &mut Conn, row: &NewRow) -> Result<()> {
    on!(conn, c => sqlx::query("UPDATE intake_row SET body = $2, state = 'held', errors = $3, warnings = $4 WHERE id = $1 AND state = 'ready'")
        .bind(row.id).bind(&row.body).bind(row.errors).bind(row.warnings).execute(c).await.map(|_| ()))?;
    Ok(())
}

pub(crate) async fn set_state(conn: &mut Conn, batch: Uuid, state: BatchState, now: Stamp) -> Result<()> {
    on!(conn, c => sqlx::query("UPDATE intake_batch SET state = $2, changed_at = $3 WHERE id = $1")
        .bind(batch).bind(state.code()).bind(now.micros()).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Writes anew what a batch was read from, and how many rows it has.
pub(crate) async fn set_about(conn: &mut Conn, batch: Uuid, about: &[u8], rows: i64, now: Stamp) -> Result<()> {
    on!(conn, c => sqlx::query("UPDATE intake_batch SET about = $2, row_count = $3, changed_at = $4 WHERE id = $1")
        .bind(batch).bind(about).bind(rows).bind(now.micros()).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// The highest row number of a batch.
pub(crate) async fn last_number(conn: &mut Conn, batch: Uuid) -> Result<i64> {
    let mut select = Select::new("SELECT coalesce(max(number), 0) FROM intake_row");
    select.and("batch_id = ?", &[batch.into()]);
    Ok(select.number(conn).await?)
}

/// What a sender said before which field the columns of some heads are: fingerprints of heads, and fields.
pub(crate) async fn habits(conn: &mut Conn, owner: Uuid, kind: &str) -> Result<Vec<(Vec<u8>, String)>> {
    Ok(
        on!(conn, c => sqlx::query_as("SELECT head_key, field FROM intake_habit WHERE owner_id = $1 AND kind = $2")
        .bind(owner).bind(kind).fetch_all(c).await)?,
    )
}

/// Keeps which field the column of a head is.
pub(crate) async fn keep_habit(
    conn: &mut Conn,
    id: Uuid,
    owner: Uuid,
    kind: &str,
    head: &[u8],
    field: &str,
    now: Stamp,
) -> Result<()> {
    on!(conn, c => sqlx::query(
        "INSERT INTO intake_habit (id, owner_id, kind, head_key, field, changed_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (owner_id, kind, head_key) DO UPDATE SET field = excluded.field, changed_at = excluded.changed_at")
        .bind(id).bind(owner).bind(kind).bind(head).bind(field).bind(now.micros()).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Lets go of a batch's file; whether no other batch that is still at work was read from it. Rows that are in don't need
/// it any more.
pub(crate) async fn let_go_of_file(conn: &mut Conn, batch: Uuid, file: Uuid) -> Result<bool> {
    let mut others = Select::new("SELECT count(*) FROM intake_batch");
    others.and(
        "file_id = ? AND id <> ? AND state <> ?",
        &[file.into(), batch.into(), BatchState::Discarded.code().into()],
    );
    if others.number(conn).await? > 0 {
        return Ok(false);
    }
    on!(conn, c => sqlx::query("UPDATE intake_batch SET file_id = NULL WHERE file_id = $1")
        .bind(file).execute(c).await.map(|_| ()))?;
    Ok(true)
}

/// Deletes what people wrote in the rows that never went in. Returns how many they were.
pub(crate) async fn delete_open_rows(conn: &mut Conn, batch: Uuid) -> Result<u64> {
    Ok(
        on!(conn, c => sqlx::query("DELETE FROM intake_row WHERE batch_id = $1 AND state <> 'in'")
        .bind(batch).execute(c).await.map(|done| done.rows_affected()))?,
    )
}
