//! The full model: multilingual-e5-small, run here, for those who want the best ranking and have fetched its weights
//! (`jiebang match fetch`). The shipped table is distilled from it.
//!
//! A text of 15 pieces takes some 40 ms on one core: enough for measuring and for work in the background, too much for
//! a reader who waits. The engine that serves stands on the table; this is what `jiebang match score --model full` scores
//! with, so that it can be told what the table costs.

mod directions;
mod file;
mod forward;

pub use directions::Directions;
pub use file::BadModel;

use crate::table::{Pieces, to_unit};
use file::Weights;

/// Most pieces of a text that are read; the model knows no further places.
const PIECES_MAX: usize = 512;
/// What stands for a space in pieces.
const SPACE: char = '▁';
/// How much of a body is read beside the title, in characters.
const BODY_CHARS: usize = 200;
/// What title and body together count beside the title alone.
const WHOLE_WEIGHT: f32 = 0.5;

/// Which side of a match a text is on: the model was trained to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What is looked for with: a need.
    Query,
    /// What is looked through: offers.
    Passage,
}

/// The model. Holds some 200 MB.
#[derive(Debug)]
pub struct Model {
    weights: Weights,
    pieces: Pieces,
}

impl Model {
    /// Of the bytes of `e5-small-q4.bin`.
    ///
    /// # Errors
    /// If they are no such file, or cut short.
    pub fn new(bytes: Vec<u8>) -> Result<Self, BadModel> {
        let (weights, pieces) = file::read(bytes)?;
        Ok(Self { weights, pieces })
    }

    /// A text as a vector of unit length.
    #[must_use]
    pub fn embed(&self, text: &str, side: Side) -> Vec<f32> {
        let prefix = match side {
            Side::Query => "query: ",
            Side::Passage => "passage: ",
        };
        self.weights.forward(&self.cut(&format!("{prefix}{text}")))
    }

    /// The direction of an item, of unit length: that of its title, and at half its weight that of title and beginning of
    /// the body where there is one.
    #[must_use]
    pub fn direction(&self, title: &str, body: &str, side: Side) -> Vec<f32> {
        let mut sum = self.embed(title, side);
        if !body.trim().is_empty() {
            let begin: String = body.chars().take(BODY_CHARS).collect();
            let whole = self.embed(&format!("{title}。{begin}"), side);
            sum.iter_mut().zip(whole).for_each(|(sum, x)| *sum += WHOLE_WEIGHT * x);
        }
        to_unit(&mut sum);
        sum
    }

    /// The numbers of a text's pieces, between those of begin and end.
    fn cut(&self, text: &str) -> Vec<usize> {
        let mut plain = String::with_capacity(text.len() + SPACE.len_utf8());
        plain.push(SPACE);
        for c in text.trim().chars() {
            match self.weights.mapped(c) {
                Some(mapped) => mapped.iter().for_each(|c| push(&mut plain, *c)),
                None => push(&mut plain, c),
            }
        }
        let [begin, end, unknown] = self.weights.marks;
        let mut out = vec![begin];
        for piece in self.pieces.cut(&plain).into_iter().take(PIECES_MAX - 2) {
            out.push(piece.unwrap_or(unknown));
        }
        out.push(end);
        out
    }
}

fn push(text: &mut String, c: char) {
    if c == ' ' || c == SPACE {
        if !text.ends_with(SPACE) {
            text.push(SPACE);
        }
    } else {
        text.push(c);
    }
}

#[cfg(test)]
mod tests;
