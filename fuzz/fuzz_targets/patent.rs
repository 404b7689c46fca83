//! Patent numbers, as people write them.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let reading = kernel::read::patent(text, None);
    jiebang_fuzz::check(&reading);
    if let Some(number) = reading.value {
        let again = kernel::read::patent(&number.to_string(), None);
        assert_eq!(again.value.as_ref(), Some(&number), "{text} read as {number}");
    }
    for kind in [
        kernel::PatentKind::Invention,
        kernel::PatentKind::Utility,
        kernel::PatentKind::Design,
    ] {
        jiebang_fuzz::check(&kernel::read::patent(text, Some(kind)));
    }
});
