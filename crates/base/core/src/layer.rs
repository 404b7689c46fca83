//! The layer around the router: before a handler it finds out who asks, in which language, and whether a form comes from
//! our own pages; after it, it turns faults into pages or JSON.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::cx::percent;
use crate::{Actor, App, Callers, Cx, Fault, FaultKind, Lang, Result, Shell, login, notices};

/// The cookie that keeps the language chosen last.
const LANG_COOKIE: &str = "jb_lang";
/// The cookie that carries what the last action said to the next page.
const FLASH_COOKIE: &str = "jb_flash";
/// Characters of a message that are shown: it came back by a cookie, so it is cut like every text from outside.
const FLASH_CHARS: usize = 300;

/// The language that the address names, put there by [`strip_lang`].
#[derive(Debug, Clone, Copy)]
pub struct AddressLang(pub Lang);

/// Takes `/zh` or `/en` off the front of the path and remembers it. Must run before routing.
#[must_use]
pub fn strip_lang<B>(mut request: axum::http::Request<B>) -> axum::http::Request<B> {
    let path = request.uri().path();
    let Some((lang, rest)) = [("/zh", Lang::Zh), ("/en", Lang::En)]
        .into_iter()
        .find_map(|(prefix, lang)| {
            let rest = path.strip_prefix(prefix)?;
            (rest.is_empty() || rest.starts_with('/')).then_some((lang, rest))
        })
    else {
        return request;
    };
    let path = if rest.is_empty() { "/" } else { rest };
    let target = request
        .uri()
        .query()
        .map_or_else(|| path.to_owned(), |q| format!("{path}?{q}"));
    if let Ok(uri) = target.parse::<Uri>() {
        *request.uri_mut() = uri;
        request.extensions_mut().insert(AddressLang(lang));
    }
    request
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(k, _)| *k == name)
        .map(|(_, v)| v)
}

fn text_header(headers: &HeaderMap, name: impl header::AsHeaderName) -> &str {
    headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
}

fn language(request: &Request) -> (Lang, bool) {
    if let Some(AddressLang(lang)) = request.extensions().get() {
        return (*lang, true);
    }
    let headers = request.headers();
    if let Some(lang) = cookie(headers, LANG_COOKIE).and_then(|c| c.parse().ok()) {
        return (lang, false);
    }
    let accepted = text_header(headers, header::ACCEPT_LANGUAGE);
    let lang = accepted
        .split(',')
        .find_map(|part| part.trim().parse::<Lang>().ok())
        .unwrap_or_default();
    (lang, false)
}

/// Whether a request that changes something comes from our own pages, as far as the browser says.
fn from_our_pages(headers: &HeaderMap) -> bool {
    let site = text_header(headers, "sec-fetch-site");
    if !site.is_empty() {
        return matches!(site, "same-origin" | "none");
    }
    let origin = text_header(headers, header::ORIGIN);
    if origin.is_empty() {
        // An older browser: the token in the form still has to fit.
        return true;
    }
    let host = text_header(headers, header::HOST);
    origin.split_once("://").is_some_and(|(_, o)| o == host)
}

fn address(app: &App, request: &Request) -> String {
    if app.settings.trust_proxy {
        // The last entry is the one that our own proxy added; earlier ones are the client's word.
        let forwarded = text_header(request.headers(), "x-forwarded-for");
        if let Some(last) = forwarded.rsplit(',').next().map(str::trim).filter(|a| !a.is_empty()) {
            return last.to_owned();
        }
    }
    request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or_else(String::new, |c| c.0.ip().to_string())
}

async fn actor(app: &App, headers: &HeaderMap) -> Result<Actor> {
    if let Some(token) = bearer(headers) {
        let actor = login::by_bearer(app, token).await?;
        // A wrong token must not quietly act as a visitor.
        return if actor.user.is_some() {
            Ok(actor)
        } else {
            Err(Fault::new(FaultKind::SignIn, "sign-in"))
        };
    }
    match cookie(headers, login::COOKIE) {
        Some(token) => login::by_cookie(app, token).await,
        None => Ok(Actor::visitor()),
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    text_header(headers, header::AUTHORIZATION)
        .strip_prefix("Bearer ")
        .map(str::trim)
}

/// Who asks; on the few swift routes, who asked a moment ago with the same token.
async fn caller(app: &App, method: &Method, path: &str, headers: &HeaderMap) -> Result<Arc<Actor>> {
    let callers = app.extra::<Callers>().filter(|callers| callers.is_swift(method, path));
    let token = bearer(headers).or_else(|| cookie(headers, login::COOKIE));
    let (Some(callers), Some(token)) = (callers, token) else {
        return actor(app, headers).await.map(Arc::new);
    };
    let now = app.now();
    if let Some(known) = callers.known(token, now) {
        return Ok(known);
    }
    let found = Arc::new(actor(app, headers).await?);
    if found.user.is_some() {
        callers.keep(token, &found, now);
    }
    Ok(found)
}

/// The token that forms of this session (or of this visitor) carry.
#[must_use]
pub fn csrf_token(app: &App, actor: &Actor, visitor: &str) -> String {
    let tied_to = actor.session.map_or_else(|| visitor.to_owned(), |s| s.to_string());
    URL_SAFE_NO_PAD.encode(app.keys.fingerprint(&[b"csrf", tied_to.as_bytes()]))
}

fn unpercent(text: &str) -> String {
    let pair = format!("v={}", text.replace('+', "%2B"));
    form_urlencoded::parse(pair.as_bytes())
        .next()
        .map_or_else(String::new, |(_, v)| v.into_owned())
}

/// Builds the [`Cx`] and runs the handler; then gives faults their page. To be layered around all routes and the fallback.
pub async fn enter(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let (lang, lang_in_address) = language(&request);
    let headers = request.headers();
    let (known, trouble) = match caller(&app, request.method(), request.uri().path(), headers).await {
        Ok(actor) => (actor, None),
        Err(fault) => (Arc::new(Actor::visitor()), Some(fault)),
    };
    let visitor = cookie(headers, login::VISITOR_COOKIE)
        .filter(|v| v.len() >= 32)
        .map(str::to_owned);
    let new_visitor = (visitor.is_none() && known.session.is_none() && !known.machine).then(|| app.ids.token());
    let tie = visitor.or_else(|| new_visitor.clone()).unwrap_or_default();
    let flash = cookie(headers, FLASH_COOKIE)
        .map(unpercent)
        .map(|t| t.chars().take(FLASH_CHARS).collect::<String>());
    // Machines have no head of a page to show it in.
    let unread = if request.uri().path().starts_with("/api/") {
        0
    } else {
        unread(&app, &known).await
    };
    let foreign = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS)
        && !known.machine
        && !from_our_pages(headers);
    let cx = Cx {
        csrf: csrf_token(&app, &known, &tie).into(),
        lang,
        lang_in_address,
        now: app.now(),
        path: request.uri().path().into(),
        query: request.uri().query().unwrap_or_default().into(),
        address: address(&app, &request).into(),
        agent: text_header(headers, header::USER_AGENT).into(),
        unread,
        flash: flash.as_deref().map(Into::into),
        action: None,
        actor: known,
        app,
    };
    request.extensions_mut().insert(cx.clone());
    let mut response = match trouble {
        Some(fault) => axum::response::IntoResponse::into_response(fault),
        None if foreign => axum::response::IntoResponse::into_response(Fault::new(FaultKind::Denied, "csrf")),
        None => next.run(request).await,
    };
    if let Some(fault) = response.extensions_mut().remove::<Arc<Fault>>() {
        let headers = std::mem::take(response.headers_mut());
        response = show(&cx, &fault);
        for value in headers.get_all(header::SET_COOKIE) {
            response.headers_mut().append(header::SET_COOKIE, value.clone());
        }
    }
    set_cookies(&cx, new_visitor.as_deref(), flash.is_some(), &mut response);
    response
}

async fn unread(app: &App, actor: &Actor) -> i64 {
    let Some(user) = actor.user else { return 0 };
    match app.read().await {
        Ok(mut conn) => notices::unread(&mut conn, user).await.unwrap_or(0),
        Err(_) => 0,
    }
}

fn set_cookies(cx: &Cx, new_visitor: Option<&str>, had_flash: bool, response: &mut Response) {
    let secure = if cx.app.settings.secure_cookies { "; Secure" } else { "" };
    let html = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|v| v.as_bytes().starts_with(b"text/html"));
    let mut add = |text: String| {
        if let Ok(value) = HeaderValue::from_str(&text) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    };
    if !html {
        return;
    }
    if let Some(token) = new_visitor {
        add(format!(
            "{}={token}; Path=/; HttpOnly; SameSite=Lax{secure}",
            login::VISITOR_COOKIE
        ));
    }
    if cx.lang_in_address {
        add(format!(
            "{LANG_COOKIE}={}; Path=/; SameSite=Lax; Max-Age=31536000{secure}",
            cx.lang.code()
        ));
    }
    if had_flash {
        add(format!("{FLASH_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"));
    }
}

#[derive(askama::Template)]
#[template(path = "error.html")]
struct ErrorPage {
    s: Shell,
    status: u16,
    title: String,
    text: String,
    fields: Vec<String>,
    sign_in: bool,
    next: String,
}

/// A fault as JSON for the API and as a page for people.
fn show(cx: &Cx, fault: &Fault) -> Response {
    let words = &cx.app.words;
    match fault.kind {
        FaultKind::Internal => tracing::error!(fault = %fault, path = %cx.path, "a request failed"),
        _ => tracing::debug!(fault = %fault, path = %cx.path, "a request was refused"),
    }
    if cx.path.starts_with("/api/") {
        return answer(cx.json_with(fault.kind.status(), &fault.json(words, cx.lang)), fault);
    }
    let here = if cx.query.is_empty() {
        cx.href(&cx.path)
    } else {
        format!("{}?{}", cx.href(&cx.path), cx.query)
    };
    if fault.kind == FaultKind::SignIn {
        return cx.redirect(&format!("/sign-in?next={}", percent(&here)));
    }
    let fields = fault.fields.iter().map(|f| words.issue(cx.lang, &f.issue)).collect();
    let page = ErrorPage {
        s: cx.shell(),
        status: fault.kind.status().as_u16(),
        title: fault.title(words, cx.lang),
        text: fault.text(words, cx.lang),
        fields,
        sign_in: fault.kind == FaultKind::Denied && cx.actor.user.is_none(),
        next: percent(&here),
    };
    answer(cx.page_with(fault.kind.status(), &page), fault)
}

fn answer(rendered: Result<Response>, fault: &Fault) -> Response {
    rendered.unwrap_or_else(|_| axum::response::IntoResponse::into_response(fault.kind.status()))
}
