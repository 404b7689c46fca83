//! What runs beside the lanes: hearing of other nodes' news, finding lots that others opened, and letting go of lots that are
//! over.

use std::time::Duration;

use bidding::sequencer::Hall;
use db::{Conn, Db};
use sqlx::PgPool;
use sqlx::postgres::PgListener;

use crate::pg::{self, CHANNEL};
use crate::{Bids, Error, rows};

/// Seconds between two looks for lots that were opened elsewhere and not heard of, and for those that are over.
const TIDY_SECS: u64 = 30;
/// Seconds before a listener that broke is made again.
const LISTEN_AGAIN_SECS: u64 = 1;

/// A number for this node, unlike the others'.
pub(crate) async fn number(pool: &PgPool) -> Result<i64, Error> {
    // The store's random numbers are shared by nobody, and nothing secret hangs on it.
    let number = sqlx::query_scalar("SELECT (random() * 9007199254740991)::bigint");
    Ok(number.fetch_one(pool).await.map_err(db::Error::from)?)
}

/// Tells other nodes that a lot has news, in the caller's transaction; where there are no others, nothing.
pub(crate) async fn tell(conn: &mut Conn, node: i64, lot: &str) -> Result<(), Error> {
    if let Conn::Pg(c) = conn {
        let told = sqlx::query("SELECT pg_notify($1, $2)")
            .bind(CHANNEL)
            .bind(pg::news(node, lot))
            .execute(&mut **c)
            .await;
        told.map_err(db::Error::from)?;
    }
    Ok(())
}

/// Starts what runs beside; it ends with the lanes.
pub(crate) fn start(bids: &Bids) {
    let halls = bids.lanes().to_vec();
    // A task that held the handle would keep the lanes alive.
    let weak = bids.downgrade();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(TIDY_SECS)).await;
            let Some(bids) = weak.upgrade() else { return };
            if is_over(&halls).await {
                return;
            }
            if let Err(error) = tidy(&bids).await {
                tracing::warn!(%error, "lots that are over are still open");
            }
        }
    });
    if let Db::Pg(pool) = bids.db() {
        let (pool, weak, node) = (pool.clone(), bids.downgrade(), bids.node());
        tokio::spawn(async move {
            while weak.upgrade().is_some() && !pool.is_closed() {
                if let Err(error) = listen(&pool, &weak, node).await {
                    tracing::warn!(%error, "news of other nodes are not heard");
                }
                tokio::time::sleep(Duration::from_secs(LISTEN_AGAIN_SECS)).await;
            }
        });
    }
}

async fn is_over(halls: &[Hall]) -> bool {
    match halls.first() {
        Some(hall) => hall.ping().await.is_none(),
        None => true,
    }
}

/// Opens lots that were opened elsewhere, and lets go of those that are over.
async fn tidy(bids: &Bids) -> Result<(), Error> {
    let lots = rows::unfinished(&mut bids.db().read().await?).await?;
    for (lot, _) in lots {
        let Some(update) = bids.state(&lot).await else { continue };
        if !update.state.phase.is_over() {
            continue;
        }
        let mut conn = bids.db().write().await?;
        rows::over(&mut conn, &lot).await?;
        conn.commit().await?;
    }
    for hall in bids.lanes() {
        for lot in hall.open_lots() {
            let over = hall.look(&lot).await.is_some_and(|update| update.state.phase.is_over());
            if over {
                hall.forget(&lot);
            }
        }
    }
    Ok(())
}

/// Hears of other nodes' news until that breaks.
async fn listen(pool: &PgPool, weak: &crate::bids::Weak, node: i64) -> Result<(), Error> {
    let mut listener = PgListener::connect_with(pool).await.map_err(db::Error::from)?;
    listener.listen(CHANNEL).await.map_err(db::Error::from)?;
    // What was told before is looked up.
    if let Some(bids) = weak.upgrade() {
        for hall in bids.lanes() {
            hall.open_lots().iter().for_each(|lot| hall.nudge(lot));
        }
    }
    loop {
        let told = listener.recv().await.map_err(db::Error::from)?;
        let Some(bids) = weak.upgrade() else { return Ok(()) };
        let Some((from, lot)) = told.payload().split_once(' ') else {
            continue;
        };
        if from.parse() == Ok(node) {
            continue;
        }
        let hall = bids.hall(lot);
        if hall.is_open(lot) {
            hall.nudge(lot);
        } else {
            bids.state(lot).await;
        }
    }
}
