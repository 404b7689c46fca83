//! Lists and entries as everyone sees them.

use std::collections::BTreeMap;

use axum::response::Response;
use forms::{Value, Values};
use jcore::{Cx, Fault, Result};
use kernel::{EntryId, Stamp};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::browse::{PAGE_ROWS, Params, Section};
use crate::kind::EntryKind;
use crate::model::{ListRow, codes_of};
use crate::store;

/// An entry of a list, open values only.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ApiRow {
    /// Its id.
    #[schema(example = "01890a5d-ac96-774b-bcce-b302099a8057")]
    pub id: String,
    /// Its kind: `need`, `patent`, `achievement`.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// The head of its main text.
    pub summary: String,
    /// Fields of industry.
    pub sectors: Vec<String>,
    /// Code of the division.
    pub region: Option<String>,
    /// The division's full name.
    pub place: Option<String>,
    /// The kind's own category.
    pub category: Option<String>,
    /// Readiness 1–9.
    pub maturity: Option<i64>,
    /// Ways of dealing.
    pub modes: Vec<String>,
    /// The organisation's name; `未公开` where its owner withholds it.
    #[schema(example = "未公开")]
    pub organisation: String,
    /// When it was published.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub published_at: Option<Stamp>,
    /// Until when it is public.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Stamp>,
    /// Keys of the fields that its owner withholds.
    pub withheld: Vec<String>,
    /// Its page.
    pub url: String,
}

/// A page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ApiList {
    /// How many entries fit.
    pub count: i64,
    /// The page, from 1.
    pub page: i64,
    /// Entries a page.
    pub page_size: i64,
    /// The entries.
    pub items: Vec<ApiRow>,
}

/// An entry, open values only.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ApiEntry {
    /// What a list says of it.
    #[serde(flatten)]
    pub row: ApiRow,
    /// Its open fields by key: `{"type": "money", "value": {…}}`.
    #[schema(value_type = BTreeMap<String, Object>)]
    pub fields: Values,
    /// The same in the words of the reader's language.
    pub texts: BTreeMap<String, String>,
}

fn row(cx: &Cx, kind: &dyn EntryKind, row: &ListRow) -> ApiRow {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    ApiRow {
        id: row.id.to_string(),
        kind: row.kind.clone(),
        title: row.title.clone(),
        summary: row.summary.clone(),
        sectors: codes_of(&row.sector).map(str::to_owned).collect(),
        region: some(&row.region),
        place: some(&row.region).map(|code| cx.app.regions.full_name(code)),
        category: some(&row.category),
        maturity: row.trl,
        modes: codes_of(&row.modes).map(str::to_owned).collect(),
        organisation: row.org_name.clone().unwrap_or_else(|| cx.t("word-withheld")),
        published_at: row.published_at.map(Stamp::from_micros),
        expires_at: row.expires_at.map(Stamp::from_micros),
        withheld: row
            .withheld
            .split(',')
            .filter(|k| !k.is_empty())
            .map(str::to_owned)
            .collect(),
        url: format!("{}{}/{}", cx.app.settings.base_url, kind.home(), row.id),
    }
}

/// A page of a list as JSON.
///
/// # Errors
/// The store's.
pub async fn list_json(cx: &Cx, section: &Section, params: &Params) -> Result<Response> {
    let filter = section.filter(cx, params);
    let mut conn = cx.app.read().await?;
    let offset = (filter.page - 1) * PAGE_ROWS;
    let found = store::list::find(&mut conn, &filter, cx.now.micros(), PAGE_ROWS, offset).await?;
    let stored = store::list::rows(&mut conn, &found.ids).await?;
    let items = stored
        .iter()
        .filter_map(|r| Some(row(cx, section.kind(&r.kind)?, r)))
        .collect();
    cx.json(&ApiList {
        count: found.count,
        page: filter.page,
        page_size: PAGE_ROWS,
        items,
    })
}

/// A public entry as JSON. Whoever asks, it is what the public sees: a machine that may see more signs in to the pages.
///
/// # Errors
/// Not found when it isn't public or stands in another list.
pub async fn show_json(cx: &Cx, section: &Section, id: Uuid) -> Result<Response> {
    let mut conn = cx.app.read().await?;
    let entry = store::read::get(&mut conn, EntryId::from(id)).await?;
    let kind = section.kind(&entry.kind).ok_or_else(Fault::not_found)?;
    if !entry.is_public(cx.now.micros()) {
        return Err(Fault::not_found());
    }
    let stored = store::list::rows(&mut conn, &[id]).await?;
    let stored = stored.first().ok_or_else(Fault::not_found)?;
    let fields = stored.values()?;
    let text = |(key, value): (&String, &Value)| {
        let field = kind.form().field(key)?;
        Some((key.clone(), intake::page::show_value(cx, field, value)))
    };
    let texts = fields.iter().filter_map(text).collect();
    cx.json(&ApiEntry {
        row: row(cx, kind, stored),
        texts,
        fields,
    })
}
