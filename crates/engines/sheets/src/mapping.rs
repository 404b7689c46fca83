//! Which column is which: the header is found among the first rows by what its cells say, whether it has one row or
//! two, whatever stands above it. Columns whose heads nobody knows are recognised by heads like theirs, then by what
//! stands in them; each says how it was found, and a person can say otherwise.

mod contents;
mod header;
mod like;

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::{Grid, letters};
use crate::heads::{self, Own, is_ordinal, unit_of};
use header::{HeadIndex, Header};

pub use contents::{Contents, Fit, SAMPLES_MAX, Sample};

/// Rows in which the header is looked for: titles, the reporting organisation, notes on how to fill in stand above.
pub const HEADER_SEARCH_ROWS: usize = 12;
/// Rows of the highest header: groups above, names below.
const HEADER_ROWS_MAX: usize = 2;

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

/// How it is known what a column is. All but the first and the last are guesses, and are to be shown as such.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FoundBy {
    /// Its head is one of those known.
    Head,
    /// Its head is like one of those known, and like no other's.
    Like,
    /// What stands in it reads as what is wanted, and as nothing else that is wanted.
    Contents,
    /// A person said so ([`Mapping::with_columns`]).
    Hand,
}

impl FoundBy {
    /// The stable word for it: `head`, `like`, `contents` or `hand`.
    pub fn code(self) -> &'static str {
        match self {
            FoundBy::Head => "head",
            FoundBy::Like => "like",
            FoundBy::Contents => "contents",
            FoundBy::Hand => "hand",
        }
    }
}

/// Where the columns of a sheet are.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Mapping {
    /// The first row of the header, counted from zero; where there is no header, the first row of data.
    pub header_row: usize,
    /// How many rows the header has: 1 or 2, or 0 where the data begin without one.
    pub header_rows: usize,
    /// The head of each column as it stands in the sheet (of two rows joined by `/`); empty where there is none.
    pub heads: Vec<String>,
    /// For each column of the sheet the key of its spec, where it has one.
    pub columns: Vec<Option<String>>,
    /// For each column how that is known.
    pub found: Vec<Option<FoundBy>>,
    /// Columns that hold something and that no spec knows, by [`Mapping::name`]. Columns that only count the rows (序号)
    /// and those that an annotated workbook brings back (问题, 原行号) are not among them.
    pub unknown: Vec<String>,
    /// Keys of the required specs that have no column.
    pub missing: Vec<String>,
    /// Units of money by key: from the column's own head, else from a line above the table that states one for all
    /// (单位：万元), in which case every other mapped column has it too; only those of money will ask.
    pub unit_hints: BTreeMap<String, String>,
    /// The column that holds each row's number in the file from which an annotated workbook was made.
    pub origin: Option<usize>,
    /// The unit that a line above the table states for all of it.
    pub unit_above: Option<String>,
    /// Columns in which something stands below the header.
    filled: Vec<bool>,
}

/// Finds the header of a sheet among its first [`HEADER_SEARCH_ROWS`] rows and which column answers which spec, by
/// heads alone; of two columns with the same head the first counts. `None` where fewer than two heads are known (one,
/// where one spec is asked for). (R115, R139.)
pub fn map_columns(grid: &Grid, specs: &[ColumnSpec]) -> Option<Mapping> {
    map_columns_by(grid, specs, None)
}

/// The same with the help of what stands in the columns, which `contents` judges: heads that are known go before heads
/// that are like them, these before contents. Where no head says anything but the contents of two columns do, the row
/// before the data is the header, or there is none.
pub fn map_columns_by(grid: &Grid, specs: &[ColumnSpec], contents: Option<&Contents<'_>>) -> Option<Mapping> {
    if grid.is_own() {
        return None;
    }
    let index = HeadIndex::of(specs);
    let built = |header: Header| Mapping::build(header, grid, specs, &index, contents);
    // Contents may refuse a head that is only like a known one.
    let is_enough = |mapping: &Mapping| mapping.found.iter().flatten().count() >= index.least;
    header::by_heads(grid, &index).map(built).filter(is_enough).or_else(|| {
        let contents = contents.filter(|contents| contents::may_tell(grid, contents))?;
        contents::headers(grid).find_map(|row| by_contents(grid, row, specs, contents))
    })
}

/// The mapping where the row before the data, or the data themselves, begin at `row` or somewhat below it; `None` where
/// fewer than two columns are recognised.
fn by_contents(grid: &Grid, row: usize, specs: &[ColumnSpec], contents: &Contents<'_>) -> Option<Mapping> {
    let tried = Mapping::at(grid, row, 1, specs, Some(contents));
    if tried.found.iter().flatten().count() < 2 {
        return None;
    }
    let first = (row..grid.rows.len()).find(|row| contents::fits_row(grid, *row, &tried, contents))?;
    let header = (row..first)
        .rev()
        .find(|row| grid.rows.get(*row).is_some_and(|cells| !cells.is_empty()));
    let mapping = match header {
        Some(header) if header == row => tried,
        Some(header) => Mapping::at(grid, header, 1, specs, Some(contents)),
        None => Mapping::at(grid, first, 0, specs, Some(contents)),
    };
    (mapping.found.iter().flatten().count() >= 2).then_some(mapping)
}

impl Mapping {
    /// The mapping where the header is said to begin at `header_row` (counted from zero) and to have `header_rows` (0,
    /// 1 or 2) rows, whatever the sheet looks like: for a person who knows better.
    pub fn at(
        grid: &Grid,
        header_row: usize,
        header_rows: usize,
        specs: &[ColumnSpec],
        contents: Option<&Contents<'_>>,
    ) -> Mapping {
        let index = HeadIndex::of(specs);
        let header = Header::at(grid, header_row, header_rows.min(HEADER_ROWS_MAX), &index);
        Mapping::build(header, grid, specs, &index, contents)
    }

    /// The same sheet with its columns as a person says; of two columns with one key the first counts, and keys that
    /// no spec has count as none. What is unknown, missing and the units follow.
    pub fn with_columns(&self, columns: &[Option<String>], specs: &[ColumnSpec]) -> Mapping {
        let mut taken = BTreeSet::new();
        let mut said = |col: usize| {
            let key = columns.get(col)?.as_ref()?;
            (specs.iter().any(|spec| spec.key == *key) && taken.insert(key)).then(|| key.clone())
        };
        let columns: Vec<Option<String>> = (0..self.columns.len()).map(&mut said).collect();
        let found = columns.iter().enumerate().map(|(col, key)| {
            let is_same = self.columns.get(col) == Some(key);
            let before = self.found.get(col).copied().flatten().filter(|_| is_same);
            key.as_ref().map(|_| before.unwrap_or(FoundBy::Hand))
        });
        let mut mapping = Mapping {
            found: found.collect(),
            columns,
            ..self.clone()
        };
        mapping.follow(specs);
        mapping
    }

    /// A column as a person names it: by its head, or by its letters where it has none.
    pub fn name(&self, col: usize) -> String {
        match self.heads.get(col) {
            Some(head) if !head.is_empty() => head.clone(),
            _ => letters(col),
        }
    }

    /// The first row of data, counted from zero.
    pub fn first_row(&self) -> usize {
        self.header_row.saturating_add(self.header_rows)
    }

    fn build(
        header: Header,
        grid: &Grid,
        specs: &[ColumnSpec],
        index: &HeadIndex,
        contents: Option<&Contents<'_>>,
    ) -> Mapping {
        let found = contents::assign(&header, grid, specs, index, contents);
        let key = |(number, _): (usize, FoundBy)| specs.get(number).map(|spec| spec.key.clone());
        let mut mapping = Mapping {
            header_row: header.row,
            header_rows: header.height,
            columns: found.iter().map(|found| found.and_then(key)).collect(),
            found: found.iter().map(|found| found.map(|(_, by)| by)).collect(),
            unit_above: header.unit_above(grid).map(str::to_owned),
            filled: header.filled(grid),
            heads: header.columns.into_iter().map(|column| column.label).collect(),
            ..Mapping::default()
        };
        mapping.follow(specs);
        mapping
    }

    /// Works out what follows from the columns.
    fn follow(&mut self, specs: &[ColumnSpec]) {
        let free = (0..self.columns.len()).filter(|col| self.columns.get(*col).is_some_and(Option::is_none));
        let own = |col: &usize| self.heads.get(*col).and_then(|head| heads::own(head));
        let origin = free.clone().find(|col| own(col) == Some(Own::Row));
        let says = |col: &usize| {
            let head = self.heads.get(*col).map_or("", String::as_str);
            let is_filled = self.filled.get(*col).copied().unwrap_or(false);
            (is_filled || !head.is_empty()) && !is_ordinal(head) && own(col).is_none()
        };
        let unknown = free.filter(says).map(|col| self.name(col)).collect();
        let is_missing = |spec: &&ColumnSpec| spec.required && !self.columns.iter().flatten().any(|k| *k == spec.key);
        let missing = specs.iter().filter(is_missing).map(|spec| spec.key.clone()).collect();
        let mut unit_hints = BTreeMap::new();
        for (key, head) in self.columns.iter().zip(&self.heads) {
            if let (Some(key), Some(unit)) = (key, unit_of(head).or(self.unit_above.as_deref())) {
                unit_hints.insert(key.clone(), unit.to_owned());
            }
        }
        (self.origin, self.unknown, self.missing, self.unit_hints) = (origin, unknown, missing, unit_hints);
    }
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
            rows,
            ..Grid::default()
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
