//! A text's pieces: the likeliest way to put it together of those that the table knows.

use rustc_hash::FxHashMap;

/// What a character that is no piece costs, beside the least likely piece: it is passed over only where nothing else
/// goes.
const UNKNOWN_COST: f32 = 10.0;
/// The root of the tree.
const ROOT: u32 = 0;
/// The characters whose pieces are found without a search: those of the first plane, which texts consist of. A quarter of a
/// megabyte, for half of all steps.
const FIRST_PLANE: usize = 0x1_0000;

/// The pieces as a tree of characters.
#[derive(Debug)]
pub(crate) struct Pieces {
    /// The children of the root by their characters; the root where there is none.
    firsts: Vec<u32>,
    /// Of each node a bit for each kind of character that goes on from it: most characters do not, and are not looked for.
    goes_on: Vec<u64>,
    /// The child of another node by a character.
    children: FxHashMap<(u32, char), u32>,
    /// The piece that ends at a node, and the logarithm of its likelihood.
    ends: Vec<Option<(u32, f32)>>,
    unknown: f32,
}

impl Pieces {
    /// Of pieces and the logarithms of their likelihoods, numbered in their order. Of a piece that comes twice the first
    /// counts.
    pub(super) fn new(pieces: &[&str], scores: &[f32]) -> Self {
        let numbered = (0_u32..).zip(pieces.iter().zip(scores));
        Self::numbered(numbered.map(|(id, (piece, score))| (*piece, id, *score)))
    }

    /// Of pieces, each with its number and the logarithm of its likelihood.
    pub(crate) fn numbered<'a>(pieces: impl IntoIterator<Item = (&'a str, u32, f32)>) -> Self {
        let mut tree = Self {
            firsts: vec![ROOT; FIRST_PLANE],
            goes_on: vec![0],
            children: FxHashMap::default(),
            ends: vec![None],
            unknown: 0.0,
        };
        for (piece, id, score) in pieces {
            tree.unknown = tree.unknown.min(score);
            let node = tree.path(piece);
            if let Some(end) = tree.ends.get_mut(node as usize)
                && node != ROOT
            {
                end.get_or_insert((id, score));
            }
        }
        tree.unknown -= UNKNOWN_COST;
        tree
    }

    fn path(&mut self, piece: &str) -> u32 {
        let mut node = ROOT;
        for c in piece.chars() {
            let child = match self.firsts.get_mut(u32::from(c) as usize) {
                Some(first) if node == ROOT => first,
                _ => self.children.entry((node, c)).or_insert(ROOT),
            };
            if *child == ROOT {
                *child = u32::try_from(self.ends.len()).unwrap_or(ROOT);
                self.ends.push(None);
                self.goes_on.push(0);
                self.goes_on[node as usize] |= kind(c);
            }
            node = *child;
        }
        node
    }

    fn child(&self, node: u32, c: char) -> Option<u32> {
        let child = match self.firsts.get(u32::from(c) as usize) {
            Some(first) if node == ROOT => Some(*first),
            _ if self.goes_on[node as usize] & kind(c) == 0 => None,
            _ => self.children.get(&(node, c)).copied(),
        };
        child.filter(|child| *child != ROOT)
    }

    /// The numbers of a text's pieces, in their order; none for a character that is in no piece.
    pub(crate) fn cut(&self, text: &str) -> Vec<Option<usize>> {
        let mut pieces = Vec::new();
        self.backwards(text, |piece| pieces.push(piece));
        pieces.reverse();
        pieces
    }

    /// Takes the numbers of a text's pieces, from its end to its beginning; what is unknown is left out.
    pub(super) fn visit(&self, text: &str, mut take: impl FnMut(usize)) {
        self.backwards(text, |piece| {
            if let Some(piece) = piece {
                take(piece);
            }
        });
    }

    /// A text may be of any length, but is held thrice while it is cut.
    fn backwards(&self, text: &str, mut take: impl FnMut(Option<usize>)) {
        let chars: Vec<char> = text.chars().collect();
        // The best way to reach each place: its cost, the piece that ends there and where that begins.
        let mut best: Vec<(f32, Option<u32>, usize)> = vec![(f32::NEG_INFINITY, None, 0); chars.len() + 1];
        best[0].0 = 0.0;
        for begin in 0..chars.len() {
            let so_far = best[begin].0;
            improve(&mut best[begin + 1], (so_far + self.unknown, None, begin));
            let mut node = ROOT;
            for (at, c) in chars.iter().enumerate().skip(begin) {
                let Some(child) = self.child(node, *c) else {
                    break;
                };
                node = child;
                if let Some(Some((id, score))) = self.ends.get(node as usize) {
                    improve(&mut best[at + 1], (so_far + score, Some(*id), begin));
                }
            }
        }
        let mut at = chars.len();
        while at > 0 {
            let (_, piece, begin) = best[at];
            take(piece.map(|piece| piece as usize));
            at = begin;
        }
    }
}

/// One of 64 kinds of characters, as a bit.
fn kind(c: char) -> u64 {
    1 << (u32::from(c) % 64)
}

fn improve(place: &mut (f32, Option<u32>, usize), way: (f32, Option<u32>, usize)) {
    if way.0 > place.0 {
        *place = way;
    }
}
