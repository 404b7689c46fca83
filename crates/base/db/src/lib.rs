//! The one door to SQLite and PostgreSQL.
//!
//! The same SQL text, row struct and bind chain serve both engines through the [`on!`] macro; the little SQL that they
//! don't share stays in this crate. Instants are `BIGINT` microseconds and money is `BIGINT` 分 in both, ids are uuids,
//! days are `TEXT` in ISO form (which sorts as time does). On SQLite there is one writing connection, whose
//! transactions begin IMMEDIATE, and several reading ones; on PostgreSQL one pool serves both.

mod changes;
mod conn;
mod error;
mod migrate;
mod parts;
mod rows;
mod select;

pub use changes::{
    Change, Cursor, ROWS_A_STATEMENT, append_changes, changes_after, changes_head, read_changes, save_cursor,
};
pub use conn::{Conn, Db, Options};
pub use error::{Error, Result};
pub use migrate::{Column, schema};
pub use parts::{by_powers, for_ids};
pub use rows::{Cell, Holds, Revision, Rows};
pub use select::{Arg, Select};

/// Runs one body against whichever engine the connection belongs to. The body is compiled twice, once for each driver.
///
/// ```ignore
/// on!(conn, c => sqlx::query("DELETE FROM setting WHERE key = $1").bind(key).execute(c).await.map(|d| d.rows_affected()))
/// ```
#[macro_export]
macro_rules! on {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn {
            $crate::Conn::Lite(holder) => {
                let $c = &mut **holder;
                $body
            }
            $crate::Conn::Pg(holder) => {
                let $c = &mut **holder;
                $body
            }
        }
    };
}
