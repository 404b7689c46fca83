//! Which things say nearly the same (R139): by the pieces of three characters that their main texts share; and which have
//! the same title and owner, whatever their texts.
//!
//! Comparing each with each would not end. So every thing gets a few marks (min-wise hashes in bands): of two that share
//! four fifths of their pieces 95 in a hundred have a mark in common, of two about different things hardly any. What has
//! a mark in common is then compared in full. Pieces are hashed under a key of this installation, so that marks kept in
//! the store tell nothing to who has the store alone.

use forms::{Lookup, Secrecy};
use jcore::Keys as Sealing;
use kernel::text::fold;

use crate::kind::EntryKind;

/// From so many percent of common pieces on two things are alike: a text with a figure or a half-sentence changed.
pub(crate) const ALIKE_PERCENT: u8 = 80;
/// Marks of the text.
const BANDS: usize = 6;
/// Smallest hashes that make one mark.
const ROWS: usize = 4;
const BINS: usize = BANDS * ROWS;
/// Fewest pieces that tell something: of a shorter text one word makes too much.
const PIECES_MIN: usize = 30;
/// Pieces that are compared, the smallest by hash, which is a fair choice: more don't make the percentage better, and a
/// batch has many rows.
const PIECES_MAX: usize = 256;
/// What titles of patents begin with, and says nothing.
const TITLE_HEADS: [&str; 3] = ["一种", "一类", "一个"];
/// Bits of a character.
const CHAR_BITS: u32 = 21;

/// The secret under which pieces of a kind's texts are hashed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seed(u64);

impl Seed {
    pub(crate) fn new(keys: &Sealing, kind: &dyn EntryKind) -> Self {
        Self(head(keys.fingerprint(&[b"entry.alike", kind.key().as_bytes()])))
    }
}

/// The hashed pieces of a thing's main texts, each once, in order; of a long text the smallest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pieces(Box<[u32]>);

impl Pieces {
    pub(crate) fn of(kind: &dyn EntryKind, seed: Seed, said: &impl Lookup) -> Self {
        let mut all: Vec<u32> = Vec::with_capacity(PIECES_MAX * 2);
        for_pieces(kind, seed, said, |hash| all.push(low(hash)));
        all.sort_unstable();
        all.dedup();
        if all.len() < PIECES_MIN {
            all.clear();
        }
        all.truncate(PIECES_MAX);
        Self(all.into_boxed_slice())
    }

    /// How many of a hundred pieces both have; 0 where one has too few to tell.
    pub(crate) fn percent(&self, other: &Self) -> u8 {
        let is_cut = self.0.len() == PIECES_MAX || other.0.len() == PIECES_MAX;
        // Of cut lists only the smallest of both together are known to be all there.
        let most = if is_cut { PIECES_MAX } else { usize::MAX };
        let (mut one, mut two) = (self.0.iter().peekable(), other.0.iter().peekable());
        let (mut all, mut both) = (0_usize, 0_usize);
        while all < most {
            match (one.peek(), two.peek()) {
                (Some(a), Some(b)) => {
                    let (a, b) = (**a, **b);
                    both += usize::from(a == b);
                    if a <= b {
                        one.next();
                    }
                    if b <= a {
                        two.next();
                    }
                }
                (Some(_), None) => {
                    one.next();
                }
                (None, Some(_)) => {
                    two.next();
                }
                (None, None) => break,
            }
            all += 1;
        }
        (both * 100)
            .checked_div(all)
            .map_or(0, |n| u8::try_from(n).unwrap_or(100))
    }
}

/// The marks of a thing: by its texts, and by its title with its owner's code.
pub(crate) fn marks(keys: &Sealing, kind: &dyn EntryKind, seed: Seed, said: &impl Lookup) -> Vec<i64> {
    let mut out = Vec::with_capacity(BANDS + 1);
    out.extend(title_mark(keys, kind, said));
    let (mut least, mut count) = ([u64::MAX; BINS], 0_usize);
    for_pieces(kind, seed, said, |hash| {
        // The high half chooses one of the bins, so that one hash a piece serves for all of them.
        let bin = usize::try_from(((hash >> 32) * BINS as u64) >> 32).unwrap_or(0);
        if let Some(slot) = least.get_mut(bin) {
            *slot = (*slot).min(hash & u64::from(u32::MAX));
        }
        count += 1;
    });
    if count < PIECES_MIN {
        return out;
    }
    fill_empty(&mut least);
    for (band, rows) in least.chunks(ROWS).enumerate() {
        let mark = rows.iter().fold(seed.0 ^ band as u64, |at, row| mix(at ^ row));
        out.push(mark.cast_signed());
    }
    // Two of one thing's marks are the same by chance at most; the store keeps each once.
    out.sort_unstable();
    out.dedup();
    out
}

/// The mark of the title and the owner's code, by which the same title of the same owner is found, whatever the text.
pub(crate) fn title_mark(keys: &Sealing, kind: &dyn EntryKind, said: &impl Lookup) -> Option<i64> {
    let title = title_core(said.text("title")?);
    let owner = said.uscc(kind.keys().uscc)?;
    let parts = [
        b"entry.alike.title",
        kind.key().as_bytes(),
        title.as_bytes(),
        owner.as_str().as_bytes(),
    ];
    (!title.is_empty()).then(|| head(keys.fingerprint(&parts)).cast_signed())
}

/// A title without what every title begins with.
fn title_core(title: &str) -> String {
    let folded = fold(title);
    let bare = TITLE_HEADS.iter().find_map(|head| folded.strip_prefix(head));
    bare.map(str::to_owned).unwrap_or(folded)
}

/// Gives every piece of the main texts, hashed: a new title makes no new thing of an old text. Only texts that are open to everyone count, whatever their owner
/// chose to show.
fn for_pieces(kind: &dyn EntryKind, seed: Seed, said: &impl Lookup, mut give: impl FnMut(u64)) {
    for key in kind.keys().summary {
        let is_open = kind
            .form()
            .field(key)
            .is_some_and(|field| field.secrecy == Secrecy::Open);
        let Some(text) = said.text(key).filter(|_| is_open) else {
            continue;
        };
        let mut window = 0_u64;
        for (n, c) in fold(text).chars().enumerate() {
            // Three characters fill the window; older ones fall out at the top.
            window = (window << CHAR_BITS | u64::from(u32::from(c))) & (u64::MAX >> 1);
            if n >= 2 {
                give(mix(seed.0 ^ window));
            }
        }
    }
}

/// Puts into bins that no piece fell into what the next one has, changed by the way to it, as two alike things do alike.
fn fill_empty(least: &mut [u64; BINS]) {
    let filled = *least;
    for (n, slot) in least.iter_mut().enumerate() {
        let next = filled
            .iter()
            .cycle()
            .skip(n)
            .take(BINS)
            .enumerate()
            .find(|(_, value)| **value != u64::MAX);
        if let Some((way, value)) = next {
            *slot = mix(*value ^ (way as u64) << 33);
        }
    }
}

/// Mixes all bits into all others (the finaliser of SplitMix64).
fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

fn low(hash: u64) -> u32 {
    u32::try_from(hash & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

fn head(print: [u8; 32]) -> u64 {
    print.iter().take(8).fold(0, |at, byte| at << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Thing, keys, values};
    use proptest::prelude::*;

    const TEXT: &str = "针对重载齿轮渗碳淬火后齿向变形大、磨齿余量不足的问题，采用分段预冷与等温淬火相结合的工艺，\
        通过在线测温与流场仿真优化工装摆放，把齿向变形控制在磨齿余量以内，已在三家企业的箱式多用炉上批量应用两年。";

    fn pieces(title: &str, summary: &str) -> Pieces {
        let seed = Seed::new(&keys(), &Thing);
        Pieces::of(&Thing, seed, &values(title, summary, "12320000MA0000007X"))
    }

    fn marked(title: &str, summary: &str, owner: &str) -> Vec<i64> {
        let keys = keys();
        marks(&keys, &Thing, Seed::new(&keys, &Thing), &values(title, summary, owner))
    }

    #[test]
    fn a_changed_figure_leaves_things_alike() {
        let one = pieces("重载齿轮渗碳淬火变形控制", TEXT);
        let two = pieces("重载齿轮渗碳淬火变形控制方法", &TEXT.replace("三家企业", "五家企业"));
        let percent = one.percent(&two);
        assert!((ALIKE_PERCENT..100).contains(&percent), "{percent}");
        assert_eq!(one.percent(&one), 100);
        assert_eq!(percent, two.percent(&one));
        let (a, b) = (
            marked("重载齿轮渗碳淬火变形控制", TEXT, "12320000MA0000007X"),
            marked(
                "重载齿轮渗碳淬火变形控制方法",
                &TEXT.replace("三家", "五家"),
                "12320115MAA3K17T1T",
            ),
        );
        assert!(a.iter().any(|mark| b.contains(mark)));
    }

    #[test]
    fn what_all_patents_say_makes_none_alike() {
        let frame = |what: &str| {
            format!(
                "本发明公开了一种{what}的方法，包括以下步骤。与现有技术相比，本发明具有结构简单、成本低廉、效率高的优点。\
                 {what}在使用中的稳定性由此提高，{what}的寿命延长，适于推广。针对{what}还给出了三组实施例与对比例。"
            )
        };
        let one = pieces(
            "一种深海采矿用柔性立管疲劳监测方法",
            &frame("深海采矿用柔性立管疲劳监测"),
        );
        let two = pieces("一种水稻秸秆厌氧发酵产沼气方法", &frame("水稻秸秆厌氧发酵产沼气"));
        assert!(one.percent(&two) < ALIKE_PERCENT, "{}", one.percent(&two));
        // Titles alone tell nothing.
        let (one, two) = (pieces("一种轴承", ""), pieces("一种轴承", ""));
        assert_eq!(one.percent(&two), 0);
    }

    #[test]
    fn the_same_title_of_the_same_owner_has_a_mark() {
        let common = |a: &[i64], b: &[i64]| a.iter().any(|mark| b.contains(mark));
        let one = marked("一种轴承密封结构", "", "12320000MA0000007X");
        assert!(common(&one, &marked("《轴承 密封结构》", "", "12320000MA0000007X")));
        assert!(!common(&one, &marked("一种轴承密封结构", "", "12320115MAA3K17T1T")));
        assert!(!common(&one, &marked("一种轴承润滑结构", "", "12320000MA0000007X")));
    }

    #[test]
    fn other_installations_have_other_marks() {
        let said = values("重载齿轮渗碳淬火变形控制", TEXT, "12320000MA0000007X");
        let (mine, other) = (keys(), crate::testing::other_keys());
        let of = |keys: &Sealing| marks(keys, &Thing, Seed::new(keys, &Thing), &said);
        assert!(of(&mine).iter().all(|mark| !of(&other).contains(mark)));
    }

    proptest! {
        #[test]
        fn percentages_are_of_a_hundred_and_of_both(a in "[甲乙丙丁戊己庚辛]{0,400}", b in "[甲乙丙丁戊己庚辛]{0,400}") {
            let (one, two) = (pieces("题", &a), pieces("题", &b));
            prop_assert!(one.percent(&two) <= 100);
            prop_assert_eq!(one.percent(&two), two.percent(&one));
            prop_assert!(one.0.is_empty() || one.percent(&one) == 100);
        }

        #[test]
        fn what_is_nearly_the_same_has_a_mark_in_common(seed in 0_u64..1000) {
            // A text of 300 characters, one of them changed: 98 pieces of 100 stay.
            let mut at = seed;
            let text: Vec<char> = (0..300).map(|_| { at = mix(at.wrapping_add(7)); char::from_u32(0x4E00 + low(at) % 3000).unwrap_or('一') }).collect();
            let mut other = text.clone();
            other[150] = '改';
            let of = |text: &[char]| marked("题目", &text.iter().collect::<String>(), "12320000MA0000007X");
            let (one, two) = (of(&text), of(&other));
            // The first is of title and owner wherever it stands; more than that must be shared.
            prop_assert!(one.iter().filter(|mark| two.contains(mark)).count() >= 2);
        }
    }
}
