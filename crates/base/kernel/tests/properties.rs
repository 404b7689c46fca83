//! Properties of the readers over random text and random values: none panics, every issue is a registered one, and a
//! value that is written is read as the same value.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail as tests do")]

use std::sync::LazyLock;

use kernel::{
    Day, Email, Fen, ISSUES, Ipc, Level, MAX_FEN, Money, MoneyKind, PartialDate, PatentKind, PatentNo, Phone, Reading,
    Region, Regions, Sector, Trl, Uscc, patent_check, read, text, uscc_check, uscc_org_check,
};
use proptest::prelude::*;

static REGIONS: LazyLock<&'static Regions> = LazyLock::new(Regions::builtin);

/// Holds what is true of every reading.
fn lawful<T>(reading: &Reading<T>) {
    let has_error = reading.worst() == Some(Level::Error);
    assert_eq!(
        reading.is_ok(),
        !has_error,
        "a value and an error, or neither: {:?}",
        reading.issues
    );
    for issue in &reading.issues {
        let row = ISSUES.iter().find(|row| row.code == issue.code);
        assert_eq!(row.map(|row| row.level), Some(issue.level), "{}", issue.code);
        assert!(
            issue.arg("found").is_some(),
            "{} doesn't say what was found",
            issue.code
        );
        let mut names: Vec<_> = issue.args.iter().map(|(name, _)| name).collect();
        names.dedup();
        assert_eq!(names.len(), issue.args.len(), "{}", issue.code);
    }
}

fn read_all(text: &str) {
    let money = read::money(text, None);
    lawful(&money);
    lawful(&read::money(text, Some("万元")));
    lawful(&read::money("12", Some(text)));
    if let Some(money) = &money.value {
        money.check().unwrap();
    }
    lawful(&read::date(text));
    for stated in PatentKind::ALL.into_iter().map(Some).chain([None]) {
        lawful(&read::patent(text, stated));
    }
    lawful(&read::uscc(text));
    lawful(&read::region(text, &REGIONS));
    let candidates = read::region_candidates(text, &REGIONS);
    assert!(candidates.iter().all(|code| REGIONS.get(code).is_some()));
    lawful(&read::sectors(text));
    lawful(&read::ipc(text));
    lawful(&read::phone(text));
    lawful(&read::email(text));
    lawful(&read::contract_no(text));
    lawful(&read::yes_no(text));
    lawful(&read::trl(text));
    let names = read::names(text);
    assert_eq!(read::names(&names.join("、")), names, "names written and read again");
    assert!(!text::fold(text).contains(' '));
    let normal = text::normalise(text);
    assert_eq!(text::normalise(&normal), normal);
}

/// Text made of what people write, so that the readers' inner branches are reached.
fn plausible() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "1",
        "20",
        "2020",
        "13",
        "99999999",
        "0",
        "1,200",
        "1.5",
        "1e9",
        "五",
        "十",
        "百",
        "千",
        "万",
        "亿",
        "元",
        "角",
        "分",
        "整",
        "零",
        "点",
        "几",
        "余",
        "-",
        "—",
        "~",
        "至",
        "到",
        "大于",
        "以上",
        "不超过",
        "以内",
        "约",
        "左右",
        "面议",
        "待定",
        "入门费",
        "+",
        "销售额",
        "利润",
        "%",
        "‰",
        "提成",
        "美元",
        "$",
        "¥",
        "/年",
        "每",
        "年",
        "月",
        "日",
        "上半年",
        "底",
        "季度",
        "Q3",
        ".",
        "/",
        ":",
        " ",
        "(",
        ")",
        "（",
        "）",
        "ZL",
        "CN",
        "X",
        "x",
        "B",
        "E+11",
        "G06F",
        "转",
        "+86",
        "138",
        "025",
        "@",
        "'",
        "<",
        "a.cn",
        "鼓楼",
        "南京",
        "市",
        "区",
        "320106",
        "苏州",
        "等",
        "、",
        "；",
        "，",
        "张三",
        "TRL",
        "小试",
        "是",
        "√",
        "□",
        "否",
        "新能源",
        "汽车",
        "\u{a0}",
        "\n",
        "０",
        "w",
        "k",
        "million",
        "负",
        "ſ",
        "İ",
        "ß",
        "é",
        "\u{301}",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..12).prop_map(|pieces| pieces.concat())
}

fn currency() -> impl Strategy<Value = String> {
    prop::sample::select(&["CNY", "USD", "EUR", "HKD", "JPY", "GBP"][..]).prop_map(str::to_owned)
}

fn per() -> impl Strategy<Value = Option<String>> {
    let codes = &["year", "quarter", "month", "time", "piece", "set", "ton"][..];
    prop::option::of(prop::sample::select(codes).prop_map(str::to_owned))
}

/// Amounts of every size: odd fen, round yuan, round 万元.
fn fen() -> impl Strategy<Value = i64> {
    prop_oneof![
        0..=MAX_FEN,
        0..100_000_i64,
        (0..=MAX_FEN / 100).prop_map(|yuan| yuan * 100),
        (0..10_000_i64).prop_map(|n| n * 1_000_000)
    ]
}

fn amounts() -> impl Strategy<Value = Money> {
    let kinds = (0..6, fen(), fen(), any::<bool>()).prop_map(|(kind, one, other, open)| {
        let (one, other) = (Fen::new(one), Fen::new(other));
        match kind {
            0 => Money::exact(one),
            1 => Money::approx(one),
            2 => Money::min(one, open),
            3 => Money::max(one, open),
            _ if one == other => Money::exact(one),
            4 => Money::range(one, other),
            _ => Money {
                open,
                ..Money::range(one, other)
            },
        }
    });
    (kinds, currency(), per()).prop_map(|(money, currency, per)| Money { currency, per, ..money })
}

fn royalties() -> impl Strategy<Value = Money> {
    let base = prop::option::of(prop::sample::select(
        &["净销售额", "销售额", "净利润", "利润", "营业收入", "产值"][..],
    ));
    (prop::option::of(fen()), 1..=1_000_000_u32, base, currency()).prop_map(|(entry_fen, rate, base, currency)| {
        let rate = format!("{}.{:04}", rate / 10_000, rate % 10_000);
        Money {
            kind: MoneyKind::Royalty,
            entry_fen,
            rate_percent: Some(rate.trim_end_matches('0').trim_end_matches('.').to_owned()),
            rate_base: base.map(str::to_owned),
            currency,
            ..Money::unknown()
        }
    })
}

fn clean<T: PartialEq + std::fmt::Debug>(reading: Reading<T>, value: T) {
    assert_eq!(reading, Reading::ok(value));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_reader_panics_on_any_text(text in any::<String>()) {
        read_all(&text);
    }

    #[test]
    fn no_reader_panics_on_plausible_text(text in plausible()) {
        read_all(&text);
    }

    #[test]
    fn what_is_read_reads_again_the_same(text in plausible()) {
        fn again<T: PartialEq + std::fmt::Debug + std::fmt::Display>(text: &str, reader: fn(&str) -> Reading<T>) {
            if let Some(value) = reader(text).value {
                assert_eq!(reader(&value.to_string()).value.as_ref(), Some(&value), "{text:?}");
            }
        }
        again(&text, read::email);
        again(&text, read::phone);
        again(&text, read::ipc);
        again(&text, read::uscc);
        again(&text, read::date);
        again(&text, |text| read::patent(text, None));
        again(&text, |text| read::money(text, None));
    }

    #[test]
    fn no_serial_number_panics(serial in any::<f64>(), date1904 in any::<bool>()) {
        lawful(&read::excel_serial(serial, date1904));
    }

    #[test]
    fn money_is_read_as_written(money in prop_oneof![amounts(), royalties(), Just(Money::negotiable()), Just(Money::unknown())]) {
        money.check().unwrap();
        clean(read::money(&money.to_string(), None), money.clone());
        clean(read::money(&money.to_string(), Some("万元")), money.clone());
        let json = serde_json::to_string(&money).unwrap();
        prop_assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), money);
    }

    #[test]
    fn capital_numerals_are_read_as_written(fen in fen()) {
        clean(read::money(&Fen::new(fen).upper(), Some("万元")), Money::exact(Fen::new(fen)));
    }

    #[test]
    fn grouped_figures_are_read_as_written(fen in fen()) {
        clean(read::money(&Fen::new(fen).to_string(), None), Money::exact(Fen::new(fen)));
    }

    #[test]
    fn dates_are_read_as_written(year in 1900..=2200_i16, month in 1..=12_i8, day in 1..=31_i8, parts in 0..3) {
        let (month, day) = match parts { 0 => (None, None), 1 => (Some(month), None), _ => (Some(month), Some(day)) };
        if let Some(date) = PartialDate::new(year, month, day) {
            clean(read::date(&date.to_string()), date);
            prop_assert_eq!(date.to_string().parse::<PartialDate>().unwrap(), date);
            prop_assert!(date.first_day() <= date.last_day());
        }
    }

    #[test]
    fn serial_numbers_count_days(serial in 61..73_415_i32) {
        let date = read::excel_serial(f64::from(serial), false).value.unwrap();
        let days = (date.first_day() - Day::constant(1899, 12, 30)).get_days();
        prop_assert_eq!(days, serial);
    }

    #[test]
    fn patents_are_read_as_written(year in 2003..=2099_i16, kind in prop::sample::select(&b"12389"[..]), serial in 0..10_000_000_u32) {
        let body = format!("{year}{}{serial:07}", char::from(kind));
        let number = PatentNo::new(&format!("{body}{}", patent_check(body.as_bytes()))).unwrap();
        clean(read::patent(&number.to_string(), Some(number.kind())), number.clone());
        clean(read::patent(&number.application_no(), None), number.clone());
        clean(read::patent(&number.digits().to_lowercase(), None), number.clone());
        prop_assert_eq!(number.year(), year);
    }

    #[test]
    fn one_wrong_digit_of_a_patent_is_found(year in 2003..=2023_i16, serial in 0..10_000_000_u32, at in 5..12_usize, add in 1..10_u8) {
        let body = format!("{year}1{serial:07}");
        let check = patent_check(body.as_bytes());
        let mut wrong = body.clone().into_bytes();
        wrong[at] = b'0' + (wrong[at] - b'0' + add) % 10;
        // The weights are none of them multiples of 11, so that every single slip shows.
        prop_assert_ne!(patent_check(&wrong), check);
    }

    #[test]
    fn codes_are_read_as_written(region in 110_000..820_000_u32, body in "[0-9A-HJ-NPQRTUWXY]{8}") {
        let org = format!("91{region}{body}");
        let org = format!("{org}{}", uscc_org_check(&org.as_bytes()[8..16]));
        let text = format!("{org}{}", uscc_check(org.as_bytes()));
        clean(read::uscc(&text), Uscc::new(&text).unwrap());
        clean(read::uscc(&text.to_lowercase()), Uscc::new(&text).unwrap());
    }

    #[test]
    fn classes_are_read_as_written(text in "[A-H](0[1-9]|[1-9][0-9])[A-Z]([1-9][0-9]{0,3}/[0-9]{2,6})?") {
        clean(read::ipc(&text), text.parse::<Ipc>().unwrap());
    }

    #[test]
    fn phones_are_read_as_written(
        text in "1[3-9][0-9]{9}|0(10|2[0-9])-[2-9][0-9]{7}(转[0-9]{1,6})?|0[3-9][0-9]{2}-[2-9][0-9]{6,7}(转[0-9]{1,6})?|400[0-9]{7}|[+][1-7][0-9]{6,14}"
    ) {
        clean(read::phone(&text), text.parse::<Phone>().unwrap());
    }

    #[test]
    fn addresses_are_read_as_written(text in "[a-z0-9_]{1,8}([.][a-z0-9]{1,4})?@[a-z0-9]{1,8}([.][a-z0-9]{1,5})?[.](cn|com|org|edu)") {
        clean(read::email(&text), text.parse::<Email>().unwrap());
    }

    #[test]
    fn contract_numbers_are_read_as_written(text in "[0-9]{13}[1-9]|[0-9]{15}[1-9]") {
        clean(read::contract_no(&text), text.parse().unwrap());
    }

    #[test]
    fn lists_of_names_are_read_as_written(names in prop::collection::vec("[张王李赵陈欧阳][一三伟芳娜静强]{1,2}|[A-Z][a-z]{2,6} [A-Z][a-z]{2,6}", 0..6)) {
        prop_assert_eq!(read::names(&names.join("、")), names);
    }
}

#[test]
fn regions_sectors_and_levels_are_read_as_written() {
    let regions = Regions::builtin();
    for division in regions.iter() {
        for text in [division.code.to_string(), regions.full_name(division.code)] {
            let reading = read::region(&text, regions);
            assert_eq!(reading.value, Some(division.code), "{text}: {:?}", reading.issues);
            let told = reading
                .issues
                .iter()
                .all(|issue| division.pseudo && issue.code == "region-pseudo");
            assert!(told, "{text}: {:?}", reading.issues);
        }
        let json = serde_json::to_string(&division.code).unwrap();
        assert_eq!(serde_json::from_str::<Region>(&json).unwrap(), division.code);
    }
    for sector in Sector::ALL {
        clean(read::sectors(sector.code()), vec![sector]);
    }
    for level in Trl::MIN..=Trl::MAX {
        let trl = Trl::new(level).unwrap();
        clean(read::trl(&trl.to_string()), trl);
    }
}
