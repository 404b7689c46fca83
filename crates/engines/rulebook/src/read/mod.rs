//! Reading a programme file: TOML with a line for every mistake, all of them at once.

mod calendar;
mod checks;
mod fairs;
mod rules;
mod table;

use std::collections::BTreeMap;

use kernel::{Region, Regions, Sector};
use toml::de::DeTable;

use crate::codes::SeasonKey;
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
        return Err(vec![Mistake { line: 1, code: "too-large", args }]);
    }
    let log = Log::new(text);
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut syntax: Vec<Mistake> = errors.iter().map(|error| syntax_mistake(error, &log)).collect();
    let programme = {
        let table = Table::new(&log, root.get_ref(), 1, String::new());
        read(&table, &Context::new(regions))
    };
    let mut mistakes = log.into_mistakes();
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
const FOLLOW_UPS: &[&str] = &["missing-key", "unknown-reference", "empty-list", "empty-table", "unknown-key"];

/// Sorts the parser's complaint into one of the few kinds that have words of their own.
fn syntax_mistake(error: &toml::de::Error, log: &Log) -> Mistake {
    let line = log.line(error.span().map_or(0, |span| span.start));
    let detail = error.message();
    let begins = |starts: &[&str]| starts.iter().any(|start| detail.starts_with(start));
    let code = if begins(&["duplicate key"]) {
        "duplicate-key"
    } else if begins(&["string values must be quoted", "missing opening quote", "invalid basic string"]) {
        "syntax-quote"
    } else if begins(&["unclosed", "missing comma", "missing array", "missing inline", "missing table"]) {
        "syntax-unclosed"
    } else if begins(&["missing assignment", "key with no value", "missing value", "extra `=`", "extra assignment"]) {
        "syntax-pair"
    } else {
        "syntax"
    };
    Mistake { line, code, args: vec![("detail", detail.to_owned())] }
}

/// What reading a later part needs to know of the earlier ones.
struct Context<'r> {
    regions: &'r Regions,
    year: Option<i16>,
    home: Option<Region>,
    seasons: Vec<SeasonKey>,
    tags: Vec<String>,
}

impl<'r> Context<'r> {
    fn new(regions: &'r Regions) -> Self {
        Self { regions, year: None, home: None, seasons: Vec::new(), tags: Vec::new() }
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
        use crate::codes::Coded;
        let declared = self.seasons.is_empty() || self.seasons.contains(&season);
        if !declared {
            item.report("unknown-reference", vec![("value", season.code().to_owned())]);
        }
        declared
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
                table.report("duplicate-entry", vec![("value", key.to_owned()), ("first", first.to_string())]);
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

fn read(root: &Table<'_>, start: &Context<'_>) -> Option<Programme> {
    let key = root.slug("key");
    let name = root.name("name");
    let year = root.must("year").and_then(|item| item.int(YEARS.0, YEARS.1)).and_then(|year| i16::try_from(year).ok());
    let region = root.must("region").and_then(|item| start.region(&item));
    let mut context = Context { year, home: region, ..Context::new(start.regions) };
    let seasons = seasons(root);
    context.seasons = seasons.iter().map(|season| season.key).collect();
    let sectors = sectors(root);
    let organiser = root.name("organiser");
    let guides = root.get("guides").and_then(|item| item.list()).unwrap_or_default();
    let guides = guides.iter().filter_map(Item::name).collect();
    let platform = root.name("platform");
    let region_tags = rules::region_tags(root, &context);
    context.tags = region_tags.iter().map(|tag| tag.key.clone()).collect();
    let windows = calendar::windows(root, &context);
    let deadlines = calendar::deadlines(root, &context);
    let bidding = calendar::bidding(root, &windows);
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
    use crate::codes::Coded;
    root.must("seasons");
    entries(
        root,
        "seasons",
        |season: &Season| season.key.code().to_owned(),
        |entry| {
            let key = entry.must("key").and_then(|item| item.code::<SeasonKey>());
            let name = entry.name("name");
            let source = entry.source();
            Some(Season { key: key?, name: name?, source: source? })
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
