//! `jiebang errors`: every code that the platform answers with, and its words in both languages. The page
//! `docs/errors.md` is this command's output.

use std::collections::BTreeMap;

use jcore::{Fault, Lang, Words};
use kernel::{CodeInfo, Level};

use crate::fail::Done;
use crate::out;
use crate::voice::Voice;

/// The flags.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// As the page of the documentation.
    #[arg(long)]
    markdown: bool,
}

/// A group of codes, which share the beginning of their words' ids.
struct Group {
    /// Its heading is `cli-errors-KEY`, its introduction `cli-errors-KEY.about`.
    key: &'static str,
    rows: Vec<Row>,
}

/// A code with its words.
struct Row {
    code: String,
    level: Option<Level>,
    example: String,
    zh: String,
    en: String,
}

/// Lists the codes.
pub(crate) fn run(voice: &Voice, args: Args) -> Done {
    let Some(words) = voice.all() else {
        return Err(Fault::internal("words").into());
    };
    let groups = groups(words);
    if args.markdown {
        out::text(&markdown(&groups));
        return Ok(());
    }
    for group in &groups {
        out::line(&format!("{}\n", voice.word(&format!("cli-errors-{}", group.key))));
        let rows: Vec<Vec<String>> = group
            .rows
            .iter()
            .map(|r| {
                let words = if voice.lang == Lang::Zh { &r.zh } else { &r.en };
                vec![
                    format!("  {}", r.code),
                    r.level.map_or_else(String::new, |l| voice.word(level_word(l))),
                    words.clone(),
                ]
            })
            .collect();
        let head = ["cli-col-code", "cli-col-level", "cli-col-words"].map(|id| voice.word(id));
        let head = [format!("  {}", head[0]), head[1].clone(), head[2].clone()];
        out::line(&out::table(&head, &rows));
    }
    Ok(())
}

fn level_word(level: Level) -> &'static str {
    match level {
        Level::Error => "cli-level-error",
        Level::Warning => "cli-level-warning",
        Level::Note => "cli-level-note",
    }
}

/// All groups: faults of requests, refused files, issues of values, mistakes of programme files.
fn groups(words: &Words) -> Vec<Group> {
    let plain = |prefix: &str, codes: &[&str]| -> Vec<Row> {
        codes.iter().map(|code| row(words, prefix, code, None, "")).collect()
    };
    vec![
        Group {
            key: "faults",
            rows: faults(words),
        },
        Group {
            key: "refusals",
            rows: plain("refusal", sheets::REFUSALS),
        },
        Group {
            key: "issues",
            rows: issues(words),
        },
        Group {
            key: "mistakes",
            rows: plain("mistake", rulebook::MISTAKES),
        },
    ]
}

/// The faults: those of the core, and those that capabilities have words for.
fn faults(words: &Words) -> Vec<Row> {
    let mut codes: Vec<&str> = Fault::CODES.to_vec();
    codes.extend(ids_of(words, "fault-"));
    dedup(&mut codes);
    codes
        .into_iter()
        .map(|code| {
            let mut row = row(words, "fault", code, None, "");
            let text = format!("fault-{code}.text");
            if words.has(Lang::Zh, &text) {
                row.zh = format!("{}。{}", row.zh, shown(&words.get(Lang::Zh, &text, &[])));
                row.en = format!("{}. {}", row.en, shown(&words.get(Lang::En, &text, &[])));
            }
            row
        })
        .collect()
}

/// The issues: registries first, then every other code that there are words for.
fn issues(words: &Words) -> Vec<Row> {
    let mut known: BTreeMap<&str, &CodeInfo> = BTreeMap::new();
    let mut codes: Vec<&str> = Vec::new();
    for info in registries().iter().flat_map(|r| r.iter()) {
        known.insert(info.code, info);
        codes.push(info.code);
    }
    let mut others = ids_of(words, "issue-");
    others.sort_unstable();
    codes.extend(others);
    dedup(&mut codes);
    let of = |code: &str| match known.get(code) {
        Some(info) => row(words, "issue", code, Some(info.level), info.example),
        None => row(words, "issue", code, None, ""),
    };
    codes.into_iter().map(of).collect()
}

/// The registries of the crates that keep one.
fn registries() -> Vec<&'static [CodeInfo]> {
    vec![kernel::ISSUES, forms::ISSUES, rulebook::ISSUES]
}

/// The codes that have words: ids with this beginning, without attributes.
fn ids_of<'a>(words: &'a Words, prefix: &str) -> Vec<&'a str> {
    words
        .ids(Lang::Zh)
        .iter()
        .filter(|id| !id.contains('.'))
        .filter_map(|id| id.strip_prefix(prefix))
        .collect()
}

/// Drops what was there before, and keeps the order.
fn dedup(codes: &mut Vec<&str>) {
    let mut seen = std::collections::BTreeSet::new();
    codes.retain(|code| seen.insert((*code).to_owned()));
}

fn row(words: &Words, prefix: &str, code: &str, level: Option<Level>, example: &str) -> Row {
    let id = format!("{prefix}-{code}");
    let say = |lang| shown(&words.get(lang, &id, &[]));
    Row {
        code: code.to_owned(),
        level,
        example: example.to_owned(),
        zh: say(Lang::Zh),
        en: say(Lang::En),
    }
}

/// Words with their arguments left open: `{$found}` becomes `‹found›`, and several lines become one.
fn shown(text: &str) -> String {
    text.replace("{$", "‹")
        .replace('}', "›")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn markdown(groups: &[Group]) -> String {
    let mut out = String::from(MARKDOWN_HEAD);
    for group in groups {
        let (title, about) = MARKDOWN_GROUPS
            .iter()
            .find(|g| g.0 == group.key)
            .map_or(("", ""), |g| (g.1, g.2));
        out.push_str(&format!("\n## {title}\n\n{about}\n\n"));
        let graded = group.rows.iter().any(|r| r.level.is_some());
        out.push_str(if graded { GRADED_HEAD } else { PLAIN_HEAD });
        for row in &group.rows {
            let (code, zh, en) = (&row.code, cell(&row.zh), cell(&row.en));
            if graded {
                let level = row.level.map_or("", |l| match l {
                    Level::Error => "error",
                    Level::Warning => "warning",
                    Level::Note => "note",
                });
                out.push_str(&format!(
                    "| `{code}` | {level} | {} | {zh} | {en} |\n",
                    cell(&row.example)
                ));
            } else {
                out.push_str(&format!("| `{code}` | {zh} | {en} |\n"));
            }
        }
    }
    out
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}

const MARKDOWN_HEAD: &str = "\
# Errors

Every code that the platform answers with, in pages, in the JSON API (`error.code`, `error.fields[].code`), in import
reports and on the command line. Codes are stable; words may get better. Made by `jiebang errors --markdown`.

Arguments of the words stand in ‹›.
";

const GRADED_HEAD: &str = "| Code | Level | Example | 中文 | English |\n|---|---|---|---|---|\n";
const PLAIN_HEAD: &str = "| Code | 中文 | English |\n|---|---|---|\n";

/// Headings of the page, which is in English as all documentation of the code is.
const MARKDOWN_GROUPS: [(&str, &str, &str); 4] = [
    ("faults", "Faults", "What a whole request comes back with."),
    ("refusals", "Refused files", "Why a workbook is not taken in at all."),
    (
        "issues",
        "Issues",
        "What was found with one value or one row. An *error* leaves no value, so the row is held; a *warning* leaves one that a \
         person should look at; a *note* only tells. Without a level, it depends on whether the programme's rule binds.",
    ),
    (
        "mistakes",
        "Mistakes in programme files",
        "Told by line by `jiebang programme check FILE`.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_words_in_both_languages() {
        let voice = Voice::new(Lang::En).unwrap();
        let words = voice.all().unwrap();
        let groups = groups(words);
        assert_eq!(groups.len(), MARKDOWN_GROUPS.len());
        for group in &groups {
            assert!(!group.rows.is_empty(), "{}", group.key);
            for row in &group.rows {
                // Where there are no words, the id itself is shown.
                for text in [&row.zh, &row.en] {
                    assert!(!text.ends_with(&row.code), "{}: no words for {}", group.key, row.code);
                }
            }
        }
    }

    #[test]
    fn the_page_is_a_page() {
        let voice = Voice::new(Lang::En).unwrap();
        let page = markdown(&groups(voice.all().unwrap()));
        for line in page.lines().filter(|l| l.starts_with("| `")) {
            let bars = line.replace("\\|", "").matches('|').count();
            assert!(bars == 4 || bars == 6, "{line}");
        }
        assert!(page.contains("| `not-found` |") && page.contains("| `encrypted` |"));
    }
}
