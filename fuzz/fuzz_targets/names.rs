//! Names of people, as people write them.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let names = kernel::read::names(text);
    assert!(names.iter().all(|name| !name.trim().is_empty()), "{names:?}");
});
