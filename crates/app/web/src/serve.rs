//! Serving: the listener, the jobs beside it, and a stop that lets open requests end.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::serve::{Listener, ListenerExt};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use jcore::{App, Job};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower::ServiceExt;

/// How often the jobs are looked through.
const TICK: Duration = Duration::from_secs(1);
/// How often a node looks what became public: it is to be found within a second of its commit, and the look takes a
/// fraction of a millisecond.
const FEED_TICK: Duration = Duration::from_millis(300);
/// The wait after a feed that failed, for a disk or a store that has to come back.
const FEED_WAIT: Duration = Duration::from_secs(10);

/// Seconds in which the head of the next request must be there. Proxies keep an idle line for sixty; a server that ended one
/// before them would fail the request that is just on its way, and one that never did could be held open letter by letter.
const HEAD_SECS_MAX: u64 = 75;

/// Serves until the signal turns true, and then until the requests that are open have ended.
pub async fn serve(listener: TcpListener, router: Router, stop: watch::Receiver<bool>) {
    // A bid's answer is small and must not wait for more to be sent with it.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    serve_lines(listener, router, |address| *address, stop).await;
}

/// Serves what comes over another kind of line, all of it as if it came from one address: for measuring more lines at once
/// than a machine has sockets for.
pub async fn serve_over<L: Listener>(listener: L, router: Router, from: SocketAddr, stop: watch::Receiver<bool>) {
    serve_lines(listener, router, move |_| from, stop).await;
}

/// HTTP/1.1 alone: encryption and HTTP/2 are the proxy's, and without them a line takes half the memory, which tells where ten
/// thousand watch a room.
async fn serve_lines<L: Listener>(
    mut listener: L,
    router: Router,
    address: impl Fn(&L::Addr) -> SocketAddr,
    mut stop: watch::Receiver<bool>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(HEAD_SECS_MAX));
    let open = GracefulShutdown::new();
    loop {
        let (io, from) = tokio::select! {
            line = listener.accept() => line,
            // A dropped sender means the same as a stop.
            _ = stop.wait_for(|s| *s) => break,
        };
        let from = ConnectInfo(address(&from));
        let router = router.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(from);
            router.clone().oneshot(request)
        });
        let line = open.watch(http.serve_connection(TokioIo::new(io), service));
        tokio::spawn(async move {
            // Whoever hung up is not told.
            if let Err(error) = line.await {
                tracing::trace!(%error, "a line has ended");
            }
        });
    }
    drop(listener);
    open.shutdown().await;
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
