//! Several scores as one.
//!
//! Scores of different kinds are compared by how far they stand out of the need's own background: the score less the
//! mean over the corpus, in deviations. Terms are in few documents, so that their best stand out by ten deviations and
//! more, those of vectors by four: the mere sum hears the terms alone, the more so the larger the corpus. So each kind
//! is also measured by its own reach, the mean of its ten best. On the public benchmark this is worth 0.006 nDCG and
//! 0.014 MRR beside the mere sum, with any count from 1 to 50 in place of ten.

/// How many of the best make the reach.
pub const REACH_OF: usize = 10;
/// The least reach, in deviations: in a corpus of a few documents nothing stands out.
const REACH_MIN: f32 = 1.0;
/// A spread below this is rounding: where all are alike none stands out.
const DEVIATION_MIN: f32 = 1e-6;

/// Terms up to which documents are titles, on average, and from which on they are whole texts.
const TITLE_TERMS: f32 = 15.0;
const TEXT_TERMS: f32 = 60.0;
/// What vectors count beside terms where documents are titles. On the public benchmark, whose offers are nothing else, 1.25 is
/// worth 0.002 to 0.006 nDCG and 0.01 to 0.02 MRR beside 1, whatever the weights of the terms are, and 1.5 less.
const VECTOR_BESIDE_TITLES: f32 = 1.25;
/// The same where they are whole texts: there the words themselves meet, and 0.5 is worth 0.009 nDCG beside 1.25 on our own
/// benchmark.
const VECTOR_BESIDE_TEXTS: f32 = 0.5;

/// What is as good by words and by meaning as the ten best are on average.
const BEST: f32 = 1.0 + VECTOR_BESIDE_TITLES;

/// How words and meaning are weighed in a corpus. Beside titles a need's words must be the ones that it repeats, and meaning
/// makes up for the words that a title has no room for; beside whole texts each word of the need is worth asking for, once,
/// and meaning counts less. What lies between the two is between them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Balance {
    /// 0 beside titles, 1 beside whole texts.
    texts: f32,
}

impl Balance {
    /// For documents of so many terms on average, title and body together.
    #[must_use]
    pub fn of(terms_mean: f32) -> Self {
        let texts = (terms_mean.max(1.0) / TITLE_TERMS).ln() / (TEXT_TERMS / TITLE_TERMS).ln();
        Self {
            texts: texts.clamp(0.0, 1.0),
        }
    }

    /// Between what counts beside titles and what counts beside whole texts.
    #[must_use]
    pub fn between(self, titles: f32, texts: f32) -> f32 {
        titles + self.texts * (texts - titles)
    }

    /// Both kinds of score, each on its scale, as one: 0 for the mean, 2.25 for what is as good as the best ten by both,
    /// so that it says the same whatever the documents are.
    #[must_use]
    pub fn together(self, lexical: f32, vector: f32) -> f32 {
        let beside = self.between(VECTOR_BESIDE_TITLES, VECTOR_BESIDE_TEXTS);
        (lexical + beside * vector) * BEST / (1.0 + beside)
    }
}

/// A need's background for one kind of score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Background {
    /// The mean over the corpus, or over a fixed sample of it.
    pub mean: f32,
    /// The standard deviation.
    pub deviation: f32,
}

impl Background {
    /// Of these scores.
    #[must_use]
    pub fn of(scores: impl IntoIterator<Item = f32>) -> Self {
        let (mut count, mut sum, mut squares) = (0_u32, 0.0_f64, 0.0_f64);
        for score in scores {
            count += 1;
            sum += f64::from(score);
            squares += f64::from(score) * f64::from(score);
        }
        let count = f64::from(count.max(1));
        let mean = sum / count;
        Self {
            mean: mean as f32,
            deviation: (squares / count - mean * mean).max(0.0).sqrt() as f32,
        }
    }

    /// How many deviations a score lies above the mean; 0 where all are alike.
    #[must_use]
    pub fn z(self, score: f32) -> f32 {
        if self.deviation > DEVIATION_MIN {
            (score - self.mean) / self.deviation
        } else {
            0.0
        }
    }
}

/// How one kind of score becomes comparable with others: `slope · score + constant`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// What a unit of the score is worth.
    pub slope: f32,
    /// What is added.
    pub constant: f32,
}

impl Scale {
    /// Of a background and the need's [`REACH_OF`] best scores in the corpus: 0 for the mean, 1 for what is as good as
    /// the best ten are on average.
    #[must_use]
    pub fn new(background: Background, best: &[f32]) -> Self {
        if background.deviation <= DEVIATION_MIN || best.is_empty() {
            return Self {
                slope: 0.0,
                constant: 0.0,
            };
        }
        let reach = best.iter().map(|score| background.z(*score)).sum::<f32>() / best.len() as f32;
        let slope = 1.0 / (background.deviation * reach.max(REACH_MIN));
        Self {
            slope,
            constant: -background.mean * slope,
        }
    }

    /// Of all scores of a corpus.
    #[must_use]
    pub fn of_all(scores: &[f32]) -> Self {
        let mut best: Vec<f32> = Vec::with_capacity(REACH_OF + 1);
        for score in scores {
            keep_best(&mut best, *score);
        }
        Self::new(Background::of(scores.iter().copied()), &best)
    }

    /// The comparable score.
    #[must_use]
    pub fn at(self, score: f32) -> f32 {
        score * self.slope + self.constant
    }
}

/// Keeps the [`REACH_OF`] best, worst first.
pub fn keep_best(best: &mut Vec<f32>, score: f32) {
    if best.len() == REACH_OF {
        if best.first().is_none_or(|worst| score <= *worst) {
            return;
        }
        best.remove(0);
    }
    let at = best.partition_point(|kept| *kept < score);
    best.insert(at, score);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_mean_is_nothing_and_the_best_are_one() {
        let scores: Vec<f32> = (0..100).map(|n| n as f32).collect();
        let scale = Scale::of_all(&scores);
        assert!(scale.at(49.5).abs() < 1e-5);
        assert!((scale.at(94.5) - 1.0).abs() < 1e-5);
    }

    #[test]
    fn where_all_are_alike_none_stands_out() {
        assert_eq!(Scale::of_all(&[3.0; 20]).at(3.0), 0.0);
        assert_eq!(Scale::of_all(&[]).at(3.0), 0.0);
        assert_eq!(Background::of([]).z(1.0), 0.0);
    }

    #[test]
    fn what_is_between_titles_and_texts_is_weighed_between() {
        let at = |terms| Balance::of(terms).between(0.0, 1.0);
        assert_eq!([at(0.0), at(8.0), at(15.0)], [0.0; 3]);
        assert!((at(30.0) - 0.5).abs() < 1e-6);
        assert_eq!([at(60.0), at(500.0)], [1.0; 2]);
        let (titles, texts) = (Balance::of(9.0), Balance::of(90.0));
        for balance in [titles, texts] {
            assert!((balance.together(1.0, 1.0) - BEST).abs() < 1e-6 && balance.together(0.0, 0.0) == 0.0);
        }
        assert!(texts.together(1.0, 0.0) > titles.together(1.0, 0.0));
    }

    proptest! {
        #[test]
        fn no_scores_break_it(scores in proptest::collection::vec(-1e6_f32..1e6, 0..60)) {
            let scale = Scale::of_all(&scores);
            prop_assert!(scores.iter().all(|score| scale.at(*score).is_finite()));
            prop_assert!(scale.slope >= 0.0);
        }

        #[test]
        fn the_best_are_kept(scores in proptest::collection::vec(-1e3_f32..1e3, 0..60)) {
            let mut best = Vec::new();
            scores.iter().for_each(|score| keep_best(&mut best, *score));
            let mut sorted = scores.clone();
            sorted.sort_unstable_by(f32::total_cmp);
            prop_assert_eq!(best, sorted.split_off(scores.len().saturating_sub(REACH_OF)));
        }
    }
}
