//! Jobs: work beside the requests, each leased in the store so that one node does it at a time, and retried.

use std::sync::Arc;

use db::on;
use futures_util::future::BoxFuture;

use crate::{App, Result};

/// How long a job may run before another node may take it.
const LEASE_SECS: i64 = 300;

/// What a job does: returns how many things it did.
pub type Run = Arc<dyn Fn(App) -> BoxFuture<'static, Result<usize>> + Send + Sync>;

/// A job that comes round.
#[derive(Clone)]
pub struct Job {
    /// Its name.
    pub key: &'static str,
    /// Seconds between runs.
    pub every_secs: i64,
    /// What it does; idempotent, since a lost lease runs it again.
    pub run: Run,
}

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Job").field("key", &self.key).finish_non_exhaustive()
    }
}

impl Job {
    /// A job from an async function.
    pub fn new<F, R>(key: &'static str, every_secs: i64, run: F) -> Self
    where
        F: Fn(App) -> R + Send + Sync + 'static,
        R: Future<Output = Result<usize>> + Send + 'static,
    {
        Self {
            key,
            every_secs,
            run: Arc::new(move |app| Box::pin(run(app))),
        }
    }

    /// The jobs of this crate: closing audit batches, sending mails, forgetting old sessions, removing files' content.
    #[must_use]
    pub fn of_core() -> Vec<Self> {
        let mut jobs = vec![
            Self::new(
                "audit.batch",
                5,
                |app| async move { crate::audit::close_batch(&app).await },
            ),
            Self::new(
                "outbox.mail",
                2,
                |app| async move { crate::notices::deliver(&app).await },
            ),
            Self::new(
                "session.sweep",
                3600,
                |app| async move { crate::login::sweep(&app).await },
            ),
        ];
        jobs.extend(crate::files::jobs());
        jobs
    }
}

/// Runs the jobs that are due, once each. Returns how many things they did; a failing job is logged and comes round again.
///
/// # Errors
/// The store's.
pub async fn tick(app: &App, jobs: &[Job]) -> Result<usize> {
    let mut done = 0;
    for job in jobs {
        if !take(app, job).await? {
            continue;
        }
        let outcome = (job.run)(app.clone()).await;
        let error = outcome.as_ref().err().map(ToString::to_string);
        if let Some(error) = &error {
            tracing::error!(job = job.key, error, "a job failed and will be tried again");
        }
        done += outcome.unwrap_or(0);
        give_back(app, job, error).await?;
    }
    Ok(done)
}

async fn take(app: &App, job: &Job) -> Result<bool> {
    let now = app.now();
    {
        // Most ticks find nothing due: look without the write lock first.
        let mut conn = app.read().await?;
        let row: Option<(i64, i64)> =
            on!(&mut conn, c => sqlx::query_as("SELECT due_at, lease_until FROM job WHERE key = $1")
            .bind(job.key).fetch_optional(c).await)
            .map_err(db::Error::from)?;
        if row.is_some_and(|(due, lease)| due > now.micros() || lease > now.micros()) {
            return Ok(false);
        }
    }
    let mut conn = app.db.write().await?;
    on!(&mut conn, c => sqlx::query("INSERT INTO job (key, due_at) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING")
        .bind(job.key).bind(now.micros()).execute(c).await.map(|_| ()))
    .map_err(db::Error::from)?;
    let taken = on!(&mut conn, c => sqlx::query("UPDATE job SET lease_until = $2, attempts = attempts + 1 WHERE key = $1 AND due_at <= $3 AND lease_until <= $3")
        .bind(job.key).bind(now.plus_secs(LEASE_SECS).micros()).bind(now.micros()).execute(c).await.map(|d| d.rows_affected()))
    .map_err(db::Error::from)?;
    conn.commit().await?;
    Ok(taken == 1)
}

async fn give_back(app: &App, job: &Job, error: Option<String>) -> Result<()> {
    let now = app.now();
    let attempts_zero = error.is_none();
    let mut conn = app.db.write().await?;
    on!(&mut conn, c => sqlx::query("UPDATE job SET lease_until = 0, due_at = $2, done_at = $3, last_error = $4, attempts = CASE WHEN $5 THEN 0 ELSE attempts END WHERE key = $1")
        .bind(job.key).bind(now.plus_secs(job.every_secs).micros()).bind(now.micros()).bind(&error).bind(attempts_zero)
        .execute(c).await.map(|_| ()))
    .map_err(db::Error::from)?;
    conn.commit().await?;
    Ok(())
}
