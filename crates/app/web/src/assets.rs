//! Style sheet, script, icon: part of the binary, told apart by their hash.

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jcore::{Action, Cx, Fault, Result, Routes, Rule, When, Who};

const SEE: Action = Action("site.assets");

const FILES: [(&str, &str, &str); 7] = [
    (
        "style.css",
        "text/css; charset=utf-8",
        include_str!("../assets/style.css"),
    ),
    (
        "app.js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/app.js"),
    ),
    (
        "hall.css",
        "text/css; charset=utf-8",
        include_str!("../assets/hall.css"),
    ),
    (
        "hall.js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/hall.js"),
    ),
    (
        "match.css",
        "text/css; charset=utf-8",
        include_str!("../assets/match.css"),
    ),
    (
        "match.js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/match.js"),
    ),
    ("icon.svg", "image/svg+xml", include_str!("../assets/icon.svg")),
];

pub(crate) fn routes() -> Routes {
    Routes::new().get("/assets/{name}", SEE, serve)
}

pub(crate) fn rules() -> Vec<Rule> {
    vec![Rule::new(SEE, Who::Anyone, When::Always)]
}

/// A short fingerprint (FNV-1a) of a file that is part of the binary: it only tells versions apart.
fn tag(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("\"{hash:016x}\"")
}

async fn serve(_cx: Cx, Path(name): Path<String>, headers: HeaderMap) -> Result<Response> {
    let (_, media, text) = FILES.iter().find(|f| f.0 == name).ok_or_else(Fault::not_found)?;
    let tag = tag(text);
    let caching = [
        (header::ETAG, tag.clone()),
        (header::CACHE_CONTROL, "public, max-age=300".to_owned()),
    ];
    if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|v| v.as_bytes() == tag.as_bytes())
    {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    Ok((caching, [(header::CONTENT_TYPE, *media)], *text).into_response())
}
