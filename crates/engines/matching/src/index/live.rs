//! The index as it lives: what readers see, and the writer that changes it.
//!
//! A commit is one point: new segments and the manifest are written first, then the words' own commit names the manifest.
//! What was written before and is not named by it is swept away at the next opening.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use tantivy::{DocId, Searcher};
use uuid::Uuid;

use super::file::{self, Damage};
use super::manifest::{Identity, Listed, Manifest};
use super::segment::{Builder, Prepared, SEGMENT_MAX, Segment};
use super::{Alive, Key};
use crate::scan::{DIMS, UNIT};
use crate::search::{Commit, Words, WordsWriter};

/// Segments of about the same size that are made one. More of them make a match slower, fewer make commits slower.
const MERGE_AT: usize = 6;
/// Segments of about the same size: the same number of these bits in their count.
const SIZE_BITS: u32 = 2;
/// The folder of the words within the index's.
const WORDS: &str = "words";

/// Why the index could not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The disk did not take or give a file.
    #[error("the index's file {path}: {error}")]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The words did not.
    #[error("the index of words: {0}")]
    Words(#[from] tantivy::TantivyError),
}

/// A segment with what is gone from it.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// The segment.
    pub(crate) segment: Arc<Segment>,
    /// Its documents that are still there.
    pub(crate) alive: Arc<Alive>,
    /// The number in the name of its file; the same for as long as it is there.
    number: u64,
}

/// What one commit left: readers keep it for as long as they read.
pub(crate) struct Snapshot {
    /// The segments.
    pub(crate) parts: Vec<Part>,
    /// The words.
    pub(crate) searcher: Searcher,
    /// How far the change log was read.
    pub(crate) cursor: Option<i64>,
    /// Documents.
    pub(crate) len: usize,
    /// Terms of a title and its body, on average.
    pub(crate) terms_mean: f32,
    /// What all vectors have in common: their mean, where a vector's length is 1.
    pub(crate) vector_mean: [f32; DIMS],
    /// Where the words have the documents of each part: segment and number there; [`NOWHERE`] for those that are gone.
    places: Vec<Vec<(u32, DocId)>>,
}

/// The place of what is gone.
const NOWHERE: (u32, DocId) = (u32::MAX, DocId::MAX);

impl Snapshot {
    fn new(parts: Vec<Part>, words: &Words, cursor: Option<i64>) -> Result<Self, IndexError> {
        let searcher = words.searcher()?;
        let places = places(&parts, words.rows(&searcher)?);
        let held: usize = parts.iter().map(|part| part.segment.len()).sum();
        let vector_mean = vector_mean(&parts, held);
        let mean = |total: u64| -> f32 { if held == 0 { 0.0 } else { total as f32 / held as f32 } };
        Ok(Self {
            len: parts.iter().map(|part| part.alive.count()).sum(),
            terms_mean: mean(parts.iter().map(|part| part.segment.terms.total()).sum()),
            parts,
            searcher,
            cursor,
            vector_mean,
            places,
        })
    }

    /// Documents that the segments hold, gone ones too.
    pub(crate) fn held(&self) -> usize {
        self.parts.iter().map(|part| part.segment.len()).sum()
    }

    /// Where a document stands: its part and its number there.
    pub(crate) fn find(&self, id: Uuid) -> Option<(usize, usize)> {
        self.parts.iter().enumerate().find_map(|(which, part)| {
            let mut locals = part.segment.find(id).iter().map(|local| usize::from(*local));
            locals.rfind(|local| part.alive.has(*local)).map(|local| (which, local))
        })
    }

    /// The documents that have a term in title or body, for each segment of the words, in order.
    pub(crate) fn having(&self, key: Key) -> Vec<Vec<DocId>> {
        let mut out = vec![Vec::new(); self.searcher.segment_readers().len()];
        for (part, places) in self.parts.iter().zip(&self.places) {
            for local in part.segment.terms.list(key).0 {
                let (segment, doc) = places[usize::from(*local)];
                if let Some(documents) = out.get_mut(segment as usize) {
                    documents.push(doc);
                }
            }
        }
        for documents in &mut out {
            documents.sort_unstable();
            documents.dedup();
        }
        out
    }

    /// How many documents have a term. Those that are gone count until their segment is merged.
    pub(crate) fn count(&self, key: Key) -> usize {
        let lists = self.parts.iter().map(|part| part.segment.terms.list(key).0.len());
        lists.sum()
    }
}

fn vector_mean(parts: &[Part], held: usize) -> [f32; DIMS] {
    let mut sums = [0_i64; DIMS];
    for part in parts {
        for (sum, one) in sums.iter_mut().zip(part.segment.sums()) {
            *sum += one;
        }
    }
    sums.map(|sum| sum as f32 / (held.max(1) as f32 * UNIT))
}

/// Joins the segments' documents with the words' by their numbers.
fn places(parts: &[Part], rows: Vec<(u64, u32, DocId)>) -> Vec<Vec<(u32, DocId)>> {
    let by_row: FxHashMap<u64, (u32, DocId)> = rows
        .into_iter()
        .map(|(row, segment, doc)| (row, (segment, doc)))
        .collect();
    let of = |part: &Part| {
        let place = |(local, row): (usize, &u64)| {
            if part.alive.has(local) {
                by_row.get(row).copied().unwrap_or(NOWHERE)
            } else {
                NOWHERE
            }
        };
        part.segment.rows().iter().enumerate().map(place).collect()
    };
    parts.iter().map(of).collect()
}

struct Writer {
    held: Held,
    words: WordsWriter,
}

/// The segments as the writer has them.
struct Held {
    parts: Vec<Part>,
    builder: Builder,
    /// Documents of the builder by id, and those of them that are gone already.
    waiting: HashMap<Uuid, u16>,
    gone: Vec<u16>,
    next: u64,
    /// The number of the next document.
    row: u64,
    /// Files that the next commit makes needless.
    needless: Vec<u64>,
    /// Files that are on disk.
    written: Vec<u64>,
    last: Option<Commit>,
}

/// One index, in a folder or in memory.
pub(crate) struct Index {
    folder: Option<PathBuf>,
    identity: Identity,
    /// The words.
    pub(crate) words: Words,
    writer: Mutex<Writer>,
    snapshot: RwLock<Arc<Snapshot>>,
    /// Whether it was made by another analyser or table than today's.
    is_stale: bool,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

fn segment_path(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("{number:08}.segment"))
}

fn manifest_path(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("{number:08}.manifest"))
}

impl Index {
    /// A new one; what the folder held is given up.
    pub(crate) fn create(folder: Option<&Path>, identity: Identity) -> Result<Self, IndexError> {
        if let Some(folder) = folder {
            if folder.exists() {
                std::fs::remove_dir_all(folder).map_err(|error| failed(folder, error))?;
            }
            std::fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
        }
        let words = Words::open(folder.map(|folder| folder.join(WORDS)).as_deref())?;
        Self::new(folder, identity, words, Vec::new(), None, 1, false)
    }

    /// The one in a folder, if it is whole.
    pub(crate) fn open(folder: &Path, identity: Identity) -> Result<Self, Damage> {
        let unreadable = |error: tantivy::TantivyError| Damage::Unreadable(error.to_string());
        let place = folder.join(WORDS);
        if !place.is_dir() {
            return Err(Damage::Unreadable("no index of words".into()));
        }
        if !Words::is_whole(&place) {
            return Err(Damage::Checksum);
        }
        let words = Words::open(Some(&place)).map_err(unreadable)?;
        let commit = words.last_commit().map_err(unreadable)?;
        let commit = commit.ok_or(Damage::Inconsistent("never committed"))?;
        let manifest = Manifest::from_bytes(&file::read(&manifest_path(folder, commit.manifest))?)?;
        let mut parts = Vec::new();
        for listed in manifest.segments {
            let segment = Segment::from_bytes(&file::read(&segment_path(folder, listed.number))?)?;
            let alive = Alive::from_words(listed.alive, segment.len()).ok_or(Damage::Inconsistent("what is alive"))?;
            parts.push(Part {
                segment: Arc::new(segment),
                alive: Arc::new(alive),
                number: listed.number,
            });
        }
        let next = parts
            .iter()
            .map(|part| part.number)
            .chain([commit.manifest])
            .max()
            .unwrap_or(0)
            + 1;
        let is_stale = manifest.identity != identity;
        let out = Self::new(Some(folder), identity, words, parts, Some(commit), next, is_stale)
            .map_err(|error| Damage::Unreadable(error.to_string()))?;
        let (held, told) = {
            let snapshot = out.snapshot();
            (snapshot.len, snapshot.searcher.num_docs())
        };
        if held as u64 != told {
            return Err(Damage::Inconsistent("words and segments differ"));
        }
        out.sweep();
        Ok(out)
    }

    fn new(
        folder: Option<&Path>,
        identity: Identity,
        words: Words,
        parts: Vec<Part>,
        last: Option<Commit>,
        next: u64,
        is_stale: bool,
    ) -> Result<Self, IndexError> {
        let snapshot = Snapshot::new(parts.clone(), &words, last.map(|commit| commit.cursor))?;
        let held = Held {
            written: parts.iter().map(|part| part.number).collect(),
            parts,
            builder: Builder::default(),
            waiting: HashMap::new(),
            gone: Vec::new(),
            next,
            row: last.map_or(0, |commit| commit.row),
            needless: Vec::new(),
            last,
        };
        let writer = Writer {
            held,
            words: words.writer()?,
        };
        Ok(Self {
            folder: folder.map(Path::to_owned),
            identity,
            words,
            writer: Mutex::new(writer),
            snapshot: RwLock::new(Arc::new(snapshot)),
            is_stale,
        })
    }

    /// What the last commit left.
    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether it was made by another analyser or table than today's.
    pub(crate) fn is_stale(&self) -> bool {
        self.is_stale
    }

    /// Takes documents in, in the place of those with the same ids. Seen after the next commit.
    pub(crate) fn put(&self, documents: Vec<Prepared<'_>>) -> Result<(), IndexError> {
        let mut operations = Vec::with_capacity(documents.len());
        let mut writer = self.writer();
        let held = &mut writer.held;
        for prepared in documents {
            let id = prepared.document.id;
            if held.take_away(id) {
                operations.push(self.words.removal(id));
            }
            let row = held.row;
            held.row += 1;
            let local = held.builder.push(&prepared, row);
            operations.push(self.words.addition(prepared.entry, row));
            held.waiting.insert(id, local);
            if held.builder.is_full() {
                held.seal();
            }
        }
        writer.words.run(operations)?;
        Ok(())
    }

    /// Takes documents away. Seen after the next commit.
    pub(crate) fn remove(&self, ids: &[Uuid]) -> Result<(), IndexError> {
        let mut writer = self.writer();
        let mut operations = Vec::new();
        for id in ids {
            if writer.held.take_away(*id) {
                operations.push(self.words.removal(*id));
            }
        }
        writer.words.run(operations)?;
        Ok(())
    }

    /// Makes everything so far last and seen, and keeps the cursor of the change log with it.
    pub(crate) fn commit(&self, cursor: i64) -> Result<(), IndexError> {
        let mut writer = self.writer();
        let Writer { held, words } = &mut *writer;
        let folder = self.folder.as_deref();
        // The words write what they still gather while the segments are made and written.
        let (written, prepared) = rayon::join(|| held.write_out(folder, &self.identity), || words.prepare());
        let commit = Commit {
            manifest: written?,
            cursor,
            row: held.row,
        };
        WordsWriter::finish(prepared?, commit)?;
        let before = held.last.replace(commit);
        if let Some(folder) = folder {
            // What stays behind here goes at the next opening.
            for number in held.needless.drain(..) {
                let _ = std::fs::remove_file(segment_path(folder, number));
            }
            if let Some(before) = before {
                let _ = std::fs::remove_file(manifest_path(folder, before.manifest));
            }
        }
        let snapshot = Snapshot::new(held.parts.clone(), &self.words, Some(cursor))?;
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
        Ok(())
    }

    fn writer(&self) -> std::sync::MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes files away that no commit names.
    fn sweep(&self) {
        let Some(folder) = &self.folder else { return };
        let held = &self.writer().held;
        let kept = held.parts.iter().map(|part| segment_path(folder, part.number));
        let kept: Vec<PathBuf> = kept
            .chain(held.last.map(|last| manifest_path(folder, last.manifest)))
            .collect();
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_file() && !kept.contains(&path) {
                let _ = std::fs::remove_file(path);
            }
        }
    }
}

fn failed(path: &Path, error: std::io::Error) -> IndexError {
    IndexError::File {
        path: path.to_owned(),
        error,
    }
}

impl Held {
    /// Makes segments of what waits and writes what is not on disk, then the manifest. Gives the manifest's number.
    fn write_out(&mut self, folder: Option<&Path>, identity: &Identity) -> Result<u64, IndexError> {
        self.seal();
        self.merge();
        let manifest = self.number();
        if let Some(folder) = folder {
            self.write(folder, manifest, identity)?;
        }
        Ok(manifest)
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next - 1
    }

    /// Takes a document away; says whether it was there.
    fn take_away(&mut self, id: Uuid) -> bool {
        if let Some(local) = self.waiting.remove(&id) {
            self.gone.push(local);
            return true;
        }
        for part in &mut self.parts {
            for local in part.segment.find(id) {
                if part.alive.has(usize::from(*local)) {
                    return Arc::make_mut(&mut part.alive).kill(usize::from(*local));
                }
            }
        }
        false
    }

    /// Makes a segment of what waits.
    fn seal(&mut self) {
        if self.builder.len() == 0 {
            return;
        }
        let segment = std::mem::take(&mut self.builder).build();
        let mut alive = Alive::all(segment.len());
        for local in self.gone.drain(..) {
            alive.kill(usize::from(local));
        }
        self.waiting.clear();
        let number = self.number();
        self.parts.push(Part {
            segment: Arc::new(segment),
            alive: Arc::new(alive),
            number,
        });
    }

    /// Makes small segments one, and gives room back that the dead take.
    fn merge(&mut self) {
        self.replace(|part| part.alive.count() == 0);
        // Each turn leaves fewer segments, or fewer dead.
        while let Some(chosen) = self.choose() {
            self.replace(|part| chosen.contains(&part.number));
        }
    }

    /// Segments to be made one: six of a size whose documents fit in one, or one that is mostly dead.
    fn choose(&self) -> Option<Vec<u64>> {
        let waste = |part: &&Part| part.alive.count() * 2 < part.segment.len();
        if let Some(part) = self.parts.iter().find(waste) {
            return Some(vec![part.number]);
        }
        let mut levels: HashMap<u32, Vec<&Part>> = HashMap::new();
        for part in self.parts.iter().filter(|part| part.alive.count() < SEGMENT_MAX) {
            let bits = usize::BITS - part.alive.count().leading_zeros();
            levels.entry(bits / SIZE_BITS).or_default().push(part);
        }
        let mut full: Vec<_> = levels
            .into_iter()
            .filter(|(_, parts)| parts.len() >= MERGE_AT)
            .collect();
        full.sort_unstable_by_key(|(level, _)| *level);
        full.into_iter().find_map(|(_, mut parts)| {
            parts.sort_by_key(|part| (part.alive.count(), part.number));
            let mut sum = 0;
            let fitting = parts.iter().take_while(|part| {
                sum += part.alive.count();
                sum <= SEGMENT_MAX
            });
            let chosen: Vec<u64> = fitting.map(|part| part.number).collect();
            (chosen.len() > 1).then_some(chosen)
        })
    }

    /// Puts one segment in the place of those picked; none if nothing is left of them.
    fn replace(&mut self, pick: impl Fn(&Part) -> bool) {
        let (picked, kept): (Vec<Part>, Vec<Part>) =
            std::mem::take(&mut self.parts).into_iter().partition(|part| pick(part));
        self.parts = kept;
        if picked.is_empty() {
            return;
        }
        for part in &picked {
            if let Some(at) = self.written.iter().position(|number| *number == part.number) {
                self.written.swap_remove(at);
                self.needless.push(part.number);
            }
        }
        let parts: Vec<(&Segment, &Alive)> = picked.iter().map(|part| (&*part.segment, &*part.alive)).collect();
        let segment = Segment::merge(&parts);
        if segment.len() > 0 {
            let number = self.number();
            self.parts.push(Part {
                alive: Arc::new(Alive::all(segment.len())),
                segment: Arc::new(segment),
                number,
            });
        }
    }

    /// Writes the segments that are not on disk, then the manifest.
    fn write(&mut self, folder: &Path, number: u64, identity: &Identity) -> Result<(), IndexError> {
        for part in &self.parts {
            if !self.written.contains(&part.number) {
                let path = segment_path(folder, part.number);
                file::write(&path, &part.segment.to_bytes()).map_err(|error| failed(&path, error))?;
                self.written.push(part.number);
            }
        }
        let manifest = Manifest {
            identity: identity.clone(),
            segments: self
                .parts
                .iter()
                .map(|part| Listed {
                    number: part.number,
                    alive: part.alive.words().to_vec(),
                })
                .collect(),
        };
        let path = manifest_path(folder, number);
        file::write(&path, &manifest.to_bytes()).map_err(|error| failed(&path, error))
    }
}
