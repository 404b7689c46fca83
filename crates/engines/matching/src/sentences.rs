//! Where two texts say something alike: the two sentences that are nearest to each other. Shared words tell that two
//! things have to do with each other; a sentence of each tells what.

use crate::table::{Table, Vector};
use crate::text::Analyser;

/// Sentences of a text that are compared.
const SENTENCES_MAX: usize = 24;
/// Characters of a sentence below which it is a heading, above which it is a paragraph without stops.
const SENTENCE_CHARS: std::ops::RangeInclusive<usize> = 6..=120;
/// The cosine from which two sentences say something alike.
const ALIKE_MIN: f32 = 0.35;

/// The sentences of a text, ready to be compared.
#[derive(Debug, Clone, Default)]
pub struct Sentences(Vec<(String, Vector)>);

impl Sentences {
    /// Of a text.
    pub(crate) fn of(analyser: &Analyser, table: &Table, text: &str) -> Self {
        let told = text
            .split(['。', '；', ';', '\n', '！', '？'])
            .map(str::trim)
            .filter(|sentence| SENTENCE_CHARS.contains(&sentence.chars().count()))
            .take(SENTENCES_MAX)
            .map(|sentence| (sentence.to_owned(), table.embed_text(&analyser.normalise(sentence))));
        Self(told.collect())
    }

    /// The sentence here and the one there that are nearest to each other, where any are near.
    #[must_use]
    pub fn nearest<'s>(&'s self, other: &'s Self) -> Option<(&'s str, &'s str)> {
        let mut best = None;
        let mut least = ALIKE_MIN;
        for (mine, vector) in &self.0 {
            for (theirs, their_vector) in &other.0 {
                let cosine = vector.cosine(their_vector);
                if cosine >= least {
                    least = cosine;
                    best = Some((mine.as_str(), theirs.as_str()));
                }
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Sentences {
        Sentences::of(&Analyser::new(), &Table::shipped().unwrap(), text)
    }

    #[test]
    fn the_nearest_sentences_are_told() {
        let need = of("隔膜受热收缩，电池会短路。我们有三条产线。");
        let offer = of("已获奖两次以上。高温下隔膜收缩小，防止电池短路。");
        assert_eq!(
            need.nearest(&offer),
            Some(("隔膜受热收缩，电池会短路", "高温下隔膜收缩小，防止电池短路"))
        );
    }

    #[test]
    fn what_is_far_apart_is_not_told() {
        assert_eq!(of("水稻纹枯病的防治药剂").nearest(&of("银行客户信用风险的预警")), None);
        assert_eq!(of("").nearest(&of("短")), None);
    }
}
