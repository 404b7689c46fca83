//! Registration numbers of technology contracts as people write them.

use super::common::{after_label, is_han, is_scientific, prepare, shown};
use crate::contract_no::{ContractNo, NEW_LENGTH};
use crate::issue::{Issue, Reading};

/// Reads a registration number of 16 digits, or of 14 in the old form.
#[must_use]
pub fn contract_no(text: &str) -> Reading<ContractNo> {
    let prepared = match prepare(text) {
        Ok(prepared) => prepared,
        Err(issue) => return Reading::fail(issue),
    };
    let found = shown(&prepared);
    let digits: String = without_label(after_label(&prepared))
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '\'' | '‘'))
        .collect();
    let mut reading = read_digits(digits.strip_suffix(".0").unwrap_or(&digits));
    for issue in &mut reading.issues {
        issue.args.insert(0, ("found", found.clone()));
    }
    reading
}

/// The text without 登记编号 or No. before it.
fn without_label(text: &str) -> &str {
    // 苏2023-1 is another number, not one with a label.
    let is_label = |label: &str| label.ends_with(['号', '为']);
    let digits = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let bare = match text.split_at(digits) {
        (label, bare) if is_label(label.trim_end()) && label.chars().all(|c| c == ' ' || is_han(c)) => bare,
        _ => text,
    };
    ["No.", "NO.", "№"]
        .iter()
        .find_map(|label| bare.strip_prefix(label))
        .unwrap_or(bare)
        .trim_start()
}

fn read_digits(digits: &str) -> Reading<ContractNo> {
    if is_scientific(digits) {
        return Reading::fail(Issue::error("contract-no-scientific"));
    }
    if let Some(c) = digits.chars().find(|c| !c.is_ascii_digit()) {
        return Reading::fail(Issue::error("contract-no-char").with("char", c));
    }
    match digits.parse() {
        // A spreadsheet keeps 15 digits of a number and puts 0 for the 16th.
        Ok(number) if digits.len() == NEW_LENGTH && digits.ends_with('0') => {
            Reading::with(number, Issue::note("contract-no-last-zero"))
        }
        Ok(number) => Reading::ok(number),
        Err(_) => Reading::fail(Issue::error("contract-no-length").with("digits", digits.len().to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_forms() {
        for text in [
            "2023320100000123",
            "2023 3201 0000 0123",
            "登记编号：23320101000012",
            "２３３２０１０１００００１２",
        ] {
            let reading = contract_no(text);
            assert!(
                reading.is_ok() && reading.issues.is_empty(),
                "{text}: {:?}",
                reading.issues
            );
        }
        let reading = contract_no("2023320100000120");
        assert!(reading.is_ok() && reading.has("contract-no-last-zero"));
    }

    #[test]
    fn each_refusal_has_its_reason() {
        for (text, code) in [
            ("2.02332E+15", "contract-no-scientific"),
            ("苏2023-1", "contract-no-char"),
            ("20233201000001", ""),
            ("202332010000012", "contract-no-length"),
            ("暂无", "value-empty"),
        ] {
            let reading = contract_no(text);
            assert_eq!(reading.issues.first().map_or("", |issue| issue.code), code, "{text}");
        }
    }
}
