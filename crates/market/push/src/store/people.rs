//! How people are reached, and which fields organisations declare.

use std::collections::HashMap;

use db::{Conn, Select, on};
use jcore::{Act, Result};
use kernel::{OrgId, Sector};
use uuid::Uuid;

/// A person's ways.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct PersonRow {
    pub(crate) quiet_from: i64,
    pub(crate) quiet_until: i64,
    pub(crate) rhythm: String,
    pub(crate) openid: Option<Vec<u8>>,
    pub(crate) hook: Option<Vec<u8>>,
}

pub(crate) async fn person(conn: &mut Conn, user: Uuid) -> Result<Option<PersonRow>> {
    Ok(
        on!(conn, c => sqlx::query_as("SELECT quiet_from, quiet_until, rhythm, openid, hook FROM push_person WHERE user_id = $1")
        .bind(user).fetch_optional(c).await)?,
    )
}

pub(crate) async fn put_person(act: &mut Act, user: Uuid, row: &PersonRow) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO push_person (user_id, quiet_from, quiet_until, rhythm, openid, hook, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (user_id) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, \
         rhythm = excluded.rhythm, openid = excluded.openid, hook = excluded.hook, changed_at = excluded.changed_at")
        .bind(user).bind(row.quiet_from).bind(row.quiet_until).bind(&row.rhythm).bind(&row.openid).bind(&row.hook).bind(now)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Whether somebody wants no more mails.
pub(crate) async fn is_off(conn: &mut Conn, recipient: Uuid) -> Result<bool> {
    let n: i64 = on!(conn, c => sqlx::query_scalar("SELECT count(*) FROM push_off WHERE recipient = $1")
        .bind(recipient).fetch_one(c).await)?;
    Ok(n > 0)
}

pub(crate) async fn set_off(act: &mut Act, recipient: Uuid, off: bool) -> Result<()> {
    let now = act.now.micros();
    if off {
        on!(&mut act.conn, c => sqlx::query("INSERT INTO push_off (recipient, at) VALUES ($1, $2) ON CONFLICT (recipient) DO NOTHING")
            .bind(recipient).bind(now).execute(c).await.map(|_| ()))?;
    } else {
        on!(&mut act.conn, c => sqlx::query("DELETE FROM push_off WHERE recipient = $1").bind(recipient).execute(c).await.map(|_| ()))?;
    }
    Ok(())
}

/// The fields that an organisation declares.
pub(crate) async fn fields(conn: &mut Conn, org: OrgId) -> Result<Vec<Sector>> {
    let rows: Vec<(String,)> = on!(conn, c => sqlx::query_as("SELECT sector FROM push_field WHERE org_id = $1 ORDER BY sector")
        .bind(org.uuid()).fetch_all(c).await)?;
    Ok(rows.iter().filter_map(|(code,)| Sector::from_code(code)).collect())
}

/// The fields of all organisations that declare some.
pub(crate) async fn all_fields(conn: &mut Conn) -> Result<HashMap<Uuid, Vec<Sector>>> {
    let rows: Vec<(Uuid, String)> =
        on!(conn, c => sqlx::query_as("SELECT org_id, sector FROM push_field").fetch_all(c).await)?;
    let mut out: HashMap<Uuid, Vec<Sector>> = HashMap::new();
    for (org, code) in rows {
        out.entry(org).or_default().extend(Sector::from_code(&code));
    }
    Ok(out)
}

pub(crate) async fn put_fields(act: &mut Act, org: OrgId, sectors: &[Sector]) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query("DELETE FROM push_field WHERE org_id = $1").bind(org.uuid()).execute(c).await.map(|_| ()))?;
    for sector in sectors {
        on!(&mut act.conn, c => sqlx::query("INSERT INTO push_field (org_id, sector) VALUES ($1, $2)")
            .bind(org.uuid()).bind(sector.code()).execute(c).await.map(|_| ()))?;
    }
    Ok(())
}

/// An organisation of the group that every need goes to.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct OrgRow {
    pub(crate) id: Uuid,
    pub(crate) region: Option<String>,
}

/// Universities and institutes that are registered, by name; of one id where that is asked for.
pub(crate) async fn academic(conn: &mut Conn, only: Option<Uuid>) -> Result<Vec<OrgRow>> {
    let mut select = Select::new("SELECT id, region FROM organisation");
    select.and(
        "kind IN ('university', 'institute') AND state IN ('active', 'unclaimed')",
        &[],
    );
    if let Some(id) = only {
        select.and("id = ?", &[id.into()]);
    }
    select.end("ORDER BY name, id", &[]);
    Ok(select.all(conn).await?)
}

/// The organisations whose liaison in office has this account.
pub(crate) async fn orgs_of_liaison(conn: &mut Conn, user: Uuid) -> Result<Vec<Uuid>> {
    let rows: Vec<(Uuid,)> = on!(conn, c => sqlx::query_as("SELECT org_id FROM liaison WHERE user_id = $1 AND until_at IS NULL")
        .bind(user).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The organisation whose liaison, in office or former, this is.
pub(crate) async fn org_of_liaison(conn: &mut Conn, liaison: Uuid) -> Result<Option<(Uuid, bool)>> {
    let row: Option<(Uuid, Option<i64>)> = on!(conn, c => sqlx::query_as("SELECT org_id, until_at FROM liaison WHERE id = $1")
        .bind(liaison).fetch_optional(c).await)?;
    Ok(row.map(|(org, until)| (org, until.is_none())))
}
