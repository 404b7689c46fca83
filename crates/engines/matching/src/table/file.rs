//! The table's file, little-endian: `JBST`, a version, the number of pieces and of dimensions; the mean (f32 each); a
//! piece each: its length in bytes (u8), its text, the logarithm of its likelihood (f32), its weight (f32); then a row
//! each (i8).

use super::DIMS;

/// How a table begins.
const MAGIC: &[u8; 4] = b"JBST";
/// The version of the format that this reader knows.
const VERSION: u32 = 1;

/// Why bytes are no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadTable {
    /// They begin otherwise.
    #[error("not a table of vectors")]
    NotATable,
    /// It is of another version, or has another number of dimensions.
    #[error("a table of another version")]
    OtherVersion,
    /// It ends too early, or holds what is no text or no number.
    #[error("a damaged table of vectors")]
    Damaged,
}

/// What a file holds.
pub(super) struct File<'a> {
    pub(super) mean: [f32; DIMS],
    pub(super) pieces: Vec<&'a str>,
    pub(super) scores: Vec<f32>,
    pub(super) weights: Vec<f32>,
    pub(super) rows: Vec<[i8; DIMS]>,
}

/// Reads a file.
pub(super) fn read(bytes: &[u8]) -> Result<File<'_>, BadTable> {
    let mut reader = Reader(bytes);
    if reader.take(MAGIC.len()) != Ok(MAGIC.as_slice()) {
        return Err(BadTable::NotATable);
    }
    let (version, count, dims) = (reader.u32()?, reader.u32()? as usize, reader.u32()? as usize);
    if version != VERSION || dims != DIMS {
        return Err(BadTable::OtherVersion);
    }
    let mut mean = [0.0; DIMS];
    for x in &mut mean {
        *x = reader.f32()?;
    }
    // A row alone takes DIMS bytes: a count that the bytes can't hold is not believed, whatever it would allocate.
    if count > bytes.len() / DIMS {
        return Err(BadTable::Damaged);
    }
    let mut file = File {
        mean,
        pieces: Vec::with_capacity(count),
        scores: Vec::with_capacity(count),
        weights: Vec::with_capacity(count),
        rows: Vec::with_capacity(count),
    };
    for _ in 0..count {
        let length = usize::from(reader.array::<1>()?[0]);
        let piece = std::str::from_utf8(reader.take(length)?).map_err(|_| BadTable::Damaged)?;
        file.pieces.push(piece);
        file.scores.push(reader.f32()?);
        file.weights.push(reader.f32()?);
    }
    for _ in 0..count {
        file.rows.push(reader.array::<DIMS>()?.map(u8::cast_signed));
    }
    Ok(file)
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], BadTable> {
        let (taken, rest) = self.0.split_at_checked(n).ok_or(BadTable::Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], BadTable> {
        self.take(N)?.try_into().map_err(|_| BadTable::Damaged)
    }

    fn u32(&mut self) -> Result<u32, BadTable> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn f32(&mut self) -> Result<f32, BadTable> {
        let x = f32::from_le_bytes(self.array()?);
        if x.is_finite() { Ok(x) } else { Err(BadTable::Damaged) }
    }
}
