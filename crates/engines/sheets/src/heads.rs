//! What a column's head says: its name without the decoration around it (`*1.意向价（万元）【必填】` is 意向价), and the
//! unit of money in it.

use kernel::text::{fold, normalise};

/// Units of money that stand in heads; a longer one before a shorter that it ends with.
const UNITS: [&str; 16] = [
    "亿美元",
    "万美元",
    "美元",
    "万欧元",
    "欧元",
    "万港元",
    "港元",
    "万日元",
    "日元",
    "亿元",
    "千万元",
    "百万元",
    "万元",
    "千元",
    "元",
    "万",
];
/// Units that may end a head without a mark before them (意向价万元). 元 alone ends words that are no units.
const BARE_UNITS: [&str; 6] = ["万美元", "万欧元", "亿元", "千万元", "百万元", "万元"];
/// What may stand before a unit: 单位：万元, 人民币万元.
const UNIT_PREFIXES: [&str; 5] = ["金额单位", "货币单位", "单位", "人民币", "rmb"];
/// Heads of columns that only count the rows.
const ORDINALS: [&str; 8] = ["序号", "行号", "no", "no.", "序", "#", "sn", "item"];

/// Heads of the column in which an annotated workbook carries the row numbers of the file it was made from, in every
/// language in which one is written (words `sheet-row-head`).
pub const ROW_HEADS: [&str; 2] = ["原行号", "Source row"];
/// Heads of the column in which an annotated workbook says what is wrong (words `sheet-issues-head`).
pub const ISSUE_HEADS: [&str; 2] = ["问题", "Issues"];

/// A column that an annotated workbook brings back with the sender's own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Own {
    /// The numbers of the rows in the first file.
    Row,
    /// What is wrong with each row.
    Issues,
}

/// Whether a head is one that this crate writes itself.
pub(crate) fn own(text: &str) -> Option<Own> {
    let shown = normalise(text);
    if ROW_HEADS.iter().any(|head| head.eq_ignore_ascii_case(&shown)) {
        Some(Own::Row)
    } else if ISSUE_HEADS.iter().any(|head| head.eq_ignore_ascii_case(&shown)) {
        Some(Own::Issues)
    } else {
        None
    }
}

/// A head in the two forms by which it is recognised.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Head {
    /// The comparison key of the whole text.
    pub(crate) full: String,
    /// The comparison key without brackets' contents, stars, numbering and unit; the same as `full` where nothing
    /// else would be left.
    pub(crate) base: String,
}

impl Head {
    /// Reads a head as it stands in a cell.
    pub(crate) fn of(text: &str) -> Head {
        let full = fold(text);
        let base = fold(&without_unit_tail(&without_brackets(&normalise(text))));
        let base = base.trim_matches(['※', '★', '☆', '△', '#']).to_owned();
        let base = without_numbering(&base).to_owned();
        let base = if base.is_empty() { full.clone() } else { base };
        Head { full, base }
    }
}

/// Whether a head only counts the rows.
pub(crate) fn is_ordinal(text: &str) -> bool {
    let shown = normalise(text).to_lowercase();
    ORDINALS.contains(&shown.as_str())
}

/// The unit of money in a head: in brackets, behind a slash or colon, or at its end. `None` where there is none.
pub(crate) fn unit_of(head: &str) -> Option<&'static str> {
    let shown = normalise(head);
    let pieces = shown.split([
        '(', ')', '[', ']', '【', '】', '{', '}', '〔', '〕', '<', '>', '/', ':', ',', '、', ' ',
    ]);
    // The first piece is the name itself; only what comes behind a mark is a unit.
    let marked = pieces.skip(1).find_map(unit_word);
    marked.or_else(|| {
        BARE_UNITS
            .into_iter()
            .find(|unit| shown.len() > unit.len() && shown.ends_with(unit))
    })
}

/// The unit of money that a line above the table states for all of it: 单位：万元.
pub(crate) fn unit_above(text: &str) -> Option<&'static str> {
    let shown = normalise(text);
    let (_, rest) = shown.split_once("单位").or_else(|| shown.split_once("Unit"))?;
    let word = rest
        .trim_start_matches([':', ' '])
        .split([' ', ')', '】', ']', ',', ';'])
        .next()?;
    unit_word(word)
}

fn unit_word(piece: &str) -> Option<&'static str> {
    let mut word = piece.trim().to_lowercase();
    for prefix in UNIT_PREFIXES {
        if let Some(rest) = word.strip_prefix(prefix) {
            word = rest.trim_start_matches([':', ' ']).to_owned();
        }
    }
    UNITS.into_iter().find(|unit| *unit == word)
}

/// The text without what stands in brackets of any kind; a bracket that is never closed runs to the end.
fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' | '【' | '{' | '〔' | '<' => depth += 1,
            ')' | ']' | '】' | '}' | '〕' | '>' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// The text without a unit of money behind its name: 金额/万元, 金额:万元, 金额 单位:万元.
fn without_unit_tail(text: &str) -> String {
    let text = text.trim_end();
    if let Some((name, tail)) = text.rsplit_once(['/', ':', ' '])
        && unit_word(tail).is_some()
    {
        let name = name.trim_end();
        return name.strip_suffix("单位").unwrap_or(name).to_owned();
    }
    let bare = BARE_UNITS.into_iter().find_map(|unit| text.strip_suffix(unit));
    bare.filter(|name| !name.is_empty()).unwrap_or(text).to_owned()
}

/// A folded head without its number: `1专利名称` (from 1.专利名称), `一专利名称` stays, since 一 may begin a name.
fn without_numbering(folded: &str) -> &str {
    let rest = folded.trim_start_matches(|c: char| c.is_ascii_digit());
    // 3年内… or 2023年度… are names with a number in them, and a head of digits alone keeps them.
    if rest.is_empty() || rest.starts_with(['年', '月', '日', '个', '项']) {
        folded
    } else {
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::{Head, is_ordinal, unit_above, unit_of};

    #[test]
    fn heads_lose_their_decoration() {
        let cases = [
            ("专利名称", "专利名称"),
            ("*专利\n名称（与证书一致）", "专利名称"),
            ("1. 专利名称【必填】", "专利名称"),
            ("意向价（万元）", "意向价"),
            ("意向价/万元", "意向价"),
            ("意向价：万元", "意向价"),
            ("意向价 单位：万元", "意向价"),
            ("拟投入金额万元", "拟投入金额"),
            ("※联系人", "联系人"),
            ("联系人（手机", "联系人"),
            ("3年内研发投入", "3年内研发投入"),
            ("Patent No. *", "patentno"),
            ("（元）", "元"),
            ("2023", "2023"),
        ];
        for (text, base) in cases {
            assert_eq!(Head::of(text).base, base, "{text}");
        }
        assert_eq!(Head::of("联系人（企业）").full, "联系人企业");
    }

    #[test]
    fn units_are_found() {
        let cases = [
            ("意向价（万元）", Some("万元")),
            ("意向价(单位：万元)", Some("万元")),
            ("意向价【人民币万元】", Some("万元")),
            ("意向价/元", Some("元")),
            ("报价（万元/年）", Some("万元")),
            ("Price (万美元)", Some("万美元")),
            ("拟投入金额万元", Some("万元")),
            ("公司（单元）", None),
            ("状元", None),
            ("万元", None),
            ("单位", None),
            ("", None),
        ];
        for (text, unit) in cases {
            assert_eq!(unit_of(text), unit, "{text}");
        }
    }

    #[test]
    fn a_line_above_states_the_unit_for_all() {
        assert_eq!(unit_above("单位：万元"), Some("万元"));
        assert_eq!(unit_above("专利征集表（金额单位：人民币万元）"), Some("万元"));
        assert_eq!(unit_above("填报单位：某某大学"), None);
        assert_eq!(unit_above("填报单位："), None);
        assert_eq!(unit_above("填报单位：万元科技有限公司"), None);
    }

    #[test]
    fn ordinals_are_known() {
        assert!(is_ordinal(" 序号 "));
        assert!(is_ordinal("No."));
        assert!(!is_ordinal("编号"));
    }
}
