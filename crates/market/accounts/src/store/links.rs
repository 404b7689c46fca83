//! One-time links by mail: kept as hashes, so that who reads the table cannot use them.

use db::{Conn, on};
use jcore::login::token_hash;
use jcore::{Act, Result};
use kernel::UserId;
use uuid::Uuid;

/// What a link is for, and how long it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A new password; also unlocks.
    Reset,
    /// The first password of an invited person.
    Invite,
    /// That a registered mail address is the person's own.
    Confirm,
}

impl Purpose {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::Invite => "invite",
            Self::Confirm => "confirm",
        }
    }

    /// Seconds: a reset is done at once, an invitation waits in an office for days.
    pub(crate) fn life_secs(self) -> i64 {
        match self {
            Self::Reset => 2 * 3600,
            Self::Invite => 14 * 24 * 3600,
            Self::Confirm => 3 * 24 * 3600,
        }
    }
}

/// Makes a link's token; earlier ones of the person for the same purpose no longer hold.
pub(crate) async fn make(act: &mut Act, user: UserId, purpose: Purpose) -> Result<String> {
    let token = act.app().ids.token();
    let (now, until) = (act.now.micros(), act.now.plus_secs(purpose.life_secs()).micros());
    on!(&mut act.conn, c => sqlx::query("DELETE FROM mail_token WHERE user_id = $1 AND purpose = $2")
        .bind(user.uuid()).bind(purpose.code()).execute(c).await.map(|_| ()))?;
    on!(&mut act.conn, c => sqlx::query("INSERT INTO mail_token (token_hash, user_id, purpose, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(token_hash(&token)).bind(user.uuid()).bind(purpose.code()).bind(now).bind(until).execute(c).await.map(|_| ()))?;
    Ok(token)
}

/// Whose token it is, while it holds and was not used.
pub(crate) async fn owner(conn: &mut Conn, token: &str, purposes: &[Purpose], now: i64) -> Result<Option<UserId>> {
    let row: Option<(Uuid, String)> = on!(conn, c => sqlx::query_as(
        "SELECT user_id, purpose FROM mail_token WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2")
        .bind(token_hash(token)).bind(now).fetch_optional(c).await)?;
    Ok(row
        .filter(|(_, p)| purposes.iter().any(|q| q.code() == p))
        .map(|(id, _)| id.into()))
}

/// Uses a token up; false when somebody else did.
pub(crate) async fn spend(act: &mut Act, token: &str) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query("UPDATE mail_token SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2")
        .bind(token_hash(token)).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Forgets all links of a person.
pub(crate) async fn forget(act: &mut Act, user: UserId) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query("DELETE FROM mail_token WHERE user_id = $1").bind(user.uuid()).execute(c).await.map(|_| ()))?;
    Ok(())
}
