//! The exact scan: the dot product of one vector with every vector of a segment.
//!
//! A vector is 128 numbers of 8 bits, a unit vector times 127. The loop is written plainly and compiled for each set of
//! instructions that the machine may have; it runs at the speed at which memory is read, so no approximate index is needed
//! up to a few million items.

mod fused;

pub(crate) use fused::{Line, Sums, best, sums};

pub(crate) use crate::table::DIMS;
/// The length of a vector: the dot product of two equal ones is its square.
pub(crate) const UNIT: f32 = 127.0;

/// The dot products of `query` with the vectors in `vectors`, one after the other, into `out`.
pub(crate) fn dots(query: &[i8; DIMS], vectors: &[i8], out: &mut [i16]) {
    let wide: [i16; DIMS] = query.map(i16::from);
    let (vectors, _) = vectors.as_chunks::<DIMS>();
    pulp::Arch::new().dispatch(Dots {
        query: &wide,
        vectors,
        out,
    });
}

/// The loop and what it runs over: compiled for each set of instructions, the best chosen when it runs.
struct Dots<'a> {
    query: &'a [i16; DIMS],
    vectors: &'a [[i8; DIMS]],
    out: &'a mut [i16],
}

impl pulp::WithSimd for Dots<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        for (vector, out) in self.vectors.iter().zip(self.out) {
            *out = dot(self.query, vector);
        }
    }
}

/// The dot product of two vectors. It fits 16 bits, since both are of length 127; a longer one is cut.
#[inline(always)]
fn dot(query: &[i16; DIMS], vector: &[i8; DIMS]) -> i16 {
    let mut sum = 0_i32;
    for (a, b) in query.iter().zip(vector) {
        sum += i32::from(*a) * i32::from(*b);
    }
    i16::try_from(sum).unwrap_or(if sum < 0 { i16::MIN } else { i16::MAX })
}

/// The cosine that a dot product stands for.
#[inline(always)]
pub(crate) fn cosine(dot: i16) -> f32 {
    f32::from(dot) / (UNIT * UNIT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dot_of(one: &[i8], other: &[i8]) -> i16 {
        let sum: i32 = one.iter().zip(other).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
        i16::try_from(sum).unwrap_or(if sum < 0 { i16::MIN } else { i16::MAX })
    }

    proptest! {
        #[test]
        fn the_quick_way_is_the_plain_way(
            query in prop::collection::vec(-127i8..=127, DIMS),
            rows in prop::collection::vec(prop::collection::vec(-127i8..=127, DIMS), 0..5),
        ) {
            let fixed: [i8; DIMS] = query.clone().try_into().unwrap();
            let flat: Vec<i8> = rows.iter().flatten().copied().collect();
            let mut out = vec![0; rows.len()];
            dots(&fixed, &flat, &mut out);
            let plain: Vec<i16> = rows.iter().map(|row| dot_of(&query, row)).collect();
            prop_assert_eq!(out, plain);
        }
    }

    #[test]
    fn too_long_vectors_are_cut_not_wrapped() {
        let mut out = [0; 1];
        dots(&[127; DIMS], &[127; DIMS], &mut out);
        assert_eq!(out, [i16::MAX]);
        dots(&[127; DIMS], &[-128; DIMS], &mut out);
        assert_eq!(out, [i16::MIN]);
        assert!((cosine(16129) - 1.0).abs() < 1e-6);
    }
}
