//! Both scores of every document of a segment at once: their sums (the background), and the best of their fusion.

use super::cosine;

/// Sums taken side by side: as many as the widest instructions add at once.
const LANES: usize = 16;
/// Documents looked at together: most such blocks have none that is good enough, and are passed by.
const BLOCK: usize = 64;

/// What the background is made of: over the documents that may be found, how many there are, and of both scores the sum
/// and the sum of squares.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Sums {
    pub(crate) count: f64,
    pub(crate) lexical: f64,
    pub(crate) lexical_squares: f64,
    pub(crate) vector: f64,
    pub(crate) vector_squares: f64,
}

impl Sums {
    /// Both together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            lexical: self.lexical + other.lexical,
            lexical_squares: self.lexical_squares + other.lexical_squares,
            vector: self.vector + other.vector,
            vector_squares: self.vector_squares + other.vector_squares,
        }
    }
}

/// The sums over the documents whose mask is 1.
pub(crate) fn sums(lexical: &[f32], dots: &[i16], mask: &[u8]) -> Sums {
    let rows = lexical
        .chunks(SUM_AT_ONCE)
        .zip(dots.chunks(SUM_AT_ONCE))
        .zip(mask.chunks(SUM_AT_ONCE));
    rows.fold(Sums::default(), |sums, ((lexical, dots), mask)| {
        sums.and(pulp::Arch::new().dispatch(Summing { lexical, dots, mask }))
    })
}

/// Documents whose sums are taken in 32 bits before they go into 64: few enough that nothing is lost.
const SUM_AT_ONCE: usize = 4096;

struct Summing<'a> {
    lexical: &'a [f32],
    dots: &'a [i16],
    mask: &'a [u8],
}

impl pulp::WithSimd for Summing<'_> {
    type Output = Sums;

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) -> Sums {
        let mut sums = [[0_f32; LANES]; 5];
        let (lexical, lexical_rest) = self.lexical.as_chunks::<LANES>();
        let (dots, dots_rest) = self.dots.as_chunks::<LANES>();
        let (mask, mask_rest) = self.mask.as_chunks::<LANES>();
        for ((lexical, dots), mask) in lexical.iter().zip(dots).zip(mask) {
            for (lane, ((lexical, dot), mask)) in lexical.iter().zip(dots).zip(mask).enumerate() {
                add(&mut sums, lane, *lexical, *dot, *mask);
            }
        }
        for ((lexical, dot), mask) in lexical_rest.iter().zip(dots_rest).zip(mask_rest) {
            add(&mut sums, 0, *lexical, *dot, *mask);
        }
        let [count, lexical, lexical_squares, vector, vector_squares] =
            sums.map(|lanes| lanes.iter().map(|sum| f64::from(*sum)).sum());
        Sums {
            count,
            lexical,
            lexical_squares,
            vector,
            vector_squares,
        }
    }
}

#[inline(always)]
fn add(sums: &mut [[f32; LANES]; 5], lane: usize, lexical: f32, dot: i16, mask: u8) {
    let mask = f32::from(mask);
    let lexical = lexical * mask;
    let vector = cosine(dot) * mask;
    sums[0][lane] += mask;
    sums[1][lane] += lexical;
    sums[2][lane] += lexical * lexical;
    sums[3][lane] += vector;
    sums[4][lane] += vector * vector;
}

/// How both scores become one: `lexical · a + cosine · b + c`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Line {
    pub(crate) lexical: f32,
    pub(crate) vector: f32,
    pub(crate) constant: f32,
}

impl Line {
    /// The fused score.
    #[inline(always)]
    pub(crate) fn at(self, lexical: f32, dot: i16) -> f32 {
        lexical * self.lexical + cosine(dot) * self.vector + self.constant
    }
}

/// Hands on the documents whose mask is 1 and whose fused score is at least what `take` last said is needed.
pub(crate) fn best(
    lexical: &[f32],
    dots: &[i16],
    mask: &[u8],
    line: Line,
    mut needed: f32,
    mut take: impl FnMut(usize, f32) -> f32,
) {
    let blocks = lexical.chunks(BLOCK).zip(dots.chunks(BLOCK)).zip(mask.chunks(BLOCK));
    let arch = pulp::Arch::new();
    let mut scores = [0_f32; BLOCK];
    for (block, ((lexical, dots), mask)) in blocks.enumerate() {
        let highest = arch.dispatch(Fusing {
            lexical,
            dots,
            mask,
            line,
            scores: &mut scores,
        });
        if highest < needed {
            continue;
        }
        for (at, score) in scores.iter().enumerate().take(lexical.len()) {
            if *score >= needed {
                needed = take(block * BLOCK + at, *score);
            }
        }
    }
}

struct Fusing<'a> {
    lexical: &'a [f32],
    dots: &'a [i16],
    mask: &'a [u8],
    line: Line,
    scores: &'a mut [f32; BLOCK],
}

impl pulp::WithSimd for Fusing<'_> {
    type Output = f32;

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) -> f32 {
        let rows = self
            .lexical
            .iter()
            .zip(self.dots)
            .zip(self.mask)
            .zip(self.scores.iter_mut());
        for (((lexical, dot), mask), score) in rows {
            let fused = self.line.at(*lexical, *dot);
            *score = if *mask == 1 { fused } else { f32::NEG_INFINITY };
        }
        let mut highest = [f32::NEG_INFINITY; LANES];
        let used = self.lexical.len();
        if used == BLOCK {
            for lanes in self.scores.as_chunks::<LANES>().0 {
                for (highest, score) in highest.iter_mut().zip(lanes) {
                    *highest = if *score > *highest { *score } else { *highest };
                }
            }
        } else {
            highest[0] = self.scores[..used].iter().copied().fold(f32::NEG_INFINITY, f32::max);
        }
        highest.iter().copied().fold(f32::NEG_INFINITY, f32::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LINE: Line = Line {
        lexical: 0.5,
        vector: 2.0,
        constant: -1.0,
    };

    proptest! {
        #[test]
        fn sums_are_those_of_the_plain_way(rows in prop::collection::vec((0f32..30.0, -16000i16..16000, 0u8..2), 0..300)) {
            let lexical: Vec<f32> = rows.iter().map(|row| row.0).collect();
            let dots: Vec<i16> = rows.iter().map(|row| row.1).collect();
            let mask: Vec<u8> = rows.iter().map(|row| row.2).collect();
            let sums = sums(&lexical, &dots, &mask);
            let kept = || rows.iter().filter(|row| row.2 == 1);
            let near = |a: f64, b: f64| (a - b).abs() < 1e-3 * (1.0 + b.abs());
            prop_assert!(near(sums.count, kept().count() as f64));
            prop_assert!(near(sums.lexical, kept().map(|row| f64::from(row.0)).sum()));
            prop_assert!(near(sums.lexical_squares, kept().map(|row| f64::from(row.0).powi(2)).sum()));
            prop_assert!(near(sums.vector, kept().map(|row| f64::from(cosine(row.1))).sum()));
            prop_assert!(near(sums.vector_squares, kept().map(|row| f64::from(cosine(row.1)).powi(2)).sum()));
        }

        #[test]
        fn the_best_are_those_of_the_plain_way(rows in prop::collection::vec((0f32..30.0, -16000i16..16000, 0u8..2), 0..300)) {
            let lexical: Vec<f32> = rows.iter().map(|row| row.0).collect();
            let dots: Vec<i16> = rows.iter().map(|row| row.1).collect();
            let mask: Vec<u8> = rows.iter().map(|row| row.2).collect();
            let mut taken = Vec::new();
            best(&lexical, &dots, &mask, LINE, 6.0, |at, score| { taken.push((at, score)); 6.0 });
            let plain: Vec<(usize, f32)> = rows.iter().enumerate()
                .filter(|(_, row)| row.2 == 1)
                .map(|(at, row)| (at, LINE.at(row.0, row.1)))
                .filter(|(_, score)| *score >= 6.0)
                .collect();
            prop_assert_eq!(taken, plain);
        }
    }
}
