//! Figures, maturity, budget and region, where a text says them in so many words. The readers of single values are those
//! of the forms; here is only found where in a text there is something for them.

use forms::Indicator;
use kernel::{Fen, Region, Regions, Trl};

use super::Budget;

/// Characters of a text in which these are looked for.
const CHARS_MAX: usize = 4_000;
/// Most figures that are told.
const INDICATORS_MAX: usize = 12;
/// Longest name of what is measured in running text.
const NAME_CHARS: usize = 20;
/// Longest unit: behind the number of an alloy's or a model's name the sentence goes on.
const UNIT_CHARS: usize = 10;
/// Words before an amount that make it a budget.
const PAYING: [&str; 10] = [
    "预算",
    "拟投入",
    "投入",
    "经费",
    "资金",
    "费用",
    "出资",
    "报酬",
    "悬赏",
    "budget",
];
/// Words of stages of development.
const STAGES: [&str; 9] = [
    "小试",
    "中试",
    "样机",
    "量产",
    "批产",
    "小批量",
    "实验室",
    "TRL",
    "成熟度",
];

/// The beginning of a text that is read.
fn begin(text: &str) -> &str {
    text.char_indices().nth(CHARS_MAX).map_or(text, |(at, _)| &text[..at])
}

/// The clauses of a text.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| "。；;！？!?\n".contains(c);
    begin(text)
        .split(ends)
        .map(str::trim)
        .filter(|clause| !clause.is_empty())
}

/// The parts of a clause.
fn parts(clause: &str) -> impl Iterator<Item = &str> {
    clause.split(['，', ',']).map(str::trim)
}

/// The quantified demands of a text: of each clause as a whole, else of its parts.
pub(super) fn indicators(text: &str) -> Vec<Indicator> {
    let mut out: Vec<Indicator> = Vec::new();
    let mut add = |found: Vec<Indicator>| {
        for indicator in found.into_iter().filter(is_told) {
            if out.len() < INDICATORS_MAX && !out.contains(&indicator) {
                out.push(indicator);
            }
        }
    };
    for clause in clauses(text) {
        match Indicator::read_all(clause) {
            Some(found) => add(found),
            None => parts(clause).filter_map(Indicator::read_all).for_each(&mut add),
        }
    }
    out
}

/// Whether it is a demand: measured in a unit, under a name that is no sentence. A budget has its own place.
fn is_told(indicator: &Indicator) -> bool {
    let (name, unit) = (indicator.name.chars().count(), indicator.unit.chars().count());
    let is_money = indicator.unit.contains('元') || PAYING.iter().any(|word| indicator.name.contains(word));
    (1..=UNIT_CHARS).contains(&unit) && (1..=NAME_CHARS).contains(&name) && !is_money
}

pub(super) fn maturity(text: &str) -> Option<Trl> {
    clauses(text)
        .flat_map(parts)
        .filter(|part| STAGES.iter().any(|word| part.contains(word)))
        .find_map(|part| kernel::read::trl(part).value)
}

pub(super) fn budget(text: &str) -> Option<Budget> {
    let speaks = |part: &&str| part.contains('元') && PAYING.iter().any(|word| part.contains(word));
    clauses(text).flat_map(parts).filter(speaks).find_map(|part| {
        let from = PAYING
            .iter()
            .filter_map(|word| part.find(word).map(|at| at + word.len()))
            .min()?;
        let amount = part
            .get(from..)?
            .trim_start_matches(|c: char| "：: 为约".contains(c) || c.is_whitespace());
        let money = kernel::read::money(amount, None).value?;
        if money.currency != "CNY" {
            return None;
        }
        Some(Budget {
            text: amount.to_owned(),
            most: money.max_fen.map(Fen::new).or(money.lead_fen())?,
        })
    })
}

/// The narrowest division that is named in full.
pub(super) fn region(text: &str, regions: &Regions) -> Option<Region> {
    let text = begin(text);
    let found: Vec<Region> = regions
        .iter()
        .filter(|division| division.name.chars().count() > 2 && text.contains(division.name.as_str()))
        .map(|division| division.code)
        .collect();
    found
        .iter()
        .copied()
        // Of several of one name the one that lies in another that is named.
        .max_by_key(|region| {
            let above = found
                .iter()
                .filter(|other| regions.is_within(region.as_str(), other.as_str()))
                .count();
            (above, std::cmp::Reverse(region.as_str().to_owned()))
        })
}
