//! What the address of a list asks for. Whatever it doesn't know it leaves out, so that an old address still shows a list.

use kernel::text::fold;
use kernel::{Fen, MAX_FEN, Region, Regions, Sector};
use serde::Deserialize;

use super::{Marked, PAGES_MAX};

/// Words of a search that count; further ones are left out.
const WORDS_MAX: usize = 5;
/// Longest search, in characters.
const SEARCH_MAX: usize = 60;

/// The query of a list's address, as it comes. Empty is the same as absent.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Params {
    /// Words that title, owner, keywords or text must contain, all of them.
    pub q: String,
    /// Field of industry: `IT`, `AI`, `BIO`, `NE`, `NM`, `EQ`, `ENV`, `AGR`, `OTHER`.
    pub sector: String,
    /// Six-digit code of a division; everything within it counts.
    pub region: String,
    /// Kind: `patent`, `achievement`.
    pub kind: String,
    /// The kind's own category.
    pub category: String,
    /// Readiness: `1-3`, `4-5`, `6-7`, `8-9`.
    pub maturity: String,
    /// Way of dealing.
    pub mode: String,
    /// Price band in 万元: `0-10`, `10-50`, `50-100`, `100-500`, `500-`, `negotiable`.
    pub price: String,
    /// Level of the plan behind it: `national`, `provincial`, `municipal`.
    pub plan: String,
    /// Marked offers: `outside` from outside the programme's region, `large` those among them with the price that it asks for.
    pub mark: String,
    /// Published within so many days: `7`, `30`, `90`.
    pub since: String,
    /// Order: `newest`, `cheapest`, `dearest`, `deadline`.
    pub sort: String,
    /// Page, from 1.
    pub page: String,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Last published first.
    #[default]
    Newest,
    /// Lowest price first.
    Cheapest,
    /// Highest price first.
    Dearest,
    /// What ends first, first.
    Deadline,
}

impl Sort {
    /// All orders.
    pub const ALL: [Self; 4] = [Self::Newest, Self::Cheapest, Self::Dearest, Self::Deadline];

    /// As in addresses; words are under `entries-sort-CODE`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Cheapest => "cheapest",
            Self::Dearest => "dearest",
            Self::Deadline => "deadline",
        }
    }
}

/// A band of prices. Bands follow where deals are made: most by brokers on the net stay within 50 万元.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceBand {
    /// Below 10 万元.
    To10,
    /// 10 to 50 万元.
    To50,
    /// 50 to 100 万元.
    To100,
    /// 100 to 500 万元.
    To500,
    /// 500 万元 and more.
    Over500,
    /// 面议.
    Negotiable,
}

/// Fen in a 万元.
const WAN: i64 = 1_000_000;

impl PriceBand {
    /// All bands.
    pub const ALL: [Self; 6] = [
        Self::To10,
        Self::To50,
        Self::To100,
        Self::To500,
        Self::Over500,
        Self::Negotiable,
    ];

    /// As in addresses; words are under `entries-price-` and the code, `500-` without its stroke.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::To10 => "0-10",
            Self::To50 => "10-50",
            Self::To100 => "50-100",
            Self::To500 => "100-500",
            Self::Over500 => "500-",
            Self::Negotiable => "negotiable",
        }
    }

    /// The id of its words.
    #[must_use]
    pub fn words(self) -> String {
        format!("entries-price-{}", self.code().trim_end_matches('-'))
    }

    /// From which price, in fen, up to below which.
    #[must_use]
    pub fn bounds(self) -> (i64, i64) {
        match self {
            Self::To10 => (0, 10 * WAN),
            Self::To50 => (10 * WAN, 50 * WAN),
            Self::To100 => (50 * WAN, 100 * WAN),
            Self::To500 => (100 * WAN, 500 * WAN),
            Self::Over500 | Self::Negotiable => (500 * WAN, MAX_FEN + 1),
        }
    }

    /// The band that an amount lies in.
    #[must_use]
    pub fn of(amount: Fen) -> Option<Self> {
        let fits = |band: &Self| {
            let (low, high) = band.bounds();
            low <= amount.get() && amount.get() < high
        };
        Self::ALL.into_iter().filter(|b| *b != Self::Negotiable).find(fits)
    }
}

/// Published within so many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since(i64);

impl Since {
    /// The spans that a page offers, in days; words are under `entries-since-DAYS`.
    pub const DAYS: [i64; 3] = [7, 30, 90];

    /// The days.
    #[must_use]
    pub fn days(self) -> i64 {
        self.0
    }

    /// The same in microseconds.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0.saturating_mul(86_400 * 1_000_000)
    }
}

/// Spans of readiness that a page offers: idea, laboratory, pilot, production. Words are under `entries-maturity-CODE`.
pub const MATURITIES: [(&str, i64, i64); 4] = [("1-3", 1, 3), ("4-5", 4, 5), ("6-7", 6, 7), ("8-9", 8, 9)];

/// What a list is to show.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The kinds, at least one.
    pub kinds: Vec<&'static str>,
    /// Folded words, all of which must occur.
    pub words: Vec<String>,
    /// Field of industry.
    pub sector: Option<Sector>,
    /// Within this division.
    pub region: Option<Region>,
    /// The kind's own category.
    pub category: Option<String>,
    /// Readiness from, to.
    pub trl: Option<(i64, i64)>,
    /// Way of dealing.
    pub mode: Option<String>,
    /// Level of the plan behind it.
    pub plan_level: Option<String>,
    /// Price.
    pub price: Option<PriceBand>,
    /// Marked offers only.
    pub mark: Option<Marked>,
    /// Published within.
    pub since: Option<Since>,
    /// Order.
    pub sort: Sort,
    /// Page, from 1.
    pub page: i64,
}

impl Filter {
    /// Reads what an address asks for of these kinds.
    #[must_use]
    pub fn new(params: &Params, kinds: &[&'static str], regions: &Regions) -> Self {
        let chosen: Vec<_> = kinds.iter().copied().filter(|k| *k == params.kind).collect();
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let find_trl = MATURITIES.iter().find(|(code, _, _)| *code == params.maturity);
        Self {
            kinds: if chosen.is_empty() { kinds.to_vec() } else { chosen },
            words: words(&params.q),
            sector: Sector::from_code(&params.sector),
            region: Region::new(&params.region).filter(|r| regions.get(r).is_some()),
            category: some(&params.category),
            trl: find_trl.map(|(_, low, high)| (*low, *high)),
            mode: some(&params.mode).filter(|m| is_code(m)),
            plan_level: some(&params.plan),
            price: PriceBand::ALL.into_iter().find(|b| b.code() == params.price),
            // By the programme in force: a section adds it.
            mark: None,
            since: params.since.parse().ok().filter(|d| Since::DAYS.contains(d)).map(Since),
            sort: Sort::ALL
                .into_iter()
                .find(|s| s.code() == params.sort)
                .unwrap_or_default(),
            page: params.page.parse().unwrap_or(1).clamp(1, PAGES_MAX),
        }
    }
}

/// Whether a text is a code of a list: it goes into a pattern, so it must not hold signs of one.
fn is_code(text: &str) -> bool {
    text.bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The words of a search, as entries keep theirs.
fn words(text: &str) -> Vec<String> {
    let text: String = kernel::text::normalise(text).chars().take(SEARCH_MAX).collect();
    let split = text.split(|c: char| c == ' ' || "，、；,;".contains(c));
    split.map(fold).filter(|w| !w.is_empty()).take(WORDS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(query: &str) -> Filter {
        let mut params = Params::default();
        for (k, v) in query.split('&').filter_map(|p| p.split_once('=')) {
            let field = match k {
                "q" => &mut params.q,
                "kind" => &mut params.kind,
                "region" => &mut params.region,
                "price" => &mut params.price,
                "since" => &mut params.since,
                "page" => &mut params.page,
                "mode" => &mut params.mode,
                "maturity" => &mut params.maturity,
                "sort" => &mut params.sort,
                other => panic!("{other}"),
            };
            *field = v.to_owned();
        }
        Filter::new(&params, &["patent", "achievement"], Regions::builtin())
    }

    #[test]
    fn unknown_values_are_left_out() {
        let f = filter("kind=x&region=999999&price=a&since=8&page=-3&mode=%&maturity=9&sort=z");
        assert_eq!(f.kinds, ["patent", "achievement"]);
        assert!(f.region.is_none() && f.price.is_none() && f.since.is_none() && f.mode.is_none() && f.trl.is_none());
        assert_eq!((f.page, f.sort), (1, Sort::Newest));
        assert_eq!(filter("page=99999").page, PAGES_MAX);
    }

    #[test]
    fn searches_are_folded_and_cut() {
        assert_eq!(
            filter("q=齿轮　《变形》，ZL202010123456.2").words,
            ["齿轮", "变形", "zl2020101234562"]
        );
        assert_eq!(filter("q=a b c d e f g").words.len(), WORDS_MAX);
        assert!(filter("q=、。 ").words.is_empty());
        assert_eq!(filter("kind=patent").kinds, ["patent"]);
    }

    #[test]
    fn bands_meet_without_gap() {
        for pair in PriceBand::ALL[..5].windows(2) {
            assert_eq!(pair[0].bounds().1, pair[1].bounds().0);
        }
        assert_eq!(PriceBand::of(Fen::new(100 * WAN)), Some(PriceBand::To500));
        assert_eq!(PriceBand::of(Fen::new(MAX_FEN)), Some(PriceBand::Over500));
        assert_eq!(PriceBand::of(Fen::new(-1)), None);
    }
}
