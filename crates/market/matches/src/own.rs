//! The matches of one public entry, ranked by what people said of them.

use jcore::{Cx, Result};
use matching::Family;
use uuid::Uuid;

use crate::deeds::opening::NEED;
use crate::document;
use crate::finding::{Asking, Fit, find, fits, query_of};
use crate::model::Verdict;
use crate::reasons::Budget;
use crate::rules::LIKES_FROM;
use crate::store::{threads, verdicts};

/// Further matches that are asked for, since some fall out that are judged already.
const BEYOND: usize = 60;

/// A public need with its matches.
pub(crate) struct Chosen {
    /// The need.
    pub(crate) id: Uuid,
    /// Its title.
    pub(crate) title: String,
    /// Its page.
    pub(crate) href: String,
    /// The head of its text.
    pub(crate) summary: String,
    /// What fits it, the best first.
    pub(crate) fits: Vec<Fit>,
    /// How many offers somebody has judged.
    pub(crate) judged: usize,
    /// How often it was brought together with an offer.
    pub(crate) threads: usize,
}

/// What fits a public entry of a kind: offers for a need, needs for an offer; or of its own family, what is like it.
///
/// # Errors
/// The store's, or the index's.
pub(crate) async fn fitting(cx: &Cx, id: Uuid, family: Family, limit: usize) -> Result<Vec<Fit>> {
    let Some((document, said)) = asked(cx, id).await? else {
        return Ok(Vec::new());
    };
    // What was said of offers says nothing of needs that are like this one.
    let said = if document.family == family { Vec::new() } else { said };
    let query = query_of(&document, family, limit, &said, cx.now.date_in_cn());
    let budget = match (document.family, family) {
        (Family::Need, Family::Offer) => Budget::Asked,
        (Family::Offer, Family::Need) => Budget::Items,
        _ => Budget::Nobodys,
    };
    let asking = Asking {
        text: &document.body,
        facts: &document.facts,
        budget,
    };
    fits(cx, &find(&cx.app, query).await?, asking).await
}

/// The document of an entry that is public now, and what people said of its matches.
async fn asked(cx: &Cx, id: Uuid) -> Result<Option<(matching::Document, Vec<Verdict>)>> {
    let mut conn = cx.app.read().await?;
    let rows = entries::public_rows(&mut conn, &[id], cx.now.micros()).await?;
    let kinds = entries::kinds(&cx.app);
    let Some(row) = rows.first() else { return Ok(None) };
    let Some(kind) = kinds.get(&row.kind) else {
        return Ok(None);
    };
    let said = if row.kind == NEED {
        verdicts::of_need(&mut conn, id).await?
    } else {
        verdicts::of_offer(&mut conn, id).await?
    };
    Ok(Some((document::of_row(kind.as_ref(), row)?, said)))
}

/// A public need with its best matches; those that are judged, or are being brought together, on request left out.
///
/// # Errors
/// The store's, or the index's.
pub(crate) async fn matches_of(cx: &Cx, need: Uuid, limit: usize, only_open: bool) -> Result<Option<Chosen>> {
    let Some((document, said)) = asked(cx, need).await? else {
        return Ok(None);
    };
    let talks = threads::of_need(&mut cx.app.read().await?, need).await?;
    let query = query_of(&document, Family::Offer, limit + BEYOND, &said, cx.now.date_in_cn());
    let asking = Asking {
        text: &document.body,
        facts: &document.facts,
        budget: Budget::Asked,
    };
    let mut all = fits(cx, &find(&cx.app, query).await?, asking).await?;
    let is_judged = |id: Uuid| said.iter().any(|verdict| verdict.offer_id == id);
    let talks_now = |id: Uuid| talks.iter().any(|(_, offer, state)| *offer == id && state != "closed");
    let is_disliked = |id: Uuid| {
        said.iter()
            .any(|verdict| verdict.offer_id == id && verdict.level < LIKES_FROM)
    };
    if only_open {
        all.retain(|fit| !is_judged(fit.row.id) && !talks_now(fit.row.id));
    } else {
        all.retain(|fit| !is_disliked(fit.row.id));
    }
    all.truncate(limit);
    let mut judged: Vec<Uuid> = said.iter().map(|verdict| verdict.offer_id).collect();
    judged.sort_unstable();
    judged.dedup();
    let home = entries::kinds(&cx.app).get(NEED).map_or("/needs", |kind| kind.home());
    let summary = document.body.lines().next().unwrap_or_default();
    Ok(Some(Chosen {
        id: need,
        title: document.title.clone(),
        href: cx.href(&format!("{home}/{need}")),
        summary: summary.chars().take(SUMMARY_CHARS).collect(),
        fits: all,
        judged: judged.len(),
        threads: talks.len(),
    }))
}

/// Characters of a need's text that stand above its matches.
const SUMMARY_CHARS: usize = 160;
