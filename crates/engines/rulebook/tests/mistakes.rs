//! Every kind of mistake, made in the first shipped programme by a small edit: it is found on its line, by its code,
//! and nothing else is reported.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::collections::BTreeSet;

use kernel::Regions;
use rulebook::{MISTAKES, Mistake, SHIPPED, parse};

fn jiangsu() -> &'static str {
    SHIPPED[0].1
}

/// Parses what may well be broken: a file is read, or says why not.
fn refused_with_reason(text: &str) {
    if let Err(found) = parse(text, Regions::builtin()) {
        assert!(!found.is_empty(), "refused without a reason: {text}");
    }
}

fn mistakes(text: &str) -> Vec<Mistake> {
    parse(text, Regions::builtin()).err().unwrap_or_default()
}

/// The line, from 1, on which this text first stands.
fn line_of(text: &str, mark: &str) -> usize {
    let at = text
        .find(mark)
        .unwrap_or_else(|| panic!("no {mark:?} in the edited file"));
    text[..at].matches('\n').count() + 1
}

/// (what to replace, by what, the code, a text on the line that must be named); the first occurrence is replaced.
const EDITS: &[(&str, &str, &str, &str)] = &[
    // syntax
    ("year = 2023", "year 2023", "syntax-pair", "year 2023"),
    ("year = 2023", "year =", "syntax-pair", "year ="),
    (
        "region = \"320000\"",
        "region = province",
        "syntax-quote",
        "region = province",
    ),
    ("codes = [\"IT\", ", "codes = [\"IT\" ", "syntax-unclosed", "codes = ["),
    ("[holidays]", "[holidays", "syntax-unclosed", "[holidays"),
    ("day = 2023-06-20", "day = 2023-06-31", "syntax", "day = 2023-06-31"),
    ("from = 2023-02-01", "from = 20230201-", "syntax", "from = 20230201-"),
    ("\"ENV\", \"AGR\"]", "\"ENV\", \"AGR\"", "syntax-unclosed", "codes = ["),
    ("max = 12 }", "max = 12", "syntax-unclosed", "max = 12"),
    ("policy = \"skip\"", "policy = \"skip", "syntax-quote", "policy ="),
    // the same thing twice
    (
        "region = \"320000\"",
        "region = \"320000\"\nyear = 2024",
        "duplicate-key",
        "year = 2024",
    ),
    ("[renewal]", "[holidays]", "duplicate-key", "[holidays]\ndays = 180"),
    (
        "key = \"roster\"",
        "key = \"prepare\"",
        "duplicate-entry",
        "[[windows]]\nkey = \"prepare\"\nname = { zh = \"确定名单\"",
    ),
    (
        "code = \"talent-deals\"",
        "code = \"industry-deals\"",
        "duplicate-entry",
        "[[fair_kinds.kpis]]\ncode = \"industry-deals\"\nmetric = \"deals\"\nop = \"min\"\nvalue = 5",
    ),
    ("\"IT\", \"AI\"", "\"IT\", \"IT\"", "duplicate-entry", "codes ="),
    (
        "[\"wednesday\", \"friday\"]",
        "[\"friday\", \"friday\"]",
        "duplicate-entry",
        "weekdays =",
    ),
    (
        "\"320300\", \"320700\"",
        "\"320300\", \"320300\"",
        "duplicate-entry",
        "regions = [\"320300\", \"320300\"",
    ),
    (
        "[sectors]",
        "[[seasons]]\nkey = \"auction\"\nname = { zh = \"又\", en = \"x\" }\nsource = \"y\"\n[sectors]",
        "duplicate-entry",
        "[[seasons]]\nkey = \"auction\"\nname = { zh = \"又",
    ),
    (
        "metric = \"deals\"\nop = \"min\"\nvalue = 10",
        "metric = \"intentions\"\nop = \"min\"\nvalue = 10",
        "duplicate-rule",
        "[[fair_kinds]]\nkey = \"industry\"",
    ),
    // keys
    (
        "organiser = {",
        "organizer = \"x\"\norganiser = {",
        "unknown-key",
        "organizer = \"x\"",
    ),
    (
        "key = \"prepare\"",
        "key = \"prepare\"\nseazon = \"auction\"",
        "unknown-key",
        "seazon",
    ),
    (
        "name = { zh = \"前期筹备\", ",
        "name = { zh = \"前期筹备\", de = \"x\", ",
        "unknown-key",
        "de = \"x\"",
    ),
    ("year = 2023\n", "", "missing-key", "# 2023年江苏省"),
    (
        "hard = true\nsource = \"R060",
        "source = \"R060",
        "missing-key",
        "[bidding]",
    ),
    (
        "from = 2023-02-01\n",
        "",
        "missing-key",
        "[[windows]]\nkey = \"prepare\"",
    ),
    (
        "value = 100\nunit = \"firm\"\n",
        "unit = \"firm\"\n",
        "missing-key",
        "[[common_kpis]]\ncode = \"all-firms\"",
    ),
    (
        "source = \"R068",
        "# source = \"R068",
        "missing-key",
        "[[common_kpis]]\ncode = \"all-firms\"",
    ),
    (
        "{ zh = \"产业专场\", en = \"Industry fair\" }",
        "{ zh = \"产业专场\" }",
        "missing-key",
        "name = { zh = \"产业专场\" }",
    ),
    // types
    (
        "hard = false\nsource = \"R051",
        "hard = \"no\"\nsource = \"R051",
        "wrong-type",
        "hard = \"no\"",
    ),
    ("year = 2023", "year = \"2023\"", "wrong-type", "year = \"2023\""),
    (
        "from = 2023-02-01",
        "from = \"2023-02-01\"",
        "wrong-type",
        "from = \"2023-02-01\"",
    ),
    (
        "from = 2023-02-01",
        "from = 2023-02-01T09:00:00",
        "wrong-type",
        "from = 2023-02-01T",
    ),
    (
        "name = { zh = \"前期筹备\", en = \"Preparation and applications to host\" }",
        "name = \"前期筹备\"",
        "wrong-type",
        "name = \"前期筹备\"",
    ),
    ("extra = []", "extra = 2023-05-04", "wrong-type", "extra ="),
    ("source = \"R051", "source = 51 # ", "wrong-type", "source = 51"),
    (
        "count = { min = 10, max = 12 }",
        "count = 10",
        "wrong-type",
        "count = 10",
    ),
    // values
    ("region = \"320000\"", "region = \" \"", "empty-text", "region = \" \""),
    (
        "codes = [\"IT\", \"AI\", \"BIO\", \"NE\", \"NM\", \"EQ\", \"ENV\", \"AGR\"]",
        "codes = []",
        "empty-list",
        "codes = []",
    ),
    (
        "count = { min = 10, max = 12 }",
        "count = {}",
        "empty-table",
        "count = {}",
    ),
    (
        "when = { season = \"auction\" }",
        "when = {}",
        "empty-table",
        "when = {}",
    ),
    (
        "key = \"prepare\"",
        "key = \"Prepare_1\"",
        "bad-key",
        "key = \"Prepare_1\"",
    ),
    (
        "key = \"jiangsu-2023\"",
        "key = \"2023-jiangsu\"",
        "bad-key",
        "key = \"2023-jiangsu\"",
    ),
    ("year = 2023", "year = 20230", "out-of-range", "year = 20230"),
    (
        "value = 100\nunit = \"firm\"",
        "value = -1\nunit = \"firm\"",
        "out-of-range",
        "value = -1",
    ),
    (
        "value = 30\nunit = \"percent\"",
        "value = 130\nunit = \"percent\"",
        "out-of-range",
        "value = 130",
    ),
    (
        "remind_days = 14",
        "remind_days = 200",
        "out-of-range",
        "remind_days = 200",
    ),
    (
        "\"wednesday\", \"friday\"",
        "\"wednesday\", \"fryday\"",
        "unknown-word",
        "fryday",
    ),
    ("policy = \"skip\"", "policy = \"ignore\"", "unknown-word", "policy ="),
    (
        "op = \"min\"\nvalue = 100",
        "op = \">=\"\nvalue = 100",
        "unknown-word",
        "op = \">=\"",
    ),
    ("\"IT\", \"AI\"", "\"IT\", \"IA\"", "unknown-sector", "codes ="),
    (
        "region = \"320000\"",
        "region = \"990000\"",
        "unknown-region",
        "region = \"990000\"",
    ),
    (
        "regions = [\"320500\", \"321000\"]",
        "regions = [\"320500\", \"329999\"]",
        "unknown-region",
        "329999",
    ),
    (
        "regions = [\"320500\", \"321000\"]",
        "regions = [\"320500\", \"310000\"]",
        "region-outside",
        "regions = [\"320500\", \"310000\"]",
    ),
    (
        "metric = \"firms-served\"",
        "metric = \"firms-serviced\"",
        "unknown-metric",
        "firms-serviced",
    ),
    (
        "unit = \"need\"",
        "unit = \"item\"",
        "unit-mismatch",
        "unit = \"item\"\nwhen = { season = \"challenge\" }\nhard = true\nsource = \"R078",
    ),
    (
        "window = \"bidding\"",
        "window = \"bids\"",
        "unknown-reference",
        "window = \"bids\"",
    ),
    (
        "tags = [\"subei\", ",
        "tags = [\"sunan\", ",
        "unknown-reference",
        "sunan",
    ),
    (
        "cap = \"fair-attendees\"",
        "cap = \"hall-attendees\"",
        "unknown-reference",
        "hall-attendees",
    ),
    // days
    (
        "to = 2023-04-30",
        "to = 2023-01-31",
        "window-backwards",
        "to = 2023-01-31",
    ),
    (
        "window = \"bidding\"",
        "window = \"seek\"",
        "window-open-ended",
        "window = \"seek\"",
    ),
    (
        "from = 2023-02-01",
        "from = 2022-02-01",
        "day-outside-year",
        "from = 2022-02-01",
    ),
    (
        "day = 2023-10-30",
        "day = 2024-10-30",
        "day-outside-year",
        "day = 2024-10-30",
    ),
    ("extra = []", "extra = [2024-05-04]", "day-outside-year", "extra ="),
    (
        "count = { min = 1, max = 2 }",
        "count = { min = 2, max = 1 }",
        "count-backwards",
        "count = { min = 2, max = 1 }",
    ),
];

#[test]
fn each_small_edit_is_found_on_its_line() {
    for (from, to, code, mark) in EDITS {
        assert!(jiangsu().contains(from), "{from:?} isn't in the file");
        let text = jiangsu().replacen(from, to, 1);
        let line = line_of(&text, mark);
        let found: Vec<(usize, &str)> = mistakes(&text).iter().map(|one| (one.line, one.code)).collect();
        assert_eq!(found, [(line, *code)], "{from:?} became {to:?}: {:#?}", mistakes(&text));
    }
}

#[test]
fn a_season_that_the_year_lacks_is_told_where_it_is_used() {
    let text = "[[seasons]]\nkey = \"challenge\"\nname = { zh = \"甬\", en = \"Y\" }\nsource = \"一\"\n\
                [[windows]]\nkey = \"w\"\nname = { zh = \"甬\", en = \"Y\" }\nseason = \"auction\"\nfrom = 2023-01-01\n\
                hard = true\nsource = \"二\"\n";
    let found = mistakes(text);
    assert!(
        found.iter().any(|one| (one.line, one.code) == (8, "unknown-reference")),
        "{found:#?}"
    );
}

#[test]
fn a_year_without_a_notice_is_refused_unless_the_file_lists_its_days_off() {
    let future = jiangsu()
        .replace("2023-", "2030-")
        .replace("jiangsu-2030", "jiangsu-2023");
    let future = future.replacen("year = 2023", "year = 2030", 1);
    let found = mistakes(&future);
    let line = line_of(&future, "source = \"cn\"");
    assert_eq!(
        found.iter().map(|one| (one.line, one.code)).collect::<Vec<_>>(),
        [(line, "holidays-unknown-year")]
    );
    let listed = future.replacen(
        "source = \"cn\"\nextra = []",
        "source = \"none\"\nextra = [2030-05-01]",
        1,
    );
    let programme = parse(&listed, Regions::builtin()).expect("a listed calendar will do");
    assert!(
        programme.bidding_days().iter().any(|day| day.holiday),
        "2030-05-01 is a Wednesday"
    );
}

#[test]
fn all_mistakes_come_at_once_and_in_order() {
    let text = jiangsu()
        .replacen("to = 2023-04-30", "to = 2023-01-31", 1)
        .replacen("\"IT\", \"AI\"", "\"IT\", \"IA\"", 1)
        .replacen("metric = \"firms-served\"", "metric = \"firms\"", 1)
        .replacen("count = 50", "count = \"50\"", 1);
    let found = mistakes(&text);
    let codes: Vec<&str> = found.iter().map(|one| one.code).collect();
    assert_eq!(
        codes,
        ["unknown-sector", "window-backwards", "unknown-metric", "wrong-type"]
    );
    assert!(found.is_sorted_by_key(|one| one.line));
}

#[test]
fn slips_of_syntax_come_together_with_other_mistakes() {
    let text = jiangsu()
        .replacen("region = \"320000\"", "region = province", 1)
        .replacen("to = 2023-04-30", "to = 2023-01-31", 1)
        .replacen("value = 100", "value = = 100", 1);
    let codes: Vec<&str> = mistakes(&text).iter().map(|one| one.code).collect();
    assert_eq!(codes, ["syntax-quote", "window-backwards", "syntax-pair"]);
}

#[test]
fn a_slip_names_what_was_meant() {
    let text = jiangsu().replacen("metric = \"firms-served\"", "metric = \"firm-served\"", 1);
    assert_eq!(
        mistakes(&text)[0].args.last(),
        Some(&("nearest", "firms-served".to_owned()))
    );
    let text = jiangsu().replacen("organiser = {", "organizer = {", 1);
    let found = mistakes(&text);
    assert_eq!(found[0].code, "missing-key");
    assert!(
        found[1].args.contains(&("nearest", "organiser".to_owned())),
        "{found:#?}"
    );
}

#[test]
fn texts_and_files_beyond_bounds_are_refused() {
    let long = jiangsu().replacen("前期筹备", &"长".repeat(301), 1);
    assert_eq!(mistakes(&long)[0].code, "text-too-long");
    let many = format!("extra = [{}]", "2023-05-04, ".repeat(201));
    assert_eq!(
        mistakes(&jiangsu().replacen("extra = []", &many, 1))[0].code,
        "list-too-long"
    );
    let large = jiangsu().to_owned() + &"#".repeat(300_000);
    assert_eq!(mistakes(&large)[0].code, "too-large");
    let deep = format!("x = {}{}", "[".repeat(5000), "]".repeat(5000));
    assert!(!mistakes(&deep).is_empty());
}

/// Nothing that can be typed makes the reader fall over.
#[test]
fn mutilated_files_never_panic() {
    let lines: Vec<&str> = jiangsu().lines().collect();
    for at in 0..lines.len() {
        let without: Vec<&str> = lines
            .iter()
            .enumerate()
            .filter(|(line, _)| *line != at)
            .map(|(_, line)| *line)
            .collect();
        refused_with_reason(&without.join("\n"));
        if at % 4 != 0 {
            continue; // enough of these to meet every kind of line
        }
        let cut: String = lines[at].chars().take(lines[at].chars().count() / 2).collect();
        let mut garbled = lines.clone();
        garbled[at] = &cut;
        refused_with_reason(&garbled.join("\n"));
    }
    for at in (0..jiangsu().len())
        .filter(|at| jiangsu().is_char_boundary(*at))
        .step_by(499)
    {
        refused_with_reason(&jiangsu()[..at]);
        for junk in [
            "\"",
            "[",
            "]]",
            "{",
            "=",
            "\u{0}",
            "'''",
            "\r",
            "99999999999999999999",
            "inf",
        ] {
            refused_with_reason(&format!("{}{junk}{}", &jiangsu()[..at], &jiangsu()[at..]));
        }
    }
    assert!(!mistakes("").is_empty());
}

/// A code that no file can bring about would be dead words.
#[test]
fn every_code_is_seen() {
    let seen: BTreeSet<&str> = EDITS.iter().map(|edit| edit.2).collect();
    let elsewhere = ["too-large", "text-too-long", "list-too-long", "holidays-unknown-year"];
    let unseen: Vec<&&str> = MISTAKES
        .iter()
        .filter(|code| !seen.contains(**code) && !elsewhere.contains(code))
        .collect();
    assert!(unseen.is_empty(), "{unseen:?}");
    assert!(seen.iter().all(|code| MISTAKES.contains(code)));
}
