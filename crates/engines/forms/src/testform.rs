//! A small form with a field of every kind, for the tests.

use crate::{Choice, Field, Form, Kind, List, Must, Secrecy, Section};

pub(crate) const KIND: List = List {
    key: "patent-kind",
    codes: &[
        Choice {
            code: "invention",
            names: &["发明", "Invention", "发明专利", "发明授权"],
        },
        Choice {
            code: "utility",
            names: &["实用新型", "Utility model"],
        },
        Choice {
            code: "design",
            names: &["外观设计", "Design", "外观"],
        },
    ],
};

pub(crate) const MODES: List = List {
    key: "deal-mode",
    codes: &[
        Choice {
            code: "transfer",
            names: &["转让", "Transfer", "专利转让"],
        },
        Choice {
            code: "licence",
            names: &["许可", "Licence", "普通许可"],
        },
        Choice {
            code: "exclusive",
            names: &["独占许可", "Exclusive licence", "许可（独占）"],
        },
        Choice {
            code: "equity",
            names: &["作价入股", "Equity"],
        },
        Choice {
            code: "shares",
            names: &["股权转让", "Sale of shares"],
        },
        Choice {
            code: "develop",
            names: &["研究与开发", "R&D", "研究/开发"],
        },
        Choice {
            code: "other",
            names: &["其他", "Other"],
        },
    ],
};

const fn field(
    key: &'static str,
    kind: Kind,
    heads: &'static [&'static str],
    examples: &'static [&'static str],
) -> Field {
    Field {
        key,
        kind,
        must: Must::No,
        secrecy: Secrecy::Open,
        heads,
        examples,
    }
}

pub(crate) static FORM: Form = Form {
    key: "test",
    sections: &[
        Section {
            key: "what",
            fields: &[
                Field {
                    must: Must::Yes,
                    ..field("title", Kind::Line { max: 30 }, &["名称", "Title"], &["一种齿轮"])
                },
                Field {
                    must: Must::Yes,
                    secrecy: Secrecy::Choice("show_summary"),
                    ..field("summary", Kind::Text { min: 10, max: 80 }, &["简介", "Summary"], &[])
                },
                field("show_summary", Kind::YesNo, &["公开简介", "Show the summary"], &["是"]),
                Field {
                    must: Must::Yes,
                    ..field("kind", Kind::Code(&KIND), &["类型", "Kind"], &["发明"])
                },
                field("modes", Kind::Codes(&MODES), &["交易方式", "Deal"], &["转让；许可"]),
                Field {
                    must: Must::When("modes", &["transfer"]),
                    ..field("price", Kind::Money, &["意向价", "Price"], &["50万元"])
                },
                Field {
                    must: Must::When("show_summary", &["yes"]),
                    ..field(
                        "agreed",
                        Kind::Date { month_ok: false },
                        &["同意日", "Agreed on"],
                        &["2020-01-15"],
                    )
                },
                field("began", Kind::Date { month_ok: true }, &["起始", "Began"], &["2020-01"]),
                field("number", Kind::Patent, &["专利号", "Patent no."], &["ZL202010123456.2"]),
                field("ipc", Kind::Ipc, &["主IPC", "IPC"], &["G06F17/30"]),
                field("sector", Kind::Sector, &["产业领域", "Sector"], &["新材料"]),
                Field {
                    secrecy: Secrecy::Choice("show_summary"),
                    ..field(
                        "indicators",
                        Kind::Indicators,
                        &["技术指标", "Indicators"],
                        &["良品率 ≥98 %（现状 91 %）"],
                    )
                },
                field("count", Kind::Int { min: 1, max: 500 }, &["数量", "Count"], &["30"]),
                field("trl", Kind::Trl, &["成熟度", "TRL"], &["TRL6"]),
            ],
        },
        Section {
            key: "who",
            fields: &[
                field("owners", Kind::Orgs, &["权利人", "Owners"], &["甲大学；乙公司"]),
                field(
                    "owner_code",
                    Kind::Uscc,
                    &["统一社会信用代码", "USCC"],
                    &["91320000MA0000007Q"],
                ),
                field("region", Kind::Region, &["区划", "Region"], &["320302"]),
                Field {
                    secrecy: Secrecy::Always,
                    ..field("people", Kind::Names, &["发明人", "Inventors"], &["张三；李四"])
                },
                Field {
                    secrecy: Secrecy::Always,
                    ..field("phone", Kind::Phone, &["手机", "Phone"], &["13800000000"])
                },
                Field {
                    secrecy: Secrecy::Always,
                    ..field("email", Kind::Email, &["邮箱", "Mail"], &["a@example.cn"])
                },
            ],
        },
    ],
};
