//! Programmes and waivers in the store.

use std::collections::HashMap;

use db::{Conn, Select, on};
use jcore::{Act, Result};
use kernel::OrgId;
use uuid::Uuid;

/// A stored programme.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct ProgrammeRow {
    pub key: String,
    pub year: i64,
    pub text: String,
    pub in_force: bool,
    pub loaded_at: i64,
}

/// A waiver of a soft rule for an organisation.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Waiver {
    /// Its id.
    pub id: Uuid,
    /// The rule's key in the programme.
    pub rule: String,
    /// The organisation.
    pub org_id: Uuid,
    /// Its name.
    pub org_name: String,
    /// Why.
    pub reason: String,
    /// When it was granted.
    pub granted_at: i64,
    /// When it was ended, if it was.
    pub ended_at: Option<i64>,
}

pub(crate) async fn in_force(conn: &mut Conn) -> Result<Option<ProgrammeRow>> {
    Ok(
        on!(conn, c => sqlx::query_as("SELECT key, year, text, in_force, loaded_at FROM programme WHERE in_force = TRUE")
        .fetch_optional(c).await)?,
    )
}

pub(crate) async fn all(conn: &mut Conn) -> Result<Vec<ProgrammeRow>> {
    Ok(
        on!(conn, c => sqlx::query_as("SELECT key, year, text, in_force, loaded_at FROM programme ORDER BY year DESC, key")
        .fetch_all(c).await)?,
    )
}

pub(crate) async fn put(act: &mut Act, key: &str, year: i64, text: &str) -> Result<()> {
    let (now, user) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
    on!(&mut act.conn, c => sqlx::query("UPDATE programme SET in_force = FALSE WHERE in_force = TRUE").execute(c).await.map(|_| ()))?;
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO programme (key, year, text, in_force, loaded_at, loaded_by) VALUES ($1, $2, $3, TRUE, $4, $5) \
         ON CONFLICT (key) DO UPDATE SET year = excluded.year, text = excluded.text, in_force = TRUE, loaded_at = excluded.loaded_at, loaded_by = excluded.loaded_by")
        .bind(key).bind(year).bind(text).bind(now).bind(user).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Whether a soft rule is waived for an organisation.
///
/// # Errors
/// The store's.
pub async fn has_waiver(conn: &mut Conn, programme: &str, rule: &str, org: OrgId) -> Result<bool> {
    let n: i64 = on!(conn, c => sqlx::query_scalar(
        "SELECT count(*) FROM waiver WHERE programme = $1 AND rule = $2 AND org_id = $3 AND ended_at IS NULL")
        .bind(programme).bind(rule).bind(org.uuid()).fetch_one(c).await)?;
    Ok(n > 0)
}

/// The keys of the rules that are waived for organisations, in their order; those without a waiver are left out.
///
/// # Errors
/// The store's.
pub async fn waived_rules(conn: &mut Conn, programme: &str, orgs: &[OrgId]) -> Result<HashMap<OrgId, Vec<String>>> {
    let mut out: HashMap<OrgId, Vec<String>> = HashMap::new();
    for part in orgs.chunks(db::ROWS_A_STATEMENT) {
        let ids: Vec<db::Arg> = part.iter().map(|org| org.uuid().into()).collect();
        let mut select = Select::new("SELECT DISTINCT org_id, rule FROM waiver");
        select
            .and("programme = ? AND ended_at IS NULL", &[programme.into()])
            .and_in("org_id", &ids)
            .end("ORDER BY org_id, rule", &[]);
        let found: Vec<(Uuid, String)> = select.all(conn).await?;
        for (org, rule) in found {
            out.entry(org.into()).or_default().push(rule);
        }
    }
    Ok(out)
}

pub(crate) async fn waivers(conn: &mut Conn, programme: &str) -> Result<Vec<Waiver>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT w.id, w.rule, w.org_id, o.name AS org_name, w.reason, w.granted_at, w.ended_at \
         FROM waiver w JOIN organisation o ON o.id = w.org_id WHERE w.programme = $1 ORDER BY w.granted_at DESC")
        .bind(programme).fetch_all(c).await)?)
}

pub(crate) async fn add_waiver(act: &mut Act, programme: &str, rule: &str, org: OrgId, reason: &str) -> Result<Uuid> {
    let (id, now) = (act.app().ids.uuid(), act.now.micros());
    let user = act.permit().user().map_or_else(Uuid::nil, |u| u.uuid());
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO waiver (id, programme, rule, org_id, reason, granted_by, granted_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(id).bind(programme).bind(rule).bind(org.uuid()).bind(reason).bind(user).bind(now).execute(c).await.map(|_| ()))?;
    Ok(id)
}

pub(crate) async fn end_waiver(act: &mut Act, id: Uuid) -> Result<bool> {
    let now = act.now.micros();
    let n = on!(&mut act.conn, c => sqlx::query("UPDATE waiver SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL")
        .bind(id).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(n == 1)
}

pub(crate) async fn org_by_identity(conn: &mut Conn, identity: &str) -> Result<Option<Uuid>> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT id FROM organisation WHERE identity_kind = 'uscc' AND identity = $1 AND state <> 'merged'")
        .bind(identity).fetch_optional(c).await)?,
    )
}
