//! Small pieces of CSV: a sheet by groups of rows, each with the sheet's head.

use crate::fail::{Done, Failure};

/// A sheet: its head and its rows, all cells as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// The column heads.
    pub(crate) head: Vec<String>,
    /// The rows.
    pub(crate) rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Reads CSV in UTF-8, with or without a byte order mark.
    pub(crate) fn read(text: &str) -> Done<Self> {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let broken = |e: csv::Error| Failure::Refused(e.to_string());
        let head = reader.headers().map_err(broken)?.iter().map(str::to_owned).collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            rows.push(record.map_err(broken)?.iter().map(str::to_owned).collect());
        }
        Ok(Self { head, rows })
    }

    /// The cell of a row in the column with this head; empty where there is none.
    pub(crate) fn cell<'a>(&self, row: &'a [String], head: &str) -> &'a str {
        let at = self.head.iter().position(|h| h == head);
        at.and_then(|at| row.get(at)).map_or("", String::as_str)
    }

    /// The rows by the value of a column, in the order of each value's first row.
    pub(crate) fn by(&self, head: &str) -> Vec<(String, Self)> {
        let mut groups: Vec<(String, Self)> = Vec::new();
        for row in &self.rows {
            let key = self.cell(row, head).to_owned();
            match groups.iter_mut().find(|(k, _)| *k == key) {
                Some((_, sheet)) => sheet.rows.push(row.clone()),
                None => groups.push((
                    key,
                    Self {
                        head: self.head.clone(),
                        rows: vec![row.clone()],
                    },
                )),
            }
        }
        groups
    }

    /// The sheet as a CSV file in UTF-8 with a byte order mark, such as an office program writes it.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        for record in std::iter::once(&self.head).chain(&self.rows) {
            // Memory takes every byte, and each row has as many cells as the head.
            let _ = writer.write_record(record);
        }
        writer.into_inner().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_keep_head_and_order() {
        let sheet = Sheet::read("\u{feff}名称,单位\na,甲\n\"b,c\",乙\nd,甲\n").unwrap();
        let groups = sheet.by("单位");
        assert_eq!(
            groups
                .iter()
                .map(|(k, s)| (k.as_str(), s.rows.len()))
                .collect::<Vec<_>>(),
            [("甲", 2), ("乙", 1)]
        );
        assert_eq!(groups[1].1.cell(&groups[1].1.rows[0], "名称"), "b,c");
        let again = Sheet::read(std::str::from_utf8(&groups[0].1.bytes()).unwrap()).unwrap();
        assert_eq!(again, groups[0].1);
    }
}
