//! What is exported is no formula, and reads back as it was.

#![no_main]

use sheets::{ColumnSpec, Limits, export_csv, export_xlsx, map_columns, rows};

libfuzzer_sys::fuzz_target!(|lines: Vec<[String; 3]>| {
    let line = |texts: [String; 3]| {
        let [a, b, c] = texts.map(jiebang_fuzz::plain);
        // The first column makes every line data.
        vec!["x".to_owned(), a, b, c]
    };
    let lines: Vec<Vec<String>> = lines.into_iter().take(20).map(line).collect();
    let heads = ["号", "@甲", "乙", "丙"].map(str::to_owned);
    let spec = |head: &String| ColumnSpec {
        key: head.clone(),
        heads: vec![head.clone()],
        required: true,
    };
    let specs: Vec<_> = heads.iter().map(spec).collect();
    let book = export_xlsx("甲", &heads, &lines).expect("a workbook");
    for (name, file) in [("a.csv", export_csv(&heads, &lines)), ("a.xlsx", book)] {
        let grids = sheets::read(name, &file, &Limits::default()).expect("sheets");
        let mapping = map_columns(&grids[0], &specs).expect("a header");
        for cell in grids[0].rows.iter().flatten() {
            let text = cell.text();
            let sign = text.trim_start().chars().next();
            let is_formula = sign.is_some_and(|c| "=@＝＋－＠".contains(c));
            assert!(!is_formula && !text.starts_with(['\t', '\r', '\n']), "{text:?}");
        }
        let found = rows(&grids[0], &mapping);
        assert_eq!(found.len(), lines.len());
        for (row, line) in found.iter().zip(&lines) {
            for (head, text) in heads.iter().zip(line) {
                assert_eq!(row.values.get(head).map_or("", String::as_str), text, "{name}");
            }
        }
    }
});
