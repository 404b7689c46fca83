//! Cells that were read before: in a sheet of a thousand rows most columns say the same few things.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::read::lacking;
use crate::{Cell, Context, Draft, Field, Form, Kind, Record, read_cell};

/// Longest text that is remembered, in bytes: what is longer is hardly said twice.
const TEXT_BYTES_MAX: usize = 160;
/// Texts of a column that are remembered. A column with more says something else in each row.
const TEXTS_MAX: usize = 2_000;

/// What was read before. Good for rows of one sheet, which are all read in the same [`Context`].
#[derive(Debug, Default)]
pub struct Memory(HashMap<&'static str, HashMap<String, Arc<Cell>>>);

impl Memory {
    /// Reads a form as [`crate::read()`] does, what was read before from memory.
    pub fn read(&mut self, form: &'static Form, draft: &Draft, ctx: &Context<'_>) -> Record {
        let cells: BTreeMap<&'static str, Arc<Cell>> = form
            .fields()
            .map(|field| {
                let raw = draft.get(field.key).map_or("", String::as_str);
                (field.key, self.cell(field, raw, ctx))
            })
            .collect();
        lacking(form, cells, ctx)
    }

    fn cell(&mut self, field: &'static Field, raw: &str, ctx: &Context<'_>) -> Arc<Cell> {
        let is_long = matches!(field.kind, Kind::Text { .. } | Kind::Indicators) || raw.len() > TEXT_BYTES_MAX;
        if is_long {
            return Arc::new(read_cell(field, raw, ctx));
        }
        let known = self.0.entry(field.key).or_default();
        if let Some(cell) = known.get(raw) {
            return cell.clone();
        }
        let cell = Arc::new(read_cell(field, raw, ctx));
        if known.len() < TEXTS_MAX {
            known.insert(raw.to_owned(), cell.clone());
        }
        cell
    }
}
