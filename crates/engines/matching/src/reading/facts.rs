//! Figures, maturity, budget and region, where a text says them in so many words. The readers of single values are those
//! of the forms; here is only found where in a text there is something for them.

use forms::Indicator;
use kernel::{Fen, Region, Regions, Trl};

/// Characters of a text in which these are looked for.
const CHARS_MAX: usize = 4_000;
/// Most figures that are told.
const INDICATORS_MAX: usize = 40;
/// Characters of a clause that states a maturity; in longer ones such a word is told of something else.
const STAGE_CLAUSE_MAX: usize = 24;
/// Characters of what may be a sum of money.
const MONEY_MAX: usize = 24;
/// Words that say that what follows is to be paid.
const PAYING: &[&str] = &["预算", "经费", "投入", "出资", "资金", "报酬", "悬赏", "费用", "budget"];
/// Words that say that a clause is about maturity.
const STAGE: &[&str] = &["成熟度", "阶段", "trl", "TRL"];

/// The pieces of a text between marks that end a clause, up to [`CHARS_MAX`].
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let end = text.char_indices().nth(CHARS_MAX).map_or(text.len(), |(at, _)| at);
    text[..end]
        .split(['。', '；', ';', '\n', '，', '！', '？'])
        .map(str::trim)
        .filter(|clause| !clause.is_empty())
}

pub(super) fn indicators(text: &str) -> Vec<Indicator> {
    clauses(text)
        .filter(|clause| clause.contains(|c: char| c.is_ascii_digit()))
        .filter_map(Indicator::read_all)
        .flatten()
        .filter(|indicator| !is_money(indicator))
        .take(INDICATORS_MAX)
        .collect()
}

/// What is to be paid is the budget, and no property of what is sought.
fn is_money(indicator: &Indicator) -> bool {
    indicator.unit.contains('元') || PAYING.iter().any(|word| indicator.name.contains(word))
}

pub(super) fn maturity(text: &str) -> Option<Trl> {
    clauses(text)
        .filter(|clause| clause.chars().count() <= STAGE_CLAUSE_MAX)
        .filter(|clause| STAGE.iter().any(|word| clause.contains(word)))
        .find_map(|clause| kernel::read::trl(clause).value)
}

pub(super) fn budget(text: &str) -> Option<(Fen, Fen)> {
    clauses(text).find_map(|clause| {
        let behind = PAYING
            .iter()
            .filter_map(|word| clause.find(word).map(|at| &clause[at + word.len()..]))
            .max_by_key(|rest| rest.len())?;
        let digits = behind.find(|c: char| c.is_ascii_digit())?;
        // Words such as 不超过 stand before the figure and belong to it.
        let whole: String = behind
            .trim_start_matches(['为', '约', '：', ':', ' '])
            .chars()
            .take(MONEY_MAX)
            .collect();
        let bare: String = behind[digits..].chars().take(MONEY_MAX).collect();
        if !whole.contains(['元', '万', '亿']) {
            return None;
        }
        let cut = |text: &str| {
            text.find('元')
                .map_or_else(|| text.to_owned(), |at| text[..at + '元'.len_utf8()].to_owned())
        };
        let money = [cut(&whole), cut(&bare)]
            .iter()
            .find_map(|text| kernel::read::money(text, None).value)?;
        let (low, high) = (money.min_fen.or(money.max_fen)?, money.max_fen.or(money.min_fen)?);
        (money.currency == "CNY").then_some((Fen::new(low), Fen::new(high)))
    })
}

/// The narrowest division that is named in full.
pub(super) fn region(text: &str, regions: &Regions) -> Option<Region> {
    let end = text.char_indices().nth(CHARS_MAX).map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
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
