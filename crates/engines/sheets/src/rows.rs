//! The rows of data under a header: what is no data is left out, what refers to the row above is resolved.

use std::collections::BTreeMap;

use kernel::text::{fold, normalise};

use crate::cell::{Cell, Grid};
use crate::mapping::Mapping;
use crate::write::is_neutralised;

/// One row of data.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Its number in the file as the program that shows it counts: from 1.
    pub number: usize,
    /// The texts of its mapped columns by key, as they stand in the file. A column whose cell is blank is not there.
    pub values: BTreeMap<String, String>,
}

/// First words of a row that adds up the others.
const TOTALS: [&str; 7] = ["合计", "总计", "小计", "共计", "total", "subtotal", "sum"];
/// First words of a row that says something about the sheet, when a colon or nothing follows.
const NOTES: [&str; 26] = [
    "备注",
    "说明",
    "填表说明",
    "填写说明",
    "填报说明",
    "注",
    "注意",
    "注意事项",
    "填表人",
    "填报人",
    "制表人",
    "制表",
    "审核",
    "审核人",
    "复核人",
    "单位负责人",
    "部门负责人",
    "负责人签字",
    "填表日期",
    "填报日期",
    "制表日期",
    "填报单位",
    "单位盖章",
    "单位公章",
    "note",
    "notes",
];
/// First words of the row that shows how to fill in.
const EXAMPLES: [&str; 5] = ["示例", "样例", "范例", "example", "sample"];
/// What a row of hints under the header says in each of its cells.
const HINTS: [&str; 8] = [
    "必填",
    "选填",
    "非必填",
    "条件必填",
    "必填项",
    "选填项",
    "required",
    "optional",
];
/// Cells that mean the value above.
const DITTOS: [&str; 12] = [
    "〃", "″", "〞", "\"", "“", "”", "''", "同上", "同前", "上同", "ditto", "do.",
];

/// The rows of data under the header. Left out are: rows in which no mapped column holds anything; rows of totals and
/// notes (by their first cell: 合计, 备注：, 说明：, 填表人：…); the example row of a template (示例：…, Example: …); a
/// repetition of the header; a row of hints (必填, 选填). 同上 and 〃 take the value of the row of data above. The
/// apostrophe by which exports neutralise formulas is taken off again.
pub fn rows(grid: &Grid, mapping: &Mapping) -> Vec<Row> {
    let first = mapping.header_row.saturating_add(mapping.header_rows);
    let mut above: BTreeMap<String, String> = BTreeMap::new();
    let mut found = Vec::new();
    for (index, cells) in grid.rows.iter().enumerate().skip(first) {
        if is_aside(cells) || repeats_header(grid, mapping, cells) {
            continue;
        }
        let mut values = BTreeMap::new();
        for (cell, key) in cells.iter().zip(&mapping.columns) {
            let Some(key) = key else { continue };
            if cell.is_blank() {
                continue;
            }
            let text = without_escape(cell.text());
            let text = if is_ditto(&text) {
                above.get(key).cloned().unwrap_or(text)
            } else {
                text
            };
            values.insert(key.clone(), text);
        }
        if !values.is_empty() {
            above.clone_from(&values);
            found.push(Row {
                number: index + 1,
                values,
            });
        }
    }
    found
}

/// Whether a row is no data by what its first cell says, or consists of hints.
fn is_aside(cells: &[Cell]) -> bool {
    let mut filled = cells.iter().filter(|cell| !cell.is_blank());
    let Some(first) = filled.next().map(|cell| normalise(&cell.text()).to_lowercase()) else {
        return true;
    };
    let is_hint = |text: &str| HINTS.contains(&fold(text).as_str());
    is_total(&first)
        || is_note(&first)
        || is_example(&first)
        || (is_hint(&first) && filled.all(|cell| is_hint(&cell.text())))
}

/// 合计, 合 计, 合计：12项; but not 合计算法研究.
fn is_total(first: &str) -> bool {
    let squeezed: String = first.chars().filter(|c| *c != ' ').collect();
    let rest = TOTALS.into_iter().find_map(|word| squeezed.strip_prefix(word));
    rest.is_some_and(|rest| {
        rest.chars()
            .all(|c| c.is_ascii_digit() || "项件个家条元万亿:,.()/共".contains(c))
    })
}

/// 备注, 备注：…, 填表人（签字）：…; but not 说明书自动生成方法.
fn is_note(first: &str) -> bool {
    let squeezed: String = first.chars().filter(|c| *c != ' ').collect();
    // With a colon the word before it counts, without one the whole cell; what stands in brackets may belong to
    // either: 填表人（签字）：, 单位（盖章）：
    let head = squeezed.split(':').next().unwrap_or_default();
    let word = fold(head.split('(').next().unwrap_or_default());
    NOTES.contains(&word.as_str()) || NOTES.contains(&fold(head).as_str())
}

/// 示例, 示例：一种…, 示例1, Example: …; but not 示例学习方法.
fn is_example(first: &str) -> bool {
    let rest = EXAMPLES
        .into_iter()
        .find_map(|word| first.trim_start_matches(['(', '【', '[']).strip_prefix(word));
    let marks = |c: char| c.is_ascii_digit() || ":()【】[],.、".contains(c);
    rest.is_some_and(|rest| rest.trim_start().chars().next().is_none_or(marks))
}

/// Whether a row says the same as the header in every mapped column where it says anything: tables that were pasted
/// together, or printed pages.
fn repeats_header(grid: &Grid, mapping: &Mapping, cells: &[Cell]) -> bool {
    let last = mapping.header_row.saturating_add(mapping.header_rows);
    let mut alike = 0;
    for (col, (cell, key)) in cells.iter().zip(&mapping.columns).enumerate() {
        if key.is_none() || cell.is_blank() {
            continue;
        }
        let said = fold(&cell.text());
        if !(mapping.header_row..last).any(|row| fold(&grid.cell(row, col).text()) == said) {
            return false;
        }
        alike += 1;
    }
    // One cell that repeats its head may be a value; two are the header.
    alike > 1
}

fn is_ditto(text: &str) -> bool {
    let squeezed: String = normalise(text).to_lowercase().chars().filter(|c| *c != ' ').collect();
    DITTOS.contains(&squeezed.as_str())
}

fn without_escape(text: String) -> String {
    if is_neutralised(&text) {
        text.chars().skip(1).collect()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{is_example, is_note, is_total, rows};
    use crate::cell::{Cell, Grid};
    use crate::mapping::Mapping;

    fn read(lines: &[&[&str]]) -> Vec<(usize, String, String)> {
        let cell = |text: &&str| {
            if text.is_empty() {
                Cell::Empty
            } else {
                Cell::Text((*text).to_owned())
            }
        };
        let rows_in: Vec<Vec<Cell>> = lines.iter().map(|line| line.iter().map(cell).collect()).collect();
        let grid = Grid {
            name: String::new(),
            hidden: false,
            date1904: false,
            rows: rows_in,
        };
        let mapping = Mapping {
            header_row: 0,
            header_rows: 1,
            columns: vec![None, Some("name".to_owned()), Some("price".to_owned())],
            unknown: Vec::new(),
            missing: Vec::new(),
            unit_hints: std::collections::BTreeMap::new(),
        };
        let value = |row: &super::Row, key: &str| row.values.get(key).cloned().unwrap_or_default();
        rows(&grid, &mapping)
            .iter()
            .map(|row| (row.number, value(row, "name"), value(row, "price")))
            .collect()
    }

    fn row(number: usize, name: &str, price: &str) -> (usize, String, String) {
        (number, name.to_owned(), price.to_owned())
    }

    #[test]
    fn what_is_no_data_is_left_out() {
        let found = read(&[
            &["序号", "名称", "意向价"],
            &["", "必填", "选填"],
            &["示例：1", "一种例子", "5"],
            &["1", "甲", "50"],
            &[],
            &["2", "", ""],
            &["序号", "名称", "意向价"],
            &["3", "乙", ""],
            &["合计", "", "50"],
            &["填表人：张三", "", "联系电话：138"],
            &["备注：以上均为发明", "", ""],
        ]);
        assert_eq!(found, [row(4, "甲", "50"), row(8, "乙", "")]);
    }

    #[test]
    fn dittos_take_the_value_above() {
        let found = read(&[
            &["序号", "名称", "意向价"],
            &["1", "〃", "面议"],
            &["2", "甲", "同上"],
            &["3", "＂", "\""],
            &["4", "乙", ""],
            &["5", "同 上", "〃"],
        ]);
        let expected = [
            row(2, "〃", "面议"),
            row(3, "甲", "面议"),
            row(4, "甲", "面议"),
            row(5, "乙", ""),
            row(6, "乙", "〃"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn neutralised_cells_come_back() {
        let found = read(&[
            &["序号", "名称", "意向价"],
            &["1", "'=甲+乙", "'-5 万"],
            &["2", "'quoted'", "1"],
        ]);
        assert_eq!(found, [row(2, "=甲+乙", "-5 万"), row(3, "'quoted'", "1")]);
    }

    #[test]
    fn names_that_begin_like_asides_are_data() {
        for data in [
            "合计算法研究",
            "说明书自动生成方法",
            "注塑机",
            "备注系统",
            "示例学习方法",
            "example-based translation",
            "审核流程",
        ] {
            assert!(!is_total(data) && !is_note(data) && !is_example(data), "{data}");
        }
        for total in ["合计", "合 计", "总计:12项", "共计 3 件", "total"] {
            assert!(is_total(total), "{total}");
        }
        for note in [
            "备注",
            "说明: 见附件",
            "填表人(签字):",
            "填表人(签字): 张三",
            "注:1. 以上",
            "note: x",
            "单位(盖章):",
        ] {
            assert!(is_note(note), "{note}");
        }
        for example in [
            "示例",
            "示例:一种方法",
            "(示例)一种方法",
            "示例1",
            "example: a method",
            "example",
        ] {
            assert!(is_example(example), "{example}");
        }
    }
}
