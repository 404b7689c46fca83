//! The description of the JSON API, put together from the code of the capabilities.

use std::sync::Arc;

use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder, ServerBuilder};

/// The whole document, kept by the application.
#[derive(Clone)]
pub(crate) struct Document(pub Arc<OpenApi>);

/// The document without any capability.
pub(crate) fn base() -> OpenApi {
    let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("jiebang")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(
                    "Needs, offers and their life. Machines sign in with a token made on the account page \
                     (`Authorization: Bearer …`). Faults are `{\"error\": {\"code\", \"title\", \"message\", \"fields\"}}` in the \
                     language of `Accept-Language` (zh, en).",
                ))
                .build(),
        )
        .servers(Some([ServerBuilder::new().url("/").build()]))
        .components(Some(ComponentsBuilder::new().security_scheme("token", bearer).build()))
        .build()
}

/// The document of the application.
#[must_use]
pub fn document(app: &jcore::App) -> Option<Arc<OpenApi>> {
    app.extra::<Document>().map(|d| d.0.clone())
}
