//! The log among other nodes: a batch takes its lots' advisory locks, reads what others wrote and the store's clock, and is
//! kept in the same transaction. All SQL here is PostgreSQL's own.

use std::sync::Arc;

use bidding::At;
use bidding::sequencer::{Batch, Fenced, GAP_MICROS_MAX, Log, Restored, Time};
use db::Db;
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, PgPool, Postgres, Transaction};

use crate::{Error, rows};

/// The channel on which nodes tell each other which lot has news, and which of them wrote it.
pub(crate) const CHANNEL: &str = "bidlog";
/// Microseconds after which a node that gave no sign of life is forgotten: a day.
const NODE_MICROS_MAX: i64 = 86_400_000_000;

/// The store's clock, in microseconds.
const NOW: &str = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

/// The log, as one lane of one node uses it.
pub(crate) struct Pg {
    pub(crate) pool: PgPool,
    pub(crate) db: Db,
    /// This node's number, new at each start.
    pub(crate) node: i64,
    /// Which share of the lots.
    pub(crate) lane: i64,
    /// Stamps only where it is set by hand.
    pub(crate) time: Arc<dyn Time>,
}

/// The number of a lot's lock.
pub(crate) fn lock_of(lot: &str) -> i64 {
    let sum = Sha256::digest([b"jiebang.bidlog ", lot.as_bytes()].concat());
    let mut first = [0; 8];
    first.copy_from_slice(&sum[..8]);
    i64::from_le_bytes(first)
}

/// What is told of a lot's news.
pub(crate) fn news(node: i64, lot: &str) -> String {
    format!("{node} {lot}")
}

impl Pg {
    async fn begin(&self, lots: &[(Arc<str>, u64)]) -> Result<Transaction<'static, Postgres>, Error> {
        // Everybody takes locks in the order of their numbers, so that no two nodes wait for each other.
        let mut locks: Vec<i64> = lots.iter().map(|(lot, _)| lock_of(lot)).collect();
        locks.sort_unstable();
        let mut sql = "BEGIN ISOLATION LEVEL READ COMMITTED".to_owned();
        for lock in locks {
            sql.push_str(&format!("; SELECT pg_advisory_xact_lock({lock})"));
        }
        let begun = self.pool.begin_with(AssertSqlSafe(sql)).await;
        Ok(begun.map_err(db::Error::from)?)
    }
}

impl Log for Pg {
    type Error = Error;
    type Fence = Transaction<'static, Postgres>;
    const ALONE: bool = false;

    async fn fence(&self, lots: Vec<(Arc<str>, u64)>) -> Result<Fenced<Self::Fence>, Error> {
        let mut tx = self.begin(&lots).await?;
        let names: Vec<&str> = lots.iter().map(|(lot, _)| &**lot).collect();
        let places: Vec<i64> = lots.iter().map(|(_, seq)| rows::number(*seq)).collect();
        // A statement of its own: it sees what was committed before the locks were had.
        let sql = format!(
            "SELECT {NOW}, b.lot, b.lines FROM (SELECT 1) one LEFT JOIN ( \
                SELECT t.lot, t.lines, t.from_seq FROM unnest($1::text[], $2::bigint[]) AS k (lot, seq) \
                JOIN bid_batch t ON t.lot = k.lot AND t.to_seq > k.seq) b ON TRUE ORDER BY b.lot, b.from_seq"
        );
        let found: Vec<(i64, Option<String>, Option<String>)> = sqlx::query_as(AssertSqlSafe(sql))
            .bind(names)
            .bind(places)
            .fetch_all(&mut *tx)
            .await
            .map_err(db::Error::from)?;
        let now = found.first().map_or(0, |(now, ..)| *now);
        let tails = found
            .into_iter()
            .filter_map(|(_, lot, lines)| Some((lot?.into(), lines?)));
        Ok(Fenced {
            fence: tx,
            now: if self.time.is_by_hand() {
                self.time.wall()
            } else {
                At(now)
            },
            tails: tails.collect(),
        })
    }

    async fn append(&self, fence: Option<Self::Fence>, batch: Arc<Batch>) -> Result<(), Error> {
        let Some(mut tx) = fence else {
            return Err(Error::Alone);
        };
        for sheets in rows::parts(&batch) {
            let mut query = rows::insert::<Postgres>(sheets);
            query.push(" RETURNING pg_notify('bidlog', ");
            query.push_bind(self.node.to_string()).push(" || ' ' || lot)::text");
            query.build().execute(&mut *tx).await.map_err(db::Error::from)?;
        }
        tx.commit().await.map_err(db::Error::from)?;
        Ok(())
    }

    async fn restore(&self, lot: Arc<str>) -> Result<Option<Restored>, Error> {
        rows::restore(&mut self.db.read().await?, &lot).await
    }

    async fn tail(&self, lot: Arc<str>, after: u64) -> Result<String, Error> {
        rows::tail(&mut self.db.read().await?, &lot, after).await
    }

    async fn beat(&self) -> Result<At, Error> {
        let sql = format!(
            "INSERT INTO bid_beat (node, lane, at) VALUES ($1, $2, {NOW}) \
             ON CONFLICT (node, lane) DO UPDATE SET at = excluded.at RETURNING at"
        );
        let now: i64 = sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(self.node)
            .bind(self.lane)
            .fetch_one(&self.pool)
            .await
            .map_err(db::Error::from)?;
        Ok(if self.time.is_by_hand() {
            self.time.wall()
        } else {
            At(now)
        })
    }

    async fn others(&self) -> Result<bool, Error> {
        others(&self.pool, self.node, self.lane).await
    }
}

/// Whether another node gave a sign of life for a lane just now.
pub(crate) async fn others(pool: &PgPool, node: i64, lane: i64) -> Result<bool, Error> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM bid_beat WHERE node <> $1 AND lane = $2 AND at > {NOW} - $3)");
    let found = sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(node)
        .bind(lane)
        .bind(GAP_MICROS_MAX)
        .fetch_one(pool)
        .await;
    Ok(found.map_err(db::Error::from)?)
}

/// Takes back a node's signs of life, when it stops: nobody takes it for alive who starts right after it.
pub(crate) async fn leave(pool: &PgPool, node: i64) -> Result<(), Error> {
    let done = sqlx::query("DELETE FROM bid_beat WHERE node = $1")
        .bind(node)
        .execute(pool)
        .await;
    done.map_err(db::Error::from)?;
    Ok(())
}

/// Forgets nodes of long ago.
pub(crate) async fn forget_nodes(pool: &PgPool) -> Result<(), Error> {
    let sql = format!("DELETE FROM bid_beat WHERE at < {NOW} - $1");
    let done = sqlx::query(AssertSqlSafe(sql))
        .bind(NODE_MICROS_MAX)
        .execute(pool)
        .await;
    done.map_err(db::Error::from)?;
    Ok(())
}
