//! The header: what its cells say, and which rows it is.

use std::collections::{BTreeMap, BTreeSet};

use kernel::text::normalise;

use super::like::{self, Known};
use super::{ColumnSpec, HEADER_SEARCH_ROWS};
use crate::cell::{Cell, Grid};
use crate::heads::{Head, unit_above};

/// Columns looked at for heads.
const COLS_MAX: usize = 1024;
/// Characters of a cell that are read as a head; what is longer is a note on how to fill in.
const HEAD_CHARS_MAX: usize = 200;
/// Rows below the header in which a column without a head is looked for.
const FILLED_ROWS: usize = 50;
/// Points of a head that is known, and of one that is like a known one, when only some are known.
const POINTS: (usize, usize) = (2, 1);
/// Points of a row that is a header though hardly a head of it is known: one and one like it, or three like some.
const POINTS_LEAST: usize = 3;

/// The specs by their heads.
pub(super) struct HeadIndex {
    full: BTreeMap<String, usize>,
    /// `None` where specs share the bare name and only the brackets tell them apart.
    base: BTreeMap<String, Option<usize>>,
    /// All of them, to be compared with.
    pub(super) known: Vec<Known>,
    /// Heads that must be known for a row to be the header.
    pub(super) least: usize,
}

impl HeadIndex {
    pub(super) fn of(specs: &[ColumnSpec]) -> HeadIndex {
        let mut index = HeadIndex {
            full: BTreeMap::new(),
            base: BTreeMap::new(),
            known: Vec::new(),
            least: specs.len().clamp(1, 2),
        };
        for (number, spec) in specs.iter().enumerate() {
            for head in spec
                .heads
                .iter()
                .map(|head| Head::of(head))
                .filter(|head| !head.full.is_empty())
            {
                index.known.push(Known::of(number, &head.base));
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

/// What the header says of one column.
#[derive(Default)]
pub(super) struct Column {
    /// The spec whose head it is.
    pub(super) spec: Option<usize>,
    /// Its label for people.
    pub(super) label: String,
    /// The last part of the label, which names the column where the label names its group too.
    pub(super) name: String,
}

/// A header at a certain place, as a candidate.
pub(super) struct Header {
    pub(super) row: usize,
    pub(super) height: usize,
    pub(super) columns: Vec<Column>,
    /// How many specs have a column.
    known: usize,
}

impl Header {
    /// The header of `height` rows at `row`; of no rows, only as many columns as the data have.
    pub(super) fn at(grid: &Grid, row: usize, height: usize, index: &HeadIndex) -> Header {
        let below = row.saturating_add(height).saturating_add(FILLED_ROWS);
        let rows = grid.rows.get(row..below.min(grid.rows.len())).unwrap_or_default();
        let width = rows.iter().map(Vec::len).max().unwrap_or(0).min(COLS_MAX);
        let mut group = String::new();
        let mut columns: Vec<Column> = (0..width)
            .map(|col| column(grid, row, height, col, &mut group, index))
            .collect();
        let is_hidden = |col: &usize| grid.hidden_cols.contains(col);
        let (hidden, seen): (Vec<usize>, Vec<usize>) = (0..width).partition(is_hidden);
        let mut taken = BTreeSet::new();
        for col in seen.into_iter().chain(hidden) {
            // A second column of the same head stays unknown: the person sees that it is not taken.
            if let Some(column) = columns.get_mut(col) {
                column.spec = column.spec.filter(|spec| taken.insert(*spec));
            }
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

    /// Points where heads that are only like known ones count too.
    fn points(&self, index: &HeadIndex) -> usize {
        let alike = like::assign(self, index, |_, _| true).into_iter().flatten().count();
        self.known * POINTS.0 + alike * POINTS.1
    }

    /// The unit that a line above states for the whole table.
    pub(super) fn unit_above(&self, grid: &Grid) -> Option<&'static str> {
        let above = grid.rows.iter().take(self.row).flatten();
        above
            .filter(|cell| matches!(cell, Cell::Text(_)))
            .find_map(|cell| unit_above(&cell.text()))
    }

    /// Per column whether something stands in the first rows below.
    pub(super) fn filled(&self, grid: &Grid) -> Vec<bool> {
        let first = self.row.saturating_add(self.height);
        let rows = grid.rows.iter().skip(first).take(FILLED_ROWS);
        let mut filled = vec![false; self.columns.len()];
        for cells in rows {
            for (filled, cell) in filled.iter_mut().zip(cells) {
                *filled |= !cell.is_blank();
            }
        }
        filled
    }
}

/// The best header by heads that are known; where those are too few, by heads like them as well.
pub(super) fn by_heads(grid: &Grid, index: &HeadIndex) -> Option<Header> {
    let depth = grid.rows.len().min(HEADER_SEARCH_ROWS);
    let places = || {
        (0..depth)
            .flat_map(|row| [(row, 1), (row, 2)])
            .filter(|(row, height)| row + height <= depth)
    };
    let mut best: Option<Header> = None;
    for (row, height) in places() {
        let header = Header::at(grid, row, height, index);
        if header.known >= index.least && best.as_ref().is_none_or(|best| header.is_better_than(best)) {
            best = Some(header);
        }
    }
    if best.is_some() {
        return best;
    }
    let mut best: Option<(usize, Header)> = None;
    for (row, height) in places() {
        let header = Header::at(grid, row, height, index);
        let points = header.points(index);
        let is_better = |(most, best): &(usize, Header)| points > *most || (points == *most && height < best.height);
        if points >= POINTS_LEAST && best.as_ref().is_none_or(is_better) {
            best = Some((points, header));
        }
    }
    best.map(|(_, header)| header)
}

/// What the header says of a column. Of two rows: a name above and nothing below, the same in both (the two cells were
/// merged), or a group above (`group`, of which only the first column says it) and a name below.
fn column(grid: &Grid, row: usize, height: usize, col: usize, group: &mut String, index: &HeadIndex) -> Column {
    if height == 0 {
        return Column::default();
    }
    let top = head_text(grid, row, col);
    let sub = if height == 2 {
        head_text(grid, row + 1, col)
    } else {
        String::new()
    };
    if !top.is_empty() {
        group.clone_from(&top);
    }
    let plain = |text: String| Column {
        spec: index.find(&text),
        name: text.clone(),
        label: text,
    };
    if sub.is_empty() || sub == top {
        return plain(top);
    }
    if group.is_empty() {
        return plain(sub);
    }
    let label = format!("{group}/{sub}");
    Column {
        spec: index.find(&label).or_else(|| index.find(&sub)),
        label,
        name: sub,
    }
}

fn head_text(grid: &Grid, row: usize, col: usize) -> String {
    let text: String = grid.cell(row, col).text().chars().take(HEAD_CHARS_MAX).collect();
    normalise(&text)
}
