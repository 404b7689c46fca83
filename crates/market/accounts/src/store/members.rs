//! Who belongs to which organisation.

use db::{Conn, Select, on};
use jcore::{Act, Result, Role};
use kernel::{OrgId, UserId};
use uuid::Uuid;

use crate::model::MemberState;

/// A membership as pages show it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Member {
    pub(crate) id: Uuid,
    pub(crate) user_id: Uuid,
    pub(crate) org_id: Uuid,
    pub(crate) state: String,
    pub(crate) role: String,
    pub(crate) title: String,
    pub(crate) reason: String,
    pub(crate) asked_at: i64,
    pub(crate) user_name: String,
    pub(crate) user_email: String,
    pub(crate) user_state: String,
    pub(crate) org_name: String,
    pub(crate) org_state: String,
    pub(crate) org_region: Option<String>,
}

impl Member {
    pub(crate) fn user(&self) -> UserId {
        self.user_id.into()
    }
    pub(crate) fn org(&self) -> OrgId {
        self.org_id.into()
    }
}

/// The columns of [`Member`].
macro_rules! select_member {
    ($tail:literal) => {
        concat!(
            "SELECT m.id, m.user_id, m.org_id, m.state, m.role, m.title, m.reason, m.asked_at, u.name AS user_name, \
             u.email AS user_email, u.state AS user_state, o.name AS org_name, o.state AS org_state, o.region AS org_region \
             FROM membership m JOIN user_account u ON u.id = m.user_id JOIN organisation o ON o.id = m.org_id ",
            $tail
        )
    };
}

pub(crate) async fn get(conn: &mut Conn, id: Uuid) -> Result<Member> {
    Ok(on!(conn, c => sqlx::query_as(select_member!("WHERE m.id = $1")).bind(id).fetch_one(c).await)?)
}

/// An organisation's: those asked for and those in force.
pub(crate) async fn of_org(conn: &mut Conn, org: OrgId) -> Result<Vec<Member>> {
    Ok(on!(conn, c => sqlx::query_as(select_member!(
        "WHERE m.org_id = $1 AND m.state IN ('asked', 'active') AND u.state <> 'unconfirmed' ORDER BY m.state DESC, m.asked_at, m.id"))
        .bind(org.uuid()).fetch_all(c).await)?)
}

/// A person's, the newest first.
pub(crate) async fn of_user(conn: &mut Conn, user: UserId) -> Result<Vec<Member>> {
    Ok(
        on!(conn, c => sqlx::query_as(select_member!("WHERE m.user_id = $1 ORDER BY m.asked_at DESC, m.id"))
        .bind(user.uuid()).fetch_all(c).await)?,
    )
}

/// The one that is asked for or in force between a person and an organisation.
pub(crate) async fn between(conn: &mut Conn, user: UserId, org: OrgId) -> Result<Option<Member>> {
    Ok(on!(conn, c => sqlx::query_as(select_member!(
        "WHERE m.user_id = $1 AND m.org_id = $2 AND m.state IN ('asked', 'active') ORDER BY m.state, m.asked_at"))
        .bind(user.uuid()).bind(org.uuid()).fetch_optional(c).await)?)
}

/// Waiting for review, of addresses that are confirmed, the oldest first.
pub(crate) async fn waiting(conn: &mut Conn, limit: i64) -> Result<Vec<Member>> {
    let mut select = Select::new(select_member!(""));
    select
        .and("m.state = 'asked' AND u.state IN ('pending', 'active')", &[])
        .end("ORDER BY m.asked_at, m.id LIMIT ?", &[limit.into()]);
    Ok(select.all(conn).await?)
}

/// A new membership, decided already when it is active.
pub(crate) async fn insert(
    act: &mut Act,
    user: UserId,
    org: OrgId,
    state: MemberState,
    role: Role,
    title: &str,
) -> Result<Uuid> {
    let id: Uuid = act.id();
    let (now, by) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
    let (decided_at, decided_by) = if state == MemberState::Active {
        (Some(now), by)
    } else {
        (None, None)
    };
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO membership (id, user_id, org_id, state, role, title, asked_at, decided_at, decided_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(id).bind(user.uuid()).bind(org.uuid()).bind(state.code()).bind(role.code()).bind(title).bind(now)
        .bind(decided_at).bind(decided_by).execute(c).await.map(|_| ()))?;
    Ok(id)
}

/// Decides what was asked; false when somebody else was first.
pub(crate) async fn decide(act: &mut Act, id: Uuid, state: MemberState, role: Role, reason: &str) -> Result<bool> {
    let (now, by) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE membership SET state = $2, role = $3, reason = $4, decided_at = $5, decided_by = $6 WHERE id = $1 AND state = 'asked'")
        .bind(id).bind(state.code()).bind(role.code()).bind(reason).bind(now).bind(by).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Ends one that is in force; false when it was over already.
pub(crate) async fn end(act: &mut Act, id: Uuid, reason: &str) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query("UPDATE membership SET state = 'left', reason = $2, left_at = $3 WHERE id = $1 AND state = 'active'")
        .bind(id).bind(reason).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

pub(crate) async fn set_role(act: &mut Act, id: Uuid, role: Role, title: &str) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query("UPDATE membership SET role = $2, title = $3 WHERE id = $1")
        .bind(id).bind(role.code()).bind(title).execute(c).await.map(|_| ()))?;
    Ok(())
}
