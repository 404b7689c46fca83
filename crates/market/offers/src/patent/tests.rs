//! What the patent's checks find.

use super::*;
use crate::testing::{checked, checked_for, codes, example, with};
use entries::Owner;

fn found(changes: &[(&str, &str)]) -> Vec<&'static str> {
    codes(&checked(&Patent, &with(example(&FORM), changes)))
}

#[test]
fn the_form_is_sound_and_its_example_good() {
    assert_eq!(forms::check(&FORM), Vec::<String>::new());
    let record = checked(&Patent, &example(&FORM));
    assert!(
        codes(&record).is_empty(),
        "{:?}",
        record.all_issues().collect::<Vec<_>>()
    );
}

#[test]
fn number_type_and_days_must_agree() {
    assert_eq!(found(&[("type", "实用新型")]), ["offers-kind-differs"]);
    assert_eq!(found(&[("filed", "2019-12-30")]), ["offers-year-differs"]);
    assert_eq!(
        found(&[("filed", "2021-08-20")]),
        ["offers-year-differs", "offers-grant-before-filing"]
    );
    assert_eq!(found(&[("granted", "2023-06-15")]), ["offers-grant-to-come"]);
    // Through the PCT the application abroad came first.
    assert!(found(&[("number", "ZL202080012345.2"), ("filed", "2018-11-06")]).is_empty());
}

#[test]
fn the_programme_asks_for_recent_patents_in_force() {
    let old = [
        ("number", "ZL201710601862.3"),
        ("filed", "2017-07-21"),
        ("granted", "2019-12-31"),
    ];
    assert_eq!(found(&old), ["patent-granted-early"]);
    assert!(
        found(&[
            ("granted", "2020-01-01"),
            ("filed", "2019-01-02"),
            ("number", "ZL201910000001.9")
        ])
        .is_empty()
    );
    assert!(found(&[("legal", "失效")]).contains(&"patent-not-in-force"));
    assert!(found(&[("legal", "质押")]).is_empty());
}

#[test]
fn a_patent_outlives_no_term() {
    let utility = |number: &str, filed: &str| found(&[("number", number), ("type", "实用新型"), ("filed", filed)]);
    assert_eq!(utility("ZL200320000001.3", "2003-12-02"), ["offers-term-over"]);
    assert_eq!(utility("ZL201020000001.3", "2010-06-15"), ["offers-term-over"]);
    assert!(
        utility("ZL202020000001.5", "2020-06-15")
            .iter()
            .all(|code| *code != "offers-term-over")
    );
}

#[test]
fn co_owners_are_asked_beyond_an_ordinary_licence() {
    assert_eq!(found(&[("co_owners_agree", "否")]), ["offers-co-owners"]);
    assert_eq!(found(&[("co_owners_agree", "")]), ["offers-co-owners"]);
    assert!(found(&[("co_owners_agree", ""), ("modes", "普通许可")]).is_empty());
    assert!(found(&[("co_owners_agree", ""), ("owners", "秣陵理工大学")]).is_empty());
    assert_eq!(found(&[("owners", "他校；别校")]), ["offers-owner-missing"]);
}

#[test]
fn a_design_may_have_a_locarno_class() {
    let design = [
        ("number", "ZL202130345678.4"),
        ("type", "外观设计"),
        ("filed", "2021-06-04"),
        ("granted", "2021-11-09"),
    ];
    let with_class = |class: &str| checked(&Patent, &with(with(example(&FORM), &design), &[("ipc", class)]));
    let record = with_class("14-02");
    assert!(!record.has_errors(), "{:?}", record.all_issues().collect::<Vec<_>>());
    assert!(
        record
            .all_issues()
            .any(|(key, issue)| key == Some("ipc") && issue.code == "offers-locarno")
    );
    assert_eq!(record.value("ipc"), Some(&Value::Text("14-02".into())));
    // What is stored reads as the same again.
    let written = forms::write(record.value("ipc").unwrap(), FORM.field("ipc").unwrap());
    assert_eq!(with_class(&written).value("ipc"), record.value("ipc"));
    assert!(with_class("1402").has_errors());
    assert!(
        checked(&Patent, &with(example(&FORM), &[("ipc", "14-02")])).has_errors(),
        "an invention has an IPC class"
    );
}

#[test]
fn plan_numbers_are_required_of_counting_levels() {
    assert_eq!(found(&[("plan_no", "")]), ["field-missing-when"]);
    assert!(found(&[("plan_no", ""), ("plan_level", "市级")]).is_empty());
    assert!(found(&[("plan_no", ""), ("plan_level", "无")]).is_empty());
}

#[test]
fn an_open_licence_states_a_fee_within_bounds() {
    assert_eq!(
        found(&[("modes", "开放许可"), ("price", "面议")]),
        ["offers-open-unpriced"]
    );
    assert_eq!(
        found(&[("modes", "开放许可"), ("price", "2500万元")]),
        ["offers-open-dear"]
    );
    assert_eq!(
        found(&[("modes", "开放许可"), ("price", "净销售额25%")]),
        ["offers-open-dear"]
    );
    assert!(found(&[("modes", "开放许可"), ("price", "利润35%")]).is_empty());
    assert!(found(&[("modes", "开放许可"), ("price", "5万元")]).is_empty());
}

#[test]
fn who_supplies_and_from_where_is_looked_at() {
    let draft = example(&FORM);
    assert_eq!(
        codes(&checked_for(&Patent, &draft, Some(Owner::Firm), Some("320106"))),
        ["supplier-unusual"]
    );
    assert_eq!(
        codes(&checked_for(
            &Patent,
            &with(draft.clone(), &[("price", "30万元")]),
            Some(Owner::University),
            Some("330203")
        )),
        ["outside-price-low"]
    );
    assert!(codes(&checked_for(&Patent, &draft, None, None)).is_empty());
}

#[test]
fn a_patent_is_its_number() {
    let one = checked(&Patent, &example(&FORM));
    let two = checked(
        &Patent,
        &with(
            example(&FORM),
            &[("number", "２０２０ 1 0123456.2"), ("title", "另一名称")],
        ),
    );
    assert_eq!(Patent.same(&one), Patent.same(&two));
    assert_eq!(
        Patent.same(&checked(&Patent, &with(example(&FORM), &[("number", "")]))),
        None
    );
}

#[test]
fn the_demos_patents_are_good() {
    let rows = crate::testing::demo(&FORM, "patents.csv");
    assert!(rows.len() > 50);
    let mut bad = Vec::new();
    for (number, draft) in rows {
        let record = checked(&Patent, &draft);
        let errors = record
            .all_issues()
            .filter(|(_, issue)| issue.level == kernel::Level::Error);
        bad.extend(errors.map(|(key, issue)| format!("{number} {key:?} {issue:?}")));
    }
    assert!(bad.is_empty(), "{bad:#?}");
}
