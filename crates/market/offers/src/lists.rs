//! The closed lists of both forms (domain §3.1, §3.2).

use forms::{Choice, List};

const fn choice(code: &'static str, names: &'static [&'static str]) -> Choice {
    Choice { code, names }
}

/// 专利类型; the codes are the kernel's, so that type and number can be held against each other.
pub static PATENT_TYPE: List = List {
    key: "patent-type",
    codes: &[
        choice("invention", &["发明", "Invention", "发明专利", "发明授权", "中国发明"]),
        choice("utility", &["实用新型", "Utility model", "实用新型专利", "新型"]),
        choice("design", &["外观设计", "Design", "外观设计专利", "外观"]),
    ],
};

/// 法律状态.
pub static LEGAL: List = List {
    key: "patent-legal",
    codes: &[
        choice(
            "valid",
            &["有权", "In force", "有效", "授权", "维持", "专利权维持", "授权有效"],
        ),
        choice("pledged", &["质押", "Pledged", "质押中", "有权（质押）"]),
        choice("licensed", &["许可中", "Licensed", "已许可", "有权（许可）"]),
        choice("pending", &["审中", "Pending", "实质审查", "在审", "公开", "申请中"]),
        choice("invalid", &["无权", "Lapsed", "失效", "终止", "无效"]),
    ],
};

/// 计划项目级别 (R047, R076).
pub static PLAN: List = List {
    key: "plan-level",
    codes: &[
        choice("national", &["国家级", "National", "国家"]),
        choice("provincial", &["省级", "Provincial", "省部级", "省"]),
        choice("municipal", &["市级", "Municipal", "市"]),
        choice(
            "company",
            &["横向", "Commissioned by a company", "横向项目", "企业委托"],
        ),
        choice("own", &["自选", "Own choice", "自选课题", "自主研发"]),
        choice("none", &["无", "None", "没有", "暂无"]),
    ],
};

/// 交易方式 (R113, R114).
pub static MODES: List = List {
    key: "offer-modes",
    codes: &[
        choice("transfer", &["转让", "Transfer", "专利权转让", "专利转让", "技术转让"]),
        choice(
            "licence",
            &["普通许可", "Ordinary licence", "许可", "非独占许可", "许可使用"],
        ),
        choice("sole", &["排他许可", "Sole licence", "许可（排他）"]),
        choice("exclusive", &["独占许可", "Exclusive licence", "许可（独占）"]),
        choice("open", &["开放许可", "Open licence", "专利开放许可"]),
        choice("equity", &["作价入股", "Contribution as equity", "技术入股", "入股"]),
        choice("shares", &["股权转让", "Sale of shares"]),
        choice("other", &["其他", "Other", "其它", "合作开发"]),
    ],
};

/// 成果类型.
pub static TYPE: List = List {
    key: "achievement-type",
    codes: &[
        choice("technology", &["新技术", "New technology", "技术"]),
        choice("product", &["新产品", "New product", "产品"]),
        choice("process", &["新工艺", "New process", "工艺"]),
        choice("material", &["新材料", "New material", "材料"]),
        choice("software", &["软件", "Software", "计算机软件"]),
        choice(
            "variety",
            &[
                "动植物新品种",
                "New plant or animal variety",
                "新品种",
                "植物新品种",
                "动植物品种",
            ],
        ),
    ],
};

/// 成果属性.
pub static NOVELTY: List = List {
    key: "achievement-novelty",
    codes: &[
        choice("original", &["原始创新", "Original", "原始性创新"]),
        choice(
            "absorbed",
            &[
                "引进消化吸收再创新",
                "Built on acquired technology",
                "引进消化吸收",
                "消化吸收再创新",
            ],
        ),
        choice(
            "developed",
            &[
                "国内技术二次开发",
                "Further development",
                "二次开发",
                "国内技术二次创新",
            ],
        ),
    ],
};

/// 体现形式.
pub static EMBODIMENT: List = List {
    key: "achievement-embodiment",
    codes: &[
        choice("prototype", &["样机", "Prototype", "样品", "样机样品", "原型机"]),
        choice("process", &["工艺包", "Process package", "工艺", "工艺流程"]),
        choice("software", &["软件", "Software", "软件系统"]),
        choice("formula", &["配方", "Formula"]),
        choice("variety", &["品种", "Variety", "新品种"]),
        choice(
            "papers",
            &["论文与专利", "Papers and patents", "论文", "专利", "论文专利"],
        ),
        choice("other", &["其他", "Other", "其它"]),
    ],
};

/// 评价方式.
pub static EVALUATION: List = List {
    key: "achievement-evaluation",
    codes: &[
        choice("appraisal", &["鉴定", "Appraisal", "成果鉴定", "科技成果鉴定"]),
        choice("acceptance", &["验收", "Acceptance", "项目验收", "结题验收"]),
        choice(
            "third-party",
            &["第三方评价", "Third-party evaluation", "第三方", "科技成果评价", "评价"],
        ),
        choice("none", &["未评价", "Not evaluated", "无", "未鉴定"]),
    ],
};

/// 密级. Secret ones are in the list so that they are recognised and refused in words, not as an unknown choice.
pub static SECRECY: List = List {
    key: "secrecy",
    codes: &[
        choice("public", &["公开", "Public", "非密", "无密级"]),
        choice("internal", &["内部", "Internal", "内部资料"]),
        choice("secret", &["秘密", "Secret", "秘密级"]),
        choice("confidential", &["机密", "Confidential", "机密级"]),
        choice("top", &["绝密", "Top secret", "绝密级"]),
    ],
};
