//! Whole Office files.

use super::testing::{docx, pptx, xlsx, zipped};
use super::*;
use crate::files::image;

/// All parts unpacked, as one text.
fn unpacked(bytes: &[u8]) -> String {
    let mut archive = Archive::open(bytes).unwrap();
    let parts = archive.parts().to_vec();
    let mut out = String::new();
    for part in parts {
        out.push_str(&part.name);
        out.push('\n');
        let content = archive.read(&part).unwrap();
        if content.starts_with(b"PK") {
            out.push_str(&unpacked(&content));
        }
        out.push_str(&String::from_utf8_lossy(&content));
        out.push('\n');
    }
    out
}

const CANARY: &str = "金丝雀甲";

#[test]
fn the_three_are_known_by_what_they_say_of_themselves() {
    assert_eq!(find(&docx("x", "y", &[])), Ok(Found::Docx));
    assert_eq!(find(&xlsx("x", "y", &[])), Ok(Found::Xlsx));
    assert_eq!(find(&pptx("x", "y", &[])), Ok(Found::Pptx));
    for (parts, found) in [
        (vec![("a.txt", &b"x"[..])], Found::Archive),
        (
            vec![("mimetype", b"application/vnd.oasis"), ("content.xml", b"<x/>")],
            Found::OpenDocument,
        ),
        (vec![("OFD.xml", b"<x/>")], Found::Ofd),
        (vec![("META-INF/MANIFEST.MF", b"x")], Found::Program),
        (vec![("[Content_Types].xml", b"<Types/>")], Found::OtherOffice),
    ] {
        assert_eq!(find(&zipped(&parts)), Ok(found));
    }
    assert_eq!(find(b"PK\x03\x04 and no more"), Ok(Found::Archive));
}

#[test]
fn properties_names_and_pictures_data_go_and_the_text_stays() {
    let camera = image::testing::jpeg_with_camera(CANARY);
    let inner = xlsx("内表", CANARY, &[]);
    let rels = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"http://x/customXml\" Target=\"../customXml/item1.xml\"/>\
         <Relationship Id=\"b\" Type=\"http://x/hyperlink\" Target=\"file:///C:/{CANARY}/a.docx\" TargetMode=\"External\"/></Relationships>"
    );
    let people = format!(
        "<w15:people><w15:person w15:author=\"{CANARY}\"><w15:presenceInfo w15:providerId=\"AD\" w15:userId=\"{CANARY}\"/></w15:person></w15:people>"
    );
    let file = docx(
        "重载齿轮 &lt;6",
        CANARY,
        &[
            ("word/_rels/document.xml.rels", rels.as_bytes()),
            ("word/people.xml", people.as_bytes()),
            ("customXml/item1.xml", CANARY.as_bytes()),
            ("docProps/thumbnail.jpeg", &camera),
            ("word/media/image1.jpeg", &camera),
            ("word/embeddings/Sheet1.xlsx", &inner),
            ("word/embeddings/oleObject1.bin", CANARY.as_bytes()),
        ],
    );
    assert!(unpacked(&file).contains(CANARY));
    let done = clean(&file, false).unwrap();
    let said = unpacked(&done.content);
    assert!(!said.contains(CANARY), "{said}");
    assert!(!String::from_utf8_lossy(&done.content).contains(CANARY));
    assert_eq!(
        done.stripped,
        [
            What::Properties,
            What::Picture,
            What::Authors,
            What::Embedded,
            What::Paths,
            What::Extras
        ]
    );
    assert!(text(&done.content, 1000).starts_with("重载齿轮 <6"));
    assert!(
        !said.contains("core.xml") && !said.contains("customXml"),
        "nothing points to what went: {said}"
    );
    assert!(said.contains("内表"), "a workbook behind a chart stays");
    let again = clean(&done.content, false).unwrap();
    assert!(
        again.stripped.is_empty() && again.content == done.content,
        "what was cleaned is clean"
    );
}

#[test]
fn workbooks_and_presentations_read_in_order() {
    let book = clean(&xlsx("齿轮", CANARY, &[]), false).unwrap();
    assert_eq!(text(&book.content, 100).trim_end(), "齿轮\t42.5");
    let slides = clean(&pptx("第一页", CANARY, &[]), false).unwrap();
    assert_eq!(text(&slides.content, 100), "第一页\nlast\n");
    assert_eq!(text(&slides.content, 2), "第一");
    assert_eq!(text(b"no zip", 100), "");
}

#[test]
fn what_runs_or_is_unknown_is_refused() {
    let refused = |part: &str| clean(&docx("x", "y", &[(part, b"MZ")]), false).err();
    assert_eq!(refused("word/vbaProject.bin"), Some(Refusal::Macros));
    assert_eq!(refused("word/activeX/activeX1.bin"), Some(Refusal::Macros));
    assert_eq!(
        refused("word/media/film.mp4"),
        Some(Refusal::Part {
            part: "word/media/film.mp4".into()
        })
    );
    let macros = b"<Types><Override ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/></Types>";
    assert_eq!(find(&zipped(&[("[Content_Types].xml", macros)])), Err(Refusal::Macros));
    let inside = zipped(&[("[Content_Types].xml", macros)]);
    assert_eq!(
        clean(&docx("x", "y", &[("word/embeddings/a.docm", &inside)]), false).err(),
        Some(Refusal::Macros)
    );
}

#[test]
fn signed_ones_are_kept_whole_or_refused() {
    let signed = docx("x", "y", &[("_xmlsignatures/sig1.xml", b"<Signature/>")]);
    assert_eq!(clean(&signed, false).err(), Some(Refusal::Signed));
    let kept = clean(&signed, true).unwrap();
    assert!(kept.signed && kept.content == signed);
    let evil = docx(
        "x",
        "y",
        &[
            ("_xmlsignatures/sig1.xml", b"<Signature/>"),
            ("word/vbaProject.bin", b"x"),
        ],
    );
    assert_eq!(
        clean(&evil, true).err(),
        Some(Refusal::Macros),
        "a signature excuses no macro"
    );
}

#[test]
fn bombs_are_refused_before_memory_is() {
    let zeros = vec![b' '; 65 * 1024 * 1024];
    let one = docx("x", "y", &[("word/large.xml", &zeros)]);
    assert!(one.len() < 1024 * 1024);
    let refused = Some(Refusal::Unpacks {
        limit: UNPACKED_BYTES_MAX,
    });
    assert_eq!(clean(&one, false).err(), refused);
    let many: Vec<(String, &[u8])> = (0..4)
        .map(|n| (format!("word/large{n}.xml"), &zeros[..60 * 1024 * 1024]))
        .collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(n, c)| (n.as_str(), *c)).collect();
    assert_eq!(clean(&docx("x", "y", &many), false).err(), refused);
}

#[test]
fn names_that_leave_the_file_or_come_twice_are_refused() {
    for name in ["../evil.xml", "/word/a.xml", "word//a.xml"] {
        assert!(clean(&docx("x", "y", &[(name, b"<a/>")]), false).is_err(), "{name}");
    }
    assert!(
        clean(
            &docx("x", "y", &[("word/A.xml", b"<a/>"), ("word/a.xml", b"<a/>")]),
            false
        )
        .is_err()
    );
}
