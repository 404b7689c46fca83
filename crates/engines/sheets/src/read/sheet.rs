//! One sheet while it is read: every format puts its cells here, and the limits are kept here for all of them.

use std::collections::BTreeSet;

use crate::cell::{Cell, Grid, a1};
use crate::limits::Budget;
use crate::refusal::Refusal;

/// A merged region, counted from zero, ends included. Only its first column is filled (see [`SheetBuilder::fill_down`]).
#[derive(Clone, Copy, Debug)]
pub(super) struct Merged {
    /// Its first row, which holds the value.
    pub(super) top: usize,
    /// Its last row.
    pub(super) bottom: usize,
    /// Its first column.
    pub(super) left: usize,
}

/// The cells of a sheet so far.
pub(super) struct SheetBuilder<'b, 'l> {
    name: String,
    rows: Vec<Vec<Cell>>,
    budget: &'b mut Budget<'l>,
}

impl<'b, 'l> SheetBuilder<'b, 'l> {
    /// An empty sheet that draws on the file's budget.
    pub(super) fn new(name: impl Into<String>, budget: &'b mut Budget<'l>) -> Self {
        SheetBuilder {
            name: name.into(),
            rows: Vec::new(),
            budget,
        }
    }

    /// Puts a text; texts of nothing but spaces are no cells, wherever they stand.
    pub(super) fn put_text(&mut self, row: usize, col: usize, text: &str) -> Result<(), Refusal> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let limit = self.budget.limits.cell_bytes;
        if text.len() > limit {
            let cell = a1(row, col);
            return Err(Refusal::CellTooLong {
                sheet: self.name.clone(),
                cell,
                bytes: text.len(),
                limit,
            });
        }
        self.budget.text(text.len())?;
        self.place(row, col, Cell::Text(text.to_owned()))
    }

    /// Puts any cell.
    pub(super) fn put(&mut self, row: usize, col: usize, cell: Cell) -> Result<(), Refusal> {
        match cell {
            Cell::Empty => Ok(()),
            Cell::Text(text) => self.put_text(row, col, &text),
            other => self.place(row, col, other),
        }
    }

    fn place(&mut self, row: usize, col: usize, cell: Cell) -> Result<(), Refusal> {
        let limits = self.budget.limits;
        if row >= limits.rows {
            return Err(Refusal::TooManyRows {
                sheet: self.name.clone(),
                row: row + 1,
                limit: limits.rows,
            });
        }
        if col >= limits.cols {
            return Err(self.too_broad(col + 1));
        }
        if row >= self.rows.len() {
            self.rows.resize_with(row + 1, Vec::new);
        }
        let cells = &mut self.rows[row];
        if col >= cells.len() {
            self.budget.cells(col + 1 - cells.len())?;
            cells.resize(col + 1, Cell::Empty);
        }
        cells[col] = cell;
        Ok(())
    }

    /// The refusal for something in a column (counted from 1) that is too far to the right.
    pub(super) fn too_broad(&self, col: usize) -> Refusal {
        Refusal::TooManyColumns {
            sheet: self.name.clone(),
            col,
            limit: self.budget.limits.cols,
        }
    }

    /// Gives the rows of merged regions the value of their first row: a company's name merged over its three patents
    /// stands for all three. Only the first column of a region is filled (a title merged over the width of the sheet
    /// is one title), and only rows that hold something else (a merged region is no reason for a row to exist).
    pub(super) fn fill_down(&mut self, regions: &[Merged]) -> Result<(), Refusal> {
        let was_filled: Vec<bool> = self.rows.iter().map(|cells| !cells.is_empty()).collect();
        for region in regions {
            let Some(value) = self
                .rows
                .get(region.top)
                .and_then(|cells| cells.get(region.left))
                .cloned()
            else {
                continue;
            };
            let below = (region.top + 1)..(region.bottom.saturating_add(1)).min(self.rows.len());
            // A merged region costs its height even where nothing is filled, so that a million of them end too.
            self.budget.cells(below.len())?;
            for row in below {
                let is_free = self.rows[row].get(region.left).is_none_or(Cell::is_blank);
                if was_filled[row] && is_free {
                    self.put(row, region.left, value.clone())?;
                }
            }
        }
        Ok(())
    }

    /// The sheet as read.
    pub(super) fn finish(self, hidden: bool, date1904: bool) -> Grid {
        Grid {
            name: self.name,
            hidden,
            date1904,
            hidden_cols: BTreeSet::new(),
            rows: self.rows,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Merged, SheetBuilder};
    use crate::cell::Cell;
    use crate::limits::{Budget, Limits};
    use crate::refusal::Refusal;

    fn limits() -> Limits {
        Limits {
            bytes: 1000,
            rows: 5,
            cols: 3,
            cell_bytes: 6,
        }
    }

    #[test]
    fn limits_name_the_place() {
        let limits = limits();
        let mut budget = Budget::new(&limits);
        let mut sheet = SheetBuilder::new("甲", &mut budget);
        assert_eq!(sheet.put_text(4, 2, "abcdef"), Ok(()));
        let long = sheet.put_text(1, 1, "abcdefg");
        let expected = Refusal::CellTooLong {
            sheet: "甲".to_owned(),
            cell: "B2".to_owned(),
            bytes: 7,
            limit: 6,
        };
        assert_eq!(long, Err(expected));
        let low = sheet.put(5, 0, Cell::Number(1.0));
        assert_eq!(
            low,
            Err(Refusal::TooManyRows {
                sheet: "甲".to_owned(),
                row: 6,
                limit: 5
            })
        );
        let wide = sheet.put(0, 3, Cell::Bool(true));
        assert_eq!(
            wide,
            Err(Refusal::TooManyColumns {
                sheet: "甲".to_owned(),
                col: 4,
                limit: 3
            })
        );
    }

    #[test]
    fn stray_spaces_are_no_cells() {
        let limits = limits();
        let mut budget = Budget::new(&limits);
        let mut sheet = SheetBuilder::new("甲", &mut budget);
        assert_eq!(sheet.put_text(1_048_575, 0, " \u{3000}"), Ok(()));
        assert!(sheet.finish(false, false).rows.is_empty());
    }

    #[test]
    fn merged_cells_fill_rows_that_exist() {
        let limits = limits();
        let mut budget = Budget::new(&limits);
        let mut sheet = SheetBuilder::new("甲", &mut budget);
        for (row, col, text) in [(0, 0, "公司"), (0, 1, "a"), (1, 1, "b"), (3, 1, "d")] {
            assert_eq!(sheet.put_text(row, col, text), Ok(()));
        }
        let regions = [
            Merged {
                top: 0,
                bottom: 1_000_000,
                left: 0,
            },
            Merged {
                top: 9,
                bottom: 12,
                left: 0,
            },
        ];
        assert_eq!(sheet.fill_down(&regions), Ok(()));
        let grid = sheet.finish(false, false);
        assert_eq!(grid.cell(1, 0).text(), "公司");
        assert_eq!(grid.cell(2, 0), &Cell::Empty);
        assert_eq!(grid.cell(3, 0).text(), "公司");
    }
}
