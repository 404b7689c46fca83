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

/// The root over the hashes of steps; of none, the hash of nothing.
#[must_use]
pub fn root(steps: &[Hash]) -> Hash {
    let mut level: Vec<Hash> = steps.iter().map(|step| leaf(*step)).collect();
    while level.len() > 1 {
        level = above(&level);
    }
    level.first().copied().unwrap_or(Hash::NONE)
}

/// For each step the path to the root: hashes from below, each with whether it stands to the left.
#[must_use]
pub fn paths(steps: &[Hash]) -> Vec<Vec<(bool, Hash)>> {
    let mut out = vec![Vec::new(); steps.len()];
    let mut level: Vec<Hash> = steps.iter().map(|step| leaf(*step)).collect();
    let mut height = 0;
    while level.len() > 1 {
        for (at, path) in out.iter_mut().enumerate() {
            let place = at >> height;
            if let Some(other) = level.get(place ^ 1) {
                path.push((place % 2 == 1, *other));
            }
        }
        level = above(&level);
        height += 1;
    }
    out
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
    use super::{path_root, paths, root};
    use crate::hash::Hash;

    #[test]
    fn every_path_leads_to_the_root() {
        for n in 0_u8..40 {
            let steps: Vec<Hash> = (0..n).map(|i| Hash([i; 32])).collect();
            let top = root(&steps);
            for (step, path) in steps.iter().zip(paths(&steps)) {
                assert_eq!(path_root(*step, &path), top, "{n}");
                assert_ne!(path_root(Hash([200; 32]), &path), top);
            }
        }
    }
}
