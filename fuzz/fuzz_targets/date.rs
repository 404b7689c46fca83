//! Dates, as people write them.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    jiebang_fuzz::check(&kernel::read::date(text));
    if let Ok(serial) = text.trim().parse::<f64>() {
        jiebang_fuzz::check(&kernel::read::excel_serial(serial, false));
        jiebang_fuzz::check(&kernel::read::excel_serial(serial, true));
    }
});
