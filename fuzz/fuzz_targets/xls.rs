//! Any bytes as the records of an old workbook (BIFF5 and BIFF8), in a sound container.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    jiebang_fuzz::read_through("a.xls", &jiebang_fuzz::contained(bytes));
});
