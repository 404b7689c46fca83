//! Text tables: CSV as Excel, WPS and databases write it here, in the encodings that occur here.

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::sheet::SheetBuilder;
use crate::cell::Grid;
use crate::limits::Budget;
use crate::refusal::{Found, Refusal};

/// The separators that occur. The tab comes first since it hardly ever stands inside a text, so it wins a tie.
const SEPARATORS: [u8; 3] = [b'\t', b',', b';'];
/// As much of a file as is looked at to find its separator.
const SAMPLE_BYTES: usize = 64 * 1024;
/// More separators than this in a line are counted as this many.
const COUNT_MAX: usize = 255;

/// Fields of one line, blank ones included: as many as a spreadsheet has columns, since that is what it leaves behind
/// when it saves a sheet whose whole rows have a format. More are no table.
const FIELDS_MAX: usize = 16_384;

/// Reads the whole text as one sheet.
pub(super) fn read(name: &str, bytes: &[u8], budget: &mut Budget<'_>) -> Result<Grid, Refusal> {
    let text = decode(bytes)?;
    let mut sheet = SheetBuilder::new(stem(name), budget);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text.as_bytes()))
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut row = 0;
    let mut read_to = 0;
    loop {
        let has_more = reader
            .read_record(&mut record)
            .map_err(|error| Refusal::broken(error.to_string()))?;
        if !has_more {
            return Ok(sheet.finish(false, false));
        }
        // The reader skips empty lines; they are rows to whoever looks for row 17 of the file.
        row += blank_lines(text.as_bytes(), read_to);
        if record.len() > FIELDS_MAX {
            return Err(sheet.too_broad(record.len()));
        }
        for (col, field) in record.iter().enumerate() {
            sheet.put_text(row, col, unwrapped(field))?;
        }
        row += 1;
        read_to = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
    }
}

/// The file's name without folder and ending, for the sheet's name.
fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The text of the bytes: by mark, else UTF-8 where that is valid, else GB18030, the superset of GBK and GB 2312.
fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    let (encoding, body) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, bytes.get(mark..).unwrap_or_default()),
        None if is_utf8(bytes) => (UTF_8, bytes),
        None => (GB18030, bytes),
    };
    let (text, had_errors) = encoding.decode_without_bom_handling(body);
    if had_errors && (encoding == UTF_16LE || encoding == UTF_16BE || encoding == UTF_8) {
        return Err(Refusal::broken(format!("not valid {}", encoding.name())));
    }
    if had_errors {
        return Err(Refusal::UnknownFormat { found: Found::Encoding });
    }
    Ok(text.into_owned())
}

/// Whether the bytes are UTF-8, cut at the end or not: a file that ends in the middle of a character is a cut one, and
/// as GB18030 it would read as other characters without an error.
fn is_utf8(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && !bytes.get(..error.valid_up_to()).unwrap_or_default().is_ascii(),
    }
}

/// The separator: the one of which most lines have the same number. Those inside quotes don't count.
fn separator(text: &[u8]) -> u8 {
    let sample = text.get(..SAMPLE_BYTES).unwrap_or(text);
    let mut best = (0, b',');
    for candidate in SEPARATORS {
        let lines = most_alike(sample, candidate);
        if lines > best.0 {
            best = (lines, candidate);
        }
    }
    best.1
}

/// How many lines have the commonest count (other than none) of a separator.
fn most_alike(sample: &[u8], separator: u8) -> usize {
    let mut lines_by_count = [0usize; COUNT_MAX + 1];
    let mut in_quotes = false;
    let mut count = 0;
    for &byte in sample.iter().chain(b"\n") {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b'\n' | b'\r' if !in_quotes => {
                lines_by_count[count] += 1;
                count = 0;
            }
            _ if byte == separator && !in_quotes => count = (count + 1).min(COUNT_MAX),
            _ => {}
        }
    }
    lines_by_count.iter().skip(1).max().copied().unwrap_or(0)
}

/// The empty lines at a place between two records.
fn blank_lines(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let is_after_return = at > 0 && text.get(at - 1) == Some(&b'\r');
    let mut rest = if is_after_return {
        rest.strip_prefix(b"\n").unwrap_or(rest)
    } else {
        rest
    };
    let mut lines = 0;
    while let Some(next) = rest
        .strip_prefix(b"\r\n")
        .or_else(|| rest.strip_prefix(b"\n"))
        .or_else(|| rest.strip_prefix(b"\r"))
    {
        lines += 1;
        rest = next;
    }
    lines
}

/// `="0123"` is how systems make Excel keep zeros: it is seen as `0123`.
fn unwrapped(field: &str) -> &str {
    let inner = field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    inner.filter(|inner| !inner.contains('"')).unwrap_or(field)
}

#[cfg(test)]
mod tests {
    use super::{blank_lines, read, separator, stem, unwrapped};
    use crate::limits::{Budget, Limits};
    use crate::refusal::{Found, Refusal};

    fn texts(bytes: &[u8]) -> Result<Vec<Vec<String>>, Refusal> {
        let limits = Limits::default();
        let grid = read("表.csv", bytes, &mut Budget::new(&limits))?;
        Ok(grid
            .rows
            .iter()
            .map(|row| row.iter().map(crate::Cell::text).collect())
            .collect())
    }

    #[test]
    fn encodings_read_alike() {
        let text = "名称,金额\r\n一种方法,“５０”万元\r\n";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16_big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let files = [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            encoding_rs::GB18030.encode(text).0.into_owned(),
            [&b"\xFF\xFE"[..], &utf16].concat(),
            [&b"\xFE\xFF"[..], &utf16_big].concat(),
        ];
        let expected = Ok(vec![
            vec!["名称".into(), "金额".into()],
            vec!["一种方法".into(), "“５０”万元".into()],
        ]);
        for file in files {
            assert_eq!(texts(&file), expected, "{:?}", file.get(..8));
        }
    }

    #[test]
    fn wrong_encodings_are_refused() {
        assert_eq!(
            texts(b"a,\x81\xff\xff\n"),
            Err(Refusal::UnknownFormat { found: Found::Encoding })
        );
        assert_eq!(texts(b"\xEF\xBB\xBFa,\xff\n").map_err(|r| r.code()), Err("broken"));
        assert_eq!(
            texts(b"\xFF\xFEa\x00\x00\xD8\n\x00").map_err(|r| r.code()),
            Err("broken")
        );
    }

    #[test]
    fn separators_are_found() {
        assert_eq!(separator(b"a,b,c\n1,2,3\n"), b',');
        assert_eq!(separator(b"a\tb\n1,2,3\t4\n5\t6\n"), b'\t');
        assert_eq!(separator(b"title\na;b\n\"x,y\";2\n"), b';');
        assert_eq!(separator(b"\"a;b\nc;d\",e\n"), b',');
        assert_eq!(separator(b"one\ntwo\n"), b',');
        assert_eq!(separator(b""), b',');
    }

    #[test]
    fn row_numbers_count_empty_lines_and_not_line_breaks_in_quotes() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["", "a,b", "", "", "\"x\ny\",2", "", "c,d"].join(end);
            let rows = texts(text.as_bytes()).unwrap_or_default();
            assert_eq!(rows.len(), 7, "{end:?}");
            assert_eq!(rows[1], ["a", "b"]);
            assert_eq!(rows[4], ["x\ny", "2"]);
            assert_eq!(rows[6], ["c", "d"]);
        }
        assert_eq!(blank_lines(b"a\r\n\r\n\n\rb", 2), 3);
        assert_eq!(blank_lines(b"a", 7), 0);
    }

    #[test]
    fn quoted_formula_texts_are_unwrapped() {
        assert_eq!(unwrapped("=\"0123\""), "0123");
        assert_eq!(unwrapped("=\"a\"&\"b\""), "=\"a\"&\"b\"");
        assert_eq!(unwrapped("=A1"), "=A1");
    }

    #[test]
    fn the_sheet_is_named_after_the_file() {
        assert_eq!(stem("C:\\表\\专利.2023.csv"), "专利.2023");
        assert_eq!(stem("专利"), "专利");
        assert_eq!(stem(""), "");
    }
}
