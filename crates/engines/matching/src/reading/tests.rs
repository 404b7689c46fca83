use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new(Analyser::new(), Table::shipped().unwrap()));

#[test]
fn a_need_is_read() {
    let body = "现有隔膜热收缩大。热收缩率 ≤2 %；穿刺强度 ≥500 gf。目前处于中试阶段。项目预算不超过260万元。企业位于江苏省南京市江宁区。";
    let reading = READER.read("动力锂电池用陶瓷涂覆隔膜", body);
    assert_eq!(reading.fields[0].0, Sector::Ne, "{:?}", reading.fields);
    assert_eq!(reading.indicators.len(), 2, "{:?}", reading.indicators);
    assert_eq!(reading.maturity, Trl::new(6));
    let budget = reading.budget.unwrap();
    assert_eq!(
        (budget.text.as_str(), budget.most),
        ("不超过260万元", Fen::new(260_000_000))
    );
    assert_eq!(
        reading.region.map(|region| region.as_str().to_owned()),
        Some("320115".to_owned())
    );
    assert!(reading.ipc.iter().any(|guess| guess.code == "H01"), "{:?}", reading.ipc);
    assert!(
        reading.industry.iter().any(|guess| guess.code.starts_with("384")),
        "{:?}",
        reading.industry
    );
}

#[test]
fn what_is_not_said_is_not_read() {
    let reading = READER.read("水稻虫害防治", "");
    assert_eq!(reading.fields[0].0, Sector::Agr);
    assert!(reading.indicators.is_empty() && reading.maturity.is_none());
    assert!(reading.budget.is_none() && reading.region.is_none());
}

const PROSE: &str = "目前20CrMnTi齿轮渗碳淬火后变形大，齿向变形≤0.03 mm；批量良品率不低于98%。\
    预算不超过200万元，希望中试以后合作。";

#[test]
fn demands_are_told_from_prose() {
    let of = |text: &str| -> Vec<String> { facts::indicators(text).iter().map(ToString::to_string).collect() };
    assert_eq!(of(PROSE), ["齿向变形 ≤0.03 mm", "批量良品率 ≥98 %"]);
    assert!(of("我们想做一套软件，越快越好。").is_empty());
}

#[test]
fn a_budget_is_read_where_it_is_one() {
    let of = |text: &str| facts::budget(text).map(|budget| (budget.text, budget.most.get()));
    assert_eq!(of(PROSE), Some(("不超过200万元".into(), 200_000_000)));
    assert_eq!(of("研发经费：50-80万元").map(|(_, most)| most), Some(80_000_000));
    assert_eq!(of("年产值3000万元"), None);
}

/// Rows of a table of the demo: the title, the text and the sector that its author gave.
fn labelled(file: &str, title: &str, body: &str) -> Vec<(String, String, Sector)> {
    let path = format!("{}/../../../demo/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let head = reader.headers().unwrap().clone();
    let column = |name: &str| {
        head.iter()
            .position(|cell| cell.trim_start_matches('\u{feff}') == name)
            .unwrap()
    };
    let (title, body, field) = (column(title), column(body), column("产业领域"));
    reader
        .records()
        .filter_map(|row| {
            let row = row.unwrap();
            let sector = Sector::ALL.into_iter().find(|sector| sector.name_zh() == &row[field])?;
            Some((row[title].to_owned(), row[body].to_owned(), sector))
        })
        .collect()
}

#[test]
fn the_field_is_what_the_author_said() {
    let mut rows = labelled("needs.csv", "需求名称", "需解决的技术问题");
    rows.extend(labelled("patents.csv", "专利名称", "技术简介"));
    rows.extend(labelled("achievements.csv", "成果名称", "技术简介"));
    assert!(rows.len() > 200, "{}", rows.len());
    let right = |depth: usize| {
        let hits = rows.iter().filter(|(title, body, sector)| {
            READER
                .read(title, body)
                .fields
                .iter()
                .take(depth)
                .any(|(field, _)| field == sector)
        });
        hits.count() as f64 / rows.len() as f64
    };
    let (first, second) = (right(1), right(2));
    println!(
        "field right at once {first:.3}, among the two likeliest {second:.3}, of {} texts",
        rows.len()
    );
    assert!(first >= 0.6 && second >= 0.75, "{first} {second}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_is_read(title in "\\PC{0,30}", body in "(\\PC{0,20}|预算|投入|≥|[0-9]{1,4}|万元|阶段|；){0,20}") {
        let reading = READER.read(&title, &body);
        prop_assert!(reading.fields.iter().map(|(_, p)| p).sum::<f32>() < 1.001);
    }
}
