//! The terms of use and the privacy notice.

use axum::response::Response;
use jcore::{Cx, Result, Shell};

use crate::documents::{PRIVACY_VERSION, TERMS_VERSION};

#[derive(askama::Template)]
#[template(path = "accounts_terms.html")]
struct Terms {
    s: Shell,
    version: i64,
}

#[derive(askama::Template)]
#[template(path = "accounts_privacy.html")]
struct Privacy {
    s: Shell,
    version: i64,
}

pub(super) async fn terms(cx: Cx) -> Result<Response> {
    cx.page(&Terms {
        s: cx.shell(),
        version: TERMS_VERSION,
    })
}

pub(super) async fn privacy(cx: Cx) -> Result<Response> {
    cx.page(&Privacy {
        s: cx.shell(),
        version: PRIVACY_VERSION,
    })
}
