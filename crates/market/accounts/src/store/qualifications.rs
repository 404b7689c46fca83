//! Organisations' qualifications (R018).

use db::{Conn, on};
use jcore::{Act, Result};
use kernel::OrgId;
use uuid::Uuid;

use crate::model::{Qualification, QualificationKind};

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    org_id: Uuid,
    kind: String,
    number: String,
    from_day: Option<String>,
    until_day: Option<String>,
}

impl TryFrom<Row> for Qualification {
    type Error = jcore::Fault;
    fn try_from(r: Row) -> Result<Self> {
        Ok(Self {
            id: r.id,
            org: r.org_id.into(),
            kind: QualificationKind::stored(&r.kind)?,
            number: r.number,
            from_day: r.from_day,
            until_day: r.until_day,
        })
    }
}

/// Those of an organisation that were not ended, also expired ones.
pub(crate) async fn of_org(conn: &mut Conn, org: OrgId) -> Result<Vec<Qualification>> {
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(
        "SELECT id, org_id, kind, number, from_day, until_day FROM qualification WHERE org_id = $1 AND ended_at IS NULL ORDER BY kind, until_day, id")
        .bind(org.uuid()).fetch_all(c).await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

pub(crate) async fn insert(
    act: &mut Act,
    org: OrgId,
    kind: QualificationKind,
    number: &str,
    days: (Option<&str>, Option<&str>),
) -> Result<Uuid> {
    let id: Uuid = act.id();
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO qualification (id, org_id, kind, number, from_day, until_day, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(id).bind(org.uuid()).bind(kind.code()).bind(number).bind(days.0).bind(days.1).bind(now).execute(c).await.map(|_| ()))?;
    Ok(id)
}

/// Ends one; false when there is none such.
pub(crate) async fn end(act: &mut Act, org: OrgId, id: Uuid) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query("UPDATE qualification SET ended_at = $3 WHERE id = $1 AND org_id = $2 AND ended_at IS NULL")
        .bind(id).bind(org.uuid()).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}
