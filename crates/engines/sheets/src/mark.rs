//! What an annotated workbook is of: a text that its maker put in and that outlives editing and saving.
//!
//! It is kept in two places, since each is lost on some way that a workbook takes. A very hidden sheet survives every
//! save by Excel, WPS and LibreOffice, as `.xlsx`, `.xls` and `.et`. A custom property survives when only the sheet of
//! data is kept in the file. A text file keeps neither; its rows still have their numbers.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::cell::{Cell, Grid};
use crate::heads::{self, ISSUE_HEADS, Own};

/// By what the mark is known: the first cell of its sheet, the name of its property.
pub(crate) const MARK_KEY: &str = "jiebang-batch";
/// Characters of a mark; a custom property has at most 255.
pub(crate) const MARK_CHARS_MAX: usize = 200;
/// Bytes of the part of custom properties that are read; our own is the first of them.
const PROPERTIES_BYTES_MAX: u64 = 256 * 1024;
/// The part of a workbook that holds custom properties.
const PROPERTIES_PART: &str = "docProps/custom.xml";
/// Columns of a list of issues: row, column, level, what was written, what is wrong.
const LIST_COLUMNS: usize = 5;

/// The mark of a file that [`annotated`](crate::annotated) wrote, from what [`read`](crate::read()) made of it and
/// from its bytes; `None` where it has none. Whoever sent the file may have put it there: it is no proof of anything.
pub fn mark(grids: &[Grid], bytes: &[u8]) -> Option<String> {
    let on_sheet = grids
        .iter()
        .find(|grid| is_mark(grid))
        .map(|grid| grid.cell(0, 1).text());
    let found = on_sheet.or_else(|| property(bytes))?;
    let found = found.trim();
    (!found.is_empty() && found.chars().count() <= MARK_CHARS_MAX).then(|| found.to_owned())
}

impl Grid {
    /// Whether the sheet is one that [`annotated`](crate::annotated) added: the mark, or the list of issues. It holds
    /// no rows of the sender's.
    pub fn is_own(&self) -> bool {
        is_mark(self) || is_list(self)
    }
}

fn is_mark(grid: &Grid) -> bool {
    matches!(grid.cell(0, 0), Cell::Text(text) if text == MARK_KEY)
}

/// The list begins with the row numbers, where the sheet of data has them last.
fn is_list(grid: &Grid) -> bool {
    let last = grid.cell(0, LIST_COLUMNS - 1).text();
    heads::own(&grid.cell(0, 0).text()) == Some(Own::Row) && ISSUE_HEADS.contains(&last.as_str())
}

/// The custom property of a zipped workbook.
fn property(bytes: &[u8]) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let part = archive.by_name(PROPERTIES_PART).ok()?;
    let mut reader = Reader::from_reader(BufReader::new(part.take(PROPERTIES_BYTES_MAX)));
    let mut buffer = Vec::new();
    let mut is_ours = false;
    let mut found = String::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(tag) if tag.local_name().as_ref() == "property" => {
                let name = tag.attributes().flatten().find(|a| a.key.as_ref() == "name");
                is_ours = name.is_some_and(|name| name.value == MARK_KEY);
            }
            Event::Text(text) if is_ours => found.push_str(&text.into_inner()),
            Event::GeneralRef(name) if is_ours => found.push_str(resolve_xml_entity(&name).unwrap_or_default()),
            Event::End(tag) if is_ours && tag.local_name().as_ref() == "property" => return Some(found),
            Event::Eof => return None,
            _ => {}
        }
    }
}
