//! WebP: chunk by chunk of its RIFF.

use super::{Broken, Bytes, Image, exif};

/// Bits of the extended head that say what else there is.
const HAS_PROFILE: u8 = 0x20;
const HAS_CAMERA: u8 = 0x08;
const HAS_XMP: u8 = 0x04;
/// Bytes before the chunks of one frame of a moving picture.
const FRAME_HEAD: usize = 16;

/// What is gathered on the way.
#[derive(Default)]
struct Walk {
    body: Vec<u8>,
    size: Option<(u32, u32)>,
    has_data: bool,
    orientation: Option<u16>,
    /// Where the flags of the extended head stand in the body.
    flags_at: Option<usize>,
    stripped: bool,
}

pub(super) fn read(bytes: &[u8]) -> Result<Image, Broken> {
    let mut from = Bytes::new(bytes);
    let length = (|| {
        (from.take(4)? == b"RIFF").then_some(())?;
        let length = usize::try_from(from.u32_le()?).ok()?;
        (from.take(4)? == b"WEBP").then_some(length.checked_sub(4)?)
    })();
    let body = from.take(length.ok_or("webp")?).ok_or("webp-length")?;
    let mut walk = Walk {
        stripped: !from.rest.is_empty(),
        ..Walk::default()
    };
    let mut from = Bytes::new(body);
    while !from.rest.is_empty() {
        let (kind, data) = chunk(&mut from).ok_or("webp-chunk")?;
        walk.take(kind, data)?;
    }
    walk.finish()
}

/// The next chunk, without the byte that makes its length even.
fn chunk<'a>(from: &mut Bytes<'a>) -> Option<(&'a [u8], &'a [u8])> {
    let kind = from.take(4)?;
    let length = usize::try_from(from.u32_le()?).ok()?;
    let data = from.take(length)?;
    if length % 2 == 1 {
        from.take(1)?;
    }
    Some((kind, data))
}

fn write(out: &mut Vec<u8>, kind: &[u8], data: &[u8]) {
    out.extend_from_slice(kind);
    out.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend_from_slice(data);
    if data.len() % 2 == 1 {
        out.push(0);
    }
}

impl Walk {
    fn take(&mut self, kind: &[u8], data: &[u8]) -> Result<(), Broken> {
        match kind {
            b"VP8X" if self.size.is_none() => {
                self.size = Some(extended(data).ok_or("webp-head")?);
                self.flags_at = Some(self.body.len() + 8);
            }
            b"VP8 " | b"VP8L" => {
                let size = if kind == b"VP8 " { lossy(data) } else { lossless(data) };
                let size = size.ok_or("webp-head")?;
                self.size.get_or_insert(size);
                self.has_data = true;
            }
            b"ALPH" | b"ANIM" if self.size.is_some() => {}
            b"ANMF" if self.size.is_some() => {
                let frame = self.frame(data).ok_or("webp-frame")?;
                write(&mut self.body, kind, &frame);
                self.has_data = true;
                return Ok(());
            }
            b"EXIF" => {
                let tiff = data.strip_prefix(b"Exif\0\0").unwrap_or(data);
                self.orientation = exif::orientation(tiff);
                self.stripped |= self.orientation.map(exif::only_orientation).as_deref() != Some(data);
                return Ok(());
            }
            _ => {
                self.stripped = true;
                return Ok(());
            }
        }
        write(&mut self.body, kind, data);
        Ok(())
    }

    /// A frame of a moving picture with the chunks that make it.
    fn frame(&mut self, data: &[u8]) -> Option<Vec<u8>> {
        let mut from = Bytes::new(data);
        let mut out = from.take(FRAME_HEAD)?.to_vec();
        while !from.rest.is_empty() {
            let (kind, data) = chunk(&mut from)?;
            if matches!(kind, b"ALPH" | b"VP8 " | b"VP8L") {
                write(&mut out, kind, data);
            } else {
                self.stripped = true;
            }
        }
        Some(out)
    }

    fn finish(mut self) -> Result<Image, Broken> {
        let (width, height) = self.size.filter(|_| self.has_data).ok_or("webp-data")?;
        if let Some(flags) = self.flags_at.and_then(|at| self.body.get_mut(at)) {
            *flags &= !(HAS_PROFILE | HAS_CAMERA | HAS_XMP);
            if let Some(turned) = self.orientation {
                *flags |= HAS_CAMERA;
                write(&mut self.body, b"EXIF", &exif::only_orientation(turned));
            }
        }
        let mut content = b"RIFF".to_vec();
        let length = u32::try_from(self.body.len() + 4).map_err(|_| "webp-length")?;
        content.extend(length.to_le_bytes());
        content.extend(b"WEBP");
        content.extend(self.body);
        Ok(Image {
            content,
            width,
            height,
            stripped: self.stripped,
        })
    }
}

fn u24(bytes: &[u8], at: usize) -> Option<u32> {
    let part = bytes.get(at..at + 3)?;
    Some(part.iter().rev().fold(0, |sum, b| sum << 8 | u32::from(*b)))
}

/// The canvas of an extended head.
fn extended(data: &[u8]) -> Option<(u32, u32)> {
    (data.len() == 10).then_some(())?;
    Some((u24(data, 4)? + 1, u24(data, 7)? + 1))
}

/// The size in the head of a lossy picture.
fn lossy(data: &[u8]) -> Option<(u32, u32)> {
    (data.get(3..6)? == b"\x9d\x01\x2a").then_some(())?;
    let side = |at: usize| -> Option<u32> {
        let two: [u8; 2] = data.get(at..at + 2)?.try_into().ok()?;
        Some(u32::from(u16::from_le_bytes(two) & 0x3fff)).filter(|n| *n > 0)
    };
    Some((side(6)?, side(8)?))
}

/// The size in the head of a lossless picture.
fn lossless(data: &[u8]) -> Option<(u32, u32)> {
    (data.first()? == &0x2f).then_some(())?;
    let bits = u32::from_le_bytes(data.get(1..5)?.try_into().ok()?);
    Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
}

/// Pictures for tests.
#[cfg(test)]
pub(in crate::files) mod testing {
    use super::*;

    /// A picture of one pixel with an extended head and these chunks after its data.
    pub(in crate::files) fn picture(flags: u8, chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut body = Vec::new();
        write(&mut body, b"VP8X", &[flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        write(&mut body, b"VP8L", &[0x2f, 0, 0, 0, 0, 0x88, 0x88, 0x08]);
        for (kind, data) in chunks {
            write(&mut body, *kind, data);
        }
        let mut out = b"RIFF".to_vec();
        out.extend(u32::try_from(body.len() + 4).unwrap().to_le_bytes());
        out.extend(b"WEBP");
        out.extend(body);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::testing::picture;
    use super::*;

    #[test]
    fn camera_data_and_profiles_go() {
        let plain = picture(0, &[]);
        let image = read(&plain).unwrap();
        assert_eq!((image.width, image.height, image.stripped), (1, 1, false));
        assert_eq!(image.content, plain);
        let mut camera = exif::only_orientation(8);
        camera.extend(b"canary");
        let full = picture(
            HAS_PROFILE | HAS_CAMERA | HAS_XMP,
            &[
                (b"ICCP", b"canary"),
                (b"EXIF", &camera),
                (b"XMP ", b"canary"),
                (b"WHAT", b"canary!"),
            ],
        );
        let full = [full, b"canary".to_vec()].concat();
        let image = read(&full).unwrap();
        assert!(image.stripped && !String::from_utf8_lossy(&image.content).contains("canary"));
        let again = read(&image.content).unwrap();
        assert!(!again.stripped && again.content == image.content);
        assert_eq!(
            again.content[20], HAS_CAMERA,
            "how it is turned stays, and nothing else"
        );
    }

    #[test]
    fn broken_ones_are_refused() {
        let whole = picture(0, &[]);
        for end in 0..whole.len() {
            assert!(read(&whole[..end]).is_err(), "{end}");
        }
    }
}
