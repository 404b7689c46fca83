//! Inverted lists of one field of a segment, and BM25 over them.

use super::file::{Damage, In, Out};
use super::{Alive, Key};
use crate::query::{LENGTH_DISCOUNT, SATURATION};

/// A word is counted up to here in one text; BM25 tells no more apart beyond it.
const COUNT_MAX: u64 = 255;

/// The lists: for each term the documents that have it, by number within the segment, and how often.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Postings {
    keys: Vec<u64>,
    /// Where each key's list begins; one more than there are keys.
    starts: Vec<u32>,
    docs: Vec<u16>,
    counts: Vec<u8>,
    /// How many terms each document has in this field.
    lens: Vec<u16>,
}

/// Rows that become lists: 40 bits of key, 16 of document, 8 of count.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    rows: Vec<u64>,
    lens: Vec<u16>,
}

impl Rows {
    /// Takes in the next document's terms: sorted keys with their counts.
    pub(crate) fn push(&mut self, terms: &[(Key, u32)]) {
        let local = self.lens.len() as u64;
        let mut len = 0_u32;
        for (key, count) in terms {
            self.rows
                .push(key.bits() << 24 | local << 8 | u64::from(*count).min(COUNT_MAX));
            len = len.saturating_add(*count);
        }
        self.lens.push(u16::try_from(len).unwrap_or(u16::MAX));
    }

    /// Sorts them into lists.
    pub(crate) fn build(self) -> Postings {
        use rayon::slice::ParallelSliceMut as _;
        let Self { mut rows, lens } = self;
        rows.par_sort_unstable();
        let mut out = Postings {
            docs: Vec::with_capacity(rows.len()),
            counts: Vec::with_capacity(rows.len()),
            lens,
            ..Postings::default()
        };
        for row in rows {
            out.open(row >> 24);
            // The parts of a row, as put together above.
            out.docs.push((row >> 8) as u16);
            out.counts.push(row as u8);
        }
        out.close();
        out
    }
}

impl Postings {
    /// Begins a key's list, unless it is the last one begun.
    fn open(&mut self, key: u64) {
        if self.keys.last() != Some(&key) {
            self.keys.push(key);
            self.starts.push(u32::try_from(self.docs.len()).unwrap_or(u32::MAX));
        }
    }

    fn close(&mut self) {
        self.starts.push(u32::try_from(self.docs.len()).unwrap_or(u32::MAX));
        self.keys.shrink_to_fit();
        self.starts.shrink_to_fit();
    }

    /// The documents that have a term, and how often.
    pub(crate) fn list(&self, key: Key) -> (&[u16], &[u8]) {
        match self.keys.binary_search(&key.bits()) {
            Ok(at) => self.at(at),
            Err(_) => (&[], &[]),
        }
    }

    fn at(&self, at: usize) -> (&[u16], &[u8]) {
        let range = self.starts[at] as usize..self.starts[at + 1] as usize;
        (&self.docs[range.clone()], &self.counts[range])
    }

    /// How many terms all documents have together.
    pub(crate) fn total(&self) -> u64 {
        self.lens.iter().map(|len| u64::from(*len)).sum()
    }

    /// Adds a term's BM25, times `weight` (idf and the query's weight), to the documents that have it. `mean` is the
    /// corpus' mean length of this field.
    pub(crate) fn add(&self, key: Key, weight: f32, mean: f32, sums: &mut [f32]) {
        let (docs, counts) = self.list(key);
        let norm = Norm::new(mean);
        let weight = weight * (SATURATION + 1.0);
        let lens = &self.lens[..];
        for (doc, count) in docs.iter().zip(counts) {
            let doc = usize::from(*doc);
            if let (Some(sum), Some(len)) = (sums.get_mut(doc), lens.get(doc)) {
                *sum += weight * norm.share(*count, *len);
            }
        }
    }

    /// What [`Self::add`] adds for one document.
    pub(crate) fn one(&self, key: Key, local: u16, weight: f32, mean: f32) -> f32 {
        let (docs, counts) = self.list(key);
        match docs.binary_search(&local) {
            Ok(at) => weight * (SATURATION + 1.0) * Norm::new(mean).share(counts[at], self.lens[usize::from(local)]),
            Err(_) => 0.0,
        }
    }

    /// The lists of several segments as one, without what is gone. `numbers` gives each document its new number.
    pub(crate) fn merge(parts: &[(&Self, &Alive)], numbers: &[Vec<u16>]) -> Self {
        let mut out = Self::default();
        for (part, alive) in parts {
            let left = part.lens.iter().enumerate().filter(|(local, _)| alive.has(*local));
            out.lens.extend(left.map(|(_, len)| *len));
        }
        let mut heads = vec![0_usize; parts.len()];
        while let Some(key) = parts
            .iter()
            .zip(&heads)
            .filter_map(|((part, _), at)| part.keys.get(*at))
            .min()
            .copied()
        {
            for (which, (part, alive)) in parts.iter().enumerate() {
                if part.keys.get(heads[which]) != Some(&key) {
                    continue;
                }
                let (docs, counts) = part.at(heads[which]);
                heads[which] += 1;
                for (doc, count) in docs.iter().zip(counts) {
                    if alive.has(usize::from(*doc)) {
                        out.open(key);
                        out.docs.push(numbers[which][usize::from(*doc)]);
                        out.counts.push(*count);
                    }
                }
            }
        }
        out.close();
        out.docs.shrink_to_fit();
        out.counts.shrink_to_fit();
        out
    }

    pub(crate) fn write(&self, out: &mut Out) {
        out.u64s(&self.keys);
        out.u32s(&self.starts);
        out.u16s(&self.docs);
        out.u8s(&self.counts);
        out.u16s(&self.lens);
    }

    pub(crate) fn read(file: &mut In<'_>, len: usize) -> Result<Self, Damage> {
        let out = Self {
            keys: file.u64s()?,
            starts: file.u32s()?,
            docs: file.u16s()?,
            counts: file.u8s()?,
            lens: file.u16s()?,
        };
        let all = out.docs.len();
        let holds = out.starts.len() == out.keys.len() + 1
            && out.starts.first() == Some(&0)
            && out.starts.is_sorted()
            && out.starts.last().is_some_and(|end| *end as usize == all)
            && out.keys.is_sorted()
            && out.counts.len() == all
            && out.lens.len() == len
            && out.docs.iter().all(|doc| usize::from(*doc) < len);
        if holds {
            Ok(out)
        } else {
            Err(Damage::Inconsistent("lists"))
        }
    }
}

/// BM25's measure of a text's length, as [`crate::query::saturated`] has it, worked out as far as it can be before the
/// loop over the documents.
#[derive(Debug, Clone, Copy)]
struct Norm {
    base: f32,
    slope: f32,
}

impl Norm {
    fn new(mean: f32) -> Self {
        if mean > 0.0 {
            Self {
                base: SATURATION * (1.0 - LENGTH_DISCOUNT),
                slope: SATURATION * LENGTH_DISCOUNT / mean,
            }
        } else {
            Self {
                base: SATURATION,
                slope: 0.0,
            }
        }
    }

    fn share(self, count: u8, len: u16) -> f32 {
        let count = f32::from(count);
        count / (count + self.base + self.slope * f32::from(len))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(words: &[(&str, u32)]) -> Vec<(Key, u32)> {
        let mut terms: Vec<_> = words.iter().map(|(word, count)| (Key::of(word), *count)).collect();
        terms.sort_unstable();
        terms
    }

    fn sample() -> Postings {
        let mut rows = Rows::default();
        rows.push(&terms(&[("电池", 2), ("正极", 1)]));
        rows.push(&terms(&[("电池", 1), ("回收", 300)]));
        rows.push(&terms(&[]));
        rows.build()
    }

    #[test]
    fn lists_tell_who_has_a_term() {
        let lists = sample();
        assert_eq!(lists.list(Key::of("电池")), (&[0, 1][..], &[2, 1][..]));
        assert_eq!(lists.list(Key::of("回收")), (&[1][..], &[255][..]));
        assert_eq!(lists.list(Key::of("无")), (&[][..], &[][..]));
        assert_eq!(lists.total(), 304);
    }

    #[test]
    fn bm25_is_the_formula() {
        let lists = sample();
        let mut sums = [0.0; 3];
        lists.add(Key::of("电池"), 2.0, 4.0, &mut sums);
        let by_hand = 2.0 * 2.0 * 2.2 / (2.0 + 1.2 * (0.25 + 0.75 * 3.0 / 4.0));
        assert!((sums[0] - by_hand).abs() < 1e-5, "{sums:?} {by_hand}");
        assert!((lists.one(Key::of("电池"), 0, 2.0, 4.0) - by_hand).abs() < 1e-5);
        let plain = 2.0 * crate::query::saturated(2.0, 3.0, 4.0);
        assert!((plain - by_hand).abs() < 1e-5);
        assert!(sums[2].abs() < 1e-9);
    }

    #[test]
    fn merged_lists_are_those_of_what_is_left() {
        let (one, other) = (sample(), sample());
        let mut gone = Alive::all(3);
        gone.kill(0);
        let numbers = [vec![0, 0, 1], vec![2, 3, 4]];
        let merged = Postings::merge(&[(&one, &gone), (&other, &Alive::all(3))], &numbers);
        assert_eq!(merged.list(Key::of("电池")), (&[0, 2, 3][..], &[1, 2, 1][..]));
        assert_eq!(merged.list(Key::of("正极")), (&[2][..], &[1][..]));
        assert_eq!(merged.lens, [301, 0, 3, 301, 0]);
    }

    #[test]
    fn lists_come_back_from_a_file() {
        let lists = sample();
        let mut out = Out::new(*b"TEST");
        lists.write(&mut out);
        let bytes = out.end();
        assert_eq!(
            Postings::read(&mut In::new(*b"TEST", &bytes).unwrap(), 3).unwrap(),
            lists
        );
        assert!(Postings::read(&mut In::new(*b"TEST", &bytes).unwrap(), 1).is_err());
    }
}
