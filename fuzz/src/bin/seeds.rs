//! Writes a small corpus to begin with, made of what the product itself writes and of the examples in its
//! declarations: `cargo run --bin seeds` in this folder.

use std::fs;
use std::path::Path;

use jiebang_fuzz::{FORM, PART_END, PARTS, old_workbook, stream, words};
use sheets::{Annotated, AnnotatedRow, annotated, export_csv, export_xlsx};

fn put(target: &str, number: usize, bytes: &[u8]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join(format!("seed-{number}")), bytes).expect("a seed");
}

fn table() -> (Vec<String>, Vec<Vec<String>>) {
    let heads = FORM.fields().map(|field| field.head_zh().to_owned()).collect();
    let example = |row: usize| {
        FORM.fields()
            .map(move |field| field.examples[row % field.examples.len()].to_owned())
            .collect()
    };
    (heads, (0..3).map(example).collect())
}

fn main() {
    let (heads, rows) = table();
    let csv = export_csv(&heads, &rows);
    let book = export_xlsx("甲", &heads, &rows).expect("a workbook");
    let sent: Vec<AnnotatedRow> = rows
        .iter()
        .map(|cells| AnnotatedRow {
            number: Some(3),
            cells: cells.clone(),
            issues: vec![(Some(1), "太短".to_owned(), true)],
        })
        .collect();
    let content = Annotated {
        sheet: "甲",
        heads: &heads,
        words: &words(),
        mark: "0197c5f2",
        rows: &sent,
    };
    let noted = annotated(&content).expect("a workbook");
    for (number, file) in [&book, &noted].into_iter().enumerate() {
        put("archive", number, file);
        put("xlsx", number, &parts(file));
    }
    put("ole", 0, &old_workbook());
    put("xls", 0, &stream());
    put("text_table", 0, &csv);
    put(
        "text_table",
        1,
        &csv.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&csv).to_vec(),
    );
    let sheet: Vec<String> = [&heads]
        .into_iter()
        .chain(&rows)
        .map(|line| line.join("\t").replace('\n', " "))
        .collect();
    put("mapping", 0, sheet.join("\n").as_bytes());
    put(
        "mapping",
        1,
        format!(
            "2023年专利征集表\n填报单位：某大学\t\t单位：万元\n{}\n合计\t2",
            sheet.join("\n")
        )
        .as_bytes(),
    );
    put("record", 0, rows[0].join("\u{1}").as_bytes());
    texts();
}

/// The examples of each kind of field and of every code, for all targets that take one text.
fn texts() {
    let targets = [
        "money",
        "date",
        "patent",
        "uscc",
        "region",
        "sectors",
        "ipc",
        "phone",
        "email",
        "contract_no",
        "trl",
        "yes_no",
        "names",
        "indicators",
        "choices",
        "organisations",
        "recognise",
        "normalise",
    ];
    let examples = FORM.fields().flat_map(|field| field.examples.iter().copied());
    let codes = kernel::ISSUES.iter().chain(forms::ISSUES).map(|info| info.example);
    let more = [
        "贰拾万元整",
        "万元\n50",
        "2023320100000123",
        "23320100000123",
        "２０２０．１．１",
        "同上",
    ];
    let all: Vec<&str> = examples
        .chain(codes)
        .chain(more)
        .filter(|text| !text.is_empty())
        .collect();
    for target in targets {
        for (number, text) in all.iter().enumerate() {
            put(target, number, text.as_bytes());
        }
    }
}

/// The parts of a workbook as the target that makes one of parts takes them.
fn parts(file: &[u8]) -> Vec<u8> {
    use std::io::{Cursor, Read};
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("a zip");
    let mut part = |name: &&str| {
        let mut content = Vec::new();
        if let Ok(mut entry) = archive.by_name(name) {
            entry.read_to_end(&mut content).expect("its bytes");
        }
        content
    };
    PARTS.iter().map(|name| part(name)).collect::<Vec<_>>().join(PART_END)
}
