//! Small steps of the indicator reader: brackets, enumerators, comparison signs and words, units.

use super::{Comparison, UNIT_MAX};
use crate::brackets::bracket;

/// Signs and words of comparison; longer ones stand before those that they contain.
const COMPARISONS: &[(&str, Comparison)] = &[
    ("大于等于", Comparison::Ge),
    ("大于或等于", Comparison::Ge),
    ("小于等于", Comparison::Le),
    ("小于或等于", Comparison::Le),
    ("不低于", Comparison::Ge),
    ("不少于", Comparison::Ge),
    ("不小于", Comparison::Ge),
    ("不高于", Comparison::Le),
    ("不大于", Comparison::Le),
    ("不超过", Comparison::Le),
    ("不多于", Comparison::Le),
    ("不超", Comparison::Le),
    ("至少", Comparison::Ge),
    ("最低", Comparison::Ge),
    ("至多", Comparison::Le),
    ("最多", Comparison::Le),
    ("大于", Comparison::Gt),
    ("高于", Comparison::Gt),
    ("超过", Comparison::Gt),
    ("小于", Comparison::Lt),
    ("低于", Comparison::Lt),
    ("少于", Comparison::Lt),
    ("达到", Comparison::Ge),
    ("等于", Comparison::Eq),
    ("at least", Comparison::Ge),
    ("at most", Comparison::Le),
    ("≥", Comparison::Ge),
    ("≧", Comparison::Ge),
    ("⩾", Comparison::Ge),
    (">=", Comparison::Ge),
    ("＞＝", Comparison::Ge),
    ("＞=", Comparison::Ge),
    ("=>", Comparison::Ge),
    ("≤", Comparison::Le),
    ("≦", Comparison::Le),
    ("⩽", Comparison::Le),
    ("<=", Comparison::Le),
    ("＜＝", Comparison::Le),
    ("＜=", Comparison::Le),
    ("=<", Comparison::Le),
    (">", Comparison::Gt),
    ("＞", Comparison::Gt),
    ("<", Comparison::Lt),
    ("＜", Comparison::Lt),
    ("=", Comparison::Eq),
    ("＝", Comparison::Eq),
    ("±", Comparison::PlusMinus),
    ("+/-", Comparison::PlusMinus),
];

/// Words after a number: “10年以上”.
const SUFFIXES: &[(&str, Comparison)] = &[
    ("及以上", Comparison::Ge),
    ("以上", Comparison::Ge),
    ("及以下", Comparison::Le),
    ("以下", Comparison::Le),
    ("以内", Comparison::Le),
    ("之内", Comparison::Le),
    ("内", Comparison::Le),
    ("左右", Comparison::Eq),
];

/// What opens the present value; longer ones stand before those that they contain.
const PRESENT: &[&str] = &[
    "现状值",
    "现状",
    "现有水平",
    "现有",
    "现值",
    "目前为",
    "目前",
    "当前",
    "现为",
    "at present",
    "presently",
    "present:",
    "present ",
    "currently",
    "current:",
    "current ",
    "now:",
    "now ",
];

/// Words that a name may end with and that say nothing.
const NAME_TAILS: &[&str] = &[
    "目标值",
    "指标值",
    "目标",
    "要求",
    "约",
    "应",
    "需",
    "须",
    "：",
    ":",
    "，",
    ",",
    "、",
];

/// A comparison word or sign at the front of the text, and what follows.
pub(super) fn comparison(text: &str) -> Option<(Comparison, &str)> {
    COMPARISONS
        .iter()
        .find_map(|&(sign, comparison)| Some((comparison, strip_start(text, sign)?.trim_start())))
}

/// Prefix without regard to ASCII case.
fn strip_start<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// Takes “以上” and the like off the end of a unit, again and again; the innermost one decides.
pub(super) fn suffix(text: &str) -> (&str, Option<Comparison>) {
    let (mut text, mut found) = (text.trim_end(), None);
    while let Some((rest, comparison)) = SUFFIXES
        .iter()
        .find_map(|&(word, c)| Some((text.strip_suffix(word)?, c)))
    {
        (text, found) = (rest.trim_end(), Some(comparison));
    }
    (text, found)
}

/// The present value that a text states, without the word that opens it. None: it states none.
pub(super) fn present(text: &str) -> Option<&str> {
    let text = text.trim();
    let rest = PRESENT.iter().find_map(|mark| strip_start(text, mark))?;
    Some(rest.trim_start_matches([':', '：', '为', '是', ' ']).trim())
}

/// Whether a unit may be written so: it must not look like a further number, comparison or clause.
pub(super) fn unit_ok(unit: &str) -> bool {
    let mut depth = 0_i32;
    let mut before = ' ';
    for (n, c) in unit.chars().enumerate() {
        depth += bracket(c);
        let first_bad = n == 0 && (c.is_ascii_digit() || bracket(c) != 0 || "-−–—.．^×*+·".contains(c));
        let digit_bad = c.is_ascii_digit() && (before == ' ' || (before == '/' && n == 1));
        if n >= UNIT_MAX
            || depth < 0
            || first_bad
            || digit_bad
            || "；;，,、。：:≥≧≤≦<>＜＞=＝±~～！？!?\"“”".contains(c)
        {
            return false;
        }
        before = c;
    }
    depth == 0
}

/// Drops list numbers and bullets from the front: `1.`, `2、`, `（3）`, `①`, `-`, `•`. A decimal such as `0.5` stays.
pub(super) fn without_number(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(rest) = enumerator(text).or_else(|| text.strip_prefix(['-', '•', '*', '·', '—', '●', '◆', '■']))
    {
        text = rest.trim_start();
    }
    text
}

fn enumerator(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix(|c| ('①'..='⑳').contains(&c)) {
        return Some(rest.strip_prefix(['、', '.', '．']).unwrap_or(rest));
    }
    let inner = text.strip_prefix(['(', '（']);
    let from = inner.unwrap_or(text);
    let count = from.bytes().take_while(u8::is_ascii_digit).count();
    let (_, rest) = from.split_at_checked(count).filter(|_| (1..=2).contains(&count))?;
    if inner.is_some() {
        return rest.strip_prefix([')', '）']);
    }
    let rest = rest.strip_prefix(['.', '．', '、', ')', '）'])?;
    (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some(rest)
}

/// A name without its empty ending.
pub(super) fn name(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(rest) = NAME_TAILS.iter().find_map(|tail| text.strip_suffix(tail)) {
        text = rest.trim_end();
    }
    text
}

/// The bracketed group at the very end of a balanced text: what is before it, and its inside.
pub(super) fn last_group(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    let close = text.chars().next_back().filter(|&c| bracket(c) == -1)?;
    let mut depth = 0_i32;
    for (index, c) in text.char_indices().rev() {
        depth -= bracket(c);
        if depth == 0 {
            let inside = text.get(index + c.len_utf8()..text.len() - close.len_utf8())?;
            return Some((text.get(..index)?, inside.trim()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_numbers() {
        for (text, rest) in [
            ("1.精度", "精度"),
            ("2、精度", "精度"),
            ("（3）精度", "精度"),
            ("① 精度", "精度"),
            ("- 1) 精度", "精度"),
            ("0.5mm孔", "0.5mm孔"),
            ("3D打印", "3D打印"),
        ] {
            assert_eq!(without_number(text), rest, "{text}");
        }
    }

    #[test]
    fn units() {
        for unit in ["", "mm", "%", "W/(m·K)", "万次", "m2", "r/min", "kN-m", "W·m-2"] {
            assert!(unit_ok(unit), "{unit}");
        }
        for unit in [
            "mm 厚 5",
            "/1000",
            "(a)",
            "mm，宽",
            "×3",
            "5",
            "一二三四五六七八九十一二三四五六七八九十一二三四五",
        ] {
            assert!(!unit_ok(unit), "{unit}");
        }
    }

    #[test]
    fn brackets() {
        assert_eq!(last_group("精度（批量）(现状 1)"), Some(("精度（批量）", "现状 1")));
        assert_eq!(last_group("精度"), None);
    }
}
