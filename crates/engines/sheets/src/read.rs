//! Bytes → sheets. What a file is, its first bytes decide, never its name: systems here write web pages named `.xls`,
//! and `.csv` that Excel saved as tabs. The name only names the sheet and tells a WPS file from a broken one.

mod archive;
mod delimited;
mod layout;
mod ole;
mod sheet;
mod watch;
mod xls;
mod xlsx;

use crate::cell::Grid;
use crate::limits::{Budget, Limits};
use crate::refusal::{Found, Refusal};
use ole::Ole;

/// Reads a workbook (`.xlsx`, `.xlsm`, `.xls`, the `.xls` kind of `.et`) or a text table (comma, tab or semicolon;
/// UTF-8 with or without mark, UTF-16 with mark, GB18030). Merged cells are filled down. Hidden sheets and empty
/// sheets come too, in the file's order. `name` is the file's name as sent. (R115, R139.)
///
/// # Errors
/// A [`Refusal`] when the file is too large in any respect, under a password, broken, empty or no table.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<Grid>, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(Refusal::TooLarge {
            bytes: bytes.len(),
            limit: limits.bytes,
        });
    }
    let mut budget = Budget::new(limits);
    let grids = match Kind::of(bytes) {
        Kind::Zip => xlsx::read(bytes, &mut budget)?,
        Kind::Ole => from_ole(name, bytes, &mut budget)?,
        Kind::Text => vec![delimited::read(name, bytes, &mut budget)?],
        Kind::Other(found) => return Err(Refusal::UnknownFormat { found }),
    };
    if grids.iter().all(|grid| grid.rows.is_empty()) {
        Err(Refusal::Empty)
    } else {
        Ok(grids)
    }
}

/// An OLE2 container: an old workbook, a new one under a password, a WPS file, or another office document.
fn from_ole(name: &str, bytes: &[u8], budget: &mut Budget<'_>) -> Result<Vec<Grid>, Refusal> {
    let is_et = is_et_name(name);
    let unreadable = |refusal: Refusal| match refusal {
        Refusal::Broken { .. } | Refusal::UnknownFormat { .. } if is_et => Refusal::EtFormat,
        other => other,
    };
    let file = Ole::open(bytes).ok_or_else(|| unreadable(Refusal::broken("not a sound OLE2 container")))?;
    if file.has("EncryptedPackage") {
        return Err(Refusal::Encrypted);
    }
    // WPS's own .et of most years is the .xls kind inside, so its content is tried before its name counts.
    if let Some(stream) = file.stream("Workbook").or_else(|| file.stream("Book")) {
        return xls::read(&stream, budget).map_err(unreadable);
    }
    let found = if file.has("WordDocument") {
        Found::Word
    } else if file.has("PowerPoint Document") {
        Found::Slides
    } else {
        Found::Ole
    };
    Err(unreadable(Refusal::UnknownFormat { found }))
}

/// Whether a file is named as a WPS table (`.et`) or its template (`.ett`).
fn is_et_name(name: &str) -> bool {
    let lower = name.trim().to_ascii_lowercase();
    lower.ends_with(".et") || lower.ends_with(".ett")
}

/// What the bytes are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Zip,
    Ole,
    Text,
    Other(Found),
}

/// First bytes by which a file is known.
const MAGICS: &[(&[u8], Kind)] = &[
    (b"PK\x03\x04", Kind::Zip),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Kind::Ole),
    (b"%PDF", Kind::Other(Found::Pdf)),
    (b"\x89PNG", Kind::Other(Found::Image)),
    (b"\xFF\xD8\xFF", Kind::Other(Found::Image)),
    (b"GIF8", Kind::Other(Found::Image)),
    (b"Rar!", Kind::Other(Found::Archive)),
    (b"7z\xBC\xAF\x27\x1C", Kind::Other(Found::Archive)),
    (b"\x1F\x8B", Kind::Other(Found::Archive)),
    (b"PK\x05\x06", Kind::Other(Found::Archive)),
    (b"{\\rtf", Kind::Other(Found::Rtf)),
];

/// How a text begins that is a page or a document and no table.
const MARKUPS: &[(&str, Found)] = &[
    ("<!doctype html", Found::Html),
    ("<html", Found::Html),
    ("<head", Found::Html),
    ("<meta", Found::Html),
    ("<style", Found::Html),
    ("<table", Found::Html),
    ("<?xml", Found::Xml),
    ("<workbook", Found::Xml),
];

/// Text has tabs, line breaks and the odd stray control character; one in this many bytes and more is no text.
const CONTROL_SHARE: usize = 50;

impl Kind {
    fn of(bytes: &[u8]) -> Kind {
        if let Some((_, kind)) = MAGICS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
            return *kind;
        }
        if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
            return Kind::Text;
        }
        let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        let head = String::from_utf8_lossy(body.get(..32).unwrap_or(body)).to_ascii_lowercase();
        if let Some((_, found)) = MARKUPS.iter().find(|(start, _)| head.starts_with(start)) {
            return Kind::Other(*found);
        }
        let controls = bytes.iter().filter(|b| **b < 0x20 && !b.is_ascii_whitespace()).count();
        if bytes.contains(&0) || controls * CONTROL_SHARE > bytes.len() {
            return Kind::Other(Found::Binary);
        }
        Kind::Text
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, Kind, is_et_name};

    #[test]
    fn first_bytes_decide() {
        let cases: &[(&[u8], Kind)] = &[
            (b"PK\x03\x04...", Kind::Zip),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Kind::Ole),
            (b"%PDF-1.7", Kind::Other(Found::Pdf)),
            (b"\xEF\xBB\xBF  <HTML><body>", Kind::Other(Found::Html)),
            (b"\n<table border=1>", Kind::Other(Found::Html)),
            (
                b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>",
                Kind::Other(Found::Xml),
            ),
            (b"\x09\x08\x10\x00\x00\x06\x05\x00", Kind::Other(Found::Binary)),
            (b"a,b\n1,2\n", Kind::Text),
            (b"<5,b\n", Kind::Text),
            (b"\xFF\xFEa\x00", Kind::Text),
            (b"a\x00b", Kind::Other(Found::Binary)),
        ];
        for (bytes, kind) in cases {
            assert_eq!(Kind::of(bytes), *kind, "{bytes:?}");
        }
    }

    #[test]
    fn wps_names_are_known() {
        assert!(is_et_name("专利征集表.ET"));
        assert!(is_et_name("a.ett"));
        assert!(!is_et_name("market.xls"));
        assert!(!is_et_name("et"));
    }
}
