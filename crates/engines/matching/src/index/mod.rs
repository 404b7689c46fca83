//! The index that matching reads: segments of at most 65,536 documents, each with its inverted lists, its vectors and what
//! is known of each document beside its text. A segment never changes; a document that is gone is a bit beside it.
//!
//! Why lists of our own: a match asks for a score of *every* document (the background of the z-scores is the whole
//! corpus), from two fields at once, and the exact dot product beside it. Numbering documents within a segment by 16 bits
//! keeps a posting at three bytes, the running scores of a segment in the second-level cache, and needs no unpacking.

mod alive;
pub(crate) mod current;
mod file;
mod known;
mod live;
mod manifest;
mod postings;
mod segment;

pub(crate) use alive::Alive;
pub(crate) use known::{Known, NEVER, day_number, family_bit, region_number};
pub use live::IndexError;
pub(crate) use live::{Index, Part, Snapshot};
pub(crate) use manifest::Identity;
pub(crate) use postings::Postings;
pub(crate) use segment::{Prepared, Segment};

/// The key of a term: 40 bits of a hash of its letters. Among a million different terms a dozen share theirs with another,
/// which shifts no ranking that anyone could see; in return a posting that waits to be sorted is one 64-bit number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key(u64);

/// Bits of a key.
const KEY_BITS: u32 = 40;

impl Key {
    /// The key of these letters; the same on every machine and in every release, since it is kept on disk.
    pub(crate) fn of(term: &str) -> Self {
        // FNV-1a, its high and low bits mixed at the end as by MurmurHash3.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in term.as_bytes() {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        hash ^= hash >> 33;
        hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^= hash >> 33;
        Self(hash >> (64 - KEY_BITS))
    }

    /// Its bits.
    pub(crate) fn bits(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_same_for_ever() {
        assert_eq!(Key::of("电池"), Key::of("电池"));
        assert_ne!(Key::of("电池"), Key::of("电解"));
        assert!(Key::of("").bits() < 1 << KEY_BITS);
        assert_eq!(Key::of("a").bits(), 0xed_8170_de19);
    }
}
