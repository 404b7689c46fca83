//! `jiebang import` and `jiebang bench intake` from the outside: what scripts get, and the annotated workbook's way back.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod common;

use std::path::Path;

use common::{run, store, write};
use serde_json::{Value, json};

/// Two organisations, one of which has a credit code with a wrong check character.
const ORGANISATIONS: &str = "单位名称,统一社会信用代码,单位类型,所属区划,地址,所属园区,企业资质,是否部省属本科,简介\n\
    秣陵理工大学,12320115MAA3K17T1T,高校,320115,,,,是,\n\
    南京朴砺微电子有限公司,91320111MAA1C4R8XH,企业,320111,,,高新技术企业,否,\n";

#[test]
fn each_file_is_one_object_on_its_line() {
    let (folder, data) = store();
    let good = write(folder.path(), "good.csv", &ORGANISATIONS.replace("8XH", "8XG"));
    let bad = write(folder.path(), "bad.csv", ORGANISATIONS);
    let pdf = write(folder.path(), "x.xlsx", "%PDF-1.7 ");
    let ran = run(&["import", "organisations", &good, &bad, &pdf, "--json", "--data", &data]).expect(1);
    let objects: Vec<Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let [good, bad, pdf] = &objects[..] else {
        panic!("{}", ran.out);
    };
    for object in &objects {
        for key in ["batch", "rows", "new", "changed", "same", "held", "errors", "warnings"] {
            assert!(object.get(key).is_some(), "{key}: {object}");
        }
    }
    assert_eq!(
        (&good["rows"], &good["new"], &good["held"]),
        (&json!(2), &json!(2), &json!(0))
    );
    assert_eq!((&bad["same"], &bad["held"]), (&json!(1), &json!(1)));
    assert_eq!((&pdf["batch"], &pdf["rows"]), (&Value::Null, &json!(0)));
    assert!(pdf["refused"].as_str().unwrap().contains("PDF"));
}

#[test]
fn an_annotated_workbook_goes_back_into_its_batch() {
    let (folder, data) = store();
    let file = write(folder.path(), "单位.csv", ORGANISATIONS);
    let out = folder.path().join("annotated.xlsx").display().to_string();
    let args = [
        "import",
        "organisations",
        &file,
        "--json",
        "--annotated",
        &out,
        "--data",
        &data,
    ];
    let first = run(&args).expect(1).json();
    let bytes = std::fs::read(&out).unwrap();
    let grids = sheets::read("annotated.xlsx", &bytes, &sheets::Limits::default()).expect("a workbook");
    assert!(grids.iter().any(|grid| !grid.rows.is_empty()));
    let again = run(&["import", "organisations", &out, "--json", "--data", &data])
        .expect(1)
        .json();
    assert_eq!(again["batch"], first["batch"], "{again}");
    assert_eq!(again["held"], 1, "{again}");
    let both = [
        "import",
        "organisations",
        &file,
        &out,
        "--annotated",
        "y.xlsx",
        "--data",
        &data,
    ];
    assert!(run(&both).expect(2).err.contains("--annotated"));
    assert!(!Path::new("y.xlsx").exists());
}

#[test]
fn the_measured_intake_tells_its_figures() {
    let ran = run(&["bench", "intake", "--rows", "200", "--units", "4", "--json"])
        .expect(0)
        .json();
    assert_eq!(
        (&ran["rows"], &ran["faulty"], &ran["columns"]),
        (&json!(200), &json!(10), &json!(20))
    );
    assert_eq!((&ran["new"], &ran["held"]), (&json!(190), &json!(10)), "{ran}");
    for key in ["read_s", "check_s", "commit_s", "total_s", "rows_per_s"] {
        assert!(ran[key].as_f64().unwrap() > 0.0, "{key}: {ran}");
    }
    assert!(ran["other_ms"]["p99"].as_f64().unwrap() >= ran["other_ms"]["p50"].as_f64().unwrap());
    run(&["bench", "intake", "--columns", "3"]).expect(2);
}
