//! From a file's bytes to rows that read the same without the sheet around them.

use std::collections::BTreeMap;

use forms::{Context, Draft, Form, Kind as FieldKind, Must, Value};
use jcore::{Fault, FaultKind, Lang, MAX_FILE_BYTES, Result, Words};
use kernel::Regions;
use sheets::{ColumnSpec, Grid, Limits, Mapping, Refusal};

use crate::Checked;
use crate::stored::StoredMapping;

/// Rows that one file may bring, all sheets together: ten times the largest yearly list, and some 100 MB while it is
/// checked.
pub const ROWS_MAX: usize = 10_000;
/// Of sheets in one workbook, those count which have at least this share of the columns that the best one has: a sheet
/// of notes that happens to name two columns is none of the form's.
const SHEET_SHARE: usize = 2;
/// Heads of columns that only count rows or carry our own remarks back; nobody misses them.
const OWN_HEADS: &[&str] = &["问题", "Issues"];

/// A sheet that was read.
#[derive(Debug)]
pub(crate) struct SheetRead {
    pub(crate) name: String,
    pub(crate) mapping: StoredMapping,
    pub(crate) rows: Vec<Checked>,
}

/// What files are taken within.
pub(crate) fn limits() -> Limits {
    Limits {
        bytes: MAX_FILE_BYTES,
        rows: ROWS_MAX,
        ..Limits::default()
    }
}

/// Reads a file's sheets that answer the form, each row read and checked cell by cell.
///
/// # Errors
/// A fault in words of both languages: no table, no known columns, no rows, too many rows.
pub(crate) fn file(
    form: &'static Form,
    name: &str,
    bytes: &[u8],
    regions: &Regions,
    words: &Words,
) -> Result<Vec<SheetRead>> {
    let grids = sheets::read(name, bytes, &limits()).map_err(|refusal| refused(words, &refusal))?;
    let specs = specs(form);
    let mut found: Vec<(usize, Grid, Mapping)> = Vec::new();
    for (at, grid) in grids
        .into_iter()
        .enumerate()
        .filter(|(_, grid)| !grid.hidden && !grid.rows.is_empty())
    {
        if let Some(mapping) = sheets::map_columns(&grid, &specs) {
            found.push((at, grid, mapping));
        }
    }
    let known = |mapping: &Mapping| mapping.columns.iter().flatten().count();
    let Some(best) = found.iter().map(|(_, _, mapping)| known(mapping)).max() else {
        return Err(Fault::new(FaultKind::Refused, "intake-no-header").with("heads", expected_heads(form)));
    };
    found.retain(|(_, _, mapping)| known(mapping) * SHEET_SHARE >= best);
    let read = |(at, grid, mapping)| sheet(form, at, &grid, &mapping, regions);
    let mut out: Vec<SheetRead> = found.into_iter().map(read).collect();
    out.retain(|sheet| !sheet.rows.is_empty());
    let rows: usize = out.iter().map(|sheet| sheet.rows.len()).sum();
    match rows {
        0 => Err(Fault::new(FaultKind::Refused, "intake-no-rows")),
        n if n > ROWS_MAX => {
            let fault = Fault::new(FaultKind::Refused, "intake-too-many-rows").with("n", n.to_string());
            Err(fault.with("max", ROWS_MAX.to_string()))
        }
        _ => Ok(out),
    }
}

/// A refusal in words: the reader's language is not known here, so in both.
fn refused(words: &Words, refusal: &Refusal) -> Fault {
    let args: Vec<(&str, String)> = refusal.args();
    let why = |lang| words.get(lang, &format!("refusal-{}", refusal.code()), &args);
    let kind = match refusal {
        Refusal::TooLarge { .. } => FaultKind::TooLarge,
        Refusal::UnknownFormat { .. } | Refusal::EtFormat | Refusal::Encrypted => FaultKind::Unsupported,
        _ => FaultKind::Refused,
    };
    Fault::new(kind, "intake-file")
        .with("why", why(Lang::Zh))
        .with("why_en", why(Lang::En))
}

/// The columns that a form asks for.
pub(crate) fn specs(form: &'static Form) -> Vec<ColumnSpec> {
    let spec = |field: &'static forms::Field| ColumnSpec {
        key: field.key.to_owned(),
        heads: field.heads.iter().map(|head| (*head).to_owned()).collect(),
        required: field.must == Must::Yes,
    };
    form.fields().map(spec).collect()
}

/// The first required heads, for the message that none was found.
fn expected_heads(form: &'static Form) -> String {
    const SHOWN: usize = 5;
    let required = form
        .fields()
        .filter(|field| field.must == Must::Yes)
        .map(|field| field.head_zh());
    required.take(SHOWN).collect::<Vec<_>>().join("、")
}

fn sheet(form: &'static Form, at: usize, grid: &Grid, mapping: &Mapping, regions: &Regions) -> SheetRead {
    let rows = sheets::rows(grid, mapping);
    let read = |row: sheets::Row| {
        let draft = settle(form, row.values, &mapping.unit_hints, grid.date1904, regions);
        checked(form, row.number, draft, regions)
    };
    SheetRead {
        name: grid.name.clone(),
        mapping: stored(at, grid, mapping),
        rows: rows.into_iter().map(read).collect(),
    }
}

/// A row that reads the way it will from now on.
pub(crate) fn checked(form: &'static Form, number: usize, draft: Draft, regions: &Regions) -> Checked {
    let hints = BTreeMap::new();
    let record = forms::read(
        form,
        &draft,
        &Context {
            regions,
            unit_hints: &hints,
            draft: false,
        },
    );
    Checked { number, draft, record }
}

/// Texts as they stand alone: `50` under “万元” becomes `50万元`, a bare day number of Excel becomes its day.
pub(crate) fn settle(
    form: &'static Form,
    values: BTreeMap<String, String>,
    units: &BTreeMap<String, String>,
    date1904: bool,
    regions: &Regions,
) -> Draft {
    let settled = |(key, raw): (String, String)| {
        let text = match form.field(&key) {
            Some(field) if field.kind == FieldKind::Money => with_unit(field, &raw, units, regions),
            Some(field) if matches!(field.kind, FieldKind::Date { .. }) => day_number(&raw, date1904),
            _ => None,
        };
        (key, text.unwrap_or(raw))
    };
    values.into_iter().map(settled).collect()
}

/// A figure with the unit of its column's head behind it, if it reads otherwise without; none if nothing changes.
fn with_unit(
    field: &'static forms::Field,
    raw: &str,
    units: &BTreeMap<String, String>,
    regions: &Regions,
) -> Option<String> {
    let unit = units.get(field.key)?;
    let none = BTreeMap::new();
    let read = |text: &str, unit_hints: &BTreeMap<String, String>| -> Option<Value> {
        forms::read_cell(
            field,
            text,
            &Context {
                regions,
                unit_hints,
                draft: true,
            },
        )
        .value
    };
    let value = read(raw, units)?;
    if read(raw, &none).as_ref() == Some(&value) {
        return None;
    }
    let appended = format!("{}{unit}", raw.trim());
    let text = if read(&appended, &none).as_ref() == Some(&value) {
        appended
    } else {
        forms::write(&value, field)
    };
    (read(&text, &none).as_ref() == Some(&value)).then_some(text)
}

/// A day number of the 1904 calendar as its day. Those of the 1900 calendar are read by the form's own reader.
fn day_number(raw: &str, date1904: bool) -> Option<String> {
    const DIGITS: usize = 5;
    let bare = raw.trim();
    if !date1904 || bare.len() != DIGITS || !bare.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let serial: f64 = bare.parse().ok()?;
    kernel::read::excel_serial(serial, true)
        .value
        .map(|date| date.to_string())
}

fn stored(at: usize, grid: &Grid, mapping: &Mapping) -> StoredMapping {
    let header = mapping.header_row..mapping.header_row + mapping.header_rows;
    let head = |col: usize| {
        let mut parts: Vec<String> = header
            .clone()
            .map(|row| kernel::text::normalise(&grid.cell(row, col).text()))
            .collect();
        parts.retain(|part| !part.is_empty());
        parts.dedup();
        parts.join("/")
    };
    let width = header
        .clone()
        .filter_map(|row| grid.rows.get(row))
        .map(Vec::len)
        .max()
        .unwrap_or(0);
    let mut unknown = mapping.unknown.clone();
    unknown.retain(|head| !OWN_HEADS.contains(&head.as_str()));
    StoredMapping {
        sheet: at,
        first_row: header.end,
        heads: (0..width).map(head).collect(),
        columns: mapping.columns.clone(),
        unknown,
        missing: mapping.missing.clone(),
        units: mapping.unit_hints.clone(),
    }
}
