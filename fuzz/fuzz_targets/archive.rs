//! Any bytes as a zipped workbook: the guard before it is opened, and what opens it.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    jiebang_fuzz::read_through("a.xlsx", bytes);
});
