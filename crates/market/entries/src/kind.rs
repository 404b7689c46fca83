//! What one kind of entry brings: its form, where its facets stand in it, what makes two the same, and its own checks.
//! `offers` and `needs` implement [`EntryKind`]; everything else in this crate works on any of them.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use forms::{Form, Lookup, Record, Values};
use jcore::App;
use kernel::{Day, MAX_FEN, MoneyKind, Region, Regions, Stamp, Uscc};
use rulebook::{Owner, Programme};

use crate::figures::Counts;
use crate::model::{Facets, coded};
use kernel::text::fold;

/// Longest summary kept for lists, in characters: two lines of a page.
pub const SUMMARY_MAX: usize = 120;
/// Longest text kept for searching, in characters: title, names, keywords and the head of the text. A search looks through
/// all of them, and 10,000 of this length take some ten milliseconds.
pub const WORDS_MAX: usize = 140;

/// A kind of entry.
pub trait EntryKind: Send + Sync + 'static {
    /// As stored: `patent`, `achievement`, `need`. Words are under `entries-kind-KEY`.
    fn key(&self) -> &'static str;

    /// In addresses and as a kind of sheet: `patents`, `achievements`, `needs`.
    fn plural(&self) -> &'static str;

    /// The path of its public list, `/offers` or `/needs`.
    fn home(&self) -> &'static str;

    /// The season that it belongs to: `auction` or `challenge`.
    fn season(&self) -> &'static str;

    /// Its form.
    fn form(&self) -> &'static Form;

    /// Where its facets stand in the form.
    fn keys(&self) -> &'static Keys;

    /// What makes two entries the same thing; none while it can't be told. Where it is more than one text, the owner is the
    /// last.
    fn same(&self, record: &Record) -> Option<Vec<String>>;

    /// Adds what is wrong between fields and against the programme to the record's issues.
    fn check(&self, look: &Look<'_>, record: &mut Record);

    /// How complete a record is, 0–100 (R140).
    fn score(&self, record: &Record) -> u8 {
        forms::score::completeness(record, self.form())
    }

    /// Days that an entry stays public.
    fn valid_days(&self, record: &Record, programme: &Programme) -> i64 {
        let own = self.keys().days.and_then(|key| record.int(key));
        own.unwrap_or(programme.renewal.days).max(1)
    }
}

/// The keys under which a form holds what every kind has. A title (`title`), fields of industry (`sector`) and ways of
/// dealing (`modes`) stand under the same keys in every form.
#[derive(Debug, Clone, Copy)]
pub struct Keys {
    /// Texts whose head makes the summary, the first with a value.
    pub summary: &'static [&'static str],
    /// Further fields that a search looks in.
    pub words: &'static [&'static str],
    /// The kind's own category.
    pub category: &'static str,
    /// Maturity.
    pub maturity: Option<&'static str>,
    /// The level of the plan behind it.
    pub plan_level: Option<&'static str>,
    /// Price or budget.
    pub price: &'static str,
    /// Recommended for the roadshow.
    pub roadshow: Option<&'static str>,
    /// The division; none takes the organisation's.
    pub region: Option<&'static str>,
    /// The organisation's name.
    pub name: &'static str,
    /// Its 统一社会信用代码.
    pub uscc: &'static str,
    /// The park that it lies in.
    pub park: Option<&'static str>,
    /// The yes/no field by which its name is shown; none shows it always.
    pub shows_name: Option<&'static str>,
    /// Days that it stays public.
    pub days: Option<&'static str>,
    /// Open texts, looked through for what is withheld (R143).
    pub texts: &'static [&'static str],
    /// The key facts, which a page shows beside the text.
    pub aside: &'static [&'static str],
    /// Fields that only steer what is shown, and say nothing to a reader.
    pub quiet: &'static [&'static str],
}

/// What a check may look at beside the record.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The programme in force.
    pub programme: &'a Programme,
    /// Administrative divisions.
    pub regions: &'a Regions,
    /// Today in China.
    pub today: Day,
    /// The kind of its organisation, where it is known.
    pub owner: Option<Owner>,
    /// Where its organisation is, where it is known.
    pub region: Option<Region>,
    /// The rules that are waived for its organisation, by the codes of their issues: what they forbid is a warning.
    pub waived: &'a [String],
}

/// All kinds of entry, kept in `app.extras` by who puts the capabilities together; and what was counted last.
#[derive(Clone, Default)]
pub struct Kinds(Arc<Inner>);

#[derive(Default)]
struct Inner {
    kinds: Vec<Arc<dyn EntryKind>>,
    counts: Mutex<Option<(Stamp, Arc<Counts>)>>,
}

impl fmt::Debug for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.all().iter().map(|kind| kind.key()))
            .finish()
    }
}

impl Kinds {
    /// From the capabilities' kinds, in the order of pages.
    #[must_use]
    pub fn new(kinds: Vec<Arc<dyn EntryKind>>) -> Self {
        Self(Arc::new(Inner {
            kinds,
            counts: Mutex::default(),
        }))
    }

    /// The kind of this key, or of this plural.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Arc<dyn EntryKind>> {
        self.all().iter().find(|kind| kind.key() == key || kind.plural() == key)
    }

    /// All, in order.
    #[must_use]
    pub fn all(&self) -> &[Arc<dyn EntryKind>] {
        &self.0.kinds
    }

    /// The counts, if they were made within so many seconds.
    pub(crate) fn kept_counts(&self, now: Stamp, fresh_secs: i64) -> Option<Arc<Counts>> {
        let kept = self.0.counts.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref()
            .filter(|(at, _)| (0..fresh_secs).contains(&now.secs_since(*at)))
            .map(|(_, c)| c.clone())
    }

    /// Keeps counts.
    pub(crate) fn keep_counts(&self, now: Stamp, counts: Arc<Counts>) {
        *self.0.counts.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, counts));
    }

    /// Forgets the counts: what is public has changed.
    pub(crate) fn forget_counts(&self) {
        *self.0.counts.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// The kinds of the application.
#[must_use]
pub fn kinds(app: &App) -> Kinds {
    app.extra::<Kinds>().cloned().unwrap_or_default()
}

/// The organisation's code in a record.
#[must_use]
pub(crate) fn uscc<'a>(kind: &dyn EntryKind, record: &'a Record) -> Option<&'a Uscc> {
    Lookup::uscc(record, kind.keys().uscc)
}

/// The facets of open values. Only what the redaction left open goes in, so no list, count or search can tell more.
#[must_use]
pub(crate) fn facets(kind: &dyn EntryKind, open: &Values, org_name: &str, org_region: Option<Region>) -> Facets {
    let keys = kind.keys();
    let shows_name = keys.shows_name.is_none_or(|key| open.yes(key));
    let region = keys.region.and_then(|key| Lookup::region(open, key)).or(org_region);
    let org_name = shows_name
        .then(|| open.text(keys.name).unwrap_or(org_name).to_owned())
        .filter(|n| !n.is_empty());
    let title = open.text("title").unwrap_or_default().to_owned();
    let summary = keys
        .summary
        .iter()
        .find_map(|key| open.text(key))
        .map_or_else(String::new, |t| head(t, SUMMARY_MAX));
    let (price_min, price_max, price_kind) = price(open, keys.price);
    Facets {
        words: words(kind, open, &title, org_name.as_deref()),
        sector: coded(open.sectors("sector").iter().map(|s| s.code())),
        region: region.map_or_else(String::new, |r| r.to_string()),
        category: open.code(keys.category).unwrap_or_default().to_owned(),
        trl: keys
            .maturity
            .and_then(|key| Lookup::trl(open, key))
            .map(|t| i64::from(t.get())),
        modes: coded(open.codes("modes").iter().map(String::as_str)),
        plan_level: keys
            .plan_level
            .and_then(|key| open.code(key))
            .unwrap_or_default()
            .to_owned(),
        roadshow: keys.roadshow.is_some_and(|key| open.yes(key)),
        title,
        summary,
        price_min,
        price_max,
        price_kind,
        org_name,
    }
}

/// The first characters of a text, on one line.
fn head(text: &str, max: usize) -> String {
    let mut chars = text.chars().map(|c| if c == '\n' { ' ' } else { c });
    let head: String = chars.by_ref().take(max).collect();
    if chars.next().is_some() { head + "…" } else { head }
}

/// What a search looks in: title, number and names, keywords, then as much of the texts as fits. Folded as searches are.
fn words(kind: &dyn EntryKind, open: &Values, title: &str, org_name: Option<&str>) -> String {
    let keys = kind.keys();
    let field = |key: &&str| {
        let field = kind.form().field(key)?;
        Some(forms::write(open.get(*key)?, field))
    };
    let parts = [title.to_owned(), org_name.unwrap_or_default().to_owned()].into_iter();
    let more = keys.words.iter().chain(keys.summary).filter_map(field);
    // A stroke between parts, so that no search finds the end of one and the head of the next.
    let all = parts
        .chain(more)
        .map(|t| fold(&t))
        .filter(|t| !t.is_empty())
        .collect::<Vec<_>>()
        .join("|");
    all.chars().take(WORDS_MAX).collect()
}

/// Both ends of a price in fen, and its kind. A one-sided statement gets an end on both sides, so that a band of prices
/// is one comparison each: “at most 90万” stands at 90万, “at least 200万” reaches to the top.
fn price(open: &Values, key: &str) -> (Option<i64>, Option<i64>, String) {
    let Some(money) = open.money(key) else {
        return (None, None, String::new());
    };
    let kind = match money.kind {
        MoneyKind::Exact => "exact",
        MoneyKind::Range => "range",
        MoneyKind::Min => "min",
        MoneyKind::Max => "max",
        MoneyKind::Approx => "approx",
        MoneyKind::Negotiable => "negotiable",
        MoneyKind::Unknown => "unknown",
        MoneyKind::Royalty => "royalty",
    };
    // Sums in other currencies can't be held against yuan.
    let Some(lead) = money.lead_fen().filter(|_| money.currency == "CNY") else {
        return (None, None, kind.to_owned());
    };
    let top = match money.kind {
        MoneyKind::Min => MAX_FEN,
        _ => money.max_fen.unwrap_or(lead.get()),
    };
    (Some(lead.get()), Some(top), kind.to_owned())
}
