//! Properties that hold for all texts and all values, on generated ones.

use crate::testform::{FORM, KIND, MODES};
use crate::*;
use kernel::{Fen, Level, Money, PartialDate, Regions, Sector};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn with_context<T>(draft: bool, run: impl FnOnce(&Context<'_>) -> T) -> T {
    let hints = BTreeMap::from([("price".to_owned(), "万元".to_owned())]);
    run(&Context {
        regions: Regions::builtin(),
        unit_hints: &hints,
        draft,
    })
}

fn field(key: &str) -> &'static Field {
    FORM.field(key).unwrap()
}

/// Reads the written value again, without any issue that makes it another.
fn again(key: &str, value: &Value) -> Option<Value> {
    with_context(false, |ctx| read_cell(field(key), &write(value, field(key)), ctx).value)
}

/// Pieces from which people's cells are made, so that generated texts get past the first character.
const PIECES: &[&str] = &[
    "齿向变形",
    "良品率",
    "甲大学",
    "张三",
    "转让",
    "许可",
    "独占许可",
    "发明",
    "其他",
    "≥",
    "≤",
    ">=",
    "不低于",
    "±",
    "=",
    "0.03",
    "98",
    "1,200",
    "10⁶",
    "×10^-6",
    "-",
    "–",
    "~",
    "至",
    "%",
    "mm",
    "℃",
    "W/(m·K)",
    "万",
    "元",
    "万元",
    "面议",
    "约",
    "（",
    "）",
    "(",
    ")",
    "现状",
    "目前",
    "；",
    ";",
    "、",
    "，",
    ",",
    "/",
    " ",
    "\n",
    "\u{3000}",
    "。",
    ".",
    ":",
    "：",
    "1.",
    "1、",
    "①",
    "□",
    "☑",
    "√",
    "均可",
    "以上",
    "由",
    "提高到",
    "在",
    "为",
    "目标",
    "详见附件",
    "ZL",
    "202010123456.2",
    "2020",
    "年",
    "1月",
    "15日",
    "2020-01-15",
    "TRL",
    "6",
    "中试",
    "025-84791234",
    "转",
    "802",
    "a@b.cn",
    "新材料",
    "新能源汽车",
    "鼓楼区",
    "320302",
    "江苏省",
    "G06F",
    "17/30",
    "是",
    "否",
    "\u{0}",
    "\u{202e}",
    "《",
    "》",
    "“",
    "”",
    "Co.",
    "Ltd.",
    "𠮷",
    "é",
    "０１",
];

fn cell_text() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 0..12).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => pieces, 1 => any::<String>(), 1 => "[ -~]{0,24}", 1 => "\\PC{0,24}"]
}

fn any_key() -> impl Strategy<Value = &'static str> {
    prop::sample::select(FORM.fields().map(|field| field.key).collect::<Vec<_>>())
}

proptest! {
    /// What was read before is read as if it had not been.
    #[test]
    fn remembered_cells_are_as_read_anew(rows in prop::collection::vec(prop::collection::vec((any_key(), cell_text()), 0..6), 1..6)) {
        with_context(false, |ctx| {
            let mut memory = Memory::default();
            // Twice, so that everything short comes from memory once.
            for row in rows.iter().chain(&rows) {
                let draft: Draft = row.iter().map(|(key, text)| ((*key).to_owned(), text.clone())).collect();
                prop_assert_eq!(memory.read(&FORM, &draft, ctx), read(&FORM, &draft, ctx));
            }
            Ok(())
        })?;
    }
}

fn own_key() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "indicators",
        "modes",
        "kind",
        "owners",
        "title",
        "summary",
        "count",
    ])
}

fn decimal() -> impl Strategy<Value = String> {
    "(0|[1-9][0-9]{0,8})(\\.[0-9]{1,6})?"
}

fn indicator() -> impl Strategy<Value = Indicator> {
    use Comparison::*;
    let name = "[一-龥]{1,8}（[一-龥]{1,4}）|[一-龥]{1,12}";
    let unit = prop::sample::select(vec!["", "mm", "%", "℃", "W/(m·K)", "r/min", "万次", "m2", "kN·m"]);
    let comparison = prop::sample::select(vec![Ge, Le, Gt, Lt, Eq, Range, PlusMinus]);
    let present = prop::option::of("[0-9]{1,3}(\\.[0-9])? (mm|%)|[一-龥]{2,6}");
    (name, comparison, decimal(), prop::option::of(decimal()), unit, present).prop_map(
        |(name, comparison, value, second, unit, present)| {
            let (value, value_max) = match comparison {
                Range => (value.clone(), Some(format!("9{value}"))),
                PlusMinus => (value, second),
                _ => (value, None),
            };
            Indicator {
                name,
                comparison,
                value,
                value_max,
                unit: unit.to_owned(),
                present,
            }
        },
    )
}

fn money() -> impl Strategy<Value = Money> {
    let fen = || (1_i64..=10_000_000_000).prop_map(Fen::new);
    prop_oneof![
        fen().prop_map(Money::exact),
        fen().prop_map(Money::approx),
        (fen(), fen()).prop_map(|(a, b)| Money::range(a, b)),
        (fen(), any::<bool>()).prop_map(|(a, open)| Money::min(a, open)),
        (fen(), any::<bool>()).prop_map(|(a, open)| Money::max(a, open)),
        Just(Money::negotiable()),
        Just(Money::unknown()),
    ]
}

fn patent() -> impl Strategy<Value = Value> {
    (
        2004_u32..2025,
        prop::sample::select(vec![1, 2, 3, 8, 9]),
        0_u32..10_000_000,
    )
        .prop_map(|(year, kind, serial)| {
            let body = format!("{year}{kind}{serial:07}");
            let check = kernel::patent_check(body.as_bytes());
            Value::Patent(format!("ZL{body}.{check}").parse().unwrap())
        })
}

fn uscc() -> impl Strategy<Value = Value> {
    "91320000MA[0-9A-H]{6}".prop_map(|body| {
        let organisation = kernel::uscc_org_check(&body.as_bytes()[8..]);
        let body = format!("{body}{organisation}");
        let check = kernel::uscc_check(body.as_bytes());
        Value::Uscc(format!("{body}{check}").parse().unwrap())
    })
}

/// Codes in the order of their list.
fn codes(of: &'static List) -> impl Strategy<Value = Value> {
    let all: Vec<String> = of.codes.iter().map(|choice| choice.code.to_owned()).collect();
    let count = all.len();
    prop::sample::subsequence(all, 1..=count).prop_map(Value::Codes)
}

fn date(day: bool) -> impl Strategy<Value = Value> {
    (1985_i16..2100, 1_i8..=12, 1_i8..=28, any::<bool>()).prop_map(move |(year, month, d, short)| {
        Value::Date(PartialDate::new(year, Some(month), (day || !short).then_some(d)).unwrap())
    })
}

/// A field with a value of its kind.
fn value() -> impl Strategy<Value = (&'static str, Value)> {
    let sectors = prop::sample::subsequence(Sector::ALL.to_vec(), 1..=3);
    let regions: Vec<_> = Regions::builtin().iter().map(|division| division.code).collect();
    let kinds: Vec<String> = KIND.codes.iter().map(|choice| choice.code.to_owned()).collect();
    let people = prop::sample::subsequence(vec!["张三", "李四光", "欧阳修文", "赵钱", "孙立人"], 1..=5);
    prop_oneof![
        "[一-龥A-Za-z0-9（），]{1,12}( [一-龥a-z]{1,8})?".prop_map(|text| ("title", Value::Text(text))),
        "[一-龥a-z，。]{12,30}(\n\n?[一-龥0-9]{1,20}){0,2}".prop_map(|text| ("summary", Value::Text(text))),
        any::<bool>().prop_map(|yes| ("show_summary", Value::Bool(yes))),
        prop::sample::select(kinds).prop_map(|code| ("kind", Value::Code(code))),
        codes(&MODES).prop_map(|value| ("modes", value)),
        money().prop_map(|money| ("price", Value::Money(money))),
        date(true).prop_map(|value| ("agreed", value)),
        date(false).prop_map(|value| ("began", value)),
        patent().prop_map(|value| ("number", value)),
        "[A-H](0[1-9]|[1-9][0-9])[A-Z]([1-9][0-9]{0,3}/[0-9]{2,6})?"
            .prop_map(|t| ("ipc", Value::Ipc(t.parse().unwrap()))),
        sectors.prop_map(|sectors| ("sector", Value::Sectors(sectors))),
        (1_i64..=500).prop_map(|number| ("count", Value::Int(number))),
        (1_u8..=9).prop_map(|level| ("trl", Value::Trl(kernel::Trl::new(level).unwrap()))),
        uscc().prop_map(|value| ("owner_code", value)),
        prop::sample::select(regions).prop_map(|region| ("region", Value::Region(region))),
        people.prop_map(|names| ("people", Value::Names(names.into_iter().map(str::to_owned).collect()))),
        "1[3-9][0-9]{9}|025-8[0-9]{7}(转[0-9]{1,4})?".prop_map(|text| ("phone", Value::Phone(text.parse().unwrap()))),
        "[a-z]{1,9}[0-9]{0,3}@[a-z]{2,9}\\.(cn|com|edu\\.cn)"
            .prop_map(|text| ("email", Value::Email(text.parse().unwrap()))),
        prop::collection::btree_set("[一-龥]{2,10}(（[一-龥、]{1,6}）)?(大学|公司)", 1..4)
            .prop_map(|names| ("owners", Value::Names(names.into_iter().collect()))),
    ]
}

fn values() -> impl Strategy<Value = Values> {
    prop::collection::vec(value(), 0..12).prop_map(|pairs| pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())
}

proptest! {
    /// Whatever is written, reading gives a cell for each field, only registered issues, and no value beside an error.
    #[test]
    fn reading_never_panics(texts in prop::collection::vec(cell_text(), 20), draft in any::<bool>()) {
        let given: Draft = FORM.fields().map(|field| field.key.to_owned()).zip(texts).collect();
        let record = with_context(draft, |ctx| read(&FORM, &given, ctx));
        prop_assert_eq!(record.cells.len(), FORM.fields().count());
        for (key, cell) in &record.cells {
            prop_assert_eq!(&cell.raw, given.get(*key).unwrap());
            let known = |code: &str| ISSUES.iter().chain(kernel::ISSUES).any(|info| info.code == code);
            for issue in &cell.issues {
                prop_assert!(known(issue.code), "{} isn't registered", issue.code);
            }
            prop_assert!(cell.value.is_none() || cell.worst() < Some(Level::Error));
        }
        prop_assert!(score::completeness(&record, &FORM) <= 100);
    }

    /// Whatever stands in a column, shares are shares, and what tells a field fits it.
    #[test]
    fn recognising_never_panics(texts in prop::collection::vec(cell_text(), 0..12), unit in prop::option::of("万元|元|")) {
        let fits = crate::recognise(&FORM, unit.as_deref(), &texts, Regions::builtin());
        for fit in fits {
            prop_assert!(fit.percent <= 100 && (!fit.distinctive || fit.percent >= 80), "{fit:?}");
        }
    }

    /// Each kind's readers take each kind of text.
    #[test]
    fn what_is_read_can_be_written_and_read(key in any_key(), text in cell_text()) {
        let first = with_context(false, |ctx| read_cell(field(key), &text, ctx).value);
        if let Some(first) = first {
            let written = write(&first, field(key));
            prop_assert_eq!(again(key, &first), Some(first), "{} written {}", text, written);
        }
    }

    /// The same for the kinds that this crate reads itself, where most of the cutting and guessing is.
    #[test]
    fn own_kinds_can_be_written_and_read(key in own_key(), text in cell_text()) {
        let first = with_context(false, |ctx| read_cell(field(key), &text, ctx).value);
        if let Some(first) = first {
            let written = write(&first, field(key));
            prop_assert_eq!(again(key, &first), Some(first), "{} written {}", text, written);
        }
    }

    #[test]
    fn values_survive_writing((key, value) in value()) {
        prop_assert_eq!(again(key, &value), Some(value));
    }

    /// Names made at random may happen to end with a word such as 以上 or 目标, which the reader drops: those aren't canonical.
    #[test]
    fn indicators_survive_writing(made in prop::collection::vec(indicator(), 1..6)) {
        let made: Vec<Indicator> = made.into_iter().filter(Indicator::is_canonical).collect();
        prop_assume!(!made.is_empty());
        let value = Value::Indicators(made);
        prop_assert_eq!(again("indicators", &value), Some(value));
    }

    #[test]
    fn values_survive_json(values in values(), made in indicator()) {
        let mut values = values;
        values.insert("indicators".to_owned(), Value::Indicators(vec![made]));
        let json = serde_json::to_string(&values).unwrap();
        prop_assert_eq!(serde_json::from_str::<Values>(&json).unwrap(), values);
    }

    /// Nothing is lost or shown twice; what is never public, or not shown by its owner's choice, is sealed and named.
    #[test]
    fn splitting_seals(values in values(), stray in "[a-z]{3,8}") {
        let mut values = values;
        values.insert(format!("x_{stray}"), Value::Text("stray".to_owned()));
        let shown = values.get("show_summary") == Some(&Value::Bool(true));
        let parts = split(&FORM, values.clone());
        for key in parts.open.keys() {
            match FORM.field(key).map(|field| field.secrecy) {
                Some(Secrecy::Open) => {}
                Some(Secrecy::Choice(by)) => prop_assert!(by == "show_summary" && shown, "{} is open", key),
                other => prop_assert!(false, "{key} is open: {other:?}"),
            }
        }
        for key in FORM.fields().map(|field| field.key) {
            prop_assert_eq!(parts.withheld.iter().any(|name| name == key), parts.sealed.contains_key(key));
        }
        let mut both = parts.open;
        let open_count = both.len();
        both.extend(parts.sealed.clone());
        prop_assert_eq!(both.len(), open_count + parts.sealed.len());
        prop_assert_eq!(both, values);
    }
}

/// The generator of indicators has to make mostly canonical ones, or the property above would test nothing.
#[test]
fn most_generated_indicators_are_canonical() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let made: Vec<_> = (0..200)
        .map(|_| indicator().new_tree(&mut runner).unwrap().current())
        .collect();
    let bad: Vec<_> = made
        .iter()
        .filter(|made| !made.is_canonical())
        .map(ToString::to_string)
        .collect();
    assert!(bad.len() < 10, "{bad:#?}");
}
