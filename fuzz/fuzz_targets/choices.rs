//! Choices of a list, one and several: what was read is written and read the same.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    jiebang_fuzz::round_trip("kind", text);
    jiebang_fuzz::round_trip("modes", text);
});
