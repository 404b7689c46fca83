//! Lots and bidders without the way to them, for measuring and for tests of what comes after.

use bidding::Paddle;
use db::on;
use jcore::{Act, Result};
use kernel::OrgId;
use uuid::Uuid;

use crate::model::mode_code;

/// A lot that is announced.
pub(crate) async fn lot(act: &mut Act, org: OrgId, title: &str, rules: &bidding::Rules, terms: &str) -> Result<Uuid> {
    let (id, now): (Uuid, i64) = (act.id(), act.now.micros());
    let json = serde_json::to_string(rules).unwrap_or_default();
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO lot (id, number, org_id, region, programme, title, state, mode, rules, terms, start_fen, version, phase, \
         starts_at, announced_at, created_at, changed_at) \
         SELECT $1, $2, $3, o.region, '', $4, 'logged', $5, $6, $7, $8, 1, 'announced', $9, $9, $9, $9 \
         FROM organisation o WHERE o.id = $3")
        .bind(id).bind(id.to_string()).bind(org.uuid()).bind(title).bind(mode_code(&rules.mode)).bind(&json).bind(terms)
        .bind(rules.start.get()).bind(now).execute(c).await.map(|_| ()))?;
    Ok(id)
}

/// Somebody who was admitted, of whom nothing is said.
pub(crate) async fn bidder(act: &mut Act, lot: Uuid, paddle: Paddle, key: &str) -> Result<()> {
    let id: Uuid = act.id();
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO lot_bidder (id, lot_id, paddle, user_key, org_key, body, commitment, relation, pay_code, rules_hash, \
         state, asked_at) VALUES ($1, $2, $3, $4, $4, $5, '', 'none', $6, '', 'admitted', 0)")
        .bind(id).bind(lot).bind(i64::from(paddle.0)).bind(key).bind(Vec::<u8>::new()).bind(id.to_string())
        .execute(c).await.map(|_| ()))?;
    Ok(())
}
