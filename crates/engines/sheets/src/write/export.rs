//! Lists as people download them.

use super::{
    WriteError, bordered, column, fitting_widths, is_too_long, line, neutralised, new_book, sheet_name, write_heads,
};

/// What makes a field need quotes: what separates fields here or elsewhere, and spaces that readers trim.
const QUOTED_FOR: [char; 6] = ['"', ',', '\t', ';', '\r', '\n'];

/// A workbook of one sheet with heads, frozen and with filters. Every cell is a text; those that an office program
/// would take for a formula get an apostrophe before them, as in CSV, since people copy cells on.
///
/// # Errors
/// [`WriteError`] when a cell, the rows or the columns are more than a workbook can hold.
pub fn export_xlsx(sheet: &str, heads: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, WriteError> {
    let mut book = new_book()?;
    let page = book.add_worksheet();
    page.set_name(sheet_name(sheet))?;
    let heads: Vec<String> = heads.iter().map(|head| neutralised(head)).collect();
    write_heads(page, 0, &heads, &fitting_widths(&heads, rows.iter()))?;
    let format = bordered().set_num_format("@");
    for (index, row) in rows.iter().enumerate() {
        for (col, text) in row.iter().enumerate() {
            let text = neutralised(text);
            if is_too_long(&text) {
                return Err(WriteError::CellTooLong { row: index + 1, col });
            }
            page.write_string_with_format(line(index + 1), column(col), text, &format)?;
        }
    }
    if let (Some(last), false) = (heads.len().checked_sub(1), rows.is_empty()) {
        page.autofilter(0, 0, line(rows.len()), column(last))?;
    }
    Ok(book.save_to_buffer()?)
}

/// CSV with heads in UTF-8 with a byte order mark (Excel here reads it as GBK without), lines ended by CR LF. Cells
/// that an office program would take for a formula get an apostrophe before them.
pub fn export_csv(heads: &[String], rows: &[Vec<String>]) -> Vec<u8> {
    let mut out = String::from("\u{FEFF}");
    push_record(&mut out, heads);
    for row in rows {
        push_record(&mut out, row);
    }
    out.into_bytes()
}

fn push_record(out: &mut String, fields: &[String]) {
    for (col, field) in fields.iter().enumerate() {
        if col > 0 {
            out.push(',');
        }
        let text = neutralised(field);
        let is_quoted = text.contains(QUOTED_FOR) || text.starts_with(' ') || text.ends_with(' ');
        if is_quoted {
            out.push('"');
            out.push_str(&text.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&text);
        }
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::export_csv;

    #[test]
    fn csv_has_a_mark_quotes_and_apostrophes() {
        let heads = ["名称".to_owned(), "说明".to_owned()];
        let rows = [
            vec!["a,\"b\"".to_owned(), "=1+1".to_owned()],
            vec!["-5".to_owned(), "x\ny".to_owned()],
        ];
        let text = String::from_utf8(export_csv(&heads, &rows)).unwrap();
        assert_eq!(text, "\u{FEFF}名称,说明\r\n\"a,\"\"b\"\"\",'=1+1\r\n-5,\"x\ny\"\r\n");
    }
}
