//! The guard before a zipped workbook is opened: what it is, how much it unpacks to (as declared and in fact), and
//! the two parts by which a small file makes calamine allocate without bound. Shared strings are reserved by a number
//! that the file states, and every cell format gets a copy of its format code, so 60,000 formats of one code of 10 MB
//! are 600 GB. Neither can be caught once it happens, so neither is let through.

use std::io::{BufReader, Cursor, Read, copy, sink};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::layout::Layout;
use super::watch::{Counts, Watch};
use crate::limits::UNPACKED_BYTES_MAX;
use crate::refusal::{Found, Refusal};

/// Cell formats × the longest tag among them, in bytes: Excel allows 65,490 formats, whose tags are some 300 bytes.
const STYLES_COST_MAX: usize = 64 * 1024 * 1024;
/// Cell formats, those of named styles included: twice what Excel allows. Each takes some 600 bytes once read.
const FORMATS_MAX: usize = 131_072;
/// Tags in the styles: fonts, borders and the like are kept whole.
const STYLE_TAGS_MAX: usize = 500_000;
/// Parts in the zip: a workbook of fifty sheets with notes and pictures has a few hundred.
const PARTS_MAX: usize = 10_000;
/// Bytes of the workbook's own part: names of its sheets and ranges. Those that were copied from book to book for
/// years reach some 10 MB.
const WORKBOOK_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Bytes of one list of relations.
const RELATIONS_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Checks that the bytes are a zipped workbook that is safe to open, and notes what it says about its sheets.
pub(super) fn inspect(bytes: &[u8]) -> Result<Layout, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(refusal)?;
    if archive.len() > PARTS_MAX {
        let detail = format!("{} parts in the zip, {PARTS_MAX} are allowed", archive.len());
        return Err(Refusal::broken(detail));
    }
    if let Some(found) = other_than_workbook(&archive) {
        return Err(Refusal::UnknownFormat { found });
    }
    check_declared(&mut archive)?;
    // Declared sizes can lie; what follows unpacks every part once, without keeping it.
    let mut guard = Guard {
        left: UNPACKED_BYTES_MAX,
        ..Guard::default()
    };
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(refusal)?;
        let name = entry.name().map_err(refusal)?.replace('\\', "/").to_ascii_lowercase();
        let size = entry.size();
        guard.unpack(&name, size, entry)?;
    }
    guard.finish()
}

/// Refuses what is under a password, and what says itself that it is too large.
fn check_declared(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Refusal> {
    let mut declared: u64 = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(refusal)?;
        if entry.encrypted() {
            return Err(Refusal::Encrypted);
        }
        declared = declared.saturating_add(entry.size());
    }
    if declared > UNPACKED_BYTES_MAX {
        return Err(too_large(declared));
    }
    Ok(())
}

/// What is left of the limits, and what was seen, while the parts are unpacked.
#[derive(Default)]
struct Guard {
    left: u64,
    counts: Counts,
    layout: Layout,
    /// Parts that are too long to be the workbook's own.
    long: Vec<String>,
}

impl Guard {
    /// Unpacks one part.
    fn unpack(&mut self, name: &str, size: u64, entry: impl Read) -> Result<(), Refusal> {
        // One byte more than allowed tells a part that ends at the limit from one that passes it.
        let watch = Watch::new(entry.take(self.left + 1), name, &mut self.counts);
        let mut part = BufReader::new(watch);
        let checked = if name.ends_with("sharedstrings.xml") {
            check_strings(&mut part, size)
        } else if name.ends_with("styles.xml") {
            check_styles(&mut part)
        } else {
            self.layout.note(name, &mut part)
        };
        let drained = checked.map(|()| copy(&mut part, &mut sink()));
        let watch = part.into_inner();
        let bytes = watch.passed();
        let (stopped, entry) = watch.finish();
        let spare = entry.limit();
        if spare == 0 {
            return Err(too_large(UNPACKED_BYTES_MAX + 1));
        }
        if let Some(refusal) = stopped {
            return Err(refusal);
        }
        drained?.map_err(|error| Refusal::broken(error.to_string()))?;
        if name.ends_with(".rels") && bytes > RELATIONS_BYTES_MAX {
            return Err(Refusal::broken(format!(
                "{name} has {bytes} bytes, {RELATIONS_BYTES_MAX} are allowed"
            )));
        }
        if bytes > WORKBOOK_BYTES_MAX {
            self.long.push(name.to_owned());
        }
        self.left = spare - 1;
        Ok(())
    }

    /// Refuses a workbook part that is too long: all its names are kept by the reader. Which part it is, the package
    /// says, perhaps behind it.
    fn finish(mut self) -> Result<Layout, Refusal> {
        let is_root = |part: &&String| self.layout.roots.contains(part) || part.ends_with("workbook.xml");
        if let Some(part) = self.long.iter().find(is_root) {
            return Err(Refusal::broken(format!(
                "{part} has more than {WORKBOOK_BYTES_MAX} bytes"
            )));
        }
        self.layout.has_merged = self.counts.merged > 0;
        Ok(self.layout)
    }
}

/// What a zip is that is no `.xlsx`: by the names of its parts.
fn other_than_workbook(archive: &ZipArchive<Cursor<&[u8]>>) -> Option<Found> {
    let names: Vec<String> = archive
        .file_names()
        .filter_map(|name| name.ok().map(|name| name.replace('\\', "/").to_ascii_lowercase()))
        .collect();
    let has = |name: &str| names.iter().any(|n| n == name);
    let is_package = has("[content_types].xml") || has("_rels/.rels");
    if names.iter().any(|name| name.ends_with("workbook.bin")) && is_package {
        Some(Found::Xlsb)
    } else if has("word/document.xml") {
        Some(Found::Word)
    } else if has("ppt/presentation.xml") {
        Some(Found::Slides)
    } else if has("content.xml") && has("mimetype") {
        Some(Found::Ods)
    } else if is_package
        && names
            .iter()
            .any(|name| name.ends_with(".xml") && name.contains("workbook"))
    {
        None
    } else {
        Some(Found::Archive)
    }
}

/// Refuses shared strings that announce more strings than their part has bytes.
fn check_strings(part: &mut impl std::io::BufRead, size: u64) -> Result<(), Refusal> {
    each_tag(part, |tag| {
        let states_more = |value: &str| {
            value
                .trim_start_matches('+')
                .parse::<u64>()
                .map_or(true, |count| count > size)
        };
        let is_table = tag.local_name().as_ref() == "sst";
        if is_table && attribute(tag, "uniqueCount").is_some_and(|value| states_more(&value)) {
            return Err(Refusal::broken("more shared strings announced than the part can hold"));
        }
        // The announcement stands before the strings; the rest needs no reading here.
        Ok(!is_table)
    })
}

/// Refuses styles whose formats multiply to more than memory should hold.
fn check_styles(part: &mut impl std::io::BufRead) -> Result<(), Refusal> {
    let mut formats: usize = 0;
    let mut longest: usize = 0;
    let mut tags: usize = 0;
    each_tag(part, |tag| {
        tags += 1;
        longest = longest.max(tag.len());
        if tag.local_name().as_ref() == "xf" {
            formats += 1;
        }
        let is_many = formats > FORMATS_MAX || tags > STYLE_TAGS_MAX;
        if is_many || formats.saturating_mul(longest) > STYLES_COST_MAX {
            return Err(Refusal::broken("cell formats too many or too long"));
        }
        Ok(true)
    })
}

/// Calls `check` for each opening tag until it answers false or the part ends. The reader is set as calamine sets it,
/// so that both see the same tags; where one stops at an error the other does too.
pub(super) fn each_tag(
    part: &mut impl std::io::BufRead,
    mut check: impl FnMut(&BytesStart<'_>) -> Result<bool, Refusal>,
) -> Result<(), Refusal> {
    let mut reader = Reader::from_reader(part);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.check_comments = false;
    config.trim_text(false);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                if !check(&tag)? {
                    return Ok(());
                }
            }
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name);
    found.map(|attribute| match unescape(&attribute.value) {
        Ok(value) => value.into_owned(),
        Err(_) => attribute.value.into_owned(),
    })
}

fn too_large(bytes: u64) -> Refusal {
    Refusal::UnpacksTooLarge {
        bytes,
        limit: UNPACKED_BYTES_MAX,
    }
}

fn refusal(error: ZipError) -> Refusal {
    match error {
        ZipError::InvalidPassword => Refusal::Encrypted,
        ZipError::UnsupportedArchive(text) if text == ZipError::PASSWORD_REQUIRED => Refusal::Encrypted,
        other => Refusal::broken(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::{UNPACKED_BYTES_MAX, inspect};
    use crate::refusal::{Found, Refusal};

    fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn book(name: &str, content: &[u8]) -> Vec<u8> {
        zipped(&[
            ("[Content_Types].xml", b"<Types/>"),
            ("xl/workbook.xml", b"<workbook/>"),
            (name, content),
        ])
    }

    #[test]
    fn zips_are_known_by_their_parts() {
        let types: (&str, &[u8]) = ("[Content_Types].xml", b"");
        let cases = [
            (vec![("photo.jpg", &b""[..])], Found::Archive),
            (vec![("专利.xlsx", &b""[..])], Found::Archive),
            (vec![types, ("word/document.xml", b"")], Found::Word),
            (vec![types, ("ppt/presentation.xml", b"")], Found::Slides),
            (vec![types, ("xl/workbook.bin", b"")], Found::Xlsb),
            (vec![("mimetype", b""), ("content.xml", b"")], Found::Ods),
            (vec![types], Found::Archive),
        ];
        for (parts, found) in cases {
            assert_eq!(inspect(&zipped(&parts)).err(), Some(Refusal::UnknownFormat { found }));
        }
        assert_eq!(inspect(&book("a.xml", b"")).err(), None);
    }

    #[test]
    fn a_bomb_is_refused_by_what_it_declares_and_by_what_it_is() {
        let zeros = vec![0u8; 1024 * 1024];
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
            writer
                .start_file(name, SimpleFileOptions::default().compression_level(Some(1)))
                .unwrap();
        }
        for _ in 0..=(UNPACKED_BYTES_MAX / zeros.len() as u64) {
            writer.write_all(&zeros).unwrap();
        }
        let mut bomb = writer.finish().unwrap().into_inner();
        assert!(bomb.len() < 2 * 1024 * 1024);
        let refused = Some("unpacks-too-large");
        assert_eq!(inspect(&bomb).err().map(|refusal| refusal.code()), refused);
        // The same with a lie: the central directory says that the last part has ten bytes.
        let entry = bomb.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
        bomb[entry + 24..entry + 28].copy_from_slice(&10u32.to_le_bytes());
        let answer = inspect(&bomb).err().map(|refusal| refusal.code());
        assert!(answer == refused || answer == Some("broken"), "{answer:?}");
    }

    #[test]
    fn announced_strings_must_fit_their_part() {
        let honest = br#"<sst count="9" uniqueCount="2"><si><t>a</t></si><si/></sst>"#;
        assert_eq!(inspect(&book("xl/sharedStrings.xml", honest)).err(), None);
        for lie in [
            &b"<sst uniqueCount='99999999999'/>"[..],
            b"<x:sst  uniqueCount = \"+9999\" />",
            b"<a/><sst uniqueCount='x'>",
        ] {
            let answer = inspect(&book("xl/SharedStrings.xml", lie));
            assert!(matches!(answer, Err(Refusal::Broken { .. })), "{answer:?}");
        }
    }

    #[test]
    fn formats_must_not_multiply() {
        let styles = |code: usize, formats: usize| {
            let mut text = format!(
                "<styleSheet><numFmts><numFmt formatCode=\"{}\"/></numFmts>",
                "0".repeat(code)
            );
            text.push_str(&"<xf/>".repeat(formats));
            text.into_bytes()
        };
        assert_eq!(inspect(&book("xl/styles.xml", &styles(255, 65_490))).err(), None);
        let answer = inspect(&book("xl/styles.xml", &styles(1_000_000, 1000)));
        assert!(matches!(answer, Err(Refusal::Broken { .. })), "{answer:?}");
    }
}
