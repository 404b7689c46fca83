//! How much of a file is taken in. A limit on everything, since an upload is a stranger's bytes and the server is one
//! process: the first four are the caller's to set, the rest guard memory whatever the caller set.

use crate::refusal::Refusal;

/// The most that one uploaded file may be; the defaults suit one organisation's yearly list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Bytes of the file as sent.
    pub bytes: usize,
    /// Rows of a sheet, counted to the last row that holds something.
    pub rows: usize,
    /// Columns of a sheet, counted to the last column that holds something.
    pub cols: usize,
    /// Bytes (UTF-8) of one cell's text.
    pub cell_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            // A list with certificates pasted in as pictures reaches 10 MB; beyond 20 MB it is no list any more.
            bytes: 20 * 1024 * 1024,
            // A province's list of a year has 50,000 rows, which take 120 MB to read; titles and notes come on top.
            rows: 60_000,
            // The widest official form has about 60 columns.
            cols: 200,
            // Excel's own bound on a cell is 32,767 characters, at most three bytes each for Chinese.
            cell_bytes: 3 * 32_767,
        }
    }
}

/// Bytes that a zipped workbook may unpack to, all parts together. 50,000 rows of 20 columns unpack to about 60 MB,
/// of 60 columns to about 170 MB; a zip bomb to gigabytes.
pub const UNPACKED_BYTES_MAX: u64 = 192 * 1024 * 1024;
/// Sheets in one file: one a department is common, fifty of them are not.
pub const SHEETS_MAX: usize = 50;
/// Cells held for one file, blanks between filled cells included: a cell costs 32 bytes, so this is 96 MB,
/// 50,000 rows of 60 columns.
pub const CELLS_MAX: usize = 3_000_000;
/// Bytes of text held for one file. One long text that a million cells share is small in the file and huge here;
/// 50,000 rows with 600 Chinese characters each are 90 MB.
pub const TEXT_BYTES_MAX: usize = 96 * 1024 * 1024;

/// What is left of the limits while one file is read.
pub(crate) struct Budget<'a> {
    /// The caller's limits.
    pub(crate) limits: &'a Limits,
    cells_left: usize,
    text_left: usize,
}

impl<'a> Budget<'a> {
    /// A full budget for a new file.
    pub(crate) fn new(limits: &'a Limits) -> Self {
        Budget {
            limits,
            cells_left: CELLS_MAX,
            text_left: TEXT_BYTES_MAX,
        }
    }

    /// Takes `count` cells from what is left.
    pub(crate) fn cells(&mut self, count: usize) -> Result<(), Refusal> {
        let left = self
            .cells_left
            .checked_sub(count)
            .ok_or(Refusal::TooManyCells { limit: CELLS_MAX })?;
        self.cells_left = left;
        Ok(())
    }

    /// Takes `bytes` of text from what is left.
    pub(crate) fn text(&mut self, bytes: usize) -> Result<(), Refusal> {
        let taken = (TEXT_BYTES_MAX - self.text_left).saturating_add(bytes);
        let refusal = Refusal::UnpacksTooLarge {
            bytes: taken as u64,
            limit: TEXT_BYTES_MAX as u64,
        };
        self.text_left = self.text_left.checked_sub(bytes).ok_or(refusal)?;
        Ok(())
    }
}
