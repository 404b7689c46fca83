//! Offers for machines.

use axum::extract::Path;
use axum::http::Method;
use axum::response::Response;
use entries::actions::{BROWSE, WRITE};
use entries::api::public::{ApiEntry, ApiList, ApiRow, list_json, show_json};
use entries::api::work::{ApiState, CreateQuery, create};
use entries::api::{ApiIssue, Texts, describe};
use entries::browse::Params;
use jcore::{Cx, Json, Query, Result, Routes};
use utoipa::OpenApi;
use uuid::Uuid;

use crate::pages::section;
use crate::{Achievement, Patent};

/// Published patents and achievements, a page of twenty; what their owners withhold is named in `withheld`.
#[utoipa::path(get, path = "/api/v1/offers", tag = "offers", params(Params),
    responses((status = 200, description = "A page of offers", body = ApiList)))]
async fn list(cx: Cx, Query(params): Query<Params>) -> Result<Response> {
    list_json(&cx, &section(), &params).await
}

/// A published offer, as the public sees it.
#[utoipa::path(get, path = "/api/v1/offers/{id}", tag = "offers",
    params(("id" = String, Path, description = "The offer")),
    responses(
        (status = 200, description = "The offer", body = ApiEntry),
        (status = 404, description = "There is none that is public"),
    ))]
async fn show(cx: Cx, Path(id): Path<Uuid>) -> Result<Response> {
    show_json(&cx, &section(), id).await
}

/// Makes a patent from texts, in any notation that a sheet may have.
#[utoipa::path(post, path = "/api/v1/offers/patents", tag = "offers", params(CreateQuery),
    request_body(content_type = "application/json", content = serde_json::Value,
        description = "The texts by field key: see the schema PatentDraft"),
    responses(
        (status = 201, description = "Made", body = ApiState),
        (status = 403, description = "Not your organisation's"),
        (status = 422, description = "Something is missing or wrong; the fields say what"),
    ))]
async fn make_patent(cx: Cx, Query(query): Query<CreateQuery>, Json(texts): Json<Texts>) -> Result<Response> {
    create(&cx, &Patent, texts, &query).await
}

/// Makes an achievement from texts, in any notation that a sheet may have.
#[utoipa::path(post, path = "/api/v1/offers/achievements", tag = "offers", params(CreateQuery),
    request_body(content_type = "application/json", content = serde_json::Value,
        description = "The texts by field key: see the schema AchievementDraft"),
    responses(
        (status = 201, description = "Made", body = ApiState),
        (status = 403, description = "Not your organisation's"),
        (status = 422, description = "Something is missing or wrong; the fields say what"),
    ))]
async fn make_achievement(cx: Cx, Query(query): Query<CreateQuery>, Json(texts): Json<Texts>) -> Result<Response> {
    create(&cx, &Achievement, texts, &query).await
}

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/offers", BROWSE, list)
        .api(Method::GET, "/api/v1/offers/{id}", BROWSE, show)
        .api(Method::POST, "/api/v1/offers/patents", WRITE, make_patent)
        .api(Method::POST, "/api/v1/offers/achievements", WRITE, make_achievement)
}

#[derive(OpenApi)]
#[openapi(
    paths(list, show, make_patent, make_achievement),
    components(schemas(ApiList, ApiRow, ApiEntry, ApiState, ApiIssue))
)]
struct Api;

/// The description of these routes, with the forms' schemas.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    let mut document = Api::openapi();
    describe(&mut document, &Patent, "PatentDraft");
    describe(&mut document, &Achievement, "AchievementDraft");
    document
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_forms_are_described() {
        let json = serde_json::to_value(super::document()).unwrap();
        for (name, key, head) in [
            ("PatentDraft", "number", "专利号"),
            ("AchievementDraft", "secrecy", "密级"),
        ] {
            let schema = &json["components"]["schemas"][name];
            assert_eq!(schema["type"], "object", "{name}");
            assert!(
                schema["properties"][key]["description"]
                    .as_str()
                    .unwrap()
                    .contains(head),
                "{name}"
            );
        }
    }
}
