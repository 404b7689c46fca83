//! Whole PDFs.

use lopdf::{Object, Stream, dictionary};

use super::testing::{by, pdf};
use super::*;
use crate::files::clean::What;

const CANARY: &str = "Canary Zhang";

/// Everything in a PDF, unpacked, as one text.
fn unpacked(bytes: &[u8]) -> String {
    let document = read::read(bytes).unwrap();
    let mut out = String::from_utf8_lossy(bytes).into_owned();
    for object in document.objects.values() {
        out.push_str(&format!("{object:?}\n"));
        if let Object::Stream(stream) = object {
            let plain = stream.get_plain_content().unwrap_or_default();
            out.push_str(&String::from_utf8_lossy(&plain));
            out.push_str(&String::from_utf8_lossy(&stream.content));
        }
    }
    out
}

#[test]
fn what_tells_who_goes_and_the_page_stays() {
    for packed in [false, true] {
        let file = by(CANARY, "Gear hardening", packed);
        assert!(unpacked(&file).contains(CANARY));
        let done = clean(&file, false).unwrap();
        let said = unpacked(&done.content);
        assert!(!said.contains(CANARY), "{said}");
        assert!(said.contains("please check"), "a note stays, its author goes");
        assert_eq!(done.stripped, [What::Properties, What::Picture, What::Authors]);
        assert_eq!(text(&done.content, 100).trim(), "Gear hardening");
        let again = clean(&done.content, false).unwrap();
        assert!(again.stripped.is_empty(), "what was cleaned is clean");
        // Other readers must read it, too.
        assert_eq!(Document::load_mem(&done.content).unwrap().get_pages().len(), 1);
    }
}

#[test]
fn what_was_deleted_by_appending_is_gone() {
    let first = pdf("old text of Canary", false, |_, _| {});
    let document = read::read(&first).unwrap();
    let (id, _) = document
        .objects
        .iter()
        .find(|(_, o)| matches!(o, Object::Stream(s) if s.content.starts_with(b"BT")))
        .unwrap();
    let content = "BT /F1 24 Tf (new text) Tj ET";
    let update = format!(
        "\n{} 0 obj\n<</Length {}>>stream\n{content}\nendstream\nendobj\n",
        id.0,
        content.len()
    );
    let done = clean(&[first.as_slice(), update.as_bytes()].concat(), false).unwrap();
    assert!(!unpacked(&done.content).contains("Canary"));
    assert_eq!(text(&done.content, 100).trim(), "new text");
}

#[test]
fn what_runs_or_carries_files_is_refused() {
    let script = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") };
    let refused = |key: &str, object: Object, packed: bool| {
        let file = pdf("x", packed, |document, _| {
            document.catalog_mut().unwrap().set(key, object)
        });
        clean(&file, true).err()
    };
    for (key, object, what) in [
        ("OpenAction", Object::Dictionary(script.clone()), "JavaScript"),
        ("AA", Object::Dictionary(dictionary! { "WC" => script }), "JavaScript"),
        (
            "OpenAction",
            Object::Dictionary(dictionary! { "Type" => "Action", "S" => "Launch" }),
            "Launch",
        ),
        (
            "Names",
            Object::Dictionary(dictionary! { "EmbeddedFiles" => Object::Null }),
            "EmbeddedFiles",
        ),
        (
            "X",
            Object::Dictionary(dictionary! { "Type" => "Filespec", "EF" => Object::Null }),
            "EmbeddedFile",
        ),
        (
            "AcroForm",
            Object::Dictionary(dictionary! { "XFA" => Object::Null }),
            "XFA",
        ),
        (
            "X",
            Object::Array(vec![Object::Dictionary(dictionary! { "Subtype" => "RichMedia" })]),
            "RichMedia",
        ),
    ] {
        for packed in [false, true] {
            assert_eq!(
                refused(key, object.clone(), packed),
                Some(Refusal::ActivePdf { what }),
                "{key}"
            );
        }
    }
    // Hidden behind escapes of its name.
    let plain = pdf("x", false, |document, _| {
        document.catalog_mut().unwrap().set("AB", "Launch")
    });
    let hidden = String::from_utf8_lossy(&plain)
        .replace("/AB /Launch", "/AB/x/A<</S/L#61unch>>")
        .replace("/AB/Launch", "/AB/x/A<</S/L#61unch>>");
    assert_eq!(
        clean(hidden.as_bytes(), false).err(),
        Some(Refusal::ActivePdf { what: "Launch" })
    );
}

#[test]
fn locked_and_signed_ones_are_told_apart() {
    let locked = pdf("x", false, |document, _| {
        document.trailer.set("Encrypt", dictionary! { "Filter" => "Standard" })
    });
    assert_eq!(clean(&locked, true).err(), Some(Refusal::Encrypted));
    let signed = pdf("x", false, |document, _| {
        document
            .catalog_mut()
            .unwrap()
            .set("V", dictionary! { "Type" => "Sig", "ByteRange" => Object::Null });
    });
    assert_eq!(clean(&signed, false).err(), Some(Refusal::Signed));
    let kept = clean(&signed, true).unwrap();
    assert!(kept.signed && kept.content == signed);
}

#[test]
fn files_that_would_fill_memory_are_refused() {
    // An object stream whose index names the same large array ten thousand times.
    let array = format!("[{}]", "0 ".repeat(50_000));
    let index: String = (0..10_000).map(|n| format!("{} 0 ", 100 + n)).collect();
    let bomb = Stream::new(
        dictionary! { "Type" => "ObjStm", "N" => 10_000, "First" => index.len() as i64 },
        format!("{index}{array}").into_bytes(),
    );
    let file = pdf("x", false, |document, _| {
        document.catalog_mut().unwrap().set("A", "x");
    });
    let mut raw = Vec::new();
    lopdf::Writer::write_object(&mut raw, &Object::Stream(bomb)).unwrap();
    let file = [file.as_slice(), b"\n90 0 obj\n", &raw, b"\nendobj\n"].concat();
    assert!(matches!(clean(&file, false).err(), Some(Refusal::Broken { .. })));
    let flat = format!("%PDF-1.7\n1 0 obj [{}] endobj", "0 ".repeat(3_000_000));
    assert!(matches!(
        clean(flat.as_bytes(), false).err(),
        Some(Refusal::Broken { what: "pdf-objects" })
    ));
    // Packed to a thousandth.
    let mut packed = Stream::new(
        dictionary! { "Type" => "ObjStm", "N" => 1, "First" => 4 },
        vec![b' '; 40 * 1024 * 1024],
    );
    packed.compress().unwrap();
    let mut raw = Vec::new();
    lopdf::Writer::write_object(&mut raw, &Object::Stream(packed)).unwrap();
    let file = [b"%PDF-1.7\n90 0 obj\n".as_slice(), &raw, b"\nendobj\n"].concat();
    assert!(matches!(clean(&file, false).err(), Some(Refusal::Unpacks { .. })));
}

#[test]
fn many_streams_without_an_end_cost_no_more_than_one() {
    let file = format!("%PDF-1.7\n{}", "1 0 obj<<>>stream x ".repeat(200_000));
    assert!(clean(file.as_bytes(), false).is_err());
    let file = format!("%PDF-1.7\n{}", "1 0 obj (".repeat(200_000));
    assert!(clean(file.as_bytes(), false).is_err());
}

#[test]
fn lengths_that_stand_behind_their_streams_are_exact() {
    // The data end with a line break, and no other stands before the end mark.
    let data = b"q 1 0 0 1 0 0 cm\n";
    let head = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n4 0 obj<</Length 5 0 R>>stream\n";
    let tail = format!(
        "endstream endobj\n5 0 obj {} endobj\ntrailer<</Root 1 0 R>>",
        data.len()
    );
    let document = read::read(&[head.as_bytes(), data, tail.as_bytes()].concat()).unwrap();
    let Object::Stream(stream) = &document.objects[&(4, 0)] else {
        panic!("a stream");
    };
    assert_eq!(stream.content, data);
}

#[test]
fn lengths_that_lie_or_stand_elsewhere_are_seen_through() {
    let file = pdf("Right text", false, |_, _| {});
    let said = String::from_utf8_lossy(&file).into_owned();
    let length = said
        .find("/Length ")
        .map(|at| {
            said[at + 8..]
                .chars()
                .take_while(char::is_ascii_digit)
                .collect::<String>()
        })
        .unwrap();
    for wrong in ["0", "7", "99999", "500 0 R"] {
        let lying = said.replacen(&format!("/Length {length}"), &format!("/Length {wrong}"), 1);
        let done = clean(lying.as_bytes(), false).unwrap();
        assert_eq!(text(&done.content, 100).trim(), "Right text", "{wrong}");
    }
}
