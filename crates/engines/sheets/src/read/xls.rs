//! Old workbooks (`.xls`, and WPS's `.et` of that kind): the record stream BIFF8 of Excel 97 to 2003, and BIFF5 of
//! Excel 95. Only what a reader of values needs: sheets, shared strings, number formats, cells, merged regions.
//!
//! Read here and not by calamine, since that allocates by numbers that the file states (a sheet's dimensions, the
//! rectangle between two far cells) and copies every shared string into every cell that shows it.
//! Every access is checked; a record that is too short is [`Refusal::Broken`].

mod records;
mod strings;

use std::collections::BTreeMap;

use encoding_rs::Encoding;

use super::layout::{RANGES_MAX, columns_in};
use super::ole::{u16_at, u32_at};
use super::sheet::{Merged, SheetBuilder};
use crate::cell::{Cell, Grid};
use crate::formats::Look;
use crate::limits::{Budget, SHEETS_MAX};
use crate::refusal::Refusal;
use records::{Record, Records};
use strings::{Text, encoding_of};

/// Numbers of the records that are read.
mod kind {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const END: u16 = 0x000A;
    pub(super) const DATE_MODE: u16 = 0x0022;
    pub(super) const FILE_PASS: u16 = 0x002F;
    pub(super) const CODE_PAGE: u16 = 0x0042;
    pub(super) const SHEET: u16 = 0x0085;
    pub(super) const MUL_RK: u16 = 0x00BD;
    pub(super) const RICH_STRING: u16 = 0x00D6;
    pub(super) const COLUMN_INFO: u16 = 0x007D;
    pub(super) const CELL_FORMAT: u16 = 0x00E0;
    pub(super) const MERGED_CELLS: u16 = 0x00E5;
    pub(super) const SHARED_STRINGS: u16 = 0x00FC;
    pub(super) const SHARED_STRING: u16 = 0x00FD;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOL_OR_ERROR: u16 = 0x0205;
    pub(super) const STRING: u16 = 0x0207;
    pub(super) const RK: u16 = 0x027E;
    pub(super) const FORMAT: u16 = 0x041E;
    pub(super) const BEGIN: u16 = 0x0809;
}

/// Sheets that are noted before they are counted, so that the refusal says how many an honest file has.
const SHEETS_NOTED: usize = 1000;
/// The version number of BIFF8 in a BEGIN record; BIFF5 has 0x0500.
const BIFF8: u16 = 0x0600;
const BIFF5: u16 = 0x0500;
/// Code page of BIFF8, whose strings are UTF-16.
const CODE_PAGE_UTF16: u16 = 1200;

/// Reads the sheets of a `Workbook` (or `Book`) stream.
pub(super) fn read(stream: &[u8], budget: &mut Budget<'_>) -> Result<Vec<Grid>, Refusal> {
    let book = Book::read(stream)?;
    if book.sheets.len() > SHEETS_MAX {
        return Err(Refusal::TooManySheets {
            sheets: book.sheets.len(),
            limit: SHEETS_MAX,
        });
    }
    let cols = budget.limits.cols;
    let mut grids = Vec::with_capacity(book.sheets.len());
    // Sheets of a sound file share no records, so all of them together are no longer than the stream.
    let mut left = stream.len();
    for sheet in &book.sheets {
        let mut reading = SheetReading {
            book: &book,
            left,
            builder: SheetBuilder::new(sheet.name.as_str(), budget),
            regions: Vec::new(),
            hidden: Vec::new(),
            formula_at: None,
        };
        reading.read(stream.get(sheet.start..).unwrap_or_default())?;
        left = reading.left;
        reading.builder.fill_down(&reading.regions)?;
        let mut grid = reading.builder.finish(sheet.is_hidden, book.date1904);
        grid.hidden_cols = columns_in(&reading.hidden, cols);
        grids.push(grid);
    }
    Ok(grids)
}

/// What the first part of the stream says about the whole workbook.
struct Book {
    is_biff8: bool,
    encoding: &'static Encoding,
    date1904: bool,
    strings: Vec<String>,
    /// How each cell format shows numbers.
    looks: Vec<Look>,
    sheets: Vec<SheetEntry>,
}

struct SheetEntry {
    name: String,
    start: usize,
    is_hidden: bool,
}

impl Book {
    fn read(stream: &[u8]) -> Result<Book, Refusal> {
        let mut book = Book {
            is_biff8: true,
            encoding: encoding_of(CODE_PAGE_UTF16),
            date1904: false,
            strings: Vec::new(),
            looks: Vec::new(),
            sheets: Vec::new(),
        };
        let mut records = Records::of(stream);
        let first = records.next().ok_or_else(|| short("the stream"))??;
        book.begin(&first)?;
        let mut codes: BTreeMap<u16, String> = BTreeMap::new();
        let mut formats: Vec<u16> = Vec::new();
        for record in records {
            let record = record?;
            match record.kind {
                kind::END => break,
                kind::FILE_PASS => return Err(Refusal::Encrypted),
                kind::CODE_PAGE => {
                    book.encoding = encoding_of(u16_at(record.data, 0).ok_or_else(|| short("CODEPAGE"))?)
                }
                kind::DATE_MODE => book.date1904 = u16_at(record.data, 0) == Some(1),
                kind::FORMAT => {
                    let (number, code) = book.format(&record).ok_or_else(|| short("FORMAT"))?;
                    codes.insert(number, code);
                }
                // A cell names its format by a number of two bytes; what is beyond is never asked for.
                kind::CELL_FORMAT if formats.len() <= usize::from(u16::MAX) => {
                    formats.push(u16_at(record.data, 2).ok_or_else(|| short("XF"))?);
                }
                kind::SHEET => book.sheet(&record)?,
                kind::SHARED_STRINGS => book.strings = strings::shared(&record).ok_or_else(|| short("SST"))?,
                _ => {}
            }
        }
        // Each code is read once, however many formats name it.
        let looks: BTreeMap<u16, Look> = codes
            .iter()
            .map(|(number, code)| (*number, Look::of_code(code)))
            .collect();
        let look = |number: &u16| looks.get(number).cloned().unwrap_or_else(|| Look::of_builtin(*number));
        book.looks = formats.iter().map(look).collect();
        Ok(book)
    }

    fn begin(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        let version = u16_at(record.data, 0);
        if record.kind != kind::BEGIN || !matches!(version, Some(BIFF8 | BIFF5)) {
            return Err(Refusal::broken("a workbook older than Excel 95"));
        }
        self.is_biff8 = version == Some(BIFF8);
        Ok(())
    }

    fn format(&self, record: &Record<'_>) -> Option<(u16, String)> {
        let number = u16_at(record.data, 0)?;
        let text = Text::after(record, 2);
        let code = if self.is_biff8 {
            text.long()?
        } else {
            text.short_bytes(self.encoding)?
        };
        Some((number, code))
    }

    fn sheet(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        let entry = || {
            let start = u32_at(record.data, 0)? as usize;
            let (state, kind) = (*record.data.get(4)?, *record.data.get(5)?);
            let text = Text::after(record, 6);
            let name = if self.is_biff8 {
                text.short()?
            } else {
                text.short_bytes(self.encoding)?
            };
            Some((
                kind,
                SheetEntry {
                    name,
                    start,
                    is_hidden: state & 3 != 0,
                },
            ))
        };
        let (kind, entry) = entry().ok_or_else(|| short("BOUNDSHEET"))?;
        // 0 is a worksheet; charts, macros and modules have other numbers.
        if kind == 0 {
            self.sheets.push(entry);
        }
        let sheets = self.sheets.len();
        if sheets > SHEETS_NOTED {
            return Err(Refusal::TooManySheets {
                sheets,
                limit: SHEETS_MAX,
            });
        }
        Ok(())
    }
}

/// One sheet while its records are read.
struct SheetReading<'a, 'b, 'l> {
    book: &'a Book,
    /// Bytes of records that the sheets may still have.
    left: usize,
    builder: SheetBuilder<'b, 'l>,
    regions: Vec<Merged>,
    /// Ranges of columns that are hidden.
    hidden: Vec<(usize, usize)>,
    /// Where a formula stands whose text comes in a record of its own.
    formula_at: Option<(usize, usize)>,
}

impl SheetReading<'_, '_, '_> {
    fn read(&mut self, stream: &[u8]) -> Result<(), Refusal> {
        let mut records = Records::of(stream);
        let first = records.next().ok_or_else(|| short("a sheet"))??;
        if first.kind != kind::BEGIN {
            return Err(Refusal::broken("a sheet does not begin where the workbook says"));
        }
        // A chart inside the sheet is a stream of its own, with cells that are none of the sheet's.
        let mut depth = 0usize;
        for record in records {
            let record = record?;
            let left = self.left.checked_sub(record.bytes());
            self.left = left.ok_or_else(|| Refusal::broken("sheets that share their records"))?;
            match record.kind {
                kind::BEGIN => depth += 1,
                kind::END if depth == 0 => break,
                kind::END => depth -= 1,
                _ if depth > 0 => {}
                _ => self.record(&record)?,
            }
        }
        Ok(())
    }

    fn record(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        match record.kind {
            kind::NUMBER => self.number(record),
            kind::RK => self.rk(record),
            kind::MUL_RK => self.mul_rk(record),
            kind::SHARED_STRING => self.shared_string(record),
            kind::LABEL | kind::RICH_STRING => self.label(record),
            kind::BOOL_OR_ERROR => self.bool_or_error(record),
            kind::FORMULA => self.formula(record),
            kind::STRING => self.formula_text(record),
            kind::MERGED_CELLS => self.merged_cells(record),
            kind::COLUMN_INFO => self.columns(record),
            _ => Ok(()),
        }
    }

    fn put_number(&mut self, at: (usize, usize), format: u16, value: f64) -> Result<(), Refusal> {
        let look = self.book.looks.get(usize::from(format)).unwrap_or(&Look::General);
        self.builder.put(at.0, at.1, look.show(value, self.book.date1904))
    }

    fn number(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        let parts = || Some((place(record)?, u16_at(record.data, 4)?, f64_at(record.data, 6)?));
        let (at, format, value) = parts().ok_or_else(|| short("NUMBER"))?;
        self.put_number(at, format, value)
    }

    fn rk(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        let parts = || Some((place(record)?, u16_at(record.data, 4)?, u32_at(record.data, 6)?));
        let (at, format, packed) = parts().ok_or_else(|| short("RK"))?;
        self.put_number(at, format, unpacked(packed))
    }

    fn mul_rk(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        let (row, first) = place(record).ok_or_else(|| short("MULRK"))?;
        // Row and first column stand before the numbers, the last column behind them.
        let numbers = record
            .data
            .get(4..record.data.len().saturating_sub(2))
            .unwrap_or_default();
        for (offset, raw) in numbers.chunks_exact(6).enumerate() {
            if let (Some(format), Some(packed)) = (u16_at(raw, 0), u32_at(raw, 2)) {
                self.put_number((row, first + offset), format, unpacked(packed))?;
            }
        }
        Ok(())
    }

    fn shared_string(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        let parts = || Some((place(record)?, u32_at(record.data, 6)? as usize));
        let ((row, col), index) = parts().ok_or_else(|| short("LABELSST"))?;
        let text = self
            .book
            .strings
            .get(index)
            .ok_or_else(|| Refusal::broken("a shared string that is not there"))?;
        self.builder.put_text(row, col, text)
    }

    fn label(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        let parts = || Some((place(record)?, self.long_text(record, 6)?));
        let ((row, col), text) = parts().ok_or_else(|| short("LABEL"))?;
        self.builder.put_text(row, col, &text)
    }

    fn bool_or_error(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        let parts = || Some((place(record)?, *record.data.get(6)?, *record.data.get(7)?));
        let ((row, col), value, is_error) = parts().ok_or_else(|| short("BOOLERR"))?;
        let cell = if is_error != 0 {
            Cell::Error(error_name(value).to_owned())
        } else {
            Cell::Bool(value != 0)
        };
        self.builder.put(row, col, cell)
    }

    fn formula(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        let parts = || Some((place(record)?, u16_at(record.data, 4)?, record.data.get(6..14)?));
        let (at, format, result) = parts().ok_or_else(|| short("FORMULA"))?;
        self.formula_at = None;
        // A result that is no number has both high bytes set and its kind in the first byte.
        match result {
            [0, _, _, _, _, _, 0xFF, 0xFF] => self.formula_at = Some(at),
            [1, _, value, _, _, _, 0xFF, 0xFF] => self.builder.put(at.0, at.1, Cell::Bool(*value != 0))?,
            [2, _, value, _, _, _, 0xFF, 0xFF] => {
                self.builder
                    .put(at.0, at.1, Cell::Error(error_name(*value).to_owned()))?;
            }
            [_, _, _, _, _, _, 0xFF, 0xFF] => {}
            _ => self.put_number(at, format, f64_at(result, 0).ok_or_else(|| short("FORMULA"))?)?,
        }
        Ok(())
    }

    fn formula_text(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        let Some((row, col)) = self.formula_at.take() else {
            return Ok(());
        };
        let text = self.long_text(record, 0).ok_or_else(|| short("STRING"))?;
        self.builder.put_text(row, col, &text)
    }

    fn columns(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        let state = u16_at(record.data, 8).unwrap_or(0);
        let is_noted = state & 1 == 1 && self.hidden.len() < RANGES_MAX;
        if let (Some(first), Some(last), true) = (u16_at(record.data, 0), u16_at(record.data, 2), is_noted) {
            self.hidden.push((usize::from(first), usize::from(last)));
        }
        Ok(())
    }

    fn merged_cells(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        for raw in record.data.get(2..).unwrap_or_default().chunks_exact(8) {
            if let (Some(top), Some(bottom), Some(left)) = (u16_at(raw, 0), u16_at(raw, 2), u16_at(raw, 4))
                && bottom > top
            {
                let (top, bottom, left) = (usize::from(top), usize::from(bottom), usize::from(left));
                self.regions.push(Merged { top, bottom, left });
            }
        }
        Ok(())
    }

    /// A text with a length of two bytes before it.
    fn long_text(&self, record: &Record<'_>, at: usize) -> Option<String> {
        let text = Text::after(record, at);
        if self.book.is_biff8 {
            text.long()
        } else {
            text.long_bytes(self.book.encoding)
        }
    }
}

/// Row and column, with which every cell record begins.
fn place(record: &Record<'_>) -> Option<(usize, usize)> {
    Some((
        usize::from(u16_at(record.data, 0)?),
        usize::from(u16_at(record.data, 2)?),
    ))
}

fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    let eight = bytes.get(at..at.checked_add(8)?)?;
    Some(f64::from_le_bytes(eight.try_into().ok()?))
}

/// A number packed into four bytes: 30 bits of a whole number or the upper 30 bits of a floating one, and two flags.
fn unpacked(packed: u32) -> f64 {
    let is_hundredfold = packed & 1 != 0;
    let is_whole = packed & 2 != 0;
    let value = if is_whole {
        f64::from((packed as i32) >> 2)
    } else {
        f64::from_bits(u64::from(packed & !3) << 32)
    };
    if is_hundredfold { value / 100.0 } else { value }
}

fn error_name(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

fn short(what: &str) -> Refusal {
    Refusal::broken(format!("{what} ends too early"))
}

#[cfg(test)]
mod tests {
    use super::unpacked;

    #[test]
    fn packed_numbers_unpack() {
        assert_eq!(unpacked((7 << 2) | 2), 7.0);
        assert_eq!(unpacked((12_345 << 2) | 3), 123.45);
        assert_eq!(unpacked(((-7_i32 << 2) | 2) as u32), -7.0);
        assert_eq!(unpacked((1.5_f64.to_bits() >> 32) as u32), 1.5);
        assert_eq!(unpacked(((150.0_f64.to_bits() >> 32) as u32) | 1), 1.5);
    }
}
