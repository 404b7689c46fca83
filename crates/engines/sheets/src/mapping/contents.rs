//! Columns by what stands in them. What a text is, the caller's readers say; here it is weighed which column that
//! makes, and only what can be nothing else is taken.

use super::header::{HeadIndex, Header};
use super::{ColumnSpec, FoundBy, HEADER_SEARCH_ROWS, Mapping, like};
use crate::cell::Grid;
use crate::heads::{self, is_ordinal, unit_of};
use crate::rows::{is_aside, is_ditto};

/// Texts of a column that are looked at.
pub const SAMPLES_MAX: usize = 50;
/// Rows in which they are looked for.
const SAMPLE_ROWS_MAX: usize = 400;
/// Characters of a text that are looked at: no value that is known by its form is longer.
const SAMPLE_CHARS_MAX: usize = 200;
/// Percent of the texts that must read as a kind for the column to be one.
const FITS_LEAST: u8 = 80;
/// Percent below which a column is none of a kind, whatever its head says.
const FITS_HEAD_LEAST: u8 = 50;
/// Likeness of heads (of 100) that tells two candidates of one kind apart.
const TIE_LEAST: u8 = 12;
/// Rows that are tried as the header where no head is known: a title, the sender, a note, the header.
const TRIES: usize = 4;
/// Columns that are judged by their contents: the widest official form has about 60. Each is read some hundred times.
const JUDGED_MAX: usize = 60;

/// What a column shows to be judged by.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// Its head; empty where it has none.
    pub head: &'a str,
    /// The unit of money that its head or the line above the table states.
    pub unit: Option<&'a str>,
    /// Up to [`SAMPLES_MAX`] of its texts, none of them blank, long ones cut.
    pub texts: &'a [String],
}

/// How a column's contents fit one spec.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fit {
    /// The spec's key.
    pub key: String,
    /// Of 100 texts so many read as what the spec wants.
    pub percent: u8,
    /// Whether that says anything: that a text reads as a patent number does, that it reads as a name does not.
    pub distinctive: bool,
}

/// Judges a column's contents: how they fit the specs. Specs that it says nothing about may be anything.
pub type Contents<'a> = dyn Fn(&Sample<'_>) -> Vec<Fit> + 'a;

/// Per column its spec and how that is known.
pub(super) fn assign(
    header: &Header,
    grid: &Grid,
    specs: &[ColumnSpec],
    index: &HeadIndex,
    contents: Option<&Contents<'_>>,
) -> Vec<Option<(usize, FoundBy)>> {
    let fits = match contents {
        Some(contents) => judge(header, grid, specs, contents),
        None => vec![Vec::new(); header.columns.len()],
    };
    let fit = |col: usize, spec: usize| {
        let mut of_column = fits.get(col).into_iter().flatten();
        of_column.find(|(number, _)| *number == spec).map(|(_, fit)| fit)
    };
    let alike = like::assign(header, index, |col, spec| {
        fit(col, spec).is_none_or(|fit| fit.percent >= FITS_HEAD_LEAST)
    });
    let mut found: Vec<Option<(usize, FoundBy)>> = Vec::with_capacity(header.columns.len());
    for (column, alike) in header.columns.iter().zip(alike) {
        let by_head = column.spec.map(|spec| (spec, FoundBy::Head));
        found.push(by_head.or(alike.map(|spec| (spec, FoundBy::Like))));
    }
    let is_taken = |spec: usize| found.iter().flatten().any(|(taken, _)| *taken == spec);
    let guess = |col: usize| {
        let is_free = found.get(col).is_some_and(Option::is_none);
        let fitting: Vec<usize> = fits
            .get(col)
            .filter(|_| is_free)?
            .iter()
            .filter(|(_, fit)| fit.distinctive && fit.percent >= FITS_LEAST)
            .map(|(spec, _)| *spec)
            .collect();
        let name = header.columns.get(col).map_or("", |column| column.name.as_str());
        one_of(&fitting, name, index).filter(|(spec, _)| !is_taken(*spec))
    };
    let guesses: Vec<Option<(usize, u8)>> = (0..found.len()).map(guess).collect();
    for (found, by_contents) in found.iter_mut().zip(like::only_claims(&guesses)) {
        *found = found.or(by_contents.map(|spec| (spec, FoundBy::Contents)));
    }
    found
}

/// The one spec that fits, or of several the one whose heads are clearly the likest. One that a head has named already
/// is among them: that the other of two dates is taken does not make a third date the one that is left.
fn one_of(fitting: &[usize], name: &str, index: &HeadIndex) -> Option<(usize, u8)> {
    let mut ranked = like::ranked(name, &index.known);
    ranked.retain(|(spec, _)| fitting.contains(spec));
    if let [only] = fitting {
        return Some((*only, ranked.first().map_or(0, |(_, points)| *points)));
    }
    like::clear(&ranked, TIE_LEAST)
}

/// How the contents of each column that no head names fit the specs.
fn judge(header: &Header, grid: &Grid, specs: &[ColumnSpec], contents: &Contents<'_>) -> Vec<Vec<(usize, Fit)>> {
    let above = header.unit_above(grid);
    let first = header.row.saturating_add(header.height);
    let rows: Vec<usize> = (first..grid.rows.len())
        .filter(|row| grid.rows.get(*row).is_some_and(|cells| !is_aside(cells)))
        .take(SAMPLE_ROWS_MAX)
        .collect();
    let mut judged = 0;
    let mut fits = |(col, column): (usize, &super::header::Column)| {
        if column.spec.is_some() || is_ordinal(&column.label) || heads::own(&column.label).is_some() {
            return Vec::new();
        }
        let texts = texts(grid, &rows, col);
        if texts.is_empty() || judged >= JUDGED_MAX {
            return Vec::new();
        }
        judged += 1;
        let sample = Sample {
            head: &column.label,
            unit: unit_of(&column.label).or(above),
            texts: &texts,
        };
        let number = |fit: Fit| Some((specs.iter().position(|spec| spec.key == fit.key)?, fit));
        contents(&sample).into_iter().filter_map(number).collect()
    };
    header.columns.iter().enumerate().map(&mut fits).collect()
}

/// The texts of a column in these rows, as far as they say something of their own.
fn texts(grid: &Grid, rows: &[usize], col: usize) -> Vec<String> {
    let filled = rows
        .iter()
        .map(|row| grid.cell(*row, col))
        .filter(|cell| !cell.is_blank());
    filled
        .map(|cell| cell.text().chars().take(SAMPLE_CHARS_MAX).collect::<String>())
        .filter(|text| !is_ditto(text))
        .take(SAMPLES_MAX)
        .collect()
}

/// Whether it is worth looking for a header that nobody knows: two columns or more have texts of some kind in them.
/// Most sheets that are no table of what is wanted have none, and a workbook may have many.
pub(super) fn may_tell(grid: &Grid, contents: &Contents<'_>) -> bool {
    let rows: Vec<usize> = (0..grid.rows.len().min(SAMPLE_ROWS_MAX)).collect();
    let width = rows.iter().filter_map(|row| grid.rows.get(*row)).map(Vec::len).max();
    let tells = |col: &usize| {
        let texts = texts(grid, &rows, *col);
        // Which row is the header is not known yet, so a unit may stand in any of the first.
        let mut heads = (0..HEADER_SEARCH_ROWS).map(|row| grid.cell(row, *col).text());
        let sample = Sample {
            head: "",
            unit: heads.find_map(|head| unit_of(&head)),
            texts: &texts,
        };
        // Titles and heads are among the texts here, so less than usual is enough.
        let is_some = |fit: &Fit| fit.percent >= FITS_HEAD_LEAST && (fit.distinctive || fit.percent < FITS_LEAST);
        !texts.is_empty() && contents(&sample).iter().any(is_some)
    };
    (0..width.unwrap_or(0).min(JUDGED_MAX)).filter(tells).take(2).count() == 2
}

/// The rows with which a table may begin whose heads say nothing: the first ones with two cells or more.
pub(super) fn headers(grid: &Grid) -> impl Iterator<Item = usize> {
    let is_wide = |row: &usize| {
        let cells = grid.rows.get(*row).map_or(&[][..], Vec::as_slice);
        cells.iter().filter(|cell| !cell.is_blank()).count() >= 2
    };
    (0..grid.rows.len().min(HEADER_SEARCH_ROWS)).filter(is_wide).take(TRIES)
}

/// Whether a row holds data: most of the columns that were recognised by their contents read in it, too.
pub(super) fn fits_row(grid: &Grid, row: usize, mapping: &Mapping, contents: &Contents<'_>) -> bool {
    let (mut filled, mut fitting) = (0, 0);
    let recognised = mapping.columns.iter().zip(&mapping.found).enumerate();
    for (col, (key, found)) in recognised {
        let cell = grid.cell(row, col);
        let (Some(key), Some(FoundBy::Contents), false) = (key, found, cell.is_blank()) else {
            continue;
        };
        filled += 1;
        let sample = Sample {
            head: "",
            unit: mapping.unit_hints.get(key).map(String::as_str),
            texts: &[cell.text()],
        };
        let fits = contents(&sample);
        let fit = fits.iter().find(|fit| fit.key == *key);
        fitting += usize::from(fit.is_some_and(|fit| fit.percent >= FITS_LEAST));
    }
    fitting > 0 && fitting * 2 >= filled
}
