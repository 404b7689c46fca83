//! The programme in words of the reader's language.

use jcore::{App, Lang};
use kernel::Region;
use rulebook::{Plain, Programme, SECTIONS, Speaker, Window};

/// A section of the telling.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its key, for links within the page.
    pub key: &'static str,
    /// Its heading.
    pub title: String,
    /// What it says.
    pub statements: Vec<Statement>,
}

/// A sentence, whether it binds, and where the plan says so.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The sentence.
    pub text: String,
    /// `hard`, `soft` or nothing.
    pub force: &'static str,
    /// The force in words.
    pub force_text: String,
    /// The plan's words.
    pub source: String,
}

struct Voice<'a>(&'a App, Lang);

impl Speaker for Voice<'_> {
    fn lang(&self) -> &str {
        self.1.code()
    }
    fn word(&self, id: &str) -> String {
        self.0.words.get(self.1, id, &[])
    }
    fn place(&self, region: Region) -> String {
        self.0.regions.full_name(region)
    }
}

/// Tells a programme section by section.
#[must_use]
pub fn tell(app: &App, lang: Lang, programme: &Programme) -> Vec<Section> {
    let told = programme.told();
    let voice = Voice(app, lang);
    SECTIONS
        .iter()
        .map(|key| Section {
            key,
            title: app.words.get(lang, &format!("rule-section-{key}"), &[]),
            statements: told
                .iter()
                .filter(|t| t.section == *key)
                .map(|t| statement(app, lang, &voice, t))
                .collect(),
        })
        .filter(|s| !s.statements.is_empty())
        .collect()
}

fn statement(app: &App, lang: Lang, voice: &Voice<'_>, told: &rulebook::Told) -> Statement {
    let args: Vec<(&str, String)> = told
        .speak(voice)
        .into_iter()
        .map(|(k, v)| {
            let text = match v {
                Plain::Text(t) => t,
                Plain::Number(n) => n.to_string(),
            };
            (k, text)
        })
        .collect();
    let force = match told.hard {
        Some(true) => "hard",
        Some(false) => "soft",
        None => "",
    };
    let force_text = if force.is_empty() {
        String::new()
    } else {
        app.words.get(lang, &format!("rule-force-{force}"), &[])
    };
    Statement {
        text: app.words.get(lang, &told.id, &args),
        force,
        force_text,
        source: told.source.to_string(),
    }
}

/// A phase's days in short: `3–6月`, `5月11–20日`, `6月起`; in English `1 Mar – 30 Jun`.
#[must_use]
pub(crate) fn span(app: &App, lang: Lang, window: &Window) -> String {
    let day = |d: kernel::Day| {
        app.words.get(
            lang,
            "programme-day",
            &[("month", d.month().to_string()), ("day", d.day().to_string())],
        )
    };
    match window.to {
        None => app.words.get(lang, "programme-from", &[("from", day(window.from))]),
        Some(to) => {
            let whole_months = window.from.day() == 1 && to.last_of_month() == to;
            if whole_months && lang == Lang::Zh {
                let (a, b) = (window.from.month(), to.month());
                return if a == b {
                    format!("{a}月")
                } else {
                    format!("{a}–{b}月")
                };
            }
            format!("{} – {}", day(window.from), day(to))
        }
    }
}
