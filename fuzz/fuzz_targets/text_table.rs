//! Any bytes as a text table: comma, tab or semicolon, in any encoding.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    jiebang_fuzz::read_through("a.csv", bytes);
});
