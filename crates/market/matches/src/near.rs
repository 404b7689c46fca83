//! Whether public entries are about what a text says: for saved searches that find by meaning.

use std::collections::HashSet;

use jcore::{App, Result};
use matching::{Band, Query};
use uuid::Uuid;

use crate::asking::split;
use crate::finding::find;
use crate::index::{Matcher, feed};

/// Entries among which it must be: beyond them nothing is near.
const NEAREST: usize = 200;

/// Whether each of these entries that are public now is among what fits a text, at least weakly, in their order. What was
/// published a moment ago is taken into the index first.
///
/// # Errors
/// The store's, or the index's.
pub async fn are_near(app: &App, text: &str, ids: &[Uuid]) -> Result<Vec<bool>> {
    let engine = Matcher::of(app)?.engine(app).await?;
    if ids.iter().any(|id| engine.document(*id).is_none()) {
        feed(app).await?;
    }
    let (title, body) = split(text);
    let query = Query {
        title,
        body,
        limit: NEAREST,
        ..Query::default()
    };
    let found = find(app, query).await?;
    let near = found.items.iter().filter(|item| item.band > Band::None);
    let near: HashSet<Uuid> = near.map(|item| item.id).collect();
    Ok(ids.iter().map(|id| near.contains(id)).collect())
}
