//! The questions of intake and planning.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use jiff::civil::date;
use kernel::{Fen, Issue, Level, PartialDate, Region, Regions, Sector};
use rulebook::{CapState, DeadlineState, ISSUES, Op, Owner, Programme, SHIPPED, parse};

fn programme(at: usize) -> Programme {
    parse(SHIPPED[at].1, Regions::builtin()).expect("a shipped programme")
}

fn found(issue: Option<Issue>) -> Option<(&'static str, Level)> {
    let issue = issue?;
    assert!(
        ISSUES.iter().any(|row| row.code == issue.code),
        "{} isn't registered",
        issue.code
    );
    Some((issue.code, issue.level))
}

#[test]
fn grants_are_held_against_the_years_day() {
    let jiangsu = programme(0);
    let check = |programme: &Programme, year, month, day| {
        found(programme.check_patent_grant(PartialDate::new(year, month, day).expect("a date")))
    };
    let early = Some(("patent-granted-early", Level::Warning));
    assert_eq!(check(&jiangsu, 2019, Some(12), Some(31)), early);
    assert_eq!(check(&jiangsu, 2020, Some(1), Some(1)), None, "the day itself will do");
    assert_eq!(check(&jiangsu, 2020, None, None), None, "all of 2020 will do");
    assert_eq!(check(&jiangsu, 2019, Some(12), None), early);
    let ningbo = programme(1);
    assert_eq!(
        check(&ningbo, 2018, Some(12), Some(31)),
        Some(("patent-granted-early", Level::Error)),
        "exclusive, hard"
    );
    assert_eq!(check(&ningbo, 2019, Some(1), Some(1)), None);
    let mut shifted = programme(0);
    shifted.eligibility.granted_since.as_mut().expect("a rule").day = date(2020, 6, 15);
    assert_eq!(
        check(&shifted, 2020, Some(6), None),
        Some(("patent-grant-unclear", Level::Note))
    );
    assert_eq!(check(&shifted, 2020, Some(5), None), early);
    shifted.eligibility.granted_since = None;
    assert_eq!(check(&shifted, 1990, None, None), None, "no rule, no issue");
    let issue = jiangsu
        .check_patent_grant(PartialDate::new(2019, Some(3), None).expect("a date"))
        .expect("an issue");
    assert_eq!(issue.arg("since"), Some("2020-01-01"));
    assert_eq!(issue.arg("granted"), Some("2019-03"));
}

#[test]
fn owners_prices_and_fields_are_held_against_the_programme() {
    let (jiangsu, ningbo, regions) = (programme(0), programme(1), Regions::builtin());
    assert_eq!(
        found(jiangsu.check_in_force(false)),
        Some(("patent-not-in-force", Level::Error))
    );
    assert_eq!(found(jiangsu.check_in_force(true)), None);
    assert_eq!(
        found(jiangsu.check_achievement_owner(Owner::Firm)),
        Some(("achievement-owner-unusual", Level::Warning))
    );
    assert_eq!(found(jiangsu.check_achievement_owner(Owner::University)), None);
    assert_eq!(
        found(ningbo.check_achievement_owner(Owner::Firm)),
        None,
        "Ningbo has no such rule"
    );
    assert_eq!(
        found(jiangsu.check_supplier(Owner::Firm)),
        Some(("supplier-unusual", Level::Warning))
    );
    assert_eq!(found(ningbo.check_supplier(Owner::Firm)), None);
    let (hangzhou, suzhou) = (
        Region::new("330100").expect("a code"),
        Region::new("320500").expect("a code"),
    );
    let low = Fen::from_yuan(999_999);
    assert_eq!(
        found(jiangsu.check_outside_price(hangzhou, regions, low)),
        Some(("outside-price-low", Level::Warning))
    );
    assert_eq!(
        found(jiangsu.check_outside_price(hangzhou, regions, Fen::from_yuan(1_000_000))),
        None
    );
    assert_eq!(
        found(jiangsu.check_outside_price(suzhou, regions, low)),
        None,
        "not from outside"
    );
    assert_eq!(
        found(jiangsu.check_outside_price(hangzhou, regions, None)),
        None,
        "面议"
    );
    assert_eq!(
        found(ningbo.check_sector(Sector::Agr)),
        Some(("sector-not-asked", Level::Warning))
    );
    assert_eq!(found(jiangsu.check_sector(Sector::Agr)), None);
}

#[test]
fn caps_tell_how_far_off_a_count_is() {
    let jiangsu = programme(0);
    let state = |key, count| jiangsu.cap_state(key, count);
    assert_eq!(state("offers-per-organisation", 44), CapState::Ok);
    assert_eq!(state("offers-per-organisation", 45), CapState::Near);
    assert_eq!(state("offers-per-organisation", 50), CapState::Near);
    assert_eq!(state("offers-per-organisation", 53), CapState::Over { by: 3 });
    assert_eq!(state("offers-undergraduate", 28), CapState::Short { by: 2 });
    assert_eq!(state("offers-undergraduate", 30), CapState::Ok);
    assert_eq!(state("fairs-hosted-per-county", 0), CapState::Ok);
    assert_eq!(state("fairs-hosted-per-county", 1), CapState::Near);
    assert_eq!(state("fairs-led-per-city", 1), CapState::Ok);
    assert_eq!(state("no-such-cap", 1_000_000), CapState::Ok);
    assert_eq!(CapState::of(Op::Eq, 1, 0), CapState::Short { by: 1 });
    assert_eq!(CapState::of(Op::Eq, 1, 2), CapState::Over { by: 1 });
    assert_eq!(CapState::of(Op::Eq, 1, 1), CapState::Ok);
    assert_eq!(
        CapState::of(Op::Max, i64::MAX, i64::MIN),
        CapState::Ok,
        "nothing overflows"
    );
    assert_eq!(
        CapState::of(Op::Min, i64::MAX, i64::MIN),
        CapState::Short { by: i64::MAX }
    );
    assert!(CapState::Near.kept() && !CapState::Over { by: 1 }.kept());
    let rule = jiangsu
        .fair_kind("industry")
        .and_then(|kind| kind.kpis.iter().find(|rule| rule.metric == "deals"));
    assert_eq!(rule.map(|rule| rule.state(7)), Some(CapState::Short { by: 3 }));
}

#[test]
fn deadlines_come_near_and_pass() {
    let jiangsu = programme(0);
    let state = |month, day| jiangsu.deadline_state("submission", date(2023, month, day));
    assert_eq!(state(6, 12), Some(DeadlineState::Open { days: 8 }));
    assert_eq!(state(6, 13), Some(DeadlineState::Soon { days: 7 }));
    assert_eq!(state(6, 20), Some(DeadlineState::Soon { days: 0 }));
    assert_eq!(state(6, 21), Some(DeadlineState::Past { days: 1 }));
    assert_eq!(jiangsu.deadline_state("no-such-deadline", date(2023, 6, 1)), None);
}
