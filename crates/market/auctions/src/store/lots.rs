//! Lots, what they sell, and the mirror of where their logs stand.

use db::{Arg, Conn, Select, on};
use jcore::{Act, Fault, Result};
use uuid::Uuid;

use crate::model::Lot;

const LOTS: &str = "SELECT id, number, org_id, region, programme, title, state, mode, rules, terms, reserve, rules_hash, start_fen, \
     registers_until, starts_at, version, origin_id, round, phase, seq, price_fen, bids, bidders, end_at, announced_at, closed_at, \
     award_paddle, award_fen, published_until, confirmed_at, ended_why, created_by, created_at, changed_at FROM lot";

/// One lot.
pub(crate) async fn get(conn: &mut Conn, id: Uuid) -> Result<Lot> {
    let mut select = Select::new(LOTS);
    select.and("id = ?", &[id.into()]);
    let rows: Vec<Lot> = select.all(conn).await?;
    rows.into_iter().next().ok_or_else(Fault::not_found)
}

/// What a list of lots is narrowed to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    /// In these states.
    pub(crate) states: Vec<&'static str>,
    /// At these points of their lives.
    pub(crate) phases: Vec<&'static str>,
    /// Bidding begins from then on.
    pub(crate) starts_from: Option<i64>,
    /// Bidding begins before then.
    pub(crate) starts_before: Option<i64>,
    /// Bidding closed from then on.
    pub(crate) closed_from: Option<i64>,
    /// Sold in this mode.
    pub(crate) mode: Option<String>,
    /// Of this seller.
    pub(crate) org: Option<Uuid>,
    /// With this in its title or number.
    pub(crate) text: Option<String>,
    /// The newest first; by their start otherwise.
    pub(crate) newest: bool,
}

impl Filter {
    fn select(&self, head: &'static str) -> Select {
        let mut select = Select::new(head);
        let args = |codes: &[&'static str]| codes.iter().map(|code| Arg::from(*code)).collect::<Vec<_>>();
        if !self.states.is_empty() {
            select.and_in("state", &args(&self.states));
        }
        if !self.phases.is_empty() {
            select.and_in("phase", &args(&self.phases));
        }
        if let Some(from) = self.starts_from {
            select.and("starts_at >= ?", &[from.into()]);
        }
        if let Some(before) = self.starts_before {
            select.and("starts_at < ?", &[before.into()]);
        }
        if let Some(from) = self.closed_from {
            select.and("closed_at >= ?", &[from.into()]);
        }
        if let Some(mode) = &self.mode {
            select.and("mode = ?", &[mode.as_str().into()]);
        }
        if let Some(org) = self.org {
            select.and("org_id = ?", &[org.into()]);
        }
        if let Some(text) = self.text.as_deref().filter(|text| !text.is_empty()) {
            let like = like(text);
            select.and(
                "(title LIKE ? ESCAPE '\\' OR number LIKE ? ESCAPE '\\')",
                &[like.as_str().into(), like.as_str().into()],
            );
        }
        select
    }
}

/// A text to be found anywhere, its signs being themselves.
pub(super) fn like(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

/// A page of lots, and how many there are.
pub(crate) async fn list(conn: &mut Conn, filter: &Filter, limit: i64, offset: i64) -> Result<(Vec<Lot>, i64)> {
    let count = filter.select("SELECT count(*) FROM lot").number(conn).await?;
    let mut select = filter.select(LOTS);
    let order = if filter.newest {
        "ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?"
    } else {
        "ORDER BY starts_at, number LIMIT ? OFFSET ?"
    };
    select.end(order, &[limit.into(), offset.into()]);
    Ok((select.all(conn).await?, count))
}

/// A few lots, those that are live first, then by their start.
pub(crate) async fn first_by_phase(conn: &mut Conn, filter: &Filter, limit: i64) -> Result<Vec<Lot>> {
    let mut select = filter.select(LOTS);
    select.end(
        "ORDER BY CASE WHEN phase IN ('announced', 'ready') THEN 1 ELSE 0 END, starts_at, number LIMIT ?",
        &[limit.into()],
    );
    Ok(select.all(conn).await?)
}

/// These lots.
pub(crate) async fn many(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<Lot>> {
    let args: Vec<Arg> = ids.iter().map(|id| Arg::from(*id)).collect();
    let mut select = Select::new(LOTS);
    select.and_in("id", &args);
    Ok(select.all(conn).await?)
}

/// What a lot sells, in order.
pub(crate) async fn items(conn: &mut Conn, lot: Uuid) -> Result<Vec<Uuid>> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT entry_id FROM lot_item WHERE lot_id = $1 ORDER BY place")
        .bind(lot).fetch_all(c).await)?,
    )
}

/// Lots that sell an offer and are not over or dropped.
pub(crate) async fn selling(conn: &mut Conn, entry: Uuid, but: Option<Uuid>) -> Result<Vec<Lot>> {
    let mut select = Select::new(LOTS);
    select.and(
        "id IN (SELECT lot_id FROM lot_item WHERE entry_id = ?) AND state <> 'dropped' \
         AND phase NOT IN ('failed', 'terminated', 'defaulted', 'voided')",
        &[entry.into()],
    );
    if let Some(but) = but {
        select.and("id <> ?", &[but.into()]);
    }
    select.end("ORDER BY created_at", &[]);
    Ok(select.all(conn).await?)
}

/// Published patents that are in no lot and under no open licence, the earliest first.
pub(crate) async fn sellable(conn: &mut Conn, max: i64) -> Result<Vec<Uuid>> {
    Ok(on!(conn, c => sqlx::query_scalar(
        "SELECT e.id FROM entry e WHERE e.kind = 'patent' AND e.state = 'published' \
         AND NOT EXISTS (SELECT 1 FROM lot_item i WHERE i.entry_id = e.id) \
         AND NOT EXISTS (SELECT 1 FROM open_licence l WHERE l.entry_id = e.id) ORDER BY e.published_at, e.id LIMIT $1")
        .bind(max).fetch_all(c).await)?)
}

/// All announced lots that sell or sold an offer, the newest first.
pub(crate) async fn of_entry(conn: &mut Conn, entry: Uuid) -> Result<Vec<Lot>> {
    /// A thing is on sale a few times at most.
    const MAX: i64 = 20;
    let mut select = Select::new(LOTS);
    select
        .and(
            "id IN (SELECT lot_id FROM lot_item WHERE entry_id = ?) AND state = 'logged'",
            &[entry.into()],
        )
        .end("ORDER BY created_at DESC LIMIT ?", &[MAX.into()]);
    Ok(select.all(conn).await?)
}

/// Lots that follow another.
pub(crate) async fn followers(conn: &mut Conn, origin: Uuid) -> Result<Vec<Lot>> {
    let mut select = Select::new(LOTS);
    select
        .and("origin_id = ? AND state <> 'dropped'", &[origin.into()])
        .end("ORDER BY created_at", &[]);
    Ok(select.all(conn).await?)
}

/// How many lots were made under a programme: for the next number.
pub(crate) async fn count_of(conn: &mut Conn, prefix: &str) -> Result<i64> {
    let like = format!("{prefix}%");
    let mut select = Select::new("SELECT count(*) FROM lot");
    select.and("number LIKE ?", &[like.as_str().into()]);
    Ok(select.number(conn).await?)
}

/// Writes a new lot.
pub(crate) async fn insert(act: &mut Act, lot: &Lot, items: &[Uuid]) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO lot (id, number, org_id, region, programme, title, state, mode, rules, terms, reserve, start_fen, registers_until, \
         starts_at, version, origin_id, round, created_by, created_at, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19)")
        .bind(lot.id).bind(&lot.number).bind(lot.org_id).bind(&lot.region).bind(&lot.programme).bind(&lot.title).bind(&lot.state)
        .bind(&lot.mode).bind(&lot.rules).bind(&lot.terms).bind(&lot.reserve).bind(lot.start_fen).bind(lot.registers_until)
        .bind(lot.starts_at).bind(lot.version).bind(lot.origin_id).bind(lot.round).bind(lot.created_by).bind(lot.created_at)
        .execute(c).await.map(|_| ()))?;
    for (place, entry) in (0_i64..).zip(items) {
        on!(&mut act.conn, c => sqlx::query("INSERT INTO lot_item (lot_id, entry_id, place) VALUES ($1, $2, $3)")
            .bind(lot.id).bind(entry).bind(place).execute(c).await.map(|_| ()))?;
    }
    Ok(())
}

/// Writes a changed draft, if nobody changed it meanwhile; its approvals go.
pub(crate) async fn update(act: &mut Act, lot: &Lot) -> Result<()> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE lot SET title = $3, mode = $4, rules = $5, terms = $6, reserve = $7, start_fen = $8, registers_until = $9, \
         starts_at = $10, state = 'draft', version = version + 1, changed_at = $11 \
         WHERE id = $1 AND version = $2 AND state IN ('draft', 'reviewed')")
        .bind(lot.id).bind(lot.version).bind(&lot.title).bind(&lot.mode).bind(&lot.rules).bind(&lot.terms).bind(&lot.reserve)
        .bind(lot.start_fen).bind(lot.registers_until).bind(lot.starts_at).bind(now)
        .execute(c).await.map(|d| d.rows_affected()))?;
    if done != 1 {
        return Err(Fault::stale());
    }
    on!(&mut act.conn, c => sqlx::query("DELETE FROM lot_approval WHERE lot_id = $1").bind(lot.id).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Moves a lot from one state before its log to another; whether it was there.
pub(crate) async fn go(act: &mut Act, id: Uuid, from: &str, to: &str) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE lot SET state = $3, version = version + 1, changed_at = $4 WHERE id = $1 AND state = $2")
        .bind(id).bind(from).bind(to).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Writes that a lot is announced.
pub(crate) async fn announced(act: &mut Act, id: Uuid, rules_hash: &str) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE lot SET state = 'logged', phase = 'announced', rules_hash = $2, announced_at = $3, version = version + 1, changed_at = $3 \
         WHERE id = $1 AND state = 'reviewed'")
        .bind(id).bind(rules_hash).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Where a log stands, for the mirror.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Mirror {
    pub(crate) phase: &'static str,
    pub(crate) seq: i64,
    pub(crate) price_fen: Option<i64>,
    pub(crate) bids: i64,
    pub(crate) bidders: i64,
    pub(crate) end_at: Option<i64>,
    pub(crate) award: Option<(i64, i64)>,
    pub(crate) published_until: Option<i64>,
}

/// Writes the mirror; an older look at the log changes nothing.
pub(crate) async fn mirror(conn: &mut Conn, id: Uuid, mirror: &Mirror) -> Result<bool> {
    let (paddle, award) = mirror.award.unzip();
    let done = on!(conn, c => sqlx::query(
        "UPDATE lot SET phase = $2, seq = $3, price_fen = $4, bids = $5, bidders = $6, end_at = $7, award_paddle = $8, award_fen = $9, \
         published_until = $10 WHERE id = $1 AND seq < $3")
        .bind(id).bind(mirror.phase).bind(mirror.seq).bind(mirror.price_fen).bind(mirror.bids).bind(mirror.bidders)
        .bind(mirror.end_at).bind(paddle).bind(award).bind(mirror.published_until)
        .execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Writes when a lot closed, was confirmed, and why it ended; what is set stays.
pub(crate) async fn ended(
    act: &mut Act,
    id: Uuid,
    closed: Option<i64>,
    confirmed: Option<i64>,
    why: Option<&str>,
) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query(
        "UPDATE lot SET closed_at = coalesce(closed_at, $2), confirmed_at = coalesce(confirmed_at, $3), \
         ended_why = coalesce($4, ended_why) WHERE id = $1")
        .bind(id).bind(closed).bind(confirmed).bind(why).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Announced lots whose logs may still say something new.
pub(crate) async fn followed(conn: &mut Conn) -> Result<Vec<Lot>> {
    let mut select = Select::new(LOTS);
    select
        .and(
            "state = 'logged' AND phase NOT IN ('confirmed', 'failed', 'terminated', 'defaulted', 'voided')",
            &[],
        )
        .end("ORDER BY starts_at, id", &[]);
    Ok(select.all(conn).await?)
}

/// An officer's approval.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Approval {
    pub(crate) user_id: Uuid,
    pub(crate) at: i64,
}

/// Who approved a lot, the first first.
pub(crate) async fn approvals(conn: &mut Conn, lot: Uuid) -> Result<Vec<Approval>> {
    Ok(
        on!(conn, c => sqlx::query_as("SELECT user_id, at FROM lot_approval WHERE lot_id = $1 ORDER BY at, user_id")
        .bind(lot).fetch_all(c).await)?,
    )
}

/// Writes an approval.
pub(crate) async fn approve(act: &mut Act, lot: Uuid, user: Uuid, hash: &str) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO lot_approval (lot_id, user_id, hash, at) VALUES ($1, $2, $3, $4)")
        .bind(lot).bind(user).bind(hash).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Takes all approvals back.
pub(crate) async fn unapprove(act: &mut Act, lot: Uuid) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query("DELETE FROM lot_approval WHERE lot_id = $1").bind(lot).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Keeps a sheet of scores; a later one takes its place, as long as the log holds no commitment.
pub(crate) async fn keep_scores(act: &mut Act, lot: Uuid, body: &[u8]) -> Result<()> {
    let (now, user) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO lot_scores (lot_id, body, sealed_at, sealed_by) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (lot_id) DO UPDATE SET body = excluded.body, sealed_at = excluded.sealed_at, sealed_by = excluded.sealed_by")
        .bind(lot).bind(body).bind(now).bind(user).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// A lot's sheet of scores, sealed.
pub(crate) async fn scores(conn: &mut Conn, lot: Uuid) -> Result<Option<Vec<u8>>> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT body FROM lot_scores WHERE lot_id = $1").bind(lot).fetch_optional(c).await)?,
    )
}
