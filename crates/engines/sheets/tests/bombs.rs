//! Files made to use up time or memory: each is refused at once, with what was found and what is allowed, or read as
//! the little that it is. `cargo test --release -p jiebang-sheets --test bombs -- --nocapture` says how long each took.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test ends where it fails; these read the clock, since taking long is how they fail"
)]

mod support;

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use rust_xlsxwriter::Workbook;
use sheets::{Grid, Refusal};
use support::{biff8, cell, changed, ole, read, record, wide};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Without optimisation unpacking alone takes many seconds; what runs in a circle or multiplies takes hours.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 3 });

/// Reads within the limit of time.
fn timed(name: &str, file: &[u8]) -> Result<Vec<Grid>, Refusal> {
    let begin = Instant::now();
    let answer = read(name, file);
    let took = begin.elapsed();
    let said = match &answer {
        Ok(grids) => format!("{} sheets", grids.len()),
        Err(refusal) => refusal.to_string(),
    };
    println!("{took:>8.0?} for {:>8} kB: {said}", file.len() / 1024);
    assert!(took < LIMIT, "{took:?}: {said}");
    answer
}

fn refused(name: &str, file: &[u8]) -> &'static str {
    match timed(name, file) {
        Ok(_) => "read",
        Err(refusal) => refusal.code(),
    }
}

/// A part of a zip that is written piece by piece: so many times the same.
struct Part<'a> {
    name: &'a str,
    head: &'a [u8],
    piece: &'a [u8],
    times: usize,
}

fn part<'a>(name: &'a str, head: &'a [u8], piece: &'a [u8], times: usize) -> Part<'a> {
    Part {
        name,
        head,
        piece,
        times,
    }
}

const TYPES: &[u8] = b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
const ROOT: &[u8] = b"<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
const BOOK: &[u8] =
    b"<workbook xmlns:r=\"r\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
const RELATIONS: &[u8] = b"<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
const SHEET: &[u8] = b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData></worksheet>";

/// A workbook with these parts in place of its own.
fn workbook(parts: &[Part<'_>]) -> Vec<u8> {
    let own = [
        part("[Content_Types].xml", TYPES, b"", 0),
        part("_rels/.rels", ROOT, b"", 0),
        part("xl/workbook.xml", BOOK, b"", 0),
        part("xl/_rels/workbook.xml.rels", RELATIONS, b"", 0),
        part("xl/worksheets/sheet1.xml", SHEET, b"", 0),
    ];
    let kept = own.iter().filter(|own| parts.iter().all(|part| part.name != own.name));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_level(Some(1));
    for part in kept.chain(parts) {
        writer.start_file(part.name, options).unwrap();
        writer.write_all(part.head).unwrap();
        let block = part.piece.repeat((1 << 20) / part.piece.len().max(1) + 1);
        let mut left = part.piece.len() * part.times;
        while left > 0 {
            let now = left.min(block.len());
            writer.write_all(&block[..now]).unwrap();
            left -= now;
        }
    }
    writer.finish().unwrap().into_inner()
}

const SHEET_HEAD: &[u8] = b"<worksheet><sheetData><row r=\"1\">";
const MB: usize = 1024 * 1024;

#[test]
fn an_honest_workbook_made_this_way_is_read() {
    assert_eq!(timed("a.xlsx", &workbook(&[])).unwrap()[0].cell(0, 0).text(), "x");
}

#[test]
fn a_part_that_unpacks_to_gigabytes() {
    let file = workbook(&[part("xl/worksheets/sheet1.xml", SHEET_HEAD, b"<c/>", 50 * MB)]);
    let refusal = timed("a.xlsx", &file).unwrap_err();
    assert!(
        matches!(refusal, Refusal::UnpacksTooLarge { bytes, limit } if bytes > limit),
        "{refusal}"
    );
}

#[test]
fn archives_in_archives_are_not_opened() {
    let inner = workbook(&[part("xl/a.xml", b"", b"0", 20 * MB)]);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..15 {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        writer.start_file(format!("{number}.zip"), options).unwrap();
        writer.write_all(&inner).unwrap();
    }
    let outer = writer.finish().unwrap().into_inner();
    assert_eq!(refused("a.xlsx", &outer), "unknown-format");
    let nested = workbook(&[part("xl/embeddings/a.zip", &outer[..2 * MB], b"", 0)]);
    assert_eq!(refused("a.xlsx", &nested), "read");
}

/// A zip in which many names share the bytes of one part, as in the bombs that unpack to terabytes from megabytes.
fn overlapping(names: usize, unpacked: usize, stated: u32) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer
        .start_file("xl/workbook.xml", SimpleFileOptions::default())
        .unwrap();
    writer.write_all(&vec![b' '; unpacked]).unwrap();
    let honest = writer.finish().unwrap().into_inner();
    let central = honest.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    let end = honest.windows(4).rposition(|window| window == b"PK\x05\x06").unwrap();
    let mut file = honest[..central].to_vec();
    for number in 0..names {
        let mut entry = honest[central..end].to_vec();
        entry[24..28].copy_from_slice(&stated.to_le_bytes());
        let name = match number {
            0 => "[Content_Types].xml".to_owned(),
            1 => "xl/workbook.xml".to_owned(),
            other => format!("xl/{other:012}"),
        };
        entry[28..30].copy_from_slice(&(name.len() as u16).to_le_bytes());
        let extra = entry[46 + 15..].to_vec();
        entry.truncate(46);
        entry.extend(name.bytes());
        entry.extend(extra);
        file.extend(entry);
    }
    let start = central as u32;
    let size = file.len() as u32 - start;
    let mut tail = honest[end..].to_vec();
    let count = (names as u16).to_le_bytes();
    tail[8..10].copy_from_slice(&count);
    tail[10..12].copy_from_slice(&count);
    tail[12..16].copy_from_slice(&size.to_le_bytes());
    tail[16..20].copy_from_slice(&start.to_le_bytes());
    file.extend(tail);
    file
}

#[test]
fn parts_that_share_their_bytes() {
    let honest = overlapping(2, 1000, 1000);
    assert!(matches!(refused("a.xlsx", &honest), "broken" | "read" | "empty"));
    assert_eq!(
        refused("a.xlsx", &overlapping(5000, MB, MB as u32)),
        "unpacks-too-large"
    );
    // The same with sizes that lie: what is unpacked counts.
    let lying = refused("a.xlsx", &overlapping(5000, MB, 10));
    assert!(matches!(lying, "unpacks-too-large" | "broken"), "{lying}");
    assert_eq!(refused("a.xlsx", &overlapping(60_000, 1000, 1000)), "broken");
}

#[test]
fn entities_that_multiply_are_not_multiplied() {
    let mut laughs = String::from("<?xml version=\"1.0\"?><!DOCTYPE sst [<!ENTITY a0 \"ha\">");
    for level in 1..30 {
        let below = format!("&a{};", level - 1).repeat(10);
        laughs.push_str(&format!("<!ENTITY a{level} \"{below}\">"));
    }
    laughs.push_str("]>");
    let strings = format!("{laughs}<sst count=\"1\" uniqueCount=\"1\"><si><t>&a29;</t></si></sst>");
    let sheet = format!(
        "{laughs}<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>&a29;</t></is></c></row></sheetData></worksheet>"
    );
    let external = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&x;</t></is></c></row></sheetData></worksheet>";
    let name = "xl/worksheets/sheet1.xml";
    for file in [
        workbook(&[
            part("xl/sharedStrings.xml", strings.as_bytes(), b"", 0),
            part(name, sheet.as_bytes(), b"", 0),
        ]),
        workbook(&[part(name, external.as_bytes(), b"", 0)]),
        workbook(&[part("xl/workbook.xml", format!("{laughs}&a29;").as_bytes(), b"", 0)]),
        workbook(&[part(
            "xl/styles.xml",
            format!(
                "{laughs}<styleSheet><numFmts><numFmt numFmtId=\"1\" formatCode=\"&a29;\"/></numFmts></styleSheet>"
            )
            .as_bytes(),
            b"",
            0,
        )]),
    ] {
        match timed("a.xlsx", &file) {
            Ok(grids) => {
                let longest = grids
                    .iter()
                    .flat_map(|grid| &grid.rows)
                    .flatten()
                    .map(|cell| cell.text().len())
                    .max();
                assert!(longest.unwrap_or(0) < 100, "{longest:?}");
            }
            Err(refusal) => assert!(matches!(refusal.code(), "broken" | "empty"), "{refusal}"),
        }
    }
}

#[test]
fn shared_strings_by_the_million() {
    let name = "xl/sharedStrings.xml";
    let head = b"<sst count=\"9\" uniqueCount=\"9\">";
    assert_eq!(
        refused("a.xlsx", &workbook(&[part(name, head, b"<si/>", 4 * MB)])),
        "too-many-cells"
    );
    assert_eq!(
        refused("a.xlsx", &workbook(&[part(name, b"<sst><si><t>", b"x", 40 * MB)])),
        "broken"
    );
    // One of 98 kB in as many cells as a sheet may have.
    let strings = format!("<sst uniqueCount=\"1\"><si><t>{}</t></si></sst>", "x".repeat(98_000));
    let cells = part(
        "xl/worksheets/sheet1.xml",
        b"<worksheet><sheetData>",
        b"<row><c t=\"s\"><v>0</v></c></row>",
        50_000,
    );
    let file = workbook(&[part(name, strings.as_bytes(), b"", 0), cells]);
    assert_eq!(refused("a.xlsx", &file), "unpacks-too-large");
}

#[test]
fn styles_by_the_million() {
    let name = "xl/styles.xml";
    let styles =
        |head: &[u8], piece: &[u8]| refused("a.xlsx", &workbook(&[part(name, head, piece, 5 * MB / piece.len())]));
    assert_eq!(styles(b"<styleSheet><cellXfs>", b"<xf/>"), "broken");
    assert_eq!(styles(b"<styleSheet><fonts>", b"<font/>"), "broken");
    assert_eq!(styles(b"<styleSheet><borders>", b"<border/>"), "broken");
}

#[test]
fn names_and_relations_by_the_million() {
    let many = |name: &str, head: &[u8], piece: &[u8]| {
        refused("a.xlsx", &workbook(&[part(name, head, piece, 17 * MB / piece.len())]))
    };
    let names = b"<definedName name=\"x\">A1</definedName>";
    assert_eq!(
        many("xl/workbook.xml", &[BOOK, b"<definedNames>"].concat(), names),
        "broken"
    );
    let sheets = b"<sheet name=\"x\" sheetId=\"1\" r:id=\"rId1\"/>";
    assert_eq!(
        many("xl/workbook.xml", b"<workbook><sheets>", sheets),
        "too-many-sheets"
    );
    assert_eq!(
        many(
            "xl/_rels/workbook.xml.rels",
            b"<Relationships>",
            b"<Relationship Id=\"a\" Target=\"b\"/>"
        ),
        "broken"
    );
}

#[test]
fn rows_cells_and_merged_regions_by_the_million() {
    let sheet = |head: &[u8], piece: &[u8], times: usize| {
        refused(
            "a.xlsx",
            &workbook(&[part("xl/worksheets/sheet1.xml", head, piece, times)]),
        )
    };
    let open = b"<worksheet><sheetData>";
    assert_eq!(sheet(open, b"<row><c><v>1</v></c></row>", 200_000), "too-many-rows");
    // Twenty million tags take half a minute to count without optimisation.
    if !cfg!(debug_assertions) {
        assert_eq!(sheet(open, b"<row/>", 30 * MB), "too-many-cells");
    }
    assert_eq!(sheet(SHEET_HEAD, b"<c><v>1</v></c>", MB), "too-many-columns");
    assert_eq!(sheet(SHEET_HEAD, b"<c r=\"A1\"><v>1</v></c>", MB / 2), "broken");
    let merged = b"<mergeCell ref=\"A1:A1048576\"/>";
    assert_eq!(
        sheet(&[&SHEET[..SHEET.len() - 12], b"<mergeCells>"].concat(), merged, MB),
        "too-many-cells"
    );
    let merged = b"<mergeCell ref=\"A1:XFD1048576\"/>";
    assert!(matches!(
        sheet(&[&SHEET[..SHEET.len() - 12], b"<mergeCells>"].concat(), merged, 300_000),
        "broken" | "read"
    ));
}

#[test]
fn elements_in_elements_in_elements() {
    let sheet = |head: &[u8], piece: &[u8]| {
        refused(
            "a.xlsx",
            &workbook(&[part("xl/worksheets/sheet1.xml", head, piece, 4 * MB / piece.len())]),
        )
    };
    assert_eq!(sheet(b"<worksheet>", b"<a>"), "broken");
    assert_eq!(sheet(SHEET_HEAD, b"<c><is>"), "broken");
    assert_eq!(
        sheet(b"<worksheet><sheetData><row><c t=\"inlineStr\"><is>", b"<r><t>"),
        "broken"
    );
}

#[test]
fn references_beyond_all_bounds() {
    let sheet = |text: &str| {
        refused(
            "a.xlsx",
            &workbook(&[part("xl/worksheets/sheet1.xml", text.as_bytes(), b"", 0)]),
        )
    };
    let with = |dimension: &str, place: &str| {
        sheet(&format!(
            "<worksheet><dimension ref=\"{dimension}\"/><sheetData><row><c r=\"{place}\"><v>1</v></c></row></sheetData></worksheet>"
        ))
    };
    assert_eq!(with("A1:XFD1048576", "A1"), "read");
    assert!(matches!(with("A1:ZZZZZZZ99999999", "A1"), "broken" | "read"));
    assert!(matches!(with("B2:A1", "A1"), "broken" | "read"));
    assert_eq!(with("A1", "XFD1"), "too-many-columns");
    assert_eq!(with("A1", "A1048576"), "too-many-rows");
    assert!(matches!(with("A1", "ZZZZZZZ1"), "broken" | "too-many-columns"));
    assert!(matches!(with("A1", "A99999999999"), "broken" | "too-many-rows"));
}

#[test]
fn a_refusal_says_what_was_found_and_what_is_allowed() {
    let mut book = Workbook::new();
    book.add_worksheet()
        .set_name("专利")
        .unwrap()
        .write_string(9, 16_383, "x")
        .unwrap();
    let refusal = timed("a.xlsx", &book.save_to_buffer().unwrap()).unwrap_err();
    let said: Vec<_> = refusal.args();
    let expected = [("sheet", "专利"), ("found", "16384"), ("limit", "200")];
    assert_eq!(said, expected.map(|(name, text)| (name, text.to_owned())));
}

#[test]
fn text_files_that_are_too_broad_too_long_or_one_cell() {
    let broad = "x,".repeat(MB);
    assert_eq!(refused("a.csv", broad.as_bytes()), "too-many-columns");
    let commas = format!("a,b\n1,2\n{}\n", ",".repeat(MB));
    let refusal = timed("a.csv", commas.as_bytes()).unwrap_err();
    assert_eq!(
        refusal,
        Refusal::TooManyColumns {
            sheet: "a".into(),
            col: MB + 1,
            limit: 200
        }
    );
    // As many as a spreadsheet has columns are what it leaves behind when it saves.
    let left = format!("a,b\n1,2{}\n", ",".repeat(16_000));
    assert_eq!(timed("a.csv", left.as_bytes()).unwrap()[0].rows.len(), 2);
    let cell = format!("a,b\n\"{}\",2\n", "长".repeat(10 * MB / 3));
    let refusal = timed("a.csv", cell.as_bytes()).unwrap_err();
    assert!(
        matches!(&refusal, Refusal::CellTooLong { cell, bytes, .. } if cell == "A2" && *bytes > 10_000_000),
        "{refusal}"
    );
    let open = format!("a,b\n\"x,2\n{}", "1,2\n".repeat(2 * MB));
    assert_eq!(refused("a.csv", open.as_bytes()), "cell-too-long");
    let long = "1,2\n".repeat(1 << 20);
    let refusal = timed("a.csv", long.as_bytes()).unwrap_err();
    assert_eq!(
        refusal,
        Refusal::TooManyRows {
            sheet: "a".into(),
            row: 60_001,
            limit: 60_000
        }
    );
    let blank = format!("a,b{}1,2", "\n".repeat(19 * MB));
    assert_eq!(refused("a.csv", blank.as_bytes()), "too-many-rows");
    let quotes = "\"\"".repeat(9 * MB);
    assert_eq!(refused("a.csv", quotes.as_bytes()), "cell-too-long");
    let large = vec![b'a'; 21 * MB];
    assert_eq!(refused("a.csv", &large), "too-large");
}

#[test]
fn old_workbooks_that_multiply() {
    let long = [&200_u16.to_le_bytes()[..], &wide(&"0".repeat(4000))].concat();
    let format = |number: u16| {
        let mut data = vec![0_u8; 4];
        data[2..].copy_from_slice(&number.to_le_bytes());
        record(0x00E0, &data)
    };
    // A long format named by a million cell formats.
    let globals = [record(0x041E, &long), format(200).repeat(600_000)].concat();
    let number = cell(0x0203, 0, 0, 0, &1.0_f64.to_le_bytes());
    let file = ole(&[("Workbook", &biff8(&globals, &[("甲", 0, number.clone())]))]);
    assert_eq!(refused("a.xls", &file), "read");
    // Fifty sheets that are one and the same long one.
    let page = [number, record(0x00AA, &[]).repeat(1_200_000)].concat();
    let stream = biff8(&[], &[("甲", 0, page)]);
    let place = stream.windows(4).position(|window| window == [0x85, 0, 10, 0]).unwrap();
    let named = stream[place..place + 14].to_vec();
    let mut shared = stream[..place].to_vec();
    let moved = (49 * named.len()) as u32;
    let start = u32::from_le_bytes(named[4..8].try_into().unwrap()) + moved;
    for _ in 0..50 {
        shared.extend([&named[..4], &start.to_le_bytes(), &named[8..]].concat());
    }
    shared.extend(&stream[place + 14..]);
    assert_eq!(refused("a.xls", &ole(&[("Workbook", &shared)])), "broken");
    // Hidden columns stated over and over.
    let info = record(0x007D, &[0, 0, 0xFF, 0xFF, 0, 8, 15, 0, 1, 0, 0, 0]);
    let page = [info.repeat(300_000), cell(0x0203, 0, 0, 0, &1.0_f64.to_le_bytes())].concat();
    assert_eq!(
        refused("a.xls", &ole(&[("Workbook", &biff8(&[], &[("甲", 0, page)]))])),
        "read"
    );
}

#[test]
fn a_workbook_under_a_password_is_named() {
    let mut file = workbook(&[]);
    // The flag that says so, in the list of parts.
    let entry = file.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    file[entry + 8] |= 1;
    assert_eq!(refused("a.xlsx", &file), "encrypted");
}

#[test]
fn a_workbook_that_was_cut_is_broken() {
    let file = changed(&workbook(&[]), "xl/worksheets/sheet1.xml", |text| {
        text.replace('x', &"x".repeat(5000))
    });
    for cut in [10, 100, file.len() / 2, file.len() - 30, file.len() - 1] {
        let answer = refused("a.xlsx", &file[..cut]);
        assert!(matches!(answer, "broken" | "unknown-format"), "{cut}: {answer}");
    }
}
