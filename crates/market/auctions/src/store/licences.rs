//! Open licences, and who took them.

use db::{Conn, Select, on};
use jcore::{Act, Fault, Result, Subject};
use kernel::{Day, OrgId, Region};
use uuid::Uuid;

use crate::licence::{LicenceState, LicenceTerms};

/// An open licence as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Licence {
    pub(crate) id: Uuid,
    pub(crate) entry_id: Uuid,
    pub(crate) org_id: Uuid,
    pub(crate) region: String,
    pub(crate) title: String,
    pub(crate) patent_kind: String,
    pub(crate) patent_no: String,
    pub(crate) terms: String,
    pub(crate) report_id: Option<Uuid>,
    pub(crate) declared_day: String,
    pub(crate) announced_day: Option<String>,
    pub(crate) announcement_no: String,
    pub(crate) withdrawn_day: Option<String>,
}

impl Licence {
    /// Where it stands on a day.
    pub(crate) fn state(&self, today: Day) -> LicenceState {
        let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
        LicenceState::of(day(&self.announced_day), day(&self.withdrawn_day), today)
    }

    /// Its terms.
    pub(crate) fn terms(&self) -> Result<LicenceTerms> {
        serde_json::from_str(&self.terms).map_err(|e| Fault::internal(format!("terms of licence {}: {e}", self.id)))
    }

    /// What the who-may table is asked about.
    pub(crate) fn subject(&self) -> Subject {
        Subject::org(OrgId::from(self.org_id), Region::new(&self.region))
    }
}

const LICENCES: &str = "SELECT id, entry_id, org_id, region, title, patent_kind, patent_no, terms, report_id, declared_day, announced_day, \
     announcement_no, withdrawn_day FROM open_licence";

/// One.
pub(crate) async fn get(conn: &mut Conn, id: Uuid) -> Result<Licence> {
    let mut select = Select::new(LICENCES);
    select.and("id = ?", &[id.into()]);
    let rows: Vec<Licence> = select.all(conn).await?;
    rows.into_iter().next().ok_or_else(Fault::not_found)
}

/// A page of those that were announced, or of all, the newest first; and how many there are.
pub(crate) async fn list(
    conn: &mut Conn,
    all: bool,
    text: &str,
    limit: i64,
    offset: i64,
) -> Result<(Vec<Licence>, i64)> {
    let mut select = Select::new(LICENCES);
    if !all {
        select.and("announced_day IS NOT NULL", &[]);
    }
    if !text.is_empty() {
        let like = super::lots::like(text);
        select.and(
            "(title LIKE ? ESCAPE '\\' OR patent_no LIKE ? ESCAPE '\\')",
            &[like.as_str().into(), like.as_str().into()],
        );
    }
    let count = select
        .with_head("SELECT count(*) FROM open_licence")
        .number(conn)
        .await?;
    select.end(
        "ORDER BY changed_at DESC, id DESC LIMIT ? OFFSET ?",
        &[limit.into(), offset.into()],
    );
    Ok((select.all(conn).await?, count))
}

/// Those of a patent that were not withdrawn.
pub(crate) async fn running(conn: &mut Conn, entry: Uuid) -> Result<Vec<Licence>> {
    let mut select = Select::new(LICENCES);
    select
        .and("entry_id = ? AND withdrawn_day IS NULL", &[entry.into()])
        .end("ORDER BY created_at", &[]);
    Ok(select.all(conn).await?)
}

/// Writes a declaration.
pub(crate) async fn insert(act: &mut Act, new: &Licence) -> Result<()> {
    let (now, user) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO open_licence (id, entry_id, org_id, region, title, patent_kind, patent_no, state, terms, report_id, declared_day, \
         version, created_by, created_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'declared', $8, $9, $10, 1, $11, $12, $12)")
        .bind(new.id).bind(new.entry_id).bind(new.org_id).bind(&new.region).bind(&new.title).bind(&new.patent_kind)
        .bind(&new.patent_no).bind(&new.terms).bind(new.report_id).bind(&new.declared_day).bind(user).bind(now)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Writes the patent office's announcement; whether it was still missing.
pub(crate) async fn announce(act: &mut Act, id: Uuid, day: &str, number: &str) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE open_licence SET state = 'announced', announced_day = $2, announcement_no = $3, version = version + 1, changed_at = $4 \
         WHERE id = $1 AND announced_day IS NULL AND withdrawn_day IS NULL")
        .bind(id).bind(day).bind(number).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Writes a withdrawal; whether it was not withdrawn before.
pub(crate) async fn withdraw(act: &mut Act, id: Uuid, day: &str) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE open_licence SET state = 'withdrawn', withdrawn_day = $2, version = version + 1, changed_at = $3 \
         WHERE id = $1 AND withdrawn_day IS NULL")
        .bind(id).bind(day).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Somebody who takes a licence, as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Take {
    pub(crate) id: Uuid,
    pub(crate) licence_id: Uuid,
    pub(crate) body: Vec<u8>,
    pub(crate) state: String,
    pub(crate) paid_fen: Option<i64>,
    pub(crate) filing_no: String,
    pub(crate) notified_at: i64,
    pub(crate) paid_at: Option<i64>,
    pub(crate) licensed_at: Option<i64>,
    pub(crate) filed_at: Option<i64>,
}

const TAKES: &str = "SELECT id, licence_id, body, state, paid_fen, filing_no, notified_at, paid_at, licensed_at, filed_at FROM licence_take";

/// One.
pub(crate) async fn take(conn: &mut Conn, id: Uuid) -> Result<Take> {
    let mut select = Select::new(TAKES);
    select.and("id = ?", &[id.into()]);
    let rows: Vec<Take> = select.all(conn).await?;
    rows.into_iter().next().ok_or_else(Fault::not_found)
}

/// All of a licence, the first first.
pub(crate) async fn takes(conn: &mut Conn, licence: Uuid) -> Result<Vec<Take>> {
    let mut select = Select::new(TAKES);
    select
        .and("licence_id = ?", &[licence.into()])
        .end("ORDER BY notified_at, id", &[]);
    Ok(select.all(conn).await?)
}

/// A person's own of a licence.
pub(crate) async fn my_takes(conn: &mut Conn, licence: Uuid, user_key: &str) -> Result<Vec<Take>> {
    let mut select = Select::new(TAKES);
    select.and("licence_id = ? AND user_key = ?", &[licence.into(), user_key.into()]);
    Ok(select.all(conn).await?)
}

/// Somebody who gives notice.
pub(crate) struct NewTake<'a> {
    pub(crate) id: Uuid,
    pub(crate) licence: Uuid,
    pub(crate) user_key: &'a str,
    pub(crate) org_key: &'a str,
    pub(crate) body: &'a [u8],
}

pub(crate) async fn add_take(act: &mut Act, new: &NewTake<'_>) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO licence_take (id, licence_id, user_key, org_key, body, state, notified_at) VALUES ($1, $2, $3, $4, $5, 'notified', $6)")
        .bind(new.id).bind(new.licence).bind(new.user_key).bind(new.org_key).bind(new.body).bind(now)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Goes one step on; whether it stood where it was thought to stand.
pub(crate) async fn step(
    act: &mut Act,
    id: Uuid,
    from: &str,
    to: &str,
    paid_fen: Option<i64>,
    filing_no: Option<&str>,
) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE licence_take SET state = $3, paid_fen = coalesce($4, paid_fen), filing_no = coalesce($5, filing_no), \
         paid_at = CASE WHEN $3 = 'paid' THEN $6 ELSE paid_at END, \
         licensed_at = CASE WHEN $3 = 'licensed' THEN $6 ELSE licensed_at END, \
         filed_at = CASE WHEN $3 = 'filed' THEN $6 ELSE filed_at END WHERE id = $1 AND state = $2")
        .bind(id).bind(from).bind(to).bind(paid_fen).bind(filing_no).bind(now)
        .execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}
