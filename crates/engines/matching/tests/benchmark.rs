//! The engine on our own graded needs and offers (`benchmark/`): how far the two passes agree, and that the engine finds
//! what plain shared characters don't.
//!
//! By title alone it must be better than BM25 over pairs of characters by [`FLOOR`]. By title and body shared characters
//! do nearly all that can be done on these texts (see `benchmark/README.md`), so there it must not fall behind by more
//! than [`SLACK`]; both figures are printed.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use std::collections::{BTreeMap, BTreeSet, HashMap};

use matching::corpus::Corpus;
use matching::query::{idf, saturated};
use matching::table::Table;
use matching::text::Analyser;
use serde::Deserialize;

/// By how much nDCG@10 must be above BM25's, by title.
const FLOOR: f64 = 0.03;
/// By how much it may lie below, by title and body.
const SLACK: f64 = 0.04;
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
    assert!(engine_whole >= bm25_whole - SLACK, "{engine_whole} {bm25_whole}");
}
