//! `/search`: one box over everything public, with suggestions while typing.

use std::collections::BTreeMap;

use accounts::{Gate, Guard};
use askama::Template;
use axum::response::Response;
use entries::RowView;
use entries::browse::{Followed, MATURITIES, place, sector_name};
use jcore::{Cx, Query, Result, Shell};
use kernel::Region;
use matching::{Hits, Search};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::finding::prefix;
use crate::index::{Matcher, blocking};
use crate::items::items;
use crate::marked::{Piece, pieces};

/// Hits of a page.
pub(crate) const PER_PAGE: usize = 20;
/// Suggestions while typing.
const SUGGESTED: usize = 8;
/// The last page that an address may ask for.
const PAGES_MAX: usize = 500;
/// Places that a filter offers: the thirteen cities of a province and some from outside.
const PLACES_MAX: usize = 16;

/// What an address asks for. Empty is the same as absent; what is not known is left out.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Params {
    /// What is looked for: words in Chinese or English, pinyin or its initials, numbers, codes.
    pub(crate) q: String,
    /// Kind: `need`, `patent`, `achievement`.
    pub(crate) kind: String,
    /// Field of industry, by its code.
    pub(crate) field: String,
    /// Six-digit code of a division; everything within it counts.
    pub(crate) region: String,
    /// Readiness: `1-3`, `4-5`, `6-7`, `8-9`.
    pub(crate) maturity: String,
    /// Way of dealing, by its code.
    pub(crate) mode: String,
    /// Page, from 1.
    pub(crate) page: String,
}

impl Params {
    fn page(&self) -> usize {
        self.page.parse().unwrap_or(1).clamp(1, PAGES_MAX)
    }

    /// What the engine is asked.
    pub(crate) fn search(&self, cx: &Cx) -> Search {
        let some = |text: &str| match text.trim() {
            "" => Vec::new(),
            text => vec![text.to_owned()],
        };
        let known = |region: &Region| cx.app.regions.get(region).is_some();
        let band = MATURITIES.iter().find(|(code, _, _)| *code == self.maturity);
        let level = |n: i64| u8::try_from(n).unwrap_or(u8::MAX);
        Search {
            text: self.q.trim().to_owned(),
            families: Vec::new(),
            kinds: some(&self.kind),
            fields: some(&self.field),
            region: Region::new(&self.region).filter(known).map(prefix),
            maturity: band.map(|(_, low, high)| level(*low)..=level(*high)),
            modes: some(&self.mode),
            page: self.page(),
            per_page: PER_PAGE,
        }
    }

    fn pairs(&self) -> [(&'static str, &str); 6] {
        [
            ("q", self.q.trim()),
            ("kind", &self.kind),
            ("field", &self.field),
            ("region", &self.region),
            ("maturity", &self.maturity),
            ("mode", &self.mode),
        ]
    }

    /// The address with one thing changed, or taken off.
    fn with(&self, key: &str, value: Option<&str>) -> String {
        let kept = self
            .pairs()
            .into_iter()
            .filter(|(name, value)| *name != key && !value.is_empty());
        let pairs = kept.chain(value.map(|value| (key, value)));
        let query: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        if query.is_empty() {
            "/search".to_owned()
        } else {
            format!("/search?{}", query.join("&"))
        }
    }
}

/// A value as an address carries it.
pub(crate) fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let one = |byte: u8| match byte {
        byte if plain(byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

/// Asks the engine.
///
/// # Errors
/// Too many; the index's.
pub(crate) async fn hits(cx: &Cx, search: Search) -> Result<Hits> {
    Guard::of(&cx.app)?.pass(Gate::Search, &cx.address, cx.now)?;
    let engine = Matcher::of(&cx.app)?.engine(&cx.app).await?;
    blocking(move || engine.search(&search)).await
}

/// A hit on a page.
struct HitView {
    row: RowView,
    title: Vec<Piece>,
    snippet: Vec<Piece>,
}

/// A choice of a facet.
struct Choice {
    text: String,
    count: u64,
    href: String,
    chosen: bool,
}

/// A facet.
struct Facet {
    label: String,
    choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "matches_search.html")]
struct SearchPage {
    s: Shell,
    q: String,
    hits: Vec<HitView>,
    total: usize,
    is_loose: bool,
    /// Whether the index is still being made.
    is_making: bool,
    facets: Vec<Facet>,
    chips: Vec<(String, String)>,
    page: usize,
    pages: usize,
    prev: String,
    next: String,
    /// Where following this search begins; empty where nothing is looked for.
    follow: String,
}

/// `GET /search`
pub(crate) async fn show(cx: Cx, Query(params): Query<Params>) -> Result<Response> {
    // Asked first: made in between, it has found all.
    let is_making = Matcher::of(&cx.app)?.is_making(&cx.app).await?;
    let found = hits(&cx, params.search(&cx)).await?;
    let ids: Vec<Uuid> = found.items.iter().map(|hit| hit.id).collect();
    let mut rows = items(&cx, &ids).await?;
    let hit = |hit: &matching::Hit| {
        Some(HitView {
            row: rows.remove(&hit.id)?,
            title: pieces(&hit.title),
            snippet: pieces(&hit.snippet),
        })
    };
    let hits: Vec<HitView> = found.items.iter().filter_map(hit).collect();
    let pages = found.total.div_ceil(PER_PAGE).clamp(1, PAGES_MAX);
    let page = params.page();
    let at = |page: usize| cx.href(&params.with("page", Some(&page.to_string())));
    cx.page(&SearchPage {
        s: cx.shell(),
        q: params.q.clone(),
        hits,
        total: found.total,
        is_loose: found.is_loose,
        is_making,
        facets: facets(&cx, &params, &found),
        chips: chips(&cx, &params),
        page,
        pages,
        prev: if page > 1 { at(page - 1) } else { String::new() },
        next: if page < pages { at(page + 1) } else { String::new() },
        follow: follow(&cx, &params),
    })
}

/// Where following what is looked for begins.
fn follow(cx: &Cx, params: &Params) -> String {
    let Params {
        q, kind, field, region, ..
    } = params;
    if [q, kind, field, region].iter().all(|text| text.trim().is_empty()) {
        return String::new();
    }
    let followed = Followed {
        words: q,
        kinds: Some(kind.trim()).filter(|kind| !kind.is_empty()).into_iter().collect(),
        sector: field,
        region,
    };
    followed.href(cx)
}

/// The conditions in force, each with the address without it.
fn chips(cx: &Cx, params: &Params) -> Vec<(String, String)> {
    let text = |key: &str, value: &str| match key {
        "kind" => cx.t(&format!("entries-kind-{value}")),
        "field" => sector_name(cx, value),
        "region" => place(cx, value),
        "maturity" => cx.t(&format!("entries-maturity-{value}")),
        "mode" => mode_name(cx, value),
        _ => value.to_owned(),
    };
    let known = params
        .pairs()
        .into_iter()
        .filter(|(key, value)| *key != "q" && is_known(cx, key, value));
    known
        .map(|(key, value)| (text(key, value), cx.href(&params.with(key, None))))
        .collect()
}

/// Whether a condition is one that can be met: others are left out, so that an old address still shows something.
fn is_known(cx: &Cx, key: &str, value: &str) -> bool {
    match key {
        "kind" => entries::kinds(&cx.app).get(value).is_some(),
        "field" => kernel::Sector::from_code(value).is_some(),
        "region" => Region::new(value).is_some_and(|region| cx.app.regions.get(region).is_some()),
        "maturity" => MATURITIES.iter().any(|(code, _, _)| *code == value),
        _ => !value.is_empty() && mode_name(cx, value) != value,
    }
}

/// A way of dealing in words, by the form that has it.
fn mode_name(cx: &Cx, code: &str) -> String {
    for kind in entries::kinds(&cx.app).all() {
        let list = kind.form().field("modes").and_then(forms::Field::list);
        if let Some(choice) = list.and_then(|list| list.choice(code)) {
            let english = choice.names.get(1).filter(|_| cx.lang == jcore::Lang::En);
            return english.map_or_else(|| choice.name_zh().to_owned(), |name| (*name).to_owned());
        }
    }
    code.to_owned()
}

fn facets(cx: &Cx, params: &Params, found: &Hits) -> Vec<Facet> {
    let facet = |key: &'static str, chosen: &str, counts: Vec<(String, String, u64)>| {
        let choice = |(code, text, count): (String, String, u64)| {
            let is_chosen = code == chosen;
            Choice {
                text,
                count,
                href: cx.href(&params.with(key, Some(&code).filter(|_| !is_chosen).map(String::as_str))),
                chosen: is_chosen,
            }
        };
        Facet {
            label: cx.t(&format!("matches-facet-{key}")),
            choices: counts.into_iter().map(choice).collect(),
        }
    };
    let named = |counts: &BTreeMap<String, u64>, name: &dyn Fn(&str) -> String| {
        let mut out: Vec<_> = counts.iter().map(|(code, n)| (code.clone(), name(code), *n)).collect();
        out.sort_by_key(|(_, _, n)| std::cmp::Reverse(*n));
        out
    };
    let counts = &found.facets;
    let mut out = vec![
        facet(
            "kind",
            &params.kind,
            named(&counts.kinds, &|code| cx.t(&format!("entries-kind-{code}"))),
        ),
        facet(
            "field",
            &params.field,
            named(&counts.fields, &|code| sector_name(cx, code)),
        ),
        facet("region", &params.region, cities(cx, &counts.regions)),
        facet("maturity", &params.maturity, levels(cx, &counts.maturity)),
        facet("mode", &params.mode, named(&counts.modes, &|code| mode_name(cx, code))),
    ];
    out.retain(|facet| !facet.choices.is_empty());
    out
}

/// Counts of divisions by their city: a county would be a list of its own.
fn cities(cx: &Cx, counts: &BTreeMap<String, u64>) -> Vec<(String, String, u64)> {
    let mut by_city: BTreeMap<String, u64> = BTreeMap::new();
    for (code, count) in counts {
        if let Some(region) = Region::new(code) {
            *by_city.entry(region.city().to_string()).or_default() += count;
        }
    }
    let mut out: Vec<_> = by_city
        .into_iter()
        .map(|(code, count)| {
            let name = place(cx, &code);
            (code, name, count)
        })
        .filter(|(_, name, _)| !name.is_empty())
        .collect();
    out.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
    out.truncate(PLACES_MAX);
    out
}

/// Counts of levels by their bands.
fn levels(cx: &Cx, counts: &BTreeMap<String, u64>) -> Vec<(String, String, u64)> {
    let of = |low: i64, high: i64| -> u64 {
        let within = |level: &str| level.parse::<i64>().is_ok_and(|level| (low..=high).contains(&level));
        counts.iter().filter(|(level, _)| within(level)).map(|(_, n)| *n).sum()
    };
    MATURITIES
        .iter()
        .map(|(code, low, high)| {
            (
                (*code).to_owned(),
                cx.t(&format!("entries-maturity-{code}")),
                of(*low, *high),
            )
        })
        .filter(|(_, _, count)| *count > 0)
        .collect()
}

/// A suggestion.
#[derive(Debug, Serialize)]
pub(crate) struct Suggested {
    /// The title.
    pub(crate) title: String,
    /// Its page.
    pub(crate) href: String,
    /// Its kind, in words.
    pub(crate) kind: String,
}

/// What an address asks for while somebody types.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct TypedParams {
    q: String,
}

/// `GET /search/suggest`: titles for what is typed so far, as JSON.
pub(crate) async fn suggest(cx: Cx, Query(params): Query<TypedParams>) -> Result<Response> {
    Guard::of(&cx.app)?.pass(Gate::Search, &cx.address, cx.now)?;
    let engine = Matcher::of(&cx.app)?.engine(&cx.app).await?;
    let suggested = blocking(move || Ok::<_, String>(engine.suggest(&params.q, SUGGESTED))).await?;
    let ids: Vec<Uuid> = suggested.iter().map(|one| one.id).collect();
    let mut rows = items(&cx, &ids).await?;
    let one = |id: &Uuid| {
        let row = rows.remove(id)?;
        Some(Suggested {
            title: row.title,
            href: row.href,
            kind: row.kind,
        })
    };
    let out: Vec<Suggested> = ids.iter().filter_map(one).collect();
    cx.json(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_keep_what_is_chosen() {
        let params = Params {
            q: "电池 回收".into(),
            kind: "patent".into(),
            page: "3".into(),
            ..Params::default()
        };
        let query = "q=%E7%94%B5%E6%B1%A0%20%E5%9B%9E%E6%94%B6";
        assert_eq!(
            params.with("field", Some("NE")),
            format!("/search?{query}&kind=patent&field=NE")
        );
        assert_eq!(params.with("kind", None), format!("/search?{query}"));
        assert_eq!(Params::default().with("kind", None), "/search");
        assert_eq!((params.page(), Params::default().page()), (3, 1));
    }
}
