//! What the readers share: preparing the text, cutting labels and brackets off, telling what a spreadsheet destroyed.

use crate::issue::Issue;
use crate::text;
pub(super) use crate::text::is_han;

/// Most characters of a text that is to be one value. Longer cells hold prose, and prose is no number or date.
pub(super) const MAX_CHARS: usize = 500;
/// Most characters of a text that an issue repeats.
const MAX_SHOWN: usize = 60;

/// The text normalised; or the issue that it is empty, or too long to be one value.
pub(super) fn prepare(raw: &str) -> Result<String, Issue> {
    let text = bounded(raw)?;
    if text::is_blank(&text) {
        return Err(Issue::error("value-empty").with("found", shown(&text)));
    }
    Ok(text)
}

/// The text normalised, or the issue that it is too long to be one value.
pub(super) fn bounded(raw: &str) -> Result<String, Issue> {
    // An apostrophe before a value is how spreadsheets are told that it is text; quotation marks around the whole come
    // with a value that was copied from prose.
    let text = text::normalise(raw);
    let bare = unquoted(&text).trim_start_matches(['\'', '‘', '’']);
    let text = if bare.len() < text.len() {
        text::normalise(bare)
    } else {
        text
    };
    let chars = text.chars().count();
    if chars > MAX_CHARS {
        let issue = Issue::error("value-too-long").with("found", shown(&text));
        return Err(issue
            .with("length", chars.to_string())
            .with("most", MAX_CHARS.to_string()));
    }
    Ok(text)
}

/// The text without quotation marks around the whole of it.
fn unquoted(text: &str) -> &str {
    const PAIRS: [(char, char); 5] = [('"', '"'), ('“', '”'), ('‘', '’'), ('「', '」'), ('\'', '\'')];
    let inner = |(open, close): (char, char)| text.strip_prefix(open)?.strip_suffix(close);
    let bare = PAIRS.into_iter().find_map(inner);
    // Marks without anything between them are a ditto, or nothing.
    bare.filter(|bare| bare.contains(char::is_alphanumeric)).unwrap_or(text)
}

/// The text as an issue repeats it: cut short if it is long.
pub(super) fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(MAX_SHOWN).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Whether the text is a number in scientific notation, to which a spreadsheet turns long numbers and thereby loses
/// their last digits: `2.0201E+11`.
pub(super) fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return false;
    };
    let exponent = exponent.trim_start_matches('+');
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_ok = match mantissa.split_once('.') {
        Some((whole, decimals)) => digits(whole) && digits(decimals),
        None => digits(mantissa),
    };
    mantissa_ok && digits(exponent)
}

/// What stands behind the last colon, which ends a label (`联系电话：138…`); the whole text if there is none.
pub(super) fn after_label(text: &str) -> &str {
    text.rsplit_once(':').map_or(text, |(_, rest)| rest).trim()
}

/// The text without the bracketed parts that hold no digit (`13800000000（张三）`), and whether there were any.
pub(super) fn without_remarks(text: &str) -> (String, bool) {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut dropped = false;
    while let Some(open) = rest.find('(') {
        let Some(length) = rest[open..].find(')') else { break };
        let bracket = &rest[open..=open + length];
        out.push_str(&rest[..open]);
        if bracket.bytes().any(|byte| byte.is_ascii_digit()) {
            out.push_str(bracket);
        } else {
            dropped = true;
        }
        rest = &rest[open + length + 1..];
    }
    out.push_str(rest);
    (out.trim().to_owned(), dropped)
}

/// The text without the number of a drop-down list before it: `1.转让`, `(2) 许可`, `A、是`.
pub(super) fn without_number(text: &str) -> &str {
    // ① to ⑳
    if let Some(rest) = text.strip_prefix(|c: char| ('\u{2460}'..='\u{2473}').contains(&c)) {
        return rest.trim_start();
    }
    let inner = text.strip_prefix('(').unwrap_or(text);
    let length = inner.bytes().take_while(u8::is_ascii_digit).count();
    let length = if length == 0 && inner.starts_with(|c: char| c.is_ascii_uppercase()) {
        1
    } else {
        length
    };
    if length == 0 || length > 2 {
        return text;
    }
    let Some(rest) = inner[length..].strip_prefix(['.', '、', ')', ':']) else {
        return text;
    };
    let rest = rest.trim_start();
    if rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit()) {
        text
    } else {
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_destroyed_numbers() {
        for text in ["2.0201E+11", "1.38e10", "9E+17"] {
            assert!(is_scientific(text), "{text}");
        }
        for text in ["G06F17/30", "E", "1E", "202010123456.2", "1.E+3", "EE"] {
            assert!(!is_scientific(text), "{text}");
        }
    }

    #[test]
    fn cuts_labels_remarks_and_numbers() {
        assert_eq!(after_label("电话: 138"), "138");
        assert_eq!(without_remarks("138(张三)"), ("138".to_owned(), true));
        assert_eq!(without_remarks("(025)8479"), ("(025)8479".to_owned(), false));
        assert_eq!(without_remarks("a(b"), ("a(b".to_owned(), false));
        assert_eq!(without_number("1.转让"), "转让");
        assert_eq!(without_number("(2) 许可"), "许可");
        assert_eq!(without_number("A、是"), "是");
        assert_eq!(without_number("3.5"), "3.5");
        assert_eq!(without_number("Y"), "Y");
    }
}
