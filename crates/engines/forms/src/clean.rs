//! What people paste, made storable: odd spaces, control characters, full-width letters. Chinese punctuation stays as it was written.

/// Phrases that send the reader elsewhere instead of saying it.
const ATTACHMENT: &[&str] = &[
    "见附件",
    "见附表",
    "见附页",
    "见附录",
    "另附",
    "附后",
    "详见资料",
    "见材料",
    "see attach",
    "see the attach",
    "see annex",
    "see appendix",
    "attached separately",
];

/// A text up to this long that contains such a phrase says nothing else of use: “具体技术指标及现状详见附件1《技术指标表》” has 22 characters.
const ATTACHMENT_TEXT_MAX: usize = 24;

/// What people write into a cell that they leave empty.
const EMPTY: &[&str] = &["/", "\\", "-", "--", "—", "——", "–", "／", "－"];

/// The same in words. Kept apart, because 无 may be an answer to a yes/no question or a choice of a list.
const NONE: &[&str] = &["无", "暂无", "没有", "n/a", "none", "null", "nil"];

/// Characters of the longest of these words.
const NONE_CHARS_MAX: usize = 4;

/// How much of what was found a message repeats, in characters: enough to recognise it, too little to fill the page.
const FOUND_MAX: usize = 60;

/// One line: inner line breaks and runs of spaces become one space.
pub(crate) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // A space is written when something follows it, so that none stands at either end.
    let mut has_space = false;
    for c in text.chars().filter_map(letter) {
        if matches!(c, ' ' | '\n') {
            has_space = !out.is_empty();
            continue;
        }
        if has_space {
            out.push(' ');
            has_space = false;
        }
        out.push(c);
    }
    out
}

/// Paragraphs: each line cleaned, no blank lines at the ends, at most one between.
pub(crate) fn text(text: &str) -> String {
    let one_break = text.replace("\r\n", "\n");
    let mut out = String::with_capacity(one_break.len());
    let mut blank = false;
    for row in one_break.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        let row = line(row);
        if row.is_empty() {
            blank = !out.is_empty();
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank { "\n\n" } else { "\n" });
        }
        out.push_str(&row);
        blank = false;
    }
    out
}

/// The character to store, or none. Invisible characters that turn the reading direction or join words are dropped: they hide what a text says.
fn letter(c: char) -> Option<char> {
    match c {
        // Most of what is written, asked first.
        '!'..='~' | '\u{4e00}'..='\u{9fff}' => Some(c),
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}' => None,
        c if c.is_whitespace() => Some(' '),
        c if c.is_control() => None,
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(u32::from(c) - 0xfee0),
        '％' => Some('%'),
        c => Some(c),
    }
}

/// The same without a pair of 书名号 or quotes around the whole: titles are often written so (§3.1 专利名称).
pub(crate) fn unquote(text: &str) -> &str {
    const PAIRS: &[(char, char)] = &[
        ('《', '》'),
        ('“', '”'),
        ('"', '"'),
        ('「', '」'),
        ('『', '』'),
        ('‘', '’'),
        ('\'', '\''),
        ('〈', '〉'),
    ];
    let mut text = text;
    // Ends: each turn shortens the text.
    while let Some(inner) = PAIRS.iter().find_map(|&(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains(open) && !inner.contains(close)).then_some(inner.trim())
    }) {
        text = inner;
    }
    text
}

/// Whether so much is seen in a text that it is neither blank nor “none” in a word, which needs no cleaning to tell.
pub(crate) fn says_much(text: &str) -> bool {
    let mut seen = text.chars().filter_map(letter).filter(|c| !matches!(c, ' ' | '\n'));
    seen.nth(NONE_CHARS_MAX).is_some()
}

/// Nothing was written, or a stroke in place of it.
pub(crate) fn is_blank(text: &str) -> bool {
    text.is_empty() || EMPTY.contains(&text)
}

/// “None” in words.
pub(crate) fn is_none_word(text: &str) -> bool {
    NONE.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Whether the text only refers to an attachment; `min` is the least that the field wants, in characters.
pub(crate) fn only_attachment(text: &str, min: usize) -> bool {
    let count = text.chars().count();
    (count < min || count <= ATTACHMENT_TEXT_MAX) && names_attachment(text)
}

/// Whether the text refers to an attachment at all.
pub(crate) fn names_attachment(text: &str) -> bool {
    let small = text.to_lowercase();
    ATTACHMENT.iter().any(|phrase| small.contains(phrase))
}

/// What was found, shortened for a message.
pub(crate) fn found(text: &str) -> String {
    let text = line(text);
    let mut chars = text.chars();
    let head: String = chars.by_ref().take(FOUND_MAX).collect();
    if chars.next().is_some() { head + "…" } else { head }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        assert_eq!(line("　一种\r\n齿轮\u{a0} \u{200b}箱ＡＢ１\u{0} "), "一种 齿轮 箱AB1");
        assert_eq!(line("精度高，成本低（见表）"), "精度高，成本低（见表）");
    }

    #[test]
    fn the_longest_word_for_nothing_is_not_much() {
        for word in EMPTY.iter().chain(NONE) {
            assert!(!says_much(word) && !says_much(&format!(" \u{200b}{word}\n")), "{word}");
        }
        assert!(says_much("一种 齿轮箱"));
    }

    #[test]
    fn paragraphs() {
        assert_eq!(text("\n\n 一 \r\n二\r\r\n\n三\n\n"), "一\n二\n\n三");
        assert_eq!(text(&text("a\n\n\n\nb\u{2028}c")), "a\n\nb\nc");
    }

    #[test]
    fn quotes() {
        assert_eq!(unquote("《一种齿轮》"), "一种齿轮");
        assert_eq!(unquote("“《一种》”"), "一种");
        assert_eq!(unquote("《甲》和《乙》"), "《甲》和《乙》");
        assert_eq!(unquote("\""), "\"");
    }

    #[test]
    fn attachments() {
        assert!(only_attachment("详见附件", 0));
        assert!(only_attachment("See attached file.", 50));
        assert!(!only_attachment(
            "该技术采用双螺杆结构，能耗比同类低三成，参数对比与现场照片详见附件2",
            0
        ));
        assert!(!only_attachment("齿轮附着力", 0));
    }

    #[test]
    fn shortened() {
        assert_eq!(found(&"长".repeat(80)).chars().count(), FOUND_MAX + 1);
        assert_eq!(found(" a\nb "), "a b");
    }
}
