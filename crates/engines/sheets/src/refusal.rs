//! Why a file is not taken: each reason has a stable code, and words (`refusal-{code}`) that say what was found, what
//! was expected and how to mend it.

/// Every code that [`Refusal::code`] can answer, for the test that each has words in both languages.
pub const REFUSALS: &[&str] = &[
    "too-large",
    "unpacks-too-large",
    "too-many-sheets",
    "too-many-rows",
    "too-many-columns",
    "too-many-cells",
    "cell-too-long",
    "encrypted",
    "broken",
    "unknown-format",
    "et-format",
    "empty",
];

/// What a file that is no table turned out to be; the words choose by [`Found::code`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    /// A PDF document.
    Pdf,
    /// A picture.
    Image,
    /// A packed archive (zip, rar, 7z, gz) that is no workbook.
    Archive,
    /// A Word document, old or new.
    Word,
    /// A presentation, old or new.
    Slides,
    /// An OpenDocument spreadsheet.
    Ods,
    /// An Excel binary workbook (.xlsb).
    Xlsb,
    /// A web page, often one that was named `.xls` by the system that wrote it.
    Html,
    /// An XML text, e.g. an Excel 2003 XML spreadsheet.
    Xml,
    /// A rich text document.
    Rtf,
    /// A text whose encoding is neither UTF-8, UTF-16 nor GB18030.
    Encoding,
    /// An OLE2 container without a workbook in it.
    Ole,
    /// Bytes that say nothing about themselves.
    Binary,
}

impl Found {
    /// The stable word for it, an argument of `refusal-unknown-format`.
    pub fn code(self) -> &'static str {
        match self {
            Found::Pdf => "pdf",
            Found::Image => "image",
            Found::Archive => "archive",
            Found::Word => "word",
            Found::Slides => "slides",
            Found::Ods => "ods",
            Found::Xlsb => "xlsb",
            Found::Html => "html",
            Found::Xml => "xml",
            Found::Rtf => "rtf",
            Found::Encoding => "encoding",
            Found::Ole => "ole",
            Found::Binary => "binary",
        }
    }
}

/// Why a whole file is refused. `Display` is for the log; people read `refusal-{code}` with [`Refusal::args`].
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// The file has more bytes than allowed.
    #[error("the file has {bytes} bytes, {limit} are allowed")]
    TooLarge {
        /// Bytes of the file.
        bytes: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// The file unpacks to more bytes than allowed.
    #[error("the file unpacks to at least {bytes} bytes, {limit} are allowed")]
    UnpacksTooLarge {
        /// Bytes that it has at least.
        bytes: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// More sheets than allowed.
    #[error("the file has {sheets} sheets, {limit} are allowed")]
    TooManySheets {
        /// Sheets found.
        sheets: usize,
        /// Sheets allowed.
        limit: usize,
    },
    /// A sheet has something below the last row allowed.
    #[error("sheet {sheet:?} has something in row {row}, {limit} rows are allowed")]
    TooManyRows {
        /// The sheet's name.
        sheet: String,
        /// The row in which something was found, counted from 1.
        row: usize,
        /// Rows allowed.
        limit: usize,
    },
    /// A sheet has something beyond the last column allowed.
    #[error("sheet {sheet:?} has something in column {col}, {limit} columns are allowed")]
    TooManyColumns {
        /// The sheet's name.
        sheet: String,
        /// The column in which something was found, counted from 1.
        col: usize,
        /// Columns allowed.
        limit: usize,
    },
    /// All sheets together have more cells than allowed.
    #[error("the file has more than {limit} cells")]
    TooManyCells {
        /// Cells allowed.
        limit: usize,
    },
    /// One cell's text is longer than allowed.
    #[error("cell {cell} of sheet {sheet:?} has {bytes} bytes, {limit} are allowed")]
    CellTooLong {
        /// The sheet's name.
        sheet: String,
        /// The cell as a person names it: `B7`.
        cell: String,
        /// Bytes of its text.
        bytes: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// The file is under a password.
    #[error("the file is under a password")]
    Encrypted,
    /// The file says that it is a table but cannot be read as one.
    #[error("the file is broken: {detail}")]
    Broken {
        /// What went wrong, in technical English.
        detail: String,
    },
    /// The file is something else than a table.
    #[error("not a table but: {}", found.code())]
    UnknownFormat {
        /// What it turned out to be.
        found: Found,
    },
    /// A file of WPS's own format (.et) that is not the `.xls` kind inside.
    #[error("a WPS .et file of an unknown kind")]
    EtFormat,
    /// No sheet of the file holds anything.
    #[error("the file holds no data")]
    Empty,
}

impl Refusal {
    /// A [`Refusal::Broken`] with its technical reason.
    pub(crate) fn broken(detail: impl Into<String>) -> Self {
        Refusal::Broken { detail: detail.into() }
    }

    /// The stable code, one of [`REFUSALS`].
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::TooLarge { .. } => "too-large",
            Refusal::UnpacksTooLarge { .. } => "unpacks-too-large",
            Refusal::TooManySheets { .. } => "too-many-sheets",
            Refusal::TooManyRows { .. } => "too-many-rows",
            Refusal::TooManyColumns { .. } => "too-many-columns",
            Refusal::TooManyCells { .. } => "too-many-cells",
            Refusal::CellTooLong { .. } => "cell-too-long",
            Refusal::Encrypted => "encrypted",
            Refusal::Broken { .. } => "broken",
            Refusal::UnknownFormat { .. } => "unknown-format",
            Refusal::EtFormat => "et-format",
            Refusal::Empty => "empty",
        }
    }

    /// The arguments of its words, by name. Sizes are in MB with one digit after the point.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Refusal::TooLarge { bytes, limit } => vec![("size", mb(*bytes as u64)), ("limit", mb(*limit as u64))],
            Refusal::UnpacksTooLarge { bytes, limit } => vec![("size", mb(*bytes)), ("limit", mb(*limit))],
            Refusal::TooManySheets { sheets, limit } => {
                vec![("sheets", sheets.to_string()), ("limit", limit.to_string())]
            }
            Refusal::TooManyRows {
                sheet,
                row: found,
                limit,
            }
            | Refusal::TooManyColumns {
                sheet,
                col: found,
                limit,
            } => vec![
                ("sheet", sheet.clone()),
                ("found", found.to_string()),
                ("limit", limit.to_string()),
            ],
            Refusal::TooManyCells { limit } => vec![("limit", limit.to_string())],
            Refusal::CellTooLong {
                sheet,
                cell,
                bytes,
                limit,
            } => vec![
                ("sheet", sheet.clone()),
                ("cell", cell.clone()),
                ("size", bytes.to_string()),
                ("limit", limit.to_string()),
            ],
            Refusal::Broken { detail } => vec![("detail", detail.clone())],
            Refusal::UnknownFormat { found } => vec![("found", found.code().to_owned())],
            Refusal::Encrypted | Refusal::EtFormat | Refusal::Empty => Vec::new(),
        }
    }
}

/// Bytes as megabytes with one digit, rounded up so that a file just over a limit does not read as equal to it.
fn mb(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1024 * 1024);
    if tenths.is_multiple_of(10) {
        format!("{}", tenths / 10)
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::mb;

    #[test]
    fn sizes_round_up() {
        assert_eq!(mb(20 * 1024 * 1024), "20");
        assert_eq!(mb(20 * 1024 * 1024 + 1), "20.1");
        assert_eq!(mb(1), "0.1");
        assert_eq!(mb(u64::MAX), "1759218604441.6");
    }
}
