//! Any text as the parts of a zipped workbook. Bytes of a whole zip hardly ever pass its checksums, so the zip is made
//! here, of parts that the bytes are cut into.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    jiebang_fuzz::read_through("a.xlsx", &jiebang_fuzz::zipped(bytes));
});
