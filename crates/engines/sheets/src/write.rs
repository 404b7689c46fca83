//! Workbooks and CSV out. Whatever people typed leaves as text: no office program takes it for a formula, and long
//! numbers, codes and dates stay as they are shown. No file carries a clock's time, so the same content is the same
//! bytes.

mod annotated;
mod export;
mod template;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

pub use annotated::{Annotated, AnnotatedRow, AnnotatedWords, annotated};
pub use export::{export_csv, export_xlsx};
pub use template::{TEMPLATE_ROWS, TemplateColumn, template};

/// Characters that a cell of a workbook can hold, as UTF-16 counts them.
const CELL_CHARS_MAX: usize = 32_767;
/// Characters of a sheet's name.
const SHEET_NAME_CHARS_MAX: usize = 31;

/// Colours of the project's look, as far as sheets need them.
mod colour {
    pub(super) const INK: u32 = 0x001D_232B;
    pub(super) const INK_SOFT: u32 = 0x005B_6470;
    pub(super) const LINE: u32 = 0x00E4_E0D8;
    pub(super) const PAPER: u32 = 0x00FB_FAF7;
    pub(super) const HEAD: u32 = 0x00EF_EBE3;
    pub(super) const SEAL: u32 = 0x00B8_322A;
    pub(super) const SEAL_SOFT: u32 = 0x00F8_DFDC;
    pub(super) const AMBER_SOFT: u32 = 0x00FB_EFD5;
}

/// Why a workbook could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A cell has more characters than a workbook can hold; CSV has no such bound.
    #[error("row {row}, column {col} (counted from zero, the head is row 0) has more than {CELL_CHARS_MAX} characters")]
    CellTooLong {
        /// Its row.
        row: usize,
        /// Its column.
        col: usize,
    },
    /// The mark of an annotated workbook is longer than can be kept.
    #[error("the mark has more than {} characters", crate::mark::MARK_CHARS_MAX)]
    MarkTooLong,
    /// More rows or columns than a workbook can hold, or another bound of the format.
    #[error(transparent)]
    Xlsx(#[from] XlsxError),
}

/// Signs by which an office program knows a formula, in both widths: those with an East Asian keyboard take either.
const FORMULA_SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
/// Characters before a formula that some program skips before it looks for the sign.
const SKIPPED: [char; 3] = ['\u{FEFF}', '\u{200B}', '\u{2060}'];

/// Whether a text would be taken for a formula by an office program that opens it from CSV or by re-entering the cell.
fn is_risky(text: &str) -> bool {
    if text.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    let seen = text.trim_start_matches(|c: char| c.is_whitespace() || SKIPPED.contains(&c));
    seen.starts_with(FORMULA_SIGNS) && !is_plain_number(text)
}

/// A number as people write it: a sign, digits with thousands marks, a point, a percent sign.
fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = digits.strip_suffix('%').unwrap_or(digits);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_whole = whole.bytes().all(|b| b.is_ascii_digit() || b == b',');
    let is_fraction = fraction.bytes().all(|b| b.is_ascii_digit());
    is_whole && is_fraction && digits.bytes().any(|b| b.is_ascii_digit())
}

/// The text as it may leave: with an apostrophe before what would be taken for a formula. What has apostrophes before
/// such a text already gets one more, so that taking one off ([`unneutralised`]) always gives the text itself.
fn neutralised(text: &str) -> String {
    if is_risky(text.trim_start_matches('\'')) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Whether a text carries the apostrophe of [`neutralised`].
fn is_neutralised(text: &str) -> bool {
    text.starts_with('\'') && is_risky(text.trim_start_matches('\''))
}

/// The text without the apostrophe of [`neutralised`], where it has one.
pub(crate) fn unneutralised(mut text: String) -> String {
    if is_neutralised(&text) {
        text.remove(0);
    }
    text
}

/// A workbook whose stated time of making is the zero of the zip format instead of the clock's.
fn new_book() -> Result<Workbook, WriteError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&made_at()?));
    Ok(book)
}

/// The stated time of making: the zero of the zip format.
fn made_at() -> Result<ExcelDateTime, WriteError> {
    Ok(ExcelDateTime::from_ymd(1980, 1, 1)?)
}

/// A name that every program takes for a sheet: no `[]:*?/\`, not empty, at most 31 characters, no apostrophe at
/// either end.
fn sheet_name(text: &str) -> String {
    let is_allowed = |c: &char| !c.is_control() && !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\');
    let allowed: String = text.chars().filter(is_allowed).collect();
    let mut name = String::new();
    let mut units = 0;
    for c in allowed.trim_matches(['\'', ' ']).chars() {
        units += c.len_utf16();
        if units > SHEET_NAME_CHARS_MAX {
            break;
        }
        name.push(c);
    }
    let name = name.trim_end_matches(['\'', ' ']);
    // Excel keeps this name for itself.
    if name.is_empty() || name.eq_ignore_ascii_case("history") {
        "Sheet1".to_owned()
    } else {
        name.to_owned()
    }
}

/// Names of sheets given so far: each is made safe and told apart, without regard to case as Excel compares them.
#[derive(Default)]
struct Names(Vec<String>);

impl Names {
    fn take(&mut self, wanted: &str) -> String {
        let base = sheet_name(wanted);
        let mut name = base.clone();
        let mut number = 1;
        while self.0.iter().any(|taken| taken.to_lowercase() == name.to_lowercase()) {
            number += 1;
            let suffix = format!(" {number}");
            let stem: String = base.chars().take(base.chars().count().min(28)).collect();
            name = format!("{stem}{suffix}");
        }
        self.0.push(name.clone());
        name
    }
}

/// The text cut to what a cell can hold, with a mark where it was cut.
fn clipped(text: &str) -> String {
    if !is_too_long(text) {
        return text.to_owned();
    }
    let mut units = 1;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= CELL_CHARS_MAX
    };
    let mut cut: String = text.chars().take_while(fits).collect();
    cut.push('…');
    cut
}

fn is_too_long(text: &str) -> bool {
    // Bytes are never fewer than UTF-16 units, so most texts need no counting.
    text.len() > CELL_CHARS_MAX && text.encode_utf16().count() > CELL_CHARS_MAX
}

/// A column number as the writer counts; columns beyond its bound fail there, never wrap.
fn column(col: usize) -> u16 {
    u16::try_from(col).unwrap_or(u16::MAX)
}

/// A row number as the writer counts.
fn line(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

fn bordered() -> Format {
    Format::new()
        .set_font_color(colour::INK)
        .set_border(FormatBorder::Thin)
        .set_border_color(colour::LINE)
        .set_align(FormatAlign::Top)
        .set_text_wrap()
}

fn head_format() -> Format {
    bordered()
        .set_bold()
        .set_background_color(colour::HEAD)
        .set_align(FormatAlign::VerticalCenter)
}

/// Writes the heads of a table into a row, sets widths and freezes what is above the data.
fn write_heads(sheet: &mut Worksheet, row: u32, heads: &[String], widths: &[f64]) -> Result<(), WriteError> {
    let format = head_format();
    for (col, head) in heads.iter().enumerate() {
        sheet.write_string_with_format(row, column(col), clipped(head), &format)?;
        let width = widths.get(col).copied().unwrap_or(WIDTH_MIN);
        sheet.set_column_width(column(col), width)?;
    }
    sheet.set_freeze_panes(row + 1, 0)?;
    Ok(())
}

/// Bounds of a column's width, in characters of Latin digits: wide enough to read, narrow enough to see the next.
const WIDTH_MIN: f64 = 8.0;
const WIDTH_MAX: f64 = 48.0;
/// Rows looked at to find how wide a column should be.
const WIDTH_SAMPLE_ROWS: usize = 200;

/// Widths that fit the heads and the first rows.
fn fitting_widths<'r>(heads: &[String], rows: impl Iterator<Item = &'r Vec<String>>) -> Vec<f64> {
    let mut widths: Vec<f64> = heads.iter().map(|head| shown_width(head)).collect();
    for row in rows.take(WIDTH_SAMPLE_ROWS) {
        for (width, text) in widths.iter_mut().zip(row) {
            *width = width.max(shown_width(text));
        }
    }
    widths
        .into_iter()
        .map(|width| (width + 2.0).clamp(WIDTH_MIN, WIDTH_MAX))
        .collect()
}

/// The width of a text's widest line: a Chinese character is as wide as two digits.
fn shown_width(text: &str) -> f64 {
    let width = |line: &str| {
        line.chars()
            .take(100)
            .map(|c| if c.is_ascii() { 1.0 } else { 2.0 })
            .sum::<f64>()
    };
    text.lines().map(width).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::{CELL_CHARS_MAX, Names, clipped, is_neutralised, neutralised, sheet_name, unneutralised};

    #[test]
    fn formulas_are_neutralised_and_numbers_are_not() {
        for risky in [
            "=1+1",
            "+86 138",
            "-",
            "-a",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "\nx",
            "=",
            "-1-2",
            "+1e5",
            "-.",
            "-1.2.3",
            "＝1",
            "－5",
            " =1",
            "\u{feff}=1",
            "'=1",
            "''@x",
        ] {
            assert_eq!(neutralised(risky), format!("'{risky}"));
            assert!(is_neutralised(&neutralised(risky)), "{risky}");
            assert_eq!(unneutralised(neutralised(risky)), risky);
        }
        for plain in [
            "-5",
            "+5",
            "-1,234.50",
            "-12%",
            "5",
            "a=b",
            "",
            "'x",
            "2023-06-14",
            "-.5",
            "—",
        ] {
            assert_eq!(neutralised(plain), plain);
        }
        assert!(!is_neutralised("'-5"));
        assert!(!is_neutralised("'quoted'"));
    }

    #[test]
    fn sheet_names_are_what_programs_take() {
        assert_eq!(sheet_name("专利/成果[2023]:*?"), "专利成果2023");
        assert_eq!(sheet_name("''"), "Sheet1");
        assert_eq!(sheet_name("History"), "Sheet1");
        assert_eq!(sheet_name(&"长".repeat(40)).chars().count(), 31);
        assert_eq!(sheet_name(&format!("{}'x", "a".repeat(30))), "a".repeat(30));
        assert_eq!(sheet_name(&"𠮷".repeat(20)).chars().count(), 15);
    }

    #[test]
    fn sheets_never_share_a_name() {
        let mut names = Names::default();
        assert_eq!(names.take("Help"), "Help");
        assert_eq!(names.take("help"), "help 2");
        assert_eq!(names.take(&"长".repeat(31)), "长".repeat(31));
        assert_eq!(names.take(&"长".repeat(31)), format!("{} 2", "长".repeat(28)));
    }

    #[test]
    fn long_texts_are_cut_with_a_mark() {
        let long = "长".repeat(CELL_CHARS_MAX + 1);
        let cut = clipped(&long);
        assert_eq!(cut.encode_utf16().count(), CELL_CHARS_MAX);
        assert!(cut.ends_with('…'));
        let fits = "长".repeat(CELL_CHARS_MAX);
        assert_eq!(clipped(&fits), fits);
    }
}
