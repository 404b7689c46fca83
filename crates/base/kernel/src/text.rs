//! Text as people type it, made comparable: full-width forms, odd spaces, line breaks, punctuation.

use std::char::ToLowercase;

/// The full-width forms U+FF01–U+FF5E stand this far above their ASCII counterparts.
const FULL_WIDTH_OFFSET: u32 = 0xFEE0;

/// One character as the readers want it: full-width ASCII becomes ASCII, every kind of space and line break becomes a
/// space, marks that have no width vanish.
fn normal_char(c: char) -> Option<char> {
    match c {
        // Most of what is read, asked first.
        '!'..='~' | '\u{4E00}'..='\u{9FFF}' => Some(c),
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - FULL_WIDTH_OFFSET),
        '\u{FFE5}' => Some('¥'),
        // Hyphens that look like the one on the keyboard.
        '\u{2010}'..='\u{2012}' | '\u{FE63}' => Some('-'),
        // Zero-width characters, joiners, direction marks and the byte order mark, which paste along unseen.
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{00AD}' => None,
        c if c.is_whitespace() || c.is_control() => Some(' '),
        // Not white space by Unicode, but blank on the page: the Braille blank and the Hangul filler.
        '\u{2800}' | '\u{3164}' => Some(' '),
        c => Some(c),
    }
}

/// The text with full-width ASCII made half-width, all odd spaces and inner line breaks made one plain space each run,
/// unseen characters dropped and both ends trimmed.
///
/// ```
/// assert_eq!(kernel::text::normalise("　ＺＬ２０２０\u{a0} １\n"), "ZL2020 1");
/// ```
#[must_use]
pub fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // A space is written when something follows it, so that none stands at either end.
    let mut has_space = false;
    for c in text.chars().filter_map(normal_char) {
        if c == ' ' {
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

/// A key for comparing names: normalised, in lower case, without spaces, punctuation, brackets and 书名号. Only
/// letters and digits of any script, and symbols such as `+` and `%` that tell names apart, remain.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // What stays as it is goes over in runs: most of a text does.
    while let Some(at) = rest.find(|c| !stays(c)) {
        let (run, after) = rest.split_at(at);
        out.push_str(run);
        let mut chars = after.chars();
        out.extend(chars.next().into_iter().flat_map(folded_char));
        rest = chars.as_str();
    }
    out.push_str(rest);
    out
}

/// Whether the character is a Chinese one, as texts and names are written with.
#[must_use]
pub const fn is_han(c: char) -> bool {
    // The common ones first.
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' | '〇')
}

/// Whether [`fold`] leaves the character: those of which most texts consist.
fn stays(c: char) -> bool {
    matches!(c, 'a'..='z' | '0'..='9' | '\u{4E00}'..='\u{9FFF}')
}

/// Whether [`fold`] makes this key of the text, without making it: for looking through many names.
#[must_use]
pub fn folds_to(text: &str, key: &str) -> bool {
    text.chars().flat_map(folded_char).eq(key.chars())
}

fn folded_char(c: char) -> impl Iterator<Item = char> {
    normal_char(c)
        .filter(|c| !is_dropped(*c))
        .into_iter()
        .flat_map(Lower::of)
}

/// A character in lower case, which may be more than one. Those without case are not looked up.
enum Lower {
    One(Option<char>),
    Several(ToLowercase),
}

impl Lower {
    fn of(c: char) -> Self {
        match c {
            '\0'..='\x7F' => Self::One(Some(c.to_ascii_lowercase())),
            '\u{4E00}'..='\u{9FFF}' => Self::One(Some(c)),
            other => Self::Several(other.to_lowercase()),
        }
    }
}

impl Iterator for Lower {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Self::One(c) => c.take(),
            Self::Several(chars) => chars.next(),
        }
    }
}

/// Whether [`fold`] drops the character.
fn is_dropped(c: char) -> bool {
    c == ' '
        || matches!(c, '!' | '"' | '\'' | '(' | ')' | '*' | ',' | '-' | '.' | '/' | ':' | ';' | '?' | '[' | '\\' | ']')
        || matches!(c, '_' | '`' | '{' | '|' | '}' | '~' | '·' | '•' | '‧' | '・')
        // General punctuation, and the CJK block with 、。《》「」【】〈〉. The digit 〇 lies there too, and stays.
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}')
        || (matches!(c, '\u{3001}'..='\u{301F}') && !matches!(c, '\u{3005}'..='\u{3007}'))
}

/// The text without spaces, for values in which a space means nothing.
pub(crate) fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| *c != ' ').collect()
}

/// Whether a normalised text says that there is nothing: it is empty, dashes or slashes only, or one of the words that
/// people put in a cell which they must not leave blank.
pub(crate) fn is_blank(text: &str) -> bool {
    const BLANK_WORDS: &[&str] = &[
        "无",
        "暂无",
        "没有",
        "待定",
        "未定",
        "待确定",
        "不详",
        "未知",
        "n/a",
        "na",
        "nil",
        "none",
        "null",
        "tbd",
    ];
    // 〃 says that the cell above holds for this one too, which is not nothing.
    let is_ditto = matches!(text, "〃" | "″" | "\"" | "〃〃" | "\"\"");
    (text.chars().all(|c| is_dropped(c) || c == '—' || c == '=') && !is_ditto)
        || BLANK_WORDS.contains(&text.to_lowercase().as_str())
}

/// Bytes in hexadecimal, in small letters.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.extend([digit(byte >> 4), digit(byte & 0xf)]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalises_widths_spaces_and_breaks() {
        assert_eq!(normalise("　ＺＬ２０２０\u{a0} １\r\n"), "ZL2020 1");
        assert_eq!(normalise("一种\n　方法\u{200b}"), "一种 方法");
        assert_eq!(normalise("￥１，２００"), "¥1,200");
        assert_eq!(normalise(" \u{feff}\t"), "");
        let once = normalise("Ａ　\u{2028}Ｂ\u{0}C");
        assert_eq!(once, "A B C");
        assert_eq!(normalise(&once), once);
    }

    #[test]
    fn folds_names() {
        assert_eq!(fold("《一种（新型）方法》"), "一种新型方法");
        assert_eq!(fold("Smart-Grid, 2.0"), "smartgrid20");
        assert_eq!(fold("C++ 软件"), "c++软件");
        assert_eq!(fold("“二〇二三年”"), "二〇二三年");
        assert!(folds_to("《一种（新型）方法》", "一种新型方法"));
        assert!(!folds_to("一种新型方法", "一种新型") && !folds_to("一种", "一种新型"));
        assert_eq!(
            fold(" ＡＢ\u{200b}·\n ı İ"),
            normalise(" ＡＢ\u{200b}·\n ı İ").replace(['·', ' '], "").to_lowercase()
        );
    }

    #[test]
    fn every_character_folds_alike_in_a_run_and_alone() {
        for c in '\0'..=char::MAX {
            let alone: String = folded_char(c).collect();
            assert!(!stays(c) || alone.chars().eq([c]), "{c:?}");
            let text = format!("a{c}一{c}");
            assert_eq!(fold(&text), format!("a{alone}一{alone}"), "{c:?}");
            assert!(folds_to(&text, &fold(&text)), "{c:?}");
        }
    }

    #[test]
    fn bytes_are_two_small_letters_each() {
        assert_eq!(hex(&[0, 9, 0xab, 0xff]), "0009abff");
        assert_eq!(hex(&[]), "");
    }

    #[test]
    fn knows_blanks() {
        for blank in ["", "—", "--", "/", "无", "待定", "N/A", "…"] {
            assert!(is_blank(&normalise(blank)), "{blank}");
        }
        assert!(!is_blank("0"));
        assert!(!is_blank("无锡"));
    }
}
