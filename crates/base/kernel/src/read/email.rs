//! Mail addresses as people write them.

use super::common::{prepare, shown};
use crate::contact::Email;
use crate::issue::{Issue, Reading};

/// Endings of domains that are slips of the finger far more often than domains.
const TYPO_ENDINGS: &[&str] = &[".con", ".cmo", ".vom", ".cim", ".comm", ".cnn", ".ocm"];

/// Reads one mail address. Full-width signs, spaces and Chinese full stops are mended with a warning; the domain is put
/// in lower case.
#[must_use]
pub fn email(text: &str) -> Reading<Email> {
    let prepared = match prepare(text) {
        Ok(prepared) => prepared,
        Err(issue) => return Reading::fail(issue),
    };
    let found = shown(&prepared);
    let mut reading = read_bare(address_in(&prepared));
    for issue in &mut reading.issues {
        issue.args.insert(0, ("found", found.clone()));
    }
    reading
}

/// The address in `Name <address>`, `邮箱: address` and `mailto:address`.
fn address_in(text: &str) -> &str {
    let inner = text
        .rsplit_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map_or(text, |(inner, _)| inner);
    inner
        .rsplit_once(':')
        .map_or(inner, |(_, rest)| rest)
        .trim_start_matches([' ', '\'', '‘', '’'])
        .trim()
        .trim_end_matches(['.', ',', ';', '。'])
}

fn read_bare(bare: &str) -> Reading<Email> {
    let mended: String = bare
        .chars()
        .filter(|c| *c != ' ')
        .map(|c| if matches!(c, '。' | '·') { '.' } else { c })
        .collect();
    let (local, domain) = match mended.split_once('@') {
        None => return Reading::fail(Issue::error("email-no-at")),
        Some((_, rest)) if rest.contains('@') => return Reading::fail(Issue::error("email-several")),
        Some(parts) => parts,
    };
    if let Some(c) = mended.chars().find(|c| !c.is_ascii()) {
        return Reading::fail(Issue::error("email-char").with("char", c));
    }
    let address = format!("{local}@{}", domain.to_lowercase());
    let Ok(email) = address.parse::<Email>() else {
        return Reading::fail(Issue::error("email-shape"));
    };
    let mut reading = Reading::ok(email);
    if mended != bare {
        reading = reading.and(Issue::warning("email-mended").with("read", &address));
    }
    if let Some(ending) = TYPO_ENDINGS.iter().find(|ending| address.ends_with(*ending)) {
        reading = reading.and(Issue::warning("email-suspect").with("ending", *ending));
    }
    reading
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for (text, canonical) in [
            ("zhang@Example.EDU.cn", "zhang@example.edu.cn"),
            ("　zhang＠example．com ", "zhang@example.com"),
            ("邮箱：zhang@example.com", "zhang@example.com"),
            ("张三 <zhang@example.com>", "zhang@example.com"),
            ("mailto:zhang@example.com;", "zhang@example.com"),
            ("邮箱：'zhang@example.com", "zhang@example.com"),
            ("< ' ‘zhang@example.com>", "zhang@example.com"),
        ] {
            let reading = email(text);
            assert!(reading.issues.is_empty(), "{text}: {:?}", reading.issues);
            assert_eq!(reading.value.unwrap().as_str(), canonical);
        }
    }

    #[test]
    fn says_what_it_mended_or_why_not() {
        assert!(email("zhang@example。com").has("email-mended"));
        assert!(email("zhang @example.com").has("email-mended"));
        let reading = email("zhang@qq.con");
        assert!(reading.is_ok() && reading.has("email-suspect"));
        for (text, code) in [
            ("zhang.example.com", "email-no-at"),
            ("a@b.cn、c@d.cn", "email-several"),
            ("张三@example.com", "email-char"),
            ("zhang@example", "email-shape"),
            ("zhang@-x.cn", "email-shape"),
            ("", "value-empty"),
        ] {
            let reading = email(text);
            assert!(!reading.is_ok());
            assert_eq!(reading.issues[0].code, code, "{text}");
        }
    }
}
