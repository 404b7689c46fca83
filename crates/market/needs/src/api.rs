//! Needs for machines.

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

use crate::Need;
use crate::pages::section;

/// Published needs, a page of twenty; what their owners withhold is named in `withheld` and reads `未公开`.
#[utoipa::path(get, path = "/api/v1/needs", tag = "needs", params(Params),
    responses((status = 200, description = "A page of needs", body = ApiList)))]
async fn list(cx: Cx, Query(params): Query<Params>) -> Result<Response> {
    list_json(&cx, &section(), &params).await
}

/// A published need, as the public sees it.
#[utoipa::path(get, path = "/api/v1/needs/{id}", tag = "needs",
    params(("id" = String, Path, description = "The need")),
    responses(
        (status = 200, description = "The need", body = ApiEntry),
        (status = 404, description = "There is none that is public"),
    ))]
async fn show(cx: Cx, Path(id): Path<Uuid>) -> Result<Response> {
    show_json(&cx, &section(), id).await
}

/// Makes a need from texts, in any notation that a sheet may have.
#[utoipa::path(post, path = "/api/v1/needs", tag = "needs", params(CreateQuery),
    request_body(content_type = "application/json", content = serde_json::Value,
        description = "The texts by field key: see the schema NeedDraft"),
    responses(
        (status = 201, description = "Made", body = ApiState),
        (status = 403, description = "Not your organisation's"),
        (status = 422, description = "Something is missing or wrong; the fields say what"),
    ))]
async fn make(cx: Cx, Query(query): Query<CreateQuery>, Json(texts): Json<Texts>) -> Result<Response> {
    create(&cx, &Need, texts, &query).await
}

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/needs", BROWSE, list)
        .api(Method::POST, "/api/v1/needs", WRITE, make)
        .api(Method::GET, "/api/v1/needs/{id}", BROWSE, show)
}

#[derive(OpenApi)]
#[openapi(
    paths(list, show, make),
    components(schemas(ApiList, ApiRow, ApiEntry, ApiState, ApiIssue))
)]
struct Api;

/// The description of these routes, with the form's schema.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    let mut document = Api::openapi();
    describe(&mut document, &Need, "NeedDraft");
    document
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_form_is_described() {
        let json = serde_json::to_value(super::document()).unwrap();
        let schema = &json["components"]["schemas"]["NeedDraft"];
        assert_eq!(schema["type"], "object");
        assert!(
            schema["properties"]["indicators"]["description"]
                .as_str()
                .unwrap()
                .contains("技术指标")
        );
        assert!(
            schema["required"]
                .as_array()
                .unwrap()
                .iter()
                .any(|k| k == "public_name")
        );
    }
}
