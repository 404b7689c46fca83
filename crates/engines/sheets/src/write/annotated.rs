//! An upload sent back with what is wrong, to be mended in an office program and sent again: the rows as they came, a
//! colour and a note on every cell that has an issue, a column that says it in words, a list of the issues with links,
//! and what is needed to find batch and row again.

use std::collections::BTreeMap;

use rust_xlsxwriter::{DocProperties, Format, Note, Url, Workbook, Worksheet};

use super::{
    Names, WriteError, bordered, clipped, colour, column, fitting_widths, line, made_at, neutralised, write_heads,
};
use crate::mark::{MARK_CHARS_MAX, MARK_KEY};

/// The width of the column of issues, in characters of Latin digits: a sentence of Chinese in two or three lines.
const ISSUES_WIDTH: f64 = 60.0;
/// The width of the column of row numbers.
const ROW_WIDTH: f64 = 12.0;
/// Widths of the list of issues: row, column, level, what was written, what is wrong.
const LIST_WIDTHS: [f64; 5] = [12.0, 20.0, 10.0, 40.0, ISSUES_WIDTH];
/// Notes on one sheet. Each is a shape that an office program draws, and beyond this many it takes minutes to open;
/// the column of issues and the list have them all.
const NOTES_MAX: usize = 10_000;
/// Characters of one note; a longer one does not fit on a screen.
const NOTE_CHARS_MAX: usize = 600;
/// Size of a note, in pixels: 20 Chinese characters a line, and the height of a line.
const NOTE_WIDTH: u32 = 280;
const NOTE_LINE_HEIGHT: u32 = 20;
const NOTE_LINE_CHARS: usize = 20;
/// Lines of the list of issues, but for a workbook with more rows than this, which has as many lines as rows: a list
/// that is longer than the data could be refused when the workbook comes back.
const LIST_LINES: usize = 5_000;
/// Links on one sheet; Excel takes 65,530.
const LINKS_MAX: usize = 60_000;
/// Name of the sheet that carries the mark.
const MARK_SHEET: &str = "_batch";

/// One row as it came, and what is wrong with it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AnnotatedRow {
    /// Its number in the file that it came from, counted from 1; `None` for a row that has none.
    pub number: Option<usize>,
    /// Its cells, as many as there are heads or fewer.
    pub cells: Vec<String>,
    /// What is wrong: the column counted from zero, or `None` for the row as a whole; the words; whether it is an
    /// error (else a warning).
    pub issues: Vec<(Option<usize>, String, bool)>,
}

/// The words of an annotated workbook, in the reader's language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnnotatedWords {
    /// Head of the column of issues, one of [`ISSUE_HEADS`](crate::ISSUE_HEADS).
    pub issues_head: String,
    /// Head of the column of row numbers, one of [`ROW_HEADS`](crate::ROW_HEADS).
    pub row_head: String,
    /// The note on that head: why the column is to be kept.
    pub row_note: String,
    /// Name of the sheet that lists the issues.
    pub list_name: String,
    /// Heads of that list beside the two above: column, level, what was written.
    pub list_heads: [String; 3],
    /// The levels: error, warning.
    pub levels: [String; 2],
    /// The last line of a list that is cut.
    pub list_more: String,
}

impl AnnotatedWords {
    /// The words by their Fluent ids (`sheet-…` of this crate, `level-…` of the kernel).
    pub fn by(word: impl Fn(&str) -> String) -> Self {
        AnnotatedWords {
            issues_head: word("sheet-issues-head"),
            row_head: word("sheet-row-head"),
            row_note: word("sheet-row-note"),
            list_name: word("sheet-issues-name"),
            list_heads: ["sheet-column-head", "sheet-level-head", "sheet-written-head"].map(&word),
            levels: ["level-error", "level-warning"].map(&word),
            list_more: word("sheet-issues-more"),
        }
    }
}

/// What an annotated workbook is made of.
#[derive(Clone, Copy, Debug)]
pub struct Annotated<'a> {
    /// Name of the sheet.
    pub sheet: &'a str,
    /// Heads of the sender's columns.
    pub heads: &'a [String],
    /// The words of what is added.
    pub words: &'a AnnotatedWords,
    /// What the workbook is of, e.g. a batch's id; found again by [`mark`](crate::mark()). Empty for none.
    pub mark: &'a str,
    /// The rows.
    pub rows: &'a [AnnotatedRow],
}

/// A workbook of the rows as they came, with two more columns: what is wrong, a line each, and last the row's number
/// in its first file, by which a mended workbook is matched row by row however it was sorted, cut or added to
/// ([`Row::origin`](crate::Row::origin)). Cells with an error are red, with a warning amber, each with a note that
/// says it. A second sheet lists the issues with links to their cells.
///
/// The mark is kept twice: on a very hidden sheet, which survives saving as `.xls` and `.et` too, and as a custom
/// property, which survives when the sheet is moved to another workbook's place. Texts that no cell can hold are cut;
/// texts that look like formulas have an apostrophe before them, which reading takes off. (R139.)
///
/// # Errors
/// [`WriteError`] when the rows or columns are more than a workbook can hold, or the mark is too long.
pub fn annotated(content: &Annotated<'_>) -> Result<Vec<u8>, WriteError> {
    if content.mark.chars().count() > MARK_CHARS_MAX {
        return Err(WriteError::MarkTooLong);
    }
    let mut book = Workbook::new();
    let mut properties = DocProperties::new().set_creation_datetime(&made_at()?);
    if !content.mark.is_empty() {
        properties = properties.set_custom_property(MARK_KEY, content.mark);
    }
    book.set_properties(&properties);
    let mut names = Names::default();
    let sheet = names.take(content.sheet);
    let page = book.add_worksheet();
    page.set_name(&sheet)?;
    write_rows(page, content)?;
    if content.rows.iter().any(|row| !row.issues.is_empty()) {
        let list = book.add_worksheet();
        list.set_name(names.take(&content.words.list_name))?;
        write_list(list, content, &sheet)?;
    }
    if !content.mark.is_empty() {
        let mark = book.add_worksheet();
        mark.set_name(names.take(MARK_SHEET))?;
        mark.set_very_hidden(true);
        mark.write_string(0, 0, MARK_KEY)?;
        mark.write_string(0, 1, content.mark)?;
    }
    Ok(book.save_to_buffer()?)
}

/// The formats of the rows.
struct Looks {
    plain: Format,
    warned: Format,
    failed: Format,
    words: Format,
    number: Format,
}

impl Looks {
    fn new() -> Self {
        // Cells of text, so that what is typed into them stays as typed.
        let plain = bordered().set_num_format("@");
        Looks {
            warned: plain.clone().set_background_color(colour::AMBER_SOFT),
            failed: plain.clone().set_background_color(colour::SEAL_SOFT),
            words: plain.clone().set_font_color(colour::SEAL),
            number: bordered()
                .set_font_color(colour::INK_SOFT)
                .set_background_color(colour::PAPER),
            plain,
        }
    }
}

fn write_rows(page: &mut Worksheet, content: &Annotated<'_>) -> Result<(), WriteError> {
    let (heads, words, rows) = (content.heads, content.words, content.rows);
    let (issues_at, number_at) = (heads.len(), heads.len() + 1);
    let mut widths = fitting_widths(heads, rows.iter().map(|row| &row.cells));
    widths.extend([ISSUES_WIDTH, ROW_WIDTH]);
    let mut all_heads: Vec<String> = heads.iter().map(|head| neutralised(head)).collect();
    all_heads.extend([words.issues_head.clone(), words.row_head.clone()]);
    write_heads(page, 0, &all_heads, &widths)?;
    page.insert_note(0, column(number_at), &note(&words.row_note))?;
    let looks = Looks::new();
    let mut notes_left = NOTES_MAX;
    for (index, row) in rows.iter().enumerate() {
        let at = line(index + 1);
        write_cells(page, at, heads.len(), row, &looks)?;
        let issues: Vec<&str> = row.issues.iter().map(|(_, words, _)| words.as_str()).collect();
        let format = if issues.is_empty() { &looks.plain } else { &looks.words };
        page.write_string_with_format(at, column(issues_at), cell_text(&issues.join("\n")), format)?;
        match row.number {
            Some(number) => page.write_number_with_format(at, column(number_at), number as f64, &looks.number)?,
            None => page.write_blank(at, column(number_at), &looks.number)?,
        };
        for (col, text) in row.notes() {
            if let (Some(left), true) = (notes_left.checked_sub(1), col < heads.len()) {
                notes_left = left;
                page.insert_note(at, column(col), &note(&text))?;
            }
        }
    }
    page.autofilter(0, 0, line(rows.len().max(1)), column(number_at))?;
    Ok(())
}

fn write_cells(
    page: &mut Worksheet,
    at: u32,
    width: usize,
    row: &AnnotatedRow,
    looks: &Looks,
) -> Result<(), WriteError> {
    for col in 0..width {
        let format = match row.state_of(col) {
            Some(true) => &looks.failed,
            Some(false) => &looks.warned,
            None => &looks.plain,
        };
        let text = row.cells.get(col).map_or("", String::as_str);
        page.write_string_with_format(at, column(col), cell_text(text), format)?;
    }
    Ok(())
}

/// One line an issue: the row's number (a link to the cell), its column, the level, what was written, what is wrong.
fn write_list(list: &mut Worksheet, content: &Annotated<'_>, sheet: &str) -> Result<(), WriteError> {
    let words = content.words;
    let [column_head, level, written] = &words.list_heads;
    let heads = [&words.row_head, column_head, level, written, &words.issues_head].map(String::clone);
    write_heads(list, 0, &heads, &LIST_WIDTHS)?;
    let plain = bordered().set_num_format("@");
    let link = plain.clone().set_hyperlink();
    let issues = content
        .rows
        .iter()
        .enumerate()
        .flat_map(|(index, row)| row.issues.iter().map(move |issue| (index + 1, row, issue)));
    let most = content.rows.len().max(LIST_LINES) - 1;
    let mut count = 0;
    for (row_at, row, (col, message, is_error)) in issues {
        count += 1;
        let at = line(count);
        if count > most {
            list.write_string(at, 0, &words.list_more)?;
            break;
        }
        let number = row.number.unwrap_or(row_at + 1).to_string();
        if count <= LINKS_MAX {
            let place = crate::cell::a1(row_at, col.unwrap_or(0));
            let target = format!("internal:'{}'!{place}", sheet.replace('\'', "''"));
            list.write_url_with_options(at, 0, Url::new(target), &number, "", Some(&link))?;
        } else {
            list.write_string_with_format(at, 0, &number, &plain)?;
        }
        let head = col.and_then(|col| content.heads.get(col)).map_or("", String::as_str);
        let cell = col.and_then(|col| row.cells.get(col)).map_or("", String::as_str);
        let [error, warning] = &words.levels;
        let level = if *is_error { error } else { warning };
        for (col, text) in (1..).zip([head, level, cell, message]) {
            list.write_string_with_format(at, col, cell_text(text), &plain)?;
        }
    }
    list.autofilter(0, 0, line(count.max(1)), 4)?;
    Ok(())
}

/// A text as it stands in a cell of the workbook.
fn cell_text(text: &str) -> String {
    clipped(&neutralised(text))
}

fn note(text: &str) -> Note {
    let shown = note_text(text);
    let lines: usize = shown
        .lines()
        .map(|line| line.chars().count() / NOTE_LINE_CHARS + 1)
        .sum();
    let height = NOTE_LINE_HEIGHT * (u32::try_from(lines).unwrap_or(u32::MAX).clamp(2, 20) + 1);
    Note::new(shown)
        .add_author_prefix(false)
        .set_width(NOTE_WIDTH)
        .set_height(height)
}

fn note_text(text: &str) -> String {
    if text.chars().count() > NOTE_CHARS_MAX {
        text.chars().take(NOTE_CHARS_MAX).chain(['…']).collect()
    } else {
        text.to_owned()
    }
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

    /// What the note of each cell says: its issues, a line each.
    fn notes(&self) -> BTreeMap<usize, String> {
        let mut notes: BTreeMap<usize, String> = BTreeMap::new();
        for (col, words, _) in &self.issues {
            let Some(col) = col else { continue };
            let text = notes.entry(*col).or_default();
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(words);
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::{AnnotatedRow, NOTE_CHARS_MAX, note_text};

    #[test]
    fn an_error_outweighs_a_warning() {
        let issue = |col, is_error| (col, format!("{is_error}"), is_error);
        let row = AnnotatedRow {
            issues: vec![
                issue(Some(1), false),
                issue(Some(1), true),
                issue(Some(2), false),
                issue(None, true),
            ],
            ..AnnotatedRow::default()
        };
        assert_eq!(row.state_of(0), None);
        assert_eq!(row.state_of(1), Some(true));
        assert_eq!(row.state_of(2), Some(false));
        let notes: Vec<_> = row.notes().into_iter().collect();
        assert_eq!(notes, [(1, "false\ntrue".to_owned()), (2, "false".to_owned())]);
    }

    #[test]
    fn long_notes_are_cut() {
        let long = "长".repeat(NOTE_CHARS_MAX + 9);
        assert_eq!(note_text(&long), format!("{}…", "长".repeat(NOTE_CHARS_MAX)));
        assert_eq!(note_text("短"), "短");
    }
}
