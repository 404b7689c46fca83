//! The forms of this crate, each declared once for page, sheet and API: liaisons (R117), organisations, registration.

use forms::{Choice, Field, Form, Kind, List, Must, Secrecy, Section};

const fn choice(code: &'static str, names: &'static [&'static str]) -> Choice {
    Choice { code, names }
}

/// Kinds of organisation that people register themselves.
macro_rules! own_kinds {
    ($($more:expr,)*) => {
        &[
            choice("company", &["企业", "Company", "民营企业", "公司", "科技企业"]),
            choice("state-owned", &["国有企业", "State-owned enterprise", "国企", "央企", "国有控股企业"]),
            choice("university", &["高校", "University", "高等院校", "大学", "高等学校", "学院"]),
            choice("institute", &["科研院所", "Research institute", "研究院所", "研究所", "研究院", "科研机构"]),
            choice("new-rd", &["新型研发机构", "New R&D body", "新研机构"]),
            choice("brokerage", &["技术经理人事务所", "Technology brokerage", "事务所"]),
            choice("agency", &["技术转移机构", "Technology transfer agency", "技术转移中心"]),
            choice("branch-place", &["地方分中心", "Branch by place", "分中心"]),
            choice("branch-trade", &["行业分中心", "Branch by trade"]),
            choice("park", &["园区", "Park", "高新区", "经开区", "科技园区", "开发区"]),
            choice("ip-platform", &["知识产权产业运营平台", "IP operation platform", "知识产权运营平台", "知识产权运营中心"]),
            choice("financier", &["金融机构", "Financier", "银行", "创投机构", "投资机构"]),
            choice("media", &["媒体", "Media"]),
            choice("foreign", &["境外机构", "Foreign body", "外国机构", "海外机构"]),
            $($more,)*
        ]
    };
}

/// 单位类型 that people register themselves.
pub(crate) const OWN_KINDS: List = List {
    key: "org-kind",
    codes: own_kinds!(),
};

/// 单位类型, all of them.
pub const ORG_KINDS: List = List {
    key: "org-kind",
    codes: own_kinds!(
        choice("centre", &["省中心", "Provincial centre", "省科技资源统筹服务中心"]),
        choice(
            "university-centre",
            &["省高校科技发展中心", "University centre", "高校科技发展中心"]
        ),
        choice(
            "ip-centre",
            &["省知识产权保护中心", "IP protection centre", "知识产权保护中心"]
        ),
        choice(
            "supervisor",
            &[
                "指导单位",
                "Supervising department",
                "主管部门",
                "省科技厅",
                "省教育厅",
                "省知识产权局"
            ]
        ),
        choice(
            "city-bureau",
            &[
                "设区市科技局",
                "City science and technology bureau",
                "市科技局",
                "科技局"
            ]
        ),
        choice(
            "county-bureau",
            &[
                "县（市、区）科技局",
                "County science and technology bureau",
                "区科技局",
                "县科技局",
                "县级科技局"
            ]
        ),
        choice("talent-office", &["人才办", "Talent office", "人才部门"]),
        choice(
            "external-market",
            &["省外技术市场", "Technology market elsewhere", "外部市场"]
        ),
    ),
};

/// 企业资质 (R018).
pub const QUALIFICATIONS: List = List {
    key: "qualification",
    codes: &[
        choice(
            "high-tech",
            &["高新技术企业", "High-tech enterprise", "高企", "国家高新技术企业"],
        ),
        choice(
            "sme-tech",
            &["科技型中小企业", "Technology SME", "科小", "科技中小企业"],
        ),
        choice(
            "specialised",
            &[
                "专精特新",
                "Specialised and innovative SME",
                "专精特新企业",
                "专精特新中小企业",
                "专精特新小巨人",
            ],
        ),
        choice(
            "above-scale",
            &[
                "规上",
                "Above designated size",
                "规上企业",
                "规模以上企业",
                "规上工业企业",
            ],
        ),
    ],
};

/// How who registers is known.
pub(crate) const IDENTITIES: List = List {
    key: "identity",
    codes: &[
        choice("uscc", &["统一社会信用代码", "Unified social credit code"]),
        choice("foreign", &["境外注册号", "Registration abroad"]),
        choice("person", &["以个人身份", "As a person"]),
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

const fn required(field: Field) -> Field {
    Field {
        must: Must::Yes,
        ..field
    }
}

const fn personal(field: Field) -> Field {
    Field {
        secrecy: Secrecy::Always,
        ..field
    }
}

/// 活动联络员信息表 (R117): one row an organisation. The person is never public.
pub static LIAISON: Form = Form {
    key: "liaison",
    sections: &[
        Section {
            key: "org",
            fields: &[
                required(field(
                    "org",
                    Kind::Line { max: 100 },
                    &["单位", "Organisation", "单位名称", "高校院所", "学校名称", "单位全称"],
                    &["江苏示例大学"],
                )),
                field(
                    "uscc",
                    Kind::Uscc,
                    &[
                        "统一社会信用代码",
                        "Unified social credit code",
                        "信用代码",
                        "社会信用代码",
                    ],
                    &["12320000MA0000007X"],
                ),
            ],
        },
        Section {
            key: "person",
            fields: &[
                required(personal(field(
                    "name",
                    Kind::Line { max: 40 },
                    &["姓名", "Name", "联络员", "联络员姓名"],
                    &["张晓明"],
                ))),
                personal(field(
                    "department",
                    Kind::Line { max: 60 },
                    &["部门", "Department", "所在部门"],
                    &["科学技术处"],
                )),
                personal(field(
                    "position",
                    Kind::Line { max: 60 },
                    &["职务", "Position", "职称/职务"],
                    &["成果转化科科长"],
                )),
                required(personal(field(
                    "mobile",
                    Kind::Phone,
                    &["手机", "Mobile", "手机号", "手机号码", "联系电话", "移动电话"],
                    &["13800000000"],
                ))),
                personal(field(
                    "phone",
                    Kind::Phone,
                    &["办公电话", "Office phone", "座机", "固定电话"],
                    &["025-84790000"],
                )),
                personal(field(
                    "email",
                    Kind::Email,
                    &["邮箱", "Mail", "电子邮箱", "E-mail"],
                    &["zhangxm@example.cn"],
                )),
                personal(field(
                    "wechat",
                    Kind::Line { max: 40 },
                    &["微信", "WeChat", "微信号"],
                    &["zhangxm-kjc"],
                )),
            ],
        },
    ],
};

/// Organisations, as the centre or a bureau enters them.
pub static ORGANISATION: Form = Form {
    key: "organisation",
    sections: &[
        Section {
            key: "identity",
            fields: &[
                required(field(
                    "name",
                    Kind::Line { max: 100 },
                    &["单位名称", "Organisation", "单位", "企业名称", "名称", "单位全称"],
                    &["徐州示例装备有限公司"],
                )),
                Field {
                    must: Must::When(
                        "kind",
                        &[
                            "company",
                            "state-owned",
                            "university",
                            "institute",
                            "new-rd",
                            "brokerage",
                            "agency",
                        ],
                    ),
                    ..field(
                        "uscc",
                        Kind::Uscc,
                        &[
                            "统一社会信用代码",
                            "Unified social credit code",
                            "信用代码",
                            "社会信用代码",
                        ],
                        &["91320000MA0000007Q"],
                    )
                },
                required(field(
                    "kind",
                    Kind::Code(&ORG_KINDS),
                    &["单位类型", "Kind", "类型", "机构类型"],
                    &["企业"],
                )),
                field(
                    "region",
                    Kind::Region,
                    &["所属区划", "Region", "区划", "所在地", "所属地区"],
                    &["320302"],
                ),
            ],
        },
        Section {
            key: "more",
            fields: &[
                field(
                    "address",
                    Kind::Line { max: 200 },
                    &["地址", "Address", "通讯地址", "单位地址"],
                    &["徐州市鼓楼区示例路 1 号"],
                ),
                field(
                    "park",
                    Kind::Line { max: 60 },
                    &["所属园区", "Park", "园区", "所在园区"],
                    &["徐州高新技术产业开发区"],
                ),
                field(
                    "qualifications",
                    Kind::Codes(&QUALIFICATIONS),
                    &["企业资质", "Qualifications", "资质"],
                    &["高新技术企业；科技型中小企业"],
                ),
                field(
                    "provincial_undergrad",
                    Kind::YesNo,
                    &[
                        "是否部省属本科",
                        "Provincial undergraduate university",
                        "部省属本科",
                        "是否部省属本科高校",
                    ],
                    &["否"],
                ),
                field(
                    "intro",
                    Kind::Text { min: 0, max: 1000 },
                    &["简介", "Introduction", "单位简介"],
                    &["从事工程机械关键零部件的研发与制造。"],
                ),
            ],
        },
    ],
};

/// Registering oneself with one's organisation. Password and consent are asked beside it and never kept with it.
pub static REGISTRATION: Form = Form {
    key: "registration",
    sections: &[
        Section {
            key: "person",
            fields: &[
                required(personal(field(
                    "name",
                    Kind::Line { max: 40 },
                    &["姓名", "Name"],
                    &["李晓红"],
                ))),
                required(personal(field(
                    "email",
                    Kind::Email,
                    &["邮箱", "Mail"],
                    &["lixh@example.cn"],
                ))),
                personal(field("phone", Kind::Phone, &["手机", "Mobile"], &["13800000000"])),
                personal(field(
                    "title",
                    Kind::Line { max: 60 },
                    &["部门和职务", "Department and position"],
                    &["研发部经理"],
                )),
            ],
        },
        Section {
            key: "org",
            fields: &[
                required(field(
                    "identity",
                    Kind::Code(&IDENTITIES),
                    &["身份类别", "Identity"],
                    &["统一社会信用代码"],
                )),
                Field {
                    must: Must::When("identity", &["uscc"]),
                    ..field(
                        "uscc",
                        Kind::Uscc,
                        &["统一社会信用代码", "Unified social credit code"],
                        &["91320000MA0000007Q"],
                    )
                },
                Field {
                    must: Must::When("identity", &["foreign"]),
                    ..field(
                        "country",
                        Kind::Line { max: 2 },
                        &["国家或地区代码", "Country"],
                        &["DE"],
                    )
                },
                Field {
                    must: Must::When("identity", &["foreign"]),
                    ..field(
                        "number",
                        Kind::Line { max: 60 },
                        &["境外注册号", "Registration number"],
                        &["HRB 000000"],
                    )
                },
                Field {
                    must: Must::When("identity", &["uscc", "foreign"]),
                    ..field(
                        "org_name",
                        Kind::Line { max: 100 },
                        &["单位名称", "Organisation"],
                        &["徐州示例装备有限公司"],
                    )
                },
                required(field("kind", Kind::Code(&OWN_KINDS), &["单位类型", "Kind"], &["企业"])),
                Field {
                    must: Must::When("identity", &["uscc", "person"]),
                    ..field("region", Kind::Region, &["所属区划", "Region"], &["320302"])
                },
            ],
        },
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{OrgKind, QualificationKind};

    #[test]
    fn the_declarations_are_sound() {
        for form in [&LIAISON, &ORGANISATION, &REGISTRATION] {
            assert_eq!(forms::check(form), Vec::<String>::new());
        }
    }

    #[test]
    fn the_lists_are_the_model() {
        for kind in OrgKind::ALL {
            assert!(ORG_KINDS.choice(kind.code()).is_some(), "{}", kind.code());
            assert_eq!(
                OWN_KINDS.choice(kind.code()).is_some(),
                kind.self_registers(),
                "{}",
                kind.code()
            );
        }
        assert_eq!(ORG_KINDS.codes.len(), OrgKind::ALL.len());
        for kind in QualificationKind::ALL {
            assert!(QUALIFICATIONS.choice(kind.code()).is_some());
        }
        assert_eq!(QUALIFICATIONS.codes.len(), QualificationKind::ALL.len());
    }

    #[test]
    fn people_are_never_public() {
        for field in LIAISON.sections[1].fields.iter().chain(REGISTRATION.sections[0].fields) {
            assert_eq!(field.secrecy, Secrecy::Always, "{}", field.key);
        }
    }
}
