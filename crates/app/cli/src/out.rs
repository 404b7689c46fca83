//! What the commands print: results on the output, everything else on the error stream, tables whose columns fit
//! Chinese.

use std::io::Write;

/// Prints a line of the result. A reader who closed the pipe has seen enough.
pub(crate) fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

/// Prints text of the result as it is.
pub(crate) fn text(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}

/// Prints a line to the error stream.
pub(crate) fn warn(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Prints a value as JSON.
pub(crate) fn json<T: serde::Serialize>(value: &T) -> Result<(), crate::fail::Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|e| jcore::Fault::internal(e.to_string()))?;
    line(&text);
    Ok(())
}

/// How many columns of a terminal a text takes: characters of Chinese, its punctuation and full-width forms take two.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

fn wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff01..=0xff60 | 0xffe0..=0xffe6 | 0x20000..=0x3fffd)
}

/// A table with a head, columns two spaces apart; empty without rows.
pub(crate) fn table(head: &[String], rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = head.iter().map(|h| width(h)).collect();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if let Some(w) = widths.get_mut(at) {
                *w = (*w).max(width(cell));
            }
        }
    }
    let mut out = String::new();
    for row in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)) {
        let mut line = String::new();
        for (cell, w) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(w.saturating_sub(width(cell)) + 2));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_takes_two_columns() {
        assert_eq!(width("省中心a（）"), 3 * 2 + 1 + 4);
        let rows = [
            vec!["a".to_owned(), "b".to_owned()],
            vec!["中心".to_owned(), "c".to_owned()],
        ];
        assert_eq!(
            table(&["名".to_owned(), "x".to_owned()], &rows),
            "名    x\na     b\n中心  c\n"
        );
    }
}
