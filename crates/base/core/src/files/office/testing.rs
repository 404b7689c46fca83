//! Office files for tests.

use super::archive::Out;

/// A zip of these parts.
pub(in crate::files) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Out::new();
    for (name, content) in parts {
        out.add(name, content).unwrap();
    }
    out.finish().unwrap()
}

const DOCX_MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const XLSX_MAIN: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
const PPTX_MAIN: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";

fn types(main: &str, part: &str) -> String {
    format!(
        "<Types><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/>\
         <Override PartName=\"/{part}\" ContentType=\"{main}\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>"
    )
}

fn rels(part: &str) -> String {
    format!(
        "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/officeDocument\" Target=\"{part}\"/>\
         <Relationship Id=\"rId2\" Type=\"http://x/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
    )
}

fn core(author: &str) -> String {
    format!(
        "<cp:coreProperties><dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy></cp:coreProperties>"
    )
}

/// A document that says `text`, by `author`, with more parts.
pub(in crate::files) fn docx(text: &str, author: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let document = format!(
        "<w:document><w:body><w:p><w:ins w:id=\"1\" w:author=\"{author}\"><w:r><w:t>{text}</w:t></w:r></w:ins></w:p></w:body></w:document>"
    );
    let (types, rels, core) = (
        types(DOCX_MAIN, "word/document.xml"),
        rels("word/document.xml"),
        core(author),
    );
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", rels.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
    ];
    parts.extend_from_slice(more);
    zipped(&parts)
}

/// A workbook of one sheet, whose cells are `text` (shared) and a number.
pub(in crate::files) fn xlsx(text: &str, author: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let (types, rels, core) = (
        types(XLSX_MAIN, "xl/workbook.xml"),
        rels("xl/workbook.xml"),
        core(author),
    );
    let strings = format!("<sst><si><t>{text}</t></si></sst>");
    let sheet = "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c><v>42.5</v></c></row></sheetData></worksheet>";
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", rels.as_bytes()),
        ("xl/workbook.xml", b"<workbook><sheets/></workbook>"),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
    ];
    parts.extend_from_slice(more);
    zipped(&parts)
}

/// A presentation of two slides.
pub(in crate::files) fn pptx(text: &str, author: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let (types, rels, core) = (
        types(PPTX_MAIN, "ppt/presentation.xml"),
        rels("ppt/presentation.xml"),
        core(author),
    );
    let slide = format!("<p:sld><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>");
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", rels.as_bytes()),
        ("ppt/presentation.xml", b"<p:presentation/>"),
        (
            "ppt/slides/slide10.xml",
            b"<p:sld><a:p><a:r><a:t>last</a:t></a:r></a:p></p:sld>",
        ),
        ("ppt/slides/slide2.xml", slide.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
    ];
    parts.extend_from_slice(more);
    zipped(&parts)
}
