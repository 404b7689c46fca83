//! Whether a public entry is about what a text says: for saved searches that find by meaning.

use jcore::{App, Result};
use matching::{Band, Query};
use uuid::Uuid;

use crate::asking::split;
use crate::finding::find;
use crate::index::{Matcher, feed};

/// Entries among which it must be: beyond them nothing is near.
const NEAREST: usize = 200;

/// Whether an entry that is public now is among what fits a text, at least weakly. One that was published a moment ago is
/// taken into the index first.
///
/// # Errors
/// The store's, or the index's.
pub async fn is_near(app: &App, text: &str, id: Uuid) -> Result<bool> {
    let engine = Matcher::of(app)?.engine(app).await?;
    if engine.document(id).is_none() {
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
    Ok(found.items.iter().any(|item| item.id == id && item.band > Band::None))
}
