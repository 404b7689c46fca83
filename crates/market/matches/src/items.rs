//! Public entries as this capability's pages and answers show them: the public projection and nothing else.

use std::collections::HashMap;

use entries::RowView;
use entries::browse::{Section, rows};
use jcore::{Cx, Result};
use uuid::Uuid;

/// Those of these entries that are public now, by their ids, in the reader's words.
///
/// # Errors
/// The store's.
pub(crate) async fn items(cx: &Cx, ids: &[Uuid]) -> Result<HashMap<Uuid, RowView>> {
    let kinds = entries::kinds(&cx.app);
    let section = Section {
        path: "/",
        kinds: kinds.all().to_vec(),
    };
    let mut stored = entries::public_rows(&mut cx.app.read().await?, ids, cx.now.micros()).await?;
    stored.retain(|row| kinds.get(&row.kind).is_some());
    let views = rows(cx, &section, &stored)?;
    Ok(stored.iter().map(|row| row.id).zip(views).collect())
}
