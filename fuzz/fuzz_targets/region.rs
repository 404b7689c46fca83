//! Administrative divisions, as people write them.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let regions = kernel::Regions::builtin();
    jiebang_fuzz::check(&kernel::read::region(text, regions));
    let _ = kernel::read::region_candidates(text, regions);
});
