//! A sheet: the steps of one lot that were put in order, signed and kept together. Receipts are made from it when somebody
//! asks, so that a bid costs no more than its line, its hash and its leaf.

use std::sync::Arc;

use super::{Receipt, Signer, Tree, chain};
use crate::hash::Hash;
use crate::log::{At, Step};

/// A sheet that is being written.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    from: u64,
    before: Hash,
    at: At,
    lines: Vec<u8>,
    ends: Vec<usize>,
    hashes: Vec<Hash>,
}

impl Draft {
    /// Writes a step behind the hash of the one before it; its own hash.
    pub fn push(&mut self, before: Hash, step: &Step) -> Hash {
        if self.hashes.is_empty() {
            (self.from, self.before) = (step.seq, before);
        }
        self.at = step.at;
        let start = self.lines.len();
        // Writing to memory can't fail, and all of ours can be written as JSON.
        let _ = serde_json::to_writer(&mut self.lines, step);
        let hash = chain(before, self.lines.get(start..).unwrap_or_default());
        self.lines.push(b'\n');
        self.ends.push(self.lines.len());
        self.hashes.push(hash);
        hash
    }

    /// Whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Signs what was written.
    #[must_use]
    pub fn seal(self, lot: Arc<str>, signer: &Signer) -> Sheet {
        let tree = Tree::over(&self.hashes);
        let signature = signer.sign(&lot, tree.root());
        Sheet {
            lot,
            from: self.from,
            before: self.before,
            at: self.at,
            // JSON is UTF-8.
            lines: String::from_utf8(self.lines).unwrap_or_default(),
            ends: self.ends,
            hashes: self.hashes,
            tree,
            signature,
        }
    }
}

/// The steps of one lot that were signed and kept together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    lot: Arc<str>,
    from: u64,
    before: Hash,
    at: At,
    lines: String,
    ends: Vec<usize>,
    hashes: Vec<Hash>,
    tree: Tree,
    signature: String,
}

/// A sheet of the store that is not what it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("step {seq} of the log can't be read as it was written")]
pub struct Unreadable {
    /// The first place that can't be read.
    pub seq: u64,
}

impl Sheet {
    /// A sheet as it was kept: its first place, the hash before it, its lines and its signature.
    #[must_use]
    pub fn read(lot: Arc<str>, from: u64, before: Hash, lines: String, signature: String) -> Self {
        let mut ends = Vec::new();
        let mut hashes = Vec::new();
        let (mut end, mut head) = (0, before);
        let mut at = At(0);
        for line in lines.split_inclusive('\n') {
            end += line.len();
            let json = line.strip_suffix('\n').unwrap_or(line);
            head = chain(head, json.as_bytes());
            at = serde_json::from_str::<Step>(json).map_or(at, |step| step.at);
            ends.push(end);
            hashes.push(head);
        }
        Self {
            tree: Tree::over(&hashes),
            lot,
            from,
            before,
            at,
            lines,
            ends,
            hashes,
            signature,
        }
    }

    /// The lot.
    #[must_use]
    pub fn lot(&self) -> &Arc<str> {
        &self.lot
    }

    /// The first step's place.
    #[must_use]
    pub fn from(&self) -> u64 {
        self.from
    }

    /// The hash of the step before the first.
    #[must_use]
    pub fn before(&self) -> Hash {
        self.before
    }

    /// The last one's place.
    #[must_use]
    pub fn to(&self) -> u64 {
        self.from + u64::try_from(self.hashes.len()).unwrap_or(0).saturating_sub(1)
    }

    /// The instant of the last.
    #[must_use]
    pub fn at(&self) -> At {
        self.at
    }

    /// The lines, each with an end.
    #[must_use]
    pub fn lines(&self) -> &str {
        &self.lines
    }

    /// The hashes of the steps, in order.
    #[must_use]
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// The head of the chain after them.
    #[must_use]
    pub fn head(&self) -> Hash {
        self.hashes.last().copied().unwrap_or(Hash::NONE)
    }

    /// What was signed.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.tree.root()
    }

    /// The signature of the root.
    #[must_use]
    pub fn signature(&self) -> &str {
        &self.signature
    }

    /// The line of a step, by its place in the log.
    #[must_use]
    pub fn line(&self, seq: u64) -> Option<&str> {
        let at = self.place(seq)?;
        let start = at.checked_sub(1).and_then(|at| self.ends.get(at)).copied().unwrap_or(0);
        self.lines.get(start..self.ends.get(at)? - 1)
    }

    fn place(&self, seq: u64) -> Option<usize> {
        usize::try_from(seq.checked_sub(self.from)?).ok()
    }

    /// The receipt of a step, by its place in the log.
    #[must_use]
    pub fn receipt(&self, seq: u64) -> Option<Receipt> {
        let at = self.place(seq)?;
        Some(Receipt {
            lot: self.lot.to_string(),
            seq,
            before: match at.checked_sub(1) {
                Some(at) => *self.hashes.get(at)?,
                None => self.before,
            },
            line: self.line(seq)?.to_owned(),
            hash: *self.hashes.get(at)?,
            path: self.tree.path(at),
            root: self.root(),
            signature: self.signature.clone(),
        })
    }
}

/// The right to a receipt: the sheet is shared among all of its bidders, and a receipt is made of it when it is asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct Slip {
    sheet: Arc<Sheet>,
    seq: u64,
}

impl std::fmt::Debug for Slip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Slip({} {})", self.sheet.lot, self.seq)
    }
}

impl Slip {
    /// For a step of a sheet; none where it is not one of its.
    #[must_use]
    pub fn of(sheet: Arc<Sheet>, seq: u64) -> Option<Self> {
        sheet.line(seq)?;
        Some(Self { sheet, seq })
    }

    /// The step's place in the log.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// The step as it is kept.
    #[must_use]
    pub fn line(&self) -> &str {
        self.sheet.line(self.seq).unwrap_or_default()
    }

    /// The receipt.
    #[must_use]
    pub fn receipt(&self) -> Option<Receipt> {
        self.sheet.receipt(self.seq)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Draft, Sheet, Slip};
    use crate::evidence::Signer;
    use crate::hash::Hash;
    use crate::log::{At, Command, Step};

    fn sheet(signer: &Signer) -> Sheet {
        let mut draft = Draft::default();
        let mut head = Hash::NONE;
        for seq in 5..12 {
            let step = Step {
                seq,
                at: At(7),
                command: Command::Tick,
                events: Vec::new(),
            };
            head = draft.push(head, &step);
        }
        draft.seal("lot-1".into(), signer)
    }

    #[test]
    fn receipts_hold_and_changed_ones_do_not() {
        let signer = Signer::new(&[7; 32]);
        let sheet = Arc::new(sheet(&signer));
        assert_eq!((sheet.from(), sheet.to()), (5, 11));
        assert!(Slip::of(sheet.clone(), 4).is_none() && Slip::of(sheet.clone(), 12).is_none());
        for seq in 5..12 {
            let receipt = Slip::of(sheet.clone(), seq).unwrap().receipt().unwrap();
            assert!(
                receipt.line.starts_with(&format!("{{\"seq\":{seq},")),
                "{}",
                receipt.line
            );
            assert!(receipt.holds(&signer.public()));
            let mut other = receipt.clone();
            other.lot = "lot-2".to_owned();
            assert!(!other.holds(&signer.public()));
            let mut other = receipt.clone();
            other.hash = Hash([9; 32]);
            assert!(!other.holds(&signer.public()));
            let mut other = receipt.clone();
            other.line = other.line.replace("\"at\":7", "\"at\":8");
            assert!(!other.holds(&signer.public()));
            assert!(!receipt.holds(&Signer::new(&[8; 32]).public()));
            assert!(!receipt.holds("nonsense"));
        }
    }

    #[test]
    fn a_kept_sheet_is_read_as_it_was_written() {
        let sheet = sheet(&Signer::new(&[7; 32]));
        let again = Sheet::read(
            sheet.lot().clone(),
            sheet.from(),
            Hash::NONE,
            sheet.lines().to_owned(),
            sheet.signature().to_owned(),
        );
        assert_eq!(again, sheet);
    }
}
