//! The home page (what is new, what comes next, where it happens) and the help page (forms, documents, deadlines: R122).

use axum::response::Response;
use jcore::{Action, Cx, NavItem, Result, Routes, Rule, Shell, When, Who};
use kernel::{Day, Region};
use rulebook::{Programme, SeasonKey, Subject as DocumentFor};

const SEE: Action = Action("site.see");
/// Newest needs and offers shown.
const NEWEST: usize = 5;
/// Lots shown.
const LOTS: usize = 4;
/// Coming days shown.
const NEXT: usize = 4;
/// Shades of the tiles in the style sheet.
const SHADES: i64 = 5;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/", SEE, home).get("/help", SEE, help)
}

pub(crate) fn rules() -> Vec<Rule> {
    vec![Rule::new(SEE, Who::Anyone, When::Always)]
}

pub(crate) fn nav() -> Vec<NavItem> {
    vec![
        NavItem {
            key: "home",
            href: "/",
            order: 0,
            action: SEE,
        },
        NavItem {
            key: "help",
            href: "/help",
            order: 90,
            action: SEE,
        },
    ]
}

struct Figure {
    number: String,
    text: String,
    href: &'static str,
}

struct SectorFigure {
    code: &'static str,
    name: String,
    needs: i64,
}

struct City {
    code: String,
    name: String,
    needs: i64,
    shade: String,
}

struct Coming {
    what: String,
    day: String,
    left: String,
}

#[derive(askama::Template)]
#[template(path = "home.html")]
struct HomePage {
    s: Shell,
    figures: Vec<Figure>,
    sectors: Vec<SectorFigure>,
    next: Vec<Coming>,
    lots: Vec<auctions::FrontLot>,
    needs: Vec<entries::RowView>,
    offers: Vec<entries::RowView>,
    place: String,
    cities: Vec<City>,
}

async fn home(cx: Cx) -> Result<Response> {
    let programme = programme::now(&cx.app);
    let figures = entries::figures(&cx, NEWEST).await?;
    let lots = auctions::front(&cx, LOTS).await?;
    let count = |n: i64| group(n);
    cx.page(&HomePage {
        figures: vec![
            Figure {
                number: count(figures.needs),
                text: cx.t("home-fig-needs"),
                href: "/needs",
            },
            Figure {
                number: count(figures.offers),
                text: cx.t("home-fig-offers"),
                href: "/offers",
            },
            Figure {
                number: count(figures.this_week),
                text: cx.t("home-fig-week"),
                href: "/needs?since=7",
            },
            Figure {
                number: count(figures.organisations),
                text: cx.t("home-fig-orgs"),
                href: "/offers",
            },
        ],
        sectors: programme
            .sectors
            .iter()
            .map(|f| SectorFigure {
                code: f.code(),
                name: cx.t(&format!("sector-{}", f.code().to_lowercase())),
                needs: figures.by_sector.get(f.code()).copied().unwrap_or(0),
            })
            .collect(),
        next: coming(&cx, &programme),
        lots,
        place: cx
            .app
            .regions
            .get(programme.region)
            .map_or_else(String::new, |d| d.name.to_string()),
        cities: cities(&cx, programme.region, &figures.by_place),
        needs: figures.newest_needs,
        offers: figures.newest_offers,
        s: cx.shell().phases(),
    })
}

/// `12,345`.
fn group(n: i64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// The places right beneath the programme's region: cities of a province, counties of a city.
fn cities(cx: &Cx, home: Region, by_place: &std::collections::BTreeMap<String, i64>) -> Vec<City> {
    let regions = &cx.app.regions;
    let below = if regions.cities_of(home).is_empty() {
        regions.counties_of(home)
    } else {
        regions.cities_of(home)
    };
    let needs_in = |code: Region| {
        by_place
            .iter()
            .filter(|(c, _)| c.parse::<Region>().is_ok_and(|c| regions.is_within(c, code)))
            .map(|(_, n)| *n)
            .sum::<i64>()
    };
    let counted: Vec<_> = below
        .iter()
        .filter(|d| !d.pseudo)
        .map(|d| (d.code, d.name.to_string(), needs_in(d.code)))
        .collect();
    let most = counted.iter().map(|c| c.2).max().unwrap_or(0).max(1);
    counted
        .into_iter()
        .map(|(code, name, needs)| City {
            code: code.to_string(),
            name: name.trim_end_matches('市').to_owned(),
            needs,
            shade: format!("v{}", (needs * SHADES + most - 1) / most),
        })
        .collect()
}

/// The next bidding days, deadlines and phases.
fn coming(cx: &Cx, programme: &Programme) -> Vec<Coming> {
    let today = cx.now.date_in_cn();
    let lang = cx.lang.code();
    let mut list: Vec<(Day, String)> = programme
        .bidding_days()
        .iter()
        .filter_map(rulebook::BiddingDay::takes_place)
        .filter(|d| *d >= today)
        .take(2)
        .map(|d| (d, cx.t("home-bidding-day")))
        .collect();
    list.extend(
        programme
            .deadlines
            .iter()
            .map(|d| (d.last_day(), d.name.get(lang).to_owned())),
    );
    list.extend(programme.windows.iter().map(|w| (w.from, w.name.get(lang).to_owned())));
    list.retain(|(day, _)| *day >= today);
    list.sort();
    list.into_iter()
        .take(NEXT)
        .map(|(day, what)| Coming {
            what,
            left: left(cx, today, day),
            day: dated(cx, day),
        })
        .collect()
}

fn dated(cx: &Cx, day: Day) -> String {
    format!(
        "{day} {}",
        cx.t(&format!("weekday-{}", day.weekday().to_monday_one_offset()))
    )
}

fn left(cx: &Cx, today: Day, day: Day) -> String {
    let days = today.until(day).map_or(0, |s| s.get_days());
    match days {
        0 => cx.t("home-left-today"),
        1 => cx.t("home-left-tomorrow"),
        n => cx.ta("home-left", &[("n", n.to_string())]),
    }
}

struct FormLine {
    name: String,
    href: String,
    fields: usize,
}

struct DocumentLine {
    name: String,
    first_time: bool,
    must: bool,
    source: String,
}

struct Group {
    key: &'static str,
    title: String,
    forms: Vec<FormLine>,
    documents: Vec<DocumentLine>,
}

struct DeadlineLine {
    name: String,
    day: String,
    channels: Vec<String>,
}

#[derive(askama::Template)]
#[template(path = "help.html")]
struct HelpPage {
    s: Shell,
    groups: Vec<Group>,
    deadlines: Vec<DeadlineLine>,
}

async fn help(cx: Cx) -> Result<Response> {
    let programme = programme::now(&cx.app);
    let group = |key: &'static str, season: Option<SeasonKey>| Group {
        key,
        title: cx.t(&format!("help-group-{key}")),
        forms: forms_of(&cx, season.map_or("", season_code)),
        documents: documents_of(&cx, &programme, season),
    };
    let mut groups = vec![
        group("auction", Some(SeasonKey::Auction)),
        group("challenge", Some(SeasonKey::Challenge)),
        group("all", None),
    ];
    groups.retain(|g| !g.forms.is_empty() || !g.documents.is_empty());
    let lang = cx.lang.code();
    let deadlines = programme
        .deadlines
        .iter()
        .map(|d| DeadlineLine {
            name: d.name.get(lang).to_owned(),
            day: dated(&cx, d.last_day()),
            channels: d.channels.iter().map(|c| c.to.get(lang).to_owned()).collect(),
        })
        .collect();
    cx.page(&HelpPage {
        s: cx.shell(),
        groups,
        deadlines,
    })
}

fn season_code(season: SeasonKey) -> &'static str {
    match season {
        SeasonKey::Auction => "auction",
        SeasonKey::Challenge => "challenge",
    }
}

fn forms_of(cx: &Cx, season: &str) -> Vec<FormLine> {
    let Some(kinds) = cx.app.extra::<intake::Kinds>() else {
        return Vec::new();
    };
    kinds
        .all()
        .iter()
        .filter(|k| k.season() == season)
        .map(|k| FormLine {
            name: cx.t(&format!("intake-kind-{}", k.key())),
            href: format!("/templates/{}", k.key()),
            fields: k.form().fields().count(),
        })
        .collect()
}

/// Papers that are signed and sealed, not filled in as sheets: those have a form above.
fn documents_of(cx: &Cx, programme: &Programme, season: Option<SeasonKey>) -> Vec<DocumentLine> {
    let sheets = [
        DocumentFor::Patent,
        DocumentFor::Achievement,
        DocumentFor::Need,
        DocumentFor::Liaison,
    ];
    programme
        .documents
        .iter()
        .filter(|d| d.season == season && !sheets.contains(&d.subject))
        .map(|d| DocumentLine {
            name: d.name.get(cx.lang.code()).to_owned(),
            first_time: d.first_time_only,
            must: d.hard,
            source: d.source.to_string(),
        })
        .collect()
}
