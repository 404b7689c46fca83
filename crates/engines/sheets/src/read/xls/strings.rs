//! Texts in the records of old workbooks. BIFF8 writes UTF-16, halved where all upper bytes are zero; a text that runs
//! into a continuation says there anew whether it is halved. BIFF5 writes bytes of a code page.

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1252};

use super::records::Record;
use crate::read::ole::{u16_at, u32_at};

/// Flags before a BIFF8 text.
const WIDE: u8 = 0x01;
const HAS_PHONETICS: u8 = 0x04;
const HAS_RUNS: u8 = 0x08;
/// Bytes of one formatting run behind a text.
const RUN_BYTES: usize = 4;

/// The encoding of a BIFF5 workbook's code page. GB18030 where it is unknown: files here that name none were written
/// by Chinese systems, and ASCII reads alike in all.
pub(super) fn encoding_of(code_page: u16) -> &'static Encoding {
    match code_page {
        932 => SHIFT_JIS,
        949 => EUC_KR,
        950 => BIG5,
        // Windows Latin and its Mac cousin; Excel 95 in English says 1252.
        1252 | 0x8001 => WINDOWS_1252,
        65001 => UTF_8,
        _ => GB18030,
    }
}

/// A place in a record's bytes and its continuations.
#[derive(Clone)]
pub(super) struct Text<'r> {
    data: &'r [u8],
    more: std::slice::Iter<'r, &'r [u8]>,
}

impl<'r> Text<'r> {
    /// The place after `skip` bytes of a record.
    pub(super) fn after(record: &'r Record<'_>, skip: usize) -> Text<'r> {
        Text {
            data: record.data.get(skip..).unwrap_or_default(),
            more: record.more.iter(),
        }
    }

    /// A BIFF8 text with a length of two bytes.
    pub(super) fn long(mut self) -> Option<String> {
        self.next_long()
    }

    /// A BIFF8 text with a length of one byte.
    pub(super) fn short(mut self) -> Option<String> {
        let chars = usize::from(self.byte()?);
        let flags = self.byte()?;
        self.chars(chars, flags & WIDE != 0)
    }

    /// A BIFF5 text with a length of two bytes.
    pub(super) fn long_bytes(self, encoding: &'static Encoding) -> Option<String> {
        let len = usize::from(u16_at(self.data, 0)?);
        bytes_text(self.data.get(2..)?.get(..len)?, encoding)
    }

    /// A BIFF5 text with a length of one byte.
    pub(super) fn short_bytes(self, encoding: &'static Encoding) -> Option<String> {
        let len = usize::from(*self.data.first()?);
        bytes_text(self.data.get(1..)?.get(..len)?, encoding)
    }

    /// The next BIFF8 text, with what stands behind it (formatting runs, how it is pronounced) skipped.
    fn next_long(&mut self) -> Option<String> {
        let chars = usize::from(u16_at(self.take(2)?, 0)?);
        let flags = self.byte()?;
        let runs = if flags & HAS_RUNS != 0 {
            usize::from(u16_at(self.take(2)?, 0)?)
        } else {
            0
        };
        let phonetics = if flags & HAS_PHONETICS != 0 {
            u32_at(self.take(4)?, 0)? as usize
        } else {
            0
        };
        let text = self.chars(chars, flags & WIDE != 0)?;
        // A file may end in the middle of what is skipped; the text itself is there.
        self.skip(runs * RUN_BYTES);
        self.skip(phonetics);
        Some(text)
    }

    fn chars(&mut self, count: usize, is_wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::new();
        let mut is_wide = is_wide;
        while units.len() < count {
            if self.data.is_empty() {
                self.data = self.more.next()?;
                is_wide = self.byte()? & WIDE != 0;
                continue;
            }
            let wanted = count - units.len();
            if is_wide {
                let bytes = self.take(wanted.saturating_mul(2).min(self.data.len() & !1).max(2))?;
                units.extend(bytes.chunks_exact(2).filter_map(|pair| u16_at(pair, 0)));
            } else {
                let bytes = self.take(wanted.min(self.data.len()))?;
                units.extend(bytes.iter().map(|byte| u16::from(*byte)));
            }
        }
        Some(String::from_utf16_lossy(&units))
    }

    /// The next bytes, which must lie together; only characters may be parted by a continuation.
    fn take(&mut self, len: usize) -> Option<&'r [u8]> {
        if self.data.is_empty() && len > 0 {
            self.data = self.more.next()?;
        }
        let taken = self.data.get(..len)?;
        self.data = self.data.get(len..)?;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).and_then(|bytes| bytes.first().copied())
    }

    fn skip(&mut self, mut len: usize) {
        while len > self.data.len() {
            len -= self.data.len();
            match self.more.next() {
                Some(next) => self.data = next,
                None => {
                    self.data = &[];
                    return;
                }
            }
        }
        self.data = self.data.get(len..).unwrap_or_default();
    }
}

fn bytes_text(bytes: &[u8], encoding: &'static Encoding) -> Option<String> {
    Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

/// The shared strings of a workbook. The count that the record states is no reason to allocate: strings are read
/// until so many are there or the bytes end.
pub(super) fn shared(record: &Record<'_>) -> Option<Vec<String>> {
    let count = u32_at(record.data, 4)? as usize;
    let mut text = Text::after(record, 8);
    let mut strings = Vec::new();
    while strings.len() < count {
        match text.next_long() {
            Some(string) => strings.push(string),
            None => break,
        }
    }
    Some(strings)
}

#[cfg(test)]
mod tests {
    use super::{Text, shared};
    use crate::read::xls::records::Record;

    fn record<'a>(data: &'a [u8], more: &[&'a [u8]]) -> Record<'a> {
        Record {
            kind: 0,
            data,
            more: more.to_vec(),
        }
    }

    #[test]
    fn halved_and_wide_texts_read() {
        assert_eq!(
            Text::after(&record(&[2, 0, 0, b'a', b'b'], &[]), 0).long().as_deref(),
            Some("ab")
        );
        assert_eq!(
            Text::after(&record(&[9, 1, 1, 0x87, 0x65], &[]), 1).short().as_deref(),
            Some("文")
        );
        assert_eq!(Text::after(&record(&[3, 0, 1, b'a', 0], &[]), 0).long(), None);
    }

    #[test]
    fn a_text_may_change_its_width_in_a_continuation() {
        let parts = record(&[3, 0, 0, b'a'], &[&[1, 0x87, 0x65], &[0, b'z']]);
        assert_eq!(Text::after(&parts, 0).long().as_deref(), Some("a文z"));
    }

    #[test]
    fn an_odd_byte_before_a_continuation_is_no_endless_loop() {
        let parts = record(&[2, 0, 1, b'a', 0, b'b'], &[&[1, b'c', 0]]);
        assert_eq!(Text::after(&parts, 0).long(), None);
    }

    #[test]
    fn shared_strings_skip_runs_and_phonetics_across_continuations() {
        let head = [9, 0, 0, 0, 3, 0, 0, 0];
        let rich = [1, 0, 0x0C, 1, 0, 3, 0, 0, 0, b'x', 1, 1];
        let data = [&head[..], &rich].concat();
        let parts = record(&data, &[&[1, 1, 7, 7, 7, 1, 0, 0, b'y'], &[1, 0, 0, b'z']]);
        assert_eq!(
            shared(&parts),
            Some(vec!["x".to_owned(), "y".to_owned(), "z".to_owned()])
        );
    }

    #[test]
    fn announced_strings_that_are_not_there_are_not_made() {
        let data = [0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 1, 0, 0, b'x'];
        assert_eq!(shared(&record(&data, &[])), Some(vec!["x".to_owned()]));
    }
}
