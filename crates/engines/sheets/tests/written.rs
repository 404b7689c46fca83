//! What the crate writes, read back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

mod support;

use sheets::{ColumnSpec, TemplateColumn, export_csv, export_xlsx, map_columns, rows, template};
use support::{part, read, texts};

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn columns() -> Vec<TemplateColumn> {
    let column = |head: &str, example: &str| TemplateColumn {
        head: head.to_owned(),
        note: format!("{head}怎样填"),
        width: 20.0,
        example: example.to_owned(),
        ..TemplateColumn::default()
    };
    let areas: Vec<String> = (0..95).map(|number| format!("江苏省某某市第{number}区")).collect();
    vec![
        TemplateColumn {
            required: true,
            ..column("专利名称", "一种方法")
        },
        TemplateColumn {
            text_format: true,
            required: true,
            ..column("专利号", "202010123456.2")
        },
        TemplateColumn {
            choices: strings(&["发明", "实用新型", "外观设计"]),
            ..column("专利类型", "发明")
        },
        TemplateColumn {
            choices: areas,
            ..column("所属区划", "江苏省某某市第1区")
        },
        column("意向价（万元）", "50"),
    ]
}

fn specs() -> Vec<ColumnSpec> {
    let spec = |head: &str| ColumnSpec {
        key: head.to_owned(),
        heads: strings(&[head]),
        required: true,
    };
    ["专利名称", "专利号", "专利类型", "所属区划", "意向价"]
        .map(spec)
        .into()
}

fn made() -> Vec<u8> {
    let help = strings(&["填写说明", "一行一件。", "带 * 的必填。"]);
    template("2023年专利征集表", "专利征集表", &columns(), &help, "示例").unwrap()
}

#[test]
fn a_template_is_read_as_a_table_without_rows() {
    let grids = read("模板.xlsx", &made()).unwrap();
    let names: Vec<_> = grids.iter().map(|grid| (grid.name.as_str(), grid.hidden)).collect();
    assert_eq!(names, [("专利征集表", false), ("填写说明", false), ("_lists", true)]);
    let mapping = map_columns(&grids[0], &specs()).unwrap();
    assert_eq!(mapping.header_row, 1);
    assert!(mapping.missing.is_empty() && mapping.unknown.is_empty());
    assert_eq!(mapping.unit_hints.get("意向价").map(String::as_str), Some("万元"));
    assert_eq!(rows(&grids[0], &mapping), []);
    assert_eq!(grids[0].cell(1, 0).text(), "专利名称 *");
    assert_eq!(grids[0].cell(2, 0).text(), "示例：一种方法");
    assert_eq!(map_columns(&grids[1], &specs()), None);
    assert_eq!(texts(&grids[1])[0], ["一行一件。"]);
    assert_eq!(grids[1].cell(3, 1).text(), "专利名称怎样填");
    assert_eq!(grids[2].rows.len(), 95);
}

#[test]
fn a_template_has_drop_downs_frozen_heads_and_text_cells() {
    let file = made();
    let form = part(&file, "xl/worksheets/sheet1.xml");
    assert!(
        form.contains("<formula1>\"发明,实用新型,外观设计\"</formula1>"),
        "{form}"
    );
    assert!(form.contains("<formula1>'_lists'!$A$1:$A$95</formula1>"));
    assert!(form.contains("sqref=\"C4:C503\"") && form.contains("sqref=\"D4:D503\""));
    assert!(form.contains("state=\"frozen\"") && form.contains("ySplit=\"2\""));
    assert!(form.contains("r=\"B503\"") && !form.contains("r=\"B504\""));
    assert!(part(&file, "xl/styles.xml").contains("formatCode=\"@\""));
    assert!(part(&file, "xl/comments1.xml").contains("专利号怎样填"));
}

#[test]
fn a_template_without_lists_help_and_examples_has_one_sheet() {
    let columns = [TemplateColumn {
        head: "名称".to_owned(),
        ..TemplateColumn::default()
    }];
    let file = template("表", "表/1", &columns, &[], "Example").unwrap();
    let grids = read("a.xlsx", &file).unwrap();
    assert_eq!(grids.len(), 1);
    assert_eq!(grids[0].name, "表1");
    assert_eq!(grids[0].rows.len(), 2);
}

#[test]
fn the_same_content_is_the_same_bytes() {
    assert_eq!(made(), made());
}

#[test]
fn exports_come_back_without_formulas() {
    let heads = strings(&["名称", "号", "备注"]);
    let lines = vec![
        strings(&["甲,\"乙\"\n丙", "202010123456.2", "=cmd|' /C calc'!A0"]),
        strings(&["0012", "-5", "+86 138"]),
        strings(&["", "@x", "\ttab"]),
    ];
    let expected = vec![
        heads.clone(),
        strings(&["甲,\"乙\"\n丙", "202010123456.2", "'=cmd|' /C calc'!A0"]),
        strings(&["0012", "-5", "'+86 138"]),
        strings(&["", "'@x", "'\ttab"]),
    ];
    let book = read("a.xlsx", &export_xlsx("清单", &heads, &lines).unwrap()).unwrap();
    assert_eq!(book[0].name, "清单");
    assert_eq!(texts(&book[0]), expected);
    let text = read("清单.csv", &export_csv(&heads, &lines)).unwrap();
    assert_eq!(texts(&text[0]), expected);
    let specs = [("a", "名称"), ("b", "号"), ("c", "备注")].map(|(key, head)| ColumnSpec {
        key: key.to_owned(),
        heads: strings(&[head]),
        required: true,
    });
    let mapping = map_columns(&text[0], &specs).unwrap();
    assert_eq!(
        rows(&text[0], &mapping)[1].values.get("c").map(String::as_str),
        Some("+86 138")
    );
}

#[test]
fn an_export_of_a_text_too_long_says_where() {
    let line = vec![String::new(), "a".repeat(32_768)];
    let answer = export_xlsx("清单", &strings(&["a", "b"]), std::slice::from_ref(&line)).unwrap_err();
    assert!(answer.to_string().starts_with("row 1, column 1"), "{answer}");
    assert!(!export_csv(&strings(&["a", "b"]), &[line]).is_empty());
    assert!(export_xlsx("清单", &strings(&["a"]), &[]).is_ok());
    assert!(export_xlsx("清单", &[], &[]).is_ok());
}
