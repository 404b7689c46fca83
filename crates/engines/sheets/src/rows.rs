//! The rows of data under a header: what is no data is left out, what refers to the row above is resolved.

use std::collections::{BTreeMap, BTreeSet};

use kernel::text::{fold, normalise};

use crate::cell::{Cell, Grid};
use crate::mapping::Mapping;
use crate::write::unneutralised;

/// One row of data.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Its number in the file as the program that shows it counts: from 1.
    pub number: usize,
    /// Its number in the file from which an annotated workbook was made, where this is one and the row was not added
    /// since. Whoever mended it may have copied a row with its number, so two rows can say the same.
    pub origin: Option<usize>,
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
    let mut reading = Reading::of(&grid.rows, mapping);
    let lines = grid.rows.iter().enumerate().skip(mapping.first_row());
    lines
        .filter_map(|(index, cells)| reading.row(index, cells.clone()))
        .collect()
}

/// The same rows one by one, for callers that work through many: the sheet is taken, and each of its rows let go of
/// when the next is asked for.
pub fn rows_iter(grid: Grid, mapping: &Mapping) -> impl Iterator<Item = Row> + use<> {
    let mut reading = Reading::of(&grid.rows, mapping);
    let lines = grid.rows.into_iter().enumerate().skip(mapping.first_row());
    lines.filter_map(move |(index, cells)| reading.row(index, cells))
}

/// Rows while they are read one after the other.
struct Reading {
    /// Each mapped column and its key, in the order of the keys.
    keys: Vec<(usize, String)>,
    /// The columns of `keys` in which 同上 or the like occurs, with the value above.
    above: BTreeMap<usize, Option<String>>,
    /// What the header says in each column, for comparison.
    header: Vec<BTreeSet<String>>,
    /// The column of the numbers in the first file.
    origin: Option<usize>,
}

impl Reading {
    fn of(lines: &[Vec<Cell>], mapping: &Mapping) -> Reading {
        let mapped = mapping.columns.iter().enumerate();
        let mut keys: Vec<(usize, String)> = mapped.filter_map(|(col, key)| Some((col, key.clone()?))).collect();
        keys.sort_by(|(_, a), (_, b)| a.cmp(b));
        let data = lines.get(mapping.first_row()..).unwrap_or_default();
        let has_dittos = |col: usize| {
            data.iter()
                .filter_map(|cells| cells.get(col))
                .any(|cell| matches!(cell, Cell::Text(text) if is_ditto(text)))
        };
        let above = keys.iter().map(|(col, _)| *col).filter(|col| has_dittos(*col));
        let header = lines.get(mapping.header_row..mapping.first_row()).unwrap_or_default();
        let said = |col: usize| {
            header
                .iter()
                .filter_map(move |cells| cells.get(col))
                .map(|cell| fold(&cell.text()))
        };
        Reading {
            above: above.map(|col| (col, None)).collect(),
            header: (0..mapping.columns.len()).map(|col| said(col).collect()).collect(),
            origin: mapping.origin,
            keys,
        }
    }

    /// The row of these cells, where they are data.
    fn row(&mut self, index: usize, mut cells: Vec<Cell>) -> Option<Row> {
        let origin = self.origin.and_then(|col| cells.get(col)).and_then(number);
        // A row that we wrote ourselves is data whatever it begins with.
        if origin.is_none() && (is_aside(&cells) || self.repeats_header(&cells)) {
            return None;
        }
        let mut texts: Vec<(usize, String)> = Vec::with_capacity(self.keys.len());
        for (at, (col, _)) in self.keys.iter().enumerate() {
            let cell = cells.get_mut(*col).map(std::mem::take).unwrap_or_default();
            if cell.is_blank() {
                continue;
            }
            let text = unneutralised(cell.into_text());
            let above = self.above.get(col).filter(|_| is_ditto(&text)).cloned().flatten();
            texts.push((at, above.unwrap_or(text)));
        }
        if texts.is_empty() {
            return None;
        }
        for above in self.above.values_mut() {
            *above = None;
        }
        for (at, text) in &texts {
            let above = self.keys.get(*at).and_then(|(col, _)| self.above.get_mut(col));
            if let Some(above) = above {
                *above = Some(text.clone());
            }
        }
        let key = |(at, text): (usize, String)| Some((self.keys.get(at)?.1.clone(), text));
        Some(Row {
            number: index + 1,
            origin,
            values: texts.into_iter().filter_map(key).collect(),
        })
    }

    /// Whether a row says the same as the header in every mapped column where it says anything: tables that were
    /// pasted together, or printed pages.
    fn repeats_header(&self, cells: &[Cell]) -> bool {
        let mut alike = 0;
        for (col, _) in &self.keys {
            let Some(cell) = cells.get(*col).filter(|cell| !cell.is_blank()) else {
                continue;
            };
            let said = fold(&cell.text());
            if !self.header.get(*col).is_some_and(|heads| heads.contains(&said)) {
                return false;
            }
            alike += 1;
        }
        // One cell that repeats its head may be a value; two are the header.
        alike > 1
    }
}

/// The row number in a cell.
fn number(cell: &Cell) -> Option<usize> {
    let text = normalise(&cell.text());
    text.parse().ok().filter(|number| *number > 0)
}

/// Bytes of a text that can mean the value above, spaces between its letters included.
const DITTO_BYTES_MAX: usize = 32;

/// Whether a row is no data by what its first cell says, or consists of hints.
pub(crate) fn is_aside(cells: &[Cell]) -> bool {
    let mut filled = cells.iter().filter(|cell| !cell.is_blank());
    let Some(first) = filled.next() else { return true };
    let Some(first) = beginning(first).map(|text| normalise(text).to_lowercase()) else {
        return false;
    };
    let is_hint = |text: &str| HINTS.contains(&fold(text).as_str());
    is_total(&first)
        || is_note(&first)
        || is_example(&first)
        || (is_hint(&first) && filled.all(|cell| is_hint(&cell.text())))
}

/// The text of a cell with whose first letter such a row can begin. Nearly every row is told by that, and all are asked.
fn beginning(cell: &Cell) -> Option<&str> {
    let Cell::Text(text) = cell else { return None };
    let first = text.trim_start_matches(|c: char| !c.is_alphabetic()).chars().next()?;
    let lower = match first {
        'Ａ'..='Ｚ' => char::from_u32(u32::from(first) - u32::from('Ａ') + u32::from('a')),
        'ａ'..='ｚ' => char::from_u32(u32::from(first) - u32::from('ａ') + u32::from('a')),
        other => Some(other.to_ascii_lowercase()),
    };
    let words = || TOTALS.iter().chain(&NOTES).chain(&EXAMPLES).chain(&HINTS);
    words().any(|word| word.chars().next() == lower).then_some(text)
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

/// Whether a text means the value above.
pub(crate) fn is_ditto(text: &str) -> bool {
    // Nearly every text is told by its length or its first letter, and this is asked of every cell.
    let begins = |c: char| {
        matches!(
            c,
            '〃' | '″' | '〞' | '"' | '“' | '”' | '\'' | '同' | '上' | 'd' | 'D' | '＂' | '＇' | 'Ｄ' | 'ｄ'
        )
    };
    let is_short = text.len() <= DITTO_BYTES_MAX;
    if !is_short || !text.trim_start().starts_with(begins) {
        return false;
    }
    let squeezed: String = normalise(text).to_lowercase().chars().filter(|c| *c != ' ').collect();
    DITTOS.contains(&squeezed.as_str())
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
            rows: rows_in,
            ..Grid::default()
        };
        let mut mapping = Mapping::default();
        mapping.header_rows = 1;
        mapping.columns = vec![None, Some("name".to_owned()), Some("price".to_owned())];
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
