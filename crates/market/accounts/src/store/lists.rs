//! Lists of the desks: organisations and people, filtered and paged.

use db::{Arg, Conn, Select};
use jcore::Result;
use kernel::text::fold;
use uuid::Uuid;

use crate::rules::{Scope, region_prefix};
use crate::store::like;

/// A row of the list of organisations.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct OrgRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) identity: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) tags: String,
    pub(crate) state: String,
    pub(crate) members: i64,
    pub(crate) has_liaison: i64,
}

/// What a list of organisations is cut down to. Empty texts filter nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct OrgFilter {
    pub(crate) q: String,
    pub(crate) kind: String,
    pub(crate) region: String,
    pub(crate) state: String,
    pub(crate) tag: String,
    /// Only universities, institutes and new R&D bodies without a liaison in office (R021).
    pub(crate) no_liaison: bool,
}

const ORG_HEAD: &str = "SELECT o.id, o.name, o.kind, o.identity, o.region, o.tags, o.state, \
    (SELECT count(*) FROM membership m WHERE m.org_id = o.id AND m.state = 'active') AS members, \
    (SELECT count(*) FROM liaison l WHERE l.org_id = o.id AND l.until_at IS NULL) AS has_liaison FROM organisation o";
const ORG_COUNT: &str = "SELECT count(*) FROM organisation o";

fn org_select(filter: &OrgFilter, scope: &Scope) -> Select {
    let mut select = Select::new(ORG_HEAD);
    if let Scope::Regions(regions) = scope {
        within(&mut select, regions.iter().map(|r| region_prefix(*r)).collect());
    }
    if !filter.q.is_empty() {
        // A credit code is typed as it stands on the licence, a name as it comes to mind.
        let code = like(&filter.q.to_uppercase());
        select.and(
            "(o.name_key LIKE ? ESCAPE '\\' OR o.identity LIKE ? ESCAPE '\\')",
            &[like(&fold(&filter.q)).into(), code.into()],
        );
    }
    if !filter.kind.is_empty() {
        select.and("o.kind = ?", &[filter.kind.as_str().into()]);
    }
    if let Ok(region) = filter.region.parse::<kernel::Region>() {
        within(&mut select, vec![region_prefix(region)]);
    }
    match filter.state.as_str() {
        "" => select.and("o.state <> 'merged'", &[]),
        state => select.and("o.state = ?", &[state.into()]),
    };
    if !filter.tag.is_empty() {
        select.and(
            "(',' || o.tags || ',') LIKE ? ESCAPE '\\'",
            &[like(&format!(",{},", filter.tag)).into()],
        );
    }
    if filter.no_liaison {
        select.and("o.kind IN ('university', 'institute', 'new-rd') AND NOT EXISTS (SELECT 1 FROM liaison l WHERE l.org_id = o.id AND l.until_at IS NULL)", &[]);
    }
    select
}

/// Only within regions whose codes begin so; none means nothing at all.
fn within(select: &mut Select, prefixes: Vec<String>) {
    /// Regions that one person is in charge of: a handful; what goes beyond is left out.
    const REGIONS_MAX: usize = 8;
    let mut args: Vec<Arg> = prefixes
        .into_iter()
        .take(REGIONS_MAX)
        .map(|p| format!("{p}%").into())
        .collect();
    match args.len() {
        0 => select.and("1 = 0", &[]),
        1 => select.and("o.region LIKE ?", &args),
        _ => {
            while args.len() < REGIONS_MAX {
                args.push("-".into());
            }
            select.and(
                "(o.region LIKE ? OR o.region LIKE ? OR o.region LIKE ? OR o.region LIKE ? OR o.region LIKE ? OR o.region LIKE ? OR o.region LIKE ? OR o.region LIKE ?)",
                &args,
            )
        }
    };
}

pub(crate) async fn count_orgs(conn: &mut Conn, filter: &OrgFilter, scope: &Scope) -> Result<i64> {
    Ok(org_select(filter, scope).with_head(ORG_COUNT).number(conn).await?)
}

pub(crate) async fn orgs(
    conn: &mut Conn,
    filter: &OrgFilter,
    scope: &Scope,
    limit: i64,
    offset: i64,
) -> Result<Vec<OrgRow>> {
    let mut select = org_select(filter, scope);
    select.end(
        "ORDER BY o.name_key, o.id LIMIT ? OFFSET ?",
        &[limit.into(), offset.into()],
    );
    Ok(select.all(conn).await?)
}

/// A row of the list of people.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct UserRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) state: String,
    pub(crate) locked_until: i64,
    pub(crate) created_at: i64,
}

/// What a list of people is cut down to. Empty texts filter nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct UserFilter {
    pub(crate) q: String,
    pub(crate) state: String,
    pub(crate) role: String,
}

const USER_HEAD: &str = "SELECT u.id, u.name, u.email, u.state, u.locked_until, u.created_at FROM user_account u";
const USER_COUNT: &str = "SELECT count(*) FROM user_account u";

fn user_select(filter: &UserFilter) -> Select {
    let mut select = Select::new(USER_HEAD);
    if !filter.q.is_empty() {
        let text = like(&filter.q);
        select.and(
            "(u.name LIKE ? ESCAPE '\\' OR u.email LIKE ? ESCAPE '\\')",
            &[text.into(), like(&filter.q.to_lowercase()).into()],
        );
    }
    if !filter.state.is_empty() {
        select.and("u.state = ?", &[filter.state.as_str().into()]);
    }
    if !filter.role.is_empty() {
        select.and(
            "EXISTS (SELECT 1 FROM role_grant g WHERE g.user_id = u.id AND g.ended_at IS NULL AND g.role = ?)",
            &[filter.role.as_str().into()],
        );
    }
    select
}

pub(crate) async fn count_users(conn: &mut Conn, filter: &UserFilter) -> Result<i64> {
    Ok(user_select(filter).with_head(USER_COUNT).number(conn).await?)
}

pub(crate) async fn users(conn: &mut Conn, filter: &UserFilter, limit: i64, offset: i64) -> Result<Vec<UserRow>> {
    let mut select = user_select(filter);
    select.end("ORDER BY u.name, u.id LIMIT ? OFFSET ?", &[limit.into(), offset.into()]);
    Ok(select.all(conn).await?)
}

/// The roles in force of several people: (person, role, organisation's name, region).
pub(crate) async fn roles_of(
    conn: &mut Conn,
    users: &[Uuid],
) -> Result<Vec<(Uuid, String, Option<String>, Option<String>)>> {
    if users.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = Select::new(
        "SELECT g.user_id, g.role, o.name, g.region FROM role_grant g LEFT JOIN organisation o ON o.id = g.org_id",
    );
    let args: Vec<Arg> = users.iter().map(|id| (*id).into()).collect();
    select
        .and("g.ended_at IS NULL", &[])
        .and_in("g.user_id", &args)
        .end("ORDER BY g.granted_at, g.id", &[]);
    Ok(select.all(conn).await?)
}
