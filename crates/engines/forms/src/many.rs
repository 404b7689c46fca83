//! Names of people and organisations, several in one cell.

use crate::brackets::{balanced, bracket};
use crate::issues::code;
use crate::{Value, clean};
use kernel::{Issue, Reading};

/// Most names in one cell: the largest author lists and consortia stay below it.
pub(crate) const COUNT_MAX: usize = 60;
/// Longest name in characters: the longest registered company names have about 60.
pub(crate) const LENGTH_MAX: usize = 100;

/// What stands between organisations.
const SEPARATORS: &str = "；;、，,/／|";

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
    let text = clean::text(text).replace('\n', "；");
    let mut reading = checked(&text, kernel::read::names(&text));
    if reading.is_ok() && names_others(&text) {
        reading
            .issues
            .push(Issue::warning(code::NAMES_INCOMPLETE).with("found", clean::found(&text)));
    }
    reading
}

/// Whether a list ends with 等, 等人, 等5人 or et al.: the reader drops that, so somebody is missing.
fn names_others(text: &str) -> bool {
    let text = text
        .trim_end_matches(['。', '.', '；', ' ', '人'])
        .trim_end_matches(|c: char| c.is_ascii_digit());
    text.trim_end().ends_with('等') || text.to_ascii_lowercase().ends_with("et al")
}

/// Organisations: divided by ；;、，, / and lines, not by spaces and not inside brackets; `Co., Ltd.` stays whole.
pub(crate) fn organisations(text: &str) -> Reading<Value> {
    let names = clean::text(text).lines().flat_map(row).collect();
    checked(text, names)
}

/// The names of one line. A bracket that stays open would hide the others, so brackets count only if they are whole.
fn row(row: &str) -> Vec<String> {
    let whole = balanced(row) == row;
    let mut parts = vec![(false, String::new())];
    let mut depth = 0;
    for c in row.chars() {
        depth += if whole { bracket(c) } else { 0 };
        if depth == 0 && SEPARATORS.contains(c) {
            parts.push((c == ',', String::new()));
        } else if let Some((_, part)) = parts.last_mut() {
            part.push(c);
        }
    }
    let mut names: Vec<String> = Vec::new();
    for (after_comma, part) in parts {
        let name = name(&part);
        match names.last_mut() {
            Some(last) if after_comma && is_company_tail(&name) => *last = format!("{last}, {name}"),
            _ if !name.contains(char::is_alphabetic) => {}
            _ => names.push(name),
        }
    }
    names
}

/// Without list number and quotes, in whichever order they stand.
fn name(part: &str) -> String {
    let mut name = clean::line(&balanced(part));
    loop {
        let bare = without_number(clean::unquote(&name)).to_owned();
        // Each turn makes it shorter.
        if bare.len() >= name.len() {
            return name;
        }
        name = clean::line(&balanced(&bare));
    }
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
    let rest = rest.and_then(|rest| rest.strip_prefix(ends));
    // `0.5米公司` begins with a number of its own.
    rest.filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        .map_or(part, str::trim)
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
    fn others_are_missed() {
        for text in ["张三、李四等", "张三等5人", "张三 等人。", "Smith et al."] {
            assert_eq!(
                people(text).issues.iter().map(|issue| issue.code).collect::<Vec<_>>(),
                [code::NAMES_INCOMPLETE],
                "{text}"
            );
        }
        assert_eq!(people("张三、李四").issues, []);
    }

    #[test]
    fn refused() {
        assert_eq!(organisations("；；").issues[0].code, code::NAMES_UNREADABLE);
        assert_eq!(organisations(&"名".repeat(101)).issues[0].code, code::NAME_TOO_LONG);
        let many: Vec<String> = (0..=COUNT_MAX).map(|n| format!("第{n}公司")).collect();
        assert_eq!(organisations(&many.join("；")).issues[0].code, code::NAMES_TOO_MANY);
    }
}
