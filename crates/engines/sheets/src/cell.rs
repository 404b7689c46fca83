//! A cell and a sheet as the file holds them, and the text that a person sees in a cell.

use std::collections::BTreeSet;

use calamine::{ExcelDateTime, ExcelDateTimeType};

/// The serial of 9999-12-31, the last date that Excel knows; above it a number is shown as a number.
const LAST_SERIAL: f64 = 2_958_465.0;

/// One cell as the file holds it. Cells of nothing but spaces are [`Cell::Empty`].
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text, as it stands in the file. Numbers whose format writes a unit behind them (`0.00"万元"`) or zeros
    /// before them (`000000`) come as the text that is seen.
    Text(String),
    /// A number without a format that changes its meaning.
    Number(f64),
    /// A number under a percent format: 0.98 for what is seen as 98%.
    Percent(f64),
    /// TRUE or FALSE.
    Bool(bool),
    /// A date or time, as the serial of the 1900 system (days since 1899-12-30): a 1904 workbook's serials are moved
    /// when it is read, so that a cell can be shown without knowing its book.
    Date(f64),
    /// An error value such as `#N/A`.
    Error(String),
}

impl Cell {
    /// The cell as a person sees it: numbers without exponent and with at most 15 digits, whole numbers without
    /// `.0`; dates as `yyyy-mm-dd`, with ` hh:mm` when there is a time, and bare times as `hh:mm`.
    pub fn text(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Error(text) => text.clone(),
            Cell::Number(value) => plain(*value),
            Cell::Percent(value) => percent(*value),
            Cell::Bool(true) => "TRUE".to_owned(),
            Cell::Bool(false) => "FALSE".to_owned(),
            Cell::Date(serial) => date(*serial),
        }
    }

    /// The same of a cell that is not needed any more.
    pub(crate) fn into_text(self) -> String {
        match self {
            Cell::Text(text) | Cell::Error(text) => text,
            other => other.text(),
        }
    }

    /// Whether nothing is seen in it.
    pub fn is_blank(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// One sheet of a workbook, or the whole of a text file.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Grid {
    /// The sheet's name; of a text file, its name without the ending.
    pub name: String,
    /// Whether the workbook hides it.
    pub hidden: bool,
    /// Whether the workbook counts days from 1904: bare numbers in a date column are then serials of that system.
    /// Cells that the file itself calls dates are already moved (see [`Cell::Date`]).
    pub date1904: bool,
    /// Columns that the workbook hides, counted from zero. They are read like others, but of two columns with one head
    /// the one that is seen counts.
    pub hidden_cols: BTreeSet<usize>,
    /// Its rows from the first of the sheet to the last that holds something. Rows differ in length: each ends with
    /// its last filled cell.
    pub rows: Vec<Vec<Cell>>,
}

impl Grid {
    /// The cell at a row and column counted from zero; [`Cell::Empty`] beyond what is held.
    pub fn cell(&self, row: usize, col: usize) -> &Cell {
        self.rows
            .get(row)
            .and_then(|cells| cells.get(col))
            .unwrap_or(&Cell::Empty)
    }
}

/// A number without exponent, rounded to the 15 digits that Excel itself keeps (so that 0.1 + 0.2 is 0.3).
pub(crate) fn plain(value: f64) -> String {
    let rounded = format!("{value:.14e}").parse().unwrap_or(value);
    let shown = f64::to_string(&rounded);
    if shown == "-0" { "0".to_owned() } else { shown }
}

/// A number as percents. The point is moved in the text, since 0.07 × 100 is not 7 in floating point.
fn percent(value: f64) -> String {
    let shown = plain(value);
    let (sign, digits) = match shown.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", shown.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if !whole.bytes().all(|b| b.is_ascii_digit()) {
        return format!("{shown}%");
    }
    let moved: String = fraction.chars().chain("00".chars()).take(2).collect();
    let whole = format!("{whole}{moved}");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let rest = fraction.get(2..).unwrap_or("");
    if rest.is_empty() {
        format!("{sign}{whole}%")
    } else {
        format!("{sign}{whole}.{rest}%")
    }
}

/// Whether Excel can show a serial as a date.
pub(crate) fn is_date_serial(serial: f64) -> bool {
    (0.0..LAST_SERIAL + 1.0).contains(&serial)
}

fn date(serial: f64) -> String {
    if !is_date_serial(serial) {
        return plain(serial);
    }
    let moment = ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, false);
    let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
    let has_time = hour != 0 || minute != 0;
    if serial < 1.0 {
        format!("{hour:02}:{minute:02}")
    } else if has_time {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}")
    }
}

/// A position as a person names it: `B7` for row 6, column 1 counted from zero.
pub(crate) fn a1(row: usize, col: usize) -> String {
    format!("{}{}", letters(col), row + 1)
}

/// A column as office programs name it: `A` for 0, `AA` for 26.
pub fn letters(col: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = col.saturating_add(1);
    while rest > 0 {
        let letter = ((rest - 1) % 26) as u8;
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::{Cell, a1};

    #[test]
    fn numbers_have_no_exponent_and_no_noise() {
        let cases = [
            (202_010_000_000.0, "202010000000"),
            (2.021e12, "2021000000000"),
            (1e21, "1000000000000000000000"),
            (202_010_123_456.2, "202010123456.2"),
            (0.1 + 0.2, "0.3"),
            (-0.0, "0"),
            (-12.50, "-12.5"),
            (1e-7, "0.0000001"),
            (3.0, "3"),
        ];
        for (value, shown) in cases {
            assert_eq!(Cell::Number(value).text(), shown);
        }
    }

    #[test]
    fn percents_move_the_point_in_the_text() {
        let cases = [
            (0.98, "98%"),
            (0.07, "7%"),
            (0.0, "0%"),
            (1.0, "100%"),
            (0.125, "12.5%"),
            (-0.005, "-0.5%"),
            (12.0, "1200%"),
            (0.9999, "99.99%"),
            (f64::NAN, "NaN%"),
        ];
        for (value, shown) in cases {
            assert_eq!(Cell::Percent(value).text(), shown);
        }
    }

    #[test]
    fn dates_have_a_time_only_when_there_is_one() {
        let cases = [
            (43_831.0, "2020-01-01"),
            (43_831.5, "2020-01-01 12:00"),
            (45_091.587_5, "2023-06-14 14:06"),
            (0.75, "18:00"),
            (60.0, "1900-02-29"),
            (1.0, "1900-01-01"),
            (2_958_465.0, "9999-12-31"),
            (2_958_466.0, "2958466"),
            (-1.0, "-1"),
        ];
        for (serial, shown) in cases {
            assert_eq!(Cell::Date(serial).text(), shown, "{serial}");
        }
    }

    #[test]
    fn a_cell_costs_what_the_limit_on_cells_reckons_with() {
        assert_eq!(size_of::<Cell>(), 32);
    }

    #[test]
    fn blank_is_what_shows_nothing() {
        assert!(Cell::Empty.is_blank());
        assert!(Cell::Text(" \u{a0}\u{3000}\n".to_owned()).is_blank());
        assert!(!Cell::Number(0.0).is_blank());
        assert!(!Cell::Bool(false).is_blank());
    }

    #[test]
    fn positions_have_letters() {
        assert_eq!(a1(6, 1), "B7");
        assert_eq!(a1(0, 25), "Z1");
        assert_eq!(a1(0, 26), "AA1");
        assert_eq!(a1(0, 16_383), "XFD1");
    }
}
