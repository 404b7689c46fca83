//! Words: both languages have the same ids, and every id that code or a template names exists.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jcore::{Lang, Words};

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, out: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).unwrap().filter_map(Result::ok) {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["target", "tests", "snapshots"].contains(&name.as_str()) {
                    walk(&path, out);
                }
            } else if name.ends_with(".rs") || name.ends_with(".html") {
                out.push((path.clone(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut out = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."), &mut out);
    out
}

/// The literal first argument of every call of one of these names: `.t("…")`.
fn literals<'a>(text: &'a str, call: &str) -> Vec<&'a str> {
    text.match_indices(call)
        .filter_map(|(at, _)| text[at + call.len()..].split_once('"').map(|(id, _)| id))
        .filter(|id| !id.contains('{') && !id.is_empty())
        .collect()
}

fn words() -> Words {
    Words::new(&web::all_words()).expect("words that can be read")
}

#[test]
fn both_languages_have_the_same_ids() {
    let words = words();
    let zh: BTreeSet<_> = words.ids(Lang::Zh).iter().collect();
    let en: BTreeSet<_> = words.ids(Lang::En).iter().collect();
    let differ: Vec<_> = zh.symmetric_difference(&en).collect();
    assert!(differ.is_empty(), "only in one language: {differ:?}");
    assert!(zh.len() > 200, "the words were read");
}

#[test]
fn every_id_named_in_code_and_templates_exists() {
    let words = words();
    let mut missing = BTreeSet::new();
    for (path, text) in sources() {
        for call in [".t(\"", ".t1(\"", ".t2(\"", ".ta(\""] {
            for id in literals(&text, call) {
                if !words.has(Lang::Zh, id) || !words.has(Lang::En, id) {
                    missing.insert(format!("{id} ({})", path.file_name().unwrap().to_string_lossy()));
                }
            }
        }
        if path.extension().is_some_and(|e| e == "rs") {
            for key in literals(&text, "act.note(\"") {
                let id = format!("audit-{}", key.replace('.', "-"));
                if !words.has(Lang::Zh, &id) && !key.starts_with("test.") {
                    missing.insert(id);
                }
            }
            for call in ["Issue::error(\"", "Issue::warning(\"", "Issue::note(\""] {
                for code in literals(&text, call) {
                    let id = format!("issue-{code}");
                    // One letter is a unit test's own code.
                    if !words.has(Lang::Zh, &id) && code.len() > 1 {
                        missing.insert(format!("{id} ({})", path.file_name().unwrap().to_string_lossy()));
                    }
                }
            }
        }
    }
    assert!(
        missing.is_empty(),
        "no words for:\n{}",
        missing.into_iter().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn no_chinese_stands_in_a_template() {
    // Long documents are a template a language, not words.
    let document = |p: &Path| {
        p.file_name()
            .is_some_and(|n| n.to_string_lossy().contains("terms") || n.to_string_lossy().contains("privacy"))
    };
    let mut found = Vec::new();
    for (path, text) in sources()
        .into_iter()
        .filter(|(p, _)| p.extension().is_some_and(|e| e == "html") && !document(p))
    {
        for (n, line) in text.lines().enumerate() {
            // The mark of the house is a drawing, not a word.
            let plain = line.replace("aria-hidden=\"true\">榜<", "");
            if plain.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
                found.push(format!("{}:{}", path.display(), n + 1));
            }
        }
    }
    assert!(found.is_empty(), "words belong into words/*.ftl: {found:?}");
}
