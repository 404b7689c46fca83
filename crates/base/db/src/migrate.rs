//! Schema: two folders of migrations, and a reading of what they made, by which a test shows that both say the same.

use std::collections::BTreeMap;

use sqlx::migrate::Migrator;

use crate::{Conn, Db, Result, on};

static LITE: Migrator = sqlx::migrate!("./migrations/sqlite");
static BIDS: Migrator = sqlx::migrate!("./migrations/bids");
static PG: Migrator = sqlx::migrate!("./migrations/postgres");

impl Db {
    /// Applies the migrations that are missing. Safe to call at every start.
    ///
    /// # Errors
    /// When a migration fails, or when the database was made by a newer version.
    pub async fn migrate(&self) -> Result<()> {
        match self {
            Self::Lite { write, .. } => LITE.run(write).await?,
            Self::Pg(pool) => PG.run(pool).await?,
        }
        Ok(())
    }

    /// Applies the migrations of the file that holds the logs of lots, where the store is SQLite; on PostgreSQL they are among
    /// the others.
    ///
    /// # Errors
    /// When a migration fails, or when the file was made by a newer version.
    pub async fn migrate_bids(&self) -> Result<()> {
        match self {
            Self::Lite { write, .. } => BIDS.run(write).await?,
            Self::Pg(_) => {}
        }
        Ok(())
    }

    /// The migrations that were not applied yet, by name; all of them for an empty database. Changes nothing.
    ///
    /// # Errors
    /// The store's.
    pub async fn pending(&self) -> Result<Vec<String>> {
        let migrator = match self {
            Self::Lite { .. } => &LITE,
            Self::Pg(_) => &PG,
        };
        let mut conn = self.read().await?;
        let there = match &mut conn {
            Conn::Lite(c) => {
                sqlx::query_scalar::<_, i64>("SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'")
                    .fetch_one(&mut **c)
                    .await?
            }
            Conn::Pg(c) => {
                sqlx::query_scalar::<_, i64>(
                    "SELECT count(*) FROM pg_class WHERE oid = to_regclass('_sqlx_migrations')",
                )
                .fetch_one(&mut **c)
                .await?
            }
        };
        let applied: Vec<i64> = if there == 0 {
            Vec::new()
        } else {
            on!(&mut conn, c => sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success").fetch_all(c).await)?
        };
        let missing = migrator.iter().filter(|m| !applied.contains(&m.version));
        Ok(missing.map(|m| format!("{:04} {}", m.version, m.description)).collect())
    }
}

/// One column, in words that both engines share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// `int`, `text`, `bytes`, `bool`.
    pub kind: String,
    /// Whether it refuses NULL.
    pub required: bool,
}

/// Tables with their columns, and indexes with theirs (as `index NAME`), without the migration tool's own table.
///
/// # Errors
/// The store's.
pub async fn schema(conn: &mut Conn) -> Result<BTreeMap<String, Vec<Column>>> {
    match conn {
        Conn::Lite(c) => lite_schema(c).await,
        Conn::Pg(c) => pg_schema(c).await,
    }
}

fn kind_of(declared: &str) -> String {
    match declared.to_ascii_lowercase().as_str() {
        "bigint" | "integer" => "int",
        "text" => "text",
        "blob" | "uuid" | "bytea" => "bytes",
        "boolean" => "bool",
        other => return other.to_owned(),
    }
    .to_owned()
}

async fn lite_schema(c: &mut sqlx::SqliteConnection) -> Result<BTreeMap<String, Vec<Column>>> {
    let rows: Vec<(String, String, String, i64, i64)> = sqlx::query_as(
        "SELECT m.name, p.name, p.type, p.\"notnull\", p.pk FROM sqlite_master m, pragma_table_info(m.name) p \
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '_sqlx%' ORDER BY 1, 2",
    )
    .fetch_all(&mut *c)
    .await?;
    let mut out: BTreeMap<String, Vec<Column>> = BTreeMap::new();
    for (table, name, kind, notnull, pk) in rows {
        out.entry(table).or_default().push(Column {
            name,
            kind: kind_of(&kind),
            required: notnull == 1 || pk > 0,
        });
    }
    let indexes: Vec<(String, String, i64)> = sqlx::query_as(
        "SELECT m.name, coalesce(i.name, 'expression'), i.seqno FROM sqlite_master m, pragma_index_info(m.name) i \
         WHERE m.type = 'index' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, i.seqno",
    )
    .fetch_all(&mut *c)
    .await?;
    for (index, name, _) in indexes {
        out.entry(format!("index {index}")).or_default().push(Column {
            name,
            kind: String::new(),
            required: false,
        });
    }
    Ok(out)
}

async fn pg_schema(c: &mut sqlx::PgConnection) -> Result<BTreeMap<String, Vec<Column>>> {
    let rows: Vec<(String, String, String, bool)> = sqlx::query_as(
        "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'NO' FROM information_schema.columns \
         WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_sqlx%' ORDER BY 1, 2",
    )
    .fetch_all(&mut *c)
    .await?;
    let mut out: BTreeMap<String, Vec<Column>> = BTreeMap::new();
    for (table, name, kind, required) in rows {
        out.entry(table).or_default().push(Column {
            name,
            kind: kind_of(&kind),
            required,
        });
    }
    let indexes: Vec<(String, String)> = sqlx::query_as(
        "SELECT c.relname::text, CASE WHEN i.indkey[a.attnum - 1] = 0 THEN 'expression' ELSE a.attname::text END FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
         JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace \
         JOIN pg_attribute a ON a.attrelid = c.oid \
         WHERE n.nspname = current_schema() AND NOT i.indisprimary AND t.relname NOT LIKE '\\_sqlx%' \
         ORDER BY c.relname, a.attnum",
    )
    .fetch_all(&mut *c)
    .await?;
    for (index, name) in indexes {
        out.entry(format!("index {index}")).or_default().push(Column {
            name,
            kind: String::new(),
            required: false,
        });
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    /// The names of a store's migrations.
    fn names(store: &str) -> BTreeSet<String> {
        let folder = format!("{}/migrations/{store}", env!("CARGO_MANIFEST_DIR"));
        let files = std::fs::read_dir(folder).unwrap();
        files
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    #[test]
    fn migrations_have_a_number_each_and_both_stores_the_same() {
        let (lite, postgres) = (names("sqlite"), names("postgres"));
        // The log of bids is a file of its own beside SQLite's, and tables in PostgreSQL.
        let only: Vec<&String> = postgres.symmetric_difference(&lite).collect();
        // How wide rows are kept is PostgreSQL's matter alone.
        assert_eq!(only, ["0008_bidlog.sql", "0015_wide_rows.sql"]);
        let numbers: BTreeSet<&str> = postgres.iter().map(|name| name.split('_').next().unwrap()).collect();
        assert_eq!(numbers.len(), postgres.len(), "two of one number: {postgres:?}");
    }
}
