//! Serving: the listener, the jobs beside it, and a stop that lets open requests end.

use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::serve::{Listener, ListenerExt};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::GracefulShutdown;
use jcore::{App, Job};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::Instant;
use tower::ServiceExt;

/// How often the jobs are looked through.
const TICK: Duration = Duration::from_secs(1);
/// How often a node looks what became public: it is to be found within a second of its commit, and the look takes a
/// fraction of a millisecond.
const FEED_TICK: Duration = Duration::from_millis(300);
/// The wait after a feed that failed, for a disk or a store that has to come back.
const FEED_WAIT: Duration = Duration::from_secs(10);

/// In which the head of the next request must be there, and twice this at most until its line is ended. Proxies keep an idle
/// line for a minute; a server that ended one before them would fail the request that is just on its way, and one that never
/// did could be held open letter by letter.
const HEAD_WAIT: Duration = Duration::from_secs(75);

/// Serves until the signal turns true, and then until the requests that are open have ended.
pub async fn serve(listener: TcpListener, router: Router, stop: watch::Receiver<bool>) {
    // A bid's answer is small and must not wait for more to be sent with it.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    serve_lines(listener, router, |address| *address, HEAD_WAIT, stop).await;
}

/// Serves what comes over another kind of line, all of it as if it came from one address: for measuring more lines at once
/// than a machine has sockets for.
pub async fn serve_over<L: Listener>(listener: L, router: Router, from: SocketAddr, stop: watch::Receiver<bool>) {
    serve_lines(listener, router, move |_| from, HEAD_WAIT, stop).await;
}

/// HTTP/1.1 alone: encryption and HTTP/2 are the proxy's, and without them a line takes half the memory, which tells where ten
/// thousand watch a room.
async fn serve_lines<L: Listener>(
    mut listener: L,
    router: Router,
    address: impl Fn(&L::Addr) -> SocketAddr,
    head_wait: Duration,
    mut stop: watch::Receiver<bool>,
) {
    let mut http = http1::Builder::new();
    http.timer(Deadlines).header_read_timeout(head_wait);
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
            let mut line = pin!(line);
            let mut look = tokio::time::interval_at(Instant::now() + head_wait, head_wait);
            let ended = loop {
                tokio::select! {
                    ended = &mut line => break ended,
                    // The line looks at its deadline when it is polled, as it is in the next turn.
                    _ = look.tick() => {}
                }
            };
            // Whoever hung up is not told.
            if let Err(error) = ended {
                tracing::trace!(%error, "a line has ended");
            }
        });
    }
    drop(listener);
    open.shutdown().await;
}

/// Deadlines that wake nobody: they are looked at when their line is. A timer of the runtime for each head would take a tenth
/// of what a line can carry.
#[derive(Debug, Clone, Copy)]
struct Deadlines;

/// Over from an instant on.
struct Deadline(Instant);

impl hyper::rt::Timer for Deadlines {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn hyper::rt::Sleep>> {
        Box::pin(Deadline(Instant::now() + duration))
    }

    fn sleep_until(&self, deadline: std::time::Instant) -> Pin<Box<dyn hyper::rt::Sleep>> {
        Box::pin(Deadline(deadline.into()))
    }
}

impl hyper::rt::Sleep for Deadline {}

impl Future for Deadline {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if Instant::now() >= self.0 {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
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

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    use super::*;

    const WAIT: Duration = Duration::from_millis(300);
    const WHOLE: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    /// Until the server ends the line; what it said, and how long that took.
    async fn until_the_end(line: &mut TcpStream) -> (String, Duration) {
        let since = Instant::now();
        let mut said = Vec::new();
        let read = tokio::time::timeout(Duration::from_secs(10), line.read_to_end(&mut said)).await;
        assert!(read.is_ok(), "the line is still open");
        (String::from_utf8_lossy(&said).into_owned(), since.elapsed())
    }

    #[tokio::test]
    async fn lines_end_whose_next_head_does_not_come_and_only_those() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let slow = || async {
            tokio::time::sleep(WAIT * 3).await;
            "done"
        };
        let router = Router::new().route("/", axum::routing::get(slow));
        let (stop, stopped) = watch::channel(false);
        let server = tokio::spawn(serve_lines(
            listener,
            router,
            |address: &SocketAddr| *address,
            WAIT,
            stopped,
        ));

        let mut silent = TcpStream::connect(address).await.unwrap();
        let mut dripping = TcpStream::connect(address).await.unwrap();
        let mut patient = TcpStream::connect(address).await.unwrap();
        dripping.write_all(b"GET / HT").await.unwrap();
        patient.write_all(WHOLE).await.unwrap();
        assert!(until_the_end(&mut silent).await.1 < WAIT * 6);
        assert!(until_the_end(&mut dripping).await.1 < WAIT * 6);
        // An answer may take longer than a head; its line ends when no next one comes.
        let (said, took) = until_the_end(&mut patient).await;
        assert!(said.starts_with("HTTP/1.1 200") && said.ends_with("done"), "{said}");
        assert!(took < WAIT * 9, "{took:?}");

        // The stop waits for what is asked, and takes nothing new.
        let mut last = TcpStream::connect(address).await.unwrap();
        last.write_all(WHOLE).await.unwrap();
        tokio::time::sleep(WAIT / 2).await;
        stop.send(true).unwrap();
        assert!(until_the_end(&mut last).await.0.ends_with("done"));
        tokio::time::timeout(Duration::from_secs(10), server)
            .await
            .unwrap()
            .unwrap();
        assert!(TcpStream::connect(address).await.is_err());
    }
}
