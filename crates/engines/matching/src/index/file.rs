//! How numbers are laid on disk: a head that says what the file is and of which version, sections each with its length,
//! a checksum over all of it at the end. A file that is cut off, changed or of another version is refused, never believed.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

/// Why a file was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Damage {
    /// It is not there or can't be read.
    #[error("{0}")]
    Unreadable(String),
    /// It is another kind of file or of another version.
    #[error("another kind or version of file")]
    Other,
    /// Its bytes are not those that were written.
    #[error("damaged")]
    Checksum,
    /// Its parts don't fit together.
    #[error("inconsistent: {0}")]
    Inconsistent(&'static str),
}

/// The version of all files of the index. Another version is built anew.
pub(crate) const FORMAT: u16 = 2;
/// Bytes of the head: the kind of file and the version.
const HEAD: usize = 6;
/// Bytes of the checksum.
const CHECKSUM: usize = 4;

/// A file being written.
pub(crate) struct Out {
    bytes: Vec<u8>,
}

impl Out {
    /// A file of this kind.
    pub(crate) fn new(kind: [u8; 4]) -> Self {
        let mut bytes = kind.to_vec();
        bytes.extend(FORMAT.to_le_bytes());
        Self { bytes }
    }

    fn len(&mut self, len: usize) {
        self.bytes.extend((len as u64).to_le_bytes());
    }

    pub(crate) fn u8s(&mut self, values: &[u8]) {
        self.len(values.len());
        self.bytes.extend_from_slice(values);
    }

    pub(crate) fn i8s(&mut self, values: &[i8]) {
        self.len(values.len());
        self.bytes.extend(values.iter().map(|value| value.cast_unsigned()));
    }

    pub(crate) fn u16s(&mut self, values: &[u16]) {
        self.len(values.len());
        self.bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    }

    pub(crate) fn u32s(&mut self, values: &[u32]) {
        self.len(values.len());
        self.bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    }

    pub(crate) fn u64s(&mut self, values: &[u64]) {
        self.len(values.len());
        self.bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    }

    pub(crate) fn i64s(&mut self, values: &[i64]) {
        self.len(values.len());
        self.bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    }

    /// Ends it with its checksum.
    pub(crate) fn end(mut self) -> Vec<u8> {
        let checksum = crc32fast::hash(&self.bytes);
        self.bytes.extend(checksum.to_le_bytes());
        self.bytes
    }
}

/// A file being read, its checksum found right.
pub(crate) struct In<'a> {
    rest: &'a [u8],
}

impl<'a> In<'a> {
    /// Opens the bytes of a file of this kind.
    pub(crate) fn new(kind: [u8; 4], bytes: &'a [u8]) -> Result<Self, Damage> {
        let head = bytes.get(..HEAD).ok_or(Damage::Other)?;
        if head[..4] != kind || head[4..] != FORMAT.to_le_bytes() {
            return Err(Damage::Other);
        }
        let (said, sum) = bytes
            .split_last_chunk::<CHECKSUM>()
            .map(|(said, sum)| (said, u32::from_le_bytes(*sum)))
            .ok_or(Damage::Checksum)?;
        if said.len() < HEAD || crc32fast::hash(said) != sum {
            return Err(Damage::Checksum);
        }
        Ok(Self { rest: &said[HEAD..] })
    }

    fn section(&mut self, width: usize) -> Result<&'a [u8], Damage> {
        let short = Damage::Inconsistent("a section is cut off");
        let (len, rest) = self.rest.split_first_chunk::<8>().ok_or(short.clone())?;
        let len = usize::try_from(u64::from_le_bytes(*len))
            .ok()
            .and_then(|len| len.checked_mul(width))
            .filter(|len| *len <= rest.len())
            .ok_or(short)?;
        let (section, rest) = rest.split_at(len);
        self.rest = rest;
        Ok(section)
    }

    pub(crate) fn u8s(&mut self) -> Result<Vec<u8>, Damage> {
        Ok(self.section(1)?.to_vec())
    }

    pub(crate) fn i8s(&mut self) -> Result<Vec<i8>, Damage> {
        Ok(self.section(1)?.iter().map(|byte| byte.cast_signed()).collect())
    }

    pub(crate) fn u16s(&mut self) -> Result<Vec<u16>, Damage> {
        let (values, _) = self.section(2)?.as_chunks::<2>();
        Ok(values.iter().map(|bytes| u16::from_le_bytes(*bytes)).collect())
    }

    pub(crate) fn u32s(&mut self) -> Result<Vec<u32>, Damage> {
        let (values, _) = self.section(4)?.as_chunks::<4>();
        Ok(values.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect())
    }

    pub(crate) fn u64s(&mut self) -> Result<Vec<u64>, Damage> {
        let (values, _) = self.section(8)?.as_chunks::<8>();
        Ok(values.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect())
    }

    pub(crate) fn i64s(&mut self) -> Result<Vec<i64>, Damage> {
        let (values, _) = self.section(8)?.as_chunks::<8>();
        Ok(values.iter().map(|bytes| i64::from_le_bytes(*bytes)).collect())
    }

    /// Nothing may be left.
    pub(crate) fn end(self) -> Result<(), Damage> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Damage::Inconsistent("more than was expected"))
        }
    }
}

/// Writes a file whole: beside its name first, synced, then renamed, so that a crash leaves the old one or none.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Reads a file whole.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Damage> {
    std::fs::read(path).map_err(|error| Damage::Unreadable(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KIND: [u8; 4] = *b"TEST";

    fn sample() -> Vec<u8> {
        let mut out = Out::new(KIND);
        out.u16s(&[1, 2, 3]);
        out.i64s(&[-1, i64::MAX]);
        out.u8s(b"abc");
        out.end()
    }

    #[test]
    fn reads_what_was_written() {
        let bytes = sample();
        let mut file = In::new(KIND, &bytes).unwrap();
        assert_eq!(file.u16s().unwrap(), [1, 2, 3]);
        assert_eq!(file.i64s().unwrap(), [-1, i64::MAX]);
        assert_eq!(file.u8s().unwrap(), b"abc");
        file.end().unwrap();
        assert_eq!(In::new(*b"ELSE", &bytes).err(), Some(Damage::Other));
    }

    proptest! {
        #[test]
        fn a_changed_bit_is_seen(at in 0usize..60, bit in 0u8..8) {
            let mut bytes = sample();
            let at = at % bytes.len();
            bytes[at] ^= 1 << bit;
            prop_assert!(In::new(KIND, &bytes).is_err());
        }

        #[test]
        fn a_cut_off_file_is_seen(len in 0usize..60) {
            let bytes = sample();
            let len = len % bytes.len();
            prop_assert!(In::new(KIND, &bytes[..len]).is_err());
        }
    }
}
