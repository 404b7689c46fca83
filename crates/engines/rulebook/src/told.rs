//! The programme in words: every rule as a statement with a fluent id and arguments, from which a page or
//! `programme check` can print it in both languages.

mod fairs;
mod year;

use kernel::{Day, Region};

use crate::codes::Coded;
use crate::model::{Name, Programme, Source};

/// The sections of the telling, in order. Their headings are `rule-section-{key}`.
pub const SECTIONS: &[&str] = &[
    "overview",
    "windows",
    "deadlines",
    "bidding",
    "fairs",
    "kpis",
    "caps",
    "eligibility",
    "documents",
    "duties",
    "cooperation",
];

/// One statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// Key of the section, one of [`SECTIONS`].
    pub section: &'static str,
    /// Fluent id of the sentence.
    pub id: String,
    /// Its arguments, to be resolved by [`Told::speak`].
    pub args: Vec<(&'static str, Arg)>,
    /// Whether the rule binds; none for a statement of fact. The words are `rule-force-hard` and `rule-force-soft`.
    pub hard: Option<bool>,
    /// Where the plan says so; empty where the plan says nothing and the programme file decides.
    pub source: Source,
}

/// An argument of a statement, before it is put into a language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Arg {
    /// The same in every language; also what a sentence selects its wording by.
    Text(String),
    /// A number, by which a sentence can select singular or plural.
    Number(i64),
    /// A day.
    Day(Day),
    /// A name that the file has in both languages.
    Name(Name),
    /// A fluent id.
    Word(String),
    /// Several, to be joined in the language's manner.
    List(Vec<Arg>),
    /// A division of the table.
    Region(Region),
}

/// An argument in a language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Plain {
    /// Text.
    Text(String),
    /// A number, to be handed over as one.
    Number(i64),
}

/// Who knows the words of a language.
pub trait Speaker {
    /// `zh` or `en`.
    fn lang(&self) -> &str;
    /// The words of a fluent id without arguments; ids are this crate's and, for `sector-…`, the kernel's.
    fn word(&self, id: &str) -> String;
    /// The name of a division.
    fn place(&self, region: Region) -> String;
}

impl Told {
    fn new(section: &'static str, id: impl Into<String>) -> Self {
        Self {
            section,
            id: id.into(),
            args: Vec::new(),
            hard: None,
            source: Source::default(),
        }
    }

    fn with(mut self, name: &'static str, arg: impl Into<Arg>) -> Self {
        self.args.push((name, arg.into()));
        self
    }

    fn force(mut self, hard: bool) -> Self {
        self.hard = Some(hard);
        self
    }

    fn source(mut self, source: &Source) -> Self {
        self.source = source.clone();
        self
    }

    /// The arguments in a language, ready for the sentence of [`Told::id`].
    pub fn speak(&self, speaker: &dyn Speaker) -> Vec<(&'static str, Plain)> {
        self.args
            .iter()
            .map(|(name, arg)| (*name, arg.plain(speaker)))
            .collect()
    }
}

impl Arg {
    fn plain(&self, speaker: &dyn Speaker) -> Plain {
        match self {
            Self::Number(number) => Plain::Number(*number),
            other => Plain::Text(other.text(speaker)),
        }
    }

    fn text(&self, speaker: &dyn Speaker) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Name(name) => name.get(speaker.lang()).to_owned(),
            Self::Word(id) => speaker.word(id),
            Self::Region(region) => speaker.place(*region),
            Self::List(args) => {
                let parts: Vec<String> = args.iter().map(|arg| arg.text(speaker)).collect();
                join(&parts, speaker.lang())
            }
        }
    }

    /// The words of a code of a closed list.
    fn coded<T: Coded>(code: T) -> Self {
        Self::Word(code.word())
    }

    /// A list of anything that can be an argument.
    fn list<T>(items: &[T], arg: impl Fn(&T) -> Self) -> Self {
        Self::List(items.iter().map(arg).collect())
    }
}

/// A list in the language's manner: `A、B、C`, or `A, B and C`.
fn join(parts: &[String], lang: &str) -> String {
    match parts.split_last() {
        Some((last, rest)) if lang == "en" && !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => parts.join("、"),
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl From<Day> for Arg {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}
impl From<&Name> for Arg {
    fn from(name: &Name) -> Self {
        Self::Name(name.clone())
    }
}
impl From<Region> for Arg {
    fn from(region: Region) -> Self {
        Self::Region(region)
    }
}

impl Programme {
    /// Everything that the programme states, in the order of [`SECTIONS`].
    pub fn told(&self) -> Vec<Told> {
        let mut told = Vec::new();
        year::overview(self, &mut told);
        year::windows(self, &mut told);
        year::deadlines(self, &mut told);
        year::bidding(self, &mut told);
        fairs::kinds(self, &mut told);
        fairs::kpis(self, &mut told);
        year::caps(self, &mut told);
        year::eligibility(self, &mut told);
        year::documents(self, &mut told);
        year::duties(self, &mut told);
        year::cooperation(self, &mut told);
        told
    }
}
