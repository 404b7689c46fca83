//! The JSON API. Reading gives the public projection and says what is withheld (R143); writing takes the same texts as a
//! page or a sheet.

pub mod public;
pub mod work;

use std::collections::BTreeMap;

use jcore::{Cx, FieldFault};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::{OpenApi, RefOr, Schema};

use crate::kind::EntryKind;

/// What is wrong with a field, or was guessed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ApiIssue {
    /// The field's key; none for the whole.
    pub field: Option<String>,
    /// The issue's code.
    pub code: &'static str,
    /// `note`, `warning` or `error`.
    #[schema(value_type = String)]
    pub level: kernel::Level,
    /// In the words of the reader's language.
    pub message: String,
}

impl ApiIssue {
    /// In the reader's words.
    #[must_use]
    pub fn new(cx: &Cx, fault: &FieldFault) -> Self {
        Self {
            field: fault.field.clone(),
            code: fault.issue.code,
            level: fault.issue.level,
            message: cx.app.words.issue(cx.lang, &fault.issue),
        }
    }
}

/// The texts of a form by field key, as people would write them.
pub type Texts = BTreeMap<String, String>;

/// Puts the schema of a kind's form into a description, as `NameDraft` beside the bodies that say so.
pub fn describe(document: &mut OpenApi, kind: &dyn EntryKind, name: &str) {
    let schema = forms::json_schema(kind.form(), &|field| {
        format!("{} · {}", field.head_zh(), field.head_en())
    });
    // The form's schema is within OpenAPI 3.1; a test sees that it is there.
    if let Ok(schema) = serde_json::from_value::<RefOr<Schema>>(schema) {
        let components = document.components.get_or_insert_with(Default::default);
        components.schemas.insert(name.to_owned(), schema);
    }
}
