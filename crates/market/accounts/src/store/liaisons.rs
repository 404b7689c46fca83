//! Liaisons in the store (R021): one in office an organisation, earlier ones as history, the person sealed.

use db::{Conn, on};
use jcore::{Act, Result};
use kernel::{OrgId, UserId};
use uuid::Uuid;

use crate::liaison::{Liaison, Person};

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    org_id: Uuid,
    user_id: Option<Uuid>,
    person: Vec<u8>,
    person_key: Vec<u8>,
    from_at: i64,
    until_at: Option<i64>,
    ended_reason: String,
}

impl From<Row> for Liaison {
    fn from(r: Row) -> Self {
        Self {
            id: r.id,
            org: r.org_id.into(),
            user: r.user_id.map(Into::into),
            person: r.person,
            person_key: r.person_key,
            from_at: r.from_at,
            until_at: r.until_at,
            ended_reason: r.ended_reason,
        }
    }
}

/// The columns of [`Row`].
macro_rules! select_liaison {
    ($tail:literal) => {
        concat!(
            "SELECT id, org_id, user_id, person, person_key, from_at, until_at, ended_reason FROM liaison ",
            $tail
        )
    };
}

/// The one in office.
pub(crate) async fn in_office(conn: &mut Conn, org: OrgId) -> Result<Option<Liaison>> {
    let row: Option<Row> = on!(conn, c => sqlx::query_as(select_liaison!("WHERE org_id = $1 AND until_at IS NULL"))
        .bind(org.uuid()).fetch_optional(c).await)?;
    Ok(row.map(Into::into))
}

/// All of an organisation, the newest first.
pub(crate) async fn history(conn: &mut Conn, org: OrgId) -> Result<Vec<Liaison>> {
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(select_liaison!("WHERE org_id = $1 ORDER BY from_at DESC, id DESC"))
        .bind(org.uuid()).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub(crate) async fn insert(act: &mut Act, org: OrgId, user: Option<UserId>, person: &Person) -> Result<Uuid> {
    let id: Uuid = act.id();
    let now = act.now.micros();
    let app = act.app().clone();
    let sealed = app.keys.seal_json(&Liaison::place(id), person)?;
    let key = person.key(&app);
    on!(&mut act.conn, c => sqlx::query("INSERT INTO liaison (id, org_id, user_id, person, person_key, from_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id).bind(org.uuid()).bind(user.map(|u| u.uuid())).bind(&sealed).bind(&key).bind(now).execute(c).await.map(|_| ()))?;
    Ok(id)
}

/// Writes the same person's data anew.
pub(crate) async fn update(act: &mut Act, id: Uuid, user: Option<UserId>, person: &Person) -> Result<()> {
    let app = act.app().clone();
    let sealed = app.keys.seal_json(&Liaison::place(id), person)?;
    let key = person.key(&app);
    on!(&mut act.conn, c => sqlx::query("UPDATE liaison SET person = $2, person_key = $3, user_id = $4 WHERE id = $1")
        .bind(id).bind(&sealed).bind(&key).bind(user.map(|u| u.uuid())).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Ties the one in office to an account.
pub(crate) async fn tie(act: &mut Act, id: Uuid, user: UserId) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query("UPDATE liaison SET user_id = $2 WHERE id = $1")
        .bind(id).bind(user.uuid()).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Ends the office, with the reason.
pub(crate) async fn end(act: &mut Act, id: Uuid, reason: &str) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query("UPDATE liaison SET until_at = $2, ended_reason = $3 WHERE id = $1 AND until_at IS NULL")
        .bind(id).bind(now).bind(reason).execute(c).await.map(|_| ()))?;
    Ok(())
}
