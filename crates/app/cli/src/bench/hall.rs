//! Lots in the halls of a whole site, with bidders who have accounts, and the lines over which they bid and watch.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use auctions::Auctions;
use bidding::sequencer::Time as _;
use bidding::{Command, Paddle};
use jcore::{Action, Actor, App, Fault, Result, Subject, act, login};
use kernel::{Fen, OrgId, UserId};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use uuid::Uuid;

use crate::bench::bids::{Answers, Bidder, Clocks, Run, made, rules};

/// Rows of one act: a writer of SQLite goes in small steps.
const ROWS_AN_ACT: usize = 50;
/// Days that a bidder's token holds.
const TOKEN_SECS: i64 = 86_400;
/// Bytes of an answer's head and body that are read at most: an answer with its receipt has some two thousand.
const ANSWER_MAX: usize = 64 * 1024;

/// A bidder's place in a lot.
#[derive(Clone, Debug)]
pub(crate) struct Seat {
    /// The lot.
    pub(crate) lot: Uuid,
    /// The number in its hall.
    pub(crate) paddle: u32,
    /// The token of its bidder.
    pub(crate) token: String,
}

/// Makes lots, live, with so many bidders each; their seats, lot by lot.
///
/// # Errors
/// The store's, and what a log refused.
pub(crate) async fn seats(app: &App, clocks: &Clocks, lots: u32, bidders: u32) -> Result<Vec<Seat>> {
    let log = app
        .extra::<Auctions>()
        .ok_or_else(|| Fault::internal("a site without auctions"))?
        .clone();
    if let Some(halls) = app.extra::<auctions::Halls>() {
        // What a log bears is measured, not what a person may.
        halls.limit(false);
    }
    let seller = seller(app).await?;
    let mut out = Vec::new();
    for _ in 0..lots {
        let lot = auctions::doors::bare_lot(app, seller, "bench", &rules()).await?;
        let commands = made(bidders, clocks.wall());
        let replies = commands.into_iter().map(|command| log.order(lot, command));
        for reply in futures_util::future::join_all(replies).await {
            reply?;
        }
        let paddles: Vec<u32> = (1..=bidders).collect();
        for part in paddles.chunks(ROWS_AN_ACT) {
            out.extend(join(app, lot, part).await?);
        }
    }
    clocks.now();
    let all: std::collections::BTreeSet<Uuid> = out.iter().map(|seat| seat.lot).collect();
    for lot in all {
        log.send(lot, Command::Tick).await?;
    }
    Ok(out)
}

async fn seller(app: &App) -> Result<OrgId> {
    let id = app.ids.uuid();
    let permit = app.permit(&Actor::system(), Action("bench.lot"), &Subject::NONE)?;
    act!(app, permit, |act| {
        let now = act.now.micros();
        db::on!(&mut act.conn, c => sqlx::query(
            "INSERT INTO organisation (id, name, name_key, kind, identity_kind, identity, region, state, created_at, changed_at) \
             VALUES ($1, $2, $2, 'university', 'other', $2, '320100', 'active', $3, $3)")
            .bind(id).bind(id.to_string()).bind(now).execute(c).await.map(|_| ()))?;
        act.note("bench.lot", "organisation", id, serde_json::json!({}));
        Ok(())
    })?;
    Ok(id.into())
}

/// Accounts with tokens, admitted to a lot.
async fn join(app: &App, lot: Uuid, paddles: &[u32]) -> Result<Vec<Seat>> {
    let permit = app.permit(&Actor::system(), Action("bench.lot"), &Subject::NONE)?;
    let seats: Vec<(Seat, Uuid)> = paddles
        .iter()
        .map(|paddle| {
            let seat = Seat {
                lot,
                paddle: *paddle,
                token: app.ids.token(),
            };
            (seat, app.ids.uuid())
        })
        .collect();
    act!(app, permit, |act| {
        let now = act.now.micros();
        for (seat, user) in &seats {
            let mail = format!("{}@bench.invalid", user.simple());
            db::on!(&mut act.conn, c => sqlx::query(
                "INSERT INTO user_account (id, email, name, state, created_at, changed_at) VALUES ($1, $2, $2, 'active', $3, $3)")
                .bind(*user).bind(&mail).bind(now).execute(c).await.map(|_| ()))?;
            let id = app.ids.uuid();
            db::on!(&mut act.conn, c => sqlx::query(
                "INSERT INTO api_token (id, token_hash, user_id, name, created_at, expires_at) VALUES ($1, $2, $3, 'bench', $4, $5)")
                .bind(id).bind(login::token_hash(&seat.token)).bind(*user).bind(now).bind(now + TOKEN_SECS * 1_000_000)
                .execute(c).await.map(|_| ()))?;
        }
        act.note("bench.lot", "lot", lot, serde_json::json!({}));
        Ok(())
    })?;
    let people: Vec<(Paddle, UserId)> = seats
        .iter()
        .map(|(seat, user)| (Paddle(seat.paddle), (*user).into()))
        .collect();
    auctions::doors::seat(app, lot, &people).await?;
    Ok(seats.into_iter().map(|(seat, _)| seat).collect())
}

/// A connection that is kept, over which one request follows the other.
pub(crate) struct Line {
    stream: TcpStream,
    read: Vec<u8>,
}

/// An answer: the status and the body.
pub(crate) type Got<'a> = (u16, &'a str);

impl Line {
    /// Connects.
    ///
    /// # Errors
    /// The system's.
    pub(crate) async fn open(address: std::net::SocketAddr) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            read: Vec::new(),
        })
    }

    /// Sends a request and reads its answer.
    ///
    /// # Errors
    /// The system's; an answer that is none.
    pub(crate) async fn ask(&mut self, request: &str) -> std::io::Result<Got<'_>> {
        self.stream.write_all(request.as_bytes()).await?;
        self.read.clear();
        loop {
            if let Some((status, from, length)) = head(&self.read)
                && self.read.len() >= from + length
            {
                let body = self.read.get(from..from + length).unwrap_or_default();
                return Ok((status, std::str::from_utf8(body).unwrap_or_default()));
            }
            if self.stream.read_buf(&mut self.read).await? == 0 || self.read.len() > ANSWER_MAX {
                return Err(std::io::ErrorKind::InvalidData.into());
            }
        }
    }
}

/// The status, where the body begins, and its length; none before the head is whole.
fn head(read: &[u8]) -> Option<(u16, usize, usize)> {
    let end = read.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(read.get(..end)?).ok()?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse().ok())?
    });
    Some((status, end + 4, length.unwrap_or(0)))
}

/// A number in a flat JSON object.
fn number(json: &str, key: &str) -> Option<i64> {
    let rest = json.split_once(key)?.1;
    let end = rest
        .find(|c: char| c != '-' && !c.is_ascii_digit())
        .unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}

/// A bid as a request.
fn request(seat: &Seat, amount: Fen, key: bidding::Key) -> String {
    let body = format!("{{\"amount_fen\":{},\"key\":{}}}", amount.get(), key.0);
    format!(
        "POST /api/v1/lots/{}/bids HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        seat.lot,
        seat.token,
        body.len()
    )
}

/// One bidder bids over a line of its own, one bid after the other, until the run is over.
pub(crate) async fn bidder(address: std::net::SocketAddr, clocks: Arc<Clocks>, seat: Seat, run: Arc<Run>) -> Answers {
    let mut out = Answers::default();
    let Ok(mut line) = Line::open(address).await else {
        out.failed += 1;
        return out;
    };
    let mut bidder = Bidder::new(seat.paddle);
    while !run.is_over.load(Ordering::Acquire) {
        let (amount, key) = bidder.next();
        let request = request(&seat, amount, key);
        let since = clocks.micros();
        let got = line.ask(&request).await;
        let took = clocks.micros() - since;
        let counts = run.counts.load(Ordering::Acquire);
        let Ok((200, body)) = got else {
            out.failed += u64::from(counts);
            if let Err(error) = got {
                tracing::error!(%error, "a bidder's line broke");
                return out;
            }
            continue;
        };
        if !body.contains("\"signature\":\"") {
            run.broken.fetch_add(1, Ordering::AcqRel);
        }
        bidder.sees(number(body, "\"price_fen\":").map(Fen::new));
        if counts {
            out.count(body.contains("\"accepted\":true"), took);
        }
    }
    out
}

/// One bid over a line: its place in the log.
///
/// # Errors
/// What was answered instead.
pub(crate) async fn bid(line: &mut Line, seat: &Seat, bidder: &mut Bidder) -> std::result::Result<u64, String> {
    let (amount, key) = bidder.next();
    let (status, body) = line.ask(&request(seat, amount, key)).await.map_err(|e| e.to_string())?;
    bidder.sees(number(body, "\"price_fen\":").map(Fen::new));
    let seq = number(body, "\"seq\":").and_then(|seq| u64::try_from(seq).ok());
    seq.filter(|_| status == 200).ok_or_else(|| format!("{status} {body}"))
}

#[cfg(test)]
mod tests {
    use super::{head, number};

    #[test]
    fn answers_are_read() {
        let answer = b"HTTP/1.1 200 OK\r\ncontent-type: x\r\nContent-Length: 5\r\n\r\nhello";
        assert_eq!(head(answer), Some((200, answer.len() - 5, 5)));
        assert_eq!(head(b"HTTP/1.1 200 OK\r\n"), None);
        assert_eq!(number("{\"seq\":12,\"price_fen\":-7}", "\"price_fen\":"), Some(-7));
        assert_eq!(number("{\"seq\":12", "\"seq\":"), Some(12));
        assert_eq!(number("{}", "\"seq\":"), None);
    }
}
