//! Counts what passes by while a part of a zipped workbook is unpacked, and stops where it is more than a workbook has.
//! What a part says it holds can lie; what went past cannot. No tag is understood here beyond its name, so that this
//! costs little beside the unpacking, and the parts may be cut anywhere.

use std::io::{Error, Read, Result};

use crate::limits::CELLS_MAX;
use crate::refusal::Refusal;

/// Tags in all parts together. A cell has four, a formatted blank one; the reader takes some 30 ns for each.
pub(super) const TAGS_MAX: usize = 20_000_000;
/// Merged regions in all sheets: each costs memory before the first is looked at.
const MERGED_MAX: usize = 1_000_000;
/// Bytes between two tags of an XML part. A cell's text has at most 32,767 characters, each at most 8 bytes as `&#…;`.
const STRETCH_MAX: usize = 1024 * 1024;
/// Bytes of a tag's name that are looked at.
const NAME_BYTES: usize = 12;

/// What was counted so far, in all parts together.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Tags, opening and closing.
    pub(super) tags: usize,
    /// Shared strings.
    pub(super) strings: usize,
    /// Merged regions.
    pub(super) merged: usize,
}

/// A part that is counted while it is read.
pub(super) struct Watch<'c, R> {
    part: R,
    counts: &'c mut Counts,
    /// Whether texts are looked at: not those of pictures and other binary parts.
    is_xml: bool,
    /// Bytes read, and those read when the last tag began.
    read: usize,
    last_tag: usize,
    /// The name of the tag that is passing by, without its prefix; none between tags.
    name: Option<([u8; NAME_BYTES], usize)>,
    refusal: Option<Refusal>,
}

impl<'c, R: Read> Watch<'c, R> {
    /// Watches a part of this name (in lower case).
    pub(super) fn new(part: R, name: &str, counts: &'c mut Counts) -> Self {
        Watch {
            part,
            counts,
            is_xml: [".xml", ".rels", ".vml"].iter().any(|end| name.ends_with(end)),
            read: 0,
            last_tag: 0,
            name: None,
            refusal: None,
        }
    }

    /// Why it was stopped, if it was; and the reader itself.
    pub(super) fn finish(self) -> (Option<Refusal>, R) {
        (self.refusal, self.part)
    }

    /// Bytes that went past.
    pub(super) fn passed(&self) -> usize {
        self.read
    }

    fn scan(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        loop {
            rest = self.scan_name(rest);
            let Some(at) = rest.iter().position(|byte| *byte == b'<') else {
                break;
            };
            let here = self.read + bytes.len() - rest.len() + at;
            self.check_stretch(here);
            self.last_tag = here;
            self.counts.tags += 1;
            self.name = Some(([0; NAME_BYTES], 0));
            rest = rest.get(at + 1..).unwrap_or_default();
        }
        self.read += bytes.len();
        self.check_stretch(self.read);
        self.check_counts();
    }

    /// Reads on in the name of a tag, if one is passing by.
    fn scan_name<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        let Some((mut name, mut len)) = self.name else {
            return bytes;
        };
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b':' => len = 0,
                b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n' => {
                    match name.get(..len) {
                        Some(b"si") => self.counts.strings += 1,
                        Some(b"mergeCell") => self.counts.merged += 1,
                        _ => {}
                    }
                    self.name = None;
                    return bytes.get(at..).unwrap_or_default();
                }
                _ => {
                    if let Some(place) = name.get_mut(len) {
                        *place = *byte;
                    }
                    len = len.saturating_add(1);
                }
            }
        }
        self.name = Some((name, len));
        &[]
    }

    fn check_stretch(&mut self, here: usize) {
        let stretch = here - self.last_tag;
        if self.is_xml && stretch > STRETCH_MAX && self.refusal.is_none() {
            let detail = format!("a text of more than {STRETCH_MAX} bytes inside one tag or between two");
            self.refusal = Some(Refusal::broken(detail));
        }
    }

    fn check_counts(&mut self) {
        let counts = &self.counts;
        if self.refusal.is_some() {
            return;
        }
        if counts.strings > CELLS_MAX || counts.merged > MERGED_MAX || counts.tags > TAGS_MAX {
            self.refusal = Some(Refusal::TooManyCells { limit: CELLS_MAX });
        }
    }
}

impl<R: Read> Read for Watch<'_, R> {
    fn read(&mut self, to: &mut [u8]) -> Result<usize> {
        if self.refusal.is_some() {
            return Err(Error::other("stopped"));
        }
        let count = self.part.read(to)?;
        self.scan(to.get(..count).unwrap_or_default());
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, copy, sink};

    use super::{Counts, STRETCH_MAX, Watch};
    use crate::refusal::Refusal;

    /// Gives its bytes a few at a time.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
            let count = self.0.len().min(self.1).min(to.len());
            let (now, later) = self.0.split_at(count);
            to[..count].copy_from_slice(now);
            self.0 = later;
            Ok(count)
        }
    }

    fn count(bytes: &[u8], step: usize) -> (Counts, Option<Refusal>) {
        let mut counts = Counts::default();
        let mut watch = Watch::new(Slow(bytes, step), "a.xml", &mut counts);
        let _ = copy(&mut watch, &mut sink());
        let (refusal, _) = watch.finish();
        (counts, refusal)
    }

    #[test]
    fn tags_are_counted_wherever_the_part_is_cut() {
        let text =
            b"<sst><si>a</si><x:si/><si\tx='1'/><sis/><asi/><mergeCells><mergeCell ref='A1'/><y:mergeCell></sst><si";
        for step in 1..text.len() {
            let (counts, refusal) = count(text, step);
            assert_eq!((counts.tags, counts.strings, counts.merged), (12, 3, 2), "{step}");
            assert_eq!(refusal, None);
        }
    }

    #[test]
    fn a_text_without_an_end_is_stopped() {
        let mut text = b"<si><t>".to_vec();
        text.resize(STRETCH_MAX + 4, b'x');
        assert_eq!(count(&text, 4096).1.map(|refusal| refusal.code()), None);
        text.resize(STRETCH_MAX + 5, b'x');
        assert_eq!(count(&text, 4096).1.map(|refusal| refusal.code()), Some("broken"));
        let mut counts = Counts::default();
        let mut watch = Watch::new(&text[..], "xl/media/image1.png", &mut counts);
        assert!(copy(&mut watch, &mut sink()).is_ok());
    }

    #[test]
    fn more_strings_than_cells_are_stopped() {
        let text = "<si/>".repeat(crate::CELLS_MAX + 1).into_bytes();
        assert_eq!(
            count(&text, 65_536).1,
            Some(Refusal::TooManyCells {
                limit: crate::CELLS_MAX
            })
        );
    }
}
