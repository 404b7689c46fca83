//! What a handler knows of its request, and what it reads from it: `Cx`, forms with their CSRF check, uploads, JSON, queries.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::Stamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Action, Actor, App, Fault, FaultKind, Lang, MAX_FILE_BYTES, Permit, Result, Shell, Sight, Subject};

/// The largest form without files: the longest form has some thirty fields of at most a few thousand characters.
pub const MAX_FORM_BYTES: usize = 512 * 1024;
/// The largest JSON body.
pub const MAX_JSON_BYTES: usize = 2 * 1024 * 1024;
/// The form field and the header that carry the CSRF token.
pub const CSRF_FIELD: &str = "_csrf";
/// Header for scripts.
pub const CSRF_HEADER: &str = "x-csrf";

/// The request at hand. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Cx {
    /// The application.
    pub app: App,
    /// Who acts.
    pub actor: Arc<Actor>,
    /// The reader's language.
    pub lang: Lang,
    /// Whether the address named the language (`/en/…`): links then do too.
    pub lang_in_address: bool,
    /// When the request came.
    pub now: Stamp,
    /// The path without the language.
    pub path: Arc<str>,
    /// The query, without `?`.
    pub query: Arc<str>,
    /// The token that forms carry.
    pub csrf: Arc<str>,
    /// Where the request came from.
    pub address: Arc<str>,
    /// Which browser.
    pub agent: Arc<str>,
    /// Notices not yet read.
    pub unread: i64,
    /// What the last action said, shown once.
    pub flash: Option<Arc<str>>,
    /// The action of the route, set by its gate.
    pub action: Option<Action>,
}

impl<S: Send + Sync> FromRequestParts<S> for Cx {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let Extension(cx) = Extension::<Self>::from_request_parts(parts, state)
            .await
            .map_err(|_| Fault::internal("a route outside the request layer"))?;
        Ok(cx)
    }
}

impl Cx {
    /// Words in the reader's language.
    #[must_use]
    pub fn t(&self, id: &str) -> String {
        self.app.words.get(self.lang, id, &[])
    }

    /// Words with arguments.
    #[must_use]
    pub fn ta(&self, id: &str, args: &[(&str, String)]) -> String {
        self.app.words.get(self.lang, id, args)
    }

    /// Asks the who-may table for this actor.
    ///
    /// # Errors
    /// A fault of kind denied or sign-in.
    pub fn permit(&self, action: Action, subject: &Subject) -> Result<Permit> {
        self.app.permit(&self.actor, action, subject)
    }

    /// Whether this actor may.
    #[must_use]
    pub fn may(&self, action: Action, subject: &Subject) -> bool {
        self.app.may(&self.actor, action, subject)
    }

    /// The right of this actor to look into withheld data of the subject.
    #[must_use]
    pub fn sight(&self, action: Action, subject: &Subject) -> Option<Sight> {
        self.app.sight(&self.actor, action, subject)
    }

    /// A link in the reader's language.
    #[must_use]
    pub fn href(&self, path: &str) -> String {
        if self.lang_in_address {
            format!("/{}{}", self.lang.code(), path)
        } else {
            path.to_owned()
        }
    }

    /// What a page's shell needs.
    #[must_use]
    pub fn shell(&self) -> Shell {
        Shell::new(self.clone())
    }

    /// Answers with a page.
    ///
    /// # Errors
    /// An internal fault when the template fails.
    pub fn page<T: askama::Template>(&self, template: &T) -> Result<Response> {
        self.page_with(StatusCode::OK, template)
    }

    /// Answers with a page of another status.
    ///
    /// # Errors
    /// As [`Cx::page`].
    pub fn page_with<T: askama::Template>(&self, status: StatusCode, template: &T) -> Result<Response> {
        let html = template
            .render()
            .map_err(|e| Fault::internal(format!("template: {e}")))?;
        let mut response = (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
        // Pages of who is signed in are theirs alone; public ones may be kept but must be asked for again.
        let cache = if self.actor.user.is_some() {
            "private, no-store"
        } else {
            "no-cache"
        };
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        Ok(response)
    }

    /// Answers with JSON.
    pub fn json<T: Serialize>(&self, value: &T) -> Result<Response> {
        self.json_with(StatusCode::OK, value)
    }

    /// Answers with JSON of another status.
    ///
    /// # Errors
    /// An internal fault when the value cannot be written.
    pub fn json_with<T: Serialize>(&self, status: StatusCode, value: &T) -> Result<Response> {
        let body = serde_json::to_vec(value).map_err(|e| Fault::internal(e.to_string()))?;
        let headers = [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-store"),
        ];
        Ok((status, headers, body).into_response())
    }

    /// Answers with a file to keep.
    #[must_use]
    pub fn download(&self, name: &str, media: &str, content: Vec<u8>) -> Response {
        let plain: String = name
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || ".-_".contains(c) {
                    c
                } else {
                    '_'
                }
            })
            .collect();
        let encoded = percent(name);
        let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
        let headers = [
            (header::CONTENT_TYPE, media.to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
            (header::CACHE_CONTROL, "private, no-store".to_owned()),
        ];
        (headers, content).into_response()
    }

    /// Sends the reader on after a form.
    #[must_use]
    pub fn redirect(&self, path: &str) -> Response {
        let target = self.href(path);
        let value = HeaderValue::from_str(&target).unwrap_or(HeaderValue::from_static("/"));
        (StatusCode::SEE_OTHER, [(header::LOCATION, value)]).into_response()
    }

    /// Sends the reader on and says something there, once.
    #[must_use]
    pub fn redirect_saying(&self, path: &str, text: &str) -> Response {
        let mut response = self.redirect(path);
        let cookie = format!("jb_flash={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60", percent(text));
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        response
    }

    fn check_csrf(&self, given: Option<&str>) -> Result<()> {
        use subtle::ConstantTimeEq;
        let fits = given.is_some_and(|g| bool::from(g.as_bytes().ct_eq(self.csrf.as_bytes())));
        if fits {
            Ok(())
        } else {
            Err(Fault::new(FaultKind::Denied, "csrf"))
        }
    }
}

/// Percent-encodes a text for headers and cookies.
#[must_use]
pub(crate) fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push_str(&format!("{byte:02X}"));
        }
    }
    out
}

async fn body(request: Request, limit: usize) -> Result<Bytes> {
    axum::body::to_bytes(request.into_body(), limit)
        .await
        .map_err(|_| Fault::too_large(limit))
}

/// A page's form (`application/x-www-form-urlencoded`), its CSRF token checked. Lists are repeated names.
#[derive(Debug)]
pub struct Form<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Form<T> {
    type Rejection = Fault;
    async fn from_request(request: Request, _state: &S) -> Result<Self> {
        let cx = request
            .extensions()
            .get::<Cx>()
            .cloned()
            .ok_or_else(|| Fault::internal("no request layer"))?;
        let header = request
            .headers()
            .get(CSRF_HEADER)
            .and_then(|v| v.to_str().ok())
            .map(str::to_owned);
        let bytes = body(request, MAX_FORM_BYTES).await?;
        let field = form_urlencoded::parse(&bytes)
            .find(|(k, _)| k == CSRF_FIELD)
            .map(|(_, v)| v.into_owned());
        cx.check_csrf(field.as_deref().or(header.as_deref()))?;
        serde_html_form::from_bytes(&bytes)
            .map(Self)
            .map_err(|e| Fault::bad_request(e.to_string()))
    }
}

/// A form's fields as they came, for forms that are declared as data.
impl Form<Vec<(String, String)>> {
    /// The first value of a field.
    #[must_use]
    pub fn first(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }
}

/// An uploaded file.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The form field.
    pub field: String,
    /// The file's name.
    pub name: String,
    /// The media type that the browser says.
    pub media: String,
    /// The content.
    pub content: Bytes,
}

/// A form with files (`multipart/form-data`), its CSRF token checked, each file within the cap.
#[derive(Debug, Default)]
pub struct Multipart {
    /// Texts.
    pub fields: Vec<(String, String)>,
    /// Files that are not empty.
    pub files: Vec<Upload>,
}

impl Multipart {
    /// The first value of a field.
    #[must_use]
    pub fn first(&self, key: &str) -> Option<&str> {
        self.fields.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }
}

impl<S: Send + Sync> FromRequest<S> for Multipart {
    type Rejection = Fault;
    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let cx = request
            .extensions()
            .get::<Cx>()
            .cloned()
            .ok_or_else(|| Fault::internal("no request layer"))?;
        let header = request
            .headers()
            .get(CSRF_HEADER)
            .and_then(|v| v.to_str().ok())
            .map(str::to_owned);
        let bearer = cx.actor.machine;
        let mut parts = axum::extract::Multipart::from_request(request, state)
            .await
            .map_err(|e| Fault::bad_request(e.to_string()))?;
        let mut out = Self::default();
        let mut total = 0usize;
        while let Some(part) = parts
            .next_field()
            .await
            .map_err(|e| Fault::bad_request(e.to_string()))?
        {
            let field = part.name().unwrap_or_default().to_owned();
            let file = part
                .file_name()
                .map(|n| (n.to_owned(), part.content_type().unwrap_or_default().to_owned()));
            let content = part.bytes().await.map_err(|_| Fault::too_large(MAX_FILE_BYTES))?;
            total += content.len();
            if total > MAX_FILE_BYTES + MAX_FORM_BYTES {
                return Err(Fault::too_large(MAX_FILE_BYTES));
            }
            match file {
                Some((name, media)) if !content.is_empty() => out.files.push(Upload {
                    field,
                    name,
                    media,
                    content,
                }),
                Some(_) => {}
                None => out.fields.push((field, String::from_utf8_lossy(&content).into_owned())),
            }
        }
        if !bearer {
            cx.check_csrf(out.first(CSRF_FIELD).or(header.as_deref()))?;
        }
        Ok(out)
    }
}

/// A JSON body of the API. A request by cookie must carry the CSRF header; one by token needs none.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Fault;
    async fn from_request(request: Request, _state: &S) -> Result<Self> {
        let cx = request
            .extensions()
            .get::<Cx>()
            .cloned()
            .ok_or_else(|| Fault::internal("no request layer"))?;
        if !cx.actor.machine {
            let header = request
                .headers()
                .get(CSRF_HEADER)
                .and_then(|v| v.to_str().ok())
                .map(str::to_owned);
            cx.check_csrf(header.as_deref())?;
        }
        let bytes = body(request, MAX_JSON_BYTES).await?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|e| Fault::new(FaultKind::BadRequest, "bad-request").with("what", e.to_string()))
    }
}

/// A request of the API that carries nothing, a deletion say. One by cookie must carry the CSRF header.
#[derive(Debug)]
pub struct NoBody;

impl<S: Send + Sync> FromRequest<S> for NoBody {
    type Rejection = Fault;
    async fn from_request(request: Request, _state: &S) -> Result<Self> {
        let cx = request
            .extensions()
            .get::<Cx>()
            .cloned()
            .ok_or_else(|| Fault::internal("no request layer"))?;
        if !cx.actor.machine {
            let header = request.headers().get(CSRF_HEADER).and_then(|v| v.to_str().ok());
            cx.check_csrf(header)?;
        }
        Ok(Self)
    }
}

/// The query of an address; lists are repeated names, unknown names are ignored.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self> {
        let query = parts.uri.query().unwrap_or_default();
        serde_html_form::from_str(query)
            .map(Self)
            .map_err(|e| Fault::bad_request(e.to_string()))
    }
}
