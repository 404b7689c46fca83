//! What the codes in a PDF's texts mean: by the table that a font brings along, else by its encoding.

use std::collections::BTreeMap;

use encoding_rs::{GB18030, UTF_16BE, WINDOWS_1252};
use lopdf::{Dictionary, Document, Object};

use super::lex::{Budget, Lexer};

/// Bytes that a font's table may unpack to: one of all Chinese characters has 500 KB.
const TABLE_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Codes of a font: all that two bytes can say.
const CODES_MAX: usize = 65_536;
/// Characters that one code may stand for.
const CODE_CHARS_MAX: usize = 16;

/// How a font's codes are read.
pub(super) enum Font {
    /// By a table.
    Table {
        /// Bytes of a code.
        width: usize,
        codes: BTreeMap<u32, String>,
    },
    /// By an encoding that everybody knows.
    Known(&'static encoding_rs::Encoding),
    /// Numbers of shapes: nobody knows what they mean.
    Shapes,
}

impl Font {
    /// Of a font's dictionary.
    pub(super) fn of(document: &Document, font: &Dictionary) -> Self {
        let is_wide = matches!(font.get(b"Subtype").and_then(Object::as_name), Ok(b"Type0"));
        if let Ok(Object::Stream(stream)) = font.get_deref(b"ToUnicode", document)
            && let Ok(table) = stream.get_plain_content_with_limit(TABLE_BYTES_MAX)
        {
            return read_table(&table, if is_wide { 2 } else { 1 });
        }
        if !is_wide {
            return Self::Known(WINDOWS_1252);
        }
        match font.get_deref(b"Encoding", document).and_then(Object::as_name) {
            Ok(name) if name.starts_with(b"UniGB-U") => Self::Known(UTF_16BE),
            Ok(name) if name.starts_with(b"GBK") || name.starts_with(b"GB-EUC") => Self::Known(GB18030),
            _ => Self::Shapes,
        }
    }

    /// The text of codes.
    pub(super) fn text(&self, bytes: &[u8]) -> String {
        match self {
            Self::Table { width, codes } => bytes
                .chunks(*width)
                .filter_map(|code| codes.get(&number(code)))
                .map(String::as_str)
                .collect(),
            Self::Known(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
            Self::Shapes => String::new(),
        }
    }
}

fn number(code: &[u8]) -> u32 {
    code.iter().take(4).fold(0, |sum, byte| sum << 8 | u32::from(*byte))
}

/// Reads a table (ISO 32000, 9.10.3): single codes and ranges of them.
fn read_table(table: &[u8], width: usize) -> Font {
    let mut budget = Budget::new(table.len());
    let mut lexer = Lexer::new(table, 0, &mut budget);
    let (mut width, mut codes, mut given) = (width, BTreeMap::new(), Vec::new());
    while lexer.blanks().is_ok() && !lexer.rest().is_empty() {
        if let Ok(object) = lexer.object() {
            given.push(object);
            continue;
        }
        match lexer.word() {
            b"endcodespacerange" => {
                if let Some(Object::String(code, _)) = given.first() {
                    width = code.len().clamp(1, 4);
                }
            }
            b"endbfchar" => {
                for pair in given.chunks_exact(2) {
                    if let [Object::String(code, _), Object::String(text, _)] = pair {
                        put(&mut codes, number(code), text);
                    }
                }
            }
            b"endbfrange" => {
                for three in given.chunks_exact(3) {
                    range(&mut codes, three);
                }
            }
            _ => {}
        }
        given.clear();
    }
    Font::Table { width, codes }
}

/// The texts of a range of codes: the first given and counted up, or each given.
fn range(codes: &mut BTreeMap<u32, String>, given: &[Object]) {
    let [Object::String(first, _), Object::String(last, _), texts] = given else {
        return;
    };
    let (first, last) = (number(first), number(last));
    for (at, code) in (first..=last).take(CODES_MAX).enumerate() {
        match texts {
            Object::Array(list) => {
                if let Some(Object::String(text, _)) = list.get(at) {
                    put(codes, code, text);
                }
            }
            Object::String(text, _) => {
                let Some((end, head)) = text.split_last_chunk::<2>().map(|(head, end)| (end, head)) else {
                    return;
                };
                let counted = u16::from_be_bytes(*end).wrapping_add(u16::try_from(at).unwrap_or_default());
                put(codes, code, &[head, &counted.to_be_bytes()].concat());
            }
            _ => return,
        }
        if codes.len() >= CODES_MAX {
            return;
        }
    }
}

fn put(codes: &mut BTreeMap<u32, String>, code: u32, text: &[u8]) {
    if codes.len() < CODES_MAX {
        let (text, _) = UTF_16BE.decode_without_bom_handling(text);
        codes.insert(code, text.chars().take(CODE_CHARS_MAX).collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read() {
        let table = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n\
            1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
            2 beginbfchar <0003> <9F7F> <0004> <8F6E0031> endbfchar\n\
            2 beginbfrange <0010> <0012> <4E00> <0020> <0021> [<7532> <4E59>] endbfrange endcmap";
        let font = read_table(table, 1);
        assert_eq!(
            font.text(&[0, 3, 0, 4, 0, 0x10, 0, 0x12, 0, 0x20, 0, 0x21, 0, 0x99]),
            "齿轮1一丂甲乙"
        );
        assert_eq!(read_table(b"<00> garbage ((", 1).text(b"a"), "");
        let endless = read_table(b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange", 2);
        assert!(matches!(endless, Font::Table { codes, .. } if codes.len() == CODES_MAX));
    }

    #[test]
    fn known_encodings_need_no_table() {
        let font = |dictionary| Font::of(&Document::new(), &dictionary);
        let wide = lopdf::dictionary! { "Subtype" => "Type0", "Encoding" => "GBK-EUC-H" };
        assert_eq!(font(wide).text(&GB18030.encode("齿轮").0), "齿轮");
        let wide = lopdf::dictionary! { "Subtype" => "Type0", "Encoding" => "UniGB-UTF16-H" };
        assert_eq!(font(wide).text(&[0x9f, 0x7f]), "齿");
        let wide = lopdf::dictionary! { "Subtype" => "Type0", "Encoding" => "Identity-H" };
        assert_eq!(font(wide).text(&[0x9f, 0x7f]), "");
        assert_eq!(
            font(lopdf::dictionary! { "Subtype" => "Type1" }).text(b"Gear \x96"),
            "Gear –"
        );
    }
}
