//! The guard before a zipped workbook is opened: what it is, how much it unpacks to (as declared and in fact), and
//! the two parts by which a small file makes calamine allocate without bound. Shared strings are reserved by a number
//! that the file states, and every cell format gets a copy of its format code, so 60,000 formats of one code of 10 MB
//! are 600 GB. Neither can be caught once it happens, so neither is let through.

use std::io::{BufReader, Cursor, Read, copy, sink};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::limits::UNPACKED_BYTES_MAX;
use crate::refusal::{Found, Refusal};

/// Cell formats × the longest tag among them, in bytes: Excel allows 65,490 formats, whose tags are some 300 bytes.
const STYLES_COST_MAX: usize = 64 * 1024 * 1024;

/// Checks that the bytes are a zipped workbook that is safe to open.
pub(super) fn inspect(bytes: &[u8]) -> Result<(), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(refusal)?;
    if let Some(found) = other_than_workbook(&archive) {
        return Err(Refusal::UnknownFormat { found });
    }
    let mut declared: u64 = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(refusal)?;
        if entry.encrypted() {
            return Err(Refusal::Encrypted);
        }
        declared = declared.saturating_add(entry.size());
    }
    if declared > UNPACKED_BYTES_MAX {
        return Err(too_large());
    }
    // Declared sizes can lie; what follows unpacks every part once, without keeping it.
    let mut left = UNPACKED_BYTES_MAX;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(refusal)?;
        let name = entry.name().map_err(refusal)?.replace('\\', "/").to_ascii_lowercase();
        let size = entry.size();
        left = unpack(&name, size, entry, left)?;
    }
    Ok(())
}

/// Unpacks one part within `left` bytes and answers what is left after it.
fn unpack(name: &str, size: u64, entry: impl Read, left: u64) -> Result<u64, Refusal> {
    // One byte more than allowed tells a part that ends at the limit from one that passes it.
    let mut counted = BufReader::new(entry.take(left + 1));
    if name.ends_with("sharedstrings.xml") {
        check_strings(&mut counted, size)?;
    } else if name.ends_with("styles.xml") {
        check_styles(&mut counted)?;
    }
    copy(&mut counted, &mut sink()).map_err(|error| Refusal::broken(error.to_string()))?;
    let spare = counted.get_ref().limit();
    if spare == 0 { Err(too_large()) } else { Ok(spare - 1) }
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
    each_tag(part, |tag| {
        longest = longest.max(tag.len());
        if tag.local_name().as_ref() == "xf" {
            formats += 1;
        }
        if formats.saturating_mul(longest) > STYLES_COST_MAX {
            return Err(Refusal::broken("cell formats too many or too long"));
        }
        Ok(true)
    })
}

/// Calls `check` for each opening tag until it answers false or the part ends. The reader is set as calamine sets it,
/// so that both see the same tags; where one stops at an error the other does too.
fn each_tag(
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

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name);
    found.map(|attribute| attribute.value.into_owned())
}

fn too_large() -> Refusal {
    Refusal::UnpacksTooLarge {
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
            assert_eq!(inspect(&zipped(&parts)), Err(Refusal::UnknownFormat { found }));
        }
        assert_eq!(inspect(&book("a.xml", b"")), Ok(()));
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
        let refused = Err(Refusal::UnpacksTooLarge {
            limit: UNPACKED_BYTES_MAX,
        });
        assert_eq!(inspect(&bomb), refused);
        // The same with a lie: the central directory says that the last part has ten bytes.
        let entry = bomb.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
        bomb[entry + 24..entry + 28].copy_from_slice(&10u32.to_le_bytes());
        let answer = inspect(&bomb);
        assert!(
            answer == refused || matches!(answer, Err(Refusal::Broken { .. })),
            "{answer:?}"
        );
    }

    #[test]
    fn announced_strings_must_fit_their_part() {
        let honest = br#"<sst count="9" uniqueCount="2"><si><t>a</t></si><si/></sst>"#;
        assert_eq!(inspect(&book("xl/sharedStrings.xml", honest)), Ok(()));
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
        assert_eq!(inspect(&book("xl/styles.xml", &styles(255, 65_490))), Ok(()));
        let answer = inspect(&book("xl/styles.xml", &styles(1_000_000, 1000)));
        assert!(matches!(answer, Err(Refusal::Broken { .. })), "{answer:?}");
    }
}
