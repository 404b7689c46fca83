//! What the index asks of those who read texts and make vectors.

use crate::scan::DIMS;

/// Cuts texts into terms.
pub(crate) trait Analyse: Send + Sync {
    /// Hands on the terms of a text, in their order.
    fn terms(&self, text: &str, take: &mut dyn FnMut(&str));
    /// The text in its plain shape: half-width, simplified, lower case.
    fn normalise(&self, text: &str) -> String;
    /// What it is: an index made by another one is to be built anew.
    fn identity(&self) -> String;
}

/// Makes vectors of texts.
pub(crate) trait Embed: Send + Sync {
    /// The vector of an item.
    fn embed(&self, title: &str, body: &str) -> [i8; DIMS];
    /// What it is.
    fn identity(&self) -> String;
}

/// Words by jieba's dictionary alone.
pub(crate) struct PlainWords(jieba_rs::Jieba);

impl PlainWords {
    pub(crate) fn new() -> Self {
        Self(jieba_rs::Jieba::new())
    }
}

impl Analyse for PlainWords {
    fn terms(&self, text: &str, take: &mut dyn FnMut(&str)) {
        for token in self.0.cut_for_search(&text.to_lowercase(), false) {
            if token.word.chars().any(char::is_alphanumeric) {
                take(token.word);
            }
        }
    }

    fn normalise(&self, text: &str) -> String {
        kernel::text::normalise(text).to_lowercase()
    }

    fn identity(&self) -> String {
        "jieba".into()
    }
}

/// Vectors of pairs of characters, hashed.
pub(crate) struct PlainEmbed;

impl Embed for PlainEmbed {
    fn embed(&self, title: &str, body: &str) -> [i8; DIMS] {
        let mut sums = [0_f32; DIMS];
        let mut add = |text: &str, weight: f32| {
            let chars: Vec<char> = text.chars().take(300).collect();
            for pair in chars.windows(2) {
                let hash = crate::index::Key::of(&pair.iter().collect::<String>()).bits();
                let at = usize::try_from(hash % DIMS as u64).unwrap_or(0);
                sums[at] += if hash & 1 << 20 == 0 { weight } else { -weight };
            }
        };
        add(title, 1.0);
        add(body, 0.3);
        let len = sums.iter().map(|sum| sum * sum).sum::<f32>().sqrt().max(1e-6);
        #[expect(clippy::cast_possible_truncation, reason = "at most 127")]
        sums.map(|sum| (sum / len * 127.0).round() as i8)
    }

    fn identity(&self) -> String {
        "pairs".into()
    }
}
