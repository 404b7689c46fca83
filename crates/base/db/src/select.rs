//! Queries whose conditions are put together while running: lists with filters.
//!
//! Fragments are `&'static str`, so no text from outside can become SQL; values travel as bound parameters.

use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::{Conn, Result, on};

/// A bound value.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// Text.
    Text(String),
    /// A number, an instant, money.
    Int(i64),
    /// An id.
    Id(Uuid),
    /// A truth value.
    Bool(bool),
}

impl From<&str> for Arg {
    fn from(v: &str) -> Self {
        Self::Text(v.to_owned())
    }
}
impl From<String> for Arg {
    fn from(v: String) -> Self {
        Self::Text(v)
    }
}
impl From<i64> for Arg {
    fn from(v: i64) -> Self {
        Self::Int(v)
    }
}
impl From<Uuid> for Arg {
    fn from(v: Uuid) -> Self {
        Self::Id(v)
    }
}
impl From<bool> for Arg {
    fn from(v: bool) -> Self {
        Self::Bool(v)
    }
}

/// A SELECT under construction.
#[derive(Debug, Clone)]
pub struct Select {
    head: &'static str,
    conditions: Vec<String>,
    tail: String,
    args: Vec<Arg>,
}

impl Select {
    /// Begins with `SELECT … FROM …` (no WHERE).
    #[must_use]
    pub fn new(head: &'static str) -> Self {
        Self {
            head,
            conditions: Vec::new(),
            tail: String::new(),
            args: Vec::new(),
        }
    }

    /// The same conditions and values under another head: for counting what a list shows. Drops the tail.
    #[must_use]
    pub fn with_head(&self, head: &'static str) -> Self {
        let in_tail = self.tail.matches('$').count();
        let mut args = self.args.clone();
        args.truncate(args.len().saturating_sub(in_tail));
        Self {
            head,
            conditions: self.conditions.clone(),
            tail: String::new(),
            args,
        }
    }

    fn fill(&mut self, fragment: &'static str, args: &[Arg]) -> String {
        let mut out = String::with_capacity(fragment.len() + 8);
        let mut given = args.iter();
        for part in fragment.split_inclusive('?') {
            if let Some(text) = part.strip_suffix('?') {
                out.push_str(text);
                if let Some(arg) = given.next() {
                    self.args.push(arg.clone());
                    out.push('$');
                    out.push_str(&self.args.len().to_string());
                }
            } else {
                out.push_str(part);
            }
        }
        out
    }

    /// Adds a condition joined by AND; each `?` takes the next value.
    pub fn and(&mut self, fragment: &'static str, args: &[Arg]) -> &mut Self {
        let text = self.fill(fragment, args);
        self.conditions.push(text);
        self
    }

    /// Adds `column IN (…)` for a list of values; an empty list matches nothing.
    pub fn and_in(&mut self, column: &'static str, args: &[Arg]) -> &mut Self {
        let mut marks = Vec::with_capacity(args.len());
        for arg in args {
            self.args.push(arg.clone());
            marks.push(format!("${}", self.args.len()));
        }
        self.conditions.push(if marks.is_empty() {
            "1 = 0".to_owned()
        } else {
            format!("{column} IN ({})", marks.join(", "))
        });
        self
    }

    /// Ends with GROUP BY, ORDER BY, LIMIT; each `?` takes the next value. Called after all conditions.
    pub fn end(&mut self, fragment: &'static str, args: &[Arg]) -> &mut Self {
        let text = self.fill(fragment, args);
        self.tail.push(' ');
        self.tail.push_str(&text);
        self
    }

    fn sql(&self) -> String {
        let mut sql = self.head.to_owned();
        for (i, condition) in self.conditions.iter().enumerate() {
            sql.push_str(if i == 0 { " WHERE " } else { " AND " });
            sql.push_str(condition);
        }
        sql.push_str(&self.tail);
        sql
    }

    /// All rows.
    ///
    /// # Errors
    /// The store's.
    pub async fn all<R>(&self, conn: &mut Conn) -> Result<Vec<R>>
    where
        R: Send + Unpin,
        R: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow> + for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>,
    {
        Ok(on!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(self.sql()));
            for arg in &self.args {
                query = match arg {
                    Arg::Text(v) => query.bind(v.clone()),
                    Arg::Int(v) => query.bind(*v),
                    Arg::Id(v) => query.bind(*v),
                    Arg::Bool(v) => query.bind(*v),
                };
            }
            query.fetch_all(c).await
        })?)
    }

    /// The one number that a `SELECT count(*)` gives.
    ///
    /// # Errors
    /// The store's.
    pub async fn number(&self, conn: &mut Conn) -> Result<i64> {
        let rows: Vec<(i64,)> = self.all(conn).await?;
        Ok(rows.first().map_or(0, |r| r.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_number_their_values() {
        let mut s = Select::new("SELECT a FROM t");
        s.and("b = ?", &[1.into()])
            .and("(c LIKE ? OR d = ?)", &["x".into(), true.into()])
            .and_in("e", &[]);
        s.end("ORDER BY a LIMIT ? OFFSET ?", &[20.into(), 40.into()]);
        assert_eq!(
            s.sql(),
            "SELECT a FROM t WHERE b = $1 AND (c LIKE $2 OR d = $3) AND 1 = 0 ORDER BY a LIMIT $4 OFFSET $5"
        );
        let count = s.with_head("SELECT count(*) FROM t");
        assert_eq!(
            count.sql(),
            "SELECT count(*) FROM t WHERE b = $1 AND (c LIKE $2 OR d = $3) AND 1 = 0"
        );
        assert_eq!(count.args.len(), 3);
    }
}
