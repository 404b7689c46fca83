//! What is sent back with remarks comes back as it was: texts, row numbers, mark.

#![no_main]

use sheets::{Annotated, AnnotatedRow, ColumnSpec, annotated, map_columns, mark, rows};

libfuzzer_sys::fuzz_target!(|lines: Vec<(u16, [String; 3], u8)>| {
    let lines: Vec<_> = lines
        .into_iter()
        .take(20)
        .map(|(number, texts, bad)| (number, texts.map(jiebang_fuzz::plain), bad))
        .collect();
    let made = |(number, texts, bad): &(u16, [String; 3], u8)| AnnotatedRow {
        number: Some(usize::from(*number) + 1),
        cells: texts.to_vec(),
        issues: (0..bad % 4)
            .map(|at| ((at < 3).then_some(usize::from(at)), texts.concat(), at == 0))
            .collect(),
    };
    let rows_out: Vec<AnnotatedRow> = lines.iter().map(made).collect();
    let heads = ["专利名称", "专利号", "=备注"].map(str::to_owned);
    let content = Annotated {
        sheet: "甲",
        heads: &heads,
        words: &jiebang_fuzz::words(),
        mark: "0197c5f2",
        rows: &rows_out,
    };
    let file = annotated(&content).expect("a workbook");
    let grids = sheets::read("a.xlsx", &file, &sheets::Limits::default()).expect("sheets");
    assert_eq!(mark(&grids, &file).as_deref(), Some("0197c5f2"));
    let spec = |head: &String| ColumnSpec {
        key: head.clone(),
        heads: vec![head.clone()],
        required: true,
    };
    let specs: Vec<_> = heads.iter().map(spec).collect();
    let mapping = map_columns(&grids[0], &specs).expect("a header");
    assert!(mapping.unknown.is_empty() && mapping.missing.is_empty(), "{mapping:?}");
    let found = rows(&grids[0], &mapping);
    let kept: Vec<_> = lines
        .iter()
        .filter(|(_, texts, _)| texts.iter().any(|text| !text.is_empty()))
        .collect();
    assert_eq!(found.len(), kept.len());
    for (row, (number, texts, _)) in found.iter().zip(kept) {
        assert_eq!(row.origin, Some(usize::from(*number) + 1));
        for (head, text) in heads.iter().zip(texts) {
            assert_eq!(row.values.get(head).map_or("", String::as_str), text);
        }
    }
});
