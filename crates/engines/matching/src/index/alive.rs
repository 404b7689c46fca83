//! Which documents of a segment are still there.

/// A bit a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alive {
    words: Vec<u64>,
    count: usize,
}

impl Alive {
    /// All of so many.
    pub(crate) fn all(len: usize) -> Self {
        let mut words = vec![u64::MAX; len.div_ceil(64)];
        if let (Some(last), rest @ 1..) = (words.last_mut(), len % 64) {
            *last = (1 << rest) - 1;
        }
        Self { words, count: len }
    }

    /// From its bits; nothing if they are not those of so many documents.
    pub(crate) fn from_words(words: Vec<u64>, len: usize) -> Option<Self> {
        let whole = Self::all(len);
        let fits = words.len() == whole.words.len() && words.iter().zip(&whole.words).all(|(a, b)| a & !b == 0);
        let count = words.iter().map(|word| word.count_ones() as usize).sum();
        fits.then_some(Self { words, count })
    }

    /// Its bits.
    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }

    /// How many are there.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Whether this one is.
    pub(crate) fn has(&self, local: usize) -> bool {
        self.words
            .get(local / 64)
            .is_some_and(|word| word >> (local % 64) & 1 == 1)
    }

    /// Takes one away; says whether it was there.
    pub(crate) fn kill(&mut self, local: usize) -> bool {
        let was = self.has(local);
        if was {
            self.words[local / 64] &= !(1 << (local % 64));
            self.count -= 1;
        }
        was
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_is_left() {
        for len in [0, 1, 63, 64, 65, 200] {
            let mut alive = Alive::all(len);
            assert_eq!(alive.count(), len);
            assert!(!alive.has(len));
            assert!(!alive.kill(len));
            if len > 0 {
                assert!(alive.kill(len - 1));
                assert!(!alive.kill(len - 1));
                assert_eq!(alive.count(), len - 1);
            }
            assert_eq!(Alive::from_words(alive.words().to_vec(), len), Some(alive));
        }
        assert_eq!(Alive::from_words(vec![u64::MAX], 63), None);
    }
}
