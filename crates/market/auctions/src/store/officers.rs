//! The numbers by which officers stand in the logs.

use db::{Conn, Select, on};
use jcore::{Act, Fault, Result};
use uuid::Uuid;

/// An officer's number, given at the first need.
pub(crate) async fn number(act: &mut Act, user: Uuid) -> Result<u32> {
    let known: Option<i64> = on!(&mut act.conn, c => sqlx::query_scalar("SELECT number FROM lot_officer WHERE user_id = $1")
        .bind(user).fetch_optional(c).await)?;
    let number = match known {
        Some(number) => number,
        None => {
            let next = Select::new("SELECT coalesce(max(number), 0) + 1 FROM lot_officer")
                .number(&mut act.conn)
                .await?;
            on!(&mut act.conn, c => sqlx::query("INSERT INTO lot_officer (number, user_id) VALUES ($1, $2)")
                .bind(next).bind(user).execute(c).await.map(|_| ()))?;
            next
        }
    };
    u32::try_from(number).map_err(|e| Fault::internal(e.to_string()))
}

/// An officer's number, where they have one.
pub(crate) async fn known(conn: &mut Conn, user: Uuid) -> Result<Option<u32>> {
    let number: Option<i64> = on!(conn, c => sqlx::query_scalar("SELECT number FROM lot_officer WHERE user_id = $1")
        .bind(user).fetch_optional(c).await)?;
    Ok(number.and_then(|number| u32::try_from(number).ok()))
}
