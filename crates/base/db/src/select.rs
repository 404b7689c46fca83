//! Queries whose conditions are put together while running: lists with filters.
//!
//! Fragments are `&'static str`, so no text from outside can become SQL; values travel as bound parameters.

use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::{Conn, Result};

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
    conditions: Vec<Condition>,
    tail: String,
    args: Vec<Value>,
}

/// A condition under construction.
#[derive(Debug, Clone)]
enum Condition {
    /// As it is written.
    Text(String),
    /// A column that is one of the values of a list, which is bound as one: its place, and what it holds.
    Among(&'static str, usize, Holds),
}

/// What is bound at a place.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    One(Arg),
    Texts(Vec<String>),
    Ints(Vec<i64>),
    Ids(Vec<Uuid>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    Plain,
    Ids,
}

/// From so many values on a list is bound as one value. Its statement has the same text however long the list is, so that
/// it is prepared once; and an engine reads names of a thousand places slowly.
const LIST_MIN: usize = 9;

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
                    self.args.push(Value::One(arg.clone()));
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
        self.conditions.push(Condition::Text(text));
        self
    }

    /// Adds `column IN (…)` for a list of values of one kind; an empty list matches nothing.
    pub fn and_in(&mut self, column: &'static str, args: &[Arg]) -> &mut Self {
        if let Some((list, holds)) = as_list(args) {
            self.args.push(list);
            self.conditions.push(Condition::Among(column, self.args.len(), holds));
            return self;
        }
        let mut marks = Vec::with_capacity(args.len());
        for arg in args {
            self.args.push(Value::One(arg.clone()));
            marks.push(format!("${}", self.args.len()));
        }
        self.conditions.push(Condition::Text(if marks.is_empty() {
            "1 = 0".to_owned()
        } else {
            format!("{column} IN ({})", marks.join(", "))
        }));
        self
    }

    /// Ends with GROUP BY, ORDER BY, LIMIT; each `?` takes the next value. Called after all conditions.
    pub fn end(&mut self, fragment: &'static str, args: &[Arg]) -> &mut Self {
        let text = self.fill(fragment, args);
        self.tail.push(' ');
        self.tail.push_str(&text);
        self
    }

    fn sql(&self, is_lite: bool) -> String {
        let mut sql = self.head.to_owned();
        for (i, condition) in self.conditions.iter().enumerate() {
            sql.push_str(if i == 0 { " WHERE " } else { " AND " });
            match condition {
                Condition::Text(text) => sql.push_str(text),
                Condition::Among(column, place, holds) => {
                    let list = match (is_lite, holds) {
                        (false, _) => format!("= ANY(${place})"),
                        (true, Holds::Plain) => format!("IN (SELECT value FROM json_each(${place}))"),
                        // JSON has no bytes.
                        (true, Holds::Ids) => format!("IN (SELECT unhex(value) FROM json_each(${place}))"),
                    };
                    sql.push_str(column);
                    sql.push(' ');
                    sql.push_str(&list);
                }
            }
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
        let sql = AssertSqlSafe(self.sql(matches!(conn, Conn::Lite(_))));
        match conn {
            Conn::Lite(holder) => {
                let mut query = sqlx::query_as(sql);
                for arg in &self.args {
                    query = match arg {
                        Value::One(Arg::Text(v)) => query.bind(v.clone()),
                        Value::One(Arg::Int(v)) => query.bind(*v),
                        Value::One(Arg::Id(v)) => query.bind(*v),
                        Value::One(Arg::Bool(v)) => query.bind(*v),
                        Value::Texts(list) => query.bind(json(list)?),
                        Value::Ints(list) => query.bind(json(list)?),
                        Value::Ids(list) => {
                            let list: Vec<String> = list.iter().map(|id| id.simple().to_string()).collect();
                            query.bind(json(&list)?)
                        }
                    };
                }
                Ok(query.fetch_all(&mut **holder).await?)
            }
            Conn::Pg(holder) => {
                let mut query = sqlx::query_as(sql);
                for arg in &self.args {
                    query = match arg {
                        Value::One(Arg::Text(v)) => query.bind(v.clone()),
                        Value::One(Arg::Int(v)) => query.bind(*v),
                        Value::One(Arg::Id(v)) => query.bind(*v),
                        Value::One(Arg::Bool(v)) => query.bind(*v),
                        Value::Texts(list) => query.bind(list.clone()),
                        Value::Ints(list) => query.bind(list.clone()),
                        Value::Ids(list) => query.bind(list.clone()),
                    };
                }
                Ok(query.fetch_all(&mut **holder).await?)
            }
        }
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

/// Long lists of one kind, to be bound as one value.
fn as_list(args: &[Arg]) -> Option<(Value, Holds)> {
    if args.len() < LIST_MIN {
        return None;
    }
    match args.first()? {
        Arg::Text(_) => {
            let texts = args.iter().map(|arg| match arg {
                Arg::Text(text) => Some(text.clone()),
                _ => None,
            });
            Some((Value::Texts(texts.collect::<Option<_>>()?), Holds::Plain))
        }
        Arg::Int(_) => {
            let ints = args.iter().map(|arg| match arg {
                Arg::Int(int) => Some(*int),
                _ => None,
            });
            Some((Value::Ints(ints.collect::<Option<_>>()?), Holds::Plain))
        }
        Arg::Id(_) => {
            let ids = args.iter().map(|arg| match arg {
                Arg::Id(id) => Some(*id),
                _ => None,
            });
            Some((Value::Ids(ids.collect::<Option<_>>()?), Holds::Ids))
        }
        Arg::Bool(_) => None,
    }
}

fn json<T: serde::Serialize>(list: &[T]) -> Result<String> {
    serde_json::to_string(list).map_err(|e| crate::Error::Other(sqlx::Error::Encode(Box::new(e))))
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
            s.sql(true),
            "SELECT a FROM t WHERE b = $1 AND (c LIKE $2 OR d = $3) AND 1 = 0 ORDER BY a LIMIT $4 OFFSET $5"
        );
        let count = s.with_head("SELECT count(*) FROM t");
        assert_eq!(
            count.sql(true),
            "SELECT count(*) FROM t WHERE b = $1 AND (c LIKE $2 OR d = $3) AND 1 = 0"
        );
        assert_eq!(count.args.len(), 3);
    }
    #[test]
    fn a_long_list_is_one_value() {
        let ints: Vec<Arg> = (0..9).map(Arg::Int).collect();
        let ids: Vec<Arg> = (0..9).map(|n| Arg::Id(Uuid::from_u128(n))).collect();
        let mut s = Select::new("SELECT a FROM t");
        s.and("b = ?", &[1.into()]).and_in("c", &ints).and_in("d", &ids);
        s.end("LIMIT ?", &[20.into()]);
        assert_eq!(
            s.sql(true),
            "SELECT a FROM t WHERE b = $1 AND c IN (SELECT value FROM json_each($2)) \
             AND d IN (SELECT unhex(value) FROM json_each($3)) LIMIT $4"
        );
        assert_eq!(
            s.sql(false),
            "SELECT a FROM t WHERE b = $1 AND c = ANY($2) AND d = ANY($3) LIMIT $4"
        );
        // A list of several kinds is bound one by one, whatever it means.
        let mut mixed = ints;
        mixed.push("x".into());
        let mut s = Select::new("SELECT a FROM t");
        s.and_in("c", &mixed);
        assert_eq!(s.args.len(), 10);
    }
}
