//! The two programmes that come with the house, held against the plan.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use jiff::civil::date;
use kernel::{Fen, Region, Regions, Sector};
use rulebook::{
    CapWhen, DeadlineState, FairKind, HolidayPolicy, Op, Per, Phase, Programme, SHIPPED, SeasonKey, Unit, parse,
};

fn shipped(key: &str) -> Programme {
    let (_, text) = SHIPPED.iter().find(|(name, _)| *name == key).expect("shipped");
    parse(text, Regions::builtin()).unwrap_or_else(|mistakes| panic!("{key}: {mistakes:#?}"))
}

fn region(code: &str) -> Region {
    Region::new(code).expect("a code")
}

#[test]
fn both_files_are_without_mistakes_and_bear_their_keys() {
    for (key, _) in SHIPPED {
        let programme = shipped(key);
        assert_eq!(programme.key, *key);
        assert!(key.ends_with(&programme.year.to_string()));
    }
}

/// §1.5: (fair, season, torch, figure) → (comparison, number, unit, per, hard).
#[test]
fn jiangsu_has_the_plans_numbers() {
    use {Op::*, SeasonKey::*, Unit::*};
    let programme = shipped("jiangsu-2023");
    let rows = [
        (
            "industry",
            Auction,
            false,
            "firms-served",
            Min,
            100,
            Firm,
            None,
            true,
            "R068",
        ),
        (
            "instruments",
            Challenge,
            false,
            "roadshow-projects",
            Min,
            5,
            Item,
            None,
            true,
            "R069",
        ),
        (
            "talent",
            Auction,
            false,
            "attendees",
            Max,
            120,
            Person,
            None,
            true,
            "R070",
        ),
        (
            "open-licence",
            Auction,
            false,
            "media-outlets",
            Min,
            2,
            Firm,
            None,
            true,
            "R071",
        ),
        (
            "regional",
            Challenge,
            false,
            "summary-reports",
            Eq,
            1,
            Copy,
            None,
            true,
            "R072",
        ),
        (
            "industry",
            Challenge,
            false,
            "typical-cases",
            Min,
            5,
            Item,
            None,
            true,
            "R073",
        ),
        (
            "industry",
            Challenge,
            false,
            "yearly-show-projects",
            Min,
            10,
            Item,
            None,
            true,
            "R074",
        ),
        (
            "industry",
            Auction,
            false,
            "offers-published",
            Min,
            30,
            Item,
            None,
            true,
            "R075",
        ),
        (
            "industry",
            Auction,
            true,
            "offers-from-plans",
            Min,
            10,
            Item,
            None,
            true,
            "R076",
        ),
        (
            "industry",
            Auction,
            false,
            "roadshow-major-achievements",
            Min,
            2,
            Item,
            None,
            true,
            "R077",
        ),
        (
            "industry",
            Challenge,
            false,
            "valid-needs",
            Min,
            80,
            Need,
            None,
            true,
            "R078",
        ),
        (
            "industry",
            Challenge,
            false,
            "cross-region-firms",
            Min,
            30,
            Firm,
            None,
            true,
            "R079",
        ),
        (
            "industry",
            Auction,
            false,
            "intentions",
            Min,
            20,
            Item,
            None,
            true,
            "R080",
        ),
        ("industry", Challenge, false, "deals", Min, 10, Item, None, true, "R081"),
        (
            "talent",
            Challenge,
            false,
            "town-corps-coverage",
            Min,
            100,
            Percent,
            None,
            false,
            "R082",
        ),
        (
            "talent",
            Challenge,
            false,
            "brokerages",
            Min,
            5,
            Firm,
            None,
            true,
            "R083",
        ),
        (
            "talent",
            Challenge,
            false,
            "intentions",
            Min,
            10,
            Item,
            None,
            true,
            "R084",
        ),
        ("talent", Challenge, false, "deals", Min, 5, Item, None, true, "R085"),
        (
            "regional",
            Auction,
            false,
            "cross-region-share",
            Min,
            30,
            Percent,
            None,
            true,
            "R086",
        ),
        (
            "regional",
            Auction,
            false,
            "units-invited",
            Min,
            20,
            Firm,
            Some(Per::Host),
            true,
            "R087",
        ),
        (
            "regional",
            Auction,
            false,
            "intentions",
            Min,
            30,
            Item,
            None,
            true,
            "R088",
        ),
        ("regional", Auction, false, "deals", Min, 15, Item, None, true, "R089"),
        (
            "regional",
            Auction,
            false,
            "host-showings",
            Min,
            1,
            Item,
            Some(Per::Host),
            true,
            "R090",
        ),
        (
            "industry",
            Auction,
            false,
            "cases-field",
            Min,
            1,
            Item,
            None,
            true,
            "R091",
        ),
        (
            "talent",
            Auction,
            false,
            "cases-people",
            Min,
            1,
            Item,
            None,
            true,
            "R091",
        ),
        (
            "regional",
            Auction,
            false,
            "cases-cross-region",
            Min,
            1,
            Item,
            None,
            true,
            "R091",
        ),
    ];
    for (kind, season, torch, metric, op, value, unit, per, hard, number) in rows {
        let kind = programme.fair_kind(kind).expect("a kind of fair");
        let rules = kind.kpis_for(season, torch);
        let rules: Vec<_> = rules.iter().filter(|rule| rule.metric == metric).collect();
        assert_eq!(rules.len(), 1, "{number} stands once");
        let rule = rules[0];
        assert_eq!((rule.op, rule.value, rule.unit), (op, value, unit), "{number}");
        assert_eq!((rule.per, rule.hard), (per, hard), "{number}");
        assert!(rule.source.cites(number), "{number}");
    }
}

#[test]
fn conditions_let_rules_hold_only_where_they_belong() {
    let programme = shipped("jiangsu-2023");
    let count = |kind: &str, season, torch| programme.fair_kind(kind).map(|kind| kind.kpis_for(season, torch).len());
    // Seven for all kinds; the auction's industry fair adds 30 offers, 2 achievements, 20, 10 and cases; the torch one more.
    assert_eq!(count("industry", SeasonKey::Auction, false), Some(12));
    assert_eq!(count("industry", SeasonKey::Auction, true), Some(13));
    assert_eq!(count("industry", SeasonKey::Challenge, false), Some(12));
    assert_eq!(count("industry", SeasonKey::Challenge, true), Some(12));
    assert_eq!(count("talent", SeasonKey::Auction, false), Some(12));
    assert_eq!(count("regional", SeasonKey::Auction, false), Some(13));
    assert_eq!(count("open-licence", SeasonKey::Auction, false), Some(7));
    assert_eq!(count("instruments", SeasonKey::Auction, false), Some(7));
}

#[test]
fn jiangsu_has_the_plans_kinds_of_fair() {
    let programme = shipped("jiangsu-2023");
    let bounds = |kind: &FairKind| (kind.key.clone(), kind.count.min, kind.count.max, kind.hard);
    let kinds: Vec<_> = programme.fair_kinds.iter().map(bounds).collect();
    let expected = [
        ("industry", Some(10), Some(12), true),
        ("talent", None, None, false),
        ("regional", Some(1), Some(2), false),
        ("open-licence", Some(1), Some(1), false),
        ("instruments", Some(1), Some(1), false),
    ];
    assert_eq!(
        kinds,
        expected.map(|(key, min, max, hard)| (key.to_owned(), min, max, hard))
    );
    let talent = programme.fair_kind("talent").expect("talent fairs");
    let pilot = talent.pilot.as_ref().expect("pilot cities");
    assert_eq!(pilot.regions, [region("320500"), region("321000")]);
    assert!(talent.hosts.as_ref().is_some_and(|hosts| hosts.talent_office));
    let regional = programme.fair_kind("regional").expect("regional fairs");
    assert_eq!(
        regional.hosts.as_ref().map(|hosts| (hosts.offices_min, hosts.hard)),
        Some((2, true))
    );
    let subei = programme.region_tag("subei").expect("a tag");
    assert_eq!(subei.regions.len(), 5);
}

#[test]
fn jiangsu_has_the_plans_phases_and_deadlines() {
    let programme = shipped("jiangsu-2023");
    let span = |key: &str| {
        let window = programme.window(key).unwrap_or_else(|| panic!("{key}"));
        (window.from, window.to)
    };
    let closed = [
        ("prepare", (2, 1), (4, 30)),
        ("roster", (5, 1), (5, 10)),
        ("launch", (5, 11), (5, 20)),
        ("fairs", (5, 1), (10, 31)),
        ("collect", (3, 1), (6, 30)),
        ("select", (6, 1), (7, 31)),
        ("promote", (5, 1), (10, 31)),
        ("bidding", (4, 1), (11, 30)),
        ("publish", (5, 1), (9, 30)),
        ("answer", (6, 1), (10, 31)),
        ("contest", (8, 1), (10, 31)),
    ];
    for (key, from, to) in closed {
        assert_eq!(
            span(key),
            (date(2023, from.0, from.1), Some(date(2023, to.0, to.1))),
            "{key}"
        );
    }
    assert_eq!(span("seek"), (date(2023, 3, 1), None));
    assert_eq!(span("follow-up").1, None);
    // The roadshow's day lies before the end of the phase of the fairs; both are kept.
    assert_eq!(
        programme.deadline("roadshow").map(|one| one.last_day()),
        Some(date(2023, 10, 30))
    );
    let submission = programme.deadline("submission").expect("a deadline");
    assert_eq!(
        (submission.last_day(), submission.channels.len()),
        (date(2023, 6, 20), 2)
    );
    assert_eq!(
        programme.deadline_state("submission", date(2023, 6, 20)),
        Some(DeadlineState::Soon { days: 0 })
    );
}

#[test]
fn every_number_of_the_plan_that_states_a_rule_is_cited() {
    let programme = shipped("jiangsu-2023");
    let told = programme.told();
    let numbers = (22..=30).chain([10, 16, 17, 20, 21, 32, 33, 34]).chain(41..=91).chain([
        95, 110, 111, 112, 115, 116, 117, 118, 119, 121, 129, 138, 139, 142, 143, 144, 146,
    ]);
    for number in numbers {
        let number = format!("R{number:03}");
        assert!(told.iter().any(|one| one.source.cites(&number)), "{number}");
    }
}

#[test]
fn what_the_plan_says_twice_stands_once() {
    let programme = shipped("jiangsu-2023");
    let industry = programme.fair_kind("industry").expect("industry fairs");
    for code in ["industry-offers", "industry-torch-offers"] {
        let rules: Vec<_> = industry.kpis.iter().filter(|rule| rule.code == code).collect();
        assert_eq!((rules.len(), rules[0].source.0.len()), (1, 2), "{code}");
    }
    let offline: Vec<_> = programme
        .duties
        .iter()
        .filter(|duty| duty.source.cites("R146"))
        .collect();
    assert_eq!((offline.len(), offline[0].source.0.len()), (1, 2));
}

#[test]
fn the_plans_wording_tells_force() {
    let programme = shipped("jiangsu-2023");
    let hard = |key: &str| programme.cap(key).map(|cap| cap.hard);
    assert_eq!(hard("fairs-led-per-city"), Some(false), "原则上");
    assert_eq!(hard("fairs-hosted-per-county"), Some(false), "原则上");
    assert_eq!(hard("offers-per-organisation"), Some(false), "原则上");
    assert_eq!(hard("offers-undergraduate"), Some(true), "不少于");
    assert_eq!(hard("plan-offers-undergraduate"), Some(true), "不少于");
    assert_eq!(hard("roadshow-picks-undergraduate"), Some(false), "重点遴选");
    assert_eq!(hard("fair-attendees"), Some(true), "控制在");
    let quota = programme.cap("offers-undergraduate").expect("a quota");
    assert_eq!(
        (quota.op, quota.count, quota.when),
        (Op::Min, 30, Some(CapWhen::PublicUndergraduate))
    );
    let eligibility = &programme.eligibility;
    assert_eq!(
        eligibility
            .granted_since
            .as_ref()
            .map(|rule| (rule.day, rule.inclusive, rule.hard)),
        Some((date(2020, 1, 1), true, false))
    );
    assert_eq!(
        eligibility.outside_price.as_ref().map(|rule| (rule.min, rule.hard)),
        Fen::from_yuan(1_000_000).map(|min| (min, false))
    );
    let first: Vec<&str> = programme
        .documents
        .iter()
        .filter(|one| one.first_time_only)
        .map(|one| one.key.as_str())
        .collect();
    assert_eq!(first, ["mandate"]);
    assert_eq!(programme.documents.len(), 8);
    assert_eq!(programme.renewal.days, 180);
    let markets: Vec<Region> = programme.markets.iter().map(|market| market.region).collect();
    assert_eq!(markets, [region("310000"), region("330000"), region("340000")]);
}

#[test]
fn jiangsu_bids_on_69_days_of_which_six_are_holidays() {
    let programme = shipped("jiangsu-2023");
    let days = programme.bidding_days();
    assert_eq!(days.len(), 69);
    let holidays: Vec<_> = days.iter().filter(|day| day.holiday).map(|day| day.day).collect();
    let expected = [(4, 5), (5, 3), (6, 23), (9, 29), (10, 4), (10, 6)];
    assert_eq!(holidays, expected.map(|(month, day)| date(2023, month, day)));
    assert!(
        days.iter().all(|day| day.held != day.holiday && day.moved_to.is_none()),
        "the policy is to skip"
    );
    assert_eq!(days.first().map(|day| day.day), Some(date(2023, 4, 5)));
    assert_eq!(days.last().map(|day| day.day), Some(date(2023, 11, 29)));
}

#[test]
fn holidays_move_each_to_a_day_of_its_own_or_are_held() {
    let mut programme = shipped("jiangsu-2023");
    programme.holidays.policy = HolidayPolicy::Move;
    let moved: Vec<_> = programme.bidding_days().iter().filter_map(|day| day.moved_to).collect();
    // 06-25, 10-07 and 10-08 are weekend days worked to make up for the holidays.
    let expected = [(4, 6), (5, 4), (6, 25), (10, 7), (10, 8), (10, 9)];
    assert_eq!(moved, expected.map(|(month, day)| date(2023, month, day)));
    programme.holidays.policy = HolidayPolicy::Hold;
    assert_eq!(programme.bidding_days().iter().filter(|day| day.held).count(), 69);
}

#[test]
fn a_day_doesnt_move_beyond_its_phase() {
    let mut programme = shipped("jiangsu-2023");
    programme.holidays.policy = HolidayPolicy::Move;
    // The last bidding day becomes a holiday, and so does the one day that is left of the phase.
    programme.holidays.extra = vec![date(2023, 11, 29), date(2023, 11, 30)];
    let last = programme.bidding_days().pop().expect("a last day");
    assert_eq!(
        (last.day, last.held, last.moved_to, last.takes_place()),
        (date(2023, 11, 29), false, None, None)
    );
}

#[test]
fn the_files_own_days_override_the_notice() {
    let mut programme = shipped("jiangsu-2023");
    assert!(programme.is_holiday(date(2023, 5, 3)) && !programme.is_working_day(date(2023, 5, 3)));
    assert!(programme.is_working_day(date(2023, 5, 6)), "a Saturday that is worked");
    assert!(
        !programme.is_holiday(date(2023, 5, 13)) && !programme.is_working_day(date(2023, 5, 13)),
        "a plain Saturday"
    );
    programme.holidays.workdays = vec![date(2023, 5, 3)];
    programme.holidays.extra = vec![date(2023, 5, 10)];
    assert!(!programme.is_holiday(date(2023, 5, 3)) && programme.is_working_day(date(2023, 5, 3)));
    assert!(programme.is_holiday(date(2023, 5, 10)));
    // Days that no notice covers are told by the week, and nothing panics there.
    for day in [
        date(2003, 12, 31),
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2031, 1, 1),
        date(-5, 1, 1),
    ] {
        assert!(!programme.is_holiday(day), "{day}");
    }
    assert!(!programme.is_working_day(date(2026, 12, 27)), "a Sunday");
}

#[test]
fn phases_pass() {
    let programme = shipped("jiangsu-2023");
    let day = date(2023, 6, 14);
    let open: Vec<&str> = programme
        .open_windows(day)
        .iter()
        .map(|window| window.key.as_str())
        .collect();
    let expected = [
        "fairs",
        "collect",
        "select",
        "promote",
        "bidding",
        "lot-display",
        "seek",
        "publish",
        "answer",
        "follow-up",
    ];
    assert_eq!(open, expected);
    let state = |key: &str, day| {
        programme
            .phase_state(day)
            .into_iter()
            .find(|(window, _)| window.key == key)
            .map(|(_, phase)| phase)
    };
    assert_eq!(state("launch", day), Some(Phase::Past));
    assert_eq!(state("contest", day), Some(Phase::Coming));
    assert_eq!(
        state("collect", date(2023, 6, 30)),
        Some(Phase::Now),
        "the last day counts"
    );
    assert_eq!(state("collect", date(2023, 7, 1)), Some(Phase::Past));
    assert_eq!(state("seek", date(2029, 1, 1)), Some(Phase::Now), "no end");
}

#[test]
fn ningbo_differs() {
    let programme = shipped("ningbo-2024");
    assert_eq!((programme.year, programme.region), (2024, region("330200")));
    assert!(programme.sectors.contains(&Sector::Other) && programme.sectors.len() == 7);
    assert!(!programme.sectors.contains(&Sector::Agr));
    let days = programme.bidding_days();
    assert_eq!(days.len(), 26, "Thursdays from 9 May to 31 October 2024");
    let moved: Vec<_> = days
        .iter()
        .filter(|day| day.holiday)
        .map(|day| (day.day, day.moved_to))
        .collect();
    // National Day's Thursday moves past the holiday to Tuesday the 8th.
    assert_eq!(moved, [(date(2024, 10, 3), Some(date(2024, 10, 8)))]);
    let answers = programme.deadline("answers").expect("a deadline");
    assert_eq!(answers.last_day(), date(2024, 10, 15), "the day itself is too late");
    assert_eq!(
        programme.deadline_state("answers", date(2024, 10, 16)),
        Some(DeadlineState::Past { days: 1 })
    );
    assert_ne!(programme.cap("offers-per-organisation").map(|cap| cap.count), Some(50));
}
