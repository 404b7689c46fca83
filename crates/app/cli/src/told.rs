//! Rules and their mistakes in words.

use jcore::{Lang, Words};
use kernel::{Region, Regions};
use rulebook::{Mistake, Plain, Programme, SECTIONS, Speaker};

/// Words of a language as the rulebook asks for them.
struct Tongue<'a>(&'a Words, Lang);

impl Speaker for Tongue<'_> {
    fn lang(&self) -> &str {
        self.1.code()
    }
    fn word(&self, id: &str) -> String {
        self.0.get(self.1, id, &[])
    }
    fn place(&self, region: Region) -> String {
        Regions::builtin().full_name(region)
    }
}

/// A mistake as compilers write it: `FILE:LINE: what`.
pub(crate) fn mistake(words: &Words, lang: Lang, file: &str, mistake: &Mistake) -> String {
    let args: Vec<(&str, String)> = mistake.args.iter().map(|(k, v)| (*k, v.clone())).collect();
    format!(
        "{file}:{}: {}",
        mistake.line,
        words.get(lang, &format!("mistake-{}", mistake.code), &args)
    )
}

/// A programme as plain text: sections with their statements, each with its force and its place in the plan.
pub(crate) fn programme(words: &Words, lang: Lang, programme: &Programme) -> String {
    let tongue = Tongue(words, lang);
    let told = programme.told();
    let mut out = String::new();
    for section in SECTIONS {
        let mut statements = told.iter().filter(|t| t.section == *section).peekable();
        if statements.peek().is_none() {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&words.get(lang, &format!("rule-section-{section}"), &[]));
        out.push('\n');
        for one in statements {
            let args: Vec<(&str, String)> = one.speak(&tongue).into_iter().map(|(k, v)| (k, text(v))).collect();
            let mut line = format!("  - {}", words.get(lang, &one.id, &args));
            let force = one
                .hard
                .map(|hard| words.get(lang, if hard { "rule-force-hard" } else { "rule-force-soft" }, &[]));
            let source = one.source.to_string();
            let notes: Vec<&str> = force
                .iter()
                .map(String::as_str)
                .chain([source.as_str()])
                .filter(|n| !n.is_empty())
                .collect();
            if !notes.is_empty() {
                line.push_str(&format!(" [{}]", notes.join(" · ")));
            }
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}

fn text(value: Plain) -> String {
    match value {
        Plain::Text(text) => text,
        Plain::Number(number) => number.to_string(),
    }
}
