//! Yes and no, as people write them.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    jiebang_fuzz::check(&kernel::read::yes_no(text));
});
