//! Which class a text belongs to: by how near its vector comes to the classes' names, and by the words it shares.

use std::collections::HashSet;

use kernel::Sector;

use super::Guess;
use crate::table::{Table, Vector};
use crate::text::{Analyser, lines};

const SECTORS: &str = include_str!("../../data/sectors.txt");
const INDUSTRY: &str = include_str!("../../data/gbt4754.tsv");
const IPC: &str = include_str!("../../data/ipc.tsv");
/// Digits of a class of industry; divisions and groups are wider.
const INDUSTRY_DIGITS: usize = 4;
/// Matters of a sector that count: a text belongs to one by a few of them, never by all.
const NEAREST: usize = 4;
/// What a shared word is worth beside the cosine.
const WORD: f32 = 0.06;
/// Shared words that count at most.
const WORDS_MAX: f32 = 4.0;
/// How sharply likelier classes are told from others: by a difference of this in nearness the odds change by e.
const SHARPNESS: f32 = 0.06;

/// A class: what it is called, in vectors and words.
#[derive(Debug)]
struct Class {
    code: &'static str,
    name: &'static str,
    vectors: Vec<Vector>,
    words: HashSet<String>,
}

/// All classes.
#[derive(Debug)]
pub(super) struct Classes {
    sectors: Vec<(Sector, Class)>,
    industry: Vec<Class>,
    ipc: Vec<Class>,
}

impl Class {
    fn new<'a>(
        analyser: &Analyser,
        table: &Table,
        code: &'static str,
        name: &'static str,
        matters: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut class = Self {
            code,
            name,
            vectors: Vec::new(),
            words: HashSet::new(),
        };
        for matter in matters {
            let plain = analyser.normalise(matter.trim());
            class.vectors.push(table.embed_text(&plain));
            analyser.visit_normal(&plain, &mut |term: &str| {
                class.words.insert(term.to_owned());
            });
        }
        class
    }

    /// How near a text is: the mean of its nearest matters, and the words shared.
    fn near(&self, vector: &Vector, terms: &HashSet<String>) -> f32 {
        let mut near: Vec<f32> = self.vectors.iter().map(|matter| matter.cosine(vector)).collect();
        near.sort_unstable_by(|a, b| b.total_cmp(a));
        near.truncate(NEAREST);
        let mean = near.iter().sum::<f32>() / near.len().max(1) as f32;
        let shared = self.words.iter().filter(|word| terms.contains(*word)).count() as f32;
        mean + WORD * shared.min(WORDS_MAX)
    }
}

impl Classes {
    pub(super) fn new(analyser: &Analyser, table: &Table) -> Self {
        let of_table = |file: &'static str| lines(file).filter_map(|line| line.split_once('\t'));
        let sectors = lines(SECTORS)
            .filter_map(|line| line.split_once('='))
            .filter_map(|(code, matters)| {
                let sector = Sector::from_code(code.trim())?;
                let class = Class::new(analyser, table, sector.code(), sector.name_zh(), matters.split(','));
                Some((sector, class))
            });
        Self {
            sectors: sectors.collect(),
            industry: of_table(INDUSTRY)
                .filter(|(code, _)| code.len() == INDUSTRY_DIGITS)
                .map(|(code, name)| Class::new(analyser, table, code, name, std::iter::once(name)))
                .collect(),
            ipc: of_table(IPC)
                .map(|(code, name)| Class::new(analyser, table, code, name, name.split(' ')))
                .collect(),
        }
    }

    /// All sectors with their probabilities, likeliest first.
    pub(super) fn sectors(&self, vector: &Vector, terms: &HashSet<String>) -> Vec<(Sector, f32)> {
        let near: Vec<f32> = self
            .sectors
            .iter()
            .map(|(_, class)| class.near(vector, terms))
            .collect();
        let mut out: Vec<(Sector, f32)> = self
            .sectors
            .iter()
            .map(|(sector, _)| *sector)
            .zip(shares(&near))
            .collect();
        out.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        out
    }

    pub(super) fn industry(&self, vector: &Vector, terms: &HashSet<String>, count: usize) -> Vec<Guess> {
        best(&self.industry, vector, terms, count)
    }

    pub(super) fn ipc(&self, vector: &Vector, terms: &HashSet<String>, count: usize) -> Vec<Guess> {
        best(&self.ipc, vector, terms, count)
    }
}

fn best(classes: &[Class], vector: &Vector, terms: &HashSet<String>, count: usize) -> Vec<Guess> {
    let near: Vec<f32> = classes.iter().map(|class| class.near(vector, terms)).collect();
    let mut out: Vec<Guess> = classes
        .iter()
        .zip(shares(&near))
        .map(|(class, probability)| Guess {
            code: class.code,
            name: class.name,
            probability,
        })
        .collect();
    out.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.code.cmp(b.code)));
    out.truncate(count);
    out
}

/// Nearness as probabilities that add to 1.
fn shares(near: &[f32]) -> Vec<f32> {
    let highest = near.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let odds: Vec<f32> = near.iter().map(|near| ((near - highest) / SHARPNESS).exp()).collect();
    let sum: f32 = odds.iter().sum();
    odds.into_iter().map(|odds| odds / sum).collect()
}
