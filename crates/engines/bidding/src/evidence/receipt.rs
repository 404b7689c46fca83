//! Receipts: for every bid, refusals included, a line, its path to the root of its batch, and the platform's signature.

use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _, VerifyingKey};
use kernel::text::hex;
use serde::{Deserialize, Serialize};

use super::{chain, path_root};
use crate::hash::Hash;

/// Signs the roots of batches.
#[derive(Clone)]
pub struct Signer(SigningKey);

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signer")
    }
}

impl Signer {
    /// From the platform's secret.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The public key, in hexadecimal: published, and in every package.
    #[must_use]
    pub fn public(&self) -> String {
        hex(self.0.verifying_key().as_bytes())
    }

    /// Signs the root of a lot's batch.
    #[must_use]
    pub fn sign(&self, lot: &str, root: Hash) -> String {
        hex(&self.0.sign(&signed_bytes(lot, root)).to_bytes())
    }
}

/// Whether a root of a lot's batch was signed with a key, both in hexadecimal.
#[must_use]
pub(crate) fn is_signed(public: &str, lot: &str, root: Hash, signature: &str) -> bool {
    let key = array(public).and_then(|bytes: [u8; 32]| VerifyingKey::from_bytes(&bytes).ok());
    let signature = array(signature).map(|bytes: [u8; 64]| Signature::from_bytes(&bytes));
    match (key, signature) {
        (Some(key), Some(signature)) => key.verify(&signed_bytes(lot, root), &signature).is_ok(),
        _ => false,
    }
}

fn signed_bytes(lot: &str, root: Hash) -> [u8; 32] {
    Hash::of(b"jiebang.batch", &[lot.as_bytes(), &root.0]).0
}

/// What a bidder holds of a step.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Receipt {
    /// The lot.
    pub lot: String,
    /// The step's place in its log.
    pub seq: u64,
    /// The hash of the step before it.
    pub before: Hash,
    /// The step as it is kept.
    pub line: String,
    /// Its hash in the chain.
    pub hash: Hash,
    /// From it to the root.
    pub path: Vec<(bool, Hash)>,
    /// The root of its batch.
    pub root: Hash,
    /// The signature of the root.
    pub signature: String,
}

impl Receipt {
    /// Whether the line has this hash, the path leads from it to the root, and the root was signed with this key.
    #[must_use]
    pub fn holds(&self, public: &str) -> bool {
        chain(self.before, self.line.as_bytes()) == self.hash
            && path_root(self.hash, &self.path) == self.root
            && is_signed(public, &self.lot, self.root, &self.signature)
    }
}

fn array<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != N * 2 || !text.is_ascii() {
        return None;
    }
    let mut out = [0; N];
    for (at, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(out)
}
