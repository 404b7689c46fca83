//! The 专利征集表, one patent a row (domain §3.1; R109, R115).

use forms::{Form, Kind, Must, Section};

use crate::lists::{LEGAL, PATENT_TYPE};
use crate::parts::{
    CONTACT, DEAL_MODES, EMAIL, MATURITY, PHONE, PLAN_LEVEL, PLAN_NO, PRICE, PUBLIC_CONTACT, PUBLIC_PRICE, ROADSHOW,
    SECTOR, SUMMARY, UNIT, USCC, field,
};

/// The form.
pub static FORM: Form = Form {
    key: "patent",
    sections: &[
        Section {
            key: "right",
            fields: &[
                field(
                    "title",
                    Kind::Line { max: 200 },
                    Must::Yes,
                    &["专利名称", "Title", "发明名称", "名称"],
                    &["一种齿轮渗碳淬火变形的控制方法"],
                ),
                field(
                    "number",
                    Kind::Patent,
                    Must::Yes,
                    &["专利号", "Patent number", "专利（申请）号"],
                    &["ZL202010123456.2"],
                ),
                field(
                    "type",
                    Kind::Code(&PATENT_TYPE),
                    Must::Yes,
                    &["专利类型", "Type", "类型"],
                    &["发明"],
                ),
                field(
                    "filed",
                    Kind::Date { month_ok: false },
                    Must::Yes,
                    &["申请日", "Filed on", "申请日期"],
                    &["2020-02-18"],
                ),
                field(
                    "granted",
                    Kind::Date { month_ok: false },
                    Must::Yes,
                    &["授权公告日", "Granted on", "授权日", "授权日期", "授权公告日期"],
                    &["2021-08-20"],
                ),
                field(
                    "owners",
                    Kind::Orgs,
                    Must::Yes,
                    &["专利权人", "Owners", "权利人"],
                    &["秣陵理工大学；某某齿轮有限公司"],
                ),
                field(
                    "inventors",
                    Kind::Names,
                    Must::Yes,
                    &["发明人", "Inventors", "设计人"],
                    &["张三；李四"],
                ),
                field(
                    "legal",
                    Kind::Code(&LEGAL),
                    Must::Yes,
                    &["法律状态", "Legal state", "专利状态"],
                    &["有权"],
                ),
                field(
                    "ipc",
                    Kind::Ipc,
                    Must::No,
                    &["主IPC分类号", "Main IPC class", "主IPC", "IPC分类号", "主分类号"],
                    &["C21D1/06"],
                ),
            ],
        },
        Section {
            key: "technology",
            fields: &[
                SECTOR,
                field(
                    "summary",
                    Kind::Text {
                        min: SUMMARY.0,
                        max: SUMMARY.1,
                    },
                    Must::Yes,
                    &["技术简介", "Summary", "技术简介及应用前景", "专利简介"],
                    &[
                        "在渗碳后增加一段等温预冷，把齿轮芯部与齿面的温差压到二十度以内再入油，齿向变形由六丝降到三丝以下，不改动现有箱式多用炉，只换控制程序和料架。",
                    ],
                ),
                field(
                    "products",
                    Kind::Text { min: 2, max: 400 },
                    Must::Yes,
                    &["应用产品或场景", "Products and uses", "应用产品", "应用场景"],
                    &["重载减速机、风电增速箱齿轮的热处理"],
                ),
                MATURITY,
                PLAN_LEVEL,
                PLAN_NO,
            ],
        },
        Section {
            key: "deal",
            fields: &[
                DEAL_MODES,
                PRICE,
                ROADSHOW,
                field(
                    "high_value",
                    Kind::YesNo,
                    Must::No,
                    &["高价值", "High value", "是否高价值", "高价值专利"],
                    &["否"],
                ),
                field(
                    "co_owners_agree",
                    Kind::YesNo,
                    Must::No,
                    &[
                        "共有权人同意",
                        "Co-owners agree",
                        "共有权人是否同意",
                        "是否征得共有权人同意",
                    ],
                    &["是"],
                ),
            ],
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
