//! The forms in which texts are compared: made twice they stay, and nothing unseen is left in them.

#![no_main]

use kernel::text::{fold, folds_to, normalise};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let once = normalise(text);
    assert_eq!(normalise(&once), once);
    assert!(once.trim() == once && !once.contains("  "), "{once:?}");
    let key = fold(text);
    assert_eq!(fold(&once), key);
    assert!(folds_to(text, &key) && !folds_to(text, &format!("{key}x")));
});
