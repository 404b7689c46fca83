//! The 技术需求征集表 (domain §3.3; R139, R140), with who sees what (R143).

use forms::{Field, Form, Kind, Must, Secrecy, Section};

use crate::lists::{CATEGORY, MODES, SOURCE, TAGS};

/// Shortest and longest validity in days: less than a month nobody can answer, more than a year nobody stands by.
pub const DAYS: (i64, i64) = (30, 365);
/// Shortest background, in characters (domain §3.3).
const BACKGROUND_MIN: usize = 50;
/// Shortest statement of the problem: two sentences.
const PROBLEM_MIN: usize = 20;
/// Longest texts, in characters: a page each.
const TEXT_MAX: usize = 1000;

const fn field(
    key: &'static str,
    kind: Kind,
    must: Must,
    heads: &'static [&'static str],
    examples: &'static [&'static str],
) -> Field {
    Field {
        key,
        kind,
        must,
        secrecy: Secrecy::Open,
        heads,
        examples,
    }
}

/// Shown only if the owner says so in this field.
const fn by(field: Field, choice: &'static str) -> Field {
    Field {
        secrecy: Secrecy::Choice(choice),
        ..field
    }
}

/// Never public.
const fn never(field: Field) -> Field {
    Field {
        secrecy: Secrecy::Always,
        ..field
    }
}

/// The form.
pub static FORM: Form = Form {
    key: "need",
    sections: &[
        Section {
            key: "who",
            fields: &[
                field(
                    "title",
                    Kind::Line { max: 60 },
                    Must::Yes,
                    &["需求名称", "Title", "技术需求名称", "需求题目"],
                    &["重载齿轮渗碳淬火变形控制"],
                ),
                by(
                    field(
                        "company",
                        Kind::Line { max: 100 },
                        Must::Yes,
                        &["需求单位", "Company", "企业名称", "单位名称", "需求企业"],
                        &["某某齿轮有限公司"],
                    ),
                    "public_name",
                ),
                by(
                    field(
                        "uscc",
                        Kind::Uscc,
                        Must::Yes,
                        &["统一社会信用代码", "Unified social credit code", "信用代码"],
                        &["91320581MA0000007W"],
                    ),
                    "public_name",
                ),
                field(
                    "region",
                    Kind::Region,
                    Must::Yes,
                    &["所属区划", "Region", "所在地区", "所属地区"],
                    &["320582"],
                ),
                by(
                    field(
                        "park",
                        Kind::Line { max: 60 },
                        Must::No,
                        &["所属园区", "Park", "所在园区"],
                        &["张家港经济技术开发区"],
                    ),
                    "public_name",
                ),
                field(
                    "tags",
                    Kind::Codes(&TAGS),
                    Must::No,
                    &["企业资质", "Qualifications", "资质"],
                    &["高新技术企业；规上企业"],
                ),
            ],
        },
        Section {
            key: "problem",
            fields: &[
                field(
                    "sector",
                    Kind::Sector,
                    Must::Yes,
                    &["产业领域", "Field", "技术领域", "所属领域"],
                    &["高端装备"],
                ),
                field(
                    "category",
                    Kind::Code(&CATEGORY),
                    Must::Yes,
                    &["需求类别", "Category", "需求类型"],
                    &["技术攻关"],
                ),
                field(
                    "background",
                    Kind::Text {
                        min: BACKGROUND_MIN,
                        max: TEXT_MAX,
                    },
                    Must::Yes,
                    &["背景与现状", "Background", "需求背景", "现状"],
                    &[
                        "20CrMnTi 重载齿轮渗碳淬火后齿向变形 0.05–0.06 mm，磨齿余量不够，三成工件要二次返修，批量交货周期因此拖长一周以上。",
                    ],
                ),
                field(
                    "problem",
                    Kind::Text {
                        min: PROBLEM_MIN,
                        max: TEXT_MAX,
                    },
                    Must::Yes,
                    &["需解决的技术问题", "Problem to be solved", "技术难题", "需解决的问题"],
                    &["在现有箱式多用炉上把渗碳淬火后的齿向变形压到磨齿余量以内，并能批量稳定。"],
                ),
                by(
                    field(
                        "indicators",
                        Kind::Indicators,
                        Must::Yes,
                        &["技术指标", "Indicators", "主要技术指标", "指标要求"],
                        &["齿向变形 ≤0.03 mm（现状 0.05–0.06 mm）；批量良品率 ≥98 %（现状 91 %）"],
                    ),
                    "public_indicators",
                ),
                field(
                    "foundation",
                    Kind::Text { min: 0, max: TEXT_MAX },
                    Must::No,
                    &["现有基础", "What there is", "已有基础", "工作基础"],
                    &["有多用炉两台、三坐标与齿轮测量中心，可供工艺试验。"],
                ),
            ],
        },
        Section {
            key: "terms",
            fields: &[
                field(
                    "due",
                    Kind::Date { month_ok: true },
                    Must::Yes,
                    &["期望完成时间", "Wanted by", "完成时间", "期望时间"],
                    &["2024-06"],
                ),
                by(
                    field(
                        "amount",
                        Kind::Money,
                        Must::Yes,
                        &["拟投入金额", "Budget", "投入金额", "拟投入资金", "预算"],
                        &["不超过200万元"],
                    ),
                    "public_amount",
                ),
                field(
                    "modes",
                    Kind::Codes(&MODES),
                    Must::Yes,
                    &["合作方式", "Ways of working", "拟合作方式", "合作模式"],
                    &["合作开发；技术服务"],
                ),
                field(
                    "ip",
                    Kind::Line { max: 200 },
                    Must::No,
                    &["产权归属要求", "Who is to own the results", "知识产权归属", "产权归属"],
                    &["工艺参数归需求方，论文双方共署"],
                ),
                field(
                    "days",
                    Kind::Int {
                        min: DAYS.0,
                        max: DAYS.1,
                    },
                    Must::No,
                    &["有效期（天）", "Valid for (days)", "有效期", "有效天数"],
                    &["180"],
                ),
            ],
        },
        Section {
            key: "public",
            fields: &[
                field(
                    "public_name",
                    Kind::YesNo,
                    Must::Yes,
                    &[
                        "公开企业名称",
                        "Show the company's name",
                        "是否公开企业名称",
                        "是否公开企业名",
                    ],
                    &["否"],
                ),
                field(
                    "public_amount",
                    Kind::YesNo,
                    Must::Yes,
                    &["公开投入金额", "Show the budget", "是否公开投入金额", "是否公开金额"],
                    &["是"],
                ),
                field(
                    "public_indicators",
                    Kind::YesNo,
                    Must::Yes,
                    &[
                        "公开技术指标",
                        "Show the indicators",
                        "是否公开技术指标",
                        "是否公开指标",
                    ],
                    &["是"],
                ),
                field(
                    "public_contact",
                    Kind::YesNo,
                    Must::Yes,
                    &["公开联系方式", "Show the contact", "是否公开联系方式", "是否公开联系人"],
                    &["否"],
                ),
                field(
                    "contest",
                    Kind::YesNo,
                    Must::Yes,
                    &["同意公开赛事", "Agrees to a public contest", "是否同意公开赛事"],
                    &["是"],
                ),
            ],
        },
        Section {
            key: "contact",
            fields: &[
                field(
                    "source",
                    Kind::Code(&SOURCE),
                    Must::Yes,
                    &["需求来源", "Found by", "来源"],
                    &["走访"],
                ),
                never(field(
                    "source_person",
                    Kind::Line { max: 60 },
                    Must::When("source", &["visit", "town-corps", "broker"]),
                    &["来源人", "Person who found it", "征集人", "走访人"],
                    &["区科技局 李明"],
                )),
                by(
                    field(
                        "contact",
                        Kind::Line { max: 40 },
                        Must::Yes,
                        &["联系人", "Contact", "联系人姓名"],
                        &["王立"],
                    ),
                    "public_contact",
                ),
                by(
                    field(
                        "phone",
                        Kind::Phone,
                        Must::Yes,
                        &["联系电话", "Telephone", "手机", "电话", "联系方式"],
                        &["13800001234"],
                    ),
                    "public_contact",
                ),
                by(
                    field(
                        "email",
                        Kind::Email,
                        Must::Yes,
                        &["电子邮箱", "Mail", "邮箱", "E-mail"],
                        &["wang.li@gear.example.com"],
                    ),
                    "public_contact",
                ),
            ],
        },
    ],
};
