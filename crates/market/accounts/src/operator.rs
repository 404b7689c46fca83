//! What whoever runs the machine does to accounts from the command line: for the day when nobody can sign in any more.

use std::collections::HashMap;

use db::Conn;
use jcore::{Act, Result, login};
use kernel::UserId;
use serde_json::json;
use uuid::Uuid;

use crate::model::UserState;
use crate::password::Hashed;
use crate::store;
use crate::store::lists::UserFilter;

/// An account with its roles, for a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The mail address.
    pub email: String,
    /// The name.
    pub name: String,
    /// Where it stands: a code of [`crate::UserState`].
    pub state: String,
    /// The roles in force: code, organisation's name, region's code.
    pub roles: Vec<(String, Option<String>, Option<String>)>,
}

/// Accounts that are read at once.
const AT_ONCE: i64 = 200;

/// Every account, by name.
///
/// # Errors
/// The store's.
pub async fn all_users(conn: &mut Conn) -> Result<Vec<Account>> {
    let mut out = Vec::new();
    loop {
        let offset = i64::try_from(out.len()).unwrap_or(i64::MAX);
        let rows = store::lists::users(conn, &UserFilter::default(), AT_ONCE, offset).await?;
        if rows.is_empty() {
            return Ok(out);
        }
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut roles: HashMap<Uuid, Vec<_>> = HashMap::new();
        for (user, role, org, region) in store::lists::roles_of(conn, &ids).await? {
            roles.entry(user).or_default().push((role, org, region));
        }
        out.extend(rows.into_iter().map(|row| Account {
            roles: roles.remove(&row.id).unwrap_or_default(),
            email: row.email,
            name: row.name,
            state: row.state,
        }));
    }
}

/// Sets a password: unlocks the account, ends all its sessions and links, and makes an invited account active.
///
/// # Errors
/// The store's.
pub async fn set_password(act: &mut Act, user: UserId, password: &Hashed) -> Result<()> {
    store::people::set_password(act, user, password.as_str()).await?;
    if store::people::get(&mut act.conn, user).await?.state == UserState::Invited {
        store::people::set_state(act, user, UserState::Active).await?;
    }
    login::end_all(&mut act.conn, user, None).await?;
    store::links::forget(act, user).await?;
    act.note("user.password-set", "user", user.uuid(), json!({}));
    Ok(())
}
