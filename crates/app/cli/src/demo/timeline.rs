//! When what happens in the made-up spring, and what becomes of each row.

use entries::rules::ReasonCode;
use kernel::{Day, Stamp};

use crate::split::Sheet;

/// The first day on which the demo can stand: everything in it has happened by then.
pub(crate) fn first_day() -> Day {
    day(6, 14)
}

/// A day of the demo's year.
pub(super) fn day(month: i8, day: i8) -> Day {
    // Written in this file alone, and always a day; the constant stands in so that nothing can fail.
    Day::new(2023, month, day).unwrap_or(Day::constant(2023, 6, 14))
}

/// An instant of a working day: minutes after nine, moved to Monday from a weekend.
pub(super) fn at(mut on: Day, minutes: i64) -> Stamp {
    while matches!(
        on.weekday(),
        jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday
    ) {
        on = on.tomorrow().unwrap_or(on);
    }
    Stamp::in_china(on.at(9, 0, 0, 0)).plus_secs(minutes * 60)
}

/// This many days later, at another minute of the day.
pub(super) fn later(from: Stamp, days: i64, minutes: i64) -> Stamp {
    let last = at(first_day().yesterday().unwrap_or(first_day()), 450);
    at(from.plus_days(days).date_in_cn(), minutes).min(last)
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    /// Reviewed and published.
    Published,
    /// Sent back; the number is its place in [`LETTERS`].
    Returned(usize),
    /// Waits for its review.
    Waiting,
    /// Not handed in yet.
    Draft,
}

/// What a reviewer writes: the reason, the column that it is about, the note.
pub(super) type Letter = &'static [(ReasonCode, Option<&'static str>, &'static str)];

/// The letters of entries that were sent back.
pub(super) const LETTERS: [Letter; 4] = [
    &[
        (
            ReasonCode::Unclear,
            Some("技术指标"),
            "湿热后的漂移请写明温度、湿度和测点数；补偿电路面积请注明工艺节点。",
        ),
        (
            ReasonCode::Missing,
            Some("现有基础"),
            "两次MPW流片的费用由哪一方承担，请写清楚，方便团队报价。",
        ),
    ],
    &[(
        ReasonCode::Unclear,
        Some("成熟度"),
        "填的是“已量产”，请在技术简介里写明量产单位和数量；若已独占许可给他人，请改交易方式。",
    )],
    &[
        (
            ReasonCode::Unclear,
            Some("评价结论"),
            "请写明检测机构的名称和报告编号。",
        ),
        (
            ReasonCode::NotQuantified,
            Some("与现有技术的经济对比"),
            "“一季干90天可收回机器钱”请给出机器价格和测算面积。",
        ),
    ],
    &[(
        ReasonCode::Unclear,
        Some("需求名称"),
        "甲醇传感器和活菌量探头原理不同，建议分成两条需求，便于不同的团队揭榜。",
    )],
];

/// Rows that are not published: kind, organisation, place among the organisation's rows of that sheet, fate. They are
/// chosen so that every role of the demo finds something to do.
const FATES: [(&str, &str, usize, Fate); 16] = [
    ("needs", "南京朴砺微电子有限公司", 1, Fate::Returned(0)),
    ("patents", "秣陵理工大学", 5, Fate::Returned(1)),
    ("achievements", "邗沟农业大学", 5, Fate::Returned(2)),
    ("needs", "仪征酶匠生物工程有限公司", 2, Fate::Returned(3)),
    ("needs", "南京朴砺微电子有限公司", 2, Fate::Draft),
    ("patents", "秣陵理工大学", 6, Fate::Draft),
    ("achievements", "秣陵理工大学", 4, Fate::Draft),
    ("needs", "扬州景曜诊断技术有限公司", 2, Fate::Draft),
    ("needs", "高邮湖鸣禽业科技有限公司", 2, Fate::Waiting),
    ("needs", "宝应荷满塘藕业食品有限公司", 1, Fate::Waiting),
    ("needs", "苏州锐衡视觉装备有限公司", 2, Fate::Waiting),
    ("needs", "徐州岱峪矿山装备有限公司", 2, Fate::Waiting),
    ("needs", "常州洮湖锂能科技有限公司", 2, Fate::Waiting),
    ("patents", "邗沟农业大学", 5, Fate::Waiting),
    ("patents", "狼山理工大学", 4, Fate::Waiting),
    ("achievements", "北固理工大学", 6, Fate::Waiting),
];

fn fate(kind: &str, org: &str, place: usize) -> Fate {
    let row = FATES.iter().find(|f| f.0 == kind && f.1 == org && f.2 == place);
    row.map_or(Fate::Published, |f| f.3)
}

/// An upload: one organisation's rows of one kind that go the same way.
#[derive(Debug, Clone)]
pub(super) struct Upload {
    /// The kind of sheet.
    pub(super) kind: &'static str,
    /// The organisation's name.
    pub(super) org: String,
    /// Its 统一社会信用代码.
    pub(super) code: String,
    /// The rows.
    pub(super) sheet: Sheet,
    /// What becomes of them.
    pub(super) fate: Fate,
    /// When it is uploaded.
    pub(super) at: Stamp,
    /// A number to vary what follows by.
    pub(super) turn: i64,
}

/// The uploads of a kind. `org` is the column of the organisation's name.
pub(super) fn uploads(kind: &'static str, sheet: &Sheet, org: &str) -> Vec<Upload> {
    let groups = sheet.by(org);
    let count = i64::try_from(groups.len()).unwrap_or(1).max(1);
    let mut out = Vec::new();
    for (number, (name, rows)) in groups.into_iter().enumerate() {
        let number = i64::try_from(number).unwrap_or(0);
        let code = rows
            .rows
            .first()
            .map_or("", |r| rows.cell(r, "统一社会信用代码"))
            .to_owned();
        let mut by_fate: Vec<(Fate, Sheet)> = Vec::new();
        for (place, row) in rows.rows.iter().enumerate() {
            let fate = fate(kind, &name, place);
            match by_fate.iter_mut().find(|(f, _)| *f == fate) {
                Some((_, sheet)) => sheet.rows.push(row.clone()),
                None => by_fate.push((
                    fate,
                    Sheet {
                        head: rows.head.clone(),
                        rows: vec![row.clone()],
                    },
                )),
            }
        }
        for (fate, sheet) in by_fate {
            // A stride that shares no factor with most counts mixes cities, which stand together in the sheets.
            let turn = number * 17 % count;
            let at = uploaded(fate, turn, count);
            let upload = |sheet, at| Upload {
                kind,
                org: name.clone(),
                code: code.clone(),
                sheet,
                fate,
                at,
                turn,
            };
            let (granted, later) = by_grant(&sheet, at);
            if !granted.rows.is_empty() {
                out.push(upload(granted, at));
            }
            out.extend(later.into_iter().map(|(sheet, at)| upload(sheet, at)));
        }
    }
    out
}

/// Patents are reported once they are granted: the rows of a sheet that are by then, and one by one the others, each some
/// days after its grant.
fn by_grant(sheet: &Sheet, at: Stamp) -> (Sheet, Vec<(Sheet, Stamp)>) {
    let mut granted = Sheet {
        head: sheet.head.clone(),
        rows: Vec::new(),
    };
    let mut later = Vec::new();
    for row in &sheet.rows {
        let grant = sheet
            .cell(row, "授权公告日")
            .parse::<Day>()
            .ok()
            .filter(|day| *day >= at.date_in_cn());
        match grant {
            None => granted.rows.push(row.clone()),
            Some(day) => {
                let own = Sheet {
                    head: sheet.head.clone(),
                    rows: vec![row.clone()],
                };
                later.push((own, self::at(Stamp::start_of(day).plus_days(3).date_in_cn(), 135)));
            }
        }
    }
    (granted, later)
}

/// When a sheet comes in: from March to June (R056, R063), what still waits in the last days.
fn uploaded(fate: Fate, turn: i64, count: i64) -> Stamp {
    /// From 6 March to 5 June.
    const DAYS: i64 = 91;
    let minutes = turn * 37 % 420;
    let (from, days) = match fate {
        Fate::Published => (day(3, 6), turn * DAYS / count),
        Fate::Returned(_) => (day(6, 1), turn % 5),
        Fate::Waiting => (day(6, 8), turn % 6),
        Fate::Draft => (day(6, 12), turn % 2),
    };
    at(Stamp::start_of(from).plus_days(days).date_in_cn(), minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::books;

    fn all() -> Vec<Upload> {
        let sheet = |text| Sheet::read(text).unwrap();
        let mut out = uploads("patents", &sheet(books::PATENTS), "报送单位");
        out.extend(uploads("achievements", &sheet(books::ACHIEVEMENTS), "报送单位"));
        out.extend(uploads("needs", &sheet(books::NEEDS), "需求单位"));
        out
    }

    #[test]
    fn every_row_has_one_upload() {
        let rows = |text| Sheet::read(text).unwrap().rows.len();
        let expected = rows(books::PATENTS) + rows(books::ACHIEVEMENTS) + rows(books::NEEDS);
        assert_eq!(all().iter().map(|u| u.sheet.rows.len()).sum::<usize>(), expected);
        assert!(
            all().iter().all(|u| u.code.len() == 18),
            "every organisation has its code"
        );
    }

    #[test]
    fn every_fate_finds_its_row() {
        let count = |want: fn(&Fate) -> bool| -> usize {
            all().iter().filter(|u| want(&u.fate)).map(|u| u.sheet.rows.len()).sum()
        };
        assert_eq!(count(|f| *f == Fate::Waiting), 8);
        assert_eq!(count(|f| *f == Fate::Draft), 4);
        for letter in 0..LETTERS.len() {
            assert_eq!(all().iter().filter(|u| u.fate == Fate::Returned(letter)).count(), 1);
        }
    }

    #[test]
    fn all_of_it_happens_in_spring_on_working_days() {
        for upload in all() {
            let civil = upload.at.civil_in_cn();
            assert!(civil.date() >= day(3, 1) && civil.date() < first_day(), "{civil}");
            assert!(civil.weekday().to_monday_one_offset() <= 5, "{civil}");
            assert!((9..18).contains(&civil.hour()), "{civil}");
        }
        let weeks: std::collections::BTreeSet<_> =
            all().iter().map(|u| u.at.date_in_cn().iso_week_date().week()).collect();
        assert!(weeks.len() >= 13, "spread over spring: {weeks:?}");
        assert!(later(at(day(6, 13), 0), 5, 0).date_in_cn() < first_day());
    }
}
