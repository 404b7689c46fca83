//! Every word that code and templates ask for is there in both languages, and nothing is there that nobody asks for.

use std::collections::BTreeSet;
use std::path::Path;

use jcore::{Lang, Words};

fn files(folder: &Path, out: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out);
        } else {
            out.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

fn words() -> Words {
    Words::new(&[
        (kernel::WORDS_ZH, kernel::WORDS_EN),
        (jcore::WORDS_ZH, jcore::WORDS_EN),
        (forms::WORDS_ZH, forms::WORDS_EN),
        (intake::WORDS_ZH, intake::WORDS_EN),
        (crate::WORDS_ZH, crate::WORDS_EN),
    ])
    .unwrap()
}

/// The texts in quotes of the sources.
fn quoted() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    files(&root.join("src"), &mut texts);
    files(&root.join("templates"), &mut texts);
    texts
        .iter()
        .flat_map(|t| t.split('"').map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

fn own_ids(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|l| !l.starts_with([' ', '#', '}', '*']))
        .filter_map(|l| Some(l.split_once(" = ")?.0.to_owned()))
        .collect()
}

#[test]
fn both_languages_have_the_same_ids() {
    let words = words();
    let both: Vec<BTreeSet<&String>> = Lang::ALL.iter().map(|l| words.ids(*l).iter().collect()).collect();
    let own = own_ids(crate::WORDS_ZH);
    assert_eq!(own, own_ids(crate::WORDS_EN));
    let differing: Vec<_> = both[0]
        .symmetric_difference(&both[1])
        .filter(|id| own.contains(id.split('.').next().unwrap()))
        .collect();
    assert!(differing.is_empty(), "{differing:?}");
}

#[test]
fn what_is_asked_for_is_there() {
    let words = words();
    let has = |id: &str| words.has(Lang::Zh, id) && words.has(Lang::En, id);
    let mut missing = Vec::new();
    for text in quoted() {
        let own = text.starts_with("accounts-")
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        // Prefixes of words that are put together have no words themselves.
        let prefix = [
            "accounts-identity",
            "accounts-org-state",
            "accounts-user-state",
            "accounts-member-state",
            "accounts-tag",
        ]
        .contains(&text.as_str());
        if own && !text.ends_with('-') && !prefix && !has(&text) && !has(&format!("issue-{text}")) {
            missing.push(text);
        }
    }
    for action in crate::rules::ACTIONS {
        missing.extend(Some(format!("action-{}", action.0.replace('.', "-"))).filter(|id| !has(id)));
    }
    for item in crate::capability().nav {
        missing.extend(Some(format!("nav-{}", item.key)).filter(|id| !has(id)));
    }
    for form in [&crate::LIAISON, &crate::ORGANISATION, &crate::REGISTRATION] {
        for field in form.fields() {
            let id = format!("form-{}-{}", form.key, field.key.replace('_', "-"));
            missing.extend(Some(id).filter(|id| !has(id)));
            for choice in field
                .list()
                .iter()
                .flat_map(|l| l.codes.iter().map(|c| format!("list-{}-{}", l.key, c.code)))
            {
                missing.extend(Some(choice).filter(|id| !has(id)));
            }
        }
        missing.extend(
            form.sections
                .iter()
                .map(|s| format!("section-{}-{}", form.key, s.key))
                .filter(|id| !has(id)),
        );
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_note_and_notice_has_words() {
    let words = words();
    let has = |id: &str| words.has(Lang::Zh, id) && words.has(Lang::En, id);
    let mut texts = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut texts);
    let mut count = 0;
    for text in &texts {
        let notes = text
            .split(".note(")
            .skip(1)
            .filter_map(|t| t.trim_start().strip_prefix('"')?.split('"').next());
        for note in notes.filter(|n| n.contains('.') && n.bytes().all(|b| b.is_ascii_lowercase() || b".-".contains(&b)))
        {
            assert!(has(&format!("audit-{}", note.replace('.', "-"))), "{note}");
            count += 1;
        }
    }
    assert!(count > 40, "{count}");
    for notice in [
        "member-asked",
        "member-approved",
        "member-refused",
        "member-added",
        "member-ended",
        "liaison-missing",
        "org-merged",
        "password-changed",
        "stand-in-named",
        "stand-in-ended",
        "role-granted",
        "role-ended",
    ] {
        assert!(
            has(&format!("notice-{notice}")) && has(&format!("notice-{notice}.body")),
            "{notice}"
        );
        assert!(
            texts.iter().any(|t| t.contains(&format!("key: \"{notice}\""))),
            "{notice} is never sent"
        );
    }
}

#[test]
fn no_word_is_left_over() {
    let asked = quoted();
    let put_together = [
        "accounts-f-",
        "accounts-lang-",
        "accounts-identity-",
        "accounts-org-state-",
        "accounts-user-state-",
        "accounts-member-state-",
        "accounts-tag-",
        "accounts-mail-state-",
        "accounts-reason-",
    ];
    let left: Vec<_> = own_ids(crate::WORDS_ZH)
        .into_iter()
        .filter(|id| {
            let bare = id.strip_prefix("issue-").unwrap_or(id);
            bare.starts_with("accounts-") && !asked.contains(bare) && !put_together.iter().any(|p| bare.starts_with(p))
        })
        .collect();
    assert!(left.is_empty(), "{left:#?}");
}
