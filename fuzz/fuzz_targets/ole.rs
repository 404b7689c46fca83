//! Any bytes as an OLE2 container, in which old workbooks and those under a password come.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    jiebang_fuzz::read_through("a.et", bytes);
});
