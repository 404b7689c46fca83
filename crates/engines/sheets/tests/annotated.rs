//! A workbook sent back with what is wrong, mended and sent again.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

mod support;

use proptest::collection::vec;
use proptest::prelude::*;
use sheets::{
    Annotated, AnnotatedRow, AnnotatedWords, Cell, ColumnSpec, Grid, Mapping, Row, annotated, map_columns, mark, rows,
    rows_iter,
};
use support::{biff8, cell, changed, ole, part, read, record, shared_strings, texts, without};

const BATCH: &str = "0197c5f2-9d5b-7c51-8f7e-2b0c4a6f1e11";

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn words() -> AnnotatedWords {
    let all = [
        ("sheet-issues-head", "问题"),
        ("sheet-row-head", "原行号"),
        ("sheet-row-note", "请保留这一列。"),
        ("sheet-issues-name", "问题清单"),
        ("sheet-issues-more", "还有更多。"),
        ("sheet-column-head", "列"),
        ("sheet-level-head", "级别"),
        ("sheet-written-head", "填写内容"),
        ("level-error", "错误"),
        ("level-warning", "提醒"),
    ];
    AnnotatedWords::by(|id| all.iter().find(|(known, _)| *known == id).unwrap().1.to_owned())
}

fn write(heads: &[String], mark: &str, rows: &[AnnotatedRow]) -> Vec<u8> {
    let content = Annotated {
        sheet: "专利'23",
        heads,
        words: &words(),
        mark,
        rows,
    };
    annotated(&content).unwrap()
}

fn heads() -> Vec<String> {
    strings(&["专利名称", "专利号"])
}

fn specs() -> Vec<ColumnSpec> {
    let spec = |key: &str, head: &str| ColumnSpec {
        key: key.to_owned(),
        heads: strings(&[head]),
        required: true,
    };
    vec![spec("title", "专利名称"), spec("number", "专利号")]
}

fn sample() -> Vec<AnnotatedRow> {
    let issue = |col, words: &str, is_error| (col, words.to_owned(), is_error);
    vec![
        AnnotatedRow {
            number: Some(7),
            cells: strings(&["+甲", "202010123456.7"]),
            issues: vec![
                issue(Some(1), "校验位应为 2", true),
                issue(Some(1), "没有写 ZL", false),
                issue(None, "与第 3 行重复", false),
            ],
        },
        AnnotatedRow {
            number: Some(9),
            cells: strings(&["乙"]),
            issues: vec![issue(Some(0), "名称太短", false)],
        },
    ]
}

#[test]
fn issues_stand_in_a_column_in_notes_and_in_a_list() {
    let file = write(&heads(), BATCH, &sample());
    let grids = read("a.xlsx", &file).unwrap();
    let seen: Vec<_> = grids.iter().map(|grid| (grid.name.as_str(), grid.hidden)).collect();
    assert_eq!(seen, [("专利'23", false), ("问题清单", false), ("_batch", true)]);
    let data = texts(&grids[0]);
    assert_eq!(data[0], ["专利名称", "专利号", "问题", "原行号"]);
    let issues = "校验位应为 2\n没有写 ZL\n与第 3 行重复";
    assert_eq!(data[1], ["'+甲", "202010123456.7", issues, "7"]);
    assert_eq!(data[2], ["乙", "", "名称太短", "9"]);
    let list = texts(&grids[1]);
    assert_eq!(list[0], ["原行号", "列", "级别", "填写内容", "问题"]);
    assert_eq!(list[1], ["7", "专利号", "错误", "202010123456.7", "校验位应为 2"]);
    assert_eq!(list[2], ["7", "专利号", "提醒", "202010123456.7", "没有写 ZL"]);
    assert_eq!(list[3], ["7", "", "提醒", "", "与第 3 行重复"]);
    let notes = part(&file, "xl/comments1.xml");
    assert!(
        notes.contains("ref=\"B2\"") && notes.contains("校验位应为 2\n没有写 ZL"),
        "{notes}"
    );
    assert!(notes.contains("ref=\"D1\"") && notes.contains("请保留这一列"));
    let links = part(&file, "xl/worksheets/sheet2.xml");
    assert!(
        links.contains("location=\"&apos;专利&apos;&apos;23&apos;!B2\"")
            || links.contains("location=\"'专利''23'!B2\""),
        "{links}"
    );
    assert!(links.contains("!A2"));
    let styles = part(&file, "xl/styles.xml");
    assert!(styles.contains("FFF8DFDC") && styles.contains("FFFBEFD5"), "{styles}");
}

#[test]
fn what_we_added_is_no_data_and_no_unknown_column() {
    let grids = read("a.xlsx", &write(&heads(), BATCH, &sample())).unwrap();
    assert_eq!(grids.iter().map(Grid::is_own).collect::<Vec<_>>(), [false, true, true]);
    let mapping = map_columns(&grids[0], &specs()).unwrap();
    assert_eq!(mapping.unknown, [] as [String; 0]);
    assert_eq!(mapping.origin, Some(3));
    assert_eq!(map_columns(&grids[1], &specs()), None);
    let found = rows(&grids[0], &mapping);
    let seen: Vec<_> = found.iter().map(|row| (row.number, row.origin)).collect();
    assert_eq!(seen, [(2, Some(7)), (3, Some(9))]);
    assert_eq!(found[0].values.get("title").map(String::as_str), Some("+甲"));
}

#[test]
fn a_form_that_asks_for_problems_keeps_its_column() {
    let mut specs = specs();
    specs[1].heads = strings(&["问题"]);
    let grids = read("a.xlsx", &write(&strings(&["专利名称", "问题"]), "", &sample())).unwrap();
    let mapping = map_columns(&grids[0], &specs).unwrap();
    let columns: Vec<_> = mapping.columns.iter().map(Option::as_deref).collect();
    assert_eq!(columns, [Some("title"), Some("number"), None, None]);
    assert_eq!(mapping.unknown, [] as [String; 0]);
}

#[test]
fn without_issues_and_mark_there_is_one_sheet() {
    let rows = [AnnotatedRow {
        cells: strings(&["甲"]),
        ..AnnotatedRow::default()
    }];
    let file = write(&heads(), "", &rows);
    let grids = read("a.xlsx", &file).unwrap();
    assert_eq!(grids.len(), 1);
    assert_eq!(mark(&grids, &file), None);
    let mapping = map_columns(&grids[0], &specs()).unwrap();
    assert_eq!(sheets::rows(&grids[0], &mapping)[0].origin, None);
}

#[test]
fn the_mark_outlives_the_loss_of_either_place() {
    let long = "批".repeat(200);
    for text in [BATCH, "a & <b> \"c\"", long.as_str()] {
        let file = write(&heads(), text, &sample());
        let grids = read("a.xlsx", &file).unwrap();
        assert_eq!(mark(&grids, &file).as_deref(), Some(text));
        // Only the sheet of data kept in the file.
        assert_eq!(mark(&grids[..1], &file).as_deref(), Some(text));
        // The properties removed, as “Inspect Document” does.
        let bare = without(&file, "docProps/custom.xml");
        let grids = read("a.xlsx", &bare).unwrap();
        assert_eq!(mark(&grids, &bare).as_deref(), Some(text));
        assert_eq!(mark(&grids[..1], &bare), None);
    }
}

#[test]
fn the_mark_outlives_saving_as_an_old_workbook() {
    let globals = shared_strings(&["名称", "jiebang-batch", BATCH]);
    let text = |col: u16, at: u32| cell(0x00FD, 0, col, 0, &at.to_le_bytes());
    let pages = [("甲", 0, text(0, 0)), ("_batch", 2, [text(0, 1), text(1, 2)].concat())];
    let file = ole(&[(
        "Workbook",
        &biff8(&[record(0x0042, &[0xB0, 4]), globals].concat(), &pages),
    )]);
    let grids = read("a.xls", &file).unwrap();
    assert_eq!(mark(&grids, &file).as_deref(), Some(BATCH));
}

#[test]
fn a_mark_that_is_none_is_not_taken() {
    let file = write(&heads(), BATCH, &sample());
    let long = changed(&file, "docProps/custom.xml", |text| {
        text.replace(BATCH, &"x".repeat(201))
    });
    assert_eq!(mark(&[], &long), None);
    let other = changed(&file, "docProps/custom.xml", |text| {
        text.replace("jiebang-batch", "other")
    });
    assert_eq!(mark(&[], &other), None);
    let cut = changed(&file, "docProps/custom.xml", |text| text[..text.len() / 2].to_owned());
    assert_eq!(mark(&[], &cut), None);
    assert_eq!(mark(&[], b"PK\x03\x04"), None);
    assert_eq!(mark(&[], b"a,b"), None);
    let content = Annotated {
        sheet: "甲",
        heads: &heads(),
        words: &words(),
        mark: &"x".repeat(201),
        rows: &[],
    };
    assert!(annotated(&content).unwrap_err().to_string().contains("200"));
}

#[test]
fn the_same_content_is_the_same_bytes() {
    assert_eq!(write(&heads(), BATCH, &sample()), write(&heads(), BATCH, &sample()));
}

#[test]
fn thousands_of_issues_still_make_a_workbook() {
    let row = |number: usize| AnnotatedRow {
        number: Some(number),
        cells: strings(&["甲", "乙"]),
        issues: (0..7).map(|at| (Some(at % 2), format!("问题 {at}"), true)).collect(),
    };
    let lines: Vec<_> = (1..=6000).map(row).collect();
    let file = write(&heads(), BATCH, &lines);
    let grids = read("a.xlsx", &file).unwrap();
    // The list is no longer than the data, so that the workbook is taken back.
    assert_eq!(grids[1].rows.len(), 6_001);
    assert_eq!(grids[1].cell(6_000, 0).text(), "还有更多。");
    assert_eq!(part(&file, "xl/comments1.xml").matches("<comment ").count(), 10_001);
    let list = part(&file, "xl/worksheets/sheet2.xml");
    assert_eq!(list.matches("<hyperlink ").count(), 5_999);
}

#[test]
fn rows_mended_in_an_office_program_find_their_numbers() {
    let mut grids = read("a.xlsx", &write(&heads(), BATCH, &sample())).unwrap();
    let grid = &mut grids[0];
    // Sorted, one row added above, one copied below, the number of another spoilt.
    grid.rows.swap(1, 2);
    grid.rows.insert(1, vec![Cell::Text("新".to_owned())]);
    let mut copy = grid.rows[2].clone();
    copy[0] = Cell::Text("合计".to_owned());
    grid.rows.push(copy);
    let mut spoilt = grid.rows[3].clone();
    spoilt[3] = Cell::Text("－".to_owned());
    grid.rows.push(spoilt);
    let mapping = map_columns(grid, &specs()).unwrap();
    let found = rows(grid, &mapping);
    let seen: Vec<_> = found.iter().map(|row| (row.number, row.origin)).collect();
    assert_eq!(seen, [(2, None), (3, Some(9)), (4, Some(7)), (5, Some(9)), (6, None)]);
    // A row that begins with 合计 is data, since it was data before.
    assert_eq!(found[3].values.get("title").map(String::as_str), Some("合计"));
    assert_eq!(rows_iter(grid.clone(), &mapping).collect::<Vec<_>>(), found);
}

/// A text as people type it; dittos mean another cell's value, and a text of spaces is no cell.
fn text() -> impl Strategy<Value = String> {
    let special = prop::sample::select(vec![
        "=",
        "+",
        "-",
        "@",
        "＝",
        "'",
        "\t",
        "\n",
        "\"",
        ",",
        "1",
        "合计",
        "示例：",
        "\u{feff}",
    ]);
    let piece = prop_oneof![special.prop_map(str::to_owned), "[a-z0-9一-龥 ]{1,6}", "\\PC{1,3}"];
    vec(piece, 0..5).prop_map(|pieces| pieces.concat()).prop_map(|text| {
        let seen: String = kernel::text::normalise(&text).to_lowercase().replace(' ', "");
        let is_ditto = [
            "〃", "″", "〞", "\"", "“", "”", "''", "同上", "同前", "上同", "ditto", "do.",
        ]
        .contains(&seen.as_str());
        let shown = text.trim_start_matches('\'').trim();
        if is_ditto || shown.is_empty() {
            String::new()
        } else {
            text
        }
    })
}

fn lines() -> impl Strategy<Value = Vec<(usize, String, String, u8)>> {
    vec((1_usize..100_000, text(), text(), 0_u8..8), 1..12).prop_map(|lines| {
        lines
            .into_iter()
            .filter(|(_, title, number, _)| !(title.is_empty() && number.is_empty()))
            .collect()
    })
}

fn annotate(lines: &[(usize, String, String, u8)]) -> Vec<AnnotatedRow> {
    let issue = |at: u8, words: &str| ((at % 3 < 2).then_some(usize::from(at % 3)), words.to_owned(), at > 4);
    lines
        .iter()
        .map(|(number, title, id, bad)| AnnotatedRow {
            number: Some(*number),
            cells: vec![title.clone(), id.clone()],
            issues: if *bad == 0 {
                Vec::new()
            } else {
                vec![issue(*bad, "＝错"), issue(bad + 1, title)]
            },
        })
        .collect()
}

/// What a reading says of the rows: origin, title, number.
fn seen(rows: &[Row]) -> Vec<(Option<usize>, String, String)> {
    let value = |row: &Row, key: &str| row.values.get(key).cloned().unwrap_or_default();
    rows.iter()
        .map(|row| (row.origin, value(row, "title"), value(row, "number")))
        .collect()
}

fn read_rows(grid: &Grid) -> (Mapping, Vec<Row>) {
    let mapping = map_columns(grid, &specs()).unwrap();
    let found = rows(grid, &mapping);
    (mapping, found)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_goes_out_comes_back(lines in lines(), mark_text in "[0-9a-f-]{1,36}", seed in any::<prop::sample::Index>()) {
        let file = write(&heads(), &mark_text, &annotate(&lines));
        let mut grids = read("a.xlsx", &file).unwrap();
        prop_assert_eq!(mark(&grids, &file), Some(mark_text));
        let mut expected: Vec<_> = lines.iter().map(|(n, title, id, _)| (Some(*n), title.clone(), id.clone())).collect();
        let (mapping, found) = read_rows(&grids[0]);
        prop_assert_eq!(mapping.unknown, [] as [String; 0]);
        prop_assert_eq!(seen(&found), expected.clone());
        // The same after the rows were sorted otherwise, and one of them taken out.
        if expected.len() > 1 {
            let at = seed.index(expected.len());
            expected.rotate_left(at);
            grids[0].rows[1..].rotate_left(at);
            expected.pop();
            grids[0].rows.pop();
            prop_assert_eq!(seen(&read_rows(&grids[0]).1), expected);
        }
    }
}

/// A workbook of ours that openpyxl opened, changed (a cell mended, a row inserted) and saved.
#[test]
fn another_program_keeps_mark_and_numbers() {
    let file = include_bytes!("data/resaved.xlsx");
    let grids = read("resaved.xlsx", file).unwrap();
    assert_eq!(mark(&grids, file).as_deref(), Some("0197c5f2"));
    assert_eq!(mark(&[], file).as_deref(), Some("0197c5f2"));
    assert_eq!(grids.iter().map(Grid::is_own).collect::<Vec<_>>(), [false, true, true]);
    let spec = |head: &str| ColumnSpec {
        key: head.to_owned(),
        heads: strings(&[head]),
        required: true,
    };
    let mapping = map_columns(&grids[0], &["名称", "专利号"].map(spec)).unwrap();
    assert_eq!(mapping.name(mapping.origin.unwrap()), "原行号");
    let seen: Vec<_> = rows(&grids[0], &mapping)
        .iter()
        .map(|row| (row.number, row.origin))
        .collect();
    assert_eq!(seen, [(3, Some(3)), (4, Some(3)), (5, Some(3))]);
}
