//! A list as a page shows it: rows, filters, chips, pages, all in the reader's words.

use std::sync::Arc;

use forms::{Field, Lookup, Value};
use jcore::{Cx, Result};
use kernel::{DivisionLevel, Region, Sector};

use super::filter::MATURITIES;
use super::{Filter, Followed, Mark, Marked, PAGE_ROWS, PAGES_MAX, Params, PriceBand, Since, Sort, marks};
use crate::kind::EntryKind;
use crate::model::{ListRow, codes_of};
use crate::rules::days_left;
use crate::store;
use intake::page::show_value;

/// Indicators that a row of a list shows.
const ROW_INDICATORS: usize = 3;

/// A public list: its path and the kinds that it shows.
#[derive(Clone)]
pub struct Section {
    /// Its path, as in `/offers`.
    pub path: &'static str,
    /// Its kinds.
    pub kinds: Vec<Arc<dyn EntryKind>>,
}

impl std::fmt::Debug for Section {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Section")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Section {
    /// The keys of its kinds.
    #[must_use]
    pub fn keys(&self) -> Vec<&'static str> {
        self.kinds.iter().map(|k| k.key()).collect()
    }

    /// The kind of this key.
    #[must_use]
    pub fn kind(&self, key: &str) -> Option<&dyn EntryKind> {
        self.kinds.iter().find(|k| k.key() == key).map(AsRef::as_ref)
    }

    /// Reads what an address asks for.
    #[must_use]
    pub fn filter(&self, cx: &Cx, params: &Params) -> Filter {
        let programme = programme::now(&cx.app);
        let are_marked = self
            .kinds
            .iter()
            .any(|kind| marks::are_marked(&programme, kind.as_ref()));
        Filter {
            mark: Marked::new(&params.mark, &programme).filter(|_| are_marked),
            ..Filter::new(params, &self.keys(), &cx.app.regions)
        }
    }
}

/// A condition that can be taken off.
#[derive(Debug, Clone)]
pub struct Chip {
    /// What it says.
    pub text: String,
    /// The list without it.
    pub href: String,
}

/// A choice of a filter.
#[derive(Debug, Clone)]
pub struct Opt {
    /// What is sent.
    pub value: String,
    /// What people read.
    pub text: String,
    /// Whether it is chosen.
    pub selected: bool,
}

/// A filter: a drop-down.
#[derive(Debug, Clone)]
pub struct FilterGroup {
    /// Its name in the address.
    pub name: &'static str,
    /// Its label.
    pub label: String,
    /// Its choices; the empty one stands in the template.
    pub options: Vec<Opt>,
}

/// A row of a list.
#[derive(Debug, Clone)]
pub struct RowView {
    /// Its id.
    pub id: uuid::Uuid,
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// The head of its text.
    pub summary: String,
    /// Its kind, in words.
    pub kind: String,
    /// Its category, in words; empty when not told.
    pub category: String,
    /// Fields of industry.
    pub sectors: Vec<String>,
    /// City and county.
    pub place: String,
    /// The organisation; none where it is withheld.
    pub org: Option<String>,
    /// Price or budget; none where it is withheld.
    pub price: Option<String>,
    /// Readiness; empty when not told.
    pub maturity: String,
    /// That it comes from outside the programme's region, and is worth as much as it should (R095).
    pub marks: Vec<String>,
    /// The first indicators.
    pub indicators: Vec<String>,
    /// When it was published, UTC microseconds.
    pub published_at: i64,
    /// Days that are left.
    pub days_left: i64,
    /// Whether few days are left.
    pub ending: bool,
}

/// A list.
#[derive(Debug, Clone)]
pub struct ListView {
    /// Its path.
    pub path: &'static str,
    /// Its rows.
    pub rows: Vec<RowView>,
    /// How many entries fit.
    pub count: i64,
    /// The page, from 1.
    pub page: i64,
    /// Pages in all.
    pub pages: i64,
    /// What is searched for, as typed.
    pub q: String,
    /// Filters.
    pub groups: Vec<FilterGroup>,
    /// Orders.
    pub sorts: Vec<Opt>,
    /// Conditions in force.
    pub chips: Vec<Chip>,
    /// The list without any condition.
    pub clear: String,
    /// The page before.
    pub prev: Option<String>,
    /// The page behind.
    pub next: Option<String>,
    /// The list as a workbook.
    pub xlsx: String,
    /// The list as CSV.
    pub csv: String,
    /// Where following it begins.
    pub follow: String,
}

/// The days under which a row says that it ends soon.
const ENDING_DAYS: i64 = 14;

/// A page of a list.
///
/// # Errors
/// The store's.
pub async fn list(cx: &Cx, section: &Section, params: &Params) -> Result<ListView> {
    let filter = section.filter(cx, params);
    let now = cx.now.micros();
    let mut conn = cx.app.read().await?;
    let found = store::list::find(&mut conn, &filter, now, PAGE_ROWS, (filter.page - 1) * PAGE_ROWS).await?;
    let stored = store::list::rows(&mut conn, &found.ids).await?;
    drop(conn);
    let pages = ((found.count + PAGE_ROWS - 1) / PAGE_ROWS).clamp(1, PAGES_MAX);
    let at = Address {
        path: section.path,
        params,
    };
    let page_href = |page: i64| cx.href(&at.with("page", &page.to_string()));
    Ok(ListView {
        path: section.path,
        rows: rows(cx, section, &stored)?,
        count: found.count,
        page: filter.page,
        pages,
        q: params.q.clone(),
        groups: groups(cx, section, &filter),
        sorts: sorts(cx, &filter),
        chips: chips(cx, section, &filter, &at),
        clear: cx.href(section.path),
        prev: (filter.page > 1).then(|| page_href(filter.page - 1)),
        next: (filter.page < pages).then(|| page_href(filter.page + 1)),
        xlsx: cx.href(&at.export("xlsx")),
        csv: cx.href(&at.export("csv")),
        follow: follow(section, params).href(cx),
    })
}

/// What following a list means: its kinds and those of its conditions that a subscription has, too.
fn follow<'a>(section: &'a Section, params: &'a Params) -> Followed<'a> {
    let chosen = section.kind(&params.kind).map(|kind| vec![kind.key()]);
    Followed {
        words: &params.q,
        kinds: chosen.unwrap_or_else(|| section.keys()),
        sector: &params.sector,
        region: &params.region,
    }
}

/// Rows in the reader's words.
///
/// # Errors
/// When the store holds something else than this crate wrote.
pub fn rows(cx: &Cx, section: &Section, stored: &[ListRow]) -> Result<Vec<RowView>> {
    let known = stored.iter().filter_map(|row| Some((row, section.kind(&row.kind)?)));
    known.map(|(row, kind)| row_view(cx, kind, row)).collect()
}

fn row_view(cx: &Cx, kind: &dyn EntryKind, row: &ListRow) -> Result<RowView> {
    let values = row.values()?;
    let keys = kind.keys();
    let said = |key: &str| {
        let field = kind.form().field(key)?;
        Some(show_value(cx, field, values.get(key)?))
    };
    let left = days_left(cx.now.micros(), row.expires_at.unwrap_or_default());
    Ok(RowView {
        id: row.id,
        href: cx.href(&format!("{}/{}", kind.home(), row.id)),
        title: row.title.clone(),
        summary: row.summary.clone(),
        kind: cx.t(&format!("entries-kind-{}", kind.key())),
        category: said(keys.category).unwrap_or_default(),
        sectors: codes_of(&row.sector).map(|code| sector_name(cx, code)).collect(),
        place: place(cx, &row.region),
        org: row.org_name.clone(),
        price: if row.withholds(keys.price) {
            None
        } else {
            Some(said(keys.price).unwrap_or_default())
        },
        maturity: keys.maturity.and_then(said).unwrap_or_default(),
        marks: marks::marks_of(
            cx,
            &programme::now(&cx.app),
            kind,
            &row.region,
            values.money(keys.price),
        ),
        indicators: values
            .indicators("indicators")
            .iter()
            .take(ROW_INDICATORS)
            .map(short)
            .collect(),
        published_at: row.published_at.unwrap_or_default(),
        days_left: left,
        ending: left <= ENDING_DAYS,
    })
}

/// An indicator without its present value: a row has room for the target only.
fn short(indicator: &forms::Indicator) -> String {
    forms::Indicator {
        present: None,
        ..indicator.clone()
    }
    .to_string()
}

/// The name of a field of industry.
#[must_use]
pub fn sector_name(cx: &Cx, code: &str) -> String {
    Sector::from_code(code).map_or_else(|| code.to_owned(), |s| cx.t(&s.words()))
}

/// City and county without the province, which is the same in nearly every row.
#[must_use]
pub fn place(cx: &Cx, region: &str) -> String {
    let Some(region) = Region::new(region) else {
        return String::new();
    };
    let name = |code: Region| cx.app.regions.get(code).map_or("", |d| d.name.as_str());
    match region.level() {
        DivisionLevel::County => format!("{}{}", name(region.city()), name(region)),
        _ => name(region).to_owned(),
    }
}

/// The address of a list with one thing changed.
pub(crate) struct Address<'a> {
    pub path: &'static str,
    pub params: &'a Params,
}

impl Address<'_> {
    fn pairs(&self) -> [(&'static str, &str); 12] {
        let p = self.params;
        [
            ("q", &p.q),
            ("kind", &p.kind),
            ("sector", &p.sector),
            ("region", &p.region),
            ("category", &p.category),
            ("maturity", &p.maturity),
            ("mode", &p.mode),
            ("price", &p.price),
            ("plan", &p.plan),
            ("mark", &p.mark),
            ("since", &p.since),
            ("sort", &p.sort),
        ]
    }

    fn write(&self, path: &str, but: &str, add: Option<(&str, &str)>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.pairs().into_iter().filter(|(k, v)| *k != but && !v.is_empty()));
        if let Some((key, value)) = add {
            query.append_pair(key, value);
        }
        let query = query.finish();
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        }
    }

    /// With this value instead of what is there.
    pub(crate) fn with(&self, key: &str, value: &str) -> String {
        self.write(self.path, key, Some((key, value)))
    }

    /// Without this.
    pub(crate) fn without(&self, key: &str) -> String {
        self.write(self.path, key, None)
    }

    /// The export of the same list.
    pub(crate) fn export(&self, ending: &str) -> String {
        self.write(&format!("{}.{ending}", self.path), "", None)
    }
}

/// The field by which a filter of codes is named, taken from the first kind that has it.
fn field_of(section: &Section, key: impl Fn(&dyn EntryKind) -> Option<&'static str>) -> Option<&'static Field> {
    section.kinds.iter().find_map(|k| k.form().field(key(k.as_ref())?))
}

fn code_options(cx: &Cx, field: &'static Field, chosen: Option<&str>, but: &[&str]) -> Vec<Opt> {
    let codes = field.list().map_or(&[][..], |list| list.codes);
    let option = |choice: &forms::Choice| Opt {
        value: choice.code.to_owned(),
        text: show_value(cx, field, &Value::Code(choice.code.to_owned())),
        selected: chosen == Some(choice.code),
    };
    codes.iter().filter(|c| !but.contains(&c.code)).map(option).collect()
}

/// The filters of a list, with what is chosen.
#[must_use]
pub fn groups(cx: &Cx, section: &Section, filter: &Filter) -> Vec<FilterGroup> {
    let mut out = Vec::new();
    let mut add = |name: &'static str, options: Vec<Opt>| {
        if !options.is_empty() {
            out.push(FilterGroup {
                name,
                label: cx.t(&format!("entries-filter-{name}")),
                options,
            });
        }
    };
    let one_kind = filter.kinds.len() == 1;
    if section.kinds.len() > 1 {
        let option = |k: &Arc<dyn EntryKind>| Opt {
            value: k.key().to_owned(),
            text: cx.t(&format!("entries-kind-{}", k.key())),
            selected: one_kind && filter.kinds.contains(&k.key()),
        };
        add("kind", section.kinds.iter().map(option).collect());
    }
    let sector = |s: Sector| Opt {
        value: s.code().to_owned(),
        text: cx.t(&s.words()),
        selected: filter.sector == Some(s),
    };
    add("sector", Sector::ALL.into_iter().map(sector).collect());
    add("region", regions(cx, filter));
    if one_kind && let Some(kind) = filter.kinds.first().and_then(|k| section.kind(k)) {
        let field = kind.form().field(kind.keys().category);
        add(
            "category",
            field.map_or_else(Vec::new, |f| code_options(cx, f, filter.category.as_deref(), &[])),
        );
    }
    if section.kinds.iter().any(|k| k.keys().maturity.is_some()) {
        let option = |(code, low, high): &(&str, i64, i64)| Opt {
            value: (*code).to_owned(),
            text: cx.t(&format!("entries-maturity-{code}")),
            selected: filter.trl == Some((*low, *high)),
        };
        add("maturity", MATURITIES.iter().map(option).collect());
    }
    if let Some(field) = field_of(section, |_| Some("modes")) {
        add("mode", code_options(cx, field, filter.mode.as_deref(), &[]));
    }
    let band = |b: PriceBand| Opt {
        value: b.code().to_owned(),
        text: cx.t(&b.words()),
        selected: filter.price == Some(b),
    };
    add("price", PriceBand::ALL.into_iter().map(band).collect());
    if let Some(field) = field_of(section, |k| k.keys().plan_level) {
        add("plan", code_options(cx, field, filter.plan_level.as_deref(), &["none"]));
    }
    let programme = programme::now(&cx.app);
    if section
        .kinds
        .iter()
        .any(|kind| marks::are_marked(&programme, kind.as_ref()))
    {
        let mark = |mark: Mark| Opt {
            value: mark.code().to_owned(),
            text: marks::name(cx, &programme, mark),
            selected: filter.mark.is_some_and(|marked| marked.mark == mark),
        };
        add("mark", Mark::ALL.into_iter().map(mark).collect());
    }
    let since = |days: i64| Opt {
        value: days.to_string(),
        text: cx.t(&format!("entries-since-{days}")),
        selected: filter.since.is_some_and(|s| s.days() == days),
    };
    add("since", Since::DAYS.into_iter().map(since).collect());
    out
}

/// The cities of the programme's province, or the counties of its city; and whatever else is chosen.
fn regions(cx: &Cx, filter: &Filter) -> Vec<Opt> {
    let home = programme::now(&cx.app).region;
    let parts = match home.level() {
        DivisionLevel::Province => cx.app.regions.cities_of(home),
        _ => cx.app.regions.counties_of(home),
    };
    let mut options: Vec<Opt> = parts
        .iter()
        .map(|d| Opt {
            value: d.code.to_string(),
            text: d.name.clone(),
            selected: filter.region == Some(d.code),
        })
        .collect();
    if let Some(other) = filter.region.filter(|r| !parts.iter().any(|d| d.code == *r)) {
        options.push(Opt {
            value: other.to_string(),
            text: cx.app.regions.full_name(other),
            selected: true,
        });
    }
    options
}

fn sorts(cx: &Cx, filter: &Filter) -> Vec<Opt> {
    let option = |s: Sort| Opt {
        value: s.code().to_owned(),
        text: cx.t(&format!("entries-sort-{}", s.code())),
        selected: filter.sort == s,
    };
    Sort::ALL.into_iter().map(option).collect()
}

/// What is in force, each with the way to take it off.
fn chips(cx: &Cx, section: &Section, filter: &Filter, at: &Address<'_>) -> Vec<Chip> {
    let mut out = Vec::new();
    if !filter.words.is_empty() {
        let text = cx.ta(
            "entries-chip",
            &[("label", cx.t("word-search")), ("value", at.params.q.clone())],
        );
        out.push(Chip {
            text,
            href: cx.href(&at.without("q")),
        });
    }
    for group in groups(cx, section, filter) {
        let Some(chosen) = group.options.iter().find(|o| o.selected) else {
            continue;
        };
        // In a list of one kind the kind is no condition.
        let text = cx.ta(
            "entries-chip",
            &[("label", group.label.clone()), ("value", chosen.text.clone())],
        );
        out.push(Chip {
            text,
            href: cx.href(&at.without(group.name)),
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_change_one_thing() {
        let params = Params {
            q: "齿轮 a".into(),
            sector: "EQ".into(),
            page: "3".into(),
            ..Params::default()
        };
        let at = Address {
            path: "/needs",
            params: &params,
        };
        assert_eq!(at.with("page", "4"), "/needs?q=%E9%BD%BF%E8%BD%AE+a&sector=EQ&page=4");
        assert_eq!(at.without("q"), "/needs?sector=EQ");
        assert_eq!(at.export("csv"), "/needs.csv?q=%E9%BD%BF%E8%BD%AE+a&sector=EQ");
        let none = Params::default();
        assert_eq!(
            Address {
                path: "/needs",
                params: &none
            }
            .without("q"),
            "/needs"
        );
    }
}
