//! Asking the engine, and its answer in the reader's words: public items alone, each with what speaks for and against it.

use std::collections::HashMap;

use entries::RowView;
use entries::browse::{Filter, Section};
use jcore::{App, Cx, Result};
use kernel::{Day, DivisionLevel, Region};
use matching::{Band, Document, Facts, Family, Filters, Found, Query, Want, Why};
use uuid::Uuid;

use crate::index::{Matcher, blocking};
use crate::items::with_documents;
use crate::model::Verdict;
use crate::reasons::{Budget, Told, alike, facts, told};
use crate::rules::{LIKES_FROM, Reason};

/// A match as a page shows it.
#[derive(Debug, Clone)]
pub(crate) struct Fit {
    /// The item, as the public sees it.
    pub(crate) row: RowView,
    /// How well it fits, by its code: `strong`, `good`, `weak`, `none`.
    pub(crate) band: &'static str,
    /// The same in words.
    pub(crate) band_text: String,
    /// The engine's score.
    pub(crate) score: f32,
    /// What speaks for it, in words.
    pub(crate) pros: Vec<String>,
    /// What speaks against it.
    pub(crate) cons: Vec<String>,
}

impl Fit {
    /// The class of the band's chip.
    pub(crate) fn chip(&self) -> &'static str {
        match self.band {
            "strong" => "ok",
            "good" => "info",
            _ => "",
        }
    }
}

/// A band's code; words are under `matches-band-CODE`.
#[must_use]
pub(crate) fn band_code(band: Band) -> &'static str {
    match band {
        Band::Strong => "strong",
        Band::Good => "good",
        Band::Weak => "weak",
        Band::None => "none",
    }
}

/// Asks the engine.
///
/// # Errors
/// The index's.
pub(crate) async fn find(app: &App, query: Query) -> Result<Found> {
    let engine = Matcher::of(app)?.engine(app).await?;
    blocking(move || engine.find(&query)).await
}

/// Who asks: its text beside the title, what is known of it, and whose amount is the budget.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asking<'a> {
    pub(crate) text: &'a str,
    pub(crate) facts: &'a Facts,
    pub(crate) budget: Budget,
}

/// The matches of an answer that are public now, in its order, in the reader's words.
///
/// # Errors
/// The store's, or the index's.
pub(crate) async fn fits(cx: &Cx, found: &Found, asking: Asking<'_>) -> Result<Vec<Fit>> {
    let ids: Vec<Uuid> = found.items.iter().map(|item| item.id).collect();
    let mut rows = with_documents(cx, &ids).await?;
    let bodies = rows.iter().map(|(id, (_, own))| (*id, own.body.clone())).collect();
    let mut alike_ones = alike_sentences(&cx.app, asking.text.to_owned(), bodies).await?;
    let today = cx.now.date_in_cn();
    let fit = |item: &matching::Match| {
        let (row, own) = rows.remove(&item.id)?;
        let Told { mut pros, cons } = told(
            cx,
            &item.reasons,
            &facts(asking.facts, &own.facts, asking.budget, today),
        );
        if let Some((mine, theirs)) = alike_ones.remove(&item.id) {
            pros.push(alike(cx, &mine, &theirs));
        }
        let band = band_code(item.band);
        Some(Fit {
            row,
            band,
            band_text: cx.t(&format!("matches-band-{band}")),
            score: item.score,
            pros,
            cons,
        })
    };
    Ok(found.items.iter().filter_map(fit).collect())
}

/// For each text the sentence of the asker's and its own that are nearest to each other, where any are near.
async fn alike_sentences(
    app: &App,
    asked: String,
    bodies: Vec<(Uuid, String)>,
) -> Result<HashMap<Uuid, (String, String)>> {
    let engine = Matcher::of(app)?.engine(app).await?;
    blocking(move || {
        let mine = engine.sentences(&asked);
        let of = |(id, body): &(Uuid, String)| {
            let theirs = engine.sentences(body);
            let (one, other) = mine.nearest(&theirs)?;
            Some((*id, (one.to_owned(), other.to_owned())))
        };
        Ok::<_, matching::EngineError>(bodies.iter().filter_map(of).collect())
    })
    .await
}

/// What is asked for an item that is in the index: what fits it.
#[must_use]
pub(crate) fn query_of(document: &Document, family: Family, limit: usize, verdicts: &[Verdict], today: Day) -> Query {
    Query {
        title: document.title.clone(),
        body: document.body.clone(),
        facts: document.facts.clone(),
        want: Want {
            families: vec![family],
            kinds: Vec::new(),
        },
        filters: Filters {
            on: Some(today),
            ..Filters::default()
        },
        limit,
        exclude: Some(document.id),
        verdicts: said(verdicts, document.id),
    }
}

/// The last word on each other item of what people said of matches of an item.
#[must_use]
pub(crate) fn said(verdicts: &[Verdict], of: Uuid) -> Vec<matching::Verdict> {
    let mut last: HashMap<Uuid, &Verdict> = HashMap::new();
    for verdict in verdicts {
        let other = if verdict.need_id == of {
            verdict.offer_id
        } else {
            verdict.need_id
        };
        let known = last.entry(other).or_insert(verdict);
        if verdict.said_at > known.said_at {
            *known = verdict;
        }
    }
    let mut out: Vec<matching::Verdict> = last
        .into_iter()
        .map(|(id, verdict)| matching::Verdict {
            id,
            is_relevant: verdict.level >= LIKES_FROM,
            why: why(verdict),
        })
        .collect();
    out.sort_by_key(|verdict| verdict.id);
    out
}

/// Why a match was judged so, as the engine learns from it: what is about the matter tells of like offers, too.
fn why(verdict: &Verdict) -> Option<Why> {
    if verdict.level >= LIKES_FROM {
        return Some(Why::Fits);
    }
    Some(match Reason::from_code(&verdict.reason)? {
        Reason::Field => Why::OtherField,
        Reason::Topic | Reason::Figures => Why::OtherProblem,
        Reason::Maturity => Why::TooEarly,
        Reason::Price => Why::TooDear,
        Reason::Mode => Why::OtherMode,
        Reason::Rights => Why::Unavailable,
        Reason::Source => Why::KnownAlready,
    })
}

/// The kinds that are on offer.
#[must_use]
pub(crate) fn offers(app: &App) -> Section {
    let kinds = entries::kinds(app);
    let offers = kinds
        .all()
        .iter()
        .filter(|kind| kind.key() != crate::deeds::opening::NEED);
    Section {
        path: "/match",
        kinds: offers.cloned().collect(),
    }
}

/// A list's filter as the engine takes it: the filters, and the kinds.
#[must_use]
pub(crate) fn filters(filter: &Filter, today: Day) -> (Filters, Vec<String>) {
    let level = |n: i64| u8::try_from(n).unwrap_or(u8::MAX);
    let filters = Filters {
        fields: filter.sector.iter().map(|sector| sector.code().to_owned()).collect(),
        region: filter.region.map(prefix),
        maturity: filter.trl.map(|(low, high)| level(low)..=level(high)),
        modes: filter.mode.iter().cloned().collect(),
        price_max: None,
        on: Some(today),
    };
    (filters, filter.kinds.iter().map(|kind| (*kind).to_owned()).collect())
}

/// The digits that all codes within a division begin with.
#[must_use]
pub(crate) fn prefix(region: Region) -> String {
    let digits = match region.level() {
        DivisionLevel::Province => 2,
        DivisionLevel::City => 4,
        DivisionLevel::County => 6,
    };
    region.to_string().chars().take(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_counts() {
        let id = Uuid::from_u128;
        let verdict = |offer, by, level, said_at| Verdict {
            need_id: id(1),
            offer_id: id(offer),
            said_by: id(by),
            level,
            reason: String::new(),
            said_at,
        };
        let all = [verdict(2, 10, 4, 5), verdict(2, 11, 1, 9), verdict(3, 10, 3, 5)];
        let told: Vec<(Uuid, bool)> = said(&all, id(1)).into_iter().map(|v| (v.id, v.is_relevant)).collect();
        assert_eq!(told, [(id(2), false), (id(3), true)]);
        let of_offer = said(&all[..1], id(2));
        assert_eq!((of_offer[0].id, of_offer[0].is_relevant), (id(1), true));
    }

    #[test]
    fn divisions_are_prefixes() {
        let of = |code| prefix(Region::new(code).unwrap());
        assert_eq!(
            (of("320000"), of("320500"), of("320582")),
            ("32".into(), "3205".into(), "320582".into())
        );
    }
}
