//! The tree over a batch of steps: its root is what is signed, and a path of hashes leads from a step to it.

use crate::hash::Hash;

fn leaf(step: Hash) -> Hash {
    Hash::of(b"jiebang.leaf", &[&step.0])
}

fn node(left: Hash, right: Hash) -> Hash {
    Hash::of(b"jiebang.node", &[&left.0, &right.0])
}

/// One level up: pairs become nodes, one that is left over goes up as it is.
fn above(level: &[Hash]) -> Vec<Hash> {
    let up = level.chunks(2).filter_map(|pair| match pair {
        [left, right] => Some(node(*left, *right)),
        [one] => Some(*one),
        _ => None,
    });
    up.collect()
}

/// The tree over the steps of a batch, level by level from the leaves up.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tree {
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// Over the hashes of steps.
    #[must_use]
    pub fn over(steps: &[Hash]) -> Self {
        let mut levels = vec![steps.iter().map(|step| leaf(*step)).collect::<Vec<_>>()];
        while let Some(level) = levels.last().filter(|level| level.len() > 1) {
            levels.push(above(level));
        }
        Self { levels }
    }

    /// Its root; of no steps, the hash of nothing.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.levels
            .last()
            .and_then(|top| top.first())
            .copied()
            .unwrap_or(Hash::NONE)
    }

    /// From a step to the root: hashes from below, each with whether it stands to the left.
    #[must_use]
    pub fn path(&self, step: usize) -> Vec<(bool, Hash)> {
        let beside = self.levels.iter().enumerate().filter_map(|(height, level)| {
            let place = step.checked_shr(u32::try_from(height).ok()?)?;
            let other = level.get(place ^ 1)?;
            Some((place % 2 == 1, *other))
        });
        beside.collect()
    }
}

/// The root over the hashes of steps.
#[must_use]
pub fn root(steps: &[Hash]) -> Hash {
    Tree::over(steps).root()
}

/// The root that a path leads to from a step.
#[must_use]
pub fn path_root(step: Hash, path: &[(bool, Hash)]) -> Hash {
    path.iter().fold(leaf(step), |here, (is_left, other)| {
        if *is_left {
            node(*other, here)
        } else {
            node(here, *other)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{Tree, path_root};
    use crate::hash::Hash;

    #[test]
    fn every_path_leads_to_the_root() {
        for n in 0_u8..40 {
            let steps: Vec<Hash> = (0..n).map(|i| Hash([i; 32])).collect();
            let tree = Tree::over(&steps);
            for (at, step) in steps.iter().enumerate() {
                let path = tree.path(at);
                assert_eq!(path_root(*step, &path), tree.root(), "{n}");
                assert_ne!(path_root(Hash([200; 32]), &path), tree.root());
            }
        }
    }
}
