//! Brackets in what people write: what is inside them belongs together; what was left open is closed.

/// 1 for an opening bracket, -1 for a closing one, 0 for another character.
pub(crate) fn bracket(c: char) -> i32 {
    match c {
        '(' | '（' | '[' | '【' => 1,
        ')' | '）' | ']' | '】' => -1,
        _ => 0,
    }
}

/// Closes what was left open, and drops what closes nothing.
pub(crate) fn balanced(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match bracket(c) {
            1 => depth += 1,
            -1 if depth == 0 => continue,
            -1 => depth -= 1,
            _ => {}
        }
        out.push(c);
    }
    for _ in 0..depth {
        out.push('）');
    }
    out
}

/// Splits at characters outside brackets for which `at` says so; it gets the text before and the text after, too.
pub(crate) fn split(text: &str, at: impl Fn(&str, char, &str) -> bool) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_i32);
    for (index, c) in text.char_indices() {
        depth = (depth + bracket(c)).max(0);
        let after = text.get(index + c.len_utf8()..).unwrap_or_default();
        if depth == 0 && at(text.get(..index).unwrap_or_default(), c, after) {
            parts.push(text.get(start..index).unwrap_or_default());
            start = index + c.len_utf8();
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mended_and_respected() {
        assert_eq!(balanced("a)（b"), "a（b）");
        assert_eq!(balanced("a（b[c]）"), "a（b[c]）");
        assert_eq!(split("a；(b；c)；d", |_, c, _| c == '；'), ["a", "(b；c)", "d"]);
    }
}
