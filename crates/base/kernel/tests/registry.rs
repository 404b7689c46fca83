//! Holds the registry of issues against the readers that make them and against the words in both languages.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail as tests do")]

use std::collections::BTreeSet;
use std::path::Path;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use kernel::{ISSUES, Issue, PatentKind, Regions, read};

/// The issues that the reader of this code makes of the text.
fn issues_of(code: &str, text: &str) -> Vec<Issue> {
    match code.split('-').next().unwrap() {
        "value" => read::date(&text.repeat(if code == "value-too-long" { 600 } else { 1 })).issues,
        "money" => {
            let mut issues = read::money(text, None).issues;
            issues.extend(read::money(text, Some("万元")).issues);
            issues
        }
        "date" if code == "date-serial-range" => read::excel_serial(text.parse().unwrap(), false).issues,
        "date" => read::date(text).issues,
        "patent" => {
            let mut issues = read::patent(text, None).issues;
            issues.extend(read::patent(text, Some(PatentKind::Utility)).issues);
            issues
        }
        "uscc" => read::uscc(text).issues,
        "ipc" => read::ipc(text).issues,
        "phone" => read::phone(text).issues,
        "email" => read::email(text).issues,
        "contract" => read::contract_no(text).issues,
        "region" => read::region(text, Regions::builtin()).issues,
        "sector" => read::sectors(text).issues,
        "trl" => read::trl(text).issues,
        "yes" => read::yes_no(text).issues,
        other => panic!("no reader for codes of {other}"),
    }
}

fn bundle(language: &str, words: &str) -> FluentBundle<FluentResource> {
    let resource =
        FluentResource::try_new(words.to_owned()).unwrap_or_else(|(_, errors)| panic!("{language}: {errors:?}"));
    let mut bundle = FluentBundle::new(vec![language.parse().unwrap()]);
    bundle.set_use_isolating(false);
    bundle.add_resource(resource).unwrap();
    bundle
}

/// The words of an issue; fails if an argument that they use is not there.
fn words(bundle: &FluentBundle<FluentResource>, issue: &Issue) -> String {
    let id = format!("issue-{}", issue.code);
    let message = bundle
        .get_message(&id)
        .unwrap_or_else(|| panic!("{id} has no words in {:?}", bundle.locales));
    let mut args = FluentArgs::new();
    for (name, value) in &issue.args {
        args.set(*name, value.as_str());
    }
    let mut errors = Vec::new();
    let text = bundle
        .format_pattern(message.value().unwrap(), Some(&args), &mut errors)
        .into_owned();
    assert!(errors.is_empty(), "{id}: {errors:?}");
    text
}

#[test]
fn every_example_makes_its_issue_and_has_words() {
    let (zh, en) = (bundle("zh-CN", kernel::WORDS_ZH), bundle("en", kernel::WORDS_EN));
    for row in ISSUES {
        let issues = issues_of(row.code, row.example);
        let issue = issues.iter().find(|issue| issue.code == row.code);
        let issue = issue.unwrap_or_else(|| panic!("{}: {} made {issues:?}", row.code, row.example));
        assert_eq!(issue.level, row.level, "{}", row.code);
        for bundle in [&zh, &en] {
            let text = words(bundle, issue);
            let found = issue.arg("found").unwrap();
            assert!(
                text.contains(found),
                "{}: the words don't say what was found: {text}",
                row.code
            );
        }
    }
}

#[test]
fn codes_are_unique() {
    let codes: BTreeSet<&str> = ISSUES.iter().map(|row| row.code).collect();
    assert_eq!(codes.len(), ISSUES.len());
}

#[test]
fn both_languages_have_the_same_ids() {
    let ids = |words: &str| -> BTreeSet<String> {
        words
            .lines()
            .filter_map(|line| line.split_once(" = "))
            .map(|(id, _)| id.to_owned())
            .collect()
    };
    let (zh, en) = (ids(kernel::WORDS_ZH), ids(kernel::WORDS_EN));
    assert_eq!(zh, en);
    let issues: BTreeSet<String> = ISSUES.iter().map(|row| format!("issue-{}", row.code)).collect();
    let worded: BTreeSet<String> = zh.into_iter().filter(|id| id.starts_with("issue-")).collect();
    assert_eq!(issues, worded, "each issue has words, and no words are left over");
}

#[test]
fn every_code_in_the_readers_source_is_registered() {
    let codes: BTreeSet<&str> = ISSUES.iter().map(|row| row.code).collect();
    let first_words: BTreeSet<&str> = codes
        .iter()
        .filter_map(|code| code.split_once('-'))
        .map(|(first, _)| first)
        .collect();
    let mut seen = BTreeSet::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/read")];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        for literal in source.split('"') {
            let kebab = literal.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
            if kebab
                && literal
                    .split_once('-')
                    .is_some_and(|(first, _)| first_words.contains(first))
            {
                assert!(
                    codes.contains(literal),
                    "{literal} of {} is not registered",
                    path.display()
                );
                seen.insert(literal.to_owned());
            }
        }
    }
    assert_eq!(seen.len(), codes.len(), "codes that no reader makes");
}
