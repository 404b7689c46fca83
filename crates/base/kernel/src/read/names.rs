//! Lists of people's names as people write them: inventors, team members.

use super::common::{after_label, is_han, without_number};
use crate::text::{is_blank, normalise};

/// Most names of one cell; a longer list is cut there. The longest lists of inventors have some dozens.
const MAX_NAMES: usize = 200;
/// What ends a list that names only some.
const ET_ALII: &[&str] = &["等人", "等", "et al.", "et al"];

/// The names in a text, parted by `、；;,，/`, line breaks, or spaces between Chinese names; 等 and remarks in brackets
/// are dropped, and the space within a name of two characters (张 三) is closed. Names in other scripts keep theirs.
#[must_use]
pub fn names(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let lines = text.replace(['\n', '\r', '\t'], ";");
    let listed = without_list_numbers(&without_brackets(&normalise(&lines)));
    for piece in listed.split([';', '、', ',', '/', '|']) {
        split_at_spaces(strip(piece), &mut out);
        if out.len() >= MAX_NAMES {
            break;
        }
    }
    out.truncate(MAX_NAMES);
    out
}

/// The text with the numbers of a list (`1、张三 2、李四`) made separators.
fn without_list_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut digits = 0;
    for c in text.chars() {
        if c.is_ascii_digit() {
            digits += 1;
        } else {
            if (1..=2).contains(&digits) && matches!(c, '、' | '.') {
                out.truncate(out.len() - digits);
                out.push(';');
            }
            digits = 0;
        }
        out.push(c);
    }
    out
}

/// The text without what stands in brackets; a bracket without its other half goes alone.
fn without_brackets(text: &str) -> String {
    const PAIRS: [(char, char); 5] = [('(', ')'), ('[', ']'), ('【', '】'), ('<', '>'), ('〔', '〕')];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match PAIRS.iter().find(|(open, close)| c == *open || c == *close) {
            Some((open, close)) if c == *open => {
                rest = rest.split_once(*close).map_or(rest, |(_, behind)| behind);
            }
            // 1)张三 2)李四
            Some(_) if out.ends_with(|c: char| c.is_ascii_digit()) => out.push('.'),
            Some(_) => {}
            None => out.push(c),
        }
    }
    out
}

/// The text without numbers before it and 等 behind it.
fn strip(text: &str) -> &str {
    let mut rest = text.trim();
    loop {
        let before = rest.len();
        rest = after_label(without_number(rest));
        // Digits are of lists and of footnotes; names have none.
        rest = rest.trim_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '。' | '*'));
        rest = ET_ALII
            .iter()
            .find_map(|word| rest.strip_suffix(word))
            .unwrap_or(rest)
            .trim();
        // 等3人
        if let Some((names, count)) = rest.rsplit_once('等')
            && let Some(number) = count.strip_suffix('人')
            && number
                .trim()
                .chars()
                .all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
        {
            rest = names.trim();
        }
        if rest.len() == before {
            return rest;
        }
    }
}

/// Splits at spaces where the pieces are Chinese names, and joins single characters by twos.
fn split_at_spaces(text: &str, out: &mut Vec<String>) {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let is_han_word = |word: &&str| (1..=4).contains(&word.chars().count()) && word.chars().all(is_han);
    if words.len() < 2 || !words.iter().all(is_han_word) {
        // What was cut from between may have left two spaces.
        push_name(words.join(" "), out);
        return;
    }
    let mut single: Option<&str> = None;
    for word in words {
        let is_single = word.chars().count() == 1;
        match single.take() {
            Some(first) if is_single => push_name(format!("{first}{word}"), out),
            Some(first) => {
                push_name(first.to_owned(), out);
                push_name(word.to_owned(), out);
            }
            None if is_single => single = Some(word),
            None => push_name(word.to_owned(), out),
        }
    }
    if let Some(first) = single {
        push_name(first.to_owned(), out);
    }
}

/// Adds a name, unless what is left of it once 等 is cut off is nothing.
fn push_name(name: String, out: &mut Vec<String>) {
    let bare = strip(&name);
    if !is_blank(bare) {
        out.push(bare.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_lists() {
        for (text, expected) in [
            ("张三、李四", &["张三", "李四"][..]),
            ("张三；李四，王小五/欧阳修远", &["张三", "李四", "王小五", "欧阳修远"]),
            ("张三 李四", &["张三", "李四"]),
            ("张 三、李 四", &["张三", "李四"]),
            ("张三等", &["张三"]),
            ("张三、李四等5人", &["张三", "李四"]),
            ("张三 等", &["张三"]),
            ("张三（教授、博导）；李四", &["张三", "李四"]),
            ("张三（教授；李四", &["张三教授", "李四"]),
            ("1.张三\n2.李四", &["张三", "李四"]),
            ("1)张三 2）李四 (3)王五", &["张三", "李四", "王五"]),
            ("1、张三 2、李四", &["张三", "李四"]),
            ("发明人：张三1，李四2", &["张三", "李四"]),
            ("张三等三人", &["张三"]),
            ("John Smith, Mary Jones et al.", &["John Smith", "Mary Jones"]),
            ("阿卜杜·热合曼", &["阿卜杜·热合曼"]),
            ("无", &[]),
            ("", &[]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }
}
