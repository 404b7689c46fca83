//! JPEG: segment by segment.

use super::{Broken, Bytes, Image, exif};

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP14: u8 = 0xee;
/// What stands before camera data in its segment.
const EXIF: &[u8] = b"Exif\0\0";
/// The segment of JFIF without its small picture: identifier, version, unit, density.
const JFIF_BYTES: usize = 12;

/// Whether a marker begins a frame: its size stands there. C4, C8 and CC are tables.
fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

/// Whether the picture needs a segment: frames, tables, restart intervals, lines.
fn is_needed(marker: u8) -> bool {
    is_frame(marker) || matches!(marker, 0xc4 | 0xcc | 0xdb | 0xdc | 0xdd)
}

/// What is gathered on the way.
#[derive(Default)]
struct Walk {
    /// Frames, tables and scans.
    body: Vec<u8>,
    /// What says how bright and colours are to be read.
    heads: Vec<u8>,
    size: Option<(u32, u32)>,
    orientation: Option<u16>,
    has_scan: bool,
    stripped: bool,
}

pub(super) fn read(bytes: &[u8]) -> Result<Image, Broken> {
    let mut from = Bytes::new(bytes);
    if from.take(2) != Some(&[0xff, SOI]) {
        return Err("jpeg");
    }
    let mut walk = Walk::default();
    loop {
        match marker(&mut from) {
            // A picture cut off within its scan still shows: what is there stays.
            None if walk.has_scan => break,
            None => return Err("jpeg-marker"),
            Some(EOI) => break,
            Some(0x01 | 0xd0..=0xd7) => {}
            Some(marker) => walk.segment(marker, &mut from)?,
        }
    }
    // After the end there may be a second picture, a film, or anything.
    walk.stripped |= !from.rest.is_empty();
    walk.finish()
}

/// The next marker; bytes to fill up are passed over.
fn marker(from: &mut Bytes<'_>) -> Option<u8> {
    if from.u8()? != 0xff {
        return None;
    }
    loop {
        match from.u8()? {
            0xff => {}
            0 => return None,
            marker => return Some(marker),
        }
    }
}

impl Walk {
    fn segment(&mut self, marker: u8, from: &mut Bytes<'_>) -> Result<(), Broken> {
        let length = from.u16().and_then(|n| n.checked_sub(2)).ok_or("jpeg-segment")?;
        let data = from.take(usize::from(length)).ok_or("jpeg-segment")?;
        match marker {
            SOS => {
                if self.size.is_none() {
                    return Err("jpeg-frame");
                }
                self.keep(marker, data);
                self.body.extend_from_slice(scan(from));
                self.has_scan = true;
            }
            _ if is_needed(marker) => {
                if is_frame(marker) {
                    self.size = Some(frame(data)?);
                }
                self.keep(marker, data);
            }
            APP0 if data.starts_with(b"JFIF\0") && data.len() >= JFIF_BYTES && self.heads.is_empty() => {
                self.stripped |= data.len() > JFIF_BYTES + 2;
                // No small picture: its width and height are nothing.
                let jfif = [data.get(..JFIF_BYTES).unwrap_or_default(), &[0, 0]].concat();
                write(&mut self.heads, APP0, &jfif);
            }
            // Says whether the colours are YCbCr, YCCK or CMYK: without it they come out wrong.
            APP14 if data.starts_with(b"Adobe") && data.len() == 12 => write(&mut self.body, marker, data),
            APP1 if data.starts_with(EXIF) => {
                self.orientation = self.orientation.or_else(|| exif::orientation(data.get(EXIF.len()..)?));
                // Our own block is no news.
                self.stripped |= data.get(EXIF.len()..) != self.orientation.map(exif::only_orientation).as_deref();
            }
            _ => self.stripped = true,
        }
        Ok(())
    }

    fn keep(&mut self, marker: u8, data: &[u8]) {
        write(&mut self.body, marker, data);
    }

    fn finish(self) -> Result<Image, Broken> {
        let (width, height) = self.size.filter(|_| self.has_scan).ok_or("jpeg-scan")?;
        let mut content = vec![0xff, SOI];
        content.extend(self.heads);
        if let Some(orientation) = self.orientation {
            write(
                &mut content,
                APP1,
                &[EXIF, &exif::only_orientation(orientation)].concat(),
            );
        }
        content.extend(self.body);
        content.extend([0xff, EOI]);
        Ok(Image {
            content,
            width,
            height,
            stripped: self.stripped,
        })
    }
}

fn write(out: &mut Vec<u8>, marker: u8, data: &[u8]) {
    // Data came with a length of two bytes that counts itself, so this always fits.
    let length = u16::try_from(data.len() + 2).unwrap_or(u16::MAX);
    out.extend([0xff, marker]);
    out.extend(length.to_be_bytes());
    out.extend_from_slice(data);
}

/// Width and height of a frame.
fn frame(data: &[u8]) -> Result<(u32, u32), Broken> {
    let mut from = Bytes::new(data);
    let size = (|| {
        let _bits = from.u8()?;
        let height = from.u16()?;
        let width = from.u16()?;
        Some((u32::from(width), u32::from(height)))
    })();
    // A height that is told only after the scan is allowed and written by nobody.
    size.filter(|(width, height)| *width > 0 && *height > 0)
        .ok_or("jpeg-frame")
}

/// The data of a scan: up to the next marker that is neither a stuffed byte nor a restart.
fn scan<'a>(from: &mut Bytes<'a>) -> &'a [u8] {
    let bytes = from.rest;
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == 0xff)) {
        at += found;
        match bytes.get(at + 1) {
            Some(0 | 0xd0..=0xd7) => at += 2,
            Some(0xff) => at += 1,
            Some(_) => return from.take(at).unwrap_or_default(),
            None => break,
        }
    }
    // Cut off: a lone 0xff at the end says nothing.
    let end = if bytes.ends_with(&[0xff]) && at + 1 >= bytes.len() {
        bytes.len() - 1
    } else {
        bytes.len()
    };
    let data = bytes.get(..end).unwrap_or_default();
    from.rest = &[];
    data
}

/// Pictures for tests.
#[cfg(test)]
pub(in crate::files) mod testing {
    use super::*;

    /// A grey picture of 8 × 8 pixels with these segments before its frame.
    pub(in crate::files) fn picture(segments: &[(u8, &[u8])]) -> Vec<u8> {
        let mut out = vec![0xff, SOI];
        write(&mut out, APP0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
        for (marker, data) in segments {
            write(&mut out, *marker, data);
        }
        write(&mut out, 0xdb, &[&[0][..], &[1; 64]].concat());
        write(&mut out, 0xc0, &[8, 0, 8, 0, 8, 1, 1, 0x11, 0]);
        // One code of one bit in each table: difference 0, end of block.
        let table = |class: u8| [&[class, 1][..], &[0; 15], &[0]].concat();
        write(&mut out, 0xc4, &table(0x00));
        write(&mut out, 0xc4, &table(0x10));
        write(&mut out, SOS, &[1, 1, 0, 0, 63, 0]);
        out.push(0x3f);
        out.extend([0xff, EOI]);
        out
    }

    /// Camera data with this text as its owner, turned.
    pub(in crate::files) fn camera(owner: &str) -> Vec<u8> {
        let mut tiff = exif::only_orientation(6);
        tiff.extend(owner.as_bytes());
        [EXIF, &tiff].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{camera, picture};
    use super::*;

    #[test]
    fn a_plain_picture_comes_out_as_it_is() {
        let plain = picture(&[]);
        let image = read(&plain).unwrap();
        assert_eq!((image.width, image.height, image.stripped), (8, 8, false));
        assert_eq!(image.content, plain);
    }

    #[test]
    fn camera_data_comments_and_what_follows_go_but_not_the_turning() {
        let exif = camera("金丝雀摄影师");
        let mut full = picture(&[
            (APP1, &exif),
            (APP1, b"http://ns.adobe.com/xap/1.0/\0<x>canary-xmp</x>"),
            (0xe2, b"ICC_PROFILE\0\x01\x01canary-screen"),
            (0xed, b"Photoshop 3.0\0canary-iptc"),
            (0xfe, b"canary-comment"),
            (APP14, b"Adobe\0\x64\0\0\0\0\0"),
        ]);
        full.extend(b"canary-appended");
        let image = read(&full).unwrap();
        assert!(image.stripped);
        let said = String::from_utf8_lossy(&image.content);
        assert!(!said.contains("canary") && !said.contains("金丝雀"), "{said}");
        assert!(said.contains("Adobe"), "the colours' meaning stays");
        let again = read(&image.content).unwrap();
        assert!(!again.stripped, "what was cleaned is clean");
        assert_eq!(again.content, image.content);
        assert_eq!(again.orientation_for_tests(), Some(6));
    }

    impl Image {
        fn orientation_for_tests(&self) -> Option<u16> {
            let at = self.content.windows(EXIF.len()).position(|w| w == EXIF)?;
            exif::orientation(&self.content[at + EXIF.len()..])
        }
    }

    #[test]
    fn a_cut_picture_is_ended_and_a_headless_one_refused() {
        let whole = picture(&[]);
        let cut = &whole[..whole.len() - 2];
        assert_eq!(read(cut).unwrap().content, whole);
        let scan = whole.windows(2).position(|w| w == [0xff, SOS]).unwrap();
        assert!(read(&whole[..scan]).is_err());
        assert!(read(b"\xff\xd8\xff").is_err());
        assert!(read(b"\xff\xd8\xff\xe0\x00\x01").is_err());
    }
}
