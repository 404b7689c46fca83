//! `jiebang parse`: what the readers make of a text, for scripts and for whoever wonders why a cell is held.

use std::ffi::OsString;
use std::io::BufRead;

use jcore::Words;
use kernel::parsed::{Beside, MoneyParts, Parsed, ParsedValue, Reader, RegionParts};
use kernel::{Level, PatentKind, Regions};
use serde::Serialize;

use crate::fail::{Done, Failure};
use crate::out;
use crate::voice::Voice;

/// The text that stands for the lines of the input.
const FROM_INPUT: &str = "-";
/// What shields a text that begins with a dash from being taken for a flag. It can't come from a shell by chance, and
/// a text that has it loses nothing but it.
const SHIELD: char = '\u{1}';

/// The arguments.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which reader.
    #[arg(value_parser = Reader::ALL.map(Reader::key))]
    kind: String,
    /// The texts.
    #[arg(required = true)]
    text: Vec<String>,
    /// The unit of the column's head.
    #[arg(long)]
    unit: Option<String>,
    /// The kind of patent stated.
    #[arg(long, value_parser = PatentKind::ALL.map(PatentKind::code))]
    stated: Option<String>,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

/// Marks arguments of `parse` that begin with a dash and are no flags: `-50万`, `—`. Flags begin with a letter.
pub(crate) fn shield(args: Vec<OsString>) -> Vec<OsString> {
    let is_parse = args.iter().skip(1).any(|arg| arg == "parse");
    let shielded = |arg: OsString| match arg.to_str().and_then(|text| text.strip_prefix('-')) {
        Some(rest) if is_parse && is_text(rest) => OsString::from(format!("{SHIELD}-{rest}")),
        _ => arg,
    };
    args.into_iter().map(shielded).collect()
}

/// Whether what stands behind a dash is no flag's name, nor the dash alone, which means the input.
fn is_text(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_some_and(|c| !c.is_ascii_alphabetic() && c != '-')
}

/// Reads the texts, one answer each in their order.
pub(crate) fn run(voice: &Voice, args: Args) -> Done {
    let Some(reader) = Reader::from_key(&args.kind) else {
        return Err(Failure::Usage(voice.word("cli-parse-kind")));
    };
    let words =
        Words::new([&(kernel::WORDS_ZH, kernel::WORDS_EN)]).map_err(|error| Failure::Refused(error.to_string()))?;
    let job = Job {
        voice,
        words,
        reader,
        beside: Beside {
            unit: args.unit.as_deref(),
            stated: args.stated.as_deref().and_then(PatentKind::from_code),
            regions: Regions::builtin(),
        },
        json: args.json,
    };
    let mut all_ok = true;
    for text in &args.text {
        if text == FROM_INPUT {
            for line in std::io::stdin().lock().split(b'\n') {
                let line = line.map_err(|error| Failure::Refused(error.to_string()))?;
                all_ok &= job.tell(String::from_utf8_lossy(&line).trim_end_matches('\r'))?;
            }
        } else {
            all_ok &= job.tell(text.strip_prefix(SHIELD).unwrap_or(text))?;
        }
    }
    if all_ok { Ok(()) } else { Err(Failure::Said) }
}

/// What stays the same for all texts.
struct Job<'a> {
    voice: &'a Voice,
    words: Words,
    reader: Reader,
    beside: Beside<'a>,
    json: bool,
}

/// What is printed of a text.
#[derive(Serialize)]
struct Answer<'a> {
    raw: &'a str,
    ok: bool,
    value: &'a Option<ParsedValue>,
    issues: Vec<Told>,
}

/// An issue in words.
#[derive(Serialize)]
struct Told {
    code: &'static str,
    level: Level,
    message: String,
}

impl Job<'_> {
    /// Reads one text and prints the answer. Gives whether it was read.
    fn tell(&self, text: &str) -> Done<bool> {
        let parsed = self.reader.read(text, &self.beside);
        let issues: Vec<Told> = parsed
            .issues
            .iter()
            .map(|issue| Told {
                code: issue.code,
                level: issue.level,
                message: self.words.issue(self.voice.lang, issue),
            })
            .collect();
        if self.json {
            let answer = Answer {
                raw: &parsed.raw,
                ok: parsed.ok,
                value: &parsed.value,
                issues,
            };
            let line = serde_json::to_string(&answer).map_err(|error| Failure::Refused(error.to_string()))?;
            out::line(&line);
        } else {
            self.in_words(&parsed, &issues);
        }
        Ok(parsed.ok)
    }

    /// A line with the value, and one for each issue.
    fn in_words(&self, parsed: &Parsed, issues: &[Told]) {
        let value = match &parsed.value {
            Some(value) => self.value(value),
            None => self.voice.word("cli-parse-none"),
        };
        out::line(&format!("{} → {value}", parsed.raw));
        for issue in issues {
            let level = self.voice.word(match issue.level {
                Level::Error => "cli-level-error",
                Level::Warning => "cli-level-warning",
                Level::Note => "cli-level-note",
            });
            out::line(&format!("  [{level}] {}", issue.message));
        }
    }

    fn value(&self, value: &ParsedValue) -> String {
        match value {
            ParsedValue::Money(money) => self.money(money),
            ParsedValue::Date(date) => [
                Some(date.year.to_string()),
                date.month.map(|month| format!("{month:02}")),
                date.day.map(|day| format!("{day:02}")),
            ]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("-"),
            ParsedValue::Patent(patent) => {
                let kind = self.of_kernel(&format!("patent-kind-{}", patent.kind.code()));
                let pct = if patent.pct { " PCT" } else { "" };
                format!("{} ({kind}{pct})", patent.number)
            }
            ParsedValue::Uscc(uscc) => uscc.code.clone(),
            ParsedValue::Region(region) => named(region),
            ParsedValue::Candidates(several) => {
                let list: Vec<String> = several.candidates.iter().map(named).collect();
                format!("? {}", list.join(" / "))
            }
            ParsedValue::Field(field) => {
                let named = |code: &&str| {
                    let word = self.of_kernel(&format!("sector-{}", code.to_ascii_lowercase()));
                    format!("{code} {word}")
                };
                field.codes.iter().map(named).collect::<Vec<_>>().join(" / ")
            }
            ParsedValue::Ipc(ipc) => {
                let group = ipc.group.as_deref().unwrap_or_default();
                format!("{}{}{}{group}", ipc.section, ipc.class, ipc.subclass)
            }
            ParsedValue::Phone(phone) => match &phone.extension {
                Some(extension) => format!("{}转{extension}", phone.number),
                None => phone.number.clone(),
            },
            ParsedValue::ContractNo(number) => {
                let digits = self.voice.say("cli-parse-digits", &[("n", number.digits.to_string())]);
                format!("{} ({digits})", number.number)
            }
        }
    }

    /// Kind and amounts, each with its currency; the words of amounts are the same in both languages.
    fn money(&self, money: &MoneyParts) -> String {
        let kind = serde_json::to_value(money.kind).ok();
        let kind = kind.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default();
        let amount = |fen: i64| {
            format!(
                "{} {}",
                money.currency,
                kernel::Fen::new(fen).to_string().replace('¥', "")
            )
        };
        let mut parts = vec![self.voice.word(&format!("cli-parse-money-{kind}"))];
        parts.extend(money.entry_fen.map(|fen| format!("{} +", amount(fen))));
        match (money.min_fen, money.max_fen) {
            (Some(min), Some(max)) if min == max => parts.push(amount(min)),
            (Some(min), Some(max)) => parts.push(format!("{} – {}", amount(min), amount(max))),
            (Some(one), None) | (None, Some(one)) => parts.push(amount(one)),
            (None, None) => {}
        }
        if let Some(rate) = money.rate_percent {
            let base = money.rate_base.as_deref().unwrap_or_default();
            let rate = serde_json::to_string(&rate).unwrap_or_default();
            parts.push(format!("{base} {rate}%").trim_start().to_owned());
        }
        if money.open {
            parts.push(self.voice.word("cli-parse-open"));
        }
        parts.extend(money.per.as_ref().map(|per| format!("/ {per}")));
        parts.join(" ")
    }

    fn of_kernel(&self, id: &str) -> String {
        self.words.get(self.voice.lang, id, &[])
    }
}

/// A division with its code.
fn named(region: &RegionParts) -> String {
    format!("{} {}", region.code, region.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_begin_with_a_dash_are_no_flags() {
        let args = |list: &[&str]| list.iter().map(OsString::from).collect::<Vec<_>>();
        let given = args(&["jiebang", "parse", "money", "-50万", "-", "--json", "-h", "-5"]);
        let shielded = shield(given.clone());
        assert_eq!(shielded[3], OsString::from("\u{1}-50万"));
        assert_eq!(shielded[4..7], given[4..7]);
        assert_eq!(shielded[7], OsString::from("\u{1}-5"));
        let other = args(&["jiebang", "serve", "-5"]);
        assert_eq!(shield(other.clone()), other);
    }
}
