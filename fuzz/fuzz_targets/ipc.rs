//! IPC classes, as people write them.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let reading = kernel::read::ipc(text);
    jiebang_fuzz::check(&reading);
    if let Some(value) = reading.value {
        let again = kernel::read::ipc(&value.to_string());
        assert_eq!(again.value.as_ref(), Some(&value), "{text} read as {value}");
    }
});
