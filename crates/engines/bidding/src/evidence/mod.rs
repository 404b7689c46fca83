//! Evidence: what makes a lot's log provable to people who trust neither the platform nor each other.
//!
//! Each step's line is chained to the line before it; the steps of a batch are the leaves of a tree whose root is signed, so
//! that every bidder has a receipt ([`Receipt`]) with one signature a batch; and a lot's [`package`](package::write) can be
//! checked offline ([`verify`]): the chain, the hash of the rules, every decision, and the award. The format is written
//! down in `docs/evidence.md`, so that a third party can write a checker of its own.

mod check;
mod package;
mod receipt;
mod sheet;
mod tree;

pub use check::{Broken, Fault, Verified, verify};
pub use package::{Head, Kept, PACKAGE_VERSION, Person, Signed, write};
pub use receipt::{Receipt, Signer};
pub use sheet::{Draft, Sheet, Slip, Unreadable};
pub use tree::{Tree, path_root, root};

use crate::hash::Hash;
use crate::log::Step;

/// A step as it is kept and hashed: JSON on one line.
#[must_use]
pub fn line(step: &Step) -> String {
    serde_json::to_string(step).unwrap_or_default()
}

/// The hash of a line behind the hash of the line before it.
#[must_use]
pub fn chain(before: Hash, line: &[u8]) -> Hash {
    Hash::of(b"jiebang.step", &[&before.0, line])
}
