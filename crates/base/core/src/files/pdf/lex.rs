//! Objects as they are written in a PDF (ISO 32000, 7.3).

use lopdf::{Dictionary, Object, StringFormat};

use super::{Broken, PDF_OBJECTS_MAX};

/// How deep objects may lie in one another: page trees and outlines nest by reference, arrays in arrays a few deep.
const DEPTH_MAX: usize = 64;
/// Digits of a number that are read: more are noise.
const DIGITS_MAX: usize = 30;

/// What reading one file may cost.
pub(super) struct Budget {
    objects: usize,
    bytes: usize,
}

impl Budget {
    /// For a file of so many bytes. Each byte may be read several times, since text that turns out to be no object is read
    /// again from its next word.
    pub(super) fn new(bytes: usize) -> Self {
        Self {
            objects: PDF_OBJECTS_MAX,
            bytes: bytes.saturating_mul(4).saturating_add(1024 * 1024),
        }
    }

    /// Lets that many more bytes be read: a packed stream was opened.
    pub(super) fn extend(&mut self, bytes: usize) {
        self.bytes = self.bytes.saturating_add(bytes.saturating_mul(4));
    }

    fn object(&mut self) -> Result<(), Broken> {
        self.objects = self.objects.checked_sub(1).ok_or("pdf-objects")?;
        Ok(())
    }

    /// Whether it is used up: then nothing more is read at all.
    pub(super) fn is_spent(&self) -> bool {
        self.objects == 0 || self.bytes == 0
    }

    fn read(&mut self, bytes: usize) -> Result<(), Broken> {
        self.bytes = self.bytes.saturating_sub(bytes);
        if self.bytes == 0 { Err("pdf-time") } else { Ok(()) }
    }
}

/// A place in the bytes from which objects are read.
pub(super) struct Lexer<'a, 'b> {
    bytes: &'a [u8],
    /// The next byte.
    pub at: usize,
    budget: &'b mut Budget,
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

fn is_regular(byte: u8) -> bool {
    !is_blank(byte) && !is_delimiter(byte)
}

impl<'a, 'b> Lexer<'a, 'b> {
    pub(super) fn new(bytes: &'a [u8], at: usize, budget: &'b mut Budget) -> Self {
        Self { bytes, at, budget }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The bytes from here on.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Passes over what fits.
    fn pass(&mut self, fits: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.rest();
        let length = rest.iter().position(|b| !fits(*b)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// Passes over blanks and comments.
    pub(super) fn blanks(&mut self) -> Result<(), Broken> {
        let from = self.at;
        loop {
            self.pass(is_blank);
            if self.peek() != Some(b'%') {
                break;
            }
            self.pass(|b| !matches!(b, b'\r' | b'\n'));
        }
        self.budget.read(self.at - from)
    }

    /// Takes a keyword that ends here.
    pub(super) fn keyword(&mut self, word: &[u8]) -> bool {
        let is_there =
            self.rest().starts_with(word) && self.rest().get(word.len()).is_none_or(|next| !is_regular(*next));
        if is_there {
            self.at += word.len();
        }
        is_there
    }

    /// The next word, whatever it is; one sign where none begins here.
    pub(super) fn word(&mut self) -> &'a [u8] {
        let word = self.pass(is_regular);
        if !word.is_empty() {
            return word;
        }
        let sign = self.rest().get(..1).unwrap_or_default();
        self.at += sign.len();
        sign
    }

    /// A whole number without sign, as in the names of objects.
    pub(super) fn unsigned(&mut self) -> Option<u32> {
        let digits = self.pass(|b| b.is_ascii_digit());
        if digits.is_empty() || digits.len() > 10 {
            return None;
        }
        std::str::from_utf8(digits).ok()?.parse().ok()
    }

    /// The next object.
    pub(super) fn object(&mut self) -> Result<Object, Broken> {
        self.nested(DEPTH_MAX)
    }

    fn nested(&mut self, depth: usize) -> Result<Object, Broken> {
        let depth = depth.checked_sub(1).ok_or("pdf-depth")?;
        self.budget.object()?;
        self.blanks()?;
        let from = self.at;
        let object = match self.peek().ok_or("pdf-end")? {
            b'/' => Object::Name(self.name()),
            b'(' => Object::String(self.literal()?, StringFormat::Literal),
            b'<' if self.rest().starts_with(b"<<") => {
                self.at += 2;
                Object::Dictionary(self.dictionary(depth)?)
            }
            b'<' => Object::String(self.hexadecimal()?, StringFormat::Hexadecimal),
            b'[' => {
                self.at += 1;
                Object::Array(self.array(depth)?)
            }
            b'0'..=b'9' => self.number_or_reference()?,
            b'+' | b'-' | b'.' => self.number()?,
            _ if self.keyword(b"true") => Object::Boolean(true),
            _ if self.keyword(b"false") => Object::Boolean(false),
            _ if self.keyword(b"null") => Object::Null,
            _ => return Err("pdf-object"),
        };
        // What holds others was paid for by them.
        if !matches!(object, Object::Array(_) | Object::Dictionary(_)) {
            self.budget.read(self.at - from)?;
        }
        Ok(object)
    }

    fn array(&mut self, depth: usize) -> Result<Vec<Object>, Broken> {
        let mut out = Vec::new();
        loop {
            self.blanks()?;
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(out);
            }
            out.push(self.nested(depth)?);
        }
    }

    fn dictionary(&mut self, depth: usize) -> Result<Dictionary, Broken> {
        let mut out = Dictionary::new();
        loop {
            self.blanks()?;
            if self.rest().starts_with(b">>") {
                self.at += 2;
                return Ok(out);
            }
            if self.peek() != Some(b'/') {
                return Err("pdf-dictionary");
            }
            let key = self.name();
            let value = self.nested(depth)?;
            out.set(key, value);
        }
    }

    /// A name, its `#` escapes undone: what hides behind them is seen.
    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let written = self.pass(is_regular);
        let mut out = Vec::with_capacity(written.len());
        let mut rest = written;
        while let Some((first, tail)) = rest.split_first() {
            let escaped = (*first == b'#').then(|| tail.get(..2)).flatten();
            let byte = escaped.and_then(|two| Some(hex(two[0])? << 4 | hex(two[1])?));
            out.push(byte.unwrap_or(*first));
            rest = if byte.is_some() {
                tail.get(2..).unwrap_or_default()
            } else {
                tail
            };
        }
        out
    }

    fn literal(&mut self) -> Result<Vec<u8>, Broken> {
        self.at += 1;
        let (from, mut open, mut out) = (self.at, 1usize, Vec::new());
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Ok(out);
                    }
                }
                b'\\' => {
                    self.escape(&mut out);
                    continue;
                }
                _ => {}
            }
            out.push(byte);
        }
        self.budget.read(self.at - from)?;
        Err("pdf-string")
    }

    /// What follows a backslash in a string.
    fn escape(&mut self, out: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'0'..=b'7' => {
                let mut value = u16::from(byte - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(digit @ b'0'..=b'7') => {
                            value = value * 8 + u16::from(digit - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                // High digits that do not fit are to be ignored.
                out.push(u8::try_from(value & 0xff).unwrap_or_default());
            }
            // A line that goes on.
            b'\n' => {}
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            other => out.push(other),
        }
    }

    fn hexadecimal(&mut self) -> Result<Vec<u8>, Broken> {
        self.at += 1;
        let from = self.at;
        let written = self.pass(|b| b != b'>');
        self.budget.read(self.at - from)?;
        if self.peek() != Some(b'>') {
            return Err("pdf-string");
        }
        self.at += 1;
        let digits: Vec<u8> = written.iter().filter_map(|b| hex(*b)).collect();
        Ok(digits
            .chunks(2)
            .map(|pair| pair.first().copied().unwrap_or_default() << 4 | pair.get(1).copied().unwrap_or_default())
            .collect())
    }

    fn number(&mut self) -> Result<Object, Broken> {
        let written = self.pass(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.'));
        let text = written.get(..written.len().min(DIGITS_MAX)).unwrap_or_default();
        let text = std::str::from_utf8(text).map_err(|_| "pdf-number")?;
        if let Ok(whole) = text.parse::<i64>() {
            return Ok(Object::Integer(whole));
        }
        // Some programs write `--5` or `1.2-3`: readers take what stands first.
        let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
        let bare = text.trim_start_matches(['+', '-']);
        let bare = bare.split(['+', '-']).next().unwrap_or_default();
        let value: f32 = match bare {
            "" | "." => 0.0,
            bare => bare.parse().map_err(|_| "pdf-number")?,
        };
        Ok(Object::Real(sign * value))
    }

    /// A number, or the name of another object: `12 0 R`.
    fn number_or_reference(&mut self) -> Result<Object, Broken> {
        let from = self.at;
        if let Some(reference) = self.reference() {
            return Ok(reference);
        }
        self.at = from;
        self.number()
    }

    fn reference(&mut self) -> Option<Object> {
        let number = self.unsigned()?;
        self.gap()?;
        let generation = u16::try_from(self.unsigned()?).ok()?;
        self.gap()?;
        self.keyword(b"R").then_some(Object::Reference((number, generation)))
    }

    /// Blanks between the parts of a reference: a few at most.
    fn gap(&mut self) -> Option<()> {
        let blanks = self.pass(is_blank);
        (1..=16).contains(&blanks.len()).then_some(())
    }
}

fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Object, Broken> {
        Lexer::new(text.as_bytes(), 0, &mut Budget::new(text.len())).object()
    }

    #[test]
    fn objects_are_read() {
        for (text, expected) in [
            ("12", Object::Integer(12)),
            ("-7", Object::Integer(-7)),
            (".5", Object::Real(0.5)),
            ("--5.5", Object::Real(-5.5)),
            ("-", Object::Real(-0.0)),
            ("12 0 R", Object::Reference((12, 0))),
            ("true", Object::Boolean(true)),
            ("null", Object::Null),
            ("/Java#53cript ", Object::Name(b"JavaScript".to_vec())),
            ("/a#zz", Object::Name(b"a#zz".to_vec())),
            ("(a(b)\\)\\101\\\nc)", Object::string_literal("a(b))Ac")),
            ("<48 65 6>", Object::String(b"He`".to_vec(), StringFormat::Hexadecimal)),
            (
                "% comment\n [1 0 R 2 3]",
                Object::Array(vec![Object::Reference((1, 0)), 2.into(), 3.into()]),
            ),
        ] {
            assert_eq!(read(text), Ok(expected), "{text}");
        }
        let Ok(Object::Dictionary(dictionary)) = read("<</A 1/B<</C[]>>>>") else {
            panic!("a dictionary");
        };
        assert_eq!(dictionary.len(), 2);
    }

    #[test]
    fn nonsense_is_no_object() {
        for text in [
            "", "]", ">>", "endobj", "(open", "<12", "[1 2", "<</A>>", "<<1 2>>", "truely",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        assert_eq!(read(&"[".repeat(200_000)), Err("pdf-depth"));
        assert_eq!(read(&format!("[{}]", "0 ".repeat(PDF_OBJECTS_MAX))), Err("pdf-objects"));
    }
}
