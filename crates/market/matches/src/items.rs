//! Public entries as this capability's pages and answers show them: the public projection and nothing else.

use std::collections::HashMap;

use entries::browse::{Section, rows};
use entries::{ListRow, RowView};
use jcore::{Cx, Result};
use matching::Document;
use uuid::Uuid;

use crate::document;

/// Those of these entries that are public now, by their ids, in the reader's words.
///
/// # Errors
/// The store's.
pub(crate) async fn items(cx: &Cx, ids: &[Uuid]) -> Result<HashMap<Uuid, RowView>> {
    let (stored, views) = public(cx, ids).await?;
    Ok(stored.iter().map(|row| row.id).zip(views).collect())
}

/// The same with each as the engine has it.
///
/// # Errors
/// The store's.
pub(crate) async fn with_documents(cx: &Cx, ids: &[Uuid]) -> Result<HashMap<Uuid, (RowView, Document)>> {
    let kinds = entries::kinds(&cx.app);
    let (stored, views) = public(cx, ids).await?;
    let mut out = HashMap::with_capacity(stored.len());
    for (row, view) in stored.iter().zip(views) {
        if let Some(kind) = kinds.get(&row.kind) {
            out.insert(row.id, (view, document::of_row(kind.as_ref(), row)?));
        }
    }
    Ok(out)
}

/// Those of known kinds that are public now, stored and in words.
async fn public(cx: &Cx, ids: &[Uuid]) -> Result<(Vec<ListRow>, Vec<RowView>)> {
    let kinds = entries::kinds(&cx.app);
    let section = Section {
        path: "/",
        kinds: kinds.all().to_vec(),
    };
    let mut stored = entries::public_rows(&mut cx.app.read().await?, ids, cx.now.micros()).await?;
    stored.retain(|row| kinds.get(&row.kind).is_some());
    let views = rows(cx, &section, &stored)?;
    Ok((stored, views))
}
