//! Technology readiness levels, as people write them.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    jiebang_fuzz::check(&kernel::read::trl(text));
});
