//! What becomes of whole files, and of any bytes at all.

use proptest::prelude::*;

use super::found::Found;
use super::*;
use crate::files::image::testing::{jpeg_with_camera, png_with_text, webp_with_text};
use crate::files::office::testing::{docx, pptx, xlsx};

const AUTHOR: &str = "Canary Zhang San";

/// One file of every type, with its author in it wherever that type has room.
fn samples(author: &str) -> Vec<(&'static str, FileType, Vec<u8>)> {
    vec![
        ("a.pdf", FileType::Pdf, pdf::testing::by(author, "Gear", false)),
        ("b.pdf", FileType::Pdf, pdf::testing::by(author, "Gear", true)),
        ("a.docx", FileType::Docx, docx("齿轮", author, &[])),
        ("a.xlsx", FileType::Xlsx, xlsx("齿轮", author, &[])),
        ("a.pptx", FileType::Pptx, pptx("齿轮", author, &[])),
        ("a.jpg", FileType::Jpeg, jpeg_with_camera(author)),
        ("a.png", FileType::Png, png_with_text(author)),
        ("a.webp", FileType::Webp, webp_with_text(author)),
        ("a.txt", FileType::Text, "齿轮".into()),
        ("a.csv", FileType::Csv, "名称,数量\n齿轮,3\n".into()),
    ]
}

/// Whether bytes hold a text, unpacked where they are packed.
fn holds(kind: FileType, bytes: &[u8], what: &str) -> bool {
    let has = |bytes: &[u8]| bytes.windows(what.len()).any(|window| window == what.as_bytes());
    let unpacked = match kind {
        FileType::Pdf => lopdf::Document::load_mem(bytes)
            .unwrap()
            .objects
            .values()
            .any(|object| has(format!("{object:?}").as_bytes())),
        FileType::Docx | FileType::Xlsx | FileType::Pptx => {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            (0..archive.len()).any(|n| {
                let mut content = Vec::new();
                std::io::Read::read_to_end(&mut archive.by_index(n).unwrap(), &mut content).unwrap();
                has(&content)
            })
        }
        _ => false,
    };
    unpacked || has(bytes)
}

#[test]
fn every_type_is_known_by_its_content_and_cleaned() {
    for (name, kind, bytes) in samples(AUTHOR) {
        let cleaned = clean(name, &bytes, &Allowed::ALL).unwrap();
        assert_eq!(
            (cleaned.kind, cleaned.stem.len(), cleaned.extension),
            (kind, 1, kind.extension()),
            "{name}"
        );
        assert!(!holds(kind, &cleaned.content, AUTHOR), "{name}");
        if !matches!(kind, FileType::Text | FileType::Csv) {
            assert!(holds(kind, &bytes, AUTHOR) && !cleaned.stripped.is_empty(), "{name}");
        }
        // Without a name, and a second time.
        let again = clean("", &cleaned.content, &Allowed::ALL).unwrap();
        assert!(again.stripped.is_empty(), "{name} {:?}", again.stripped);
        let said = text(kind, &again.content, 1000);
        assert_eq!(
            said.contains("Gear") || said.contains("齿轮"),
            !kind.is_image(),
            "{name}: {said}"
        );
    }
}

#[test]
fn a_name_that_says_another_type_is_refused() {
    for (name, kind, bytes) in samples(AUTHOR) {
        for other in FileType::ALL.into_iter().filter(|other| *other != kind) {
            let answer = clean(&format!("x.{}", other.extension()), &bytes, &Allowed::ALL);
            let is_text = |t: FileType| matches!(t, FileType::Text | FileType::Csv);
            if is_text(kind) && is_text(other) {
                assert!(answer.is_ok());
            } else {
                assert!(
                    matches!(answer.err(), Some(Refusal::Mismatch { .. })),
                    "{name} as {other:?}"
                );
            }
        }
        assert!(clean("x.exe", &bytes, &Allowed::ALL).is_err());
        assert!(clean("X.JPEG.exe", &bytes, &Allowed::ALL).is_err());
    }
    let photo = jpeg_with_camera(AUTHOR);
    assert!(clean("IMG_1.JPEG", &photo, &Allowed::IMAGES).is_ok());
    let refused = clean("a.txt", b"text", &Allowed::IMAGES).err();
    assert_eq!(
        refused,
        Some(Refusal::Type {
            found: Found::Text,
            expected: ".jpg .jpeg .png .webp".into()
        })
    );
}

#[test]
fn dangerous_and_foreign_files_are_refused_by_name() {
    let mut locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    assert!(matches!(
        clean("a.doc", &locked, &Allowed::ALL).err(),
        Some(Refusal::Type {
            found: Found::OldOffice,
            ..
        })
    ));
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(clean("a.docx", &locked, &Allowed::ALL).err(), Some(Refusal::Encrypted));
    for (bytes, found) in [
        (&b"MZ\x90\0\x03\0\0\0"[..], Found::Program),
        (b"\x7fELF\x02\x01\x01\0", Found::Program),
        (b"#!/bin/sh\n", Found::Script),
        (b"<!doctype html><p>x", Found::Html),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Found::Svg),
    ] {
        for name in ["a.txt", "a.pdf", "a"] {
            assert_eq!(
                clean(name, bytes, &Allowed::ALL).err(),
                Some(Refusal::Dangerous { found }),
                "{name}"
            );
        }
    }
    for (bytes, found) in [
        (&b""[..], Found::Empty),
        (b"GIF89a\0\0", Found::Gif),
        (b"{\\rtf1 x}", Found::Rtf),
        (b"Rar!\x1a\x07\0", Found::Archive),
        (b"\0\x01\x02\x03", Found::Unknown),
    ] {
        assert!(
            matches!(clean("a.pdf", bytes, &Allowed::ALL).err(), Some(Refusal::Type { found: f, .. }) if f == found),
            "{found:?}"
        );
    }
    // Letters that begin a program begin many a text.
    assert!(clean("a.txt", "MZ 系列齿轮".as_bytes(), &Allowed::ALL).is_ok());
}

#[test]
fn each_type_has_its_size() {
    let large = vec![b'a'; FileType::Text.bytes_max() + 1];
    assert!(
        matches!(clean("a.txt", &large, &Allowed::ALL).err(), Some(Refusal::TooLarge { limit, .. }) if limit == FileType::Text.bytes_max())
    );
    assert!(clean("a.csv", &large, &Allowed::ALL).is_ok());
    let huge = vec![b'a'; MAX_FILE_BYTES + 1];
    assert!(matches!(
        clean("a.csv", &huge, &Allowed::ALL).err(),
        Some(Refusal::TooLarge {
            limit: MAX_FILE_BYTES,
            ..
        })
    ));
}

#[test]
fn texts_say_their_encoding() {
    let (gb, _, _) = encoding_rs::GB18030.encode("齿轮");
    let cleaned = clean("需求.csv", &gb, &Allowed::ALL).unwrap();
    assert_eq!(cleaned.media, "text/csv; charset=gb18030");
    assert_eq!(text(FileType::Csv, &cleaned.content, 9), "齿轮");
    assert_eq!(cleaned.stem, "需求");
}

#[test]
fn endings_lead_back() {
    for kind in FileType::ALL {
        for extension in kind.extensions() {
            assert_eq!(FileType::from_extension(extension), Some(kind));
        }
        assert!(kind.bytes_max() <= MAX_FILE_BYTES);
    }
    for what in What::ALL {
        assert_eq!(What::from_code(what.code()), Some(what));
    }
}

/// A file that was good, with some bytes changed, cut off or put in.
fn mutated() -> impl Strategy<Value = (usize, Vec<u8>)> {
    let count = samples("x").len();
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4u8), 1..12);
    (0..count, changes).prop_map(|(which, changes)| {
        let mut bytes = samples("x").swap_remove(which).2;
        for (at, byte, how) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.truncate(at),
                2 => bytes.insert(at, byte),
                _ => {
                    let piece = bytes[at..(at + 40).min(bytes.len())].to_vec();
                    bytes.splice(at..at, piece);
                }
            }
        }
        (which, bytes)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000), start in 0..8usize) {
        let starts: [&[u8]; 8] = [b"", b"%PDF-1.7\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBP", b"PK\x03\x04", b"%PDF-1.4\n1 0 obj<</Type/ObjStm/N 1/First 0>>stream\n", b"\xff\xd8\xff\xc0\0\x0b"];
        let bytes = [starts[start], &bytes].concat();
        if let Ok(cleaned) = clean("", &bytes, &Allowed::ALL.with_signed(true)) {
            let _ = text(cleaned.kind, &cleaned.content, 100);
        }
    }

    #[test]
    fn no_changed_file_panics_and_what_passes_is_clean((which, bytes) in mutated()) {
        let name = samples("x").swap_remove(which).0;
        if let Ok(cleaned) = clean(name, &bytes, &Allowed::ALL) {
            let _ = text(cleaned.kind, &cleaned.content, 100);
            let again = clean(name, &cleaned.content, &Allowed::ALL);
            prop_assert!(again.is_ok(), "what was cleaned is refused: {:?}", again.err());
        }
    }

    #[test]
    fn names_never_mislead(name in "\\PC{0,200}") {
        let whole = clean_name(&name, "pdf");
        prop_assert!(whole.ends_with(".pdf") && whole.chars().count() <= NAME_CHARS_MAX);
        let misleads = |c: char| "/\\\"\n\u{202e}".contains(c);
        prop_assert!(!whole.chars().any(misleads));
        prop_assert_eq!(clean_name(whole.strip_suffix(".pdf").unwrap(), "pdf"), whole);
    }
}

proptest! {
    // Each case makes, cleans and unpacks ten files.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_author_survives(author in "[A-Z][a-z]{5,9} [A-Z][a-z]{5,9}") {
        for (name, kind, bytes) in samples(&author) {
            let cleaned = clean(name, &bytes, &Allowed::ALL).unwrap();
            prop_assert!(!holds(kind, &cleaned.content, &author), "{name}");
        }
    }
}
