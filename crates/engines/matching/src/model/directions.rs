//! Many directions, and how near each is to one.

use crate::table::to_unit;

/// The directions of a corpus, less what they have in common, of unit length.
#[derive(Debug, Clone, PartialEq)]
pub struct Directions {
    rows: Vec<Vec<f32>>,
    mean: Vec<f32>,
}

impl Directions {
    /// Of vectors of one length. The model puts all texts into a narrow cone, so that only what is left beside their mean
    /// tells them apart.
    #[must_use]
    pub fn new(mut rows: Vec<Vec<f32>>) -> Self {
        let width = rows.first().map_or(0, Vec::len);
        let mut mean = vec![0.0; width];
        let share = 1.0 / rows.len().max(1) as f32;
        for row in &rows {
            mean.iter_mut().zip(row).for_each(|(mean, x)| *mean += x * share);
        }
        for row in &mut rows {
            centre(row, &mean);
        }
        Self { rows, mean }
    }

    /// The cosine of a vector with each, in their order.
    #[must_use]
    pub fn cosines(&self, mut of: Vec<f32>) -> Vec<f32> {
        centre(&mut of, &self.mean);
        self.rows
            .iter()
            .map(|row| row.iter().zip(&of).map(|(a, b)| a * b).sum())
            .collect()
    }
}

fn centre(row: &mut [f32], mean: &[f32]) {
    row.iter_mut().zip(mean).for_each(|(x, mean)| *x -= mean);
    to_unit(row);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_have_in_common_tells_nothing() {
        let directions = Directions::new(vec![vec![10.0, 1.0], vec![10.0, -1.0], vec![10.0, 0.0]]);
        let near = directions.cosines(vec![10.0, 0.5]);
        assert!((near[0] - 1.0).abs() < 1e-4 && (near[1] + 1.0).abs() < 1e-4, "{near:?}");
        assert!(near[2].abs() < 1e-4, "{near:?}");
    }

    #[test]
    fn none_and_nothing_are_taken() {
        assert!(Directions::new(Vec::new()).cosines(Vec::new()).is_empty());
        assert_eq!(Directions::new(vec![vec![0.0; 3]]).cosines(vec![0.0; 3]), [0.0]);
    }
}
