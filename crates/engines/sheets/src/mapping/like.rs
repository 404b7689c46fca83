//! Heads that are not known but like known ones: 专利权人名称 for 专利权人, 授权公告日期 for 授权公告日.

use super::header::{HeadIndex, Header};
use crate::heads::{self, Head, is_ordinal};

/// From this likeness (of 100) on two heads are taken for the same.
const LIKE_LEAST: u8 = 60;
/// The best must be this much more like than the best of another spec.
const LIKE_MARGIN: u8 = 10;
/// Words behind a name that add nothing to it.
const TAILS: [&str; 10] = [
    "名称", "姓名", "号码", "编号", "信息", "情况", "说明", "内容", "日期", "时间",
];
/// From this many characters on, heads are compared piece by piece; shorter ones differ in what matters.
const PIECES_CHARS_LEAST: usize = 4;

/// A known head, ready to be compared with.
pub(super) struct Known {
    spec: usize,
    chars: Vec<char>,
}

impl Known {
    /// The head (its comparison key) of the spec with this number.
    pub(super) fn of(spec: usize, folded: &str) -> Known {
        Known {
            spec,
            chars: folded.chars().collect(),
        }
    }
}

/// How like a head is to the heads of each spec, the likest first; only those that are like at all.
pub(super) fn ranked(head: &str, known: &[Known]) -> Vec<(usize, u8)> {
    let chars: Vec<char> = Head::of(head).base.chars().collect();
    let mut ranked: Vec<(usize, u8)> = Vec::new();
    for other in known {
        let points = likeness(&chars, &other.chars);
        match ranked.iter_mut().find(|(spec, _)| *spec == other.spec) {
            Some((_, most)) => *most = points.max(*most),
            None => ranked.push((other.spec, points)),
        }
    }
    ranked.retain(|(_, points)| *points > 0);
    ranked.sort_by_key(|(spec, points)| (std::cmp::Reverse(*points), *spec));
    ranked
}

/// The spec that a ranking is clearly for.
pub(super) fn clear(ranked: &[(usize, u8)], least: u8) -> Option<(usize, u8)> {
    let (spec, points) = *ranked.first()?;
    let second = ranked.get(1).map_or(0, |(_, points)| *points);
    (points >= least && points >= second.saturating_add(LIKE_MARGIN)).then_some((spec, points))
}

/// Per column the spec whose head its own is like, for columns that no known head names and specs that no known head
/// gave to another. `may_be` can refuse a pair of column and spec. Two columns that are equally like one spec are
/// neither.
pub(super) fn assign(header: &Header, index: &HeadIndex, may_be: impl Fn(usize, usize) -> bool) -> Vec<Option<usize>> {
    let guess = |col: usize| {
        let column = header.columns.get(col)?;
        if column.spec.is_some() || is_ordinal(&column.label) || heads::own(&column.label).is_some() {
            return None;
        }
        let (spec, points) = clear(&ranked(&column.name, &index.known), LIKE_LEAST)?;
        let is_taken = header.columns.iter().any(|column| column.spec == Some(spec));
        (!is_taken && may_be(col, spec)).then_some((spec, points))
    };
    let guesses: Vec<Option<(usize, u8)>> = (0..header.columns.len()).map(guess).collect();
    only_claims(&guesses)
}

/// Of the columns that claim a spec the one with clearly the most points, for each spec.
pub(super) fn only_claims(guesses: &[Option<(usize, u8)>]) -> Vec<Option<usize>> {
    let wins = |col: usize, spec: usize, points: u8| {
        let others = guesses.iter().enumerate().filter(|(at, _)| *at != col);
        let best = others.filter_map(|(_, guess)| guess.filter(|(other, _)| *other == spec));
        best.map(|(_, points)| points)
            .max()
            .is_none_or(|other| points >= other.saturating_add(LIKE_MARGIN))
    };
    let claim = |(col, guess): (usize, &Option<(usize, u8)>)| {
        let (spec, points) = (*guess)?;
        wins(col, spec, points).then_some(spec)
    };
    guesses.iter().enumerate().map(claim).collect()
}

/// How like two heads are, of 100. In Chinese the last word says what a column is (专利权人电话 is a telephone), so what
/// agrees at the end counts more than what agrees at the beginning, and 申请日 is nothing like 申请号.
fn likeness(a: &[char], b: &[char]) -> u8 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < 2 {
        return 0;
    }
    if short == long {
        return 100;
    }
    let share = short.len() * 100 / long.len();
    let contained = if long.ends_with(short) {
        55 + share * 45 / 100
    } else if long.starts_with(short) {
        let tail: String = long.iter().skip(short.len()).collect();
        if TAILS.contains(&tail.as_str()) {
            80
        } else {
            25 + share / 2
        }
    } else if long.windows(short.len()).any(|window| window == short) {
        20 + share / 2
    } else {
        0
    };
    let alike = pieces(short, long).max(edited(short, long));
    u8::try_from(contained.max(alike)).unwrap_or(100)
}

/// The share of pairs of neighbouring characters that both have. Heads that end differently, or are too short, get
/// half of it: enough to tell two candidates apart, not enough to be one.
fn pieces(short: &[char], long: &[char]) -> usize {
    let mut left: Vec<&[char]> = long.windows(2).collect();
    let mut shared = 0;
    for pair in short.windows(2) {
        if let Some(at) = left.iter().position(|other| *other == pair) {
            left.swap_remove(at);
            shared += 1;
        }
    }
    let dice = 200 * shared / (short.len() + long.len() - 2);
    let is_sure = short.len() >= PIECES_CHARS_LEAST && short.last() == long.last();
    if is_sure { dice } else { dice / 2 }
}

/// Points where two heads differ by a letter or two that someone mistyped; a Chinese character is a word, so one in
/// five must be all.
fn edited(short: &[char], long: &[char]) -> usize {
    let is_latin = |chars: &[char]| chars.iter().all(char::is_ascii);
    let most = match (is_latin(short) && is_latin(long), short.len()) {
        (true, 12..) => 2,
        (true, 6..) => 1,
        (false, 5..) if short.last() == long.last() => 1,
        _ => return 0,
    };
    if long.len() - short.len() > most {
        return 0;
    }
    let distance = distance(short, long);
    if distance <= most {
        100 - 100 * distance / long.len()
    } else {
        0
    }
}

/// How many characters must be put in, left out or changed to make one of the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (row, x) in a.iter().enumerate() {
        let mut corner = row;
        let mut left = row + 1;
        for (y, up) in b.iter().zip(above.iter_mut().skip(1)) {
            let cost = (corner + usize::from(x != y)).min(left + 1).min(*up + 1);
            corner = *up;
            *up = cost;
            left = cost;
        }
        if let Some(first) = above.first_mut() {
            *first = row + 1;
        }
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{LIKE_LEAST, distance, likeness};

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn heads_are_alike_by_their_end() {
        let like = |a: &str, b: &str| likeness(&chars(a), &chars(b));
        for (a, b) in [
            ("专利权人名称", "专利权人"),
            ("授权公告日期", "授权公告日"),
            ("电话", "联系电话"),
            ("社会统一信用代码", "统一社会信用代码"),
            ("拟交易方式", "交易方式"),
            ("patentnumbr", "patentnumber"),
            ("统一社会信誉代码", "统一社会信用代码"),
        ] {
            assert!(like(a, b) >= LIKE_LEAST, "{a} {b} {}", like(a, b));
        }
        for (a, b) in [
            ("申请号", "申请日"),
            ("专利申请号", "专利申请日"),
            ("专利权人电话", "专利权人"),
            ("授权公告号", "授权公告日"),
            ("专利名", "专利号"),
            ("人", "联系人"),
            ("备注", "联系人"),
            ("企业信用代码", "统一社会信用代码"),
            ("price", "phone"),
        ] {
            assert!(like(a, b) < LIKE_LEAST, "{a} {b} {}", like(a, b));
        }
    }

    #[test]
    fn distances() {
        for (a, b, steps) in [
            ("", "", 0),
            ("", "ab", 2),
            ("kitten", "sitting", 3),
            ("abc", "abc", 0),
            ("ab", "ba", 2),
        ] {
            assert_eq!(distance(&chars(a), &chars(b)), steps, "{a} {b}");
            assert_eq!(distance(&chars(b), &chars(a)), steps, "{b} {a}");
        }
    }
}
