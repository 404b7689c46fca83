//! Reading a programme file: TOML with a line for every mistake, all of them at once.

mod calendar;
mod checks;
mod fairs;
mod rules;
mod table;

use std::collections::BTreeMap;

use kernel::{Region, Regions, Sector};
use toml::de::DeTable;

use crate::codes::{Coded, SeasonKey};
use crate::mistake::Mistake;
use crate::model::{Programme, Season, Source};
use table::{Item, Log, Table};

/// The shipped programmes take 30 kB; ten times that is no year's plan any more.
const BYTES_MAX: usize = 300_000;
/// Before the first year of the practice and beyond any plan there is nothing to run.
const YEARS: (i64, i64) = (2000, 2100);

/// Reads a programme file. `regions` is the table of divisions that the file's codes must be in.
///
/// # Errors
/// Every mistake of the file, by line; a file with any mistake is no programme.
pub fn parse(text: &str, regions: &Regions) -> Result<Programme, Vec<Mistake>> {
    if text.len() > BYTES_MAX {
        let args = vec![("bytes", text.len().to_string()), ("max", BYTES_MAX.to_string())];
        return Err(vec![Mistake {
            line: 1,
            code: "too-large",
            args,
        }]);
    }
    let log = Log::new(text);
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut syntax = syntax_mistakes(text, &errors, &log);
    let programme = {
        let table = Table::new(&log, root.get_ref(), 1, String::new());
        read(&table, Context::new(&table, regions))
    };
    let mut mistakes = log.into_mistakes();
    if let Some(line) = open_bracket(&errors, &syntax) {
        // An open bracket runs into everything that follows, so that nothing below it can be told for sure.
        syntax.retain(|one| one.line <= line);
        mistakes.retain(|one| one.line < line);
    }
    if !syntax.is_empty() {
        // What a slip of syntax swallowed is not missing, and what it garbled has been told already.
        mistakes.retain(|one| !FOLLOW_UPS.contains(&one.code) && !syntax.iter().any(|slip| slip.line == one.line));
        mistakes.append(&mut syntax);
    }
    mistakes.sort_by(|a, b| (a.line, a.code).cmp(&(b.line, b.code)));
    mistakes.dedup();
    match programme {
        Some(programme) if mistakes.is_empty() => Ok(programme),
        _ => Err(mistakes),
    }
}

/// Mistakes that a slip of syntax brings about elsewhere, by hiding what follows it.
const FOLLOW_UPS: &[&str] = &[
    "missing-key",
    "unknown-reference",
    "empty-list",
    "empty-table",
    "unknown-key",
    "list-too-long",
];

/// The parser's complaints, one a line: a single slip can draw several, of which a kind with words of its own says most.
fn syntax_mistakes(text: &str, errors: &[toml::de::Error], log: &Log) -> Vec<Mistake> {
    let mut mistakes: Vec<Mistake> = errors.iter().map(|error| syntax_mistake(text, error, log)).collect();
    mistakes.sort_by_key(|one| (one.line, one.code == "syntax"));
    mistakes.dedup_by_key(|one| one.line);
    mistakes
}

/// The line of the first bracket that is never closed, if there is one.
fn open_bracket(errors: &[toml::de::Error], syntax: &[Mistake]) -> Option<usize> {
    errors.iter().find(|error| error.message().starts_with("unclosed"))?;
    syntax
        .iter()
        .filter(|one| one.code == "syntax-unclosed")
        .map(|one| one.line)
        .min()
}

/// How the parser's complaints begin, and the kind that they belong to.
const SYNTAX_KINDS: &[(&str, &str)] = &[
    ("duplicate key", "duplicate-key"),
    ("string values must be quoted", "syntax-quote"),
    ("missing opening quote", "syntax-quote"),
    ("invalid basic string", "syntax-quote"),
    ("invalid literal string", "syntax-quote"),
    ("unclosed", "syntax-unclosed"),
    ("missing comma", "syntax-unclosed"),
    ("missing assignment", "syntax-pair"),
    ("key with no value", "syntax-pair"),
    ("missing value", "syntax-pair"),
    ("extra `=`", "syntax-pair"),
    ("extra assignment", "syntax-pair"),
];

/// Sorts a complaint of the parser into one of the few kinds that have words of their own.
fn syntax_mistake(text: &str, error: &toml::de::Error, log: &Log) -> Mistake {
    let span = error.span().unwrap_or_default();
    // Where something is missing the parser names the next thing; what it is missing from stands before.
    let before = text
        .get(..span.start)
        .map_or(0, |before| before.trim_end().len().saturating_sub(1));
    let line = log.line(if span.is_empty() { before } else { span.start });
    let detail = error.message();
    let found = text.get(span).unwrap_or_default().trim();
    let kind = SYNTAX_KINDS
        .iter()
        .find(|(start, _)| detail.starts_with(start))
        .map_or("syntax", |(_, code)| code);
    // The parser takes a value that isn't there for text without quotes.
    let code = if found.is_empty() && detail.starts_with("string values") {
        "syntax-pair"
    } else {
        kind
    };
    Mistake {
        line,
        code,
        args: vec![("detail", detail.to_owned()), ("key", found.to_owned())],
    }
}

/// What reading a later part needs to know of the earlier ones.
struct Context<'r> {
    regions: &'r Regions,
    year: Option<i16>,
    home: Option<Region>,
    // Keys of entries that others refer to, whether or not those entries are sound.
    seasons: Vec<String>,
    windows: Vec<String>,
    tags: Vec<String>,
    caps: Vec<String>,
}

impl<'r> Context<'r> {
    fn new(root: &Table<'_>, regions: &'r Regions) -> Self {
        Self {
            regions,
            year: None,
            home: None,
            seasons: root.keys_of("seasons"),
            windows: root.keys_of("windows"),
            tags: root.keys_of("region_tags"),
            caps: root.keys_of("caps"),
        }
    }

    /// A division of the table.
    fn region(&self, item: &Item<'_>) -> Option<Region> {
        let code = item.text()?;
        let region = self.regions.get(code).map(|division| division.code);
        if region.is_none() {
            item.report("unknown-region", vec![("value", code.to_owned())]);
        }
        region
    }

    /// Divisions within the programme's own.
    fn regions_within(&self, item: &Item<'_>) -> Option<Vec<Region>> {
        let mut found = Vec::new();
        let mut whole = true;
        for one in item.list()? {
            let Some(region) = self.region(&one) else {
                whole = false;
                continue;
            };
            if self.home.is_some_and(|home| !self.regions.is_within(region, home)) {
                one.report("region-outside", vec![("value", region.to_string())]);
                whole = false;
            } else if found.contains(&region) {
                one.report("duplicate-entry", vec![("value", region.to_string())]);
                whole = false;
            } else {
                found.push(region);
            }
        }
        whole.then_some(found)
    }

    /// A season that this programme has. The answer is `None` where the key is left out.
    fn season(&self, table: &Table<'_>) -> Option<SeasonKey> {
        let item = table.get("season")?;
        let season = item.code::<SeasonKey>()?;
        self.declared(&item, season).then_some(season)
    }

    fn declared(&self, item: &Item<'_>, season: SeasonKey) -> bool {
        item.refers(season.code(), &self.seasons)
    }
}

/// Tells of keys that stand twice in a list of entries.
struct Keys(BTreeMap<String, usize>);

impl Keys {
    fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Notes an entry's key; a second one of the same name is reported with the line of the first.
    fn note(&mut self, key: Option<&str>, table: &Table<'_>) {
        let Some(key) = key else { return };
        match self.0.get(key) {
            Some(first) => {
                table.report(
                    "duplicate-entry",
                    vec![("value", key.to_owned()), ("first", first.to_string())],
                );
            }
            None => {
                self.0.insert(key.to_owned(), table.line);
            }
        }
    }
}

/// Reads a list of entries that may be left out, and reports keys that stand twice.
fn entries<'a, T>(
    table: &Table<'a>,
    key: &'static str,
    key_of: impl Fn(&T) -> String,
    mut read: impl FnMut(&Table<'a>) -> Option<T>,
) -> Vec<T> {
    let mut keys = Keys::new();
    let mut found = Vec::new();
    for entry in table.get(key).map(|item| item.tables()).unwrap_or_default() {
        let one = read(&entry);
        entry.finish();
        keys.note(one.as_ref().map(&key_of).as_deref(), &entry);
        found.extend(one);
    }
    found
}

fn read(root: &Table<'_>, mut context: Context<'_>) -> Option<Programme> {
    let key = root.slug("key");
    let name = root.name("name");
    let year = root
        .must("year")
        .and_then(|item| item.int(YEARS.0, YEARS.1))
        .and_then(|year| i16::try_from(year).ok());
    let region = root.must("region").and_then(|item| context.region(&item));
    context.year = year;
    context.home = region;
    let seasons = seasons(root);
    let sectors = sectors(root);
    let organiser = root.name("organiser");
    let guides = root.get("guides").and_then(|item| item.list()).unwrap_or_default();
    let guides = guides.iter().filter_map(Item::name).collect();
    let platform = root.name("platform");
    let region_tags = rules::region_tags(root, &context);
    let windows = calendar::windows(root, &context);
    let deadlines = calendar::deadlines(root, &context);
    let bidding = calendar::bidding(root, &context, &windows);
    let holidays = calendar::holidays(root, &context);
    let caps = rules::caps(root);
    let fair_kinds = fairs::kinds(root, &context, &caps);
    let eligibility = rules::eligibility(root);
    let documents = rules::documents(root, &context);
    let duties = rules::duties(root);
    let applications = rules::applications(root);
    let markets = rules::markets(root, &context);
    let renewal = rules::renewal(root);
    root.finish();
    if seasons.is_empty() {
        return None;
    }
    let (sectors, sectors_source) = sectors?;
    Some(Programme {
        key: key?,
        name: name?,
        year: year?,
        region: region?,
        organiser: organiser?,
        guides,
        platform: platform?,
        seasons,
        sectors,
        sectors_source,
        windows,
        deadlines,
        bidding,
        holidays: holidays?,
        fair_kinds,
        caps,
        eligibility,
        documents,
        duties,
        applications,
        region_tags,
        markets,
        renewal: renewal?,
    })
}

fn seasons(root: &Table<'_>) -> Vec<Season> {
    root.must("seasons");
    entries(
        root,
        "seasons",
        |season: &Season| season.key.code().to_owned(),
        |entry| {
            let key = entry.must("key").and_then(|item| item.code::<SeasonKey>());
            let name = entry.name("name");
            let source = entry.source();
            Some(Season {
                key: key?,
                name: name?,
                source: source?,
            })
        },
    )
}

/// `[sectors] codes = [...]`, with where the plan lists them.
fn sectors(root: &Table<'_>) -> Option<(Vec<Sector>, Source)> {
    let table = root.must("sectors")?.table()?;
    let mut sectors = Vec::new();
    for item in table.must("codes").and_then(|item| item.list()).unwrap_or_default() {
        let Some(code) = item.text() else { continue };
        match Sector::from_code(code) {
            Some(sector) if sectors.contains(&sector) => {
                item.report("duplicate-entry", vec![("value", code.to_owned())]);
            }
            Some(sector) => sectors.push(sector),
            None => item.report("unknown-sector", vec![("value", code.to_owned())]),
        }
    }
    let source = table.source();
    table.finish();
    (!sectors.is_empty()).then_some((sectors, source?))
}
