//! Names of one thing, as our own file has them: abbreviations, older and newer words, English.

use rustc_hash::FxHashMap;

use super::latin::stem;
use super::lines;
use super::normal::Normaliser;

/// One thing a line: the name that stands for all, an equals sign, the other names between commas.
pub(super) const FILE: &str = include_str!("../../data/synonyms.txt");
/// Most words of an English name.
pub(super) const LATIN_WORDS_MAX: usize = 4;

/// Which name stands for a name.
#[derive(Debug)]
pub(super) struct Synonyms(FxHashMap<String, Box<str>>);

impl Synonyms {
    /// Reads the file that is compiled in.
    pub(super) fn new(normaliser: &Normaliser) -> Self {
        let mut map = FxHashMap::default();
        for line in lines(FILE) {
            let Some((first, others)) = line.split_once('=') else {
                continue;
            };
            let canonical = key(&normaliser.normalise(first));
            for other in others.split(',') {
                let other = key(&normaliser.normalise(other));
                if other != canonical {
                    map.insert(other, canonical.as_str().into());
                }
            }
        }
        Self(map)
    }

    /// The name that stands for this one, where it is another.
    pub(super) fn canonical(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(AsRef::as_ref)
    }

    /// The names in Chinese, those that stand for others too: cutting must keep them whole.
    pub(super) fn chinese(&self) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .flat_map(|(name, canonical)| [name.as_str(), canonical])
            .filter(|name| !name.is_ascii() && name.chars().count() > 1)
    }
}

/// A name as the runs of a text come: what is neither letter nor digit parts words, and Latin ones are stems.
fn key(name: &str) -> String {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(stem)
        .collect::<Vec<_>>()
        .join(" ")
}
