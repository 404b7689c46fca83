//! What watchers hear: one follower a lot makes an update at most five times a second, writes it once, and everybody who
//! watches gets the same bytes. The latest value wins; who was away sees where the lot stands now, not every step.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use jcore::{App, Result};
use tokio::sync::{Notify, watch};

use super::floor::{Floor, Stand};
use super::wire::{LINES_MAX, Line, Said, Wire, lines};

/// Milliseconds between two updates of a lot: five a second are more than anybody reads.
const UPDATE_MS_MIN: u64 = 200;
/// Seconds between two signs of life on a line without updates.
const BEAT_SECS: u64 = 15;
/// Seconds after which a line is ended; a browser calls again by itself. It keeps a stop of the server short and balances
/// nodes.
const LINE_SECS_MAX: u64 = 1800;
/// Seconds between two looks of a follower at whether anybody still watches.
const IDLE_SECS: u64 = 30;
/// Steps that a follower reads back at its start to find the ladder's lines.
const TAIL_STEPS: u64 = 200;
/// Rows of watchers: of ten thousand, eighty are woken at once, which is less than a millisecond's work.
const ROWS: usize = 128;
/// Steps that a follower reads at most for an update; lines before them fall off the ladder.
const STEPS_AN_UPDATE: usize = 256;

/// An update, as everybody gets it.
#[derive(Debug)]
pub(crate) struct Frame {
    /// The lot's state.
    pub stand: Stand,
    /// The ladder, newest first.
    pub lines: Vec<Line>,
    /// What operators said, newest first.
    pub said: Vec<Said>,
    /// As JSON.
    pub json: Bytes,
    /// As an event of a stream, with its place.
    pub event: Bytes,
}

impl Frame {
    fn new(stand: Stand, lines: Vec<Line>, said: Vec<Said>, now: i64) -> Self {
        let wire = Wire::of(&stand.state, stand.head, &lines, &said, now);
        let json = serde_json::to_string(&wire).unwrap_or_default();
        let event = format!("id: {}\ndata: {json}\n\n", stand.state.seq);
        Self {
            json: Bytes::from(json),
            event: Bytes::from(event),
            stand,
            lines,
            said,
        }
    }
}

/// The newest lines of a lot's ladder.
#[derive(Default, Debug)]
struct Ladder {
    seq: u64,
    lines: VecDeque<Line>,
}

impl Ladder {
    async fn read(&mut self, floor: &Floor, to: u64) -> Result<()> {
        let after = self.seq.max(to.saturating_sub(TAIL_STEPS));
        for step in floor.steps(after, STEPS_AN_UPDATE).await? {
            if step.seq > to {
                break;
            }
            self.seq = step.seq;
            for line in lines(&step) {
                self.lines.push_front(line);
            }
        }
        self.lines.truncate(LINES_MAX);
        Ok(())
    }

    fn lines(&self) -> Vec<Line> {
        self.lines.iter().cloned().collect()
    }
}

/// A watcher's seat: the latest update of its row.
type Seat = watch::Receiver<Option<Arc<Frame>>>;

/// Who watches a lot, in rows. A row is woken at a time, and others may run between two of them: who bids need not wait
/// until ten thousand were told.
#[derive(Clone)]
struct Rows(Arc<[watch::Sender<Option<Arc<Frame>>>; ROWS]>);

impl Rows {
    fn new() -> Self {
        Self(Arc::new(std::array::from_fn(|_| watch::Sender::new(None))))
    }

    /// A seat in the row that has the fewest.
    fn sit(&self) -> Seat {
        let row = self.0.iter().min_by_key(|row| row.receiver_count());
        row.unwrap_or(&self.0[0]).subscribe()
    }

    fn watching(&self) -> usize {
        self.0.iter().map(watch::Sender::receiver_count).sum()
    }

    fn latest(&self) -> Option<Arc<Frame>> {
        // The first row is told first.
        self.0[0].borrow().clone()
    }

    async fn tell(&self, frame: &Arc<Frame>) {
        for row in self.0.iter() {
            row.send_replace(Some(frame.clone()));
            if row.receiver_count() > 0 {
                tokio::task::yield_now().await;
            }
        }
    }
}

struct Feed {
    rows: Rows,
    nudge: Arc<Notify>,
}

/// All followers of this node.
#[derive(Clone, Default)]
pub(crate) struct Feeds {
    all: Arc<Mutex<HashMap<String, Feed>>>,
    /// Turns true when the server stops: open lines end.
    stop: Arc<watch::Sender<bool>>,
}

impl Feeds {
    /// Watches a lot; a follower is started where none runs.
    pub(crate) fn watch(&self, app: &App, floor: &Floor) -> Seat {
        let key = floor.key();
        let mut feeds = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(feed) = feeds.get(&key) {
            return feed.rows.sit();
        }
        let rows = Rows::new();
        let seat = rows.sit();
        let nudge = Arc::new(Notify::new());
        let feed = Feed {
            rows: rows.clone(),
            nudge: nudge.clone(),
        };
        feeds.insert(key.clone(), feed);
        let (all, app, floor) = (self.clone(), app.clone(), floor.clone());
        tokio::spawn(async move {
            if let Err(fault) = follow(&app, &floor, &rows, &nudge, &all, &key).await {
                tracing::warn!(fault = %fault, lot = key, "watchers of a lot are sent to call again");
                all.forget(&key);
            }
        });
        seat
    }

    /// Where a lot stands: from its follower, or read for this once.
    ///
    /// # Errors
    /// Not found; the store's.
    pub(crate) async fn frame(&self, app: &App, floor: &Floor) -> Result<Arc<Frame>> {
        // A follower may be an instant behind the log; who has just bid must see their bid.
        let stand = Stand::from(floor.state().await?);
        let known = {
            let feeds = self.all.lock().unwrap_or_else(PoisonError::into_inner);
            feeds.get(&floor.key()).and_then(|feed| feed.rows.latest())
        };
        if let Some(frame) = known.filter(|frame| frame.stand.state.seq >= stand.state.seq) {
            return Ok(frame);
        }
        let mut ladder = Ladder::default();
        ladder.read(floor, stand.state.seq).await?;
        let said = super::store::said(app, floor).await?;
        Ok(Arc::new(Frame::new(stand, ladder.lines(), said, app.now().micros())))
    }

    /// The server stops: every line ends, so that it need not wait for them.
    pub(crate) fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Hears when the server stops.
    pub(crate) fn stopping(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }

    /// Something beside the log has changed: an operator said something.
    pub(crate) fn nudge(&self, key: &str) {
        let feeds = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(feed) = feeds.get(key) {
            feed.nudge.notify_one();
        }
    }

    /// How many watch a lot on this node.
    pub(crate) fn watching(&self, key: &str) -> usize {
        let feeds = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        feeds.get(key).map_or(0, |feed| feed.rows.watching())
    }

    fn forget(&self, key: &str) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    /// Forgets a follower that nobody watches; whether it did.
    fn forget_idle(&self, key: &str, rows: &Rows) -> bool {
        // Under the lock, so that nobody can begin to watch in between.
        let mut feeds = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let idle = rows.watching() == 0;
        if idle {
            feeds.remove(key);
        }
        idle
    }
}

async fn follow(app: &App, floor: &Floor, rows: &Rows, nudge: &Notify, all: &Feeds, key: &str) -> Result<()> {
    let mut ladder = Ladder::default();
    let mut said = super::store::said(app, floor).await?;
    // Asking starts the logs; only then is something heard of them.
    let mut stand = Stand::from(floor.state().await?);
    let mut updates = floor.watch();
    loop {
        ladder.read(floor, stand.state.seq).await?;
        let frame = Frame::new(stand.clone(), ladder.lines(), said.clone(), app.now().micros());
        rows.tell(&Arc::new(frame)).await;
        tokio::time::sleep(Duration::from_millis(UPDATE_MS_MIN)).await;
        loop {
            tokio::select! {
                changed = updates.changed() => {
                    if changed.is_err() {
                        all.forget(key);
                        return Ok(());
                    }
                    let update = updates.borrow_and_update().clone();
                    if let Some(update) = update.filter(|update| update.state.seq != stand.state.seq) {
                        stand = Stand::from(update);
                        break;
                    }
                }
                () = nudge.notified() => {
                    said = super::store::said(app, floor).await?;
                    break;
                }
                () = tokio::time::sleep(Duration::from_secs(IDLE_SECS)) => {
                    if all.forget_idle(key, rows) {
                        return Ok(());
                    }
                    // Another node's operator may have said something meanwhile.
                    let now = super::store::said(app, floor).await?;
                    if now != said {
                        said = now;
                        break;
                    }
                }
            }
        }
    }
}

/// The sign of life on a line.
const BEAT: &[u8] = b"event: beat\ndata: 1\n\n";

struct Listener {
    frames: Seat,
    seen: Option<u64>,
    first: bool,
    ends: tokio::time::Instant,
    stop: watch::Receiver<bool>,
}

impl Listener {
    /// The next bytes: an update that was not seen, or a sign of life; none when the line is to end.
    async fn next(&mut self) -> Option<Bytes> {
        if std::mem::take(&mut self.first) {
            // A browser waits this long before it calls again, in milliseconds.
            return Some(Bytes::from_static(b"retry: 2000\n\n"));
        }
        loop {
            let frame = self.frames.borrow_and_update().clone();
            if let Some(frame) = frame.filter(|frame| self.seen != Some(frame.stand.state.seq)) {
                self.seen = Some(frame.stand.state.seq);
                return Some(frame.event.clone());
            }
            let wait = Duration::from_secs(BEAT_SECS);
            let heard = tokio::select! {
                heard = tokio::time::timeout(wait, self.frames.changed()) => heard,
                _ = self.stop.wait_for(|stop| *stop) => return None,
            };
            match heard {
                Ok(Ok(())) => {
                    // A notice changes no place in the log, so a change is always worth sending.
                    self.seen = None;
                }
                Ok(Err(_)) => return None,
                Err(_) if tokio::time::Instant::now() >= self.ends => return None,
                Err(_) => return Some(Bytes::from_static(BEAT)),
            }
        }
    }
}

/// A stream of updates from a place on.
pub(crate) fn events(frames: Seat, stop: watch::Receiver<bool>, seen: Option<u64>) -> Response {
    let listener = Listener {
        frames,
        seen,
        first: true,
        ends: tokio::time::Instant::now() + Duration::from_secs(LINE_SECS_MAX),
        stop,
    };
    let bytes = stream::unfold(listener, |mut listener| async move {
        let bytes = listener.next().await?;
        Some((Ok::<_, Infallible>(bytes), listener))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        // A proxy that gathers answers before it passes them on would make everybody late.
        (header::HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    (headers, Body::from_stream(bytes)).into_response()
}
