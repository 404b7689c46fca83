//! The engine on our own graded needs and offers (`benchmark/`): how far the two passes agree, and that the engine finds
//! what plain shared characters don't.
//!
//! By title alone, and by title and body, it must be better than BM25 over pairs of characters by [`FLOOR`]; both figures are
//! printed.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use std::collections::{BTreeMap, BTreeSet, HashMap};

use matching::bands::{self, Band};
use matching::corpus::{Corpus, Scores};
use matching::learn::Ordinal;
use matching::measure::{Need, evidence};
use matching::query::{idf, saturated};
use matching::table::Table;
use matching::text::Analyser;
use serde::Deserialize;

/// By how much nDCG@10 must be above BM25's.
const FLOOR: f64 = 0.03;
/// Places that count.
const DEPTH: usize = 10;

#[derive(Deserialize)]
struct Text {
    id: String,
    title: String,
    body: String,
}

fn path(name: &str) -> String {
    format!("{}/../../../benchmark/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn texts(name: &str) -> Vec<Text> {
    std::fs::read_to_string(path(name))
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn grades(name: &str) -> BTreeMap<(String, String), f64> {
    std::fs::read_to_string(path(name))
        .unwrap()
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            ((cells[0].to_owned(), cells[1].to_owned()), cells[2].parse().unwrap())
        })
        .collect()
}

/// The agreement of both passes beyond chance, where being two levels apart counts four times one.
fn weighted_kappa(one: &[usize], other: &[usize]) -> f64 {
    let mut seen = [[0.0; 4]; 4];
    for (a, b) in one.iter().zip(other) {
        seen[a - 1][b - 1] += 1.0;
    }
    let rows: Vec<f64> = (0..4).map(|a| seen[a].iter().sum()).collect();
    let columns: Vec<f64> = (0..4).map(|b| (0..4).map(|a| seen[a][b]).sum()).collect();
    let apart = |a: usize, b: usize| a.abs_diff(b).pow(2) as f64;
    let pairs = || (0..4).flat_map(|a| (0..4).map(move |b| (a, b)));
    let found: f64 = pairs().map(|(a, b)| apart(a, b) * seen[a][b]).sum();
    let by_chance: f64 = pairs()
        .map(|(a, b)| apart(a, b) * rows[a] * columns[b] / one.len() as f64)
        .sum();
    1.0 - found / by_chance
}

fn gain(levels: &[f64]) -> f64 {
    (1_i32..)
        .zip(levels.iter().take(DEPTH))
        .map(|(place, level)| (level.exp2() / 2.0 - 1.0) / f64::from(place + 1).log2())
        .sum()
}

/// The mean nDCG@10 over needs, of scores a need and an offer.
fn ndcg(
    needs: &[Text],
    offers: &[Text],
    grades: &BTreeMap<(String, String), f64>,
    score: impl Fn(&Text) -> Vec<f32>,
) -> f64 {
    let sum: f64 = needs
        .iter()
        .map(|need| {
            let mut pool: Vec<(f32, &str, f64)> = score(need)
                .into_iter()
                .zip(offers)
                .filter_map(|(score, offer)| {
                    let level = grades.get(&(need.id.clone(), offer.id.clone()))?;
                    Some((score, offer.id.as_str(), *level))
                })
                .collect();
            pool.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
            let mut levels: Vec<f64> = pool.into_iter().map(|(_, _, level)| level).collect();
            let found = gain(&levels);
            levels.sort_by(|a, b| b.total_cmp(a));
            found / gain(&levels)
        })
        .sum();
    sum / needs.len() as f64
}

/// BM25 over pairs of characters of title and body.
struct Pairs {
    lists: HashMap<String, Vec<(usize, f32)>>,
    lengths: Vec<f32>,
}

fn pairs(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    chars.windows(2).map(|pair| pair.iter().collect()).collect()
}

impl Pairs {
    fn new(offers: &[Text]) -> Self {
        let mut lists: HashMap<String, Vec<(usize, f32)>> = HashMap::new();
        let mut lengths = Vec::new();
        for (at, offer) in offers.iter().enumerate() {
            let found = pairs(&format!("{}{}", offer.title, offer.body));
            lengths.push(found.len() as f32);
            let mut counts: BTreeMap<String, f32> = BTreeMap::new();
            for pair in found {
                *counts.entry(pair).or_default() += 1.0;
            }
            for (pair, count) in counts {
                lists.entry(pair).or_default().push((at, count));
            }
        }
        Self { lists, lengths }
    }

    fn scores(&self, text: &str) -> Vec<f32> {
        let mean = self.lengths.iter().sum::<f32>() / self.lengths.len() as f32;
        let mut out = vec![0.0; self.lengths.len()];
        for pair in pairs(text).into_iter().collect::<BTreeSet<_>>() {
            let Some(list) = self.lists.get(&pair) else {
                continue;
            };
            let weight = idf(self.lengths.len(), list.len());
            for (at, count) in list {
                out[*at] += weight * saturated(*count, self.lengths[*at], mean);
            }
        }
        out
    }
}

#[test]
fn the_engine_finds_what_shared_characters_do_not() {
    let (needs, offers) = (texts("needs.jsonl"), texts("offers.jsonl"));
    let (first, second) = (grades("grades-1.tsv"), grades("grades-2.tsv"));
    assert!(needs.len() >= 120 && offers.len() >= 300);
    assert!(first.keys().eq(second.keys()));
    let levels = |pass: &BTreeMap<_, f64>| pass.values().map(|level| *level as usize).collect::<Vec<_>>();
    let kappa = weighted_kappa(&levels(&first), &levels(&second));
    let mean: BTreeMap<_, f64> = first
        .iter()
        .map(|(pair, level)| (pair.clone(), (level + second[pair]) / 2.0))
        .collect();

    let plain = Pairs::new(&offers);
    let documents = offers.iter().map(|offer| (offer.title.as_str(), offer.body.as_str()));
    let corpus = Corpus::new(Analyser::new(), Table::shipped().unwrap(), documents);
    let measure = |score: &dyn Fn(&Text) -> Vec<f32>| ndcg(&needs, &offers, &mean, score);
    let bm25 = measure(&|need| plain.scores(&need.title));
    let engine = measure(&|need| corpus.scores(&need.title, "").fused());
    let bm25_whole = measure(&|need| plain.scores(&format!("{}{}", need.title, need.body)));
    let engine_whole = measure(&|need| corpus.scores(&need.title, &need.body).fused());
    let words = measure(&|need| corpus.scores(&need.title, "").lexical);
    let vectors = measure(&|need| corpus.scores(&need.title, "").vector);
    println!("passes agree by a weighted kappa of {kappa:.3}");
    println!(
        "nDCG@10 by title: BM25 {bm25:.4}, engine {engine:.4} (terms alone {words:.4}, vectors alone {vectors:.4})"
    );
    println!("nDCG@10 by title and body: BM25 {bm25_whole:.4}, engine {engine_whole:.4}");
    assert!(kappa > 0.6, "{kappa}");
    assert!(engine >= bm25 + FLOOR, "{engine} {bm25}");
    assert!(engine > words && engine > vectors, "{engine} {words} {vectors}");
    assert!(engine_whole >= bm25_whole + FLOOR, "{engine_whole} {bm25_whole}");
}

/// How far a probability may be from how often it comes true, on average.
const CALIBRATION_MAX: f64 = 0.03;
/// How far the weights of the bands may be from those of the fit.
const WEIGHT_SLACK: f64 = 0.01;

/// A pair by its evidence.
struct Judged {
    need: usize,
    row: Vec<f32>,
    level: u8,
}

/// The graded pairs, by title and by title and body, of both passes.
fn judged(corpus: &Corpus, needs: &[Text], offers: &[Text]) -> Vec<Judged> {
    let passes = [grades("grades-1.tsv"), grades("grades-2.tsv")];
    let place = |texts: &[Text], id: &str| texts.iter().position(|text| text.id == id).unwrap();
    let pairs: Vec<(usize, usize)> = passes[0]
        .keys()
        .map(|(need, offer)| (place(needs, need), place(offers, offer)))
        .collect();
    let mut out = Vec::new();
    for is_whole in [false, true] {
        let asked: Vec<Need<'_>> = needs
            .iter()
            .map(|need| Need {
                title: &need.title,
                body: if is_whole { &need.body } else { "" },
            })
            .collect();
        for (said, (need, offer)) in evidence(corpus, &asked, &pairs).iter().zip(&pairs) {
            let pair = (needs[*need].id.clone(), offers[*offer].id.clone());
            for pass in &passes {
                out.push(Judged {
                    need: *need,
                    row: vec![said.fused, said.coverage, said.cosine],
                    level: pass[&pair] as u8,
                });
            }
        }
    }
    out
}

/// What each need finds where all that is related to it is taken away: the best of these still stand out, and fit nothing.
/// Without them nothing would tell what a need looks like that nobody can meet.
fn unmet(corpus: &Corpus, needs: &[Text], offers: &[Text]) -> Vec<Judged> {
    let grades = grades("grades-1.tsv");
    let mut out = Vec::new();
    for (at, need) in needs.iter().enumerate() {
        for body in ["", need.body.as_str()] {
            let all = corpus.scores(&need.title, body);
            let is_related = |offer: &Text| {
                let level = grades.get(&(need.id.clone(), offer.id.clone()));
                level.is_some_and(|level| *level >= 2.0)
            };
            let left = |scores: &[f32]| -> Vec<f32> {
                let kept = scores.iter().zip(offers).filter(|(_, offer)| !is_related(offer));
                kept.map(|(score, _)| *score).collect()
            };
            let scores = Scores {
                lexical: left(&all.lexical),
                vector: left(&all.vector),
                coverage: left(&all.coverage),
                balance: all.balance,
            };
            let fused = scores.fused();
            let mut best: Vec<usize> = (0..fused.len()).collect();
            best.sort_by(|a, b| fused[*b].total_cmp(&fused[*a]));
            out.extend(best.into_iter().take(DEPTH).map(|offer| Judged {
                need: at,
                row: vec![fused[offer], scores.coverage[offer], scores.vector[offer]],
                level: 1,
            }));
        }
    }
    out
}

fn fitted<'a>(judged: impl IntoIterator<Item = &'a Judged>) -> Ordinal {
    let (rows, levels): (Vec<Vec<f32>>, Vec<u8>) = judged.into_iter().map(|one| (one.row.clone(), one.level)).unzip();
    Ordinal::fit(&rows, &levels).unwrap()
}

/// The mean distance between a probability and how often it came true, over ten ranges of it.
fn calibration(said: &[f32], came_true: &[bool]) -> f64 {
    let mut ranges = [(0.0, 0.0, 0.0); 10];
    for (p, is_true) in said.iter().zip(came_true) {
        let range = &mut ranges[((p * 10.0) as usize).min(9)];
        range.0 += 1.0;
        range.1 += f64::from(*p);
        range.2 += f64::from(u8::from(*is_true));
    }
    let told = ranges.iter();
    let count: f64 = told.clone().map(|range| range.0).sum();
    told.map(|(_, said, seen)| (said - seen).abs()).sum::<f64>() / count
}

#[test]
fn the_bands_are_those_of_our_graded_pairs() {
    let (needs, offers) = (texts("needs.jsonl"), texts("offers.jsonl"));
    let documents = offers.iter().map(|offer| (offer.title.as_str(), offer.body.as_str()));
    let corpus = Corpus::new(Analyser::new(), Table::shipped().unwrap(), documents);
    let mut judged = judged(&corpus, &needs, &offers);
    judged.extend(unmet(&corpus, &needs, &offers));
    let weights = fitted(&judged).weights();
    println!("weights of the fit: {weights:.3?}");

    // Each need is judged by what was fitted on the others.
    let (mut said, mut usable, mut banded) = (Vec::new(), Vec::new(), BTreeMap::<Band, (f64, f64, f64)>::new());
    for fold in 0..5 {
        let model = fitted(judged.iter().filter(|one| one.need % 5 != fold));
        for one in judged.iter().filter(|one| one.need % 5 == fold) {
            let p = model.probabilities(&one.row);
            said.push(p[2] + p[3]);
            usable.push(one.level >= 3);
            let (count, related, hits) = banded.entry(Band::of(&p)).or_default();
            *count += 1.0;
            *related += f64::from(u8::from(one.level >= 2));
            *hits += f64::from(u8::from(one.level >= 3));
        }
    }
    let error = calibration(&said, &usable);
    println!("pairs, related ones and usable ones by band: {banded:.0?}; calibration error {error:.4}");
    assert!(error <= CALIBRATION_MAX, "{error}");
    for (shipped, fitted) in bands::WEIGHTS.iter().flatten().zip(weights.iter().flatten()) {
        assert!((f64::from(*shipped) - fitted).abs() <= WEIGHT_SLACK, "{weights:.3?}");
    }
}
