//! The same bids and the same decisions, one transaction a bid: what the sequencer is measured against.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bidding::evidence::Signer;
use bidding::sequencer::{Batch, Core, Reply, Restored, Time};
use bidding::{At, Command};
use db::{Conn, Db, on};
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::bench::bids::{Answers, Bidder, Clocks, EARLIER_SECS, Run, made, rules};

/// How long a connection waits for its turn: longer than any run.
const WAIT: Duration = Duration::from_secs(60);

/// A lot in memory, as far as its transactions took it. It is touched only under the store's lock on the lot.
type Lots = Arc<Mutex<Core>>;

/// Opens the store with so many connections.
///
/// # Errors
/// The store's.
pub(crate) async fn open(url: &str, connections: u32) -> db::Result<Db> {
    if let Some(path) = url.strip_prefix("sqlite:") {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .busy_timeout(WAIT)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let pool = SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(WAIT);
        let pool = pool.connect_with(options).await?;
        return Ok(Db::Lite {
            write: pool.clone(),
            read: pool,
        });
    }
    let pool = PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(WAIT)
        .test_before_acquire(false);
    Ok(Db::Pg(pool.connect(url).await?))
}

/// Makes the table and the lots.
///
/// # Errors
/// The store's.
pub(crate) async fn make(db: &Db, lots: &[String]) -> db::Result<()> {
    let mut conn = db.write().await?;
    for sql in [
        "CREATE TABLE IF NOT EXISTS bench_lot (lot TEXT NOT NULL PRIMARY KEY)",
        "CREATE TABLE IF NOT EXISTS bench_bid (lot TEXT NOT NULL, seq BIGINT NOT NULL, at BIGINT NOT NULL, head TEXT NOT NULL, \
         signature TEXT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (lot, seq))",
    ] {
        on!(&mut conn, c => sqlx::query(sql).execute(c).await.map(|_| ()))?;
    }
    for lot in lots {
        on!(&mut conn, c => sqlx::query("INSERT INTO bench_lot (lot) VALUES ($1) ON CONFLICT (lot) DO NOTHING")
            .bind(lot).execute(c).await.map(|_| ()))?;
        on!(&mut conn, c => sqlx::query("DELETE FROM bench_bid WHERE lot = $1")
            .bind(lot).execute(c).await.map(|_| ()))?;
    }
    conn.commit().await
}

/// The lots, live, in memory.
pub(crate) fn lots(lots: &[String], bidders: u32, now: At) -> Lots {
    let mut core = Core::new(Signer::new(&[7; 32]));
    for lot in lots {
        // Nothing is there that could be unreadable.
        let _ = core.open(&Restored::of(lot, rules(), &[]));
        let lot: Arc<str> = lot.as_str().into();
        let earlier = now.plus_secs(-EARLIER_SECS);
        let commands = made(bidders, earlier).into_iter().map(|command| (lot.clone(), command));
        let batch = core.decide(commands.collect(), earlier);
        core.kept(batch);
        let batch = core.decide(vec![(lot, Command::Tick)], now);
        core.kept(batch);
    }
    Arc::new(Mutex::new(core))
}

/// One bid, one transaction: the lot is locked, the bid decided, its line kept, and the transaction committed.
async fn bid(db: &Db, lots: &Lots, lot: &Arc<str>, command: Command, clocks: &Clocks) -> db::Result<Option<Reply>> {
    let mut conn = db.write().await?;
    if let Conn::Pg(c) = &mut conn {
        let lock = sqlx::query("SELECT lot FROM bench_lot WHERE lot = $1 FOR UPDATE");
        lock.bind(&**lot).execute(&mut **c).await?;
    }
    let batch = {
        let mut core = lots.lock().unwrap_or_else(PoisonError::into_inner);
        core.decide(vec![(lot.clone(), command)], clocks.wall())
    };
    insert(&mut conn, &batch).await?;
    conn.commit().await?;
    let mut core = lots.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(core.kept(batch).pop())
}

async fn insert(conn: &mut Conn, batch: &Batch) -> db::Result<()> {
    for sheet in &batch.lots {
        let seq = i64::try_from(sheet.to()).unwrap_or(i64::MAX);
        let head = sheet.head().to_string();
        on!(conn, c => sqlx::query(
            "INSERT INTO bench_bid (lot, seq, at, head, signature, line) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(&**sheet.lot()).bind(seq).bind(sheet.at().0).bind(&head).bind(sheet.signature()).bind(sheet.lines())
            .execute(c).await.map(|_| ()))?;
    }
    Ok(())
}

/// One bidder bids until the run is over.
pub(crate) async fn bidder(
    db: Db,
    lots: Lots,
    lot: String,
    paddle: u32,
    run: Arc<Run>,
    clocks: Arc<Clocks>,
) -> Answers {
    let lot: Arc<str> = lot.into();
    let mut out = Answers::default();
    let mut bidder = Bidder::new(paddle);
    while !run.is_over.load(Ordering::Acquire) {
        let since = clocks.micros();
        let reply = bid(&db, &lots, &lot, bidder.command(), &clocks).await;
        let took = clocks.micros() - since;
        let counts = run.counts.load(Ordering::Acquire);
        match reply {
            Ok(Some(Reply::Answered { answer, .. })) => {
                bidder.sees(answer.price);
                if counts {
                    out.count(answer.refused.is_none(), took);
                }
            }
            _ => out.failed += u64::from(counts),
        }
    }
    out
}
