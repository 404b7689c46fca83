//! The JSON API: who I am, organisations, their liaison, my notices.

use axum::extract::Path;
use axum::response::Response;
use forms::Draft;
use jcore::{Cx, Fault, FaultKind, FieldFault, Json, Query, Result, notices};
use kernel::{Level, Stamp, UserId};
use serde::Serialize;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{OpenApi, ToSchema};

use crate::declared::{LIAISON, ORGANISATION};
use crate::deeds::liaisons::{self, Named};
use crate::deeds::orgs::{Put, add, declared};
use crate::model::Org;
use crate::pages::{OrgsQuery, id, inbox_words, org_reach};
use crate::rules::{LIAISON_SET, LIAISON_VIEW, ORG_VIEW};
use crate::store;
use crate::store::lists;
use crate::ui::PAGE_ROWS;

/// Notices that an answer holds.
const NOTICES_MAX: i64 = 200;

/// A role and where it holds.
#[derive(Serialize, ToSchema)]
struct RoleJson {
    /// The role's code, as `manager`.
    role: String,
    /// The organisation it is bound to.
    org: Option<String>,
    /// The region it is bound to: six digits.
    region: Option<String>,
    /// Whether it is held for an absent colleague.
    stand_in: bool,
}

/// Who a token belongs to.
#[derive(Serialize, ToSchema)]
struct MeJson {
    /// Their id.
    id: String,
    /// Their name.
    name: String,
    /// What they may do, in roles.
    roles: Vec<RoleJson>,
}

/// Who the caller is and which roles they hold now.
#[utoipa::path(get, path = "/api/v1/me", tag = "accounts", responses((status = 200, body = MeJson)), security(("token" = [])))]
pub(crate) async fn me(cx: Cx) -> Result<Response> {
    let user = user(&cx)?;
    let roles = cx.actor.grants.iter().map(|g| RoleJson {
        role: g.role.code().to_owned(),
        org: g.org.map(|o| o.to_string()),
        region: g.region.map(|r| r.to_string()),
        stand_in: g.on_behalf.is_some(),
    });
    cx.json(&MeJson {
        id: user.to_string(),
        name: cx.actor.name.clone(),
        roles: roles.collect(),
    })
}

fn user(cx: &Cx) -> Result<UserId> {
    cx.actor.user.ok_or_else(|| Fault::new(FaultKind::SignIn, "sign-in"))
}

/// An organisation in a list.
#[derive(Serialize, ToSchema)]
struct OrgItem {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// What it is, as `university`.
    kind: String,
    /// Its credit code or number abroad.
    identity: Option<String>,
    /// Where it lies: six digits.
    region: Option<String>,
    /// Its marks, as `provincial-undergrad`.
    tags: Vec<String>,
    /// `unclaimed`, `pending`, `active`, `merged` or `closed`.
    state: String,
    /// People who belong to it.
    members: i64,
    /// Whether a liaison is in office.
    has_liaison: bool,
}

/// A page of organisations.
#[derive(Serialize, ToSchema)]
struct OrgsJson {
    /// How many fit the filters.
    total: i64,
    /// This page, from 1.
    page: i64,
    /// Rows a page has.
    page_rows: i64,
    /// Those of this page, by name.
    items: Vec<OrgItem>,
}

/// Organisations that the caller may see, filtered by `q` (name or code), `kind`, `region`, `state`, `tag`,
/// `no_liaison=yes`.
#[utoipa::path(get, path = "/api/v1/organisations", tag = "accounts",
    params(("q" = Option<String>, Query), ("kind" = Option<String>, Query), ("region" = Option<String>, Query),
        ("state" = Option<String>, Query), ("tag" = Option<String>, Query), ("no_liaison" = Option<String>, Query), ("page" = Option<i64>, Query)),
    responses((status = 200, body = OrgsJson)), security(("token" = [])))]
pub(crate) async fn orgs(cx: Cx, Query(filter): Query<OrgsQuery>) -> Result<Response> {
    let (cut, scope) = (filter.filter(), org_reach(&cx));
    let page = filter.page().max(1);
    let mut conn = cx.app.read().await?;
    let total = lists::count_orgs(&mut conn, &cut, &scope).await?;
    let rows = lists::orgs(
        &mut conn,
        &cut,
        &scope,
        PAGE_ROWS,
        page.saturating_sub(1).saturating_mul(PAGE_ROWS),
    )
    .await?;
    let items = rows.into_iter().map(|r| OrgItem {
        id: r.id.to_string(),
        name: r.name,
        kind: r.kind,
        identity: r.identity,
        region: r.region,
        tags: r.tags.split(',').filter(|t| !t.is_empty()).map(str::to_owned).collect(),
        state: r.state,
        members: r.members,
        has_liaison: r.has_liaison > 0,
    });
    cx.json(&OrgsJson {
        total,
        page,
        page_rows: PAGE_ROWS,
        items: items.collect(),
    })
}

/// A qualification.
#[derive(Serialize, ToSchema)]
struct QualificationJson {
    /// Which one, as `high-tech`.
    kind: String,
    /// The certificate's number.
    number: String,
    /// First day.
    from: Option<String>,
    /// Last day.
    until: Option<String>,
}

/// The liaison in office. The person's data are there for those who may see them.
#[derive(Serialize, ToSchema)]
struct LiaisonJson {
    /// Since when.
    since: String,
    /// Who: `name`, `department`, `position`, `mobile`, `phone`, `email`, `wechat`.
    #[schema(value_type = Option<Object>)]
    person: Option<crate::liaison::Person>,
}

/// An organisation.
#[derive(Serialize, ToSchema)]
struct OrgJson {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// Names it had.
    former_names: Vec<String>,
    /// What it is.
    kind: String,
    /// `uscc`, `foreign`, `person` or `none`.
    identity_kind: String,
    /// The code or number.
    identity: Option<String>,
    /// Country.
    country: String,
    /// Where it lies: six digits.
    region: Option<String>,
    /// Address.
    address: String,
    /// The park it lies in.
    park: String,
    /// A few words about it.
    intro: String,
    /// Its marks.
    tags: Vec<String>,
    /// Where it stands.
    state: String,
    /// Which organisation it became part of.
    merged_into: Option<String>,
    /// Its qualifications.
    qualifications: Vec<QualificationJson>,
    /// Its liaison.
    liaison: Option<LiaisonJson>,
}

async fn org_json(cx: &Cx, org: Org) -> Result<OrgJson> {
    let mut conn = cx.app.read().await?;
    let qualifications = store::qualifications::of_org(&mut conn, org.id)
        .await?
        .into_iter()
        .map(|q| QualificationJson {
            kind: q.kind.code().to_owned(),
            number: q.number,
            from: q.from_day,
            until: q.until_day,
        });
    let liaison = match store::liaisons::in_office(&mut conn, org.id).await? {
        Some(l) => Some(LiaisonJson {
            since: Stamp::from_micros(l.from_at).to_string(),
            person: match cx.sight(LIAISON_VIEW, &org.subject()) {
                Some(sight) => Some(l.person(&cx.app)?.into_revealed(&sight)),
                None => None,
            },
        }),
        None => None,
    };
    Ok(OrgJson {
        id: org.id.to_string(),
        name: org.name,
        former_names: org.former_names,
        kind: org.kind.code().to_owned(),
        identity_kind: org.identity_kind.code().to_owned(),
        identity: org.identity,
        country: org.country,
        region: org.region.map(|r| r.to_string()),
        address: org.address,
        park: org.park,
        intro: org.intro,
        tags: org.tags,
        state: org.state.code().to_owned(),
        merged_into: org.merged_into.map(|o| o.to_string()),
        qualifications: qualifications.collect(),
        liaison,
    })
}

/// An organisation that the caller may see.
#[utoipa::path(get, path = "/api/v1/organisations/{id}", tag = "accounts", params(("id" = String, Path)),
    responses((status = 200, body = OrgJson), (status = 404)), security(("token" = [])))]
pub(crate) async fn org(cx: Cx, Path(which): Path<String>) -> Result<Response> {
    let org = store::orgs::get(&mut cx.app.read().await?, id(&which)?.into()).await?;
    cx.permit(ORG_VIEW, &org.subject())?;
    let json = org_json(&cx, org).await?;
    cx.json(&json)
}

/// What became of something sent.
#[derive(Serialize, ToSchema)]
struct DoneJson {
    /// The organisation or liaison.
    id: String,
    /// `new`, `changed` or `same`.
    outcome: &'static str,
}

/// Refuses a record with errors, field by field.
fn good(record: &forms::Record) -> Result<()> {
    if !record.has_errors() {
        return Ok(());
    }
    let errors = record.all_issues().filter(|(_, i)| i.level == Level::Error);
    let fields = errors.map(|(key, issue)| FieldFault {
        field: key.map(str::to_owned),
        issue: issue.clone(),
    });
    Err(Fault::refused(fields.collect()))
}

/// Enters an organisation, or completes the one of the same credit code. The fields are those of the sheet; every value
/// is a text, as people write it.
#[utoipa::path(post, path = "/api/v1/organisations", tag = "accounts",
    request_body(content = serde_json::Value, description = "Texts by field: see the schema OrganisationDraft"),
    responses((status = 200, body = DoneJson), (status = 422)), security(("token" = [])))]
pub(crate) async fn add_org(cx: Cx, Json(draft): Json<Draft>) -> Result<Response> {
    let record = forms::read(&ORGANISATION, &draft, &intake::context(&cx.app, false));
    good(&record)?;
    let Some(new) = declared(&record) else {
        return Err(Fault::bad_request("no name or kind"));
    };
    let (id, outcome) = match add(&cx, &new).await? {
        Put::New(id) => (id, "new"),
        Put::Changed(id) => (id, "changed"),
        Put::Same(id) => (id, "same"),
    };
    cx.json(&DoneJson {
        id: id.to_string(),
        outcome,
    })
}

/// Names the liaison of an organisation; the former one's office ends. Fields as in the sheet of liaisons, without the
/// organisation's own.
#[utoipa::path(put, path = "/api/v1/organisations/{id}/liaison", tag = "accounts", params(("id" = String, Path)),
    request_body(content = serde_json::Value, description = "Texts by field: see the schema LiaisonDraft; `reason` may say why it changes"),
    responses((status = 200, body = DoneJson), (status = 422)), security(("token" = [])))]
pub(crate) async fn set_liaison(cx: Cx, Path(which): Path<String>, Json(mut draft): Json<Draft>) -> Result<Response> {
    let org = store::orgs::get(&mut cx.app.read().await?, id(&which)?.into()).await?;
    cx.permit(LIAISON_SET, &org.subject())?;
    let reason: String = draft
        .remove("reason")
        .unwrap_or_default()
        .chars()
        .take(crate::deeds::REASON_CHARS_MAX)
        .collect();
    draft.insert("org".to_owned(), org.name.clone());
    let record = forms::read(&LIAISON, &draft, &intake::context(&cx.app, false));
    good(&record)?;
    let (id, outcome) = match liaisons::set(&cx, &org, &liaisons::person(&record), &reason).await? {
        Named::New(id) => (id, "new"),
        Named::Changed(id) => (id, "changed"),
        Named::Same(id) => (id, "same"),
    };
    cx.json(&DoneJson {
        id: id.to_string(),
        outcome,
    })
}

/// A notice.
#[derive(Serialize, ToSchema)]
struct NoticeJson {
    /// Its id.
    id: String,
    /// When.
    at: String,
    /// What happened, as `member-approved`.
    key: String,
    /// The same in the caller's language.
    text: String,
    /// Where it leads.
    link: Option<String>,
    /// Whether it was read on the platform.
    read: bool,
}

/// The caller's newest notices.
#[utoipa::path(get, path = "/api/v1/inbox", tag = "accounts", responses((status = 200, body = [NoticeJson])), security(("token" = [])))]
pub(crate) async fn inbox(cx: Cx) -> Result<Response> {
    let user = user(&cx)?;
    let rows = notices::inbox(&mut cx.app.read().await?, user, NOTICES_MAX).await?;
    let items: Vec<_> = rows
        .into_iter()
        .map(|r| NoticeJson {
            id: r.id.to_string(),
            at: Stamp::from_micros(r.at).to_string(),
            text: inbox_words(&cx, &r.key, &r.args),
            key: r.key,
            link: r.link,
            read: r.read_at.is_some(),
        })
        .collect();
    cx.json(&items)
}

#[derive(OpenApi)]
#[openapi(paths(me, orgs, org, add_org, set_liaison, inbox))]
struct Api;

/// The description of this crate's API, with the drafts' schemas as the forms declare them.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    let mut document = Api::openapi();
    let components = document.components.get_or_insert_default();
    for (name, form) in [("OrganisationDraft", &ORGANISATION), ("LiaisonDraft", &LIAISON)] {
        let json = forms::json_schema(form, &|field| format!("{} {}", field.head_zh(), field.head_en()));
        if let Ok(schema) = serde_json::from_value::<RefOr<Schema>>(json) {
            components.schemas.insert(name.to_owned(), schema);
        }
    }
    document
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_description_has_all_routes_and_drafts() {
        let document = serde_json::to_value(super::document()).unwrap();
        for path in [
            "/api/v1/me",
            "/api/v1/organisations",
            "/api/v1/organisations/{id}",
            "/api/v1/organisations/{id}/liaison",
            "/api/v1/inbox",
        ] {
            assert!(document["paths"].get(path).is_some(), "{path}");
        }
        for name in ["OrganisationDraft", "LiaisonDraft"] {
            assert_eq!(document["components"]["schemas"][name]["type"], "object", "{name}");
        }
    }
}
