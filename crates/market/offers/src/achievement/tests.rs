//! What the achievement's checks find.

use super::*;
use crate::testing::{checked, checked_for, codes, example, with};
use entries::Owner;

fn found(changes: &[(&str, &str)]) -> Vec<&'static str> {
    codes(&checked(&Achievement, &with(example(&FORM), changes)))
}

#[test]
fn the_form_is_sound_and_its_example_good() {
    assert_eq!(forms::check(&FORM), Vec::<String>::new());
    let record = checked(&Achievement, &example(&FORM));
    assert!(
        codes(&record).is_empty(),
        "{:?}",
        record.all_issues().collect::<Vec<_>>()
    );
}

#[test]
fn secrets_are_refused() {
    for level in ["秘密", "机密级", "绝密"] {
        assert_eq!(found(&[("secrecy", level)]), ["offers-secret"], "{level}");
    }
    assert_eq!(found(&[("secrecy", "内部")]), ["offers-internal"]);
    assert!(!checked(&Achievement, &with(example(&FORM), &[("secrecy", "内部")])).has_errors());
    assert_eq!(found(&[("secrecy", "")]), ["field-missing"]);
}

#[test]
fn times_and_keywords_are_looked_at() {
    assert_eq!(found(&[("ended", "2019-06")]), ["offers-ended-before"]);
    assert!(found(&[("ended", "2019-07")]).is_empty());
    assert_eq!(found(&[("ended", "2023-07")]), ["offers-ended-to-come"]);
    assert_eq!(found(&[("keywords", "一、二、三、四")]), ["offers-keywords-many"]);
}

#[test]
fn a_conclusion_goes_with_an_evaluation() {
    assert_eq!(found(&[("conclusion", "")]), ["field-missing-when"]);
    assert!(found(&[("conclusion", ""), ("evaluation", "未评价")]).is_empty());
}

#[test]
fn whose_it_is_is_looked_at() {
    assert_eq!(found(&[("owners", "他校")]), ["offers-unit-missing"]);
    let of_firm = checked_for(&Achievement, &example(&FORM), Some(Owner::Firm), Some("320106"));
    assert_eq!(codes(&of_firm), ["achievement-owner-unusual", "supplier-unusual"]);
}

#[test]
fn the_same_work_is_the_same_whoever_hands_it_in() {
    let one = checked(
        &Achievement,
        &with(example(&FORM), &[("owners", "秣陵理工大学；某某公司")]),
    );
    let two = checked(
        &Achievement,
        &with(
            example(&FORM),
            &[
                ("owners", "秣陵理工大学；某某公司"),
                ("unit", "某某公司"),
                ("title", "《重载齿轮 低变形渗碳淬火成套工艺》"),
            ],
        ),
    );
    assert_eq!(Achievement.same(&one), Achievement.same(&two));
    assert!(Achievement.same(&one).is_some());
}

#[test]
fn the_demos_achievements_are_good() {
    let rows = crate::testing::demo(&FORM, "achievements.csv");
    assert!(rows.len() > 50);
    let mut bad = Vec::new();
    for (number, draft) in rows {
        let record = checked(&Achievement, &draft);
        let errors = record
            .all_issues()
            .filter(|(_, issue)| issue.level == kernel::Level::Error);
        bad.extend(errors.map(|(key, issue)| format!("{number} {key:?} {issue:?}")));
    }
    assert!(bad.is_empty(), "{bad:#?}");
}
