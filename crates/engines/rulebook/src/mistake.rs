//! What can be wrong with a programme file, told by line.

/// One mistake in a programme file. Its words are `mistake-{code}`.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line}: {code} {args:?}")]
pub struct Mistake {
    /// Line in the file, from 1.
    pub line: usize,
    /// Kebab-case code, one of [`MISTAKES`].
    pub code: &'static str,
    /// Arguments of the words, by name.
    pub args: Vec<(&'static str, String)>,
}

/// Every code that [`crate::parse`] can report.
pub const MISTAKES: &[&str] = &[
    "too-large",
    "syntax",
    "syntax-pair",
    "syntax-quote",
    "syntax-unclosed",
    "duplicate-key",
    "duplicate-entry",
    "duplicate-rule",
    "unknown-key",
    "missing-key",
    "wrong-type",
    "empty-text",
    "text-too-long",
    "empty-list",
    "list-too-long",
    "bad-key",
    "out-of-range",
    "unknown-word",
    "unknown-sector",
    "unknown-region",
    "region-outside",
    "unknown-metric",
    "unit-mismatch",
    "unknown-reference",
    "window-backwards",
    "window-open-ended",
    "day-outside-year",
    "count-backwards",
    "empty-table",
    "holidays-unknown-year",
];

/// Where each line of a text begins, to turn byte offsets into line numbers.
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let breaks = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(at, _)| at + 1);
        Self(std::iter::once(0).chain(breaks).collect())
    }

    /// The line, from 1, that holds this byte.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset).max(1)
    }
}

/// The known word closest to a mistyped one, if it is close enough to be what was meant.
pub(crate) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // A third of the letters may differ: `windws` is `windows`, but `fee` isn't `fees-paid`.
    let limit = word.chars().count().div_ceil(3);
    known
        .map(|one| (distance(word, one), one))
        .filter(|(far, _)| *far <= limit)
        .min()
        .map(|(_, one)| one)
}

/// Levenshtein's distance in characters.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let substitute = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = substitute.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::{Lines, distance, nearest};

    #[test]
    fn lines_are_counted_from_one() {
        let lines = Lines::of("a\nbb\n\nc");
        assert_eq!([0, 1, 2, 4, 5, 6, 99].map(|at| lines.line(at)), [1, 1, 2, 2, 3, 4, 4]);
        assert_eq!(Lines::of("").line(0), 1);
    }

    #[test]
    fn a_slip_finds_its_word() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(nearest("windws", ["windows", "caps"].into_iter()), Some("windows"));
        assert_eq!(nearest("fee", ["windows", "caps"].into_iter()), None);
    }
}
