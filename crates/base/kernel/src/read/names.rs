//! Lists of people's names as people write them: inventors, team members.

use super::common::{is_han, without_number};
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
    for piece in text.split(['\n', '\r', '\t', '、', '；', ';', ',', '，', '/', '／', '|', '｜']) {
        let piece = without_brackets(&normalise(piece));
        split_at_spaces(strip(&piece), &mut out);
        if out.len() >= MAX_NAMES {
            break;
        }
    }
    out.truncate(MAX_NAMES);
    out
}

/// The text without what stands in brackets; an open bracket takes the rest.
fn without_brackets(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '[' | '【' | '<' | '〔' => depth += 1,
            ')' | ']' | '】' | '>' | '〕' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// The text without numbers before it and 等 behind it.
fn strip(text: &str) -> &str {
    let mut rest = text.trim();
    loop {
        let before = rest.len();
        rest = without_number(rest).trim_matches([' ', '.', ':', '。', '*']);
        rest = ET_ALII
            .iter()
            .find_map(|word| rest.strip_suffix(word))
            .unwrap_or(rest)
            .trim();
        // 等3人
        if let Some((names, count)) = rest.rsplit_once('等')
            && let Some(number) = count.strip_suffix('人')
            && number.trim().bytes().all(|byte| byte.is_ascii_digit())
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
        if !is_blank(text) {
            out.push(text.to_owned());
        }
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
            ("张三（教授）；李四", &["张三", "李四"]),
            ("1.张三\n2.李四", &["张三", "李四"]),
            ("John Smith, Mary Jones et al.", &["John Smith", "Mary Jones"]),
            ("阿卜杜·热合曼", &["阿卜杜·热合曼"]),
            ("无", &[]),
            ("", &[]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }
}
