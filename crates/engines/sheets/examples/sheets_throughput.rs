//! How long a large workbook takes and how much memory it needs at most:
//! `cargo run --release -p jiebang-sheets --example sheets_throughput [ROWS] [xlsx|csv]`.
//!
//! The workbook is made in another process (`make FILE`), so that making it does not count into the peak.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a measuring stick for a developer's terminal: it reads the clock, prints, and ends where it fails"
)]

use std::process::Command;
use std::time::Instant;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use sheets::{ColumnSpec, Limits};

const HEADS: [&str; 20] = [
    "专利名称",
    "专利号",
    "专利类型",
    "申请日",
    "授权公告日",
    "专利权人",
    "发明人",
    "法律状态",
    "主IPC分类号",
    "产业领域",
    "技术简介",
    "应用产品或场景",
    "成熟度",
    "交易方式",
    "意向价（万元）",
    "共有权人同意",
    "联系人",
    "手机",
    "邮箱",
    "统一社会信用代码",
];

/// One row as a university sends it.
fn line(row: usize) -> [String; 20] {
    let serial = row % 1_000_000;
    let body = format!("2020{}{serial:07}", 1 + row % 2);
    let check = kernel::patent_check(body.as_bytes());
    [
        format!("一种用于第{row}号生产线的齿轮渗碳淬火变形控制方法"),
        format!("ZL{body}.{check}"),
        ["发明", "实用新型", "1.发明"][row % 3].to_owned(),
        String::new(),
        String::new(),
        format!("秣陵理工大学；第{}齿轮有限公司", row % 1000),
        "张三；李四；欧阳修文".to_owned(),
        "有权".to_owned(),
        "C21D1/06".to_owned(),
        ["新材料", "高端装备制造", "人工智能、新能源"][row % 3].to_owned(),
        format!(
            "第{row}项：在渗碳后增加一段等温预冷，把齿轮芯部与齿面的温差压到二十度以内再入油，齿向变形由六丝降到三丝以下。"
        ),
        "重载减速机、风电增速箱齿轮的热处理".to_owned(),
        "TRL6".to_owned(),
        ["转让", "许可、作价入股", "1.转让"][row % 3].to_owned(),
        String::new(),
        ["是", "否", "√"][row % 3].to_owned(),
        "王五".to_owned(),
        format!("138{:08}", row % 100_000_000),
        format!("wang{row}@example.edu.cn"),
        "91320000MA0000007Q".to_owned(),
    ]
}

fn make(rows: usize, file: &str) {
    if file.ends_with(".csv") {
        let heads: Vec<String> = HEADS.map(str::to_owned).into();
        let lines: Vec<Vec<String>> = (0..rows)
            .map(|row| {
                let mut line = line(row);
                line[3] = format!("2020-02-{:02}", row % 28 + 1);
                line[4] = format!("2021-08-{:02}", row % 28 + 1);
                line[14] = (row % 500 + 1).to_string();
                line.into()
            })
            .collect();
        std::fs::write(file, sheets::export_csv(&heads, &lines)).unwrap();
        return;
    }
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_string(0, 0, "2023年专利征集表").unwrap();
    sheet.write_row(1, 0, HEADS).unwrap();
    for row in 0..rows {
        let at = row as u32 + 2;
        for (col, text) in line(row).iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(at, col as u16, text).unwrap();
        }
        for (col, year) in [(3, 2020), (4, 2021)] {
            let date = ExcelDateTime::from_ymd(year, 2, (row % 28 + 1) as u8).unwrap();
            sheet.write_datetime_with_format(at, col, date, &day).unwrap();
        }
        sheet.write_number(at, 14, (row % 500 + 1) as f64).unwrap();
    }
    book.save(file).unwrap();
}

fn specs() -> Vec<ColumnSpec> {
    let spec = |head: &&str| ColumnSpec {
        key: (*head).to_owned(),
        heads: vec![(*head).to_owned()],
        required: true,
    };
    HEADS.iter().map(spec).collect()
}

/// The most memory that this process has held, in MB.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rows: usize = args.first().and_then(|n| n.parse().ok()).unwrap_or(50_000);
    let kind = args.get(1).map_or("xlsx", String::as_str);
    let file = std::env::temp_dir().join(format!("jiebang-throughput-{}.{kind}", std::process::id()));
    if let Some(file) = args.get(2) {
        return make(rows, file);
    }
    let maker = std::env::current_exe().unwrap();
    let made = Command::new(maker)
        .args([&rows.to_string(), kind])
        .arg(&file)
        .status()
        .unwrap();
    assert!(made.success());
    let bytes = std::fs::read(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    println!(
        "{kind}, {rows} rows x {} columns, {} kB",
        HEADS.len(),
        bytes.len() / 1024
    );
    let begin = Instant::now();
    let grid = sheets::read(
        "a",
        &bytes,
        &Limits {
            bytes: 1 << 30,
            rows: rows + 10,
            ..Limits::default()
        },
    )
    .unwrap()
    .remove(0);
    let read = begin.elapsed();
    println!("read      {read:>10.1?}  peak {} MB", peak_mb());
    let mapping = sheets::map_columns(&grid, &specs()).unwrap();
    println!(
        "mapped    {:>10.1?}  columns {}",
        begin.elapsed() - read,
        mapping.columns.iter().flatten().count()
    );
    let before = begin.elapsed();
    let chars: usize = sheets::rows_iter(grid, &mapping)
        .map(|row| row.values.values().map(String::len).sum::<usize>())
        .sum();
    println!(
        "row by row{:>10.1?}  {} kB of text, peak {} MB",
        begin.elapsed() - before,
        chars / 1024,
        peak_mb()
    );
    println!("together  {:>10.1?}", begin.elapsed());
    let grid = sheets::read(
        "a",
        &bytes,
        &Limits {
            bytes: 1 << 30,
            rows: rows + 10,
            ..Limits::default()
        },
    )
    .unwrap()
    .remove(0);
    let before = begin.elapsed();
    let all = sheets::rows(&grid, &mapping);
    println!(
        "rows at once{:>8.1?}  {} rows, peak {} MB",
        begin.elapsed() - before,
        all.len(),
        peak_mb()
    );
    drop(grid);
    let before = begin.elapsed();
    let book = send_back(all);
    println!(
        "annotated {:>10.1?}  {} kB, peak {} MB",
        begin.elapsed() - before,
        book.len() / 1024,
        peak_mb()
    );
}

/// The rows as they go back, one in twenty with two issues.
fn send_back(rows: Vec<sheets::Row>) -> Vec<u8> {
    let heads: Vec<String> = HEADS.map(str::to_owned).into();
    let annotate = |(at, mut row): (usize, sheets::Row)| sheets::AnnotatedRow {
        number: Some(row.number),
        cells: HEADS
            .iter()
            .map(|head| row.values.remove(*head).unwrap_or_default())
            .collect(),
        issues: if at.is_multiple_of(20) {
            vec![
                (Some(1), "校验位应为 2，请对照证书改正。".to_owned(), true),
                (Some(14), "没有写单位，按“万元”读作 50万元。".to_owned(), false),
            ]
        } else {
            Vec::new()
        },
    };
    let rows: Vec<_> = rows.into_iter().enumerate().map(annotate).collect();
    let content = sheets::Annotated {
        sheet: "专利",
        heads: &heads,
        words: &sheets::AnnotatedWords::by(str::to_owned),
        mark: "0197c5f2",
        rows: &rows,
    };
    sheets::annotated(&content).unwrap()
}
