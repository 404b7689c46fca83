//! Word, Excel and PowerPoint files since 2007: a zip of XML parts (ECMA-376). They are written anew part by part:
//! properties, small pictures, printers and data of other programs are left out, names in comments and tracked changes
//! become numbers, paths on somebody's computer lose their folders, pictures inside are cleaned as pictures are, embedded
//! objects keep their picture only. What has macros or a part that cannot be cleaned is refused.

mod archive;
mod cfb;
mod parts;
mod read;
mod scrub;

use std::collections::BTreeSet;

use super::clean::{Done, What};
use super::found::Found;
use super::image;
use super::refusal::Refusal;
use archive::{Archive, Part};
use parts::{Fate, fate};
use scrub::{Authors, Scrubbed};

pub use archive::{PART_BYTES_MAX, PARTS_MAX, UNPACKED_BYTES_MAX};
pub(super) use cfb::is_locked;
pub(super) use read::text;

/// How deep files may lie in files: a workbook behind a chart in a document is one deep.
const DEPTH_MAX: usize = 2;
/// The part that says what every part is.
const TYPES: &str = "[content_types].xml";

/// The content types of main parts, and what they make a file.
const MAINS: &[(&str, Found)] = &[
    (".wordprocessingml.document.main+xml", Found::Docx),
    (".spreadsheetml.sheet.main+xml", Found::Xlsx),
    (".presentationml.presentation.main+xml", Found::Pptx),
];

/// What a zip is: by what it says of its parts, else by their names.
pub(super) fn find(bytes: &[u8]) -> Result<Found, Refusal> {
    let mut archive = match Archive::open(bytes) {
        Ok(archive) => archive,
        Err(Refusal::Encrypted) => return Err(Refusal::Encrypted),
        // What begins as a zip and is none is an archive at best.
        Err(Refusal::Broken { .. }) => return Ok(Found::Archive),
        Err(other) => return Err(other),
    };
    let has = |name: &str| archive.parts().iter().any(|p| p.key == name);
    if !has(TYPES) {
        return Ok(match () {
            () if has("ofd.xml") => Found::Ofd,
            () if has("mimetype") && has("content.xml") => Found::OpenDocument,
            () if has("androidmanifest.xml") || has("meta-inf/manifest.mf") => Found::Program,
            () => Found::Archive,
        });
    }
    let types = archive.read_named(TYPES)?;
    let types = String::from_utf8_lossy(&types);
    let main = MAINS.iter().find(|(kind, _)| types.contains(kind));
    Ok(match main {
        Some((_, found)) => *found,
        None if is_macro(&types.to_ascii_lowercase()) => return Err(Refusal::Macros),
        None => Found::OtherOffice,
    })
}

/// Whether what a file says of its parts (in small letters) names macros.
fn is_macro(types: &str) -> bool {
    [
        "macroenabled",
        "vbaproject",
        "vbadata",
        "macrosheet",
        "activex",
        "ms-office.intlmacrosheet",
    ]
    .iter()
    .any(|sign| types.contains(sign))
}

/// Cleans a file that [`find`] said to be one of the three.
pub(super) fn clean(bytes: &[u8], signed_allowed: bool) -> Result<Done, Refusal> {
    clean_at(bytes, signed_allowed, 0)
}

fn clean_at(bytes: &[u8], signed_allowed: bool, depth: usize) -> Result<Done, Refusal> {
    let mut archive = Archive::open(bytes)?;
    let types = archive.read_named(TYPES)?;
    if is_macro(&String::from_utf8_lossy(&types).to_ascii_lowercase()) {
        return Err(Refusal::Macros);
    }
    let parts: Vec<(Part, Fate)> = archive.parts().iter().map(|p| (p.clone(), fate(&p.key))).collect();
    if parts.iter().any(|(_, fate)| *fate == Fate::Macro) {
        return Err(Refusal::Macros);
    }
    let signed = parts.iter().any(|(part, _)| part.key.starts_with("_xmlsignatures/"));
    if signed && !signed_allowed {
        return Err(Refusal::Signed);
    }
    let mut work = Work {
        dropped: parts
            .iter()
            .filter(|(_, fate)| matches!(fate, Fate::Drop(_)))
            .map(|(part, _)| part.key.clone())
            .collect(),
        authors: Authors::default(),
        stripped: BTreeSet::new(),
        depth,
    };
    let mut out = archive::Out::new();
    for (part, fate) in &parts {
        let content = archive.read(part)?;
        if let Some(cleaned) = work.part(part, *fate, content)? {
            out.add(&part.name, &cleaned)?;
        }
    }
    if signed {
        // Every part was looked at; the file itself stays as it came.
        return Ok(Done {
            content: bytes.to_vec(),
            stripped: Vec::new(),
            signed: true,
        });
    }
    Ok(Done {
        content: out.finish()?,
        stripped: work.stripped.into_iter().collect(),
        signed: false,
    })
}

/// What is known while the parts are gone through.
struct Work {
    /// The keys of the parts that are left out.
    dropped: BTreeSet<String>,
    authors: Authors,
    stripped: BTreeSet<What>,
    depth: usize,
}

impl Work {
    /// The part as it is kept; none where it is left out.
    fn part(&mut self, part: &Part, fate: Fate, content: Vec<u8>) -> Result<Option<Vec<u8>>, Refusal> {
        match fate {
            Fate::Drop(what) => {
                self.stripped.insert(what);
                Ok(None)
            }
            Fate::Xml => self.xml(part, &content).map(Some),
            Fate::Picture if image::is_known(&content) => {
                let done = image::clean(&content)?;
                self.stripped.extend(done.stripped);
                Ok(Some(done.content))
            }
            Fate::Picture | Fate::Copy => Ok(Some(content)),
            Fate::Embedded => self.embedded(&content).map(Some),
            Fate::Macro => Err(Refusal::Macros),
            Fate::Refuse => Err(Refusal::Part {
                part: part.name.clone(),
            }),
        }
    }

    fn xml(&mut self, part: &Part, content: &[u8]) -> Result<Vec<u8>, Refusal> {
        let text = std::str::from_utf8(content).map_err(|_| Refusal::Broken {
            what: "office-encoding",
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let Scrubbed { xml, stripped } = scrub::part(&part.key, text, &self.dropped, &mut self.authors)?;
        self.stripped.extend(stripped);
        Ok(xml)
    }

    /// An Office file inside is cleaned in its turn; anything else becomes an empty object, whose picture stays.
    fn embedded(&mut self, content: &[u8]) -> Result<Vec<u8>, Refusal> {
        let is_office = content.starts_with(b"PK")
            && self.depth < DEPTH_MAX
            && matches!(find(content)?, Found::Docx | Found::Xlsx | Found::Pptx);
        if is_office {
            let done = clean_at(content, false, self.depth + 1)?;
            self.stripped.extend(done.stripped);
            return Ok(done.content);
        }
        let empty = cfb::empty();
        if content != empty {
            self.stripped.insert(What::Embedded);
        }
        Ok(empty)
    }
}

#[cfg(test)]
pub(super) mod testing;
#[cfg(test)]
mod tests;
