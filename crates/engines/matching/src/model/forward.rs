//! The forward pass: a BERT with the norm behind each step, and the mean over all places.

use ndarray::{Array1, Array2, Axis, Slice};

use super::file::Weights;
use crate::table::to_unit;

/// A linear map.
#[derive(Debug)]
pub(super) struct Linear {
    /// A row for each number that comes out.
    pub(super) weights: Array2<f32>,
    pub(super) bias: Array1<f32>,
}

impl Linear {
    fn at(&self, x: &Array2<f32>) -> Array2<f32> {
        x.dot(&self.weights.t()) + &self.bias
    }
}

/// What a layer norm scales and shifts by.
#[derive(Debug)]
pub(super) struct Norm {
    pub(super) scale: Vec<f32>,
    pub(super) shift: Vec<f32>,
}

impl Norm {
    fn apply(&self, x: &mut Array2<f32>, epsilon: f32) {
        for mut row in x.rows_mut() {
            let width = row.len() as f32;
            let mean = row.sum() / width;
            let variance = row.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / width;
            let slope = 1.0 / (variance + epsilon).sqrt();
            for (x, (scale, shift)) in row.iter_mut().zip(self.scale.iter().zip(&self.shift)) {
                *x = (*x - mean) * slope * scale + shift;
            }
        }
    }
}

/// A layer.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) query: Linear,
    pub(super) key: Linear,
    pub(super) value: Linear,
    pub(super) out: Linear,
    pub(super) seen_norm: Norm,
    pub(super) inner: Linear,
    pub(super) outer: Linear,
    pub(super) out_norm: Norm,
}

impl Weights {
    /// The vector of a text's pieces, of unit length.
    pub(super) fn forward(&self, pieces: &[usize]) -> Vec<f32> {
        let mut x = Array2::zeros((pieces.len(), self.hidden));
        for (at, (piece, mut row)) in pieces.iter().zip(x.rows_mut()).enumerate() {
            row.assign(&Array1::from(self.word(*piece)));
            if at < self.places.nrows() {
                row += &self.places.row(at);
            }
            row += &self.kind;
        }
        self.first_norm.apply(&mut x, self.epsilon);
        for layer in &self.layers {
            x = layer.forward(x, self.heads, self.epsilon);
        }
        let mut mean = x.sum_axis(Axis(0)).to_vec();
        to_unit(&mut mean);
        mean
    }
}

impl Layer {
    fn forward(&self, x: Array2<f32>, heads: usize, epsilon: f32) -> Array2<f32> {
        let mut x = &x + &self.out.at(&self.seen(&x, heads));
        self.seen_norm.apply(&mut x, epsilon);
        let mut inner = self.inner.at(&x);
        inner.mapv_inplace(gelu);
        let mut x = x + self.outer.at(&inner);
        self.out_norm.apply(&mut x, epsilon);
        x
    }

    /// What each place sees of all.
    fn seen(&self, x: &Array2<f32>, heads: usize) -> Array2<f32> {
        let (query, key, value) = (self.query.at(x), self.key.at(x), self.value.at(x));
        let width = query.ncols() / heads;
        let scale = 1.0 / (width as f32).sqrt();
        let mut out = Array2::zeros(query.dim());
        for head in 0..heads {
            let part = Slice::from(head * width..(head + 1) * width);
            let mut near = query.slice_axis(Axis(1), part).dot(&key.slice_axis(Axis(1), part).t()) * scale;
            for mut row in near.rows_mut() {
                let highest = row.fold(f32::NEG_INFINITY, |highest, x| highest.max(*x));
                row.mapv_inplace(|x| (x - highest).exp());
                let sum = row.sum();
                row.mapv_inplace(|x| x / sum);
            }
            out.slice_axis_mut(Axis(1), part)
                .assign(&near.dot(&value.slice_axis(Axis(1), part)));
        }
        out
    }
}

fn gelu(x: f32) -> f32 {
    0.5 * x * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2))
}

/// The error function, by Abramowitz and Stegun 7.1.26: wrong by 1.5 in ten millions at most.
fn erf(x: f32) -> f32 {
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let polynomial = ((((1.061_405_4 * t - 1.453_152) * t + 1.421_413_7) * t - 0.284_496_74) * t + 0.254_829_6) * t;
    (1.0 - polynomial * (-x * x).exp()).copysign(x)
}
