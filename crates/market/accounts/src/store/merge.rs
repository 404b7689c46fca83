//! Moving everything of one organisation to another.

use db::{Conn, on};
use jcore::{Act, Result};
use kernel::OrgId;
use serde::Serialize;
use uuid::Uuid;

/// What hangs on an organisation, in figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Belongings {
    pub(crate) members: i64,
    pub(crate) grants: i64,
    pub(crate) liaisons: i64,
    pub(crate) qualifications: i64,
    pub(crate) entries: i64,
    pub(crate) batches: i64,
    pub(crate) files: i64,
}

pub(crate) async fn count(conn: &mut Conn, org: OrgId) -> Result<Belongings> {
    let mut number = [0_i64; 7];
    for (slot, sql) in number.iter_mut().zip([
        "SELECT count(*) FROM membership WHERE org_id = $1 AND state IN ('asked', 'active')",
        "SELECT count(*) FROM role_grant WHERE org_id = $1 AND ended_at IS NULL",
        "SELECT count(*) FROM liaison WHERE org_id = $1",
        "SELECT count(*) FROM qualification WHERE org_id = $1 AND ended_at IS NULL",
        "SELECT count(*) FROM entry WHERE org_id = $1",
        "SELECT count(*) FROM intake_batch WHERE org_id = $1",
        "SELECT count(*) FROM file WHERE org_id = $1",
    ]) {
        *slot = on!(&mut *conn, c => sqlx::query_scalar(sql).bind(org.uuid()).fetch_one(c).await)?;
    }
    let [members, grants, liaisons, qualifications, entries, batches, files] = number;
    Ok(Belongings {
        members,
        grants,
        liaisons,
        qualifications,
        entries,
        batches,
        files,
    })
}

/// The entries of an organisation, which are told as changed.
pub(crate) async fn entries(conn: &mut Conn, org: OrgId) -> Result<Vec<Uuid>> {
    let rows: Vec<(Uuid,)> =
        on!(conn, c => sqlx::query_as("SELECT id FROM entry WHERE org_id = $1").bind(org.uuid()).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Moves everything. Where both have the same (a member, a role, a liaison in office), the target's stays and the
/// source's ends.
pub(crate) async fn move_all(act: &mut Act, from: OrgId, into: OrgId) -> Result<()> {
    let now = act.now.micros();
    // In this order: first what both have ends at the source, then everything moves.
    for sql in [
        "UPDATE membership SET state = 'left', reason = 'merged', left_at = $3 WHERE org_id = $1 AND state IN ('asked', 'active') \
         AND EXISTS (SELECT 1 FROM membership t WHERE t.org_id = $2 AND t.user_id = membership.user_id AND t.state = 'active')",
        "UPDATE role_grant SET ended_at = $3 WHERE org_id = $1 AND ended_at IS NULL \
         AND EXISTS (SELECT 1 FROM role_grant t WHERE t.org_id = $2 AND t.user_id = role_grant.user_id AND t.role = role_grant.role AND t.ended_at IS NULL)",
        "UPDATE liaison SET until_at = $3, ended_reason = 'merged' WHERE org_id = $1 AND until_at IS NULL \
         AND EXISTS (SELECT 1 FROM liaison t WHERE t.org_id = $2 AND t.until_at IS NULL)",
        "UPDATE qualification SET ended_at = $3 WHERE org_id = $1 AND ended_at IS NULL \
         AND EXISTS (SELECT 1 FROM qualification t WHERE t.org_id = $2 AND t.kind = qualification.kind AND t.ended_at IS NULL)",
    ] {
        on!(&mut act.conn, c => sqlx::query(sql).bind(from.uuid()).bind(into.uuid()).bind(now).execute(c).await.map(|_| ()))?;
    }
    for sql in [
        "UPDATE membership SET org_id = $2 WHERE org_id = $1",
        "UPDATE role_grant SET org_id = $2 WHERE org_id = $1",
        "UPDATE liaison SET org_id = $2 WHERE org_id = $1",
        "UPDATE qualification SET org_id = $2 WHERE org_id = $1",
        "UPDATE waiver SET org_id = $2 WHERE org_id = $1",
        "UPDATE intake_batch SET org_id = $2 WHERE org_id = $1",
        "UPDATE file SET org_id = $2 WHERE org_id = $1",
        // The name that an entry shows is what its author wrote, and stays until they change it.
        "UPDATE entry SET org_id = $2 WHERE org_id = $1",
        "UPDATE organisation SET merged_into = $2 WHERE merged_into = $1",
    ] {
        on!(&mut act.conn, c => sqlx::query(sql).bind(from.uuid()).bind(into.uuid()).execute(c).await.map(|_| ()))?;
    }
    Ok(())
}
