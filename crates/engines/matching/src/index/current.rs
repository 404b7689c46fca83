//! Which index of a folder is the one that serves. Each has a folder of its own in it; a file names the one, and is
//! changed by renaming, so that a rebuild takes its place at one point.

use std::io;
use std::path::{Path, PathBuf};

use super::file::{self, In, Out};
use super::{Identity, Index};

/// What the file begins with.
const FILE: [u8; 4] = *b"JBMC";
const NAME: &str = "current";
const PREFIX: &str = "index-";

/// The folder of one index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    number: u64,
    /// The folder.
    pub(crate) path: PathBuf,
}

impl Place {
    fn new(folder: &Path, number: u64) -> Self {
        Self {
            number,
            path: folder.join(format!("{PREFIX}{number:06}")),
        }
    }
}

fn named(folder: &Path) -> Option<Place> {
    let bytes = file::read(&folder.join(NAME)).ok()?;
    let mut file = In::new(FILE, &bytes).ok()?;
    let numbers = file.u64s().ok()?;
    Some(Place::new(folder, *numbers.first()?))
}

/// Opens the index that serves; nothing if there is none or it is damaged.
pub(crate) fn open(folder: &Path, identity: &Identity) -> Option<Index> {
    Index::open(&named(folder)?.path, identity.clone()).ok()
}

/// The place of the next index.
pub(crate) fn next(folder: &Path) -> Place {
    let now = named(folder);
    let taken = places(folder).filter(|number| now.as_ref().is_none_or(|now| *number <= now.number));
    // A place beyond the one in force is what a rebuild left that never ended.
    let number = taken.chain(now.as_ref().map(|now| now.number)).max().unwrap_or(0) + 1;
    Place::new(folder, number)
}

fn places(folder: &Path) -> impl Iterator<Item = u64> {
    std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name();
            name.to_str()?.strip_prefix(PREFIX)?.parse().ok()
        })
}

/// Lets this one serve from now on.
pub(crate) fn choose(folder: &Path, place: &Place) -> io::Result<()> {
    let mut out = Out::new(FILE);
    out.u64s(&[place.number]);
    file::write(&folder.join(NAME), &out.end())
}

/// Takes all others away.
pub(crate) fn sweep(folder: &Path, kept: &Place) {
    for number in places(folder).filter(|number| *number != kept.number) {
        // What can't be taken away now goes after the next rebuild.
        let _ = std::fs::remove_dir_all(Place::new(folder, number).path);
    }
}
