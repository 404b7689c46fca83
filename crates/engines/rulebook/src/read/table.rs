//! A typed, span-aware view of a TOML table. A getter that finds something wrong reports it and answers `None`,
//! so that reading goes on and all mistakes of a file come to light at once.

use std::cell::RefCell;
use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::codes::Coded;
use crate::mistake::{Lines, Mistake, nearest};
use crate::model::{Day, Name, Source};

/// Texts longer than this are no names, phrases or addresses; a page couldn't show them on a line.
const TEXT_CHARS_MAX: usize = 300;
/// Keys stand in URLs and fluent arguments.
const SLUG_BYTES_MAX: usize = 40;
/// No year's plan comes near; it bounds the work that a file can cause.
const LIST_ITEMS_MAX: usize = 200;

/// Where mistakes are gathered.
pub(crate) struct Log {
    lines: Lines,
    mistakes: RefCell<Vec<Mistake>>,
}

impl Log {
    pub(crate) fn new(text: &str) -> Self {
        Self {
            lines: Lines::of(text),
            mistakes: RefCell::default(),
        }
    }

    pub(crate) fn line(&self, offset: usize) -> usize {
        self.lines.line(offset)
    }

    pub(crate) fn report(&self, line: usize, code: &'static str, args: Vec<(&'static str, String)>) {
        self.mistakes.borrow_mut().push(Mistake { line, code, args });
    }

    pub(crate) fn into_mistakes(self) -> Vec<Mistake> {
        self.mistakes.into_inner()
    }
}

/// A table of the file and which of its keys have been asked for.
pub(crate) struct Table<'a> {
    log: &'a Log,
    map: &'a DeTable<'a>,
    pub(crate) line: usize,
    path: String,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Table<'a> {
    pub(crate) fn new(log: &'a Log, map: &'a DeTable<'a>, line: usize, path: String) -> Self {
        Self {
            log,
            map,
            line,
            path,
            asked: RefCell::default(),
        }
    }

    /// The value under a key that may be left out.
    pub(crate) fn get(&self, key: &'static str) -> Option<Item<'a>> {
        self.asked.borrow_mut().insert(key);
        let (name, value) = self.map.get_key_value(key)?;
        let path = if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        };
        Some(Item {
            log: self.log,
            line: self.log.line(name.span().start),
            path,
            value,
        })
    }

    /// The value under a key that must be there.
    pub(crate) fn must(&self, key: &'static str) -> Option<Item<'a>> {
        let item = self.get(key);
        if item.is_none() {
            self.report("missing-key", vec![("key", key.to_owned()), ("table", self.place())]);
        }
        item
    }

    /// Reports a mistake of the table as a whole.
    pub(crate) fn report(&self, code: &'static str, args: Vec<(&'static str, String)>) {
        self.log.report(self.line, code, args);
    }

    /// The table's path for the words; the file's own level is `top`.
    fn place(&self) -> String {
        if self.path.is_empty() {
            "top".to_owned()
        } else {
            self.path.clone()
        }
    }

    /// Reports every key that nobody asked for. Call it when the table has been read.
    pub(crate) fn finish(&self) {
        let asked = self.asked.borrow();
        for (name, _) in self.map {
            let key: &str = name.get_ref();
            if asked.contains(key) {
                continue;
            }
            // Only a key that isn't there already can be what was meant.
            let free = asked.iter().copied().filter(|known| !self.map.contains_key(*known));
            let meant = nearest(key, free).unwrap_or("none");
            let args = vec![
                ("key", key.to_owned()),
                ("table", self.place()),
                ("nearest", meant.to_owned()),
            ];
            self.log.report(self.log.line(name.span().start), "unknown-key", args);
        }
    }

    /// The keys of a list's entries as they stand, faulty entries among them: a reference to one of those isn't a
    /// mistake of its own.
    pub(crate) fn keys_of(&self, list: &'static str) -> Vec<String> {
        let array = self.map.get(list).and_then(|value| value.get_ref().as_array());
        let key = |entry: &Spanned<DeValue<'_>>| {
            let key = entry.get_ref().get("key")?.get_ref().as_str()?;
            Some(key.to_owned())
        };
        array
            .into_iter()
            .flat_map(|array| array.iter())
            .filter_map(key)
            .collect()
    }

    // Shorthands for what most tables hold.

    pub(crate) fn slug(&self, key: &'static str) -> Option<String> {
        self.must(key)?.slug()
    }

    pub(crate) fn name(&self, key: &'static str) -> Option<Name> {
        self.must(key)?.name()
    }

    pub(crate) fn flag(&self, key: &'static str) -> Option<bool> {
        self.must(key)?.flag()
    }

    pub(crate) fn source(&self) -> Option<Source> {
        self.must("source")?.source()
    }
}

/// A value of the file and where it stands.
pub(crate) struct Item<'a> {
    log: &'a Log,
    pub(crate) line: usize,
    pub(crate) path: String,
    value: &'a Spanned<DeValue<'a>>,
}

impl<'a> Item<'a> {
    pub(crate) fn report(&self, code: &'static str, mut args: Vec<(&'static str, String)>) {
        args.insert(0, ("key", self.path.clone()));
        self.log.report(self.line, code, args);
    }

    fn wrong<T>(&self, expected: &'static str) -> Option<T> {
        // What a syntax mistake left behind has no span of its own, and has been reported already.
        if !self.value.span().is_empty() {
            let found = self.value.get_ref().type_str();
            self.report(
                "wrong-type",
                vec![("expected", expected.to_owned()), ("found", found.to_owned())],
            );
        }
        None
    }

    /// A text that isn't empty.
    pub(crate) fn text(&self) -> Option<&'a str> {
        let Some(text) = self.value.get_ref().as_str() else {
            return self.wrong("string");
        };
        let text = text.trim();
        if text.is_empty() {
            self.report("empty-text", Vec::new());
            return None;
        }
        if text.chars().count() > TEXT_CHARS_MAX {
            self.report("text-too-long", vec![("max", TEXT_CHARS_MAX.to_string())]);
            return None;
        }
        Some(text)
    }

    /// A key: small letters, digits and single hyphens, beginning with a letter.
    pub(crate) fn slug(&self) -> Option<String> {
        let text = self.text()?;
        let part = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        let good = text.len() <= SLUG_BYTES_MAX
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.split('-').all(part);
        if !good {
            self.report(
                "bad-key",
                vec![("value", text.to_owned()), ("max", SLUG_BYTES_MAX.to_string())],
            );
            return None;
        }
        Some(text.to_owned())
    }

    /// A whole number within bounds.
    pub(crate) fn int(&self, min: i64, max: i64) -> Option<i64> {
        let Some(int) = self.value.get_ref().as_integer() else {
            return self.wrong("integer");
        };
        if self.value.span().is_empty() {
            return None; // left behind by a syntax mistake, which has been reported
        }
        match i64::from_str_radix(int.as_str(), int.radix()) {
            Ok(number) if (min..=max).contains(&number) => Some(number),
            _ => {
                let value = int.as_str().to_owned();
                self.report(
                    "out-of-range",
                    vec![("value", value), ("min", min.to_string()), ("max", max.to_string())],
                );
                None
            }
        }
    }

    /// `true` or `false`.
    pub(crate) fn flag(&self) -> Option<bool> {
        self.value.get_ref().as_bool().or_else(|| self.wrong("boolean"))
    }

    /// A calendar day of any year.
    pub(crate) fn day(&self) -> Option<Day> {
        let Some(stated) = self.value.get_ref().as_datetime() else {
            return self.wrong("day");
        };
        let (Some(date), None) = (stated.date, stated.time) else {
            return self.wrong("day");
        };
        let day = i16::try_from(date.year)
            .ok()
            .zip(i8::try_from(date.month).ok())
            .zip(i8::try_from(date.day).ok())
            .and_then(|((year, month), day)| Day::new(year, month, day).ok());
        day.or_else(|| self.wrong("day"))
    }

    /// A calendar day within the programme's year; the year is `None` where it could not be read.
    pub(crate) fn day_within(&self, year: Option<i16>) -> Option<Day> {
        let day = self.day()?;
        match year {
            Some(year) if day.year() != year => {
                self.report(
                    "day-outside-year",
                    vec![("day", day.to_string()), ("year", year.to_string())],
                );
                None
            }
            _ => Some(day),
        }
    }

    /// A name in both languages: `{ zh = "…", en = "…" }`.
    pub(crate) fn name(&self) -> Option<Name> {
        let table = self.table()?;
        let zh = table.must("zh").and_then(|item| item.text().map(str::to_owned));
        let en = table.must("en").and_then(|item| item.text().map(str::to_owned));
        table.finish();
        Some(Name { zh: zh?, en: en? })
    }

    /// Where in the plan the rule stands: one phrase or several.
    pub(crate) fn source(&self) -> Option<Source> {
        if self.value.get_ref().is_str() {
            return Some(Source(vec![self.text()?.to_owned()]));
        }
        if !self.value.get_ref().is_array() {
            return self.wrong("string");
        }
        let phrases: Option<Vec<String>> = self.list()?.iter().map(|item| item.text().map(str::to_owned)).collect();
        phrases.map(Source)
    }

    /// A code of a closed list.
    pub(crate) fn code<T: Coded>(&self) -> Option<T> {
        let text = self.text()?;
        let code = T::from_code(text);
        if code.is_none() {
            let known: Vec<&str> = T::ALL.iter().map(|one| one.code()).collect();
            let meant = nearest(text, known.iter().copied()).unwrap_or("none").to_owned();
            let args = vec![
                ("value", text.to_owned()),
                ("known", known.join(", ")),
                ("nearest", meant),
            ];
            self.report("unknown-word", args);
        }
        code
    }

    /// Whether the value is the key of an entry of this file; otherwise that is reported.
    pub(crate) fn refers(&self, value: &str, keys: &[String]) -> bool {
        let found = keys.iter().any(|key| key == value);
        if !found {
            self.report("unknown-reference", vec![("value", value.to_owned())]);
        }
        found
    }

    /// Several codes of a closed list, none twice.
    pub(crate) fn codes<T: Coded + PartialEq>(&self) -> Option<Vec<T>> {
        let mut codes = Vec::new();
        let mut whole = true;
        for item in self.list()? {
            match item.code::<T>() {
                Some(code) if codes.contains(&code) => {
                    item.report("duplicate-entry", vec![("value", code.code().to_owned())]);
                    whole = false;
                }
                Some(code) => codes.push(code),
                None => whole = false,
            }
        }
        whole.then_some(codes)
    }

    /// The elements of a list that isn't empty.
    pub(crate) fn list(&self) -> Option<Vec<Item<'a>>> {
        let items = self.list_or_empty()?;
        if items.is_empty() {
            self.report("empty-list", Vec::new());
            return None;
        }
        Some(items)
    }

    /// The elements of a list.
    pub(crate) fn list_or_empty(&self) -> Option<Vec<Item<'a>>> {
        let Some(array) = self.value.get_ref().as_array() else {
            return self.wrong("array");
        };
        if array.len() > LIST_ITEMS_MAX {
            self.report("list-too-long", vec![("max", LIST_ITEMS_MAX.to_string())]);
            return None;
        }
        let item = |value: &'a Spanned<DeValue<'a>>| Item {
            log: self.log,
            line: self.log.line(value.span().start),
            path: self.path.clone(),
            value,
        };
        Some(array.iter().map(item).collect())
    }

    /// The value as a table.
    pub(crate) fn table(&self) -> Option<Table<'a>> {
        let Some(map) = self.value.get_ref().as_table() else {
            return self.wrong("table");
        };
        Some(Table::new(self.log, map, self.line, self.path.clone()))
    }

    /// The value as a list of tables; those that are none are reported.
    pub(crate) fn tables(&self) -> Vec<Table<'a>> {
        self.list().unwrap_or_default().iter().filter_map(Item::table).collect()
    }
}
