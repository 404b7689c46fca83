//! The 成果征集表, one achievement a row (domain §3.2; R109, R116).

use forms::{Form, Kind, Must, Section};

use crate::lists::{EMBODIMENT, EVALUATION, NOVELTY, SECRECY, TYPE};
use crate::parts::{
    CONTACT, DEAL_MODES, EMAIL, MATURITY, NOTE_MAX, PHONE, PLAN_LEVEL, PLAN_NO, PRICE, PUBLIC_CONTACT, PUBLIC_PRICE,
    ROADSHOW, SECTOR, SUMMARY, UNIT, USCC, field,
};

/// The form.
pub static FORM: Form = Form {
    key: "achievement",
    sections: &[
        Section {
            key: "what",
            fields: &[
                field(
                    "title",
                    Kind::Line { max: 200 },
                    Must::Yes,
                    &["成果名称", "Title", "科技成果名称", "名称"],
                    &["重载齿轮低变形渗碳淬火成套工艺"],
                ),
                field(
                    "owners",
                    Kind::Orgs,
                    Must::Yes,
                    &["完成单位", "Done by", "成果完成单位"],
                    &["秣陵理工大学"],
                ),
                field(
                    "people",
                    Kind::Names,
                    Must::Yes,
                    &["完成人", "People", "成果完成人"],
                    &["张三；李四"],
                ),
                field(
                    "type",
                    Kind::Code(&TYPE),
                    Must::Yes,
                    &["成果类型", "Type", "类型"],
                    &["新工艺"],
                ),
                field(
                    "keywords",
                    Kind::Line { max: 60 },
                    Must::No,
                    &["关键词", "Keywords", "关键词（≤3个）"],
                    &["渗碳淬火、齿轮、变形控制"],
                ),
                SECTOR,
                PLAN_LEVEL,
                PLAN_NO,
                field(
                    "novelty",
                    Kind::Code(&NOVELTY),
                    Must::No,
                    &["成果属性", "Novelty"],
                    &["国内技术二次开发"],
                ),
                field(
                    "secrecy",
                    Kind::Code(&SECRECY),
                    Must::Yes,
                    &["密级", "Secrecy", "保密级别"],
                    &["公开"],
                ),
            ],
        },
        Section {
            key: "technology",
            fields: &[
                field(
                    "summary",
                    Kind::Text {
                        min: SUMMARY.0,
                        max: SUMMARY.1,
                    },
                    Must::Yes,
                    &["技术简介", "Summary", "成果简介"],
                    &[
                        "渗碳后等温预冷、分段入油，配柔性料架和按炉次自学习的控制程序，齿向变形稳定在三丝以内；在现有箱式多用炉上改造，三天可以切换，已在两家减速机厂连续运行一年。",
                    ],
                ),
                field(
                    "indicators",
                    Kind::Indicators,
                    Must::No,
                    &["技术指标", "Indicators", "主要技术指标"],
                    &["齿向变形 ≤0.03 mm（现状 0.06 mm）；批量良品率 ≥98 %"],
                ),
                MATURITY,
                field(
                    "embodiment",
                    Kind::Code(&EMBODIMENT),
                    Must::No,
                    &["体现形式", "Takes the form of", "成果体现形式"],
                    &["工艺包"],
                ),
                field(
                    "ip",
                    Kind::Line { max: 300 },
                    Must::No,
                    &["知识产权", "Intellectual property", "知识产权情况", "知识产权清单"],
                    &["授权发明专利3件、软件著作权1项"],
                ),
                field(
                    "evaluation",
                    Kind::Code(&EVALUATION),
                    Must::Yes,
                    &["评价方式", "Evaluated by", "成果评价方式"],
                    &["验收"],
                ),
                field(
                    "conclusion",
                    Kind::Text { min: 0, max: NOTE_MAX },
                    Must::When("evaluation", &["appraisal", "acceptance", "third-party"]),
                    &["评价结论", "Conclusion", "鉴定结论"],
                    &["经省重点研发计划验收，各项指标达到任务书要求。"],
                ),
                field(
                    "began",
                    Kind::Date { month_ok: true },
                    Must::No,
                    &["研究开始", "Work began", "研究开始时间", "研究起始时间"],
                    &["2019-07"],
                ),
                field(
                    "ended",
                    Kind::Date { month_ok: true },
                    Must::No,
                    &["研究结束", "Work ended", "研究结束时间", "研究终止时间"],
                    &["2022-12"],
                ),
            ],
        },
        Section {
            key: "market",
            fields: &[
                field(
                    "economics",
                    Kind::Text { min: 0, max: NOTE_MAX },
                    Must::No,
                    &["与现有技术的经济对比", "Economic comparison", "经济对比"],
                    &["单件返修费由 46 元降到 5 元，一条线改造 60 万元，八个月收回。"],
                ),
                field(
                    "market",
                    Kind::Text { min: 0, max: NOTE_MAX },
                    Must::No,
                    &["市场前景", "Market", "应用前景"],
                    &["重载减速机、风电增速箱和工程机械变速箱。"],
                ),
                field(
                    "users",
                    Kind::Line { max: 200 },
                    Must::No,
                    &["已应用单位", "In use at", "应用单位"],
                    &["两家减速机厂"],
                ),
            ],
        },
        Section {
            key: "deal",
            fields: &[DEAL_MODES, PRICE, ROADSHOW],
        },
        Section {
            key: "public",
            fields: &[PUBLIC_PRICE, PUBLIC_CONTACT],
        },
        Section {
            key: "contact",
            fields: &[CONTACT, PHONE, EMAIL, UNIT, USCC],
        },
    ],
};
