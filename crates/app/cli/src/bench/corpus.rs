//! Made-up offers and needs with the statistics of real texts: words of jieba's dictionary by Zipf's law, each text about a
//! few topics. The same seed makes the same texts.

use jieba_rs::Jieba;
use kernel::{Fen, patent_check};
use matching::{Document, Facts, Family};
use uuid::Uuid;

/// Topics there are.
const TOPICS: usize = 240;
/// Words of one topic.
const TOPIC_WORDS: usize = 400;
/// Ranks from which a topic's words are taken: rarer than these are names, commoner ones are everybody's.
const TOPIC_RANKS: std::ops::Range<usize> = 300..60_000;
/// Of a hundred words how many are about the topic.
const TOPICAL_PERCENT: u64 = 45;
/// Of a hundred words how many are of one character.
const SHORT_PERCENT: u64 = 14;
/// Of a hundred words how many are Latin.
const LATIN_PERCENT: u64 = 3;
/// Words of a body: at least, and how many more at most.
const BODY_WORDS: (u64, u64) = (200, 120);
/// Words of a need's text.
const NEED_WORDS: (u64, u64) = (60, 80);
/// Words of a title.
const TITLE_WORDS: (u64, u64) = (5, 5);
/// One-character words by how common they are.
const SHORT: [char; 16] = [
    '的', '和', '在', '与', '对', '为', '及', '其', '等', '将', '由', '后', '中', '可', '用', '该',
];
/// Latin words of the trades.
const LATIN: [&str; 20] = [
    "sensor", "battery", "polymer", "robot", "laser", "catalyst", "LiFePO4", "graphene", "MEMS", "FPGA", "PLC", "AGV",
    "CNC", "silicon", "plasma", "coating", "alloy", "enzyme", "protein", "wavelet",
];
const FIELDS: [&str; 8] = ["NE", "EQ", "BI", "IT", "MA", "AG", "EN", "SV"];
const MODES: [&str; 4] = ["licence", "transfer", "together", "equity"];

/// A stream of numbers that is the same each time (SplitMix64).
#[derive(Debug, Clone)]
pub(crate) struct Numbers(u64);

impl Numbers {
    /// The stream of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One below.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap_or(0)
    }

    fn percent(&mut self, share: u64) -> bool {
        self.next() % 100 < share
    }

    fn between(&mut self, (least, more): (u64, u64)) -> u64 {
        least + self.next() % (more + 1)
    }

    /// A rank below `end` by Zipf's law with exponent 1.
    fn rank(&mut self, end: usize) -> usize {
        let unit = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        // The inverse of the logarithm that sums of 1/rank are near to.
        ((end as f64 + 1.0).powf(unit) as usize).saturating_sub(1).min(end - 1)
    }
}

/// What texts are made of.
#[derive(Debug)]
pub(crate) struct Corpus {
    words: Vec<String>,
    topics: Vec<Vec<u32>>,
}

/// The common characters in the order of GB 2312.
fn characters() -> Vec<char> {
    let bytes: Vec<u8> = (0xB0..=0xD7)
        .flat_map(|row| (0xA1..=0xFE).flat_map(move |cell| [row, cell]))
        .collect();
    let (text, _, _) = encoding_rs::GBK.decode(&bytes);
    text.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).collect()
}

impl Corpus {
    /// Finds the words of two characters in jieba's dictionary, orders them by how common they are, and makes topics.
    pub(crate) fn new(seed: u64) -> Self {
        let jieba = Jieba::new();
        let characters = characters();
        let mut words: Vec<(usize, String)> = Vec::new();
        for first in &characters {
            for second in &characters {
                let word: String = [*first, *second].iter().collect();
                if jieba.has_word(&word) {
                    words.push((jieba.suggest_freq(&word), word));
                }
            }
        }
        words.sort_unstable_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.cmp(other)));
        let words: Vec<String> = words.into_iter().map(|(_, word)| word).collect();
        let mut numbers = Numbers::new(seed);
        let range = TOPIC_RANKS.start.min(words.len())..TOPIC_RANKS.end.min(words.len());
        let topic = |numbers: &mut Numbers| -> Vec<u32> {
            let at = |numbers: &mut Numbers| range.start + numbers.below(range.len());
            (0..TOPIC_WORDS)
                .filter_map(|_| u32::try_from(at(numbers)).ok())
                .collect()
        };
        let topics = (0..TOPICS).map(|_| topic(&mut numbers)).collect();
        Self { words, topics }
    }

    fn topical(&self, topics: &[usize], numbers: &mut Numbers) -> &str {
        let topic = &self.topics[topics[numbers.below(topics.len())]];
        &self.words[topic[numbers.rank(topic.len())] as usize]
    }

    fn title(&self, topics: &[usize], numbers: &mut Numbers) -> String {
        let mut out = String::from(if numbers.percent(50) { "一种" } else { "" });
        for at in 0..numbers.between(TITLE_WORDS) {
            if at == 3 && numbers.percent(40) {
                out.push('的');
            }
            out.push_str(self.topical(topics, numbers));
        }
        if numbers.percent(15) {
            out.push_str(LATIN[numbers.below(LATIN.len())]);
        }
        out
    }

    fn body(&self, topics: &[usize], words: u64, numbers: &mut Numbers) -> String {
        let mut out = String::with_capacity(2_000);
        let mut until_stop = 8;
        for _ in 0..words {
            if numbers.percent(SHORT_PERCENT) {
                out.push(SHORT[numbers.rank(SHORT.len())]);
            } else if numbers.percent(LATIN_PERCENT) {
                out.push_str(LATIN[numbers.below(LATIN.len())]);
            } else if numbers.percent(TOPICAL_PERCENT) {
                out.push_str(self.topical(topics, numbers));
            } else {
                out.push_str(&self.words[numbers.rank(self.words.len())]);
            }
            until_stop -= 1;
            if until_stop == 0 {
                out.push(if numbers.percent(40) { '。' } else { '，' });
                until_stop = numbers.between((5, 9));
            }
        }
        out.push('。');
        out
    }

    fn some_topics(numbers: &mut Numbers) -> Vec<usize> {
        (0..=numbers.below(3)).map(|_| numbers.below(TOPICS)).collect()
    }

    /// An offer.
    pub(crate) fn offer(&self, serial: u64, numbers: &mut Numbers) -> Document {
        let topics = Self::some_topics(numbers);
        let words = numbers.between(BODY_WORDS);
        let digits = format!("{}1{:07}", 2010 + serial % 14, serial % 10_000_000);
        let check = patent_check(digits.as_bytes());
        let price = i64::try_from(numbers.between((5, 200)))
            .ok()
            .and_then(|wan| Fen::from_yuan(wan * 10_000));
        Document {
            // In the order of time, as ids are.
            id: Uuid::from_u128(u128::from(serial) << 64 | u128::from(numbers.next())),
            family: Family::Offer,
            kind: if numbers.percent(70) { "patent" } else { "achievement" }.to_owned(),
            title: self.title(&topics, numbers),
            body: self.body(&topics, words, numbers),
            facts: Facts {
                fields: topics
                    .iter()
                    .take(2)
                    .map(|topic| FIELDS[topic % FIELDS.len()].to_owned())
                    .collect(),
                region: Some(format!("32{:02}{:02}", 1 + numbers.below(13), 1 + numbers.below(9))),
                maturity: u8::try_from(1 + numbers.below(9)).ok(),
                modes: vec![MODES[numbers.below(MODES.len())].to_owned()],
                price_min: price,
                price_max: price,
                numbers: vec![format!("ZL{digits}.{check}")],
                owner: Some(format!("第{}研究所", 1 + numbers.below(900))),
                ..Facts::default()
            },
        }
    }

    /// A need: a title and a text.
    pub(crate) fn need(&self, numbers: &mut Numbers) -> (String, String) {
        let topics = Self::some_topics(numbers);
        let words = numbers.between(NEED_WORDS);
        (self.title(&topics, numbers), self.body(&topics, words, numbers))
    }

    /// What somebody types into the search box who looks for this offer, in turn a word, two words, the beginning of the
    /// title, sounds, a number, a Latin word with a wrong letter.
    pub(crate) fn typed(&self, offer: &Document, turn: usize, numbers: &mut Numbers) -> String {
        let letters: Vec<char> = offer
            .title
            .chars()
            .filter(|c| !c.is_ascii() && !"一种的".contains(*c))
            .collect();
        let word = |at: usize| -> String { letters.iter().skip(at).take(2).collect() };
        match turn % 8 {
            0 | 1 => word(0),
            2 => format!("{} {}", word(0), word(2)),
            3 => offer.title.chars().take(9).collect(),
            4 => PINYIN[numbers.below(PINYIN.len())].to_owned(),
            5 => offer.facts.numbers.first().cloned().unwrap_or_default(),
            6 => MISTYPED[numbers.below(MISTYPED.len())].to_owned(),
            _ => format!("{}{}", word(2), word(4)),
        }
    }
}

/// Sounds and initials that people type.
const PINYIN: [&str; 8] = [
    "dianchi", "jishu", "cailiao", "xitong", "zhzz", "jsgl", "fangfa", "zdkz",
];
/// Latin words with one letter wrong.
const MISTYPED: [&str; 5] = ["sensr", "batery", "polimer", "grapheme", "catalist"];
