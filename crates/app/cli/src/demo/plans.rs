//! The demo's lots as they are planned: rules, texts, days, and what became of each.

use kernel::{Day, Stamp};

use super::timeline::day;

/// What became of a lot of spring.
#[derive(Clone, Copy)]
pub(super) enum Story {
    /// Bids: seconds after the start, who, steps up.
    Bids(&'static [(i64, usize, i64)]),
    /// A falling price was taken after so many seconds.
    Taken(i64),
    /// Sealed offers in 万元, and the points of a scoring lot's two criteria.
    Offers(&'static [(usize, i64)], &'static [(usize, [&'static str; 2])]),
    /// Who took a listed price.
    Listed(&'static [usize]),
    /// Nobody came.
    Unsold,
    /// It is still to come.
    Coming,
}

/// A lot: when it was put up, when it begins, its fields, how many take part, what became of it, and when it was confirmed.
pub(super) struct Plan {
    pub(super) made: Day,
    pub(super) starts: Day,
    pub(super) clock: &'static str,
    pub(super) fields: &'static [(&'static str, &'static str)],
    pub(super) bidders: usize,
    pub(super) story: Story,
    pub(super) confirmed: Option<Day>,
}

/// All lots.
pub(super) fn plans() -> Vec<Plan> {
    let coming = |clock, fields, bidders| Plan {
        made: day(6, 2),
        starts: day(6, 14),
        clock,
        fields,
        bidders,
        story: Story::Coming,
        confirmed: None,
    };
    vec![
        Plan {
            made: day(4, 24),
            starts: day(5, 10),
            clock: "09:30",
            fields: &[("start", "68万元"), ("step", "1万元"), ("free", "30"), ("fee", "1.5")],
            bidders: 4,
            story: Story::Bids(&[
                (120, 0, 0),
                (700, 1, 2),
                (1500, 2, 1),
                (1830, 0, 3),
                (2000, 3, 1),
                (2200, 1, 2),
                (2330, 3, 1),
                (2500, 1, 1),
            ]),
            confirmed: Some(day(5, 18)),
        },
        Plan {
            made: day(5, 8),
            starts: day(5, 19),
            clock: "10:00",
            fields: &[("start", "230万元"), ("reserve", "260万元"), ("free", "60")],
            bidders: 0,
            story: Story::Unsold,
            confirmed: None,
        },
        Plan {
            made: day(5, 10),
            starts: day(5, 24),
            clock: "14:00",
            fields: &[
                ("mode", "dutch"),
                ("start", "90万元"),
                ("dutch_step", "2万元"),
                ("floor", "60万元"),
                ("dwell", "60"),
            ],
            bidders: 2,
            story: Story::Taken(390),
            confirmed: Some(day(6, 2)),
        },
        Plan {
            made: day(5, 4),
            starts: day(5, 12),
            clock: "09:30",
            fields: &[
                ("mode", "sealed"),
                ("start", "110万元"),
                ("open", "120"),
                ("reserve", "115万元"),
                ("hammer", "officer"),
            ],
            bidders: 3,
            story: Story::Offers(&[(0, 118), (1, 126), (2, 121)], &[]),
            confirmed: Some(day(5, 22)),
        },
        Plan {
            made: day(5, 17),
            starts: day(5, 26),
            clock: "09:30",
            fields: &[
                ("mode", "scoring"),
                ("start", "75万元"),
                ("open", "150"),
                ("price_weight", "60"),
                ("criteria", "产业化方案 25\n实施能力 15"),
            ],
            bidders: 3,
            story: Story::Offers(
                &[(0, 82), (1, 79), (2, 76)],
                &[(0, ["62", "70"]), (1, ["88.5", "91"]), (2, ["75", "60"])],
            ),
            confirmed: Some(day(6, 5)),
        },
        Plan {
            made: day(5, 9),
            starts: day(5, 18),
            clock: "09:30",
            fields: &[
                ("mode", "listed"),
                ("start", "28万元"),
                ("open", "120"),
                ("then", "english"),
            ],
            bidders: 2,
            story: Story::Listed(&[1]),
            confirmed: Some(day(5, 29)),
        },
        Plan {
            made: day(5, 24),
            starts: day(6, 7),
            clock: "10:00",
            fields: &[
                ("start", "45万元"),
                ("step", "5000"),
                ("reserve", "48万元"),
                ("free", "20"),
                ("priority", "hall"),
            ],
            bidders: 3,
            story: Story::Bids(&[(60, 2, 0), (400, 0, 4), (1250, 1, 2), (1400, 2, 3), (1610, 0, 1)]),
            confirmed: None,
        },
        coming(
            "09:01",
            &[
                ("start", "80万元"),
                ("step", "5000"),
                ("free", "4"),
                ("window", "300"),
                ("fee", "1"),
            ],
            4,
        ),
        coming(
            "09:03",
            &[
                ("mode", "sealed"),
                ("start", "120万元"),
                ("open", "300"),
                ("reserve", "130万元"),
            ],
            3,
        ),
        coming(
            "09:05",
            &[
                ("mode", "scoring"),
                ("start", "60万元"),
                ("open", "300"),
                ("price_weight", "60"),
                ("criteria", "产业化方案 25\n实施能力 15"),
            ],
            3,
        ),
        coming(
            "09:10",
            &[
                ("mode", "dutch"),
                ("start", "150万元"),
                ("dutch_step", "1.5万元"),
                ("floor", "100万元"),
                ("dwell", "120"),
            ],
            3,
        ),
        coming(
            "09:02",
            &[
                ("mode", "listed"),
                ("start", "35万元"),
                ("open", "20160"),
                ("then", "sealed"),
            ],
            2,
        ),
        coming(
            "10:30",
            &[
                ("start", "200万元"),
                ("step", "2万元"),
                ("priority", "hall"),
                ("hammer", "officer"),
            ],
            2,
        ),
    ]
}

/// What notices of lots say, in turn: about the thing, what the buyer receives, where to view it, what a bidder must be.
const TEXTS: [[&str; 4]; 5] = [
    [
        "该专利已在两家单位的中试线上连续运行 14 个月，配套工艺文件齐全，无质押、无许可，年费缴至 2024 年。出让方承诺三个月内派人现场指导两次。",
        "专利权转让；工艺文件、图纸和试验记录各一套；协助办理著录项目变更，变更费用由出让方承担",
        "公告期内工作日 9:00—16:00 可到出让方中试车间看样，请提前一天预约",
        "在中国境内依法设立的企业或科研机构，有相近产品的生产条件；不接受联合体",
    ],
    [
        "核心部件已完成第三方检测，检测报告可在看样时查阅。目前技术成熟度相当于中试，买受人须自行完成批量验证。",
        "专利权转让；检测报告、样机一台；培训操作人员三名",
        "样机存放在出让方实验楼一层，看样时间为公告期内每周二、周四下午",
        "具有独立法人资格，近三年无重大违法记录",
    ],
    [
        "与现有方法相比，单位能耗下降约两成，数据来自三家用户的试用记录。另有一件同族外观设计不在本次出让范围内。",
        "专利权转让；试用记录、控制程序源代码及说明；一年内免费答疑",
        "可申请查阅试用记录和源代码目录，须签保密承诺",
        "从事相关装备制造或使用；自然人可以参加",
    ],
    [
        "该成果来自一项已结题的省级课题，权属清晰，发明人已书面知悉转让安排。",
        "专利权转让；课题结题材料副本、配方和作业指导书；六个月技术支持",
        "线上答疑每周五下午，资料目录见附件",
        "有食品或农业领域生产许可，或承诺取得许可后实施",
    ],
    [
        "适合中小企业：所需设备均可在市场上购得，出让方可推荐两家供应商。首年投入约 40 万元，数据仅供参考。",
        "专利权转让；设备清单、调试手册；现场调试五个工作日",
        "可到已实施企业参观一次，由出让方联系",
        "省内外企业均可参加，不限规模",
    ],
];
/// Lots that wait for approval: how many officers approved, the day on which bidding is to begin, the start.
pub(super) const WAITING: [(usize, i8, &str); 3] = [(1, 28, "96万元"), (0, 28, "41万元"), (0, 30, "150万元")];

/// When bidding begins.
pub(super) fn starts(plan: &Plan) -> Stamp {
    let minutes = plan.clock.split_once(':').map_or(0, |(hour, minute)| {
        let number = |text: &str| text.parse::<i64>().unwrap_or(0);
        number(hour) * 60 + number(minute)
    });
    Stamp::start_of(plan.starts).plus_secs(minutes * 60)
}

/// The texts of a notice.
pub(super) fn texts(n: usize) -> [(&'static str, &'static str); 4] {
    let [about, delivery, viewing, qualification] = TEXTS[n % TEXTS.len()];
    [
        ("about", about),
        ("delivery", delivery),
        ("viewing", viewing),
        ("qualification", qualification),
    ]
}
