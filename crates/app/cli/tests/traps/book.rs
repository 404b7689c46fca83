//! A workbook with every trap that people set without meaning to, and its repair in an office program.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

/// The heads of the second row, and what group stands above the first of a group. 权属 is no head that anybody knows, 备注
/// nobody's column; 高价值 and others are missing.
const HEADS: [(&str, &str); 26] = [
    ("序号", ""),
    ("专利名称（与证书一致）", "专利信息"),
    ("专 利 号", ""),
    ("类型", ""),
    ("权属", ""),
    ("发明（设计）人", ""),
    ("授权公告日期", ""),
    ("申请日", ""),
    ("法律状态", ""),
    ("主分类号", ""),
    ("技术领域", "技术信息"),
    ("专利简介", ""),
    ("应用场景", ""),
    ("所处阶段", ""),
    ("项目级别", ""),
    ("拟交易方式", "交易信息"),
    ("意向价（万元）", ""),
    ("是否推荐路演", ""),
    ("是否公开价格", ""),
    ("是否公开联系方式", ""),
    ("联系人", "联系信息"),
    ("手机", ""),
    ("邮箱", ""),
    ("填报单位", ""),
    ("信用代码", ""),
    ("备注", ""),
];
/// The first row of data.
pub(crate) const FIRST: u32 = 4;
/// Rows of data.
pub(crate) const ROWS: u32 = 10;
/// Right numbers, one a row.
const NUMBERS: [&str; 10] = [
    "202019000001",
    "202019000002",
    "202019000003",
    "202019000004",
    "202019000005",
    "202019000006",
    "202019000007",
    "202019000008",
    "202019000009",
    "202019000010",
];

/// A number with its right check digit.
fn patent(at: usize) -> String {
    let digits = NUMBERS[at];
    let sum: u32 = digits
        .chars()
        .zip([2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5])
        .map(|(c, w)| c.to_digit(10).unwrap() * w)
        .sum();
    let check = match sum % 11 {
        10 => "X".to_owned(),
        n => n.to_string(),
    };
    format!("{digits}.{check}")
}

/// The workbook, for an organisation with its credit code.
pub(crate) fn build(org: &str, code: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let notes = book.add_worksheet();
    notes.set_name("填表说明").unwrap();
    notes
        .write_string(0, 0, "一、请如实填写。二、联系人请填写能够联系到的人员。")
        .unwrap();
    let old = book.add_worksheet();
    old.set_name("旧数据").unwrap();
    old.write_string(0, 0, "专利名称").unwrap();
    old.write_string(0, 1, "专利号").unwrap();
    old.write_string(1, 0, "去年的一项").unwrap();
    old.set_hidden(true);
    let sheet = book.add_worksheet();
    sheet.set_name("Sheet1").unwrap();
    heads(sheet, org);
    for at in 0..ROWS {
        row(sheet, at);
    }
    // The organisation stands in the first row only, merged down over the others.
    let plain = Format::new();
    let last = FIRST + ROWS - 1;
    sheet.merge_range(FIRST, 23, last, 23, org, &plain).unwrap();
    sheet.merge_range(FIRST, 24, last, 24, code, &plain).unwrap();
    sheet.write_string(last + 1, 0, "合计").unwrap();
    sheet.write_string(last + 1, 16, "500").unwrap();
    sheet.write_string(last + 3, 0, "备注：以上专利均已核对证书。").unwrap();
    sheet.write_string(last + 4, 0, "填表人：王立").unwrap();
    book.save_to_buffer().unwrap()
}

fn heads(sheet: &mut Worksheet, org: &str) {
    let plain = Format::new();
    sheet
        .merge_range(0, 0, 0, 25, "2023年度专利征集表（第二批）", &plain)
        .unwrap();
    sheet.write_string(1, 0, format!("填报单位：{org}")).unwrap();
    sheet.write_string(1, 16, "单位：万元").unwrap();
    let mut from = 1;
    for (at, (head, group)) in (0_u16..).zip(HEADS) {
        sheet.write_string(3, at, head).unwrap();
        if !group.is_empty() {
            from = at;
            sheet.write_string(2, from, group).unwrap();
        }
    }
    assert!(from > 1);
}

/// A row: mostly good, each in its own hand.
fn row(sheet: &mut Worksheet, at: u32) {
    let line = FIRST + at;
    let n = usize::try_from(at).unwrap();
    let mut put = |col: u16, text: &str| {
        sheet.write_string(line, col, text).unwrap();
    };
    put(0, &(at + 1).to_string());
    let titles = [
        "一种炉温补偿方法",
        "一种\u{a0}叶片测量\n装置",
        "一种轴承润滑系统",
        "一种阀体密封结构",
        "一种焊缝跟踪方法",
    ];
    put(1, &format!("{}（{}型）", titles[n % 5], ["甲", "乙"][n / 5]));
    let number = patent(n);
    let number = match at {
        0 => format!("ZL {number}"),
        1 => number.chars().map(wide).collect(),
        2 => format!("zl{}", number.replace('.', "")),
        // The wrong check digit: mended by one click.
        4 => wrong(&number),
        _ => number,
    };
    put(2, &number);
    put(3, if at == 3 { "1.发明" } else { "发明专利" });
    put(4, "秣陵理工大学");
    put(5, "周启元、沈拂云");
    put(8, "有效");
    put(9, "G01N29/14 (2006.01)");
    // No field is called so: replaced in three rows at once.
    put(
        10,
        if (6..9).contains(&at) {
            "装备智造"
        } else {
            "高端装备制造"
        },
    );
    put(
        11,
        "在辐射管外壁布置四只高温波导杆，把裂纹扩展时的声发射信号引到炉外，用到达时差和波速温度补偿联合定位，\n炉温950℃下误差不大于60毫米，可在不停炉的情况下指出要更换的那一根管。",
    );
    put(12, "连续退火线、镀锌线辐射管状态监测");
    put(13, if at == 5 { "TRL6" } else { "中试" });
    put(14, "无");
    put(15, ["1.转让", "转让、2.普通许可", "普通许可", "转让；普通许可"][n % 4]);
    put(17, ["√", "是", "Y", "1", "否"][n % 5]);
    put(18, if at == 3 { "有" } else { "是" });
    put(19, "否");
    put(20, if at == 1 { "〃" } else { "周启元" });
    // Too short a number: mended in the office program.
    put(
        21,
        match at {
            2 => "同上",
            9 => "1380000",
            _ => "１３８ 0000 1234",
        },
    );
    put(22, "zhou@moling.example.cn");
    put(25, "特别说明");
    dates_and_price(sheet, line, at);
}

/// Dates as texts, serials and dates; prices as figures, formulas and words.
fn dates_and_price(sheet: &mut Worksheet, line: u32, at: u32) {
    let day = Format::new().set_num_format("yyyy/m/d");
    match at {
        0 => sheet.write_string(line, 7, "2020.2.24").unwrap(),
        // 2020-02-24 as Excel counts days.
        1 => sheet.write_number(line, 7, 43_885).unwrap(),
        2 => {
            let date = ExcelDateTime::from_ymd(2020, 2, 24).unwrap();
            sheet.write_datetime_with_format(line, 7, &date, &day).unwrap()
        }
        _ => sheet.write_string(line, 7, "2020年2月24日").unwrap(),
    };
    sheet.write_string(line, 6, "2022/3/15 0:00").unwrap();
    match at {
        0 => sheet.write_number(line, 16, 50).unwrap(),
        1 => sheet
            .write_formula(line, 16, Formula::new("=30+20").set_result("50"))
            .unwrap(),
        2 => sheet.write_string(line, 16, "60-80").unwrap(),
        3 => sheet.write_string(line, 16, "面议").unwrap(),
        // Says nothing of money: mended by typing.
        5 => sheet.write_string(line, 16, "看情况吧").unwrap(),
        _ => sheet.write_string(line, 16, "大于200").unwrap(),
    };
}

fn wide(c: char) -> char {
    match c {
        '0'..='9' => char::from_u32(u32::from(c) + 0xfee0).unwrap(),
        other => other,
    }
}

fn wrong(number: &str) -> String {
    let (head, check) = number.split_at(number.len() - 1);
    format!("{head}{}", if check == "1" { "2" } else { "1" })
}

/// The same workbook with other texts, as an office program would have saved it.
pub(crate) fn mended(book: &[u8], texts: &[(&str, &str)]) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == "xl/sharedStrings.xml" {
            let mut text = String::from_utf8(bytes).unwrap();
            for (old, new) in texts {
                let (old, new) = (format!(">{old}<"), format!(">{new}<"));
                assert!(text.contains(&old), "{old} in {text}");
                text = text.replace(&old, &new);
            }
            bytes = text.into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}
