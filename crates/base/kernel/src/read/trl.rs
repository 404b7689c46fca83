//! Technology readiness as people write it: a level, or the stage of development (domain §4.8).

use super::common::{prepare, shown, without_number};
use crate::issue::{Issue, Reading};
use crate::text::fold;
use crate::trl::Trl;

/// Stages and the levels that they come to, nearly. Of several words found in a text those that lie within another are
/// left aside: 已量产 is not 量产.
const STAGES: &[(&str, u8)] = &[
    ("基本原理", 1),
    ("原理", 1),
    ("概念", 2),
    ("设想", 2),
    ("设计", 2),
    ("可行性论证", 3),
    ("实验室", 3),
    ("初期阶段", 3),
    ("实验室小试", 4),
    ("小试", 4),
    ("中试", 6),
    ("样机", 6),
    ("原型", 6),
    ("工程样机", 7),
    ("小批量", 7),
    ("小批量生产", 7),
    ("试生产", 8),
    ("可量产", 8),
    ("可批量生产", 8),
    ("可产业化", 8),
    ("批产", 9),
    ("已量产", 9),
    ("已批量生产", 9),
    ("批量生产", 9),
    ("规模化生产", 9),
    ("量产", 9),
    ("产业化", 9),
    ("成熟应用", 9),
    ("已应用", 9),
];
/// What may stand around the number of a level.
const LEVEL_WORDS: &[&str] = &["技术成熟度", "技术就绪度", "成熟度", "等级", "level", "trl", "第", "级"];
const HAN_DIGITS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Reads a level (`TRL4`, `4级`, `四级`) or the stage of development (小试 → 4, 中试 → 6, 可量产 → 8, 已量产 → 9) with a
/// note. Of several stages, or of a span of levels, the lowest is taken, with a warning.
#[must_use]
pub fn trl(text: &str) -> Reading<Trl> {
    let prepared = match prepare(text) {
        Ok(prepared) => prepared,
        Err(issue) => return Reading::fail(issue),
    };
    let found = shown(&prepared);
    let levels = levels_in(&prepared);
    let by_stage = levels.is_empty();
    let levels = if by_stage {
        stages_in(without_number(&prepared))
    } else {
        levels
    };
    let Some(lowest) = levels.iter().copied().min() else {
        return Reading::fail(Issue::error("trl-unknown").with("found", found));
    };
    let Some(value) = Trl::new(lowest) else {
        return Reading::fail(Issue::error("trl-range").with("found", found));
    };
    let issue = if levels.iter().any(|level| *level != lowest) {
        Issue::warning("trl-several")
    } else if by_stage {
        Issue::note("trl-by-stage")
    } else {
        return Reading::ok(value);
    };
    Reading::with(value, issue.with("found", found).with("read", value.to_string()))
}

/// The numbers of levels: what stands behind TRL, or in a text that is nothing but levels.
fn levels_in(text: &str) -> Vec<u8> {
    let lower = text.to_lowercase();
    if let Some((_, behind)) = lower.split_once("trl") {
        let is_level = |c: char| c.is_ascii_digit() || " -~—–至到.级".contains(c);
        let end = behind.find(|c: char| !is_level(c)).unwrap_or(behind.len());
        return numbers(&behind[..end]);
    }
    numbers(&lower)
}

fn numbers(text: &str) -> Vec<u8> {
    let mut bare = text.to_owned();
    for word in LEVEL_WORDS {
        bare = bare.replace(word, " ");
    }
    let is_gap = |c: char| " -~—–至到.:、,/()".contains(c);
    let bare = bare.trim_matches(is_gap).trim_end_matches(".0");
    let mut levels = Vec::new();
    for piece in bare.split(is_gap).filter(|piece| !piece.is_empty()) {
        let han = piece.chars().next().filter(|_| piece.chars().count() == 1);
        let han = han.and_then(|c| HAN_DIGITS.iter().position(|digit| *digit == c));
        match han.map(|at| at + 1).or_else(|| piece.parse().ok()) {
            // A number beyond the levels stays beyond them, and is refused as such.
            Some(level) => levels.push(u8::try_from(level).unwrap_or(u8::MAX)),
            None => return Vec::new(),
        }
    }
    levels
}

/// The levels of the stages named in the text.
fn stages_in(text: &str) -> Vec<u8> {
    let key = fold(text);
    let mut spans: Vec<(usize, usize, u8)> = Vec::new();
    for (word, level) in STAGES {
        spans.extend(key.match_indices(word).map(|(at, word)| (at, at + word.len(), *level)));
    }
    let is_inner = |span: &(usize, usize, u8)| {
        spans
            .iter()
            .any(|other| other.0 <= span.0 && span.1 <= other.1 && other.1 - other.0 > span.1 - span.0)
    };
    spans.iter().filter(|span| !is_inner(span)).map(|span| span.2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_levels() {
        for (text, level) in [
            ("TRL4", 4),
            ("trl 6", 6),
            ("TRL-7", 7),
            ("ＴＲＬ９", 9),
            ("4", 4),
            ("4.0", 4),
            ("4级", 4),
            ("四级", 4),
            ("第八级", 8),
            ("TRL4（小试）", 4),
            ("小试阶段（TRL4）", 4),
        ] {
            assert_eq!(trl(text), Reading::ok(Trl::new(level).unwrap()), "{text}");
        }
    }

    #[test]
    fn stages_come_near() {
        for (text, level) in [
            ("实验室", 3),
            ("小试", 4),
            ("实验室·小试", 4),
            ("中试阶段", 6),
            ("可量产", 8),
            ("批产", 9),
            ("已量产", 9),
            ("3.中试", 6),
            ("成熟应用（批量生产）", 9),
        ] {
            let reading = trl(text);
            assert_eq!(reading.value, Trl::new(level), "{text}");
            assert_eq!(reading.issues[0].code, "trl-by-stage");
        }
    }

    #[test]
    fn the_lowest_of_several_is_taken() {
        for (text, level) in [("TRL4-6", 4), ("小试、中试", 4), ("TRL 7~8级", 7)] {
            let reading = trl(text);
            assert_eq!(reading.value, Trl::new(level), "{text}");
            assert!(reading.has("trl-several"));
        }
    }

    #[test]
    fn refuses_what_is_no_level() {
        for (text, code) in [
            ("10", "trl-range"),
            ("0", "trl-range"),
            ("TRL400", "trl-range"),
            ("良好", "trl-unknown"),
            ("TRL", "trl-unknown"),
            ("", "value-empty"),
        ] {
            let reading = trl(text);
            assert!(!reading.is_ok());
            assert_eq!(reading.issues[0].code, code, "{text}");
        }
    }
}
