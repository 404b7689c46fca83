//! Hashes: each over a name of what it is for and the bytes, so that none can be taken for another.

use std::fmt;

use kernel::Fen;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// A SHA-256, in hexadecimal where it is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// Before the first event of a log.
    pub const NONE: Self = Self([0; 32]);

    /// Over parts, each with its length before it.
    #[must_use]
    pub fn of(name: &[u8], parts: &[&[u8]]) -> Self {
        let mut sha = Sha256::new();
        for part in std::iter::once(&name).chain(parts) {
            sha.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            sha.update(part);
        }
        Self(sha.finalize().into())
    }

    /// Over a value as JSON. A value that can't be written so has the hash of nothing; all of ours can.
    #[must_use]
    pub fn of_json(name: &[u8], value: &impl Serialize) -> Self {
        Self::of(name, &[&serde_json::to_vec(value).unwrap_or_default()])
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::str::FromStr for Hash {
    type Err = NoHash;

    fn from_str(text: &str) -> Result<Self, NoHash> {
        let mut out = [0; 32];
        if text.len() != out.len() * 2 || !text.is_ascii() {
            return Err(NoHash);
        }
        for (at, byte) in out.iter_mut().enumerate() {
            let two = text.get(at * 2..at * 2 + 2).ok_or(NoHash)?;
            *byte = u8::from_str_radix(two, 16).map_err(|_| NoHash)?;
        }
        Ok(Self(out))
    }
}

/// A text that is no hash.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("64 hexadecimal digits were expected")]
pub struct NoHash;

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [0_u8; 64];
        for (two, byte) in text.chunks_exact_mut(2).zip(self.0) {
            two.copy_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
        }
        to.serialize_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// What a secret reserve is sealed to before the start: its amount with a salt that is opened at the close.
#[must_use]
pub fn commit_reserve(amount: Fen, salt: &[u8]) -> Hash {
    Hash::of(b"jiebang.reserve", &[&amount.get().to_le_bytes(), salt])
}

/// What a sealed offer is known by until it is opened: lot, bidder, amount and a nonce of the bidder's.
#[must_use]
pub fn commit_offer(lot: &str, bidder: u32, amount: Fen, nonce: &[u8]) -> Hash {
    Hash::of(
        b"jiebang.offer",
        &[
            lot.as_bytes(),
            &bidder.to_le_bytes(),
            &amount.get().to_le_bytes(),
            nonce,
        ],
    )
}

/// What the scores of a lot are sealed to before prices are opened.
#[must_use]
pub fn commit_scores(scores: &impl Serialize, salt: &[u8]) -> Hash {
    let json = serde_json::to_vec(scores).unwrap_or_default();
    Hash::of(b"jiebang.scores", &[&json, salt])
}
