//! Words of Latin letters: their stem, and which of them say nothing.

use std::borrow::Cow;

/// Shortest word from which a plural's ending is taken: `gas` ends so by nature.
const STEM_MIN: usize = 4;
/// Numbers with fewer digits are counts and dates, in every text; longer ones may be codes that people look for.
const NUMBER_MIN: usize = 4;

/// The word without the ending of a plural: `batteries` → `battery`, `sensors` → `sensor`. Endings that change the
/// sense (`-ing`, `-er`) stay.
pub(super) fn stem(word: &str) -> Cow<'_, str> {
    if word.len() < STEM_MIN || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    if let Some(body) = word.strip_suffix("ies")
        && body.len() >= STEM_MIN - 1
    {
        return Cow::Owned(format!("{body}y"));
    }
    for ending in ["sses", "shes", "ches", "xes"] {
        if word.ends_with(ending) {
            return Cow::Borrowed(&word[..word.len() - "es".len()]);
        }
    }
    let ends_by_nature = ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    match word.strip_suffix('s') {
        Some(body) if !ends_by_nature => Cow::Borrowed(body),
        _ => Cow::Borrowed(word),
    }
}

/// Whether the word is a short number.
pub(super) fn is_small_number(word: &str) -> bool {
    word.len() < NUMBER_MIN && word.chars().all(|c| c.is_numeric())
}
