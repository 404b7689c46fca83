//! Which column is which: the header is found among the first rows by what its cells say, whether it has one row or
//! two, whatever stands above it.

use std::collections::{BTreeMap, BTreeSet};

use kernel::text::normalise;

use crate::cell::Grid;
use crate::heads::{Head, is_ordinal, unit_above, unit_of};

/// Rows in which the header is looked for: titles, the reporting organisation, notes on how to fill in stand above.
pub const HEADER_SEARCH_ROWS: usize = 12;
/// Columns looked at for heads.
const HEADER_COLS_MAX: usize = 1024;
/// Characters of a cell that are read as a head; what is longer is a note on how to fill in.
const HEAD_CHARS_MAX: usize = 200;

/// One column that is wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ColumnSpec {
    /// The key under which its values are answered.
    pub key: String,
    /// The heads by which it is known, in any language; decoration (brackets, stars, numbering, units) is ignored.
    pub heads: Vec<String>,
    /// Whether a sheet without it is incomplete.
    pub required: bool,
}

/// Where the columns of a sheet are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mapping {
    /// The first row of the header, counted from zero.
    pub header_row: usize,
    /// How many rows the header has: 1 or 2.
    pub header_rows: usize,
    /// For each column of the sheet the key of its spec, where it has one.
    pub columns: Vec<Option<String>>,
    /// Heads that no spec knows, as they stand in the sheet (of two rows joined by `/`). Columns that only count the
    /// rows (序号) are not among them.
    pub unknown: Vec<String>,
    /// Keys of the required specs that have no column.
    pub missing: Vec<String>,
    /// Units of money by key: from the column's own head, else from a line above the table that states one for all
    /// (单位：万元), in which case every other mapped column has it too; only those of money will ask.
    pub unit_hints: BTreeMap<String, String>,
}

/// Finds the header of a sheet among its first [`HEADER_SEARCH_ROWS`] rows and which column answers which spec; of
/// two columns with the same head the first counts. `None` where fewer than two heads are known (one, where one spec
/// is asked for). (R115, R139.)
pub fn map_columns(grid: &Grid, specs: &[ColumnSpec]) -> Option<Mapping> {
    let index = HeadIndex::of(specs);
    let least = specs.len().clamp(1, 2);
    let mut best: Option<Header> = None;
    let depth = grid.rows.len().min(HEADER_SEARCH_ROWS);
    for (row, height) in (0..depth)
        .flat_map(|row| [(row, 1), (row, 2)])
        .filter(|(row, height)| row + height <= depth)
    {
        let header = Header::at(grid, row, height, &index);
        if header.known >= least && best.as_ref().is_none_or(|best| header.is_better_than(best)) {
            best = Some(header);
        }
    }
    best.map(|header| header.into_mapping(grid, specs))
}

/// The specs by their heads.
struct HeadIndex {
    full: BTreeMap<String, usize>,
    /// `None` where specs share the bare name and only the brackets tell them apart.
    base: BTreeMap<String, Option<usize>>,
}

impl HeadIndex {
    fn of(specs: &[ColumnSpec]) -> HeadIndex {
        let mut index = HeadIndex {
            full: BTreeMap::new(),
            base: BTreeMap::new(),
        };
        for (number, spec) in specs.iter().enumerate() {
            for head in spec
                .heads
                .iter()
                .map(|head| Head::of(head))
                .filter(|head| !head.full.is_empty())
            {
                index.full.entry(head.full).or_insert(number);
                let known = index.base.entry(head.base).or_insert(Some(number));
                if *known != Some(number) {
                    *known = None;
                }
            }
        }
        index
    }

    fn find(&self, text: &str) -> Option<usize> {
        let head = Head::of(text);
        if head.full.is_empty() {
            return None;
        }
        let exact = self.full.get(&head.full).or_else(|| self.full.get(&head.base));
        exact.copied().or_else(|| self.base.get(&head.base).copied().flatten())
    }
}

/// A header at a certain place, as a candidate.
struct Header {
    row: usize,
    height: usize,
    /// Per column: its spec, and its label for people.
    columns: Vec<(Option<usize>, String)>,
    /// How many specs have a column.
    known: usize,
}

impl Header {
    fn at(grid: &Grid, row: usize, height: usize, index: &HeadIndex) -> Header {
        let width = (row..row + height)
            .filter_map(|row| grid.rows.get(row))
            .map(Vec::len)
            .max()
            .unwrap_or(0);
        let mut taken = BTreeSet::new();
        let mut columns = Vec::new();
        let mut group = String::new();
        for col in 0..width.min(HEADER_COLS_MAX) {
            let top = head_text(grid, row, col);
            let sub = if height == 2 {
                head_text(grid, row + 1, col)
            } else {
                String::new()
            };
            if !top.is_empty() {
                group.clone_from(&top);
            }
            let (found, label) = if height == 1 {
                (index.find(&top), top)
            } else {
                two_rows(index, &top, &sub, &group)
            };
            // A second column of the same head stays unknown: the person sees that it is not taken.
            let found = found.filter(|spec| taken.insert(*spec));
            columns.push((found, label));
        }
        Header {
            row,
            height,
            columns,
            known: taken.len(),
        }
    }

    /// Whether it knows more columns, or as many in one row: a title above a header is no part of it. Of equals the
    /// upper one stands.
    fn is_better_than(&self, other: &Header) -> bool {
        self.known > other.known || (self.known == other.known && self.height < other.height)
    }

    fn into_mapping(self, grid: &Grid, specs: &[ColumnSpec]) -> Mapping {
        let key = |found: &Option<usize>| found.and_then(|number| specs.get(number)).map(|spec| spec.key.clone());
        let columns: Vec<Option<String>> = self.columns.iter().map(|(found, _)| key(found)).collect();
        let is_unknown =
            |found: &Option<usize>, label: &str| found.is_none() && !label.is_empty() && !is_ordinal(label);
        let unknown = self.columns.iter().filter(|(found, label)| is_unknown(found, label));
        let unknown = unknown.map(|(_, label)| label.clone()).collect();
        let missing = specs
            .iter()
            .filter(|spec| spec.required && !columns.iter().flatten().any(|key| *key == spec.key));
        let missing = missing.map(|spec| spec.key.clone()).collect();
        let general = grid
            .rows
            .iter()
            .take(self.row)
            .flatten()
            .find_map(|cell| unit_above(&cell.text()));
        let mut unit_hints = BTreeMap::new();
        for (key, (_, label)) in columns.iter().zip(&self.columns) {
            if let (Some(key), Some(unit)) = (key, unit_of(label).or(general)) {
                unit_hints.insert(key.clone(), unit.to_owned());
            }
        }
        Mapping {
            header_row: self.row,
            header_rows: self.height,
            columns,
            unknown,
            missing,
            unit_hints,
        }
    }
}

fn head_text(grid: &Grid, row: usize, col: usize) -> String {
    let text: String = grid.cell(row, col).text().chars().take(HEAD_CHARS_MAX).collect();
    normalise(&text)
}

/// The spec and label of a column under a header of two rows: a name above and nothing below, the same in both (the
/// two cells were merged), or a group above (`group`, of which only the first column says it) and a name below.
fn two_rows(index: &HeadIndex, top: &str, sub: &str, group: &str) -> (Option<usize>, String) {
    if sub.is_empty() || sub == top {
        return (index.find(top), top.to_owned());
    }
    if group.is_empty() {
        return (index.find(sub), sub.to_owned());
    }
    let label = format!("{group}/{sub}");
    (index.find(&label).or_else(|| index.find(sub)), label)
}

#[cfg(test)]
mod tests {
    use super::{ColumnSpec, Mapping, map_columns};
    use crate::cell::{Cell, Grid};

    fn grid(rows: &[&[&str]]) -> Grid {
        let cell = |text: &&str| {
            if text.is_empty() {
                Cell::Empty
            } else {
                Cell::Text((*text).to_owned())
            }
        };
        let rows = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        Grid {
            name: "表".to_owned(),
            hidden: false,
            date1904: false,
            rows,
        }
    }

    fn spec(key: &str, heads: &[&str], required: bool) -> ColumnSpec {
        let heads = heads.iter().map(|head| (*head).to_owned()).collect();
        ColumnSpec {
            key: key.to_owned(),
            heads,
            required,
        }
    }

    fn specs() -> Vec<ColumnSpec> {
        vec![
            spec("title", &["专利名称", "Patent title"], true),
            spec("number", &["专利号", "Patent no."], true),
            spec("price", &["意向价", "起拍价"], false),
            spec("person", &["联系人"], true),
            spec("phone", &["联系电话", "联系人/手机", "手机"], true),
        ]
    }

    fn keys(mapping: &Mapping) -> Vec<&str> {
        mapping
            .columns
            .iter()
            .map(|key| key.as_deref().unwrap_or("-"))
            .collect()
    }

    #[test]
    fn the_header_is_found_below_titles() {
        let sheet = grid(&[
            &["2023年专利征集表"],
            &["填报单位：某大学", "", "单位：万元"],
            &[],
            &[
                "序号",
                "*专利名称（与证书一致）",
                "专 利 号",
                "意向价",
                "备注",
                "联系人",
            ],
            &["1", "一种方法", "202010123456.2", "50", "", "张三"],
        ]);
        let mapping = map_columns(&sheet, &specs()).unwrap();
        assert_eq!((mapping.header_row, mapping.header_rows), (3, 1));
        assert_eq!(keys(&mapping), ["-", "title", "number", "price", "-", "person"]);
        assert_eq!(mapping.unknown, ["备注"]);
        assert_eq!(mapping.missing, ["phone"]);
        assert_eq!(mapping.unit_hints.get("price").map(String::as_str), Some("万元"));
    }

    #[test]
    fn a_heads_own_unit_goes_before_the_line_above() {
        let sheet = grid(&[&["单位：万元"], &["专利名称", "专利号", "意向价（元）"]]);
        let mapping = map_columns(&sheet, &specs()).unwrap();
        assert_eq!(mapping.unit_hints.get("price").map(String::as_str), Some("元"));
    }

    #[test]
    fn a_header_of_two_rows_joins_group_and_name() {
        let sheet = grid(&[
            &["专利征集表"],
            &["专利", "", "交易", "联系人", "", "经办人", ""],
            &["名称", "专利号", "意向价（万元）", "姓名", "手机", "姓名", "手机"],
            &["一种方法", "2020", "50", "张三", "138", "李四", "139"],
        ]);
        let mut specs = specs();
        specs[0].heads.push("专利/名称".to_owned());
        specs[3].heads.push("联系人/姓名".to_owned());
        let mapping = map_columns(&sheet, &specs).unwrap();
        assert_eq!((mapping.header_row, mapping.header_rows), (1, 2));
        assert_eq!(
            keys(&mapping),
            ["title", "number", "price", "person", "phone", "-", "-"]
        );
        assert_eq!(mapping.unknown, ["经办人/姓名", "经办人/手机"]);
        assert_eq!(mapping.unit_hints.get("price").map(String::as_str), Some("万元"));
    }

    #[test]
    fn cells_merged_over_both_header_rows_count_once() {
        let sheet = grid(&[
            &["专利名称", "专利号", "联系人", ""],
            &["专利名称", "专利号", "姓名", "手机"],
        ]);
        let mut specs = specs();
        specs[3].heads = vec!["联系人姓名".to_owned()];
        let mapping = map_columns(&sheet, &specs).unwrap();
        assert_eq!(keys(&mapping), ["title", "number", "person", "phone"]);
        assert_eq!(mapping.header_rows, 2);
    }

    #[test]
    fn brackets_tell_apart_what_is_called_alike() {
        let specs = [
            spec("a", &["联系人（企业）"], true),
            spec("b", &["联系人（专家）"], true),
        ];
        let mapping = map_columns(&grid(&[&["联系人(专家)", "联系人(企业)", "联系人"]]), &specs).unwrap();
        assert_eq!(keys(&mapping), ["b", "a", "-"]);
    }

    #[test]
    fn of_two_columns_with_one_head_the_first_counts() {
        let mapping = map_columns(&grid(&[&["专利名称", "专利号", "专利名称"]]), &specs()).unwrap();
        assert_eq!(keys(&mapping), ["title", "number", "-"]);
        assert_eq!(mapping.unknown, ["专利名称"]);
    }

    #[test]
    fn a_sheet_without_a_header_has_none() {
        assert_eq!(map_columns(&grid(&[&["专利名称"], &["一种方法"]]), &specs()), None);
        assert_eq!(map_columns(&grid(&[]), &specs()), None);
        assert_eq!(map_columns(&grid(&[&["", "", ""]]), &specs()), None);
        let low: Vec<&[&str]> = [&[""][..]; 12]
            .into_iter()
            .chain([&["专利名称", "专利号"][..]])
            .collect();
        assert_eq!(map_columns(&grid(&low), &specs()), None);
        assert!(map_columns(&grid(&[&["联系人"]]), &[spec("person", &["联系人"], true)]).is_some());
    }
}
