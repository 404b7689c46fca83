//! The SQL of batches and their rows.

use db::{Arg, Conn, Select, on};
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

/// Rows of batches by state and outcome.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub(crate) struct Tally {
    pub(crate) batch_id: Uuid,
    pub(crate) state: String,
    pub(crate) outcome: String,
    pub(crate) n: i64,
}

/// How many rows of these batches stand where.
pub(crate) async fn tallies(conn: &mut Conn, batches: &[Uuid]) -> Result<Vec<Tally>> {
    let mut select = Select::new("SELECT batch_id, state, outcome, count(*) AS n FROM intake_row");
    let ids: Vec<Arg> = batches.iter().map(|id| Arg::from(*id)).collect();
    select
        .and_in("batch_id", &ids)
        .end("GROUP BY batch_id, state, outcome", &[]);
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

pub(crate) async fn insert_row(conn: &mut Conn, batch: Uuid, row: &NewRow) -> Result<()> {
    on!(conn, c => sqlx::query(
        "INSERT INTO intake_row (id, batch_id, number, body, state, errors, warnings) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(row.id).bind(batch).bind(row.number).bind(&row.body).bind(row.state.code()).bind(row.errors).bind(row.warnings)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Writes what a row was mended to, unless it went in meanwhile.
pub(crate) async fn update_row(conn: &mut Conn, row: &NewRow) -> Result<bool> {
    let changed = on!(conn, c => sqlx::query(
        "UPDATE intake_row SET body = $2, state = $3, errors = $4, warnings = $5 WHERE id = $1 AND state <> 'in'")
        .bind(row.id).bind(&row.body).bind(row.state.code()).bind(row.errors).bind(row.warnings)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

/// Takes a ready row for this act; false when somebody else took it, so that no row goes in twice.
pub(crate) async fn take_row(conn: &mut Conn, row: Uuid) -> Result<bool> {
    let taken = on!(conn, c => sqlx::query("UPDATE intake_row SET state = 'in' WHERE id = $1 AND state = 'ready'")
        .bind(row).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(taken == 1)
}

/// Writes what became of a row that was taken.
pub(crate) async fn settle_row(conn: &mut Conn, row: Uuid, outcome: &str, subject: Option<Uuid>) -> Result<()> {
    on!(conn, c => sqlx::query("UPDATE intake_row SET outcome = $2, subject_id = $3 WHERE id = $1")
        .bind(row).bind(outcome).bind(subject).execute(c).await.map(|_| ()))?;
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

/// Deletes what people wrote in the rows that never went in. Returns how many they were.
pub(crate) async fn delete_open_rows(conn: &mut Conn, batch: Uuid) -> Result<u64> {
    Ok(
        on!(conn, c => sqlx::query("DELETE FROM intake_row WHERE batch_id = $1 AND state <> 'in'")
        .bind(batch).execute(c).await.map(|done| done.rows_affected()))?,
    )
}
