//! What people said of matches.

use db::{Arg, Conn, Select, on};
use jcore::{Act, Result};
use uuid::Uuid;

use crate::model::Verdict;

const VERDICTS: &str = "SELECT need_id, offer_id, said_by, level, reason, said_at FROM match_verdict";

/// Keeps a person's word on a match, in the place of an earlier one.
pub(crate) async fn put(act: &mut Act, verdict: &Verdict) -> Result<()> {
    let v = verdict;
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO match_verdict (need_id, offer_id, said_by, level, reason, said_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (need_id, offer_id, said_by) DO UPDATE SET level = excluded.level, reason = excluded.reason, \
         said_at = excluded.said_at")
        .bind(v.need_id).bind(v.offer_id).bind(v.said_by).bind(v.level).bind(&v.reason).bind(v.said_at)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}

/// All that was said of a need's matches, the newest first.
pub(crate) async fn of_need(conn: &mut Conn, need: Uuid) -> Result<Vec<Verdict>> {
    /// A need is judged against a few hundred offers; more change its ranking no further.
    const MAX: i64 = 2_000;
    let mut select = Select::new(VERDICTS);
    select
        .and("need_id = ?", &[need.into()])
        .end("ORDER BY said_at DESC, offer_id LIMIT ?", &[MAX.into()]);
    Ok(select.all(conn).await?)
}

/// The same of an offer.
pub(crate) async fn of_offer(conn: &mut Conn, offer: Uuid) -> Result<Vec<Verdict>> {
    /// As for a need.
    const MAX: i64 = 2_000;
    let mut select = Select::new(VERDICTS);
    select
        .and("offer_id = ?", &[offer.into()])
        .end("ORDER BY said_at DESC, need_id LIMIT ?", &[MAX.into()]);
    Ok(select.all(conn).await?)
}

/// On how many matches of each of these needs somebody has said something.
pub(crate) async fn counts(conn: &mut Conn, needs: &[Uuid]) -> Result<Vec<(Uuid, i64)>> {
    let mut select = Select::new("SELECT need_id, count(DISTINCT offer_id) FROM match_verdict");
    let ids: Vec<Arg> = needs.iter().map(|id| (*id).into()).collect();
    select.and_in("need_id", &ids).end("GROUP BY need_id", &[]);
    Ok(select.all(conn).await?)
}
