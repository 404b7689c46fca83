//! What forms mean, and that they lead back.

use super::*;

fn jiangsu() -> Programme {
    let text = include_str!("../../../../../programmes/jiangsu-2023.toml");
    rulebook::parse(text, kernel::Regions::builtin()).unwrap_or_else(|_| panic!("the shipped programme reads"))
}

fn filled(texts: &[(&str, &str)]) -> Result<Filled, Vec<FieldFault>> {
    let mut typed = usual();
    let all = [
        ("title", "一种高温合金"),
        ("delivery", "专利权转让，资料一套"),
        ("start", "50万元"),
        ("step", "5000"),
        ("registers_until", "2023-06-27T17:00"),
        ("starts", "2023-06-28T09:30"),
    ];
    for (key, text) in all.iter().chain(texts) {
        typed.insert((*key).to_owned(), (*text).to_owned());
    }
    let programme = jiangsu();
    let against = Against {
        programme: &programme,
        now: when("2023-06-14T10:00").unwrap(),
        reserve: None,
        salt: [7; SALT_BYTES],
    };
    read(&typed, &against)
}

fn wrong(texts: &[(&str, &str)]) -> Vec<(String, &'static str)> {
    let faults = filled(texts).err().unwrap_or_default();
    faults
        .into_iter()
        .map(|fault| (fault.field.unwrap_or_default(), fault.issue.code))
        .collect()
}

#[test]
fn a_form_says_what_it_means() {
    let lot = filled(&[("reserve", "60万"), ("fee", "1.5")]).unwrap();
    assert_eq!(lot.rules.start, Fen::new(50_000_000));
    assert_eq!(lot.rules.deposit, Fen::new(5_000_000));
    assert_eq!(lot.rules.step_at(lot.rules.start), Fen::new(500_000));
    assert_eq!(lot.terms.fee(Fen::new(50_000_000)), Fen::new(750_000));
    let reserve = lot.reserve.unwrap();
    assert_eq!(lot.rules.reserve, Some(committed(&reserve)));
    assert_eq!(
        lot.rules.reserve,
        Some(commit_reserve(Fen::new(60_000_000), &[7; SALT_BYTES]))
    );
}

#[test]
fn every_mode_reads_and_leads_back() {
    let modes: [&[(&str, &str)]; 5] = [
        &[("mode", "english"), ("cap", "120")],
        &[("mode", "sealed")],
        &[("mode", "scoring"), ("criteria", "技术方案 25\n实施能力 15")],
        &[("mode", "dutch"), ("dutch_step", "1万"), ("floor", "30万")],
        &[("mode", "listed"), ("open", "14400"), ("then", "sealed")],
    ];
    for texts in modes {
        let one = filled(texts).unwrap();
        let back = typed(
            &one.title,
            &one.rules,
            &one.terms,
            Some(one.registers_until.micros()),
            Some(one.starts.micros()),
        );
        let programme = jiangsu();
        let against = Against {
            programme: &programme,
            now: when("2023-06-14T10:00").unwrap(),
            reserve: None,
            salt: [7; SALT_BYTES],
        };
        let two = read(&back, &against).unwrap();
        assert_eq!((one.rules, one.terms), (two.rules, two.terms), "{texts:?}");
    }
}

#[test]
fn what_is_wrong_stands_at_its_field() {
    let at = |field: &str, code| vec![(field.to_owned(), code)];
    assert_eq!(wrong(&[("deposit", "30")]), at("deposit", "bidding-rules-deposit"));
    assert_eq!(wrong(&[("start", "面议")])[0], ("start".to_owned(), "lot-money"));
    assert_eq!(
        wrong(&[("mode", "scoring"), ("criteria", "方案 30")]),
        at("criteria", "bidding-rules-scoring")
    );
    assert_eq!(wrong(&[("starts", "2023-06-27T18:00")]), at("starts", "lot-day"));
    assert_eq!(
        wrong(&[("starts", "2023-06-23T10:00"), ("registers_until", "2023-06-22T10:00")]),
        at("starts", "lot-day")
    );
    assert_eq!(
        wrong(&[("starts", "2023-06-16T10:00"), ("registers_until", "2023-06-15T10:00")]),
        at("starts", "lot-notice-short")
    );
    assert_eq!(
        wrong(&[("registers_until", "2023-06-29T10:00")]),
        at("registers_until", "lot-registers-until")
    );
    assert_eq!(wrong(&[("profile", "judicial")]), at("free", "bidding-rules-english"));
    let faults = filled(&[("starts", "2023-06-27T18:00")]).err().unwrap();
    assert_eq!(faults[0].issue.arg("next"), Some("2023-06-28、2023-06-30"));
}
