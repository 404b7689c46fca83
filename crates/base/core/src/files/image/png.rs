//! PNG: chunk by chunk.

use super::{Broken, Bytes, Image, exif};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Chunks that make the picture: size, palette, data, transparency, brightness, density, and those of moving ones.
const KEPT: &[&[u8]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"acTL",
    b"fcTL", b"fdAT",
];
/// Bytes of a head.
const HEAD_BYTES: usize = 13;

pub(super) fn read(bytes: &[u8]) -> Result<Image, Broken> {
    let mut from = Bytes::new(bytes);
    from.take(SIGNATURE.len()).ok_or("png")?;
    let mut content = SIGNATURE.to_vec();
    let (mut size, mut has_data, mut stripped, mut turned) = (None, false, false, None);
    loop {
        let whole = from.rest;
        let length = from.u32().and_then(|n| usize::try_from(n).ok()).ok_or("png-chunk")?;
        let kind = from.take(4).ok_or("png-chunk")?;
        let data = from.take(length).ok_or("png-chunk")?;
        from.take(4).ok_or("png-chunk")?;
        match kind {
            b"IHDR" if size.is_none() && length == HEAD_BYTES => size = Some(head(data)?),
            _ if size.is_none() => return Err("png-head"),
            b"IDAT" => {
                if let Some(turned) = turned.take() {
                    chunk(&mut content, b"eXIf", &exif::only_orientation(turned));
                }
                has_data = true;
            }
            b"eXIf" => {
                turned = exif::orientation(data).filter(|_| !has_data);
                stripped |= turned.map(exif::only_orientation).as_deref() != Some(data);
            }
            _ => {}
        }
        if KEPT.contains(&kind) {
            let taken = whole.len() - from.rest.len();
            content.extend_from_slice(whole.get(..taken).unwrap_or_default());
        } else {
            stripped |= kind != b"eXIf";
        }
        if kind == b"IEND" {
            break;
        }
    }
    stripped |= !from.rest.is_empty();
    let (width, height) = size.filter(|_| has_data).ok_or("png-data")?;
    Ok(Image {
        content,
        width,
        height,
        stripped,
    })
}

fn head(data: &[u8]) -> Result<(u32, u32), Broken> {
    let mut from = Bytes::new(data);
    let size = from.u32().zip(from.u32());
    size.filter(|(width, height)| *width > 0 && *height > 0)
        .ok_or("png-head")
}

/// Writes a chunk with its checksum.
fn chunk(out: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    out.extend(length.to_be_bytes());
    let mut sum = crc32fast::Hasher::new();
    sum.update(kind);
    sum.update(data);
    out.extend_from_slice(kind);
    out.extend_from_slice(data);
    out.extend(sum.finalize().to_be_bytes());
}

/// Pictures for tests.
#[cfg(test)]
pub(in crate::files) mod testing {
    use super::*;

    /// A picture that claims a size, with these chunks before its data. Its one byte of data is enough for us.
    pub(in crate::files) fn picture(width: u32, height: u32, chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut out = SIGNATURE.to_vec();
        let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
        chunk(&mut out, b"IHDR", &head);
        for (kind, data) in chunks {
            chunk(&mut out, kind, data);
        }
        // One row of one grey pixel, stored without packing.
        chunk(
            &mut out,
            b"IDAT",
            &[0x78, 0x01, 1, 2, 0, 0xfd, 0xff, 0, 0x80, 0, 0x82, 0, 0x81],
        );
        chunk(&mut out, b"IEND", &[]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::testing::picture;
    use super::*;

    #[test]
    fn texts_times_and_profiles_go() {
        let plain = picture(1, 1, &[(b"pHYs", &[0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1])]);
        let image = read(&plain).unwrap();
        assert!(!image.stripped && image.content == plain);
        let full = picture(
            1,
            1,
            &[
                (b"tEXt", b"Author\0canary"),
                (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0canary"),
                (b"zTXt", b"x\0\0canary"),
                (b"tIME", &[7, 231, 6, 14, 10, 0, 0]),
                (b"iCCP", b"canary\0\0"),
                (b"eXIf", &exif::only_orientation(3)),
                (b"abCd", b"canary"),
            ],
        );
        let full = [full, b"canary".to_vec()].concat();
        let image = read(&full).unwrap();
        assert!(image.stripped && !String::from_utf8_lossy(&image.content).contains("canary"));
        let again = read(&image.content).unwrap();
        assert!(!again.stripped && again.content == image.content);
        assert!(again.content.windows(4).any(|w| w == b"eXIf"), "how it is turned stays");
    }

    #[test]
    fn broken_ones_are_refused() {
        let whole = picture(1, 1, &[]);
        for end in 0..whole.len() {
            assert!(read(&whole[..end]).is_err(), "{end}");
        }
        assert!(read(&picture(0, 1, &[])).is_err());
    }
}
