//! How saved searches find: by their words, and by what they mean. The market's crates know nothing of each other here, so the
//! two are put together on this floor.

use std::sync::Arc;

use jcore::{App, BoxFuture, Result};
use push::{Finder, Finders, Item};

/// Finds what the matching engine holds for near to the text of the search.
#[derive(Debug, Clone, Copy)]
struct MeaningFinder;

impl Finder for MeaningFinder {
    fn key(&self) -> &'static str {
        "meaning"
    }

    fn fits<'a>(&'a self, app: &'a App, search: &'a str, items: &'a [&'a Item]) -> BoxFuture<'a, Result<Vec<bool>>> {
        Box::pin(async move {
            let ids: Vec<_> = items.iter().map(|item| item.id).collect();
            matches::are_near(app, search, &ids).await
        })
    }
}

/// All finders of this site.
pub(crate) fn finders() -> Finders {
    Finders::new(vec![Arc::new(MeaningFinder)])
}
