//! Texts as vectors, by a table that is compiled in: each piece of a text (a character, a word, a common phrase) has a
//! row, and a text is the weighted sum of its pieces' rows.
//!
//! The table is distilled from multilingual-e5-small by `tools/table`, without any text of a benchmark; how, and what
//! it is worth, is in `docs/matching.md`. Two texts of one matter come near each other though they share no word,
//! which is what terms cannot do.

mod file;
mod pieces;
mod vector;

pub use file::BadTable;
pub use vector::{DIMS, Vector, mean};

use std::sync::Arc;

pub(crate) use pieces::Pieces;
pub(crate) use vector::to_unit;

/// The shipped table, about 4 MB.
const SHIPPED: &[u8] = include_bytes!("../../data/table.bin");
/// How much of a body is read, in characters: needs say what they want at their beginning, and what follows is about
/// the company. 60 and 400 characters do no better on the public benchmark.
pub const BODY_CHARS: usize = 200;
/// What the whole text counts beside the title alone.
const WHOLE_WEIGHT: f32 = 0.5;

/// Makes vectors of texts. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Table(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    identity: u32,
    pieces: Pieces,
    /// A row a piece, scaled by [`vector::SCALE`].
    rows: Vec<[i8; DIMS]>,
    /// What a piece counts.
    weights: Vec<f32>,
    /// The mean of our own texts' vectors, taken off so that what all texts have in common does not count.
    mean: [f32; DIMS],
}

impl Table {
    /// The table that is compiled in.
    ///
    /// # Errors
    /// If the file is damaged, which a test of this crate rules out.
    pub fn shipped() -> Result<Self, BadTable> {
        Self::read(SHIPPED)
    }

    /// Reads a table as `tools/table` writes it.
    ///
    /// # Errors
    /// If the bytes are no table, of another version, or cut short.
    pub fn read(bytes: &[u8]) -> Result<Self, BadTable> {
        let file = file::read(bytes)?;
        Ok(Self(Arc::new(Parts {
            identity: crc32fast::hash(bytes),
            pieces: Pieces::new(&file.pieces, &file.scores),
            rows: file.rows,
            weights: file.weights,
            mean: file.mean,
        })))
    }

    /// A number that changes when the table does: vectors of another one mean nothing to this.
    #[must_use]
    pub fn identity(&self) -> u32 {
        self.0.identity
    }

    /// How many pieces it knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.rows.len()
    }

    /// Whether it knows none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.rows.is_empty()
    }

    /// The vector of an item. Both texts as [`crate::text::Analyser::normalise`] gives them; the body may be empty, and
    /// only its first [`BODY_CHARS`] characters are read. A text of which no piece is known is the vector of nothing.
    #[must_use]
    pub fn embed(&self, title: &str, body: &str) -> Vector {
        let title_sum = self.sum(title);
        let body = match body.char_indices().nth(BODY_CHARS) {
            Some((end, _)) => &body[..end],
            None => body,
        };
        let mut vector = self.centred(title_sum);
        if !body.is_empty() {
            let mut whole = self.sum(body);
            add(&mut whole, &title_sum, 1.0);
            let whole = self.centred(whole);
            add(&mut vector, &whole, WHOLE_WEIGHT);
        }
        Vector::unit(&vector)
    }

    /// The vector of one text: a sentence, a class's name.
    #[must_use]
    pub fn embed_text(&self, text: &str) -> Vector {
        Vector::unit(&self.centred(self.sum(text)))
    }

    /// The weighted sum of the rows of a text's pieces.
    fn sum(&self, text: &str) -> [f32; DIMS] {
        let parts = &*self.0;
        let mut sum = [0.0; DIMS];
        parts.pieces.visit(text, |piece| {
            let (Some(row), Some(weight)) = (parts.rows.get(piece), parts.weights.get(piece)) else {
                return;
            };
            for (to, from) in sum.iter_mut().zip(row) {
                *to += weight * f32::from(*from);
            }
        });
        sum
    }

    /// The sum at unit length, less what all texts have in common, at unit length again; nothing stays nothing.
    fn centred(&self, mut sum: [f32; DIMS]) -> [f32; DIMS] {
        if to_unit(&mut sum) {
            add(&mut sum, &self.0.mean, -1.0);
            to_unit(&mut sum);
        }
        sum
    }
}

fn add(to: &mut [f32; DIMS], from: &[f32; DIMS], weight: f32) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += weight * from;
    }
}

#[cfg(test)]
mod tests;
