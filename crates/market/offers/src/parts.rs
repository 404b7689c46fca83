//! Fields that both forms have, so that a page, a sheet and a search find them under the same keys.

use forms::{Field, Kind, Must, Secrecy};

use crate::lists::{MODES, PLAN};

/// Shortest and longest description, in characters (domain §3.1).
pub(crate) const SUMMARY: (usize, usize) = (50, 800);
/// Longest of the lesser texts, in characters.
pub(crate) const NOTE_MAX: usize = 400;

pub(crate) const fn field(
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

const fn by(field: Field, choice: &'static str) -> Field {
    Field {
        secrecy: Secrecy::Choice(choice),
        ..field
    }
}

pub(crate) const SECTOR: Field = field(
    "sector",
    Kind::Sector,
    Must::Yes,
    &["产业领域", "Field", "技术领域", "所属领域"],
    &["高端装备"],
);

pub(crate) const MATURITY: Field = field(
    "maturity",
    Kind::Trl,
    Must::Yes,
    &["成熟度", "Maturity", "技术成熟度", "所处阶段", "成果阶段"],
    &["TRL6"],
);

pub(crate) const PLAN_LEVEL: Field = field(
    "plan_level",
    Kind::Code(&PLAN),
    Must::No,
    &["计划项目级别", "Level of the plan", "项目级别", "成果来源"],
    &["省级"],
);

/// Required where the plan's level counts towards a quota (R047, R076).
pub(crate) const PLAN_NO: Field = field(
    "plan_no",
    Kind::Line { max: 300 },
    Must::When("plan_level", &["national", "provincial"]),
    &[
        "计划项目名称及编号",
        "Plan's project and number",
        "项目名称及编号",
        "项目编号",
    ],
    &["江苏省重点研发计划“齿轮热处理变形控制”（BE2020084）"],
);

pub(crate) const DEAL_MODES: Field = field(
    "modes",
    Kind::Codes(&MODES),
    Must::Yes,
    &["交易方式", "Ways of dealing", "拟交易方式", "转化方式"],
    &["转让；普通许可"],
);

pub(crate) const PRICE: Field = by(
    field(
        "price",
        Kind::Money,
        Must::Yes,
        &["意向价格", "Asking price", "意向价", "起拍价", "拟交易价"],
        &["50万元-100万元"],
    ),
    "public_price",
);

pub(crate) const ROADSHOW: Field = field(
    "roadshow",
    Kind::YesNo,
    Must::No,
    &["推荐路演", "Recommended for the roadshow", "是否推荐路演"],
    &["是"],
);

pub(crate) const PUBLIC_PRICE: Field = field(
    "public_price",
    Kind::YesNo,
    Must::Yes,
    &["公开价格", "Show the price", "是否公开价格"],
    &["是"],
);

pub(crate) const PUBLIC_CONTACT: Field = field(
    "public_contact",
    Kind::YesNo,
    Must::Yes,
    &["公开联系方式", "Show the contact", "是否公开联系方式", "是否公开联系人"],
    &["否"],
);

pub(crate) const CONTACT: Field = by(
    field(
        "contact",
        Kind::Line { max: 40 },
        Must::Yes,
        &["联系人", "Contact", "联系人姓名"],
        &["王立"],
    ),
    "public_contact",
);

pub(crate) const PHONE: Field = by(
    field(
        "phone",
        Kind::Phone,
        Must::Yes,
        &["联系电话", "Telephone", "手机", "电话", "联系方式"],
        &["13800001234"],
    ),
    "public_contact",
);

pub(crate) const EMAIL: Field = by(
    field(
        "email",
        Kind::Email,
        Must::Yes,
        &["电子邮箱", "Mail", "邮箱", "E-mail"],
        &["wang.li@mlut.example.cn"],
    ),
    "public_contact",
);

pub(crate) const UNIT: Field = field(
    "unit",
    Kind::Line { max: 100 },
    Must::Yes,
    &["报送单位", "Handed in by", "填报单位", "推荐单位"],
    &["秣陵理工大学"],
);

pub(crate) const USCC: Field = field(
    "uscc",
    Kind::Uscc,
    Must::Yes,
    &["统一社会信用代码", "Unified social credit code", "信用代码"],
    &["12320000MA0000007X"],
);
