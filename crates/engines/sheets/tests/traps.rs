//! Every trap of the workbooks that people send, each built as a file and read to its rows (domain §3.11).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

mod support;

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use sheets::{ColumnSpec, Grid, Row, map_columns, rows};
use support::{biff8, cell, changed, ole, read, record, shared_strings};

fn specs() -> Vec<ColumnSpec> {
    let spec = |key: &str, heads: &[&str], required| ColumnSpec {
        key: key.to_owned(),
        heads: heads.iter().map(|head| (*head).to_owned()).collect(),
        required,
    };
    vec![
        spec("org", &["单位名称", "专利权人"], true),
        spec("title", &["专利名称", "发明名称"], true),
        spec("number", &["专利号"], true),
        spec("granted", &["授权公告日"], false),
        spec("modes", &["交易方式"], false),
        spec("price", &["意向价"], false),
        spec("agree", &["是否同意"], false),
    ]
}

fn book(fill: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

fn put(sheet: &mut Worksheet, row: u32, texts: &[&str]) {
    for (col, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        sheet.write_string(row, col as u16, *text).unwrap();
    }
}

fn first(name: &str, file: &[u8]) -> Grid {
    read(name, file).unwrap().remove(0)
}

fn rows_of(grid: &Grid) -> Vec<Row> {
    rows(grid, &map_columns(grid, &specs()).unwrap())
}

fn column(grid: &Grid, key: &str) -> Vec<String> {
    rows_of(grid)
        .iter()
        .map(|row| row.values.get(key).cloned().unwrap_or_default())
        .collect()
}

#[test]
fn columns_are_renamed_reordered_missing_and_more() {
    let grid = first(
        "a.xlsx",
        &book(|sheet| {
            put(
                sheet,
                0,
                &[
                    "备 注",
                    "＊专利号（13位，带小数点）",
                    "2.发明名称",
                    "单位　名称",
                    "经费",
                ],
            );
            put(sheet, 1, &["加急", "202010123456.2", "一种方法", "某大学", "3"]);
        }),
    );
    let mapping = map_columns(&grid, &specs()).unwrap();
    let columns: Vec<_> = mapping
        .columns
        .iter()
        .map(|key| key.as_deref().unwrap_or("-"))
        .collect();
    assert_eq!(columns, ["-", "number", "title", "org", "-"]);
    assert_eq!(mapping.unknown, ["备 注", "经费"]);
    assert_eq!(mapping.missing, [] as [String; 0]);
    assert_eq!(column(&grid, "org"), ["某大学"]);
}

#[test]
fn cells_are_merged_and_say_ditto() {
    let grid = first(
        "a.xlsx",
        &book(|sheet| {
            let plain = Format::new();
            put(sheet, 0, &["单位名称", "专利名称", "专利号", "", "交易方式"]);
            sheet.merge_range(1, 0, 3, 0, "甲公司", &plain).unwrap();
            put(sheet, 1, &["", "方法一", "1", "", "转让"]);
            put(sheet, 2, &["", "方法二", "2", "", "〃"]);
            put(sheet, 3, &["", "方法三", "3", "", "同　上"]);
            put(sheet, 4, &["乙公司", "方法四", "4", "", "许可"]);
            put(sheet, 5, &["″", "方法五", "5", "", "＂"]);
        }),
    );
    assert_eq!(column(&grid, "org"), ["甲公司", "甲公司", "甲公司", "乙公司", "乙公司"]);
    assert_eq!(column(&grid, "modes"), ["转让", "转让", "转让", "许可", "许可"]);
}

#[test]
fn titles_and_the_sender_stand_above_and_totals_and_notes_below() {
    let above = |sheet: &mut Worksheet| {
        sheet
            .merge_range(0, 0, 0, 5, "江苏省2023年可交易专利征集表", &Format::new())
            .unwrap();
        put(
            sheet,
            1,
            &[
                "填报单位（盖章）：某大学",
                "",
                "",
                "填报日期：2023年6月",
                "",
                "单位：万元",
            ],
        );
    };
    let below = |sheet: &mut Worksheet, at: u32| {
        put(sheet, at, &["小　计", "", "", "", "", "50"]);
        put(sheet, at + 1, &["合计：2项"]);
        put(sheet, at + 3, &["填表说明：", "1.一行一件"]);
        put(sheet, at + 4, &["注：以上均为本单位独有"]);
        put(sheet, at + 5, &["单位负责人（签字）：", "", "", "填表人：李四"]);
    };
    let one = first(
        "a.xlsx",
        &book(|sheet| {
            above(sheet);
            put(
                sheet,
                3,
                &["序号", "专利名称", "专利号", "授权公告日", "单位名称", "意向价"],
            );
            put(
                sheet,
                4,
                &["示例", "例子", "202010123456.2", "2020-01-01", "某大学", "5"],
            );
            put(
                sheet,
                5,
                &["1", "合计算法", "202010123456.2", "2020-01-01", "某大学", "50"],
            );
            put(
                sheet,
                6,
                &[
                    "2",
                    "说明书自动生成方法",
                    "202010123457.0",
                    "2020-01-02",
                    "某大学",
                    "60",
                ],
            );
            below(sheet, 7);
        }),
    );
    assert_eq!(column(&one, "title"), ["合计算法", "说明书自动生成方法"]);
    assert_eq!(
        map_columns(&one, &specs())
            .unwrap()
            .unit_hints
            .get("price")
            .map(String::as_str),
        Some("万元")
    );
    let two = first(
        "a.xlsx",
        &book(|sheet| {
            let plain = Format::new();
            above(sheet);
            sheet.merge_range(3, 0, 4, 0, "序号", &plain).unwrap();
            sheet.merge_range(3, 1, 3, 3, "专利情况", &plain).unwrap();
            sheet.merge_range(3, 4, 4, 4, "专利权人", &plain).unwrap();
            put(sheet, 3, &["", "", "", "", "", "交易意向"]);
            put(sheet, 4, &["", "专利名称", "专利号", "授权公告日", "", "意向价（元）"]);
            put(
                sheet,
                5,
                &["1", "方法一", "202010123456.2", "2020-01-01", "某大学", "500000"],
            );
            below(sheet, 6);
        }),
    );
    let mapping = map_columns(&two, &specs()).unwrap();
    // The cells merged over both rows of the header say in the lower one what they say in the upper.
    assert_eq!(mapping.first_row(), 5);
    assert_eq!(mapping.unit_hints.get("price").map(String::as_str), Some("元"));
    assert_eq!(column(&two, "org"), ["某大学"]);
    assert_eq!(rows_of(&two).len(), 1);
}

#[test]
fn several_sheets_some_hidden_and_columns_hidden() {
    let mut workbook = Workbook::new();
    for (name, hidden) in [("Sheet1", false), ("Sheet1 (2)", true), ("字典", true)] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap().set_hidden(hidden);
        put(sheet, 0, &["专利名称", "专利号", "专利名称", "单位名称"]);
        put(sheet, 1, &["旧名", "202010123456.2", "新名", "某大学"]);
        sheet.set_column_hidden(0).unwrap();
        sheet.set_column_hidden(3).unwrap();
    }
    let grids = read("a.xlsx", &workbook.save_to_buffer().unwrap()).unwrap();
    let seen: Vec<_> = grids.iter().map(|grid| (grid.name.as_str(), grid.hidden)).collect();
    assert_eq!(seen, [("Sheet1", false), ("Sheet1 (2)", true), ("字典", true)]);
    for grid in &grids {
        assert_eq!(grid.hidden_cols.iter().copied().collect::<Vec<_>>(), [0, 3]);
        assert_eq!(column(grid, "title"), ["新名"]);
        assert_eq!(column(grid, "org"), ["某大学"]);
    }
}

#[test]
fn columns_are_hidden_in_old_workbooks_too() {
    let info = |first: u16, last: u16, state: u16| {
        let parts = [first, last, 2048, 15, state, 0];
        record(
            0x007D,
            &parts.iter().flat_map(|part| part.to_le_bytes()).collect::<Vec<_>>(),
        )
    };
    let page = [
        info(0, 1, 1),
        info(2, 2, 0),
        info(4, 300, 1),
        cell(0x00FD, 0, 0, 0, &0_u32.to_le_bytes()),
    ]
    .concat();
    let file = ole(&[("Workbook", &biff8(&shared_strings(&["甲"]), &[("甲", 0, page)]))]);
    let hidden = first("a.xls", &file).hidden_cols;
    assert_eq!(hidden.iter().copied().take(4).collect::<Vec<_>>(), [0, 1, 4, 5]);
    assert_eq!(hidden.last(), Some(&199));
}

#[test]
fn formulas_give_what_they_showed() {
    let grid = first(
        "a.xlsx",
        &book(|sheet| {
            put(sheet, 0, &["专利名称", "专利号", "单位名称", "意向价"]);
            let formula = |text: &str, shown: &str| Formula::new(text).set_result(shown);
            sheet.write_formula(1, 0, formula("=A9&\"法\"", "一种方法")).unwrap();
            sheet.write_formula(1, 1, formula("=VLOOKUP(1,A:B,2)", "#N/A")).unwrap();
            sheet.write_formula(1, 3, formula("=SUM(D5:D9)", "50.5")).unwrap();
        }),
    );
    let row = rows_of(&grid).remove(0);
    let seen: Vec<_> = row
        .values
        .iter()
        .map(|(key, text)| (key.as_str(), text.as_str()))
        .collect();
    assert_eq!(seen, [("number", "#N/A"), ("price", "50.5"), ("title", "一种方法")]);
}

#[test]
fn widths_spaces_and_line_breaks_hide_no_head_and_stay_in_cells() {
    let grid = first(
        "a.xlsx",
        &book(|sheet| {
            put(
                sheet,
                0,
                &[
                    "\u{a0}专利\n名称\u{3000}",
                    "专\u{200b}利 号",
                    "意向价\r\n（万元）",
                    "＊单位名称",
                ],
            );
            put(
                sheet,
                1,
                &[
                    "一种\n方法\u{a0}",
                    "ＺＬ２０２０１０１２３４５６．２",
                    "５０",
                    "\u{a0}\u{3000}",
                ],
            );
        }),
    );
    let mapping = map_columns(&grid, &specs()).unwrap();
    assert_eq!(mapping.columns.iter().flatten().count(), 4);
    assert_eq!(mapping.unit_hints.get("price").map(String::as_str), Some("万元"));
    let row = rows_of(&grid).remove(0);
    let seen: Vec<_> = row
        .values
        .iter()
        .map(|(key, text)| (key.as_str(), text.as_str()))
        .collect();
    // The raw text is the reader's to mend; a cell of spaces alone is blank.
    assert_eq!(
        seen,
        [
            ("number", "ＺＬ２０２０１０１２３４５６．２"),
            ("price", "５０"),
            ("title", "一种\n方法\u{a0}")
        ]
    );
}

#[test]
fn units_stand_in_heads_in_many_ways() {
    for (head, unit) in [
        ("意向价（万元）", "万元"),
        ("意向价(单位:万元)", "万元"),
        ("意向价【元】", "元"),
        ("意向价/万元", "万元"),
        ("意向价\n万元", "万元"),
        ("意向价（万美元）", "万美元"),
    ] {
        let grid = first("a.xlsx", &book(|sheet| put(sheet, 0, &["专利名称", head])));
        let mapping = map_columns(&grid, &specs()).unwrap();
        assert_eq!(
            mapping.unit_hints.get("price").map(String::as_str),
            Some(unit),
            "{head}"
        );
    }
}

#[test]
fn days_are_serials_of_either_calendar() {
    let file = |serial: f64, format: &str| {
        book(|sheet| {
            put(sheet, 0, &["专利名称", "授权公告日"]);
            put(sheet, 1, &["一种方法"]);
            let format = Format::new().set_num_format(format);
            sheet.write_number_with_format(1, 1, serial, &format).unwrap();
        })
    };
    let day = |file: &[u8]| column(&first("a.xlsx", file), "granted").remove(0);
    assert_eq!(day(&file(43_831.0, "yyyy\"年\"m\"月\"d\"日\"")), "2020-01-01");
    assert_eq!(day(&file(43_831.0, "General")), "43831");
    let to_1904 = |file: &[u8]| {
        changed(file, "xl/workbook.xml", |text| {
            text.replace("<workbookPr", "<workbookPr date1904=\"1\"")
        })
    };
    assert_eq!(day(&to_1904(&file(42_369.0, "yyyy-mm-dd"))), "2020-01-01");
    let bare = to_1904(&file(42_369.0, "General"));
    assert_eq!(day(&bare), "42369");
    assert!(first("a.xlsx", &bare).date1904);
    let serial = kernel::read::excel_serial(42_369.0, true).value.unwrap();
    assert_eq!(serial.to_string(), "2020-01-01");
}

#[test]
fn drop_downs_have_numbers_and_ticks_stay_as_they_are() {
    let grid = first(
        "a.xlsx",
        &book(|sheet| {
            put(sheet, 0, &["专利名称", "交易方式", "是否同意"]);
            for (row, (mode, tick)) in [("1.转让", "√"), ("②许可", "是"), ("A、入股", "有"), ("许可", "Y")]
                .iter()
                .enumerate()
            {
                put(sheet, row as u32 + 1, &["一种方法", mode, tick]);
            }
            put(sheet, 5, &["一种方法", "转让"]);
            sheet.write_number(5, 2, 1).unwrap();
            put(sheet, 6, &["一种方法", "转让"]);
            sheet.write_boolean(6, 2, true).unwrap();
        }),
    );
    assert_eq!(
        column(&grid, "modes"),
        ["1.转让", "②许可", "A、入股", "许可", "转让", "转让"]
    );
    let ticks = column(&grid, "agree");
    assert_eq!(ticks, ["√", "是", "有", "Y", "1", "TRUE"]);
    assert!(ticks.iter().all(|tick| kernel::read::yes_no(tick).value == Some(true)));
}

#[test]
fn texts_come_in_every_encoding_and_with_every_separator() {
    let text = "专利征集表\r\n填报单位：某大学\r\n专利名称,专利号,意向价（万元）\r\n\"一种\n方法，甲\",202010123456.2,面议\r\n合计,,\r\n";
    let tabs = text.replace(',', "\t").replace("\"一种\n方法，甲\"", "一种方法，甲");
    let utf16: Vec<u8> = tabs.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let files = [
        text.as_bytes().to_vec(),
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        encoding_rs::GB18030.encode(text).0.into_owned(),
        encoding_rs::GB18030.encode(&tabs).0.into_owned(),
        tabs.as_bytes().to_vec(),
        text.replace(',', ";").into_bytes(),
        [&b"\xFF\xFE"[..], &utf16].concat(),
    ];
    for file in files {
        for name in ["a.csv", "a.txt", "a.xls"] {
            let grid = first(name, &file);
            let mapping = map_columns(&grid, &specs()).unwrap();
            assert_eq!(mapping.header_row, 2);
            assert_eq!(mapping.unit_hints.get("price").map(String::as_str), Some("万元"));
            let titles = column(&grid, "title");
            assert_eq!(titles.len(), 1);
            assert_eq!(titles[0].replace('\n', ""), "一种方法，甲");
            assert_eq!(column(&grid, "number"), ["202010123456.2"]);
        }
    }
}
