//! Zipped workbooks (`.xlsx`, `.xlsm`), read cell by cell with calamine: its ranges are rectangles over all cells, so
//! that two cells in opposite corners would cost gigabytes.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::archive;
use super::layout::Layout;
use super::sheet::{Merged, SheetBuilder};
use crate::cell::{Cell, Grid};
use crate::formats::Look;
use crate::limits::{Budget, SHEETS_MAX};
use crate::refusal::Refusal;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads all worksheets; sheets of charts and dialogs are none.
pub(super) fn read(bytes: &[u8], budget: &mut Budget<'_>) -> Result<Vec<Grid>, Refusal> {
    // Cell references and the like are computed unchecked in the library; a crafted one must not end the request.
    // Nothing outlives the closure but the budget, which is thrown away with the refusal.
    let answer = catch_unwind(AssertUnwindSafe(|| {
        let layout = archive::inspect(bytes)?;
        workbook(bytes, &layout, budget)
    }));
    answer.unwrap_or_else(|_| Err(Refusal::broken("the workbook's parts contradict each other")))
}

fn workbook(bytes: &[u8], layout: &Layout, budget: &mut Budget<'_>) -> Result<Vec<Grid>, Refusal> {
    let mut book = Book::new(Cursor::new(bytes)).map_err(refusal)?;
    let date1904 = book.has_1904_epoch();
    let is_sheet = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet;
    let sheets: Vec<_> = book.sheets_metadata().iter().filter(is_sheet).cloned().collect();
    if sheets.len() > SHEETS_MAX {
        return Err(Refusal::TooManySheets {
            sheets: sheets.len(),
            limit: SHEETS_MAX,
        });
    }
    let mut looks = None;
    let cols = budget.limits.cols;
    let mut grids = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let mut builder = SheetBuilder::new(sheet.name.as_str(), budget);
        cells(&mut book, &sheet.name, date1904, &mut looks, &mut builder)?;
        if layout.has_merged {
            let regions = book.merge_cells_by_sheet_name(&sheet.name).map_err(refusal)?;
            let regions: Vec<Merged> = regions.iter().filter_map(merged).collect();
            builder.fill_down(&regions)?;
        }
        let mut grid = builder.finish(sheet.visible != SheetVisible::Visible, date1904);
        grid.hidden_cols = layout.hidden_of(&sheet.name, cols);
        grids.push(grid);
    }
    Ok(grids)
}

/// Puts the cells of one sheet. `looks` are the workbook's formats by number, worked out with the first sheet.
fn cells(
    book: &mut Book<'_>,
    name: &str,
    date1904: bool,
    looks: &mut Option<Vec<Look>>,
    builder: &mut SheetBuilder<'_, '_>,
) -> Result<(), Refusal> {
    let mut reader = book.worksheet_cells_reader(name).map_err(refusal)?;
    let looks = looks.get_or_insert_with(|| {
        reader
            .styles()
            .iter()
            .map(|style| Look::of_format(style.number_format.as_ref()))
            .collect()
    });
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(refusal)? {
        let (row, col) = cell.get_position();
        let (row, col) = (row as usize, col as usize);
        let number = |value: f64| looks.get(style).unwrap_or(&Look::General).show(value, date1904);
        match cell.get_value() {
            DataRef::Empty => {}
            DataRef::SharedString(text) => builder.put_text(row, col, text)?,
            DataRef::String(text) | DataRef::DurationIso(text) => builder.put_text(row, col, text)?,
            DataRef::DateTimeIso(text) => builder.put_text(row, col, &iso_date(text))?,
            DataRef::Float(value) => builder.put(row, col, number(*value))?,
            DataRef::Int(value) => builder.put(row, col, number(*value as f64))?,
            DataRef::Bool(value) => builder.put(row, col, Cell::Bool(*value))?,
            DataRef::DateTime(moment) => {
                let look = if moment.is_duration() {
                    Look::Elapsed
                } else {
                    Look::Date
                };
                builder.put(row, col, look.show(moment.as_f64(), date1904))?;
            }
            DataRef::Error(error) => builder.put(row, col, Cell::Error(error.to_string()))?,
        }
    }
    Ok(())
}

/// `2020-01-01T08:30:00` as it is shown everywhere else: `2020-01-01 08:30`, without the time at midnight.
fn iso_date(text: &str) -> String {
    match text.split_once('T') {
        Some((day, time)) if time.starts_with("00:00") => day.to_owned(),
        Some((day, time)) => format!("{day} {}", time.get(..5).unwrap_or(time)),
        None => text.to_owned(),
    }
}

fn merged(region: &Dimensions) -> Option<Merged> {
    let is_tall = region.end.0 > region.start.0;
    let (top, bottom, left) = (region.start.0 as usize, region.end.0 as usize, region.start.1 as usize);
    is_tall.then_some(Merged { top, bottom, left })
}

fn refusal(error: XlsxError) -> Refusal {
    match error {
        XlsxError::Password => Refusal::Encrypted,
        other => Refusal::broken(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::iso_date;

    #[test]
    fn iso_dates_are_shown_like_others() {
        assert_eq!(iso_date("2020-01-01T00:00:00"), "2020-01-01");
        assert_eq!(iso_date("2020-01-01T08:30:00Z"), "2020-01-01 08:30");
        assert_eq!(iso_date("2020-01-01"), "2020-01-01");
        assert_eq!(iso_date("T€"), " €");
    }
}
