//! A match: both scores of every document, their background, the best of their fusion, and why.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, IntoParallelRefMutIterator as _, ParallelIterator as _,
};

use super::ask::{Band, Filter, Found, LeftOut, Match, Query, Reason};
use super::bm25::Terms;
use super::pick::{Picked, Sieve, Top, mask};
use super::{Engine, EngineError};
use crate::index::{Part, Snapshot};
use crate::scan::{self, DIMS, Line, Sums};

/// Matches of one answer at most.
pub const MATCHES_MAX: usize = 500;
/// Characters of a pasted text that are read: some thirty pages.
pub const TEXT_CHARS_MAX: usize = 20_000;
/// Matches from which verdicts choose: they may lift what stood a little lower.
const CANDIDATES: usize = 400;
/// Documents from which on a match is shared among the cores; below, sharing takes longer than the work.
const SHARED_FROM: usize = 20_000;
/// Words told of one match at most.
const WORDS_TOLD: usize = 8;

/// Room for the scores of a segment's documents, used again by the next match.
#[derive(Debug, Default)]
struct Room {
    lexical: Vec<f32>,
    dots: Vec<i16>,
    mask: Vec<u8>,
}

/// Room that is free. As many sets as matches ever ran at once.
#[derive(Debug, Default)]
pub(super) struct Buffers(Mutex<Vec<Vec<Room>>>);

impl Buffers {
    fn take(&self, parts: usize) -> Vec<Room> {
        let mut free = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut rooms = free.pop().unwrap_or_default();
        rooms.resize_with(parts, Room::default);
        rooms
    }

    fn give(&self, rooms: Vec<Room>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(rooms);
    }
}

impl Room {
    /// Scores all documents of a part; gives their sums.
    fn score(&mut self, part: &Part, terms: &Terms, vector: &[i8; DIMS], query: &Query) -> Sums {
        let segment = &*part.segment;
        let len = segment.len();
        self.lexical.clear();
        self.lexical.resize(len, 0.0);
        self.dots.resize(len, 0);
        self.mask.resize(len, 0);
        terms.add(&segment.title, &segment.body, &mut self.lexical);
        scan::dots(vector, &segment.vectors, &mut self.dots);
        mask(segment, &part.alive, &query.want, &mut self.mask);
        if let Some(id) = query.exclude {
            for local in segment.find(id) {
                self.mask[usize::from(*local)] = 0;
            }
        }
        scan::sums(&self.lexical, &self.dots, &self.mask)
    }
}

/// Mean and spread of both scores over the corpus.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Background {
    lexical: (f32, f32),
    vector: (f32, f32),
}

impl Background {
    fn new(sums: Sums) -> Self {
        let of = |sum: f64, squares: f64| {
            let mean = sum / sums.count.max(1.0);
            let variance = (squares / sums.count.max(1.0) - mean * mean).max(0.0);
            #[expect(clippy::cast_possible_truncation, reason = "scores have 32 bits")]
            (mean as f32, variance.sqrt() as f32)
        };
        Self {
            lexical: of(sums.lexical, sums.lexical_squares),
            vector: of(sums.vector, sums.vector_squares),
        }
    }

    fn z(score: f32, (mean, spread): (f32, f32)) -> f32 {
        // Where all are alike none stands out.
        if spread > 1e-6 { (score - mean) / spread } else { 0.0 }
    }

    /// The sum of both z-scores as a line.
    fn line(self) -> Line {
        let slope = |(_, spread): (f32, f32)| if spread > 1e-6 { 1.0 / spread } else { 0.0 };
        let (lexical, vector) = (slope(self.lexical), slope(self.vector));
        Line {
            lexical,
            vector,
            constant: -self.lexical.0 * lexical - self.vector.0 * vector,
        }
    }
}

fn clipped(text: &str) -> &str {
    text.char_indices()
        .nth(TEXT_CHARS_MAX)
        .map_or(text, |(at, _)| &text[..at])
}

pub(super) fn find(engine: &Engine, query: &Query) -> Result<Found, EngineError> {
    let index = engine.index();
    let snapshot = index.snapshot();
    let (title, body) = (clipped(&query.title), clipped(&query.body));
    let analyser = &engine.0.analyser;
    let (title, body) = (analyser.normalise(title), analyser.normalise(body));
    let terms = Terms::of(analyser, &snapshot, &title, &body);
    let vector = engine.0.table.embed(&title, &body);
    let mut rooms = engine.0.buffers.take(snapshot.parts.len());
    let sums = score_all(&snapshot, &mut rooms, &terms, &vector.0, query);
    let background = Background::new(sums);
    let (top, left_out) = pick_all(&snapshot, &rooms, background.line(), query);
    let mut items = Vec::new();
    for picked in top.into_sorted() {
        items.push(tell(&snapshot, &rooms, &terms, background, picked));
    }
    engine.0.buffers.give(rooms);
    learn(&snapshot, query, &mut items);
    items.truncate(query.limit.min(MATCHES_MAX));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
    let compared = sums.count as usize;
    Ok(Found {
        items,
        left_out,
        compared,
    })
}

fn score_all(snapshot: &Snapshot, rooms: &mut [Room], terms: &Terms, vector: &[i8; DIMS], query: &Query) -> Sums {
    let one = |(part, room): (&Part, &mut Room)| room.score(part, terms, vector, query);
    let all: Vec<Sums> = if snapshot.len < SHARED_FROM {
        snapshot.parts.iter().zip(rooms).map(one).collect()
    } else {
        snapshot.parts.par_iter().zip(rooms.par_iter_mut()).map(one).collect()
    };
    // In the order of the parts, so that the sum is the same each time.
    all.into_iter().fold(Sums::default(), Sums::and)
}

fn pick_all(snapshot: &Snapshot, rooms: &[Room], line: Line, query: &Query) -> (Top, Vec<LeftOut>) {
    let limit = query.limit.min(MATCHES_MAX);
    let kept_limit = if query.verdicts.is_empty() {
        limit
    } else {
        limit.max(CANDIDATES)
    };
    let one = |(which, (part, room)): (usize, (&Part, &Room))| pick(which, part, room, line, query, kept_limit);
    let all: Vec<(Top, Vec<(Picked, Filter)>)> = if snapshot.len < SHARED_FROM {
        snapshot.parts.iter().zip(rooms).enumerate().map(one).collect()
    } else {
        let pairs: Vec<(usize, (&Part, &Room))> = snapshot.parts.iter().zip(rooms).enumerate().collect();
        pairs.par_iter().map(|pair| one(*pair)).collect()
    };
    let mut top = Top::new(kept_limit);
    let mut refused = Vec::new();
    for (kept, out) in all {
        top.take(kept);
        refused.extend(out);
    }
    let left_out = count_refused(&top, refused, limit);
    (top, left_out)
}

/// The best of one part; and those that a filter took from among them.
fn pick(
    which: usize,
    part: &Part,
    room: &Room,
    line: Line,
    query: &Query,
    limit: usize,
) -> (Top, Vec<(Picked, Filter)>) {
    let segment = &*part.segment;
    let sieve = Sieve::new(&segment.known, &query.filters);
    let mut top = Top::new(limit);
    let mut all = Top::new(limit);
    let mut refused = Vec::new();
    scan::best(&room.lexical, &room.dots, &room.mask, line, f32::MIN, |local, score| {
        let picked = Picked {
            score,
            id: segment.id(local),
            part: which,
            local,
        };
        match sieve.as_ref().and_then(|sieve| sieve.refuses(&segment.known, local)) {
            Some(filter) => {
                if score >= all.needed() {
                    refused.push((picked, filter));
                }
            }
            None => top.push(picked),
        }
        if sieve.is_some() {
            all.push(picked);
        }
        top.needed()
    });
    (top, refused)
}

/// How many of what would be the best `limit` without filters fell to each.
fn count_refused(kept: &Top, refused: Vec<(Picked, Filter)>, limit: usize) -> Vec<LeftOut> {
    let kept = kept.iter().map(|picked| (*picked, None));
    let mut all: Vec<(Picked, Option<Filter>)> = kept
        .chain(refused.into_iter().map(|(picked, filter)| (picked, Some(filter))))
        .collect();
    all.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    let mut counts: BTreeMap<Filter, usize> = BTreeMap::new();
    for filter in all.into_iter().take(limit).filter_map(|(_, filter)| filter) {
        *counts.entry(filter).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|(filter, count)| LeftOut { filter, count })
        .collect()
}

fn tell(snapshot: &Snapshot, rooms: &[Room], terms: &Terms, background: Background, picked: Picked) -> Match {
    let room = &rooms[picked.part];
    let segment = &snapshot.parts[picked.part].segment;
    let shares = terms.shares(
        &segment.title,
        &segment.body,
        u16::try_from(picked.local).unwrap_or(u16::MAX),
    );
    let sum: f32 = shares.iter().sum();
    let mut words: Vec<(f32, &str)> = shares
        .iter()
        .zip(&terms.asked)
        .filter(|(share, _)| **share > 0.0)
        .map(|(share, asked)| (share / sum, asked.term.as_str()))
        .collect();
    words.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    words.truncate(WORDS_TOLD);
    Match {
        id: picked.id,
        score: picked.score,
        band: band(picked.score),
        lexical_z: Background::z(room.lexical[picked.local], background.lexical),
        vector_z: Background::z(scan::cosine(room.dots[picked.local]), background.vector),
        reasons: words
            .into_iter()
            .map(|(share, term)| Reason::Word {
                term: term.to_owned(),
                share,
            })
            .collect(),
    }
}

/// What a score means.
fn band(score: f32) -> Band {
    match score {
        score if score >= 8.0 => Band::Strong,
        score if score >= 5.0 => Band::Fair,
        score if score >= 2.5 => Band::Weak,
        _ => Band::None,
    }
}

/// What was said of the same or like items moves them.
fn learn(snapshot: &Snapshot, query: &Query, items: &mut [Match]) {
    /// What one verdict moves an item that is all alike.
    const PULL: f32 = 4.0;
    let judged: Vec<(&[i8], f32)> = query
        .verdicts
        .iter()
        .filter_map(|verdict| {
            let (part, local) = snapshot.find(verdict.id)?;
            let sign = if verdict.is_relevant { PULL } else { -PULL };
            Some((snapshot.parts[part].segment.vector(local), sign))
        })
        .collect();
    if judged.is_empty() {
        return;
    }
    for item in &mut *items {
        let Some((part, local)) = snapshot.find(item.id) else {
            continue;
        };
        let own = snapshot.parts[part].segment.vector(local);
        let pulls = judged
            .iter()
            .map(|(vector, pull)| pull * scan::cosine(scan::dot_of(own, vector)).max(0.0).powi(2));
        item.score += pulls.sum::<f32>();
        item.band = band(item.score);
    }
    items.sort_by(|one, other| other.score.total_cmp(&one.score).then_with(|| one.id.cmp(&other.id)));
}
