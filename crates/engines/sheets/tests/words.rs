//! Every refusal has words in both languages, and the words get the arguments they ask for.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

use std::cell::RefCell;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use sheets::{AnnotatedWords, Found, ISSUE_HEADS, REFUSALS, ROW_HEADS, Refusal, WORDS_EN, WORDS_ZH};
use unic_langid::langid;

const FOUND: [Found; 13] = [
    Found::Pdf,
    Found::Image,
    Found::Archive,
    Found::Word,
    Found::Slides,
    Found::Ods,
    Found::Xlsb,
    Found::Html,
    Found::Xml,
    Found::Rtf,
    Found::Encoding,
    Found::Ole,
    Found::Binary,
];

/// The words that are written into workbooks.
const WRITTEN: [&str; 8] = [
    "sheet-issues-head",
    "sheet-row-head",
    "sheet-row-note",
    "sheet-issues-name",
    "sheet-issues-more",
    "sheet-column-head",
    "sheet-level-head",
    "sheet-written-head",
];

fn refusals() -> Vec<Refusal> {
    let sheet = || "专利".to_owned();
    let mut all = vec![
        Refusal::TooLarge {
            bytes: 30 << 20,
            limit: 20 << 20,
        },
        Refusal::UnpacksTooLarge {
            bytes: 200 << 20,
            limit: 192 << 20,
        },
        Refusal::TooManySheets { sheets: 51, limit: 50 },
        Refusal::TooManyRows {
            sheet: sheet(),
            row: 8,
            limit: 7,
        },
        Refusal::TooManyColumns {
            sheet: sheet(),
            col: 8,
            limit: 7,
        },
        Refusal::TooManyCells { limit: 7 },
        Refusal::CellTooLong {
            sheet: sheet(),
            cell: "B7".to_owned(),
            bytes: 9,
            limit: 7,
        },
        Refusal::Encrypted,
        Refusal::Broken {
            detail: "why".to_owned(),
        },
        Refusal::EtFormat,
        Refusal::Empty,
    ];
    all.extend(FOUND.map(|found| Refusal::UnknownFormat { found }));
    all
}

fn bundle(words: &str) -> FluentBundle<FluentResource> {
    let resource = FluentResource::try_new(words.to_owned())
        .map_err(|(_, errors)| errors)
        .unwrap();
    let mut bundle = FluentBundle::new(vec![langid!("zh-CN")]);
    bundle.set_use_isolating(false);
    bundle.add_resource(resource).unwrap();
    bundle
}

fn say(bundle: &FluentBundle<FluentResource>, refusal: &Refusal) -> String {
    let id = format!("refusal-{}", refusal.code());
    let pattern = bundle
        .get_message(&id)
        .and_then(|message| message.value())
        .unwrap_or_else(|| panic!("no {id}"));
    let mut args = FluentArgs::new();
    for (name, value) in refusal.args() {
        args.set(name, value);
    }
    let mut errors = Vec::new();
    let words = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
    assert!(errors.is_empty(), "{id}: {errors:?}");
    for (_, value) in refusal.args() {
        assert!(
            words.contains(&value) || id == "refusal-unknown-format",
            "{id} leaves out {value}"
        );
    }
    words
}

#[test]
fn all_refusals_are_listed() {
    let mut codes: Vec<_> = refusals().iter().map(Refusal::code).collect();
    codes.sort_unstable();
    codes.dedup();
    let mut listed = REFUSALS.to_vec();
    listed.sort_unstable();
    assert_eq!(codes, listed);
}

#[test]
fn all_refusals_speak_both_languages() {
    for words in [WORDS_ZH, WORDS_EN] {
        let bundle = bundle(words);
        let said: Vec<_> = refusals().iter().map(|refusal| say(&bundle, refusal)).collect();
        let mut distinct = said.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), said.len());
        let known: Vec<_> = REFUSALS
            .iter()
            .map(|code| format!("refusal-{code} ="))
            .chain(WRITTEN.iter().map(|id| format!("{id} =")))
            .collect();
        let lines = words
            .lines()
            .filter(|line| line.contains(" = ") && !line.starts_with([' ', '#']));
        assert_eq!(lines.clone().count(), known.len());
        assert!(
            lines
                .clone()
                .all(|line| known.iter().any(|start| line.starts_with(start)))
        );
    }
}

#[test]
fn heads_that_are_written_are_known_when_read() {
    for (at, words) in [WORDS_ZH, WORDS_EN].into_iter().enumerate() {
        let bundle = bundle(words);
        let asked = RefCell::new(Vec::new());
        let word = |id: &str| {
            asked.borrow_mut().push(id.to_owned());
            let pattern = bundle.get_message(id).and_then(|message| message.value());
            // The levels are words of the kernel.
            pattern.map_or_else(String::new, |pattern| {
                bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned()
            })
        };
        let words = AnnotatedWords::by(word);
        assert_eq!(words.row_head, ROW_HEADS[at]);
        assert_eq!(words.issues_head, ISSUE_HEADS[at]);
        let asked = asked.into_inner();
        assert!(WRITTEN.iter().all(|id| asked.iter().any(|other| other == id)));
    }
}
