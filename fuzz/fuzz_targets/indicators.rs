//! Quantified technical demands: what was read is written and read the same.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| jiebang_fuzz::round_trip("indicators", text));
