//! What a handler answers when it cannot do what was asked: a kind (the status), a code with words in both languages, and
//! issues by field. What the log needs and the reader must not see stays inside.

use std::fmt;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::Issue;
use serde::Serialize;

use crate::{Denied, Lang, Words};

/// The kinds of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// 400: the request cannot be read.
    BadRequest,
    /// 401: signing in may help.
    SignIn,
    /// 403: signed in, but not for this.
    Denied,
    /// 404.
    NotFound,
    /// 409: changed meanwhile, or exists already.
    Conflict,
    /// 413.
    TooLarge,
    /// 415.
    Unsupported,
    /// 422: read, but refused; fields say why.
    Refused,
    /// 429.
    TooMany,
    /// 503: try again.
    Busy,
    /// 500.
    Internal,
}

impl FaultKind {
    /// The HTTP status.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Denied => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Refused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// An issue with one field of what was sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldFault {
    /// The field's key; none for the whole.
    pub field: Option<String>,
    /// What is wrong.
    pub issue: Issue,
}

/// A fault.
#[derive(Debug, Clone)]
pub struct Fault {
    /// Its kind.
    pub kind: FaultKind,
    /// Words under `fault-CODE` (title) and `fault-CODE.text`.
    pub code: &'static str,
    /// Arguments of the words.
    pub args: Vec<(&'static str, String)>,
    /// Issues by field.
    pub fields: Vec<FieldFault>,
    /// For the log only.
    inner: Option<String>,
    retry: bool,
}

impl Fault {
    /// A fault with its code.
    #[must_use]
    pub fn new(kind: FaultKind, code: &'static str) -> Self {
        Self {
            kind,
            code,
            args: Vec::new(),
            fields: Vec::new(),
            inner: None,
            retry: false,
        }
    }

    /// Every code of this crate, for the registry.
    pub const CODES: &'static [&'static str] = &[
        "not-found",
        "sign-in",
        "denied",
        "csrf",
        "refused",
        "stale",
        "duplicate",
        "too-large",
        "too-many",
        "bad-request",
        "unsupported",
        "busy",
        "internal",
    ];

    /// With an argument for its words.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// No such page or thing (or not for this reader's eyes: the same answer).
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(FaultKind::NotFound, "not-found")
    }

    /// Refused because of these fields.
    #[must_use]
    pub fn refused(fields: Vec<FieldFault>) -> Self {
        Self {
            fields,
            ..Self::new(FaultKind::Refused, "refused")
        }
    }

    /// Refused because of one issue.
    #[must_use]
    pub fn issue(field: Option<&str>, issue: Issue) -> Self {
        Self::refused(vec![FieldFault {
            field: field.map(str::to_owned),
            issue,
        }])
    }

    /// More bytes than the limit.
    #[must_use]
    pub fn too_large(limit_bytes: usize) -> Self {
        Self::new(FaultKind::TooLarge, "too-large").with("limit", format!("{} MB", limit_bytes / (1024 * 1024)))
    }

    /// Changed by somebody else since it was read.
    #[must_use]
    pub fn stale() -> Self {
        Self::new(FaultKind::Conflict, "stale")
    }

    /// A fault of the platform; `inner` goes to the log and never to the reader.
    #[must_use]
    pub fn internal(inner: impl Into<String>) -> Self {
        Self {
            inner: Some(inner.into()),
            ..Self::new(FaultKind::Internal, "internal")
        }
    }

    /// A request that cannot be read.
    #[must_use]
    pub fn bad_request(inner: impl Into<String>) -> Self {
        Self {
            inner: Some(inner.into()),
            ..Self::new(FaultKind::BadRequest, "bad-request")
        }
    }

    /// Whether running the same write again may succeed.
    #[must_use]
    pub fn is_retry(&self) -> bool {
        self.retry
    }

    /// What only the log may see.
    #[must_use]
    pub fn inner(&self) -> Option<&str> {
        self.inner.as_deref()
    }

    /// Its title in words.
    #[must_use]
    pub fn title(&self, words: &Words, lang: Lang) -> String {
        words.get(lang, &format!("fault-{}", self.code), &self.word_args())
    }

    /// What to do about it, in words.
    #[must_use]
    pub fn text(&self, words: &Words, lang: Lang) -> String {
        words.get(lang, &format!("fault-{}.text", self.code), &self.word_args())
    }

    fn word_args(&self) -> Vec<(&str, String)> {
        self.args.iter().map(|(k, v)| (*k, v.clone())).collect()
    }

    /// The JSON that the API answers.
    #[must_use]
    pub fn json(&self, words: &Words, lang: Lang) -> serde_json::Value {
        let fields: Vec<_> = self
            .fields
            .iter()
            .map(|f| {
                serde_json::json!({
                    "field": f.field, "code": f.issue.code, "level": f.issue.level, "message": words.issue(lang, &f.issue),
                })
            })
            .collect();
        serde_json::json!({ "error": {
            "code": self.code, "title": self.title(words, lang), "message": self.text(words, lang), "fields": fields,
        }})
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        if let Some(inner) = &self.inner {
            write!(f, ": {inner}")?;
        }
        for field in &self.fields {
            write!(f, " [{} {}]", field.field.as_deref().unwrap_or("-"), field.issue.code)?;
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}

impl From<Denied> for Fault {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::SignIn => Self::new(FaultKind::SignIn, "sign-in"),
            Denied::Role => Self::new(FaultKind::Denied, "denied"),
        }
    }
}

impl From<db::Error> for Fault {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::Missing => Self::not_found(),
            db::Error::Stale => Self::stale(),
            db::Error::Duplicate(what) => Self {
                inner: Some(what),
                ..Self::new(FaultKind::Conflict, "duplicate")
            },
            db::Error::Retry(what) => Self {
                inner: Some(what),
                retry: true,
                ..Self::new(FaultKind::Busy, "busy")
            },
            other => Self::internal(other.to_string()),
        }
    }
}

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        db::Error::from(error).into()
    }
}

/// The layer around the router turns this bare answer into a page or JSON in the reader's language.
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.kind.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}
