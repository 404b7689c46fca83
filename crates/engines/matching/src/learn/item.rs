//! An offer as it is compared with other offers.

use crate::table::Vector;

/// An offer's vector and terms.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    vector: Vector,
    /// Terms by any number that tells them apart, sorted, each with its weight; the squares of the weights add to 1.
    terms: Box<[(u64, f32)]>,
}

impl Item {
    /// Of a vector, and terms by number with how rare each is.
    #[must_use]
    pub fn new(vector: Vector, terms: impl IntoIterator<Item = (u64, f32)>) -> Self {
        let mut terms: Vec<(u64, f32)> = terms.into_iter().collect();
        terms.sort_unstable_by_key(|(term, _)| *term);
        terms.dedup_by_key(|(term, _)| *term);
        let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        if length > 0.0 {
            terms.iter_mut().for_each(|(_, weight)| *weight /= length);
        }
        Self {
            vector,
            terms: terms.into(),
        }
    }

    /// How like another it is, 0 to 1: half by vectors, half by terms.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f32 {
        0.5 * self.vector.cosine(&other.vector).clamp(0.0, 1.0) + 0.5 * self.shared(other).clamp(0.0, 1.0)
    }

    fn shared(&self, other: &Self) -> f32 {
        let (mut a, mut b) = (self.terms.iter().peekable(), other.terms.iter().peekable());
        let mut sum = 0.0;
        while let (Some((one, weight)), Some((two, other_weight))) = (a.peek(), b.peek()) {
            match one.cmp(two) {
                std::cmp::Ordering::Less => a.next(),
                std::cmp::Ordering::Greater => b.next(),
                std::cmp::Ordering::Equal => {
                    sum += weight * other_weight;
                    b.next();
                    a.next()
                }
            };
        }
        sum
    }
}
