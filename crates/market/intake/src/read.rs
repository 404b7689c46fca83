//! From a file's bytes to rows that read the same without the sheet around them.

use std::collections::{BTreeMap, HashMap};

use forms::{Context, Draft, Form, Kind as FieldKind, Must, Value};
use jcore::{App, Fault, FaultKind, Lang, MAX_FILE_BYTES, Result, Words};
use kernel::Regions;
use sheets::{ColumnSpec, Contents, Grid, Limits, Mapping, Refusal, Sample};

use crate::stored::StoredMapping;
use crate::{Checked, Found, Settled};

/// Rows that one file may bring, all sheets together: a province's whole year fits several times over, and a file of
/// them is checked and in within ten seconds.
pub const ROWS_MAX: usize = 50_000;
/// Rows of a workbook beside its data: titles, heads, totals, notes.
const SPARE_ROWS: usize = 2_000;
/// Of sheets in one workbook, those count which have at least this share of the columns that the best one has: a sheet
/// of notes that happens to name two columns is none of the form's.
const SHEET_SHARE: usize = 2;
/// Texts of a column that are kept, for who checks what it was taken for.
const SAMPLES: usize = 3;
/// Characters of such a text.
const SAMPLE_CHARS: usize = 60;
/// How a column is known that its sender named before.
const BY_HABIT: &str = "habit";

/// What a sender said before which field the columns of some heads are: by a fingerprint of the head, so that what is
/// kept of a misread head is nobody's data. An empty field: not to be taken.
#[derive(Debug, Clone, Default)]
pub(crate) struct Habits(pub(crate) HashMap<Vec<u8>, String>);

/// The fingerprint of a head; none for a column without one.
pub(crate) fn head_key(app: &App, kind: &str, head: &str) -> Option<Vec<u8>> {
    let folded = kernel::text::fold(head);
    let print = || {
        app.keys
            .fingerprint(&[b"intake.head", kind.as_bytes(), folded.as_bytes()])
    };
    (!folded.is_empty()).then(|| print().to_vec())
}

/// A person's word on where a sheet's columns are.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    /// The sheet's place in its workbook.
    pub(crate) sheet: usize,
    /// The first row of the header, counted from zero.
    pub(crate) header_row: usize,
    /// How many rows it has.
    pub(crate) header_rows: usize,
    /// The field of each column.
    pub(crate) columns: Vec<Option<String>>,
}

/// A sheet that was opened; its rows are read one by one.
pub(crate) struct SheetOpen {
    pub(crate) name: String,
    pub(crate) mapping: StoredMapping,
    pub(crate) rows: Box<dyn Iterator<Item = sheets::Row> + Send>,
    /// How many rows there are at most.
    pub(crate) most: usize,
    /// What of the sheet matters to its rows.
    pub(crate) date1904: bool,
}

impl std::fmt::Debug for SheetOpen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SheetOpen")
            .field("mapping", &self.mapping)
            .finish_non_exhaustive()
    }
}

/// What reading needs to know.
pub(crate) struct Reader<'a> {
    pub(crate) app: &'a App,
    pub(crate) kind: &'a str,
    pub(crate) form: &'static Form,
    pub(crate) habits: &'a Habits,
}

/// What files are taken within.
pub(crate) fn limits() -> Limits {
    Limits {
        bytes: MAX_FILE_BYTES,
        rows: ROWS_MAX + SPARE_ROWS,
        ..Limits::default()
    }
}

impl Reader<'_> {
    /// Reads a file's sheets that answer the form. Where no head and no column is recognised, the largest table comes
    /// without a column taken, for its sender to say what is what.
    ///
    /// # Errors
    /// A fault in words of both languages: no table, no rows, too many rows.
    pub(crate) fn open(&self, grids: Vec<Grid>) -> Result<Vec<SheetOpen>> {
        let specs = specs(self.form);
        let judge = |sample: &Sample<'_>| self.judge(sample);
        let contents: &Contents<'_> = &judge;
        let usable = |(_, grid): &(usize, Grid)| !grid.hidden && !grid.rows.is_empty() && !grid.is_own();
        let usable: Vec<(usize, Grid)> = grids.into_iter().enumerate().filter(usable).collect();
        let map = |(at, grid): (usize, Grid)| {
            let mapping = sheets::map_columns_by(&grid, &specs, Some(contents));
            (at, grid, mapping)
        };
        let mapped: Vec<(usize, Grid, Option<Mapping>)> = usable.into_iter().map(map).collect();
        let known = |mapping: &Mapping| mapping.columns.iter().flatten().count();
        let best = mapped
            .iter()
            .filter_map(|(_, _, mapping)| mapping.as_ref().map(known))
            .max();
        let Some(best) = best else {
            return self.unmapped(mapped.into_iter().map(|(at, grid, _)| (at, grid)).collect(), &specs);
        };
        let mut out = Vec::new();
        for (at, grid, mapping) in mapped {
            let Some(mapping) = mapping.filter(|mapping| known(mapping) * SHEET_SHARE >= best) else {
                continue;
            };
            let (mapping, by_habit) = self.with_habits(&mapping, &specs);
            out.extend(sheet(at, grid, &mapping, &by_habit));
        }
        within(&out)?;
        Ok(out)
    }

    /// Reads one sheet as a person said.
    ///
    /// # Errors
    /// As [`Reader::open`]; a bad request for a sheet that is not there.
    pub(crate) fn open_as_said(&self, grids: Vec<Grid>, said: &Said) -> Result<SheetOpen> {
        let specs = specs(self.form);
        let found = grids.into_iter().nth(said.sheet);
        let grid = found.ok_or_else(|| Fault::bad_request("no such sheet"))?;
        let judge = |sample: &Sample<'_>| self.judge(sample);
        let mapping = Mapping::at(&grid, said.header_row, said.header_rows, &specs, Some(&judge));
        let mapping = mapping.with_columns(&said.columns, &specs);
        let by_habit = vec![false; mapping.columns.len()];
        let out: Vec<SheetOpen> = sheet(said.sheet, grid, &mapping, &by_habit).into_iter().collect();
        within(&out)?;
        out.into_iter()
            .next()
            .ok_or_else(|| Fault::new(FaultKind::Refused, "intake-no-rows"))
    }

    /// The columns that a header at another place would have, as they are guessed there.
    pub(crate) fn guess_at(&self, grids: &[Grid], sheet: usize, row: usize, rows: usize) -> Vec<Option<String>> {
        let specs = specs(self.form);
        let judge = |sample: &Sample<'_>| self.judge(sample);
        let Some(grid) = grids.get(sheet) else {
            return Vec::new();
        };
        let mapping = Mapping::at(grid, row, rows, &specs, Some(&judge));
        self.with_habits(&mapping, &specs).0.columns
    }

    /// The largest table, with no column taken.
    fn unmapped(&self, grids: Vec<(usize, Grid)>, specs: &[ColumnSpec]) -> Result<Vec<SheetOpen>> {
        let lines = |grid: &Grid| grid.rows.iter().filter(|cells| filled(cells) > 1).count();
        let largest = grids.into_iter().max_by_key(|(_, grid)| lines(grid));
        let Some((at, grid)) = largest.filter(|(_, grid)| lines(grid) > 1) else {
            return Err(Fault::new(FaultKind::Refused, "intake-no-header").with("heads", expected_heads(self.form)));
        };
        let header = grid.rows.iter().position(|cells| filled(cells) > 1).unwrap_or(0);
        let mapping = Mapping::at(&grid, header, 1, specs, None).with_columns(&[], specs);
        let none = vec![false; mapping.columns.len()];
        let mapping = stored(at, &grid, &mapping, &none);
        Ok(vec![SheetOpen {
            name: grid.name.clone(),
            mapping,
            rows: Box::new(std::iter::empty()),
            most: 0,
            date1904: false,
        }])
    }

    fn judge(&self, sample: &Sample<'_>) -> Vec<sheets::Fit> {
        let fits = forms::recognise(self.form, sample.unit, sample.texts, &self.app.regions);
        let fit = |fit: forms::Fit| sheets::Fit {
            key: fit.key.to_owned(),
            percent: fit.percent,
            distinctive: fit.distinctive,
        };
        fits.into_iter().map(fit).collect()
    }

    /// What the sender said before goes before what is guessed now. Also which columns that changed.
    fn with_habits(&self, mapping: &Mapping, specs: &[ColumnSpec]) -> (Mapping, Vec<bool>) {
        let mut columns = mapping.columns.clone();
        let mut by_habit = vec![false; columns.len()];
        for (at, head) in mapping.heads.iter().enumerate() {
            let said = head_key(self.app, self.kind, head).and_then(|key| self.habits.0.get(&key));
            let Some(said) = said else { continue };
            let field = Some(said.clone()).filter(|field| !field.is_empty());
            if columns.get(at) == Some(&field) {
                continue;
            }
            if field.is_some() {
                // The same field elsewhere was only a guess.
                columns
                    .iter_mut()
                    .filter(|column| **column == field)
                    .for_each(|column| *column = None);
            }
            if let (Some(column), Some(habit)) = (columns.get_mut(at), by_habit.get_mut(at)) {
                (*column, *habit) = (field, true);
            }
        }
        (mapping.with_columns(&columns, specs), by_habit)
    }
}

/// Reads a file's bytes into its sheets.
///
/// # Errors
/// A refusal, in words of both languages.
pub(crate) fn grids(name: &str, bytes: &[u8], words: &Words) -> Result<Vec<Grid>> {
    sheets::read(name, bytes, &limits()).map_err(|refusal| refused(words, &refusal))
}

fn filled(cells: &[sheets::Cell]) -> usize {
    cells.iter().filter(|cell| !cell.is_blank()).count()
}

/// Whether the rows of these sheets are neither none nor too many.
fn within(sheets: &[SheetOpen]) -> Result<()> {
    let rows: usize = sheets.iter().map(|sheet| sheet.most).sum();
    match rows {
        0 => Err(Fault::new(FaultKind::Refused, "intake-no-rows")),
        n if n > ROWS_MAX => {
            let fault = Fault::new(FaultKind::Refused, "intake-too-many-rows").with("n", n.to_string());
            Err(fault.with("max", ROWS_MAX.to_string()))
        }
        _ => Ok(()),
    }
}

/// A sheet with its rows to come; none where it has no row of data.
fn sheet(at: usize, grid: Grid, mapping: &Mapping, by_habit: &[bool]) -> Option<SheetOpen> {
    let stored = stored(at, &grid, mapping, by_habit);
    let (name, date1904) = (grid.name.clone(), grid.date1904);
    let lines = grid.rows.iter().skip(mapping.first_row());
    let most = lines.filter(|cells| filled(cells) > 0).count();
    let mut rows = sheets::rows_iter(grid, mapping).peekable();
    rows.peek()?;
    Some(SheetOpen {
        name,
        mapping: stored,
        rows: Box::new(rows),
        most,
        date1904,
    })
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

/// Money with its unit that is remembered: prices of a year are round, and say the same again and again.
const SETTLED_MAX: usize = 4_000;

/// Reads rows one after the other, and remembers what cells came to.
#[derive(Debug, Default)]
pub(crate) struct RowReader {
    cells: forms::Memory,
    settled: HashMap<&'static str, HashMap<String, Option<String>>>,
}

impl RowReader {
    /// A sheet's row as it reads from now on.
    pub(crate) fn row(
        &mut self,
        form: &'static Form,
        row: sheets::Row,
        mapping: &StoredMapping,
        date1904: bool,
        app: &App,
    ) -> Checked {
        let draft = self.settle(form, row.values, &mapping.units, date1904, &app.regions);
        self.checked(form, row.number, draft, app)
    }

    /// Texts as they stand alone: `50` under “万元” becomes `50万元`, a bare day number of Excel becomes its day.
    fn settle(
        &mut self,
        form: &'static Form,
        values: BTreeMap<String, String>,
        units: &BTreeMap<String, String>,
        date1904: bool,
        regions: &Regions,
    ) -> Draft {
        let settled = |(key, raw): (String, String)| {
            let text = match form.field(&key) {
                Some(field) if field.kind == FieldKind::Money => self.money(field, &raw, units, regions),
                Some(field) if matches!(field.kind, FieldKind::Date { .. }) => day_number(&raw, date1904),
                _ => None,
            };
            (key, text.unwrap_or(raw))
        };
        values.into_iter().map(settled).collect()
    }

    fn money(
        &mut self,
        field: &'static forms::Field,
        raw: &str,
        units: &BTreeMap<String, String>,
        regions: &Regions,
    ) -> Option<String> {
        let known = self.settled.entry(field.key).or_default();
        if let Some(text) = known.get(raw) {
            return text.clone();
        }
        let text = with_unit(field, raw, units, regions);
        if known.len() < SETTLED_MAX {
            known.insert(raw.to_owned(), text.clone());
        }
        text
    }

    /// A row that reads the way it will from now on.
    pub(crate) fn checked(&mut self, form: &'static Form, number: usize, draft: Draft, app: &App) -> Checked {
        let hints = BTreeMap::new();
        let ctx = Context {
            regions: &app.regions,
            unit_hints: &hints,
            draft: false,
        };
        let mut record = self.cells.read(form, &draft, &ctx);
        crate::passes::let_pass(app, form, &mut record);
        Checked {
            number,
            draft,
            record,
            settled: Settled::default(),
            found: Found::default(),
        }
    }
}

/// The texts of one row as they stand alone.
pub(crate) fn settle(
    form: &'static Form,
    values: BTreeMap<String, String>,
    units: &BTreeMap<String, String>,
    date1904: bool,
    regions: &Regions,
) -> Draft {
    RowReader::default().settle(form, values, units, date1904, regions)
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

fn stored(at: usize, grid: &Grid, mapping: &Mapping, by_habit: &[bool]) -> StoredMapping {
    let found = |(col, by): (usize, &Option<sheets::FoundBy>)| match by_habit.get(col) {
        Some(true) => Some(BY_HABIT.to_owned()),
        _ => by.map(|by| by.code().to_owned()),
    };
    StoredMapping {
        sheet: at,
        header_row: mapping.header_row,
        header_rows: mapping.header_rows,
        heads: mapping.heads.clone(),
        columns: mapping.columns.clone(),
        found: mapping.found.iter().enumerate().map(found).collect(),
        samples: (0..mapping.columns.len())
            .map(|col| samples(grid, mapping, col))
            .collect(),
        unknown: mapping.unknown.clone(),
        missing: mapping.missing.clone(),
        units: mapping.unit_hints.clone(),
    }
}

/// The first texts of a column, cut.
fn samples(grid: &Grid, mapping: &Mapping, col: usize) -> Vec<String> {
    // Most columns have their texts at the top; one that has none there is not searched through a long sheet.
    const ROWS: usize = 200;
    let cells = grid.rows.iter().skip(mapping.first_row()).take(ROWS);
    let texts = cells.filter_map(|cells| cells.get(col)).filter(|cell| !cell.is_blank());
    texts
        .map(|cell| cell.text().chars().take(SAMPLE_CHARS).collect())
        .take(SAMPLES)
        .collect()
}
