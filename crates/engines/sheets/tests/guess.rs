//! Columns whose heads nobody knows: by heads like theirs, by what stands in them, by what a person says.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

use proptest::collection::vec;
use proptest::prelude::*;
use sheets::{Cell, ColumnSpec, Fit, Grid, Mapping, SAMPLES_MAX, Sample, letters, map_columns, map_columns_by, rows};

fn grid(rows: &[&[&str]]) -> Grid {
    let cell = |text: &&str| {
        if text.is_empty() {
            Cell::Empty
        } else {
            Cell::Text((*text).to_owned())
        }
    };
    Grid {
        name: "表".to_owned(),
        rows: rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
        ..Grid::default()
    }
}

fn specs() -> Vec<ColumnSpec> {
    let spec = |key: &str, heads: &[&str], required| ColumnSpec {
        key: key.to_owned(),
        heads: heads.iter().map(|head| (*head).to_owned()).collect(),
        required,
    };
    vec![
        spec("title", &["专利名称", "Patent title"], true),
        spec("number", &["专利号", "Patent number"], true),
        spec("filed", &["申请日", "Filed on"], true),
        spec("granted", &["授权公告日", "Granted on"], false),
        spec("owner", &["专利权人", "Owner"], true),
        spec("phone", &["联系电话", "Telephone"], false),
        spec("price", &["意向价", "Price"], false),
    ]
}

/// Judges by the kernel's readers what the specs above want.
fn judge(sample: &Sample<'_>) -> Vec<Fit> {
    assert!(!sample.texts.is_empty() && sample.texts.len() <= SAMPLES_MAX);
    let fit = |key: &str, distinctive: bool, reads: &dyn Fn(&str) -> bool| Fit {
        key: key.to_owned(),
        percent: (sample.texts.iter().filter(|text| reads(text)).count() * 100 / sample.texts.len()) as u8,
        distinctive,
    };
    let date = |text: &str| text.contains('-') && kernel::read::date(text).is_ok();
    let money =
        |text: &str| (sample.unit.is_some() || text.contains('万')) && kernel::read::money(text, sample.unit).is_ok();
    vec![
        fit("number", true, &|text| kernel::read::patent(text, None).is_ok()),
        fit("filed", true, &date),
        fit("granted", true, &date),
        fit("phone", true, &|text| kernel::read::phone(text).is_ok()),
        fit("price", true, &money),
        fit("owner", false, &|text| text.contains(char::is_alphabetic)),
    ]
}

fn mapped(grid: &Grid) -> Option<Mapping> {
    map_columns_by(grid, &specs(), Some(&judge))
}

/// Each column as `key:how`.
fn seen(mapping: &Mapping) -> Vec<String> {
    let columns = mapping.columns.iter().zip(&mapping.found);
    columns
        .map(|(key, found)| match (key, found) {
            (Some(key), Some(found)) => format!("{key}:{}", found.code()),
            (None, None) => "-".to_owned(),
            other => panic!("{other:?}"),
        })
        .collect()
}

const NUMBERS: [&str; 3] = ["ZL202010123456.2", "202010123456.2", "2020101234562"];

#[test]
fn heads_go_before_likeness_and_likeness_before_contents() {
    let sheet = grid(&[
        &[
            "序号",
            "专利名称",
            "证书编号",
            "授权公告日期",
            "专利权人名称",
            "手机",
            "备注",
        ],
        &["1", "一种方法", NUMBERS[0], "2021-08-20", "甲大学", "13800000000", ""],
        &[
            "2",
            "二种方法",
            NUMBERS[1],
            "2021-08-21",
            "乙大学",
            "13800000001",
            "加急",
        ],
    ]);
    let mapping = mapped(&sheet).unwrap();
    let expected = [
        "-",
        "title:head",
        "number:contents",
        "granted:like",
        "owner:like",
        "phone:contents",
        "-",
    ];
    assert_eq!(seen(&mapping), expected);
    assert_eq!((mapping.header_row, mapping.header_rows), (0, 1));
    assert_eq!(mapping.unknown, ["备注"]);
    assert_eq!(mapping.missing, ["filed"]);
    assert_eq!(
        rows(&sheet, &mapping)[1].values.get("number").map(String::as_str),
        Some(NUMBERS[1])
    );
    // Without a judge what stands in the columns says nothing.
    let mapping = map_columns(&sheet, &specs()).unwrap();
    assert_eq!(
        seen(&mapping),
        ["-", "title:head", "-", "granted:like", "owner:like", "-", "-"]
    );
    assert_eq!(mapping.unknown, ["证书编号", "手机", "备注"]);
}

#[test]
fn contents_refuse_a_head_that_is_only_alike() {
    let sheet = grid(&[
        &["专利名称", "申请日", "专利号说明", "专利权人名称"],
        &["一种方法", "2020-02-18", "已授权", "13800000000"],
        &["二种方法", "2020-02-19", "未授权", "13800000001"],
    ]);
    let mapping = mapped(&sheet).unwrap();
    assert_eq!(seen(&mapping), ["title:head", "filed:head", "-", "phone:contents"]);
}

#[test]
fn two_columns_that_could_be_one_are_neither() {
    let sheet = grid(&[
        &["专利名称", "专利号", "电话一", "电话二", "时间甲", "公告时间"],
        &[
            "一种方法",
            NUMBERS[0],
            "13800000000",
            "13900000000",
            "2020-02-18",
            "2021-02-18",
        ],
    ]);
    let mapping = mapped(&sheet).unwrap();
    // The head tells the second of the dates; nothing tells the telephones apart, or what the first date is.
    assert_eq!(
        seen(&mapping),
        ["title:head", "number:head", "-", "-", "-", "granted:contents"]
    );
    assert_eq!(mapping.unknown, ["电话一", "电话二", "时间甲"]);
}

#[test]
fn that_the_other_date_is_taken_makes_no_third_date_the_one_that_is_left() {
    let sheet = grid(&[
        &["专利名称", "申请日", "填报时间"],
        &["一种方法", "2020-02-18", "2023-06-01"],
    ]);
    assert_eq!(seen(&mapped(&sheet).unwrap()), ["title:head", "filed:head", "-"]);
}

#[test]
fn numbers_under_a_unit_are_money() {
    let sheet = grid(&[
        &["专利名称", "专利号", "报多少（万元）", "数量"],
        &["一种方法", NUMBERS[0], "50", "3"],
    ]);
    let mapping = mapped(&sheet).unwrap();
    assert_eq!(seen(&mapping), ["title:head", "number:head", "price:contents", "-"]);
    assert_eq!(mapping.unit_hints.get("price").map(String::as_str), Some("万元"));
}

#[test]
fn a_share_of_strange_texts_is_borne_and_not_more() {
    let sheet = |bad: usize| {
        let rows: Vec<[&str; 3]> = (0..10)
            .map(|row| ["一种方法", if row < bad { "待补" } else { NUMBERS[0] }, "2020-02-18"])
            .collect();
        let mut lines: Vec<&[&str]> = vec![&["专利名称", "证号", "申请日"]];
        lines.extend(rows.iter().map(|row| &row[..]));
        lines.push(&["合计", "10 件"]);
        seen(&mapped(&grid(&lines)).unwrap())
    };
    assert_eq!(sheet(2), ["title:head", "number:contents", "filed:head"]);
    assert_eq!(sheet(3), ["title:head", "-", "filed:head"]);
}

#[test]
fn a_header_that_nobody_knows_is_found_before_the_data() {
    let sheet = grid(&[
        &["2023年度统计"],
        &["填报：某大学", "", "2023年"],
        &["题目", "证书", "怎么找您", "何时"],
        &["一种方法", NUMBERS[0], "13800000000", "2020-02-18"],
        &["二种方法", NUMBERS[1], "13800000001", "2020-02-19"],
    ]);
    let mapping = mapped(&sheet).unwrap();
    assert_eq!((mapping.header_row, mapping.header_rows), (2, 1));
    assert_eq!(seen(&mapping), ["-", "number:contents", "phone:contents", "-"]);
    assert_eq!(mapping.unknown, ["题目", "何时"]);
    assert_eq!(rows(&sheet, &mapping).len(), 2);
}

#[test]
fn a_sheet_without_a_header_has_letters() {
    let sheet = grid(&[
        &["1", "一种方法", NUMBERS[0], "13800000000"],
        &["2", "二种方法", NUMBERS[1], "13800000001"],
        &["3", "三种方法", NUMBERS[2], ""],
    ]);
    let mapping = mapped(&sheet).unwrap();
    assert_eq!((mapping.header_row, mapping.header_rows), (0, 0));
    assert_eq!(mapping.heads, ["", "", "", ""]);
    assert_eq!(seen(&mapping), ["-", "-", "number:contents", "phone:contents"]);
    assert_eq!(mapping.unknown, ["A", "B"]);
    assert_eq!(mapping.missing, ["title", "filed", "owner"]);
    let found = rows(&sheet, &mapping);
    assert_eq!(found.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2, 3]);
    // A title above is no row of data.
    let mut below = sheet;
    below.rows.insert(0, vec![Cell::Text("清单".to_owned())]);
    let mapping = mapped(&below).unwrap();
    assert_eq!((mapping.header_row, mapping.header_rows), (1, 0));
    assert_eq!(rows(&below, &mapping)[0].number, 2);
}

#[test]
fn one_column_alone_makes_no_table() {
    let sheet = grid(&[&["甲", "乙"], &["一种方法", NUMBERS[0]], &["二种方法", NUMBERS[1]]]);
    assert_eq!(mapped(&sheet), None);
    assert_eq!(mapped(&grid(&[&["说明", "一行一件"], &["注意", "不要合并"]])), None);
}

#[test]
fn hardly_known_heads_make_a_header_together() {
    let sheet = grid(&[&["汇总"], &["专利名称", "专利权人姓名"], &["一种方法", "甲大学"]]);
    let mapping = map_columns(&sheet, &specs()).unwrap();
    assert_eq!(mapping.header_row, 1);
    assert_eq!(seen(&mapping), ["title:head", "owner:like"]);
    let sheet = grid(&[&["专利权人姓名", "授权公告日期"], &["甲大学", "2021"]]);
    assert_eq!(map_columns(&sheet, &specs()), None);
}

#[test]
fn a_person_says_otherwise() {
    let sheet = grid(&[
        &["单位：万元"],
        &["专利名称", "证书编号", "报价", "电话一", "电话二"],
        &["一种方法", NUMBERS[0], "50", "13800000000", "13900000000"],
    ]);
    let guessed = Mapping::at(&sheet, 1, 1, &specs(), Some(&judge));
    assert_eq!(
        seen(&guessed),
        ["title:head", "number:contents", "price:contents", "-", "-"]
    );
    let said: Vec<Option<String>> = [
        Some("title"),
        None,
        Some("price"),
        Some("price"),
        Some("phone"),
        Some("owner"),
    ]
    .map(|key| key.map(str::to_owned))
    .into();
    let mapping = guessed.with_columns(&said, &specs());
    assert_eq!(seen(&mapping), ["title:head", "-", "price:contents", "-", "phone:hand"]);
    assert_eq!(mapping.unknown, ["证书编号", "电话一"]);
    assert_eq!(mapping.missing, ["number", "filed", "owner"]);
    assert_eq!(mapping.unit_hints.get("price").map(String::as_str), Some("万元"));
    assert_eq!(
        rows(&sheet, &mapping)[0].values.get("phone").map(String::as_str),
        Some("13900000000")
    );
    let none = mapping.with_columns(&[Some("no such".to_owned())], &specs());
    assert_eq!(seen(&none), ["-"; 5]);
    assert_eq!(none.unit_hints.len(), 0);
}

#[test]
fn a_person_says_where_the_header_is() {
    let sheet = grid(&[
        &["专利名称", "专利号", "申请日"],
        &["专利", "", "人"],
        &["名称", "专利号", "联系电话"],
        &["一种方法", NUMBERS[0], "13800000000"],
    ]);
    let found = map_columns(&sheet, &specs()).unwrap();
    assert_eq!(found.header_row, 0);
    let mapping = Mapping::at(&sheet, 1, 2, &specs(), None);
    assert_eq!(
        (mapping.header_row, mapping.header_rows, mapping.first_row()),
        (1, 2, 3)
    );
    assert_eq!(mapping.heads, ["专利/名称", "专利/专利号", "人/联系电话"]);
    assert_eq!(seen(&mapping), ["title:head", "number:head", "phone:head"]);
    assert_eq!(rows(&sheet, &mapping).len(), 1);
    let none = Mapping::at(&sheet, 3, 0, &specs(), None);
    assert_eq!(seen(&none), ["-", "-", "-"]);
    assert_eq!(none.unknown, ["A", "B", "C"]);
    let beyond = Mapping::at(&sheet, usize::MAX, 9, &specs(), Some(&judge));
    assert_eq!(beyond.columns.len(), 0);
    assert_eq!(rows(&sheet, &beyond), []);
}

#[test]
fn a_column_without_a_head_that_holds_something_is_named_by_its_letters() {
    let sheet = grid(&[
        &["专利名称", "专利号"],
        &["一种方法", NUMBERS[0], "", "尽快"],
        &["合计", "", "", "", "9"],
    ]);
    let mapping = map_columns(&sheet, &specs()).unwrap();
    assert_eq!(mapping.unknown, ["D", "E"]);
    assert_eq!(mapping.name(3), "D");
    assert_eq!((letters(0), letters(16_383)), ("A".to_owned(), "XFD".to_owned()));
    assert!(!letters(usize::MAX).is_empty());
}

#[test]
fn of_a_seen_and_a_hidden_column_the_seen_one_counts() {
    let mut sheet = grid(&[&["专利名称", "专利号", "专利名称"], &["旧名", NUMBERS[0], "新名"]]);
    sheet.hidden_cols = [0].into();
    let mapping = map_columns(&sheet, &specs()).unwrap();
    assert_eq!(seen(&mapping), ["-", "number:head", "title:head"]);
    // A hidden column that is the only one of its kind is read: someone hid it to see the rest.
    sheet.rows[0].truncate(2);
    sheet.rows[1].truncate(2);
    assert_eq!(
        seen(&map_columns(&sheet, &specs()).unwrap()),
        ["title:head", "number:head"]
    );
}

#[test]
fn a_broad_sheet_of_nothing_known_is_soon_given_up() {
    let row: Vec<String> = (0..200).map(|col| format!("无关内容第{col}列")).collect();
    let row: Vec<&str> = row.iter().map(String::as_str).collect();
    let sheet = grid(&vec![&row[..]; 300]);
    assert_eq!(mapped(&sheet), None);
}

/// Cells of which many are heads, like heads, values or nothing.
fn any_cell() -> impl Strategy<Value = Cell> {
    let known = prop::sample::select(vec![
        "专利名称",
        "专利号",
        "专利权人名称",
        "申请日",
        "授权公告日期",
        "联系电话",
        "意向价（万元）",
        "问题",
        "原行号",
        "序号",
        "合计",
        "同上",
        "〃",
        "ZL202010123456.2",
        "13800000000",
        "2020-02-18",
        "50万",
        "=1",
        "单位：万元",
        "示例：一种",
        "必填",
    ]);
    prop_oneof![
        4 => known.prop_map(|text| Cell::Text(text.to_owned())),
        2 => Just(Cell::Empty),
        1 => "[一-龥a-z（/ ]{1,8}".prop_map(Cell::Text),
        1 => (0_u32..60_000).prop_map(|number| Cell::Number(f64::from(number))),
    ]
}

fn check(mapping: &Mapping) -> Result<(), TestCaseError> {
    let mut keys: Vec<_> = mapping.columns.iter().flatten().collect();
    prop_assert!(mapping.missing.iter().all(|key| !keys.contains(&key)));
    prop_assert!(mapping.unit_hints.keys().all(|key| keys.contains(&key)));
    let count = keys.len();
    keys.sort();
    keys.dedup();
    prop_assert_eq!(keys.len(), count);
    prop_assert_eq!(mapping.columns.len(), mapping.heads.len());
    let found = mapping.columns.iter().zip(&mapping.found);
    prop_assert!(found.clone().all(|(key, found)| key.is_some() == found.is_some()));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sheet_is_mapped_soundly(lines in vec(vec(any_cell(), 0..8), 0..14), row in 0_usize..20, height in 0_usize..4) {
        let sheet = Grid { rows: lines, hidden_cols: [1].into(), ..Grid::default() };
        for contents in [None, Some(&judge as &sheets::Contents<'_>)] {
            check(&Mapping::at(&sheet, row, height, &specs(), contents))?;
            let Some(mapping) = map_columns_by(&sheet, &specs(), contents) else { continue };
            check(&mapping)?;
            prop_assert!(mapping.columns.iter().flatten().count() >= 2);
            prop_assert_eq!(&mapping.with_columns(&mapping.columns, &specs()), &mapping);
            let said: Vec<_> = mapping.columns.iter().rev().cloned().collect();
            check(&mapping.with_columns(&said, &specs()))?;
            let found = rows(&sheet, &mapping);
            prop_assert_eq!(&sheets::rows_iter(sheet.clone(), &mapping).collect::<Vec<_>>(), &found);
            prop_assert!(found.iter().all(|row| row.number > mapping.first_row() && !row.values.is_empty()));
        }
    }
}
