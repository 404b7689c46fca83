//! Old workbooks, made by hand and by another program, and the containers they come in.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

mod support;

use calamine::Reader;
use sheets::{Cell, Found, Refusal};
use support::{biff8, cell, ole, read, record, shared_strings, texts, wide};

/// A format of the workbook: general, a date, percents, a unit.
fn formats() -> Vec<u8> {
    let format = |code: u16| {
        let mut data = vec![0u8; 20];
        data[2..4].copy_from_slice(&code.to_le_bytes());
        record(0x00E0, &data)
    };
    let custom = [&200u16.to_le_bytes()[..], &wide("0.0\"万元\"")].concat();
    [record(0x041E, &custom), format(0), format(14), format(10), format(200)].concat()
}

fn page() -> Vec<u8> {
    let whole = |value: i32| (((value << 2) | 2) as u32).to_le_bytes();
    let mut several = vec![3, 0, 1, 0];
    for value in [7, 8] {
        several.extend([0u8, 0]);
        several.extend(whole(value));
    }
    several.extend([2, 0]);
    let text_result = [0, 0, 0, 0, 0, 0, 0xFF, 0xFF];
    let formula = |result: &[u8]| [result, &[0; 8]].concat();
    [
        record(0x0200, &[0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0, 0]),
        cell(0x00FD, 0, 0, 0, &0u32.to_le_bytes()),
        cell(0x00FD, 0, 1, 0, &1u32.to_le_bytes()),
        cell(0x0203, 1, 0, 0, &202_010_123_456.2_f64.to_le_bytes()),
        cell(0x0203, 1, 1, 1, &43_831.5_f64.to_le_bytes()),
        cell(0x027E, 1, 2, 2, &((12 << 2) | 3_u32).to_le_bytes()),
        cell(0x027E, 1, 3, 3, &whole(50)),
        cell(0x0205, 1, 4, 0, &[1, 0]),
        cell(0x0205, 1, 5, 0, &[0x2A, 1]),
        cell(0x0204, 1, 6, 0, &wide("标签")),
        cell(0x0006, 2, 0, 0, &formula(&text_result)),
        record(0x04BC, &[0; 4]),
        record(0x0207, &wide("公式")),
        cell(0x0006, 2, 1, 0, &formula(&2.5_f64.to_le_bytes())),
        cell(0x0006, 2, 2, 0, &formula(&[1, 0, 1, 0, 0, 0, 0xFF, 0xFF])),
        cell(0x0006, 2, 3, 0, &formula(&[3, 0, 0, 0, 0, 0, 0xFF, 0xFF])),
        record(0x00BD, &several),
        record(0x0809, &[0, 6, 0x20, 0, 0, 0, 0, 0]),
        cell(0x0203, 9, 9, 0, &1.0_f64.to_le_bytes()),
        record(0x000A, &[]),
        record(0x00E5, &[1, 0, 1, 0, 3, 0, 6, 0, 7, 0]),
    ]
    .concat()
}

fn stream() -> Vec<u8> {
    let globals = [record(0x0042, &[0xB0, 4]), formats(), shared_strings(&["名称", "A&B"])].concat();
    biff8(
        &globals,
        &[
            ("专利", 0, page()),
            ("隐藏", 1, cell(0x0203, 0, 0, 0, &1.0_f64.to_le_bytes())),
        ],
    )
}

#[test]
fn cells_of_every_kind_are_read() {
    for padding in [0, 8192] {
        let mut stream = stream();
        stream.resize(stream.len() + padding, 0);
        let grids = read("a.xls", &ole(&[("Workbook", &stream)])).unwrap();
        let names: Vec<_> = grids.iter().map(|grid| (grid.name.as_str(), grid.hidden)).collect();
        assert_eq!(names, [("专利", false), ("隐藏", true)]);
        let seen = texts(&grids[0]);
        assert_eq!(seen[0], ["名称", "A&B"]);
        assert_eq!(
            seen[1],
            [
                "202010123456.2",
                "2020-01-01 12:00",
                "12%",
                "50万元",
                "TRUE",
                "#N/A",
                "标签"
            ]
        );
        assert_eq!(seen[2], ["公式", "2.5", "TRUE", "", "", "", "标签"]);
        assert_eq!(seen[3], ["", "7", "8", "", "", "", "标签"]);
        assert_eq!(seen.len(), 4);
    }
}

#[test]
fn calamine_reads_the_same_from_the_file_made_by_hand() {
    // Without the dimensions record, whose lie would make that library reserve all memory.
    let lie = record(0x0200, &[0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0, 0]);
    let page = page()[lie.len()..].to_vec();
    let globals = [record(0x0042, &[0xB0, 4]), formats(), shared_strings(&["名称", "A&B"])].concat();
    let file = ole(&[("Workbook", &biff8(&globals, &[("专利", 0, page)]))]);
    let ours = read("a.xls", &file).unwrap().remove(0);
    let mut theirs = calamine::Xls::new(std::io::Cursor::new(&file)).unwrap();
    let range = theirs.worksheet_range("专利").unwrap();
    for (row, col, value) in range.cells() {
        let ours = ours.cell(row, col);
        match value {
            calamine::Data::String(text) => assert_eq!(&ours.text(), text),
            calamine::Data::Bool(value) => assert_eq!(ours, &Cell::Bool(*value)),
            calamine::Data::DateTime(moment) => assert_eq!(ours, &Cell::Date(moment.as_f64())),
            calamine::Data::Error(error) => assert_eq!(ours.text(), error.to_string()),
            calamine::Data::Float(value) if col == 2 && row == 1 => assert_eq!(ours, &Cell::Percent(*value)),
            calamine::Data::Int(value) if col == 3 && row == 1 => assert_eq!(ours.text(), format!("{value}万元")),
            calamine::Data::Float(value) => assert_eq!(ours, &Cell::Number(*value)),
            calamine::Data::Int(value) => assert_eq!(ours.text(), value.to_string()),
            _ => assert!(ours.is_blank() || col == 6, "{row} {col} {ours:?} {value:?}"),
        }
    }
}

/// `data/xlwt.xls` was written with Python's xlwt for this test.
#[test]
fn a_file_of_another_program_is_read() {
    let grids = read("xlwt.xls", include_bytes!("data/xlwt.xls")).unwrap();
    assert_eq!(grids.len(), 2);
    assert!(grids[1].hidden);
    let seen = texts(&grids[0]);
    assert_eq!(seen[0], ["2023年专利征集表"]);
    let first = [
        "徐州某某有限公司",
        "一种方法0",
        "202010123456.2",
        "2020-01-01",
        "7%",
        "50万元",
        "TRUE",
        "032000",
    ];
    assert_eq!(seen[2], first);
    assert_eq!(
        seen[3][..7],
        [
            "徐州某某有限公司",
            "一种方法1",
            "202010123457.2",
            "2020-01-02",
            "14%",
            "51万元",
            "FALSE"
        ]
    );
    assert_eq!(seen[4][0], "徐州某某有限公司");
}

#[test]
fn a_workbook_of_excel_95_is_read_in_its_code_page() {
    let begin = |kind: u8| record(0x0809, &[0, 5, kind, 0, 0, 0, 0, 0]);
    let (name, _, _) = encoding_rs::GB18030.encode("专利");
    let globals = |start: u32| {
        let place = [&start.to_le_bytes()[..], &[0, 0, name.len() as u8], &name].concat();
        [
            begin(5),
            record(0x0042, &936u16.to_le_bytes()),
            record(0x0022, &[1, 0]),
            record(0x0085, &place),
            record(10, &[]),
        ]
        .concat()
    };
    let text = [&(name.len() as u16).to_le_bytes()[..], &name].concat();
    let page = [begin(16), cell(0x0204, 0, 0, 0, &text), record(10, &[])].concat();
    let stream = [globals(globals(0).len() as u32), page].concat();
    let grids = read("a.xls", &ole(&[("Book", &stream)])).unwrap();
    assert_eq!(grids[0].name, "专利");
    assert!(grids[0].date1904);
    assert_eq!(texts(&grids[0]), [["专利"]]);
}

#[test]
fn passwords_are_known_by_container_and_by_record() {
    let new = ole(&[("EncryptionInfo", &[4, 0, 4, 0]), ("EncryptedPackage", &[7; 5000])]);
    assert_eq!(read("a.xlsx", &new), Err(Refusal::Encrypted));
    let old = biff8(&record(0x002F, &[1, 0, 1, 0]), &[("专利", 0, Vec::new())]);
    assert_eq!(read("a.xls", &ole(&[("Workbook", &old)])), Err(Refusal::Encrypted));
}

#[test]
fn a_wps_file_is_read_where_it_is_of_the_old_kind() {
    let readable = ole(&[("Workbook", &stream()), ("ETExtData", &[0; 10])]);
    assert_eq!(read("征集表.et", &readable).map(|grids| grids.len()), Ok(2));
    let other = ole(&[("ET Data", &[1; 100])]);
    assert_eq!(read("征集表.et", &other), Err(Refusal::EtFormat));
    assert_eq!(
        read("征集表.xls", &other),
        Err(Refusal::UnknownFormat { found: Found::Ole })
    );
    let broken = ole(&[("Workbook", &[1; 100])]);
    assert_eq!(read("征集表.et", &broken), Err(Refusal::EtFormat));
    assert_eq!(read("征集表.xls", &broken).unwrap_err().code(), "broken");
}

#[test]
fn other_office_files_are_named() {
    for (stream, found) in [("WordDocument", Found::Word), ("PowerPoint Document", Found::Slides)] {
        assert_eq!(
            read("a.xls", &ole(&[(stream, b"x")])),
            Err(Refusal::UnknownFormat { found })
        );
    }
}

#[test]
fn a_chain_in_a_circle_ends() {
    let mut file = ole(&[("Workbook", &[0; 5000])]);
    // The allocation table is the first sector; every sector is made to follow itself.
    for (number, next) in file[512..1024].chunks_exact_mut(4).enumerate() {
        next.copy_from_slice(&(number as u32).to_le_bytes());
    }
    assert_eq!(read("a.xls", &file).unwrap_err().code(), "broken");
}

#[test]
fn one_long_string_in_many_cells_is_refused() {
    let long = "长".repeat(30_000);
    let cells: Vec<u8> = (0..1500)
        .flat_map(|row| cell(0x00FD, row, 0, 0, &0u32.to_le_bytes()))
        .collect();
    // A record holds 8224 bytes; the rest of the string stands in continuations, each with its width before it.
    let units: Vec<u8> = long.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut chunks = units.chunks(8000);
    let first = [
        &[1, 0, 0, 0, 1, 0, 0, 0][..],
        &30_000u16.to_le_bytes(),
        &[1],
        chunks.next().unwrap(),
    ]
    .concat();
    let mut globals = record(0x00FC, &first);
    for chunk in chunks {
        globals.extend(record(0x003C, &[&[1], chunk].concat()));
    }
    let file = ole(&[("Workbook", &biff8(&globals, &[("专利", 0, cells)]))]);
    assert!(file.len() < 100_000);
    assert_eq!(read("a.xls", &file).unwrap_err().code(), "unpacks-too-large");
}

#[test]
fn far_cells_are_refused() {
    let page = cell(0x0203, 65_535, 255, 0, &1.0_f64.to_le_bytes());
    let file = ole(&[("Workbook", &biff8(&[], &[("专利", 0, page)]))]);
    assert_eq!(
        read("a.xls", &file),
        Err(Refusal::TooManyRows {
            sheet: "专利".into(),
            row: 65_536,
            limit: 60_000
        })
    );
}
