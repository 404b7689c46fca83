//! The one door to the engine: documents go in, matches and hits come out (R127–R131).

mod ask;
mod bm25;
mod find;
mod judge;
mod pick;
mod prepare;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use uuid::Uuid;

pub use ask::{Filter, Filters, Found, LeftOut, Match, Query, Reason, Verdict, Want};
pub use find::{MATCHES_MAX, TEXT_CHARS_MAX};

use crate::Document;
use crate::index::{Identity, Index, IndexError, current};
use crate::reading::{Reader, Reading};
use crate::search::{Finder, Hits, Search, Suggestion};
use crate::sentences::Sentences;
use crate::table::{BadTable, Table};
use crate::text::Analyser;

/// Why the engine could not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The index could not be read or written.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The index's folder could not be made or read.
    #[error("the index's folder {path}: {error}")]
    Folder {
        /// Which.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The table of vectors that is compiled in can't be read.
    #[error(transparent)]
    Table(#[from] BadTable),
    /// An index is being built beside this one already.
    #[error("an index is being built already")]
    Busy,
}

impl From<tantivy::TantivyError> for EngineError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Index(IndexError::Words(error))
    }
}

/// How an engine is opened.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What reads texts, where there is one already; making another takes a third of a second.
    pub analyser: Option<Analyser>,
    /// What makes vectors, if not the shipped table.
    pub table: Option<Table>,
}

/// The engine: an index and what reads texts for it. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Engine(Arc<Inner>);

struct Inner {
    folder: Option<PathBuf>,
    analyser: Analyser,
    table: Table,
    finder: Finder,
    /// Made when a text is first read: most processes only find.
    reader: OnceLock<Reader>,
    index: RwLock<Arc<Index>>,
    /// Whether what serves is not what should: nothing, or what another analyser made.
    needs_rebuild: AtomicBool,
    /// Whether one is being built beside it.
    is_building: AtomicBool,
    buffers: find::Buffers,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine")
            .field("folder", &self.0.folder)
            .finish_non_exhaustive()
    }
}

fn identity(analyser: &Analyser, table: &Table) -> Identity {
    Identity(format!(
        "terms {:08x}, vectors {:08x}",
        analyser.identity(),
        table.identity()
    ))
}

impl Engine {
    /// Opens the index in a folder, or one in memory. Where the index is missing, damaged or of another version, the
    /// engine serves what it can and says so by [`Engine::needs_rebuild`].
    ///
    /// # Errors
    /// If the folder can't be made or written, or the compiled-in table is damaged.
    pub fn open(folder: Option<&Path>, options: Options) -> Result<Self, EngineError> {
        let analyser = options.analyser.unwrap_or_default();
        let table = match options.table {
            Some(table) => table,
            None => Table::shipped()?,
        };
        let identity = identity(&analyser, &table);
        let opened = match folder {
            Some(folder) => {
                std::fs::create_dir_all(folder).map_err(|error| EngineError::Folder {
                    path: folder.to_owned(),
                    error,
                })?;
                current::open(folder, &identity)
            }
            None => None,
        };
        let needs_rebuild = match &opened {
            Some(index) => index.is_stale(),
            None => folder.is_some(),
        };
        let index = match opened {
            Some(index) => index,
            // Nothing on disk until all of it is there: what comes meanwhile is found from memory.
            None => Index::create(None, identity)?,
        };
        Ok(Self(Arc::new(Inner {
            folder: folder.map(Path::to_owned),
            analyser,
            table,
            finder: Finder::new(),
            reader: OnceLock::new(),
            index: RwLock::new(Arc::new(index)),
            needs_rebuild: AtomicBool::new(needs_rebuild),
            is_building: AtomicBool::new(false),
            buffers: find::Buffers::default(),
        })))
    }

    fn index(&self) -> Arc<Index> {
        Arc::clone(&self.0.index.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn identity(&self) -> Identity {
        identity(&self.0.analyser, &self.0.table)
    }

    /// What a title and a text say.
    #[must_use]
    pub fn read(&self, title: &str, body: &str) -> Reading {
        let new = || Reader::new(self.0.analyser.clone(), self.0.table.clone());
        self.0.reader.get_or_init(new).read(title, body)
    }

    /// The sentences of a text, to be compared with those of another.
    #[must_use]
    pub fn sentences(&self, text: &str) -> Sentences {
        Sentences::of(&self.0.analyser, &self.0.table, text)
    }

    /// Whether the index is to be built anew from the store: it was missing, damaged, or made by another version.
    #[must_use]
    pub fn needs_rebuild(&self) -> bool {
        self.0.needs_rebuild.load(Ordering::Acquire)
    }

    /// Takes documents in, in the place of those with the same ids. Found after the next [`Engine::commit`].
    ///
    /// # Errors
    /// If the index can't be written.
    pub fn put(&self, documents: &[Document]) -> Result<(), EngineError> {
        self.put_into(&self.index(), documents)
    }

    fn put_into(&self, index: &Index, documents: &[Document]) -> Result<(), EngineError> {
        for chunk in documents.chunks(PUT_AT_ONCE) {
            let prepared = chunk
                .par_iter()
                .map(|document| self.prepare(&index.words, document))
                .collect();
            index.put(prepared)?;
        }
        Ok(())
    }

    /// Takes documents away. Gone after the next [`Engine::commit`].
    ///
    /// # Errors
    /// If the index can't be written.
    pub fn remove(&self, ids: &[Uuid]) -> Result<(), EngineError> {
        Ok(self.index().remove(ids)?)
    }

    /// Makes everything so far last and found. `cursor` says how far the change log was read and is kept with it.
    ///
    /// # Errors
    /// If the index can't be written.
    pub fn commit(&self, cursor: i64) -> Result<(), EngineError> {
        Ok(self.index().commit(cursor)?)
    }

    /// How far the change log was read at the last commit; nothing if there was none.
    #[must_use]
    pub fn cursor(&self) -> Option<i64> {
        self.index().snapshot().cursor
    }

    /// How many documents there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.index().snapshot().len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A document as it was put in; nothing if it is not there.
    #[must_use]
    pub fn document(&self, id: Uuid) -> Option<Document> {
        let index = self.index();
        let snapshot = index.snapshot();
        index.words.documents(&snapshot.searcher, &[id]).pop().flatten()
    }

    /// Begins an index beside the one that serves.
    ///
    /// # Errors
    /// If the index can't be written, or one is being built already.
    pub fn rebuild(&self) -> Result<Rebuild, EngineError> {
        if self.0.is_building.swap(true, Ordering::AcqRel) {
            return Err(EngineError::Busy);
        }
        let building = Building(self.clone());
        let place = self.0.folder.as_deref().map(current::next);
        let index = Index::create(place.as_ref().map(|place| place.path.as_path()), self.identity())?;
        Ok(Rebuild {
            building,
            index: Arc::new(index),
            place,
        })
    }

    /// Finds what fits a text.
    ///
    /// # Errors
    /// If the index can't be read.
    pub fn find(&self, query: &Query) -> Result<Found, EngineError> {
        find::find(self, query)
    }

    /// Looks for what was typed.
    ///
    /// # Errors
    /// If the index can't be read.
    pub fn search(&self, search: &Search) -> Result<Hits, EngineError> {
        let index = self.index();
        let snapshot = index.snapshot();
        let finder = &self.0.finder;
        Ok(finder.search(&index.words, &snapshot, &self.0.analyser, search)?)
    }

    /// Titles that fit what is being typed; none where the index can't be read.
    #[must_use]
    pub fn suggest(&self, text: &str, limit: usize) -> Vec<Suggestion> {
        let index = self.index();
        let snapshot = index.snapshot();
        let finder = &self.0.finder;
        finder
            .suggest(&index.words, &snapshot, &self.0.analyser, text, limit)
            .unwrap_or_default()
    }
}

/// Documents that are read at once before they are handed to the writer.
const PUT_AT_ONCE: usize = 2_000;

/// An index in the making beside the one that serves. Dropped before it is finished it leaves nothing behind but a
/// folder, which the next one takes away.
#[derive(Debug)]
pub struct Rebuild {
    building: Building,
    index: Arc<Index>,
    place: Option<current::Place>,
}

/// While it is there, no other index is built for the engine.
#[derive(Debug)]
struct Building(Engine);

impl Drop for Building {
    fn drop(&mut self) {
        self.0.0.is_building.store(false, Ordering::Release);
    }
}

impl Rebuild {
    /// Takes documents in.
    ///
    /// # Errors
    /// If the index can't be written.
    pub fn put(&self, documents: &[Document]) -> Result<(), EngineError> {
        self.building.0.put_into(&self.index, documents)
    }

    /// Makes it last, and lets it serve in the place of the old one. `cursor` is where the change log stood before the
    /// first document was read: what changed since is put in again from there.
    ///
    /// # Errors
    /// If the index can't be written; the old one serves on.
    pub fn finish(self, cursor: i64) -> Result<(), EngineError> {
        self.index.commit(cursor)?;
        let inner = &self.building.0.0;
        if let (Some(folder), Some(place)) = (&inner.folder, &self.place) {
            current::choose(folder, place).map_err(|error| EngineError::Folder {
                path: folder.clone(),
                error,
            })?;
        }
        *inner.index.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&self.index);
        inner.needs_rebuild.store(false, Ordering::Release);
        if let (Some(folder), Some(place)) = (&inner.folder, &self.place) {
            current::sweep(folder, place);
        }
        Ok(())
    }
}
