//! 统一社会信用代码, as people write them.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let reading = kernel::read::uscc(text);
    jiebang_fuzz::check(&reading);
    if let Some(value) = reading.value {
        let again = kernel::read::uscc(&value.to_string());
        assert_eq!(again.value.as_ref(), Some(&value), "{text} read as {value}");
    }
});
