//! What a pasted text says, as far as it can be read: its field by what it resembles, indicators, budget, maturity, place;
//! and what it still lacks as a need that teams could answer (R126, R140).

use std::collections::BTreeMap;

use entries::browse::sector_name;
use entries::{EntryKind, Look};
use forms::{Draft, Indicator};
use jcore::{Cx, Result};
use kernel::{Fen, Regions, Sector};
use matching::{Band, Facts, Query};
use needs::{FORM, Need};

use crate::asking::split;
use crate::index::{Matcher, blocking};

/// Things that a text is compared with to tell its field: enough for a vote.
const VOTERS: usize = 16;
/// Smallest share of the votes for which a field is told, in percent.
const SHARE_MIN: i64 = 20;
/// Fields told at most.
const FIELDS_MAX: usize = 3;
/// Indicators told at most.
const INDICATORS_MAX: usize = 12;
/// What a need has to say for teams to answer it; who asks and how to reach them is asked when it is handed in.
const ASKED: [&str; 8] = [
    "background",
    "problem",
    "indicators",
    "due",
    "amount",
    "modes",
    "sector",
    "category",
];
/// Words before an amount that make it a budget.
const BUDGET: [&str; 8] = ["预算", "拟投入", "投入", "经费", "资金", "费用", "出资", "budget"];
/// Words of stages of development.
const STAGES: [&str; 8] = ["小试", "中试", "样机", "量产", "批产", "小批量", "实验室", "TRL"];
/// Words by which a text speaks of where things stand.
const PRESENT: [&str; 6] = ["背景", "现状", "目前", "现有", "当前", "现在"];

/// What a text says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Analysis {
    /// Its title: the first line, or its head.
    pub(crate) title: String,
    /// The rest.
    pub(crate) body: String,
    /// What the engine is told beside the text.
    pub(crate) facts: Facts,
    /// Fields in words with their share in percent, the likeliest first.
    pub(crate) fields: Vec<(String, i64)>,
    /// The names of the likeliest fields in Chinese, as a form takes them.
    pub(crate) sectors: Vec<String>,
    /// Indicators, each as the platform writes it.
    pub(crate) indicators: Vec<String>,
    /// The budget as it was written; empty when none is told.
    pub(crate) budget: String,
    /// The stage of development in words; empty when none is told.
    pub(crate) maturity: String,
    /// The place in words; empty when none is told.
    pub(crate) place: String,
    /// What a need would have to say that this text does not, in words.
    pub(crate) lacks: Vec<String>,
    /// What is doubtful about it, in words.
    pub(crate) hints: Vec<String>,
    /// How complete it is as a need, 0–100.
    pub(crate) score: i64,
}

/// Reads a text.
///
/// # Errors
/// The index's.
pub(crate) async fn analyse(cx: &Cx, text: &str) -> Result<Analysis> {
    let (title, body) = split(text);
    let mut out = Analysis {
        title,
        body,
        ..Analysis::default()
    };
    out.indicators = indicators(text);
    budget(&mut out, text);
    maturity(cx, &mut out, text);
    region(cx, &mut out, text);
    fields(cx, &mut out).await?;
    lacking(cx, &mut out, text);
    Ok(out)
}

/// The clauses of a text.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| "。；;！？!?\n".contains(c);
    text.split(ends).map(str::trim).filter(|clause| !clause.is_empty())
}

/// The parts of a clause.
fn parts(clause: &str) -> impl Iterator<Item = &str> {
    clause.split(['，', ',']).map(str::trim)
}

/// The quantified demands of a text: of each clause as a whole, else of its parts.
fn indicators(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut add = |found: Vec<Indicator>| {
        for indicator in found.into_iter().filter(is_told) {
            let text = indicator.to_string();
            if out.len() < INDICATORS_MAX && !out.contains(&text) {
                out.push(text);
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
    /// Longest name of what is measured in running text.
    const NAME_CHARS: usize = 20;
    /// Longest unit: behind the number of an alloy's or a model's name the sentence goes on.
    const UNIT_CHARS: usize = 10;
    let name = indicator.name.chars().count();
    let is_money = indicator.unit.contains('元') || BUDGET.iter().any(|word| indicator.name.contains(word));
    let unit = indicator.unit.chars().count();
    (1..=UNIT_CHARS).contains(&unit) && (1..=NAME_CHARS).contains(&name) && !is_money
}

fn budget(out: &mut Analysis, text: &str) {
    let speaks = |clause: &&str| clause.contains('元') && BUDGET.iter().any(|word| clause.contains(word));
    for part in clauses(text).flat_map(parts).filter(speaks) {
        let from = BUDGET
            .iter()
            .filter_map(|word| part.find(word).map(|at| at + word.len()))
            .min();
        let amount = from.and_then(|from| part.get(from..)).unwrap_or(part);
        let amount = amount.trim_start_matches(|c: char| "：: 为约".contains(c) || c.is_whitespace());
        if let Some(money) = kernel::read::money(amount, None).value
            && money.currency == "CNY"
            && let Some(lead) = money.lead_fen()
        {
            out.budget = amount.to_owned();
            out.facts.price_max = money.max_fen.map(Fen::new).or(Some(lead));
            return;
        }
    }
}

fn maturity(cx: &Cx, out: &mut Analysis, text: &str) {
    let speaks = |clause: &&str| STAGES.iter().any(|word| clause.contains(word));
    let read = clauses(text)
        .flat_map(parts)
        .filter(speaks)
        .find_map(|part| kernel::read::trl(part).value);
    if let Some(trl) = read {
        out.maturity = cx.ta("matches-trl", &[("n", trl.get().to_string())]);
        out.facts.maturity = Some(trl.get());
    }
}

fn region(cx: &Cx, out: &mut Analysis, text: &str) {
    let home = programme::now(&cx.app).region;
    if let Some((code, name)) = place_in(&cx.app.regions, home, text) {
        out.place = name;
        out.facts.region = Some(code);
    }
}

/// The first place that a text names: a city by its full name, one of the programme's region also by its short one.
fn place_in(regions: &Regions, home: kernel::Region, text: &str) -> Option<(String, String)> {
    let near = regions.cities_of(home);
    let short = |name: &str| name.trim_end_matches('市').to_owned();
    let by_short = near
        .iter()
        .filter_map(|division| Some((text.find(&short(&division.name))?, *division)));
    let (_, found) = by_short.min_by_key(|(at, _)| *at)?;
    Some((found.code.to_string(), found.name.to_string()))
}

/// What the text resembles votes for its field.
async fn fields(cx: &Cx, out: &mut Analysis) -> Result<()> {
    let engine = Matcher::of(&cx.app)?.engine(&cx.app).await?;
    let query = Query {
        title: out.title.clone(),
        body: out.body.clone(),
        limit: VOTERS,
        ..Query::default()
    };
    let voters = blocking(move || {
        let found = engine.find(&query)?;
        let told = found.items.iter().filter(|item| item.band > Band::None);
        let voters = told.filter_map(|item| Some((engine.document(item.id)?.facts.fields, item.score)));
        Ok::<_, matching::EngineError>(voters.collect::<Vec<_>>())
    })
    .await?;
    let mut votes: BTreeMap<String, f32> = BTreeMap::new();
    for (fields, score) in &voters {
        #[expect(clippy::cast_precision_loss, reason = "an item has a few fields")]
        let each = score.max(0.0) / fields.len().max(1) as f32;
        for field in fields {
            *votes.entry(field.clone()).or_default() += each;
        }
    }
    for (code, share) in shares(&votes) {
        if let Some(sector) = Sector::from_code(&code) {
            out.fields.push((sector_name(cx, &code), share));
            out.sectors
                .push(cx.app.words.get(jcore::Lang::Zh, &sector.words(), &[]));
            out.facts.fields.push(code);
        }
    }
    Ok(())
}

/// The shares of votes in percent, the largest first, small ones left out.
fn shares(votes: &BTreeMap<String, f32>) -> Vec<(String, i64)> {
    let sum: f32 = votes.values().sum();
    if sum <= 0.0 {
        return Vec::new();
    }
    #[expect(clippy::cast_possible_truncation, reason = "a percentage")]
    let share = |votes: f32| (votes / sum * 100.0).round() as i64;
    let mut out: Vec<(String, i64)> = votes
        .iter()
        .map(|(code, votes)| (code.clone(), share(*votes)))
        .collect();
    out.retain(|(_, share)| *share >= SHARE_MIN);
    out.sort_by(|(one, a), (other, b)| b.cmp(a).then_with(|| one.cmp(other)));
    out.truncate(FIELDS_MAX);
    out
}

/// What a need would have to say, by the form's own checks.
fn lacking(cx: &Cx, out: &mut Analysis, text: &str) {
    let mut draft = Draft::new();
    let mut add = |key: &str, text: &str| {
        if !text.is_empty() {
            draft.insert(key.to_owned(), text.to_owned());
        }
    };
    let told = if out.body.is_empty() { &out.title } else { &out.body };
    add("title", &out.title);
    add("problem", told);
    if PRESENT.iter().any(|word| text.contains(word)) {
        add("background", told);
    }
    add("indicators", &out.indicators.join("；"));
    add("amount", &out.budget);
    add("sector", &out.sectors.join("；"));
    let mut record = forms::read(&FORM, &draft, &intake::context(&cx.app, true));
    let programme = programme::now(&cx.app);
    let look = Look {
        programme: &programme,
        regions: &cx.app.regions,
        today: cx.now.date_in_cn(),
        owner: None,
        region: None,
        waived: &[],
    };
    Need.check(&look, &mut record);
    out.score = i64::from(Need.score(&record));
    let missing = forms::missing(&FORM, &record).into_iter();
    let missing = missing.filter(|field| ASKED.contains(&field.key));
    out.lacks = missing.map(|field| intake::page::label(cx, &FORM, field)).collect();
    let doubtful = record
        .issues
        .iter()
        .filter(|(_, issue)| issue.code.starts_with("needs-"));
    out.hints = doubtful.map(|(_, issue)| cx.app.words.issue(cx.lang, issue)).collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "重载齿轮渗碳淬火变形控制\n目前20CrMnTi齿轮渗碳淬火后变形大，齿向变形≤0.03 mm；批量良品率不低于98%。\
        预算不超过200万元，希望中试以后合作，公司在苏州。";

    #[test]
    fn demands_are_told_from_prose() {
        let found = indicators(TEXT);
        assert_eq!(found, ["齿向变形 ≤0.03 mm", "批量良品率 ≥98 %"], "{found:?}");
        assert!(indicators("我们想做一套软件，越快越好。").is_empty());
    }

    #[test]
    fn a_budget_is_read_where_it_is_one() {
        let of = |text: &str| {
            let mut out = Analysis::default();
            budget(&mut out, text);
            (out.budget, out.facts.price_max.map(Fen::get))
        };
        assert_eq!(of(TEXT), ("不超过200万元".into(), Some(200_000_000)));
        assert_eq!(of("研发经费：50-80万元").1, Some(80_000_000));
        assert_eq!(of("年产值3000万元").1, None);
    }

    #[test]
    fn places_are_those_of_the_region() {
        let regions = Regions::builtin();
        let home = kernel::Region::new("320000").unwrap();
        assert_eq!(place_in(regions, home, TEXT).unwrap().0, "320500");
        assert_eq!(place_in(regions, home, "一种电池"), None);
    }

    #[test]
    fn small_shares_are_left_out() {
        let votes: BTreeMap<String, f32> = [("NE", 6.0), ("NM", 3.0), ("IT", 0.5)]
            .map(|(k, v)| (k.to_owned(), v))
            .into();
        assert_eq!(shares(&votes), [("NE".to_owned(), 63), ("NM".to_owned(), 32)]);
        assert!(shares(&BTreeMap::new()).is_empty());
    }
}
