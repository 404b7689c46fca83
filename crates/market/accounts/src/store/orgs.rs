//! Organisations in the store.

use std::collections::HashMap;

use db::{Conn, Holds, Rows, Select, on};
use jcore::{Act, Fault, Result};
use kernel::{OrgId, Region, text::fold};
use serde_json::json;
use uuid::Uuid;

use crate::model::{Identity, IdentityKind, NewOrg, Org, OrgKind, OrgState};

/// How often a merged organisation is followed to the one it became part of: merging flattens chains, so one step is
/// the rule, and a circle must not hold us.
const MERGE_STEPS_MAX: usize = 8;
/// Between former names in the store: a line break, which no name holds.
const NAMES_BREAK: char = '\n';

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    former_names: String,
    kind: String,
    identity_kind: String,
    identity: Option<String>,
    country: String,
    region: Option<String>,
    address: String,
    park: String,
    intro: String,
    tags: String,
    state: String,
    merged_into: Option<Uuid>,
    version: i64,
    created_at: i64,
    changed_at: i64,
}

impl TryFrom<Row> for Org {
    type Error = Fault;
    fn try_from(r: Row) -> Result<Self> {
        Ok(Self {
            id: r.id.into(),
            name: r.name,
            former_names: r
                .former_names
                .split(NAMES_BREAK)
                .filter(|n| !n.is_empty())
                .map(str::to_owned)
                .collect(),
            kind: OrgKind::stored(&r.kind)?,
            identity_kind: IdentityKind::stored(&r.identity_kind)?,
            identity: r.identity,
            country: r.country,
            region: r.region.and_then(|code| code.parse::<Region>().ok()),
            address: r.address,
            park: r.park,
            intro: r.intro,
            tags: r.tags.split(',').filter(|t| !t.is_empty()).map(str::to_owned).collect(),
            state: OrgState::stored(&r.state)?,
            merged_into: r.merged_into.map(Into::into),
            version: r.version,
            created_at: r.created_at,
            changed_at: r.changed_at,
        })
    }
}

/// The columns of [`Row`].
macro_rules! select_org {
    ($tail:literal) => {
        concat!(
            "SELECT o.id, o.name, o.former_names, o.kind, o.identity_kind, o.identity, o.country, o.region, o.address, o.park, \
             o.intro, o.tags, o.state, o.merged_into, o.version, o.created_at, o.changed_at FROM organisation o ",
            $tail
        )
    };
}

pub(crate) async fn get(conn: &mut Conn, id: OrgId) -> Result<Org> {
    let row: Row = on!(conn, c => sqlx::query_as(select_org!("WHERE o.id = $1")).bind(id.uuid()).fetch_one(c).await)?;
    row.try_into()
}

/// The organisation that one became part of; itself when it was not merged.
pub(crate) async fn follow(conn: &mut Conn, mut org: Org) -> Result<Org> {
    for _ in 0..MERGE_STEPS_MAX {
        let Some(into) = org.merged_into else { return Ok(org) };
        org = get(conn, into).await?;
    }
    Ok(org)
}

pub(crate) async fn by_identity(
    conn: &mut Conn,
    kind: IdentityKind,
    country: &str,
    identity: &str,
) -> Result<Option<Org>> {
    let row: Option<Row> = on!(conn, c => sqlx::query_as(select_org!("WHERE o.identity_kind = $1 AND o.country = $2 AND o.identity = $3"))
        .bind(kind.code()).bind(country).bind(identity).fetch_optional(c).await)?;
    match row {
        Some(row) => Ok(Some(follow(conn, row.try_into()?).await?)),
        None => Ok(None),
    }
}

/// Organisations of exactly this name (spaces, brackets and case apart), without merged and closed ones.
pub(crate) async fn by_name(conn: &mut Conn, name: &str) -> Result<Vec<Org>> {
    let rows: Vec<Row> = on!(conn, c => sqlx::query_as(select_org!("WHERE o.name_key = $1 AND o.state NOT IN ('merged', 'closed') ORDER BY o.created_at"))
        .bind(fold(name)).fetch_all(c).await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Organisations by their 统一社会信用代码, merged ones followed.
pub(crate) async fn by_uscc(conn: &mut Conn, codes: &[&str]) -> Result<HashMap<String, Org>> {
    let mut out = HashMap::with_capacity(codes.len());
    for part in codes.chunks(db::ROWS_A_STATEMENT) {
        let mut select = Select::new(select_org!(""));
        let args: Vec<db::Arg> = part.iter().map(|code| (*code).into()).collect();
        select
            .and(
                "o.identity_kind = ? AND o.country = ?",
                &[IdentityKind::Uscc.code().into(), "CN".into()],
            )
            .and_in("o.identity", &args);
        let rows: Vec<Row> = select.all(conn).await?;
        for row in rows {
            let code = row.identity.clone().unwrap_or_default();
            let org = follow(conn, row.try_into()?).await?;
            out.insert(code, org);
        }
    }
    Ok(out)
}

pub(crate) async fn many(conn: &mut Conn, ids: &[OrgId]) -> Result<Vec<Org>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = Select::new(select_org!(""));
    let args: Vec<db::Arg> = ids.iter().map(|id| id.uuid().into()).collect();
    select.and_in("o.id", &args).end("ORDER BY o.name, o.id", &[]);
    let rows: Vec<Row> = select.all(conn).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

pub(crate) async fn names(conn: &mut Conn, ids: &[OrgId]) -> Result<HashMap<OrgId, String>> {
    /// Ids a query takes: both engines allow far more parameters, and a page asks for some twenty.
    const IDS_MAX: usize = 500;
    let mut out = HashMap::new();
    for part in ids.chunks(IDS_MAX) {
        let mut select = Select::new("SELECT id, name FROM organisation");
        let args: Vec<db::Arg> = part.iter().map(|id| id.uuid().into()).collect();
        select.and_in("id", &args);
        let rows: Vec<(Uuid, String)> = select.all(conn).await?;
        out.extend(rows.into_iter().map(|(id, name)| (OrgId::from(id), name)));
    }
    Ok(out)
}

/// Finds by identity, else (where the identity is unknown) the only one of the name.
pub(crate) async fn find(conn: &mut Conn, identity: &Identity, name: &str) -> Result<Option<Org>> {
    if let Some(text) = identity.text() {
        return by_identity(conn, identity.kind(), identity.country(), &text).await;
    }
    let mut same = by_name(conn, name).await?;
    Ok(if same.len() == 1 { same.pop() } else { None })
}

/// Enters an organisation that is not there yet.
pub(crate) async fn insert(act: &mut Act, new: &NewOrg, state: OrgState) -> Result<Org> {
    let org = new.org(act.id(), state, act.now.micros());
    insert_all(act, std::slice::from_ref(&org)).await?;
    Ok(org)
}

/// Enters organisations that are not there yet.
pub(crate) async fn insert_all(act: &mut Act, orgs: &[Org]) -> Result<()> {
    struct Texts {
        key: String,
        region: Option<String>,
        tags: String,
    }
    let texts = |org: &Org| Texts {
        key: fold(&org.name),
        region: org.region.map(|region| region.to_string()),
        tags: org.tags.join(","),
    };
    let texts: Vec<Texts> = orgs.iter().map(texts).collect();
    let now = act.now.micros();
    let mut rows = Rows::of([
        ("id", Holds::Id),
        ("name", Holds::Text),
        ("name_key", Holds::Text),
        ("kind", Holds::Text),
        ("identity_kind", Holds::Text),
        ("identity", Holds::Text),
        ("country", Holds::Text),
        ("region", Holds::Text),
        ("address", Holds::Text),
        ("park", Holds::Text),
        ("intro", Holds::Text),
        ("tags", Holds::Text),
        ("state", Holds::Text),
    ])
    .all("created_at", now)
    .all("changed_at", now);
    for (org, texts) in orgs.iter().zip(&texts) {
        rows.push([
            org.id.uuid().into(),
            org.name.as_str().into(),
            texts.key.as_str().into(),
            org.kind.code().into(),
            org.identity_kind.code().into(),
            org.identity.as_deref().into(),
            org.country.as_str().into(),
            texts.region.as_deref().into(),
            org.address.as_str().into(),
            org.park.as_str().into(),
            org.intro.as_str().into(),
            texts.tags.as_str().into(),
            org.state.code().into(),
        ]);
    }
    rows.insert(&mut act.conn, "organisation", "").await?;
    for org in orgs {
        let detail = json!({ "name": org.name, "kind": org.kind.code(), "state": org.state.code() });
        act.note("org.added", "org", org.id.uuid(), detail);
        act.changed("org", org.id.uuid());
    }
    Ok(())
}

/// Writes everything of an organisation back, if nobody else changed it since it was read.
pub(crate) async fn update(act: &mut Act, org: &Org) -> Result<()> {
    let now = act.now.micros();
    let former: String = org.former_names.join("\n");
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE organisation SET name = $2, name_key = $3, former_names = $4, kind = $5, identity_kind = $6, identity = $7, country = $8, region = $9, \
         address = $10, park = $11, intro = $12, tags = $13, state = $14, merged_into = $15, changed_at = $16, version = version + 1 WHERE id = $1 AND version = $17")
        .bind(org.id.uuid()).bind(&org.name).bind(fold(&org.name)).bind(&former).bind(org.kind.code()).bind(org.identity_kind.code())
        .bind(&org.identity).bind(&org.country).bind(org.region.map(|r| r.to_string())).bind(&org.address).bind(&org.park)
        .bind(&org.intro).bind(org.tags.join(",")).bind(org.state.code()).bind(org.merged_into.map(|o| o.uuid())).bind(now)
        .bind(org.version).execute(c).await.map(|d| d.rows_affected()))?;
    act.changed("org", org.id.uuid());
    if done == 1 { Ok(()) } else { Err(Fault::stale()) }
}
