//! Roles in the store.

use db::{Conn, on};
use jcore::{Act, Result, Role};
use kernel::{OrgId, Region, UserId};
use uuid::Uuid;

use crate::people::GrantView;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    user_id: Uuid,
    role: String,
    org_id: Option<Uuid>,
    org_name: Option<String>,
    region: Option<String>,
    granted_at: i64,
    until_at: Option<i64>,
    ended_at: Option<i64>,
}

/// The columns of [`Row`].
macro_rules! select_grant {
    ($tail:literal) => {
        concat!(
            "SELECT g.id, g.user_id, g.role, g.org_id, o.name AS org_name, g.region, g.granted_at, g.until_at, g.ended_at \
             FROM role_grant g LEFT JOIN organisation o ON o.id = g.org_id ",
            $tail
        )
    };
}

impl From<Row> for GrantView {
    fn from(r: Row) -> Self {
        Self {
            id: r.id,
            user: r.user_id.into(),
            role: r.role,
            org: r.org_id.map(OrgId::from).zip(r.org_name),
            region: r.region.and_then(|t| t.parse::<Region>().ok()),
            granted_at: r.granted_at,
            until_at: r.until_at,
            ended_at: r.ended_at,
        }
    }
}

/// All grants of a person, those in force first, then the newest.
pub(crate) async fn of_user(conn: &mut Conn, user: UserId) -> Result<Vec<GrantView>> {
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(select_grant!(
        "WHERE g.user_id = $1 ORDER BY CASE WHEN g.ended_at IS NULL THEN 0 ELSE 1 END, g.granted_at DESC, g.id"))
        .bind(user.uuid()).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The grants in force that are bound to an organisation.
pub(crate) async fn of_org(conn: &mut Conn, org: OrgId) -> Result<Vec<GrantView>> {
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(select_grant!(
        "WHERE g.org_id = $1 AND g.ended_at IS NULL ORDER BY g.granted_at, g.id"))
        .bind(org.uuid()).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub(crate) async fn get(conn: &mut Conn, id: Uuid) -> Result<GrantView> {
    let row: Row = on!(conn, c => sqlx::query_as(select_grant!("WHERE g.id = $1")).bind(id).fetch_one(c).await)?;
    Ok(row.into())
}

/// Whether the person holds exactly this role already.
pub(crate) async fn held(
    conn: &mut Conn,
    user: UserId,
    role: Role,
    org: Option<OrgId>,
    region: Option<Region>,
) -> Result<bool> {
    let rows = of_user(conn, user).await?;
    Ok(rows.iter().any(|g| {
        g.ended_at.is_none() && g.role == role.code() && g.org.as_ref().map(|o| o.0) == org && g.region == region
    }))
}

pub(crate) async fn insert(
    act: &mut Act,
    user: UserId,
    role: Role,
    org: Option<OrgId>,
    region: Option<Region>,
) -> Result<Uuid> {
    let id: Uuid = act.id();
    let (now, by) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO role_grant (id, user_id, role, org_id, region, granted_by, granted_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(id).bind(user.uuid()).bind(role.code()).bind(org.map(|o| o.uuid())).bind(region.map(|r| r.to_string()))
        .bind(by).bind(now).execute(c).await.map(|_| ()))?;
    Ok(id)
}

pub(crate) async fn end(act: &mut Act, id: Uuid) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query("UPDATE role_grant SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL")
        .bind(id).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Ends all grants of a person, or those bound to one organisation; returns how many.
pub(crate) async fn end_all(act: &mut Act, user: UserId, org: Option<OrgId>) -> Result<u64> {
    let now = act.now.micros();
    Ok(match org {
        Some(org) => on!(&mut act.conn, c => sqlx::query(
            "UPDATE role_grant SET ended_at = $3 WHERE user_id = $1 AND org_id = $2 AND ended_at IS NULL")
            .bind(user.uuid()).bind(org.uuid()).bind(now).execute(c).await.map(|d| d.rows_affected()))?,
        None => {
            on!(&mut act.conn, c => sqlx::query("UPDATE role_grant SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL")
            .bind(user.uuid()).bind(now).execute(c).await.map(|d| d.rows_affected()))?
        }
    })
}

/// How many active people hold a role, bound to an organisation or not at all.
pub(crate) async fn holders(conn: &mut Conn, role: Role, org: Option<OrgId>) -> Result<i64> {
    let mut select = db::Select::new(
        "SELECT count(DISTINCT g.user_id) FROM role_grant g JOIN user_account u ON u.id = g.user_id AND u.state = 'active'",
    );
    select
        .and("g.role = ?", &[role.code().into()])
        .and("g.ended_at IS NULL", &[]);
    if let Some(org) = org {
        select.and("g.org_id = ?", &[org.uuid().into()]);
    }
    Ok(select.number(conn).await?)
}
