//! A form with any texts in its fields: read, scored, and each value written and read the same.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| jiebang_fuzz::record(text));
