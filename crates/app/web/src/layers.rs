//! The layers around all routes, from the outside in: language in the address, security headers, compression, a time limit,
//! a net under panics, and the request layer of `jcore`.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, Request, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use jcore::{App, Fault, MAX_FILE_BYTES, MAX_FORM_BYTES, layer};
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::Compression;
use tower_http::timeout::TimeoutLayer;

/// A request takes milliseconds; an upload of the largest workbook some seconds. What takes longer is stuck.
const REQUEST_SECS_MAX: u64 = 120;

/// Nothing from elsewhere, no inline script or style, no framing: what the pages need and no more.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(&str, &str); 5] = [
    ("content-security-policy", CSP),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), payment=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
];

pub(crate) fn around(router: Router<App>, app: &App) -> Router {
    let inner = router
        .fallback(|| async { Fault::not_found() })
        .method_not_allowed_fallback(|| async { Fault::not_found() })
        .layer(CatchPanicLayer::custom(on_panic))
        .layer(from_fn_with_state(app.clone(), layer::enter))
        .layer(DefaultBodyLimit::max(MAX_FILE_BYTES + MAX_FORM_BYTES))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(REQUEST_SECS_MAX),
        ))
        .layer(from_fn(compressed))
        .layer(axum::middleware::map_response(with_headers))
        .with_state(app.clone());
    // The language must leave the address before a route is chosen.
    Router::new().fallback_service(inner.map_request(layer::strip_lang::<axum::body::Body>))
}

/// A panic is a fault of ours: it is logged, and the reader gets the page for it.
fn on_panic(what: Box<dyn std::any::Any + Send>) -> Response {
    let text = what.downcast_ref::<String>().cloned();
    let text = text
        .or_else(|| what.downcast_ref::<&str>().map(|t| (*t).to_owned()))
        .unwrap_or_default();
    Fault::internal(format!("panic: {text}")).into_response()
}

/// Compresses what is worth it. An encoder has its place in the body whether it is used or not, some kilobytes: a line of
/// events, of which ten thousand may be open for half an hour, is handed on as it is.
async fn compressed(request: axum::extract::Request, next: Next) -> Response {
    let takes = request.headers().get(header::ACCEPT_ENCODING).cloned();
    let response = next.run(request).await;
    let Some(takes) = takes.filter(|_| !is_line_of_events(&response)) else {
        return response;
    };
    let mut asked = Request::new(());
    asked.headers_mut().insert(header::ACCEPT_ENCODING, takes);
    let mut once = Some(response);
    let answer = tower::service_fn(move |_: Request<()>| {
        std::future::ready(Ok::<_, std::convert::Infallible>(once.take().unwrap_or_default()))
    });
    match Compression::new(answer).oneshot(asked).await {
        Ok(response) => response.map(axum::body::Body::new),
        Err(never) => match never {},
    }
}

fn is_line_of_events(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"))
}

async fn with_headers(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        // A file that is shown brings a stricter policy than a page's.
        response
            .headers_mut()
            .entry(HeaderName::from_static(name))
            .or_insert(HeaderValue::from_static(value));
    }
    response
        .headers_mut()
        .append(header::VARY, HeaderValue::from_static("Cookie, Accept-Language"));
    response
}
