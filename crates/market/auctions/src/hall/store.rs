//! The hall's SQL, and only it: what officers said, proxies, offers under seal, digests.

use db::{Conn, on};
use jcore::{Act, App, Result};
use kernel::UserId;
use uuid::Uuid;

use super::floor::Floor;
use super::wire::Said;

/// Notices of a lot that a room shows.
const SAID_MAX: i64 = 5;

/// What officers said to everyone in a room, the newest first.
pub(crate) async fn said(app: &App, floor: &Floor) -> Result<Vec<Said>> {
    let Floor::Real(_, lot) = floor else {
        return Ok(Vec::new());
    };
    let mut conn = app.read().await?;
    let rows: Vec<(i64, String)> = on!(&mut conn, c => sqlx::query_as(
        "SELECT said_at, text FROM lot_said WHERE lot_id = $1 ORDER BY said_at DESC LIMIT $2")
        .bind(*lot).bind(SAID_MAX).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(at, text)| Said { at, text }).collect())
}

/// Says something to everyone in a room.
pub(crate) async fn say(act: &mut Act, lot: Uuid, text: &str) -> Result<()> {
    let (id, now, by): (Uuid, i64, Option<Uuid>) = (act.id(), act.now.micros(), act.permit().user().map(UserId::uuid));
    on!(&mut act.conn, c => sqlx::query("INSERT INTO lot_said (id, lot_id, text, said_at, said_by) VALUES ($1, $2, $3, $4, $5)")
        .bind(id).bind(lot).bind(text).bind(now).bind(by).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// A proxy, as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Proxy {
    /// Whose.
    pub paddle: i64,
    /// The ceiling, sealed.
    pub ceiling: Vec<u8>,
    /// What it is sealed to.
    pub commitment: String,
    /// When it was set.
    pub set_at: i64,
}

const PROXY: &str = "SELECT paddle, ceiling, commitment, set_at FROM lot_proxy WHERE lot_id = $1 AND ended_at IS NULL";

/// A bidder's proxy.
pub(crate) async fn proxy(conn: &mut Conn, lot: Uuid, paddle: u32) -> Result<Option<Proxy>> {
    let all = proxies(conn, lot).await?;
    Ok(all.into_iter().find(|proxy| proxy.paddle == i64::from(paddle)))
}

/// The proxies of a lot, the earliest first.
pub(crate) async fn proxies(conn: &mut Conn, lot: Uuid) -> Result<Vec<Proxy>> {
    let rows: Vec<Proxy> = on!(conn, c => sqlx::query_as(PROXY).bind(lot).fetch_all(c).await)?;
    let mut rows = rows;
    rows.sort_by_key(|row| (row.set_at, row.paddle));
    Ok(rows)
}

/// Lots that have proxies.
pub(crate) async fn lots_with_proxies(conn: &mut Conn) -> Result<Vec<Uuid>> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT DISTINCT lot_id FROM lot_proxy WHERE ended_at IS NULL").fetch_all(c).await)?,
    )
}

/// Sets a bidder's proxy in place of an earlier one.
pub(crate) async fn set_proxy(act: &mut Act, lot: Uuid, paddle: u32, ceiling: &[u8], commitment: &str) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO lot_proxy (lot_id, paddle, ceiling, commitment, set_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (lot_id, paddle) DO UPDATE SET ceiling = $3, commitment = $4, set_at = $5, ended_at = NULL")
        .bind(lot).bind(i64::from(paddle)).bind(ceiling).bind(commitment).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Ends a bidder's proxy.
pub(crate) async fn end_proxy(act: &mut Act, lot: Uuid, paddle: u32) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query("UPDATE lot_proxy SET ended_at = $3 WHERE lot_id = $1 AND paddle = $2 AND ended_at IS NULL")
        .bind(lot).bind(i64::from(paddle)).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Ends all proxies of a lot that is over.
pub(crate) async fn end_proxies(act: &mut Act, lot: Uuid) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query("UPDATE lot_proxy SET ended_at = $2 WHERE lot_id = $1 AND ended_at IS NULL")
        .bind(lot).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Keeps what opens an offer under seal.
pub(crate) async fn keep_offer(act: &mut Act, lot: Uuid, hash: &str, paddle: u32, body: &[u8]) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO lot_offer (lot_id, hash, paddle, body, came_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (lot_id, hash) DO NOTHING")
        .bind(lot).bind(hash).bind(i64::from(paddle)).bind(body).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// What opens an offer, sealed.
pub(crate) async fn offer(conn: &mut Conn, lot: Uuid, hash: &str) -> Result<Option<Vec<u8>>> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT body FROM lot_offer WHERE lot_id = $1 AND hash = $2")
        .bind(lot).bind(hash).fetch_optional(c).await)?,
    )
}

/// The head of a lot's log at the end of a day.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Digest {
    /// The day.
    pub day: String,
    /// The lot's number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its id.
    pub lot_id: Uuid,
    /// Steps.
    pub seq: i64,
    /// The head.
    pub head: String,
}

/// Writes a day's head of a lot; one that is written stays.
pub(crate) async fn keep_digest(act: &mut Act, day: &str, lot: Uuid, seq: i64, head: &str) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO lot_digest (day, lot_id, seq, head, written_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (day, lot_id) DO NOTHING")
        .bind(day).bind(lot).bind(seq).bind(head).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Lots whose heads of a day are not written yet: announced before its end, with steps since the last digest.
pub(crate) async fn undigested(conn: &mut Conn, day: &str, ends: i64) -> Result<Vec<Uuid>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT l.id FROM lot l WHERE l.state = 'logged' AND l.announced_at < $2 \
         AND NOT EXISTS (SELECT 1 FROM lot_digest d WHERE d.lot_id = l.id AND (d.day >= $1 OR d.seq >= l.seq)) ORDER BY l.id")
        .bind(day).bind(ends).fetch_all(c).await)?)
}

/// The digests, the newest day first.
pub(crate) async fn digests(conn: &mut Conn, limit: i64) -> Result<Vec<Digest>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT d.day, l.number, l.title, d.lot_id, d.seq, d.head FROM lot_digest d JOIN lot l ON l.id = d.lot_id \
         ORDER BY d.day DESC, l.number LIMIT $1").bind(limit).fetch_all(c).await)?)
}
