//! What a zipped workbook says about its sheets besides their cells, noted while the guard goes through the parts:
//! columns that are hidden, and whether any cells are merged at all (looking for them takes another pass over every
//! sheet).

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Read};

use quick_xml::events::BytesStart;

use super::archive::{attribute, each_tag};
use crate::limits::SHEETS_MAX;
use crate::refusal::Refusal;

/// Hidden ranges noted for one sheet: no sheet that a person reads has so many groups of columns.
pub(super) const RANGES_MAX: usize = 1024;
/// Sheets and relations noted; more sheets are refused here, since the reader keeps a name and a path of each.
const NAMES_MAX: usize = 1024;
/// Bytes of a sheet in which its columns are looked for: they stand before the data.
const HEAD_BYTES: u64 = 256 * 1024;

/// What was noted.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Whether any cells are merged.
    pub(super) has_merged: bool,
    /// Parts that the package names as its document, one of which is the workbook.
    pub(super) roots: Vec<String>,
    /// Hidden columns (first, last; counted from zero) by the name of their part.
    hidden: BTreeMap<String, Vec<(usize, usize)>>,
    /// The relation of each sheet by its name.
    sheets: BTreeMap<String, String>,
    /// The part of each relation.
    targets: BTreeMap<String, String>,
}

impl Layout {
    /// Notes what a part says, as far as it says something. The rest of the part is left to be read.
    pub(super) fn note(&mut self, name: &str, part: &mut impl BufRead) -> Result<(), Refusal> {
        if name.ends_with("_rels/.rels") {
            return self.note_roots(part);
        }
        if name.ends_with("workbook.xml") {
            return self.note_sheets(part);
        }
        if name.ends_with("workbook.xml.rels") {
            return self.note_targets(part);
        }
        if name.contains("worksheets/") && name.ends_with(".xml") {
            let ranges = hidden_ranges(&mut Read::take(&mut *part, HEAD_BYTES))?;
            self.hidden.insert(name.to_owned(), ranges);
        }
        Ok(())
    }

    /// The hidden columns of a sheet, as far as it may have columns.
    pub(super) fn hidden_of(&self, sheet: &str, cols: usize) -> BTreeSet<usize> {
        let target = self.sheets.get(sheet).and_then(|relation| self.targets.get(relation));
        let Some(target) = target else {
            return BTreeSet::new();
        };
        let mut parts = self.hidden.iter();
        let ranges = parts.find(|(part, _)| part.ends_with(target.as_str()));
        columns_in(ranges.map(|(_, ranges)| ranges.as_slice()).unwrap_or_default(), cols)
    }

    fn note_roots(&mut self, part: &mut impl BufRead) -> Result<(), Refusal> {
        each_tag(part, |tag| {
            if let Some(target) = attribute(tag, "Target") {
                self.roots.push(target.trim_start_matches('/').to_ascii_lowercase());
            }
            Ok(self.roots.len() < NAMES_MAX)
        })
    }

    fn note_sheets(&mut self, part: &mut impl BufRead) -> Result<(), Refusal> {
        let mut sheets = 0;
        each_tag(part, |tag| {
            if tag.local_name().as_ref() == "sheet"
                && let (Some(name), Some(relation)) = (attribute(tag, "name"), relation_of(tag))
            {
                self.sheets.insert(name, relation);
            }
            sheets += usize::from(tag.local_name().as_ref() == "sheet");
            if sheets > NAMES_MAX {
                return Err(Refusal::TooManySheets {
                    sheets,
                    limit: SHEETS_MAX,
                });
            }
            Ok(true)
        })
    }

    fn note_targets(&mut self, part: &mut impl BufRead) -> Result<(), Refusal> {
        each_tag(part, |tag| {
            if let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) {
                let target = target.trim_start_matches(['.', '/']).to_ascii_lowercase();
                self.targets.insert(id, target);
            }
            Ok(self.targets.len() < NAMES_MAX)
        })
    }
}

/// The columns in these ranges, as far as there may be columns.
pub(super) fn columns_in(ranges: &[(usize, usize)], cols: usize) -> BTreeSet<usize> {
    ranges
        .iter()
        .flat_map(|(first, last)| *first..last.saturating_add(1).min(cols))
        .collect()
}

/// The relation of a sheet: `r:id`, under whatever prefix.
fn relation_of(tag: &BytesStart<'_>) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.as_ref().ends_with(":id"))?;
    Some(found.value.into_owned())
}

/// The hidden columns that a sheet states before its data.
fn hidden_ranges(part: &mut impl BufRead) -> Result<Vec<(usize, usize)>, Refusal> {
    let mut ranges = Vec::new();
    each_tag(part, |tag| {
        let number = |name| attribute(tag, name)?.parse::<usize>().ok()?.checked_sub(1);
        let name = tag.local_name();
        let is_hidden = || attribute(tag, "hidden").is_some_and(|value| value == "1" || value == "true");
        if name.as_ref() == "col"
            && is_hidden()
            && let (Some(first), Some(last)) = (number("min"), number("max"))
        {
            ranges.push((first, last));
        }
        Ok(name.as_ref() != "sheetData" && ranges.len() < RANGES_MAX)
    })?;
    Ok(ranges)
}

#[cfg(test)]
mod tests {
    use super::Layout;

    #[test]
    fn hidden_columns_are_found_by_the_sheets_name() {
        let mut layout = Layout::default();
        let parts = [
            (
                "xl/workbook.xml",
                r#"<workbook><sheets><sheet name="甲 &amp; 乙" sheetId="1" r:id="rId7"/><sheet name="丙" rel:id="rId8"/></sheets>"#,
            ),
            (
                "xl/_rels/workbook.xml.rels",
                r#"<Relationships><Relationship Id="rId7" Target="/xl/worksheets/Sheet1.xml"/><Relationship Id="rId8" Target="worksheets/sheet2.xml"/>"#,
            ),
            (
                "xl/worksheets/sheet1.xml",
                r#"<worksheet><cols><col min="2" max="3" hidden="1"/><col min="5" max="16384" hidden="true"/><col min="1" max="1" hidden="0"/></cols><sheetData><col min="4" max="4" hidden="1"/>"#,
            ),
            (
                "xl/worksheets/sheet2.xml",
                r#"<worksheet><cols><col min="0" max="3" hidden="1"/><col hidden="1"/>"#,
            ),
        ];
        for (name, text) in parts {
            layout.note(name, &mut text.as_bytes()).unwrap();
        }
        assert_eq!(
            layout.hidden_of("甲 & 乙", 7).into_iter().collect::<Vec<_>>(),
            [1, 2, 4, 5, 6]
        );
        assert!(layout.hidden_of("丙", 7).is_empty());
        assert!(layout.hidden_of("丁", 7).is_empty());
    }
}
