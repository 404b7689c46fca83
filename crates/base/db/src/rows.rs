//! Many rows in as few statements as an engine likes: on SQLite the values of a part of the rows one after the other, on
//! PostgreSQL an array a column, which is read and planned in no time however many rows there are.

use std::fmt::Write as _;

use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::{Conn, Result, by_powers};

/// Values that one statement binds at most on SQLite (its own limit is 32,766).
const LITE_VALUES_MAX: usize = 30_000;
/// Rows of one statement at most. More would hold others up without gain.
const ROWS_MAX: usize = 1_024;
/// Rows from which on it is worth telling PostgreSQL that there are many.
const PG_MANY: usize = 16;
/// PostgreSQL looks up what each row refers to by a statement of its own, and our connections have each plan made anew
/// ([`crate::conn`]): for many rows that takes longer than all else. So they share one plan, which must not be to go
/// through a table that was empty when it was made.
const PG_SHARED_PLANS: &str = "SET LOCAL plan_cache_mode TO auto; SET LOCAL enable_seqscan TO off";
/// As the connection has it otherwise.
const PG_OWN_PLANS: &str = "SET LOCAL plan_cache_mode TO DEFAULT; SET LOCAL enable_seqscan TO DEFAULT";

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Ids.
    Id,
    /// Texts.
    Text,
    /// Numbers, instants, money.
    Int,
    /// Truth values.
    Bool,
    /// Bytes.
    Bytes,
}

impl Holds {
    fn pg(self) -> &'static str {
        match self {
            Self::Id => "uuid",
            Self::Text => "text",
            Self::Int => "bigint",
            Self::Bool => "boolean",
            Self::Bytes => "bytea",
        }
    }
}

/// A value of a row; none is NULL.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// An id.
    Id(Option<Uuid>),
    /// A text.
    Text(Option<&'a str>),
    /// A number, an instant, money.
    Int(Option<i64>),
    /// A truth value.
    Bool(Option<bool>),
    /// Bytes.
    Bytes(Option<&'a [u8]>),
}

impl Cell<'_> {
    fn holds(self) -> Holds {
        match self {
            Self::Id(_) => Holds::Id,
            Self::Text(_) => Holds::Text,
            Self::Int(_) => Holds::Int,
            Self::Bool(_) => Holds::Bool,
            Self::Bytes(_) => Holds::Bytes,
        }
    }
}

impl From<Uuid> for Cell<'_> {
    fn from(v: Uuid) -> Self {
        Self::Id(Some(v))
    }
}
impl From<Option<Uuid>> for Cell<'_> {
    fn from(v: Option<Uuid>) -> Self {
        Self::Id(v)
    }
}
impl<'a> From<&'a str> for Cell<'a> {
    fn from(v: &'a str) -> Self {
        Self::Text(Some(v))
    }
}
impl<'a> From<Option<&'a str>> for Cell<'a> {
    fn from(v: Option<&'a str>) -> Self {
        Self::Text(v)
    }
}
impl From<i64> for Cell<'_> {
    fn from(v: i64) -> Self {
        Self::Int(Some(v))
    }
}
impl From<Option<i64>> for Cell<'_> {
    fn from(v: Option<i64>) -> Self {
        Self::Int(v)
    }
}
impl From<bool> for Cell<'_> {
    fn from(v: bool) -> Self {
        Self::Bool(Some(v))
    }
}
impl<'a> From<Option<&'a [u8]>> for Cell<'a> {
    fn from(v: Option<&'a [u8]>) -> Self {
        Self::Bytes(v)
    }
}
impl<'a> From<&'a [u8]> for Cell<'a> {
    fn from(v: &'a [u8]) -> Self {
        Self::Bytes(Some(v))
    }
}

/// Rows of some columns, to be written together.
#[derive(Debug, Clone)]
pub struct Rows<'a, const N: usize> {
    columns: [(&'static str, Holds); N],
    same: Vec<(&'static str, Cell<'a>)>,
    rows: Vec<[Cell<'a>; N]>,
}

/// A change of many rows at once.
#[derive(Debug, Clone, Copy)]
pub struct Revision {
    /// The table.
    pub table: &'static str,
    /// The column by which its rows are found, which is one here, too.
    pub key: &'static str,
    /// What is set: `a = v.a, b = 1`.
    pub set: &'static str,
    /// Which alone: `t.state = 'ready'`.
    pub only: &'static str,
}

impl Revision {
    /// What stands behind the rows. SQLite takes a thousand rows here for as many as any table has, and goes through all of
    /// the table; the plus forbids it to look the other way round.
    fn tail(&self, is_lite: bool) -> String {
        let Self { table, key, set, only } = self;
        let plus = if is_lite { "+" } else { "" };
        format!(") UPDATE {table} SET {set} FROM v WHERE {table}.{key} = {plus}v.{key} AND {only}")
    }
}

impl<'a, const N: usize> Rows<'a, N> {
    /// No rows yet, of these columns.
    #[must_use]
    pub fn of(columns: [(&'static str, Holds); N]) -> Self {
        Self {
            columns,
            same: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// A column that holds the same in all rows.
    #[must_use]
    pub fn all(mut self, column: &'static str, cell: impl Into<Cell<'a>>) -> Self {
        self.same.push((column, cell.into()));
        self
    }

    /// Adds a row, in the order of the columns. A value of another kind than its column's is an error when the rows are
    /// written.
    pub fn push(&mut self, row: [Cell<'a>; N]) {
        self.rows.push(row);
    }

    /// Writes the rows into a table. `tail` goes behind: `ON CONFLICT DO NOTHING`, or nothing.
    ///
    /// # Errors
    /// The store's.
    pub async fn insert(&self, conn: &mut Conn, table: &'static str, tail: &'static str) -> Result<u64> {
        let head = format!("INSERT INTO {table} ({}) ", self.names());
        let is_many = self.rows.len() >= PG_MANY;
        share_plans(conn, is_many, PG_SHARED_PLANS).await?;
        // After an error the transaction is lost, and its settings with it.
        let done = self.run(conn, &head, tail).await?;
        share_plans(conn, is_many, PG_OWN_PLANS).await?;
        Ok(done)
    }

    /// Changes the rows of a table whose `key` is that of a row here. `set` and `only`, a condition, may name what is here
    /// as `v.column`. Gives how many were changed.
    ///
    /// # Errors
    /// The store's.
    pub async fn update(&self, conn: &mut Conn, revision: &Revision) -> Result<u64> {
        let tail = revision.tail(matches!(conn, Conn::Lite(_)));
        self.run(conn, &self.change_head(), &tail).await
    }

    fn change_head(&self) -> String {
        format!("WITH v ({}) AS (", self.names())
    }

    /// The columns in the order in which values are bound: those that all rows share first.
    fn names(&self) -> String {
        let same = self.same.iter().map(|(name, _)| *name);
        let names: Vec<&str> = same.chain(self.columns.iter().map(|(name, _)| *name)).collect();
        names.join(", ")
    }

    /// SQLite would keep a value of the wrong kind without a word, so it is looked for before either engine is asked.
    fn check(&self) -> Result<()> {
        for (at, (name, holds)) in self.columns.iter().enumerate() {
            if let Some(row) = self.rows.iter().find(|row| row[at].holds() != *holds) {
                return Err(wrong(name, *holds, row[at].holds()));
            }
        }
        Ok(())
    }

    async fn run(&self, conn: &mut Conn, head: &str, tail: &str) -> Result<u64> {
        self.check()?;
        let mut done = 0;
        match conn {
            Conn::Lite(holder) => {
                let most = LITE_VALUES_MAX / (self.same.len() + N).max(1);
                for part in by_powers(&self.rows, most.min(ROWS_MAX)) {
                    let sql = self.lite(head, part.len(), tail);
                    let mut query = sqlx::query(AssertSqlSafe(sql));
                    for row in part {
                        let same = self.same.iter().map(|(_, cell)| cell);
                        for cell in same.chain(row) {
                            query = bind_lite(query, *cell);
                        }
                    }
                    done += query.execute(&mut **holder).await?.rows_affected();
                }
            }
            Conn::Pg(holder) => {
                let sql = self.pg(head, tail);
                for part in self.rows.chunks(ROWS_MAX) {
                    let mut query = sqlx::query(AssertSqlSafe(sql.clone()));
                    for (_, cell) in &self.same {
                        query = bind_pg(query, *cell);
                    }
                    for (at, (_, holds)) in self.columns.iter().enumerate() {
                        query = bind_column(query, part.iter().map(|row| row[at]), *holds);
                    }
                    done += query.execute(&mut **holder).await?.rows_affected();
                }
            }
        }
        Ok(done)
    }

    /// The statement for so many rows on SQLite. Its places have no numbers: SQLite keeps those in a list that it goes
    /// through for each, so that thousands take seconds.
    fn lite(&self, head: &str, rows: usize, tail: &str) -> String {
        let mut row = "?, ".repeat(self.same.len() + N);
        row.truncate(row.len().saturating_sub(2));
        let mut sql = String::with_capacity(head.len() + tail.len() + 8 + rows * (row.len() + 4));
        sql.push_str(head);
        sql.push_str("VALUES ");
        for at in 0..rows {
            sql.push_str(if at == 0 { "(" } else { ", (" });
            sql.push_str(&row);
            sql.push(')');
        }
        sql.push(' ');
        sql.push_str(tail);
        sql
    }

    /// The statement on PostgreSQL, for any number of rows.
    fn pg(&self, head: &str, tail: &str) -> String {
        let mut sql = format!("{head}SELECT ");
        for (at, (_, cell)) in self.same.iter().enumerate() {
            let _ = write!(sql, "${}::{}, ", at + 1, cell.holds().pg());
        }
        sql.push_str("u.* FROM UNNEST(");
        for (at, (_, holds)) in self.columns.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            let _ = write!(sql, "{comma}${}::{}[]", self.same.len() + at + 1, holds.pg());
        }
        sql.push_str(") AS u ");
        sql.push_str(tail);
        sql
    }
}

/// Sets how PostgreSQL plans until the end of the transaction.
async fn share_plans(conn: &mut Conn, is_many: bool, setting: &'static str) -> Result<()> {
    match conn {
        Conn::Pg(holder) if is_many => {
            // Two statements, one round trip.
            sqlx::raw_sql(setting).execute(&mut **holder).await?;
        }
        _ => {}
    }
    Ok(())
}

type LiteQuery<'q> = sqlx::query::Query<'q, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>;
type PgQuery<'q> = sqlx::query::Query<'q, sqlx::Postgres, sqlx::postgres::PgArguments>;

fn bind_lite<'q>(query: LiteQuery<'q>, cell: Cell<'q>) -> LiteQuery<'q> {
    match cell {
        Cell::Id(v) => query.bind(v),
        Cell::Text(v) => query.bind(v),
        Cell::Int(v) => query.bind(v),
        Cell::Bool(v) => query.bind(v),
        Cell::Bytes(v) => query.bind(v),
    }
}

fn bind_pg<'q>(query: PgQuery<'q>, cell: Cell<'q>) -> PgQuery<'q> {
    match cell {
        Cell::Id(v) => query.bind(v),
        Cell::Text(v) => query.bind(v),
        Cell::Int(v) => query.bind(v),
        Cell::Bool(v) => query.bind(v),
        Cell::Bytes(v) => query.bind(v),
    }
}

/// Binds a column of some rows as one array.
fn bind_column<'q>(query: PgQuery<'q>, cells: impl Iterator<Item = Cell<'q>>, holds: Holds) -> PgQuery<'q> {
    macro_rules! column {
        ($kind:ident) => {{
            let values = cells.map(|cell| match cell {
                Cell::$kind(value) => value,
                // Looked for before, in `check`.
                _ => None,
            });
            query.bind(values.collect::<Vec<_>>())
        }};
    }
    match holds {
        Holds::Id => column!(Id),
        Holds::Text => column!(Text),
        Holds::Int => column!(Int),
        Holds::Bool => column!(Bool),
        Holds::Bytes => column!(Bytes),
    }
}

fn wrong(name: &'static str, expected: Holds, found: Holds) -> crate::Error {
    let text = format!("column {name} holds {expected:?}, a row has {found:?}");
    crate::Error::Other(sqlx::Error::Encode(text.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> Rows<'static, 2> {
        let mut rows = Rows::of([("id", Holds::Id), ("title", Holds::Text)]).all("at", 7_i64);
        for n in 0..2 {
            rows.push([Uuid::from_u128(n).into(), "x".into()]);
        }
        rows
    }

    #[test]
    fn places_have_no_numbers_on_sqlite() {
        assert_eq!(
            two().lite("INSERT INTO t (at, id, title) ", 2, ""),
            "INSERT INTO t (at, id, title) VALUES (?, ?, ?), (?, ?, ?) "
        );
    }

    #[tokio::test]
    async fn a_change_finds_its_rows_by_their_key() {
        let mut lite = <sqlx::SqliteConnection as sqlx::Connection>::connect("sqlite::memory:")
            .await
            .unwrap();
        let table = "CREATE TABLE t (at INTEGER, id BLOB NOT NULL PRIMARY KEY, title TEXT, state TEXT)";
        sqlx::query(table).execute(&mut lite).await.unwrap();
        let revision = Revision {
            table: "t",
            key: "id",
            set: "title = v.title, at = v.at",
            only: "t.state = 'x'",
        };
        for rows in [2, 256, ROWS_MAX] {
            let sql = two().lite(&two().change_head(), rows, &revision.tail(true));
            let asked = sqlx::query_as(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")));
            let plan: Vec<(i64, i64, i64, String)> = asked.fetch_all(&mut lite).await.unwrap();
            let steps: Vec<&str> = plan.iter().map(|step| step.3.as_str()).collect();
            assert!(steps.iter().any(|step| step.starts_with("SEARCH t USING")), "{steps:?}");
            assert!(!steps.iter().any(|step| step.starts_with("SCAN t")), "{steps:?}");
        }
    }

    #[test]
    fn a_value_of_another_kind_is_refused() {
        let mut rows = two();
        assert!(rows.check().is_ok());
        rows.push([Uuid::from_u128(3).into(), true.into()]);
        let error = rows.check().unwrap_err();
        assert!(
            error.to_string().contains("column title holds Text, a row has Bool"),
            "{error}"
        );
    }

    #[test]
    fn an_array_a_column() {
        assert_eq!(
            two().pg("INSERT INTO t (at, id, title) ", "ON CONFLICT DO NOTHING"),
            "INSERT INTO t (at, id, title) SELECT $1::bigint, u.* FROM UNNEST($2::uuid[], $3::text[]) AS u ON CONFLICT DO NOTHING"
        );
    }
}
