//! PDFs for tests, made by `lopdf`.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// A document of one page that says `text` (letters only), with whatever `more` puts in; it gets the page.
pub(in crate::files) fn document(text: &str, more: impl FnOnce(&mut Document, ObjectId)) -> Document {
    let mut document = Document::new();
    document.version = "1.7".to_owned();
    let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let content = format!("BT /F1 24 Tf 72 700 Td ({text}) Tj ET");
    let content = document.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
    });
    document.objects.insert(
        pages,
        Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }),
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    more(&mut document, page);
    document
}

/// The same as bytes, packed or not.
pub(in crate::files) fn pdf(text: &str, packed: bool, more: impl FnOnce(&mut Document, ObjectId)) -> Vec<u8> {
    let mut document = document(text, more);
    let mut out = Vec::new();
    if packed {
        document.save_modern(&mut out).unwrap();
    } else {
        document.save_to(&mut out).unwrap();
    }
    out
}

/// A PDF of `author`, whose name stands wherever programs put it.
pub(in crate::files) fn by(author: &str, text: &str, packed: bool) -> Vec<u8> {
    let camera = crate::files::image::testing::jpeg_with_camera(author);
    pdf(text, packed, |document, page| {
        let said = || Object::string_literal(author);
        let info = document.add_object(dictionary! { "Author" => said(), "Creator" => said() });
        document.trailer.set("Info", info);
        let xmp = Stream::new(
            dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
            author.as_bytes().to_vec(),
        );
        let xmp = document.add_object(xmp);
        let note = document.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "Text", "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()],
            "T" => said(), "Contents" => Object::string_literal("please check"),
        });
        let image = dictionary! { "Type" => "XObject", "Subtype" => "Image", "Filter" => "DCTDecode", "Width" => 8, "Height" => 8 };
        let image = document.add_object(Stream::new(image, camera));
        let private = document.add_object(dictionary! { "Private" => said() });
        let page = document.get_dictionary_mut(page).unwrap();
        page.set("Annots", vec![note.into()]);
        page.set("PieceInfo", dictionary! { "Illustrator" => private });
        page.get_mut(b"Resources")
            .unwrap()
            .as_dict_mut()
            .unwrap()
            .set("XObject", dictionary! { "I" => image });
        document.catalog_mut().unwrap().set("Metadata", xmp);
    })
}
