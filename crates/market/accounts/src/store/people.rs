//! People's accounts in the store.

use std::collections::HashMap;

use db::{Conn, Select, on};
use jcore::{Act, Result, Role};
use kernel::{OrgId, UserId};
use uuid::Uuid;

use crate::model::UserState;
use crate::people::{NewUser, User};

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    email: String,
    name: String,
    password: Option<String>,
    state: String,
    lang: String,
    failures: i64,
    locked_until: i64,
    password_at: Option<i64>,
    version: i64,
    created_at: i64,
}

impl TryFrom<Row> for User {
    type Error = jcore::Fault;
    fn try_from(r: Row) -> Result<Self> {
        Ok(Self {
            id: r.id.into(),
            email: r.email,
            name: r.name,
            password: r.password,
            state: UserState::stored(&r.state)?,
            lang: r.lang.parse().unwrap_or_default(),
            failures: r.failures,
            locked_until: r.locked_until,
            password_at: r.password_at,
            version: r.version,
            created_at: r.created_at,
        })
    }
}

/// The columns of [`Row`].
macro_rules! select_user {
    ($tail:literal) => {
        concat!(
            "SELECT u.id, u.email, u.name, u.password, u.state, u.lang, u.failures, u.locked_until, u.password_at, u.version, u.created_at \
             FROM user_account u ",
            $tail
        )
    };
}

pub(crate) async fn get(conn: &mut Conn, id: UserId) -> Result<User> {
    let row: Row = on!(conn, c => sqlx::query_as(select_user!("WHERE u.id = $1")).bind(id.uuid()).fetch_one(c).await)?;
    row.try_into()
}

/// How a mail address is stored: in lower case, since people type it now so, now so, and mean one mailbox.
pub(crate) fn stored_email(email: &str) -> String {
    email.to_lowercase()
}

pub(crate) async fn by_email(conn: &mut Conn, email: &str) -> Result<Option<User>> {
    let email = stored_email(email);
    let row: Option<Row> =
        on!(conn, c => sqlx::query_as(select_user!("WHERE u.email = $1")).bind(&email).fetch_optional(c).await)?;
    row.map(TryInto::try_into).transpose()
}

pub(crate) async fn names(conn: &mut Conn, ids: &[UserId]) -> Result<HashMap<UserId, String>> {
    /// Ids a query takes: a page asks for some fifty.
    const IDS_MAX: usize = 500;
    let mut out = HashMap::new();
    for part in ids.chunks(IDS_MAX) {
        let mut select = Select::new("SELECT id, name FROM user_account");
        let args: Vec<db::Arg> = part.iter().map(|id| id.uuid().into()).collect();
        select.and_in("id", &args);
        let rows: Vec<(Uuid, String)> = select.all(conn).await?;
        out.extend(rows.into_iter().map(|(id, name)| (UserId::from(id), name)));
    }
    Ok(out)
}

pub(crate) async fn insert(act: &mut Act, new: &NewUser) -> Result<UserId> {
    let id: UserId = act.id();
    let now = act.now.micros();
    let phone = match &new.phone {
        Some(phone) => Some(act.app().keys.seal_json(&phone_place(id), phone)?),
        None => None,
    };
    let password = new.password.as_ref().map(|p| p.as_str().to_owned());
    let password_at = password.as_ref().map(|_| now);
    let email = stored_email(new.email.as_str());
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO user_account (id, email, name, phone, password, state, lang, password_at, created_at, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)")
        .bind(id.uuid()).bind(&email).bind(&new.name).bind(&phone).bind(&password).bind(new.state.code())
        .bind(new.lang.code()).bind(password_at).bind(now).execute(c).await.map(|_| ()))?;
    Ok(id)
}

/// Where a person's phone is sealed.
pub(crate) fn phone_place(id: UserId) -> String {
    format!("user_account.phone/{id}")
}

/// Active people who hold a role now, of one organisation or of any.
pub(crate) async fn with_role(conn: &mut Conn, role: Role, org: Option<OrgId>) -> Result<Vec<UserId>> {
    let mut select = Select::new(
        "SELECT DISTINCT g.user_id FROM role_grant g JOIN user_account u ON u.id = g.user_id AND u.state = 'active'",
    );
    select
        .and("g.role = ?", &[role.code().into()])
        .and("g.ended_at IS NULL", &[]);
    if let Some(org) = org {
        select.and("g.org_id = ?", &[org.uuid().into()]);
    }
    let rows: Vec<(Uuid,)> = select.all(conn).await?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

/// Active people who hold a role that is bound to a region, with the region.
pub(crate) async fn with_regional_role(conn: &mut Conn, role: Role) -> Result<Vec<(UserId, String)>> {
    let rows: Vec<(Uuid, String)> = on!(conn, c => sqlx::query_as(
        "SELECT DISTINCT g.user_id, g.region FROM role_grant g JOIN user_account u ON u.id = g.user_id AND u.state = 'active' \
         WHERE g.role = $1 AND g.region IS NOT NULL AND g.ended_at IS NULL")
        .bind(role.code()).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(id, region)| (id.into(), region)).collect())
}

/// Counts a wrong password; returns how many there are in a row.
pub(crate) async fn count_failure(act: &mut Act, id: UserId) -> Result<i64> {
    Ok(
        on!(&mut act.conn, c => sqlx::query_scalar("UPDATE user_account SET failures = failures + 1 WHERE id = $1 RETURNING failures")
        .bind(id.uuid()).fetch_one(c).await)?,
    )
}

/// Locks sign-in until an instant (0 unlocks) and forgets the failures.
pub(crate) async fn lock(act: &mut Act, id: UserId, until: i64) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query("UPDATE user_account SET failures = 0, locked_until = $2 WHERE id = $1")
        .bind(id.uuid()).bind(until).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Sets the password and unlocks.
pub(crate) async fn set_password(act: &mut Act, id: UserId, hash: &str) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query(
        "UPDATE user_account SET password = $2, password_at = $3, failures = 0, locked_until = 0, changed_at = $3, version = version + 1 WHERE id = $1")
        .bind(id.uuid()).bind(hash).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

pub(crate) async fn set_state(act: &mut Act, id: UserId, state: UserState) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query("UPDATE user_account SET state = $2, changed_at = $3, version = version + 1 WHERE id = $1")
        .bind(id.uuid()).bind(state.code()).bind(now).execute(c).await.map(|_| ()))?;
    act.changed("user", id.uuid());
    Ok(())
}

/// The name, and the language of mails.
pub(crate) async fn set_profile(act: &mut Act, id: UserId, name: &str, lang: jcore::Lang) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query("UPDATE user_account SET name = $2, lang = $3, changed_at = $4, version = version + 1 WHERE id = $1")
        .bind(id.uuid()).bind(name).bind(lang.code()).bind(now).execute(c).await.map(|_| ()))?;
    act.changed("user", id.uuid());
    Ok(())
}

/// Lets an account whose address was never confirmed, or whose registration was refused, begin anew.
pub(crate) async fn begin_anew(act: &mut Act, id: UserId, new: &NewUser) -> Result<()> {
    let now = act.now.micros();
    let phone = match &new.phone {
        Some(phone) => Some(act.app().keys.seal_json(&phone_place(id), phone)?),
        None => None,
    };
    let password = new.password.as_ref().map(|p| p.as_str().to_owned());
    on!(&mut act.conn, c => sqlx::query(
        "UPDATE user_account SET name = $2, phone = $3, password = $4, state = $5, lang = $6, failures = 0, locked_until = 0, \
         password_at = $7, changed_at = $7, version = version + 1 WHERE id = $1")
        .bind(id.uuid()).bind(&new.name).bind(&phone).bind(&password).bind(new.state.code()).bind(new.lang.code()).bind(now)
        .execute(c).await.map(|_| ()))?;
    on!(&mut act.conn, c => sqlx::query("UPDATE membership SET state = 'refused', reason = 'anew', decided_at = $2 WHERE user_id = $1 AND state = 'asked'")
        .bind(id.uuid()).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Accounts whose mail address was not confirmed since an instant.
pub(crate) async fn unconfirmed_before(conn: &mut Conn, before: i64, limit: i64) -> Result<Vec<UserId>> {
    let rows: Vec<(Uuid,)> = on!(conn, c => sqlx::query_as("SELECT id FROM user_account WHERE state = 'unconfirmed' AND changed_at < $1 ORDER BY changed_at LIMIT $2")
        .bind(before).bind(limit).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

/// Deletes an account that was never confirmed, with all that hangs on it.
pub(crate) async fn delete_unconfirmed(act: &mut Act, id: UserId) -> Result<()> {
    for sql in [
        "DELETE FROM membership WHERE user_id = $1",
        "DELETE FROM consent WHERE user_id = $1",
        "DELETE FROM mail_token WHERE user_id = $1",
        "DELETE FROM user_account WHERE id = $1 AND state = 'unconfirmed'",
    ] {
        on!(&mut act.conn, c => sqlx::query(sql).bind(id.uuid()).execute(c).await.map(|_| ()))?;
    }
    Ok(())
}

/// Deletes organisations that were registered by accounts which are gone, and that nothing hangs on.
pub(crate) async fn delete_orphans(act: &mut Act) -> Result<u64> {
    Ok(on!(&mut act.conn, c => sqlx::query(
        "DELETE FROM organisation WHERE state = 'pending' AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.org_id = organisation.id) \
         AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.org_id = organisation.id) AND NOT EXISTS (SELECT 1 FROM liaison l WHERE l.org_id = organisation.id) \
         AND NOT EXISTS (SELECT 1 FROM qualification q WHERE q.org_id = organisation.id) AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.org_id = organisation.id)")
        .execute(c).await.map(|d| d.rows_affected()))?)
}
