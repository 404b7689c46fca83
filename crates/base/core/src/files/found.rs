//! What bytes are, by their beginning: the types that are taken, and those that are refused by name.

/// What bytes from outside turn out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Found {
    /// Nothing at all.
    Empty,
    /// A PDF.
    Pdf,
    /// A PNG picture.
    Png,
    /// A JPEG picture.
    Jpeg,
    /// A WebP picture.
    Webp,
    /// A zip: a Word, Excel or PowerPoint file of today, or any archive.
    Zip,
    /// A Word file of today.
    Docx,
    /// An Excel workbook of today.
    Xlsx,
    /// A PowerPoint file of today.
    Pptx,
    /// Something of the Office family that is no document, workbook or presentation: a template, a drawing.
    OtherOffice,
    /// An OpenDocument file.
    OpenDocument,
    /// An OFD document (GB/T 33190).
    Ofd,
    /// An archive: zip, rar, 7z, gz, xz, bz2, zstd.
    Archive,
    /// A Word, Excel or PowerPoint file as before 2007, or a WPS one.
    OldOffice,
    /// A program for Windows, Linux, macOS or Java.
    Program,
    /// A script.
    Script,
    /// A web page.
    Html,
    /// An SVG drawing: it can carry scripts.
    Svg,
    /// Another XML text.
    Xml,
    /// Rich text.
    Rtf,
    /// A GIF picture.
    Gif,
    /// A BMP picture.
    Bmp,
    /// A TIFF picture.
    Tiff,
    /// A HEIC or AVIF picture.
    Heic,
    /// A drawing of AutoCAD.
    Dwg,
    /// Sound or film.
    Media,
    /// A text.
    Text,
    /// None of these.
    Unknown,
}

impl Found {
    /// All, for the test that each has words.
    pub const ALL: [Self; 28] = [
        Self::Empty,
        Self::Pdf,
        Self::Png,
        Self::Jpeg,
        Self::Webp,
        Self::Zip,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
        Self::OtherOffice,
        Self::OpenDocument,
        Self::Ofd,
        Self::Archive,
        Self::OldOffice,
        Self::Program,
        Self::Script,
        Self::Html,
        Self::Svg,
        Self::Xml,
        Self::Rtf,
        Self::Gif,
        Self::Bmp,
        Self::Tiff,
        Self::Heic,
        Self::Dwg,
        Self::Media,
        Self::Text,
        Self::Unknown,
    ];

    /// For the words: `file-found` chooses by it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::Webp => "webp",
            Self::Zip | Self::Archive => "archive",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pptx => "pptx",
            Self::OtherOffice => "other-office",
            Self::OpenDocument => "open-document",
            Self::Ofd => "ofd",
            Self::OldOffice => "old-office",
            Self::Program => "program",
            Self::Script => "script",
            Self::Html => "html",
            Self::Svg => "svg",
            Self::Xml => "xml",
            Self::Rtf => "rtf",
            Self::Gif => "gif",
            Self::Bmp => "bmp",
            Self::Tiff => "tiff",
            Self::Heic => "heic",
            Self::Dwg => "dwg",
            Self::Media => "media",
            Self::Text => "text",
            Self::Unknown => "unknown",
        }
    }

    /// Whether it could do something on the machine of who opens it: refused in stronger words.
    #[must_use]
    pub fn is_dangerous(self) -> bool {
        matches!(self, Self::Program | Self::Script | Self::Html | Self::Svg)
    }
}

/// Beginnings that tell the type. A longer one stands before one that it begins with.
const BEGINNINGS: &[(&[u8], Found)] = &[
    (b"\x89PNG\r\n\x1a\n", Found::Png),
    (b"\xff\xd8\xff", Found::Jpeg),
    (b"PK\x03\x04", Found::Zip),
    (b"PK\x05\x06", Found::Zip),
    (b"PK\x07\x08", Found::Zip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Found::OldOffice),
    (b"Rar!\x1a\x07", Found::Archive),
    (b"7z\xbc\xaf\x27\x1c", Found::Archive),
    (b"\x1f\x8b", Found::Archive),
    (b"\xfd7zXZ\x00", Found::Archive),
    (b"BZh", Found::Archive),
    (b"\x28\xb5\x2f\xfd", Found::Archive),
    (b"MSCF", Found::Archive),
    (b"MZ", Found::Program),
    (b"\x7fELF", Found::Program),
    (b"\xfe\xed\xfa\xce", Found::Program),
    (b"\xfe\xed\xfa\xcf", Found::Program),
    (b"\xce\xfa\xed\xfe", Found::Program),
    (b"\xcf\xfa\xed\xfe", Found::Program),
    (b"\xca\xfe\xba\xbe", Found::Program),
    (b"dex\n", Found::Program),
    (b"\x00asm", Found::Program),
    (b"L\x00\x00\x00\x01\x14\x02\x00", Found::Program),
    (b"{\\rtf", Found::Rtf),
    (b"GIF8", Found::Gif),
    (b"II*\x00", Found::Tiff),
    (b"MM\x00*", Found::Tiff),
    (b"AC10", Found::Dwg),
    (b"OggS", Found::Media),
    (b"ID3", Found::Media),
    (b"\x1aE\xdf\xa3", Found::Media),
    (b"fLaC", Found::Media),
];

/// How far into a file a PDF may begin: blanks and a byte order mark before it are forgiven, other bytes are not, since
/// a file that is two things at once is read as one by us and as the other by somebody else.
const PDF_START_MAX: usize = 64;

/// Where a PDF begins in the bytes.
#[must_use]
pub(super) fn pdf_start(bytes: &[u8]) -> Option<usize> {
    let after_mark = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let blanks = bytes.get(after_mark..)?.iter().take(PDF_START_MAX);
    let start = after_mark + blanks.take_while(|b| b.is_ascii_whitespace()).count();
    bytes.get(start..)?.starts_with(b"%PDF-").then_some(start)
}

/// What the bytes are, as far as their beginning tells; a zip and a text need a closer look.
#[must_use]
pub(super) fn by_beginning(bytes: &[u8]) -> Found {
    if bytes.is_empty() {
        return Found::Empty;
    }
    if pdf_start(bytes).is_some() {
        return Found::Pdf;
    }
    if let Some((_, found)) = BEGINNINGS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return *found;
    }
    let at = |from: usize, text: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(text));
    match () {
        () if at(0, b"RIFF") && at(8, b"WEBP") => Found::Webp,
        () if at(0, b"RIFF") => Found::Media,
        () if at(4, b"ftyp") => match bytes.get(8..12) {
            Some(b"heic" | b"heix" | b"mif1" | b"msf1" | b"hevc" | b"avif" | b"avis") => Found::Heic,
            _ => Found::Media,
        },
        // `BM` alone begins many a text; a bitmap states its own length next.
        () if at(0, b"BM") && at(6, b"\0\0\0\0") => Found::Bmp,
        () => Found::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_are_known() {
        for (bytes, found) in [
            (&b""[..], Found::Empty),
            (b"%PDF-1.7\n", Found::Pdf),
            (b"\xef\xbb\xbf\r\n%PDF-1.4", Found::Pdf),
            (b"GIF89a", Found::Gif),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Found::Webp),
            (b"RIFF\x10\0\0\0WAVEfmt ", Found::Media),
            (b"\0\0\0\x18ftypheic", Found::Heic),
            (b"\0\0\0\x18ftypisom", Found::Media),
            (b"BM\x10\0\0\0\0\0\0\0", Found::Bmp),
            (b"BMW is a firm", Found::Unknown),
            (b"MZ\x90\0", Found::Program),
            (b"x%PDF-1.7", Found::Unknown),
        ] {
            assert_eq!(by_beginning(bytes), found, "{bytes:?}");
        }
    }

    #[test]
    fn all_are_listed_once() {
        let set: std::collections::HashSet<_> = Found::ALL.into_iter().collect();
        assert_eq!(set.len(), Found::ALL.len());
    }
}
