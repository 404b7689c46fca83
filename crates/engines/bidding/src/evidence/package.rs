//! A lot's package: one text file of lines, each a word and what belongs to it.
//!
//! ```text
//! jiebang-lot 1
//! head {"lot":…,"rules":…,"rules_hash":…,"key":…}
//! person {"paddle":3,"salt":…,"identity":…}            only in the full package
//! step HASH {"seq":1,…}
//! batch FROM TO ROOT SIGNATURE
//! end COUNT HASH
//! ```

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::hash::Hash;
use crate::rules::Rules;

/// The version of the format.
pub const PACKAGE_VERSION: u32 = 1;

/// What a package is about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Head {
    /// The lot.
    pub lot: String,
    /// Its rules, as they were announced.
    pub rules: Rules,
    /// Their hash, as it was announced.
    pub rules_hash: Hash,
    /// The platform's public key.
    pub key: String,
}

/// Who a bidder is, in a full package: salted, so that the public one tells nothing by its hash.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Person {
    /// The number in the hall.
    pub paddle: u32,
    /// The salt of the commitment, in hexadecimal.
    pub salt: String,
    /// Name and identity, as registered.
    pub identity: String,
}

impl Person {
    /// The commitment that the registration in the log holds.
    #[must_use]
    pub fn commitment(&self) -> Hash {
        Hash::of(b"jiebang.person", &[self.salt.as_bytes(), self.identity.as_bytes()])
    }
}

/// A step as it is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    /// Its hash in the chain.
    pub hash: Hash,
    /// Its line.
    pub line: String,
}

/// The signature of a batch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signed {
    /// Its first step.
    pub from: u64,
    /// Its last.
    pub to: u64,
    /// The root of its tree.
    pub root: Hash,
    /// The signature, in hexadecimal.
    pub signature: String,
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Writes a package. With people it is the full one.
#[must_use]
pub fn write(head: &Head, people: &[Person], steps: &[Kept], batches: &[Signed]) -> String {
    let mut out = format!("jiebang-lot {PACKAGE_VERSION}\nhead {}\n", json(head));
    // Writing to a text can't fail.
    for person in people {
        let _ = writeln!(out, "person {}", json(person));
    }
    for step in steps {
        let _ = writeln!(out, "step {} {}", step.hash, step.line);
    }
    for batch in batches {
        let _ = writeln!(
            out,
            "batch {} {} {} {}",
            batch.from, batch.to, batch.root, batch.signature
        );
    }
    let whole = Hash::of(b"jiebang.package", &[out.as_bytes()]);
    let _ = writeln!(out, "end {} {whole}", steps.len());
    out
}
