//! The SQL of mandates, receipts and what units took part in.

use db::{Arg, Conn, Select, on};
use jcore::{Act, Result};
use kernel::{Day, OrgId};
use uuid::Uuid;

use crate::rules::{COUNTED, Figures};

/// A mandate as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct MandateRow {
    pub(crate) id: Uuid,
    pub(crate) org_id: Uuid,
    pub(crate) season: String,
    pub(crate) version: i64,
    pub(crate) person: Vec<u8>,
    pub(crate) signed_day: String,
    pub(crate) until_day: Option<String>,
    pub(crate) file_id: Uuid,
    pub(crate) sha256: String,
    pub(crate) state: String,
    pub(crate) reason: String,
    pub(crate) sent_at: i64,
    pub(crate) decided_at: Option<i64>,
}

const MANDATES: &str = "SELECT id, org_id, season, version, person, signed_day, until_day, file_id, sha256, state, reason, sent_at, \
     decided_at FROM mandate";

/// A unit's mandates, the newest first.
pub(crate) async fn mandates(conn: &mut Conn, org: OrgId) -> Result<Vec<MandateRow>> {
    /// A unit sends a few in its life; more are a machine's doing.
    const MAX: i64 = 50;
    let mut select = Select::new(MANDATES);
    select
        .and("org_id = ?", &[org.uuid().into()])
        .end("ORDER BY sent_at DESC, id DESC LIMIT ?", &[MAX.into()]);
    Ok(select.all(conn).await?)
}

/// One mandate.
pub(crate) async fn mandate(conn: &mut Conn, id: Uuid) -> Result<MandateRow> {
    let mut select = Select::new(MANDATES);
    select.and("id = ?", &[id.into()]);
    let rows: Vec<MandateRow> = select.all(conn).await?;
    rows.into_iter().next().ok_or_else(jcore::Fault::not_found)
}

/// Whether a unit has an accepted mandate for a season that holds on a day.
pub(crate) async fn has_mandate(conn: &mut Conn, org: OrgId, season: &str, today: Day) -> Result<bool> {
    let day = today.to_string();
    let mut select = Select::new("SELECT count(*) FROM mandate");
    select.and(
        "org_id = ? AND season IN (?, '') AND state = 'accepted' AND (until_day IS NULL OR until_day >= ?)",
        &[org.uuid().into(), season.into(), day.as_str().into()],
    );
    Ok(select.number(conn).await? > 0)
}

/// A mandate that comes in.
pub(crate) struct NewMandate<'a> {
    pub(crate) id: Uuid,
    pub(crate) org: OrgId,
    pub(crate) season: &'a str,
    pub(crate) programme: &'a str,
    pub(crate) person: &'a [u8],
    pub(crate) signed: &'a str,
    pub(crate) until: Option<&'a str>,
    pub(crate) file: Uuid,
    pub(crate) sha256: &'a str,
}

pub(crate) async fn add_mandate(act: &mut Act, new: &NewMandate<'_>) -> Result<i64> {
    let (now, user) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
    let mut last = Select::new("SELECT coalesce(max(version), 0) FROM mandate");
    last.and("org_id = ? AND season = ?", &[new.org.uuid().into(), new.season.into()]);
    let version = last.number(&mut act.conn).await? + 1;
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO mandate (id, org_id, season, programme, version, person, signed_day, until_day, file_id, sha256, state, sent_at, \
         sent_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'sent', $11, $12)")
        .bind(new.id).bind(new.org.uuid()).bind(new.season).bind(new.programme).bind(version).bind(new.person).bind(new.signed)
        .bind(new.until).bind(new.file).bind(new.sha256).bind(now).bind(user).execute(c).await.map(|_| ()))?;
    Ok(version)
}

/// Decides on a mandate that waits; false when somebody else did.
pub(crate) async fn decide(act: &mut Act, id: Uuid, state: &str, reason: &str) -> Result<bool> {
    let (now, user) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE mandate SET state = $2, reason = $3, decided_at = $4, decided_by = $5 WHERE id = $1 AND state = 'sent'")
        .bind(id).bind(state).bind(reason).bind(now).bind(user).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Ends the earlier accepted mandates of a unit and season: one counts at most.
pub(crate) async fn end_earlier(act: &mut Act, org: Uuid, season: &str, but: Uuid) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query(
        "UPDATE mandate SET state = 'ended' WHERE org_id = $1 AND season = $2 AND id <> $3 AND state = 'accepted'")
        .bind(org).bind(season).bind(but).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// What a unit has handed in under a programme.
pub(crate) async fn figures(conn: &mut Conn, org: OrgId, programme: &str) -> Result<Figures> {
    const HEAD: &str = "SELECT CAST(coalesce(sum(CASE WHEN kind <> 'need' THEN 1 ELSE 0 END), 0) AS BIGINT) AS offers, \
         CAST(coalesce(sum(CASE WHEN kind <> 'need' AND plan_level IN ('national', 'provincial') THEN 1 ELSE 0 END), 0) AS BIGINT) AS plans, \
         CAST(coalesce(sum(CASE WHEN kind <> 'need' AND roadshow THEN 1 ELSE 0 END), 0) AS BIGINT) AS roadshow, \
         CAST(coalesce(sum(CASE WHEN kind = 'need' THEN 1 ELSE 0 END), 0) AS BIGINT) AS needs FROM entry";
    let mut select = Select::new(HEAD);
    let states: Vec<Arg> = COUNTED.iter().map(|state| (*state).into()).collect();
    select
        .and("org_id = ? AND programme = ?", &[org.uuid().into(), programme.into()])
        .and_in("state", &states);
    let rows: Vec<(i64, i64, i64, i64)> = select.all(conn).await?;
    let (offers, plan_offers, roadshow, needs) = rows.first().copied().unwrap_or_default();
    Ok(Figures {
        offers,
        plan_offers,
        roadshow,
        needs,
    })
}

/// How many of a unit's entries are drafts, and how many were returned.
pub(crate) async fn unfinished(conn: &mut Conn, org: OrgId) -> Result<(i64, i64)> {
    let mut count = async |state: &str| {
        let mut select = Select::new("SELECT count(*) FROM entry");
        select.and("org_id = ? AND state = ?", &[org.uuid().into(), state.into()]);
        select.number(conn).await
    };
    Ok((count("draft").await?, count("returned").await?))
}

/// Whether a unit handed anything in under another programme, or the centre says that it took part before.
pub(crate) async fn took_part(conn: &mut Conn, org: OrgId, programme: &str) -> Result<bool> {
    let mut said = Select::new("SELECT count(*) FROM took_part");
    said.and("org_id = ?", &[org.uuid().into()]);
    if said.number(conn).await? > 0 {
        return Ok(true);
    }
    let mut before = Select::new("SELECT count(*) FROM entry");
    before.and(
        "org_id = ? AND programme <> ? AND submitted_at IS NOT NULL",
        &[org.uuid().into(), programme.into()],
    );
    Ok(before.number(conn).await? > 0)
}

pub(crate) async fn say_took_part(act: &mut Act, org: OrgId, reason: &str) -> Result<()> {
    let (now, user) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO took_part (org_id, reason, said_at, said_by) VALUES ($1, $2, $3, $4) ON CONFLICT (org_id) DO NOTHING")
        .bind(org.uuid()).bind(reason).bind(now).bind(user).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// A receipt as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct ReceiptRow {
    pub(crate) org_id: Uuid,
    pub(crate) channel: String,
    pub(crate) day: String,
    pub(crate) stamped: bool,
    pub(crate) note: String,
}

/// What came of these units for a deadline.
pub(crate) async fn receipts(
    conn: &mut Conn,
    orgs: &[Uuid],
    programme: &str,
    deadline: &str,
) -> Result<Vec<ReceiptRow>> {
    let mut select = Select::new("SELECT org_id, channel, day, stamped, note FROM filing_receipt");
    let ids: Vec<Arg> = orgs.iter().map(|org| Arg::from(*org)).collect();
    select
        .and(
            "programme = ? AND deadline = ? AND ended_at IS NULL",
            &[programme.into(), deadline.into()],
        )
        .and_in("org_id", &ids);
    Ok(select.all(conn).await?)
}

/// A receipt that is kept.
pub(crate) struct NewReceipt<'a> {
    pub(crate) org: OrgId,
    pub(crate) programme: &'a str,
    pub(crate) deadline: &'a str,
    pub(crate) channel: &'a str,
    pub(crate) day: &'a str,
    pub(crate) stamped: bool,
    pub(crate) note: &'a str,
}

pub(crate) async fn keep_receipt(act: &mut Act, new: &NewReceipt<'_>) -> Result<()> {
    let (id, now) = (act.id::<Uuid>(), act.now.micros());
    let user = act.permit().user().map(|u| u.uuid());
    on!(&mut act.conn, c => sqlx::query(
        "UPDATE filing_receipt SET ended_at = $5 WHERE org_id = $1 AND programme = $2 AND deadline = $3 AND channel = $4 AND ended_at IS NULL")
        .bind(new.org.uuid()).bind(new.programme).bind(new.deadline).bind(new.channel).bind(now).execute(c).await.map(|_| ()))?;
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO filing_receipt (id, org_id, programme, deadline, channel, day, stamped, note, kept_at, kept_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(id).bind(new.org.uuid()).bind(new.programme).bind(new.deadline).bind(new.channel).bind(new.day).bind(new.stamped)
        .bind(new.note).bind(now).bind(user).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// When each unit's last entry was handed in under a programme: the day on which its electronic copy came.
pub(crate) async fn handed_in(conn: &mut Conn, orgs: &[Uuid], programme: &str) -> Result<Vec<(Uuid, i64)>> {
    let mut select = Select::new("SELECT org_id, max(submitted_at) FROM entry");
    let ids: Vec<Arg> = orgs.iter().map(|org| Arg::from(*org)).collect();
    select
        .and(
            "programme = ? AND submitted_at IS NOT NULL AND kind <> 'need'",
            &[programme.into()],
        )
        .and_in("org_id", &ids)
        .end("GROUP BY org_id", &[]);
    Ok(select.all(conn).await?)
}

/// A unit of the list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct UnitRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) region: Option<String>,
}

/// Units that have handed offers in, or filed something, under a programme; of a region (its prefix) or all.
pub(crate) async fn units(
    conn: &mut Conn,
    programme: &str,
    region: Option<&str>,
    limit: i64,
    offset: i64,
) -> Result<(Vec<UnitRow>, i64)> {
    let mut select = Select::new("SELECT o.id, o.name, o.region FROM organisation o");
    select.and(
        "(EXISTS (SELECT 1 FROM entry e WHERE e.org_id = o.id AND e.programme = ? AND e.kind <> 'need') \
         OR EXISTS (SELECT 1 FROM mandate m WHERE m.org_id = o.id))",
        &[programme.into()],
    );
    if let Some(region) = region {
        let like = format!("{region}%");
        select.and("o.region LIKE ?", &[like.as_str().into()]);
    }
    let count = select
        .with_head("SELECT count(*) FROM organisation o")
        .number(conn)
        .await?;
    select.end("ORDER BY o.name, o.id LIMIT ? OFFSET ?", &[limit.into(), offset.into()]);
    Ok((select.all(conn).await?, count))
}
