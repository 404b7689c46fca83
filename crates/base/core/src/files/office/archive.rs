//! The zip around an Office file: read within caps, written without anything that tells when and where.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::super::refusal::Refusal;

/// Parts of a file: a presentation of two hundred slides with pictures has some two thousand.
pub const PARTS_MAX: usize = 5_000;
/// Bytes of one part unpacked: the text of a book of a thousand pages is 30 MB of XML.
pub const PART_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Bytes of all parts unpacked; a zip bomb unpacks to gigabytes.
pub const UNPACKED_BYTES_MAX: u64 = 192 * 1024 * 1024;

/// A part's place in the archive.
#[derive(Debug, Clone)]
pub(super) struct Part {
    index: usize,
    /// Its name as written.
    pub name: String,
    /// Its name in small letters with `/` between folders: part names are equal but for letters' size.
    pub key: String,
}

/// An archive that is read part by part.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    parts: Vec<Part>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens it and looks at the list of its parts: how many, what they claim to unpack to, whether they have a password,
    /// and whether each has one name of its own.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(refusal)?;
        if zip.len() > PARTS_MAX {
            return Err(Refusal::Broken { what: "office-parts" });
        }
        let mut parts = Vec::with_capacity(zip.len());
        let (mut seen, mut claimed) = (BTreeSet::new(), 0u64);
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(refusal)?;
            if entry.encrypted() {
                return Err(Refusal::Encrypted);
            }
            claimed = claimed.saturating_add(entry.size());
            let name = entry.name().map_err(refusal)?.into_owned();
            if name.ends_with('/') {
                continue;
            }
            let key = name.replace('\\', "/").to_ascii_lowercase();
            let is_inside = !key.starts_with('/') && key.split('/').all(|step| !matches!(step, "" | "." | ".."));
            if !is_inside || !seen.insert(key.clone()) {
                return Err(Refusal::Broken { what: "office-names" });
            }
            parts.push(Part { index, name, key });
        }
        if claimed > UNPACKED_BYTES_MAX {
            return Err(unpacks());
        }
        Ok(Self {
            zip,
            parts,
            left: UNPACKED_BYTES_MAX,
        })
    }

    pub(super) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Unpacks a part, counting what it really unpacks to: what it claims can be a lie.
    pub(super) fn read(&mut self, part: &Part) -> Result<Vec<u8>, Refusal> {
        let cap = self.left.min(PART_BYTES_MAX);
        let entry = self.zip.by_index(part.index).map_err(refusal)?;
        let mut out = Vec::new();
        entry
            .take(cap.saturating_add(1))
            .read_to_end(&mut out)
            .map_err(|_| Refusal::Broken { what: "office-zip" })?;
        let size = out.len() as u64;
        if size > cap {
            return Err(unpacks());
        }
        self.left -= size;
        Ok(out)
    }

    /// Unpacks the part of this key.
    pub(super) fn read_named(&mut self, key: &str) -> Result<Vec<u8>, Refusal> {
        let part = self.parts.iter().find(|p| p.key == key).cloned();
        self.read(&part.ok_or(Refusal::Broken { what: "office-types" })?)
    }
}

fn unpacks() -> Refusal {
    Refusal::Unpacks {
        limit: UNPACKED_BYTES_MAX,
    }
}

fn refusal(error: ZipError) -> Refusal {
    match error {
        ZipError::InvalidPassword => Refusal::Encrypted,
        ZipError::UnsupportedArchive(text) if text == ZipError::PASSWORD_REQUIRED => Refusal::Encrypted,
        _ => Refusal::Broken { what: "office-zip" },
    }
}

/// An archive that is written. Every part gets the same day, and nothing beside its content.
pub(super) struct Out {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl Out {
    pub(super) fn new() -> Self {
        Self {
            zip: ZipWriter::new(Cursor::new(Vec::new())),
        }
    }

    pub(super) fn add(&mut self, name: &str, content: &[u8]) -> Result<(), Refusal> {
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        self.zip.start_file(name, options).map_err(refusal)?;
        self.zip
            .write_all(content)
            .map_err(|_| Refusal::Broken { what: "office-zip" })
    }

    pub(super) fn finish(self) -> Result<Vec<u8>, Refusal> {
        Ok(self.zip.finish().map_err(refusal)?.into_inner())
    }
}
