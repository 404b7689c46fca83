//! What a pasted text says, in the reader's words: what the engine reads off it (fields, classes, indicators, budget,
//! maturity, place), and what it still lacks as a need that teams could answer (R126, R140).

use entries::browse::sector_name;
use entries::{EntryKind, Look};
use forms::Draft;
use jcore::{Cx, Result};
use kernel::Regions;
use matching::Facts;
use matching::reading::{Guess, Reading};
use needs::{FORM, Need};

use crate::asking::split;
use crate::finding::Asking;
use crate::index::{Matcher, blocking};
use crate::reasons::Budget;

/// Smallest probability with which a class is told, in percent.
const SHARE_MIN: i64 = 20;
/// Classes of a kind told at most.
const CLASSES_MAX: usize = 3;
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
    /// Fields in words with their probability in percent, the likeliest first.
    pub(crate) fields: Vec<(String, i64)>,
    /// Classes of industry (GB/T 4754): code and name, and the same.
    pub(crate) industry: Vec<(String, i64)>,
    /// Classes of patents (IPC).
    pub(crate) ipc: Vec<(String, i64)>,
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

impl Analysis {
    /// Who asks with it.
    pub(crate) fn asking(&self) -> Asking<'_> {
        Asking {
            text: &self.body,
            facts: &self.facts,
            budget: Budget::Asked,
        }
    }
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
    let engine = Matcher::of(&cx.app)?.engine(&cx.app).await?;
    let (title, body) = (out.title.clone(), out.body.clone());
    let reading = blocking(move || Ok::<_, matching::EngineError>(engine.read(&title, &body))).await?;
    take(cx, &mut out, reading);
    region(cx, &mut out, text);
    lacking(cx, &mut out, text);
    Ok(out)
}

/// What was read, in words and for the engine.
fn take(cx: &Cx, out: &mut Analysis, reading: Reading) {
    for (sector, probability) in told(reading.fields.iter().copied()) {
        out.fields.push((sector_name(cx, sector.code()), probability));
        out.sectors
            .push(cx.app.words.get(jcore::Lang::Zh, &sector.words(), &[]));
        out.facts.fields.push(sector.code().to_owned());
    }
    out.industry = classes(&reading.industry);
    out.ipc = classes(&reading.ipc);
    out.indicators = reading.indicators.iter().map(ToString::to_string).collect();
    if let Some(budget) = reading.budget {
        out.budget = budget.text;
        out.facts.price_max = Some(budget.most);
    }
    if let Some(trl) = reading.maturity {
        out.maturity = cx.ta("matches-trl", &[("n", trl.get().to_string())]);
        out.facts.maturity = Some(trl.get());
    }
    if let Some(found) = reading.region.and_then(|region| cx.app.regions.get(region.as_str())) {
        out.place = found.name.clone();
        out.facts.region = Some(found.code.to_string());
    }
}

/// The likeliest of guesses, with their probabilities in percent, small ones left out.
fn told<T>(guesses: impl Iterator<Item = (T, f32)>) -> impl Iterator<Item = (T, i64)> {
    #[expect(clippy::cast_possible_truncation, reason = "a percentage")]
    let percent = |(guess, probability): (T, f32)| (guess, (probability * 100.0).round() as i64);
    guesses
        .map(percent)
        .filter(|(_, percent)| *percent >= SHARE_MIN)
        .take(CLASSES_MAX)
}

fn classes(guesses: &[Guess]) -> Vec<(String, i64)> {
    told(
        guesses
            .iter()
            .map(|guess| (format!("{} {}", guess.code, guess.name), guess.probability)),
    )
    .collect()
}

fn region(cx: &Cx, out: &mut Analysis, text: &str) {
    if out.facts.region.is_some() {
        return;
    }
    let home = programme::now(&cx.app).region;
    if let Some((code, name)) = place_in(&cx.app.regions, home, text) {
        out.place = name;
        out.facts.region = Some(code);
    }
}

/// The first city of the programme's region that a text names, in full or without 市.
fn place_in(regions: &Regions, home: kernel::Region, text: &str) -> Option<(String, String)> {
    let near = regions.cities_of(home);
    let short = |name: &str| name.trim_end_matches('市').to_owned();
    let by_short = near
        .iter()
        .filter_map(|division| Some((text.find(&short(&division.name))?, *division)));
    let (_, found) = by_short.min_by_key(|(at, _)| *at)?;
    Some((found.code.to_string(), found.name.to_string()))
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

    #[test]
    fn places_are_those_of_the_region() {
        let regions = Regions::builtin();
        let home = kernel::Region::new("320000").unwrap();
        assert_eq!(place_in(regions, home, "公司在苏州，昆山也有厂").unwrap().0, "320500");
        assert_eq!(place_in(regions, home, "一种电池"), None);
    }

    #[test]
    fn small_shares_are_left_out() {
        let guesses = [("NE", 0.63), ("NM", 0.324), ("IT", 0.05)];
        assert_eq!(told(guesses.into_iter()).collect::<Vec<_>>(), [("NE", 63), ("NM", 32)]);
    }
}
