//! Workbooks written with rust_xlsxwriter, read back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

mod support;

use rust_xlsxwriter::{Format, Workbook, Worksheet};
use sheets::{Cell, ColumnSpec, Refusal, map_columns, rows};
use support::{changed, read, texts};

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

fn number(sheet: &mut Worksheet, row: u32, col: u16, value: f64, format: &str) {
    sheet
        .write_number_with_format(row, col, value, &Format::new().set_num_format(format))
        .unwrap();
}

fn specs() -> Vec<ColumnSpec> {
    let spec = |key: &str, head: &str, required| ColumnSpec {
        key: key.into(),
        heads: vec![head.into()],
        required,
    };
    vec![
        spec("org", "单位名称", true),
        spec("title", "专利名称", true),
        spec("number", "专利号", true),
        spec("granted", "授权公告日", false),
        spec("price", "意向价", false),
    ]
}

#[test]
fn cells_come_as_a_person_sees_them() {
    let file = book(|sheet| {
        number(sheet, 0, 0, 202_010_123_456.2, "General");
        number(sheet, 0, 1, 2.02e12, "0.00E+00");
        number(sheet, 0, 2, 0.985, "0.0%");
        number(sheet, 0, 3, 43_831.0, "yyyy/m/d");
        number(sheet, 0, 4, 43_831.604_166_666_67, "yyyy\"年\"m\"月\"d\"日\" hh:mm");
        number(sheet, 0, 5, 50.0, "0.00\"万元\"");
        number(sheet, 0, 6, 32_000.0, "000000");
        number(sheet, 0, 7, 1.5, "[h]:mm");
        sheet.write_boolean(0, 8, true).unwrap();
        sheet
            .write_formula(0, 9, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!"))
            .unwrap();
        sheet
            .write_formula(0, 10, rust_xlsxwriter::Formula::new("=A1&\"\"").set_result("甲 & <乙>"))
            .unwrap();
        sheet.write_string(0, 11, " 一种\n方法\u{3000}").unwrap();
    });
    let grids = read("a.xlsx", &file).unwrap();
    let seen = texts(&grids[0]);
    let expected = [
        "202010123456.2",
        "2020000000000",
        "98.5%",
        "2020-01-01",
        "2020-01-01 14:30",
        "50万元",
        "032000",
        "36:00",
        "TRUE",
        "#DIV/0!",
        "甲 & <乙>",
        " 一种\n方法\u{3000}",
    ];
    assert_eq!(seen, [expected]);
    assert_eq!(grids[0].cell(0, 2), &Cell::Percent(0.985));
    assert_eq!(grids[0].cell(0, 3), &Cell::Date(43_831.0));
}

#[test]
fn a_sheet_as_people_send_it() {
    let file = book(|sheet| {
        let plain = Format::new();
        sheet.merge_range(0, 0, 0, 6, "2023年专利征集表", &plain).unwrap();
        put(sheet, 1, &["填报单位：徐州某大学", "", "", "", "", "单位：万元"]);
        put(
            sheet,
            3,
            &[
                "序号",
                "单位名称",
                "*专利名称（与证书一致）",
                "专利号",
                "授权公告日",
                "意向价",
                "备注",
            ],
        );
        put(
            sheet,
            4,
            &["示例", "某某大学", "一种示例", "202010123456.2", "2020-01-01", "50"],
        );
        sheet.merge_range(5, 1, 7, 1, "徐州甲公司", &plain).unwrap();
        for (row, title, id) in [
            (5, "方法一", 202_110_345_678.3),
            (6, "方法二", 202_120_345_678.9),
            (7, "〃", 1.0),
        ] {
            sheet.write_number(row, 0, f64::from(row - 4)).unwrap();
            sheet.write_string(row, 2, title).unwrap();
            sheet.write_number(row, 3, id).unwrap();
            number(sheet, row, 4, 43_831.0 + f64::from(row), "yyyy-mm-dd");
            sheet.write_number(row, 5, f64::from(row) * 10.5).unwrap();
        }
        sheet.write_number(9, 0, 4.0).unwrap();
        put(sheet, 10, &["合计", "", "", "", "", "189"]);
        put(sheet, 11, &["填表人：张三", "", "联系电话：138"]);
    });
    let grids = read("a.xlsx", &file).unwrap();
    let mapping = map_columns(&grids[0], &specs()).unwrap();
    assert_eq!((mapping.header_row, mapping.header_rows), (3, 1));
    assert_eq!(mapping.unknown, ["备注"]);
    assert!(mapping.missing.is_empty());
    assert_eq!(mapping.unit_hints.get("price").map(String::as_str), Some("万元"));
    let found = rows(&grids[0], &mapping);
    assert_eq!(found.iter().map(|row| row.number).collect::<Vec<_>>(), [6, 7, 8]);
    let last: Vec<_> = found[2]
        .values
        .iter()
        .map(|(key, text)| (key.as_str(), text.as_str()))
        .collect();
    let expected = [
        ("granted", "2020-01-08"),
        ("number", "1"),
        ("org", "徐州甲公司"),
        ("price", "73.5"),
        ("title", "方法二"),
    ];
    assert_eq!(last, expected);
    assert_eq!(
        found[0].values.get("number").map(String::as_str),
        Some("202110345678.3")
    );
}

#[test]
fn hidden_and_empty_sheets_come_in_order() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("空").unwrap();
    workbook
        .add_worksheet()
        .set_name("甲")
        .unwrap()
        .write_string(1, 1, "x")
        .unwrap();
    let hidden = workbook.add_worksheet();
    hidden
        .set_name("乙")
        .unwrap()
        .set_hidden(true)
        .write_string(0, 0, "y")
        .unwrap();
    let grids = read("a.xlsx", &workbook.save_to_buffer().unwrap()).unwrap();
    let seen: Vec<_> = grids
        .iter()
        .map(|grid| (grid.name.as_str(), grid.hidden, grid.rows.len()))
        .collect();
    assert_eq!(seen, [("空", false, 0), ("甲", false, 2), ("乙", true, 1)]);
}

#[test]
fn a_workbook_of_1904_has_the_same_days() {
    let file = book(|sheet| {
        number(sheet, 0, 0, 42_369.0, "yyyy-mm-dd");
        number(sheet, 0, 1, 42_369.0, "General");
    });
    let file = changed(&file, "xl/workbook.xml", |text| {
        text.replace("<workbookPr", "<workbookPr date1904=\"1\"")
    });
    let grid = read("a.xlsx", &file).unwrap().remove(0);
    assert!(grid.date1904);
    assert_eq!(texts(&grid), [["2020-01-01", "42369"]]);
}

#[test]
fn other_writers_cells_are_read() {
    let file = book(|sheet| put(sheet, 0, &["x"]));
    let cells = "<sheetData><row><c t=\"inlineStr\"><is><r><t>甲</t></r><r><t xml:space=\"preserve\"> 乙</t></r></is></c>\
        <c t=\"d\"><v>2020-01-01T00:00:00</v></c><c t=\"b\"><v>true</v></c><c/></row>\
        <row r=\"3\"><c r=\"B3\"><v>1E3</v></c><c r=\"C3\" t=\"e\"><v>#N/A</v></c></row></sheetData>";
    let file = changed(&file, "xl/worksheets/sheet1.xml", |text| {
        let (before, after) = (text.find("<sheetData>").unwrap(), text.find("</sheetData>").unwrap());
        format!("{}{cells}{}", &text[..before], &text[after + "</sheetData>".len()..])
    });
    let grid = read("a.xlsx", &file).unwrap().remove(0);
    assert_eq!(texts(&grid)[0], ["甲 乙", "2020-01-01", "TRUE"]);
    assert_eq!(texts(&grid)[2], ["", "1000", "#N/A"]);
}

#[test]
fn far_cells_are_refused_and_far_spaces_are_not() {
    let far = |text: &'static str| {
        book(move |sheet| {
            sheet.write_string(0, 0, "x").unwrap();
            sheet.write_string(1_048_575, 16_383, text).unwrap();
        })
    };
    let refused = read("a.xlsx", &far("y")).unwrap_err();
    assert_eq!(
        refused,
        Refusal::TooManyRows {
            sheet: "Sheet1".into(),
            row: 1_048_576,
            limit: 60_000
        }
    );
    assert_eq!(texts(&read("a.xlsx", &far(" ")).unwrap()[0]), [["x"]]);
}

#[test]
fn one_long_text_in_many_cells_is_refused() {
    let long = "长".repeat(32_767);
    let file = book(|sheet| {
        for row in 0..1200 {
            sheet.write_string(row, 0, &long).unwrap();
        }
    });
    assert!(file.len() < 200_000);
    assert_eq!(read("a.xlsx", &file).unwrap_err().code(), "unpacks-too-large");
}

#[test]
fn more_sheets_than_allowed_are_refused() {
    let mut workbook = Workbook::new();
    for _ in 0..51 {
        workbook.add_worksheet().write_string(0, 0, "x").unwrap();
    }
    let refused = read("a.xlsx", &workbook.save_to_buffer().unwrap()).unwrap_err();
    assert_eq!(refused, Refusal::TooManySheets { sheets: 51, limit: 50 });
}

#[test]
fn a_workbook_without_content_is_empty() {
    assert_eq!(read("a.xlsx", &book(|_| {})), Err(Refusal::Empty));
    assert_eq!(read("a.csv", b""), Err(Refusal::Empty));
    assert_eq!(read("a.csv", b"\n , \n"), Err(Refusal::Empty));
}

#[test]
fn a_cut_workbook_is_broken() {
    let file = book(|sheet| put(sheet, 0, &["x"]));
    assert_eq!(read("a.xlsx", &file[..file.len() / 2]).unwrap_err().code(), "broken");
    let gap = changed(&file, "xl/worksheets/sheet1.xml", |text| {
        text[..text.len() / 2].to_owned()
    });
    assert_eq!(read("a.xlsx", &gap).unwrap_err().code(), "broken");
}

#[test]
fn a_reference_beyond_all_bounds_ends_nothing() {
    let file = book(|sheet| put(sheet, 0, &["x"]));
    let file = changed(&file, "xl/worksheets/sheet1.xml", |text| {
        text.replace("r=\"A1\"", "r=\"ZZZZZZZZZ99999999999\"")
    });
    assert!(matches!(
        read("a.xlsx", &file).unwrap_err().code(),
        "broken" | "too-many-rows"
    ));
}
