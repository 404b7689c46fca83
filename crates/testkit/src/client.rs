//! A browser of the poorest kind: cookies, forms with their CSRF token, redirects on request. Enough for tests over HTTP.

use std::collections::BTreeMap;

use axum::body::Body;
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use jcore::{Actor, App};
use kernel::SessionId;
use tower::ServiceExt;

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is none.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    /// Where a redirect leads.
    #[must_use]
    pub fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
    }

    /// Fails the test unless the status is this one.
    ///
    /// # Panics
    /// When it is another.
    #[track_caller]
    #[must_use]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{} {}", self.location(), self.text());
        self
    }
}

/// A browser.
#[derive(Clone)]
pub struct Client {
    app: App,
    router: axum::Router,
    cookies: BTreeMap<String, String>,
    session: Option<SessionId>,
    bearer: Option<String>,
    /// Sent as Accept-Language.
    pub lang: &'static str,
}

impl Client {
    pub(crate) fn new(app: App, router: axum::Router) -> Self {
        let visitor = app.ids.token();
        let cookies = [(jcore::login::VISITOR_COOKIE.to_owned(), visitor)].into();
        Self {
            app,
            router,
            cookies,
            session: None,
            bearer: None,
            lang: "zh-CN",
        }
    }

    pub(crate) fn session(&mut self, session: SessionId, token: String) {
        self.cookies.insert(jcore::login::COOKIE.to_owned(), token);
        self.session = Some(session);
    }

    /// Signs in by an API token from now on.
    pub fn bearer(&mut self, token: &str) {
        self.bearer = Some(token.to_owned());
    }

    /// A cookie's value.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// The token that this browser's forms carry.
    #[must_use]
    pub fn csrf(&self) -> String {
        let actor = Actor {
            session: self.session,
            ..Actor::default()
        };
        let visitor = self
            .cookies
            .get(jcore::login::VISITOR_COOKIE)
            .cloned()
            .unwrap_or_default();
        jcore::layer::csrf_token(&self.app, &actor, &visitor)
    }

    /// Sends a request as it is.
    pub async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let cookie = self
            .cookies
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect::<Vec<_>>()
            .join("; ");
        let headers = request.headers_mut();
        headers.insert(header::COOKIE, cookie.parse().expect("cookies"));
        headers.insert(header::HOST, "jiebang.test".parse().expect("host"));
        headers
            .entry(header::ACCEPT_LANGUAGE)
            .or_insert(self.lang.parse().expect("language"));
        if let Some(bearer) = &self.bearer {
            headers.insert(
                header::AUTHORIZATION,
                format!("Bearer {bearer}").parse().expect("token"),
            );
        }
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes().to_vec();
        for value in parts.headers.get_all(header::SET_COOKIE) {
            let text = value.to_str().unwrap_or_default();
            if let Some((name, value)) = text.split(';').next().and_then(|p| p.split_once('=')) {
                if text.contains("Max-Age=0") {
                    self.cookies.remove(name);
                } else {
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
            }
        }
        self.learn_session().await;
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes,
        }
    }

    /// After a sign-in the forms are tied to the new session.
    async fn learn_session(&mut self) {
        let Some(token) = self.cookies.get(jcore::login::COOKIE) else {
            self.session = None;
            return;
        };
        let actor = jcore::login::by_cookie(&self.app, token).await.expect("sessions");
        self.session = actor.session;
    }

    /// GET.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).expect("a request"))
            .await
    }

    /// POST of a form, with its CSRF token.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair(jcore::CSRF_FIELD, &self.csrf());
        body.extend_pairs(fields);
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.finish()))
            .expect("a request");
        self.send(request).await
    }

    /// POST of a form with one file.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], name: &str, content: &[u8]) -> Answer {
        const EDGE: &str = "----jiebang-test-edge";
        let mut body = Vec::new();
        let csrf = self.csrf();
        for (k, v) in fields.iter().copied().chain([(jcore::CSRF_FIELD, csrf.as_str())]) {
            body.extend(format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{k}\"\r\n\r\n{v}\r\n").bytes());
        }
        body.extend(format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n").bytes());
        body.extend_from_slice(content);
        body.extend(format!("\r\n--{EDGE}--\r\n").bytes());
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
            .body(Body::from(body))
            .expect("a request");
        self.send(request).await
    }

    /// A JSON request, with the CSRF header.
    pub async fn call(&mut self, method: Method, path: &str, value: &serde_json::Value) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header(jcore::CSRF_HEADER, self.csrf())
            .body(Body::from(value.to_string()))
            .expect("a request");
        self.send(request).await
    }
}
