//! The closed lists of the form (domain §3.3).

use forms::{Choice, List};

const fn choice(code: &'static str, names: &'static [&'static str]) -> Choice {
    Choice { code, names }
}

/// 需求类别.
pub static CATEGORY: List = List {
    key: "need-category",
    codes: &[
        choice(
            "research",
            &["技术攻关", "Technical problem", "攻关", "关键技术攻关", "技术难题"],
        ),
        choice(
            "acquire",
            &["成果引进", "Acquire a result", "技术引进", "成果转化", "引进"],
        ),
        choice(
            "product",
            &["产品研发", "New product", "新产品研发", "产品开发", "新产品开发"],
        ),
        choice(
            "process",
            &["技改工艺", "Process upgrade", "技术改造", "工艺改进", "工艺优化"],
        ),
        choice(
            "people",
            &["人才团队", "People and teams", "人才引进", "人才", "团队引进"],
        ),
        choice(
            "testing",
            &["检测仪器", "Testing and instruments", "检验检测", "检测", "仪器设备"],
        ),
    ],
};

/// 企业资质 (R018).
pub static TAGS: List = List {
    key: "need-tags",
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
                "小巨人",
            ],
        ),
        choice(
            "above-scale",
            &["规上企业", "Above designated size", "规模以上企业", "规上", "规模以上"],
        ),
        choice(
            "leader",
            &["行业龙头", "Industry leader", "龙头企业", "行业龙头企业", "龙头"],
        ),
    ],
};

/// 合作方式.
pub static MODES: List = List {
    key: "need-modes",
    codes: &[
        choice(
            "commission",
            &["委托开发", "Commissioned development", "委托研发", "委托"],
        ),
        choice(
            "joint",
            &["合作开发", "Joint development", "合作研发", "联合攻关", "联合研发"],
        ),
        choice("transfer", &["技术转让", "Transfer", "转让"]),
        choice("licence", &["技术许可", "Licence", "许可", "专利许可"]),
        choice("consulting", &["技术咨询", "Consulting", "咨询"]),
        choice("service", &["技术服务", "Service", "服务"]),
        choice("equity", &["作价入股", "Contribution as equity", "技术入股", "入股"]),
    ],
};

/// 需求来源 (R008, R093).
pub static SOURCE: List = List {
    key: "need-source",
    codes: &[
        choice("visit", &["走访", "Visit", "企业走访", "上门走访"]),
        choice(
            "self",
            &["自填", "Entered by the company", "企业自填", "自行填报", "自主填报"],
        ),
        choice("town-corps", &["科技镇长团", "Town corps", "镇长团"]),
        choice("broker", &["技术经理人", "Broker", "经理人", "技术经纪人"]),
    ],
};
