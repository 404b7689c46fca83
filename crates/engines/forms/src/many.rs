//! Names of people and organisations, several in one cell.

use crate::issues::code;
use crate::{Value, clean};
use kernel::{Issue, Reading};

/// Most names in one cell: the largest author lists and consortia stay below it.
pub(crate) const COUNT_MAX: usize = 60;
/// Longest name in characters: the longest registered company names have about 60.
pub(crate) const LENGTH_MAX: usize = 100;

/// What follows a comma in a foreign company's name, compared without case and points.
const COMPANY_TAILS: &[&str] = &[
    "ltd",
    "limited",
    "inc",
    "llc",
    "llp",
    "co ltd",
    "co",
    "corp",
    "corporation",
    "gmbh",
    "plc",
    "sa",
    "ag",
    "bv",
    "nv",
    "srl",
];

/// People, through the kernel's reader (it knows where names of 2–4 characters end).
pub(crate) fn people(text: &str) -> Reading<Value> {
    let names = kernel::read::names(&clean::text(text).replace('\n', "；"));
    checked(text, names)
}

/// Organisations: divided by ；;、，, / and lines, not by spaces and not inside brackets; `Co., Ltd.` stays whole.
pub(crate) fn organisations(text: &str) -> Reading<Value> {
    let mut names: Vec<String> = Vec::new();
    for (comma, part) in parts(&clean::text(text)) {
        let part = without_number(clean::unquote(clean::line(&part).as_str())).to_owned();
        match names.last_mut() {
            Some(last) if comma && is_company_tail(&part) => *last = format!("{last}, {part}"),
            _ if part.is_empty() => {}
            _ => names.push(part),
        }
    }
    checked(text, names)
}

fn checked(text: &str, names: Vec<String>) -> Reading<Value> {
    let mut unique: Vec<String> = Vec::new();
    for name in names {
        if !unique.contains(&name) {
            unique.push(name);
        }
    }
    if unique.is_empty() {
        return Reading::fail(Issue::error(code::NAMES_UNREADABLE).with("found", clean::found(text)));
    }
    if unique.len() > COUNT_MAX {
        let issue = Issue::error(code::NAMES_TOO_MANY).with("found", unique.len().to_string());
        return Reading::fail(issue.with("max", COUNT_MAX.to_string()));
    }
    if let Some(long) = unique.iter().find(|name| name.chars().count() > LENGTH_MAX) {
        let issue = Issue::error(code::NAME_TOO_LONG).with("found", clean::found(long));
        return Reading::fail(issue.with("max", LENGTH_MAX.to_string()));
    }
    Reading::ok(Value::Names(unique))
}

/// The parts, each with whether an ASCII comma stood before it.
fn parts(text: &str) -> Vec<(bool, String)> {
    let mut out = vec![(false, String::new())];
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        // A line break always divides: a bracket that stays open must not swallow the rest.
        if c == '\n' || (depth == 0 && "；;、，,/／|".contains(c)) {
            depth = 0;
            out.push((c == ',', String::new()));
        } else if let Some((_, part)) = out.last_mut() {
            part.push(c);
        }
    }
    out
}

fn is_company_tail(part: &str) -> bool {
    let plain = part.replace('.', "").to_ascii_lowercase();
    COMPANY_TAILS.contains(&plain.trim())
}

/// Without a list number: `1.甲大学`, `（2）乙公司`.
fn without_number(part: &str) -> &str {
    let open = part.strip_prefix(['(', '（']);
    let from = open.unwrap_or(part);
    let digits = from.bytes().take_while(u8::is_ascii_digit).count();
    let rest = from
        .split_at_checked(digits)
        .map(|(_, rest)| rest)
        .filter(|_| (1..=2).contains(&digits));
    let ends: &[char] = if open.is_some() {
        &[')', '）']
    } else {
        &['.', '．', ')', '）']
    };
    rest.and_then(|rest| rest.strip_prefix(ends)).map_or(part, str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orgs(text: &str) -> Vec<String> {
        match organisations(text).value {
            Some(Value::Names(names)) => names,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn organisations_apart() {
        assert_eq!(orgs("A大学；B公司"), ["A大学", "B公司"]);
        assert_eq!(
            orgs("1.A大学\n2.B（苏州、无锡）公司,C 研究院"),
            ["A大学", "B（苏州、无锡）公司", "C 研究院"]
        );
        assert_eq!(orgs("Acme Co., Ltd., A大学、A大学"), ["Acme Co., Ltd.", "A大学"]);
        assert_eq!(orgs("《A大学》"), ["A大学"]);
    }

    #[test]
    fn refused() {
        assert_eq!(organisations("；；").issues[0].code, code::NAMES_UNREADABLE);
        assert_eq!(organisations(&"名".repeat(101)).issues[0].code, code::NAME_TOO_LONG);
        let many: Vec<String> = (0..=COUNT_MAX).map(|n| format!("第{n}公司")).collect();
        assert_eq!(organisations(&many.join("；")).issues[0].code, code::NAMES_TOO_MANY);
    }
}
