//! A PostgreSQL for tests: the one named by `JIEBANG_TEST_PG`, or a cluster made here by initdb; each test gets a database of
//! its own, copied from a migrated template.

use std::path::Path;
use std::sync::OnceLock;

pub use crate::pg_cluster::Cluster;

/// The environment variable that names a server: `postgres://user@host:port/postgres`.
pub const ENV: &str = "JIEBANG_TEST_PG";

/// The server for this process: named by the environment, else started once; none when there is no PostgreSQL.
pub fn server() -> Option<&'static str> {
    static SERVER: OnceLock<Option<(String, Option<Cluster>)>> = OnceLock::new();
    SERVER
        .get_or_init(|| {
            if let Ok(url) = std::env::var(ENV) {
                return Some((url, None));
            }
            match Cluster::start() {
                Ok(Some(cluster)) => Some((cluster.url.clone(), Some(cluster))),
                Ok(None) => {
                    eprintln!("left out: PostgreSQL is not installed (apt-get install postgresql)");
                    None
                }
                Err(e) => panic!("PostgreSQL is installed but does not start: {e:#}"),
            }
        })
        .as_ref()
        .map(|(url, _)| url.as_str())
}

/// The key of the lock under which the template is made: any number of our own.
const TEMPLATE_LOCK: i64 = 7_251_163;

/// A fresh, migrated database on the server; none when there is no PostgreSQL.
///
/// # Panics
/// When the server does not do as asked: a test cannot go on.
pub async fn fresh_database() -> Option<String> {
    let server = server()?;
    let with_name = |name: &str| {
        let (head, _) = server.rsplit_once('/').expect("an address with a database");
        format!("{head}/{name}")
    };
    use sqlx::{AssertSqlSafe, Connection, Executor};
    let mut admin = sqlx::PgConnection::connect(server).await.expect("PostgreSQL answers");
    // The template's name holds a fingerprint of the migrations: changed ones make a new template.
    let template = format!("jb_template_{:x}", fingerprint());
    sqlx::query("SELECT pg_advisory_lock($1)")
        .bind(TEMPLATE_LOCK)
        .execute(&mut admin)
        .await
        .expect("lock");
    let there: i64 = sqlx::query_scalar("SELECT count(*) FROM pg_database WHERE datname = $1")
        .bind(&template)
        .fetch_one(&mut admin)
        .await
        .expect("count");
    if there == 0 {
        let half = format!("{template}_new");
        admin
            .execute(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {half}")))
            .await
            .expect("drop");
        admin
            .execute(AssertSqlSafe(format!("CREATE DATABASE {half}")))
            .await
            .expect("create");
        let db = db::Db::open(&db::Options {
            url: with_name(&half),
            unsafe_fast: false,
        })
        .await
        .expect("open");
        db.migrate().await.expect("migrate");
        db.close().await;
        admin
            .execute(AssertSqlSafe(format!("ALTER DATABASE {half} RENAME TO {template}")))
            .await
            .expect("rename");
    }
    static COUNT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    // A test runner may run each test in a process of its own: the process's number tells them apart.
    let name = format!("jb_test_{}_{number}", std::process::id());
    admin
        .execute(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name}")))
        .await
        .expect("drop");
    admin
        .execute(AssertSqlSafe(format!("CREATE DATABASE {name} TEMPLATE {template}")))
        .await
        .expect("copy");
    sqlx::query("SELECT pg_advisory_unlock($1)")
        .bind(TEMPLATE_LOCK)
        .execute(&mut admin)
        .await
        .expect("unlock");
    Some(with_name(&name))
}

fn fingerprint() -> u64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../base/db/migrations/postgres");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("migrations")
        .filter_map(|e| Some(e.ok()?.path()))
        .collect();
    files.sort();
    files
        .iter()
        .flat_map(|f| std::fs::read(f).expect("a migration"))
        .fold(0xcbf2_9ce4_8422_2325, |h: u64, b| {
            (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
        })
}
