//! Finders: how the words of a saved search are held against an item. The plain one looks for the words; a later capability
//! may register another, which finds by content say, and subscriptions then name it by its key.

use std::fmt;
use std::sync::Arc;

use jcore::{App, BoxFuture, Result};
use kernel::text::{fold, normalise};
use kernel::{Region, Sector};
use uuid::Uuid;

/// Words of a search that count; further ones are left out.
pub(crate) const WORDS_MAX: usize = 10;

/// An item as the public sees it: nothing withheld is in it.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its id.
    pub id: Uuid,
    /// Its kind: `need`, `patent`, `achievement`.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Its fields of industry.
    pub sectors: Vec<Sector>,
    /// Where it lies.
    pub region: Option<Region>,
    /// All its public texts, folded as searches are ([`fold`]).
    pub text: String,
}

/// Holds the text of a saved search against an item.
pub trait Finder: Send + Sync + 'static {
    /// Its key, kept with a subscription; words are `push-finder-KEY`.
    fn key(&self) -> &'static str;

    /// Whether each of the items fits the search, in their order. `search` is what its owner typed, never empty.
    ///
    /// # Errors
    /// The store's.
    fn fits<'a>(&'a self, app: &'a App, search: &'a str, items: &'a [&'a Item]) -> BoxFuture<'a, Result<Vec<bool>>>;
}

/// All finders, kept in `app.extras` by who puts the capabilities together; the first is the usual one.
#[derive(Clone)]
pub struct Finders(Arc<Vec<Arc<dyn Finder>>>);

impl Default for Finders {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl fmt::Debug for Finders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.keys()).finish()
    }
}

impl Finders {
    /// The plain finder and those of later capabilities.
    #[must_use]
    pub fn new(more: Vec<Arc<dyn Finder>>) -> Self {
        let mut all: Vec<Arc<dyn Finder>> = vec![Arc::new(WordFinder)];
        all.extend(more);
        Self(Arc::new(all))
    }

    /// Their keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.iter().map(|finder| finder.key())
    }

    /// The finder of a key; the plain one where its capability is gone.
    #[must_use]
    pub fn get(&self, key: &str) -> &dyn Finder {
        self.0
            .iter()
            .find(|finder| finder.key() == key)
            .map_or(&WordFinder, AsRef::as_ref)
    }
}

/// The application's finders.
#[must_use]
pub(crate) fn finders(app: &App) -> Finders {
    app.extra::<Finders>().cloned().unwrap_or_default()
}

/// Finds by words: every word must occur in the public texts, whatever its case and width.
#[derive(Debug, Clone, Copy, Default)]
pub struct WordFinder;

impl Finder for WordFinder {
    fn key(&self) -> &'static str {
        "words"
    }

    fn fits<'a>(&'a self, _app: &'a App, search: &'a str, items: &'a [&'a Item]) -> BoxFuture<'a, Result<Vec<bool>>> {
        let words = words(search);
        let fits = |item: &&Item| words.iter().all(|word| item.text.contains(word.as_str()));
        Box::pin(std::future::ready(Ok(items.iter().map(fits).collect())))
    }
}

/// The words of a search, folded.
#[must_use]
pub(crate) fn words(search: &str) -> Vec<String> {
    let text = normalise(search);
    let split = text.split(|c: char| c.is_whitespace() || "，、；,;".contains(c));
    split.map(fold).filter(|w| !w.is_empty()).take(WORDS_MAX).collect()
}
