//! Any sheet: its header found by heads and by contents, said otherwise by a person, and its rows read.

#![no_main]

use sheets::{Mapping, rows, rows_iter};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let grid = jiebang_fuzz::grid(text);
    let specs = jiebang_fuzz::specs();
    let judge = jiebang_fuzz::judge;
    for contents in [None, Some(&judge as &sheets::Contents<'_>)] {
        let Some(mapping) = sheets::map_columns_by(&grid, &specs, contents) else {
            continue;
        };
        jiebang_fuzz::check_mapping(&mapping, &specs);
        let found = rows(&grid, &mapping);
        assert_eq!(rows_iter(grid.clone(), &mapping).collect::<Vec<_>>(), found);
        assert!(
            found
                .iter()
                .all(|row| row.number > mapping.first_row() && !row.values.is_empty())
        );
        let same = mapping.with_columns(&mapping.columns, &specs);
        assert_eq!(same, mapping);
        let said: Vec<_> = mapping.columns.iter().rev().cloned().collect();
        jiebang_fuzz::check_mapping(&mapping.with_columns(&said, &specs), &specs);
    }
    let row = text.len() % 14;
    for height in 0..4 {
        jiebang_fuzz::check_mapping(&Mapping::at(&grid, row, height, &specs, Some(&judge)), &specs);
    }
});
