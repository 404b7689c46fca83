//! A model of ordered levels: for each level above the lowest the probability that it is reached, by logistic regression.

/// How many levels there are.
pub const LEVELS: usize = 4;
/// Steps of Newton's method at most; ten suffice, and a step that brings nothing ends it sooner.
const STEPS_MAX: usize = 30;
/// A step that moves no weight by more than this ends the fit.
const STEP_MIN: f64 = 1e-6;
/// How much weights are drawn to zero: as by one row that contradicts them.
const RIDGE: f64 = 1.0;
/// Odds beyond this are certainty for all purposes.
const LOGIT_MAX: f64 = 30.0;

/// The fitted model.
#[derive(Debug, Clone, PartialEq)]
pub struct Ordinal {
    means: Vec<f64>,
    spreads: Vec<f64>,
    /// For each level above the lowest: a weight a feature, and the constant at the end.
    weights: [Vec<f64>; LEVELS - 1],
}

impl Ordinal {
    /// Fits rows of features to their levels, 1 to [`LEVELS`]. None where there are no rows, or rows of unlike length,
    /// or fewer levels than rows.
    #[must_use]
    pub fn fit(rows: &[Vec<f32>], levels: &[u8]) -> Option<Self> {
        let width = rows.first()?.len();
        if rows.len() != levels.len() || rows.iter().any(|row| row.len() != width) {
            return None;
        }
        let count = rows.len() as f64;
        let column = |at: usize| rows.iter().map(move |row| f64::from(row[at]));
        let means: Vec<f64> = (0..width).map(|at| column(at).sum::<f64>() / count).collect();
        let spreads: Vec<f64> = (0..width)
            .map(|at| {
                let variance = column(at).map(|x| (x - means[at]).powi(2)).sum::<f64>() / count;
                if variance > f64::EPSILON { variance.sqrt() } else { 1.0 }
            })
            .collect();
        let mut model = Self {
            means,
            spreads,
            weights: Default::default(),
        };
        let rows: Vec<Vec<f64>> = rows.iter().map(|row| model.prepared(row)).collect();
        for (weights, level) in model.weights.iter_mut().zip(2_u8..) {
            let reached: Vec<bool> = levels.iter().map(|given| *given >= level).collect();
            *weights = logistic(&rows, &reached);
        }
        Some(model)
    }

    /// The probabilities of the levels, lowest first; they add to 1.
    #[must_use]
    pub fn probabilities(&self, row: &[f32]) -> [f32; LEVELS] {
        let row = self.prepared(row);
        let mut reached = 1.0;
        let mut out = [0.0; LEVELS];
        for (at, weights) in self.weights.iter().enumerate() {
            // A higher level is never likelier reached than a lower one, though each was fitted alone.
            let next = sigmoid(dot(weights, &row)).min(reached);
            out[at] = (reached - next) as f32;
            reached = next;
        }
        out[LEVELS - 1] = reached as f32;
        out
    }

    /// The weights in the units of the features, for each level above the lowest, the constant last.
    #[must_use]
    pub fn weights(&self) -> [Vec<f64>; LEVELS - 1] {
        self.weights.clone().map(|weights| {
            let (constant, weights) = weights.split_last().unwrap_or((&0.0, &[]));
            let mut out: Vec<f64> = weights
                .iter()
                .zip(&self.spreads)
                .map(|(weight, spread)| weight / spread)
                .collect();
            let shift: f64 = out.iter().zip(&self.means).map(|(weight, mean)| weight * mean).sum();
            out.push(constant - shift);
            out
        })
    }

    fn prepared(&self, row: &[f32]) -> Vec<f64> {
        let mut out: Vec<f64> = row
            .iter()
            .zip(self.means.iter().zip(&self.spreads))
            .map(|(x, (mean, spread))| (f64::from(*x) - mean) / spread)
            .collect();
        out.push(1.0);
        out
    }
}

/// The level that one expects: the mean by probabilities.
#[must_use]
pub fn expected_level(probabilities: &[f32; LEVELS]) -> f32 {
    (1_u8..).zip(probabilities).map(|(level, p)| f32::from(level) * p).sum()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x.clamp(-LOGIT_MAX, LOGIT_MAX)).exp())
}

/// Logistic regression by Newton's method; the constant, last of each row, is not drawn to zero.
fn logistic(rows: &[Vec<f64>], reached: &[bool]) -> Vec<f64> {
    let width = rows.first().map_or(0, Vec::len);
    let mut weights = vec![0.0; width];
    for _ in 0..STEPS_MAX {
        let mut slope = vec![0.0; width];
        let mut curve = vec![vec![0.0; width]; width];
        for at in 0..width.saturating_sub(1) {
            slope[at] = -RIDGE * weights[at];
            curve[at][at] = RIDGE;
        }
        for (row, reached) in rows.iter().zip(reached) {
            let p = sigmoid(dot(&weights, row));
            let error = if *reached { 1.0 - p } else { -p };
            let certainty = (p * (1.0 - p)).max(1e-9);
            for i in 0..width {
                slope[i] += error * row[i];
                let scaled = certainty * row[i];
                for j in 0..=i {
                    curve[i][j] += scaled * row[j];
                }
            }
        }
        let step = solve(curve, slope);
        let longest = step.iter().fold(0.0_f64, |longest, x| longest.max(x.abs()));
        // Far from the best a step may overshoot: no weight moves by more than 2 at once.
        let scale = if longest > 2.0 { 2.0 / longest } else { 1.0 };
        for (weight, step) in weights.iter_mut().zip(&step) {
            *weight += scale * step;
        }
        if longest < STEP_MIN {
            break;
        }
    }
    weights
}

/// Solves a symmetric positive system, given by its lower half, by Cholesky's method.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for i in 0..n {
        for j in 0..=i {
            let rest = a[i][j] - (0..j).map(|k| a[i][k] * a[j][k]).sum::<f64>();
            a[i][j] = if i == j { rest.max(1e-12).sqrt() } else { rest / a[j][j] };
        }
        b[i] = (b[i] - (0..i).map(|k| a[i][k] * b[k]).sum::<f64>()) / a[i][i];
    }
    for i in (0..n).rev() {
        b[i] = (b[i] - (i + 1..n).map(|k| a[k][i] * b[k]).sum::<f64>()) / a[i][i];
    }
    b
}
