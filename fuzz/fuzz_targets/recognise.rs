//! Which fields a column of any texts can be.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (unit, text) = jiebang_fuzz::unit_and_text(text);
    let texts: Vec<&str> = text.lines().take(50).collect();
    let regions = kernel::Regions::builtin();
    let fits = forms::recognise(&jiebang_fuzz::FORM, unit, &texts, regions);
    assert!(
        fits.iter()
            .all(|fit| fit.percent <= 100 && (!fit.distinctive || fit.percent >= 80)),
        "{fits:?}"
    );
});
