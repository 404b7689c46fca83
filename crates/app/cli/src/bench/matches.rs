//! How quickly the engine takes offers in and finds what fits.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use matching::{Document, Engine, EngineError, Family, Options, Query, Search, Want};
use serde::Serialize;

use super::corpus::{Corpus, Numbers};
use super::{forget_peak, peak_mb, resident_kb};

/// The seed of all texts.
pub(crate) const SEED: u64 = 20_230_621;
/// Offers made and handed in at once.
const AT_ONCE: usize = 10_000;
/// Matches that are timed, and those before that are not.
const MATCHES: usize = 400;
/// Searches that are timed.
const SEARCHES: usize = 1_000;
/// What goes before and is not timed.
const WARM_UP: usize = 20;
/// Needs that are matched against all.
const CROSS: usize = 2_000;
/// Matches of one need.
const TOP: usize = 20;
/// Offers that are remembered, for searches to look for.
const REMEMBERED: usize = 1_000;

/// Half of the answers took no longer than `p50`, all but one in a hundred no longer than `p99`; ms.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Shares {
    pub(crate) p50: f64,
    pub(crate) p99: f64,
}

/// What was measured.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Measured {
    pub(crate) offers: usize,
    /// Offers taken in a second, until all are found.
    pub(crate) index_per_s: f64,
    /// The index's folder, MB.
    pub(crate) index_mb: f64,
    /// The process while matching and searching, MB.
    pub(crate) rss_mb: f64,
    /// The most of it while the index was made, MB.
    pub(crate) index_peak_mb: f64,
    /// A match with the best 20 and their reasons.
    pub(crate) match_ms: Shares,
    /// A search with its page and its counts.
    pub(crate) search_ms: Shares,
    /// 2,000 needs against all offers, s.
    pub(crate) cross_s: f64,
    /// Opening the index again, s.
    pub(crate) open_s: f64,
}

/// Measures in a folder. `clock` gives seconds; `tell` hears how many offers are in.
pub(crate) fn measure(
    folder: &Path,
    offers: usize,
    clock: &(dyn Fn() -> f64 + Sync),
    tell: &dyn Fn(usize),
) -> Result<Measured, EngineError> {
    let corpus = Corpus::new(SEED);
    let mut numbers = Numbers::new(SEED);
    let engine = Engine::open(Some(folder), Options::default())?;
    forget_peak();
    let (index_s, remembered) = fill(&engine, &corpus, offers, &mut numbers, clock, tell)?;
    let index_peak_mb = peak_mb().unwrap_or(0.0);
    drop(engine);
    let start = clock();
    let engine = Engine::open(Some(folder), Options::default())?;
    let open_s = clock() - start;
    forget_peak();
    let match_ms = matches(&engine, &corpus, &mut numbers, clock)?;
    let search_ms = searches(&engine, &corpus, &remembered, &mut numbers, clock)?;
    let cross_s = cross(&engine, &corpus, &mut numbers, clock)?;
    let rss_mb = peak_mb().or_else(|| resident_kb().map(in_mb)).unwrap_or(0.0);
    Ok(Measured {
        offers,
        index_per_s: offers as f64 / index_s,
        index_mb: folder_mb(folder),
        rss_mb,
        index_peak_mb,
        match_ms,
        search_ms,
        cross_s,
        open_s,
    })
}

fn in_mb(kb: u64) -> f64 {
    let kb = kb as f64;
    kb / 1024.0
}

fn fill(
    engine: &Engine,
    corpus: &Corpus,
    offers: usize,
    numbers: &mut Numbers,
    clock: &dyn Fn() -> f64,
    tell: &dyn Fn(usize),
) -> Result<(f64, Vec<Document>), EngineError> {
    let mut spent = 0.0;
    let mut remembered = Vec::new();
    let mut serial = 0;
    let rebuild = engine.rebuild()?;
    let mut left = offers;
    while left > 0 {
        let documents: Vec<Document> = (0..left.min(AT_ONCE))
            .map(|_| {
                serial += 1;
                corpus.offer(serial, numbers)
            })
            .collect();
        left -= documents.len();
        let start = clock();
        rebuild.put(&documents)?;
        spent += clock() - start;
        tell(documents.len());
        let every = (offers / REMEMBERED).max(1);
        remembered.extend(documents.into_iter().step_by(every));
    }
    let start = clock();
    rebuild.finish(1)?;
    Ok((spent + clock() - start, remembered))
}

/// Titles and texts of the needs that are asked.
pub(crate) fn needs(corpus: &Corpus, numbers: &mut Numbers) -> Vec<(String, String)> {
    (0..CROSS).map(|_| corpus.need(numbers)).collect()
}

fn query((title, body): (String, String)) -> Query {
    Query {
        title,
        body,
        want: Want {
            families: vec![Family::Offer],
            ..Want::default()
        },
        limit: TOP,
        ..Query::default()
    }
}

fn matches(
    engine: &Engine,
    corpus: &Corpus,
    numbers: &mut Numbers,
    clock: &dyn Fn() -> f64,
) -> Result<Shares, EngineError> {
    timed(WARM_UP, MATCHES, |_| {
        let query = query(corpus.need(numbers));
        let start = clock();
        engine.find(&query)?;
        Ok(clock() - start)
    })
}

fn searches(
    engine: &Engine,
    corpus: &Corpus,
    offers: &[Document],
    numbers: &mut Numbers,
    clock: &dyn Fn() -> f64,
) -> Result<Shares, EngineError> {
    timed(WARM_UP, SEARCHES, |turn| {
        let offer = &offers[numbers.below(offers.len())];
        let search = Search {
            text: corpus.typed(offer, turn, numbers),
            per_page: TOP,
            ..Search::default()
        };
        let start = clock();
        engine.search(&search)?;
        Ok(clock() - start)
    })
}

fn timed(
    before: usize,
    count: usize,
    mut one: impl FnMut(usize) -> Result<f64, EngineError>,
) -> Result<Shares, EngineError> {
    let mut times = Vec::with_capacity(count);
    for turn in 0..before + count {
        let secs = one(turn)?;
        if turn >= before {
            times.push(secs * 1000.0);
        }
    }
    times.sort_unstable_by(f64::total_cmp);
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or(0.0);
    Ok(Shares {
        p50: at(50),
        p99: at(99),
    })
}

/// Matches many needs, as many at a time as there are cores.
fn cross(
    engine: &Engine,
    corpus: &Corpus,
    numbers: &mut Numbers,
    clock: &(dyn Fn() -> f64 + Sync),
) -> Result<f64, EngineError> {
    let queries: Vec<Query> = needs(corpus, numbers).into_iter().map(query).collect();
    let next = AtomicUsize::new(0);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let start = clock();
    std::thread::scope(|scope| {
        let run = || -> Result<(), EngineError> {
            while let Some(query) = queries.get(next.fetch_add(1, Ordering::Relaxed)) {
                engine.find(query)?;
            }
            Ok(())
        };
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(run)).collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().unwrap_or(Ok(())))
    })?;
    Ok(clock() - start)
}

fn folder_mb(folder: &Path) -> f64 {
    fn bytes(folder: &Path) -> u64 {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .map(|entry| match entry.metadata() {
                Ok(about) if about.is_dir() => bytes(&entry.path()),
                Ok(about) => about.len(),
                Err(_) => 0,
            })
            .sum()
    }
    in_mb(bytes(folder) / 1024)
}
