//! The search box: one line of text over everything public (R127), in Chinese, English, pinyin and its initials, by numbers
//! and codes, with one wrong letter or a character of the same sound, and counts of the hits by kind, field, region,
//! maturity and mode.

mod collect;
mod folder;
mod forms;
mod highlight;
mod listed;
mod query;
mod words;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::Serialize;
use tantivy::collector::{Count, TopDocs};
use uuid::Uuid;

pub(crate) use words::{BETWEEN, Commit, Words, WordsWriter};

pub use highlight::Marked;

use crate::Family;
use crate::index::Snapshot;
use crate::text::Analyser;
use forms::Syllables;
use query::{Maker, Unit};

/// Characters of a query that are read. A title has 60; what comes after is no search but a text to be matched.
pub const QUERY_CHARS_MAX: usize = 200;
/// Items of a page at most: each has its text read for the piece that is shown.
pub const PER_PAGE_MAX: usize = 100;
/// Items that can be paged through; who wants the ten-thousandth hit should narrow the search.
pub const DEPTH_MAX: usize = 10_000;

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// What was typed. Empty: everything.
    pub text: String,
    /// Only these families; empty for all.
    pub families: Vec<Family>,
    /// Only these kinds; empty for all.
    pub kinds: Vec<String>,
    /// Only items of one of these fields.
    pub fields: Vec<String>,
    /// Only items of this region: six digits, or the first two or four.
    pub region: Option<String>,
    /// Only items of these levels of maturity.
    pub maturity: Option<RangeInclusive<u8>>,
    /// Only items with one of these modes.
    pub modes: Vec<String>,
    /// The page, from 1; 0 is the first, too.
    pub page: usize,
    /// Items of a page; 0 and more than [`PER_PAGE_MAX`] are that.
    pub per_page: usize,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Hits {
    /// How many in all.
    pub total: usize,
    /// Whether no item had everything that was typed, and these have most of it.
    pub is_loose: bool,
    /// This page's.
    pub items: Vec<Hit>,
    /// How many of all of them have each kind, field, region, level and mode.
    pub facets: Facets,
}

/// One item found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// Its id.
    pub id: Uuid,
    /// How it is treated.
    pub family: Family,
    /// Its kind.
    pub kind: String,
    /// Its title with the words marked.
    pub title: Marked,
    /// The piece of its text that has them.
    pub snippet: Marked,
    /// Its score; of use only to compare within this search.
    pub score: f32,
}

/// Hits by what is known of them; the code, then how many.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// By kind.
    pub kinds: BTreeMap<String, u64>,
    /// By field.
    pub fields: BTreeMap<String, u64>,
    /// By region, six digits.
    pub regions: BTreeMap<String, u64>,
    /// By level of maturity.
    pub maturity: BTreeMap<String, u64>,
    /// By mode.
    pub modes: BTreeMap<String, u64>,
}

/// A title that fits what is being typed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Suggestion {
    /// The item.
    pub id: Uuid,
    /// How it is treated.
    pub family: Family,
    /// Its kind.
    pub kind: String,
    /// Its title, marked.
    pub title: Marked,
}

/// Titles suggested at most.
pub const SUGGESTIONS_MAX: usize = 20;

/// Looks things up.
pub(crate) struct Finder {
    syllables: Syllables,
}

impl Finder {
    pub(crate) fn new() -> Self {
        Self {
            syllables: Syllables::new(),
        }
    }

    /// Finds.
    pub(crate) fn search(
        &self,
        words: &Words,
        snapshot: &Snapshot,
        analyser: &Analyser,
        search: &Search,
    ) -> tantivy::Result<Hits> {
        let per_page = match search.per_page {
            0 => PER_PAGE_MAX,
            asked => asked.min(PER_PAGE_MAX),
        };
        let offset = search.page.saturating_sub(1).saturating_mul(per_page).min(DEPTH_MAX);
        let text = analyser.normalise(&clipped(&search.text));
        let maker = Maker {
            words,
            snapshot,
            analyser,
            syllables: &self.syllables,
        };
        let collect = |is_strict: bool| {
            let query = maker.make(search, &text, is_strict);
            let top = TopDocs::with_limit(per_page).and_offset(offset).order_by_score();
            snapshot.searcher.search(&*query, &(top, Count, collect::Tally))
        };
        let mut is_loose = false;
        let (mut top, mut total, mut counts) = collect(true)?;
        if total == 0 && query::units(&text).len() > 1 {
            (top, total, counts) = collect(false)?;
            is_loose = total > 0;
        }
        let needles = needles(&text, analyser);
        let items = top.into_iter().filter_map(|(score, address)| {
            let document = words.stored(&snapshot.searcher, address)?;
            Some(Hit {
                id: document.id,
                family: document.family,
                title: highlight::title(&document.title, &needles),
                snippet: highlight::snippet(&document.body, &needles),
                kind: document.kind,
                score,
            })
        });
        let items = items.collect();
        let [kinds, fields, regions, maturity, modes] = counts;
        Ok(Hits {
            total,
            is_loose,
            items,
            facets: Facets {
                kinds,
                fields,
                regions,
                maturity,
                modes,
            },
        })
    }

    /// Titles that fit what is being typed, each once.
    pub(crate) fn suggest(
        &self,
        words: &Words,
        snapshot: &Snapshot,
        analyser: &Analyser,
        text: &str,
        limit: usize,
    ) -> tantivy::Result<Vec<Suggestion>> {
        let text = analyser.normalise(&clipped(text));
        let limit = limit.min(SUGGESTIONS_MAX);
        if limit == 0 || query::units(&text).is_empty() {
            return Ok(Vec::new());
        }
        let maker = Maker {
            words,
            snapshot,
            analyser,
            syllables: &self.syllables,
        };
        let query = maker.typing(&text);
        // Some titles stand more than once.
        let top = snapshot
            .searcher
            .search(&*query, &TopDocs::with_limit(limit * 2).order_by_score())?;
        let needles = needles(&text, analyser);
        let mut out: Vec<Suggestion> = Vec::new();
        for document in top
            .iter()
            .filter_map(|(_, address)| words.stored(&snapshot.searcher, *address))
        {
            if out.len() < limit && out.iter().all(|known| known.title.text != document.title) {
                out.push(Suggestion {
                    id: document.id,
                    family: document.family,
                    title: highlight::title(&document.title, &needles),
                    kind: document.kind,
                });
            }
        }
        Ok(out)
    }
}

fn clipped(text: &str) -> String {
    text.chars().take(QUERY_CHARS_MAX).collect()
}

fn needles(text: &str, analyser: &Analyser) -> Vec<Vec<char>> {
    let mut words = Vec::new();
    for unit in query::units(text) {
        let (Unit::Han(run) | Unit::Latin(run)) = unit;
        // A single character within a longer run marks too much.
        let is_long = run.chars().nth(1).is_some();
        analyser.visit(&run, |term| {
            if !is_long || term.chars().nth(1).is_some() {
                words.push(term.to_owned());
            }
        });
        words.push(run);
    }
    highlight::needles(words.iter().map(String::as_str))
}
