//! Yes and no as people write them: words, ticks, crosses, boxes, numbers.

use super::common::{bounded, shown, without_number};
use crate::issue::{Issue, Reading};
use crate::text::without_spaces;

const YES: &[&str] = &[
    "是", "有", "对", "可", "可以", "能", "同意", "需", "需要", "要", "推荐", "愿意", "已", "公开", "y", "yes", "true",
    "t", "1", "1.0", "on", "√", "✓", "✔", "☑", "■", "●", "是√", "√是", "v",
];
const NO: &[&str] = &[
    "否",
    "无",
    "不",
    "不是",
    "没有",
    "不可",
    "不可以",
    "不能",
    "不同意",
    "无需",
    "不需要",
    "不要",
    "不推荐",
    "不愿意",
    "未",
    "不公开",
    "n",
    "no",
    "false",
    "f",
    "0",
    "0.0",
    "off",
    "×",
    "✗",
    "✘",
    "x",
    "☐",
    "□",
    "○",
    "",
    "-",
    "—",
    "--",
    "——",
    "/",
    "空",
    "暂无",
    "n/a",
];
/// The signs that mark a choice among printed boxes.
const TICKS: &[char] = &['√', '✓', '✔', '☑', '■', '●'];
const BOXES: &[char] = &['□', '☐', '○'];

/// Reads yes or no. An empty cell is no.
#[must_use]
pub fn yes_no(text: &str) -> Reading<bool> {
    let prepared = match bounded(text) {
        Ok(prepared) => prepared,
        Err(issue) => return Reading::fail(issue),
    };
    let lower = without_number(&prepared).to_lowercase();
    let compact = unbracketed(&without_spaces(&lower));
    let compact = compact.trim_end_matches(['。', '.', '!']);
    if let Some(value) = word(compact) {
        return Reading::ok(value);
    }
    if let Some(value) = ticked(compact) {
        return Reading::ok(value);
    }
    // 是（已授权）, 否，原因是 …: the first word answers, the rest is a remark.
    let first = compact
        .split(['(', ',', ';', '。', '、', ':', '!'])
        .next()
        .unwrap_or("");
    match word(first).filter(|_| !first.is_empty()) {
        Some(value) => Reading::with(
            value,
            Issue::note("yes-no-words-ignored").with("found", shown(&prepared)),
        ),
        None => Reading::fail(Issue::error("yes-no-unclear").with("found", shown(&prepared))),
    }
}

/// The text with ticks and blanks in brackets made bare ones and boxes: `[√]是 ( )否`.
fn unbracketed(text: &str) -> String {
    let mut out = text.to_owned();
    if !out.contains(['[', '(']) {
        return out;
    }
    for (open, close) in [('[', ']'), ('(', ')')] {
        for tick in TICKS {
            out = out.replace(&format!("{open}{tick}{close}"), &tick.to_string());
        }
        out = out.replace(&format!("{open}{close}"), "□");
    }
    out
}

fn word(text: &str) -> Option<bool> {
    if YES.contains(&text) {
        Some(true)
    } else if NO.contains(&text) {
        Some(false)
    } else {
        None
    }
}

/// The choice among printed boxes: `☑是 □否`, `是√ 否□`. Whether signs stand before or behind their words shows in
/// whether the text begins with one.
fn ticked(text: &str) -> Option<bool> {
    let is_sign = |c: char| TICKS.contains(&c) || BOXES.contains(&c);
    let before = text.starts_with(is_sign);
    let mut chosen = Vec::new();
    let mut sign = None;
    let mut run = String::new();
    // A closing sign, so that the last run is looked at as well.
    for c in text.chars().chain(['\u{0}']) {
        if !is_sign(c) && c != '\u{0}' {
            run.push(c);
            continue;
        }
        let its_sign = if before { sign } else { Some(c) };
        if its_sign.is_some_and(|its_sign| TICKS.contains(&its_sign)) && !run.is_empty() {
            chosen.push(word(&run)?);
        }
        sign = Some(c);
        run.clear();
    }
    match chosen.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for yes in [
            "是",
            "√",
            "有",
            "Y",
            "1",
            "true",
            "Yes",
            "１",
            "1.是",
            "☑是 □否",
            "是。",
            "[√]是 [ ]否",
            "（√）是（　）否",
            "是√ 否□",
            "√是□否",
            "TRUE",
            "同意",
            "1.0",
        ] {
            assert_eq!(yes_no(yes), Reading::ok(true), "{yes}");
        }
        for no in [
            "否",
            "×",
            "无",
            "N",
            "0",
            "",
            "　",
            "空",
            "—",
            "/",
            "□是 ☑否",
            "是□ 否√",
            "不同意",
            "FALSE",
            "2、否",
        ] {
            assert_eq!(yes_no(no), Reading::ok(false), "{no}");
        }
    }

    #[test]
    fn a_remark_is_noted_and_doubt_refused() {
        let reading = yes_no("是（已授权）");
        assert!(reading.value == Some(true) && reading.has("yes-no-words-ignored"));
        assert_eq!(yes_no("否，需另议").value, Some(false));
        for doubt in ["待定", "部分", "√是√否", "是否", "□是□否", "2", "，是"] {
            assert!(yes_no(doubt).has("yes-no-unclear"), "{doubt}");
        }
    }
}
