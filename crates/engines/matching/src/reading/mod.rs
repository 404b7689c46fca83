//! What is read off a text: its fields, classes of industry and of patents, demanded figures, maturity, budget, region
//! (R126). Guesses carry a probability; what is not said is left empty.

mod classes;
mod facts;

use forms::Indicator;
use kernel::{Fen, Region, Regions, Sector, Trl};
use serde::Serialize;

use crate::table::Table;
use crate::text::Analyser;
use classes::Classes;

/// Most guesses given of classes.
const GUESSES: usize = 5;
/// Sectors less likely than this are not told.
const TOLD_MIN: f32 = 0.05;

/// A class with how likely it is, among those of its kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Guess {
    /// Its code: `H01`, `3841`.
    pub code: &'static str,
    /// Its name, or what belongs to it.
    pub name: &'static str,
    /// How likely, 0 to 1.
    pub probability: f32,
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Reading {
    /// Sectors with their probabilities, likeliest first.
    pub fields: Vec<(Sector, f32)>,
    /// Classes of industry (GB/T 4754), likeliest first.
    pub industry: Vec<Guess>,
    /// Classes of patents (IPC), likeliest first.
    pub ipc: Vec<Guess>,
    /// Demanded figures.
    pub indicators: Vec<Indicator>,
    /// Maturity.
    pub maturity: Option<Trl>,
    /// What may be paid.
    pub budget: Option<Budget>,
    /// The narrowest division that is named in full.
    pub region: Option<Region>,
}

/// What may be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Budget {
    /// As it was written, without the word that says so.
    pub text: String,
    /// The most.
    pub most: Fen,
}

/// Reads texts. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Reader {
    analyser: Analyser,
    table: Table,
    classes: std::sync::Arc<Classes>,
}

impl Reader {
    /// Prepares the classes.
    #[must_use]
    pub fn new(analyser: Analyser, table: Table) -> Self {
        let classes = Classes::new(&analyser, &table);
        Self {
            analyser,
            table,
            classes: std::sync::Arc::new(classes),
        }
    }

    /// Reads a title and a text.
    #[must_use]
    pub fn read(&self, title: &str, body: &str) -> Reading {
        let (plain_title, plain_body) = (self.analyser.normalise(title), self.analyser.normalise(body));
        let vector = self.table.embed(&plain_title, &plain_body);
        let terms: std::collections::HashSet<String> = [&plain_title, &plain_body]
            .into_iter()
            .flat_map(|text| self.terms(text))
            .collect();
        let mut fields = self.classes.sectors(&vector, &terms);
        fields.retain(|(_, probability)| *probability >= TOLD_MIN);
        let whole = format!("{title}\n{body}");
        Reading {
            fields,
            industry: self.classes.industry(&vector, &terms, GUESSES),
            ipc: self.classes.ipc(&vector, &terms, GUESSES),
            indicators: facts::indicators(&whole),
            maturity: facts::maturity(&whole),
            budget: facts::budget(&whole),
            region: facts::region(&whole, Regions::builtin()),
        }
    }

    fn terms(&self, text: &str) -> Vec<String> {
        let mut terms = Vec::new();
        self.analyser
            .visit_normal(text, &mut |term: &str| terms.push(term.to_owned()));
        terms
    }
}

#[cfg(test)]
mod tests;
