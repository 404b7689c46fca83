//! Amounts of money, as people write them.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (unit, text) = jiebang_fuzz::unit_and_text(text);
    jiebang_fuzz::check(&kernel::read::money(text, unit));
});
