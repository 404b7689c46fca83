//! What is taken out of a PDF, and what makes it be refused.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, StringFormat};

use super::super::clean::What;
use super::super::image;
use super::super::refusal::Refusal;

/// Actions that run, send or fetch (ISO 32000, 12.6.4). Opening a web page and going to a place stay.
const ACTIONS: &[&str] = &[
    "JavaScript",
    "Launch",
    "ImportData",
    "SubmitForm",
    "GoToE",
    "Rendition",
    "Movie",
    "Sound",
];
/// Annotations that hold files, films or programs.
const HOLDERS: &[&str] = &["FileAttachment", "RichMedia", "Screen", "Movie", "Sound", "3D"];
/// Entries that mean the same wherever they stand.
const ENTRIES: &[&str] = &["JavaScript", "EmbeddedFiles", "XFA"];
/// Annotations that people write: `T` is who. On a form's field it is the field's name.
const MARKUP: &[&str] = &[
    "Text",
    "FreeText",
    "Line",
    "Square",
    "Circle",
    "Polygon",
    "PolyLine",
    "Highlight",
    "Underline",
    "Squiggly",
    "StrikeOut",
    "Stamp",
    "Caret",
    "Ink",
    "Popup",
    "Redact",
];
/// Entries that programs leave behind: who, when, with what.
const PROPERTIES: &[&str] = &["Metadata", "PieceInfo", "LastModified", "SpiderInfo", "CreatorInfo"];

/// What was found on the way.
#[derive(Default)]
pub(super) struct Found {
    pub stripped: BTreeSet<What>,
    /// Whether it is signed.
    pub signed: bool,
    /// The highest number of an object, or of one that is only spoken of: new ones must lie above.
    max_id: u32,
}

/// Takes out what tells who; what nothing points to any more is left to pruning.
pub(super) fn strip(document: &mut Document) -> Result<Found, Refusal> {
    let mut found = Found::default();
    if document.trailer.remove(b"Info").is_some() {
        found.stripped.insert(What::Properties);
    }
    for (id, object) in &mut document.objects {
        found.max_id = found.max_id.max(id.0);
        found.object(object)?;
    }
    document.max_id = found.max_id;
    Ok(found)
}

impl Found {
    /// Reading bounds how deep objects lie in one another, so this ends.
    fn object(&mut self, object: &mut Object) -> Result<(), Refusal> {
        match object {
            Object::Reference(id) => self.max_id = self.max_id.max(id.0),
            Object::Array(list) => {
                for object in list {
                    self.object(object)?;
                }
            }
            Object::Dictionary(dictionary) => self.dictionary(dictionary)?,
            Object::Stream(stream) => {
                self.dictionary(&mut stream.dict)?;
                if is_jpeg(&stream.dict)
                    && let Some(cleaned) = image::jpeg_stream(&stream.content)
                {
                    self.stripped.insert(What::Picture);
                    stream.set_content(cleaned);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn dictionary(&mut self, dictionary: &mut Dictionary) -> Result<(), Refusal> {
        refuse(dictionary)?;
        self.signed |= is_signature(dictionary);
        for key in PROPERTIES {
            if dictionary.remove(key.as_bytes()).is_some() {
                self.stripped.insert(What::Properties);
            }
        }
        if dictionary.remove(b"Thumb").is_some() {
            self.stripped.insert(What::Extras);
        }
        if dictionary.has(b"Rect") && name(dictionary, b"Subtype").is_some_and(|s| known(MARKUP, s).is_some()) {
            for key in [&b"T"[..], b"NM"] {
                if dictionary.remove(key).is_some() {
                    self.stripped.insert(What::Authors);
                }
            }
        }
        self.paths(dictionary);
        for (_, value) in dictionary.iter_mut() {
            self.object(value)?;
        }
        Ok(())
    }

    /// Links to files lose their folders.
    fn paths(&mut self, dictionary: &mut Dictionary) {
        for key in [&b"URI"[..], b"F", b"UF"] {
            let Ok(Object::String(text, _)) = dictionary.get(key) else {
                continue;
            };
            let text = String::from_utf8_lossy(text).into_owned();
            let is_file = text.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"));
            if is_file || text.contains(['\\', '/']) && key != b"URI" {
                let base = text.rsplit(['/', '\\']).next().unwrap_or_default().as_bytes().to_vec();
                dictionary.set(key, Object::String(base, StringFormat::Literal));
                self.stripped.insert(What::Paths);
            }
        }
    }
}

/// Refuses what does something by itself or carries other files.
fn refuse(dictionary: &Dictionary) -> Result<(), Refusal> {
    let is_action = !dictionary.has(b"Type") || name(dictionary, b"Type") == Some(b"Action");
    let action = name(dictionary, b"S")
        .filter(|_| is_action)
        .and_then(|s| known(ACTIONS, s));
    let holder = name(dictionary, b"Subtype").and_then(|s| known(HOLDERS, s));
    let is_specification = dictionary.has_type(b"Filespec") || dictionary.has(b"F") || dictionary.has(b"UF");
    let carries = dictionary.has_type(b"EmbeddedFile") || (dictionary.has(b"EF") && is_specification);
    let file = carries.then_some("EmbeddedFile");
    let entry = ENTRIES.iter().copied().find(|key| dictionary.has(key.as_bytes()));
    match action.or(holder).or(file).or(entry) {
        Some(what) => Err(Refusal::ActivePdf { what }),
        None => Ok(()),
    }
}

fn is_signature(dictionary: &Dictionary) -> bool {
    dictionary.has_type(b"Sig") || dictionary.has_type(b"DocTimeStamp") || dictionary.has(b"ByteRange")
}

fn name<'a>(dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
    dictionary.get(key).and_then(Object::as_name).ok()
}

fn known(list: &[&'static str], name: &[u8]) -> Option<&'static str> {
    list.iter().copied().find(|known| known.as_bytes() == name)
}

/// Whether a stream is a JPEG and nothing around it.
fn is_jpeg(dictionary: &Dictionary) -> bool {
    match dictionary.get(b"Filter") {
        Ok(Object::Name(filter)) => filter == b"DCTDecode",
        Ok(Object::Array(filters)) => matches!(filters.as_slice(), [Object::Name(filter)] if filter == b"DCTDecode"),
        _ => false,
    }
}
