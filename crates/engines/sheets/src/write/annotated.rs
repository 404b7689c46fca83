//! An upload sent back with what is wrong: the rows as they came, coloured, and a last column that says it in words.

use super::{WriteError, bordered, clipped, colour, column, fitting_widths, line, new_book, sheet_name, write_heads};

/// The width of the column of issues, in characters of Latin digits: a sentence of Chinese in two or three lines.
const ISSUES_WIDTH: f64 = 60.0;

/// One row as it came, and what is wrong with it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AnnotatedRow {
    /// Its cells, as many as there are heads or fewer.
    pub cells: Vec<String>,
    /// What is wrong: the column counted from zero, or `None` for the row as a whole; the words; whether it is an
    /// error (else a warning).
    pub issues: Vec<(Option<usize>, String, bool)>,
}

/// A workbook of the rows as they came (nothing is neutralised, since they are to be mended and sent again, and a
/// text in a workbook is never run) with one more column, headed `issues_head` (问题), that lists each row's issues a
/// line each. Cells with an error are red, with a warning amber. Texts that no cell can hold are cut. (R139.)
///
/// # Errors
/// [`WriteError`] when the rows or columns are more than a workbook can hold.
pub fn annotated(
    sheet: &str,
    heads: &[String],
    issues_head: &str,
    rows: &[AnnotatedRow],
) -> Result<Vec<u8>, WriteError> {
    let mut book = new_book()?;
    let page = book.add_worksheet();
    page.set_name(sheet_name(sheet))?;
    let mut widths = fitting_widths(heads, rows.iter().map(|row| &row.cells));
    widths.push(ISSUES_WIDTH);
    let mut all_heads = heads.to_vec();
    all_heads.push(issues_head.to_owned());
    write_heads(page, 0, &all_heads, &widths)?;
    let plain = bordered().set_num_format("@");
    let warned = plain.clone().set_background_color(colour::AMBER_SOFT);
    let failed = plain.clone().set_background_color(colour::SEAL_SOFT);
    let words = plain.clone().set_font_color(colour::SEAL);
    for (index, row) in rows.iter().enumerate() {
        for col in 0..heads.len() {
            let format = match row.state_of(col) {
                Some(true) => &failed,
                Some(false) => &warned,
                None => &plain,
            };
            let text = row.cells.get(col).map_or("", String::as_str);
            page.write_string_with_format(line(index + 1), column(col), clipped(text), format)?;
        }
        let issues: Vec<&str> = row.issues.iter().map(|(_, words, _)| words.as_str()).collect();
        let format = if row.issues.is_empty() { &plain } else { &words };
        page.write_string_with_format(
            line(index + 1),
            column(heads.len()),
            clipped(&issues.join("\n")),
            format,
        )?;
    }
    page.autofilter(0, 0, line(rows.len().max(1)), column(heads.len()))?;
    Ok(book.save_to_buffer()?)
}

impl AnnotatedRow {
    /// Whether a cell has an error (`true`), only warnings (`false`) or nothing.
    fn state_of(&self, col: usize) -> Option<bool> {
        self.issues
            .iter()
            .filter(|(at, _, _)| *at == Some(col))
            .map(|(_, _, is_error)| *is_error)
            .max()
    }
}

#[cfg(test)]
mod tests {
    use super::AnnotatedRow;

    #[test]
    fn an_error_outweighs_a_warning() {
        let issue = |col, is_error| (col, String::new(), is_error);
        let issues = vec![
            issue(Some(1), false),
            issue(Some(1), true),
            issue(Some(2), false),
            issue(None, true),
        ];
        let row = AnnotatedRow {
            cells: Vec::new(),
            issues,
        };
        assert_eq!(row.state_of(0), None);
        assert_eq!(row.state_of(1), Some(true));
        assert_eq!(row.state_of(2), Some(false));
    }
}
