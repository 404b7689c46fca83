//! How long reading and scoring rows of a form takes, field by field:
//! `cargo run --release -p jiebang-forms --example forms_throughput [ROWS]`.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measuring stick for a developer's terminal: it reads the clock and prints"
)]

use std::collections::BTreeMap;
use std::time::Instant;

use forms::{Choice, Context, Draft, Field, Form, Kind, List, Must, Secrecy, Section, read, read_cell, score};
use kernel::Regions;

const fn choice(code: &'static str, names: &'static [&'static str]) -> Choice {
    Choice { code, names }
}

static TYPES: List = List {
    key: "type",
    codes: &[
        choice("invention", &["发明", "Invention", "发明专利"]),
        choice("utility", &["实用新型", "Utility model"]),
        choice("design", &["外观设计", "Design"]),
    ],
};

static LEGAL: List = List {
    key: "legal",
    codes: &[
        choice("valid", &["有权", "Valid", "有效", "授权"]),
        choice("pending", &["审中", "Pending"]),
        choice("void", &["失效", "Void", "无权"]),
    ],
};

static MODES: List = List {
    key: "mode",
    codes: &[
        choice("transfer", &["转让", "Transfer", "专利转让"]),
        choice("licence", &["许可", "Licence", "普通许可"]),
        choice("exclusive", &["独占许可", "Exclusive licence"]),
        choice("equity", &["作价入股", "Equity", "入股"]),
        choice("other", &["其他", "Other"]),
    ],
};

const fn field(key: &'static str, kind: Kind, heads: &'static [&'static str]) -> Field {
    Field {
        key,
        kind,
        must: Must::Yes,
        secrecy: Secrecy::Open,
        heads,
        examples: &[],
    }
}

static FORM: Form = Form {
    key: "patent",
    sections: &[Section {
        key: "all",
        fields: &[
            field("title", Kind::Line { max: 200 }, &["专利名称"]),
            field("number", Kind::Patent, &["专利号"]),
            field("type", Kind::Code(&TYPES), &["专利类型"]),
            field("filed", Kind::Date { month_ok: false }, &["申请日"]),
            field("granted", Kind::Date { month_ok: false }, &["授权公告日"]),
            field("owners", Kind::Orgs, &["专利权人"]),
            field("inventors", Kind::Names, &["发明人"]),
            field("legal", Kind::Code(&LEGAL), &["法律状态"]),
            field("ipc", Kind::Ipc, &["主IPC分类号"]),
            field("sectors", Kind::Sector, &["产业领域"]),
            field("summary", Kind::Text { min: 10, max: 2000 }, &["技术简介"]),
            field("products", Kind::Text { min: 2, max: 400 }, &["应用产品"]),
            field("trl", Kind::Trl, &["成熟度"]),
            field("modes", Kind::Codes(&MODES), &["交易方式"]),
            field("price", Kind::Money, &["意向价"]),
            field("agreed", Kind::YesNo, &["共有权人同意"]),
            field("region", Kind::Region, &["所属区划"]),
            field("phone", Kind::Phone, &["手机"]),
            field("email", Kind::Email, &["邮箱"]),
            field("uscc", Kind::Uscc, &["统一社会信用代码"]),
        ],
    }],
};

/// One row as a university sends it; one in twenty has a mistake.
fn draft(row: usize) -> Draft {
    let body = format!("2020{}{:07}", 1 + row % 2, row % 1_000_000);
    let check = kernel::patent_check(body.as_bytes());
    let check = if row.is_multiple_of(20) { '？' } else { check };
    let day = row % 28 + 1;
    let texts = [
        ("title", format!("一种用于第{row}号生产线的齿轮渗碳淬火变形控制方法")),
        ("number", format!("ZL{body}.{check}")),
        ("type", ["发明", "实用新型", "1.发明"][row % 3].to_owned()),
        ("filed", format!("2020-02-{day:02}")),
        (
            "granted",
            ["2021.8.20", "2021年8月20日", "2021-08-20"][row % 3].to_owned(),
        ),
        ("owners", format!("秣陵理工大学；第{}齿轮有限公司", row % 1000)),
        ("inventors", "张三；李四；欧阳修文".to_owned()),
        ("legal", "有权".to_owned()),
        ("ipc", "C21D1/06".to_owned()),
        (
            "sectors",
            ["新材料", "高端装备制造", "人工智能、新能源"][row % 3].to_owned(),
        ),
        (
            "summary",
            format!(
                "第{row}项：在渗碳后增加一段等温预冷，把齿轮芯部与齿面的温差压到二十度以内再入油，齿向变形由六丝降到三丝以下。"
            ),
        ),
        ("products", "重载减速机、风电增速箱齿轮的热处理".to_owned()),
        ("trl", "TRL6".to_owned()),
        ("modes", ["转让", "许可、作价入股", "1.转让"][row % 3].to_owned()),
        ("price", ["50万元", "面议", "100-200万元", "120"][row % 4].to_owned()),
        ("agreed", ["是", "否", "√"][row % 3].to_owned()),
        (
            "region",
            ["江苏省徐州市鼓楼区", "320302", "苏州市", "南京市玄武区"][row % 4].to_owned(),
        ),
        ("phone", format!("138{:08}", row % 100_000_000)),
        ("email", format!("wang{row}@example.edu.cn")),
        ("uscc", "91320000MA0000007Q".to_owned()),
    ];
    texts.into_iter().map(|(key, text)| (key.to_owned(), text)).collect()
}

fn main() {
    let rows: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(50_000);
    let hints = BTreeMap::from([("price".to_owned(), "万元".to_owned())]);
    let ctx = Context {
        regions: Regions::builtin(),
        unit_hints: &hints,
        draft: false,
    };
    let drafts: Vec<Draft> = (0..rows).map(draft).collect();
    let micros = |begin: Instant| begin.elapsed().as_secs_f64() * 1e6 / rows as f64;
    for field in FORM.fields() {
        let begin = Instant::now();
        let read = drafts
            .iter()
            .filter(|draft| read_cell(field, &draft[field.key], &ctx).value.is_some());
        let read = read.count();
        println!("{:>10} {:>8.2} µs, {read} read", field.key, micros(begin));
    }
    // As a batch is worked through: each row is let go of when it is written.
    let begin = Instant::now();
    let faulty = drafts
        .iter()
        .filter(|draft| read(&FORM, draft, &ctx).has_errors())
        .count();
    let fields = FORM.fields().count();
    println!(
        "{:>10} {:>8.2} µs a row of {fields} fields, {faulty} faulty",
        "read",
        micros(begin)
    );
    let begin = Instant::now();
    let scored = drafts
        .iter()
        .map(|draft| u64::from(score::completeness(&read(&FORM, draft, &ctx), &FORM)));
    let points = scored.sum::<u64>() / rows as u64;
    println!(
        "{:>10} {:>8.2} µs a row, {points} points on average",
        "and score",
        micros(begin)
    );
}
