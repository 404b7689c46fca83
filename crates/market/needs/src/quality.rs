//! What makes a need one that teams can answer (R126, R140): said here and not in an annex, a problem and not a vacancy,
//! targets with a unit and a present value, a budget.

use forms::{Lookup, Record};
use kernel::text::normalise;
use kernel::{Issue, MoneyKind};

/// An issue with the field to show it at.
pub(crate) type Found = Option<(Option<&'static str>, Issue)>;

/// Texts that must stand by themselves, with the characters that are left of each at least without its annex.
const TEXTS: [(&str, usize); 3] = [("background", 50), ("problem", 20), ("foundation", 0)];
/// How people point to an annex that readers don't have.
const ANNEXES: [&str; 10] = [
    "详见附件",
    "具体见附件",
    "请见附件",
    "参见附件",
    "见附件",
    "详见附表",
    "见附表",
    "详见附文",
    "另附材料",
    "附件所示",
];
/// Words of an advertisement for a vacancy.
const VACANCY: [&str; 16] = [
    "招聘",
    "诚聘",
    "应聘",
    "岗位职责",
    "任职要求",
    "任职资格",
    "学历要求",
    "本科及以上学历",
    "月薪",
    "年薪",
    "薪资",
    "五险一金",
    "双休",
    "简历",
    "工作经验",
    "试用期",
];
/// So many different ones make an advertisement; one alone stands in many a need.
const VACANCY_WORDS: usize = 2;
/// The same where people are asked for, who are spoken of in such words.
const VACANCY_WORDS_PEOPLE: usize = 3;
/// The most that a need scores which sends its readers elsewhere, or is none: less than half, whatever else is filled in.
const SCORE_OTHER_MAX: u8 = 40;
/// What a budget that nobody states takes from the score: it is one of some twenty things, and the first that teams ask.
const SCORE_NO_BUDGET: u8 = 5;

/// What is doubtful about a need as a whole.
pub(crate) fn issues(record: &Record) -> Vec<(Option<&'static str>, Issue)> {
    let mut out: Vec<_> = TEXTS.iter().filter_map(|(key, min)| annex(record, key, *min)).collect();
    out.extend([vacancy(record), unit(record)].into_iter().flatten());
    out
}

/// How complete a need is, 0–100, from the score of its fields.
pub(crate) fn score(record: &Record, fields: u8) -> u8 {
    let elsewhere = TEXTS
        .iter()
        .any(|(key, min)| annex(record, key, *min).is_some_and(|(_, i)| i.code == "needs-annex-only"));
    let unknown = record
        .money("amount")
        .is_some_and(|money| money.kind == MoneyKind::Unknown);
    let score = if unknown {
        fields.saturating_sub(SCORE_NO_BUDGET)
    } else {
        fields
    };
    if elsewhere || vacancy(record).is_some() {
        score.min(SCORE_OTHER_MAX)
    } else {
        score
    }
}

/// “详见附件”: nobody who reads the list or compares needs has the annex.
fn annex(record: &Record, key: &'static str, min: usize) -> Found {
    let text = normalise(record.raw(key));
    let word = ANNEXES.iter().find(|word| text.contains(**word))?;
    let left = ANNEXES.iter().fold(text.clone(), |left, word| left.replace(word, ""));
    let left = left.chars().filter(|c| c.is_alphanumeric()).count();
    let code = if left < min.max(1) {
        "needs-annex-only"
    } else {
        "needs-annex"
    };
    Some((Some(key), Issue::warning(code).with("found", *word)))
}

/// An advertisement for a vacancy: the platform is for technology, and teams can't answer it.
fn vacancy(record: &Record) -> Found {
    let all: String = ["title", "background", "problem"]
        .map(|key| normalise(record.raw(key)))
        .join(" ");
    let found: Vec<&str> = VACANCY.iter().copied().filter(|word| all.contains(word)).collect();
    let most = if record.code("category") == Some("people") {
        VACANCY_WORDS_PEOPLE
    } else {
        VACANCY_WORDS
    };
    (found.len() >= most).then(|| {
        (
            Some("problem"),
            Issue::warning("needs-vacancy").with("found", found.join("、")),
        )
    })
}

/// A target without a unit can't be measured.
fn unit(record: &Record) -> Found {
    let bare = record.indicators("indicators").iter().find(|i| i.unit.is_empty())?;
    Some((
        Some("indicators"),
        Issue::note("needs-no-unit").with("found", bare.to_string()),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{example, read};

    fn codes(texts: &[(&str, &str)]) -> Vec<&'static str> {
        issues(&with(texts)).into_iter().map(|(_, issue)| issue.code).collect()
    }

    fn with(texts: &[(&str, &str)]) -> Record {
        let mut draft = example();
        for (key, text) in texts {
            draft.insert((*key).into(), (*text).into());
        }
        read(&draft)
    }

    #[test]
    fn a_need_says_it_here() {
        assert!(codes(&[]).is_empty());
        assert_eq!(codes(&[("problem", "详见附件。")]), ["needs-annex-only"]);
        assert_eq!(
            codes(&[("background", "技术要求及指标，请见附件《技术需求书》")]),
            ["needs-annex-only"]
        );
        assert_eq!(
            codes(&[(
                "problem",
                "在现有箱式多用炉上把渗碳淬火后的齿向变形压到磨齿余量以内，并能批量稳定，炉型详见附件。"
            )]),
            ["needs-annex"]
        );
        assert_eq!(codes(&[("foundation", "见附表")]), ["needs-annex-only"]);
        assert!(codes(&[("foundation", "有附件加工车间两间。")]).is_empty());
    }

    #[test]
    fn a_vacancy_is_no_need() {
        let advert =
            "因业务发展，诚聘电气工程师两名，任职要求：本科及以上学历，三年工作经验，五险一金，有意者请投简历。";
        assert_eq!(codes(&[("problem", advert)]), ["needs-vacancy"]);
        // One such word alone stands in needs as well.
        assert!(
            codes(&[(
                "problem",
                "开发面向招聘网站的人岗匹配算法，把匹配准确率提高到九成以上。"
            )])
            .is_empty()
        );
        let team = "引进焊接领域团队，要求有五年以上工作经验，年薪面议，帮助我们建立机器人焊接工艺库。";
        assert!(codes(&[("problem", team), ("category", "人才团队")]).is_empty());
        assert_eq!(codes(&[("problem", team)]), ["needs-vacancy"]);
    }

    #[test]
    fn a_target_has_a_unit() {
        assert_eq!(
            codes(&[("indicators", "型式试验次数 ≥20（现状 12）")]),
            ["needs-no-unit"]
        );
    }

    #[test]
    fn what_is_no_need_scores_low() {
        assert_eq!(score(&with(&[]), 90), 90);
        assert_eq!(score(&with(&[("problem", "详见附件")]), 90), SCORE_OTHER_MAX);
        assert_eq!(
            score(
                &with(&[("problem", "诚聘工程师，投简历，双休，五险一金，名额两名。")]),
                30
            ),
            30
        );
        assert_eq!(score(&with(&[("amount", "待定")]), 90), 90 - SCORE_NO_BUDGET);
    }

    #[test]
    fn the_demos_needs_are_needs() {
        for (number, draft) in crate::testing::demo(&crate::form::FORM, "needs.csv") {
            let found = issues(&read(&draft));
            let doubtful = found.iter().filter(|(_, issue)| issue.code != "needs-no-unit");
            assert_eq!(doubtful.count(), 0, "{number}: {found:?}");
        }
    }
}
