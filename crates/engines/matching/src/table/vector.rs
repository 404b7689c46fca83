//! A vector of small integers.

use serde::{Deserialize, Serialize};

/// How many numbers a vector has.
pub const DIMS: usize = 128;
/// Unit length, as whole numbers have it.
pub(super) const SCALE: f32 = 127.0;

/// The vector of a text: unit length, each number times 127 and rounded. The text of which nothing is known is zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vector(pub [i8; DIMS]);

impl Vector {
    /// The vector of nothing.
    pub const ZERO: Self = Self([0; DIMS]);

    /// The vector in this direction.
    #[must_use]
    pub fn unit(direction: &[f32; DIMS]) -> Self {
        let mut unit = *direction;
        if !to_unit(&mut unit) {
            return Self::ZERO;
        }
        // A cast of a float to an integer saturates, and a unit vector's numbers lie within ±1.
        Self(unit.map(|x| (x * SCALE).round() as i8))
    }

    /// The numbers as a direction.
    #[must_use]
    pub fn direction(&self) -> [f32; DIMS] {
        self.0.map(|x| f32::from(x) / SCALE)
    }

    /// The product, 127² times the cosine.
    #[must_use]
    pub fn dot(&self, other: &Self) -> i32 {
        self.0
            .iter()
            .zip(&other.0)
            .map(|(a, b)| i32::from(i16::from(*a) * i16::from(*b)))
            .sum()
    }

    /// The cosine of the angle between two, −1 to 1, to about a hundredth.
    #[must_use]
    pub fn cosine(&self, other: &Self) -> f32 {
        self.dot(other) as f32 / (SCALE * SCALE)
    }

    /// The vector less what the corpus at hand has in common: for the need, as the query that all documents are compared
    /// with. Doing it on this side alone is worth nearly as much as on both, and no stored vector has to change when the
    /// corpus does.
    #[must_use]
    pub fn less(&self, mean: &[f32; DIMS]) -> Self {
        let mut direction = self.direction();
        for (x, m) in direction.iter_mut().zip(mean) {
            *x -= m;
        }
        Self::unit(&direction)
    }

    /// As bytes, for a file.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; DIMS] {
        self.0.map(i8::cast_unsigned)
    }

    /// From the bytes of [`Self::to_bytes`].
    #[must_use]
    pub fn from_bytes(bytes: [u8; DIMS]) -> Self {
        Self(bytes.map(u8::cast_signed))
    }
}

impl Serialize for Vector {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0)
    }
}

impl<'de> Deserialize<'de> for Vector {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let numbers = Vec::<i8>::deserialize(deserializer)?;
        let found = numbers.len();
        numbers
            .try_into()
            .map(Self)
            .map_err(|_| serde::de::Error::invalid_length(found, &"128 numbers"))
    }
}

/// The mean of vectors, as a direction that is no unit; of none it is zero.
#[must_use]
pub fn mean<'a>(vectors: impl IntoIterator<Item = &'a Vector>) -> [f32; DIMS] {
    let mut sum = [0_i64; DIMS];
    let mut count = 0_i64;
    for vector in vectors {
        count += 1;
        for (to, from) in sum.iter_mut().zip(&vector.0) {
            *to += i64::from(*from);
        }
    }
    sum.map(|x| x as f32 / (count.max(1) as f32 * SCALE))
}

/// Brings a direction to unit length. False for nothing, which stays as it is.
pub(crate) fn to_unit(direction: &mut [f32]) -> bool {
    let length = direction.iter().map(|x| x * x).sum::<f32>().sqrt();
    if !length.is_finite() || length < f32::EPSILON {
        return false;
    }
    for x in direction {
        *x /= length;
    }
    true
}
