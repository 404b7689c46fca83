//! A match: both scores of every document, their background, the best of their fusion, and why.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, IntoParallelRefMutIterator as _, ParallelIterator as _,
};

use super::ask::{Filter, Found, LeftOut, Match, Query, Reason};
use super::bm25::Terms;
use super::judge::Judge;
use super::pick::{Picked, Sieve, Top, mask};
use super::{Engine, EngineError};
use crate::bands::{self, Band, Evidence};
use crate::fuse::{Background, Balance, REACH_OF, Scale, keep_best};
use crate::index::{Part, Snapshot};
use crate::scan::{self, DIMS, Line, Sums};

/// Matches of one answer at most.
pub const MATCHES_MAX: usize = 500;
/// Characters of a pasted text that are read: some thirty pages.
pub const TEXT_CHARS_MAX: usize = 20_000;
/// Matches from which verdicts choose: they may lift what stood a little lower.
const CANDIDATES: usize = 200;
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
    /// Scores all documents of a part; gives what is to be known of all of them.
    fn score(&mut self, part: &Part, terms: &Terms, vector: &[i8; DIMS], query: &Query) -> Seen {
        let segment = &*part.segment;
        let len = segment.len();
        self.lexical.clear();
        self.lexical.resize(len, 0.0);
        self.dots.resize(len, 0);
        self.mask.resize(len, 0);
        terms.add(&segment.terms, &mut self.lexical);
        scan::dots(vector, &segment.vectors, &mut self.dots);
        mask(segment, &part.alive, &query.want, &mut self.mask);
        if let Some(id) = query.exclude {
            for local in segment.find(id) {
                self.mask[usize::from(*local)] = 0;
            }
        }
        Seen {
            sums: scan::sums(&self.lexical, &self.dots, &self.mask),
            lexical: self.ten(LEXICAL),
            vector: self.ten(VECTOR),
        }
    }

    /// The ten best by one kind of score.
    fn ten(&self, line: Line) -> Vec<f32> {
        let mut best = Vec::new();
        scan::best(&self.lexical, &self.dots, &self.mask, line, f32::MIN, |_, score| {
            keep_best(&mut best, score);
            // One as good as the worst of ten would change nothing.
            if best.len() == REACH_OF {
                best[0].next_up()
            } else {
                f32::MIN
            }
        });
        best
    }
}

/// One kind of score alone.
const LEXICAL: Line = Line {
    lexical: 1.0,
    vector: 0.0,
    constant: 0.0,
};
const VECTOR: Line = Line {
    lexical: 0.0,
    vector: 1.0,
    constant: 0.0,
};

/// What is known of the scores of a part's documents, or of all parts'.
#[derive(Debug, Clone, Default)]
struct Seen {
    sums: Sums,
    /// The best of each kind of score.
    lexical: Vec<f32>,
    vector: Vec<f32>,
}

impl Seen {
    fn and(mut self, other: &Self) -> Self {
        self.sums = self.sums.and(other.sums);
        other
            .lexical
            .iter()
            .for_each(|score| keep_best(&mut self.lexical, *score));
        other
            .vector
            .iter()
            .for_each(|score| keep_best(&mut self.vector, *score));
        self
    }
}

/// Against what both scores are measured: all documents that may be found.
#[derive(Debug, Clone, Copy)]
struct Scales {
    lexical: (Background, Scale),
    vector: (Background, Scale),
    balance: Balance,
}

impl Scales {
    fn new(seen: &Seen, balance: Balance) -> Self {
        let sums = seen.sums;
        let of = |sum: f64, squares: f64, best: &[f32]| {
            let mean = sum / sums.count.max(1.0);
            let variance = (squares / sums.count.max(1.0) - mean * mean).max(0.0);
            let background = Background {
                mean: mean as f32,
                deviation: variance.sqrt() as f32,
            };
            (background, Scale::new(background, best))
        };
        Self {
            lexical: of(sums.lexical, sums.lexical_squares, &seen.lexical),
            vector: of(sums.vector, sums.vector_squares, &seen.vector),
            balance,
        }
    }

    /// Both as one.
    fn line(self) -> Line {
        Line {
            lexical: self.balance.together(self.lexical.1.slope, 0.0),
            vector: self.balance.together(0.0, self.vector.1.slope),
            constant: self.balance.together(self.lexical.1.constant, self.vector.1.constant),
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
    let analyser = &engine.0.analyser;
    let title = analyser.normalise(clipped(&query.title));
    let body = analyser.normalise(clipped(&query.body));
    let terms = Terms::of(analyser, &snapshot, &title, &body);
    let vector = engine.0.table.embed(&title, &body).less(&snapshot.vector_mean);
    let mut rooms = engine.0.buffers.take(snapshot.parts.len());
    let seen = score_all(&snapshot, &mut rooms, &terms, &vector.0, query);
    let scales = Scales::new(&seen, Balance::of(snapshot.terms_mean));
    let (top, left_out) = pick_all(&snapshot, &rooms, scales.line(), query);
    let picked = top.into_sorted();
    let of = |picked: &Picked| tell(&snapshot, &rooms, &terms, scales, picked);
    let mut items: Vec<Match> = picked.iter().map(of).collect();
    if !query.verdicts.is_empty() {
        let judge = Judge {
            engine,
            index: &index,
            snapshot: &snapshot,
            vector,
        };
        judge.weigh(query, &mut items, |id| {
            let (part, local) = snapshot.find(id)?;
            let score = scales.line().at(rooms[part].lexical[local], rooms[part].dots[local]);
            let id = snapshot.parts[part].segment.id(local);
            Some(of(&Picked { score, id, part, local }))
        });
    }
    engine.0.buffers.give(rooms);
    items.truncate(query.limit.min(MATCHES_MAX));
    let compared = seen.sums.count as usize;
    Ok(Found {
        items,
        left_out,
        compared,
    })
}

fn score_all(snapshot: &Snapshot, rooms: &mut [Room], terms: &Terms, vector: &[i8; DIMS], query: &Query) -> Seen {
    let one = |(part, room): (&Part, &mut Room)| room.score(part, terms, vector, query);
    let all: Vec<Seen> = if snapshot.len < SHARED_FROM {
        snapshot.parts.iter().zip(rooms).map(one).collect()
    } else {
        snapshot.parts.par_iter().zip(rooms.par_iter_mut()).map(one).collect()
    };
    // In the order of the parts, so that the sum is the same each time.
    all.iter().fold(Seen::default(), Seen::and)
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
    all.sort_unstable_by_key(|(picked, _)| *picked);
    let mut counts: BTreeMap<Filter, usize> = BTreeMap::new();
    for filter in all.into_iter().take(limit).filter_map(|(_, filter)| filter) {
        *counts.entry(filter).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|(filter, count)| LeftOut { filter, count })
        .collect()
}

fn tell(snapshot: &Snapshot, rooms: &[Room], terms: &Terms, scales: Scales, picked: &Picked) -> Match {
    let room = &rooms[picked.part];
    let segment = &snapshot.parts[picked.part].segment;
    let (lexical, cosine) = (room.lexical[picked.local], scan::cosine(room.dots[picked.local]));
    let probabilities = bands::probabilities(&Evidence {
        fused: picked.score,
        coverage: terms.coverage(lexical),
        cosine,
    });
    let shares = terms.shares(&segment.terms, u16::try_from(picked.local).unwrap_or(u16::MAX));
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
        band: Band::of(&probabilities),
        probabilities,
        lexical_z: scales.lexical.0.z(lexical),
        vector_z: scales.vector.0.z(cosine),
        coverage: terms.coverage(lexical),
        cosine,
        reasons: words
            .into_iter()
            .map(|(share, term)| Reason::Word {
                term: term.to_owned(),
                share,
            })
            .collect(),
    }
}
