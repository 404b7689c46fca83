//! Serving: the listener, the jobs beside it, and a stop that lets open requests end.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::serve::Listener;
use jcore::{App, Job};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How often the jobs are looked through.
const TICK: Duration = Duration::from_secs(1);
/// How often a node looks what became public: it is to be found within a second of its commit, and the look takes a
/// fraction of a millisecond.
const FEED_TICK: Duration = Duration::from_millis(300);
/// The wait after a feed that failed, for a disk or a store that has to come back.
const FEED_WAIT: Duration = Duration::from_secs(10);

/// Serves until the signal turns true.
///
/// # Errors
/// The listener's.
pub async fn serve(listener: TcpListener, router: Router, mut stop: watch::Receiver<bool>) -> std::io::Result<()> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(async move {
            // A dropped sender means the same as a stop.
            let _ = stop.wait_for(|s| *s).await;
        })
        .await
}

/// Serves what comes over another kind of line, all of it as if it came from one address: for measuring more lines at once
/// than a machine has sockets for.
///
/// # Errors
/// The listener's.
pub async fn serve_over<L>(
    listener: L,
    router: Router,
    from: SocketAddr,
    mut stop: watch::Receiver<bool>,
) -> std::io::Result<()>
where
    L: Listener,
    L::Addr: std::fmt::Debug,
{
    let router = router.layer(axum::Extension(ConnectInfo(from)));
    axum::serve(listener, router.into_make_service())
        .with_graceful_shutdown(async move {
            let _ = stop.wait_for(|s| *s).await;
        })
        .await
}

/// Opens the logs of lots before anybody is served: live lots that nobody kept going stand still until an officer resumes
/// them.
///
/// # Errors
/// The store's; another process that has them open.
pub async fn open_logs(app: &App) -> jcore::Result<()> {
    auctions::auctions(app)?.start().await
}

/// Closes the logs of lots: what was sent is kept and answered.
pub async fn close_logs(app: &App) {
    if let Ok(logs) = auctions::auctions(app) {
        logs.stop().await;
    }
}

/// Runs the jobs until the signal turns true.
pub async fn run_jobs(app: App, jobs: Vec<Job>, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(fault) = jcore::tick(&app, &jobs).await {
            tracing::error!(fault = %fault, "the jobs could not be looked through");
        }
        tokio::select! {
            () = tokio::time::sleep(TICK) => {}
            _ = stop.wait_for(|s| *s) => return,
        }
    }
}

/// Keeps this node's search index in step with what is public, until the signal turns true.
pub async fn follow_index(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        let wait = match matches::feed(&app).await {
            Ok(_) => FEED_TICK,
            Err(fault) => {
                tracing::error!(fault = %fault, "the search index could not be fed");
                FEED_WAIT
            }
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            _ = stop.wait_for(|s| *s) => return,
        }
    }
}
