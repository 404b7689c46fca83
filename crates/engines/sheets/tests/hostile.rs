//! Properties: no bytes end the reader, and what is exported comes back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

mod support;

use proptest::collection::vec;
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};
use sheets::{ColumnSpec, Limits, export_csv, map_columns, rows};
use support::{biff8, cell, changed, ole, record, shared_strings, texts};

const NAMES: [&str; 5] = ["a.csv", "a.xlsx", "a.xls", "a.et", ""];

/// Reads, and where that gives sheets, maps and reads their rows too.
fn read_through(name: &str, bytes: &[u8]) {
    let limits = Limits {
        bytes: 1 << 20,
        rows: 500,
        cols: 50,
        cell_bytes: 1000,
    };
    let specs = ["名称", "号", "a"].map(|head| ColumnSpec {
        key: head.to_owned(),
        heads: vec![head.to_owned()],
        required: false,
    });
    for grid in sheets::read(name, bytes, &limits).unwrap_or_default() {
        assert!(grid.rows.len() <= limits.rows);
        texts(&grid);
        if let Some(mapping) = map_columns(&grid, &specs) {
            rows(&grid, &mapping);
        }
    }
}

fn small_xlsx() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 2, 0, "名称", &Format::new()).unwrap();
    sheet.write_string(1, 1, "号").unwrap();
    sheet
        .write_number_with_format(2, 1, 43_831.5, &Format::new().set_num_format("yyyy-mm-dd"))
        .unwrap();
    book.save_to_buffer().unwrap()
}

fn small_xls() -> Vec<u8> {
    let globals = shared_strings(&["名称", "号"]);
    let page = [
        cell(0x00FD, 0, 0, 0, &0u32.to_le_bytes()),
        cell(0x00FD, 0, 1, 0, &1u32.to_le_bytes()),
        cell(0x0203, 1, 1, 0, &1.5_f64.to_le_bytes()),
        record(0x00E5, &[1, 0, 0, 0, 3, 0, 0, 0, 0, 0]),
    ];
    ole(&[("Workbook", &biff8(&globals, &[("甲", 0, page.concat())]))])
}

/// A few places of the file overwritten, and perhaps its end cut.
fn damaged(file: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let len = file.len();
    let edits = vec((0..len, any::<u8>()), 0..12);
    (Just(file), edits, 0..len * 2).prop_map(|(mut file, edits, cut)| {
        for (at, byte) in edits {
            file[at] = byte;
        }
        file.truncate(cut.max(1));
        file
    })
}

/// A text as people type it, with what is special to CSV made frequent. Control characters that no keyboard types
/// make a file binary and are left out; a text of spaces alone is no cell.
fn field() -> impl Strategy<Value = String> {
    let special = prop::sample::select(vec![
        ",", ";", "\t", "\"", "\"\"", "\r\n", "\n", "\r", "=", "+", "-", "@", "＝", "－", "'", " ", "1", "5.5", "%",
        "，", "\u{feff}", "a",
    ]);
    let any_char = any::<char>()
        .prop_filter("no control character", |c| !c.is_control())
        .prop_map(String::from);
    let piece = prop_oneof![special.prop_map(str::to_owned), any_char, "[a-z一-龥 ]{1,4}"];
    vec(piece, 0..6).prop_map(|pieces| pieces.concat()).prop_map(|text| {
        // The reader takes `="…"` for Excel's way to keep zeros; it begins with `=`, so an export never writes it bare.
        if text.trim().is_empty() { String::new() } else { text }
    })
}

/// What an export does to a text, said anew: an apostrophe before what begins like a formula and is no number,
/// whatever spaces or apostrophes stand before that.
fn escaped(text: &str) -> String {
    let bare = text.trim_start_matches('\'');
    let seen = bare.trim_start_matches(|c: char| c.is_whitespace() || "\u{feff}\u{200b}\u{2060}".contains(c));
    let is_number = {
        let body = bare.strip_prefix(['+', '-']).unwrap_or(bare);
        let body = body.strip_suffix('%').unwrap_or(body);
        let body = body.replace(',', "");
        !body.is_empty()
            && body != "."
            && body.chars().all(|c| c.is_ascii_digit() || c == '.')
            && body.matches('.').count() < 2
    };
    let is_risky = seen.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) && !is_number;
    if is_risky || bare.starts_with(['\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn trimmed(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    for row in &mut rows {
        while row.last().is_some_and(String::is_empty) {
            row.pop();
        }
    }
    while rows.last().is_some_and(Vec::is_empty) {
        rows.pop();
    }
    rows
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..2000), name in prop::sample::select(&NAMES[..])) {
        read_through(name, &bytes);
    }

    #[test]
    fn any_bytes_after_a_known_beginning_are_read_or_refused(
        start in prop::sample::select(vec![
            &b"PK\x03\x04"[..], b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\xFF\xFE", b"\xFE\xFF", b"\xEF\xBB\xBF",
        ]),
        bytes in vec(any::<u8>(), 0..2000),
    ) {
        read_through("a.xlsx", &[start, &bytes].concat());
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,400}") {
        read_through("a.csv", text.as_bytes());
    }

    #[test]
    fn a_damaged_workbook_is_read_or_refused(bytes in damaged(small_xlsx())) {
        read_through("a.xlsx", &bytes);
    }

    #[test]
    fn a_damaged_part_of_a_workbook_is_read_or_refused(
        name in prop::sample::select(vec![
            "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "_rels/.rels",
            "xl/_rels/workbook.xml.rels",
        ]),
        edits in vec((any::<prop::sample::Index>(), "[A-Z0-9<>/=\"' a-z]"), 1..8),
    ) {
        let edited = |text: &str| {
            let mut chars: Vec<char> = text.chars().collect();
            for (at, with) in &edits {
                let at = at.index(chars.len());
                chars[at] = with.chars().next().unwrap_or(' ');
            }
            chars.into_iter().collect()
        };
        read_through("a.xlsx", &changed(&small_xlsx(), name, edited));
    }

    #[test]
    fn any_place_of_a_cell_is_read_or_refused(place in "[A-Z]{0,12}[0-9]{0,12}(:[A-Z]{0,4}[0-9]{0,8})?", kind in "[a-zA-Z]{0,9}") {
        let edited = |text: &str| {
            let text = text.replace("\"A1\"", &format!("\"{place}\"")).replace("A1:A3", &place);
            text.replace("t=\"s\"", &format!("t=\"{kind}\""))
        };
        read_through("a.xlsx", &changed(&small_xlsx(), "xl/worksheets/sheet1.xml", edited));
    }

    #[test]
    fn a_damaged_old_workbook_is_read_or_refused(bytes in damaged(small_xls())) {
        read_through("a.xls", &bytes);
    }

    #[test]
    fn any_records_are_read_or_refused(
        records in vec((prop::sample::select(vec![
            0x06u16, 0x0A, 0x3C, 0x85, 0xBD, 0xD6, 0xE0, 0xE5, 0xFC, 0xFD, 0x203, 0x204, 0x205, 0x207, 0x27E, 0x41E, 0x809,
        ]), vec(any::<u8>(), 0..40)), 0..20),
        in_globals in any::<bool>(),
    ) {
        let records: Vec<u8> = records.iter().flat_map(|(kind, data)| record(*kind, data)).collect();
        let stream = if in_globals { biff8(&records, &[("甲", 0, Vec::new())]) } else { biff8(&[], &[("甲", 0, records)]) };
        read_through("a.xls", &ole(&[("Workbook", &stream)]));
    }

    #[test]
    fn exports_come_back(lines in vec(vec(field(), 1..5), 0..8)) {
        let heads = vec!["名称".to_owned(), "号".to_owned(), "甲".to_owned(), "乙".to_owned()];
        let file = export_csv(&heads, &lines);
        let grids = sheets::read("a.csv", &file, &Limits::default()).unwrap();
        let mut expected = vec![heads];
        expected.extend(lines.iter().map(|line| line.iter().map(|text| escaped(text)).collect()));
        prop_assert_eq!(texts(&grids[0]), trimmed(expected));
    }

    #[test]
    fn nothing_exported_is_a_formula_and_everything_comes_back(lines in vec(vec(field(), 3..4), 0..8)) {
        let is_ditto = |text: &str| {
            let seen = kernel::text::normalise(text).replace(' ', "");
            ["\"", "''", "“", "”"].contains(&seen.trim_start_matches('\'')) || seen == "''"
        };
        // The first column makes every line data; a ditto would take the value above.
        let lines: Vec<Vec<String>> = lines
            .into_iter()
            .map(|line| {
                let kept = line.into_iter().map(|text| if is_ditto(&text) { String::new() } else { text });
                ["x".to_owned()].into_iter().chain(kept).collect()
            })
            .collect();
        let heads = ["=号", "甲", "@乙", "丙"].map(str::to_owned);
        let specs = heads.clone().map(|head| ColumnSpec { key: head.clone(), heads: vec![head], required: true });
        let book = sheets::export_xlsx("清单", &heads, &lines).unwrap();
        for (name, file) in [("a.csv", export_csv(&heads, &lines)), ("a.xlsx", book)] {
            let grid = sheets::read(name, &file, &Limits::default()).unwrap().remove(0);
            for text in texts(&grid).concat() {
                // A cell that begins with an apostrophe is a text to every program; any other needs none.
                prop_assert!(text.starts_with('\'') || escaped(&text) == text, "{:?}", text);
            }
            let mapping = map_columns(&grid, &specs).unwrap();
            let found = rows(&grid, &mapping);
            for (row, line) in found.iter().zip(&lines) {
                for (head, text) in heads.iter().zip(line) {
                    prop_assert_eq!(row.values.get(head).map_or("", String::as_str), text);
                }
            }
            prop_assert_eq!(found.len(), lines.len());
        }
    }
}
