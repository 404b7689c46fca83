//! The public list of offers, an offer, the export.

use axum::extract::Path;
use axum::response::Response;
use entries::actions::BROWSE;
use entries::browse::{Format, Params, Section, export};
use entries::pages::public::{list_page, show_page};
use jcore::{Cx, Query, Result, Routes};
use uuid::Uuid;

/// The list of offers.
pub(crate) fn section() -> Section {
    Section {
        path: "/offers",
        kinds: crate::entry_kinds(),
    }
}

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/offers", BROWSE, list)
        .get("/offers.xlsx", BROWSE, xlsx)
        .get("/offers.csv", BROWSE, csv)
        .get("/offers/{id}", BROWSE, show)
}

async fn list(cx: Cx, Query(params): Query<Params>) -> Result<Response> {
    list_page(&cx, &section(), &params).await
}

async fn show(cx: Cx, Path(id): Path<Uuid>) -> Result<Response> {
    show_page(&cx, &section(), id).await
}

async fn xlsx(cx: Cx, Query(params): Query<Params>) -> Result<Response> {
    export(&cx, &section(), &params, Format::Xlsx).await
}

async fn csv(cx: Cx, Query(params): Query<Params>) -> Result<Response> {
    export(&cx, &section(), &params, Format::Csv).await
}
