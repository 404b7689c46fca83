//! Looks through the open texts of an entry for what its owner wants hidden (R143): the organisation's name, telephone
//! numbers, mail addresses, and patent numbers by which a hidden owner could be looked up.

use forms::Record;
use kernel::text::fold;
use kernel::{Issue, Regions};

use crate::kind::EntryKind;

/// Legal forms at the end of a company's name. A longer one stands before one that it ends with.
const FORMS: &[&str] = &[
    "集团股份有限公司",
    "股份有限公司",
    "集团有限公司",
    "有限责任公司",
    "有限公司",
    "集团公司",
    "总公司",
    "分公司",
    "公司",
    "集团",
];
/// Fewest characters of a name that is looked for: shorter ones occur in ordinary words.
const NAME_CHARS_MIN: usize = 4;
/// Digits of a mobile number.
const MOBILE_DIGITS: usize = 11;
/// Fewest and most digits of a patent number without its check digit's dot.
const PATENT_DIGITS: [usize; 2] = [9, 13];
/// Characters of a finding that a message repeats.
const FOUND_CHARS: usize = 40;

/// Adds an issue at each open text that tells what is withheld.
pub(crate) fn check(kind: &dyn EntryKind, record: &mut Record, org_name: &str, regions: &Regions) {
    let keys = kind.keys();
    let name_hidden = keys.shows_name.is_some_and(|key| !record.yes(key));
    let names = if name_hidden {
        names(record.text(keys.name).unwrap_or(org_name), regions)
    } else {
        Vec::new()
    };
    let mut found = Vec::new();
    for key in std::iter::once(&"title").chain(keys.texts) {
        let Some(field) = kind.form().field(key) else { continue };
        let Some(value) = record.value(key) else { continue };
        let text = forms::write(value, field);
        let folded = fold(&text);
        if let Some(name) = names.iter().find(|name| folded.contains(name.as_str())) {
            found.push((
                Some(field.key),
                Issue::error("entries-names-owner").with("found", name.clone()),
            ));
        }
        if let Some(number) = mobile(&text) {
            found.push((
                Some(field.key),
                Issue::warning("entries-text-phone").with("found", number),
            ));
        }
        if let Some(mail) = mail(&text) {
            found.push((Some(field.key), Issue::warning("entries-text-mail").with("found", mail)));
        }
        if name_hidden && let Some(number) = patent(&text) {
            found.push((
                Some(field.key),
                Issue::warning("entries-text-patent").with("found", number),
            ));
        }
    }
    record.issues.extend(found);
}

/// What a name is recognised by, folded: the whole, the name without its legal form, and that without the place in front.
fn names(full: &str, regions: &Regions) -> Vec<String> {
    let whole = fold(full);
    let core = FORMS
        .iter()
        .find_map(|form| whole.strip_suffix(form))
        .unwrap_or(&whole)
        .to_owned();
    let bare = without_place(&core, regions).to_owned();
    let mut out = Vec::new();
    for name in [whole, core, bare] {
        if name.chars().count() >= NAME_CHARS_MIN && !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

/// The name without the place that it begins with: 江苏, 南京市, 启东 …
fn without_place<'a>(name: &'a str, regions: &Regions) -> &'a str {
    let mut rest = name;
    // Province, city, county: three at most.
    for _ in 0..3 {
        let cut = (2..=4).rev().find_map(|n| {
            let (at, _) = rest.char_indices().nth(n)?;
            let (head, tail) = rest.split_at(at);
            (!regions.by_name(head).is_empty()).then_some(tail)
        });
        match cut {
            Some(tail) => rest = tail,
            None => break,
        }
    }
    rest
}

/// Runs of digits in a text, spaces and hyphens between digits left out.
fn digit_runs(text: &str) -> Vec<String> {
    let mut runs = vec![String::new()];
    for c in kernel::text::normalise(text).chars() {
        match c {
            '0'..='9' => {
                if let Some(run) = runs.last_mut() {
                    run.push(c);
                }
            }
            ' ' | '-' => {}
            _ if runs.last().is_some_and(|run| !run.is_empty()) => runs.push(String::new()),
            _ => {}
        }
    }
    runs
}

fn mobile(text: &str) -> Option<String> {
    digit_runs(text).into_iter().find(|run| {
        let bytes = run.as_bytes();
        run.len() == MOBILE_DIGITS && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1])
    })
}

fn mail(text: &str) -> Option<String> {
    let word = |c: char| c.is_ascii_alphanumeric() || "._%+-@".contains(c);
    text.split(|c: char| !word(c))
        .map(|w| w.trim_matches('.'))
        .find_map(|w| {
            let (name, host) = w.split_once('@')?;
            let top = host.rsplit_once('.')?.1;
            (!name.is_empty() && top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic()))
                .then(|| w.chars().take(FOUND_CHARS).collect())
        })
}

/// A right patent number, with `ZL` or `CN` in front or thirteen digits long: nine digits alone are often something else.
fn patent(text: &str) -> Option<String> {
    let plain: String = kernel::text::normalise(text)
        .to_uppercase()
        .chars()
        .filter(|c| *c != ' ')
        .collect();
    let bytes = plain.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() || (at > 0 && bytes[at - 1].is_ascii_digit()) {
            at += 1;
            continue;
        }
        let length = bytes[at..]
            .iter()
            .take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b'X'))
            .count();
        let digits: String = plain[at..at + length].chars().filter(|c| *c != '.').collect();
        let marked = plain[..at].ends_with("ZL") || plain[..at].ends_with("CN");
        if PATENT_DIGITS.contains(&digits.len())
            && (marked || digits.len() == PATENT_DIGITS[1])
            && let Some(number) = kernel::PatentNo::new(&digits)
        {
            return Some(number.to_string());
        }
        at += length.max(1);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_without_place_and_legal_form() {
        let regions = Regions::builtin();
        assert_eq!(
            names("南京朴砺微电子有限公司", regions),
            ["南京朴砺微电子有限公司", "南京朴砺微电子", "朴砺微电子"]
        );
        assert_eq!(
            names("江苏省启东蒿枝港海洋工程装备有限公司", regions).last().unwrap(),
            "蒿枝港海洋工程装备"
        );
        // Three characters are left: too few to tell from ordinary words.
        assert_eq!(names("苏州齿轮厂", regions), ["苏州齿轮厂"]);
    }

    #[test]
    fn numbers_and_addresses_are_seen() {
        assert_eq!(mobile("请致电 138 1396 0527 联系").as_deref(), Some("13813960527"));
        assert_eq!(mobile("寿命 13813960527123 次"), None);
        assert_eq!(mobile("转速 12000 r/min"), None);
        assert_eq!(mail("写信至 huoqm@example.com。").as_deref(), Some("huoqm@example.com"));
        assert_eq!(mail("精度@25℃"), None);
        assert_eq!(
            patent("已有专利ZL 2020 1 0123456.2 一件").as_deref(),
            Some("ZL202010123456.2")
        );
        assert_eq!(patent("编号202010123456.7"), None);
        assert_eq!(patent("年产 954432187 件"), None);
    }
}
