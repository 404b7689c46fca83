//! The lines over which many watch a room: sockets as long as the system has enough of them, else pipes within the process;
//! both go through the whole site, and what a watcher's own end takes is made before anything is counted.

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::task::{Poll, ready};

use serde::Serialize;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, mpsc};

use crate::bench::bids::Clocks;

/// Sockets besides those of the watchers.
const MORE_FILES: u64 = 500;
/// Bytes that a pipe holds: more than an update has, so that one is written at once, as into a socket.
const PIPE_BYTES: usize = 8192;
/// Bytes that a watcher reads at once.
const READ_BYTES: usize = 2048;

/// How watchers reach the site.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Over {
    /// Sockets: two open files a watcher, since both ends are here.
    Sockets,
    /// Pipes within the process.
    Pipes,
}

impl Over {
    /// Sockets, if the system allows so many watchers as many files as they need.
    pub(crate) fn for_watchers(watchers: u32) -> Self {
        if files(u64::from(watchers) * 2 + MORE_FILES) {
            Self::Sockets
        } else {
            Self::Pipes
        }
    }
}

/// Lets this process have so many files open; whether it may.
fn files(many: u64) -> bool {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let mut limit = getrlimit(Resource::Nofile);
        if limit.current.is_some_and(|now| now < many) {
            limit.current = Some(many);
            return limit.maximum.is_none_or(|most| most >= many) && setrlimit(Resource::Nofile, limit).is_ok();
        }
    }
    #[cfg(not(unix))]
    let _ = many;
    true
}

/// Where pipes come in, for the server.
#[derive(Debug)]
pub(crate) struct Pipes(mpsc::UnboundedReceiver<DuplexStream>);

impl axum::serve::Listener for Pipes {
    type Io = DuplexStream;
    type Addr = ();

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.0.recv().await {
            Some(pipe) => (pipe, ()),
            // Nobody can come any more; the server is told to stop by its signal.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        Ok(())
    }
}

/// What all watchers have seen.
#[derive(Debug)]
pub(crate) struct Seen {
    /// The place in the log that is waited for.
    pub(crate) target: AtomicU64,
    /// How many saw it.
    pub(crate) count: AtomicUsize,
    /// When the last of them did, by the monotonic clock in microseconds.
    pub(crate) last: AtomicI64,
    /// How many have their own end.
    pub(crate) ready: AtomicUsize,
    /// How many have their first event.
    pub(crate) begun: AtomicUsize,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            target: AtomicU64::new(u64::MAX),
            count: AtomicUsize::new(0),
            last: AtomicI64::new(0),
            ready: AtomicUsize::new(0),
            begun: AtomicUsize::new(0),
        }
    }
}

/// What every watcher knows.
pub(crate) struct Watch {
    /// What is asked for.
    pub(crate) request: String,
    /// Watchers that may call now.
    pub(crate) gate: Semaphore,
    /// What they saw.
    pub(crate) seen: Seen,
    pub(crate) clocks: Arc<Clocks>,
    address: SocketAddr,
    pipes: mpsc::UnboundedSender<DuplexStream>,
    over: Over,
}

impl Watch {
    /// With where pipes come in.
    pub(crate) fn new(over: Over, address: SocketAddr, request: String, clocks: Arc<Clocks>) -> (Arc<Self>, Pipes) {
        let (pipes, incoming) = mpsc::unbounded_channel();
        let watch = Self {
            request,
            gate: Semaphore::new(0),
            seen: Seen::default(),
            clocks,
            address,
            pipes,
            over,
        };
        (Arc::new(watch), Pipes(incoming))
    }

    /// One watcher: makes its end, waits until it may call, and reads its line for as long as there is one.
    pub(crate) async fn watcher(self: Arc<Self>) {
        match self.over {
            Over::Sockets => {
                self.seen.ready.fetch_add(1, Ordering::AcqRel);
                self.enter().await;
                if let Ok(stream) = TcpStream::connect(self.address).await {
                    self.read(stream).await;
                }
            }
            Over::Pipes => {
                let Ok((mine, theirs)) = pipe().await else { return };
                self.seen.ready.fetch_add(1, Ordering::AcqRel);
                self.enter().await;
                if self.pipes.send(theirs).is_ok() {
                    self.read(mine).await;
                }
            }
        }
    }

    async fn enter(&self) {
        if let Ok(permit) = self.gate.acquire().await {
            permit.forget();
        }
    }

    async fn read<S: AsyncRead + AsyncWrite + Unpin>(&self, mut stream: S) {
        if stream.write_all(self.request.as_bytes()).await.is_err() {
            return;
        }
        let mut places = Places::default();
        let mut counted = 0;
        let mut is_first = true;
        // Nothing is held while nothing comes: the bytes are looked at where they are read.
        let line = std::future::poll_fn(|cx| {
            loop {
                let mut room = [0; READ_BYTES];
                let mut read = ReadBuf::new(&mut room);
                if ready!(Pin::new(&mut stream).poll_read(cx, &mut read)).is_err() || read.filled().is_empty() {
                    return Poll::Ready(());
                }
                for byte in read.filled() {
                    let Some(place) = places.take(*byte) else { continue };
                    if std::mem::take(&mut is_first) {
                        self.seen.begun.fetch_add(1, Ordering::AcqRel);
                    }
                    let target = self.seen.target.load(Ordering::Acquire);
                    if place >= target && counted != target {
                        counted = target;
                        self.seen.last.fetch_max(self.clocks.micros(), Ordering::AcqRel);
                        self.seen.count.fetch_add(1, Ordering::AcqRel);
                    }
                }
            }
        });
        line.await;
    }
}

/// A pipe whose buffers are there already: they stand for the system's, which are no part of the server.
async fn pipe() -> std::io::Result<(DuplexStream, DuplexStream)> {
    let (mut mine, mut theirs) = tokio::io::duplex(PIPE_BYTES);
    let full = [b' '; PIPE_BYTES];
    for _ in 0..2 {
        theirs.write_all(&full).await?;
        let mut left = PIPE_BYTES;
        let mut room = [0; READ_BYTES];
        while left > 0 {
            left = left.saturating_sub(mine.read(&mut room).await?);
        }
        std::mem::swap(&mut mine, &mut theirs);
    }
    Ok((mine, theirs))
}

/// Finds the places in a stream of events, byte by byte: lines `id: NUMBER`.
#[derive(Debug, Default)]
struct Places {
    /// How much of the head of such a line was read.
    head: usize,
    place: u64,
}

const PLACE_HEAD: &[u8] = b"\nid: ";

impl Places {
    fn take(&mut self, byte: u8) -> Option<u64> {
        if self.head == PLACE_HEAD.len() {
            if byte.is_ascii_digit() {
                self.place = self.place.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
                return None;
            }
            self.head = usize::from(byte == b'\n');
            return Some(std::mem::take(&mut self.place));
        }
        if PLACE_HEAD.get(self.head) == Some(&byte) {
            self.head += 1;
        } else {
            self.head = usize::from(byte == b'\n');
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{PIPE_BYTES, Places, pipe};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    #[test]
    fn places_are_found_however_the_bytes_come() {
        let text = b"retry: 2000\n\nid: 41\ndata: {\"id: 7\":1}\n\nevent: beat\n\nid: 42\nid: 43\n";
        let mut places = Places::default();
        let found: Vec<u64> = text.iter().filter_map(|byte| places.take(*byte)).collect();
        assert_eq!(found, [41, 42, 43]);
    }

    #[tokio::test]
    async fn a_pipe_is_empty_when_it_is_handed_over() {
        let (mut mine, mut theirs) = pipe().await.unwrap();
        mine.write_all(b"GET").await.unwrap();
        theirs.write_all(b"200").await.unwrap();
        let mut read = [0; PIPE_BYTES];
        assert_eq!(theirs.read(&mut read).await.unwrap(), 3);
        assert_eq!(mine.read(&mut read).await.unwrap(), 3);
        assert_eq!(&read[..3], b"200");
    }
}
